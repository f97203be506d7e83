"""The commands that measure and evaluate Cueline, and those of its knowledge and rules. Thin, as ``cli``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from cueline.terminal import Json, prepared, put, put_json, run_async, say

benchmark_app = typer.Typer(help="Measure Cueline beside its peers, on this machine.", no_args_is_help=True)
evaluate_app = typer.Typer(help="Measure how well Cueline does its work, and judge it by limits.", no_args_is_help=True)
knowledge_app = typer.Typer(help="The company's own documents, as agents see them in calls.", no_args_is_help=True)
guidance_app = typer.Typer(help="Rules of guidance, tried on calls that are over.", no_args_is_help=True)


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


@benchmark_app.command("failover")
def benchmark_failover(
    calls: Annotated[int, typer.Option(min=1, max=500, help="Live calls.")] = 20,
    seconds: Annotated[int, typer.Option(min=10, max=600, help="How long each of them counts.")] = 60,
    json: Json = False,
) -> None:
    """Counting calls whose recognisers are cut, stall, say things twice and die, and a worker that is killed.

    Needs nothing set up: emulators stand in for Deepgram and Amazon Transcribe. Exit code 1 where a word was lost or
    doubled, or where the p95 of the seam is not under 1.5 s after a failure was noticed.

    Example: cueline benchmark failover --calls 20 --json
    """
    from cueline.roles.failover_benchmark import failover, failover_text  # noqa: PLC0415

    figures = run_async(failover(prepared(log_level="error"), calls=calls, seconds=seconds, say=say))
    put_json(figures) if json else put(failover_text(figures))
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


@evaluate_app.command("verification")
def evaluate_verification(
    data: Annotated[str, typer.Option(help="development, or a file of calls with gold spans.")] = "development",
    calls: Annotated[int | None, typer.Option(min=1, help="Only the first so many calls.")] = None,
    report: Annotated[Path | None, typer.Option(help="Also write the figures as Markdown to this file.")] = None,
    json: Json = False,
) -> None:
    """What verification after the call finds of leaks that are planted, and how often it stops at a clean call.

    Example: cueline evaluate verification --calls 200
    """
    from cueline.roles import evaluate_verification as evaluation  # noqa: PLC0415

    figures = evaluation.evaluate_verification(data=data, calls=calls, say=say)
    if report is not None:
        evaluation.write_report(figures, report)
    put_json(figures) if json else put(evaluation.evaluation_text(figures))


@evaluate_app.command("guidance")
def evaluate_guidance(
    which: Annotated[
        Literal["held-out", "development"], typer.Option("--set", help="Which of the marked calls.")
    ] = "held-out",
    report: Annotated[Path | None, typer.Option(help="Also write the figures as Markdown to this file.")] = None,
    json: Json = False,
) -> None:
    """Reasons, cues, checklists and time to cue of the starter rules over calls marked by hand.

    Exit code 1 where a figure misses its limit in evals/guidance/thresholds.json.

    Example: cueline evaluate guidance --report docs/guidance-report.md
    """
    from cueline.roles import evaluate_guidance as evaluation  # noqa: PLC0415

    figures = evaluation.evaluate_guidance(which=which)
    if report is not None:
        evaluation.write_report(figures, report)
    put_json(figures) if json else put(evaluation.evaluation_text(figures))
    if not figures["ok"]:
        raise typer.Exit(1)


@evaluate_app.command("speech")
def evaluate_speech(
    recogniser: Annotated[str | None, typer.Option(help="Which recogniser listens; see `cueline doctor`.")] = None,
    data: Annotated[
        Path | None,
        typer.Option(envvar="CUELINE_CORPUS", help="A folder of recordings with references.", file_okay=False),
    ] = None,
    chosen: Annotated[
        list[str] | None, typer.Option("--set", help="samples, sounds or recordings; all unless given.")
    ] = None,
    most: Annotated[int | None, typer.Option(min=1, help="Only the first so many of each set, not judged.")] = None,
    pace: Annotated[
        Literal["fast", "real"], typer.Option(help="real: as in a call, which takes as long, for latencies.")
    ] = "fast",
    report: Annotated[Path | None, typer.Option(help="Also write the figures as Markdown to this file.")] = None,
    json: Json = False,
) -> None:
    """Word errors, keywords, numbers, word times, latency and cost of a recogniser over recordings with references.

    Exit code 1 where a figure misses its limit in evals/speech/thresholds.json.

    Example: cueline evaluate speech --recogniser pocketsphinx --data recordings/
    """
    from cueline.roles import evaluate_speech as evaluation  # noqa: PLC0415

    settings = prepared(log_level="warning", recogniser=recogniser)
    wanted = evaluation.evaluate(settings, data=data, chosen=chosen or (), most=most, paced=pace == "real", say=say)
    figures = run_async(wanted)
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
