"""Saved views of the history."""

import pytest

from cueline.events.views import UnknownViewError
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage import views as module
from cueline.storage.views import PostgresViews

LATE = '{"q": "late fee"}'
MINE = '{"agent": "jo"}'


@pytest.fixture
def views(world):
    return PostgresViews(world.database, clock=world.clock)


async def names(views, make, username):
    return [(view.name, view.filters) for view in await views.views(make.tenant, username)]


async def test_views_are_saved_changed_and_forgotten_by_their_owner(views, make, world):
    saved = await views.put(make.tenant, "sue", "Late fees", LATE)
    assert saved.changed_at_ms == world.clock.epoch_ms()
    await views.put(make.tenant, "sue", "Jo's", MINE)
    await views.put(make.tenant, "al", "Late fees", MINE)
    assert await names(views, make, "sue") == [("Jo's", MINE), ("Late fees", LATE)]
    world.clock.advance_to(5_000)
    await views.put(make.tenant, "sue", "Late fees", MINE)
    assert await names(views, make, "sue") == [("Jo's", MINE), ("Late fees", MINE)]
    await views.remove(make.tenant, "sue", "Late fees")
    assert await names(views, make, "sue") == [("Jo's", MINE)]
    assert await names(views, make, "al") == [("Late fees", MINE)]
    with pytest.raises(UnknownViewError):
        await views.remove(make.tenant, "sue", "Late fees")


async def test_another_tenant_sees_none_of_them(views, make):
    await views.put(make.tenant, "sue", "Late fees", LATE)
    assert await views.views(TenantId("other"), "sue") == []
    with pytest.raises(UnknownViewError):
        await views.remove(TenantId("other"), "sue", "Late fees")


async def test_there_are_only_so_many_of_one_person_and_in_all(views, make, monkeypatch):
    monkeypatch.setattr(module, "VIEWS_MAX", 2)
    monkeypatch.setattr(module, "TENANT_MAX", 3)
    await views.put(make.tenant, "sue", "a", LATE)
    await views.put(make.tenant, "sue", "b", LATE)
    with pytest.raises(InputError, match="at most 2 views"):
        await views.put(make.tenant, "sue", "c", LATE)
    await views.put(make.tenant, "sue", "b", MINE)
    await views.put(make.tenant, "al", "c", LATE)
    with pytest.raises(InputError, match="at most 3 views"):
        await views.put(make.tenant, "al", "d", LATE)
    await views.put(make.tenant, "al", "c", MINE)
    assert await names(views, make, "sue") == [("a", LATE), ("b", MINE)]
