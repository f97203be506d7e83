"""``cueline media probe``: a capture file and what it holds."""

from collections.abc import Iterator
from pathlib import Path

from cueline.kernel.errors import InputError
from cueline.media.probe import ProbeReport, probe

CHUNK_BYTES = 1 << 20


def probe_file(path: Path) -> ProbeReport:
    """Reads a capture in chunks. Raises InputError when the file cannot be opened."""
    try:
        return probe(_chunks(path))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def probe_text(report: ProbeReport) -> str:
    """The report for a person."""
    customer = sum(fragment.customer_bytes for fragment in report.fragments)
    agent = sum(fragment.agent_bytes for fragment in report.fragments)
    lines = [
        f"{len(report.fragments)} fragments, {'complete' if report.complete else 'NOT complete'}",
        f"contacts: {', '.join(report.contacts) or 'none named'}",
        f"customer {customer / 16_000:.3f} s, agent {agent / 16_000:.3f} s of audio",
    ]
    lines += [f"error at byte {fault.offset}: {fault.message}" for fault in report.errors]
    lines += [
        f"fragment {fragment.number}: Kinesis reported {fragment.error.code or fragment.error.id}"
        for fragment in report.fragments
        if fragment.error is not None
    ]
    return "\n".join(lines)
