"""What goes over a Transcribe stream: the address's parameters, audio frames, results and exceptions. Pure."""

import hashlib
from typing import Final

import msgspec

from cueline.kernel.ids import Channel, ContactId
from cueline.media.event_stream import EventStreamError, Frame, decode, encode
from cueline.speech.adapters.transcribe_settings import TranscribeSettings
from cueline.speech.ports import Opening, RecogniserError
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, SAMPLES_PER_MS
from cueline.unredacted.sealed import Sealed

PATH: Final = "/stream-transcription-websocket"
MAX_MESSAGE_BYTES: Final = 512 * 1024
MAX_RESULT_S: Final = 5 * 3_600.0
"""No time of a result is later: a stream ends after four hours."""

_CHANNELS: Final[dict[str, Channel]] = {"ch_0": "customer", "ch_1": "agent"}
_AUDIO_HEADERS: Final = {
    ":content-type": "application/octet-stream",
    ":event-type": "AudioEvent",
    ":message-type": "event",
}
_RETRYABLE: Final = frozenset(
    {"LimitExceededException", "ConflictException", "InternalFailureException", "ServiceUnavailableException"}
)
_KNOWN: Final = _RETRYABLE | {"BadRequestException"}


class TranscribeRefusedError(RecogniserError):
    """The service will not take this request however often it is sent: credentials, parameters, or the audio."""

    code = "recogniser_refused"
    retryable = False


class _Item(msgspec.Struct, rename="pascal"):
    content: str = ""
    type: str = "pronunciation"
    start_time: float = 0.0
    end_time: float = 0.0
    confidence: float | None = None


class _Alternative(msgspec.Struct, rename="pascal"):
    items: list[_Item] = []


class _Result(msgspec.Struct, rename="pascal"):
    result_id: str
    start_time: float
    end_time: float
    is_partial: bool
    channel_id: str | None = None
    alternatives: list[_Alternative] = []


class _Transcript(msgspec.Struct, rename="pascal"):
    results: list[_Result] = []


class _Event(msgspec.Struct, rename="pascal"):
    transcript: _Transcript


class _Message(msgspec.Struct, rename={"text": "Message"}):
    text: str = ""


_EVENT: Final = msgspec.json.Decoder(_Event)
_EXCEPTION: Final = msgspec.json.Decoder(_Message)


class SessionWord(Sealed):
    """A word in session samples, with the punctuation that follows it."""

    __slots__ = ("confidence", "end", "start", "text")

    def __init__(self, text: str, start: int, end: int, confidence: float | None) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.confidence = confidence


class SessionResult(Sealed):
    """One result in session samples: a hypothesis (``partial``) or what the service settled on."""

    __slots__ = ("channel", "end", "identity", "partial", "start", "words")

    def __init__(
        self, *, channel: Channel, identity: str, start: int, end: int, partial: bool, words: tuple[SessionWord, ...]
    ) -> None:
        self.channel: Channel = channel
        self.identity = identity
        self.start = start
        self.end = end
        self.partial = partial
        self.words = words


def session_id(contact: ContactId, position: int, attempt: int) -> str:
    """A session id in the form that the service asks for; another attempt at the same place has another one.

    >>> session_id(ContactId("demo"), 16_000, 1)
    '31d372a5-95da-c656-af2f-2766b29be1a4'
    """
    digits = hashlib.sha256(f"{contact}\n{position}\n{attempt}".encode()).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def user_agent(opening: Opening) -> str:
    """Tells an emulator which call this is, and where in it the stream begins."""
    return f"cueline md/contact#{opening.contact_id} md/position#{opening.position}"


def parameters(settings: TranscribeSettings, opening: Opening, session: str) -> dict[str, str]:
    """The address's parameters for a call. With several languages the service finds out which is spoken."""
    query = {
        "media-encoding": "pcm",
        "sample-rate": str(SAMPLE_RATE_HZ),
        "number-of-channels": "2",
        "enable-channel-identification": "true",
        "enable-partial-results-stabilization": "true",
        "partial-results-stability": settings.stability,
        "session-id": session,
    }
    if settings.url is not None:
        query["user-agent"] = user_agent(opening)
    languages = _one_dialect_each((opening.language, *opening.languages))
    if opening.languages and len(languages) > 1:
        query |= {
            "identify-language": "true",
            "language-options": ",".join(languages),
            "preferred-language": opening.language,
        }
        if settings.vocabularies:
            query["vocabulary-names"] = ",".join(settings.vocabularies)
    else:
        query["language-code"] = opening.language
        if settings.vocabularies:
            query["vocabulary-name"] = settings.vocabularies[0]
    return query


def _one_dialect_each(languages: tuple[str, ...]) -> list[str]:
    """The service takes one dialect of a language: the first that is named."""
    chosen: dict[str, str] = {}
    for language in languages:
        chosen.setdefault(language.partition("-")[0], language)
    return list(chosen.values())


def audio_frame(pcm: bytes) -> bytes:
    """Interleaved PCM as an event; without any it ends the stream."""
    return encode(_AUDIO_HEADERS, pcm)


def interleaved(customer: bytes, agent: bytes) -> bytes:
    """Channel 0 is the customer, channel 1 the agent, sample by sample.

    >>> interleaved(b"aabb", b"AABB")
    b'aaAAbbBB'
    """
    both = bytearray(len(customer) * 2)
    for byte in range(BYTES_PER_SAMPLE):
        both[byte :: 2 * BYTES_PER_SAMPLE] = customer[byte::BYTES_PER_SAMPLE]
        both[BYTES_PER_SAMPLE + byte :: 2 * BYTES_PER_SAMPLE] = agent[byte::BYTES_PER_SAMPLE]
    return bytes(both)


def read_message(message: bytes | str) -> list[SessionResult]:
    """The results of one WebSocket message. Raises RecogniserError for an exception event and for garbage."""
    if isinstance(message, str):
        raise RecogniserError("Amazon Transcribe sent text where frames were due")
    try:
        frame = decode(message)
    except EventStreamError as error:
        raise RecogniserError(f"Amazon Transcribe sent a broken frame: {error}") from None
    kind = frame.text(":message-type")
    if kind == "exception":
        raise _exception(frame)
    if kind != "event":
        raise RecogniserError("Amazon Transcribe sent a frame that is neither an event nor an exception")
    if frame.text(":event-type") != "TranscriptEvent":
        return []  # a kind of event that came with a later version of the service
    try:
        event = _EVENT.decode(frame.payload)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise RecogniserError("Amazon Transcribe sent an event that is not as described") from None
    return [_result(result) for result in event.transcript.results]


def refused(status: int) -> RecogniserError:
    """The error for an upgrade that was answered with an HTTP status."""
    if status == 429 or status >= 500:
        return RecogniserError(f"Amazon Transcribe does not take the stream now (HTTP {status})")
    if status in {401, 403}:
        return TranscribeRefusedError(
            f"Amazon Transcribe refused the credentials (HTTP {status}): they need"
            " transcribe:StartStreamTranscriptionWebSocket, and this machine's clock must be right"
        )
    return TranscribeRefusedError(f"Amazon Transcribe refused the request (HTTP {status})")


def _exception(frame: Frame) -> RecogniserError:
    name = frame.text(":exception-type")
    try:
        text = _EXCEPTION.decode(frame.payload).text
    except (msgspec.MsgspecError, UnicodeDecodeError):
        text = ""
    # The text is the service's, so it decides but is not passed on.
    if name == "BadRequestException" and "timed out" not in text:
        return TranscribeRefusedError(
            "Amazon Transcribe refused the stream (BadRequestException): check region, language and vocabulary names"
        )
    if name == "BadRequestException":
        return RecogniserError("Amazon Transcribe ended the stream: no audio came for too long")
    shown = name if name in _KNOWN else "an exception it does not document"
    return RecogniserError(f"Amazon Transcribe ended the stream: {shown}")


def _result(result: _Result) -> SessionResult:
    channel = _CHANNELS.get(result.channel_id or "")
    if channel is None:
        raise RecogniserError("Amazon Transcribe sent a result of a channel that it was not given")
    start, end = _samples(result.start_time), _samples(result.end_time)
    if end < start:
        raise RecogniserError("Amazon Transcribe sent a result that ends before it begins")
    items = result.alternatives[0].items if result.alternatives else []
    return SessionResult(
        channel=channel,
        identity=result.result_id,
        start=start,
        end=end,
        partial=result.is_partial,
        words=_words(items),
    )


def _words(items: list[_Item]) -> tuple[SessionWord, ...]:
    words: list[SessionWord] = []
    for item in items:
        content = item.content.strip()
        if item.type == "punctuation":
            if words:
                words[-1].text += content
        elif content:
            start, end = _samples(item.start_time), _samples(item.end_time)
            if words:
                start = max(start, words[-1].start)
            words.append(SessionWord(content, start, max(end, start + SAMPLES_PER_MS), item.confidence))
    return tuple(words)


def _samples(seconds: float) -> int:
    if not 0 <= seconds <= MAX_RESULT_S:
        raise RecogniserError("Amazon Transcribe sent a time that lies outside of the stream")
    return round(seconds * SAMPLE_RATE_HZ)
