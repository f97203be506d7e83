"""How a detector of one kind of content joins the gate. Pure."""

from collections.abc import Callable, Iterable, MutableSequence, Sequence
from itertools import islice
from typing import Final, Protocol, get_args

import msgspec

from cueline.events.redacted import EntityType, MaskType
from cueline.kernel.errors import CuelineError
from cueline.unredacted.transcript import RawWord

SLOW_MS: Final = 50.0
"""A detector, or the built-in rules, that take longer than this on one turn get the turn masked."""

DETECTOR_SLOW: Final = "detector_slow"
"""Code under which that is counted."""

_TYPES: Final = frozenset(get_args(EntityType))

Stopwatch = Callable[[], float]
"""Milliseconds of work since any fixed moment."""


class FindingError(CuelineError):
    """A detector gave something that is no finding in its turn. The message quotes nothing."""

    code = "bad_finding"


class Finding(msgspec.Struct, frozen=True):
    """Words ``first`` to ``last`` (indexes, both included) are of this kind and will be masked."""

    first: int
    last: int
    type: EntityType


class Detector(Protocol):
    """Looks at one turn's words, partial or final, and only ever adds masks.

    ``name`` is a code (it becomes a metric label). A detector that raises, that points behind the last word, names a
    type that is none, or takes longer than SLOW_MS gets the whole turn masked.
    """

    @property
    def name(self) -> str: ...

    def find(self, words: Sequence[RawWord]) -> Iterable[Finding]: ...


def no_time() -> float:
    """A stopwatch that stands still: nothing is ever slow, and a recorded call gives the same on every run."""
    return 0.0


def checked(findings: Iterable[object], words: int) -> tuple[Finding, ...]:
    """The findings in a turn of so many words, none of which may be rubbish. Raises FindingError.

    A finding that cannot be meant says that its detector cannot be trusted with this turn at all. The type is looked at
    for another reason too: it is shown, and might be text.
    """
    most = 4 * words + 16
    found = tuple(islice(findings, most + 1))
    if len(found) > most:
        raise FindingError("a detector found more than a turn can hold")
    return tuple(_finding(each, words) for each in found)


def _finding(found: object, words: int) -> Finding:
    if not isinstance(found, Finding):
        raise FindingError("a detector gave something that is no finding")
    if type(found.first) is not int or type(found.last) is not int or not 0 <= found.first <= found.last < words:
        raise FindingError("a finding does not lie within its turn")
    if not isinstance(found.type, str) or found.type not in _TYPES:
        raise FindingError("a finding names a type that is none")
    return found


def add_findings(findings: Iterable[Finding], marks: MutableSequence[MaskType | None]) -> None:
    """Masks what was found. What the rules have masked keeps their type: it may be one that is never shown."""
    for finding in findings:
        for index in range(finding.first, finding.last + 1):
            if marks[index] is None or marks[index] == "HELD":
                marks[index] = finding.type
