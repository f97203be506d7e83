"""The command line. Thin: it reads arguments, calls a role, and turns typed errors into exit codes.

Exit codes: 0 fine, 1 a check failed, 2 wrong usage or input, 3 something is missing or unreachable, 130 interrupted.
"""

import asyncio
import sys
import webbrowser
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import typer
import uvloop

from cueline import __version__
from cueline.kernel.errors import CuelineError, InputError
from cueline.ops import logs
from cueline.roles.settings import ROLES, Settings, parse_roles, read_settings

T = TypeVar("T")

app = typer.Typer(
    name="cueline",
    help="Real-time contact-centre intelligence for Amazon Connect. Try: cueline up --demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
media_app = typer.Typer(help="Look into Kinesis Video captures.", no_args_is_help=True)
emulate_app = typer.Typer(help="Emulate what Cueline talks to, faults included.", no_args_is_help=True)
benchmark_app = typer.Typer(help="Measure Cueline beside its peers, on this machine.", no_args_is_help=True)
app.add_typer(media_app, name="media")
app.add_typer(emulate_app, name="emulate")
app.add_typer(benchmark_app, name="benchmark")
evaluate_app = typer.Typer(help="Measure how well Cueline does its work, and judge it by limits.", no_args_is_help=True)
app.add_typer(evaluate_app, name="evaluate")
knowledge_app = typer.Typer(help="The company's own documents, as agents see them in calls.", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge")
guidance_app = typer.Typer(help="Rules of guidance, tried on calls that are over.", no_args_is_help=True)
app.add_typer(guidance_app, name="guidance")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output, and nothing else there.")]
Recogniser = Annotated[str | None, typer.Option(help="Which recogniser listens: pocketsphinx or script.")]


def say(message: str) -> None:
    """Progress and explanations go to standard error."""
    print(message, file=sys.stderr, flush=True)


def put(text: str) -> None:
    """Results go to standard output."""
    print(text, flush=True)


def put_json(value: object) -> None:
    """One JSON object, on one line."""
    put(msgspec.json.encode(value).decode())


def run_async(main: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine on uvloop."""
    return uvloop.run(main)


def prepared(**overrides: object) -> Settings:
    """Settings, with logging set up by them."""
    settings = read_settings(**overrides)
    logs.configure(level=settings.log_level, style=settings.log_format)
    return settings


@app.command()
def up(
    demo: Annotated[bool, typer.Option("--demo", help="Play the sample calls, live.")] = False,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the web side; 0 takes a free one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of the embedded PostgreSQL.")] = None,
    recogniser: Recogniser = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
) -> None:
    """Everything in one process: intake, recognition, redaction, storage, pages.

    Example: cueline up --demo
    """
    settings = prepared(host=host, port=port, data_dir=data_dir, recogniser=recogniser)
    run_async(_up(settings, demo=demo, browse=not no_browser))


async def _up(settings: Settings, *, demo: bool, browse: bool) -> None:
    from cueline.emulators.kinesis_video import KinesisVideoEmulator  # noqa: PLC0415 - a slow start for every command
    from cueline.roles.assemble import Process  # noqa: PLC0415
    from cueline.roles.demo import play_live, player, revive, sample_scripts  # noqa: PLC0415
    from cueline.roles.supervise import serve, until_stopped  # noqa: PLC0415

    say(f"Cueline {__version__}: starting (PostgreSQL first; its very first start takes some seconds)")
    async with AsyncExitStack() as stack:
        emulator_url = None
        scripts = sample_scripts(settings.script_dir)
        emulator = KinesisVideoEmulator()
        if demo:
            emulator_url = await emulator.start()
            stack.push_async_callback(emulator.stop)

        async def revive_demo(process: Process) -> None:
            await revive(process, emulator)

        served = await stack.enter_async_context(
            serve(
                settings,
                ROLES,
                emulator_url=emulator_url,
                scripts=scripts,
                demo=demo,
                prepare=revive_demo if demo else None,
            )
        )
        put(f"Cueline ready: {served.page_url}")
        if browse and served.page_url and sys.stdout.isatty():
            webbrowser.open(served.page_url)
        async with asyncio.TaskGroup() as tasks:
            playing = None
            if demo and served.base_url and served.token:
                play = await stack.enter_async_context(player(served.base_url, served.token, emulator))
                clock = served.process.clock
                playing = tasks.create_task(play_live(play, now_ms=clock.epoch_ms, say=say))
            interrupted = await until_stopped()
            say("Stopping: open calls are given back with their checkpoint. Press Ctrl-C again to stop at once.")
            if playing is not None:
                playing.cancel()
    if interrupted:
        raise typer.Exit(130)


@app.command()
def run(
    roles: Annotated[str, typer.Option(help=f"Comma-separated: {', '.join(ROLES)}.")] = ",".join(ROLES),
    host: Annotated[str | None, typer.Option(help="Address to listen on (role gateway).")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the web side (role gateway).")] = None,
    recogniser: Recogniser = None,
) -> None:
    """Some roles in one process, for a deployment. Configured by CUELINE_... variables; see `cueline doctor`.

    Example: CUELINE_DATABASE_URL=postgresql://... cueline run --roles call,gateway
    """
    settings = prepared(host=host, port=port, recogniser=recogniser)
    run_async(_run(settings, roles))


async def _run(settings: Settings, roles: str) -> None:
    from cueline.roles.supervise import serve, until_stopped  # noqa: PLC0415

    wanted = parse_roles(roles)
    async with serve(settings, wanted) as served:
        where = f": {served.page_url if settings.token is None else served.base_url}" if served.base_url else ""
        put(f"Cueline ready ({', '.join(wanted)}){where}")
        interrupted = await until_stopped()
        say("Stopping: open calls are given back with their checkpoint.")
    if interrupted:
        raise typer.Exit(130)


@app.command()
def migrate() -> None:
    """Brings the database's tables to this version's; safe to run at any time.

    Example: CUELINE_DATABASE_URL=postgresql://... cueline migrate
    """
    run_async(_migrate(prepared()))


async def _migrate(settings: Settings) -> None:
    from cueline.roles.assemble import migrate_database  # noqa: PLC0415

    put(f"The database is at revision {await migrate_database(settings)}.")


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Play the sample calls once, without a browser, and report.")
    ] = False,
    recogniser: Recogniser = None,
    speed: Annotated[float, typer.Option(min=0.1, max=1_000, help="How many times their speed, at most.")] = 1.0,
    json: Json = False,
) -> None:
    """Plays the sample calls through the whole product. Without --once: the same as `cueline up --demo`.

    Example: cueline demo --once --speed 8 --json
    """
    if not once:
        settings = prepared(recogniser=recogniser)
        run_async(_up(settings, demo=True, browse=True))
        return
    # The report is the result; routine log lines would only stand beside it.
    settings = prepared(recogniser=recogniser, port=0, log_level="warning")
    run_async(_demo_once(settings, speed=speed, json=json))


async def _demo_once(settings: Settings, *, speed: float, json: bool) -> None:
    from cueline.roles.demo import demo_once  # noqa: PLC0415
    from cueline.roles.reports import demo_text  # noqa: PLC0415

    report = await demo_once(settings, speed=speed, say=say)
    if json:
        put_json(report)
    else:
        put(demo_text(report))
    if not report.ok:
        raise typer.Exit(1)


@app.command()
def replay(
    agent: Annotated[Path, typer.Option(help="The agent's channel: WAV or FLAC.", dir_okay=False)],
    customer: Annotated[Path, typer.Option(help="The customer's channel.", dir_okay=False)],
    events: Annotated[str, typer.Option(help="Where the event log goes (JSON lines); - is standard output.")],
    recogniser: Annotated[str, typer.Option(help="pocketsphinx or script.")] = "pocketsphinx",
    script: Annotated[Path | None, typer.Option(help="Words file, for --recogniser script.", dir_okay=False)] = None,
    speed: Annotated[str, typer.Option(help="Times real time, or max.")] = "max",
    clock: Annotated[str, typer.Option(help="virtual (the same log on every run) or real.")] = "virtual",
    contact: Annotated[str, typer.Option(help="Contact id of the call.")] = "replay",
    timings: Annotated[Path | None, typer.Option(help="Where measured times go (JSON lines).", dir_okay=False)] = None,
) -> None:
    """Replays a recorded call through the whole path: emulator, HTTP, recogniser, gate, PostgreSQL, event log.

    Example: cueline replay --agent a.wav --customer c.wav --recogniser script --script words.json --events out.jsonl
    """
    from cueline.roles.replay_command import ReplayArguments, replay_files  # noqa: PLC0415

    arguments = ReplayArguments(
        agent=agent, customer=customer, events=events, recogniser=recogniser, script=script, speed=speed, clock=clock,
        contact=contact, timings=timings,
    )  # fmt: skip
    settings = prepared(recogniser=recogniser, log_level="warning")
    say(run_async(replay_files(arguments, settings)))


@app.command()
def redact(
    omit_text: Annotated[bool, typer.Option("--omit-text", help="Leave the input text out of the output.")] = False,
    policy: Annotated[
        Path | None, typer.Option(help="A redaction policy as JSON, instead of the built-in one.")
    ] = None,
) -> None:
    """JSON lines in, JSON lines out, one for one: what the gate would mask. For evaluation: it echoes raw text.

    Example: echo '{"call":"1","role":"customer","text":"it is four one one one"}' | cueline redact
    """
    from cueline.redaction.policy import parse_policy  # noqa: PLC0415
    from cueline.redaction.textline import bounded_lines, redact_lines  # noqa: PLC0415

    chosen = parse_policy(policy.read_bytes()) if policy is not None else None

    out = sys.stdout.buffer

    def write(line: bytes) -> None:
        out.write(line)
        out.flush()

    redact_lines(bounded_lines(sys.stdin.buffer), write, omit_text=omit_text, policy=chosen)


@media_app.command("probe")
def media_probe(
    file: Annotated[Path, typer.Argument(help="A Matroska capture of GetMedia.")],
    json: Json = False,
) -> None:
    """What a capture holds: fragments, contacts, bytes and hashes of each channel.

    Example: cueline media probe capture.mkv --json
    """
    from cueline.roles.probe import probe_file, probe_text  # noqa: PLC0415

    report = probe_file(file)
    if json:
        put_json(report)
    else:
        put(probe_text(report))
    if not report.readable:
        raise InputError("nothing in this file could be read as Matroska")


def _fault_kinds() -> str:
    from cueline.emulators.kinesis_video_faults import FAULT_KINDS  # noqa: PLC0415

    kinds = "\n\n".join(f"- {kind}: {sentence}" for kind, sentence in FAULT_KINDS.items())
    return f'A fault is {{"atMs" or "atFragment", "kind", ...}}. Kinds:\n\n{kinds}'


@emulate_app.command("kinesis-video", epilog=_fault_kinds())
def emulate_kinesis_video(
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    faults: Annotated[Path | None, typer.Option(help="JSON list of faults; kinds below.", dir_okay=False)] = None,
    agent: Annotated[Path | None, typer.Option(help="Play this recording: the agent's channel.")] = None,
    customer: Annotated[Path | None, typer.Option(help="Play this recording: the customer's channel.")] = None,
    capture: Annotated[Path | None, typer.Option(help="Or play a Matroska capture.")] = None,
    contact: Annotated[str, typer.Option(help="Contact id of what is played.")] = "emulated",
    stream: Annotated[str, typer.Option(help="Name of the stream.")] = "cueline-emulated",
    speed: Annotated[float, typer.Option(min=0.01, help="Times real time.")] = 1.0,
) -> None:
    """Kinesis Video Streams as Amazon Connect uses it, for unmodified AWS clients (endpoint_url).

    Example: cueline emulate kinesis-video --port 8900 --agent a.wav --customer c.wav --faults faults.json
    """
    from cueline.roles.emulate import EmulatorArguments, emulate_kinesis_video  # noqa: PLC0415

    arguments = EmulatorArguments(
        host=host, port=port, faults=faults, agent=agent, customer=customer, capture=capture, contact=contact,
        stream=stream, speed=speed,
    )  # fmt: skip
    prepared()
    run_async(emulate_kinesis_video(arguments, put=put))


@benchmark_app.command("demuxer")
def benchmark_demuxer(json: Json = False) -> None:
    """Our demuxer beside PyAV (FFmpeg) on the same bytes in one run; needs the extra cueline[benchmark].

    Example: cueline benchmark demuxer --json
    """
    from cueline.roles.benchmarks import demuxer, demuxer_text  # noqa: PLC0415

    figures = demuxer()
    if json:
        put_json(figures)
    else:
        put(demuxer_text(figures))


@benchmark_app.command("redactor")
def benchmark_redactor(json: Json = False) -> None:
    """Time per turn of the redaction gate, beside Presidio's pattern recognisers in one run (extra cueline[presidio]).

    Example: cueline benchmark redactor --json
    """
    from cueline.roles import evaluate  # noqa: PLC0415

    figures = evaluate.benchmark_redactor()
    put_json(figures) if json else put(evaluate.benchmark_redactor_text(figures))


@benchmark_app.command("floor")
def benchmark_floor(
    calls: Annotated[int, typer.Option(min=1, max=2_000, help="Live calls.")] = 500,
    json: Json = False,
) -> None:
    """What the supervisor's floor costs while many calls are live: time per event and per update, bytes sent.

    Example: cueline benchmark floor --calls 500
    """
    from cueline.roles.floor_benchmark import floor, floor_text  # noqa: PLC0415

    figures = floor(calls)
    put_json(figures) if json else put(floor_text(figures))


@benchmark_app.command("guidance")
def benchmark_guidance(
    calls: Annotated[int, typer.Option(min=1, max=500, help="Live calls.")] = 100,
    phrases: Annotated[int, typer.Option(min=10, max=5_000, help="Phrases of the rules.")] = 5_000,
    seconds: Annotated[float, typer.Option(min=1, max=600, help="How long the calls talk.")] = 30.0,
    json: Json = False,
) -> None:
    """From the commit of what was said to the cue at a screen's socket, with many calls and phrases.

    Needs nothing set up: it runs on a PostgreSQL of its own. Exit code 1 where the p95 is not under 100 ms.

    Example: cueline benchmark guidance --json
    """
    from cueline.roles.guidance_benchmark import guidance, guidance_text  # noqa: PLC0415

    figures = run_async(guidance(prepared(log_level="warning"), calls=calls, count=phrases, seconds=seconds))
    put_json(figures) if json else put(guidance_text(figures))
    if not figures["ok"]:
        raise typer.Exit(1)


@evaluate_app.command("redaction")
def evaluate_redaction(
    data: Annotated[str, typer.Option(help="heldout, development, or a file of calls with gold spans.")] = "heldout",
    calls: Annotated[int | None, typer.Option(min=1, help="Only the first so many calls.")] = None,
    report: Annotated[Path | None, typer.Option(help="Also write the figures as Markdown to this file.")] = None,
    json: Json = False,
) -> None:
    """Recall, leaks, over-redaction and delay of the redaction gate over calls with gold spans.

    Exit code 1 where a figure misses its limit in evals/redaction/thresholds.json.

    Example: cueline evaluate redaction --calls 200
    """
    from cueline.roles import evaluate  # noqa: PLC0415

    figures = evaluate.evaluate_redaction(data=data, calls=calls, say=say)
    if report is not None:
        evaluate.write_report(figures, report)
    put_json(figures) if json else put(evaluate.evaluation_text(figures))
    if not figures["ok"]:
        raise typer.Exit(1)


@evaluate_app.command("guidance")
def evaluate_guidance(
    report: Annotated[Path | None, typer.Option(help="Also write the figures as Markdown to this file.")] = None,
    json: Json = False,
) -> None:
    """Reasons, cues, checklists and time to cue of the starter rules over calls marked by hand.

    Exit code 1 where a figure misses its limit in evals/guidance/thresholds.json.

    Example: cueline evaluate guidance --report docs/guidance-report.md
    """
    from cueline.roles import evaluate_guidance as evaluation  # noqa: PLC0415

    figures = evaluation.evaluate_guidance()
    if report is not None:
        evaluation.write_report(figures, report)
    put_json(figures) if json else put(evaluation.evaluation_text(figures))
    if not figures["ok"]:
        raise typer.Exit(1)


@knowledge_app.command("load")
def knowledge_load(
    folder: Annotated[Path, typer.Argument(help="A folder of Markdown, HTML and PDF.", file_okay=False)],
    name: Annotated[str | None, typer.Option(help="Under which name; the folder's own unless given.")] = None,
    json: Json = False,
) -> None:
    """Makes the knowledge base what the folder holds now; what other folders brought stays.

    Exit code 1 where a file could not be read; the others are loaded all the same.

    Example: cueline knowledge load help-centre/
    """
    from cueline.roles import knowledge_command as command  # noqa: PLC0415

    report = run_async(command.load_folder(prepared(log_level="warning"), folder, name=name, say=say))
    put_json(report) if json else put(command.load_text(report))
    if not report.ok:
        raise typer.Exit(1)


@knowledge_app.command("search")
def knowledge_search(
    words: Annotated[list[str], typer.Argument(help="A question, or words of it.")],
    limit: Annotated[int, typer.Option(min=1, max=20, help="At most so many passages.")] = 3,
    json: Json = False,
) -> None:
    """The passages that answer a question, with their sources; says so where there is none.

    Example: cueline knowledge search how long does a new card take
    """
    from cueline.roles import knowledge_command as command  # noqa: PLC0415

    found = run_async(command.search_words(prepared(log_level="warning"), " ".join(words), limit=limit))
    put_json(found) if json else put(command.search_text(found))


@knowledge_app.command("list")
def knowledge_list(json: Json = False) -> None:
    """The documents of the knowledge base.

    Example: cueline knowledge list
    """
    from cueline.roles import knowledge_command as command  # noqa: PLC0415

    found = run_async(command.list_loaded(prepared(log_level="warning")))
    put_json(found) if json else put(command.list_text(found))


@guidance_app.command("shadow")
def guidance_shadow(
    rules: Annotated[Path, typer.Option(help="The draft: a rule set as YAML or JSON.", dir_okay=False)],
    calls: Annotated[int, typer.Option(min=1, max=1_000, help="Over so many of the newest calls.")] = 50,
    json: Json = False,
) -> None:
    """What a draft of rules would have done in stored calls, beside what is published under its name.

    Example: cueline guidance shadow --rules banking.yaml --calls 200
    """
    from cueline.roles import shadow_command as command  # noqa: PLC0415

    report = run_async(command.run_shadow(prepared(log_level="warning"), rules, calls=calls, say=say))
    put_json(report) if json else put(command.shadow_text(report))


@app.command()
def doctor(json: Json = False) -> None:
    """What is there, what is missing, and the command that mends it.

    Example: cueline doctor
    """
    from cueline.roles.doctor import doctor_text, examine  # noqa: PLC0415

    report = run_async(examine(prepared(log_level="warning")))
    if json:
        put_json(report)
    else:
        put(doctor_text(report))
    if not report.ok:
        raise typer.Exit(3)


def main(arguments: list[str] | None = None) -> None:
    """Entry point: runs a command and exits with its code."""
    try:
        app(args=arguments)
    except CuelineError as error:
        sys.exit(_complain(error))
    except BaseExceptionGroup as group:
        sys.exit(_complain_of_group(group))
    except Exception as error:  # noqa: BLE001 - a traceback would quote the error's text, and what was said may stand in it
        sys.exit(_complain_of_fault(error))


def _complain(error: CuelineError) -> int:
    say(f"cueline: {error}")
    return error.exit_code


def _complain_of_group(group: BaseExceptionGroup[BaseException]) -> int:
    """The first of our own errors in a group tells what happened; a fault of ours is shown by type alone."""
    ours, others = group.split(CuelineError)
    if ours is not None:
        leaf: BaseException = ours
        while isinstance(leaf, BaseExceptionGroup):
            leaf = leaf.exceptions[0]
        if isinstance(leaf, CuelineError):
            return _complain(leaf)
    return _complain_of_fault(others or group)


def _complain_of_fault(error: BaseException) -> int:
    say(f"cueline: internal fault: {logs.failure(error)['error']}")
    return 1
