"""Audio parts: speech hears nothing twice after a takeover, the recording gets all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.archive.tee import LEAD_SAMPLES, AudioTee, speech_from
from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.unredacted.audio import StereoBlock

SOUND = b"\x01\x01"


class Sink:
    """Speech and recording in one, as both only take blocks."""

    def __init__(self, log: list[str], name: str) -> None:
        self.log, self.name = log, name
        self.blocks: list[StereoBlock] = []

    def take(self, block: StereoBlock) -> None:
        self.log.append(self.name)
        self.blocks.append(block)


class Speech(Sink):
    async def accept(self, block: StereoBlock) -> None:
        self.take(block)

    async def finish(self) -> None:
        self.log.append("speech over")


class Recording(Sink):
    def accept(self, block: StereoBlock) -> None:
        self.take(block)

    async def finish(self) -> None:
        self.log.append("recording over")


def checkpoint(resume: int, customer: int, agent: int) -> Checkpoint:
    return Checkpoint(
        resume=FragmentMark("1", 0, resume),
        customer=ChannelProgress(settled=customer),
        agent=ChannelProgress(settled=agent),
    )


def block(start: int, end: int, *, missing: bool = False) -> StereoBlock:
    pcm = SOUND * (end - start)
    return StereoBlock(position=start, customer=pcm, agent=pcm, received_ms=5, missing=missing)


async def test_speech_comes_first_and_is_over_first() -> None:
    log: list[str] = []
    tee = AudioTee(Speech(log, "speech"), Recording(log, "recording"), Checkpoint())
    await tee.accept(block(0, 10))
    await tee.finish()
    assert log == ["speech", "recording", "speech over", "recording over"]


async def test_without_a_recording_speech_alone_is_given_the_same_block() -> None:
    speech = Speech([], "speech")
    tee = AudioTee(speech, None, Checkpoint())
    given_block = block(0, 10, missing=True)
    await tee.accept(given_block)
    await tee.finish()
    assert speech.blocks == [given_block]


@pytest.mark.parametrize(
    ("resume", "customer", "agent", "expected"),
    [(0, 0, 0, 0), (500, 40_000, 90_000, 40_000 - LEAD_SAMPLES), (39_000, 40_000, 90_000, 39_000), (0, 100, 0, 0)],
)
def test_where_speech_begins(resume: int, customer: int, agent: int, expected: int) -> None:
    assert speech_from(checkpoint(resume, customer, agent)) == expected


@given(
    st.integers(0, 30_000),
    st.integers(0, 30_000),
    st.integers(0, 30_000),
    st.lists(st.integers(1, 9_000), min_size=1, max_size=12),
)
async def test_speech_hears_what_its_channels_had_not_settled_and_the_recording_all(
    resume: int, customer: int, agent: int, lengths: list[int]
) -> None:
    speech, recording = Speech([], "speech"), Recording([], "recording")
    before = checkpoint(resume, customer, agent)
    tee = AudioTee(speech, recording, before)
    at = resume
    for length in lengths:
        await tee.accept(block(at, at + length))
        at += length
    assert [each.position for each in recording.blocks] == [resume + sum(lengths[:n]) for n in range(len(lengths))]
    assert all(each.customer == each.agent == SOUND * each.samples for each in recording.blocks)
    begin = max(speech_from(before), resume)
    heard = {"customer": b"", "agent": b""}
    position = begin
    for each in speech.blocks:
        assert each.position == position
        position = each.end
        heard["customer"] += each.customer
        heard["agent"] += each.agent
    assert position == max(at, begin) or not speech.blocks
    for channel, settled in (("customer", customer), ("agent", agent)):
        silent = min(max(0, settled - begin), max(0, at - begin))
        assert heard[channel] == bytes(2 * silent) + SOUND * max(0, at - begin - silent)
