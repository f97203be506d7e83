"""What tests of every room may ask for: a real PostgreSQL, and a fresh migrated database on it.

``CUELINE_TEST_DATABASE_URL`` names a server on which databases may be created and dropped; without it each test
process runs an embedded one of its own in a temporary folder, and stops it at its end.
"""

import asyncio
import contextlib
import itertools
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import hypothesis
import pytest

from cueline.storage.embedded import DataDirectoryInUseError, EmbeddedPostgres, EmbeddedServerError
from cueline.storage.engine import normalised_url
from cueline.storage.migrate import migrate
from tests.components import in_ci, missing

_PREFIX = "cueline-test-pg-"
_ABSENT = "part not there: "

# No test asserts a time: on a machine that is busy with other tests an example takes as long as it takes.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
_numbers = itertools.count(1)


@pytest.fixture(autouse=True, scope="session")
def _core_limit_can_be_raised_again() -> Iterator[None]:
    """A call that is played inside the test process forbids its core dumps softly: a hard limit would stay for good,
    and the tests of that very limit, in processes that inherit it, could not tell who set it.
    """

    def lower_softly(kind: int, limits: tuple[int, int]) -> None:
        resource.setrlimit(kind, (limits[0], resource.getrlimit(kind)[1]))

    with pytest.MonkeyPatch.context() as patched:
        softly = SimpleNamespace(setrlimit=lower_softly, RLIMIT_CORE=resource.RLIMIT_CORE)
        patched.setattr("cueline.roles.session.resource", softly)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked ``component(NAME, ...)`` runs where its parts are, is skipped elsewhere, and in CI fails there."""
    for marker in item.iter_markers("component"):
        for name in marker.args:
            reason = missing(name)
            if reason is not None:
                _leave_out(f"{name} ({reason})")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the parts that were not there, and how many tests did not run for it."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        _, found, reason = text.partition(_ABSENT)
        if found:
            reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("parts that were not there")
        for reason, count in sorted(reasons.items()):
            terminalreporter.line(f"{reason}: {count} tests did not run")


def _leave_out(reason: str) -> NoReturn:
    if in_ci():
        pytest.fail(f"{_ABSENT}{reason}; in CI every part must be there", pytrace=False)
    pytest.skip(f"{_ABSENT}{reason}")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL server, any of its databases."""
    given = os.environ.get("CUELINE_TEST_DATABASE_URL")
    if given:
        yield normalised_url(given)
        return
    _remove_left_over()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    server = EmbeddedPostgres(folder, settings={"fsync": "off", "synchronous_commit": "off"})
    try:
        try:
            url = server.start()
        except EmbeddedServerError as error:
            _leave_out(f"postgres ({error})")
        yield url
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _template(postgres_url: str) -> Iterator[tuple[str, str]]:
    name = f"cueline_template_{os.getpid()}"
    asyncio.run(_administer(postgres_url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"))
    asyncio.run(migrate(_named(postgres_url, name)))
    yield postgres_url, name
    asyncio.run(_administer(postgres_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def database_url(_template: tuple[str, str]) -> Iterator[str]:
    """The address of a fresh, migrated, empty database, dropped after the test."""
    server, template = _template
    name = f"cueline_test_{os.getpid()}_{next(_numbers)}"
    asyncio.run(_administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    yield _named(server, name)
    asyncio.run(_administer(server, f"DROP DATABASE {name} WITH (FORCE)"))


def _named(url: str, database: str) -> str:
    parts = urlsplit(url)
    rebuilt = urlunsplit(("", parts.netloc, f"/{database}", parts.query, ""))
    return f"{parts.scheme}:{rebuilt}"


async def _administer(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _remove_left_over() -> None:
    """Stops and removes the servers of test processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(DataDirectoryInUseError, OSError):
            if time.time() - folder.stat().st_mtime < 300:
                continue  # another test process may be about to take it
            EmbeddedPostgres(folder).stop_left_over()
            shutil.rmtree(folder, ignore_errors=True)
