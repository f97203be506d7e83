"""Sort codes of British and Irish banks: six digits, mostly in pairs. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "SORT_CODE"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone: a date is written the same way."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months and not candidate.letters and candidate.length <= 6
