"""Writes fragments exactly as GetMedia sends them, lying codec fields included; for the emulator and for tests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from cueline.kernel.ids import Channel
from cueline.media import matroska as mkv
from cueline.media.ebml import encode_element, encode_open, encode_vint
from cueline.media.events import AudioBearing, StreamErrorTag

DEFAULT_BLOCK_BYTES: Final = 1024
"""64 ms of one track: what Connect usually writes."""

TagPlacement = Literal["before", "after", "both", "none"]

_SAMPLE_BYTES_PER_MS: Final = 16
_MAX_RELATIVE_TIMECODE: Final = 32_767


@dataclass(frozen=True, slots=True)
class Shape:
    """How a fragment is laid out. Every combination has been seen in captures or is allowed by the format."""

    block_bytes: int = DEFAULT_BLOCK_BYTES
    track_order: tuple[Channel, ...] = ("customer", "agent")
    """Order of declaration and of blocks; a channel left out is not declared."""
    legacy_track_name: str | None = None
    """Instead of ``track_order``: one track of this name ("" writes none) that carries the customer."""
    contact_tags: TagPlacement = "before"
    """Where Connect's own tags (ContactId, InstanceId, MimeType, ...) stand relative to the first Cluster."""
    clusters: int = 1
    cluster_size_known: bool = False
    segment_size_known: bool = False
    block_groups: bool = False
    """BlockGroup with Block in place of SimpleBlock."""
    tag_binary: bool = False
    """TagBinary in place of TagString."""
    filler: bool = False
    """Void, CRC-32, Position and unknown elements between the others."""
    size_width: int | None = None
    """Bytes of every size field; the fewest when ``None``."""


@dataclass(frozen=True, slots=True)
class FragmentTags:
    """What a fragment says about itself; a field that is ``None`` is not written.

    ``leading`` and ``trailing`` are further tags, written as they are before and after the Cluster.
    """

    number: str | None = None
    contact_id: str | None = None
    instance_id: str | None = None
    mime_type: str | None = mkv.MIME_TYPE
    producer_ms: int | None = None
    server_ms: int | None = None
    millis_behind_now: int | None = None
    continuation_token: str | None = None
    error: StreamErrorTag | None = None
    leading: Mapping[str, str] = field(default_factory=dict)
    trailing: Mapping[str, str] = field(default_factory=dict)


class FragmentSpec(AudioBearing):
    """One fragment to write: its tags, both channels' PCM (s16le, 8 kHz, mono) and its Cluster's time.

    ``cluster_ms`` is the producer's time unless given. With ``customer`` and ``agent`` both ``None`` there is no
    Cluster at all: so Kinesis sends an error.
    """

    __slots__ = ("agent", "cluster_ms", "customer", "tags")

    def __init__(
        self, tags: FragmentTags, *, customer: bytes | None, agent: bytes | None, cluster_ms: int | None = None
    ) -> None:
        self.tags = tags
        self.customer = customer
        self.agent = agent
        self.cluster_ms = cluster_ms if cluster_ms is not None else tags.producer_ms or 0


DEFAULT_SHAPE: Final = Shape()


def mux_fragment(spec: FragmentSpec, shape: Shape = DEFAULT_SHAPE) -> bytes:
    """One complete Matroska document."""
    has_cluster = spec.customer is not None or spec.agent is not None
    parts = [_info(shape)]
    if has_cluster:
        parts.append(_tracks(shape))
    parts.extend(_filler(shape))
    parts.append(_tags(_leading_pairs(spec.tags, shape), shape))
    if has_cluster:
        parts.extend(_clusters(spec, shape))
        parts.extend(_filler(shape))
    parts.append(_tags(_trailing_pairs(spec.tags, shape), shape))
    body = b"".join(parts)
    if shape.segment_size_known:
        return _document_header(shape) + _element(mkv.SEGMENT, body, shape)
    return _document_header(shape) + encode_open(mkv.SEGMENT) + body


def mux_error(error: StreamErrorTag, *, number: str | None = None) -> bytes:
    """What Kinesis sends before it closes a session that failed: a document with error tags and no audio."""
    tags = FragmentTags(number=number, mime_type=None, error=error)
    return mux_fragment(FragmentSpec(tags, customer=None, agent=None))


def _element(ident: int, body: bytes, shape: Shape) -> bytes:
    return encode_element(ident, body, size_width=shape.size_width)


def _uint(ident: int, value: int, shape: Shape) -> bytes:
    return _element(ident, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"), shape)


def _document_header(shape: Shape) -> bytes:
    fields = (
        _uint(mkv.EBML_VERSION, 1, shape)
        + _uint(mkv.EBML_READ_VERSION, 1, shape)
        + _uint(mkv.EBML_MAX_ID_LENGTH, 4, shape)
        + _uint(mkv.EBML_MAX_SIZE_LENGTH, 8, shape)
        + _element(mkv.DOC_TYPE, b"matroska", shape)
        + _uint(mkv.DOC_TYPE_VERSION, 2, shape)
        + _uint(mkv.DOC_TYPE_READ_VERSION, 2, shape)
    )
    return _element(mkv.EBML, fields, shape)


def _info(shape: Shape) -> bytes:
    fields = (
        _element(mkv.SEGMENT_UID, bytes(range(16)), shape)
        + _uint(mkv.TIMECODE_SCALE, mkv.DEFAULT_TIMECODE_SCALE, shape)
        + _element(mkv.TITLE, b"Kinesis Video SDK", shape)
        + _element(mkv.MUXING_APP, b"Kinesis Video SDK 1.0.0", shape)
        + _element(mkv.WRITING_APP, b"Kinesis Video SDK 1.0.0", shape)
    )
    return _element(mkv.INFO, fields, shape)


def _track_order(shape: Shape) -> tuple[Channel, ...]:
    return shape.track_order if shape.legacy_track_name is None else ("customer",)


def _tracks(shape: Shape) -> bytes:
    names = {"customer": mkv.TRACK_FROM_CUSTOMER, "agent": mkv.TRACK_TO_CUSTOMER}
    if shape.legacy_track_name is not None:
        names["customer"] = shape.legacy_track_name
    entries = []
    for number, channel in enumerate(_track_order(shape), start=1):
        name = names[channel]
        fields = _uint(mkv.TRACK_NUMBER, number, shape) + _uint(mkv.TRACK_UID, number, shape)
        fields += _uint(mkv.TRACK_TYPE, 2, shape)
        if name:
            fields += _element(mkv.TRACK_NAME, name.encode(), shape)
        fields += _element(mkv.CODEC_ID, b"A_AAC", shape) + _element(mkv.CODEC_PRIVATE, b"\x11\x90", shape)
        entries.append(_element(mkv.TRACK_ENTRY, fields, shape))
    return _element(mkv.TRACKS, b"".join(entries), shape)


def _connect_pairs(tags: FragmentTags) -> Iterator[tuple[str, str]]:
    if tags.contact_id is not None:
        yield mkv.TAG_CONTACT_ID, tags.contact_id
    if tags.instance_id is not None:
        yield mkv.TAG_INSTANCE_ID, tags.instance_id
    if tags.mime_type is not None:
        yield mkv.TAG_MIME_TYPE, tags.mime_type


def _seconds(epoch_ms: int) -> str:
    return f"{epoch_ms // 1000}.{epoch_ms % 1000:03d}"


def _leading_pairs(tags: FragmentTags, shape: Shape) -> list[tuple[str, str]]:
    pairs = []
    if tags.number is not None:
        pairs.append((mkv.TAG_FRAGMENT_NUMBER, tags.number))
    if tags.server_ms is not None:
        pairs.append((mkv.TAG_SERVER_TIMESTAMP, _seconds(tags.server_ms)))
    if tags.producer_ms is not None:
        pairs.append((mkv.TAG_PRODUCER_TIMESTAMP, _seconds(tags.producer_ms)))
    if shape.contact_tags in ("before", "both"):
        pairs.extend(_connect_pairs(tags))
    pairs.extend(tags.leading.items())
    return pairs


def _trailing_pairs(tags: FragmentTags, shape: Shape) -> list[tuple[str, str]]:
    pairs = list(_connect_pairs(tags)) if shape.contact_tags in ("after", "both") else []
    pairs.extend(tags.trailing.items())
    if tags.error is not None:
        pairs.append((mkv.TAG_ERROR_CODE, tags.error.code))
        pairs.append((mkv.TAG_ERROR_ID, tags.error.error_id))
    if tags.millis_behind_now is not None:
        pairs.append((mkv.TAG_MILLIS_BEHIND_NOW, str(tags.millis_behind_now)))
    if tags.continuation_token is not None:
        pairs.append((mkv.TAG_CONTINUATION_TOKEN, tags.continuation_token))
    return pairs


def _tags(pairs: list[tuple[str, str]], shape: Shape) -> bytes:
    if not pairs:
        return b""
    kind = mkv.TAG_BINARY if shape.tag_binary else mkv.TAG_STRING
    tags = [
        _element(
            mkv.TAG,
            _element(
                mkv.SIMPLE_TAG,
                _element(mkv.TAG_NAME, name.encode(), shape) + _element(kind, value.encode(), shape),
                shape,
            ),
            shape,
        )
        for name, value in pairs
    ]
    return _element(mkv.TAGS, b"".join(tags), shape)


def _filler(shape: Shape) -> list[bytes]:
    if not shape.filler:
        return []
    return [_element(mkv.VOID, bytes(5), shape), _element(mkv.CRC_32, bytes(4), shape), _element(0x4DBB, b"?", shape)]


def _clusters(spec: FragmentSpec, shape: Shape) -> Iterator[bytes]:
    """Spreads the blocks evenly over the Clusters, each with the time of its first block."""
    blocks = list(_blocks(spec, shape))
    share = -(-len(blocks) // shape.clusters) or 1
    for index in range(shape.clusters):
        mine = blocks[index * share : (index + 1) * share]
        start_ms = mine[0][1] if mine else 0
        fields = [_uint(mkv.TIMECODE, spec.cluster_ms + start_ms, shape)]
        if shape.filler:
            fields.append(_uint(mkv.POSITION, 0, shape))
            fields.extend(_filler(shape))
        fields.extend(_block(number, at_ms - start_ms, pcm, shape) for number, at_ms, pcm in mine)
        body = b"".join(fields)
        yield _element(mkv.CLUSTER, body, shape) if shape.cluster_size_known else encode_open(mkv.CLUSTER) + body


def _blocks(spec: FragmentSpec, shape: Shape) -> Iterator[tuple[int, int, bytes]]:
    """(track number, ms since the fragment's begin, PCM) with the tracks taking turns while both have audio."""
    audio = {"customer": spec.customer or b"", "agent": spec.agent or b""}
    order = _track_order(shape)
    longest = max((len(audio[channel]) for channel in order), default=0)
    for start in range(0, longest, shape.block_bytes):
        for number, channel in enumerate(order, start=1):
            pcm = audio[channel][start : start + shape.block_bytes]
            if pcm:
                yield number, start // _SAMPLE_BYTES_PER_MS, pcm


def _block(number: int, relative_ms: int, pcm: bytes, shape: Shape) -> bytes:
    timecode = min(relative_ms, _MAX_RELATIVE_TIMECODE)
    body = encode_vint(number) + timecode.to_bytes(2, "big") + (b"\x00" if shape.block_groups else b"\x80") + pcm
    if shape.block_groups:
        return _element(mkv.BLOCK_GROUP, _element(mkv.BLOCK, body, shape), shape)
    return _element(mkv.SIMPLE_BLOCK, body, shape)


def mux_stream(specs: list[FragmentSpec], shape: Shape = DEFAULT_SHAPE) -> bytes:
    """A GetMedia body: the fragments' documents one after another."""
    return b"".join(mux_fragment(spec, shape) for spec in specs)
