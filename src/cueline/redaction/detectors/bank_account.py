"""Bank account numbers: four to seventeen digits that somebody asked for or announced. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "BANK_ACCOUNT"


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and candidate.length <= 20
