"""The trained second opinion: what it sees, where it has its way, and where it never has."""

from collections.abc import Sequence

import pytest

from cueline.events.redacted import ArmMemory, ChannelMemory, RedactorSnapshot
from cueline.redaction import verdicts
from cueline.redaction.classifier import VerdictModel, VerdictWeights, verdict_model
from cueline.redaction.measuring.calls import read_call
from cueline.redaction.measuring.play import Timings, play_call
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.redactor import Redactor
from cueline.redaction.verdicts import KEPT, MASKED_FROM, SHOWN_BELOW
from tests.unit.redaction.test_redactor import final

import msgspec  # isort: skip

WORD_MS = 300


class Opinion(VerdictModel):
    """Says the same of every run, and keeps what it was shown."""

    def __init__(self, chance: float) -> None:
        super().__init__(VerdictWeights(0.0, 1.0, bytes(8)))
        self.said = chance
        self.seen: list[tuple[str, ...]] = []

    def chance(self, features: Sequence[str]) -> float:
        self.seen.append(tuple(features))
        return self.said


def gate(opinion: VerdictModel | None, snapshot: RedactorSnapshot | None = None, **options: object) -> Redactor:
    redactor = Redactor(snapshot or RedactorSnapshot(), **options)  # type: ignore[arg-type]
    redactor._context.verdicts = opinion
    return redactor


def played(opinion: VerdictModel | None, *turns: tuple[str, str], partials: bool = False) -> list[str]:
    lines, at = [], 0
    for role, text in turns:
        words = [(word, at + WORD_MS * place, at + WORD_MS * (place + 1)) for place, word in enumerate(text.split())]
        at = words[-1][2] + 400
        lines.append({"role": role, "text": text, "words": words})
    call = read_call(msgspec.json.encode({"call": "c", "turns": lines}))
    done = play_call(call, lambda: gate(opinion), lambda: 0.0, Timings([], []), partials=partials)
    return [
        " ".join(word[0] if mark is None else f"[{mark}]" for word, mark in zip(one.turn.words, one.final, strict=True))
        for one in done
    ]


PIN = (("agent", "what is your pin please"), ("customer", "it is four nine two one"))
ORDER = (("agent", "what is the order number"), ("customer", "it is four nine two one"))


@pytest.mark.parametrize("partials", [False, True])
def test_it_shows_what_it_is_sure_of_and_masks_what_it_is_sure_of(*, partials: bool) -> None:
    assert played(Opinion(0.5), *PIN, partials=partials)[1] == "it is [PIN] [PIN] [PIN] [PIN]"
    assert played(Opinion(SHOWN_BELOW / 2), *PIN, partials=partials)[1] == "it is four nine two one"
    assert played(Opinion(0.1), *ORDER, partials=partials)[1] == "it is four nine two one"
    masked = played(Opinion(MASKED_FROM), *ORDER, partials=partials)[1].split()
    assert masked[:2] == ["it", "is"]
    assert all(word.startswith("[") for word in masked[2:])


def test_it_is_never_asked_to_show_a_card_number_or_its_code() -> None:
    assert {"CREDIT_CARD", "CVV"} == KEPT
    turns = (
        ("agent", "the long number on the card please"),
        ("customer", "four five three nine one four eight eight oh three four three six four six seven"),
        ("agent", "and the security code on the back"),
        ("customer", "three one eight"),
    )
    said = played(Opinion(0.0), *turns)
    assert said[1] == " ".join(["[CREDIT_CARD]"] * 16)
    assert said[3] == " ".join(["[CVV]"] * 3)


def test_what_another_worker_left_open_is_not_its_to_show() -> None:
    snapshot = RedactorSnapshot(
        customer=ChannelMemory(open_run=True, run_tokens=4, run_ended_ms=1_000, run_type="PIN", run_digits=4),
        arms=(ArmMemory(topics=("PIN",), asker="agent", answerer="customer", opened_ms=0, heard_ms=1_000, digits=4,
                        prearmed=False),),
    )  # fmt: skip
    redactor = gate(Opinion(0.0), snapshot)
    redactor.settle(final("nine two", 1_200))
    ((utterance, _),) = redactor.finish()
    assert "nine" not in utterance.content.text
    assert "two" not in utterance.content.text


def test_it_sees_how_many_digits_there_are_and_never_which() -> None:
    """Two numbers of one shape are the same to it, whatever they are."""
    seen = []
    for number in ("four nine two one", "seven three eight six"):
        opinion = Opinion(0.5)
        played(opinion, PIN[0], ("customer", f"okay {number} there you go"))
        seen.append(opinion.seen)
    assert seen[0] == seen[1] != []


def test_other_languages_go_by_the_rules_alone() -> None:
    assert Redactor(policy=RedactionPolicy(languages=("es",)))._context.verdicts is None
    assert Redactor()._context.verdicts is verdict_model()


def test_a_chance_is_the_sum_of_the_weights_of_features_in_any_order() -> None:
    model = VerdictModel(VerdictWeights(-1.0, 0.5, bytes([2, 2, 2, 2])))
    assert model.chance(["a"]) == model.chance(["a", "a"])
    many = ["a", "b", "c", "d", "e"]
    assert model.chance(many) == model.chance(many[::-1])
    assert 0 < model.chance([]) < model.chance(["a"]) < 1


def test_a_failing_opinion_masks(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> list[str]:
        raise ValueError

    monkeypatch.setattr(verdicts, "circumstances", failing)
    assert played(verdict_model(), *ORDER)[1] == " ".join(["[NUMBER]"] * 6)
