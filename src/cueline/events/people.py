"""People who work with the calls, in the shape in which rooms exchange them."""

import msgspec

from cueline.kernel.errors import NotFoundError


class UnknownPersonError(NotFoundError):
    """Nobody of this tenant has that user name."""

    code = "unknown_person"


class PersonRecord(msgspec.Struct, frozen=True):
    """Somebody who works with the calls. username: for an agent the one that Amazon Connect tells."""

    username: str
    name: str
    role: str
    team: str | None
