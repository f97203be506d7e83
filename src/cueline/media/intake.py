"""The demuxer's two buffers: bytes not yet parsed, and audio of the fragment that is still open."""

from collections import deque

from cueline.kernel.ids import Channel
from cueline.media.errors import MediaError

SEAM_BYTES = 32
"""More than the longest header that is ever read at once: 12 bytes of element, 8 of track number, 3 of block."""

_PIECE_BYTES = 256
"""What one retained piece costs in memory beside its audio: a view, its slot, its share of bookkeeping."""

_SLACK_BYTES = 1 << 20


class Intake:
    """Received chunks as a walk over contiguous ``buf``; ``base`` is the stream offset of ``buf[0]``.

    Chunks are never joined. Where a header lies across two of them, the unread tail and the next chunk's first
    ``SEAM_BYTES`` become a small buffer of their own (the seam); after it the walk goes on in the chunk itself.
    """

    __slots__ = ("_waiting", "base", "buf", "pos", "received", "view")

    def __init__(self) -> None:
        self.buf = b""
        self.view = memoryview(self.buf)
        self.pos = 0
        self.base = 0
        self.received = 0
        self._waiting: deque[tuple[bytes, int]] = deque()

    @property
    def offset(self) -> int:
        """Absolute stream offset of the next byte to parse."""
        return self.base + self.pos

    @property
    def unread(self) -> int:
        return self.received - self.base - self.pos

    def add(self, chunk: bytes) -> None:
        self._waiting.append((chunk, self.received))
        self.received += len(chunk)

    def refill(self) -> bool:
        """Brings more bytes behind the current position; ``False`` when none has been received."""
        if not self._waiting:
            return False
        chunk, base = self._waiting[0]
        offset = self.base + self.pos
        if offset < base:
            tail = self.buf[self.pos :]
            if len(chunk) <= SEAM_BYTES:
                self._waiting.popleft()
            self.buf = tail + chunk[:SEAM_BYTES]
            self.pos, self.base = 0, offset
        else:
            self._waiting.popleft()
            self.buf = chunk
            self.pos, self.base = offset - base, base
        self.view = memoryview(self.buf)
        return True

    def clear(self) -> None:
        """Forgets all bytes; the position becomes the end of what was received."""
        self._waiting.clear()
        self.base = self.received
        self.pos = 0
        self.buf = b""
        self.view = memoryview(self.buf)


class OpenAudio:
    """The open fragment's audio: views into received chunks, joined once when the fragment is complete.

    A view keeps its whole chunk alive. Where chunks hold little audio, or the pieces are tiny, the pieces are joined
    early, so that what is kept alive stays within about three times the audio plus a mebibyte.
    """

    __slots__ = ("_max_bytes", "_pinned", "_pinned_pieces", "agent", "customer", "size")

    def __init__(self, max_bytes: int) -> None:
        self.customer: list[bytes | memoryview] = []
        self.agent: list[bytes | memoryview] = []
        self.size = 0
        self._max_bytes = max_bytes
        self._pinned = 0
        self._pinned_pieces = 0

    def pieces(self, channel: Channel) -> list[bytes | memoryview]:
        return self.customer if channel == "customer" else self.agent

    def count(self) -> int:
        return len(self.customer) + len(self.agent)

    def grow(self, size: int, cluster_offset: int) -> None:
        """Accounts for ``size`` more bytes of audio."""
        self.size += size
        if self.size > self._max_bytes:
            raise MediaError("fragment holds more audio than allowed", cluster_offset)

    def leave_chunk(self, chunk_bytes: int) -> None:
        """Called when parsing moves on from a chunk: from here on only the pieces keep it alive."""
        count = self.count()
        added = count - self._pinned_pieces
        if not added:
            return
        self._pinned += chunk_bytes + added * _PIECE_BYTES
        self._pinned_pieces = count
        if self._pinned > 2 * self.size + _SLACK_BYTES:
            for pieces in (self.customer, self.agent):
                pieces[:] = [b"".join(pieces)]
            self._pinned = self.size
            self._pinned_pieces = 2

    def take(self, channel: Channel) -> bytes:
        """The channel's audio in one piece; the channel is empty afterwards."""
        pieces = self.pieces(channel)
        joined = b"".join(pieces)
        pieces.clear()
        return joined

    def clear(self) -> None:
        self.customer.clear()
        self.agent.clear()
        self.size = self._pinned = self._pinned_pieces = 0
