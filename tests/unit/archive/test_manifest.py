"""A manifest says of which chunks a recording is made, all of them, and is believed only if it is the one written."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.archive.chunks import ChunkRefusedError
from cueline.archive.manifest import Manifest, manifest_of, merged_gaps, open_manifest, seal_manifest
from cueline.archive.sealing import sealed
from cueline.archive.waveform import Waveform
from cueline.events.recording import CHUNK_SAMPLES, BeepSpan, RecordingChunk, RecordingGap
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId

ACME, CALL, KEY = TenantId("acme"), CallId("call_1"), bytes(range(32))


def chunk(
    number: int, position: int, samples: int, *, gaps: tuple[RecordingGap, ...] = (), beeps: tuple[BeepSpan, ...] = ()
) -> RecordingChunk:
    return RecordingChunk(number, 0, position, samples, 1_000, f"{number:064x}", beeps, gaps)


def made(*chunks: RecordingChunk, revision: int = 0) -> Manifest:
    return manifest_of(ACME, CALL, revision=revision, codec="flac", chunks=chunks, waveforms=())


TWO = made(chunk(0, 0, 800), chunk(1, 800, 500))
BODY = seal_manifest(TWO, data_key=KEY)


def opened(
    body: bytes, *, tenant: TenantId = ACME, call: CallId = CALL, revision: int = 0, key: bytes = KEY
) -> Manifest:
    return open_manifest(body, tenant=tenant, call_id=call, revision=revision, data_key=key)


def test_a_manifest_comes_back() -> None:
    beeps = (BeepSpan(0, 10, "agent"), BeepSpan(5, 700, "customer"))
    whole = made(
        chunk(0, 0, 800, beeps=beeps), chunk(1, 900, 500, gaps=(RecordingGap(800, 900, "paused"),)), revision=4
    )
    assert opened(seal_manifest(whole, data_key=KEY), revision=4) == whole
    assert (whole.samples, whole.beeps, whole.gaps) == (1_400, beeps, (RecordingGap(800, 900, "paused"),))
    assert whole.waveform == Waveform(customer=(0, 0), agent=(0, 0))
    assert [each.end for each in whole.chunks] == [800, 1_400]
    assert whole.context(whole.chunks[1]).position == 900


def test_a_call_without_audio_has_one_too() -> None:
    assert opened(seal_manifest(made(), data_key=KEY)) == made()


def test_beeps_and_gaps_that_chunks_cut_are_whole_again() -> None:
    gap = RecordingGap(1_300, 1_500, "lost")
    whole = made(
        chunk(0, 0, 800, beeps=(BeepSpan(700, 800, "agent"), BeepSpan(100, 200, "customer"))),
        chunk(1, 800, 500, beeps=(BeepSpan(800, 900, "agent"), BeepSpan(850, 900, "customer")), gaps=()),
        chunk(2, 1_500, 100, gaps=(RecordingGap(1_300, 1_400, "lost"), RecordingGap(1_400, 1_500, "lost"))),
    )
    assert whole.beeps == (BeepSpan(100, 200, "customer"), BeepSpan(700, 900, "agent"), BeepSpan(850, 900, "customer"))
    assert whole.gaps == (gap,)


def test_gaps_of_different_causes_stay_apart() -> None:
    gaps = (RecordingGap(0, 5, "paused"), RecordingGap(5, 9, "lost"))
    assert merged_gaps(gaps) == gaps


@pytest.mark.parametrize(
    ("chunks", "said"),
    [
        ((chunk(1, 0, 800),), "numbered"),
        ((chunk(0, 0, 800), chunk(2, 800, 1)), "numbered"),
        ((chunk(1, 800, 5), chunk(0, 0, 800)), "numbered"),
        ((chunk(0, 0, 800), chunk(1, 799, 5)), "overlap"),
        ((chunk(0, 0, 800), chunk(1, 801, 5)), "missing"),
        ((chunk(0, 1, 800),), "missing"),
        ((chunk(0, 0, 0),), "empty"),
        ((chunk(0, 0, CHUNK_SAMPLES + 1),), "too long"),
        ((chunk(0, 0, 80, beeps=(BeepSpan(70, 81, "agent"),)),), "outside"),
        ((chunk(0, 0, 80, beeps=(BeepSpan(70, 70, "agent"),)),), "outside"),
        ((chunk(0, 0, 80, gaps=(RecordingGap(-1, 5, "lost"),)),), "outside"),
        ((chunk(0, 0, 80), chunk(1, 100, 5, gaps=(RecordingGap(90, 100, "lost"),))), "missing"),
    ],
)
def test_what_is_no_complete_recording_has_none(chunks: tuple[RecordingChunk, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        made(*chunks)


@pytest.mark.parametrize(
    "wrong",
    [
        {"samples": 1_299},
        {"samples": 1_301},
        {"chunks": TWO.chunks[:1]},
        {"chunks": TWO.chunks[::-1]},
        {"waveform": Waveform()},
        {"waveform": Waveform(customer=(0, 0), agent=(0,))},
    ],
)
def test_what_holds_the_key_may_still_be_wrong(wrong: dict[str, object]) -> None:
    manifest = msgspec.structs.replace(TWO, **wrong)
    with pytest.raises(InputError):
        seal_manifest(manifest, data_key=KEY)
    body = sealed(msgspec.json.encode(manifest), header=BODY[:9], tenant=ACME, call_id=CALL, data_key=KEY)
    with pytest.raises(ChunkRefusedError):
        opened(body)


@pytest.mark.parametrize("wrong", [{"tenant": "other"}, {"call_id": "call_2"}, {"revision": 1}])
def test_what_it_says_of_itself_is_compared_too(wrong: dict[str, object]) -> None:
    content = msgspec.json.encode(msgspec.structs.replace(TWO, **wrong))
    with pytest.raises(ChunkRefusedError):
        opened(sealed(content, header=BODY[:9], tenant=ACME, call_id=CALL, data_key=KEY))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"tenant":"acme"}'])
def test_content_that_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ChunkRefusedError):
        opened(sealed(content, header=BODY[:9], tenant=ACME, call_id=CALL, data_key=KEY))


def test_it_opens_for_its_call_revision_and_key_alone() -> None:
    assert opened(BODY) == TWO
    attempts: list[Callable[[], Manifest]] = [
        lambda: opened(BODY, tenant=TenantId("other")),
        lambda: opened(BODY, call=CallId("call_2")),
        lambda: opened(BODY, revision=1),
        lambda: opened(BODY, revision=-1),
        lambda: opened(BODY, key=bytes(32)),
        lambda: opened(BODY, key=b""),
    ]
    for attempt in attempts:
        with pytest.raises(ChunkRefusedError):
            attempt()


def test_any_changed_byte_and_any_truncation_is_refused() -> None:
    for at in range(len(BODY)):
        for body in (BODY[:at], BODY[:at] + bytes([BODY[at] ^ 4]) + BODY[at + 1 :]):
            with pytest.raises(ChunkRefusedError):
                opened(body)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(raw: bytes) -> None:
    for body in (raw, BODY[:9] + raw, BODY + raw + b"\x00"):
        with pytest.raises(ChunkRefusedError):
            opened(body)


@given(st.lists(st.tuples(st.integers(1, 3_000), st.integers(0, 3_000)), max_size=12))
def test_any_row_of_chunks_and_gaps_has_a_manifest_that_comes_back(row: list[tuple[int, int]]) -> None:
    chunks, here = [], 0
    for number, (samples, missing) in enumerate(row):
        gaps = (RecordingGap(here, here + missing, "lost"),) if missing else ()
        chunks.append(chunk(number, here + missing, samples, gaps=gaps))
        here += missing + samples
    whole = made(*chunks)
    assert whole.samples == here
    assert opened(seal_manifest(whole, data_key=KEY)) == whole
