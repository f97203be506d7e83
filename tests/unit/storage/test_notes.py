"""Notes on a real PostgreSQL: versions, conflicts, what is to be sent with them."""

import asyncio
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from cueline.events.notes import NotesConflictError
from cueline.kernel.errors import BoundExceededError, InputError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage import notes as module
from cueline.storage.notes import PostgresNotes
from cueline.storage.webhooks import (
    ATTEMPTS_MAX,
    FIRST_PAUSE_MS,
    PAUSE_MAX_MS,
    TAKEN_FOR_MS,
    PostgresDeliveries,
)

pytestmark = pytest.mark.component("postgres")

KINDS = ("notes_webhook", "contact_attributes")
FIELDS: dict[str, object] = {"reason": "Lost card", "actions": ["Ordered a card", "ü \u2028 '\""], "outcome": "done"}


@pytest.fixture
async def call(world: Any, make: SimpleNamespace) -> CallId:
    new = make.call()
    await world.calls.offer(new)
    return CallId(new.call_id)


async def test_versions_follow_one_another(world: Any, make: SimpleNamespace, call: CallId) -> None:
    notes = PostgresNotes(world.database, clock=world.clock)
    assert await notes.versions(make.tenant, call) == []
    first = await notes.save(make.tenant, call, FIELDS, based_on=0, by=None)
    second = await notes.save(make.tenant, call, {"reason": ""}, based_on=1, by="ann")
    assert (first.version, first.by, first.fields) == (1, None, FIELDS)
    assert (second.version, second.by) == (2, "ann")
    assert await notes.versions(make.tenant, call) == [second, first]
    # Nobody is to be told: nothing waits.
    assert await world.value("SELECT count(*) FROM webhook_deliveries") == 0


async def test_only_one_of_two_at_once_is_stored(world: Any, make: SimpleNamespace, call: CallId) -> None:
    notes = PostgresNotes(world.database, clock=world.clock)
    results = await asyncio.gather(
        *(notes.save(make.tenant, call, {"n": number}, based_on=0, by="ann") for number in range(6)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, NotesConflictError) for each in results) == 5
    assert [each.version for each in await notes.versions(make.tenant, call)] == [1]


async def test_what_is_refused(
    world: Any, make: SimpleNamespace, call: CallId, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = PostgresNotes(world.database, clock=world.clock, announce=("notes_webhook",))
    with pytest.raises(NotesConflictError, match="version 0 is the newest, not 3"):
        await notes.save(make.tenant, call, FIELDS, based_on=3, by="ann")
    for tenant, wanted in ((TenantId("other"), call), (make.tenant, CallId("call_none"))):
        with pytest.raises(InputError):
            await notes.save(tenant, wanted, FIELDS, based_on=0, by=None)
        assert await notes.versions(tenant, wanted) == []
    monkeypatch.setattr(module, "VERSIONS_MAX", 1)
    await notes.save(make.tenant, call, FIELDS, based_on=0, by=None)
    with pytest.raises(BoundExceededError):
        await notes.save(make.tenant, call, FIELDS, based_on=1, by="ann")
    assert await world.value("SELECT count(*) FROM webhook_deliveries") == 1


async def test_what_others_are_told_is_committed_with_the_notes(
    world: Any, make: SimpleNamespace, call: CallId
) -> None:
    await world.database.statement("UPDATE calls SET reason = 'lost_card', disposition = 'Card ordered'")
    notes = PostgresNotes(world.database, clock=world.clock, announce=KINDS)  # type: ignore[arg-type]
    saved = await notes.save(make.tenant, call, FIELDS, based_on=0, by=None)
    due = await PostgresDeliveries(world.database, clock=world.clock).claim(KINDS, limit=10)
    assert {each.kind for each in due} == set(KINDS)
    for each in due:
        assert (each.call_id, each.tenant, each.attempts) == (call, make.tenant, 1)
        assert (each.body.contact_id, each.body.version, each.body.at_ms) == ("contact-1", 1, saved.at_ms)
        assert (each.body.reason, each.body.disposition, each.body.fields) == ("lost_card", "Card ordered", FIELDS)


async def due_ones(world: Any, make: SimpleNamespace, call: CallId, count: int) -> PostgresDeliveries:
    notes = PostgresNotes(world.database, clock=world.clock, announce=("notes_webhook",))
    for number in range(count):
        await notes.save(make.tenant, call, FIELDS, based_on=number, by="ann")
    return PostgresDeliveries(world.database, clock=world.clock)


async def test_each_is_taken_by_one_sender(world: Any, make: SimpleNamespace, call: CallId) -> None:
    store = await due_ones(world, make, call, 20)
    taken = await asyncio.gather(*(store.claim(KINDS, limit=4) for _ in range(8)))
    ids = [each.delivery_id for some in taken for each in some]
    assert len(ids) == len(set(ids)) == 20
    assert await store.claim(KINDS, limit=4) == []
    assert await store.claim((), limit=4) == []
    # Their senders died: after a while others take them.
    world.clock.advance_to(world.clock.monotonic_ms() + TAKEN_FOR_MS)
    again = await store.claim(KINDS, limit=30)
    assert {each.attempts for each in again} == {2}
    assert len(again) == 20


async def test_what_arrived_is_never_sent_again_and_keeps_no_text(
    world: Any, make: SimpleNamespace, call: CallId
) -> None:
    store = await due_ones(world, make, call, 1)
    [one] = await store.claim(KINDS, limit=4)
    await store.delivered(one)
    world.clock.advance_to(world.clock.monotonic_ms() + 10 * PAUSE_MAX_MS)
    assert await store.claim(KINDS, limit=4) == []
    assert await world.value("SELECT body::text FROM webhook_deliveries") == "{}"
    assert await world.value("SELECT delivered_at_ms FROM webhook_deliveries") == 1_700_000_000_000


async def test_pauses_double_and_tries_end(world: Any, make: SimpleNamespace, call: CallId) -> None:
    store = await due_ones(world, make, call, 1)
    pauses = []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        [one] = await store.claim(KINDS, limit=4)
        assert one.attempts == attempt
        given_up = await store.failed(one)
        assert given_up == (attempt == ATTEMPTS_MAX)
        waits = int(await world.value("SELECT next_at_ms FROM webhook_deliveries")) - world.clock.epoch_ms()
        if not given_up:
            pauses.append(waits)
            world.clock.advance_to(world.clock.monotonic_ms() + waits - 1)
            assert await store.claim(KINDS, limit=4) == []
            world.clock.advance_to(world.clock.monotonic_ms() + 1)
    assert FIRST_PAUSE_MS <= pauses[0] <= FIRST_PAUSE_MS * 1.25
    assert all(1.9 < later / earlier < 2.1 or later >= PAUSE_MAX_MS for earlier, later in pairwise(pauses))
    world.clock.advance_to(world.clock.monotonic_ms() + 10 * PAUSE_MAX_MS)
    assert await store.claim(KINDS, limit=4) == []
    assert await world.value("SELECT body::text FROM webhook_deliveries") == "{}"


async def test_what_can_never_arrive_is_given_up_at_once(world: Any, make: SimpleNamespace, call: CallId) -> None:
    store = await due_ones(world, make, call, 1)
    [one] = await store.claim(KINDS, limit=4)
    assert await store.failed(one, final=True)
    world.clock.advance_to(world.clock.monotonic_ms() + 10 * PAUSE_MAX_MS)
    assert await store.claim(KINDS, limit=4) == []


async def test_notes_made_again_leave_nothing_of_the_old_text(world: Any, make: SimpleNamespace, call: CallId) -> None:
    notes = PostgresNotes(world.database, clock=world.clock, announce=("notes_webhook",))
    assert not await notes.remake(make.tenant, call, FIELDS)
    await notes.save(make.tenant, call, {"reason": "four one one"}, based_on=0, by=None)
    written = await notes.save(make.tenant, call, {"reason": "by a person"}, based_on=1, by="ann")
    assert not await notes.remake(TenantId("other"), call, FIELDS)
    assert await notes.remake(make.tenant, call, FIELDS)
    newest, made = await notes.versions(make.tenant, call)
    assert newest == written
    assert (made.version, made.by, made.fields) == (1, None, FIELDS)
    bodies = [
        each.body.fields for each in await PostgresDeliveries(world.database, clock=world.clock).claim(KINDS, limit=9)
    ]
    assert bodies == [FIELDS, {"reason": "by a person"}]
    for table in ("notes", "webhook_deliveries", "events"):
        assert await world.value(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%four one one%'") == 0
