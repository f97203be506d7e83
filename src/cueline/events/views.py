"""Saved views of the history, in the shape in which rooms exchange them."""

import msgspec

from cueline.kernel.errors import NotFoundError


class UnknownViewError(NotFoundError):
    """This person has saved no view under that name."""

    code = "unknown_view"


class ViewRecord(msgspec.Struct, frozen=True):
    """What somebody looks for in the history, under a name. filters: as JSON, which the store does not read."""

    name: str
    filters: str
    changed_at_ms: int
