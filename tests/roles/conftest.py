"""A database that the tests of one module share."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from tests.conftest import _administer, _named


@pytest.fixture(scope="module")
def module_database_url(_template: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, migrated database, dropped after the module's last test."""
    server, template = _template
    name = f"cueline_test_{os.getpid()}_{request.module.__name__.rpartition('.')[2]}".lower()
    asyncio.run(_administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    yield _named(server, name)
    asyncio.run(_administer(server, f"DROP DATABASE {name} WITH (FORCE)"))
