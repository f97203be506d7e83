"""What surrounds a run, as features of a trained model: what was asked, what was said, what the rules made of it. Pure.

No digit is among them, only how many there were.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.answering import answers
from cueline.redaction.context import CallContext
from cueline.redaction.numbers import Stretch, is_cardinal
from cueline.redaction.reading import Reading, quantity

_CHANCES: Final = (0.03, 0.1, 0.3, 0.6, 0.85, 0.97)
_WORDS: Final = (1, 2, 4, 8)
_DIGITS: Final = (2, 3, 5, 7, 9, 13, 15)
_LENGTHS: Final = (1, 2, 3, 4, 5, 6, 7, 9, 13)
_PAST: Final = 3
"""Counts from which all are alike."""


def circumstances(
    reading: Reading, at: int, channel: Channel, context: CallContext, *, reason: str, kind: str | None
) -> list[str]:
    """Features of the ``at``-th run; ``reason`` and ``kind`` are the rules' verdict on it."""
    stretch = reading.scan.stretches[at]
    first, last = stretch.span
    words = reading.plain(max(0, first - 4), first)
    after = reading.plain(last + 1, last + 3)
    looks = _looks(stretch)
    side = channel[0]
    open_end = "" if stretch.closed_by is not None else "$"
    asked, echo, likely = _questions(reading, stretch, channel, context)
    sensitive, benign, topic = _lead_in(stretch)
    grammar = quantity(reading, stretch, sure=False)
    plain = f"{quantity(reading, stretch, sure=True)}/{grammar}"
    bare = answers(reading, stretch)
    run = stretch.run
    shape = looks + open_end
    rest = len(reading.tokens) - 1 - last
    block = context.timeline.in_block(reading.words[stretch.first].start_ms)
    next_word = after[0] if after else "$"
    word = words[-1] if words else "^"
    found = [
        f"reason {reason} {side}", f"reason {reason} {looks}", f"reason {reason} {shape} {side}",
        f"kind {kind} {reason}",
        f"asked {asked} {side}", f"asked {asked} {looks}", f"asked {asked} {reason}", f"asked {asked} {shape}",
        f"asked {asked} {bare} {looks}", f"asked {asked} {grammar}",
        f"lead {sensitive} {benign}", f"lead {sensitive} {benign} {reason}", f"lead {sensitive} {benign} {asked}",
        f"lead {sensitive} {topic}",
        f"grammar {plain}", f"grammar {plain} {reason}", f"grammar {grammar} {looks}",
        f"echo {echo} {looks}", f"echo {echo} {context.repeats(stretch.digits)} {reason}",
        f"likely {likely} {looks}", f"likely {likely} {bare} {reason}",
        f"shape {shape} {side}", f"block {block} {looks}", f"block {block} {reason} {looks}", f"bare {bare} {reason}",
        f"run {stretch.inherited}{run.armed} {run.type}", f"run {stretch.inherited}{run.armed} {reason} {looks}",
        f"digits {_bin(run.digits, _DIGITS)} {reason}", f"tokens {min(run.tokens, _PAST)} {open_end} {reason}",
        f"before {_bin(first, _WORDS)} {reason}", f"rest {_bin(rest, _WORDS)} {reason}",
        f"place {_bin(first, _WORDS)} {_bin(rest, _WORDS)} {looks}",
        f"at {min(at, _PAST)} {min(len(reading.scan.stretches), _PAST)} {reason}",
        f"parts {' '.join(part.kind.name for part in stretch.parts[:4])}",
        f"next {next_word}", f"next {reason} {next_word}", f"next {looks} {next_word}", f"then {' '.join(after)}",
        f"word {reason} {word}", f"word {looks} {word}", f"words {' '.join(words[-2:])}",
    ]  # fmt: skip
    found += [f"near {word}" for word in words]
    for back, guess in enumerate(reversed(context.asked_lately)):
        lately = f"{_bin(guess.sensitive, _CHANCES)} {_bin(guess.benign, _CHANCES)}"
        topic = str(guess.topics[0]) if guess.topics else ""
        found += [
            f"lately{back} {lately}", f"lately{back} {lately} {reason} {side}", f"lately{back} {lately} {looks}",
            f"lately{back} {topic} {looks}", f"lately{back} {topic} {kind}", f"lately{back} {lately} {asked}",
        ]  # fmt: skip
    return found


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
