"""Whatever happens to the connection during a commit: the commit stands once, whole, or not at all."""

import asyncio
import importlib.util
import shutil
import tempfile
from pathlib import Path

import pytest

from cueline.kernel.errors import UnavailableError
from cueline.storage.embedded import EmbeddedPostgres
from cueline.storage.engine import Database
from cueline.storage.migrate import migrate

_spec = importlib.util.spec_from_file_location("cutting_proxy", Path(__file__).with_name("cutting_proxy.py"))
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
CuttingProxy = _module.CuttingProxy


async def _state(world) -> tuple[object, ...]:
    rows = await world.database.statement(
        "SELECT sequence, commit_number, utterances, (SELECT count(*) FROM events), (SELECT count(*) FROM utterances),"
        " (SELECT array_agg(sequence ORDER BY sequence) FROM events) FROM calls"
    )
    return tuple(rows[0])


@pytest.mark.parametrize("direction", ["to_server", "to_client"])
@pytest.mark.parametrize("prepared", [False, True], ids=["fresh", "prepared"])
async def test_a_connection_cut_anywhere_in_a_commit_loses_and_doubles_nothing(world, make, direction, prepared):
    """A fresh connection has the statement prepared first; a used one knows it and sends the commit at once."""
    claimed = await world.claimed()
    call = claimed.record.call_id
    steps = 12
    count = 0

    async def one_more(database):
        nonlocal count
        count += 1
        proxy.count()
        [envelope] = await world.writer(claimed, database=database).commit(
            make.commit(count, make.utterance(call, count))
        )
        assert envelope.sequence == count + 1
        return proxy.passed[direction]

    async with CuttingProxy(world.url).running() as proxy:
        for step in range(steps):
            database = Database(proxy.url, pool_size=2)
            await database.ping()
            total = await one_more(database)
            if prepared:
                total = await one_more(database)
            else:
                await database.close()
                database = Database(proxy.url, pool_size=2)
                await database.ping()
            proxy.cut_after(direction, total * step // steps)
            await one_more(database)
            assert proxy.cuts == step + 1
            await database.close()

    assert await _state(world) == (count + 1, count, count, count + 1, count, list(range(1, count + 2)))
    # Cut on the way to the server, nothing was applied; cut on the way back, something was and had to be recognised.
    assert (world.counters.commits_recognised > 0) == (direction == "to_client")
    assert world.counters.commits_repeated == steps


async def test_backends_killed_by_an_administrator_do_not_disturb_commits(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    database = Database(world.url, pool_size=3, application_name="to be killed")
    writer = world.writer(claimed, database=database)
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'to be killed'"
    )
    for number in range(1, 41):
        # Before, during or after the commit, as it happens to fall.
        killer = asyncio.create_task(world.database.statement(kill))
        await writer.commit(make.commit(number, make.utterance(call, number)))
        await killer
    await database.close()
    assert await _state(world) == (41, 40, 40, 41, 40, list(range(1, 42)))
    assert world.counters.commits_repeated > 0


async def test_the_wait_for_postgresql_is_bounded_and_backs_off(world, make):
    claimed = await world.claimed()
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing", pool_size=1)
    with pytest.raises(UnavailableError) as caught:
        await world.writer(claimed, database=nowhere, retry_s=10.0).commit(make.commit(1, make.warning()))
    assert caught.value.retryable
    assert world.sleeps[:6] == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6]
    assert 8.0 <= sum(world.sleeps) <= 10.0
    await nowhere.close()


async def test_postgresql_restarted_in_the_middle_of_a_call(world_on, make):
    folder = tempfile.mkdtemp(prefix="cueline-test-pg-")
    server = EmbeddedPostgres(Path(folder), settings={"fsync": "off"})
    url = await asyncio.to_thread(server.start)
    try:
        await migrate(url)
        async with world_on(url) as world:
            claimed = await world.claimed()
            call = claimed.record.call_id
            other = world.book("worker-2")
            writer = world.writer(claimed)
            await writer.commit(make.commit(1, make.utterance(call, 0)))
            assert await other.claim(limit=5) == []

            await asyncio.to_thread(server.stop)
            world.may_wake.clear()
            waited = asyncio.create_task(writer.commit(make.commit(2, make.utterance(call, 1))))
            await world.slept.wait()
            for _ in range(4):
                with pytest.raises(UnavailableError):
                    await other.claim(limit=5)
                world.clock.advance_to(world.clock.monotonic_ms() + 7_500)
            assert not waited.done()
            await asyncio.to_thread(server.start)
            world.may_wake.set()

            assert [item.sequence for item in await waited] == [3]
            # Half a minute without PostgreSQL: the holder could not count up, and still nobody takes the call.
            assert await other.claim(limit=5) == []
            assert await world.book().heartbeat([(call, claimed.epoch)]) == set()
            assert [item.sequence for item in await writer.commit(make.commit(3, make.warning()))] == [4]
    finally:
        await asyncio.to_thread(server.stop)
        shutil.rmtree(folder, ignore_errors=True)
