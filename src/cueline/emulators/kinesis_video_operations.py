"""The emulated operations that answer at once: streams and archived fragments. The asking and answering is HTTP's."""

from typing import Any, Final

from cueline.emulators import kinesis_video_requests as requests
from cueline.emulators.kinesis_video_faults import ERROR_STATUS
from cueline.emulators.kinesis_video_playback import EmulatedStream
from cueline.emulators.kinesis_video_requests import RequestError, invalid_argument
from cueline.kernel.clock import Clock

MAX_STREAMS: Final = 10_000

Answer = dict[str, Any]


class StreamDirectory:
    """All streams of the emulated account, by name."""

    __slots__ = ("_clock", "_streams")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._streams: dict[str, EmulatedStream] = {}

    def all(self) -> list[EmulatedStream]:
        """Every stream there is."""
        return list(self._streams.values())

    def get(self, name: str) -> EmulatedStream | None:
        return self._streams.get(name)

    def add(self, stream: EmulatedStream) -> None:
        if len(self._streams) >= MAX_STREAMS:
            raise RequestError("AccountStreamLimitExceededException", 400, "There are too many streams.")
        self._streams[stream.name] = stream

    def find(self, request: requests.OnStream, operation: str) -> EmulatedStream:
        """The stream that a request names; refused when there is none, or when a fault says so."""
        name, arn = request.stream_name, request.stream_arn
        if name is None and arn is None:
            raise invalid_argument("Either StreamName or StreamARN is required.")
        arn_name = arn.split("/")[1] if arn is not None else name
        if name is not None and name != arn_name:
            raise invalid_argument("StreamName and StreamARN name different streams.")
        stream = self._streams.get(arn_name or "")
        if stream is None or (arn is not None and arn != stream.arn):
            raise RequestError("ResourceNotFoundException", 404, "The requested stream is not found or not active.")
        refused = stream.refusal(operation)
        if refused is not None:
            raise RequestError(refused, ERROR_STATUS[refused], "Refused by the emulator, as its faults ask.")
        stream.store.expire(now_ms=self._clock.monotonic_ms())
        return stream

    def describe(self, body: bytes) -> Answer:
        stream = self.find(requests.parse_request(body, requests.OnStream), "DescribeStream")
        return {"StreamInfo": stream_info(stream)}

    def delete(self, body: bytes) -> Answer:
        request = requests.parse_request(body, requests.DeleteStream)
        if request.stream_arn is None:
            raise invalid_argument("StreamARN is required.")
        stream = self.find(request, "DeleteStream")
        if request.current_version not in (None, version_of(stream)):
            raise _version_mismatch()
        del self._streams[stream.name]
        stream.close()
        return {}

    def list_streams(self, body: bytes) -> Answer:
        request = requests.parse_request(body, requests.ListStreams)
        prefix = request.stream_name_condition.comparison_value if request.stream_name_condition else ""
        after = _name_in_token(request.next_token or "")
        names = sorted(name for name in self._streams if name.startswith(prefix) and name > after)
        page = names[: request.max_results]
        answer: Answer = {"StreamInfoList": [stream_info(self._streams[name]) for name in page]}
        if len(page) < len(names):
            answer["NextToken"] = page[-1].encode().hex()
        return answer

    def update_retention(self, body: bytes) -> Answer:
        request = requests.parse_request(body, requests.UpdateDataRetention)
        stream = self.find(request, "UpdateDataRetention")
        if request.current_version != version_of(stream):
            raise _version_mismatch()
        change = request.data_retention_change_in_hours
        hours = stream.store.retention_hours + (change if request.operation.startswith("INCREASE") else -change)
        if not 0 <= hours <= 87_600:
            raise invalid_argument("The retention must be from 0 to 87600 hours.")
        stream.store.retention_hours = hours
        stream.version += 1
        return {}

    def list_fragments(self, body: bytes) -> Answer:
        request = requests.parse_request(body, requests.ListFragments)
        stream = self.find(request, "ListFragments")
        page = requests.requested_page(request)
        if not stream.store.retention_hours:
            return {"Fragments": []}
        found, more = stream.store.between(
            page.kind, page.start_ms, page.end_ms, after=int(page.after), limit=request.max_results
        )
        answer: Answer = {
            "Fragments": [
                {
                    "FragmentNumber": str(fragment.number),
                    "FragmentSizeInBytes": fragment.audio_bytes,
                    "ProducerTimestamp": fragment.producer_ms / 1000,
                    "ServerTimestamp": fragment.server_ms / 1000,
                    "FragmentLengthInMilliseconds": fragment.duration_ms,
                }
                for fragment in found
            ]
        }
        if more:
            answer["NextToken"] = requests.page_token(page, found[-1].number)
        return answer


def stream_info(stream: EmulatedStream) -> Answer:
    """StreamInfo, as DescribeStream and ListStreams give it."""
    info: Answer = {
        "StreamName": stream.name,
        "StreamARN": stream.arn,
        "KmsKeyId": stream.kms_key,
        "Version": version_of(stream),
        "Status": "ACTIVE",
        "CreationTime": stream.created_ms / 1000,
        "DataRetentionInHours": stream.store.retention_hours,
    }
    return info if stream.media_type is None else {**info, "MediaType": stream.media_type}


def version_of(stream: EmulatedStream) -> str:
    """The stream's version as its API gives it."""
    return f"V{stream.version:019d}"


def _version_mismatch() -> RequestError:
    return RequestError("VersionMismatchException", 400, "The stream has another version.")


def _name_in_token(token: str) -> str:
    """ListStreams' token is the last name of the page before, in hexadecimal."""
    try:
        return bytes.fromhex(token).decode()
    except ValueError:
        raise invalid_argument("The NextToken is not valid.") from None
