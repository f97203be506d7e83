"""The measuring of redaction, with gates and markers whose figures are known beforehand."""

import gzip
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cueline.events.redacted import (
    EntityType,
    Mask,
    RedactedPartial,
    RedactedText,
    RedactedUtterance,
    RedactedWord,
    RedactorSnapshot,
)
from cueline.kernel.errors import CheckFailedError, InputError, UnavailableError
from cueline.kernel.ids import Channel
from cueline.redaction.measuring.calls import Call, marks_of, read_call
from cueline.redaction.measuring.figures import Peer, measure, percentile, proportion
from cueline.redaction.measuring.first_pass import FirstPassRedactor
from cueline.redaction.measuring.play import Timings, play_call
from cueline.redaction.measuring.report import MEASURES, judge, markdown, summary_lines
from cueline.redaction.redactor import Redactor
from cueline.redaction.second_pass import SecondPass
from cueline.roles import evaluate
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

WORD_MS = 300


def turn(role: Channel, text: str, start_ms: int, **gold: Any) -> dict[str, Any]:
    words = [[w, start_ms + at * WORD_MS, start_ms + (at + 1) * WORD_MS] for at, w in enumerate(text.split())]
    return {"role": role, "text": text, "words": words, **gold}


def span(text: str, part: str, kind: EntityType, form: str = "words") -> list[Any]:
    start = text.index(part)
    return [start, start + len(part), kind, form]


def call_of(*turns: dict[str, Any], name: str = "one") -> Call:
    return read_call(msgspec.json.encode({"call": name, "turns": list(turns)}))


ANSWER = "it's seven uh seven okay"
CALL = call_of(
    turn("agent", "security code for the 20 dollars", 0, benign=[[22, 32, "amount"]]),
    turn("customer", ANSWER, 3000, spans=[span(ANSWER, "seven uh seven", "CVV")], carriers=[[1, 3]]),
    turn("agent", "thanks mr smith", 5000, spans=[[10, 15, "PERSON", "words"]]),
)


class PlannedGate:
    """A gate that masks the words it was told to, from the moment they are heard, and holds others for a while."""

    def __init__(self, masks: dict[str, EntityType], *, holds: Sequence[str] = (), late: Sequence[str] = ()) -> None:
        self._masks, self._holds, self._late = masks, holds, late
        self._waiting: list[RawUtterance] = []

    def revise(self, partial: RawPartial) -> RedactedPartial:
        last = len(partial.words) - 1
        content = self._content(partial.words, last)
        return RedactedPartial(
            channel=partial.channel, ordinal=partial.ordinal, revision=partial.revision, started_ms=0, content=content
        )

    def _content(self, words: Sequence[RawWord], last: int | None) -> RedactedText:
        shown, masks, offset = [], [], 0
        for at, word in enumerate(words):
            mark: Any = self._masks.get(word.text)
            if last is not None and word.text in self._late:
                mark = None
            if last is not None and word.text in self._holds and at >= last - 1:
                mark = "HELD"
            text = word.text if mark is None else f"[{mark}]"
            if mark is not None:
                masks.append(Mask(start=offset, end=offset + len(text), type=mark))
            shown.append(RedactedWord(text=text, start_ms=word.start_ms, end_ms=word.end_ms))
            offset += len(text) + 1
        return RedactedText(text=" ".join(word.text for word in shown), words=tuple(shown), masks=tuple(masks))

    def settle(self, utterance: RawUtterance) -> None:
        self._waiting.append(utterance)

    def hear(self, channel: Channel, heard: int, settled: int) -> None:
        """Nothing here depends on time."""

    def take_decided(self) -> list[tuple[RedactedUtterance, RedactorSnapshot]]:
        taken = []
        for one in self._waiting:
            utterance = RedactedUtterance(
                channel=one.channel, ordinal=one.ordinal, started_ms=one.started_ms, ended_ms=one.ended_ms,
                settled=one.settled, content=self._content(one.words, None),
            )  # fmt: skip
            taken.append((utterance, RedactorSnapshot()))
        self._waiting.clear()
        return taken

    finish = take_decided


def stopwatch() -> Any:
    ticks = count()
    return lambda: next(ticks) / 1000


def figures(masks: dict[str, EntityType], **how: Any) -> dict[str, Any]:
    return measure([CALL], lambda: PlannedGate(masks, **how), stopwatch())


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634)]
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    share = proportion(hits, of)
    assert (share["low"], share["high"]) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
    assert share["value"] == hits / of


def test_nothing_counted_has_no_share() -> None:
    assert proportion(0, 0)["value"] is None
    assert percentile([], 0.5) is None
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0


def test_everything_masked_under_its_type() -> None:
    finals = figures({"seven": "CVV", "smith": "PERSON"})["finals"]
    assert (finals["spanRecall"]["value"], finals["strictTypeRecall"]["value"]) == (1.0, 1.0)
    assert finals["leakingCallsPer1000"]["value"] == 0
    assert finals["benignNumbersMasked"]["hits"] == finals["cleanWordsMasked"]["hits"] == 0
    assert finals["cleanWordsMasked"]["of"] == 8


def test_one_shown_carrier_is_a_leak_and_another_type_is_not_strict() -> None:
    finals = figures({"seven": "NUMBER"})["finals"]
    assert finals["recallByType"]["CVV"]["value"] == 1.0
    assert finals["strictRecallByType"]["CVV"]["value"] == 0.0
    assert finals["recallByType"]["PERSON"]["value"] == 0.0
    assert finals["leakingCallsPer1000"]["value"] == 1000
    assert finals["leakingCardCallsPer1000"]["value"] == 0
    assert finals["leakingNameAddressCallsPer1000"]["value"] == 1000


def test_over_redaction_is_counted_by_benign_number_and_by_clean_word() -> None:
    finals = figures({"seven": "CVV", "20": "NUMBER", "thanks": "PERSON", "uh": "CVV"})["finals"]
    assert finals["benignMaskedByKind"]["amount"]["value"] == 1.0
    assert finals["cleanWordsMasked"]["hits"] == 1


def test_a_word_shown_in_a_partial_leaks_though_its_final_masks_it() -> None:
    report = figures({"seven": "CVV", "smith": "PERSON"}, late=("smith",))
    assert report["finals"]["leakingCallsPer1000"]["value"] == 0
    assert report["partials"]["leakingCallsPer1000"]["value"] == 1000
    assert report["partials"]["leakingCardCallsPer1000"]["value"] == 0
    assert report["partials"]["shownSpansMaskedLater"]["hits"] == 1


def test_holding_is_counted_in_words_and_in_media_time() -> None:
    holding = figures({"seven": "CVV", "smith": "PERSON"}, holds=("for",))["partials"]["holding"]
    assert holding["wordsHeld"]["hits"] == holding["harmlessWordsHeld"]["hits"] == 1
    assert holding["heldByWordsMean"] == 2.0
    assert holding["heldMsMean"] == 2 * WORD_MS


def test_engine_time_is_per_final_and_a_peer_stands_beside_it() -> None:
    peer = Peer(mark=lambda call: [["NUMBER"] * len(one.words) for one in call.turns], times_ms=[2.0, 4.0])
    report = measure([CALL], lambda: PlannedGate({}), stopwatch(), peer=peer, partials=False)
    assert report["engine"]["turns"] == 3
    assert report["engine"]["meanMs"] == pytest.approx(1.0)
    assert report["presidio"]["spanRecall"]["value"] == 1.0
    assert report["presidio"]["timesSlower"] == pytest.approx(3.0)
    assert report["partials"] is None


def test_what_a_second_reading_adds_is_told_apart() -> None:
    report = measure(
        [CALL],
        lambda: PlannedGate({"seven": "CVV", "smith": "PERSON", "thanks": "PERSON"}),
        stopwatch(),
        make_first_pass=lambda: PlannedGate({"smith": "PERSON"}),
        partials=False,
    )
    second = report["secondPass"]
    assert (second["missesCaught"]["hits"], second["missesCaught"]["of"]) == (1, 1)
    assert second["firstPassLeakingCardCallsPer1000"]["value"] == 1000
    assert (second["firstPassCleanWordsMasked"]["hits"], report["finals"]["cleanWordsMasked"]["hits"]) == (0, 1)


def test_the_first_reading_alone_adds_nothing_from_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondPass, "marks", lambda _, texts, __: ["NUMBER"] * len(texts))
    call = call_of(turn("customer", "hello there", 0))
    alone, both = (
        play_call(call, gate, stopwatch(), Timings([], []), partials=False) for gate in (FirstPassRedactor, Redactor)
    )
    assert alone[0].final == [None, None]
    assert both[0].final == ["NUMBER", "NUMBER"]


def test_the_real_gate_gives_out_every_word_once_also_with_overlaps() -> None:
    number = "four one one one"
    call = call_of(
        turn("agent", "what is it", 0),
        turn("customer", number, 1500, spans=[span(number, number, "CREDIT_CARD", "split")]),
        turn("agent", "uh huh", 2000),
        turn("customer", "one one two two please", 3200, spans=[[0, 15, "CREDIT_CARD", "split"]]),
    )
    for partials in (False, True):
        played = play_call(call, Redactor, stopwatch(), Timings([], []), partials=partials)
        assert [len(one.final) for one in played] == [3, 4, 2, 5]
        assert all(mark is not None for mark in played[1].final)


def test_a_gate_that_shows_what_was_not_said_cannot_be_measured() -> None:
    words = [RawWord("one", 0, 300)]
    with pytest.raises(CheckFailedError):
        marks_of(words, RedactedText(text="two", words=(RedactedWord(text="two", start_ms=0, end_ms=300),), masks=()))
    with pytest.raises(CheckFailedError):
        marks_of(words, RedactedText(text="", words=(), masks=()))


def test_carriers_are_the_words_of_the_span_where_the_line_names_none() -> None:
    text = "it's 4111 - 1111"
    call = call_of(turn("customer", text, 0, spans=[span(text, "4111 - 1111", "CREDIT_CARD")]))
    assert call.turns[0].carriers == [[1, 3]]


@pytest.mark.parametrize(
    "line",
    [
        b'{"4111',
        b'{"call": "4111"}',
        b'{"call":"x","turns":[{"role":"agent","text":"4111","words":[["b",0,1]]}]}',
    ],
)
def test_a_bad_line_is_refused_without_being_quoted(line: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read_call(line)
    assert "4111" not in str(refused.value)


def test_thresholds_are_judged_and_what_was_not_measured_misses_nothing() -> None:
    report = figures({"seven": "CVV"})
    judged = judge(
        report, {"spanRecall": {"least": 0.4}, "engineMeanMs": {"most": 0.1}, "timesFasterThanPresidio": {"least": 2}}
    )
    assert [one["met"] for one in judged] == [True, False, None]


def small_set(tmp_path: Path) -> Path:
    path = tmp_path / "few.jsonl.gz"
    path.write_bytes(gzip.compress(msgspec.json.encode(CALL) + b"\n"))
    return path


def test_an_evaluation_reports_real_figures_where_limits_are_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "_peer", lambda: (None, "not here"))
    said: list[str] = []
    report = evaluate.evaluate_redaction(data=str(small_set(tmp_path)), say=said.append)
    assert report["calls"] == 1
    assert {one["name"] for one in report["thresholds"]} == set(MEASURES)
    assert report["ok"] is not any(one["met"] is False for one in report["thresholds"])
    assert report["presidioNote"] == "not here"
    assert report["secondPass"]["firstPassSpanRecall"]["of"] == 2
    assert said[-1] == "1 of 1 calls"
    msgspec.json.encode(report)
    text = markdown(report)
    assert "| `CVV` |" in text
    assert "not measured (not here)" in text
    assert summary_lines(report)[0].startswith("few.jsonl.gz: 1 calls, 2 spans")
    evaluate.write_report(report, tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text() == text


def test_an_unknown_set_is_wrong_input_and_a_wheel_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError):
        evaluate.evaluate_redaction(data="nothing")
    monkeypatch.setattr(evaluate, "__file__", str(tmp_path / "evaluate.py"))
    with pytest.raises(UnavailableError):
        evaluate.evaluation_folder()
