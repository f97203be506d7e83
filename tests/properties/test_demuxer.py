"""Whatever is muxed comes back, however it is cut into chunks; whatever is cut off or spoilt gives nothing false."""

import itertools
import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.media.demuxer import Demuxer, Limits
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted, FragmentStarted, StreamErrorTag
from cueline.media.muxer import FragmentSpec, FragmentTags, Shape, mux_fragment

HAND = runpy.run_path(str(Path(__file__).parents[1] / "corpus" / "handwritten.py"))
CORPUS = HAND["CASES"]

Facts = tuple[Any, ...]


def facts(event: FragmentStarted | FragmentCompleted) -> Facts:
    """Everything an event says."""
    if isinstance(event, FragmentStarted):
        return ("started", event.offset, event.number, event.contact_id)
    return (
        "completed", event.offset, event.number, event.leading_contact_id, event.trailing_contact_id,
        event.contact_ids_conflict, event.cluster_ms, event.customer, event.agent, dict(event.tags), event.closed_by,
    )  # fmt: skip


def events_of(
    chunks: list[bytes], *, tokens_expected: bool = False, limits: Limits | None = None
) -> tuple[list[Facts], tuple[str, int] | None, bool]:
    """(events, the error's message and offset, complete)."""
    demuxer = Demuxer(tokens_expected=tokens_expected, limits=limits)
    found: list[Facts] = []
    try:
        for chunk in chunks:
            demuxer.receive_data(chunk)
            while (event := demuxer.next_event()) is not None:
                found.append(facts(event))
        demuxer.receive_end()
        while (event := demuxer.next_event()) is not None:
            found.append(facts(event))
    except MediaError as error:
        return found, (error.message, error.offset), demuxer.complete
    return found, None, demuxer.complete


def ignored_blocks(chunks: list[bytes]) -> int:
    demuxer = Demuxer()
    for chunk in chunks:
        demuxer.receive_data(chunk)
        while demuxer.next_event() is not None:
            pass
    return demuxer.ignored_blocks


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    marks = sorted({0, len(stream), *(place % (len(stream) + 1) for place in places)})
    return [stream[start:stop] for start, stop in itertools.pairwise(marks)]


LONG_PCM = st.integers(0, 20).map(lambda times: bytes(range(250)) * times)
AUDIO = st.one_of(st.binary(max_size=400), LONG_PCM)
PCM = st.one_of(st.none(), AUDIO)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
MAYBE_MS = st.one_of(st.none(), st.integers(0, 10**13))

SHAPES = st.builds(
    Shape,
    block_bytes=st.sampled_from([1, 3, 64, 160, 1024, 1025]),
    track_order=st.sampled_from([("customer", "agent"), ("agent", "customer")]),
    contact_tags=st.sampled_from(["before", "after", "both", "none"]),
    clusters=st.integers(1, 3),
    cluster_size_known=st.booleans(),
    segment_size_known=st.booleans(),
    block_groups=st.booleans(),
    tag_binary=st.booleans(),
    filler=st.booleans(),
    size_width=st.sampled_from([None, 4, 8]),
)


@st.composite
def specs(draw: st.DrawFn, *, tokens: bool = True) -> FragmentSpec:
    number = str(draw(st.integers(0, 10**20)))
    contact = draw(st.sampled_from([None, "contact-a", "contact-b"]))
    tags = FragmentTags(
        number=number,
        contact_id=contact,
        producer_ms=draw(MAYBE_MS),
        server_ms=draw(MAYBE_MS),
        millis_behind_now=draw(st.one_of(st.none(), st.integers(0, 10**6))),
        continuation_token=number if tokens else None,
        leading=draw(st.dictionaries(NAMES.map("L".__add__), NAMES, max_size=2)),
        trailing=draw(st.dictionaries(NAMES.map("T".__add__), NAMES, max_size=2)),
    )
    return FragmentSpec(tags, customer=draw(PCM), agent=draw(AUDIO), cluster_ms=draw(st.integers(0, 10**13)))


STREAMS = st.lists(st.tuples(specs(), SHAPES), min_size=1, max_size=4)


@given(STREAMS, st.lists(st.integers(0, 1 << 20), max_size=30))
@settings(max_examples=150, deadline=None)
def test_what_was_muxed_comes_back_in_any_chunking(parts: list[tuple[FragmentSpec, Shape]], places: list[int]) -> None:
    parts = parts * 3
    stream = b"".join(mux_fragment(spec, shape) for spec, shape in parts)
    found, error, complete = events_of(cut(stream, places))
    assert error is None
    assert complete
    completed = [each for each in found if each[0] == "completed"]
    for (spec, shape), (_, _, number, leading, trailing, conflict, cluster_ms, customer, agent, tags, closed_by) in zip(
        parts, completed, strict=True
    ):
        assert (customer, agent) == (spec.customer or b"", spec.agent or b"")
        assert number == spec.tags.number
        assert cluster_ms == spec.cluster_ms
        assert leading == (spec.tags.contact_id if shape.contact_tags in ("before", "both") else None)
        assert trailing == (spec.tags.contact_id if shape.contact_tags in ("after", "both") else None)
        assert not conflict
        assert tags.items() >= {**spec.tags.leading, **spec.tags.trailing}.items()
        assert closed_by == "token"


@given(STREAMS, st.lists(st.integers(0, 1 << 20), max_size=40), st.integers(0, 1 << 20), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_chunking_changes_nothing_not_even_an_error(
    parts: list[tuple[FragmentSpec, Shape]], places: list[int], spoilt: int, by: int
) -> None:
    stream = bytearray(b"".join(mux_fragment(spec, shape) for spec, shape in parts) * 3)
    stream[spoilt % len(stream)] ^= by
    whole = bytes(stream)
    assert events_of(cut(whole, places)) == events_of([whole])


def prefix_of(shorter: list[Facts], longer: list[Facts]) -> bool:
    return shorter == longer[: len(shorter)]


@given(st.lists(st.tuples(specs(), SHAPES), min_size=2, max_size=3), st.data())
@settings(max_examples=120, deadline=None)
def test_a_cut_stream_gives_a_prefix(parts: list[tuple[FragmentSpec, Shape]], data: st.DataObject) -> None:
    stream = b"".join(mux_fragment(spec, shape) for spec, shape in parts)
    end = data.draw(st.integers(0, len(stream)))
    found, error, complete = events_of([stream[:end]], tokens_expected=True)
    whole, _, _ = events_of([stream], tokens_expected=True)
    assert error is None
    assert prefix_of(found, whole)
    documents = {0, *(each[1] for each in whole), len(stream)}
    assert complete == (end in documents)


@pytest.mark.parametrize("name", CORPUS)
def test_every_cut_of_the_corpus(name: str) -> None:
    """With tokens expected nothing false is given; without, the last fragment may be the front of the true one."""
    stream = CORPUS[name].stream
    for tokens_expected in (True, False):
        whole, _, _ = events_of([stream], tokens_expected=tokens_expected)
        for end in range(0, len(stream), 1 if len(stream) < 4000 else 31):
            found, error, _ = events_of([stream[:end]], tokens_expected=tokens_expected)
            assert error is None
            if prefix_of(found, whole):
                continue
            last, true = found[-1], whole[len(found) - 1]
            assert prefix_of(found[:-1], whole)
            assert last[-1] == "end"
            assert last[1] == true[1]
            assert last[2] in ("", true[2])
            for mine, theirs in zip(last[7:9], true[7:9], strict=True):
                assert (theirs or b"").startswith(mine or b"")
            if tokens_expected:
                assert "AWS_KINESISVIDEO_ERROR_ID" in last[9]


@pytest.mark.parametrize("name", [name for name, case in CORPUS.items() if case.complete])
def test_documents_that_come_again_are_read_like_the_first(name: str) -> None:
    """As a whole, later ones take the fast path; in pieces shorter than a document, none does."""
    stream = CORPUS[name].stream * 4
    pieces = [stream[at : at + 50] for at in range(0, len(stream), 50)]
    assert events_of([stream]) == events_of(pieces)
    assert ignored_blocks([stream]) == ignored_blocks(pieces)


def _unusual_documents() -> dict[str, bytes]:
    """Streams that begin with documents alike and go on with what a layout alone does not show."""
    parts = {name: HAND[name] for name in ("BOTH", "SWAPPED", "TWO_BLOCKS", "NUMBER", "OTHER")}
    lead, end, cluster, block, pcm = (HAND[name] for name in ("leading", "trailing", "cluster", "block", "pcm"))
    document, info, tags = HAND["document"], HAND["info"], HAND["tags"]
    two, number = parts["TWO_BLOCKS"], parts["NUMBER"]

    def numbered_behind(again: str) -> bytes:
        made: bytes = document(info(), parts["BOTH"], lead(), cluster(two), tags(number=again, token=number))
        return made

    usual = document(info(), parts["BOTH"], lead(), cluster(two), end())
    swapped = document(info(), parts["SWAPPED"], lead(), cluster(two), end())
    inside = info() + parts["BOTH"] + lead() + cluster(two, known=True) + end()
    padded = HAND["header"]() + HAND["element"]("18538067", inside + HAND["element"]("EC", bytes(20)))
    more = cluster(block(1, pcm(5)), block(2, pcm(6))) + end()
    return {
        "another number behind the audio": numbered_behind(number) * 3 + numbered_behind(number[:-1] + "9"),
        "a cluster behind the token, other tracks between": usual * 3 + swapped * 2 + usual + more,
        "a cluster behind the token": usual * 4 + more,
        "filler of a known Segment cut off": padded * 4 + padded[:-22],
    }


@pytest.mark.parametrize("name", _unusual_documents())
def test_what_a_layout_does_not_show(name: str) -> None:
    stream = _unusual_documents()[name]
    pieces = [stream[at : at + 50] for at in range(0, len(stream), 50)]
    assert events_of([stream]) == events_of(pieces)


@pytest.mark.parametrize("by", [0x01, 0x80, 0xFF])
@pytest.mark.parametrize("name", ["usual", "several clusters", "no Tracks at all", "contact before and after"])
def test_a_document_almost_like_the_ones_before(name: str, by: int) -> None:
    document = CORPUS[name].stream
    for place in range(len(document)):
        last = bytearray(document)
        last[place] ^= by
        stream = document * 3 + last
        pieces = [stream[at : at + 90] for at in range(0, len(stream), 90)]
        assert events_of([stream]) == events_of(pieces), place


@given(st.sampled_from(sorted(CORPUS)), st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=6))
@settings(max_examples=400, deadline=None)
def test_spoilt_bytes_give_nothing_but_media_errors(name: str, changes: list[tuple[int, int]]) -> None:
    stream = bytearray(CORPUS[name].stream)
    for place, value in changes:
        if stream:
            stream[place % len(stream)] = value
    whole = bytes(stream)
    limits = Limits(max_fragment_audio_bytes=4096)
    found, error, complete = events_of([whole], limits=limits)
    assert error is None or (0 <= error[1] <= len(whole) and not complete)
    pieces = [whole[at : at + 13] for at in range(0, len(whole), 13)]
    assert events_of(pieces, limits=limits) == (found, error, complete)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_rubbish_gives_nothing_but_media_errors(rubbish: bytes) -> None:
    found, error, complete = events_of([rubbish])
    assert not complete or not rubbish
    assert not found or error is None


def test_error_tags_survive_the_round_trip() -> None:
    tags = FragmentTags(number="7", error=StreamErrorTag("FRAGMENT_NOT_FOUND", "4000"), mime_type=None)
    demuxer = Demuxer()
    demuxer.receive_data(mux_fragment(FragmentSpec(tags, customer=None, agent=None)))
    demuxer.receive_end()
    events = [demuxer.next_event(), demuxer.next_event()]
    assert isinstance(events[1], FragmentCompleted)
    assert events[1].error == StreamErrorTag("FRAGMENT_NOT_FOUND", "4000")
    assert events[1].customer is None
