"""Card security codes: three digits, four for American Express. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "CVV"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone: any three digits would be one."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months and not candidate.letters and candidate.length <= 4 and not candidate.date_written
