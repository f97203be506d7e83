"""What is deleted is gone, wherever a crash fell, and what is held is not, in whichever way it is tried."""

import asyncio
import hashlib
import json

import msgspec
import pytest

from cueline.events import codec
from cueline.events.catalogue import Payload
from cueline.events.history import CallQuery
from cueline.events.retention import CallGoesOnError, LegalHoldError
from cueline.kernel.errors import UnavailableError
from cueline.roles import erasing
from cueline.roles.erasing import Eraser
from cueline.security.keys import LocalKeyRing
from cueline.security.proofs import ProofSigner
from cueline.storage import deletions as module
from cueline.storage.calls import UnknownCallError
from cueline.storage.deletions import NothingRecordedError, PostgresDeletions
from cueline.storage.errors import StatementRefusedError
from cueline.storage.recordings import PostgresRecordings
from cueline.storage.retention import PostgresRetention
from tests.fakes.objects import MemoryObjects
from tests.unit.storage.kept_call import SECRET, days_later, dump, ended_call, left, store_objects


class Killed(Exception):
    """The process is gone here."""


class MortalObjects(MemoryObjects):
    """An object store whose caller is killed at its so-manyth operation, before or after it took effect."""

    def __init__(self) -> None:
        super().__init__()
        self.lives: int | None = None
        self.after = False

    def _step(self) -> bool:
        if self.lives is None:
            return False
        self.lives -= 1
        return self.lives < 0

    async def get(self, key: str) -> bytes:
        if self._step():
            raise Killed
        return await super().get(key)

    async def delete(self, keys) -> None:
        if self._step():
            if self.after:
                await super().delete(keys[: max(1, len(keys) // 2)])
            raise Killed
        await super().delete(keys)

    async def list(self, prefix: str):
        if self._step():
            raise Killed
        async for key in super().list(prefix):
            yield key


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Two objects to a batch, so that there are many of them."""
    monkeypatch.setattr(erasing, "BATCH", 2)
    monkeypatch.setattr(erasing, "BETWEEN_S", 0.02)


@pytest.fixture
def objects():
    return MortalObjects()


@pytest.fixture
def signer(tmp_path, world):
    return ProofSigner(LocalKeyRing(tmp_path / "keys.json", world.clock))


@pytest.fixture
def eraser(world, objects, signer):
    return Eraser(PostgresDeletions(world.database, world.outbox), objects, signer, clock=world.clock)


@pytest.fixture
def retention(world):
    return PostgresRetention(world.database, clock=world.clock)


async def proofs(retention, make):
    found = await retention.deletions(make.tenant, limit=50)
    return [(each.kind, json.loads(each.proof), each) for each in found]


async def test_a_recording_goes_with_its_objects_its_key_and_its_rows(world, make, objects, eraser, retention):
    call = await ended_call(world, make)
    other = await ended_call(world, make, "contact-2")
    store_objects(objects, make, call)
    store_objects(objects, make, other)
    theirs = {key for key in objects.bodies if other in key}
    assert await eraser.erase(make.tenant, call, "audio", by="retention")
    assert set(objects.bodies) == theirs
    found = await left(world, call)
    assert (found.recordings, found.recording_chunks, found.keys) == (1, 0, 0)
    assert await world.value("SELECT state FROM recordings WHERE call_id = $1", call) == "deleted"
    assert found.words > 0
    [(kind, proof, row)] = await proofs(retention, make)
    assert (kind, row.deleted_by, row.call_id) == ("audio", "retention", call)
    assert proof["counts"] == {"chunks": 3, "bytes": 3 * len(f"audio of {call}, 0"), "samples": 240_000, "objects": 6}
    assert proof["digests"]["manifests"] == [hashlib.sha256(b"the manifest").hexdigest()]
    assert proof["left"] == {"objects": 0, "keys": 0, "chunkRows": 0}
    assert await eraser._signer.check(make.tenant, row.proof) == "valid"
    events = await world.calls.events(make.tenant, call, after=0, limit=100)
    assert events[-1].kind == "RecordingDeleted"
    assert [each.sequence for each in events] == list(range(1, len(events) + 1))
    assert not await eraser.erase(make.tenant, call, "audio", by="sam")
    assert len(await proofs(retention, make)) == 1


async def test_killed_anywhere_the_next_one_goes_on_and_leaves_one_proof(world, make, objects, eraser, retention):
    """Killed before and after each operation on objects."""
    survived = 0
    for lives in range(20):
        call = await ended_call(world, make, f"contact-{lives}")
        store_objects(objects, make, call)
        objects.lives, objects.after = lives, lives % 2 == 0
        try:
            await eraser.erase(make.tenant, call, "audio", by="retention")
            survived += 1
        except Killed:
            found = await left(world, call)
            assert (found.deletions, found.keys) == (0, 1), "no proof and no key destroyed before all is gone"
            objects.lives = None
            assert await eraser.erase(make.tenant, call, "audio", by="retention")
        objects.lives = None
        assert not any(call in key for key in objects.bodies)
        found = await left(world, call)
        assert (found.deletions, found.keys, found.recording_chunks) == (1, 0, 0)
    assert 3 < survived < 18
    for _, proof, row in await proofs(retention, make):
        assert proof["digests"]["manifests"] == [hashlib.sha256(b"the manifest").hexdigest()]
        assert await eraser._signer.check(make.tenant, row.proof) == "valid"


async def test_killed_in_a_transaction_nothing_of_it_stands(world, make, objects, eraser, monkeypatch):
    call = await ended_call(world, make)
    store_objects(objects, make, call)

    async def killed(*_: object, **__: object) -> None:
        raise Killed

    for kind, words in (("audio", True), ("text", True), ("metrics", False)):
        before = await dump(world)
        with monkeypatch.context() as patched:
            patched.setattr(module, "_prove", killed)
            with pytest.raises(Killed):
                await eraser.erase(make.tenant, call, kind, by="retention")
        after = await dump(world)
        same = [table for table in before if before[table] == after[table]]
        assert set(before) - set(same) <= {"recordings", "audit_log"}
        assert (str(after).count(SECRET) > 0) is words
        assert await eraser.erase(make.tenant, call, kind, by="retention")
    assert (await left(world, call)).calls == 0


async def test_the_text_goes_and_the_figures_stay(world, make, objects, eraser, retention):
    call = await ended_call(world, make)
    before = await world.calls.find(make.tenant, call)
    assert await eraser.erase(make.tenant, call, "text", by="retention")
    found = await left(world, call)
    assert (found.words, found.notes, found.webhook_deliveries, found.mask_reports) == (0, 0, 0, 0)
    assert (found.utterances, found.recordings, found.keys) == (3, 1, 1)
    record = await world.calls.find(make.tenant, call)
    assert (record.utterances, record.masks, record.disposition) == (3, before.masks, "card_replaced")
    assert (record.customer_endpoint, record.attributes) == (None, {})
    assert record.text_deleted_at_ms == world.clock.epoch_ms()
    events = await world.calls.events(make.tenant, call, after=0, limit=100)
    assert {each.payload.text for each in events if each.kind == "UtteranceCommitted"} == {""}
    assert events[-1].kind == "TextDeleted"
    assert all(type(each.payload).__name__ in codec.KNOWN_KINDS for each in events)
    [(_, proof, row)] = await proofs(retention, make)
    assert proof["counts"] == {"utterances": 3, "events": 5, "notes": 1, "deliveries": 1, "reports": 1}
    assert set(proof["left"].values()) == {0}
    assert await eraser._signer.check(make.tenant, row.proof) == "valid"
    assert not await eraser.erase(make.tenant, call, "text", by="retention")


async def test_a_search_finds_nothing_of_deleted_text(world, make, eraser):
    call = await ended_call(world, make)
    query = CallQuery(limit=10, words=SECRET)
    assert [each.call_id for each in (await world.calls.search(make.tenant, query)).calls] == [call]
    await eraser.erase(make.tenant, call, "text", by="retention")
    assert (await world.calls.search(make.tenant, query)).calls == ()


def test_every_field_of_an_event_that_may_hold_words_is_known():
    """A new kind of event with a text has to be thought of: it is scrubbed, or it is known to hold none of a call's."""
    harmless = {
        "by", "kind", "code", "message", "label", "title", "contactId", "profile", "recogniser", "source", "agentId",
        "nextContactId", "utteranceId", "reason", "rules", "momentId", "family", "speaker", "cueId", "cueKind",
        "audience", "ruleId", "passageId", "answer", "checklistId", "itemId", "items", "disposition", "channel",
        "state", "cause",
    }  # fmt: skip
    said = {"UtteranceCommitted", "PartialRevised", "UtteranceTimed", "LagMeasured"}
    schemas = {kind.__name__: kind for kind in Payload.__subclasses__() if kind.__name__ not in said}
    for name, kind in schemas.items():
        for field, shown in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
            hint = str(kind.__annotations__[field])
            if hint in {"int", "float", "bool"} or "int" in hint or "float" in hint or hint == "<class 'bool'>":
                continue
            known = shown in harmless or shown in module.SCRUBBED.get(name, {})
            assert known, f"{name}.{shown}: does it hold words of a call? storage.deletions.SCRUBBED"


async def test_the_call_goes_when_nothing_hangs_on_it(world, make, objects, eraser, retention):
    call = await ended_call(world, make)
    store_objects(objects, make, call)
    assert not await eraser.erase(make.tenant, call, "metrics", by="retention")
    await eraser.erase(make.tenant, call, "text", by="retention")
    assert not await eraser.erase(make.tenant, call, "metrics", by="retention")
    await eraser.erase(make.tenant, call, "audio", by="retention")
    assert await eraser.erase(make.tenant, call, "metrics", by="retention")
    found = await left(world, call)
    assert (found.calls, found.events, found.utterances, found.recordings, found.deletions) == (0, 0, 0, 0, 3)
    assert [kind for kind, _, _ in await proofs(retention, make)] == ["metrics", "audio", "text"]
    with pytest.raises(UnknownCallError):
        await eraser.erase(make.tenant, call, "metrics", by="retention")


async def test_two_at_once_leave_one_proof(world, make, objects, eraser, retention):
    call = await ended_call(world, make)
    store_objects(objects, make, call)
    for kind in ("audio", "text"):
        done = await asyncio.gather(*(eraser.erase(make.tenant, call, kind, by="retention") for _ in range(4)))
        assert sum(done) == 1
    assert len(await proofs(retention, make)) == 2


async def test_what_cannot_be_deleted_says_why(world, make, objects, eraser):
    claimed = await world.claimed("live")
    with pytest.raises(CallGoesOnError):
        await eraser.erase(make.tenant, claimed.record.call_id, "audio", by="sam")
    silent = await ended_call(world, make, "silent", chunks=0)
    with pytest.raises(NothingRecordedError):
        await eraser.erase(make.tenant, silent, "audio", by="sam")
    unsealed = await ended_call(world, make, "unsealed")
    await world.database.statement("UPDATE recordings SET state = 'recording' WHERE call_id = $1", unsealed)
    with pytest.raises(CallGoesOnError):
        await eraser.erase(make.tenant, unsealed, "audio", by="sam")
    days_later(world, 0.05)
    assert await eraser.erase(make.tenant, unsealed, "audio", by="sam")


async def test_an_object_store_that_is_away_or_slow_is_tried_again(world, make, objects, eraser, monkeypatch):
    call = await ended_call(world, make)
    store_objects(objects, make, call)
    objects.away = True
    with pytest.raises(UnavailableError):
        await eraser.erase(make.tenant, call, "audio", by="sam")
    objects.away = False
    monkeypatch.setattr(erasing, "OBJECTS_TIMEOUT_S", 0.01)

    async def slow(keys) -> None:
        await asyncio.sleep(5)

    with monkeypatch.context() as patched:
        patched.setattr(objects, "delete", slow)
        with pytest.raises(UnavailableError, match="did not answer"):
            await eraser.erase(make.tenant, call, "audio", by="sam")
    assert (await left(world, call)).keys == 1
    assert await eraser.erase(make.tenant, call, "audio", by="sam")


BY_SQL = (
    "DELETE FROM calls WHERE call_id = $1",
    "DELETE FROM recordings WHERE call_id = $1",
    "DELETE FROM recording_chunks WHERE call_id = $1",
    "DELETE FROM utterances WHERE call_id = $1",
    "DELETE FROM events WHERE call_id = $1",
    "DELETE FROM notes WHERE call_id = $1",
    "DELETE FROM mask_reports WHERE call_id = $1",
    "UPDATE recordings SET wrapped_key = NULL WHERE call_id = $1",
    "UPDATE recordings SET state = 'deleted' WHERE call_id = $1",
    "UPDATE utterances SET text = '' WHERE call_id = $1",
)


async def test_nothing_of_a_held_call_goes_in_any_way(world, make, objects, eraser, retention):
    call = await ended_call(world, make)
    store_objects(objects, make, call)
    assert await retention.hold(make.tenant, call, held=True, reason="case 7", by="sam")
    before, bodies = await dump(world), dict(objects.bodies)
    for kind in ("audio", "text", "metrics"):
        with pytest.raises(LegalHoldError):
            await eraser.erase(make.tenant, call, kind, by="sam")
    for statement in BY_SQL:
        with pytest.raises(StatementRefusedError):
            await world.database.statement(statement, call)
    assert (await dump(world), objects.bodies) == (before, bodies)
    await retention.hold(make.tenant, call, held=False, reason="settled", by="sam")
    for kind in ("audio", "text", "metrics"):
        assert await eraser.erase(make.tenant, call, kind, by="sam")


WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%legal_hold%'
"""


async def test_a_hold_that_comes_in_the_middle_keeps_what_is_still_there(world, make, objects, eraser, retention):
    erasing.BETWEEN_S = 0.5  # the fixture puts it back
    call = await ended_call(world, make)
    store_objects(objects, make, call)
    delete = objects.delete
    holding: list[asyncio.Task] = []
    there: list[set[str]] = []

    async def hold() -> bool:
        held = await retention.hold(make.tenant, call, held=True, reason="case 7", by="sam")
        there.append({key for key in objects.bodies if call in key})
        return held

    async def then_held(keys) -> None:
        if not holding:
            holding.append(asyncio.create_task(hold()))
            while not await world.value(WAITING):  # whoever holds waits for what is being deleted
                assert not holding[0].done()
                await asyncio.sleep(0.01)
        await delete(keys)

    objects.delete = then_held
    erasing_it = asyncio.create_task(eraser.erase(make.tenant, call, "audio", by="retention"))
    with pytest.raises(LegalHoldError):
        await erasing_it
    assert await holding[0]
    assert there == [{key for key in objects.bodies if call in key}]
    assert there[0]
    assert (await left(world, call)).keys == 1


async def test_from_the_beginning_of_its_deletion_on_a_recording_is_read_and_changed_by_nobody(world, make):
    call = await ended_call(world, make)
    book = PostgresRecordings(world.database)
    [first, *_] = await book.chunks(make.tenant, call)
    anew = msgspec.structs.replace(first, revision=1)
    store = PostgresDeletions(world.database, world.outbox)
    await store.begin_recording(make.tenant, call, manifests=[], by="sam", at_ms=world.clock.epoch_ms())
    assert (await book.find(make.tenant, call)).state == "deleted"
    assert not await book.replace(make.tenant, call, [anew], manifest_revision=1)
