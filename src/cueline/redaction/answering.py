"""What the grammar of a turn says of a number that may answer a question, go on with an answer, or be none. Pure."""

from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.detectors.candidate import Candidate
from cueline.redaction.lexer import NUMERIC, Shape
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.numbers import Stretch, is_cardinal
from cueline.redaction.reading import Reading, birth_year, clocked, priced, quantity
from cueline.redaction.timeline import Arm

SHORT_TURN: Final = 5
"""Tokens of a turn that hardly says more than the number it ends with."""

PUT_RIGHT: Final = 2
"""Tokens that are put right on their own."""

_SAID: Final = frozenset({Kind.WORD, Kind.SOUNDALIKE})
_DAYS: Final = frozenset({Shape.ORDINAL, Shape.DATE})
_SHORT_CODES: Final = words_of("CVV PIN OTP SSN_LAST4 ")
"""Kinds of which a single digit may be put right, at the end of a turn."""


def ends_with(reading: Reading, stretch: Stretch, arm: Arm) -> bool:
    """Whether a turn ends with a digit or two of a short code, or says hardly more: "the last bit for me two"."""
    if stretch.closed_by is not None:
        return False
    return arm.topics[0] in _SHORT_CODES or (stretch.tokens <= PUT_RIGHT and len(reading.tokens) <= SHORT_TURN)


def in_year(reading: Reading, stretch: Stretch, arm: Arm) -> str:
    """ "since 2004", "i moved in twenty twenty": a year, where no date was asked for."""
    before = reading.text_before(stretch.span[0], 2)
    if before[-1:] == ["since"]:
        return "year"
    if not _DATED.isdisjoint(arm.topics) or len(before) < 2 or before[-2] in reading.locale.copulas:
        return ""
    return "year" if quantity(reading, stretch, sure=False) == "year" else ""


_DATED: Final = words_of("DOB CARD_EXPIRY CREDIT_CARD CVV ADDRESS PASSWORD ")
"""Kinds in whose answers a year may stand."""


def bare_date(reading: Reading, stretch: Stretch) -> bool:
    """Whether a turn is no more than part of a card's date: "of thirty three"."""
    words = [token.text for token in reading.tokens if token.kind not in NUMERIC]
    year = stretch.tokens <= 2 and any(len(digits) == 2 and YEARS[0] <= digits <= YEARS[1] for digits in stretch.digits)
    return year and len(words) == 1 and words[0] in _JOINTS


YEARS: Final = ("24", "45")
"""In which a card's validity ends."""

_JOINTS: Final = words_of("of in slash ")


def answers(reading: Reading, stretch: Stretch) -> bool:
    """Whether a run is (nearly) all that is said, or follows words that go with an answer or a read-back."""
    first = stretch.span[0]
    locale = reading.locale
    before = [token.text for token in reading.tokens[:first] if token.kind in _SAID]
    back = set(before[-8:]) - _READING_BACK
    return not back or not back - locale.copulas - locale.backchannels - locale.corrections


def other_date(reading: Reading, stretch: Stretch, arm: Arm) -> bool:
    """Whether a run is a day ("april sixth", "the twenty fourth") where no date was asked for."""
    if not {"CREDIT_CARD", "CVV"}.isdisjoint(arm.topics):
        ordinal = any(part.kind is Kind.ORDINAL or part.shape is Shape.ORDINAL for part in stretch.parts)
        if in_month(reading, stretch) or not ordinal:
            return False
    if not {"DOB", "CARD_EXPIRY", "ADDRESS", "PASSWORD", "EMAIL"}.isdisjoint(arm.topics):
        return False
    last = stretch.parts[-1]
    shapes = {part.shape for part in stretch.parts}
    day = stretch.months or last.kind is Kind.ORDINAL or not shapes.isdisjoint(_DAYS)
    return bool(day) and not birth_year(stretch.digits) and not stretch.letters


_READING_BACK: Final = words_of(
    "have got see show read back that's so let me as confirm confirming double check number card email account "
    "address phone the your still right correct again repeat said heard wrote down put at we you last part end "
    "ends first then slash dash one i'll it code digits expires expiration date month until through thru valid "
    "good what wait another use birth of born on looks like just this from pin social routing license passport "
    "id member area "
)


def in_month(reading: Reading, stretch: Stretch) -> bool:
    """ "the eleventh month": a month by its number."""
    last = stretch.span[1]
    return last + 1 < len(reading.tokens) and reading.tokens[last + 1].text == "month"


def agents_own(candidate: Candidate, channel: Channel) -> bool:
    """Whether an agent says a number of his own: a price, a time, a count, a seat. What he repeats is known."""
    if channel != "agent" or candidate.months:
        return False
    if candidate.letters:
        return candidate.length + candidate.letters <= SEAT
    return candidate.length <= PRICE_DIGITS and (
        is_cardinal(candidate.parts) or priced(candidate.parts) or clocked(candidate.parts)
    )


PRICE_DIGITS: Final = 6
SEAT: Final = 3
"""Letters and digits of a seat, a gate or a bay."""


__all__ = ["agents_own", "answers", "bare_date", "ends_with", "in_month", "in_year", "other_date"]
