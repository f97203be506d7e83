"""What ingest counts, for the role that exports metrics."""

from cueline.ingest.effects import DropReason


class IngestCounters:
    """Plain numbers; one object may serve all calls of a process, since everything runs on one event loop.

    bytes_received: as they came from the source. silence_samples: per channel, inserted for gaps.
    connections: opened successfully. connection_failures: refused, broken off or timed out.
    """

    __slots__ = (
        "bytes_received",
        "connection_failures",
        "connections",
        "fragments_dropped",
        "fragments_received",
        "fragments_released",
        "gaps",
        "samples_released",
        "silence_samples",
        "unreadable",
    )

    def __init__(self) -> None:
        self.bytes_received = 0
        self.connections = 0
        self.connection_failures = 0
        self.fragments_received = 0
        self.fragments_released = 0
        self.fragments_dropped: dict[DropReason, int] = {}
        self.samples_released = 0
        self.silence_samples = 0
        self.gaps = 0
        self.unreadable = 0

    def dropped(self, reason: DropReason) -> None:
        self.fragments_dropped[reason] = self.fragments_dropped.get(reason, 0) + 1

    def totals(self) -> dict[str, int]:
        """All numbers by name; drops as ``fragments_dropped:REASON``."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "fragments_dropped"}
        return plain | {f"fragments_dropped:{reason}": count for reason, count in self.fragments_dropped.items()}
