"""The trained model of words: what it is asked about, where it masks, and that it takes no mask away."""

from collections.abc import Sequence

import msgspec
import pytest

from cueline.redaction import wording
from cueline.redaction.classifier import VerdictWeights, WordModel, word_model
from cueline.redaction.measuring.calls import read_call
from cueline.redaction.measuring.play import PlayedTurn, Timings, play_call
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.redactor import Redactor
from cueline.redaction.secret_words import MASKED_FROM
from cueline.redaction.word_circumstances import BUCKETS

WORD_MS = 300


class Opinion(WordModel):
    """Says the same of every word, and keeps what it was shown."""

    def __init__(self, chance: float) -> None:
        super().__init__(VerdictWeights(0.0, 1.0, bytes(BUCKETS)))
        self.said = chance
        self.seen: list[tuple[int, ...]] = []

    def chance(self, features: Sequence[int]) -> float:
        self.seen.append(tuple(features))
        return self.said


def played(
    opinion: WordModel | None, *turns: tuple[str, str], policy: RedactionPolicy | None = None, partials: bool = False
) -> list[PlayedTurn]:
    lines, at = [], 0
    for role, text in turns:
        words = [(word, at + WORD_MS * place, at + WORD_MS * (place + 1)) for place, word in enumerate(text.split())]
        at = words[-1][2] + 400
        lines.append({"role": role, "text": text, "words": words})
    call = read_call(msgspec.json.encode({"call": "c", "turns": lines}))

    def gate() -> Redactor:
        redactor = Redactor(policy=policy) if policy is not None else Redactor()
        redactor._context.words = opinion
        return redactor

    return play_call(call, gate, lambda: 0.0, Timings([], []), partials=partials)


def shown(one: PlayedTurn) -> str:
    pairs = zip(one.turn.words, one.final, strict=True)
    return " ".join(word[0] if mark is None else f"[{mark}]" for word, mark in pairs)


ASKED = (("agent", "what is the security word on the account please"), ("customer", "i went with pelican for that"))


def test_from_its_threshold_on_a_word_is_masked_as_what_was_asked_for() -> None:
    _, masked = played(Opinion(MASKED_FROM), *ASKED)
    assert "pelican" not in shown(masked)
    assert "[PASSWORD]" in shown(masked)
    assert shown(masked).startswith("i ")


def test_below_it_the_rules_stand() -> None:
    without = [shown(one) for one in played(None, *ASKED)]
    assert [shown(one) for one in played(Opinion(MASKED_FROM - 0.01), *ASKED)] == without


def test_it_takes_no_mask_away() -> None:
    turns = (("agent", "who am i speaking with"), ("customer", "this is marguerite okonkwo calling"))
    rules, weighed = played(None, *turns)[1].final, played(Opinion(0.0), *turns)[1].final
    assert "PERSON" in rules
    assert all(after == before for before, after in zip(rules, weighed, strict=True))


def test_talk_in_which_nothing_was_asked_and_nothing_may_be_a_name_is_not_weighed() -> None:
    opinion = Opinion(1.0)
    _, said = played(opinion, ("agent", "right"), ("customer", "it was late and the box was open"))
    assert opinion.seen == []
    assert set(said.final) == {None}


def test_numbers_and_function_words_are_left_alone() -> None:
    opinion = Opinion(1.0)
    _, said = played(opinion, ASKED[0], ("customer", "it is the at seven of them"))
    assert [word[0] for word, mark in zip(said.turn.words, said.final, strict=True) if mark is None][:3] == [
        "it", "is", "the",
    ]  # fmt: skip


def test_what_the_policy_leaves_readable_stays_so() -> None:
    _, said = played(Opinion(1.0), ("agent", "and your name is"), ("customer", "brisket as i said"),
                     policy=RedactionPolicy(names=False))  # fmt: skip
    assert "PERSON" not in said.final


def test_a_hypothesis_shows_no_word_that_its_final_masks() -> None:
    _, said = played(Opinion(1.0), *ASKED, partials=True)
    for mark, fate in zip(said.final, said.fates, strict=True):
        if mark is not None:
            assert not fate.shown


def test_features_lie_among_the_weights_and_tell_no_digit_from_another() -> None:
    first, second = Opinion(0.0), Opinion(0.0)
    played(first, ASKED[0], ("customer", "pelican four nine two"))
    played(second, ASKED[0], ("customer", "pelican one one seven"))
    assert first.seen
    assert first.seen == second.seen
    assert all(0 <= place < BUCKETS for each in first.seen for place in each)


@pytest.mark.parametrize("places", [[3], [3, 3]])
def test_a_feature_counts_once(places: list[int]) -> None:
    model = WordModel(VerdictWeights(-1.0, 0.5, bytes([0, 0, 0, 4])))
    assert model.chance(places) == pytest.approx(1 / (1 + 2.718281828459045**-1.0))


def test_the_products_own_model_is_there_for_english_and_for_no_other_language() -> None:
    assert Redactor()._context.words is word_model()
    assert Redactor(policy=RedactionPolicy(languages=("de",)))._context.words is None
    assert callable(wording.secret_words)
