"""Names of executors: one process each, taken over when their holder is gone, and not because PostgreSQL was away."""

import asyncio

import pytest

from cueline.kernel.errors import BoundExceededError
from cueline.kernel.ids import WorkerId
from cueline.storage import executors
from cueline.storage.executors import PostgresExecutors


def advance(world, seconds: float) -> None:
    world.clock.advance_to(world.clock.monotonic_ms() + int(seconds * 1000))


@pytest.fixture
def book(world):
    def make(worker: str) -> PostgresExecutors:
        return PostgresExecutors(world.database, worker=WorkerId(worker), clock=world.clock, timeout_s=8)

    return make


async def test_names_are_given_once_and_again_when_free(book):
    first, second, third = book("a"), book("b"), book("c")
    assert [await first.claim(), await second.claim()] == ["executor-0001", "executor-0002"]
    await second.free("executor-0001")  # not its own
    assert await first.beat("executor-0001")
    await first.free("executor-0001")
    assert not await first.beat("executor-0001")
    assert await third.claim() == "executor-0001"
    assert not await first.beat("executor-0001")


async def test_many_at_once_get_a_name_each(book):
    names = await asyncio.gather(*(book(f"worker-{number}").claim() for number in range(12)))
    assert len(set(names)) == 12


async def test_names_are_bounded(book, monkeypatch):
    monkeypatch.setattr(executors, "NAMES_MAX", 2)
    await book("a").claim()
    await book("b").claim()
    with pytest.raises(BoundExceededError, match="more than 2"):
        await book("c").claim()


async def test_a_name_whose_holder_is_gone_is_taken_over_once(world, book):
    gone, living, watching = book("gone"), book("living"), book("watching")
    lost, held, own = await gone.claim(), await living.claim(), await watching.claim()
    for _ in range(4):
        assert await watching.abandoned(own) == []
        assert await living.beat(held)
        assert await watching.beat(own)
        advance(world, 2)
    assert await watching.abandoned(own) == [lost]
    assert not await gone.beat(lost)
    await watching.free(lost)
    assert await watching.abandoned(own) == []
    assert await gone.claim() == lost


async def test_a_name_is_taken_over_from_whoever_died_in_the_midst_of_that(world, book):
    gone, dying, watching = book("gone"), book("dying"), book("watching")
    lost, midst, own = await gone.claim(), await dying.claim(), await watching.claim()
    for _ in range(5):
        taken = await dying.abandoned(midst)
        advance(world, 2)
    assert taken == [lost, own]
    for _ in range(5):
        taken = await watching.abandoned("none")
        advance(world, 2)
    assert taken == [lost, midst, own]


async def test_looking_too_seldom_proves_nothing(world, book):
    await book("gone").claim()
    watching = book("watching")
    own = await watching.claim()
    for _ in range(3):
        assert await watching.abandoned(own) == []
        advance(world, 6)
