"""Who works on which call: claimed once, taken over when its holder is dead, and never because PostgreSQL was away."""

import asyncio

import pytest

from cueline.events.catalogue import CallEnded
from cueline.events.records import NewEvent
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.storage.leases import LeaseWatch


def advance(world, seconds: float) -> None:
    world.clock.advance_to(world.clock.monotonic_ms() + int(seconds * 1000))


async def test_calls_are_claimed_oldest_first_and_each_once(world, make):
    for number in range(5):
        advance(world, 1)
        await world.calls.offer(make.call(f"contact-{number}"))
    first = await world.book("worker-1").claim(limit=2)
    second = await world.book("worker-2").claim(limit=10)
    assert [call.record.contact_id for call in first] == ["contact-0", "contact-1"]
    assert [call.record.contact_id for call in second] == ["contact-2", "contact-3", "contact-4"]
    assert {call.epoch for call in first + second} == {1}
    assert first[0].checkpoint is None
    assert first[0].record.phase == "system"
    assert first[0].record.attributes == {"language": "en"}


async def test_two_books_at_the_same_moment_never_claim_the_same_call(world, make):
    for number in range(30):
        await world.calls.offer(make.call(f"contact-{number}"))
    books = [world.book(f"worker-{number}") for number in range(4)]
    claims = await asyncio.gather(*(book.claim(limit=3) for _ in range(4) for book in books))
    calls = [call.record.call_id for claim in claims for call in claim]
    assert len(calls) == len(set(calls))
    assert len(calls) + len(await books[0].claim(limit=100)) == 30


async def test_another_tenants_calls_are_out_of_reach(world, make):
    await world.calls.offer(make.call("contact-1", TenantId("other")))
    assert await world.book().claim(limit=10) == []


async def test_an_ended_call_is_never_claimed(world, make):
    claimed = await world.claimed()
    await world.writer(claimed).commit(make.commit(1, NewEvent(at_ms=1, item=CallEnded(reason="disconnected"))))
    await world.book().release(claimed.record.call_id, claimed.epoch)
    assert await world.book("worker-2").claim(limit=10) == []


async def test_a_call_given_back_is_claimed_at_once_with_its_checkpoint(world, make):
    claimed = await world.claimed()
    await world.writer(claimed).commit(make.commit(1, make.warning(), settled=4242))
    await world.book().release(claimed.record.call_id, claimed.epoch)
    [taken] = await world.book("worker-2").claim(limit=1)
    assert taken.checkpoint == make.commit(1, settled=4242).checkpoint
    assert taken.record.sequence == 2
    assert taken.epoch > claimed.epoch


async def test_releasing_a_call_that_another_holds_changes_nothing(world, make):
    claimed = await world.claimed()
    await world.book("worker-2").release(claimed.record.call_id, claimed.epoch)
    await world.book().release(claimed.record.call_id, claimed.epoch + 1)
    assert await world.book().heartbeat([(claimed.record.call_id, claimed.epoch)]) == set()


async def test_a_dead_holders_call_is_taken_over_after_the_time_out(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    other = world.book("worker-2")
    for _ in range(4):
        assert await other.claim(limit=5) == []
        advance(world, 2)
    [taken] = await other.claim(limit=5)
    assert (taken.record.call_id, taken.epoch) == (call, claimed.epoch + 1)
    assert await world.book().heartbeat([(call, claimed.epoch)]) == {call}
    assert await other.heartbeat([(call, taken.epoch)]) == set()


async def test_a_holder_that_counts_up_keeps_its_call(world, make):
    claimed = await world.claimed()
    holder, other = world.book(), world.book("worker-2")
    for _ in range(20):
        assert await other.claim(limit=5) == []
        advance(world, 2)
        assert await holder.heartbeat([(claimed.record.call_id, claimed.epoch)]) == set()


async def test_a_counter_that_moves_between_watching_and_claiming_saves_the_lease(world, make):
    claimed = await world.claimed()
    call = claimed.record.call_id
    holder, other = world.book(), world.book("worker-2")
    for _ in range(5):
        await other.claim(limit=0)
        advance(world, 2)
    await holder.heartbeat([(call, claimed.epoch)])
    assert await other.claim(limit=5) == []


async def test_a_watcher_that_did_not_look_for_a_while_starts_anew(world, make):
    await world.claimed()
    other = world.book("worker-2")
    await other.claim(limit=5)
    advance(world, 30)
    assert await other.claim(limit=5) == []


async def test_one_heartbeat_for_many_calls_names_only_the_lost_ones(world, make):
    for number in range(4):
        await world.calls.offer(make.call(f"contact-{number}"))
    book = world.book()
    held = [(call.record.call_id, call.epoch) for call in await book.claim(limit=4)]
    lost = [(call, epoch + 7) for call, epoch in held[:2]]
    assert await book.heartbeat(lost + held[2:]) == {call for call, _ in lost}
    assert await book.heartbeat([]) == set()


async def test_an_unreachable_postgresql_is_said_so(world):
    await world.database.close()
    await world.value("SELECT 1")  # a closed pool opens anew
    book = world.book()
    book._database = type(world.database)("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(UnavailableError):
        await book.claim(limit=1)
    with pytest.raises(UnavailableError):
        await book.heartbeat([("call_1", 1)])


class TestLeaseWatch:
    """The rule itself, without a database."""

    def looks(self, *looks: tuple[int, int, int]) -> list[list[str]]:
        """Each look: asked at, answered at (milliseconds), the counter of the one call."""
        watch = LeaseWatch(timeout_ms=8000, gap_ms=4000)
        return [watch.look({"call": (1, counter)}, asked_ms=a, answered_ms=b) for a, b, counter in looks]

    def test_dead_when_still_for_the_time_out(self):
        assert self.looks((0, 0, 5), (4000, 4000, 5), (7999, 7999, 5), (8000, 8000, 5)) == [[], [], [], ["call"]]

    def test_a_moving_counter_starts_the_time_anew(self):
        assert self.looks((0, 0, 5), (4000, 4000, 6), (8000, 8000, 6), (11999, 11999, 6), (12000, 12000, 6)) == [
            [], [], [], [], ["call"]
        ]  # fmt: skip

    def test_a_long_pause_between_looks_proves_nothing(self):
        assert self.looks((0, 0, 5), (8001, 8001, 5), (12000, 12000, 5), (16000, 16000, 5), (16001, 16001, 5)) == [
            [], [], [], [], ["call"]
        ]  # fmt: skip

    def test_a_look_that_hung_proves_nothing(self):
        assert self.looks((0, 0, 5), (3000, 9000, 5), (9001, 9001, 5), (12000, 12000, 5)) == [[], [], [], []]

    def test_slow_answers_count_from_the_answer_to_the_question(self):
        assert self.looks((0, 3000, 5), (5000, 8000, 5), (10000, 13000, 5), (13999, 14000, 5)) == [[], [], [], ["call"]]

    def test_another_epoch_is_another_lease(self):
        watch = LeaseWatch(timeout_ms=8000, gap_ms=4000)
        for now_ms, epoch in ((0, 1), (4000, 2), (8000, 2)):
            assert watch.look({"call": (epoch, 5)}, asked_ms=now_ms, answered_ms=now_ms) == []

    def test_forgetting_starts_anew(self):
        watch = LeaseWatch(timeout_ms=8000, gap_ms=4000)
        for now_ms in (0, 4000):
            watch.look({"call": (1, 5)}, asked_ms=now_ms, answered_ms=now_ms)
        watch.forget()
        assert watch.look({"call": (1, 5)}, asked_ms=8000, answered_ms=8000) == []
