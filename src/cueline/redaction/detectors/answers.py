"""Which words of a turn carry an answer, and whether a question for words is open. Pure."""

from collections.abc import Sequence
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.lexer import NUMERIC, Token
from cueline.redaction.locales.locale import Kind
from cueline.redaction.reading import Reading, quantity
from cueline.redaction.vocabulary import Word

_LETTER_WORDS: Final = frozenset("aioust")
_SAID: Final = frozenset({Kind.WORD, Kind.PHONETIC, Kind.MONTH})
SPELLED: Final = frozenset({Kind.LETTER, Kind.PHONETIC})


BARE_ANSWER: Final = 2
"""An answer of so many words is one, whatever they are."""


def asked_for(topic: str, reading: Reading, channel: Channel, context: CallContext) -> bool:
    """Whether the question open at the turn's start asks this channel for ``topic``."""
    arm = context.timeline.at(channel, reading.words[0].start_ms)
    return arm is not None and topic in arm.topics


def content(reading: Reading, begin: int = 0) -> list[int]:
    """Tokens, from ``begin`` on, that are no function words: what an answer consists of."""
    stretched = in_runs(reading)
    found = []
    for at in range(begin, len(reading.tokens)):
        token = reading.tokens[at]
        if (
            at in stretched
            or token.kind in NUMERIC
            or token.shape
            or (token.kind is Kind.LETTER and token.text not in _LETTER_WORDS)
        ) or (token.kind in _SAID and token.text and token.text not in reading.locale.stop):
            found.append(at)
    return found


def telling(reading: Reading, places: Sequence[int]) -> bool:
    """Whether some of the places tell something: a number, a letter, a word that is no ordinary one."""
    inside = _weighty(reading)
    return any(
        reading.vocabulary[at] is not Word.OTHER or "@" in reading.tokens[at].text or at in inside for at in places
    )


def _weighty(reading: Reading) -> set[int]:
    """Places in runs that are more than one small number in a sentence ("we lost by five")."""
    places: set[int] = set()
    for stretch in reading.scan.stretches:
        first, last = reading.span(stretch)
        small = stretch.tokens <= 1 and stretch.closed_by is not None and not stretch.letters
        scale = all(part.kind is Kind.SCALE for part in stretch.parts)
        if not small and not scale and not quantity(reading, stretch, sure=True):
            places.update(range(first, last + 1))
    return places


def answer(reading: Reading, begin: int, gap: int) -> list[list[int]]:
    """The content words in groups that tell something; a turn of hardly more than one word tells whatever it is."""
    places = content(reading, begin)
    if len(places) <= BARE_ANSWER and len(reading.tokens) <= BARE_ANSWER + 2:
        return groups(places, gap)
    return [group for group in groups(places, gap) if telling(reading, group)]


def in_runs(reading: Reading) -> set[int]:
    """Places of tokens that lie in runs, what stands between included."""
    places: set[int] = set()
    if not reading.scan.stretches:
        return places
    for stretch in reading.scan.stretches:
        first, last = reading.span(stretch)
        places.update(range(first, last + 1))
    return places


def groups(places: Sequence[int], gap: int) -> list[list[int]]:
    """Places in groups with at most ``gap`` others between neighbours."""
    found: list[list[int]] = []
    for place in places:
        if found and place - found[-1][-1] <= gap + 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def finding(tokens: Sequence[Token], first: int, last: int, kind: str) -> Finding:
    """Tokens ``first`` to ``last`` as a finding over words."""
    return Finding(first=tokens[first].word, last=tokens[last].word, type=kind)  # type: ignore[arg-type]
