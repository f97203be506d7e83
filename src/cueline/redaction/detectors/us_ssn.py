"""Social security numbers: nine digits, area, group and serial (SSA, POMS RM 10201.035). Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "US_SSN"


def assigned(digits: str) -> bool:
    """Whether the number may have been given out: no area 000, 666 or 9xx, no group 00, no serial 0000."""
    return (
        len(digits) == 9
        and digits[:3] not in {"000", "666"}
        and digits[0] != "9"
        and digits[3:5] != "00"
        and digits[5:] != "0000"
    )


def looks_like(candidate: Candidate) -> bool:
    """Nine digits written 3-2-4."""
    groups = candidate.written.replace("-", " ").split()
    return [len(group) for group in groups if group.isdigit()] == [3, 2, 4] and assigned("".join(groups))


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and not candidate.letters and candidate.length <= 11
