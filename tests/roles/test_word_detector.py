"""A sample call through the whole path with a model that finds names: recorded, live, and where the model fails."""

import asyncio
from pathlib import Path
from typing import Any, Literal

import pytest

from cueline.events.catalogue import CallWarned, UtteranceCommitted
from cueline.events.codec import decode
from cueline.redaction.ports import WordDetectorError
from cueline.roles import assemble
from cueline.roles.demo import sample_scripts
from cueline.roles.replay import ReplayRequest, replay
from cueline.roles.settings import Settings
from tests.fakes.word_detector import worker_command
from tests.roles.replaying import recording, sample

PATTERN = "card"
"""The sample call's names are masked by the rules; a word that they leave stands in for one that only a model knows."""


def run(clock: Literal["virtual", "real"] = "virtual", **chosen: Any) -> list[bytes]:
    """The event log of a sample call."""
    call, lines = sample("lost-card"), []
    request = ReplayRequest(
        recording=recording(call),
        contact_id=call.contact_id,
        recogniser="script",
        scripts=sample_scripts(),
        speed=None,
        clock=clock,
        on_event=lines.append,
    )
    asyncio.run(replay(request, Settings(recogniser="script", name_detector="presidio", **chosen)))
    return lines


def said(lines: list[bytes]) -> list[UtteranceCommitted]:
    events = [decode(line).payload for line in lines]
    return [event for event in events if isinstance(event, UtteranceCommitted)]


def warnings(lines: list[bytes]) -> list[str]:
    events = [decode(line).payload for line in lines]
    return [event.code for event in events if isinstance(event, CallWarned)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": PATTERN}])
    folder: Path = tmp_path_factory.mktemp("model") / "names"
    pipeline.to_disk(folder)
    return folder


@pytest.mark.component("postgres", "presidio")
def test_a_recorded_call_gives_the_same_log_on_every_run_and_what_the_model_knows_is_masked(model: Path) -> None:
    first, again = run(name_model=str(model)), run(name_model=str(model))
    assert first == again
    texts = " ".join(each.text for each in said(first))
    assert f" {PATTERN} " not in texts
    assert "[PERSON]" in texts
    assert warnings(first) == []


@pytest.mark.component("postgres", "presidio")
def test_on_the_real_clock_every_final_gets_through_in_its_channels_order(model: Path) -> None:
    recorded, live = run(name_model=str(model)), run("real", name_model=str(model), name_budget_ms=5_000)
    for channel in ("customer", "agent"):
        order = [each.text for each in said(live) if each.channel == channel]
        assert order == [each.text for each in said(recorded) if each.channel == channel]


@pytest.mark.component("postgres")
@pytest.mark.parametrize("optional", [False, True])
def test_a_model_that_hangs_masks_every_turn_and_the_call_goes_on(
    monkeypatch: pytest.MonkeyPatch, optional: bool
) -> None:
    made = assemble.PresidioDetector
    monkeypatch.setattr(
        assemble, "PresidioDetector", lambda **_: made(command=worker_command("deaf"), first_wait_s=0.01)
    )
    lines = run("real", name_budget_ms=10, name_optional=optional)
    texts = [each.text for each in said(lines)]
    assert len(texts) > 10
    clear = [text for text in texts if any(word.islower() for word in text.split())]
    assert bool(clear) is optional
    assert warnings(lines) == ["redaction_failed"]


@pytest.mark.component("postgres")
def test_a_model_that_is_not_there_keeps_the_process_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    made = assemble.PresidioDetector
    monkeypatch.setattr(assemble, "PresidioDetector", lambda **_: made(command=worker_command("refuse")))
    with pytest.raises(ExceptionGroup) as raised:
        run()
    assert raised.group_contains(WordDetectorError, match="CUELINE_NAME_MODEL")
