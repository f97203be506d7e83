"""Whatever happens on the way, the audio handed on is the source, sample by sample."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.events.checkpoint import ChannelProgress, Checkpoint
from cueline.ingest.effects import AudioReleased, SilenceInserted
from cueline.ingest.ports import CallMedia
from cueline.ingest.resume import Intake
from cueline.ingest.settings import IngestSettings
from cueline.ingest.stage import IngestStage
from cueline.kernel.clock import VirtualClock
from cueline.media.events import FragmentCompleted
from tests.fakes.media_source import (
    CALL,
    OTHER,
    OURS,
    START_MS,
    FakeMediaSource,
    RecordingReporter,
    RecordingSink,
    Session,
    fragment,
    run_without_waiting,
)

FOREIGN = b"\xee\xee"
BYTES_PER_MS = 16


def sound(length_bytes: int, step: int) -> bytes:
    """Bytes that repeat late and hold neither 0 nor the other contact's."""
    return bytes(1 + (index * step + index // 97) % 199 for index in range(length_bytes))


@st.composite
def cut_anywhere(draw: st.DrawFn) -> tuple[bytes, bytes, list[tuple[bytes, bytes]]]:
    """A source, and its cutting into contiguous fragments at any byte; the tracks' cuts lie at most a byte apart."""
    cuts = sorted(draw(st.sets(st.integers(1, 999), max_size=12)))
    length = 1000
    customer, agent = sound(length, 7), sound(length, 11)
    pieces, last_customer, last_agent = [], 0, 0
    for cut in cuts:
        apart = draw(st.sampled_from([-1, 0, 1])) if cut % 2 else 0
        at_customer = max(cut, last_customer)
        at_agent = min(max(cut + apart, last_agent, 0), length)
        pieces.append((customer[last_customer:at_customer], agent[last_agent:at_agent]))
        last_customer, last_agent = at_customer, at_agent
    pieces.append((customer[last_customer:], agent[last_agent:]))
    return customer, agent, pieces


def channels(effects: Sequence[object]) -> tuple[bytes, bytes]:
    blocks = [
        block for effect in effects if isinstance(effect, AudioReleased | SilenceInserted) for block in effect.blocks()
    ]
    assert all(before.end == after.position for before, after in pairwise(blocks))
    return b"".join(block.customer for block in blocks), b"".join(block.agent for block in blocks)


@settings(max_examples=150, deadline=None)
@given(cut_anywhere())
def test_fragments_cut_at_any_byte_give_the_source(cut: tuple[bytes, bytes, list[tuple[bytes, bytes]]]) -> None:
    customer, agent, pieces = cut
    intake = Intake(CALL, checkpoint=None, settings=IngestSettings(), archive=False, now_ms=0)
    effects: list[object] = []
    for number, (from_customer, to_customer) in enumerate(pieces):
        item = fragment(number, at_ms=START_MS, customer=from_customer, agent=to_customer)
        effects += intake.take(item, received_ms=0, now_ms=0)
    effects += intake.finish("no_audio")
    assert channels(effects) == (customer, agent)


class Plan:
    """A call of fragments of 200 to 400 ms, with what befalls each; and the audio that has to come of it."""

    def __init__(
        self,
        *,
        lengths_ms: list[int],
        fates: list[str],
        before: int,
        after: int,
        sessions: list[Session],
        start_known: bool,
    ) -> None:
        self.sessions = sessions
        self.fragments: list[FragmentCompleted] = []
        self.customer = self.agent = b""
        self.first_ms: int | None = None
        self._number = 90
        for index in range(before):
            self._foreign(START_MS - (before - index) * 300)
        self.first_number = str(self._number) if start_known else None
        at_ms = START_MS
        for index, (length_ms, fate) in enumerate(zip(lengths_ms, fates, strict=True)):
            edge = index in (0, len(fates) - 1)
            self._ours(at_ms, length_ms, "kept" if edge else fate, seed=index + 1)
            at_ms += length_ms
        self.end_ms = at_ms
        for index in range(after):
            self._foreign(at_ms + index * 300)

    def _foreign(self, at_ms: int) -> None:
        audio = FOREIGN * (300 * BYTES_PER_MS // 2)
        self.fragments.append(fragment(self._number, at_ms=at_ms, customer=audio, agent=audio, contact=OTHER))
        self._number += 1

    def _ours(self, at_ms: int, length_ms: int, fate: str, seed: int) -> None:
        customer, agent = sound(length_ms * BYTES_PER_MS, 2 * seed + 1), sound(length_ms * BYTES_PER_MS, 2 * seed + 3)
        contact = None if fate == "tagless" else OURS
        item = fragment(self._number, at_ms=at_ms, customer=customer, agent=agent, contact=contact)
        self._number += 1
        if fate == "missing":
            customer, agent = bytes(len(customer)), bytes(len(agent))
        else:
            self.fragments += [item] * (2 if fate == "repeated" else 1)
        self.customer += customer
        self.agent += agent

    def listen(self, checkpoint: Checkpoint | None = None) -> tuple[RecordingSink, RecordingReporter]:
        sink, reporter = RecordingSink(), RecordingReporter(self.end_ms, stop_after_polls=200)
        media = CallMedia(
            contact_id=OURS, stream_arn="arn", start_fragment_number=self.first_number, start_timestamp_ms=START_MS
        )
        stage = IngestStage(
            media=media,
            source=FakeMediaSource(self.fragments, self.sessions),
            sink=sink,
            reporter=reporter,
            clock=VirtualClock(),
            checkpoint=checkpoint,
        )
        run_without_waiting(stage.run())
        return sink, reporter


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(1, 7))
    lengths_ms = draw(st.lists(st.integers(200, 400), min_size=count, max_size=count))
    fate = st.sampled_from(["kept", "kept", "repeated", "missing", "tagless"])
    fates = draw(st.lists(fate, min_size=count, max_size=count))
    chunk_bytes = draw(st.sampled_from([173, 4096, 1 << 20]))
    cuts = draw(st.lists(st.tuples(st.integers(0, 60_000), st.sampled_from(["eof", "broken"])), max_size=4))
    sessions = [Session(cut_after=cut, then=then, chunk_bytes=chunk_bytes) for cut, then in cuts]  # type: ignore[arg-type]
    return Plan(
        lengths_ms=lengths_ms,
        fates=fates,
        before=draw(st.integers(0, 2)),
        after=draw(st.integers(0, 2)),
        sessions=[*sessions, Session(chunk_bytes=chunk_bytes)],
        start_known=draw(st.booleans()),
    )


@settings(max_examples=80, deadline=None)
@given(plans())
def test_the_audio_handed_on_is_the_source_and_nobody_elses(plan: Plan) -> None:
    sink, reporter = plan.listen()
    assert sink.customer == plan.customer
    assert sink.agent == plan.agent
    assert FOREIGN[0] not in sink.customer + sink.agent
    assert reporter.ended is not None
    assert reporter.ended[0] in ("next_contact", "disconnected")
    assert reporter.ended[1] * 2 == len(plan.customer)


@settings(max_examples=60, deadline=None)
@given(plans(), st.data())
def test_resumed_anywhere_it_is_the_tail_with_silence_before_what_was_settled(plan: Plan, data: st.DataObject) -> None:
    _, first = plan.listen()
    mark = data.draw(st.sampled_from(first.marks))
    total = len(plan.customer) // 2
    settled = [data.draw(st.integers(mark.position, total)) for _ in range(2)]
    checkpoint = Checkpoint(
        origin_producer_ms=first.origin_ms,
        resume=mark,
        customer=ChannelProgress(settled=settled[0]),
        agent=ChannelProgress(settled=settled[1]),
    )
    sink, reporter = plan.listen(checkpoint)
    begin = mark.position
    assert sink.blocks[0].position == begin
    assert sink.customer == bytes(2 * (settled[0] - begin)) + plan.customer[2 * settled[0] :]
    assert sink.agent == bytes(2 * (settled[1] - begin)) + plan.agent[2 * settled[1] :]
    assert reporter.ended == first.ended


@settings(max_examples=100, deadline=None)
@given(cut_anywhere(), st.data())
def test_resumed_between_odd_bytes_it_is_the_same_audio(
    cut: tuple[bytes, bytes, list[tuple[bytes, bytes]]], data: st.DataObject
) -> None:
    customer, agent, pieces = cut
    fragments = [
        fragment(number, at_ms=START_MS + number, customer=from_customer, agent=to_customer)
        for number, (from_customer, to_customer) in enumerate(pieces)
    ]
    first = Intake(CALL, checkpoint=None, settings=IngestSettings(), archive=False, now_ms=0)
    marks = [
        mark
        for item in fragments
        for effect in first.take(item, received_ms=0, now_ms=0)
        if (mark := getattr(effect, "mark", None)) is not None
    ]
    mark = data.draw(st.sampled_from(marks))
    checkpoint = Checkpoint(origin_producer_ms=START_MS, resume=mark)
    second = Intake(CALL, checkpoint=checkpoint, settings=IngestSettings(), archive=False, now_ms=0)
    effects = [effect for item in fragments for effect in second.take(item, received_ms=0, now_ms=0)]
    effects += second.finish("no_audio")
    assert channels(effects) == (customer[2 * mark.position :], agent[2 * mark.position :])
