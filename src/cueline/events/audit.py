"""What people did that others must be able to look up, in the shape in which rooms exchange it."""

from typing import Final

import msgspec

from cueline.kernel.ids import CallId

LISTENED: Final = "recording.listened"
"""Somebody was sent audio of a recording. details: ``format``, ``review``, ``spans`` ([[fromMs, toMs], ...]),
``untilMs``, when the last of it was sent, and ``played``: spans that the player says were heard."""

Span = tuple[int, int]


class AuditEntry(msgspec.Struct, frozen=True, rename="camel"):
    """One line of the audit log. atMs: epoch. details: names, numbers and ids; never a word of a call."""

    at_ms: int
    actor: str
    action: str
    call_id: CallId | None
    details: dict[str, object]


SPANS_MAX: Final = 64
"""Stretches that one playing is told as; where there are more, the nearest ones are told as one."""


def joined(spans: list[Span], added: Span) -> list[Span]:
    """Stretches and one more, in order, none touching another, at most ``SPANS_MAX``.

    >>> joined([(0, 10), (30, 40)], (8, 30))
    [(0, 40)]
    """
    found: list[Span] = []
    for start, end in sorted([*spans, added]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    while len(found) > SPANS_MAX:
        nearest = min(range(1, len(found)), key=lambda at: found[at][0] - found[at - 1][1])
        found[nearest - 1 : nearest + 1] = [(found[nearest - 1][0], found[nearest][1])]
    return found
