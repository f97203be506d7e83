"""The last four digits of a social security number. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "SSN_LAST4"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months and not candidate.letters and candidate.length <= 4
