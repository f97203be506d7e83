"""The measured figures as Markdown for the documents and as lines for a terminal. Pure."""

from collections.abc import Iterable
from typing import Any, Final

MEASURES: Final = {
    "reasonAccuracy": "Reason of the call right at its end",
    "needRecall": "Needs that a cue answered",
    "cuePrecision": "Cues that were wanted",
    "tickAccuracy": "Steps ticked, or left open, rightly",
    "quietKept": "Quiet stretches without a cue",
    "cuesPerMinute": "Cues per minute",
    "timeToCueP95Ms": "From the end of the turn to its cue, p95, ms",
}
"""Threshold names, and what a person calls them."""


def value_of(figures: dict[str, Any], name: str) -> float | None:
    """The measured value of a threshold's name; None where nothing was measured."""
    if name == "timeToCueP95Ms":
        spread = figures["timeToCue"]["fromEnd"]
        return None if spread is None else float(spread["p95Ms"])
    value = figures[name]
    found = value["value"] if isinstance(value, dict) else value
    return None if found is None else float(found)


def judge(figures: dict[str, Any], thresholds: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    """Each threshold (``least`` or ``most``) with the measured value; ``met`` is None where nothing was measured.

    Raises KeyError for a threshold that is not one of ``MEASURES``.
    """
    judged = []
    for name, limit in thresholds.items():
        if name not in MEASURES:
            raise KeyError(name)
        value = value_of(figures, name)
        met = None if value is None else all(
            value >= bound if side == "least" else value <= bound for side, bound in limit.items()
        )  # fmt: skip
        judged.append({"name": name, **limit, "value": value, "met": met})
    return judged


def percent(share: dict[str, Any]) -> str:
    """ "71% (57-82)"; a dash where nothing was counted."""
    if share["value"] is None:
        return "-"
    value, low, high = (100 * share[key] for key in ("value", "low", "high"))
    return f"{value:.0f}% ({low:.0f}-{high:.0f})"


def summary_lines(report: dict[str, Any]) -> list[str]:
    """The figures for a terminal."""
    figures = report["recognised"]
    lines = [f"{figures['calls']} calls, {figures['minutes']} minutes, {figures['cues']} cues, rules {report['rules']}"]
    for one in report["thresholds"]:
        limit = f"at least {one['least']:g}" if "least" in one else f"at most {one['most']:g}"
        met = {True: "met", False: "MISSED", None: "not measured"}[one["met"]]
        lines.append(f"{MEASURES[one['name']]}: {_shown(figures, one['name'])}; {limit}: {met}")
    return lines


def markdown(report: dict[str, Any]) -> str:
    """The whole report."""
    lines = [
        "# Guidance, measured",
        "",
        *_preamble(report),
        "",
        *_summary(report),
        *_needs(report["recognised"]),
        *_steps(report["recognised"]),
        *_reasons(report["recognised"]),
        *_rules(report["recognised"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _shown(figures: dict[str, Any], name: str) -> str:
    value = figures.get(name)
    if isinstance(value, dict):
        return f"{percent(value)} of {value['of']}"
    number = value_of(figures, name)
    return "-" if number is None else f"{number:,.4g}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [_row(head), _row(["---"] + ["---:"] * (len(head) - 1)), *(_row(row) for row in rows), ""]


def _preamble(report: dict[str, Any]) -> list[str]:
    figures = report["recognised"]
    where = "to tune rules and models on" if report.get("set") == "development" else "before any rule was looked at"
    return [
        "Written by `cueline evaluate guidance --report docs/guidance-report.md`: not to be edited. The rule set",
        f"`{report['rules']}` and the moment models over {figures['calls']} calls ({figures['turns']} turns,",
        f"{figures['minutes']} minutes) that were written and marked by hand {where}:",
        "[evals/guidance](../evals/guidance/README.md). In brackets: 95% confidence intervals (Wilson); they are wide,",
        "for the calls are few.",
        "",
        "- A **need** is a turn in which a cue would help; it is answered when one of the rules for it comes in time.",
        "- A **cue** is a hint, a warning or an alert. It was **wanted** where a need, the call's reason or a step",
        "  that was left out calls for it. Cues of rules that no mark speaks of are not judged.",
        "- A **step** (greeting, verification, recap, the last question) counts where a checklist asked for it: ticked",
        "  in the right turn, or rightly left open.",
        "- Times are media time, with hypotheses every three words: below zero, the cue came before the turn was over.",
        "  Needs that something was *not* said or done are not among them: their rules have to wait.",
    ]


def _summary(report: dict[str, Any]) -> list[str]:
    limits = {one["name"]: one for one in report["thresholds"]}
    rows = []
    for name, title in MEASURES.items():
        one = limits.get(name)
        limit = "-" if one is None else f"at least {one['least']:g}" if "least" in one else f"at most {one['most']:g}"
        met = "-" if one is None else {True: "yes", False: "**no**", None: "not measured"}[one["met"]]
        rows.append([title, _shown(report["recognised"], name), limit, met, _shown(report["written"], name)])
    figures = report["recognised"]
    head = ["", "small letters, no punctuation", "limit", "met", "as written"]
    return [
        "## Overview",
        "",
        *_table(head, rows),
        f"{figures['cues']} cues, {figures['notJudged']} of them not judged; {figures['provisional']} came from a",
        f"hypothesis, {figures['withdrawn']} were withdrawn, {figures['doubled']} came beside another one for the same",
        f"need. Besides: {figures['praises']} praises,",
        f"{figures['lookUps']} look-ups in the knowledge base.",
        "",
        *_times(figures["timeToCue"]),
    ]


def _times(times: dict[str, Any]) -> list[str]:
    if not times["count"]:
        return []
    rows = [
        [title, f"{times[key]['p50Ms']:,}", f"{times[key]['p95Ms']:,}"]
        for title, key in (("from the beginning of the turn", "fromStart"), ("from its end", "fromEnd"))
    ]
    return ["## Time to cue", "", *_table([f"{times['count']} needs that were answered", "p50 ms", "p95 ms"], rows)]


def _needs(figures: dict[str, Any]) -> list[str]:
    rows = [[f"`{name}`", f"{found['of']}", percent(found)] for name, found in figures["needs"].items()]
    return ["## Needs", "", *_table(["need", "marked", "answered"], rows)]


def _steps(figures: dict[str, Any]) -> list[str]:
    rows = [
        [
            f"`{step}`",
            f"{found['accuracy']['of']}",
            percent(found["accuracy"]),
            f"{found['missed']}",
            f"{found['wrong']}",
        ]
        for step, found in figures["ticks"].items()
    ]
    return ["## Steps of checklists", "", *_table(["step", "asked for", "right", "not seen", "ticked wrongly"], rows)]


def _reasons(figures: dict[str, Any]) -> list[str]:
    rows = [[name, f"{found['of']}", percent(found)] for name, found in figures["reasonByBusiness"].items()]
    missed = [
        [f"`{each['call']}`", f"`{each['marked']}`", f"`{each['found'] or 'none'}`"]
        for each in figures["reasonsMissed"]
    ]
    wrong = _table(["call", "marked", "found"], missed) if missed else []
    return ["## Reasons of calls", "", *_table(["", "calls", "right"], rows), *wrong]


def _rules(figures: dict[str, Any]) -> list[str]:
    rows = [
        [f"`{rule}`", *(f"{found[name]}" for name in ("cues", "right", "wrong", "notJudged"))]
        for rule, found in figures["rules"].items()
    ]
    return ["## Rules", "", *_table(["rule", "cues", "wanted", "not wanted", "not judged"], rows)]
