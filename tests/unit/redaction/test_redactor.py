"""The gate of one call: what is held, what comes out, when, and with which memory."""

from collections.abc import Iterable, Sequence

import pytest

from cueline.events.redacted import ChannelMemory, Mask, RedactedUtterance, RedactedWord, RedactorSnapshot
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction import numbers
from cueline.redaction.channel import MAX_QUEUED, NUMBER_RUNS
from cueline.redaction.detector import Finding
from cueline.redaction.holdback import HOLD_BOUND_MS
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

WORD_MS = 300


def spoken(text: str, start_ms: int = 0) -> list[RawWord]:
    return [
        RawWord(word, start_ms + at * WORD_MS, start_ms + (at + 1) * WORD_MS) for at, word in enumerate(text.split())
    ]


def final(text: str, start_ms: int = 0, *, ordinal: int = 0, channel: Channel = "customer") -> RawUtterance:
    words = spoken(text, start_ms)
    return RawUtterance(channel=channel, ordinal=ordinal, words=words, settled=(words[-1].end_ms + 200) * 8)


def partial(text: str, start_ms: int = 0, *, ordinal: int = 0, revision: int = 0, heard_ms: int = 0) -> RawPartial:
    words = spoken(text, start_ms)
    heard_ms = heard_ms or words[-1].end_ms
    return RawPartial(channel="customer", ordinal=ordinal, revision=revision, words=words, heard_ms=heard_ms)


def hear_ms(redactor: Redactor, heard_ms: int, *channels: Channel) -> None:
    for channel in channels or CHANNELS:
        redactor.hear(channel, heard_ms * 8, 0)


def texts(taken: Iterable[tuple[RedactedUtterance, RedactorSnapshot]]) -> list[str]:
    return [utterance.content.text for utterance, _ in taken]


def test_a_turn_without_numbers_comes_out_at_once_and_as_it_is() -> None:
    redactor = Redactor()
    redactor.settle(final("i lost my card"))
    ((utterance, snapshot),) = redactor.take_decided()
    assert utterance.content.text == "i lost my card"
    assert utterance.content.masks == ()
    assert (utterance.started_ms, utterance.ended_ms, utterance.settled) == (0, 1200, 1400 * 8)
    assert snapshot == RedactorSnapshot()
    assert redactor.take_decided() == []


def test_a_mask_is_one_word_over_the_whole_run() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four one uh one thanks"))
    ((utterance, _),) = redactor.take_decided()
    assert utterance.content.text == "it's [NUMBER] thanks"
    assert utterance.content.words == (
        RedactedWord(text="it's", start_ms=0, end_ms=300),
        RedactedWord(text="[NUMBER]", start_ms=300, end_ms=1500),
        RedactedWord(text="thanks", start_ms=1500, end_ms=1800),
    )
    assert utterance.content.masks == (Mask(start=5, end=13, type="NUMBER"),)


def test_a_final_that_ends_in_a_short_run_waits_for_the_speakers_next_word() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four one"))
    assert redactor.take_decided() == []
    redactor.settle(final("one one please", 1500, ordinal=1))
    assert texts(redactor.take_decided()) == ["it's [NUMBER]", "[NUMBER] please"]


def test_a_short_run_that_closes_is_released() -> None:
    redactor = Redactor()
    redactor.settle(final("between ten and twelve"))
    assert redactor.take_decided() == []
    redactor.settle(final("uh on tuesday", 1500, ordinal=1))
    hear_ms(redactor, 2000, "agent")
    assert texts(redactor.take_decided()) == ["between ten and twelve", "uh on tuesday"]


def test_fillers_of_the_speaker_and_words_of_the_other_do_not_close_a_run() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four one"))
    redactor.settle(final("uh huh go on", 1300, channel="agent"))
    redactor.settle(final("okay", 1500, ordinal=1))
    assert texts(redactor.take_decided()) == ["uh huh go on"]
    redactor.settle(final("one thanks", 2000, ordinal=2))
    assert texts(redactor.take_decided()) == ["it's [NUMBER]", "okay", "[NUMBER] thanks"]


def test_the_bound_masks_three_tokens_and_releases_fewer() -> None:
    for text, expected in (("four one one", "[NUMBER]"), ("four one", "four one")):
        redactor = Redactor()
        raw = final(text)
        redactor.settle(raw)
        hear_ms(redactor, raw.ended_ms + HOLD_BOUND_MS)
        assert redactor.take_decided() == []
        hear_ms(redactor, raw.ended_ms + HOLD_BOUND_MS + 1)
        assert texts(redactor.take_decided()) == [expected]


def test_the_count_goes_on_after_a_release() -> None:
    redactor = Redactor()
    redactor.settle(final("four one"))
    hear_ms(redactor, 10_000)
    assert texts(redactor.take_decided()) == ["four one"]
    assert redactor.revise(partial("one", 10_000, ordinal=1)).content.text == "..."
    redactor.settle(final("one it is", 10_000, ordinal=1))
    assert texts(redactor.take_decided()) == ["[NUMBER] it is"]


def test_a_hypothesis_that_goes_on_with_the_number_forbids_the_release() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four"))
    assert redactor.revise(partial("one", 4000, ordinal=1)).content.text == "..."
    hear_ms(redactor, 4400)
    assert texts(redactor.take_decided()) == ["it's [NUMBER]"]
    assert redactor.revise(partial("one two", 4000, ordinal=1)).content.text == "[NUMBER]"


def test_a_short_number_that_went_on_in_a_later_turn_is_masked_at_the_bound() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four"))
    redactor.settle(final("one", 2000, ordinal=1))
    hear_ms(redactor, 4200)
    assert texts(redactor.take_decided()) == ["it's [NUMBER]", "[NUMBER]"]
    redactor.settle(final("one thanks", 4500, ordinal=2))
    assert texts(redactor.take_decided()) == ["[NUMBER] thanks"]


def test_a_hypothesis_does_not_release() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four one"))
    redactor.revise(partial("and that is it", 1500, ordinal=1))
    assert redactor.take_decided() == []
    redactor.settle(final("one two three", 1500, ordinal=1))
    hear_ms(redactor, 9000)
    assert texts(redactor.take_decided()) == ["it's [NUMBER]", "[NUMBER]"]


def test_partials_hold_then_mask() -> None:
    redactor = Redactor()
    heard = [
        "so",
        "so there",
        "so there four",
        "so there four one",
        "so there four one one",
        "so there four one one ok now",
    ]
    hear_ms(redactor, 60_000, "agent")
    shown = [redactor.revise(partial(text, revision=at)).content.text for at, text in enumerate(heard)]
    assert shown == ["so", "so there", "so there ...", "so there ...", "so there ...", "so there [NUMBER] ok now"]


def test_an_announced_number_is_never_shown_and_masked_from_its_second_token() -> None:
    redactor = Redactor()
    heard = ["my", "my pin", "my pin four", "my pin four one"]
    shown = [redactor.revise(partial(text, revision=at)).content.text for at, text in enumerate(heard)]
    assert shown == ["my", "my pin", "my pin ...", "my pin [PIN]"]


def test_a_lone_oh_of_a_hypothesis_is_held_as_the_next_word_tells_what_it_is() -> None:
    redactor = Redactor()
    redactor.settle(final("and what is your account number", channel="agent"))
    hear_ms(redactor, 2_500)
    heard = ["oh", "oh three", "oh three four one"]
    shown = [redactor.revise(partial(text, 3_000, revision=at)).content.text for at, text in enumerate(heard)]
    assert shown[0] == "..."
    assert all("three" not in text for text in shown)

    redactor = Redactor()
    redactor.settle(final("and what is your account number", channel="agent"))
    hear_ms(redactor, 2_500)
    redactor.revise(partial("oh", 3_000))
    assert redactor.revise(partial("no you do not", 3_000, revision=1)).content.text == "no you do not"


def test_a_mask_stays_when_the_recogniser_takes_the_number_back() -> None:
    redactor = Redactor()
    redactor.revise(partial("pin four one one"))
    assert redactor.revise(partial("pin foreign wand now and then", revision=1)).content.text == "pin [PIN] and then"
    redactor.settle(final("pin four now then and then"))
    hear_ms(redactor, 2000, "agent")
    assert texts(redactor.take_decided()) == ["pin [PIN] and then"]


def test_a_partial_without_words_is_empty() -> None:
    empty = RawPartial(channel="agent", ordinal=3, revision=9, words=(), heard_ms=700)
    shown = Redactor().revise(empty)
    assert (shown.ordinal, shown.revision, shown.started_ms, shown.content.text) == (3, 9, 700, "")


def test_finish_decides_everything() -> None:
    redactor = Redactor()
    redactor.settle(final("four one"))
    redactor.settle(final("okay", 1000, ordinal=1))
    redactor.settle(final("seven seven seven seven seven", channel="agent"))
    assert redactor.take_decided() == []
    assert texts(redactor.finish()) == ["four one", "okay", "[NUMBER]"]
    assert redactor.finish() == []


def test_each_snapshot_is_the_memory_as_of_its_own_commit() -> None:
    redactor = Redactor()
    redactor.settle(final("it's four one"))
    redactor.settle(final("two please", 1500, ordinal=1))
    redactor.settle(final("hello", channel="agent"))
    (_, first), (_, second), (_, third) = redactor.take_decided()
    assert first.customer == ChannelMemory(
        open_run=True, run_tokens=2, run_ended_ms=900, run_type="NUMBER", run_digits=2
    )
    assert second == third == RedactorSnapshot()


def test_a_filler_turn_keeps_the_memory_of_the_run() -> None:
    redactor = Redactor()
    redactor.settle(final("four one one"))
    redactor.settle(final("uh okay", 1500, ordinal=1))
    (_, _), (_, snapshot) = redactor.finish()
    assert snapshot.customer == ChannelMemory(
        open_run=True, run_tokens=3, run_ended_ms=900, run_type="NUMBER", run_digits=3
    )


def test_after_a_takeover_an_open_run_is_masked_until_it_closes() -> None:
    memory = RedactorSnapshot(customer=ChannelMemory(open_run=True, run_tokens=1, run_ended_ms=900))
    redactor = Redactor(memory)
    assert redactor.revise(partial("one", 1500)).content.text == "[NUMBER]"
    redactor.settle(final("one thanks two", 1500))
    redactor.settle(final("it is two", channel="agent"))
    assert texts(redactor.finish()) == ["[NUMBER] thanks two", "it is two"]


def test_the_settled_position_stays_before_what_is_held() -> None:
    redactor = Redactor(customer_settled=80, agent_settled=160)
    assert (redactor.settled("customer"), redactor.settled("agent")) == (80, 160)
    redactor.hear("customer", 4000, 2400)
    assert redactor.settled("customer") == 2400
    redactor.settle(final("hello there"))
    assert redactor.settled("customer") == 2400  # decided, but not yet given out
    redactor.take_decided()
    assert redactor.settled("customer") == 800 * 8
    held = final("it's four", 1000, ordinal=1)
    redactor.settle(held)
    redactor.hear("customer", 16_000, 15_000)
    assert redactor.take_decided() == []
    assert redactor.settled("customer") == 800 * 8
    redactor.hear("customer", 60_000, 59_000)
    redactor.take_decided()
    assert redactor.settled("customer") == 59_000


def test_the_queue_is_bounded() -> None:
    redactor = Redactor()
    for ordinal in range(MAX_QUEUED + 10):
        redactor.settle(final("four" if ordinal == 0 else "okay", ordinal, ordinal=ordinal))
    taken = redactor.take_decided()
    assert [utterance.ordinal for utterance, _ in taken] == list(range(MAX_QUEUED + 10))


class Finder:
    """A detector that says what it is told to."""

    name = "finder"

    def __init__(self, *findings: Finding, error: Exception | None = None) -> None:
        self.findings = findings
        self.error = error

    def find(self, words: Sequence[RawWord]) -> Iterable[Finding]:
        yield from self.findings
        if self.error:
            raise self.error


def test_what_a_detector_finds_is_masked_by_its_type() -> None:
    redactor = Redactor(detectors=[Finder(Finding(0, 1, "PERSON"))])
    assert redactor.revise(partial("ann lee two")).content.text == "[PERSON] ..."
    redactor.settle(final("ann lee four one one now"))
    assert texts(redactor.take_decided()) == ["[PERSON] [NUMBER] now"]


@pytest.mark.parametrize(
    "broken", [Finder(error=RuntimeError("ann lee")), Finder(Finding(0, 9, "PERSON"))], ids=["raises", "overshoots"]
)
def test_a_failing_detector_masks_the_whole_turn_and_is_counted(broken: Finder) -> None:
    failed: list[str] = []
    redactor = Redactor(detectors=[broken], on_failure=failed.append)
    assert "ann" not in redactor.revise(partial("ann lee called")).content.text
    redactor.settle(final("ann lee called"))
    ((utterance, _),) = redactor.take_decided()
    assert set(utterance.content.text.split()) <= {"[PERSON]", "[NUMBER]"}
    assert failed == ["finder", "finder"]


def test_a_failing_number_rule_masks_the_turn_and_arms_what_is_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[str] = []
    redactor = Redactor(on_failure=failed.append)
    redactor.settle(final("it's four"))

    def broken(words: object, run: object) -> numbers.Scan:
        raise RuntimeError("four")

    with monkeypatch.context() as patch:
        patch.setattr(numbers, "scan", broken)
        assert redactor.revise(partial("one and so", 1000, ordinal=1)).content.text == "[NUMBER]"
        redactor.settle(final("one and so", 1000, ordinal=1))
    redactor.settle(final("two then bye", 3000, ordinal=2))
    taken = redactor.take_decided()
    assert texts(taken) == ["it's [NUMBER]", "[NUMBER]", "[NUMBER] then bye"]
    assert taken[1][1].customer.open_run
    assert failed == [NUMBER_RUNS, NUMBER_RUNS]
