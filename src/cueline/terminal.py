"""What all commands share: options, where results and progress go, settings with logging."""

import sys
from collections.abc import Coroutine
from typing import Annotated, Any, TypeVar

import msgspec
import typer
import uvloop

from cueline.ops import logs
from cueline.roles.settings import Settings, read_settings

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output, and nothing else there.")]
Recogniser = Annotated[
    str | None,
    typer.Option(help="Which listens: deepgram, transcribe, pocketsphinx, script; several by comma, best first."),
]


def say(message: str) -> None:
    """Progress and explanations go to standard error."""
    print(message, file=sys.stderr, flush=True)


def put(text: str) -> None:
    """Results go to standard output."""
    print(text, flush=True)


def put_json(value: object) -> None:
    """One JSON object, on one line."""
    put(msgspec.json.encode(value).decode())


def run_async(main: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine on uvloop."""
    return uvloop.run(main)


def prepared(**overrides: object) -> Settings:
    """Settings, with logging set up by them."""
    settings = read_settings(**overrides)
    logs.configure(level=settings.log_level, style=settings.log_format)
    return settings
