"""How a detector of one kind of content joins the gate. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from cueline.events.redacted import EntityType
from cueline.unredacted.transcript import RawWord


class Finding(msgspec.Struct, frozen=True):
    """Words ``first`` to ``last`` (indexes, both included) are of this kind and will be masked."""

    first: int
    last: int
    type: EntityType


class Detector(Protocol):
    """Looks at one turn's words, partial or final, and only ever adds masks.

    ``name`` is a code (it becomes a metric label). A detector that raises, or that points behind the last word,
    gets the whole turn masked.
    """

    @property
    def name(self) -> str: ...

    def find(self, words: Sequence[RawWord]) -> Iterable[Finding]: ...
