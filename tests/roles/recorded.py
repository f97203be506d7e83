"""A stored recording, read back past the product: digests, order and seals checked, and compared with what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cueline.archive.adapters.objects import FolderObjects
from cueline.archive.chunks import digest, open_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import Manifest, open_manifest
from cueline.archive.tone import AMPLITUDE, beeped
from cueline.emulators.kinesis_video_recording import Recording as Played
from cueline.events.recording import RecordingChunk
from cueline.kernel.ids import CHANNELS, CallId
from cueline.ops.system_clock import SystemClock
from cueline.security.keys import LocalKeyRing
from cueline.storage.engine import Database
from cueline.storage.recordings import PostgresRecordings
from tests.roles.harness import TENANT

Audio = dict[str, NDArray[np.int16]]


@dataclass(frozen=True)
class Stored:
    """audio: of each channel. chunks: as PostgreSQL has them. names: of every object of the call."""

    manifest: Manifest
    audio: Audio
    chunks: list[RecordingChunk]
    names: set[str]


async def read_stored(folder: Path, url: str, call: CallId) -> Stored:
    """The sealed recording of a call. folder: where the workers ran (``harness.products``)."""
    objects = FolderObjects(folder / "objects")
    database = Database(url, pool_size=2)
    try:
        book = PostgresRecordings(database)
        recording = await book.find(TENANT, call)
        chunks = await book.chunks(TENANT, call)
    finally:
        await database.close()
    assert recording is not None
    assert recording.state == "sealed"
    assert recording.key is not None
    key = await LocalKeyRing(folder / "keys.json", SystemClock()).unwrap(TENANT, recording.key)
    body = await objects.get(manifest_key(TENANT, call, 0))
    manifest = open_manifest(body, tenant=TENANT, call_id=call, revision=0, data_key=key)
    whole = np.zeros((manifest.samples, 2), dtype=np.int16)
    assert [each.number for each in manifest.chunks] == list(range(len(chunks)))
    for listed, noted in zip(manifest.chunks, chunks, strict=True):
        assert (listed.position, listed.samples, listed.sha256) == (noted.position, noted.samples, noted.sha256)
        body = await objects.get(chunk_key(TENANT, call, listed.number, listed.revision))
        assert digest(body) == listed.sha256
        pcm = open_chunk(body, context=manifest.context(listed), data_key=key)
        whole[listed.position : listed.end] = np.frombuffer(pcm, dtype="<i2").reshape(-1, 2)
    names = {name async for name in objects.list(f"{TENANT}/recordings/{call}/")}
    return Stored(manifest, {"customer": whole[:, 0], "agent": whole[:, 1]}, chunks, names)


def spoken_audio(played: Played) -> Audio:
    """What the emulator played."""
    return {
        "customer": np.frombuffer(played.customer, dtype="<i2"),
        "agent": np.frombuffer(played.agent, dtype="<i2"),
    }


def assert_sample_identical_outside_beeps(stored: Stored, said: Audio) -> None:
    """... and nothing but the tone inside, so that nothing that was said there is left to be filtered out."""
    for channel in CHANNELS:
        spans = [(beep.start, beep.end) for beep in stored.manifest.beeps if beep.channel == channel]
        expected = beeped(said[channel].tobytes(), spans, at=0)
        assert len(stored.audio[channel]) == len(said[channel])
        np.testing.assert_array_equal(stored.audio[channel], np.frombuffer(expected, dtype="<i2"))
        assert all(np.abs(stored.audio[channel][start:end]).max() <= AMPLITUDE for start, end in spans)


def unbeeped(stored: Stored, words: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Those of the words (channel, start, end in ms) of which a sample is in no beep."""
    bare = []
    for channel, start_ms, end_ms in words:
        if not any(
            beep.channel == channel and beep.start <= start_ms * 8 and end_ms * 8 <= beep.end
            for beep in stored.manifest.beeps
        ):
            bare.append((channel, start_ms, end_ms))
    return bare
