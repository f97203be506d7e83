"""Coverage-guided fuzzing of the demuxer: ``python tests/fuzz/fuzz_demuxer.py [FOLDER] [-max_total_time=60]``.

Whatever the bytes are, the demuxer gives events or a ``MediaError``, the same for every chunking, and holds no more
than its limits allow. Needs atheris; without it the seeded mutations of ``test_fuzz_demuxer.py`` use the same check.
"""

import runpy
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cueline.media.demuxer import Demuxer, Limits
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted

LIMITS = Limits(
    max_element_bytes=4096,
    max_tag_bytes=4096,
    max_tags=32,
    max_tracks=8,
    max_block_bytes=4096,
    max_fragment_audio_bytes=8192,
)
_CASES = runpy.run_path(str(Path(__file__).parents[1] / "corpus" / "handwritten.py"))["CASES"]
SEEDS: list[bytes] = [case.stream for case in _CASES.values() if len(case.stream) < 4096]


def outcome(chunks: Iterable[bytes]) -> list[Any]:
    """Everything that the demuxer gives for a stream in these chunks, an error included."""
    demuxer, found = Demuxer(limits=LIMITS), []
    try:
        for chunk in chunks:
            demuxer.receive_data(chunk)
            _drain(demuxer, found)
        demuxer.receive_end()
        _drain(demuxer, found)
    except MediaError as error:
        found.append(("error", error.message, error.offset))
    return [*found, demuxer.complete]


def _drain(demuxer: Demuxer, found: list[Any]) -> None:
    while (event := demuxer.next_event()) is not None:
        if isinstance(event, FragmentCompleted):
            audio = len(event.customer or b"") + len(event.agent or b"")
            assert audio <= LIMITS.max_fragment_audio_bytes
            assert len(event.tags) <= LIMITS.max_tags
            found.append((event.offset, event.number, event.contact_id, event.customer, event.agent, event.producer_ms))
    assert demuxer.buffered_bytes <= LIMITS.max_fragment_audio_bytes + LIMITS.max_element_bytes + 64


def check(data: bytes) -> None:
    """The first byte says how the rest is cut, and how often it comes; the outcome must be the one of the whole.

    Cut into pieces a document is read element by element; as a whole, its repetitions take the fast path.
    """
    size, stream = 1 + (data[0] if data else 0), data[1:]
    if size % 2:
        stream *= 4
    assert outcome(stream[at : at + size] for at in range(0, len(stream), size)) == outcome([stream])


def main() -> None:
    import atheris  # noqa: PLC0415 the seeded mutations use this file without it

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            (Path(folder) / f"seed{number}").write_bytes(bytes([number * 3 % 256]) + seed)
        atheris.Setup([*sys.argv, folder], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
