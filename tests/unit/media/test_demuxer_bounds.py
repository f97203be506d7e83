"""Nothing grows without bound, nothing is kept alive by accident, and an error stays."""

import gc
import tracemalloc

import pytest

from cueline.media.demuxer import Demuxer, Limits
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted
from cueline.media.muxer import FragmentSpec, FragmentTags, Shape, mux_fragment, mux_stream
from cueline.media.probe import probe


def spec(*, size: int = 4000, **tags: object) -> FragmentSpec:
    named = FragmentTags(number="1", continuation_token="1", **tags)  # type: ignore[arg-type]
    return FragmentSpec(named, customer=b"\x01" * size, agent=b"\x02" * size)


def fragments_of(stream: bytes, limits: Limits | None = None, step: int = 1 << 16) -> list[FragmentCompleted]:
    demuxer = Demuxer(limits=limits)
    found = []
    for start in range(0, len(stream), step):
        demuxer.receive_data(stream[start : start + step])
        while (event := demuxer.next_event()) is not None:
            if isinstance(event, FragmentCompleted):
                found.append(event)
    return found


@pytest.mark.parametrize("step", [17, 1 << 16])
@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(max_fragment_audio_bytes=7999), "more audio"),
        (Limits(max_block_bytes=500), "block longer"),
        (Limits(max_tags=3), "more tags"),
        (Limits(max_tag_bytes=100), "more tags"),
        (Limits(max_element_bytes=60), "at most 60"),
        (Limits(max_tracks=1), "more tracks"),
    ],
)
def test_each_limit(limits: Limits, message: str, step: int) -> None:
    stream = mux_fragment(spec(contact_id="c", instance_id="i", producer_ms=1, server_ms=2))
    assert fragments_of(stream, Limits(max_fragment_audio_bytes=8000, max_block_bytes=1100)) != []
    with pytest.raises(MediaError, match=message):
        fragments_of(stream, limits, step)


def test_limits_count_for_each_fragment_anew() -> None:
    stream = mux_stream([spec()] * 5)
    assert len(fragments_of(stream, Limits(max_fragment_audio_bytes=8000, max_tags=4))) == 5


def test_a_huge_unknown_element_is_never_held() -> None:
    head = mux_fragment(spec())
    demuxer = Demuxer()
    demuxer.receive_data(head + bytes.fromhex("EC") + (1 << 56 | 1 << 40).to_bytes(8, "big"))
    for _ in range(50):
        demuxer.receive_data(bytes(1 << 16))
        while demuxer.next_event() is not None:
            pass
        assert demuxer.buffered_bytes == 0
    assert not demuxer.complete


@pytest.mark.parametrize("chunk", [5, 64, 4096])
def test_little_audio_in_much_filler_keeps_little_memory(chunk: int) -> None:
    """Blocks of a few bytes, cut anywhere or each in a chunk full of Void: views must not keep all that alive."""
    block = bytes.fromhex("A3858100008042")
    filler = bytes.fromhex("EC4FFA") + bytes(4090)
    demuxer = Demuxer()
    demuxer.receive_data(mux_fragment(spec(size=0)).split(bytes.fromhex("1254C367"), 1)[0])
    demuxer.receive_data(bytes.fromhex("1F43B67501FFFFFFFFFFFFFF"))
    demuxer.next_event()
    body = (block + filler) * 2000 if chunk == 4096 else block * 20_000
    gc.collect()
    tracemalloc.start()
    for start in range(0, len(body), chunk):
        demuxer.receive_data(body[start : start + chunk])
        assert demuxer.next_event() is None
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert demuxer.buffered_bytes == body.count(block)
    assert held < 3_000_000


def test_mutable_input_may_be_reused() -> None:
    stream = mux_fragment(spec())
    demuxer = Demuxer()
    buffer = bytearray(64)
    for start in range(0, len(stream), 64):
        piece = stream[start : start + 64]
        buffer[: len(piece)] = piece
        demuxer.receive_data(memoryview(buffer)[: len(piece)])
        buffer[:] = bytes(64)
    events = [demuxer.next_event(), demuxer.next_event()]
    assert isinstance(events[1], FragmentCompleted)
    assert (events[1].customer, events[1].agent) == (b"\x01" * 4000, b"\x02" * 4000)


def test_an_error_stays_and_everything_before_it_is_given_first() -> None:
    good = mux_fragment(spec())
    demuxer = Demuxer()
    demuxer.receive_data(good + b"\x00\x00" + good)
    kinds = [type(demuxer.next_event()).__name__ for _ in range(2)]
    assert kinds == ["FragmentStarted", "FragmentCompleted"]
    for _ in range(2):
        with pytest.raises(MediaError) as caught:
            demuxer.next_event()
        assert caught.value.offset == len(good)
        with pytest.raises(MediaError):
            demuxer.receive_data(b"\x1a")
    assert not demuxer.complete
    assert demuxer.buffered_bytes == 0


def test_an_error_names_no_bytes() -> None:
    secret = b"4111111111111111"
    stream = mux_fragment(FragmentSpec(FragmentTags(number="1"), customer=secret * 40, agent=None))
    said = set()
    for spoilt in range(0, len(stream), 3):
        changed = bytearray(stream)
        changed[spoilt] ^= 0xFF
        said.update(fault.message for fault in probe([bytes(changed)]).errors)
    assert len(said) > 4
    assert not any("4111" in message for message in said)


def test_after_the_end_nothing_more_is_taken() -> None:
    demuxer = Demuxer()
    demuxer.receive_end()
    with pytest.raises(RuntimeError):
        demuxer.receive_data(b"")


@pytest.mark.parametrize("step", [100, 1024, 5000, 1 << 20])
def test_runs_of_blocks_that_begin_alike_and_go_on_otherwise(step: int) -> None:
    """The fast path remembers runs; a run that differs in its last block, its flags or its length must not be taken."""
    shapes = [Shape(), Shape(), Shape(), Shape(track_order=("agent", "customer")), Shape(block_bytes=512), Shape()]
    sizes = [(16_000, 16_000)] * 3 + [(16_000, 16_000), (16_000, 15_999), (192, 16_000)]
    specs = [
        FragmentSpec(
            FragmentTags(number=str(index), continuation_token=str(index)),
            customer=bytes([index]) * customer,
            agent=bytes([index + 100]) * agent,
        )
        for index, (customer, agent) in enumerate(sizes)
    ]
    parts = [mux_fragment(spec, shape) for spec, shape in zip(specs, shapes, strict=True)] * 2
    found = fragments_of(b"".join(parts), step=step)
    assert [(each.customer, each.agent) for each in found] == [(each.customer, each.agent) for each in specs * 2]


def test_lacing_is_refused_in_a_run_already_known() -> None:
    good = mux_fragment(spec(size=16_384))
    last = good.rindex(bytes.fromhex("A3440482"))
    bad = good[: last + 6] + b"\x82" + good[last + 7 :]
    with pytest.raises(MediaError, match="lacing") as caught:
        fragments_of(good * 4 + bad)
    assert caught.value.offset == 4 * len(good) + last
