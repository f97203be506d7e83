"""``cueline evaluate guidance``: the rules and readers that Cueline comes with, over calls marked by hand."""

import hashlib
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from cueline.guidance.measuring.calls import MarkedCall, read_marked
from cueline.guidance.measuring.figures import Matching, measure
from cueline.guidance.measuring.report import judge, markdown, summary_lines
from cueline.guidance.packs import STARTER, pack
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.errors import InputError, UnavailableError
from cueline.roles.shadow import moments_for

SETS: Final = ("banking", "telecom", "retail")

Which = Literal["held-out", "development"]
"""``held-out``: nothing is written or tuned with these calls in view; ``development``: those that may be looked at."""

LANGUAGE: Final = "en"
CALLS_MAX: Final = 2_000


def evaluation_folder() -> Path:
    """``evals/guidance`` of the source checkout. Raises UnavailableError where the package runs without one."""
    for parent in Path(__file__).resolve().parents:
        folder = parent / "evals" / "guidance"
        if (folder / "thresholds.json").is_file():
            return folder
    raise UnavailableError("the marked calls are part of the source checkout (evals/guidance), not of the wheel")


def marked_calls(folder: Path, which: Which = "held-out") -> tuple[list[MarkedCall], str]:
    """All marked calls of a set, and the SHA-256 of their files. Raises InputError for a line that is none."""
    if which == "development":
        folder /= "development"
    raw = b"".join((folder / f"{name}.jsonl").read_bytes() for name in SETS)
    lines = [line for line in raw.split(b"\n") if line.strip()]
    if len(lines) > CALLS_MAX:
        raise InputError(f"{len(lines)} marked calls: at most {CALLS_MAX}")
    return [read_marked(line) for line in lines], hashlib.sha256(raw).hexdigest()


def evaluate_guidance(rule_set: RuleSet | None = None, which: Which = "held-out") -> dict[str, Any]:
    """Measures a rule set (the starter pack unless given) and judges it by ``evals/guidance/thresholds.json``.

    Returns ``set``, ``recognised`` and ``written`` (figures on either form of the texts; the first is judged),
    ``thresholds`` and ``ok``. Raises UnavailableError outside a source checkout, InputError for broken marks.
    """
    folder = evaluation_folder()
    calls, digest = marked_calls(folder, which)
    chosen = rule_set or pack(STARTER)
    matching = msgspec.json.decode((folder / "matching.json").read_bytes(), type=Matching)
    thresholds = msgspec.json.decode((folder / "thresholds.json").read_bytes())

    def figures(form: Any) -> dict[str, Any]:
        return measure(calls, chosen, lambda: moments_for(LANGUAGE), matching, form=form)

    report: dict[str, Any] = {"set": which, "rules": chosen.name, "sha256": digest}
    report |= {"recognised": figures("recognised"), "written": figures("written")}
    report["thresholds"] = judge(report["recognised"], thresholds)
    report["ok"] = all(one["met"] is not False for one in report["thresholds"])
    return report


def evaluation_text(report: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(summary_lines(report))


def write_report(report: dict[str, Any], path: Path) -> None:
    """The report as Markdown."""
    path.write_text(markdown(report), encoding="utf-8")
