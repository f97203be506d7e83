"""Telephone numbers: the North American plan (NANPA) and international ones with their prefix. Pure."""

import re
from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "PHONE"


def north_american(digits: str) -> bool:
    """Whether area code and exchange are of the North American Numbering Plan: neither begins with 0 or 1."""
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return len(digits) == 10 and digits[0] not in "01" and digits[3] not in "01"


def looks_like(candidate: Candidate) -> bool:
    """Ten digits of the plan, or a written international number."""
    if candidate.letters or candidate.months or any(part.value == "1000" for part in candidate.parts):
        return False
    if any(part.text.startswith("+") for part in candidate.parts) and 8 <= candidate.length <= 15:
        return True
    return any(north_american(digits) for digits in candidate.digits[:4])


def written_as_one(candidate: Candidate) -> bool:
    """Whether it is written as only telephone numbers are: 3-3-4 with separators, or with a country's prefix."""
    groups = [group for group in re.split(r"\D+", candidate.written) if group]
    return candidate.written.startswith("+") or (
        [len(group) for group in groups[-3:]] == [3, 3, 4] and any(mark in candidate.written for mark in "-().")
    )


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and candidate.length <= 15
