"""What is due by which policy, legal holds, nights and the keeper that works through them."""

import asyncio

import pytest

from cueline.delivery.rest_retention import RetentionFields
from cueline.events.policies import PolicyConflictError
from cueline.events.retention import DAY_MS, RetentionPolicy, cutoffs
from cueline.kernel.errors import InputError, NotAllowedError, UnavailableError
from cueline.roles import retention_keeper as keeping
from cueline.roles.erasing import Eraser
from cueline.roles.retention import KEPT, Retention, RetentionBook
from cueline.roles.retention_keeper import RetentionCounters, RetentionKeeper
from cueline.roles.reverification import Reverification
from cueline.security.proofs import ProofSigner
from cueline.storage.audit import PostgresAudit
from cueline.storage.calls import UnknownCallError
from cueline.storage.deletions import PostgresDeletions
from cueline.storage.people import PostgresPeople
from cueline.storage.policies import PostgresPolicies
from cueline.storage.retention import NIGHT_LEASE_MS, PostgresRetention
from cueline.storage.tables import retention_policies
from cueline.storage.verifications import PostgresVerifications
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.unit.storage.kept_call import days_later, ended_call, left, store_objects

HOUR = 2


@pytest.fixture
def store(world):
    return PostgresRetention(world.database, clock=world.clock)


@pytest.fixture
def book(world):
    return RetentionBook(PostgresPolicies(world.database, clock=world.clock, table=retention_policies))


@pytest.fixture
def kit(world, make, store, book):
    """The keeper and the desk of an installation."""

    class Kit:
        objects = MemoryObjects()
        counters = RetentionCounters()
        signer = ProofSigner(MemoryKeys())
        eraser = Eraser(PostgresDeletions(world.database, world.outbox), objects, signer, clock=world.clock)
        desk = Retention(
            book, store, eraser=eraser, signer=signer, audit=PostgresAudit(world.database),
            people=PostgresPeople(world.database), clock=world.clock, hour=HOUR,
        )  # fmt: skip

        def keeper(self, sleep=asyncio.sleep):
            return RetentionKeeper(
                make.tenant, book, store, self.eraser, clock=world.clock, hour=HOUR, counters=self.counters,
                sleep=sleep,
            )  # fmt: skip

        async def publish(self, profile="default", *, on=0, **days):
            fields = RetentionFields(**{f"{kind}_days": value for kind, value in days.items()})
            return await self.desk.publish(make.tenant, profile, fields, based_on=on, note="", by="sam")

    return Kit()


async def due(store, make, world, kind, **policies):
    policies = {"default": RetentionPolicy(), **policies}
    found = await store.due(make.tenant, kind, cutoffs(policies, kind, world.clock.epoch_ms()), limit=10)
    return [each.call_id for each in found]


async def test_data_are_due_when_their_days_are_over_by_the_policy_of_their_profile(world, make, store):
    ours = await ended_call(world, make, "ours")
    theirs = await ended_call(world, make, "theirs", profile="shops")
    await world.claimed("goes-on")
    shops = RetentionPolicy(audio_days=1, text_days=2, metrics_days=200)
    for days, audio, text in (
        (0.9, [], []),
        (0.2, [theirs], []),
        (1, [theirs], [theirs]),
        (88, [ours, theirs], [theirs]),
    ):
        days_later(world, days)
        assert set(await due(store, make, world, "audio", shops=shops)) == set(audio)
        assert set(await due(store, make, world, "text", shops=shops)) == set(text)
    assert await due(store, make, world, "metrics", shops=shops) == []


async def test_a_held_call_is_counted_and_never_due(world, make, store):
    held, free = [await ended_call(world, make, name) for name in ("held", "free")]
    await store.hold(make.tenant, held, held=True, reason="case 7", by="sam")
    days_later(world, 400)
    for kind in ("audio", "text"):
        assert await due(store, make, world, kind) == [free]
        cut = cutoffs({"default": RetentionPolicy()}, kind, world.clock.epoch_ms())
        [count] = await store.due_counts(make.tenant, kind, cut)
        assert (count.profile, count.calls, count.held) == ("default", 1, 1)


async def test_a_recording_whose_deletion_was_begun_is_due_whatever_the_policy_says(world, make, store, kit):
    call = await ended_call(world, make)
    store_objects(kit.objects, make, call)
    kit.objects.away = False
    begin = PostgresDeletions(world.database, world.outbox).begin_recording
    await begin(make.tenant, call, manifests=["ab"], by="sam", at_ms=world.clock.epoch_ms())
    assert await due(store, make, world, "audio") == [call]
    again = await begin(make.tenant, call, manifests=["other"], by="sam", at_ms=world.clock.epoch_ms())
    assert again.manifests == ("ab",)


async def test_a_hold_is_set_and_lifted_with_a_reason_that_the_audit_log_keeps(world, make, store, kit):
    call = await ended_call(world, make)
    assert not (await store.standing_hold(make.tenant, call)).held
    assert await store.hold(make.tenant, call, held=True, reason="case 7", by="sam")
    assert not await store.hold(make.tenant, call, held=True, reason="case 8", by="jo")
    found = await store.standing_hold(make.tenant, call)
    assert (found.held, found.reason, found.by, found.at_ms) == (True, "case 7", "sam", world.clock.epoch_ms())
    assert (await world.calls.find(make.tenant, call)).legal_hold
    assert await store.hold(make.tenant, call, held=False, reason="settled", by="jo")
    assert (await store.standing_hold(make.tenant, call)).reason == "settled"
    lines = await PostgresAudit(world.database).of_call(make.tenant, call, 10)
    assert [(line.actor, line.action) for line in lines] == [("jo", "legal_hold.lifted"), ("sam", "legal_hold.set")]
    with pytest.raises(UnknownCallError):
        await store.hold(make.tenant, "call_none", held=True, reason="case 7", by="sam")
    with pytest.raises(NotAllowedError):
        await kit.desk.hold(make.tenant, call, held=True, reason="case 7", by="somebody")


async def test_policies_are_versions_that_profiles_inherit(world, make, book, kit):
    assert await book.by_profile(make.tenant) == {"default": RetentionPolicy()}
    await kit.publish(audio=30)
    with pytest.raises(PolicyConflictError):
        await kit.publish(audio=31)
    await kit.publish("shops", on=1, audio=7)
    assert (await book.in_force(make.tenant, "travel")).policy.audio_days == 30
    assert {name: each.audio_days for name, each in (await book.by_profile(make.tenant)).items()} == {
        "default": 30, "shops": 7,
    }  # fmt: skip
    with pytest.raises(InputError, match="metricsDays"):
        await kit.publish("shops", on=2, audio=2_000)
    [line] = [
        row async for row in _lines(world, "retention_policy.published") if '"profile": "shops"' in row["details"]
    ]
    assert line["actor"] == "sam"


async def _lines(world, action):
    rows = await world.database.statement(
        "SELECT actor, details::text, at_ms FROM audit_log WHERE action = $1 ORDER BY id", action
    )
    for row in rows:
        yield row


async def test_a_policy_that_cannot_be_read_deletes_nothing(world, make, book, kit):
    await kit.publish(audio=30)
    await world.database.statement("UPDATE retention_policies SET policy = '{\"newer\": 1}'::jsonb")
    assert await book.by_profile(make.tenant) == {"default": KEPT}


async def test_a_turn_deletes_all_that_is_due_in_the_order_in_which_it_may_go(world, make, kit):
    calls = [await ended_call(world, make, f"contact-{number}") for number in range(3)]
    for call in calls:
        store_objects(kit.objects, make, call)
    await kit.desk.hold(make.tenant, calls[0], held=True, reason="case 7", by="supervisor")
    days_later(world, 1_096)
    due_then = await kit.desk.due(make.tenant)
    assert [(each.kind, each.calls, each.held) for each in due_then.due] == [
        ("audio", 2, 1), ("text", 2, 1), ("metrics", 2, 1),
    ]  # fmt: skip
    night = await kit.keeper().turn()
    assert (night.audio, night.text, night.metrics, night.failed, night.more) == (2, 2, 2, 0, False)
    assert (kit.counters.audio, kit.counters.text, kit.counters.metrics) == (2, 2, 2)
    assert [(await left(world, call)).calls for call in calls] == [1, 0, 0]
    assert (await left(world, calls[0])).keys == 1
    shown = await kit.desk.deletions(make.tenant, limit=50, call_id=None)
    assert [each.kind for each in shown] == ["metrics"] * 2 + ["text"] * 2 + ["audio"] * 2
    assert {each.signature for each in shown} == {"valid"}
    assert len(await kit.desk.deletions(make.tenant, limit=50, call_id=calls[1])) == 3
    assert (await kit.keeper().turn()).metrics == 0


async def test_a_proof_that_somebody_changed_shows(world, make, kit):
    first, second = [await ended_call(world, make, name) for name in ("first", "second")]
    days_later(world, 366)
    await kit.keeper().turn()
    await world.database.statement(
        "UPDATE deletions SET proof = jsonb_set(proof, '{counts,notes}', '0') WHERE call_id = $1 AND kind = 'text'",
        first,
    )
    await world.database.statement(
        "UPDATE deletions d SET proof = o.proof FROM deletions o"
        " WHERE d.call_id = $1 AND d.kind = 'text' AND o.call_id = $1 AND o.kind = 'audio'", second,
    )  # fmt: skip
    shown = {
        (each.call_id, each.kind): each.signature
        for each in await kit.desk.deletions(make.tenant, limit=9, call_id=None)
    }
    assert shown[first, "text"] == shown[second, "text"] == "changed"
    assert shown[first, "audio"] == shown[second, "audio"] == "valid"


async def test_what_fails_is_left_and_the_rest_goes(world, make, kit, monkeypatch):
    calls = [await ended_call(world, make, f"contact-{number}") for number in range(5)]
    for call in calls:
        store_objects(kit.objects, make, call)
    days_later(world, 91)
    erase = kit.eraser.erase

    async def sometimes(tenant, call_id, kind, *, by):
        if call_id in calls[:2]:
            raise UnavailableError("the object store is away for these")
        return await erase(tenant, call_id, kind, by=by)

    monkeypatch.setattr(kit.eraser, "erase", sometimes)
    night = await kit.keeper().turn()
    assert (night.audio, night.failed) == (3, 2)
    monkeypatch.setattr(keeping, "FAILURES_MAX", 1)
    assert (await kit.keeper().turn()).failed == 1
    monkeypatch.undo()
    assert (await kit.keeper().turn()).audio == 2


async def test_a_turn_ends_in_time_and_the_next_look_goes_on(world, make, kit, store, monkeypatch):
    for number in range(3):
        store_objects(kit.objects, make, await ended_call(world, make, f"contact-{number}"))
    await store.claim_night(make.tenant, hour=HOUR, by="retention")
    days_later(world, 91)
    assert await store.claim_night(make.tenant, hour=HOUR, by="retention")
    erase = kit.eraser.erase

    async def slow(tenant, call_id, kind, *, by):
        days_later(world, 1 / 24)
        return await erase(tenant, call_id, kind, by=by)

    with monkeypatch.context() as patched:
        patched.setattr(kit.eraser, "erase", slow)
        night = await kit.keeper().turn()
    assert (night.audio, night.more) == (1, True)
    assert await store.claim_night(make.tenant, hour=HOUR, by="retention")
    assert (await kit.keeper().turn()).audio == 2
    assert not await store.claim_night(make.tenant, hour=HOUR, by="retention")


async def test_each_night_one_keeper_works_and_a_dead_ones_night_is_taken_over(world, make, store):
    async def claims():
        asked = (store.claim_night(make.tenant, hour=HOUR, by="retention") for _ in range(4))
        return sum(await asyncio.gather(*asked))

    at_noon = (12 * 3_600_000 - world.clock.epoch_ms()) % DAY_MS
    days_later(world, at_noon / DAY_MS)
    assert await claims() == 0, "the first look begins no night: policies may not have been set yet"
    days_later(world, 13 / 24)
    assert await claims() == 0
    days_later(world, 1.5 / 24)
    assert await claims() == 1
    assert await claims() == 0
    world.clock.advance_to(world.clock.monotonic_ms() + NIGHT_LEASE_MS)
    assert await claims() == 1


async def test_the_keeper_works_at_night_and_waits_while_postgresql_is_away(world, make, kit, monkeypatch):
    call = await ended_call(world, make)
    store_objects(kit.objects, make, call)
    looks = []

    async def sleep(seconds):
        looks.append(seconds)
        if len(looks) == 2:
            kit.objects.away = True
        days_later(world, 100)
        if len(looks) == 3:
            kit.objects.away = False
        if (await left(world, call)).keys == 0:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await kit.keeper(sleep).run()
    assert len(looks) >= 2
    assert kit.counters.audio == 1


async def test_what_would_be_due_under_another_policy_is_told_before_it_is_published(world, make, kit):
    await ended_call(world, make, "ours")
    await ended_call(world, make, "theirs", profile="shops")
    days_later(world, 10)
    assert (await kit.desk.due(make.tenant)).due == []
    found = await kit.desk.due(make.tenant, instead=("shops", RetentionFields(audio_days=5)))
    assert [(each.kind, each.profile, each.calls) for each in found.due] == [("audio", "shops", 1)]
    assert 0 < found.at_ms - world.clock.epoch_ms() <= DAY_MS
    assert found.at_ms % DAY_MS == HOUR * 3_600_000


async def test_each_night_some_calls_that_older_rules_read_are_read_again(world, make, kit, store):
    book = PostgresVerifications(world.database, world.outbox, clock=world.clock)
    calls = [await ended_call(world, make, f"contact-{number}", chunks=0) for number in range(5)]
    for number, call in enumerate(calls):
        state, rules = ("quarantined", "1") if number == 0 else ("verified", "2" if number == 1 else "1")
        await world.database.statement(
            "INSERT INTO verifications (call_id, tenant, state, compared, rules, results, changed_at_ms)"
            " VALUES ($1, $2, $3, 'clean', $4, '{\"attempt\": 1}', $5)", call, make.tenant, state, rules, number,
        )  # fmt: skip
    await kit.eraser.erase(make.tenant, calls[2], "text", by="retention")
    again = Reverification(book, tenant=make.tenant, rules="2", limit=1)
    assert await again.turn() == 1
    assert [each.state for each in [await book.find(make.tenant, call) for call in calls]] == [
        "quarantined", "verified", "verified", "pending", "verified",
    ]  # fmt: skip
    keeper = kit.keeper(sleep=stop)
    keeper._afterwards = again.turn
    await store.claim_night(make.tenant, hour=HOUR, by="retention")
    days_later(world, 1)
    with pytest.raises(asyncio.CancelledError):
        await keeper.run()
    assert (await book.find(make.tenant, calls[4])).state == "pending"
    assert await again.turn() == 0


async def stop(seconds):
    raise asyncio.CancelledError
