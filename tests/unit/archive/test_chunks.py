"""A chunk opens where it belongs, whole and unchanged, and nowhere else."""

import re

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.archive import codecs
from cueline.archive.chunks import (
    CHUNK_BYTES_MAX,
    ChunkContext,
    ChunkRefusedError,
    digest,
    open_chunk,
    seal_chunk,
)
from cueline.archive.manifest import MAGIC as MANIFEST_MAGIC
from cueline.archive.sealing import sealed
from cueline.events.recording import CHUNK_SAMPLES, Codec
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
CONTEXT = ChunkContext(
    tenant=TenantId("acme"), call_id=CallId("call_1"), number=3, revision=1, position=240_000, samples=400
)
PCM = np.random.default_rng(7).integers(-2_000, 2_000, (400, 2)).astype("<i2").tobytes()
BODY = seal_chunk(PCM, context=CONTEXT, codec="flac", data_key=KEY)
ELSEWHERE = {
    "tenant": TenantId("other"), "call_id": CallId("call_2"), "number": 4, "revision": 0, "position": 240_001,
    "samples": 399,
}  # fmt: skip


@pytest.mark.parametrize("codec", ["flac", "opus"])
def test_a_chunk_comes_back(codec: Codec) -> None:
    body = seal_chunk(PCM, context=CONTEXT, codec=codec, data_key=KEY)
    found = open_chunk(body, context=CONTEXT, data_key=KEY)
    assert len(found) == len(PCM)
    assert codec == "opus" or found == PCM
    assert body[:4] == b"CLRC"


def test_the_same_chunk_twice_shares_no_nonce_and_no_cipher_text() -> None:
    bodies = [seal_chunk(PCM, context=CONTEXT, codec="flac", data_key=KEY) for _ in range(50)]
    assert len({body[26:38] for body in bodies}) == 50
    assert len({body[38:54] for body in bodies}) == 50
    assert len({digest(body) for body in bodies}) == 50


@pytest.mark.parametrize("changed", ELSEWHERE)
def test_a_chunk_opens_at_no_other_place(changed: str) -> None:
    place = msgspec.structs.replace(CONTEXT, **{changed: ELSEWHERE[changed]})
    with pytest.raises(ChunkRefusedError):
        open_chunk(BODY, context=place, data_key=KEY)


@pytest.mark.parametrize("key", [OTHER_KEY, b"", KEY[:16], KEY + b"\x00"])
def test_no_other_key_opens_it(key: bytes) -> None:
    with pytest.raises(ChunkRefusedError):
        open_chunk(BODY, context=CONTEXT, data_key=key)


def test_parts_of_a_place_cannot_be_traded() -> None:
    """A tenant that ends as the call's name begins is another place."""
    one = msgspec.structs.replace(CONTEXT, tenant=TenantId("ab"), call_id=CallId("c"))
    other = msgspec.structs.replace(CONTEXT, tenant=TenantId("a"), call_id=CallId("bc"))
    body = seal_chunk(PCM, context=one, codec="flac", data_key=KEY)
    with pytest.raises(ChunkRefusedError):
        open_chunk(body, context=other, data_key=KEY)


def test_any_changed_byte_is_refused() -> None:
    for at in range(len(BODY)):
        for bit in (0x01, 0x80):
            changed = BODY[:at] + bytes([BODY[at] ^ bit]) + BODY[at + 1 :]
            with pytest.raises(ChunkRefusedError):
                open_chunk(changed, context=CONTEXT, data_key=KEY)


def test_any_truncation_and_any_addition_is_refused() -> None:
    for length in range(len(BODY)):
        with pytest.raises(ChunkRefusedError):
            open_chunk(BODY[:length], context=CONTEXT, data_key=KEY)
    for added in (b"\x00", BODY, bytes(CHUNK_BYTES_MAX)):
        with pytest.raises(ChunkRefusedError):
            open_chunk(BODY + added, context=CONTEXT, data_key=KEY)


@given(st.binary(max_size=600))
def test_any_bytes_are_refused(raw: bytes) -> None:
    for body in (raw, BODY[:26] + raw, BODY[:38] + raw):
        with pytest.raises(ChunkRefusedError):
            open_chunk(body, context=CONTEXT, data_key=KEY)


def test_refusals_are_all_alike_and_say_nothing() -> None:
    said = set()
    for body, context, key in (
        (b"", CONTEXT, KEY),
        (BODY[:-1], CONTEXT, KEY),
        (BODY, CONTEXT, OTHER_KEY),
        (BODY, msgspec.structs.replace(CONTEXT, tenant=TenantId("other")), KEY),
        (BODY, msgspec.structs.replace(CONTEXT, number=-1), KEY),
        (BODY, msgspec.structs.replace(CONTEXT, samples=10**9), KEY),
    ):
        with pytest.raises(ChunkRefusedError) as refused:
            open_chunk(body, context=context, data_key=key)
        said.add(str(refused.value))
        assert refused.value.__cause__ is None
    assert len(said) == 1
    assert not re.search(r"\d|acme|call_", said.pop())


def test_sealed_content_that_is_no_audio_of_that_length_is_refused() -> None:
    """What holds the key may still be wrong: it is refused, not played."""
    header = BODY[:26]
    for content in (b"", b"no audio", codecs.encode(PCM[:-4], "flac"), codecs.encode(PCM, "opus")):
        body = sealed(content, header=header, tenant=CONTEXT.tenant, call_id=CONTEXT.call_id, data_key=KEY)
        with pytest.raises(ChunkRefusedError):
            open_chunk(body, context=CONTEXT, data_key=KEY)


@pytest.mark.parametrize("place", [4, 5])
def test_versions_and_codecs_to_come_are_refused(place: int) -> None:
    header = bytearray(BODY[:26])
    header[place] = 9
    body = sealed(
        codecs.encode(PCM, "flac"), header=bytes(header), tenant=CONTEXT.tenant, call_id=CONTEXT.call_id, data_key=KEY
    )
    with pytest.raises(ChunkRefusedError):
        open_chunk(body, context=CONTEXT, data_key=KEY)


def test_a_manifests_magic_makes_no_chunk() -> None:
    assert BODY[:4] != MANIFEST_MAGIC
    header = MANIFEST_MAGIC + BODY[4:26]
    body = sealed(
        codecs.encode(PCM, "flac"), header=header, tenant=CONTEXT.tenant, call_id=CONTEXT.call_id, data_key=KEY
    )
    with pytest.raises(ChunkRefusedError):
        open_chunk(body, context=CONTEXT, data_key=KEY)
    with pytest.raises(ChunkRefusedError):
        open_chunk(BODY[:4] + body[4:], context=CONTEXT, data_key=KEY)


def test_the_longest_and_worst_chunk_is_within_its_bound() -> None:
    noise = np.random.default_rng(1).integers(-32_768, 32_768, (CHUNK_SAMPLES, 2)).astype("<i2").tobytes()
    context = msgspec.structs.replace(CONTEXT, samples=CHUNK_SAMPLES)
    body = seal_chunk(noise, context=context, codec="flac", data_key=KEY)
    assert len(noise) < len(body) < CHUNK_BYTES_MAX
    assert open_chunk(body, context=context, data_key=KEY) == noise


@pytest.mark.parametrize(
    ("pcm", "wrong"),
    [
        (PCM[:-1], {}),
        (PCM[:-4], {}),
        (b"", {"samples": 0}),
        (PCM, {"samples": 399}),
        (bytes(4 * CHUNK_SAMPLES + 4), {"samples": CHUNK_SAMPLES + 1}),
        (PCM, {"number": -1}),
        (PCM, {"revision": 2**32}),
        (PCM, {"position": -1}),
    ],
)
def test_what_is_no_chunk_is_not_sealed(pcm: bytes, wrong: dict[str, int]) -> None:
    with pytest.raises(InputError):
        seal_chunk(pcm, context=msgspec.structs.replace(CONTEXT, **wrong), codec="flac", data_key=KEY)


def test_a_key_that_is_none_seals_nothing() -> None:
    with pytest.raises(ChunkRefusedError):
        seal_chunk(PCM, context=CONTEXT, codec="flac", data_key=b"short")


places = st.builds(
    ChunkContext,
    tenant=st.sampled_from([TenantId("acme"), TenantId("b")]), call_id=st.just(CallId("call_1")),
    number=st.integers(0, 2**32 - 1), revision=st.integers(0, 2**32 - 1), position=st.integers(0, 2**64 - 1),
    samples=st.integers(1, 50),
)  # fmt: skip


@given(context=places, key=st.binary(min_size=32, max_size=32), seed=st.integers(0, 99))
@settings(max_examples=60)
def test_any_chunk_comes_back(context: ChunkContext, key: bytes, seed: int) -> None:
    pcm = np.random.default_rng(seed).integers(-32_768, 32_768, (context.samples, 2)).astype("<i2").tobytes()
    body = seal_chunk(pcm, context=context, codec="flac", data_key=key)
    assert open_chunk(body, context=context, data_key=key) == pcm
