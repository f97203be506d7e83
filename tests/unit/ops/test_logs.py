"""What logs may say: never the text of an exception, and of a library's record its name alone."""

import asyncio
import io
import json
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog

from cueline.kernel.errors import CuelineError, InputError
from cueline.ops import logs

SECRET = "four five three nine"


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class FaultyError(CuelineError):
    code = "faulty"


def chained() -> Exception:
    error = FaultyError(SECRET)
    error.__cause__ = ValueError(SECRET)
    return error


FAILURES = {
    "a library's": (ValueError(SECRET), "ValueError"),
    "ours": (FaultyError(SECRET), "FaultyError (faulty)"),
    "ours, inherited code": (type("SubError", (InputError,), {})(SECRET), "SubError (bad_input)"),
    "with a cause": (chained(), "FaultyError (faulty)"),
    "with a note": (ValueError(SECRET), "ValueError"),
    "a group": (ExceptionGroup(SECRET, [ValueError(SECRET), FaultyError(SECRET)]), "ValueError; FaultyError (faulty)"),
    "groups in a group": (
        BaseExceptionGroup(SECRET, [KeyboardInterrupt(), ExceptionGroup(SECRET, [OSError(5, SECRET)])]),
        "KeyboardInterrupt; OSError",
    ),
    "cancelled": (asyncio.CancelledError(SECRET), "CancelledError"),
}
FAILURES["with a note"][0].add_note(SECRET)


@pytest.mark.parametrize("name", FAILURES)
def test_of_an_exception_only_type_and_code_are_said(name: str) -> None:
    error, said = FAILURES[name]
    assert logs.failure(error) == {"error": said}


@pytest.mark.parametrize("style", ["json", "console"])
def test_a_line_holds_its_event_and_fields(capsys: pytest.CaptureFixture[str], style: str) -> None:
    logs.configure(level="info", style=style)  # type: ignore[arg-type]
    log = logs.logger("ingest")
    log.info("fragment_dropped", call="call_1", count=2, **logs.failure(ValueError(SECRET)))
    log.debug("not_shown")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert all(part in err for part in ("fragment_dropped", "call_1", "ingest", "ValueError"))
    assert SECRET not in err
    if style == "json":
        line = json.loads(err)
        assert (line["event"], line["level"], line["count"], line["part"]) == ("fragment_dropped", "info", 2, "ingest")
        assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_levels(capsys: pytest.CaptureFixture[str], level: str) -> None:
    logs.configure(level=level, style="json")
    log = logs.logger("x")
    for name in ("debug", "info", "warning", "error"):
        getattr(log, name)(name)
    order = ["debug", "info", "warning", "error"]
    said = [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
    assert said == order[order.index(level) :]


def a_library_fails() -> None:
    log = logging.getLogger("uvicorn.error")
    log.info("GET /v1/calls?token=%s", SECRET)
    log.warning(SECRET)
    try:
        int(SECRET)
    except ValueError:
        log.exception("failed with %s", SECRET, extra={"more": SECRET}, stack_info=True)


@pytest.mark.parametrize("style", ["json", "console"])
def test_of_a_library_s_record_only_its_name_is_said(capsys: pytest.CaptureFixture[str], style: str) -> None:
    logs.configure(level="debug", style=style)  # type: ignore[arg-type]
    a_library_fails()
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    assert err.count("\n") == 1
    assert all(part in err for part in ("library_error", "uvicorn.error", "ValueError"))


def test_a_task_that_nobody_awaited_tells_nothing_of_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", style="json")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": SECRET, "exception": ValueError(SECRET)})

    asyncio.run(main())
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    assert json.loads(err)["library"] == "asyncio"


def test_configuring_twice_says_things_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", style="json")
    logs.configure(level="info", style="json")
    logging.getLogger("x").error("boom")
    logs.logger("y").info("once")
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_warnings_of_python_are_none_of_our_lines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", style="json")
    logging.captureWarnings(capture=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(SECRET, stacklevel=1)
    finally:
        logging.captureWarnings(capture=False)
    assert SECRET not in "".join(capsys.readouterr())


def test_a_line_that_nobody_takes_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(level="info", style="json")
    closed = io.StringIO()
    closed.close()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", closed)
        logs.logger("call").info("lost")
    logs.logger("call").info("told")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["told"]
