"""The demuxer's fast path: whole documents that are laid out like one that was read before.

From one second to the next Kinesis sends the same bytes, but for the tags' values, the times and the audio. A layout
is a document's length, where these lie, and every other byte of it; a document that has all those bytes in the same
places means the same, element by element, and its parts can be taken out at once. Nothing is guessed: what differs
in any other byte, or is not here as a whole yet, is read element by element.
"""

import struct
from collections.abc import Callable
from typing import Final

from cueline.kernel.ids import Channel
from cueline.media import matroska as mkv
from cueline.media.ebml import VINT_MASK, VINT_WIDTH, read_header
from cueline.media.headers import Tag, TrackMap, decode_values, walk_tags

_MAX_DOCUMENT_BYTES: Final = 256 * 1024
_MAX_BLOCKS: Final = 512
_MAX_LAYOUTS: Final = 8
_UNPAID_LESSONS: Final = 16
"""So many layouts may be learned beyond those that were of use: a stream that is new each time costs little extra."""

Span = tuple[int, int]


class Layouts:
    """The layouts learned from one stream; at most eight, the newest first."""

    __slots__ = ("_last_size", "_layouts", "_lessons", "_uses")

    def __init__(self) -> None:
        self._layouts: list[Layout] = []
        self._last_size = 0
        self._lessons = 0
        self._uses = 0

    def find(self, buf: bytes, start: int) -> "Layout | None":
        """The layout of the document that begins at ``start`` and is in ``buf`` as a whole, if it is known."""
        for layout in self._layouts:
            if layout.matches(buf, start):
                self._uses += 1
                return layout
        return None

    def learn(self, buf: bytes, start: int, stop: int, tracks: TrackMap, scale: int) -> None:
        """Takes note of a document that was read to its end; the second of the same length in a row is learned."""
        size = stop - start
        repeated, self._last_size = size == self._last_size, size
        if not repeated or size > _MAX_DOCUMENT_BYTES or self._lessons > self._uses + _UNPAID_LESSONS:
            return
        self._lessons += 1
        plan = _Plan(buf, start, stop, tracks)
        if plan.usable:
            self._layouts = [Layout(buf, start, plan, scale), *self._layouts[: _MAX_LAYOUTS - 1]]


class Layout:
    """One document's layout; all positions are relative to its first byte."""

    __slots__ = (
        "_fixed",
        "_last_fixed",
        "_last_fixed_at",
        "_leading_names",
        "_read_fixed",
        "_read_values",
        "_trailing_names",
        "audio",
        "ignored_blocks",
        "scale",
        "size",
        "tracks",
    )

    def __init__(self, buf: bytes, start: int, plan: "_Plan", scale: int) -> None:
        self.size = plan.size
        self.scale = scale
        self.tracks = plan.tracks
        self.audio = [(channel, [slice(*span) for span in spans]) for channel, spans in plan.audio.items()]
        self.ignored_blocks = plan.ignored_blocks
        self._leading_names = [name for name, _, _ in plan.leading]
        self._trailing_names = [name for name, _, _ in plan.trailing]
        values = [(first, stop) for _, first, stop in (*plan.leading, *plan.trailing)]
        timecode = plan.timecodes[0]
        at = sum(first < timecode[0] for first, _ in values)
        values.insert(at, timecode)
        self._read_values = _reader(values, plan.size)
        audio = [span for spans in plan.audio.values() for span in spans]
        varying = sorted({*values, *plan.skipped, *plan.timecodes, *audio})
        starts, stops = [0, *(stop for _, stop in varying)], [*(first for first, _ in varying), plan.size]
        fixed = [(first, stop) for first, stop in zip(starts, stops, strict=True) if first < stop]
        self._read_fixed = _reader(fixed, plan.size)
        self._fixed = self._read_fixed(buf, start)
        self._last_fixed_at, last_stop = fixed[-1]
        self._last_fixed = buf[start + self._last_fixed_at : start + last_stop]

    def matches(self, buf: bytes, start: int) -> bool:
        return (
            buf.startswith(self._last_fixed, start + self._last_fixed_at)
            and start + self.size <= len(buf)
            and self._read_fixed(buf, start) == self._fixed
        )

    def values(self, buf: bytes, start: int) -> tuple[list[Tag], int, list[Tag]]:
        """(tags before the first Cluster, its Timecode as written, tags after it) of a document that matches."""
        fields = self._read_values(buf, start)
        split = len(self._leading_names)
        leading = list(zip(self._leading_names, decode_values(fields[:split]), strict=True))
        trailing = list(zip(self._trailing_names, decode_values(fields[split + 1 :]), strict=True))
        return leading, int.from_bytes(fields[split], "big"), trailing


class _Plan:
    """A walk through a document that was read before without fault: where its tags' values, times and audio lie."""

    def __init__(self, buf: bytes, start: int, stop: int, tracks: TrackMap) -> None:
        self.size = stop - start
        self.tracks = tracks
        self.audio: dict[Channel, list[Span]] = {"customer": [], "agent": []}
        self.leading: list[tuple[str, int, int]] = []
        self.trailing: list[tuple[str, int, int]] = []
        self.timecodes: list[Span] = []
        self.skipped: list[Span] = []
        self.ignored_blocks = 0
        self._clusters = self._blocks = 0
        self._plain = True
        document = buf[start:stop]
        pos = 0
        while pos < self.size and self._plain and self._blocks <= _MAX_BLOCKS:
            header = read_header(document, pos, 0)
            if header is None:
                self._plain = False
                break
            pos = self._visit(document, *header)

    @property
    def usable(self) -> bool:
        """Whether the document is of the usual kind: SimpleBlocks, a Timecode, its number in front."""
        numbered_behind = any(name == mkv.TAG_FRAGMENT_NUMBER for name, _, _ in self.trailing)
        return self._plain and bool(self.timecodes) and self._blocks <= _MAX_BLOCKS and not numbered_behind

    def _visit(self, document: bytes, ident: int, size: int, body: int) -> int:
        """Notes one element; gives the position of the next, which for a container is its first child."""
        stop = body + size
        if ident == mkv.SEGMENT:
            return body
        if ident == mkv.CLUSTER:
            self._clusters += 1
            return body
        if ident == mkv.TAGS:
            found = walk_tags(document[body:stop], 0, len(document))
            where = self.trailing if self._clusters else self.leading
            where.extend((name, body + first, body + last) for name, first, last in found)
        elif ident == mkv.TIMECODE:
            self.timecodes.append((body, stop))
        elif ident == mkv.SIMPLE_BLOCK:
            self._visit_block(document, body, stop)
        elif ident == mkv.BLOCK_GROUP:
            self._plain = False
        return stop

    def _visit_block(self, document: bytes, body: int, stop: int) -> None:
        self._blocks += 1
        width = VINT_WIDTH[document[body]]
        payload = body + width + 3
        self.skipped.append((body + width, body + width + 2))
        number = int.from_bytes(document[body : body + width], "big") & VINT_MASK[width]
        channel = self.tracks.channel_by_number.get(number)
        if channel is None:
            self.ignored_blocks += 1
            self.skipped.append((payload, stop))
        else:
            self.audio[channel].append((payload, stop))


def _reader(spans: list[Span], size: int) -> Callable[[bytes, int], tuple[bytes, ...]]:
    """A function that takes ``spans``, which are in order, out of the ``size`` bytes at a position."""
    parts, pos = ["<"], 0
    for first, stop in spans:
        parts.append(f"{first - pos}x{stop - first}s")
        pos = stop
    parts.append(f"{size - pos}x")
    return struct.Struct("".join(parts)).unpack_from
