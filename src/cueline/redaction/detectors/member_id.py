"""Health-plan and membership numbers, Medicare beneficiary identifiers among them. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "MEMBER_ID"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months
