"""A stream's fragments, what is kept of them, and how a reader finds its place. Pure: time is an argument."""

from bisect import bisect_left, bisect_right
from typing import Final, Literal

from cueline.emulators.kinesis_video_faults import SessionFaults, Slot
from cueline.media.events import AudioBearing
from cueline.media.muxer import FragmentSpec, Shape

HOST_BUFFER_MS: Final = 5 * 60 * 1000
HOST_BUFFER_BYTES: Final = 200_000_000
"""What a stream with retention 0 keeps for its readers, whichever is reached first (CreateStream's reference)."""
MAX_KEPT_BYTES: Final = 2_000_000_000
"""No stream keeps more than this, whatever its retention: some 17 hours of both channels."""

TimestampKind = Literal["PRODUCER_TIMESTAMP", "SERVER_TIMESTAMP"]


class StoredFragment(AudioBearing):
    """A fragment on a stream.

    - number: compares as an integer; as text it goes out as it is.
    - slot: its place in the recording that it comes from; ``session_faults`` are that recording's.
    - producer_ms, server_ms, duration_ms: epoch milliseconds of its begin on both clocks, and its length.
    - spec, shape: what is in it and how it is laid out; copies: how often a session sends it.
    - released_ms: when it became available, on the emulator's monotonic clock.
    """

    __slots__ = (
        "copies",
        "duration_ms",
        "number",
        "producer_ms",
        "released_ms",
        "server_ms",
        "session_faults",
        "shape",
        "slot",
        "spec",
    )

    def __init__(
        self,
        *,
        number: int,
        slot: Slot,
        producer_ms: int,
        server_ms: int,
        spec: FragmentSpec,
        shape: Shape,
        session_faults: SessionFaults,
        copies: int = 1,
    ) -> None:
        self.number = number
        self.slot = slot
        self.producer_ms = producer_ms
        self.server_ms = server_ms
        self.duration_ms = slot.end_ms - slot.start_ms
        self.spec = spec
        self.shape = shape
        self.session_faults = session_faults
        self.copies = copies
        self.released_ms = 0

    @property
    def audio_bytes(self) -> int:
        """Bytes of PCM on both tracks."""
        return len(self.spec.customer or b"") + len(self.spec.agent or b"")

    @property
    def end_ms(self) -> int:
        """Producer's time at its end."""
        return self.producer_ms + self.duration_ms

    def starts_ms(self, kind: TimestampKind) -> int:
        """When it begins, on the clock asked for."""
        return self.producer_ms if kind == "PRODUCER_TIMESTAMP" else self.server_ms


class Cursor:
    """Where a reader stands: behind fragment ``after``; before it began, also not before ``at_ms`` on ``kind``."""

    __slots__ = ("after", "at_ms", "kind")

    def __init__(self, *, after: int = -1, kind: TimestampKind | None = None, at_ms: int = 0) -> None:
        self.after = after
        self.kind = kind
        self.at_ms = at_ms


class FragmentStore:
    """The fragments of one stream that are available, oldest first; older and excess ones go."""

    __slots__ = ("_bytes", "_fragments", "_numbers", "retention_hours")

    def __init__(self, *, retention_hours: int) -> None:
        self.retention_hours = retention_hours
        self._fragments: list[StoredFragment] = []
        self._numbers: list[int] = []
        self._bytes = 0

    def append(self, fragment: StoredFragment, *, now_ms: int) -> None:
        """Makes a fragment available; numbers only ever increase."""
        if self._numbers and fragment.number <= self._numbers[-1]:
            raise ValueError("fragment numbers must increase")
        fragment.released_ms = now_ms
        self._fragments.append(fragment)
        self._numbers.append(fragment.number)
        self._bytes += fragment.audio_bytes
        self.expire(now_ms=now_ms)

    def expire(self, *, now_ms: int) -> None:
        """Lets go what is older than the retention, or more than may be kept."""
        kept_ms = self.retention_hours * 3_600_000 or HOST_BUFFER_MS
        max_bytes = MAX_KEPT_BYTES if self.retention_hours else HOST_BUFFER_BYTES
        gone = 0
        for fragment in self._fragments:
            if now_ms - fragment.released_ms <= kept_ms and self._bytes <= max_bytes:
                break
            self._bytes -= fragment.audio_bytes
            gone += 1
        del self._fragments[:gone], self._numbers[:gone]

    def clear(self) -> None:
        """Forgets everything: the stream was deleted."""
        self._fragments.clear()
        self._numbers.clear()
        self._bytes = 0

    @property
    def newest(self) -> StoredFragment | None:
        """The fragment that came last, if any is kept."""
        return self._fragments[-1] if self._fragments else None

    def get(self, number: int) -> StoredFragment | None:
        """The fragment of this number, if it is kept."""
        at = bisect_left(self._numbers, number)
        if at < len(self._numbers) and self._numbers[at] == number:
            return self._fragments[at]
        return None

    def now(self) -> Cursor:
        """NOW: "start with the latest chunk on the stream"; with the next one that comes, where there is none."""
        return Cursor(after=self._numbers[-1] - 1 if self._numbers else -1)

    def next(self, cursor: Cursor) -> StoredFragment | None:
        """The next fragment for a reader, who stands behind it from then on; ``None`` while there is none.

        A timestamp is found in the first fragment that ends after it: the one that contains it, or, where nothing
        does (a gap, the time before the first one), the next.
        """
        for at in range(bisect_right(self._numbers, cursor.after), len(self._numbers)):
            fragment = self._fragments[at]
            cursor.after = fragment.number
            if cursor.kind is None or fragment.starts_ms(cursor.kind) + fragment.duration_ms > cursor.at_ms:
                cursor.kind = None
                return fragment
        return None

    def between(
        self, kind: TimestampKind, start_ms: int, end_ms: int, *, after: int, limit: int
    ) -> tuple[list[StoredFragment], bool]:
        """ListFragments: those that begin within the range, both ends included, and whether there are more."""
        found: list[StoredFragment] = []
        for fragment in self._fragments[bisect_right(self._numbers, after) :]:
            if start_ms <= fragment.starts_ms(kind) <= end_ms:
                if len(found) == limit:
                    return found, True
                found.append(fragment)
        return found, False

    def behind_now_ms(self, fragment: StoredFragment) -> int:
        """How far a fragment lies behind the newest one."""
        return max(0, self._fragments[-1].end_ms - fragment.end_ms) if self._fragments else 0
