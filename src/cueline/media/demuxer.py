"""A sans-IO demuxer for what Kinesis Video Streams sends: a concatenation of Matroska documents, one per fragment.

``receive_data`` takes bytes in any chunking, ``next_event`` gives what they mean; there is no input or output, no
clock and no thread in here. The wire as it is (sources: ``matroska.py``): codec fields lie, so tracks are mapped
by name; documents, Segments and Clusters may be of unknown size; tags stand before and after the Cluster, and the
continuation token is always the last of them.

**When a fragment is whole.** At the end of the Tags that hold its continuation token, with no wait for the next
document; else at the next document's header; else, in a stream without tokens (archived media) or when the server
wrote error tags, at the end of the stream, provided that no element is cut off there. What is not whole by then is
left out, and ``complete`` is ``False``.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from cueline.media import matroska as mkv
from cueline.media.blocks import BlockReader
from cueline.media.documents import Layouts
from cueline.media.ebml import UNKNOWN_SIZE, VINT_MASK, VINT_WIDTH, read_header, read_uint
from cueline.media.errors import MediaError
from cueline.media.events import AudioBearing, ClosedBy, DemuxerEvent, stream_error
from cueline.media.fragment import FragmentBuilder, differs
from cueline.media.headers import NO_TRACKS, TagReader, TrackMap, parse_timecode_scale, parse_tracks
from cueline.media.intake import Intake, OpenAudio

__all__ = ["Demuxer", "Limits", "MediaError"]

_TOP: Final = 0
_IN_SEGMENT: Final = 1
_IN_CLUSTER: Final = 2
_IN_GROUP: Final = 3
_NEVER: Final = 1 << 62

_NOT_MATROSKA: Final = "not a Matroska stream: no EBML header at its beginning"

_SKIPPED_ANYWHERE: Final = frozenset({mkv.VOID, mkv.CRC_32})
_COLLECTED_IN_SEGMENT: Final = frozenset({mkv.INFO, mkv.TRACKS, mkv.TAGS})


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is held in memory; going past one is a ``MediaError``. Skipped elements are never held.

    A Kinesis fragment of Connect audio is about 16 kB a track and a second, with some 600 bytes of tags.
    """

    max_element_bytes: int = 256 * 1024
    """Body of one Info, Tracks or Tags element."""
    max_tag_bytes: int = 256 * 1024
    """All Tags elements of one fragment together."""
    max_tags: int = 512
    max_tracks: int = 64
    max_block_bytes: int = 1 << 20
    max_fragment_audio_bytes: int = 32 << 20
    """Both tracks of one fragment together: 16 MiB each."""


class Demuxer(AudioBearing):
    """Turns bytes into ``FragmentStarted`` and ``FragmentCompleted`` events, the same for every chunking.

    ``next_event`` gives events in stream order and raises ``MediaError`` where the bad bytes stand, after everything
    before them; from then on it and ``receive_data`` raise the same error. Parsing happens in ``next_event``: take
    events until ``None`` after each ``receive_data``, so that nothing piles up.

    ``tokens_expected`` says that the stream comes from GetMedia, where every fragment ends with a token: then a first
    fragment that breaks off between two blocks is not taken for an archived one without tags.

    >>> demuxer = Demuxer()
    >>> demuxer.receive_data(b"")
    >>> demuxer.receive_end()
    >>> demuxer.next_event() is None, demuxer.complete
    (True, True)
    """

    __slots__ = (
        "_audio",
        "_blocks",
        "_cluster_offset",
        "_collected",
        "_collecting",
        "_element_offset",
        "_ended",
        "_ends",
        "_events",
        "_failure",
        "_finished",
        "_fragment",
        "_intake",
        "_known_blocks",
        "_known_tracks",
        "_known_tracks_body",
        "_last_number",
        "_layouts",
        "_left",
        "_level",
        "_limits",
        "_no_blocks",
        "_scale",
        "_sink",
        "_tag_reader",
        "_token_seen",
        "_tracks",
        "document_seen",
        "ignored_blocks",
    )

    def __init__(self, *, limits: Limits | None = None, tokens_expected: bool = False) -> None:
        self._limits = limits or Limits()
        self._intake = Intake()
        self._audio = OpenAudio(self._limits.max_fragment_audio_bytes)
        self._events: deque[DemuxerEvent] = deque()
        self._failure: MediaError | None = None
        self._ended = self._finished = False
        self.document_seen = False
        """Whether an EBML header was read: the stream is Matroska at all."""
        self.ignored_blocks = 0
        """Blocks of tracks that are not declared, or whose name says nothing to us; their bytes were skipped."""

        self._level = _TOP
        self._ends = [_NEVER, _NEVER, _NEVER, _NEVER]
        self._left = 0
        self._sink: list[bytes | memoryview] | None = None
        self._collecting = 0
        self._collected = bytearray()
        self._element_offset = 0
        self._cluster_offset = 0

        self._fragment: FragmentBuilder | None = None
        self._last_number: str | None = None
        self._token_seen = tokens_expected
        self._scale = mkv.DEFAULT_TIMECODE_SCALE
        self._tracks = NO_TRACKS
        self._known_tracks_body = b""
        self._known_tracks: TrackMap = NO_TRACKS
        self._tag_reader = TagReader(self._limits.max_tags)
        self._layouts = Layouts()
        self._blocks = self._known_blocks = self._no_blocks = BlockReader(self._audio)

    def receive_data(self, data: bytes | bytearray | memoryview) -> None:
        """Takes the next bytes of the stream; a mutable buffer is copied, ``bytes`` are not."""
        self._raise_failure()
        if self._ended:
            raise RuntimeError("receive_data after receive_end")
        if len(data):
            self._intake.add(data if type(data) is bytes else bytes(data))

    def receive_end(self) -> None:
        """Says that the stream has ended, whether orderly or not."""
        self._ended = True

    def next_event(self) -> DemuxerEvent | None:
        """The next event; ``None`` when more bytes are needed (after ``receive_end``: when there are no more)."""
        events = self._events
        if not events:
            self._raise_failure()
            try:
                self._parse()
                if not events and self._ended and not self._finished:
                    self._finish()
            except MediaError as error:
                self._fail(error)
                if not events:
                    self._raise_failure()
        return events.popleft() if events else None

    @property
    def complete(self) -> bool:
        """Whether everything received so far has been given out as whole fragments, with nothing cut off or open."""
        return self._failure is None and self._fragment is None and not self._events and self._at_boundary()

    @property
    def bytes_received(self) -> int:
        return self._intake.received

    @property
    def buffered_bytes(self) -> int:
        """Bytes received and not yet parsed, plus what is held of the open fragment."""
        return self._intake.unread + self._audio.size + len(self._collected)

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise MediaError(self._failure.message, self._failure.offset)

    def _fail(self, error: MediaError) -> None:
        """Keeps the error without its traceback (whose frames hold audio) and lets go of all bytes."""
        self._failure = MediaError(error.message, error.offset)
        self._intake.clear()
        self._audio.clear()
        self._collected.clear()
        self._fragment = None

    def _parse(self) -> None:
        """Moves on until there is an event, or until that needs more bytes than there are."""
        intake, ends, events = self._intake, self._ends, self._events
        while not events:
            if self._left:
                if not self._stream_body():
                    return
                continue
            buf, pos = intake.buf, intake.pos
            if pos >= len(buf):
                if not self._refill():
                    return
                continue
            offset, level = intake.base + pos, self._level
            while offset >= ends[level]:
                level -= 1
            self._level = level
            if level == _IN_CLUSTER and buf[pos] == mkv.SIMPLE_BLOCK and self._read_known_blocks():
                continue
            if not self._read_element(buf, pos, level) and not self._refill():
                return

    def _read_element(self, buf: bytes, pos: int, level: int) -> bool:
        """Reads the header of the element at ``pos`` and acts on it; ``False`` when the buffer ends too early."""
        intake = self._intake
        header = read_header(buf, pos, intake.base)
        if header is None:
            return False
        ident, size, body = header
        self._element_offset = offset = intake.base + pos
        end = limit = self._ends[level]
        if size != UNKNOWN_SIZE:
            end = intake.base + body + size
            if end > limit:
                raise MediaError("element runs past the end of its parent", offset)
        elif ident not in (mkv.SEGMENT, mkv.CLUSTER):
            raise MediaError("element of unknown size where a size is needed", offset)
        if level >= _IN_CLUSTER and ident in (mkv.SIMPLE_BLOCK, mkv.BLOCK):
            return self._read_block(ident, size, body)
        intake.pos = body
        self._enter(ident, size, end)
        return True

    def _enter(self, ident: int, size: int, end: int) -> None:
        """Acts on an element header: opens a container, collects a small body or skips."""
        if ident in mkv.SEGMENT_CHILDREN:
            self._leave_for_segment()
            if ident in _COLLECTED_IN_SEGMENT:
                self._collect(ident, size, self._limits.max_element_bytes)
                return
            if ident == mkv.CLUSTER:
                self._open_cluster(end)
                return
        elif ident == mkv.EBML:
            self._open_document()
            if self._take_known_document():
                return
        elif ident == mkv.SEGMENT:
            self._open_segment(end)
            return
        elif self._level == _IN_CLUSTER:
            if ident == mkv.TIMECODE:
                self._collect(ident, size, 8)
                return
            if ident == mkv.BLOCK_GROUP:
                self._level = _IN_GROUP
                self._ends[_IN_GROUP] = end
                return
        elif not self.document_seen and ident not in _SKIPPED_ANYWHERE:
            raise MediaError(_NOT_MATROSKA, self._element_offset)
        self._left, self._sink, self._collecting = size, None, 0

    def _leave_known(self, level: int, what: str) -> None:
        """Leaves all containers deeper than ``level``; only those of unknown size end where a stranger begins."""
        if self._level > level:
            if self._ends[self._level] != self._ends[level]:
                raise MediaError(f"{what} inside an element of known size", self._element_offset)
            self._level = level

    def _open_document(self) -> None:
        self._leave_known(_TOP, "EBML header")
        fragment = self._fragment
        if fragment is not None and (fragment.cluster_seen or fragment.tags):
            self._close_fragment(fragment, "next")
        self.document_seen = True
        self._fragment = FragmentBuilder(self._element_offset, begins_document=True)
        self._tracks = NO_TRACKS
        self._blocks = self._no_blocks
        self._scale = mkv.DEFAULT_TIMECODE_SCALE

    def _take_known_document(self) -> bool:
        """Reads the whole document, up to its token, when it is there and laid out like an earlier one."""
        intake, audio = self._intake, self._audio
        start = self._element_offset - intake.base
        layout = self._layouts.find(intake.buf, start)
        if layout is None or self._fragment is None:
            return False
        fragment, document = self._fragment, intake.view[start : start + layout.size]
        leading, timecode, trailing = layout.values(intake.buf, start)
        fragment.take_tags(leading, dict(leading))
        self._events.append(fragment.start())
        fragment.cluster_seen = True
        fragment.cluster_ms = timecode * layout.scale // 1_000_000
        fragment.take_tags(trailing, dict(trailing))
        for channel, places in layout.audio:
            audio.pieces(channel).extend(map(document.__getitem__, places))
        self.ignored_blocks += layout.ignored_blocks
        intake.pos = start + layout.size
        self._level = _IN_SEGMENT
        self._ends[_IN_SEGMENT] = _NEVER
        self._scale, self._tracks = layout.scale, layout.tracks
        self._blocks = self._known_blocks if layout.tracks is self._known_tracks else BlockReader(audio)
        self._token_seen = True
        self._close_fragment(fragment, "token")
        return True

    def _open_segment(self, end: int) -> None:
        if not self.document_seen:
            raise MediaError(_NOT_MATROSKA, self._element_offset)
        self._leave_known(_TOP, "Segment")
        self._level = _IN_SEGMENT
        self._ends[_IN_SEGMENT] = end

    def _leave_for_segment(self) -> None:
        if self._level == _TOP:
            raise MediaError("element outside a Segment", self._element_offset)
        if self._level > _IN_SEGMENT:
            self._leave_known(_IN_SEGMENT, "Segment's element")

    def _open_cluster(self, end: int) -> None:
        self._level = _IN_CLUSTER
        self._ends[_IN_CLUSTER] = end
        self._cluster_offset = self._element_offset
        if self._fragment is None:
            self._fragment = FragmentBuilder(self._element_offset)
        self._fragment.cluster_seen = True
        if not self._fragment.started:
            self._events.append(self._fragment.start())

    def _collect(self, ident: int, size: int, limit: int) -> None:
        if size > limit:
            raise MediaError(f"element of {size} bytes where at most {limit} are allowed", self._element_offset)
        intake = self._intake
        end = intake.pos + size
        if end <= len(intake.buf):
            body = intake.buf[intake.pos : end]
            intake.pos = end
            self._take_body(ident, body)
        else:
            self._left, self._sink, self._collecting = size, None, ident

    def _stream_body(self) -> bool:
        """Passes on what is there of a body that is longer than the buffer: to a track, the collection, or nobody."""
        intake = self._intake
        start = intake.pos
        take = min(len(intake.buf) - start, self._left)
        if not take:
            return self._refill()
        intake.pos = start + take
        self._left -= take
        if self._sink is not None:
            self._sink.append(intake.view[start : start + take])
        elif self._collecting:
            self._collected += intake.view[start : start + take]
            if not self._left:
                body = bytes(self._collected)
                self._collected.clear()
                self._take_body(self._collecting, body)
        return True

    def _refill(self) -> bool:
        chunk_bytes = len(self._intake.buf)
        if not self._intake.refill():
            return False
        self._audio.leave_chunk(chunk_bytes)
        return True

    def _take_body(self, ident: int, body: bytes) -> None:
        base = self._intake.offset - len(body)
        if ident == mkv.TAGS:
            self._take_tags(self._tag_reader.read(body, base), len(body))
        elif ident == mkv.TIMECODE:
            if self._fragment is not None and self._fragment.cluster_ms is None:
                self._fragment.cluster_ms = read_uint(body, 0, len(body), base) * self._scale // 1_000_000
        elif ident == mkv.INFO:
            self._scale = parse_timecode_scale(body, base)
        elif ident == mkv.TRACKS:
            if body != self._known_tracks_body:
                self._known_tracks = parse_tracks(body, base, self._limits.max_tracks)
                self._known_blocks = BlockReader(self._audio)
                self._known_tracks_body = body
            self._tracks, self._blocks = self._known_tracks, self._known_blocks

    def _take_tags(self, pairs: list[tuple[str, str]], body_bytes: int) -> None:
        """Gives a Tags element to the open fragment, or begins another within the same document."""
        offset, limits = self._element_offset, self._limits
        named = dict(pairs)
        number = named.get(mkv.TAG_FRAGMENT_NUMBER)
        fragment = self._fragment
        if fragment is None:
            if number is None or not differs(number, self._last_number):
                return
            fragment = self._fragment = FragmentBuilder(offset)
        elif fragment.cluster_seen and number is not None and differs(number, fragment.number or number):
            self._close_fragment(fragment, "next")
            fragment = self._fragment = FragmentBuilder(offset)
        fragment.take_tags(pairs, named)
        fragment.tag_bytes += body_bytes
        if len(fragment.tags) > limits.max_tags or fragment.tag_bytes > limits.max_tag_bytes:
            raise MediaError("more tags in one fragment than allowed", offset)
        if mkv.TAG_CONTINUATION_TOKEN in named:
            self._token_seen = True
            start = fragment.offset - self._intake.base
            if start >= 0 and fragment.begins_document and self._ends[self._level] == _NEVER:
                self._layouts.learn(self._intake.buf, start, self._intake.pos, self._tracks, self._scale)
            self._close_fragment(fragment, "token")

    def _close_fragment(self, fragment: FragmentBuilder, closed_by: ClosedBy) -> None:
        if not fragment.started:
            self._events.append(fragment.start())
        audio, tracks = self._audio, self._tracks
        customer = audio.take("customer") if audio.customer or tracks.declares("customer") else None
        agent = audio.take("agent") if audio.agent or tracks.declares("agent") else None
        audio.clear()
        self._events.append(fragment.complete(customer, agent, closed_by))
        self._last_number = fragment.number
        self._fragment = None

    def _read_block(self, ident: int, size: int, body: int) -> bool:
        """Reads a block's own header (RFC 9559, 10.1) and hands its payload to its track; ``False`` as above."""
        intake, limits = self._intake, self._limits
        buf = intake.buf
        if size < 4:
            raise MediaError("block too short for its header", self._element_offset)
        if body >= len(buf):
            return False
        width = VINT_WIDTH[buf[body]]
        payload = body + width + 3
        left = size - width - 3
        if not width or left < 0:
            raise MediaError("invalid track number in a block", self._element_offset)
        if payload > len(buf):
            return False
        channel = self._tracks.channel_by_number.get(int.from_bytes(buf[body : body + width], "big") & VINT_MASK[width])
        self._collecting = 0
        if channel is None:
            self.ignored_blocks += 1
            self._sink = None
        else:
            if buf[payload - 1] & mkv.LACING_BITS:
                raise MediaError("block with lacing", self._element_offset)
            if size > limits.max_block_bytes:
                raise MediaError("block longer than allowed", self._element_offset)
            self._audio.grow(left, self._cluster_offset)
            self._sink = self._audio.pieces(channel)
            if ident == mkv.SIMPLE_BLOCK:
                self._blocks.learn(buf[intake.pos : body + width], self._sink, body + size - intake.pos)
        intake.pos = payload
        self._left = left
        return True

    def _read_known_blocks(self) -> bool:
        intake = self._intake
        end = min(len(intake.buf), self._ends[_IN_CLUSTER] - intake.base)
        return self._blocks.read(intake, end, self._cluster_offset)

    def _at_boundary(self) -> bool:
        """Whether everything received has been parsed and no element, nor any container of known size, is open."""
        if self._left or self._intake.unread:
            return False
        level = self._level
        while self._intake.offset >= self._ends[level]:
            level -= 1
        return self._ends[level] == _NEVER

    def _finish(self) -> None:
        self._finished = True
        fragment = self._fragment
        if fragment is None or not self._at_boundary():
            return
        if stream_error(fragment.tags) or (fragment.cluster_seen and not self._token_seen):
            self._close_fragment(fragment, "end")
