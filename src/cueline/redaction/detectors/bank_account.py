"""Bank account numbers: four to seventeen digits that somebody asked for or announced. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "BANK_ACCOUNT"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone: they carry no mark of their own."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months and candidate.length <= 20
