"""Reads the small elements that describe a fragment: Info, Tracks and Tags, each handed over as its whole body."""

from collections.abc import Iterator
from dataclasses import dataclass

from cueline.kernel.ids import Channel
from cueline.media import matroska as mkv
from cueline.media.ebml import children, read_text, read_uint
from cueline.media.errors import MediaError

MAX_TAG_DEPTH = 4
"""SimpleTags may nest (RFC 9559, 5.1.8.1.2); Kinesis writes them flat."""


@dataclass(frozen=True, slots=True)
class TrackMap:
    """Which track numbers carry which channel.

    ``channel_by_number`` holds the tracks that are listened to; every other track's blocks are dropped.
    """

    channel_by_number: dict[int, Channel]

    def declares(self, channel: Channel) -> bool:
        return channel in self.channel_by_number.values()


NO_TRACKS = TrackMap({})


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


def parse_tags(body: bytes, base: int, max_tags: int) -> list[tuple[str, str]]:
    """Every (name, value) of a Tags element in the order written; nested SimpleTags count as tags of their own."""
    found: list[tuple[str, str]] = []
    for ident, start, stop in children(body, 0, len(body), base):
        if ident == mkv.TAG:
            for inner, at, end in children(body, start, stop, base):
                if inner == mkv.SIMPLE_TAG:
                    found.extend(_simple_tags(body, at, end, base, 1))
                    if len(found) > max_tags:
                        raise MediaError("more tags than allowed", base + at)
    return found


def _simple_tags(body: bytes, start: int, stop: int, base: int, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_TAG_DEPTH:
        raise MediaError("tags nested too deeply", base + start)
    name, value = "", None
    nested: list[tuple[int, int]] = []
    for ident, at, end in children(body, start, stop, base):
        if ident == mkv.TAG_NAME:
            name = read_text(body, at, end)
        elif ident in (mkv.TAG_STRING, mkv.TAG_BINARY):
            value = read_text(body, at, end)
        elif ident == mkv.SIMPLE_TAG:
            nested.append((at, end))
    if name:
        yield name, value or ""
    for at, end in nested:
        yield from _simple_tags(body, at, end, base, depth + 1)
