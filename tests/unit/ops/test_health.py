"""Readiness: every named part, with a time-out."""

import asyncio

import pytest

from cueline.kernel.errors import UnavailableError
from cueline.ops.health import Health


async def fine() -> None:
    return None


async def away() -> None:
    raise UnavailableError("postgresql://user:secret@host")


async def broken() -> None:
    raise RuntimeError("a fault of ours")


async def stuck() -> None:
    await asyncio.Event().wait()


async def test_a_process_without_parts_is_ready() -> None:
    assert await Health().faults() == []


async def test_the_parts_that_do_not_work_are_named_and_nothing_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.ops.health.CHECK_TIMEOUT_S", 0.01)
    health = Health()
    for name, check in {"a": fine, "b": away, "c": broken, "d": stuck, "e": fine}.items():
        health.add(name, check)
    assert await health.faults() == ["b", "c", "d"]


async def test_a_part_that_works_again_is_ready_again() -> None:
    health, works = Health(), False

    async def check() -> None:
        if not works:
            raise UnavailableError("away")

    health.add("part", check)
    assert await health.faults() == ["part"]
    works = True
    assert await health.faults() == []


async def test_draining_is_unready_at_once() -> None:
    health = Health()
    health.add("part", fine)
    health.draining = True
    assert await health.faults() == ["draining"]


async def test_a_request_that_goes_away_ends_the_check() -> None:
    health = Health()
    health.add("part", stuck)
    task = asyncio.create_task(health.faults())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
