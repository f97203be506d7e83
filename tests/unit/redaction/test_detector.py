"""Detectors and the findings of a model in the pure gate: what is rubbish, slow or missing masks the turn."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest

from cueline.redaction import channel
from cueline.redaction.channel import MAX_QUEUED, WORD_DETECTOR
from cueline.redaction.detector import DETECTOR_SLOW, SLOW_MS, Finding, FindingError, add_findings, checked
from cueline.redaction.holdback import Mark
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord


def spoken(text: str, start_ms: int = 0) -> list[RawWord]:
    return [RawWord(word, start_ms + at * 300, start_ms + at * 300 + 300) for at, word in enumerate(text.split())]


def final(text: str, ordinal: int = 0) -> RawUtterance:
    words = spoken(text, ordinal * 10_000)
    return RawUtterance(channel="customer", ordinal=ordinal, words=words, settled=words[-1].end_ms * 8 + 800)


def partial(text: str) -> RawPartial:
    return RawPartial(channel="customer", ordinal=0, revision=0, words=spoken(text), heard_ms=len(text.split()) * 300)


def taken(redactor: Redactor) -> list[str]:
    return [utterance.content.text for utterance, _ in redactor.take_decided()]


def strange(first: Any, last: Any, kind: Any) -> Finding:
    return Finding(first, last, kind)


RUBBISH: dict[str, Iterable[Any]] = {
    "behind the end": [strange(0, 3, "PERSON")],
    "before the beginning": [strange(-1, 0, "PERSON")],
    "backwards": [strange(2, 1, "PERSON")],
    "no number": [strange("0", 1, "PERSON")],
    "no type": [strange(0, 0, "water called here")],
    "no name of a type": [strange(0, 0, ["PERSON"])],
    "held": [strange(0, 0, "HELD")],
    "no finding": [(0, 0, "PERSON")],
    "nothing": [None],
    "too many": (Finding(0, 0, "PERSON") for _ in iter(int, 1)),
}


@pytest.mark.parametrize("found", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_is_no_finding(found: Iterable[Any]) -> None:
    with pytest.raises(FindingError) as error:
        checked(found, 3)
    assert "water" not in str(error.value)


def test_what_is_masked_already_keeps_its_type() -> None:
    marks: list[Mark] = [None, "HELD", "CVV"]
    add_findings([Finding(0, 2, "PERSON")], marks)
    assert marks == ["PERSON", "PERSON", "CVV"]


class Finder:
    name = "finder"

    def __init__(self, found: Iterable[Any] = (), *, takes_ms: float = 0) -> None:
        self.found = list(found)
        self.takes_ms = takes_ms
        self.now_ms = 0.0

    def find(self, words: Sequence[RawWord]) -> Iterator[Finding]:
        self.now_ms += self.takes_ms
        yield from self.found

    def stopwatch(self) -> float:
        return self.now_ms


def test_a_detector_that_gives_rubbish_masks_the_turn_and_the_call_goes_on() -> None:
    failed: list[str] = []
    finder = Finder([strange(0, 0, "water called here")])
    redactor = Redactor(detectors=[finder], on_failure=failed.append)
    assert redactor.revise(partial("water called here")).content.text == "[NUMBER]"
    redactor.settle(final("water called here"))
    finder.found = []
    redactor.settle(final("fine thanks", 1))
    assert taken(redactor) == ["[NUMBER]", "fine thanks"]
    assert failed == ["finder", "finder"]


def test_a_slow_detector_masks_the_turns_that_it_is_slow_on() -> None:
    failed: list[str] = []
    finder = Finder(takes_ms=SLOW_MS + 1)
    redactor = Redactor(detectors=[finder], on_failure=failed.append, stopwatch=finder.stopwatch)
    assert redactor.revise(partial("water called here")).content.text == "[NUMBER]"
    redactor.settle(final("water called here"))
    finder.takes_ms = SLOW_MS
    redactor.settle(final("fine thanks", 1))
    finder.takes_ms = SLOW_MS + 1
    redactor.settle(final("and more", 2))
    assert taken(redactor) == ["[NUMBER]", "fine thanks", "[NUMBER]"]
    assert failed == [DETECTOR_SLOW] * 3


@pytest.mark.parametrize("where", ["read", "judge_final"])
def test_slow_rules_mask_the_turn(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    failed: list[str] = []
    now_ms = 0.0

    def slowly(does: Any) -> Any:
        def slow(*arguments: Any, **named: Any) -> Any:
            nonlocal now_ms
            now_ms += SLOW_MS + 1
            return does(*arguments, **named)

        return slow

    redactor = Redactor(on_failure=failed.append, stopwatch=lambda: now_ms)
    with monkeypatch.context() as patch:
        if where == "read":
            patch.setattr(channel, "read", slowly(channel.read))
            assert redactor.revise(partial("water called here")).content.text == "[NUMBER]"
        else:
            patch.setattr(channel.ChannelGate, "_judge_final", slowly(channel.ChannelGate._judge_final))
        redactor.settle(final("water called here"))
        assert taken(redactor) == ["[NUMBER]"]
    redactor.settle(final("fine thanks", 1))
    assert taken(redactor) == ["fine thanks"]
    assert set(failed) == {DETECTOR_SLOW}


def test_a_turn_that_failed_is_masked_whatever_the_policy_leaves_readable() -> None:
    failed: list[str] = []
    found = Finder([Finding(0, 0, "PERSON")])
    broken = Finder([strange(0, 9, "PERSON")])
    policy = RedactionPolicy(names=False)
    redactor = Redactor(detectors=[found, broken], on_failure=failed.append, policy=policy)
    redactor.settle(final("water called here"))
    broken.found = []
    redactor.settle(final("water called here", 1))
    assert taken(redactor) == ["[PERSON] [NUMBER]", "water called here"]
    assert failed == ["finder"]


def test_a_final_goes_when_its_findings_are_there_and_in_order() -> None:
    redactor = Redactor()
    redactor.settle(final("water called here"), awaits=True)
    redactor.settle(final("milk too", 1), awaits=True)
    redactor.settle(final("fine thanks", 2))
    assert taken(redactor) == []
    assert redactor.settled("customer") == 0
    redactor.resolve("customer", 1, [Finding(0, 0, "PERSON")])
    assert taken(redactor) == []
    redactor.resolve("agent", 0, [])
    redactor.resolve("customer", 7, [])
    redactor.resolve("customer", 2, None)
    assert taken(redactor) == []
    redactor.resolve("customer", 0, [Finding(0, 0, "PERSON")])
    assert taken(redactor) == ["[PERSON] called here", "[PERSON] too", "fine thanks"]


def test_findings_only_add_and_the_policy_has_the_last_word() -> None:
    redactor = Redactor(policy=RedactionPolicy(names=False))
    redactor.settle(final("my card is four one one one water"), awaits=True)
    redactor.resolve("customer", 0, [Finding(0, 7, "PERSON")])
    redactor.settle(final("it is oh two one", 1), awaits=True)
    redactor.resolve("customer", 1, [])
    assert [text.replace("CREDIT_CARD", "NUMBER") for text in taken(redactor)] == [
        "my card is [NUMBER] water", "it is [NUMBER]",
    ]  # fmt: skip


@pytest.mark.parametrize("found", [None, [strange(0, 9, "PERSON")], [strange(0, 0, "water called here")]])
def test_missing_and_impossible_findings_mask_the_final(found: list[Finding] | None) -> None:
    failed: list[str] = []
    redactor = Redactor(on_failure=failed.append, policy=RedactionPolicy(names=False))
    redactor.settle(final("water called here"), awaits=True)
    redactor.resolve("customer", 0, found)
    redactor.settle(final("fine thanks", 1), awaits=True)
    redactor.resolve("customer", 1, [])
    assert taken(redactor) == ["[NUMBER]", "fine thanks"]
    assert failed == ([] if found is None else [WORD_DETECTOR])


def test_a_final_that_must_go_without_its_findings_is_masked() -> None:
    failed: list[str] = []
    redactor = Redactor(on_failure=failed.append)
    for ordinal in range(MAX_QUEUED + 1):
        redactor.settle(final("water called", ordinal), awaits=True)
    assert taken(redactor) == ["[NUMBER]"]
    redactor.resolve("customer", 1, [Finding(0, 0, "PERSON")])
    rest = [utterance.content.text for utterance, _ in redactor.finish()]
    assert rest == ["[PERSON] called"] + ["[NUMBER]"] * (MAX_QUEUED - 1)
    assert failed == [WORD_DETECTOR] * MAX_QUEUED
