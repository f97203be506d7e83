"""A fragment's bytes as each operation sends them, and what faults do to them. Pure."""

from collections.abc import Sequence
from typing import Final, Literal

from cueline.emulators.kinesis_video_faults import ERROR_CODES, Firing
from cueline.emulators.kinesis_video_stream import StoredFragment
from cueline.media import matroska as mkv
from cueline.media.events import AudioBearing, StreamErrorTag
from cueline.media.muxer import FragmentSpec, FragmentTags, mux_error, mux_fragment

FRAGMENT_NOT_FOUND: Final = 4000
_TAG_EXCEPTION_MESSAGE: Final = "AWS_KINESISVIDEO_EXCEPTION_MESSAGE"
_DAMAGE_BYTES: Final = 8


class Sending(AudioBearing):
    """What goes out for a fragment; ``then`` says how the session proceeds: on, to its normal end, or cut off.

    ``share``: how far into the fragment the session comes; ``None`` when it sends it whole.
    """

    __slots__ = ("data", "share", "then")

    def __init__(self, data: bytes, then: Literal["on", "end", "cut"] = "on", *, share: float | None = None) -> None:
        self.data = data
        self.share = share
        self.then: Literal["on", "end", "cut"] = then


def not_found_document() -> bytes:
    """What GetMedia sends before it ends a session whose start it does not have."""
    return mux_error(StreamErrorTag(ERROR_CODES[FRAGMENT_NOT_FOUND], str(FRAGMENT_NOT_FOUND)))


def live_document(fragment: StoredFragment, *, behind_now_ms: int) -> bytes:
    """The fragment as GetMedia sends it: with how far it is behind, and the continuation token as the last tag."""
    tags = fragment.spec.tags
    live = FragmentTags(
        number=tags.number,
        contact_id=tags.contact_id,
        instance_id=tags.instance_id,
        mime_type=tags.mime_type,
        producer_ms=tags.producer_ms,
        server_ms=tags.server_ms,
        millis_behind_now=behind_now_ms,
        continuation_token=tags.number,
    )
    return mux_fragment(_with_tags(fragment, live), fragment.shape)


def archived_document(fragment: StoredFragment) -> bytes:
    """The fragment as GetMediaForFragmentList sends it: other names for the times, no token."""
    tags = fragment.spec.tags
    archived = FragmentTags(
        number=tags.number,
        contact_id=tags.contact_id,
        instance_id=tags.instance_id,
        mime_type=tags.mime_type,
        leading={
            mkv.TAG_ARCHIVED_SERVER_TIMESTAMP: _seconds(fragment.server_ms),
            mkv.TAG_ARCHIVED_PRODUCER_TIMESTAMP: _seconds(fragment.producer_ms),
        },
    )
    return mux_fragment(_with_tags(fragment, archived), fragment.shape)


def missing_document(number: str) -> bytes:
    """What GetMediaForFragmentList says of a fragment that it does not have."""
    tags = FragmentTags(
        number=number,
        mime_type=None,
        trailing={
            mkv.TAG_ARCHIVED_ERROR_ID: str(FRAGMENT_NOT_FOUND),
            _TAG_EXCEPTION_MESSAGE: "Requested fragment is not found",
        },
    )
    return mux_fragment(FragmentSpec(tags, customer=None, agent=None))


def _with_tags(fragment: StoredFragment, tags: FragmentTags) -> FragmentSpec:
    spec = fragment.spec
    return FragmentSpec(tags, customer=spec.customer, agent=spec.agent, cluster_ms=fragment.producer_ms)


def _seconds(epoch_ms: int) -> str:
    return f"{epoch_ms // 1000}.{epoch_ms % 1000:03d}"


def sending(fragment: StoredFragment, firings: Sequence[Firing], *, behind_now_ms: int) -> Sending:
    """The bytes for one fragment, with what goes wrong now done to them."""
    by_kind = {firing.fault.kind: firing for firing in firings}
    if "end_session" in by_kind:
        return Sending(b"", "end", share=by_kind["end_session"].share)
    if "error_tag" in by_kind:
        fault = by_kind["error_tag"].fault
        said = mux_error(StreamErrorTag(fault.error_code, str(fault.id)))
        return Sending(said, "end", share=by_kind["error_tag"].share)
    document = live_document(fragment, behind_now_ms=behind_now_ms)
    if "garbage" in by_kind:
        at = document.index(mkv.CLUSTER.to_bytes(4, "big"))
        document = document[:at] + bytes(_DAMAGE_BYTES) + document[at + _DAMAGE_BYTES :]
    broken = by_kind.get("drop_connection") or by_kind.get("truncate")
    if broken is not None:
        cut = min(max(int(len(document) * broken.share), 1), len(document) - 1)
        return Sending(document[:cut], "cut" if broken.fault.kind == "drop_connection" else "end", share=broken.share)
    return Sending(document * fragment.copies)
