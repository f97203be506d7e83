"""Reads the small elements that describe a fragment: Info, Tracks and Tags, each handed over as its whole body."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from cueline.kernel.ids import Channel
from cueline.media import matroska as mkv
from cueline.media.ebml import children, read_text, read_uint
from cueline.media.errors import MediaError

MAX_TAG_DEPTH = 4
"""SimpleTags may nest (RFC 9559, 5.1.8.1.2); Kinesis writes them flat."""

MAX_LAYOUTS = 64
MAX_LAYOUT_BYTES = 8192


@dataclass(frozen=True, slots=True)
class TrackMap:
    """Which track numbers carry which channel.

    ``channel_by_number`` holds the tracks that are listened to; every other track's blocks are dropped.
    """

    channel_by_number: dict[int, Channel]

    def declares(self, channel: Channel) -> bool:
        return channel in self.channel_by_number.values()


NO_TRACKS = TrackMap({})

Tag = tuple[str, str]
"""A tag's name and value."""


def parse_timecode_scale(body: bytes, base: int) -> int:
    """Info's TimecodeScale: nanoseconds for one unit of a Cluster's Timecode."""
    scale = mkv.DEFAULT_TIMECODE_SCALE
    for ident, start, stop in children(body, 0, len(body), base):
        if ident == mkv.TIMECODE_SCALE:
            scale = read_uint(body, start, stop, base)
    return scale


def parse_tracks(body: bytes, base: int, max_tracks: int) -> TrackMap:
    """Maps track numbers to channels **by Name alone**: codec fields lie and the order varies.

    A stream with one single track, named ``Track_audio/L16`` or not at all, is a legacy one: the customer. Where two
    tracks claim one channel, or one number, the first keeps it. Unknown names are nobody's.
    """
    entries: list[tuple[int, str]] = []
    for ident, start, stop in children(body, 0, len(body), base):
        if ident != mkv.TRACK_ENTRY:
            continue
        if len(entries) == max_tracks:
            raise MediaError("more tracks than allowed", base + start)
        entries.append(_parse_track(body, start, stop, base))
    channel_by_number: dict[int, Channel] = {}
    for number, name in entries:
        channel = mkv.CHANNEL_BY_TRACK_NAME.get(name)
        if channel is None and not name and len(entries) == 1:
            channel = "customer"
        if channel is not None and channel not in channel_by_number.values():
            channel_by_number.setdefault(number, channel)
    return TrackMap(channel_by_number)


def _parse_track(body: bytes, start: int, stop: int, base: int) -> tuple[int, str]:
    number, name = 0, ""
    for ident, at, end in children(body, start, stop, base):
        if ident == mkv.TRACK_NUMBER:
            number = read_uint(body, at, end, base)
        elif ident == mkv.TRACK_NAME:
            name = read_text(body, at, end).strip()
    return number, name


class TagReader:
    """Reads Tags elements; remembers their layouts, since from fragment to fragment only the values change.

    A layout is where the values lie and every byte between them. Where a body of the same length has the same bytes
    there, its values can be taken out in one go; that is several times as fast as walking through its elements.
    """

    __slots__ = ("_layouts", "_max_tags")

    def __init__(self, max_tags: int) -> None:
        self._max_tags = max_tags
        self._layouts: dict[int, _TagLayout] = {}

    def read(self, body: bytes, base: int) -> list[Tag]:
        """Every (name, value) in the order written; nested SimpleTags count as tags of their own."""
        layout = self._layouts.get(len(body))
        if layout is not None:
            fields = layout.unpack(body)
            if fields[0::2] == layout.between:
                return list(zip(layout.names, decode_values(fields[1::2]), strict=True))
        found = walk_tags(body, base, self._max_tags)
        if len(body) <= MAX_LAYOUT_BYTES:
            if len(self._layouts) >= MAX_LAYOUTS:
                self._layouts.clear()
            self._layouts[len(body)] = _TagLayout(body, found)
        return [(name, read_text(body, start, stop)) for name, start, stop in found]


class _TagLayout:
    __slots__ = ("between", "names", "unpack")

    def __init__(self, body: bytes, found: list[tuple[str, int, int]]) -> None:
        shape, pos = ["<"], 0
        for _, start, stop in found:
            shape.append(f"{start - pos}s{stop - start}s")
            pos = stop
        shape.append(f"{len(body) - pos}s")
        self.unpack: Callable[[bytes], tuple[bytes, ...]] = struct.Struct("".join(shape)).unpack
        self.between = self.unpack(body)[0::2]
        self.names = [name for name, _, _ in found]


def decode_values(values: tuple[bytes, ...]) -> list[str]:
    """Tags' values as text, padding removed; UTF-8, with replacement."""
    if 0 in b"".join(values):
        return [read_text(value, 0, len(value)) for value in values]
    return [value.decode("utf-8", "replace") for value in values]


def walk_tags(body: bytes, base: int, max_tags: int) -> list[tuple[str, int, int]]:
    """(name, start of value, end of value) of every tag, by position; a tag without a value has an empty one."""
    found: list[tuple[str, int, int]] = []
    for ident, start, stop in children(body, 0, len(body), base):
        if ident == mkv.TAG:
            for inner, at, end in children(body, start, stop, base):
                if inner == mkv.SIMPLE_TAG:
                    found.extend(_simple_tags(body, at, end, base, 1))
                    if len(found) > max_tags:
                        raise MediaError("more tags than allowed", base + at)
    return found


def _simple_tags(body: bytes, start: int, stop: int, base: int, depth: int) -> list[tuple[str, int, int]]:
    if depth > MAX_TAG_DEPTH:
        raise MediaError("tags nested too deeply", base + start)
    name = ""
    value: tuple[int, int] | None = None
    nested: list[tuple[str, int, int]] = []
    for ident, at, end in children(body, start, stop, base):
        if ident == mkv.TAG_NAME:
            name = read_text(body, at, end)
        elif ident in (mkv.TAG_STRING, mkv.TAG_BINARY):
            value = at, end
        elif ident == mkv.SIMPLE_TAG:
            nested.extend(_simple_tags(body, at, end, base, depth + 1))
    if not name:
        return nested
    value_start, value_stop = value or (stop, stop)
    return sorted([(name, value_start, value_stop), *nested], key=lambda tag: tag[1])
