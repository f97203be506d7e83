"""Release in time, on a clock that stands still until it is moved."""

import asyncio

import pytest

from cueline.emulators.kinesis_video_faults import Fault
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import EmulatedStream
from cueline.emulators.kinesis_video_recording import Recording
from cueline.emulators.kinesis_video_stream import Cursor
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import ContactId
from cueline.ops.system_clock import SystemClock

EPOCH_MS = 1_700_000_000_000
FIVE_FRAGMENTS = Recording.from_pcm(customer=bytes(5000 * 16), agent=b"")
OPTIONS = PlayOptions(fragment_ms=1000)


def stream(clock: VirtualClock, *faults: Fault) -> EmulatedStream:
    return EmulatedStream("s", clock=clock, retention_hours=24, kms_key=None, media_type=None, faults=faults)


def available(of: EmulatedStream) -> list[int]:
    """Milliseconds since the epoch's begin of the fragments that are there."""
    cursor, begins = Cursor(), []
    while (fragment := of.store.next(cursor)) is not None:
        begins.append(fragment.producer_ms - EPOCH_MS)
    return begins


async def test_a_fragment_is_there_at_its_end() -> None:
    clock = VirtualClock(epoch_origin_ms=EPOCH_MS)
    played = stream(clock)
    playback = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=2.0, options=OPTIONS)
    seen = []
    for now_ms in (0, 499, 500, 999, 1000, 2500):
        clock.advance_to(now_ms)
        played.release_due()
        seen.append(len(available(played)))
    assert seen == [0, 0, 1, 1, 2, 5]
    await asyncio.wait_for(playback.released(), 1)
    assert playback.start_timestamp_ms == EPOCH_MS
    assert playback.stop_timestamp_ms == EPOCH_MS + playback.duration_ms == EPOCH_MS + 5000


async def test_at_full_speed_all_is_there_at_once() -> None:
    played = stream(VirtualClock(epoch_origin_ms=EPOCH_MS))
    playback = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=None, options=OPTIONS)
    assert available(played) == [0, 1000, 2000, 3000, 4000]
    await asyncio.wait_for(playback.released(), 1)


async def test_a_delay_holds_what_follows() -> None:
    clock = VirtualClock(epoch_origin_ms=EPOCH_MS)
    played = stream(clock, Fault(kind="delay", at_fragment=1, ms=1500))
    played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1.0, options=OPTIONS)
    seen = []
    for now_ms in (1000, 3499, 3500, 4000):
        clock.advance_to(now_ms)
        played.release_due()
        seen.append(available(played))
    assert seen == [[0], [0], [0, 1000, 2000], [0, 1000, 2000, 3000]]
    played.close()


async def test_the_next_recording_waits_for_its_turn_and_numbers_go_on() -> None:
    clock = VirtualClock(epoch_origin_ms=EPOCH_MS)
    played = stream(clock)
    first = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1.0, options=OPTIONS)
    pause = PlayOptions(fragment_ms=1000, pause_ms=250)
    second = played.play(FIVE_FRAGMENTS, contact_id=ContactId("b"), speed=1.0, options=pause)
    assert second.start_timestamp_ms == first.stop_timestamp_ms + 250
    assert int(second.start_fragment_number) > int(first.start_fragment_number)
    clock.advance_to(6249)
    played.release_due()
    assert len(available(played)) == 5
    clock.advance_to(6250)
    played.release_due()
    assert available(played)[-1] == 5250
    played.close()


async def test_time_never_goes_back_on_a_stream() -> None:
    played = stream(VirtualClock(epoch_origin_ms=EPOCH_MS))
    early = PlayOptions(fragment_ms=1000, first_producer_ms=EPOCH_MS)
    first = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=None, options=early)
    second = played.play(FIVE_FRAGMENTS, contact_id=ContactId("b"), speed=None, options=early)
    assert second.start_timestamp_ms == first.stop_timestamp_ms
    later = PlayOptions(first_producer_ms=EPOCH_MS + 60_000, first_number=10**60)
    third = played.play(FIVE_FRAGMENTS, contact_id=ContactId("c"), speed=None, options=later)
    assert (third.start_timestamp_ms, third.start_fragment_number) == (EPOCH_MS + 60_000, str(10**60))


async def test_a_first_fragment_on_its_way_is_known() -> None:
    played = stream(VirtualClock(epoch_origin_ms=EPOCH_MS))
    playback = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1.0, options=OPTIONS)
    assert played.knows(int(playback.start_fragment_number))
    assert not played.knows(7)
    played.close()


async def test_what_is_stopped_releases_no_more() -> None:
    clock = VirtualClock(epoch_origin_ms=EPOCH_MS)
    played = stream(clock)
    playback = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1.0, options=OPTIONS)
    clock.advance_to(2000)
    played.release_due()
    playback.stop()
    clock.advance_to(9000)
    played.release_due()
    assert available(played) == [0, 1000]
    await asyncio.wait_for(playback.released(), 1)


async def test_closing_a_stream_ends_its_playbacks() -> None:
    played = stream(VirtualClock())
    playback = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1.0, options=OPTIONS)
    played.close()
    await asyncio.wait_for(playback.released(), 1)
    with pytest.raises(InputError, match="deleted"):
        played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1.0, options=OPTIONS)


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan"), 1e9])
async def test_speeds_that_make_no_sense_are_refused(speed: float) -> None:
    with pytest.raises(InputError, match="speed"):
        stream(VirtualClock()).play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=speed, options=OPTIONS)


async def test_the_timer_releases_on_its_own() -> None:
    played = EmulatedStream("s", clock=SystemClock(), retention_hours=1, kms_key=None, media_type=None, faults=())
    playback = played.play(FIVE_FRAGMENTS, contact_id=ContactId("a"), speed=1000, options=OPTIONS)
    await asyncio.wait_for(playback.released(), 5)
    assert [fragment - available(played)[0] for fragment in available(played)] == [0, 1000, 2000, 3000, 4000]
