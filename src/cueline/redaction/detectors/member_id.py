"""Health-plan and membership numbers, Medicare beneficiary identifiers among them. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "MEMBER_ID"


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months
