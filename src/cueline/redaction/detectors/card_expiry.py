"""Card expiry dates: month and year, spoken or written. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.candidate import Candidate
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind
from cueline.redaction.reading import Reading

TYPE: Final[EntityType] = "CARD_EXPIRY"
_JOINTS: Final = frozenset({"of", "in", "slash", "stroke"})
"""Between a month and a year; between a month and a day nobody says them."""


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """ "the seventh month", where a card is talked of or a year follows; the rest of the date is widened to later."""
    del channel
    if "month" not in reading.said:
        return []
    tokens = reading.tokens
    found = []
    for at, token in enumerate(tokens):
        if token.text != "month" or not at or tokens[at - 1].kind is not Kind.ORDINAL:
            continue
        after = next((each for each in tokens[at + 1 :] if each.text not in _JOINTS), None)
        dated = after is not None and after.kind in NUMERIC
        about = context.timeline.in_block(reading.words[token.word].start_ms) or any(t.text == "card" for t in tokens)
        if dated or (after is None and about):
            found.append(Finding(first=tokens[at - 1].word, last=token.word, type=TYPE))
    return found


def looks_like(candidate: Candidate) -> bool:
    """A month joined to a year that is no day: "december of twenty eight", "08/2029", "september thirty two"."""
    if candidate.letters or candidate.length > 6:
        return False
    if candidate.date_written:
        month, _, year = candidate.written.replace("-", "/").partition("/")
        return month.isdigit() and len(year) == 4 and "/" not in year and 1 <= int(month) <= 12 and _later(year)
    joined = not candidate.between.isdisjoint(_JOINTS)
    digits = candidate.digits[0]
    if any(part.kind is Kind.ORDINAL for part in candidate.parts):
        return False
    if candidate.months == 1:
        if candidate.parts[0].kind is not Kind.MONTH:
            return False
        return (len(digits) == 2 and 20 <= int(digits) <= 49 and (joined or int(digits) > 31)) or (
            joined and len(digits) == 4 and _later(digits)
        )
    return joined and any(_month_and_year(each) for each in candidate.digits)


def beside_a_card(candidate: Candidate) -> bool:
    """Whether it is an expiry where a card is being given: "november 2026", "09/26"."""
    if (
        candidate.letters
        or candidate.length not in {2, 3, 4, 6}
        or any(p.kind is Kind.ORDINAL for p in candidate.parts)
    ):
        return looks_like(candidate)
    year = candidate.digits[0][-2:]
    dated = candidate.months == 1 and candidate.parts[0].kind is Kind.MONTH and candidate.length in {2, 4}
    return (
        looks_like(candidate)
        or (dated and 24 <= int(year) <= 49)
        or (candidate.date_written and any(_month_and_year(digits) for digits in candidate.digits))
    )


def _later(year: str) -> bool:
    return 2024 <= int(year) <= 2049


def fits(candidate: Candidate) -> bool:
    """A month's name with a year, or a month of two digits and a year from 2020 to 2049."""
    if candidate.months or (candidate.date_written and candidate.length <= 6):
        return candidate.length <= 8
    return any(_month_and_year(digits) for digits in candidate.digits)


def _month_and_year(digits: str) -> bool:
    if len(digits) == 3:
        digits = "0" + digits
    if len(digits) == 5:
        digits = "0" + digits
    if len(digits) not in {4, 6} or not 1 <= int(digits[:2]) <= 12:
        return False
    year = digits[2:]
    return 20 <= int(year) <= 49 if len(year) == 2 else 2020 <= int(year) <= 2049
