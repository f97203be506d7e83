"""One channel's way through the gate, decided word by word: which are clear, held, masked, and when. Pure.

``redactor.py`` turns the decisions into text for a live call, ``textline.py`` into spans for evaluation. Time is media
time of the call in milliseconds, settled positions are samples.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import structs

from cueline.events.redacted import ChannelMemory, EntityType
from cueline.kernel.ids import Channel
from cueline.redaction.context import LIKELY, CallContext
from cueline.redaction.detector import (
    DETECTOR_SLOW,
    SLOW_MS,
    Detector,
    Finding,
    Stopwatch,
    add_findings,
    checked,
    no_time,
)
from cueline.redaction.holdback import HOLD_BOUND_MS, Mark, MaskedTime, mask_overdue
from cueline.redaction.judge import Verdict
from cueline.redaction.locales.locale import Kind
from cueline.redaction.numbers import unfinished
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading, read
from cueline.redaction.state import Run, remember, restore
from cueline.redaction.verdicts import READABLE, weighed
from cueline.redaction.widen import (
    fill,
    has_letter,
    has_month,
    mask_led_up,
    provisional,
    spelled_answer,
    widen_dates,
    widen_letters,
)
from cueline.redaction.wording import hold_words, mask_words, pending_words
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

MAX_QUEUED: Final = 64
"""Finals that may wait in one channel; more are decided before their time."""

SHORT_TURN: Final = 4
"""Tokens of a turn that is hardly more than its answer ("sure, oh")."""

NUMBER_RUNS: Final = "number_runs"
"""Code under which a failure of the built-in rules is counted."""

SECOND_PASS: Final = "second_pass"  # noqa: S105 - the name of a rule
"""Code under which a failure of the second reading is counted."""

WORD_DETECTOR: Final = "word_detector"
"""Code under which a final is counted that had to go before its findings came, or whose findings were rubbish."""


class Decided(Sealed):
    """A final whose every word is decided. ``memory``: the channel's, as of this final."""

    __slots__ = ("marks", "memory", "utterance")

    def __init__(self, utterance: RawUtterance, marks: Sequence[Mark], memory: ChannelMemory) -> None:
        self.utterance = utterance
        self.marks = tuple(marks)
        self.memory = memory


class _Queued(Sealed):
    """A final that waits, itself or behind another. ``reading`` is None where it could not be read (all is masked).

    decided: its marks, once the rules are done with it. awaits: a word detector still owes its findings.
    findings: what it found. failed: all is masked, whatever the policy leaves readable.
    """

    __slots__ = (
        "awaits", "counted", "deadline_ms", "decided", "failed", "findings", "marks", "memory", "reading", "tokens",
        "utterance",
    )  # fmt: skip

    def __init__(
        self, utterance: RawUtterance, *, marks: list[Mark], reading: Reading | None, memory: ChannelMemory
    ) -> None:
        self.awaits = False
        self.decided: list[Mark] | None = None
        self.failed = False
        self.findings: tuple[Finding, ...] = ()
        self.utterance = utterance
        self.marks = marks
        self.reading = reading
        self.memory = memory
        self.tokens = memory.run_tokens
        self.counted = 0
        self.deadline_ms = utterance.ended_ms + HOLD_BOUND_MS


class ChannelGate:
    """Decides one channel's words.

    Finals alone close a run or release a hold; a partial can only add to what is masked.
    on_failure: called with a detector's code when it failed and a turn was masked for it.
    stopwatch: tells how long the detectors and the rules work.
    """

    def __init__(
        self,
        channel: Channel,
        memory: ChannelMemory,
        context: CallContext,
        *,
        settled: int,
        detectors: Sequence[Detector],
        on_failure: Callable[[str], None],
        stopwatch: Stopwatch = no_time,
    ) -> None:
        self._channel: Final[Channel] = channel
        self._context: Final = context
        self._run = restore(memory)
        self._run_ended_ms = memory.run_ended_ms
        self._detectors = tuple(detectors)
        self._on_failure = on_failure
        self._stopwatch = stopwatch
        self._masked_time = MaskedTime()
        self._queue: deque[_Queued] = deque()
        self._heard_ms = 0
        self._reported = self._free_before = settled
        self._spoken_on = False

    @property
    def settled(self) -> int:
        """Samples since the origin: everything before it is decided and taken, or was silence."""
        return self._free_before if self._queue else self._reported

    def revise(self, partial: RawPartial) -> list[Mark]:
        """Marks of a hypothesis' words, one each."""
        self._heard(partial.heard_ms)
        words = partial.words
        if not words:
            return []
        run = self._open_run(words[0].start_ms)
        run = run.copy() if run else None
        marks: list[Mark]
        began_ms = self._stopwatch()
        try:
            reading = read(words, run, self._context.locale, self._context.cues, growing=True)
            self._context.hypothesise(reading, self._channel, partial.ordinal)
            marks = self._partial_marks(reading, partial.heard_ms)
            self._spoken_on = reading.scan.continues
        except Exception:  # noqa: BLE001 - whatever went wrong: the words are masked and the call goes on
            self._on_failure(NUMBER_RUNS)
            marks = ["NUMBER"] * len(words)
            self._spoken_on = True
        self._mask_slow(began_ms, marks)
        self._detect(words, marks)
        self._keep_masked(words, marks)
        self._remember_masked(words, marks)
        return marks

    def settle(self, utterance: RawUtterance, *, awaits: bool = False) -> None:
        """Takes a final; ``take`` gives it back when it is decided and, if it awaits findings, has them."""
        self._heard(utterance.settled // SAMPLES_PER_MS)
        self._free_before = self.settled
        self._reported = max(self._reported, utterance.settled)
        words = utterance.words
        marks: list[Mark] = [None] * len(words)
        reading: Reading | None = None
        began_ms = self._stopwatch()
        try:
            run = self._open_run(words[0].start_ms)
            if run is not self._run and self._run is not None:
                self._run.close()
            self._run = run
            reading = read(words, run, self._context.locale, self._context.cues)
            self._context.conclude(reading, self._channel, utterance.ordinal)
            self._run = reading.scan.run
        except Exception:  # noqa: BLE001 - fail closed, as above
            self._fail(NUMBER_RUNS, marks)
            self._lose_run()
        self._spoken_on = False
        whole = self._mask_slow(began_ms, marks)
        whole = self._detect(words, marks) and whole and reading is not None
        self._keep_masked(words, marks)
        self._masked_time.forget_before(utterance.ended_ms)
        if reading is not None and reading.scan.stretches and self._run is not None:
            self._run_ended_ms = words[reading.scan.stretches[-1].last].end_ms
        memory = remember(self._run, self._run_ended_ms)
        queued = _Queued(utterance, marks=marks, reading=reading, memory=memory)
        queued.awaits, queued.failed = awaits, not whole
        self._queue.append(queued)

    def resolve(self, ordinal: int, findings: Sequence[Finding] | None) -> None:
        """What a word detector found in a final that awaits it; None masks all of it. Any other final ignores it."""
        for queued in self._queue:
            if queued.awaits and queued.utterance.ordinal == ordinal:
                queued.awaits = False
                if findings is None:
                    queued.failed = True
                    return
                try:
                    queued.findings = checked(findings, len(queued.utterance.words))
                except Exception:  # noqa: BLE001 - fail closed, as above
                    self._on_failure(WORD_DETECTOR)
                    queued.failed = True

    def hear(self, heard: int, settled: int) -> None:
        """The channel is heard up to ``heard`` and nothing is open before ``settled`` (samples since the origin)."""
        self._heard(heard // SAMPLES_PER_MS)
        self._reported = max(self._reported, settled)
        self._masked_time.forget_before(settled // SAMPLES_PER_MS)

    def take(self, *, at_once: bool = False) -> list[Decided]:
        """The finals that are decided by now, in order, each once. ``at_once``: as if every bound had passed."""
        decided = []
        while self._queue:
            first = self._queue[0]
            overdue = self._heard_ms > first.deadline_ms or len(self._queue) > MAX_QUEUED
            if first.decided is None:
                first.decided = self._decide(first, patient=not (at_once or overdue), overdue=overdue and not at_once)
            if first.decided is None or (first.awaits and not at_once and len(self._queue) <= MAX_QUEUED):
                break
            self._queue.popleft()
            marks = self._complete(first, first.decided)
            memory = first.memory
            if memory.open_run and first.reading is not None and first.reading.scan.run is not None:
                memory = structs.replace(memory, run_type=first.reading.scan.run.type)
            decided.append(Decided(first.utterance, marks, memory))
            self._free_before = max(self._free_before, first.utterance.settled)
        return decided

    def _heard(self, ms: int) -> None:
        self._heard_ms = max(self._heard_ms, ms)
        self._context.heard(self._channel, self._heard_ms)

    def _open_run(self, start_ms: int) -> Run | None:
        """The run that the last turn left open, unless something else was asked since."""
        run = self._run
        if run is None:
            return None
        other = self._context.spoke_ms["agent" if self._channel == "customer" else "customer"]
        if run.type in {None, "NUMBER"} and not run.restored and self._run_ended_ms < other <= start_ms:
            return None
        arm = self._context.timeline.at(self._channel, start_ms)
        if arm is not None and arm.opened_ms > self._run_ended_ms and run.type not in {None, *arm.topics} and run.armed:
            return None
        return run

    def _decide(self, queued: _Queued, *, patient: bool, overdue: bool) -> list[Mark] | None:
        """The marks of a final; None where it has to wait."""
        marks = list(queued.marks)
        reading = queued.reading
        began_ms = self._stopwatch()
        if reading is not None:
            try:
                done = self._judge_final(queued, reading, marks, patient=patient, overdue=overdue)
            except Exception:  # noqa: BLE001 - fail closed, as above
                self._fail(NUMBER_RUNS, marks)
                self._lose_run()
                done, queued.failed = True, True
            if not done:
                return None
        try:
            kinds: list[EntityType | None] = [None if mark == "HELD" else mark for mark in marks]
            marks = list(self._context.second.marks([word.text for word in queued.utterance.words], kinds))
        except Exception:  # noqa: BLE001 - fail closed, as above
            self._fail(SECOND_PASS, marks)
            queued.failed = True
        queued.failed = not self._mask_slow(began_ms, marks) or queued.failed
        return marks

    def _complete(self, queued: _Queued, marks: list[Mark]) -> list[Mark]:
        """A decided final's marks with what the word detector found: all masked where it found nothing out."""
        if queued.awaits:
            self._on_failure(WORD_DETECTOR)
        if queued.awaits or queued.failed:
            _mask_all(marks)
            return marks
        add_findings(queued.findings, marks)
        self._keep_policy(marks)
        return marks

    def _judge_final(
        self, queued: _Queued, reading: Reading, marks: list[Mark], *, patient: bool, overdue: bool
    ) -> bool:
        stretches = reading.scan.stretches
        other = self._context.heard_ms["agent" if self._channel == "customer" else "customer"]
        for at, stretch in enumerate(stretches):
            run = stretch.run
            if not patient and not run.closed and (self._spoken_on or run.tokens > queued.tokens):
                run.arm("NUMBER")
            verdict = weighed(reading, at, self._channel, self._context, patient=patient)
            if verdict.type is None:
                if stretch.run.armed and verdict.reason not in READABLE:
                    verdict = Verdict(stretch.run.type or "NUMBER", "continued")
                elif self._unheard(reading, at, other):
                    if patient:
                        return False
                    if overdue:
                        verdict = Verdict("NUMBER", "unheard")
            if verdict.waits and patient:
                return False
            if verdict.type is not None:
                self._mask(queued, reading, at, verdict.type, marks, verdict.reason)
            elif at >= queued.counted:
                queued.counted = at + 1
                self._context.release(self._channel, stretch.digits[0], reading.words[stretch.first].start_ms)
        mask_led_up(reading, marks)
        self._mask_loose(reading, marks)
        widen_dates(reading, marks)
        widen_letters(reading, marks)
        mask_words(reading, self._channel, self._context, marks)
        return True

    def _unheard(self, reading: Reading, at: int, other_ms: int) -> bool:
        """Whether the other side may yet turn out to have asked for this number."""
        stretch = reading.scan.stretches[at]
        return stretch.tokens > 0 and other_ms < reading.words[stretch.first].start_ms

    def _mask(  # noqa: PLR0917 - one caller
        self, queued: _Queued, reading: Reading, at: int, kind: EntityType, marks: list[Mark], reason: str
    ) -> None:
        stretch = reading.scan.stretches[at]
        stretch.run.arm(kind)
        for index in range(stretch.first, stretch.last + 1):
            marks[index] = kind
        if at >= queued.counted:
            queued.counted = at + 1
            words = reading.words
            if reason == "announced":
                self._context.announced(self._channel, kind, words[stretch.first].start_ms)
            self._context.answered(
                self._channel, kind, stretch.digits[0], words[stretch.first].start_ms, words[stretch.last].end_ms
            )

    def _mask_loose(self, reading: Reading, marks: list[Mark], *, partial: bool = False) -> None:
        """ "four one to", end of turn: "to" shares the fate of the run, and a lone month that of a date asked for."""
        spelled_answer(reading, marks, self._channel, self._context, partial=partial)
        loose = reading.scan.loose
        if loose is None:
            return
        run = reading.scan.run
        arm = self._context.timeline.at(self._channel, reading.words[loose[0]].start_ms)
        dated = arm is not None and not {"DOB", "CARD_EXPIRY"}.isdisjoint(arm.topics) and has_month(reading, loose)
        told = [hit for hit in reading.hits if hit.topic in {"CARD_EXPIRY", "DOB"} and hit.strong]
        if not told and not dated and has_month(reading, loose) and self._context.lead_in is not None:
            lead = reading.plain(0, next(at for at, token in enumerate(reading.tokens) if token.word >= loose[0]))
            guess = self._context.lead_in.guess(lead)
            dated = guess.topics[:1] in {("CARD_EXPIRY",), ("DOB",)} and guess.sensitive >= LIKELY
            if dated:
                for index in range(loose[0], loose[1] + 1):
                    marks[index] = guess.topics[0]  # type: ignore[assignment]
                return
        if told and has_month(reading, loose):
            for index in range(loose[0], loose[1] + 1):
                marks[index] = told[-1].topic  # type: ignore[assignment]
            if not partial:
                self._context.announced(self._channel, told[-1].topic, reading.words[0].start_ms)  # type: ignore[arg-type]
            return
        asked = arm is not None and not arm.benign and arm.topics[0] not in WORDY
        lone = asked and (
            all(token.kind is not Kind.WORD for token in reading.tokens)
            or (len(reading.tokens) <= SHORT_TURN and reading.tokens[-1].kind is Kind.ZERO)
            or (loose[1] > loose[0] and any(t.kind is Kind.ZERO and t.word >= loose[0] for t in reading.tokens))
        )
        if partial and lone and not dated and not (run is not None and run.armed):
            fill(marks, loose[0], loose[1], "HELD")  # "oh", "oh you do not understand": the next word tells
            return
        dated = dated or lone or (asked and loose[1] == len(reading.words) - 1 and has_letter(reading, loose))
        if (run is not None and run.armed) or dated:
            kind = run.type if run is not None and run.armed else arm.topics[0] if arm is not None else "NUMBER"
            for index in range(loose[0], loose[1] + 1):
                marks[index] = kind or "NUMBER"  # type: ignore[call-overload]

    def _partial_marks(self, reading: Reading, heard_ms: int) -> list[Mark]:
        """Marks of a partial's words. Its end is always open: what may yet become part of a number is held.

        A short run counts as closed only when the word after it has a successor, as the last word of a hypothesis is
        the one most likely to change.
        """
        words = reading.words
        end = len(words) - 1
        marks: list[Mark] = [None] * len(words)
        other = self._context.heard_ms["agent" if self._channel == "customer" else "customer"]
        if reading.scan.loose is not None:
            fill(marks, reading.scan.loose[0], end, "HELD")
        for first, last in pending_words(reading, self._channel, self._context):
            fill(marks, first, last, "HELD")
        tail = unfinished(reading.tokens, reading.locale)
        if tail is not None:
            fill(marks, reading.tokens[tail].word, end, "HELD")
        for at, stretch in enumerate(reading.scan.stretches):
            verdict = weighed(reading, at, self._channel, self._context, patient=False)
            kind = verdict.type
            if kind is None and stretch.run.armed and verdict.reason not in READABLE:
                kind = stretch.run.type or "NUMBER"
            open_end = stretch.closed_by is None
            if kind is not None and provisional(reading, stretch, end, announced=verdict.reason == "announced"):
                fill(marks, stretch.first, end if open_end else stretch.last, "HELD")
            elif kind is not None and (not open_end or verdict.reason not in {"long", "block"}):
                stretch.run.arm(kind)
                fill(marks, stretch.first, stretch.last, kind)
                if open_end:
                    fill(marks, stretch.last + 1, end, "HELD")
            elif open_end:
                fill(marks, stretch.first, end, "HELD")
            elif stretch.closed_by == end or self._unheard(reading, at, other):
                fill(marks, stretch.first, stretch.last, "HELD")
        mask_led_up(reading, marks)
        self._mask_loose(reading, marks, partial=True)
        widen_dates(reading, marks)
        widen_letters(reading, marks)
        hold_words(reading, self._channel, self._context, marks)
        self._context.second.add_to(marks, [word.text for word in words])
        self._keep_policy(marks)
        mask_overdue(marks, words, heard_ms)
        return marks

    def _keep_policy(self, marks: list[Mark]) -> None:
        """Types that the policy leaves readable are shown."""
        policy = self._context.policy
        if policy.off or not policy.names:
            for at, mark in enumerate(marks):
                if mark is not None and mark != "HELD" and not policy.masks(mark):
                    marks[at] = None

    def _fail(self, code: str, marks: list[Mark]) -> None:
        self._on_failure(code)
        _mask_all(marks)

    def _lose_run(self) -> None:
        """A turn could not be read: what led up to it is masked, and so is whatever number it may have begun."""
        if self._run is not None:
            self._run.arm("NUMBER")
            self._run.close()
        self._run = Run(armed=True)

    def _mask_slow(self, began_ms: float, marks: list[Mark]) -> bool:
        """Masks everything when what began then took too long; whether it did not."""
        if self._stopwatch() - began_ms <= SLOW_MS:
            return True
        self._fail(DETECTOR_SLOW, marks)
        return False

    def _detect(self, words: Sequence[RawWord], marks: list[Mark]) -> bool:
        """Adds what the plugged-in detectors find; a failing or slow one masks everything. Whether none was."""
        whole = True
        for detector in self._detectors:
            began_ms = self._stopwatch()
            try:
                add_findings(checked(detector.find(words), len(words)), marks)
            except Exception:  # noqa: BLE001 - a detector that fails has not found nothing: all is masked
                self._fail(detector.name, marks)
                whole = False
            whole = self._mask_slow(began_ms, marks) and whole
        return whole

    def _remember_masked(self, words: Sequence[RawWord], marks: list[Mark]) -> None:
        """Neighbouring masked words are one mask on the screen, the pauses between them included."""
        before: EntityType | None = None
        begin_ms = end_ms = 0
        for word, mark in zip(words, marks, strict=True):
            if mark is None or mark == "HELD":
                before = None
                continue
            begin_ms, end_ms = (begin_ms, max(end_ms, word.end_ms)) if before else (word.start_ms, word.end_ms)
            before = mark
            self._masked_time.add(begin_ms, end_ms, mark)

    def _keep_masked(self, words: Sequence[RawWord], marks: list[Mark]) -> None:
        """No word shows where a mask stood."""
        if not self._masked_time:
            return
        for index, word in enumerate(words):
            if marks[index] is None or marks[index] == "HELD":
                kind = self._masked_time.covering(word)
                if kind is not None:
                    marks[index] = kind


def _mask_all(marks: list[Mark]) -> None:
    marks[:] = [mark if mark and mark != "HELD" else "NUMBER" for mark in marks]
