"""The base of every type that holds unredacted content.

Such an object must not get out of the process by accident, and accidents have few shapes: an encoder that iterates or
pickles, an f-string, a ``repr`` in a log line or a traceback. Each of these is refused here, once.
"""

from typing import NoReturn

from cueline.kernel.errors import CuelineError


class SealedContentError(CuelineError):
    """Unredacted content was about to be serialised, copied or printed."""

    code = "sealed_content"


class Sealed:
    """Refuses pickle, copy, formatting and iteration; ``repr`` names the type alone."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} sealed>"

    def __str__(self) -> str:
        return repr(self)

    def __format__(self, spec: str) -> NoReturn:
        raise SealedContentError(f"{type(self).__name__} holds unredacted content and cannot be formatted")

    def __iter__(self) -> NoReturn:
        raise SealedContentError(f"{type(self).__name__} holds unredacted content and cannot be iterated")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise SealedContentError(f"{type(self).__name__} holds unredacted content and cannot be pickled")

    def __copy__(self) -> NoReturn:
        raise SealedContentError(f"{type(self).__name__} holds unredacted content and cannot be copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        raise SealedContentError(f"{type(self).__name__} holds unredacted content and cannot be copied")
