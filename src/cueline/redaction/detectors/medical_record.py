"""Medical record and chart numbers. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "MEDICAL_RECORD"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months
