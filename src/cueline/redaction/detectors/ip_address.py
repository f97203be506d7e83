"""IPv4 addresses, written or spoken with "dot" or "point". Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "IP_ADDRESS"


def octets(text: str) -> bool:
    """Whether four numbers up to 255 stand between dots."""
    groups = text.split(".")
    return len(groups) == 4 and all(group.isdigit() and len(group) <= 3 and int(group) <= 255 for group in groups)


def looks_like(candidate: Candidate) -> bool:
    """A written address."""
    return octets(candidate.written)


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months
