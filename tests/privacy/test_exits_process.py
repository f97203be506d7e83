"""The process as a whole: no core dump, no traceback that quotes what was said."""

import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.privacy.exits import event_log, spelt_recording, spelt_words
from tests.roles.harness import PATIENCE_S, ledger, offer, products, stage

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(180)]

FAILS_AT_ONCE = """
import cueline.cli as cli
def fails(**overrides):
    said = "the number is seven nine eighty"
    raise ValueError(f"cannot go on after {said}")
cli.prepared = fails
"""

TELLS_ITS_LIMIT = """
import atexit, resource
atexit.register(lambda: print("core dumps:", resource.getrlimit(resource.RLIMIT_CORE)))
"""


@pytest.fixture
def core_dumps_allowed() -> Iterator[None]:
    """As on a machine whose administrator wants them; processes that are started now inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard == 0:
        pytest.skip("this process may not allow core dumps")
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


async def test_a_process_that_hears_a_call_leaves_no_core_dump(
    core_dumps_allowed: None, database_url: str, tmp_path: Path
) -> None:
    async with stage(tmp_path / "scripts") as set_up, ledger(database_url) as book:
        settings = {
            "database_url": database_url,
            "kinesis_endpoint_url": set_up.url,
            "script_dir": str(set_up.scripts),
        }
        with products(tmp_path / "product", **settings) as started:
            product = started.start("run", "--roles", "call")
            await product.ready()
            # Not a word of the call has been released yet.
            await offer(book.calls, set_up.play("spelt", spelt_recording(), spelt_words()))
            await book.held(1)
            assert resource.prlimit(product.pid, resource.RLIMIT_CORE) == (0, 0)


async def test_a_replay_leaves_no_core_dump(core_dumps_allowed: None, tmp_path: Path) -> None:
    assert "core dumps: (0, 0)" in await event_log(tmp_path, prelude=TELLS_ITS_LIMIT)


async def test_an_error_that_nobody_expected_is_told_by_its_type_alone(tmp_path: Path) -> None:
    with products(tmp_path) as started:
        product = started.start("migrate", prelude=FAILS_AT_ONCE)
        assert await asyncio.to_thread(product.process.wait, PATIENCE_S) == 1
        assert "ValueError" in product.said()
        assert "seven" not in product.said()
