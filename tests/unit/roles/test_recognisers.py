"""Recognisers by name: which there are, what each needs, what stands in for what."""

import pytest
from pydantic import SecretStr

from cueline.kernel.errors import ConfigurationError
from cueline.ops.metrics import Metrics
from cueline.roles.doctor import examine
from cueline.roles.recognisers import FailoverMetrics, make_recogniser, missing, parse_recognisers
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings
from cueline.speech.adapters.script import ScriptRecogniser
from cueline.speech.failing_over import FailoverRecogniser

KEYED = Settings(deepgram_api_key=SecretStr("a-key-that-nobody-has"))
EMULATED = Settings(deepgram_url="ws://127.0.0.1:1/v1/listen", transcribe_url="ws://127.0.0.1:2")


def test_names_are_given_best_first() -> None:
    assert parse_recognisers(" deepgram, transcribe ,pocketsphinx") == ("deepgram", "transcribe", "pocketsphinx")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no recogniser is named"),
        (" , ", "no recogniser is named"),
        ("script,whisperer", "'whisperer' is not known; there are: deepgram, pocketsphinx, script"),
        ("script,deepgram,script", "named twice"),
    ],
)
def test_what_is_no_list_of_recognisers_is_refused(text: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        parse_recognisers(text)


def test_one_that_is_local_stands_alone_and_a_vendor_does_not() -> None:
    assert isinstance(make_recogniser("script", ScriptLibrary()), ScriptRecogniser)
    made = make_recogniser("deepgram", ScriptLibrary(), KEYED)
    assert isinstance(made, FailoverRecogniser)
    assert (made.capabilities.name, made.capabilities.source) == ("deepgram", "recognised")


def test_an_emulator_is_called_one() -> None:
    for name in ("deepgram", "transcribe"):
        capabilities = make_recogniser(name, ScriptLibrary(), EMULATED).capabilities
        assert capabilities.source == "script"
        assert "emulated" in capabilities.label


def test_several_promise_only_what_all_keep() -> None:
    capabilities = make_recogniser("script,deepgram", ScriptLibrary(), KEYED).capabilities
    assert capabilities.name == "script"
    assert not capabilities.acknowledges


def test_a_vendor_without_its_key_says_what_to_set() -> None:
    assert missing("deepgram", Settings()) == "set CUELINE_DEEPGRAM_API_KEY"
    assert missing("deepgram", KEYED) is None
    assert missing("deepgram", EMULATED) is None
    with pytest.raises(ConfigurationError, match="CUELINE_DEEPGRAM_API_KEY"):
        make_recogniser("deepgram,script", ScriptLibrary(), Settings())
    plain = Settings(deepgram_api_key=SecretStr("x"), deepgram_url="http://example.org/v1/listen")
    assert "wss://" in str(missing("deepgram", plain))


async def test_doctor_looks_at_each_of_them_and_prints_no_key() -> None:
    settings = Settings(recogniser="deepgram,script", deepgram_api_key=SecretStr("a-key-that-nobody-has"))
    found = [each for each in (await examine(settings)).findings if each.name.startswith("recogniser")]
    assert [(each.name, each.ok) for each in found] == [("recogniser deepgram", True), ("recogniser script", True)]
    assert "a-key-that-nobody-has" not in repr(found)
    bare = Settings(recogniser="deepgram")
    [lacking] = [each for each in (await examine(bare)).findings if each.name.startswith("recogniser")]
    assert (lacking.ok, lacking.mend) == (False, "set CUELINE_DEEPGRAM_API_KEY")
    [unknown] = [
        each for each in (await examine(Settings(recogniser="none"))).findings if each.name.startswith("recogniser")
    ]
    assert not unknown.ok


def test_switches_are_counted_by_name_and_kind() -> None:
    metrics = Metrics()
    observer = FailoverMetrics(metrics)
    observer.left("deepgram", "stalled")
    observer.standing("deepgram", set_aside=True)
    observer.went_on("transcribe", 420.0)
    text = metrics.render().decode()
    assert 'cueline_recogniser_failures_total{failure="stalled",recogniser="deepgram"} 1.0' in text
    assert 'cueline_recogniser_set_aside{recogniser="deepgram"} 1.0' in text
    assert 'cueline_recogniser_switches_total{recogniser="transcribe"} 1.0' in text
    assert "cueline_recogniser_seam_milliseconds_sum 420.0" in text
