"""International bank account numbers: ISO 13616, checked modulo 97. The check labels and never releases. Pure."""

from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "IBAN"


def checksum(text: str) -> bool:
    """Whether country, length and check digits are those of an IBAN."""
    if not 15 <= len(text) <= 34 or not text[:2].isalpha() or not text[2:4].isdigit() or not text.isalnum():
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(mark, 36)) for mark in moved)) % 97 == 1


def looks_like(candidate: Candidate) -> bool:
    """Two letters, two check digits and at least eleven more, where the remainder is right."""
    return candidate.alnum.isascii() and checksum(candidate.alnum)


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months
