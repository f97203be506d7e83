"""The file of speech profiles, and that a call's recogniser is opened by it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import CallId, ContactId
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace
from cueline.roles.session import _speech
from cueline.roles.settings import read_settings
from cueline.roles.speech_profiles import read_speech_profiles
from cueline.speech.adapters.script import ScriptRecogniser

FILE = '{"default": {"vocabulary": ["Orchard Card"]}, "ventas": {"language": "es-US", "languages": ["es-US", "en-US"]}}'


def test_a_call_is_opened_in_its_profile_s_language_with_the_tenant_s_vocabulary(tmp_path: Path) -> None:
    path = tmp_path / "speech.json"
    path.write_text(FILE)
    speech = read_speech_profiles(read_settings(speech_profiles=path))
    parts: Any = SimpleNamespace(
        speech=speech, recogniser=ScriptRecogniser(lambda _: None), clock=SystemClock(), lockstep=False
    )
    record = SimpleNamespace(call_id=CallId("call_1"), contact_id=ContactId("c"), profile="ventas")
    claimed: Any = SimpleNamespace(record=record, checkpoint=None)
    nobody: Any = None
    opening = _speech(claimed, parts, nobody, nobody, CallTrace())._opening
    assert (opening.language, opening.languages) == ("es-US", ("es-US", "en-US"))
    assert opening.vocabulary == ("Orchard Card",)


def test_a_file_that_is_not_there_is_named_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="CUELINE_SPEECH_PROFILES"):
        read_speech_profiles(read_settings(speech_profiles=tmp_path / "nowhere.json"))
    assert read_speech_profiles(read_settings(language="de-DE")).of("any").language == "de-DE"
