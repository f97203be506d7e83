"""The command line. Thin: it reads arguments, calls a role, and turns typed errors into exit codes.

Exit codes: 0 fine, 1 a check failed, 2 wrong usage or input, 3 something is missing or unreachable, 130 interrupted.
"""

import asyncio
import sys
import webbrowser
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated

import typer

from cueline import __version__
from cueline.cli_keys import keys_app
from cueline.cli_measure import benchmark_app, evaluate_app, guidance_app, knowledge_app
from cueline.cli_models import models_app
from cueline.cli_retention import retention_app
from cueline.cli_rules import rules_app
from cueline.kernel.errors import CuelineError, InputError
from cueline.ops import logs
from cueline.roles.settings import ROLES, Settings, parse_roles
from cueline.terminal import Json, Recogniser, prepared, put, put_json, run_async, say

app = typer.Typer(
    name="cueline",
    help="Real-time contact-centre intelligence for Amazon Connect. Try: cueline up --demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
media_app = typer.Typer(help="Look into Kinesis Video captures.", no_args_is_help=True)
emulate_app = typer.Typer(help="Emulate what Cueline talks to, faults included.", no_args_is_help=True)
app.add_typer(media_app, name="media")
app.add_typer(emulate_app, name="emulate")
app.add_typer(benchmark_app, name="benchmark")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(guidance_app, name="guidance")
app.add_typer(rules_app, name="rules")
app.add_typer(retention_app, name="retention")
app.add_typer(models_app, name="models")
app.add_typer(keys_app, name="keys")


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
    from cueline.roles.emulated_vendors import vendors_emulated  # noqa: PLC0415
    from cueline.roles.supervise import serve, until_stopped  # noqa: PLC0415

    say(f"Cueline {__version__}: starting (PostgreSQL first; its very first start takes some seconds)")
    async with AsyncExitStack() as stack:
        emulator_url = None
        scripts = sample_scripts(settings.script_dir)
        if demo:
            settings = await stack.enter_async_context(vendors_emulated(settings, scripts, say))
        if settings.recogniser == "script" and settings.script_dir is None and not demo:
            say("The recogniser script knows the words of the sample calls alone: for others, name a folder of"
                " CONTACT-ID.json words files in CUELINE_SCRIPT_DIR.")  # fmt: skip
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
    recogniser: Annotated[
        str, typer.Option(help="deepgram, transcribe, pocketsphinx or script; several, best first.")
    ] = "pocketsphinx",
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


def _deepgram_fault_kinds() -> str:
    from cueline.emulators.deepgram_faults import FAULT_KINDS  # noqa: PLC0415

    kinds = "\n\n".join(f"- {kind}: {sentence}" for kind, sentence in FAULT_KINDS.items())
    return f'A fault is {{"atMs", "kind", ...}}, times in audio of a socket. Kinds:\n\n{kinds}'


def _transcribe_fault_kinds() -> str:
    from cueline.emulators.transcribe_faults import FAULT_KINDS  # noqa: PLC0415

    kinds = "\n\n".join(f"- {kind}: {sentence}" for kind, sentence in FAULT_KINDS.items())
    return f'A fault is {{"atMs" or "atFragment", "kind", ...}}, in audio of a stream. Kinds:\n\n{kinds}'


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


@emulate_app.command("deepgram", epilog=_deepgram_fault_kinds())
def emulate_deepgram(
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    faults: Annotated[Path | None, typer.Option(help="JSON list of faults; kinds below.", dir_okay=False)] = None,
    script: Annotated[Path | None, typer.Option(help="WORDS.json: what is said on every call.", dir_okay=False)] = None,
    script_dir: Annotated[Path | None, typer.Option(help="Folder of CONTACT-ID.json words files.")] = None,
    hears: Annotated[str | None, typer.Option(help="A recogniser of this machine in place of words files.")] = None,
) -> None:
    """Deepgram's live endpoint, for unmodified clients of it. It knows the words of the sample calls, and yours.

    Example: cueline emulate deepgram --port 8901 --script words.json --faults faults.json
    """
    from cueline.roles.demo import sample_scripts  # noqa: PLC0415
    from cueline.roles.emulate_deepgram import emulate_deepgram as serve  # noqa: PLC0415
    from cueline.roles.recognisers import make_recogniser  # noqa: PLC0415

    language = prepared().language
    scripts = sample_scripts(script_dir)
    made = make_recogniser(hears, scripts) if hears else None
    run_async(serve(host=host, port=port, faults=faults, words=script, scripts=scripts, recogniser=made,
                    language=language, put=put))  # fmt: skip


@emulate_app.command("transcribe", epilog=_transcribe_fault_kinds())
def emulate_transcribe(
    port: Annotated[int, typer.Option(help="Port of the WebSocket; 0 takes a free one.")] = 0,
    http2_port: Annotated[int, typer.Option(help="Port of HTTP/2; 0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    faults: Annotated[Path | None, typer.Option(help="JSON list of faults; kinds below.", dir_okay=False)] = None,
    script: Annotated[Path | None, typer.Option(help="WORDS.json: what is said on every call.", dir_okay=False)] = None,
    script_dir: Annotated[Path | None, typer.Option(help="Folder of CONTACT-ID.json words files.")] = None,
    recogniser: Annotated[str | None, typer.Option(help="Hear with this local recogniser instead.")] = None,
    region: Annotated[str, typer.Option(help="Region that requests must be signed for.")] = "us-east-1",
    vocabulary: Annotated[
        list[str] | None, typer.Option(help="Custom vocabulary that exists; may be repeated.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="PEM file: serve TLS.", dir_okay=False)] = None,
    key: Annotated[Path | None, typer.Option(help="PEM file of the certificate's key.", dir_okay=False)] = None,
) -> None:
    """Amazon Transcribe's streaming, for unmodified clients of it. It knows the words of the sample calls, and yours.

    Example: cueline emulate transcribe --port 8902 --script words.json --faults faults.json
    """
    from cueline.roles.demo import sample_scripts  # noqa: PLC0415
    from cueline.roles.emulate_transcribe import TranscribeArguments  # noqa: PLC0415
    from cueline.roles.emulate_transcribe import emulate_transcribe as serve  # noqa: PLC0415

    prepared()
    arguments = TranscribeArguments(
        host=host, port=port, http2_port=http2_port, faults=faults, words=script,
        recogniser=recogniser, region=region,
        vocabularies=tuple(vocabulary or ()), certificate=certificate, key=key,
    )  # fmt: skip
    run_async(serve(arguments, scripts=sample_scripts(script_dir), put=put))


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
