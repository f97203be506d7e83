"""Deepgram's live protocol: the request's query, what goes up, what comes down. Pure.

What comes down was said by somebody: an error here names the message's fault, never its content. Messages of a kind
that is not known are passed over, so that the vendor may add some; those that are known are checked in full.
"""

import math
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import msgspec

from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CHANNELS
from cueline.speech.adapters.deepgram_settings import DeepgramSettings
from cueline.speech.ports import Opening
from cueline.unredacted.audio import SAMPLE_RATE_HZ
from cueline.unredacted.sealed import Sealed

KEEP_ALIVE: Final = '{"type":"KeepAlive"}'
FINALIZE: Final = '{"type":"Finalize"}'
CLOSE_STREAM: Final = '{"type":"CloseStream"}'

MAX_MESSAGE_BYTES: Final = 1 << 20
MAX_WORDS: Final = 2_000
MAX_SECONDS: Final = 7 * 24 * 3_600
"""No socket lives for a week: a time beyond it is a fault."""

MAX_KEY_TERMS: Final = 100
MAX_KEY_TERM_CHARS: Final = 80
MAX_KEY_TERM_CHARS_TOTAL: Final = 1_500
"""The vendor takes 500 tokens of key terms; three characters make a token at least."""

MULTILINGUAL: Final = frozenset({"en", "es", "fr", "de", "hi", "ru", "pt", "ja", "it", "nl"})
"""Languages between which `language=multi` tells the one that is spoken."""

_REQUEST_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_ERROR_CODE: Final = re.compile(r"\b[A-Z]{3,8}-\d{4}\b")

CLOSE_MEANINGS: Final[dict[str, str]] = {
    "NET-0001": "it heard neither audio nor a sign of life for ten seconds",
    "NET-0000": "its own recogniser did not answer",
    "DATA-0000": "it could not decode the audio",
}


class WireError(CuelineError):
    """A message that is not as Deepgram describes it; the text says what is wrong and nothing of what was said."""

    code = "deepgram_wire"


class WireWord(Sealed):
    """A word in seconds since the socket's first audio."""

    __slots__ = ("confidence", "end_s", "start_s", "text")

    def __init__(self, text: str, start_s: float, end_s: float, confidence: float) -> None:
        self.text = text
        self.start_s = start_s
        self.end_s = end_s
        self.confidence = confidence


class Results(Sealed):
    """A hypothesis or a final of one channel, over ``start_s`` to ``end_s``; words in the order of their start."""

    __slots__ = ("channel", "end_s", "from_finalize", "is_final", "speech_final", "start_s", "words")

    def __init__(
        self,
        channel: int,
        start_s: float,
        end_s: float,
        words: Sequence[WireWord],
        *,
        is_final: bool = False,
        speech_final: bool = False,
        from_finalize: bool = False,
    ) -> None:
        self.channel = channel
        self.start_s = start_s
        self.end_s = end_s
        self.words = tuple(words)
        self.is_final = is_final
        self.speech_final = speech_final
        self.from_finalize = from_finalize


class UtteranceEnd(msgspec.Struct, frozen=True):
    """A channel has been without words for `utterance_end_ms`. last_word_end_s: negative where it is not known."""

    channel: int
    last_word_end_s: float


class Closing(msgspec.Struct, frozen=True):
    """The stream was processed to its end: so many seconds of audio."""

    duration_s: float
    request_id: str | None


class ServiceFault(msgspec.Struct, frozen=True):
    """The vendor says that something failed; ``error_code`` where it gave one of the documented shape."""

    error_code: str | None


Message = Results | UtteranceEnd | Closing | ServiceFault


class _Type(msgspec.Struct):
    type: str


class _Word(msgspec.Struct):
    word: str
    start: float
    end: float
    confidence: float = 1.0
    punctuated_word: str | None = None


class _Alternative(msgspec.Struct):
    transcript: str
    words: list[_Word] = []


class _Channel(msgspec.Struct):
    alternatives: list[_Alternative]


class _Results(msgspec.Struct):
    channel_index: list[int]
    start: float
    duration: float
    channel: _Channel
    is_final: bool | None = None
    speech_final: bool | None = None
    from_finalize: bool | None = None


class _UtteranceEnd(msgspec.Struct):
    channel: list[int]
    last_word_end: float


class _Metadata(msgspec.Struct):
    duration: float
    request_id: str = ""


class _Error(msgspec.Struct):
    code: str | None = None
    variant: str | None = None
    description: str | None = None


_TYPE: Final = msgspec.json.Decoder(_Type)
_RESULTS: Final = msgspec.json.Decoder(_Results)
_UTTERANCE_END: Final = msgspec.json.Decoder(_UtteranceEnd)
_METADATA: Final = msgspec.json.Decoder(_Metadata)
_ERROR: Final = msgspec.json.Decoder(_Error)


def request_url(settings: DeepgramSettings, opening: Opening) -> str:
    """The address that asks for this recognition; parameters as Deepgram's reference names them."""
    pairs = [
        ("model", settings.model),
        ("language", language_of(opening)),
        ("encoding", "linear16"),
        ("sample_rate", str(SAMPLE_RATE_HZ)),
        ("channels", str(len(CHANNELS))),
        ("multichannel", "true"),
        ("interim_results", "true"),
        ("punctuate", _flag(settings.punctuate)),
        ("endpointing", str(settings.endpointing_ms)),
        ("utterance_end_ms", str(settings.utterance_end_ms)),
        ("mip_opt_out", _flag(not settings.improve_models)),
    ]
    pairs += [("redact", kind) for kind in settings.redact]
    # The newer models take whole phrases, the older ones single words.
    name = "keyterm" if settings.model.startswith(("nova-3", "flux")) else "keywords"
    pairs += [(name, term) for term in key_terms(opening.vocabulary)]
    if settings.marked:
        pairs += [("extra", f"contact:{opening.contact_id}"), ("extra", f"position:{opening.position}")]
    return f"{settings.listen_url}?{urlencode(pairs)}"


def language_of(opening: Opening) -> str:
    """The one language; `multi` where several are named and the model can tell these apart.

    >>> from cueline.kernel.ids import CallId, ContactId
    >>> of = lambda *several: language_of(Opening(CallId("c"), ContactId("c"), "en-US", 0, several))
    >>> of(), of("en-US"), of("en-US", "es-US"), of("en-US", "fi-FI")
    ('en-US', 'en-US', 'multi', 'en-US')
    """
    bare = {tag.partition("-")[0].lower() for tag in opening.languages}
    return "multi" if len(bare) > 1 and bare <= MULTILINGUAL else opening.language


def key_terms(vocabulary: Sequence[str]) -> list[str]:
    """As many of the terms, most important first, as the vendor takes; each once, too long ones left out."""
    chosen: list[str] = []
    left = MAX_KEY_TERM_CHARS_TOTAL
    for term in dict.fromkeys(" ".join(each.split()) for each in vocabulary):
        if not term or len(term) > MAX_KEY_TERM_CHARS or len(term) > left or len(chosen) == MAX_KEY_TERMS:
            continue
        chosen.append(term)
        left -= len(term)
    return chosen


def parse(raw: str | bytes, *, channels: int = len(CHANNELS)) -> Message | None:
    """One message; None where it is of a kind that nothing hangs on. Raises WireError."""
    if isinstance(raw, bytes):
        raise WireError("Deepgram sent a binary message")
    if len(raw) > MAX_MESSAGE_BYTES:
        raise WireError("Deepgram sent a message that is too large")
    try:
        match _TYPE.decode(raw).type:
            case "Results":
                return _read_results(_RESULTS.decode(raw), channels)
            case "UtteranceEnd":
                ended = _UTTERANCE_END.decode(raw)
                return UtteranceEnd(
                    _channel(ended.channel, channels), _seconds(ended.last_word_end, least=-MAX_SECONDS)
                )
            case "Metadata":
                metadata = _METADATA.decode(raw)
                return Closing(_seconds(metadata.duration), request_id_in(metadata.request_id))
            case "Error":
                error = _ERROR.decode(raw)
                return ServiceFault(error_code_in(f"{error.code} {error.variant} {error.description}"))
            case _:
                return None
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise WireError("Deepgram sent a message that is not as described") from None


def error_code_in(text: str | None) -> str | None:
    """A documented error code such as NET-0001 within a close reason or a header."""
    found = _ERROR_CODE.search(text or "")
    return found.group() if found else None


def request_id_in(text: str | None) -> str | None:
    """The vendor's id of a request, where it is one."""
    return text if text and _REQUEST_ID.fullmatch(text) else None


def _read_results(read: _Results, channels: int) -> Results:
    channel = _channel(read.channel_index, channels)
    start = _seconds(read.start)
    end = _seconds(start + _seconds(read.duration))
    heard = read.channel.alternatives[0].words if read.channel.alternatives else []
    if len(heard) > MAX_WORDS:
        raise WireError("Deepgram sent more words at once than anybody says")
    words = []
    for each in heard:
        begin = _seconds(each.start)
        text = (each.punctuated_word or each.word).strip()
        if text:
            words.append(WireWord(text, begin, max(begin, _seconds(each.end)), min(max(each.confidence, 0.0), 1.0)))
    words.sort(key=lambda word: (word.start_s, word.end_s))
    return Results(
        channel,
        start,
        end,
        words,
        is_final=bool(read.is_final),
        speech_final=bool(read.speech_final),
        from_finalize=bool(read.from_finalize),
    )


def _channel(index: list[int], channels: int) -> int:
    if not index or not 0 <= index[0] < channels:
        raise WireError("Deepgram spoke of a channel that it was not given")
    return index[0]


def _seconds(value: float, *, least: float = 0.0) -> float:
    if not math.isfinite(value) or not least <= value <= MAX_SECONDS:
        raise WireError("Deepgram sent a time that cannot be")
    return value


def _flag(value: bool) -> str:  # noqa: FBT001 - it writes a flag
    return "true" if value else "false"
