"""Requests and answers of the emulated operations, checked as strictly as the service's own models say. Pure.

Shapes and bounds: the API references of Kinesis Video Streams (botocore's service models ``kinesisvideo``,
``kinesis-video-media``, ``kinesis-video-archived-media``).
"""

import base64
from collections.abc import Callable
from typing import Annotated, Final, Literal, TypeVar

import msgspec
from msgspec import Meta

from cueline.emulators.kinesis_video_stream import Cursor, FragmentStore, TimestampKind

StreamName = Annotated[str, Meta(min_length=1, max_length=256, pattern=r"^[a-zA-Z0-9_.-]+\Z")]
StreamArn = Annotated[
    str,
    Meta(max_length=1024, pattern=r"^arn:[a-z\d-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+\Z"),
]
FragmentNumber = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[0-9]+\Z")]
Token = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[a-zA-Z0-9_.\-]+\Z")]
Version = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9]+\Z")]
EpochSeconds = Annotated[float, Meta(ge=0, le=253_402_300_799)]

_DEFAULT_PAGE: Final = 100


class RequestError(Exception):
    """The request is refused: ``name`` goes into ``x-amzn-ErrorType``, ``status`` is the HTTP status."""

    def __init__(self, name: str, status: int, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.status = status
        self.message = message


def invalid_argument(message: str) -> RequestError:
    """The refusal of a request that makes no sense."""
    return RequestError("InvalidArgumentException", 400, message)


class _Request(msgspec.Struct, frozen=True, rename="pascal"):
    """Fields are named as on the wire; what is not known of a request is ignored, as AWS does."""


class CreateStream(_Request, frozen=True):
    """Makes a stream."""

    stream_name: StreamName
    media_type: str | None = None
    kms_key_id: Annotated[str, Meta(min_length=1, max_length=2048)] | None = None
    data_retention_in_hours: Annotated[int, Meta(ge=0, le=87_600)] = 0


class OnStream(_Request, frozen=True):
    """Names the stream: by name or by ARN."""

    stream_name: StreamName | None = None
    stream_arn: StreamArn | None = msgspec.field(name="StreamARN", default=None)


class DeleteStream(OnStream, frozen=True):
    """Takes a stream away."""

    current_version: Version | None = None


class GetDataEndpoint(OnStream, frozen=True, kw_only=True):
    """Asks where an operation on the stream is served."""

    api_name: Literal[
        "PUT_MEDIA",
        "GET_MEDIA",
        "LIST_FRAGMENTS",
        "GET_MEDIA_FOR_FRAGMENT_LIST",
        "GET_HLS_STREAMING_SESSION_URL",
        "GET_DASH_STREAMING_SESSION_URL",
        "GET_CLIP",
        "GET_IMAGES",
    ] = msgspec.field(name="APIName")


class UpdateDataRetention(OnStream, frozen=True, kw_only=True):
    """Changes how long the stream's fragments are kept."""

    current_version: Version
    operation: Literal["INCREASE_DATA_RETENTION", "DECREASE_DATA_RETENTION"]
    data_retention_change_in_hours: Annotated[int, Meta(ge=1, le=87_600)]


class NameCondition(_Request, frozen=True):
    """Which streams to list."""

    comparison_operator: Literal["BEGINS_WITH"] = "BEGINS_WITH"
    comparison_value: StreamName = ""


class ListStreams(_Request, frozen=True):
    """Asks for the streams, page by page."""

    max_results: Annotated[int, Meta(ge=1, le=10_000)] = 10_000
    next_token: str | None = None
    stream_name_condition: NameCondition | None = None


class StartSelector(_Request, frozen=True):
    """Where a GetMedia is to begin."""

    start_selector_type: Literal[
        "FRAGMENT_NUMBER", "SERVER_TIMESTAMP", "PRODUCER_TIMESTAMP", "NOW", "EARLIEST", "CONTINUATION_TOKEN"
    ]
    after_fragment_number: FragmentNumber | None = None
    start_timestamp: EpochSeconds | None = None
    continuation_token: Token | None = None


class GetMedia(OnStream, frozen=True, kw_only=True):
    """Asks for the stream's media from a place on."""

    start_selector: StartSelector


class TimestampRange(_Request, frozen=True):
    """From when to when, both included."""

    start_timestamp: EpochSeconds
    end_timestamp: EpochSeconds


class FragmentSelector(_Request, frozen=True):
    """Which fragments to list, by which clock."""

    fragment_selector_type: TimestampKind
    timestamp_range: TimestampRange


class ListFragments(OnStream, frozen=True):
    """Asks what fragments there are, page by page."""

    max_results: Annotated[int, Meta(ge=1, le=1000)] = _DEFAULT_PAGE
    next_token: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None
    fragment_selector: FragmentSelector | None = None


class GetMediaForFragmentList(OnStream, frozen=True, kw_only=True):
    """Asks for the media of these fragments."""

    fragments: Annotated[list[FragmentNumber], Meta(min_length=1, max_length=1000)]


RequestT = TypeVar("RequestT", bound=_Request)


def parse_request(body: bytes, kind: type[RequestT]) -> RequestT:
    """The request, when it is what the service's model says; else ``InvalidArgumentException``."""
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise invalid_argument(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise invalid_argument("The request body is not valid JSON.") from None


_SELECTOR_FIELD: Final[dict[str, str | None]] = {
    "FRAGMENT_NUMBER": "after_fragment_number",
    "SERVER_TIMESTAMP": "start_timestamp",
    "PRODUCER_TIMESTAMP": "start_timestamp",
    "CONTINUATION_TOKEN": "continuation_token",
    "NOW": None,
    "EARLIEST": None,
}
_SELECTOR_FIELDS: Final = ("after_fragment_number", "start_timestamp", "continuation_token")


def start_cursor(selector: StartSelector, store: FragmentStore, is_known: Callable[[int], bool]) -> Cursor | None:
    """Where a GetMedia begins; ``None`` when the fragment that it should begin after is not known (any more).

    FRAGMENT_NUMBER and CONTINUATION_TOKEN begin with the chunk *after* the one named (our token is the fragment's
    number, as in captures).
    """
    kind = selector.start_selector_type
    needed = _SELECTOR_FIELD[kind]
    for name in _SELECTOR_FIELDS:
        is_given = getattr(selector, name) is not None
        if is_given != (name == needed):
            wire_name = name.title().replace("_", "")
            raise invalid_argument(f"StartSelectorType {kind} {'does not take' if is_given else 'needs'} {wire_name}.")
    if kind == "NOW":
        return store.now()
    if kind == "EARLIEST":
        return Cursor()
    if kind in ("PRODUCER_TIMESTAMP", "SERVER_TIMESTAMP"):
        return Cursor(kind=kind, at_ms=_milliseconds(selector.start_timestamp or 0))
    token = selector.after_fragment_number or selector.continuation_token or ""
    if not token.isascii() or not token.isdigit():
        raise invalid_argument("The continuation token is not valid.")
    return Cursor(after=int(token)) if is_known(int(token)) else None


class Page(msgspec.Struct, frozen=True):
    """What ListFragments looks for; its token is this, where the next page begins included."""

    kind: TimestampKind
    start_ms: int
    end_ms: int
    after: str = "0"


def requested_page(request: ListFragments) -> Page:
    """From the token, else from the selector; one of them must be there."""
    if request.next_token is not None:
        try:
            page = msgspec.json.decode(base64.b64decode(request.next_token, validate=True), type=Page)
            int(page.after)
        except (ValueError, msgspec.DecodeError):
            raise invalid_argument("The NextToken is not valid.") from None
        return page
    selector = request.fragment_selector
    if selector is None:
        raise invalid_argument("FragmentSelector is required when NextToken is not given.")
    asked = selector.timestamp_range
    start_ms, end_ms = _milliseconds(asked.start_timestamp), _milliseconds(asked.end_timestamp)
    if end_ms < start_ms:
        raise invalid_argument("The EndTimestamp must not be before the StartTimestamp.")
    return Page(selector.fragment_selector_type, start_ms, end_ms)


def page_token(page: Page, after: int) -> str:
    """The token with which the page after fragment ``after`` is asked for."""
    return base64.b64encode(msgspec.json.encode(msgspec.structs.replace(page, after=str(after)))).decode()


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
