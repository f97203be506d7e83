"""Matroska's element ids (RFC 9559) and the names that Kinesis Video Streams and Amazon Connect write.

Sources: the KVS developer guide (GetMedia and GetMediaForFragmentList list their tags), the Amazon Connect
administrator guide ("live media streaming": track names), and published captures of live streams.
"""

from typing import Final

from cueline.kernel.ids import Channel

EBML: Final = 0x1A45DFA3
EBML_VERSION: Final = 0x4286
EBML_READ_VERSION: Final = 0x42F7
EBML_MAX_ID_LENGTH: Final = 0x42F2
EBML_MAX_SIZE_LENGTH: Final = 0x42F3
DOC_TYPE: Final = 0x4282
DOC_TYPE_VERSION: Final = 0x4287
DOC_TYPE_READ_VERSION: Final = 0x4285
VOID: Final = 0xEC
CRC_32: Final = 0xBF

SEGMENT: Final = 0x18538067
SEEK_HEAD: Final = 0x114D9B74
CUES: Final = 0x1C53BB6B
CHAPTERS: Final = 0x1043A770
ATTACHMENTS: Final = 0x1941A469

INFO: Final = 0x1549A966
SEGMENT_UID: Final = 0x73A4
TIMECODE_SCALE: Final = 0x2AD7B1
TITLE: Final = 0x7BA9
MUXING_APP: Final = 0x4D80
WRITING_APP: Final = 0x5741

TRACKS: Final = 0x1654AE6B
TRACK_ENTRY: Final = 0xAE
TRACK_NUMBER: Final = 0xD7
TRACK_UID: Final = 0x73C5
TRACK_TYPE: Final = 0x83
TRACK_NAME: Final = 0x536E
CODEC_ID: Final = 0x86
CODEC_PRIVATE: Final = 0x63A2

TAGS: Final = 0x1254C367
TAG: Final = 0x7373
SIMPLE_TAG: Final = 0x67C8
TAG_NAME: Final = 0x45A3
TAG_STRING: Final = 0x4487
TAG_BINARY: Final = 0x4485

CLUSTER: Final = 0x1F43B675
TIMECODE: Final = 0xE7
POSITION: Final = 0xA7
SIMPLE_BLOCK: Final = 0xA3
BLOCK_GROUP: Final = 0xA0
BLOCK: Final = 0xA1

SEGMENT_CHILDREN: Final = frozenset({SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, ATTACHMENTS, CHAPTERS, TAGS})
"""Any of these ends a Cluster of unknown size (RFC 9559, 5.1.3)."""

DEFAULT_TIMECODE_SCALE: Final = 1_000_000
"""Nanoseconds per timecode unit where Info names none: milliseconds."""

LACING_BITS: Final = 0x06
"""Of a block's flags byte: several frames packed into one block, which Kinesis never does."""

TRACK_FROM_CUSTOMER: Final = "AUDIO_FROM_CUSTOMER"
TRACK_TO_CUSTOMER: Final = "AUDIO_TO_CUSTOMER"
TRACK_LEGACY: Final = "Track_audio/L16"

CHANNEL_BY_TRACK_NAME: Final[dict[str, Channel]] = {
    TRACK_FROM_CUSTOMER: "customer",
    TRACK_LEGACY: "customer",
    TRACK_TO_CUSTOMER: "agent",
}

TAG_FRAGMENT_NUMBER: Final = "AWS_KINESISVIDEO_FRAGMENT_NUMBER"
TAG_CONTINUATION_TOKEN: Final = "AWS_KINESISVIDEO_CONTINUATION_TOKEN"  # noqa: S105 a tag's name, no secret
TAG_MILLIS_BEHIND_NOW: Final = "AWS_KINESISVIDEO_MILLIS_BEHIND_NOW"
TAG_SERVER_TIMESTAMP: Final = "AWS_KINESISVIDEO_SERVER_TIMESTAMP"
TAG_PRODUCER_TIMESTAMP: Final = "AWS_KINESISVIDEO_PRODUCER_TIMESTAMP"
TAG_ERROR_CODE: Final = "AWS_KINESISVIDEO_ERROR_CODE"
TAG_ERROR_ID: Final = "AWS_KINESISVIDEO_ERROR_ID"

TAG_ARCHIVED_SERVER_TIMESTAMP: Final = "AWS_KINESISVIDEO_SERVER_SIDE_TIMESTAMP"
TAG_ARCHIVED_PRODUCER_TIMESTAMP: Final = "AWS_KINESISVIDEO_PRODUCER_SIDE_TIMESTAMP"
TAG_ARCHIVED_ERROR_ID: Final = "AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE"
"""GetMediaForFragmentList's tags; despite its name the last holds the error's integer."""

TAG_CONTACT_ID: Final = "ContactId"
TAG_INSTANCE_ID: Final = "InstanceId"
TAG_MIME_TYPE: Final = "MimeType"

MIME_TYPE: Final = "audio/L16;rate=8000;channels=1;"
"""As Connect writes it. Despite the name L16 the samples are little-endian."""
