"""The measured figures as Markdown for the documents and as lines for a terminal. Pure."""

from collections.abc import Iterable
from typing import Any, Final

from cueline.kernel.errors import InputError

SETS: Final = {
    "samples": "Our sample calls (two voices of flite, one line; the language model was not tuned on them)",
    "sounds": "Sounds without speech, made from a fixed seed",
    "recordings": "Recordings of other people (the folder that `--data` or `CUELINE_CORPUS` names)",
}
MEASURES: Final = {
    "wer": "Word error rate",
    "cer": "Character error rate",
    "keywordRecall": "Keywords heard",
    "numberAccuracy": "Numbers heard whole",
    "digitAccuracy": "Digits of numbers heard",
    "wordTimeP95Ms": "Word times, p95 of the error, ms",
    "wordsWhereNothingWasSaid": "Words where nothing was said",
    "finalP95Ms": "Final after its last word, p95, ms",
    "firstPartialP95Ms": "First hypothesis after its first word, p95, ms",
    "cpuPerChannel": "Processor time per second of a channel",
}
"""Threshold names, and what a person calls them."""

_SPREADS: Final = {
    "wordTimeP95Ms": "wordTimesMs", "finalP95Ms": "finalMs", "firstPartialP95Ms": "firstPartialMs",
}  # fmt: skip
_TABLE: Final = ("wer", "cer", "keywordRecall", "numberAccuracy", "digitAccuracy", "wordsWhereNothingWasSaid")


def value_of(figures: dict[str, Any], name: str) -> float | None:
    """The measured value of a threshold's name; None where nothing was measured."""
    if name in _SPREADS:
        spread = figures[_SPREADS[name]]
        return None if spread is None else float(spread["p95"])
    value = figures[name]
    return None if value is None else float(value)


def judge(sets: dict[str, Any], thresholds: dict[str, dict[str, dict[str, float]]]) -> list[dict[str, Any]]:
    """Each threshold (set, name, ``least`` or ``most``) with the measured value.

    ``met`` is None where nothing was measured. Raises InputError for a threshold that is not one of ``MEASURES``.
    """
    judged: list[dict[str, Any]] = []
    for where, limits in thresholds.items():
        for name, limit in limits.items():
            if name not in MEASURES or not limit or set(limit) - {"least", "most"}:
                raise InputError(f"thresholds: {where}.{name} must be one of {', '.join(MEASURES)} with least or most")
            value = value_of(sets[where]["all"], name) if where in sets else None
            met = None if value is None else all(
                value >= bound if side == "least" else value <= bound for side, bound in limit.items()
            )  # fmt: skip
            judged.append({"set": where, "name": name, **limit, "value": value, "met": met})
    return judged


def summary_lines(report: dict[str, Any]) -> list[str]:
    """The figures for a terminal."""
    lines = [f"{report['label']}, {_pace(report)}"]
    for where, found in report["sets"].items():
        figures = found["all"]
        shown = ", ".join(f"{name} {_shown(figures, name)}" for name in MEASURES if value_of(figures, name) is not None)
        lines.append(f"{where} ({figures['recordings']} recordings, {figures['audioS']:.0f} s): {shown}")
    for one in report["thresholds"]:
        met = {True: "met", False: "MISSED", None: "not measured"}[one["met"]]
        lines.append(
            f"{one['set']}: {MEASURES[one['name']]} {_number(one['value'], one['name'])}; {_limit(one)}: {met}"
        )
    return lines


def markdown(report: dict[str, Any]) -> str:
    """The whole report."""
    lines = ["# Speech, measured", "", *_preamble(report), "", *_overview(report)]
    for where, found in report["sets"].items():
        lines += [f"## {SETS[where]}", "", *_groups(found), *_times(found["all"])]
    return "\n".join(lines).rstrip() + "\n"


def _pace(report: dict[str, Any]) -> str:
    return "paced as in a call" if report["paced"] else "as fast as it goes (no latencies)"


def _preamble(report: dict[str, Any]) -> list[str]:
    return [
        "Written by `cueline evaluate speech --report docs/speech-report.md`: not to be edited. What is measured, and",
        "how words are compared, is in [recognisers.md](recognisers.md#measured-quality).",
        "",
        f"Recogniser: {report['label']} (`{report['recogniser']}`), {_pace(report)}.",
    ]


def _overview(report: dict[str, Any]) -> list[str]:
    if not report["thresholds"]:
        return ["No limits are set for this recogniser.", ""]
    rows = [
        [
            one["set"],
            MEASURES[one["name"]],
            _number(one["value"], one["name"]),
            _limit(one),
            {True: "yes", False: "**no**", None: "not measured"}[one["met"]],
        ]
        for one in report["thresholds"]
    ]
    return ["## Limits", "", *_table(["set", "", "measured", "limit", "met"], rows)]


def _groups(found: dict[str, Any]) -> list[str]:
    named = [*found["groups"].items(), ("**all**", found["all"])]
    rows = [
        [name, str(figures["recordings"]), str(figures["words"]), *(_shown(figures, measure) for measure in _TABLE)]
        for name, figures in (named if len(named) > 2 else named[-1:])
    ]
    return _table(["", "recordings", "words", *(MEASURES[name] for name in _TABLE)], rows)


def _times(figures: dict[str, Any]) -> list[str]:
    spreads = {
        "Word times (starts and ends), distance from the reference, ms": figures["wordTimesMs"],
        "First hypothesis after the first word, ms": figures["firstPartialMs"],
        "Final after the last word, ms": figures["finalMs"],
    }
    rows = [[name, f"{one['p50']:,g}", f"{one['p95']:,g}", str(one["count"])] for name, one in spreads.items() if one]
    table = _table(["", "p50", "p95", "count"], rows) if rows else []
    costs = [f"{figures['audioS']:.0f} s of recordings took {figures['tookS']:.0f} s"]
    if figures["realTimeFactor"] is not None:
        costs[0] += f" (real-time factor {figures['realTimeFactor']:.2f})"
    if figures["cpuPerChannel"] is not None:
        costs.append(f"{figures['cpuPerChannel']:.3f} s of processor time per second of a channel with speech")
    if figures["memoryPerChannelMb"] is not None:
        costs.append(f"{figures['memoryPerChannelMb']:.0f} MB of worker memory per channel")
    return [*table, "; ".join(costs) + ".", ""]


def _shown(figures: dict[str, Any], name: str) -> str:
    return _number(value_of(figures, name), name)


def _number(value: float | None, name: str) -> str:
    if value is None:
        return "-"
    if name in {"wer", "cer", "keywordRecall", "numberAccuracy", "digitAccuracy"}:
        return f"{100 * value:.1f}%"
    return f"{value:.3f}" if name == "cpuPerChannel" else f"{value:,.0f}"


def _limit(one: dict[str, Any]) -> str:
    side = "least" if "least" in one else "most"
    return f"at {side} {_number(float(one[side]), one['name'])}"


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return [*("| " + " | ".join(line) + " |" for line in lines), ""]
