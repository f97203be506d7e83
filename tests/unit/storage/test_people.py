"""People of a tenant."""

import pytest

from cueline.events.people import PersonRecord, UnknownPersonError
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage import people as module
from cueline.storage.people import PostgresPeople

JO = PersonRecord(username="jo", name="Jo Doe", role="agent", team="cards")
AL = PersonRecord(username="al", name="Al Roe", role="supervisor", team=None)


@pytest.fixture
def people(world):
    return PostgresPeople(world.database)


async def test_people_are_put_changed_and_forgotten(people, make):
    for person in (JO, AL):
        await people.put(make.tenant, person)
    assert await people.everybody(make.tenant) == [AL, JO]
    moved = PersonRecord(username="jo", name="Jo Doe-Roe", role="supervisor", team="loans")
    await people.put(make.tenant, moved)
    assert await people.everybody(make.tenant) == [AL, moved]
    await people.remove(make.tenant, "jo")
    assert await people.everybody(make.tenant) == [AL]
    with pytest.raises(UnknownPersonError):
        await people.remove(make.tenant, "jo")


async def test_another_tenant_has_its_own_people(people, make):
    other = TenantId("other")
    await people.put(make.tenant, JO)
    assert await people.everybody(other) == []
    with pytest.raises(UnknownPersonError):
        await people.remove(other, "jo")
    assert await people.everybody(make.tenant) == [JO]


async def test_there_is_a_bound_and_whoever_is_there_can_still_be_changed(people, make, monkeypatch):
    monkeypatch.setattr(module, "PEOPLE_MAX", 2)
    for person in (JO, AL):
        await people.put(make.tenant, person)
    with pytest.raises(InputError, match="at most 2"):
        await people.put(make.tenant, PersonRecord(username="cy", name="Cy", role="agent", team=None))
    await people.put(make.tenant, AL)
    assert await people.everybody(make.tenant) == [AL, JO]
