"""Redaction policies: inherited, published one on top of the other, and never changed."""

import asyncio

import pytest

from cueline.events.policies import BUILT_IN, PolicyConflictError
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.storage import policies as module
from cueline.storage.engine import Database
from cueline.storage.errors import StoredValueError
from cueline.storage.policies import PostgresPolicies

TENANT, OTHER = TenantId("default"), TenantId("other")


@pytest.fixture
def policies(world):
    return PostgresPolicies(world.database, clock=world.clock)


async def publish(policies, profile="default", *, on, policy=b'{"names":false}', tenant=TENANT, note="why"):
    return await policies.publish(tenant, profile, policy, based_on=on, note=note, by="ann")


async def test_before_anything_is_published_the_built_in_policy_is_in_force(policies):
    assert await policies.latest(TENANT, "default") == BUILT_IN
    assert await policies.latest(TENANT, "banking") == BUILT_IN
    assert await policies.profiles(TENANT) == [BUILT_IN]
    assert await policies.versions(TENANT, "default", limit=10) == []
    assert await policies.at(TENANT, "banking", 0) == BUILT_IN
    assert await policies.at(TENANT, "banking", 1) is None


async def test_what_is_published_is_in_force_and_says_by_whom_when_and_why(policies, world):
    world.clock.advance_to(5_000)
    first = await publish(policies, on=0)
    assert (first.profile, first.version, first.note, first.changed_by) == ("default", 1, "why", "ann")
    assert first.changed_at_ms == world.clock.epoch_ms()
    assert first.policy.replace(b" ", b"") == b'{"names":false}'
    assert await policies.latest(TENANT, "default") == first
    assert await policies.at(TENANT, "default", 1) == first


async def test_a_profile_follows_the_default_until_it_has_its_own(policies):
    default = await publish(policies, on=0)
    assert await policies.latest(TENANT, "banking") == default
    own = await publish(policies, "banking", on=1, policy=b'{"minimumDigits":5}')
    assert (own.profile, own.version) == ("banking", 2)
    assert await policies.latest(TENANT, "banking") == own
    assert await policies.latest(TENANT, "travel") == default
    assert [each.profile for each in await policies.profiles(TENANT)] == ["default", "banking"]
    newer = await publish(policies, on=1)
    assert await policies.profiles(TENANT) == [newer, own]
    assert await policies.versions(TENANT, "banking", limit=10) == [own]


async def test_the_version_that_a_call_began_under_stays_the_same_one_whatever_is_published(policies):
    """A call of a profile that inherited then is told the inherited one, though others have that number by now."""
    default = await publish(policies, on=0)
    began_under = (await policies.latest(TENANT, "banking")).version
    for number in range(3):
        await publish(policies, "banking", on=default.version + number, policy=b'{"minimumDigits":5}')
        await publish(policies, on=default.version + number, policy=b'{"minimumDigits":6}')
    assert await policies.at(TENANT, "banking", began_under) == default
    own = await policies.at(TENANT, "banking", 2)
    assert (own.profile, own.version) == ("banking", 2)
    assert (await policies.at(TENANT, "default", 2)).profile == "default"
    assert await policies.at(TENANT, "banking", 99) is None


async def test_what_is_based_on_an_older_version_is_a_conflict(policies):
    await publish(policies, on=0)
    for profile, stale in (("default", 0), ("default", 2), ("banking", 0)):
        with pytest.raises(PolicyConflictError) as caught:
            await publish(policies, profile, on=stale)
        assert "1" in str(caught.value)
    assert [each.version for each in await policies.versions(TENANT, "default", limit=10)] == [1]
    await policies.latest(TENANT, "default")


async def test_of_several_published_at_once_one_wins(policies):
    results = await asyncio.gather(
        *(publish(policies, profile, on=0) for profile in ["default"] * 4 + ["banking"] * 4), return_exceptions=True
    )
    published = [each for each in results if not isinstance(each, BaseException)]
    refused = [each for each in results if isinstance(each, BaseException)]
    assert {type(each) for each in refused} == {PolicyConflictError}
    # banking may come first, on top of the built-in one: then default does too.
    assert len({each.profile for each in published}) == len(published)
    assert [each.version for each in published] == [1] * len(published)


async def test_versions_are_listed_newest_first_and_bounded(policies):
    for number in range(5):
        await publish(policies, on=number, note=str(number))
    assert [each.version for each in await policies.versions(TENANT, "default", limit=3)] == [5, 4, 3]
    assert [each.note for each in await policies.versions(TENANT, "default", limit=10)] == ["4", "3", "2", "1", "0"]


async def test_tenants_do_not_see_each_others_policies(policies):
    own = await publish(policies, on=0)
    assert await policies.latest(OTHER, "default") == BUILT_IN
    assert await policies.at(OTHER, "default", 1) is None
    assert await policies.profiles(OTHER) == [BUILT_IN]
    theirs = await publish(policies, on=0, tenant=OTHER, policy=b"{}")
    assert theirs.version == 1
    assert await policies.latest(TENANT, "default") == own


async def test_profiles_are_bounded(policies, monkeypatch):
    monkeypatch.setattr(module, "PROFILES_MAX", 2)
    await publish(policies, on=0)
    await publish(policies, "a", on=1)
    with pytest.raises(InputError, match="profile"):
        await publish(policies, "b", on=1)
    assert (await publish(policies, "a", on=2)).version == 3
    assert (await policies.latest(TENANT, "b")).version == 1


async def test_what_postgresql_cannot_hold_is_the_senders_fault(policies):
    with pytest.raises(StoredValueError):
        await publish(policies, on=0, note="a NUL \0 inside")
    assert await policies.latest(TENANT, "default") == BUILT_IN


async def test_a_store_that_is_away_is_said_so(world):
    away = Database("postgresql://nobody@127.0.0.1:1/nothing", pool_size=1)
    policies = PostgresPolicies(away, clock=world.clock)
    for asked in (policies.latest(TENANT, "default"), policies.at(TENANT, "default", 1), publish(policies, on=0)):
        with pytest.raises(UnavailableError):
            await asked
    await away.close()
