"""``cueline evaluate speech``: folders read, recordings played, figures judged."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from cueline.cli import app
from cueline.kernel.errors import InputError
from cueline.roles import evaluate_speech as role
from cueline.roles.settings import read_settings
from cueline.roles.speech_recordings import evaluation_folder, folder_digest, folder_recordings, limits_in
from cueline.speech.adapters.script import Script, ScriptRecogniser
from cueline.speech.measuring.report import MEASURES, judge, markdown


def wav(path: Path, seconds: float = 1.0, rate: int = 8_000) -> None:
    soundfile.write(path, np.zeros(int(seconds * rate), np.int16), rate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wav(tmp_path / "shop_one.wav")
    (tmp_path / "shop_one.txt").write_text("Hello, my PIN is 42.")
    wav(tmp_path / "quiet.wav", rate=16_000)
    (tmp_path / "quiet.txt").write_text("")
    for channel in ("agent", "customer"):
        wav(tmp_path / f"call_two_{channel}.wav", 2.0)
    (tmp_path / "call_two.txt").write_text("100\t300\tagent\thello\n\t\tcustomer\tyes it is\n")
    wav(tmp_path / "unwritten.wav")
    (tmp_path / "keywords.txt").write_text("# ours\npin\n")
    return tmp_path


def test_a_folder_is_read_as_documented(folder: Path) -> None:
    found = {recording.name: recording for recording in folder_recordings(folder)}
    assert sorted(found) == ["call_two", "quiet", "shop_one"]
    assert found["quiet"].duration_s == 1.0
    assert found["quiet"].said == {"customer": []}
    assert found["call_two"].group == "call"
    assert [tuple(word) for word in found["call_two"].said["agent"]] == [("hello", 100, 300)]
    assert [word.start_ms for word in found["call_two"].said["customer"]] == [None, None, None]
    before = folder_digest(folder)
    (folder / "quiet.txt").write_text("no")
    assert folder_digest(folder) != before


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("call_two.txt", "hello", "start, end, channel"),
        ("call_two.txt", "1\t2\tnobody\thello", "line 1"),
        ("call_two.txt", "x\t2\tagent\thello", "line 1"),
        ("quiet.wav", "no sound", "cannot be read"),
    ],
)
def test_what_is_not_as_documented_is_named(folder: Path, name: str, text: str, says: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(InputError, match=says):
        folder_recordings(folder)


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="NAME"):
        folder_recordings(tmp_path)
    with pytest.raises(InputError, match="--data"):
        folder_recordings(tmp_path / "nowhere")


async def test_our_limits_of_recordings_are_not_for_others_but_a_folder_s_own_are(folder: Path) -> None:
    settings, nothing = read_settings(recogniser="script"), ScriptRecogniser(lambda _: Script.read(b"[]"))
    report = await role.evaluate_speech(settings, nothing, data=folder, chosen=["recordings"])
    assert report["ok"]
    assert report["thresholds"] == []
    figures = report["sets"]["recordings"]["all"]
    assert (figures["words"], figures["deleted"], figures["wordsWhereNothingWasSaid"]) == (10, 10, 0)
    (folder / "thresholds.json").write_text('{"script": {"recordings": {"wer": {"most": 0.5}}}}')
    report = await role.evaluate_speech(settings, nothing, data=folder, chosen=["recordings"])
    assert not report["ok"]
    assert "MISSED" in role.evaluation_text(report)
    assert "**no**" in markdown(report)


def test_the_command_plays_recorded_words_and_finds_them_right(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    arguments = ["evaluate", "speech", "--recogniser", "script", "--set", "samples", "--json", "--report", str(target)]
    result = CliRunner().invoke(app, arguments, env={"CUELINE_CORPUS": ""})
    assert result.exit_code == 0, result.stderr
    figures = msgspec.json.decode(result.stdout)["sets"]["samples"]["all"]
    assert (figures["wer"], figures["numberAccuracy"], figures["keywordRecall"]) == (0.0, 1.0, 1.0)
    assert figures["wordTimesMs"]["p95"] == 0
    assert "# Speech, measured" in target.read_text()


@pytest.mark.component("pocketsphinx")
async def test_pocketsphinx_hears_no_words_in_the_sounds_of_a_line() -> None:
    report = await role.evaluate(read_settings(recogniser="pocketsphinx"), chosen=["sounds"])
    assert report["ok"]
    assert report["sets"]["sounds"]["all"]["wordsWhereNothingWasSaid"] == 0
    assert report["sets"]["sounds"]["all"]["memoryPerChannelMb"] > 1


def test_the_committed_limits_name_measures_that_there_are() -> None:
    for limits in limits_in(evaluation_folder() / "thresholds.json").values():
        assert all(name in MEASURES for measures in limits.values() for name in measures)
        assert all(one["met"] is None for one in judge({}, limits))
    with pytest.raises(InputError, match="thresholds"):
        judge({}, {"samples": {"charm": {"least": 1}}})
