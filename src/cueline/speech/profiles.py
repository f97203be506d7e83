"""In which language a call is recognised, and which words of the business to listen for: by profile. Pure.

The file that ``CUELINE_SPEECH_PROFILES`` names is an object by profile, ``default`` for all others::

    {"default": {"vocabulary": ["Orchard Card", "payback plan"]},
     "ventas": {"language": "es-US", "languages": ["es-US", "en-US"], "vocabulary": ["Tarjeta Oro"]}}

A profile's vocabulary comes before the default's, which belongs to every call of the tenant.
"""

from typing import Annotated, Final

import msgspec

from cueline.kernel.errors import ConfigurationError

MAX_FILE_BYTES: Final = 1 << 20
MAX_PROFILES: Final = 500
MAX_VOCABULARY: Final = 500
"""Phrases that a session is given at most; vendors take fewer, the first ones."""

DEFAULT: Final = "default"

Tag = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]


class SpeechProfile(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """How calls of a profile are recognised.

    language: BCP 47; None is the process's. languages: where several are spoken, for a recogniser that tells them
    apart. vocabulary: words and phrases that are said often, most important first.
    """

    language: Tag | None = None
    languages: Annotated[tuple[Tag, ...], msgspec.Meta(max_length=5)] = ()
    vocabulary: Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=MAX_VOCABULARY)] = ()


class CallSpeech(msgspec.Struct, frozen=True):
    """What holds for one call; as in ``SpeechProfile``."""

    language: str
    languages: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()


class SpeechProfiles:
    """All profiles of a process."""

    __slots__ = ("_language", "_profiles")

    def __init__(self, language: str, profiles: dict[str, SpeechProfile] | None = None) -> None:
        self._language = language
        self._profiles = profiles or {}

    def of(self, profile: str) -> CallSpeech:
        """What holds for a call of ``profile``."""
        default = self._profiles.get(DEFAULT, SpeechProfile())
        own = self._profiles.get(profile, default)
        vocabulary = tuple(dict.fromkeys([*own.vocabulary, *default.vocabulary]))[:MAX_VOCABULARY]
        language = own.language or default.language or self._language
        return CallSpeech(language, own.languages, vocabulary)


def parse_profiles(raw: bytes, language: str) -> SpeechProfiles:
    """Profiles from the file; ``language`` is that of the others. Raises ConfigurationError, which quotes nothing."""
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigurationError(f"CUELINE_SPEECH_PROFILES: a file of more than {MAX_FILE_BYTES >> 20} MB")
    try:
        profiles = msgspec.json.decode(raw, type=dict[str, SpeechProfile])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise ConfigurationError(
            "CUELINE_SPEECH_PROFILES: must be an object by profile of language, languages (five at most) and vocabulary"
            f" ({MAX_VOCABULARY} phrases at most, of 100 characters)"
        ) from None
    if len(profiles) > MAX_PROFILES:
        raise ConfigurationError(f"CUELINE_SPEECH_PROFILES: {len(profiles)} profiles; at most {MAX_PROFILES}")
    for profile in profiles.values():
        if profile.languages and profile.language is not None and profile.language not in profile.languages:
            raise ConfigurationError("CUELINE_SPEECH_PROFILES: where languages are given, language must be one of them")
    return SpeechProfiles(language, profiles)
