from cueline.conversation.stage import CHECKPOINT_EVERY_MS, ConversationStage
from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallWarned,
    Envelope,
    PartialRevised,
    RecogniserStarted,
    UtteranceCommitted,
    UtteranceTimed,
)
from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.events.records import CallRecord, ClaimedCall
from cueline.events.redacted import (
    ChannelMemory,
    RedactedPartial,
    RedactedText,
    RedactedUtterance,
    RedactedWord,
    RedactorSnapshot,
)
from cueline.kernel.ids import AgentId, Channel, ContactId
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace, Deliverable
from tests.fakes.conversation import CALL, TENANT, MemoryHistory, MemoryWriter, RecordingBus

RECORD = CallRecord(
    tenant=TENANT, call_id=CALL, contact_id=ContactId("c"), stream_arn="arn", start_fragment_number=None,
    start_timestamp_ms=0, customer_endpoint=None, system_endpoint=None, attributes={}, profile="default",
    phase="offered", sequence=1, created_at_ms=0, agent_id=None, disconnected_at_ms=None, ended_at_ms=None,
    ended_ms=None, end_reason=None, recogniser=None, recogniser_source=None, utterances=0, warnings=0, masks=0,
)  # fmt: skip
STARTED = RecogniserStarted(recogniser="script", label="l", source="script", epoch=3)
OPEN_RUN = RedactorSnapshot(customer=ChannelMemory(open_run=True, run_tokens=4, run_ended_ms=900))


class Bench:
    def __init__(self, *, checkpoint: Checkpoint | None = None, history: MemoryHistory | None = None) -> None:
        self.bus = RecordingBus()
        self.writer = MemoryWriter(self.bus)
        self.trace = CallTrace()
        self.deliverable = Deliverable()
        self.stage = ConversationStage(
            claimed=ClaimedCall(record=RECORD, epoch=3, checkpoint=checkpoint),
            writer=self.writer,
            history=history or MemoryHistory(),
            bus=self.bus,
            trace=self.trace,
            deliverable=self.deliverable,
            metrics=Metrics(),
            clock=SystemClock(),
        )

    @property
    def last(self) -> Checkpoint:
        return self.writer.commits[-1].checkpoint


def content(text: str, start_ms: int = 0) -> RedactedText:
    words = tuple(
        RedactedWord(word, start_ms + 100 * i, start_ms + 100 * i + 90) for i, word in enumerate(text.split())
    )
    return RedactedText(text=text, words=words, masks=())


def utterance(channel: Channel, ordinal: int, started_ms: int, settled: int) -> RedactedUtterance:
    return RedactedUtterance(
        channel=channel,
        ordinal=ordinal,
        started_ms=started_ms,
        ended_ms=started_ms + 400,
        settled=settled,
        content=content("hello there", started_ms),
        loudness_db=-24.5,
    )


async def test_an_utterance_is_committed_with_the_checkpoint_that_makes_it_the_past() -> None:
    bench = Bench()
    await bench.stage.begin(STARTED)
    await bench.stage.note_origin(1_700_000_000_000)
    await bench.stage.note_fragments(
        [FragmentMark("10", 1_700_000_000_000, 0), FragmentMark("11", 1_700_000_001_000, 8_000)]
    )
    await bench.stage.commit(utterance("customer", 0, 500, settled=9_000), OPEN_RUN)
    assert bench.last.customer == ChannelProgress(settled=9_000, next_ordinal=1)
    assert bench.last.agent == ChannelProgress()
    assert bench.last.redactor == OPEN_RUN
    assert bench.last.origin_producer_ms == 1_700_000_000_000
    assert bench.last.resume is not None
    assert bench.last.resume.number == "10", "the agent's channel is not settled yet"
    assert [commit.number for commit in bench.writer.commits] == [1, 2, 3]


async def test_the_resume_point_follows_the_slower_channel() -> None:
    bench = Bench()
    await bench.stage.note_fragments([FragmentMark(str(n), n * 1_000, n * 8_000) for n in range(5)])
    await bench.stage.progress("agent", 30_000, 30_000)
    await bench.stage.commit(utterance("customer", 0, 500, settled=17_000), RedactorSnapshot())
    assert bench.last.resume is not None
    assert bench.last.resume.number == "2"


async def test_silence_writes_a_checkpoint_now_and_then() -> None:
    bench = Bench()
    step = 8 * 500
    for position in range(step, 8 * CHECKPOINT_EVERY_MS * 3 + 1, step):
        await bench.stage.progress("agent", position, position)
        await bench.stage.progress("customer", position, position)
    assert [commit.checkpoint.customer.settled for commit in bench.writer.commits] == [40_000, 80_000, 120_000]
    assert all(commit.events == () for commit in bench.writer.commits)


async def test_a_settled_position_never_goes_back() -> None:
    bench = Bench(checkpoint=Checkpoint(customer=ChannelProgress(settled=50_000, next_ordinal=2)))
    await bench.stage.progress("customer", 60_000, 10_000)
    await bench.stage.commit(utterance("customer", 2, 6_000, settled=49_000), RedactorSnapshot())
    assert bench.last.customer == ChannelProgress(settled=50_000, next_ordinal=3)


async def test_partials_carry_the_last_sequence_the_epoch_and_the_id_they_will_settle_under() -> None:
    bench = Bench()
    await bench.stage.begin(STARTED)
    await bench.stage.revise(
        RedactedPartial(channel="customer", ordinal=0, revision=7, started_ms=500, content=content("hello"))
    )
    await bench.stage.commit(utterance("customer", 0, 500, settled=9_000), RedactorSnapshot())
    partial, committed = bench.bus.published[1], bench.bus.published[2]
    assert isinstance(partial.payload, PartialRevised)
    assert isinstance(committed.payload, UtteranceCommitted)
    assert committed.payload.loudness_db == -24.5
    assert (partial.sequence, partial.payload.epoch, partial.payload.revision) == (2, 3, 7)
    assert partial.payload.utterance_id == committed.payload.utterance_id == "call_1.c0"


async def test_who_spoke_comes_from_contact_events_before_the_session() -> None:
    connected = Envelope(TENANT, CALL, 2, 2_000, AgentConnected(agent_id=AgentId("ann")))
    bench = Bench(history=MemoryHistory([connected]))
    await bench.stage.begin(STARTED)
    await bench.stage.commit(utterance("agent", 0, 500, settled=8_000), RedactorSnapshot())
    await bench.stage.commit(utterance("agent", 1, 2_500, settled=30_000), RedactorSnapshot())
    speakers = [each.payload.speaker for each in bench.bus.published if isinstance(each.payload, UtteranceCommitted)]
    assert speakers == ["system", "agent"]


async def test_warnings_are_committed_and_remembered_over_a_takeover() -> None:
    bench = Bench(checkpoint=Checkpoint(warned=("no_retention",)))
    await bench.stage.warn("audio_gap", "a gap", at=16_000)
    warned = bench.bus.published[-1]
    assert (warned.at_ms, warned.payload) == (2_000, CallWarned(code="audio_gap", message="a gap"))
    assert bench.last.warned == ("no_retention", "audio_gap")


async def test_the_end_is_the_last_commit_and_measured_times_are_kept_before_it() -> None:
    bench = Bench()
    bench.trace.arrive(40_000, SystemClock().monotonic_ms() - 50)
    await bench.stage.commit(utterance("customer", 0, 500, settled=9_000), RedactorSnapshot())
    await bench.stage.end("disconnected", at=24_000)
    assert bench.bus.published[-1].payload == CallEnded(reason="disconnected")
    assert bench.bus.published[-1].at_ms == 3_000
    (times,) = bench.writer.times
    assert set(times.stages) == {"redacted", "committed", "published"}
    assert all(value_ms >= 0 for value_ms in times.stages.values())
    assert UtteranceTimed.__name__ in bench.bus.kinds()


async def test_delivery_is_awaited_before_the_utterance_can_be_published() -> None:
    bench = Bench()
    arrived_ms = SystemClock().monotonic_ms() - 10
    bench.trace.arrive(40_000, arrived_ms)
    await bench.stage.commit(utterance("customer", 0, 500, settled=9_000), RedactorSnapshot())
    committed = bench.bus.published[0].payload
    assert isinstance(committed, UtteranceCommitted)
    assert bench.deliverable.delivered(committed.utterance_id, arrived_ms + 30) == 30
    assert bench.deliverable.delivered(committed.utterance_id, arrived_ms + 60) is None


async def test_a_takeover_reads_from_the_older_of_what_is_settled_and_what_is_recorded() -> None:
    bench = Bench()
    await bench.stage.note_fragments([FragmentMark(str(n), n * 1_000, n * 8_000) for n in range(6)])
    bench.stage.note_recorded(17_000)
    for channel in ("customer", "agent"):
        await bench.stage.progress(channel, 40_000, 40_000)  # type: ignore[arg-type]
    assert bench.last.recorded == 17_000
    assert bench.last.resume is not None
    assert bench.last.resume.number == "2"
    bench.stage.note_recorded(None)
    await bench.stage.commit(utterance("customer", 0, 5_000, 45_000), RedactorSnapshot())
    assert bench.last.recorded is None
    assert bench.last.resume is not None
    assert bench.last.resume.number == "5"


async def test_what_was_recorded_before_a_takeover_stays_until_it_is_known_better() -> None:
    bench = Bench(checkpoint=Checkpoint(origin_producer_ms=0, recorded=12))
    await bench.stage.begin(STARTED)
    assert bench.last.recorded == 12
