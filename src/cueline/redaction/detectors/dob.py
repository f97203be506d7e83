"""Dates of birth, spoken or written. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "DOB"


def looks_like(candidate: Candidate) -> bool:
    """A whole date with a year in which a caller may have been born: deliveries and appointments have later ones."""
    if candidate.letters:
        return False
    named = candidate.months and 5 <= candidate.length <= 8
    numeric = (
        candidate.date_written and 6 <= candidate.length <= 8 and "/" in candidate.written
    ) or "-" in candidate.written
    if not (named or (numeric and candidate.date_written)):
        return False
    return any(
        1905 <= int(text) <= 2015 for digits in candidate.digits for text in (digits[-4:], digits[:4]) if len(text) == 4
    )


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.letters and candidate.length <= 8
