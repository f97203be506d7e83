"""Structured logs on standard error.

A log line is an event name and safe fields: ids, codes, counts, durations. An exception is logged by its type and
code; its text and its frames are not, as they may hold what a caller said.
"""

import contextlib
import logging
import sys
from typing import Literal, Protocol

import structlog

from cueline.kernel.errors import CuelineError


class Log(Protocol):
    """The part of a structlog logger that is used here."""

    def debug(self, event: str, **fields: object) -> None: ...

    def info(self, event: str, **fields: object) -> None: ...

    def warning(self, event: str, **fields: object) -> None: ...

    def error(self, event: str, **fields: object) -> None: ...


def configure(*, level: str, style: Literal["console", "json"]) -> None:
    """Sets up logging once per process; libraries' own records are kept to warnings, by event name alone."""
    renderer: structlog.typing.Processor
    if style == "json":
        renderer = structlog.processors.JSONRenderer()
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(_StandardError()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
    # Third-party libraries log requests, SQL and frames in their records: none of that is let out.
    root = logging.getLogger()
    root.handlers[:] = [_LibraryHandler()]
    root.setLevel(logging.ERROR)


def logger(name: str) -> Log:
    """A logger of one part of the product."""
    log: Log = structlog.get_logger(part=name)
    return log


def failure(error: BaseException) -> dict[str, object]:
    """What may be said of an exception: its type, its code, and for a group those of its leaves."""
    if isinstance(error, BaseExceptionGroup):
        leaves = [failure(inner) for inner in error.exceptions]
        return {"error": "; ".join(str(leaf["error"]) for leaf in leaves)}
    code = error.code if isinstance(error, CuelineError) else None
    return {"error": type(error).__name__ if code is None else f"{type(error).__name__} ({code})"}


class _StandardError:
    """Standard error as it is when a line is written. A line that nobody takes is dropped: it ends no request."""

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()


class _LibraryHandler(logging.Handler):
    """Says that a library reported an error, from where, and nothing of what it said."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        logger("library").warning("library_error", library=record.name, line=record.lineno, error=kind)
