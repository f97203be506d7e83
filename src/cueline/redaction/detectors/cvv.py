"""Card security codes: three digits, four for American Express. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "CVV"


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and not candidate.letters and candidate.length <= 4 and not candidate.date_written
