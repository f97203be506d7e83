"""Rule sets: drafts, versions that follow each other, and conflicts."""

import asyncio

import pytest

from cueline.events.rules import RulesConflictError
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage import rules as module
from cueline.storage.errors import StoredValueError
from cueline.storage.rules import PostgresRules

TENANT, OTHER = TenantId("default"), TenantId("other")
DOCUMENT = {"name": "shop", "title": "Grüße", "rules": [{"n": [1, 2.5, None, True]}]}


@pytest.fixture
def rules(world):
    return PostgresRules(world.database, clock=world.clock)


async def publish(rules, name="shop", *, on, tenant=TENANT, note="why", **more):
    return await rules.publish(tenant, name, {**DOCUMENT, **more}, based_on=on, note=note, by="ann")


async def test_nothing_is_there_at_first(rules):
    assert await rules.latest(TENANT, ["shop"]) is None
    assert await rules.at(TENANT, "shop", 1) is None
    assert await rules.draft(TENANT, "shop") is None
    assert (await rules.newest(TENANT), await rules.drafts(TENANT)) == ([], [])
    assert await rules.versions(TENANT, "shop", limit=10) == []
    assert await rules.discard_draft(TENANT, "shop") is False


async def test_versions_follow_each_other_and_say_by_whom_when_and_why(rules, world):
    world.clock.advance_to(5_000)
    first = await publish(rules, on=0)
    assert (first.version, first.note, first.changed_by, first.document) == (1, "why", "ann", DOCUMENT)
    assert first.changed_at_ms == world.clock.epoch_ms()
    second = await publish(rules, on=1, title="T")
    assert await rules.versions(TENANT, "shop", limit=10) == [second, first]
    assert await rules.versions(TENANT, "shop", limit=1) == [second]
    assert await rules.at(TENANT, "shop", 1) == first
    assert await rules.latest(TENANT, ["none", "shop"]) == second
    other = await publish(rules, "bank", on=0)
    assert await rules.latest(TENANT, ["shop", "bank"]) == second
    assert await rules.newest(TENANT) == [other, second]


async def test_a_draft_is_saved_over_and_over_and_becomes_the_next_version(rules):
    await publish(rules, on=0)
    draft = await rules.save_draft(TENANT, "shop", {"rules": "unfinished"}, based_on=1, by="bob")
    assert (draft.based_on, draft.document) == (1, {"rules": "unfinished"})
    newer = await rules.save_draft(TENANT, "shop", DOCUMENT, based_on=1, by="ann")
    assert await rules.draft(TENANT, "shop") == newer
    assert await rules.drafts(TENANT) == [newer]
    assert (await rules.latest(TENANT, ["shop"])).version == 1
    assert await rules.at(TENANT, "shop", 0) is None
    await publish(rules, on=1)
    assert await rules.draft(TENANT, "shop") is None


async def test_what_is_based_on_an_older_version_is_a_conflict(rules):
    await publish(rules, on=0)
    for attempt in (
        publish(rules, on=0), publish(rules, on=2),
        rules.save_draft(TENANT, "shop", DOCUMENT, based_on=0, by="ann"),
    ):  # fmt: skip
        with pytest.raises(RulesConflictError, match="version 1 is in force"):
            await attempt


async def test_going_back_leaves_a_draft_alone(rules):
    await publish(rules, on=0)
    await rules.save_draft(TENANT, "shop", {}, based_on=1, by="ann")
    assert (await publish(rules, on=None)).version == 2
    assert (await rules.draft(TENANT, "shop")).based_on == 1
    assert await rules.discard_draft(TENANT, "shop") is True
    assert await rules.draft(TENANT, "shop") is None


async def test_of_two_at_once_one_wins(rules):
    done = await asyncio.gather(*(publish(rules, on=0) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(each, RulesConflictError) for each in done) == 4
    assert len(await rules.versions(TENANT, "shop", limit=10)) == 1


async def test_tenants_know_nothing_of_each_other(rules):
    await publish(rules, on=0)
    await rules.save_draft(TENANT, "shop", {}, based_on=1, by="ann")
    assert await rules.latest(OTHER, ["shop"]) is None
    assert (await rules.newest(OTHER), await rules.drafts(OTHER)) == ([], [])
    assert await rules.discard_draft(OTHER, "shop") is False
    assert (await publish(rules, on=0, tenant=OTHER)).version == 1
    assert await rules.draft(TENANT, "shop") is not None


async def test_there_is_a_bound(rules, monkeypatch):
    monkeypatch.setattr(module, "SETS_MAX", 2)
    await publish(rules, on=0)
    await rules.save_draft(TENANT, "bank", {}, based_on=0, by="ann")
    for attempt in (publish(rules, "more", on=0), rules.save_draft(TENANT, "more", {}, based_on=0, by="ann")):
        with pytest.raises(InputError, match="at most 2 rule sets"):
            await attempt
    assert (await publish(rules, on=1)).version == 2


async def test_a_text_that_cannot_be_stored_is_refused(rules):
    with pytest.raises(StoredValueError):
        await publish(rules, on=0, title="\0")
    with pytest.raises(StoredValueError):
        await publish(rules, on=0, note="\0")
