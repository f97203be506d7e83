"""Wrapping data keys anew: pages, what others do meanwhile, what is refused, trouble half-way."""

import msgspec
import pytest

from cueline.events.recording import WrappedKey
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.roles import keys_command
from cueline.roles.keys_command import report_of, rewrap_all
from cueline.security.keys import KeyInfo
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.fakes.recordings import MemoryBook, stored_recording

ACME, OTHER = TenantId("acme"), TenantId("other")


async def recordings(number: int) -> tuple[MemoryKeys, MemoryBook]:
    keys, book, store = MemoryKeys(), MemoryBook(), MemoryObjects()
    for place in range(number):
        await stored_recording(store, keys, book, tenant=ACME, call_id=CallId(f"call_{place:03d}"), samples=(8,))
    return keys, book


async def test_all_pages_are_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys_command, "PAGE", 3)
    keys, book = await recordings(10)
    await keys.rotate(ACME)
    told: list[int] = []
    report = await rewrap_all(ACME, ring=keys, pages=book, book=book, progress=told.append)
    assert (report.ok, report.recordings, report.rewrapped, told) == (True, 10, 10, [3, 6, 9, 10])
    assert {each.key.key_id for each in book.recordings.values() if each.key} == {"memory:acme:2"}
    again = await rewrap_all(ACME, ring=keys, pages=book, book=book, progress=told.append)
    assert (again.rewrapped, again.unchanged) == (0, 10)


async def test_what_is_refused_does_not_stop_the_rest() -> None:
    keys, book = await recordings(4)
    _, theirs = await keys.new_data_key(OTHER)
    _swap(book, "call_001", theirs)
    await keys.rotate(ACME)
    report = await rewrap_all(ACME, ring=keys, pages=book, book=book, progress=lambda _: None)
    assert (report.ok, report.rewrapped, report.refused, report.refused_calls) == (False, 3, 1, ["call_001"])


async def test_what_was_changed_meanwhile_is_left_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, book = await recordings(3)
    await keys.rotate(ACME)
    rewrap = keys.rewrap

    async def deleted_meanwhile(tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        book.recordings.pop((ACME, CallId("call_002")), None)
        return await rewrap(tenant, wrapped)

    monkeypatch.setattr(keys, "rewrap", deleted_meanwhile)
    report = await rewrap_all(ACME, ring=keys, pages=book, book=book, progress=lambda _: None)
    assert (report.ok, report.rewrapped, report.changed) == (True, 2, 1)


async def test_a_ring_that_is_away_is_said_and_it_can_be_begun_again() -> None:
    keys, book = await recordings(3)
    await keys.rotate(ACME)
    keys.away = True
    with pytest.raises(UnavailableError):
        await rewrap_all(ACME, ring=keys, pages=book, book=book, progress=lambda _: None)
    keys.away = False
    report = await rewrap_all(ACME, ring=keys, pages=book, book=book, progress=lambda _: None)
    assert report.rewrapped == 3


def test_a_key_that_only_recordings_know_is_told() -> None:
    infos = [KeyInfo(ACME, "local:acme:2", newest=True, made_at_ms=5)]
    report = report_of(infos, {"local:acme:1": 4, "local:acme:2": 1})
    assert [(key.key_id, key.known, key.recordings) for key in report.keys] == [
        ("local:acme:1", False, 4), ("local:acme:2", True, 1),
    ]  # fmt: skip
    assert not report.ok


def test_an_earlier_kms_key_is_known_to_kms() -> None:
    infos = [KeyInfo(None, "kms:arn:new", newest=True)]
    assert report_of(infos, {"kms:arn:old": 4}).ok
    assert not report_of(infos, {"local:acme:1": 1}).ok


def _swap(book: MemoryBook, call: str, key: WrappedKey) -> None:
    place = ACME, CallId(call)
    book.recordings[place] = msgspec.structs.replace(book.recordings[place], key=key)
