"""Odd bytes, short tracks, and the cutting into blocks."""

from collections.abc import Sequence

import pytest

from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.ingest.effects import BLOCK_SAMPLES, Arrival, AudioReleased, FragmentReleased, SilenceInserted
from cueline.ingest.settings import IngestSettings
from cueline.ingest.splice import Splice
from tests.fakes.media_source import START_MS, fragment, pcm

Tracks = tuple[bytes | None, bytes | None]


def spliced(tracks: Sequence[Tracks]) -> tuple[bytes, bytes, list[bool]]:
    """What comes of contiguous fragments: both channels, and after which of them reading may be taken up again."""
    splice = Splice(start_ms=START_MS, checkpoint=None, settings=IngestSettings())
    customer = agent = b""
    marks = []
    for number, (from_customer, to_customer) in enumerate(tracks):
        item = fragment(number, at_ms=None, customer=from_customer, agent=to_customer)
        for effect in splice.append(Arrival(item, 0)):
            if isinstance(effect, AudioReleased):
                customer += effect.customer
                agent += effect.agent
            elif isinstance(effect, FragmentReleased):
                marks.append(effect.mark is not None)
    return customer, agent, marks


@pytest.mark.parametrize(
    ("tracks", "customer", "agent", "marks"),
    [
        pytest.param([(b"abcd", b"ABCD")], b"abcd", b"ABCD", [True], id="even"),
        pytest.param([(b"abc", b"ABC"), (b"d", b"D")], b"abcd", b"ABCD", [True, False], id="both odd"),
        pytest.param([(b"abc", b"ABCD"), (b"def", b"EF")], b"abcdef", b"ABCDEF", [True, False], id="one odd"),
        pytest.param([(b"abcde", b"ABC"), (b"f", b"DEF")], b"abcdef", b"ABCDEF", [True, False], id="apart by a sample"),
        pytest.param([(b"a", b""), (b"b", b"AB")], b"ab", b"AB", [True, False], id="less than a sample"),
        pytest.param([(b"abcdef", b"AB")], b"abcdef", b"AB\0\0\0\0", [True], id="agent short"),
        pytest.param([(b"ab", b"ABCD")], b"ab\0\0", b"ABCD", [True], id="customer short by one sample"),
        pytest.param([(b"abcd", None)], b"abcd", bytes(4), [True], id="agent missing"),
        pytest.param([(None, b"ABCD")], bytes(4), b"ABCD", [True], id="customer missing"),
        pytest.param([(b"abcde", b""), (b"f", b"")], b"abcdef", bytes(6), [True, False], id="agent empty"),
        pytest.param(
            [(b"abcdef", b"ABC"), (b"gh", b"D"), (b"ij", b"IJ")],
            b"abcdefghij",
            b"AB\0\0\0\0CDIJ",
            [True, False, True],
            id="short and odd: the half sample waits behind the silence",
        ),
        pytest.param(
            [(b"abcd", b"ABC"), (b"efghij", None)], b"abcdefghij", b"AB" + b"C\0" + bytes(6), None, id="odd, then gone"
        ),
        pytest.param([(b"", b"")], b"", b"", [False], id="nothing"),
    ],
)
def test_tracks_are_levelled(tracks: Sequence[Tracks], customer: bytes, agent: bytes, marks: list[bool] | None) -> None:
    got_customer, got_agent, got_marks = spliced(tracks)
    assert got_customer == customer
    if marks is None:
        assert len(got_agent) == len(customer)
        return
    assert got_agent == agent
    assert got_marks == marks


def test_a_half_sample_is_lost_at_a_gap() -> None:
    splice = Splice(start_ms=START_MS, checkpoint=None, settings=IngestSettings())
    splice.append(Arrival(fragment(0, customer=b"abc", agent=b"ABC"), 0))
    effects = splice.append(Arrival(fragment(1, customer=b"xy", agent=b"XY"), 0))
    silence, released, mark = effects
    assert isinstance(silence, SilenceInserted)
    assert silence.samples == 8000 - 1
    assert isinstance(released, AudioReleased)
    assert (released.customer, released.agent, released.position) == (b"xy", b"XY", 8000)
    assert isinstance(mark, FragmentReleased)
    assert mark.mark is not None


def test_audio_is_cut_into_equal_blocks_with_a_shorter_last_one() -> None:
    audio = pcm(5000)
    released = AudioReleased(number="1", producer_ms=0, position=70, customer=audio, agent=audio, received_ms=9)
    blocks = list(released.blocks())
    assert [block.samples for block in blocks] == [BLOCK_SAMPLES, BLOCK_SAMPLES, 5000 - 2 * BLOCK_SAMPLES]
    assert [block.position for block in blocks] == [70, 70 + BLOCK_SAMPLES, 70 + 2 * BLOCK_SAMPLES]
    assert b"".join(block.customer for block in blocks) == audio
    assert {block.received_ms for block in blocks} == {9}


def test_silence_comes_in_blocks_too() -> None:
    blocks = list(SilenceInserted(position=5, samples=2 * BLOCK_SAMPLES + 3, received_ms=1).blocks())
    assert [block.samples for block in blocks] == [BLOCK_SAMPLES, BLOCK_SAMPLES, 3]
    assert blocks[-1].end == 5 + 2 * BLOCK_SAMPLES + 3
    assert not any(any(block.customer) or any(block.agent) for block in blocks)


def test_what_holds_audio_shows_none_of_it() -> None:
    released = AudioReleased(number="1", producer_ms=0, position=0, customer=b"secret", agent=b"secret", received_ms=0)
    assert "secret" not in repr(released)
    assert "secret" not in repr(Arrival(fragment(1, customer=b"secret"), 0))


@pytest.mark.parametrize(
    ("recorded", "customer", "agent"),
    [
        pytest.param(None, b"\0\0\0\0ef", b"\0\0CDEF", id="not recorded: as far as each channel is settled"),
        pytest.param(10, b"abcdef", b"ABCDEF", id="nothing is stored yet: all of it is heard again"),
        pytest.param(11, b"\0\0cdef", b"\0\0CDEF", id="stored less far than words are committed"),
        pytest.param(99, b"\0\0\0\0ef", b"\0\0CDEF", id="stored further"),
    ],
)
def test_after_a_takeover_what_is_settled_and_stored_is_silence(
    recorded: int | None, customer: bytes, agent: bytes
) -> None:
    checkpoint = Checkpoint(
        origin_producer_ms=START_MS,
        resume=FragmentMark(number="7", producer_ms=START_MS + 1, position=10),
        customer=ChannelProgress(settled=12),
        agent=ChannelProgress(settled=11),
        recorded=recorded,
    )
    splice = Splice(start_ms=START_MS, checkpoint=checkpoint, settings=IngestSettings())
    [released, _] = splice.append(Arrival(fragment(7, at_ms=None, customer=b"abcdef", agent=b"ABCDEF"), 0))
    assert isinstance(released, AudioReleased)
    assert (released.position, released.customer, released.agent) == (10, customer, agent)
    assert splice.settled_to() == 12


def test_silence_that_stands_for_missing_audio_says_so() -> None:
    assert all(block.missing for block in SilenceInserted(position=0, samples=5_000, received_ms=0).blocks())
    released = AudioReleased(number="1", producer_ms=0, position=0, customer=b"ab", agent=b"AB", received_ms=0)
    assert not any(block.missing for block in released.blocks())
