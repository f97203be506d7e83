"""Tax numbers: employer identification numbers (2-7 digits), ITINs (9xx-xx-xxxx), VAT numbers. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "TAX_ID"


def looks_like(candidate: Candidate) -> bool:
    """Nine digits written 2-7."""
    groups = candidate.written.replace("-", " ").split()
    return [len(group) for group in groups if group.isdigit()] == [2, 7]


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months
