"""The gate without its second reading, so that the measurement can tell what that one adds. For no live call. Pure."""

from collections.abc import Sequence

from cueline.events.redacted import EntityType
from cueline.redaction.redactor import Redactor
from cueline.redaction.second_pass import SecondPass


class _Absent(SecondPass):
    """Reads nothing and adds nothing."""

    __slots__ = ()

    def marks(self, texts: Sequence[str], masked: Sequence[EntityType | None]) -> list[EntityType | None]:  # noqa: ARG002
        return list(masked)


class FirstPassRedactor(Redactor):
    """``Redactor`` with the first reading alone."""

    def __init__(self) -> None:
        super().__init__()
        self._context.second = _Absent()
