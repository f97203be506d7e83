"""Sort codes of British and Irish banks: six digits, mostly in pairs. Pure."""

import re
from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.detectors.candidate import Candidate

TYPE: Final[EntityType] = "SORT_CODE"


def looks_like(candidate: Candidate) -> bool:
    """Three pairs of digits with dashes between, which are no date."""
    return bool(_WRITTEN.fullmatch(candidate.written)) and not candidate.date_written


_WRITTEN: Final = re.compile(r"\d\d-\d\d-\d\d")


def fits(candidate: Candidate) -> bool:
    """Whether it can be the answer where one was asked for."""
    return not candidate.months and not candidate.letters and candidate.length <= 6
