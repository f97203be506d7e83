"""Our demuxer beside PyAV (FFmpeg's Matroska demuxer, in C) on one stream that is shaped like a live call's.

**What is compared.** Both get the same concatenation of one-second documents from memory and read every frame's
bytes. PyAV opens the concatenation once, as Matroska, and takes the bytes of each packet; FFmpeg reads on over the
documents' borders, which holds for Segments of unknown size. Our demuxer besides groups the frames by fragment, joins
them for each track and reads the tags; PyAV gives none of that. Before anything is timed, both must have read exactly
the audio that was put in, otherwise there is no result.

**How.** Untimed rounds to warm up (PyAV needs three until its memory is in place; measured cold it looks half as fast
as it is), then rounds in which each reads the whole stream once, in turn. The ratio is the median of the rounds'
ratios, so that a machine that changes its speed in between tilts nothing. Pass a clock of the thread's own processor
time where other work may run beside: both work on the calling thread alone.
"""

import io
import statistics
from collections.abc import Callable

import numpy as np

from cueline.kernel.errors import CheckFailedError, UnavailableError
from cueline.media.demuxer import Demuxer
from cueline.media.events import FragmentCompleted
from cueline.media.muxer import FragmentSpec, FragmentTags, mux_fragment

_READ_BYTES = 256 * 1024
_WARM_UP_ROUNDS = 3
_SECOND_BYTES = 16_000
_FIRST_NUMBER = 91343852333181432392682062607743926871820000000
_FIRST_MS = 1_700_000_000_000


def benchmark_demuxer(*, clock: Callable[[], float], duration_s: int = 600, rounds: int = 5) -> dict[str, float | int]:
    """Times both on ``duration_s`` seconds of a two-track call; ``clock`` gives seconds.

    The result has ``ratioToPyav`` (how many times PyAV's throughput ours is), ``demuxerMbPerS`` and ``pyavMbPerS``
    (megabytes of stream a second), ``streamBytes``, ``audioBytes`` (read by each) and ``rounds``.

    Raises UnavailableError without PyAV, and CheckFailedError when one of the two did not read all of the audio.
    """
    stream = _stream(duration_s)
    audio_bytes = 2 * duration_s * _SECOND_BYTES
    readers = {"demuxer": _read_with_demuxer, "pyav": _pyav_reader()}
    for _ in range(_WARM_UP_ROUNDS):
        for name, read in readers.items():
            found = read(stream)
            if found != audio_bytes:
                raise CheckFailedError(f"{name} read {found} bytes of audio where the stream holds {audio_bytes}")
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            began = clock()
            read(stream)
            seconds[name].append(clock() - began)
    ours, theirs = statistics.median(seconds["demuxer"]), statistics.median(seconds["pyav"])
    ratio = statistics.median(b / a for a, b in zip(seconds["demuxer"], seconds["pyav"], strict=True))
    return {
        "ratioToPyav": round(ratio, 2),
        "demuxerMbPerS": round(len(stream) / 1e6 / ours, 1),
        "pyavMbPerS": round(len(stream) / 1e6 / theirs, 1),
        "streamBytes": len(stream),
        "audioBytes": audio_bytes,
        "rounds": rounds,
    }


def _stream(duration_s: int) -> bytes:
    """Noise on both tracks, so that every byte value occurs; tags as GetMedia sends them."""
    noise = np.random.default_rng(8000)
    documents = []
    for second in range(duration_s):
        tags = FragmentTags(
            number=str(_FIRST_NUMBER + second),
            contact_id="c0a80101-0000-4000-8000-00000000000a",
            instance_id="c0a80101-0000-4000-8000-0000000000ff",
            producer_ms=_FIRST_MS + second * 1000,
            server_ms=_FIRST_MS + second * 1000 + 120 + second % 7,
            millis_behind_now=second * 37 % 1200,
            continuation_token=str(_FIRST_NUMBER + second),
        )
        spec = FragmentSpec(tags, customer=noise.bytes(_SECOND_BYTES), agent=noise.bytes(_SECOND_BYTES))
        documents.append(mux_fragment(spec))
    return b"".join(documents)


def _read_with_demuxer(stream: bytes) -> int:
    source, demuxer, found = io.BytesIO(stream), Demuxer(), 0
    while chunk := source.read(_READ_BYTES):
        demuxer.receive_data(chunk)
        while (event := demuxer.next_event()) is not None:
            if isinstance(event, FragmentCompleted):
                found += len(event.customer or b"") + len(event.agent or b"")
    return found


def _pyav_reader() -> Callable[[bytes], int]:
    try:
        import av  # noqa: PLC0415 the peer is needed for this benchmark alone
    except ImportError:
        raise UnavailableError("the demuxer benchmark needs PyAV: pip install av") from None

    def read(stream: bytes) -> int:
        found = 0
        with av.open(io.BytesIO(stream), mode="r", format="matroska") as container:
            for packet in container.demux():
                found += len(bytes(packet))
        return found

    return read
