"""Which words of a turn carry an answer, and whether a question for words is open. Pure."""

from collections.abc import Sequence
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.lexer import NUMERIC, Token
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.reading import Reading, quantity
from cueline.redaction.vocabulary import NAMES, Word

_LETTER_WORDS: Final = frozenset("aioust")
_SAID: Final = frozenset({Kind.WORD, Kind.PHONETIC, Kind.MONTH})
SPELLED: Final = frozenset({Kind.LETTER, Kind.PHONETIC})


BARE_ANSWER: Final = 2
"""An answer of so many words is one, whatever they are."""


def asked_for(topic: str, reading: Reading, channel: Channel, context: CallContext) -> bool:
    """Whether the question open at the turn's start asks this channel for ``topic``."""
    if topic not in context.timeline.topics:
        return False
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


def framed(reading: Reading) -> int:
    """First token behind words that only lead to an answer: "the magic word is", "deliver it to"; 0 where none do."""
    tokens = reading.tokens
    begin = 0
    for place, token in enumerate(tokens[:FRAME]):
        told = place and tokens[place - 1].text in _DETERMINERS and reading.vocabulary[place] is Word.MAYBE
        if token.kind not in _FRAME_KINDS or token.shape or not (reading.vocabulary[place] is Word.OTHER or told):
            break
        led = place and tokens[place - 1].text in reading.locale.stop
        if token.text in _COPULAS or (token.text in _TOWARDS and led):
            begin = place + 1
        if token.ends:
            break
    if begin and (begin >= len(tokens) or tokens[begin].text in _DETERMINERS or not content(reading, begin)):
        return 0
    return begin


def chatter(reading: Reading) -> bool:
    """Whether a turn, though words were asked for, tells something else: a courtesy, a clause, a question."""
    texts = [token.text for token in reading.tokens]
    stop = reading.locale.stop
    if _weighty(reading, sure=False) or lone_letter(reading) or any("@" in text for text in texts):
        return False
    if all(text in _COURTESIES or text in stop for text in texts):
        return True
    if len(texts) < CLAUSE or not _EQUATING.isdisjoint(texts) or not NAMES.isdisjoint(reading.vocabulary):
        return False
    return texts[0] in _ASKING or any(text in _SUBJECTS for text in texts[:-1])


def lone_letter(reading: Reading) -> list[int]:
    """The letter with which a turn ends that goes on in the next one ("the email is t"); none where there is none."""
    last = len(reading.tokens) - 1
    token = reading.tokens[last]
    lone = token.kind is Kind.LETTER or token.text == "o"
    return [last] if lone and (token.text not in _WORD_LETTERS or last <= 1) else []


_WORD_LETTERS: Final = words_of("a i u")


FRAME: Final = 6
"""Words of a turn among which those lie that lead to an answer."""

CLAUSE: Final = 3
"""Words of the shortest turn that is taken for a clause."""

_FRAME_KINDS: Final = frozenset({Kind.WORD, Kind.FILLER, Kind.LINK, Kind.SOUNDALIKE})
_COPULAS: Final = words_of("is it's was that's be are")
_TOWARDS: Final = words_of("to at as under")
_DETERMINERS: Final = words_of("the my our your a an what that this")
_COURTESIES: Final = words_of(
    "brilliant cheers lovely super ta noted spot mention tick hang fetch nearly bear aye nope mate lads grand smashing "
    "marvellous fantastic excellent top congratulations apologies exactly indeed certainly affirmative negative"
)
_SUBJECTS: Final = words_of(
    "i we you he she they it there i'm we're you're they're he's she's i've we've you've they've i'd we'd you'd i'll "
    "mine's we'll you'll there's it'll it'd"
)
_EQUATING: Final = words_of(
    "is it's was be that's are use used using uses put think believe guess have got goes go chose picked chosen set "
    "wrote write typed type typing tried try changed made called call reads read says say said spell spelled starts "
    "begins live lives send mail email reach with to at as under"
)
_ASKING: Final = words_of("which what when where why how who whose do does did can could should")


def telling(reading: Reading, places: Sequence[int]) -> bool:
    """Whether some of the places tell something: a number, a letter, a word that is no ordinary one."""
    inside = _weighty(reading)
    return any(
        reading.vocabulary[at] is not Word.OTHER or "@" in reading.tokens[at].text or at in inside for at in places
    )


def _weighty(reading: Reading, *, sure: bool = True) -> set[int]:
    """Places in runs that are more than one small number in a sentence ("we lost by five")."""
    places: set[int] = set()
    for stretch in reading.scan.stretches:
        first, last = stretch.span
        small = stretch.tokens <= 1 and stretch.closed_by is not None and not stretch.letters
        scale = all(part.kind is Kind.SCALE for part in stretch.parts)
        if not small and not scale and not quantity(reading, stretch, sure=sure):
            places.update(range(first, last + 1))
    return places


def answer(reading: Reading, begin: int, gap: int) -> list[list[int]]:
    """The content words in groups that tell something; a turn of hardly more than one word tells whatever it is."""
    if not begin and chatter(reading):
        return []
    places = content(reading, begin or framed(reading))
    if len(places) <= BARE_ANSWER and len(reading.tokens) <= BARE_ANSWER + 2:
        return groups(places, gap)
    return [group for group in groups(places, gap) if telling(reading, group)]


def in_runs(reading: Reading) -> set[int]:
    """Places of tokens that lie in runs, what stands between included."""
    places: set[int] = set()
    if not reading.scan.stretches:
        return places
    for stretch in reading.scan.stretches:
        first, last = stretch.span
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
