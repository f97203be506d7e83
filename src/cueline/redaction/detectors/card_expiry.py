"""Card expiry dates: month and year, spoken or written. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "CARD_EXPIRY"


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
