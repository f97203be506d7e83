"""Questions and answers in the order of word times, whichever final comes first; and what another worker is told."""

from typing import Any, get_args

import msgspec
import pytest

from cueline.events.redacted import EntityType, RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.locales.locale import BENIGN
from cueline.redaction.measuring.calls import read_call
from cueline.redaction.measuring.play import Timings, play_call
from cueline.redaction.redactor import Redactor
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawUtterance, RawWord

WORD_MS = 300
Spoken = tuple[Channel, int, str]
"""Who begins to speak when, and what."""


def timed(text: str, start_ms: int) -> list[tuple[str, int, int]]:
    return [(word, start_ms + at * WORD_MS, start_ms + (at + 1) * WORD_MS) for at, word in enumerate(text.split())]


def played(*turns: Spoken, partials: bool) -> list[str]:
    """The turns in order of their beginnings, each final given out after its last word: talk may overlap."""
    lines = [{"role": role, "text": text, "words": timed(text, start_ms)} for role, start_ms, text in turns]
    call = read_call(msgspec.json.encode({"call": "c", "turns": lines}))
    done = play_call(call, Redactor, lambda: 0.0, Timings([], []), partials=partials)
    return [
        " ".join(word[0] if mark is None else f"[{mark}]" for word, mark in zip(one.turn.words, one.final, strict=True))
        for one in done
    ]


@pytest.mark.parametrize("partials", [False, True])
@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (
            "right so the security code is what i would need from you next if you could find that for me",
            "two eight one",
            "[CVV] [CVV] [CVV]",
        ),
        (
            "can you tell me the pin now i know that this is a bit of a nuisance but it has to be done",
            "it is nine two one five",
            "it is [PIN] [PIN] [PIN] [PIN]",
        ),
        (
            "how many boxes did you say there were i need to put that on the form for you right now",
            "two hundred and five",
            "two hundred and five",
        ),
    ],
)
def test_a_question_counts_from_its_words_though_its_final_comes_after_the_answer(
    question: str, answer: str, expected: str, *, partials: bool
) -> None:
    assert played(("agent", 1000, question), ("customer", 4500, answer), partials=partials)[1] == expected


@pytest.mark.parametrize("partials", [False, True])
def test_whoever_answers_somebody_asks_for_no_secret_word(*, partials: bool) -> None:
    said = played(
        ("agent", 0, "they will answer you within ten days"), ("customer", 4_000, "ten days"), partials=partials
    )
    assert said == ["they will answer you within ten days", "ten days"]
    asked = played(
        ("agent", 0, "what is the answer to your security question"), ("customer", 4_000, "rosebud"), partials=partials
    )
    assert asked[1] == "[PASSWORD]"


def test_a_hypothesis_is_enough_to_end_a_harmless_question() -> None:
    shown = played(
        ("agent", 0, "what's the order number"),
        ("customer", 3000, "four four one two seven nine"),
        ("agent", 7000, "and the three digits on the back of the card whenever you have it in front of you there"),
        ("customer", 11_000, "seven three one"),
        partials=True,
    )
    assert shown[1] == "four four one two seven nine"
    assert shown[3] == "[CVV] [CVV] [CVV]"


def test_a_question_asked_after_the_number_does_not_reach_back() -> None:
    shown = played(
        ("agent", 0, "how many nights is it"),
        ("customer", 2000, "it's for twelve"),
        ("agent", 9000, "thanks and your pin please"),
        partials=True,
    )
    assert shown[1] == "it's for twelve"


def committed(
    turns: list[Spoken], snapshot: RedactorSnapshot | None = None, first: int = 0
) -> list[tuple[str, RedactorSnapshot]]:
    """What a worker gives out, with the memory that it writes beside it. first: ordinal of each channel's next turn."""
    redactor = Redactor(snapshot) if snapshot is not None else Redactor()
    ordinals = dict.fromkeys(CHANNELS, first)
    taken: list[tuple[RedactedUtterance, RedactorSnapshot]] = []
    for channel, start_ms, text in turns:
        words = [RawWord(*word) for word in timed(text, start_ms)]
        position = words[-1].end_ms * SAMPLES_PER_MS
        redactor.settle(RawUtterance(channel=channel, ordinal=ordinals[channel], words=words, settled=position))
        ordinals[channel] += 1
        for each in CHANNELS:
            redactor.hear(each, position, position)
        taken += redactor.take_decided()
    taken += redactor.finish()
    return [(utterance.content.text, memory) for utterance, memory in taken]


CARD: list[Spoken] = [
    ("agent", 0, "what's the card number please"),
    ("customer", 3000, "four five three nine one four eight eight oh three four three six four six seven"),
]
PIN: list[Spoken] = [("agent", 0, "may i have your pin"), ("customer", 3000, "seven three one nine")]
NAME: list[Spoken] = [("agent", 0, "may i have your name"), ("customer", 3000, "it's zbigniew okafor")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (CARD[:1], CARD[1], "[CREDIT_CARD]"),
        (PIN[:1], PIN[1], "[PIN]"),
        (CARD, ("agent", 9000, "so four five three nine one four eight eight"), "so [CREDIT_CARD]"),
        (CARD, ("customer", 9000, "it's oh six twenty nine"), "it's [CARD_EXPIRY]"),
        (PIN, ("agent", 6000, "okay so i put in seven three one nine for you"), "okay so i put in [PIN] for you"),
        (NAME, ("agent", 6000, "thank you zbigniew"), "thank you [PERSON]"),
        (
            [("agent", 0, "what's the order number")],
            ("customer", 3000, "four four one two seven nine"),
            "four four one two seven nine",
        ),
    ],
)
def test_another_worker_goes_on_with_the_questions(before: list[Spoken], after: Spoken, expected: str) -> None:
    memory = committed(before)[-1][1]
    [(text, _)] = committed([after], memory, first=1)
    assert text == expected


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in leaves(each)]
    if isinstance(value, list | tuple):
        return [leaf for each in value for leaf in leaves(each)]
    return [value]


@pytest.mark.parametrize("spoken", [CARD, PIN, NAME], ids=["card", "pin", "name"])
def test_what_it_is_told_has_no_digit_and_no_word_that_was_said(spoken: list[Spoken]) -> None:
    """Only names of types and sides, times, and counts."""
    memory = committed(spoken)[-1][1]
    assert memory.arms
    stored = msgspec.to_builtins(memory)
    texts = {leaf for leaf in leaves(stored) if isinstance(leaf, str)}
    assert texts <= {*get_args(EntityType), *CHANNELS, BENIGN}
    numbers = [leaf for leaf in leaves(stored) if isinstance(leaf, int) and not isinstance(leaf, bool)]
    edges = {0, 16, 4, *(edge for _, start_ms, text in spoken for word in timed(text, start_ms) for edge in word[1:])}
    block_ms = memory.block_until_ms
    assert set(numbers) - {block_ms} <= edges
    raw = msgspec.json.encode(memory).decode()
    assert not any(digits in raw for digits in ("4539", "1488", "6467", "7319"))
