"""Every hand-written stream, whole, byte by byte and with trailing data; and every bad one."""

import runpy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cueline.media.demuxer import Demuxer
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted, FragmentStarted

_CORPUS = runpy.run_path(str(Path(__file__).parents[2] / "corpus" / "handwritten.py"))
CASES, BAD = _CORPUS["CASES"], _CORPUS["BAD"]


def read(chunks: Iterable[bytes], *, end: bool = True) -> tuple[list[FragmentCompleted], Demuxer]:
    demuxer = Demuxer()
    fragments: list[FragmentCompleted] = []
    started: FragmentStarted | None = None

    def drain() -> None:
        nonlocal started
        while (event := demuxer.next_event()) is not None:
            if isinstance(event, FragmentStarted):
                assert started is None, "a fragment began before the one before was complete"
                started = event
            else:
                assert started is not None
                assert started.offset == event.offset
                started = None
                fragments.append(event)

    for chunk in chunks:
        demuxer.receive_data(chunk)
        drain()
    if end:
        demuxer.receive_end()
        drain()
    return fragments, demuxer


def seen(fragment: FragmentCompleted, like: dict[str, Any]) -> dict[str, Any]:
    found = {name: getattr(fragment, name) for name in like}
    if fragment.error is not None:
        found["error"] = (fragment.error.code, fragment.error.error_id)
    return found


def check(case: Any, chunks: Iterable[bytes]) -> None:
    fragments, demuxer = read(chunks)
    assert [seen(fragment, like) for fragment, like in zip(fragments, case.fragments, strict=False)] == case.fragments
    assert len(fragments) == len(case.fragments)
    assert demuxer.complete is case.complete
    assert demuxer.bytes_received == len(case.stream)


@pytest.mark.parametrize("name", CASES)
def test_whole(name: str) -> None:
    check(CASES[name], [CASES[name].stream])


@pytest.mark.parametrize("name", CASES)
def test_byte_by_byte(name: str) -> None:
    check(CASES[name], (bytes([value]) for value in CASES[name].stream))


@pytest.mark.parametrize("size", [2, 3, 7, 31, 32, 33, 40, 1023])
@pytest.mark.parametrize("name", CASES)
def test_in_chunks(name: str, size: int) -> None:
    stream = CASES[name].stream
    check(CASES[name], (stream[at : at + size] for at in range(0, len(stream), size)))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.complete and case.stream])
def test_with_another_document_behind(name: str) -> None:
    case, usual = CASES[name], CASES["usual"]
    fragments, demuxer = read([case.stream + usual.stream])
    likes = [*case.fragments, *usual.fragments]
    likes[:-1] = [like | {"closed_by": "next"} if like["closed_by"] == "end" else like for like in likes[:-1]]
    assert [seen(fragment, like) for fragment, like in zip(fragments, likes, strict=True)] == likes
    assert demuxer.complete


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.complete and case.stream])
def test_with_rubbish_behind(name: str) -> None:
    """Whatever follows: the fragments that were whole by then stand, and the error comes after them."""
    case = CASES[name]
    proven = [like for like in case.fragments if like["closed_by"] != "end"]
    demuxer = Demuxer()
    demuxer.receive_data(case.stream + bytes(40))
    for like in proven:
        assert isinstance(demuxer.next_event(), FragmentStarted)
        fragment = demuxer.next_event()
        assert isinstance(fragment, FragmentCompleted)
        assert seen(fragment, like) == like
    if any(like["closed_by"] == "end" and like["cluster_ms"] is not None for like in case.fragments):
        assert isinstance(demuxer.next_event(), FragmentStarted)
    with pytest.raises(MediaError) as caught:
        demuxer.next_event()
    assert caught.value.offset == len(case.stream)


@pytest.mark.parametrize("step", [1, 10_000])
@pytest.mark.parametrize("name", BAD)
def test_bad_bytes(name: str, step: int) -> None:
    stream = BAD[name]
    with pytest.raises(MediaError) as caught:
        read([stream[at : at + step] for at in range(0, len(stream), step)])
    assert 0 <= caught.value.offset < len(stream)
    with pytest.raises(MediaError) as whole:
        read([stream])
    assert (whole.value.offset, whole.value.message) == (caught.value.offset, caught.value.message)


def test_complete_at_the_token_without_the_next_document() -> None:
    fragments, demuxer = read([CASES["usual"].stream], end=False)
    assert [fragment.closed_by for fragment in fragments] == ["token"]
    assert demuxer.complete


def test_started_comes_before_the_first_audio() -> None:
    stream = CASES["usual"].stream
    demuxer = Demuxer()
    demuxer.receive_data(stream[: stream.index(bytes.fromhex("E788"))])
    event = demuxer.next_event()
    assert isinstance(event, FragmentStarted)
    assert (event.number, event.contact_id) == (CASES["usual"].fragments[0]["number"], _CORPUS["CONTACT"])
    assert demuxer.next_event() is None


@pytest.mark.parametrize("cut", ["cut between two blocks", "usual"])
def test_where_tokens_are_expected_the_first_fragment_needs_one_too(cut: str) -> None:
    stream = CASES["usual"].stream
    demuxer = Demuxer(tokens_expected=True)
    demuxer.receive_data(stream if cut == "usual" else stream[: stream.index(_CORPUS["pcm"](1)) + 64])
    demuxer.receive_end()
    events = []
    while (event := demuxer.next_event()) is not None:
        events.append(event)
    assert len(events) == (2 if cut == "usual" else 1)
    assert demuxer.complete is (cut == "usual")


def test_ignored_blocks_are_counted() -> None:
    _, demuxer = read([CASES["a block of an undeclared track"].stream])
    assert demuxer.ignored_blocks == 1
