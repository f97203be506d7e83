"""Payment card numbers: ISO/IEC 7812 issuer ranges and check digit. The check digit labels and never releases. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "CREDIT_CARD"


def luhn(digits: str) -> bool:
    """Whether the check digit is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for at, mark in enumerate(reversed(digits)):
        value = int(mark) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return bool(digits) and total % 10 == 0


def issuer(digits: str) -> bool:
    """Whether the first digits and the length are a card network's, Mastercard's 2-series and 19 digits included."""
    length = len(digits)
    if not 13 <= length <= 19:
        return False
    two, four = int(digits[:2]), int(digits[:4])
    visa = digits[0] == "4"
    mastercard = length == 16 and (51 <= two <= 55 or 2221 <= four <= 2720)
    amex = length == 15 and two in {34, 37}
    diners = length >= 14 and (two in {36, 38, 39} or 300 <= four // 10 <= 305)
    discover = length >= 16 and (four == 6011 or two == 65 or 644 <= four // 10 <= 649 or two in {62, 81})
    other = length >= 16 and (3528 <= four <= 3589 or 50 <= two <= 69)
    return visa or mastercard or amex or diners or discover or other


def looks_like(candidate: Candidate) -> bool:
    """A network's number of 15 digits and more, or any number with a right check digit."""
    if candidate.letters or candidate.months:
        return False
    return any(issuer(digits) and (luhn(digits) or len(digits) in {15, 16}) for digits in candidate.digits)


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and not candidate.date_written
