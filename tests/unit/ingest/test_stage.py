"""The stage between a source, a sink and a reporter, on a loop that never waits."""

import asyncio
from collections.abc import Sequence

import pytest

from cueline.events.checkpoint import ChannelProgress, Checkpoint
from cueline.ingest.counters import IngestCounters
from cueline.ingest.ports import MediaSourceError
from cueline.ingest.settings import IngestSettings
from cueline.ingest.stage import IngestStage
from cueline.kernel.clock import VirtualClock
from cueline.media.events import FragmentCompleted, StreamErrorTag
from tests.fakes.media_source import (
    CALL,
    OTHER,
    START_MS,
    FakeMediaSource,
    RecordingReporter,
    RecordingSink,
    Session,
    fragment,
    on_the_wire,
    pcm,
    run_without_waiting,
)

SECOND = 8000
SIX = [fragment(number) for number in range(6)]
PIECE_BYTES = len(on_the_wire(SIX[0]))


class Listening:
    """One run of the stage to its end, and what came of it."""

    def __init__(
        self,
        fragments: Sequence[FragmentCompleted] = SIX,
        sessions: Sequence[Session] = (Session(),),
        *,
        source: FakeMediaSource | None = None,
        reporter: RecordingReporter | None = None,
        sink: RecordingSink | None = None,
        checkpoint: Checkpoint | None = None,
        settings: IngestSettings | None = None,
    ) -> None:
        self.source = source or FakeMediaSource(fragments, sessions)
        self.reporter = reporter or RecordingReporter()
        self.sink = sink or RecordingSink()
        self.counters = IngestCounters()
        self.stage = IngestStage(
            media=CALL,
            source=self.source,
            sink=self.sink,
            reporter=self.reporter,
            clock=VirtualClock(),
            checkpoint=checkpoint,
            settings=settings,
            counters=self.counters,
        )
        self.took_s = run_without_waiting(self._run())

    async def _run(self) -> float:
        await self.stage.run()
        return asyncio.get_running_loop().time()


def customers(*numbers: int) -> bytes:
    return b"".join(pcm(SECOND, number) for number in numbers)


def test_a_call_from_origin_to_end() -> None:
    heard = Listening([*SIX, fragment(9, contact=OTHER)])
    assert heard.sink.customer == customers(*range(6))
    assert heard.sink.agent == b"".join(pcm(SECOND, number + 100) for number in range(6))
    assert heard.reporter.origin_ms == START_MS
    assert [mark.position for mark in heard.reporter.marks] == [number * SECOND for number in range(6)]
    assert heard.reporter.ended == ("next_contact", 6 * SECOND)
    assert heard.sink.finished
    assert heard.reporter.warnings == []
    assert heard.source.open_now == 0
    assert heard.source.opened_at_ms == [START_MS - 5000]
    counters = heard.counters
    assert (counters.fragments_received, counters.fragments_released, counters.connections) == (7, 6, 1)
    assert counters.fragments_dropped == {"other_contact": 1}
    assert counters.samples_released == 6 * SECOND


@pytest.mark.parametrize("cut_after", [1, PIECE_BYTES // 2, PIECE_BYTES, PIECE_BYTES + 700, 3 * PIECE_BYTES - 1])
@pytest.mark.parametrize("then", ["eof", "broken"])
def test_a_connection_that_ends_is_opened_anew_and_nothing_is_lost_or_doubled(cut_after: int, then: str) -> None:
    cut = Session(cut_after=cut_after, then=then)  # type: ignore[arg-type]
    heard = Listening([*SIX, fragment(9, contact=OTHER)], [cut, cut, Session()])
    assert heard.sink.customer == customers(*range(6))
    assert heard.reporter.ended == ("next_contact", 6 * SECOND)
    assert heard.reporter.warnings == []
    assert len(heard.source.opened_at_ms) == 3


def test_every_connection_cut_after_two_fragments_still_moves_on() -> None:
    fragments = [fragment(number) for number in range(20)]
    heard = Listening([*fragments, fragment(30, contact=OTHER)], [Session(cut_after=3 * PIECE_BYTES, then="broken")])
    assert heard.sink.customer == customers(*range(20))
    assert heard.reporter.ended == ("next_contact", 20 * SECOND)


def test_refusals_are_tried_again_with_growing_waits() -> None:
    limit = MediaSourceError("busy", reason="ClientLimitExceeded", retryable=True)
    heard = Listening([*SIX, fragment(9, contact=OTHER)], [*[Session(refuse=limit)] * 4, Session()])
    assert heard.sink.customer == customers(*range(6))
    assert heard.counters.connection_failures == 4
    assert 2.8 < heard.took_s <= 3.75


def test_a_source_that_keeps_refusing_fails_the_call_within_the_time_out() -> None:
    limit = MediaSourceError("busy", reason="ClientLimitExceeded", retryable=True)
    heard = Listening(sessions=[Session(refuse=limit)])
    assert heard.reporter.ended == ("failed", 0)
    assert 60 <= heard.took_s <= 61


@pytest.mark.parametrize(("reason", "ends"), [("ResourceNotFound", "stream_missing"), ("NotAuthorized", "failed")])
def test_a_final_refusal_ends_the_call_at_once_and_says_why(reason: str, ends: str) -> None:
    no = MediaSourceError("no", reason=reason, retryable=False)
    heard = Listening(sessions=[Session(refuse=no)])
    assert heard.reporter.ended == (ends, 0)
    assert heard.reporter.codes == ["stream_error"]
    assert reason in heard.reporter.messages[0]
    assert heard.took_s < 1


def test_a_connection_that_hangs_while_opening_is_given_up() -> None:
    heard = Listening([*SIX, fragment(9, contact=OTHER)], [Session(hang=True), Session()])
    assert heard.sink.customer == customers(*range(6))
    assert heard.counters.connection_failures == 1


def test_a_silent_stream_ends_the_call_and_its_dead_connections_are_replaced() -> None:
    heard = Listening()
    assert heard.reporter.ended == ("no_audio", 6 * SECOND)
    assert 60 <= heard.took_s <= 61
    assert len(heard.source.opened_at_ms) == 3


def test_an_end_of_file_without_end_of_call_is_no_busy_loop() -> None:
    heard = Listening(sessions=[Session(then="eof")])
    assert heard.reporter.ended == ("no_audio", 6 * SECOND)
    assert 60 <= heard.took_s <= 61
    assert len(heard.source.opened_at_ms) < 25


def test_too_many_connections_without_anything_new_end_the_call() -> None:
    settings = IngestSettings(max_idle_sessions=3)
    heard = Listening(sessions=[Session(then="eof")], settings=settings)
    assert heard.reporter.ended == ("no_audio", 6 * SECOND)
    assert heard.took_s < 5


def test_disconnected_ends_as_soon_as_the_audio_is_there() -> None:
    heard = Listening(reporter=RecordingReporter(START_MS + 5500, stop_after_polls=20))
    assert heard.reporter.ended == ("disconnected", 6 * SECOND)
    assert 4 < heard.took_s < 6


def test_disconnected_does_not_wait_for_audio_that_never_comes() -> None:
    heard = Listening(reporter=RecordingReporter(START_MS + 9000))
    assert heard.reporter.ended == ("disconnected", 6 * SECOND)
    assert 3 <= heard.took_s < 4


def test_disconnected_while_waiting_to_reconnect() -> None:
    heard = Listening(sessions=[Session(then="eof")], reporter=RecordingReporter(START_MS + 9000, stop_after_polls=8))
    assert heard.reporter.ended == ("disconnected", 6 * SECOND)
    assert heard.took_s < 8


def test_a_slow_sink_is_waited_for_and_is_no_silence_of_the_stream() -> None:
    heard = Listening([*SIX, fragment(9, contact=OTHER)], sink=RecordingSink(slow_s=30))
    assert heard.sink.customer == customers(*range(6))
    assert heard.reporter.ended == ("next_contact", 6 * SECOND)
    assert heard.took_s >= 6 * 4 * 30


def test_a_fragment_that_cannot_be_read_twice_is_passed_over() -> None:
    good = b"".join(on_the_wire(item) for item in SIX[:3])
    bad = Session(bytes_instead=good + b"\x00\x00\x00 not Matroska")
    source = FakeMediaSource([*SIX, fragment(9, contact=OTHER)], [bad, bad, Session()])
    heard = Listening(source=source)
    assert source.opened_at_ms[1:] == [START_MS + 2000, START_MS + 3000 + 1500]
    assert heard.sink.customer == customers(0, 1, 2) + bytes(2 * SECOND) + customers(4, 5)
    assert heard.reporter.codes == ["stream_error", "audio_gap"]
    assert heard.reporter.ended == ("next_contact", 6 * SECOND)
    assert heard.counters.unreadable == 2


def test_bytes_that_are_never_readable_end_the_call() -> None:
    heard = Listening(sessions=[Session(bytes_instead=b"<html>not a stream</html>" * 9)])
    assert heard.reporter.ended == ("no_audio", 0)
    assert heard.reporter.codes == ["stream_error"]


def test_an_error_that_kinesis_repeats_at_one_place_is_passed_over() -> None:
    lost = StreamErrorTag("FRAGMENT_NOT_FOUND", "3000")
    error = fragment("", at_ms=None, contact=None, customer=None, agent=None, error=lost)
    wire = b"".join(on_the_wire(item) for item in [*SIX[:3], error])
    failing = Session(bytes_instead=wire, then="eof")
    source = FakeMediaSource([*SIX, fragment(9, contact=OTHER)], [failing, failing, Session()])
    heard = Listening(source=source)
    assert heard.sink.customer == customers(0, 1, 2) + bytes(2 * SECOND) + customers(4, 5)
    assert heard.reporter.codes == ["stream_error", "audio_gap"]


def test_an_archive_ends_with_its_file() -> None:
    heard = Listening(source=FakeMediaSource(SIX, [Session(then="eof")], archive=True))
    assert heard.sink.customer == customers(*range(6))
    assert heard.reporter.ended == ("no_audio", 6 * SECOND)
    assert heard.took_s < 1


def test_a_damaged_archive_is_read_up_to_the_damage() -> None:
    damaged = Session(bytes_instead=on_the_wire(SIX[0]) + b"\x00\x00\x00", then="eof")
    heard = Listening(source=FakeMediaSource(SIX, [damaged], archive=True))
    assert heard.sink.customer == customers(0)
    assert heard.reporter.codes == ["stream_error"]
    assert heard.reporter.ended == ("no_audio", SECOND)


def test_retention_zero_is_told_before_any_audio() -> None:
    heard = Listening(source=FakeMediaSource([*SIX, fragment(9, contact=OTHER)], retention_hours=0))
    assert heard.reporter.warnings == [("no_retention", 0)]


def test_a_stream_that_cannot_be_described_can_still_be_read() -> None:
    heard = Listening(source=FakeMediaSource([*SIX, fragment(9, contact=OTHER)], describe_fails=True))
    assert heard.sink.customer == customers(*range(6))
    assert heard.reporter.warnings == []


def test_taken_over_it_goes_on_from_the_checkpoint() -> None:
    first = Listening([*SIX, fragment(9, contact=OTHER)])
    checkpoint = Checkpoint(
        origin_producer_ms=first.reporter.origin_ms,
        resume=first.reporter.marks[2],
        customer=ChannelProgress(settled=2 * SECOND + 500),
        agent=ChannelProgress(settled=4 * SECOND),
    )
    second = Listening([*SIX, fragment(9, contact=OTHER)], checkpoint=checkpoint)
    assert second.sink.blocks[0].position == 2 * SECOND
    assert second.sink.customer == bytes(1000) + first.sink.customer[(2 * SECOND + 500) * 2 :]
    assert second.sink.agent == bytes(4 * SECOND) + first.sink.agent[8 * SECOND :]
    assert second.reporter.ended == first.reporter.ended
    assert second.reporter.origin_ms is None


def test_cancelled_it_closes_the_connection_and_says_nothing() -> None:
    source, reporter, sink = FakeMediaSource(SIX), RecordingReporter(), RecordingSink()

    async def cancelled() -> None:
        stage = IngestStage(media=CALL, source=source, sink=sink, reporter=reporter, clock=VirtualClock())
        task = asyncio.ensure_future(stage.run())
        await asyncio.sleep(10)
        assert source.open_now == 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_without_waiting(cancelled())
    assert source.open_now == 0
    assert sink.customer == customers(*range(6))
    assert not sink.finished
    assert reporter.ended is None
