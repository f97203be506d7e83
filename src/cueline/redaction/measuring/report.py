"""The measured figures as Markdown for the documents and as lines for a terminal. Pure."""

from collections.abc import Iterable
from typing import Any, Final

Share = dict[str, Any]

MEASURES: Final = {
    "spanRecall": ("finals", "spanRecall", "Spans found on finals"),
    "leakingCallsPer1000Finals": ("finals", "leakingCallsPer1000", "Leaking calls of 1,000, finals"),
    "leakingCallsPer1000Partials": ("partials", "leakingCallsPer1000", "Leaking calls of 1,000, any partial"),
    "leakingCardCallsPer1000": (
        "partials", "leakingCardCallsPer1000", "Leaking calls of 1,000, card number or security code, any partial",
    ),
    "benignNumbersMasked": ("finals", "benignNumbersMasked", "Benign numbers masked"),
    "cleanWordsMasked": ("finals", "cleanWordsMasked", "Clean words masked"),
    "engineMeanMs": ("engine", "meanMs", "Engine time per turn, mean, ms"),
    "engineP99Ms": ("engine", "p99Ms", "Engine time per turn, p99, ms"),
    "timesFasterThanPresidio": ("presidio", "timesSlower", "Times faster than Presidio's patterns"),
}  # fmt: skip
"""Threshold name to where its figure stands in the report, and what a person calls it."""

FORMS: Final = {
    "digits": "written in digits", "words": "spoken as words", "split": "split over turns", "corrected": "corrected",
    "spelled": "with letters, spelled",
}  # fmt: skip


def judge(report: dict[str, Any], thresholds: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    """Each threshold with the measured value; ``met`` is None where nothing was measured.

    Limits are ``least`` or ``most``. Raises KeyError for a threshold that is not one of ``MEASURES``.
    """
    judged = []
    for name, limit in thresholds.items():
        part, key, _ = MEASURES[name]
        figures = report.get(part)
        value = None if figures is None else figures[key]
        if isinstance(value, dict):
            value = value["value"]
        met = None if value is None else all(
            value >= bound if side == "least" else value <= bound for side, bound in limit.items()
        )  # fmt: skip
        judged.append({"name": name, **limit, "value": value, "met": met})
    return judged


def percent(share: Share, digits: int = 1) -> str:
    """ "99.5% (99.3-99.7)"; a dash where nothing was counted."""
    if share["value"] is None:
        return "-"
    value, low, high = (100 * share[key] for key in ("value", "low", "high"))
    return f"{value:.{digits}f}% ({low:.{digits}f}-{high:.{digits}f})"


def per_thousand(share: Share) -> str:
    """ "1.5 (0.6-4.4)" calls of 1,000; a dash where nothing was counted."""
    if share["value"] is None:
        return "-"
    return f"{share['value']:.1f} ({share['low']:.1f}-{share['high']:.1f})"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [_row(head), _row(["---"] + ["---:"] * (len(head) - 1)), *(_row(row) for row in rows), ""]


def _figure(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def markdown(report: dict[str, Any]) -> str:
    """The whole report. All shares carry their 95% interval (Wilson)."""
    lines = [
        "# Redaction, measured",
        "",
        *_preamble(report),
        "",
        *_summary(report),
        *_against_thresholds(report),
        *_by_type(report),
        *_by_form(report),
        *_over_redaction(report),
        *_second_pass(report),
        *_holding(report),
        *_speed(report),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _preamble(report: dict[str, Any]) -> list[str]:
    return [
        f"Written by `cueline evaluate redaction --data {report['data']} --report docs/redaction-report.md`: not to be",
        f"edited. Set `{report['data']}` (SHA-256 `{report['sha256'][:16]}...`): {report['calls']:,} generated calls,",
        f"{report['turns']:,} turns, {report['words']:,} words, {report['spans']:,} sensitive spans and",
        f"{report['benignNumbers']:,} benign numbers. How it is made, and how its wordings were kept from the rules:",
        "[evals/redaction](../evals/redaction/README.md). In brackets: 95% confidence intervals (Wilson).",
        "",
        "- A span is **found** when every word that gives a part of it away is masked; **strictly** under its type.",
        "- A call **leaks** when any such word is shown: in a committed final, or in any hypothesis on the way.",
        "- A benign number is masked when any of its words is. Clean words lie in no span and no benign number.",
    ]


def _summary(report: dict[str, Any]) -> list[str]:
    finals, partials, peer = report["finals"], report["partials"], report["presidio"]
    kinds = [
        ("Spans found", "spanRecall", percent),
        ("... under their own type", "strictTypeRecall", percent),
        ("Leaking calls of 1,000", "leakingCallsPer1000", per_thousand),
        ("... card number or security code", "leakingCardCallsPer1000", per_thousand),
        ("... any number or code", "leakingNumberCallsPer1000", per_thousand),
        ("... name, address, e-mail or password", "leakingNameAddressCallsPer1000", per_thousand),
        ("Benign numbers masked", "benignNumbersMasked", percent),
        ("Clean words masked", "cleanWordsMasked", percent),
    ]
    rows = []
    for title, key, shown in kinds:
        cells = [shown(part[key]) if part is not None and key in part else "-" for part in (finals, partials, peer)]
        rows.append([title, *cells])
    note = [] if peer is not None else [f"Presidio: not measured ({report['presidioNote']}).", ""]
    head = ["", "finals", "any partial", "Presidio's patterns, finals"]
    return ["## Overview", "", *_table(head, rows), *note]


def _against_thresholds(report: dict[str, Any]) -> list[str]:
    rows = []
    for one in report["thresholds"]:
        limit = f"at least {one['least']:g}" if "least" in one else f"at most {one['most']:g}"
        met = {True: "yes", False: "**no**", None: "not measured"}[one["met"]]
        rows.append([MEASURES[one["name"]][2], limit, "-" if one["value"] is None else f"{one['value']:.4g}", met])
    return ["## Against what was set", "", *_table(["", "limit", "measured", "met"], rows)]


def _by_type(report: dict[str, Any]) -> list[str]:
    finals, peer = report["finals"], report["presidio"]
    rows = []
    for kind, share in finals["recallByType"].items():
        theirs = percent(peer["recallByType"][kind]) if peer is not None else "-"
        rows.append(
            [f"`{kind}`", f"{share['of']:,}", percent(share), percent(finals["strictRecallByType"][kind]), theirs]
        )
    return ["## Recall by type, finals", "", *_table(["type", "spans", "found", "strictly", "Presidio"], rows)]


def _by_form(report: dict[str, Any]) -> list[str]:
    finals, peer = report["finals"], report["presidio"]
    rows = []
    for form, title in FORMS.items():
        share = finals["recallByForm"].get(form)
        if share is None:
            continue
        numbers = finals["recallByFormOfNumbers"].get(form)
        theirs = percent(peer["recallByForm"][form]) if peer is not None else "-"
        rows.append([title, f"{share['of']:,}", percent(share), "-" if numbers is None else percent(numbers), theirs])
    head = ["form", "spans", "found", "numbers and codes only", "Presidio"]
    return ["## Recall by form, finals", "", *_table(head, rows)]


def _over_redaction(report: dict[str, Any]) -> list[str]:
    finals, peer = report["finals"], report["presidio"]
    rows = []
    for kind, share in finals["benignMaskedByKind"].items():
        theirs = percent(peer["benignMaskedByKind"][kind]) if peer is not None else "-"
        rows.append([kind.replace("_", " "), f"{share['of']:,}", percent(share), theirs])
    return ["## Benign numbers masked, by kind", "", *_table(["kind", "numbers", "masked", "Presidio"], rows)]


def _second_pass(report: dict[str, Any]) -> list[str]:
    second, finals = report["secondPass"], report["finals"]
    if second is None:
        return []
    rows = [
        ["spans found", percent(second["firstPassSpanRecall"]), percent(finals["spanRecall"])],
        [
            "leaking calls of 1,000",
            per_thousand(second["firstPassLeakingCallsPer1000"]),
            per_thousand(finals["leakingCallsPer1000"]),
        ],
        [
            "... card number or security code",
            per_thousand(second["firstPassLeakingCardCallsPer1000"]),
            per_thousand(finals["leakingCardCallsPer1000"]),
        ],
        [
            "benign numbers masked",
            percent(second["firstPassBenignNumbersMasked"]),
            percent(finals["benignNumbersMasked"]),
        ],
        ["clean words masked", percent(second["firstPassCleanWordsMasked"]), percent(finals["cleanWordsMasked"])],
    ]
    caught = f"The second reading catches {percent(second['missesCaught'])} of the spans that the first one misses."
    return ["## What the second reading adds", "", caught, "", *_table(["finals", "first reading", "both"], rows)]


def _holding(report: dict[str, Any]) -> list[str]:
    if report["partials"] is None:
        return []
    holding = report["partials"]["holding"]
    rows = [
        ["words ever held", percent(holding["wordsHeld"])],
        ["harmless words ever held (in no span)", percent(holding["harmlessWordsHeld"])],
        ["... held while this many words were spoken, mean", _figure(holding["heldByWordsMean"])],
        ["... held for, mean, ms of speech", _figure(holding["heldMsMean"], 0)],
        ["... p50 / p99, ms", f"{_figure(holding['heldMsP50'], 0)} / {_figure(holding['heldMsP99'], 0)}"],
        ["finals that wait before they are committed", percent(holding["finalsWaiting"])],
        [
            "... wait, mean / p99, ms",
            f"{_figure(holding['finalWaitMsMean'], 0)} / {_figure(holding['finalWaitMsP99'], 0)}",
        ],
        ["spans shown in a partial that were masked later", f"{report['partials']['shownSpansMaskedLater']['hits']:,}"],
    ]
    after = report["partials"]["finalsAfterPartials"]
    told = (
        "What a hypothesis masked stays masked in the final. Where hypotheses came first, as they do in a live call, "
        f"{percent(after['spanRecall'])} of the spans are masked in the finals, and so are "
        f"{percent(after['benignNumbersMasked'])} of the benign numbers and {percent(after['cleanWordsMasked'])} of "
        "the clean words."
    )
    return ["## What holding costs", "", *_table(["", ""], rows), "", told]


def _speed(report: dict[str, Any]) -> list[str]:
    engine, peer = report["engine"], report["presidio"]
    rows = [["the gate, one final", _figure(engine["meanMs"], 3), _figure(engine["p99Ms"], 3)]]
    if engine["partials"]:
        rows.append(["the gate, one partial", _figure(engine["partialMeanMs"], 3), _figure(engine["partialP99Ms"], 3)])
    if peer is not None:
        rows.append(["Presidio's patterns, one final", _figure(peer["meanMs"], 3), _figure(peer["p99Ms"], 3)])
    head = ["engine time, ms", "mean", "p99"]
    return [
        "## Speed",
        "",
        "Processor time of one thread around each call of the engine, all in the same run.",
        "",
        *_table(head, rows),
    ]


def summary_lines(report: dict[str, Any]) -> list[str]:
    """The figures that matter, one a line, for a terminal."""
    sizes = f"{report['calls']:,} calls, {report['spans']:,} spans, {report['benignNumbers']:,} benign numbers"
    lines = [f"{report['data']}: {sizes}"]
    for one in report["thresholds"]:
        mark = {True: "ok  ", False: "MISS", None: "n/a "}[one["met"]]
        limit = f"at least {one['least']:g}" if "least" in one else f"at most {one['most']:g}"
        value = "not measured" if one["value"] is None else f"{one['value']:.4g}"
        lines.append(f"{mark} {MEASURES[one['name']][2]}: {value} ({limit})")
    if report["presidio"] is None:
        lines.append(f"Presidio: {report['presidioNote']}")
    else:
        theirs = report["presidio"]
        lines.append(
            f"Presidio's patterns beside it: recall {theirs['spanRecall']['value']:.3f}, "
            f"leaking calls of 1,000 {theirs['leakingCallsPer1000']['value']:.0f}, mean {theirs['meanMs']} ms"
        )
    return lines
