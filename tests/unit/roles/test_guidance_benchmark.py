"""The benchmark of guidance measures what it says, on a small scale."""

import pytest

from cueline.roles import guidance_benchmark as module
from cueline.roles.settings import read_settings


def test_as_many_phrases_as_asked_for_all_different() -> None:
    words = module.phrases(5_000)
    assert len(set(words)) == 5_000
    rule_set = module.rules_of(5_000)
    assert sum(len(getattr(rule.when, "phrases", ())) for rule in rule_set.rules) == 5_000


def test_the_engine_is_timed_on_finals_that_fire() -> None:
    figures = module.engine(50)
    assert 0 < figures["enginePerFinalMeanUs"] <= figures["guidePerFinalMeanUs"]


def test_nearest_rank() -> None:
    assert [module._rank([1, 2, 3, 4], share) for share in (0.5, 0.95, 0.99)] == [2, 4, 4]


@pytest.mark.component("postgres")
async def test_every_cue_that_is_due_comes_to_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY_S", 0.5)
    monkeypatch.setattr(module, "WARM_S", 0.0)
    monkeypatch.setattr(module, "ENGINE_FINALS", 20)
    figures = await module.guidance(read_settings(recogniser="script"), calls=2, count=100, seconds=2.0)
    assert figures["cues"] >= 1
    assert figures["cuesMissing"] == 0
    assert 0 < figures["commitToCueP50Ms"] <= figures["commitToCueP95Ms"] <= figures["commitToCueWorstMs"]
