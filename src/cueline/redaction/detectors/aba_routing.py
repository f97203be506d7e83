"""Routing numbers of US banks: nine digits, check digit by weights 3-7-1 (American Bankers Association). Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "ABA_ROUTING"


def checksum(digits: str) -> bool:
    """Whether the check digit is right and the first two digits are a Federal Reserve district's."""
    if len(digits) != 9:
        return False
    district = int(digits[:2])
    if not (district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80):
        return False
    return sum(int(mark) * (3, 7, 1)[at % 3] for at, mark in enumerate(digits)) % 10 == 0


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and not candidate.letters and candidate.length <= 11
