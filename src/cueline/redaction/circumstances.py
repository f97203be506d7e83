"""What surrounds a run, as features of a trained model: what was asked, what was said, what the rules made of it. Pure.

No digit is among them, only how many there were. A feature is the checksum of a text, as a place among the weights.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.answering import answers
from cueline.redaction.classifier import bucket
from cueline.redaction.context import CallContext
from cueline.redaction.numbers import Stretch, is_cardinal
from cueline.redaction.reading import Reading, quantity

BUCKETS: Final = 1 << 15
"""Places of weights."""

_KEPT: Final = 2048
"""Combinations that each group of features is remembered for."""

_CHANCES: Final = (0.03, 0.1, 0.3, 0.6, 0.85, 0.97)
_WORDS: Final = (1, 2, 4, 8)
_DIGITS: Final = (2, 3, 5, 7, 9, 13, 15)
_LENGTHS: Final = (1, 2, 3, 4, 5, 6, 7, 9, 13)
_PAST: Final = 3
"""Counts from which all are alike."""


def circumstances(
    reading: Reading, at: int, channel: Channel, context: CallContext, *, reason: str, kind: str | None
) -> list[int]:
    """Features of the ``at``-th run, each below ``BUCKETS``; ``reason`` and ``kind`` are the rules' verdict on it."""
    stretch = reading.scan.stretches[at]
    first, last = stretch.span
    words = reading.plain(max(0, first - 4), first)
    after = reading.plain(last + 1, last + 3)
    looks = _looks(stretch)
    side = channel[0]
    open_end = "" if stretch.closed_by is not None else "$"
    asked, echo, likely = _questions(reading, stretch, channel, context)
    lead = _lead_in(stretch)
    grammar = quantity(reading, stretch, sure=False)
    bare = answers(reading, stretch)
    run = stretch.run
    rest = len(reading.tokens) - 1 - last
    block = context.timeline.in_block(reading.words[stretch.first].start_ms)
    found = [
        *_judged(reason, kind, looks, open_end, side),
        *_asked(asked, reason, looks, open_end, side),
        *_answered(asked, looks, grammar, bare),
        *_led(lead, reason, asked),
        *_phrased(quantity(reading, stretch, sure=True), grammar, reason, looks),
        *_repeated(echo, likely, reason, looks, context.repeats(stretch.digits), bare),
        *_blocked(block, reason, looks, bare),
        *_carried(f"{stretch.inherited}{run.armed}", run.type, reason, looks),
        *_counted(_bin(run.digits, _DIGITS), min(run.tokens, _PAST), open_end, reason),
        *_placed(_bin(first, _WORDS), _bin(rest, _WORDS), reason, looks),
        bucket(f"at {min(at, _PAST)} {min(len(reading.scan.stretches), _PAST)} {reason}", BUCKETS),
        bucket(f"parts {' '.join([part.kind.name for part in stretch.parts[:4]])}", BUCKETS),
        *_worded(words, after, reason, looks),
    ]
    for back, guess in enumerate(reversed(context.asked_lately)):
        lately = f"{_bin(guess.sensitive, _CHANCES)} {_bin(guess.benign, _CHANCES)}"
        topic = str(guess.topics[0]) if guess.topics else ""
        found += _lately(back, lately, reason, side, looks, asked)
        found += _latest(back, topic, kind, looks)
    return found


def _places(*features: str) -> tuple[int, ...]:
    return tuple([bucket(feature, BUCKETS) for feature in features])


# What features are made of comes back from run to run, words apart: each group is remembered by what it is made of.


@lru_cache(maxsize=_KEPT)
def _judged(reason: str, kind: str | None, looks: str, open_end: str, side: str) -> tuple[int, ...]:
    shape = looks + open_end
    return _places(
        f"reason {reason} {side}", f"reason {reason} {looks}", f"reason {reason} {shape} {side}",
        f"kind {kind} {reason}", f"shape {shape} {side}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _asked(asked: str, reason: str, looks: str, open_end: str, side: str) -> tuple[int, ...]:
    return _places(
        f"asked {asked} {side}", f"asked {asked} {looks}", f"asked {asked} {reason}", f"asked {asked} {looks}{open_end}"
    )


@lru_cache(maxsize=_KEPT)
def _answered(asked: str, looks: str, grammar: str, bare: bool) -> tuple[int, ...]:  # noqa: FBT001 - a key
    return _places(f"asked {asked} {bare} {looks}", f"asked {asked} {grammar}")


@lru_cache(maxsize=_KEPT)
def _led(lead: tuple[int, int, str], reason: str, asked: str) -> tuple[int, ...]:
    sensitive, benign, topic = lead
    return _places(
        f"lead {sensitive} {benign}", f"lead {sensitive} {benign} {reason}", f"lead {sensitive} {benign} {asked}",
        f"lead {sensitive} {topic}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _phrased(sure: str, grammar: str, reason: str, looks: str) -> tuple[int, ...]:
    plain = f"{sure}/{grammar}"
    return _places(f"grammar {plain}", f"grammar {plain} {reason}", f"grammar {grammar} {looks}")


@lru_cache(maxsize=_KEPT)
def _repeated(echo: str, likely: str, reason: str, looks: str, repeats: bool, bare: bool) -> tuple[int, ...]:  # noqa: FBT001, PLR0917 - a key
    return _places(
        f"echo {echo} {looks}", f"echo {echo} {repeats} {reason}", f"likely {likely} {looks}",
        f"likely {likely} {bare} {reason}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _blocked(block: bool, reason: str, looks: str, bare: bool) -> tuple[int, ...]:  # noqa: FBT001 - a key
    return _places(f"block {block} {looks}", f"block {block} {reason} {looks}", f"bare {bare} {reason}")


@lru_cache(maxsize=_KEPT)
def _carried(run: str, kind: str | None, reason: str, looks: str) -> tuple[int, ...]:
    return _places(f"run {run} {kind}", f"run {run} {reason} {looks}")


@lru_cache(maxsize=_KEPT)
def _counted(digits: int, tokens: int, open_end: str, reason: str) -> tuple[int, ...]:
    return _places(f"digits {digits} {reason}", f"tokens {tokens} {open_end} {reason}")


@lru_cache(maxsize=_KEPT)
def _placed(before: int, rest: int, reason: str, looks: str) -> tuple[int, ...]:
    return _places(f"before {before} {reason}", f"rest {rest} {reason}", f"place {before} {rest} {looks}")


def _worded(words: Sequence[str], after: Sequence[str], reason: str, looks: str) -> tuple[int, ...]:
    next_word = after[0] if after else "$"
    word = words[-1] if words else "^"
    return _places(
        f"next {next_word}", f"next {reason} {next_word}", f"next {looks} {next_word}", f"then {' '.join(after)}",
        f"word {reason} {word}", f"word {looks} {word}", f"words {' '.join(words[-2:])}",
        *[f"near {each}" for each in words],
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _lately(back: int, lately: str, reason: str, side: str, looks: str, asked: str) -> tuple[int, ...]:  # noqa: PLR0917 - a key
    return _places(
        f"lately{back} {lately}", f"lately{back} {lately} {reason} {side}", f"lately{back} {lately} {looks}",
        f"lately{back} {lately} {asked}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _latest(back: int, topic: str, kind: str | None, looks: str) -> tuple[int, ...]:
    return _places(f"lately{back} {topic} {looks}", f"lately{back} {topic} {kind}")


def _bin(value: float, edges: Sequence[float]) -> int:
    """How many of the edges are reached."""
    return bisect_right(edges, value)


def _looks(stretch: Stretch) -> str:
    length = _bin(len(stretch.digits[0]), _LENGTHS)
    return f"{length}{'L' * (stretch.letters > 0)}{'M' * (stretch.months > 0)}{'C' * is_cardinal(stretch.parts)}"


def _questions(reading: Reading, stretch: Stretch, channel: Channel, context: CallContext) -> tuple[str, str, str]:
    """What was asked of the speaker (and how far it is answered), what of the other side, what a whole card awaits."""
    start_ms = reading.words[stretch.first].start_ms
    timeline = context.timeline
    arm, echo = timeline.at(channel, start_ms), timeline.echoed(channel, start_ms)
    likely = "likely" if timeline.prearmed(channel, start_ms) is not None else ""
    asked = "nothing"
    if arm is not None:
        far = "answered" if arm.answered else "begun" if arm.digits else ""
        asked = f"{arm.topics[0]} {far}"
    return asked, "nothing" if echo is None else str(echo.topics[0]), likely


def _lead_in(stretch: Stretch) -> tuple[int, int, str]:
    """What the model of announcements took the words before the run for, if it was asked."""
    guess = stretch.guess
    if guess is None:
        return 0, 0, "unread"
    return _bin(guess.sensitive, _CHANCES), _bin(guess.benign, _CHANCES), str(guess.topics[0]) if guess.topics else ""
