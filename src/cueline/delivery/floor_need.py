"""How much a live call needs a person, 0 to 100, and why, in words. Pure.

The score is a sum of what is measured and heard, each with a bound of its own, so that no single thing but a raised
hand or an alert brings a call to the top. The words name what weighs most.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

NEED_MAX: Final = 100
REASONS_SHOWN: Final = 3
CALM: Final = "nothing unusual"

UNHAPPY: Final = -0.3
"""Sentiment from which on a customer counts as unhappy."""
ANGRY: Final = -0.6

HAND: Final = 45
ALERT: Final = 35
DEAD_AIR: Final = 12
MISSED: Final = 6
LONG_CALL_MS: Final = 10 * 60_000
LONG_HOLD_MS: Final = 2 * 60_000
HEARD_FOR_MS: Final = 5 * 60_000
"""For so long does what a customer said weigh."""

HEARD: Final[Mapping[str, tuple[int, str]]] = {
    "legal_threat": (25, "customer speaks of lawyers"),
    "vulnerable": (20, "customer may be vulnerable"),
    "wants_manager": (18, "customer asks for a manager"),
    "threatens_leave": (15, "customer wants to leave us"),
    "wants_cancel": (8, "customer wants to cancel"),
}
"""Intents that a supervisor should know of, and their weights."""


@dataclass(slots=True)
class Standing:
    """What a call's need is made of. All times are media times of the call.

    heard: when each intent of ``HEARD`` was last heard. missed: labels of checklist items whose time has passed.
    """

    sentiment: float | None = None
    unhappy_since_ms: int | None = None
    alerts: int = 0
    hand_raised_ms: int | None = None
    dead_air_since_ms: int | None = None
    held_since_ms: int | None = None
    heard: dict[str, int] = field(default_factory=dict)
    missed: tuple[str, ...] = ()


def need(standing: Standing, now_ms: int) -> tuple[int, str]:
    """Score and words at a moment of the call."""
    found = sorted(_factors(standing, now_ms), key=lambda factor: -factor[0])
    words = ", ".join(words for _, words in found[:REASONS_SHOWN])
    return min(NEED_MAX, sum(weight for weight, _ in found)), words or CALM


def _factors(standing: Standing, now_ms: int) -> Iterator[tuple[int, str]]:
    if standing.hand_raised_ms is not None:
        waited = _minutes(now_ms - standing.hand_raised_ms)
        yield HAND + min(15, 5 * waited), f"hand raised{_for(waited)}"
    if standing.alerts:
        yield ALERT + 10 * min(2, standing.alerts - 1), _counted(standing.alerts, "open alert")
    yield from _feeling(standing, now_ms)
    for intent, (weight, words) in HEARD.items():
        at_ms = standing.heard.get(intent)
        if at_ms is not None and now_ms - at_ms < HEARD_FOR_MS:
            yield weight, words
    if standing.dead_air_since_ms is not None:
        yield DEAD_AIR, "silence on the line"
    if standing.held_since_ms is not None and now_ms - standing.held_since_ms >= LONG_HOLD_MS:
        held = _minutes(now_ms - standing.held_since_ms)
        yield min(16, 4 * held), f"on hold{_for(held)}"
    if standing.missed:
        more = len(standing.missed) - 1
        rest = f" and {more} more" if more else ""
        yield min(18, MISSED * len(standing.missed)), f"not done: {standing.missed[0]}{rest}"
    if now_ms >= LONG_CALL_MS:
        long = _minutes(now_ms)
        yield min(10, (long - 8) // 2), f"{long} min on the phone"


def _feeling(standing: Standing, now_ms: int) -> Iterator[tuple[int, str]]:
    if standing.sentiment is None or standing.sentiment > UNHAPPY:
        return
    since = standing.unhappy_since_ms
    minutes = 0 if since is None else _minutes(now_ms - since)
    word = "angry" if standing.sentiment <= ANGRY else "unhappy"
    yield round(-30 * standing.sentiment) + min(12, 4 * minutes), f"customer {word}{_for(minutes)}"


def _minutes(milliseconds: int) -> int:
    return max(0, milliseconds) // 60_000


def _for(minutes: int) -> str:
    return f" for {minutes} min" if minutes else ""


def _counted(count: int, what: str) -> str:
    return what if count == 1 else f"{count} {what}s"
