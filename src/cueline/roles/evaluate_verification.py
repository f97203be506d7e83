"""``cueline evaluate verification``: what verification after the call finds of planted leaks."""

import hashlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from cueline.redaction.measuring.calls import read_call
from cueline.redaction.measuring.planted import measure_planted
from cueline.roles.evaluate import set_lines

_SAY_EVERY = 200


def evaluate_verification(
    *, data: str, calls: int | None = None, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Measures the rules on a set: ``development`` or a file in its format. Raises InputError, UnavailableError."""
    path, content, lines = set_lines(data)

    def on_call(done: int) -> None:
        if done % _SAY_EVERY == 0:
            say(f"{done:,} calls")

    figures = measure_planted(map(read_call, islice(lines, calls)), on_call=on_call)
    return {"data": path.name, "sha256": hashlib.sha256(content).hexdigest(), **figures}


def evaluation_text(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    lines = [f"{figures['data']}: {figures['calls']:,} calls, rules {figures['rules']}"]
    for name, words in (
        ("whole", "spans left readable, caught"),
        ("part", "parts of spans left readable, caught"),
        ("firstPass", "leaks of the gate's first reading, caught"),
    ):
        share = figures[name]
        if share["value"] is not None:
            low, high = share["low"], share["high"]
            lines.append(f"{words}: {share['value']:.1%} ({low:.1%} to {high:.1%}) of {share['of']:,}")
    lines.append(f"false findings per 100 clean calls: {figures['falsePer100']}")
    return "\n".join(lines)


def write_report(figures: dict[str, Any], path: Path) -> None:
    """The figures as a Markdown table by type."""
    rows = ["| type | spans left readable | caught | parts left readable | caught |", "|---|---|---|---|---|"]
    whole, part = figures["whole"]["byType"], figures["part"]["byType"]
    for kind in sorted(whole):
        own, some = whole[kind], part.get(kind)
        ending = f"{some['of']} | {some['value']:.0%}" if some else "- | -"
        rows.append(f"| {kind} | {own['of']} | {own['value']:.0%} | {ending} |")
    path.write_text(f"{evaluation_text(figures)}\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
