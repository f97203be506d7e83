"""What a client asks the emulated Transcribe for, checked as the service checks it. Pure."""

import re
from collections.abc import Mapping
from typing import Final, NoReturn

import msgspec

from cueline.kernel.errors import InputError

_DIALECTS: Final = {
    "af": "ZA",
    "ar": "AE SA",
    "ca": "ES",
    "cs": "CZ",
    "da": "DK",
    "de": "CH DE",
    "el": "GR",
    "en": "AB AU GB IE IN NZ US WL ZA",
    "es": "ES US",
    "eu": "ES",
    "fa": "IR",
    "fi": "FI",
    "fr": "CA FR",
    "gl": "ES",
    "he": "IL",
    "hi": "IN",
    "hr": "HR",
    "id": "ID",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "lv": "LV",
    "ms": "MY",
    "nl": "NL",
    "no": "NO",
    "pl": "PL",
    "pt": "BR PT",
    "ro": "RO",
    "ru": "RU",
    "sk": "SK",
    "so": "SO",
    "sr": "RS",
    "sv": "SE",
    "th": "TH",
    "tl": "PH",
    "uk": "UA",
    "vi": "VN",
    "zh": "CN HK TW",
    "zu": "ZA",
}

LANGUAGES: Final = frozenset(
    f"{language}-{dialect}" for language, dialects in _DIALECTS.items() for dialect in dialects.split()
)

NOT_EMULATED: Final = frozenset(
    {
        "content-identification-type",
        "content-redaction-type",
        "identify-multiple-languages",
        "language-model-name",
        "pii-entity-types",
        "show-speaker-label",
        "vocabulary-filter-method",
        "vocabulary-filter-name",
        "vocabulary-filter-names",
        "session-resume-window",
    }
)
"""Parameters of the service that are refused here, as nothing would come of them."""

EMULATED: Final = frozenset(
    {
        "enable-channel-identification",
        "enable-partial-results-stabilization",
        "identify-language",
        "language-code",
        "language-options",
        "media-encoding",
        "number-of-channels",
        "partial-results-stability",
        "preferred-language",
        "sample-rate",
        "session-id",
        "vocabulary-name",
        "vocabulary-names",
    }
)

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_STABILITIES: Final = frozenset({"high", "medium", "low"})


class BadRequestError(InputError):
    """The service would answer with BadRequestException and this message."""

    code = "bad_request"


class StreamRequest(msgspec.Struct, frozen=True):
    """A stream as it was asked for.

    stability: None without stabilisation. identified: the language is one of several that were named.
    session_id: empty where the client leaves it to the service.
    """

    rate_hz: int
    channels: int
    channel_identification: bool
    language: str
    identified: bool
    stability: str | None
    session_id: str


def read_request(values: Mapping[str, str], vocabularies: frozenset[str]) -> StreamRequest:
    """Parameters under their names with dashes. Raises BadRequestError."""
    for name in values:
        if name in NOT_EMULATED:
            _refuse(f"{name} is a parameter of the service that is not emulated")
        if name not in EMULATED:
            _refuse(f"{name} is not a known parameter")
    if values.get("media-encoding") != "pcm":
        _refuse("media-encoding must be pcm (ogg-opus and flac are not emulated)")
    rate_hz = _number(values, "sample-rate", 8_000, 48_000)
    identification = _flag(values, "enable-channel-identification")
    if identification != ("number-of-channels" in values):
        _refuse("enable-channel-identification and number-of-channels go together")
    channels = _number(values, "number-of-channels", 2, 2) if identification else 1
    session_id = values.get("session-id", "")
    if session_id and not _UUID.fullmatch(session_id):
        _refuse("session-id must be a UUID")
    language, identified = _language(values)
    _check_vocabularies(values, vocabularies, identified=identified)
    return StreamRequest(
        rate_hz=rate_hz,
        channels=channels,
        channel_identification=identification,
        language=language,
        identified=identified,
        stability=_stability(values),
        session_id=session_id,
    )


def _language(values: Mapping[str, str]) -> tuple[str, bool]:
    """The language that is spoken: where several are named, the preferred one or else the first."""
    if _flag(values, "identify-language") == ("language-code" in values):
        _refuse("give either language-code or identify-language")
    if "language-code" in values:
        if "language-options" in values or "preferred-language" in values:
            _refuse("language-options and preferred-language belong to identify-language")
        return _known(values["language-code"]), False
    options = [_known(option) for option in values.get("language-options", "").split(",") if option]
    if len(options) < 2 or len({option.partition("-")[0] for option in options}) < len(options):
        _refuse("language-options must name two or more languages, each in one dialect")
    preferred = values.get("preferred-language", options[0])
    if preferred not in options:
        _refuse("preferred-language must be one of language-options")
    return preferred, True


def _known(language: str) -> str:
    if language not in LANGUAGES:
        _refuse("The language is not supported")
    return language


def _check_vocabularies(values: Mapping[str, str], vocabularies: frozenset[str], *, identified: bool) -> None:
    if ("vocabulary-names" if not identified else "vocabulary-name") in values:
        _refuse("vocabulary-name goes with language-code, vocabulary-names with identify-language")
    named = [values[name] for name in ("vocabulary-name", "vocabulary-names") if name in values]
    for name in ",".join(named).split(",") if named else ():
        if name not in vocabularies:
            _refuse("The requested vocabulary couldn't be found")


def _stability(values: Mapping[str, str]) -> str | None:
    stability = values.get("partial-results-stability")
    if stability is not None and stability not in _STABILITIES:
        _refuse("partial-results-stability must be high, medium or low")
    if not _flag(values, "enable-partial-results-stabilization"):
        if stability is not None:
            _refuse("partial-results-stability needs enable-partial-results-stabilization")
        return None
    return stability or "high"


def _flag(values: Mapping[str, str], name: str) -> bool:
    value = values.get(name, "false").lower()
    if value not in {"true", "false"}:
        _refuse(f"{name} must be true or false")
    return value == "true"


def _number(values: Mapping[str, str], name: str, least: int, most: int) -> int:
    value = values.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > 9 or not least <= int(value) <= most:
        _refuse(f"{name} must be {least} to {most}" if least < most else f"{name} must be {least}")
    return int(value)


def _refuse(message: str) -> NoReturn:
    raise BadRequestError(message)
