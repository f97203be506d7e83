"""Language by profile and vocabulary by tenant."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.errors import ConfigurationError
from cueline.speech.profiles import CallSpeech, SpeechProfiles, parse_profiles

FILE = (
    b'{"default": {"vocabulary": ["Orchard Card", "payback plan"]},'
    b' "ventas": {"language": "es-US", "languages": ["es-US", "en-US"], "vocabulary": ["Tarjeta Oro", "Orchard Card"]}}'
)


def test_a_profile_has_its_own_language_and_its_words_before_those_of_all() -> None:
    profiles = parse_profiles(FILE, "en-GB")
    assert profiles.of("ventas") == CallSpeech(
        "es-US", ("es-US", "en-US"), ("Tarjeta Oro", "Orchard Card", "payback plan")
    )
    assert profiles.of("anything") == CallSpeech("en-GB", (), ("Orchard Card", "payback plan"))


def test_without_a_file_there_is_the_language_alone() -> None:
    assert SpeechProfiles("de-DE").of("default") == CallSpeech("de-DE")


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"\xff",
        b'{"a": {"language": "English"}}',
        b'{"a": {"words": []}}',
        b'{"a": {"vocabulary": [" "]}}',
        b'{"a": {"vocabulary": ["one\\ntwo"]}}',
        b'{"a": {"language": "en-US", "languages": ["es-US"]}}',
        msgspec.json.encode({"a": {"vocabulary": ["word"] * 501}}),
        b" " * (1 << 20) + b"{}",
    ],
)
def test_what_is_not_as_described_is_refused_by_the_setting_s_name(raw: bytes) -> None:
    with pytest.raises(ConfigurationError, match="CUELINE_SPEECH_PROFILES"):
        parse_profiles(raw, "en-US")


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(raw: bytes) -> None:
    try:
        assert parse_profiles(raw, "en-US").of("x").language
    except ConfigurationError as error:
        assert "CUELINE_SPEECH_PROFILES" in str(error)  # noqa: PT017 - either outcome is fine
