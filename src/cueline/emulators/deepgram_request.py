"""What the emulated Deepgram takes and what it refuses, as its reference of the live endpoint says. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import msgspec

from cueline.kernel.errors import CuelineError

PATH: Final = "/v1/listen"
RATES_HZ: Final = (8_000, 16_000, 24_000, 32_000, 44_100, 48_000)
ENCODINGS: Final = frozenset(
    {"linear16", "linear32", "flac", "alaw", "mulaw", "amr-nb", "amr-wb", "opus", "ogg-opus", "speex", "g729"}
)
MODELS: Final = re.compile(
    r"(nova-3|nova-2|nova|enhanced|base)"
    r"(-(atc|automotive|conversationalai|drivethru|finance|general|medical|meeting|phonecall|video|voicemail))?"
)
KEY_TERMS_MAX: Final = 100
KEY_TERM_TOKENS_MAX: Final = 500

_FLAGS: Final = frozenset({
    "dictation", "diarize", "detect_entities", "interim_results", "mip_opt_out", "multichannel", "numerals",
    "profanity_filter", "punctuate", "smart_format", "vad_events",
})  # fmt: skip
_NUMBERS: Final = frozenset({"channels", "sample_rate", "utterance_end_ms"})
_OTHERS: Final = frozenset({
    "callback", "callback_method", "diarize_model", "encoding", "endpointing", "extra", "keyterm", "keywords",
    "language", "language_hint", "model", "redact", "replace", "search", "tag", "version",
})  # fmt: skip
_SEVERAL: Final = frozenset({"extra", "keyterm", "keywords", "language_hint", "redact", "replace", "search", "tag"})
_LANGUAGE: Final = re.compile(r"multi|[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_REDACTIONS: Final = re.compile(r"[a-z_]{2,40}")


class Refusal(CuelineError):  # noqa: N818 - an answer of the service, not a fault of ours
    """The upgrade is refused with ``status``; the text is the header `dg-error`."""

    code = "refused"

    def __init__(self, status: int, text: str, name: str) -> None:
        super().__init__(text)
        self.status = status
        self.name = name


class Asked(msgspec.Struct, frozen=True):
    """A request that is taken. endpointing_ms and utterance_end_ms: None where these are off."""

    model: str
    language: str
    rate_hz: int
    channels: int
    interim_results: bool
    vad_events: bool
    punctuate: bool
    endpointing_ms: int | None
    utterance_end_ms: int | None
    extra: dict[str, str]


def check_request(target: str, authorization: str | None, keys: frozenset[str]) -> Asked:
    """The request for recognition, given the request's target and header. Raises Refusal."""
    parts = urlsplit(target)
    if parts.path != PATH:
        raise Refusal(404, "There is no such path.", "NOT_FOUND")
    scheme, _, key = (authorization or "").partition(" ")
    if scheme.lower() not in {"token", "bearer"} or key not in keys:
        raise Refusal(401, "Invalid credentials.", "INVALID_AUTH")
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query), max_num_fields=1_000)
    except ValueError:
        raise _bad("The query cannot be read.") from None
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    _check_names(given)
    return _read(given)


def _check_names(given: Mapping[str, Sequence[str]]) -> None:
    for name, values in given.items():
        if name not in _FLAGS | _NUMBERS | _OTHERS:
            raise _bad("There is an unknown parameter.")
        if len(values) > 1 and name not in _SEVERAL:
            raise _bad(f"{name} is given more than once.")
        if name in _FLAGS and values[0] not in {"true", "false"}:
            raise _bad(f"{name} must be true or false.")
        if name in _NUMBERS and not re.fullmatch(r"[0-9]{1,6}", values[0]):
            raise _bad(f"{name} must be a number.")


def _read(given: Mapping[str, Sequence[str]]) -> Asked:
    def one(name: str, default: str) -> str:
        return given[name][0] if name in given else default

    model, language = one("model", "base"), one("language", "en")
    if not MODELS.fullmatch(model) or not _LANGUAGE.fullmatch(language):
        raise _bad("There is no such combination of model and language.")
    _check_terms(model, given)
    rate_hz, channels = _check_audio(given)
    interim = one("interim_results", "false") == "true"
    utterance_end_ms = int(one("utterance_end_ms", "0")) or None
    if utterance_end_ms is not None and (utterance_end_ms < 1_000 or not interim):
        raise _bad("utterance_end_ms is 1000 at least and needs interim_results=true.")
    if any(not _REDACTIONS.fullmatch(kind) for kind in given.get("redact", ())):
        raise _bad("There is no such kind of redaction.")
    extra = {}
    for entry in given.get("extra", ()):
        name, colon, value = entry.partition(":")
        if not name or not colon:
            raise _bad("extra is written NAME:VALUE.")
        extra[name] = value
    return Asked(
        model=model,
        language=language,
        rate_hz=rate_hz,
        channels=channels,
        interim_results=interim,
        vad_events=one("vad_events", "false") == "true",
        punctuate=one("punctuate", "false") == "true" or one("smart_format", "false") == "true",
        endpointing_ms=_endpointing(one("endpointing", "10")),
        utterance_end_ms=utterance_end_ms,
        extra=extra,
    )


def _check_terms(model: str, given: Mapping[str, Sequence[str]]) -> None:
    terms = given.get("keyterm", ())
    newest = model.startswith("nova-3")
    if terms and not newest:
        raise _bad("keyterm is of nova-3; other models take keywords.")
    if given.get("keywords") and newest:
        raise _bad("nova-3 takes no keywords; use keyterm.")
    # About four characters to a token.
    if len(terms) > KEY_TERMS_MAX or sum(-(-len(term) // 4) for term in terms) > KEY_TERM_TOKENS_MAX:
        raise _bad(f"Key terms are limited to {KEY_TERM_TOKENS_MAX} tokens.")


def _check_audio(given: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    encoding = given.get("encoding", [""])[0]
    if encoding and encoding not in ENCODINGS:
        raise _bad("There is no such encoding.")
    if encoding != "linear16":
        raise _bad("This emulator hears encoding=linear16 alone.")
    if "sample_rate" not in given:
        raise _bad("encoding needs sample_rate.")
    rate_hz, channels = int(given["sample_rate"][0]), int(given.get("channels", ["1"])[0])
    if rate_hz not in RATES_HZ:
        raise _bad("sample_rate is none that linear16 may have.")
    if not 1 <= channels <= 20:
        raise _bad("channels must be 1 to 20.")
    if channels > 1 and given.get("multichannel", ["false"])[0] != "true":
        raise _bad("This emulator does not mix channels: ask for multichannel=true.")
    return rate_hz, channels


def _endpointing(text: str) -> int | None:
    if text == "false":
        return None
    if text == "true":
        return 10
    if not re.fullmatch(r"[0-9]{1,5}", text):
        raise _bad("endpointing is a number of milliseconds or false.")
    return int(text) or None


def _bad(text: str) -> Refusal:
    return Refusal(400, text, "INVALID_QUERY_PARAMETER")
