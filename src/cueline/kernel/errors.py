"""The one root of every error that Cueline raises on purpose.

An error says three things to whoever meets it: a stable machine-readable ``code``, a sentence that holds no
customer data, and whether trying again can help. Nothing else may be put into one: error text ends up in logs,
problem documents and exit messages, all of which lie outside the privacy boundary.
"""

from typing import ClassVar


class CuelineError(Exception):
    """Root of all typed errors.

    ``code`` is stable and may be used as a metric label; ``retryable`` says whether the same operation may succeed
    later without anybody changing anything; ``exit_code`` is what the command line ends with.
    """

    code: ClassVar[str] = "error"
    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 1


class InputError(CuelineError):
    """What the caller handed in is wrong; the message says which part and what would be right."""

    code = "bad_input"
    exit_code = 2


class NotFoundError(InputError):
    """What was named does not exist, or is nobody's business here."""

    code = "not_found"


class NotAllowedError(CuelineError):
    """What was asked for is there, and not for whoever asked; the message says who may."""

    code = "not_allowed"


class GoneError(InputError):
    """What was named was deleted for good."""

    code = "gone"


class ConflictError(CuelineError):
    """What was asked for rests on something that has changed meanwhile: read it again, and ask again."""

    code = "conflict"


class ConfigurationError(InputError):
    """A setting is missing, malformed or contradicts another one."""

    code = "bad_configuration"


class UnavailableError(CuelineError):
    """Something that Cueline needs is missing or cannot be reached."""

    code = "unavailable"
    retryable = True
    exit_code = 3


class CheckFailedError(CuelineError):
    """A check that was asked for did not hold (loss, threshold, verification)."""

    code = "check_failed"


class BoundExceededError(CuelineError):
    """A queue, buffer or message would have grown past its stated bound."""

    code = "bound_exceeded"
