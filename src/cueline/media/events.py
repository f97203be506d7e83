"""What the demuxer reports. Plain slotted classes: those that carry audio refuse every way of leaving by accident."""

from collections.abc import Mapping
from typing import Literal, NoReturn, SupportsIndex

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
    - ``number``: AWS_KINESISVIDEO_FRAGMENT_NUMBER as written, "" when never written; ``number_value`` is the integer
      by which numbers are compared, ``None`` where it is no decimal of at most 128 digits.
    - ``contact_id``: ``leading_contact_id`` or else ``trailing_contact_id`` (tags before and after the first
      Cluster); ``contact_ids_conflict`` when the fragment names more than one contact: it belongs to nobody then.
    - ``producer_ms``, ``server_ms``: epoch milliseconds from the timestamp tags, ``None`` when absent or malformed;
      ``cluster_ms``: the first Cluster's Timecode in milliseconds (epoch milliseconds in live streams).
    - ``customer``, ``agent``: signed 16-bit little-endian PCM, 8000 Hz, mono, possibly an odd number of bytes;
      ``None`` when the track is not declared, ``b""`` when it is and carries nothing.
    - ``tags``: every tag by name, the last value written.
    """

    __slots__ = (
        "agent",
        "closed_by",
        "cluster_ms",
        "contact_id",
        "contact_ids_conflict",
        "continuation_token",
        "customer",
        "error",
        "leading_contact_id",
        "millis_behind_now",
        "number",
        "number_value",
        "offset",
        "producer_ms",
        "server_ms",
        "tags",
        "trailing_contact_id",
    )

    def __init__(
        self,
        *,
        offset: int,
        number: str,
        number_value: int | None,
        leading_contact_id: str | None,
        trailing_contact_id: str | None,
        contact_ids_conflict: bool,
        producer_ms: int | None,
        server_ms: int | None,
        cluster_ms: int | None,
        customer: bytes | None,
        agent: bytes | None,
        tags: Mapping[str, str],
        error: StreamErrorTag | None,
        continuation_token: str | None,
        millis_behind_now: int | None,
        closed_by: ClosedBy,
    ) -> None:
        self.offset = offset
        self.number = number
        self.number_value = number_value
        self.contact_id = leading_contact_id or trailing_contact_id
        self.leading_contact_id = leading_contact_id
        self.trailing_contact_id = trailing_contact_id
        self.contact_ids_conflict = contact_ids_conflict
        self.producer_ms = producer_ms
        self.server_ms = server_ms
        self.cluster_ms = cluster_ms
        self.customer = customer
        self.agent = agent
        self.tags = tags
        self.error = error
        self.continuation_token = continuation_token
        self.millis_behind_now = millis_behind_now
        self.closed_by: ClosedBy = closed_by

    def __repr__(self) -> str:
        customer = "none" if self.customer is None else f"{len(self.customer)} bytes"
        agent = "none" if self.agent is None else f"{len(self.agent)} bytes"
        return f"<FragmentCompleted at byte {self.offset}: customer {customer}, agent {agent}, {len(self.tags)} tags>"


DemuxerEvent = FragmentStarted | FragmentCompleted
