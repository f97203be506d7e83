"""What can go wrong between Cueline and PostgreSQL, sorted by what one can do about it.

PostgreSQL's own messages quote values (a duplicate key, a row that broke a rule), so none of their text is passed on:
only the five-character SQLSTATE, which is documented in the appendix "PostgreSQL Error Codes" of its manual.
"""

import socket

import asyncpg
from sqlalchemy import exc

from cueline.kernel.errors import CuelineError, InputError, UnavailableError


class DatabaseUnavailableError(UnavailableError):
    """PostgreSQL did not answer, or answered that it cannot at the moment."""

    code = "database_unavailable"


class DatabaseRefusedError(UnavailableError):
    """PostgreSQL refused for a reason that only a person can mend: password, database, rights, missing migration."""

    code = "database_refused"
    retryable = False


class StatementRefusedError(CuelineError):
    """A rule of the schema refused what was to be written (a duplicate ordinal, an unknown call): nothing was."""

    code = "statement_refused"

    def __init__(self, message: str, *, sqlstate: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


class StoredValueError(InputError):
    """A value that PostgreSQL cannot hold, such as text with a NUL character or a number out of range."""

    code = "value_not_storable"


# Classes and codes after which the same statement may succeed: connection exceptions, transaction rollbacks
# (deadlock, serialisation), insufficient resources (disk full, too many connections), operator intervention
# (shutdown, crash, statement time-out), lock not available, and a server that became read-only in a fail-over.
_RETRYABLE_CLASSES = frozenset({"08", "40", "53", "57", "58"})
_RETRYABLE_CODES = frozenset({"55P03", "25006"})
_PERSON_CLASSES = frozenset({"28", "3D", "3F", "42", "0A"})

_LOOK = "see that it runs and that CUELINE_DATABASE_URL names it; `cueline doctor` tells what is set"
_WHAT_TO_DO: dict[type[BaseException], str] = {
    FileNotFoundError: (
        "there is no socket in the folder that the address names. An embedded PostgreSQL runs only as long as the"
        " `cueline up` that started it: start that, or take CUELINE_DATABASE_URL (and DATABASE_URL) out of the"
        " environment"
    ),
    ConnectionRefusedError: "nothing listens at the address of CUELINE_DATABASE_URL: start PostgreSQL, or correct it",
    socket.gaierror: "the host in CUELINE_DATABASE_URL has no address: mind its spelling",
}


def translated(error: BaseException) -> CuelineError | None:
    """The typed error for what asyncpg, SQLAlchemy or the operating system raised; None for what is a bug of ours."""
    if isinstance(error, CuelineError):
        return error
    if isinstance(error, exc.DBAPIError) and error.orig is not None:
        error = error.orig.__cause__ or error.orig
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _from_sqlstate(state)
    if isinstance(
        error, OSError | TimeoutError | asyncpg.InterfaceError | asyncpg.InternalClientError | exc.TimeoutError
    ):
        return DatabaseUnavailableError(
            f"PostgreSQL does not answer ({type(error).__name__}): {_WHAT_TO_DO.get(type(error), _LOOK)}"
        )
    return None


def _from_sqlstate(state: str) -> CuelineError:
    group = state[:2]
    if group in _RETRYABLE_CLASSES or state in _RETRYABLE_CODES:
        return DatabaseUnavailableError(f"PostgreSQL cannot do this at the moment (SQLSTATE {state})")
    if group in _PERSON_CLASSES:
        return DatabaseRefusedError(
            f"PostgreSQL refused (SQLSTATE {state}): check DATABASE_URL, the account's rights, and that"
            " `cueline migrate` has been run"
        )
    if group == "22":
        return StoredValueError(f"a value cannot be stored by PostgreSQL (SQLSTATE {state})")
    return StatementRefusedError(f"PostgreSQL refused what was to be written (SQLSTATE {state})", sqlstate=state)
