"""Masks are extended to the whole of what was said: dates, letters of an answer, false starts; holds. Pure."""

from itertools import pairwise
from typing import Final

from cueline.events.redacted import EntityType
from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.holdback import Mark
from cueline.redaction.judge import NEAR
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.numbers import Stretch, is_cardinal
from cueline.redaction.questions import MENTION
from cueline.redaction.reading import Reading, ends_in, quantity

_JOINTS: Final = words_of("of in the month year slash and then comma de del ")
_SPELLABLE: Final = words_of("IBAN PASSPORT DRIVER_LICENSE MEMBER_ID MEDICAL_RECORD ACCOUNT_NUMBER NUMBER TAX_ID OTP ")
"""Kinds that have letters in them."""

_BEFORE_LETTER: Final = words_of("is it's its number id a i says uh um ")
_DIGITS: Final = frozenset({Kind.DIGIT, Kind.ZERO})
"""Before these "a" is no article."""

_ALSO_WORDS: Final = words_of("i a oh o ")
"""Letters a sentence may begin with: in a hypothesis they wait for the next word."""

PROVISIONAL_TOKENS: Final = 2
"""Number tokens of a run that may turn out to be a quantity."""

LAST: Final = 4
"""Digits of a card that anybody may read."""

PROVISIONAL_WORDS: Final = 3
"""Words behind a run or a name that may still tell what it is."""

REACH: Final = 5
"""Tokens that are looked at on each side of a masked part of a date."""


def widen_dates(reading: Reading, marks: list[Mark]) -> None:
    """Extends the mask of an expiry or a date of birth over the rest of the date around it."""
    for mark in ("CARD_EXPIRY", "DOB"):
        if mark not in marks:
            continue
        tokens = reading.tokens
        places = [at for at, token in enumerate(tokens) if marks[token.word] == mark]
        for step, begin in ((1, max(places)), (-1, min(places))):
            end = begin
            at = begin + step
            while 0 <= at < len(tokens) and abs(at - end) <= REACH:
                token = tokens[at]
                if (
                    token.kind in NUMERIC
                    or token.kind is Kind.MONTH
                    or token.text in {"first", "second"}
                    or (token.text == "month" and abs(at - end) == 1)
                ):
                    end = at
                elif token.text not in _JOINTS:
                    break
                at += step
            for place in range(min(begin, end), max(begin, end) + 1):
                marks[tokens[place].word] = mark
        for first, last in pairwise(places):
            if last - first <= REACH and all(tokens[at].text in _JOINTS for at in range(first + 1, last)):
                for at in range(first + 1, last):
                    marks[tokens[at].word] = mark


def widen_letters(reading: Reading, marks: list[Mark]) -> None:
    """ "passport i six eight", "queen nine fifty": a letter that is a word too, or its word, before its number."""
    if _SPELLABLE.isdisjoint(marks):
        return
    tokens = reading.tokens
    for at in range(len(tokens) - 2, -1, -1):
        token, after = tokens[at], tokens[at + 1]
        mark = marks[after.word]
        if mark not in _SPELLABLE or marks[token.word] is not None or after.kind is Kind.WORD:
            continue
        lettered = token.kind is Kind.LETTER and (
            token.text == "i"
            or after.kind in _DIGITS
            or at == 0
            or tokens[at - 1].text in _BEFORE_LETTER
            or marks[tokens[at - 1].word] is not None
        )
        if lettered or token.text in reading.locale.spelling or token.kind is Kind.PHONETIC:
            marks[token.word] = mark


def spelled_answer(
    reading: Reading, marks: list[Mark], channel: Channel, context: CallContext, *, partial: bool
) -> None:
    """Letters alone, in answer to a question for something with letters in it, or announced, or read back."""
    tokens = reading.tokens
    start_ms = reading.words[0].start_ms
    hits = [hit for hit in reading.hits if hit.topic in _SPELLABLE and hit.rank >= MENTION]
    if not hits:
        if _SPELLABLE.isdisjoint(context.timeline.topics):
            return
        arm = context.timeline.at(channel, start_ms)
        if arm is None or arm.benign:
            arm = context.timeline.echoed(channel, start_ms)
        if arm is None or arm.topics[0] not in _SPELLABLE:
            return
        kind = arm.topics[0]
        content = [token for token in tokens if token.kind is not Kind.FILLER]
    else:
        kind = hits[-1].topic
        content = [
            token
            for token in tokens[hits[-1].last + 1 :]
            if token.text not in reading.locale.copulas or token.kind is Kind.LETTER
        ]
    if not 0 < len(content) <= 5 or content[-1] is not tokens[-1]:
        return
    for at, token in enumerate(content):
        written = reading.words[token.word].text
        large = 1 < len(token.text) <= 6 and written.strip(".,?!").isupper()
        spelled = token.kind in {Kind.LETTER, Kind.PHONETIC} or token.text in {"o", "oh"} or (token.text == "november")
        told = (
            token is content[-1]
            and len(content) > 2
            and content[0].kind is Kind.LETTER
            and token.text[:1] == content[0].value
            and content[-2].text in reading.locale.phonetic_links
            and token.text not in reading.locale.phonetic_links
        )
        article = token.text in _ARTICLES and at + 1 < len(content) and content[at + 1].kind is Kind.WORD
        if article or (token.text == "i" and len(content) > 2):
            continue
        if (large or spelled or told) and marks[token.word] is None:
            lone = partial and token is content[-1] and token.text in _ALSO_WORDS
            marks[token.word] = "HELD" if lone else kind  # type: ignore[call-overload]
            if hits and not partial:
                context.announced(channel, kind, start_ms)  # type: ignore[arg-type]


_ARTICLES: Final = words_of("a i")
"""Letters that are ordinary words before another word."""

LED_UP_TOKENS: Final = 2
"""Number tokens of a run that may be the false start of the next one."""

_PAUSING: Final = words_of("hold on wait hang sorry uh um er let me see a second sec moment just bear with okay right")
"""What is said while a number is looked at again."""


def _led_up(reading: Reading, stretch: Stretch, later: Stretch) -> bool:
    """Whether a run leads up to a masked one: "five i said five i meant one two ..."; a long one only over a pause."""
    begin, end = stretch.span[1] + 1, later.span[0]
    if stretch.tokens > LED_UP_TOKENS and not all(token.text in _PAUSING for token in reading.tokens[begin:end]):
        return False
    counted = quantity(reading, stretch, sure=True) or quantity(reading, stretch, sure=False)
    return end - begin <= NEAR and not counted


def mask_led_up(reading: Reading, marks: list[Mark]) -> None:
    """Runs that lead up to a masked one in the same turn share its mask."""
    stretches = reading.scan.stretches
    for at in range(len(stretches) - 2, -1, -1):
        stretch, later = stretches[at], stretches[at + 1]
        mark = marks[later.first]
        if mark is None or mark == "HELD" or marks[stretch.first] is not None:
            continue
        if _led_up(reading, stretch, later):
            fill(marks, stretch.first, stretch.last, mark)


def provisional(reading: Reading, stretch: Stretch, end: int, *, announced: bool) -> bool:
    """Whether a unit may yet follow and make a quantity of a run, or a digit make it a card's last four.

    A mask would stay for good, a hold need not.
    """
    if stretch.run.armed or end - stretch.last >= PROVISIONAL_WORDS:
        return False
    if is_cardinal(stretch.parts) or (stretch.last == end and ends_in(reading, stretch) and stretch.tokens < LAST):
        return True
    return not announced and stretch.tokens + stretch.letters <= PROVISIONAL_TOKENS


def hold(marks: list[Mark], first: int, last: int) -> None:
    """Holds words ``first`` to ``last``, those that are masked apart."""
    for index in range(first, last + 1):
        marks[index] = marks[index] or "HELD"


def fill(marks: list[Mark], first: int, last: int, mark: Mark) -> None:
    """Puts words ``first`` to ``last`` under a mark."""
    marks[first : last + 1] = [mark] * (last + 1 - first)


_YIELDING: Final[dict[str, frozenset[Mark]]] = {
    "PERSON": frozenset({None, "HELD", "NUMBER"}),
    "PASSWORD": frozenset({None, "HELD", "NUMBER", "PERSON", "ADDRESS", "EMAIL"}),
}
"""Marks that a finding of a kind replaces, where it does not replace all."""


def override(marks: list[Mark], first: int, last: int, kind: EntityType) -> None:
    """What words say is more exact than what numbers say, but for a name among an address's or an e-mail's words, and
    for a password where a number was asked for.
    """
    for index in range(first, last + 1):
        if kind not in _YIELDING or marks[index] in _YIELDING[kind]:
            marks[index] = kind


def has_letter(reading: Reading, loose: tuple[int, int]) -> bool:
    """Whether a letter is among words that belong to no run yet."""
    return any(token.kind is Kind.LETTER for token in reading.tokens if loose[0] <= token.word <= loose[1])


def has_month(reading: Reading, loose: tuple[int, int]) -> bool:
    """Whether a month is among words that belong to no run yet."""
    return any(token.kind is Kind.MONTH for token in reading.tokens if loose[0] <= token.word <= loose[1])
