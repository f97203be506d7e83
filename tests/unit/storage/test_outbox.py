"""Every committed event reaches the bus, at once or by the sweeper."""

import asyncio

from cueline.storage.errors import DatabaseUnavailableError
from cueline.storage.outbox import Outbox


async def test_events_that_the_bus_refused_are_swept_in_order(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)
    world.log.published.clear()
    world.log.broken = True
    committed = []
    for number in range(1, 4):
        committed += await writer.commit(make.commit(number, make.utterance(call, number), make.warning()))
    assert world.counters.publish_failures == 3
    assert await world.value("SELECT count(*) FROM outbox") == 6
    assert await world.outbox.sweep(older_than_s=0) == 0

    world.log.broken = False
    assert await world.outbox.sweep(older_than_s=0, batch=4) == 4
    assert await world.outbox.sweep(older_than_s=0, batch=4) == 2
    assert world.log.published == committed
    assert await world.value("SELECT count(*) FROM outbox") == 0
    assert world.counters.events_swept == 6


async def test_young_rows_are_left_to_their_writer(world, make):
    claimed = await world.claimed()
    world.log.broken = True
    await world.writer(claimed).commit(make.commit(1, make.warning()))
    world.log.broken = False
    assert await world.outbox.sweep(older_than_s=3600) == 0
    assert await world.value("SELECT count(*) FROM outbox") == 1


async def test_a_row_with_a_lower_id_that_became_visible_later_is_not_passed_over(world, make):
    """Commits become visible out of the order of their ids: a sweeper with a high-water mark would lose one."""
    first = await world.claimed("contact-1")
    second = await world.claimed("contact-2")
    world.log.published.clear()
    async with world.database.transaction() as slow:
        await slow.exec_driver_sql(
            "INSERT INTO events (call_id, sequence, kind, at_ms, payload)"
            f" VALUES ('{first.record.call_id}', 2, 'HoldStarted', 0, '{{\"kind\": \"HoldStarted\"}}')"
        )
        await slow.exec_driver_sql(f"INSERT INTO outbox (call_id, sequence) VALUES ('{first.record.call_id}', 2)")
        world.log.broken = True
        await world.writer(second).commit(make.commit(1, make.warning()))
        world.log.broken = False
        assert await world.outbox.sweep(older_than_s=0) == 1
    assert await world.outbox.sweep(older_than_s=0) == 1
    assert [(item.call_id, item.kind) for item in world.log.published] == [
        (second.record.call_id, "CallWarned"),
        (first.record.call_id, "HoldStarted"),
    ]


async def test_a_sweeper_beside_the_writer_changes_nothing_for_readers(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    writer = world.writer(claimed)
    stop = asyncio.Event()

    async def sweep():
        while not stop.is_set():
            await world.outbox.sweep(older_than_s=0)

    sweepers = [asyncio.create_task(sweep()) for _ in range(2)]
    for number in range(1, 31):
        await writer.commit(make.commit(number, make.utterance(call, number)))
    stop.set()
    await asyncio.gather(*sweepers)
    await world.outbox.sweep(older_than_s=0)
    assert {item.sequence for item in world.log.published} == set(range(1, 32))
    assert await world.value("SELECT count(*) FROM outbox") == 0


async def test_an_event_of_a_kind_from_a_newer_version_is_passed_on(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    await world.database.statement(
        "INSERT INTO events (call_id, sequence, kind, at_ms, payload)"
        ' VALUES ($1, 2, \'MoodSensed\', 7, \'{"kind": "MoodSensed", "mood": 3}\')',
        call,
    )
    await world.database.statement("INSERT INTO outbox (call_id, sequence) VALUES ($1, 2)", call)
    assert await world.outbox.sweep(older_than_s=0) == 1
    assert (world.log.published[-1].kind, world.log.published[-1].at_ms) == ("MoodSensed", 7)


async def test_a_delivery_that_fails_in_the_middle_keeps_the_order(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id

    class SecondFails(type(world.log)):
        async def publish(self, envelope):
            self.broken = envelope.sequence == 3
            await super().publish(envelope)

    log = SecondFails()
    world.outbox._log = log
    await world.writer(claimed).commit(
        make.commit(1, make.utterance(call, 0), make.utterance(call, 1), make.utterance(call, 2))
    )
    assert [item.sequence for item in log.published] == [2]
    assert await world.value("SELECT array_agg(sequence ORDER BY sequence) FROM outbox") == [3, 4]
    healthy = Outbox(world.database, world.log, world.counters)
    world.log.published.clear()
    assert await healthy.sweep(older_than_s=0) == 2
    assert [item.sequence for item in world.log.published] == [3, 4]


async def test_the_sweeper_goes_on_when_postgresql_and_the_bus_come_back(world, make):
    claimed = await world.claimed()
    world.log.broken = True
    [envelope] = await world.writer(claimed).commit(make.commit(1, make.warning()))
    await world.value("UPDATE outbox SET created_at_ms = 0")

    class Flaky(type(world.database)):
        attempts = 0

        def transaction(self):
            self.attempts += 1
            if self.attempts == 1:
                raise DatabaseUnavailableError("away")
            world.log.broken = self.attempts == 2
            return super().transaction()

    database = Flaky(world.url)
    async with world.log.subscribe(make.tenant, None) as subscription:
        sweeper = asyncio.create_task(Outbox(database, world.log, world.counters).run(every_s=0))
        assert await subscription.next(timeout_s=30) == envelope
        sweeper.cancel()
        await asyncio.gather(sweeper, return_exceptions=True)
    assert database.attempts >= 3
    await database.close()
