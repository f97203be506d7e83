"""Passport numbers: seven to nine digits, often after a letter (ICAO Doc 9303: up to nine characters). Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "PASSPORT"


def looks_like(candidate: Candidate) -> bool:
    """Never by its looks alone."""
    return False


def fits(candidate: Candidate) -> bool:
    return not candidate.months
