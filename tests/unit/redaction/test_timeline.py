"""Questions on the line of audio time."""

from cueline.redaction.locales.locale import BENIGN
from cueline.redaction.timeline import LINGER_MS, MAX_ARMS, OPEN_MS, Arm, Timeline


def asked(*topics: str, at: int = 1000, ordinal: int | None = None) -> Arm:
    return Arm(topics, opened_ms=at, asker="agent", answerer="customer", ordinal=ordinal)


def test_a_number_is_judged_by_the_question_open_at_its_start() -> None:
    timeline = Timeline()
    timeline.open(asked("CVV", at=9000))
    timeline.open(asked("CREDIT_CARD", at=1000))
    timeline.close("customer", 9000, answered_only=False)
    first, second = timeline.at("customer", 5000), timeline.at("customer", 9500)
    assert first is not None
    assert first.topics == ("CREDIT_CARD",)
    assert second is not None
    assert second.topics == ("CVV",)
    assert timeline.at("customer", 100) is None
    assert timeline.at("agent", 5000) is None


def test_what_only_a_hypothesis_asked_is_taken_back_by_its_final() -> None:
    timeline = Timeline()
    timeline.open(asked("PIN", ordinal=3))
    assert timeline.at("customer", 1500) is not None
    timeline.close("customer", 2000, answered_only=False)
    assert timeline.at("customer", 2500) is not None
    timeline.settle("agent", 3)
    assert timeline.at("customer", 1500) is None


def test_questions_end_by_time() -> None:
    timeline = Timeline()
    arm = asked("SSN_LAST4")
    timeline.open(arm)
    assert timeline.at("customer", 1000 + OPEN_MS) is arm
    arm.digits = 4
    assert timeline.at("customer", 1001 + LINGER_MS) is None


def test_harmless_questions_end_when_the_asker_goes_on() -> None:
    timeline = Timeline()
    timeline.open(asked(BENIGN))
    timeline.open(asked("CVV", at=1200))
    timeline.close_benign("customer", 3000)
    found = timeline.at("customer", 4000)
    assert found is not None
    assert found.topics == ("CVV",)


def test_memory_is_bounded_and_comes_back() -> None:
    timeline = Timeline()
    for at in range(MAX_ARMS + 9):
        timeline.open(asked("CVV" if at % 2 else "PIN", at=at * 100_000))
    assert len(timeline.memories()) == MAX_ARMS
    again = Timeline(timeline.memories())
    assert again.memories() == timeline.memories()
