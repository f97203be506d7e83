"""What the demuxer reports. Plain slotted classes: those that carry audio refuse every way of leaving by accident."""

import re
from collections.abc import Mapping
from typing import Literal, NoReturn, SupportsIndex

from cueline.media import matroska as mkv

_SECONDS = re.compile(r"([0-9]{1,13})(?:\.([0-9]{0,18}))?")
_MILLISECONDS = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,128}")

ClosedBy = Literal["token", "next", "end"]
"""What proved that a fragment is whole: its continuation token, the next document's header, the stream's end."""


class AudioBearing:
    """Base of objects that hold a caller's voice: no pickle, no copy, no formatting, no iteration, a silent repr."""

    __slots__ = ()

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds audio and is never serialised")

    def __copy__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds audio and is never copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds audio and is never copied")

    def __format__(self, format_spec: str) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds audio and is never formatted")

    def __iter__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds audio and is never iterated over")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class StreamErrorTag:
    """An error that Kinesis wrote into the stream.

    ``code`` is AWS_KINESISVIDEO_ERROR_CODE (a name such as ``FRAGMENT_NOT_FOUND``), ``error_id`` is
    AWS_KINESISVIDEO_ERROR_ID (a number such as ``4500``; for archived media the integer that
    AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE holds). Either is "" where the stream does not give it.
    """

    __slots__ = ("code", "error_id")

    def __init__(self, code: str, error_id: str) -> None:
        self.code = code
        self.error_id = error_id

    def __repr__(self) -> str:
        return f"StreamErrorTag(code={self.code!r}, error_id={self.error_id!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StreamErrorTag):
            return NotImplemented
        return (self.code, self.error_id) == (other.code, other.error_id)

    def __hash__(self) -> int:
        return hash((self.code, self.error_id))


def number_value(text: str) -> int | None:
    """A fragment number as the integer by which numbers compare; ``None`` where it is no decimal of 1-128 digits."""
    return int(text) if _DECIMAL.fullmatch(text) else None


def epoch_ms(text: str) -> int | None:
    """Decimal seconds, as the timestamp tags hold them, in whole milliseconds (half up); ``None`` when malformed.

    >>> epoch_ms("1568934432.1236"), epoch_ms("soon")
    (1568934432124, None)
    """
    match = _SECONDS.fullmatch(text.strip())
    if match is None:
        return None
    seconds, fraction = match.groups("")
    fraction = fraction.ljust(4, "0")
    return int(seconds + fraction[:3]) + (fraction[3] >= "5")


def stream_error(tags: Mapping[str, str]) -> StreamErrorTag | None:
    """The error that a fragment's tags report, live or archived; ``None`` when they report none."""
    if not (mkv.TAG_ERROR_CODE in tags or mkv.TAG_ERROR_ID in tags or mkv.TAG_ARCHIVED_ERROR_ID in tags):
        return None
    error_id = tags.get(mkv.TAG_ERROR_ID) or tags.get(mkv.TAG_ARCHIVED_ERROR_ID) or ""
    return StreamErrorTag(tags.get(mkv.TAG_ERROR_CODE, ""), error_id)


class FragmentStarted:
    """A fragment's leading tags are read and its first Cluster begins (or it turned out to have none).

    Always comes before its ``FragmentCompleted``; ``offset`` is the same in both. ``contact_id`` is what the *leading*
    tags say: only a hint, since the trailing tags may contradict it.
    """

    __slots__ = ("contact_id", "number", "offset")

    def __init__(self, *, offset: int, number: str | None, contact_id: str | None) -> None:
        self.offset = offset
        self.number = number
        self.contact_id = contact_id

    def __repr__(self) -> str:
        return f"FragmentStarted(offset={self.offset}, number={self.number!r}, contact_id={self.contact_id!r})"


class FragmentCompleted(AudioBearing):
    """One whole fragment: about a second of a call, with everything its tags say.

    - ``offset``: absolute byte offset of its first element in the stream.
    - ``leading_contact_id``, ``trailing_contact_id``: from the tags before and after its first Cluster;
      ``contact_ids_conflict`` when the fragment names more than one contact: it belongs to nobody then.
    - ``cluster_ms``: the first Cluster's Timecode in milliseconds (epoch milliseconds in live streams).
    - ``customer``, ``agent``: signed 16-bit little-endian PCM, 8000 Hz, mono, possibly an odd number of bytes;
      ``None`` when the track is not declared, ``b""`` when it is and carries nothing.
    - ``tags``: every tag by name, the last value written. What is known of them is read by the properties.
    """

    __slots__ = (
        "agent",
        "closed_by",
        "cluster_ms",
        "contact_ids_conflict",
        "customer",
        "leading_contact_id",
        "offset",
        "tags",
        "trailing_contact_id",
    )

    def __init__(
        self,
        *,
        offset: int,
        leading_contact_id: str | None,
        trailing_contact_id: str | None,
        contact_ids_conflict: bool,
        cluster_ms: int | None,
        customer: bytes | None,
        agent: bytes | None,
        tags: Mapping[str, str],
        closed_by: ClosedBy,
    ) -> None:
        self.offset = offset
        self.leading_contact_id = leading_contact_id
        self.trailing_contact_id = trailing_contact_id
        self.contact_ids_conflict = contact_ids_conflict
        self.cluster_ms = cluster_ms
        self.customer = customer
        self.agent = agent
        self.tags = tags
        self.closed_by: ClosedBy = closed_by

    @property
    def contact_id(self) -> str | None:
        """Whose fragment it says it is; see ``contact_ids_conflict``."""
        return self.leading_contact_id or self.trailing_contact_id

    @property
    def number(self) -> str:
        """AWS_KINESISVIDEO_FRAGMENT_NUMBER as written; "" when never written."""
        return self.tags.get(mkv.TAG_FRAGMENT_NUMBER, "")

    @property
    def number_value(self) -> int | None:
        """The integer by which numbers are compared; ``None`` where it is no decimal of at most 128 digits."""
        return number_value(self.number)

    @property
    def producer_ms(self) -> int | None:
        """The producer's timestamp in epoch milliseconds; ``None`` when absent or malformed."""
        tags = self.tags
        return epoch_ms(tags.get(mkv.TAG_PRODUCER_TIMESTAMP) or tags.get(mkv.TAG_ARCHIVED_PRODUCER_TIMESTAMP) or "")

    @property
    def server_ms(self) -> int | None:
        """The server's timestamp in epoch milliseconds; ``None`` when absent or malformed."""
        tags = self.tags
        return epoch_ms(tags.get(mkv.TAG_SERVER_TIMESTAMP) or tags.get(mkv.TAG_ARCHIVED_SERVER_TIMESTAMP) or "")

    @property
    def error(self) -> StreamErrorTag | None:
        """What Kinesis says went wrong, if it does."""
        return stream_error(self.tags)

    @property
    def continuation_token(self) -> str | None:
        """Where the next GetMedia would go on."""
        return self.tags.get(mkv.TAG_CONTINUATION_TOKEN)

    @property
    def millis_behind_now(self) -> int | None:
        """How far behind the stream's newest fragment this one was sent; ``None`` when absent or malformed."""
        behind = self.tags.get(mkv.TAG_MILLIS_BEHIND_NOW, "")
        return int(behind) if _MILLISECONDS.fullmatch(behind) else None

    def __repr__(self) -> str:
        customer = "none" if self.customer is None else f"{len(self.customer)} bytes"
        agent = "none" if self.agent is None else f"{len(self.agent)} bytes"
        return f"<FragmentCompleted at byte {self.offset}: customer {customer}, agent {agent}, {len(self.tags)} tags>"


DemuxerEvent = FragmentStarted | FragmentCompleted
