"""Reports of the command line in words."""

from io import StringIO

from rich.console import Console
from rich.table import Table

from cueline.roles.demo import DemoReport


def demo_text(report: DemoReport) -> str:
    """The demo's report for a person."""
    out = StringIO()
    console = Console(file=out, width=100)
    calls = Table("call", "agent", "customer", "masks", "WER*", "ended by")
    for call in report.calls:
        calls.add_row(
            call.call_id,
            str(call.utterances.get("agent", 0)),
            str(call.utterances.get("customer", 0)),
            ", ".join(f"{count} {kind}" for kind, count in call.redactions.items()) or "none",
            "-" if call.wer is None else f"{call.wer:.1%}",
            call.end_reason or "-",
        )
    console.print(calls)
    stages = Table("stage", "p50 ms", "p95 ms", "measured")
    for name, figures in report.stages.items():
        stages.add_row(name, f"{figures.p50_ms:.1f}", f"{figures.p95_ms:.1f}", str(figures.count))
    console.print(stages)
    console.print(f"Recogniser {report.recogniser}; {report.achieved_speed} times real time.")
    if report.lost is not None:
        console.print(f"Words lost: {report.lost}; doubled: {report.doubled}.")
    console.print("* words outside masks; stages count from the arrival of an utterance's last audio fragment.")
    console.print("Everything held." if report.ok else "NOT everything held.")
    return out.getvalue().rstrip()
