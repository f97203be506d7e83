"""A call as a row of sentences, and what the sentence before asked. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from cueline.guidance.heard import Heard
from cueline.guidance.notes.pieces import FILLERS, Sentence, sentences
from cueline.kernel.ids import Speaker

_LOOK_BACK: Final = 6
"""Sentences between a question and what may still be its answer."""

_YES: Final = frozenset(("yes", "yeah", "yep", "correct", "right", "exactly", "sure", "absolutely", "yup", "please"))


class Line(msgspec.Struct, frozen=True):
    """A sentence in its place. asked: the other side's last question before it, as words; empty where there is none.

    agreed: a question that the other side said yes to.
    """

    sentence: Sentence
    asked: tuple[str, ...]
    agreed: bool

    @property
    def speaker(self) -> Speaker:
        return self.sentence.heard.speaker

    @property
    def words(self) -> tuple[str, ...]:
        return self.sentence.words

    @property
    def told(self) -> bool:
        """Whether what it names holds: a statement, or a question that was agreed to."""
        return not self.sentence.question or self.agreed


def lines(said: Iterable[Heard]) -> list[Line]:
    """Every sentence of the agent and the customer, in order."""
    found = [sentence for one in said if one.speaker != "system" for sentence in sentences(one)]
    return [
        Line(sentence, asked=_asked(found, place), agreed=sentence.question and _agreed(found, place))
        for place, sentence in enumerate(found)
    ]


def _asked(found: Sequence[Sentence], place: int) -> tuple[str, ...]:
    me = found[place].heard.speaker
    for before in reversed(found[max(0, place - _LOOK_BACK) : place]):
        if before.heard.speaker != me:
            if before.question:
                return before.words
            if len(before.words) > 2:
                return ()
    return ()


def _agreed(found: Sequence[Sentence], place: int) -> bool:
    me = found[place].heard.speaker
    for after in found[place + 1 : place + 3]:
        if after.heard.speaker != me:
            return bool(after.words) and after.words[0] in _YES
    return False


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first words, the longest of each first."""


def phrases(*given: tuple[str, ...]) -> Phrases:
    """Phrases as ``first_of`` looks for them."""
    by_head: dict[str, list[tuple[str, ...]]] = {}
    for phrase in given:
        by_head.setdefault(phrase[0], []).append(phrase)
    return {head: tuple(sorted(same, key=len, reverse=True)) for head, same in by_head.items()}


def first_of(words: Sequence[str], wanted: Phrases) -> tuple[int, int] | None:
    """The phrase that stands first: where it begins and the place after it. Of one beginning, the longest."""
    for at, word in enumerate(words):
        for phrase in wanted.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return at, at + len(phrase)
    return None


def opened(words: Sequence[str], at: int = 0) -> int:
    """The first place from ``at`` on that is no filler ("okay so ...")."""
    while at < len(words) and words[at] in FILLERS:
        at += 1
    return at


def nearest(words: Sequence[str], at: int, meanings: Mapping[str, str], *, before: int, after: int) -> str | None:
    """The meaning of the word nearest to ``at``; of two as near, the one before."""
    best: tuple[int, str] | None = None
    for place in range(max(0, at - before), min(len(words), at + after + 1)):
        meaning = meanings.get(words[place])
        if meaning is not None and (best is None or abs(place - at) < best[0]):
            best = (abs(place - at), meaning)
    return best[1] if best else None
