"""One channel's way through the gate, decided word by word: which are clear, held, masked, and when. Pure.

``redactor.py`` turns the decisions into text for a live call, ``textline.py`` into spans for evaluation. Time is media
time of the call in milliseconds, settled positions are samples.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from cueline.events.redacted import ChannelMemory, EntityType
from cueline.redaction import numbers
from cueline.redaction.detector import Detector
from cueline.redaction.holdback import HOLD_BOUND_MS, Mark, MaskedTime, partial_marks
from cueline.redaction.state import Run, remember, restore
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

MAX_QUEUED: Final = 64
"""Finals that may wait in one channel; more are decided before their time."""

NUMBER_RUNS: Final = "number_runs"
"""Code under which a failure of the number rule is counted."""


class Decided(Sealed):
    """A final whose every word is decided. ``memory``: the channel's, as of this final."""

    __slots__ = ("marks", "memory", "utterance")

    def __init__(self, utterance: RawUtterance, marks: Sequence[Mark], memory: ChannelMemory) -> None:
        self.utterance = utterance
        self.marks = tuple(marks)
        self.memory = memory


class _Queued(Sealed):
    """A final that waits, itself or behind another, for its runs to close.

    stretches: (first word, last word, run). marks: those that stand already. deadline_ms: when it waits no longer.
    """

    __slots__ = ("_tokens", "deadline_ms", "marks", "memory", "stretches", "utterance")

    def __init__(
        self,
        utterance: RawUtterance,
        *,
        marks: list[Mark],
        stretches: Sequence[tuple[int, int, Run]],
        memory: ChannelMemory,
    ) -> None:
        self.utterance = utterance
        self.marks = marks
        self.stretches = stretches
        self.memory = memory
        self.deadline_ms = utterance.ended_ms + HOLD_BOUND_MS
        self._tokens = memory.run_tokens

    def waits(self) -> bool:
        return any(not run.closed for _, _, run in self.stretches)

    def give_up(self, *, spoken_on: bool) -> None:
        """Time is up. That the number has gone on since, in finals or in a hypothesis, is reason enough to mask it."""
        for _, _, run in self.stretches:
            if not run.closed and (spoken_on or run.tokens > self._tokens):
                run.arm()

    def decide(self) -> Decided:
        marks = list(self.marks)
        for first, last, run in self.stretches:
            if run.masked:
                marks[first : last + 1] = [mark or "NUMBER" for mark in marks[first : last + 1]]
        return Decided(self.utterance, marks, self.memory)


class ChannelGate:
    """Decides one channel's words.

    Finals alone close a run or release a hold; a partial can only add to what is masked.
    on_failure: called with a detector's code when it failed and a turn was masked for it.
    """

    def __init__(
        self,
        memory: ChannelMemory,
        *,
        settled: int,
        detectors: Sequence[Detector],
        on_failure: Callable[[str], None],
    ) -> None:
        self._run = restore(memory)
        self._run_ended_ms = memory.run_ended_ms
        self._detectors = tuple(detectors)
        self._on_failure = on_failure
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
        self._heard_ms = max(self._heard_ms, partial.heard_ms)
        words = partial.words
        run = self._run.copy() if self._run else None
        try:
            scan = numbers.scan([word.text for word in words], run)
            marks = partial_marks(scan, words, partial.heard_ms)
            self._spoken_on = scan.continues
        except Exception:  # noqa: BLE001 - whatever went wrong: the words are masked and the call goes on
            self._on_failure(NUMBER_RUNS)
            marks = ["NUMBER"] * len(words)
            self._spoken_on = True
        self._detect(words, marks)
        self._keep_masked(words, marks)
        self._remember_masked(words, marks)
        return marks

    def settle(self, utterance: RawUtterance) -> None:
        """Takes a final; ``take`` gives it back when it is decided."""
        self._heard_ms = max(self._heard_ms, utterance.settled // SAMPLES_PER_MS)
        self._free_before = self.settled
        self._reported = max(self._reported, utterance.settled)
        words = utterance.words
        marks: list[Mark] = [None] * len(words)
        try:
            stretches = self._read_final(words)
        except Exception:  # noqa: BLE001 - fail closed, as above
            self._on_failure(NUMBER_RUNS)
            marks = ["NUMBER"] * len(words)
            stretches = []
            self._lose_run()
        self._spoken_on = False
        self._detect(words, marks)
        self._keep_masked(words, marks)
        self._masked_time.forget_before(utterance.ended_ms)
        if stretches:
            self._run_ended_ms = words[stretches[-1][1]].end_ms
        memory = remember(self._run, self._run_ended_ms)
        self._queue.append(_Queued(utterance, marks=marks, stretches=stretches, memory=memory))

    def hear(self, heard: int, settled: int) -> None:
        """The channel is heard up to ``heard`` and nothing is open before ``settled`` (samples since the origin)."""
        self._heard_ms = max(self._heard_ms, heard // SAMPLES_PER_MS)
        self._reported = max(self._reported, settled)
        self._masked_time.forget_before(settled // SAMPLES_PER_MS)

    def take(self, *, at_once: bool = False) -> list[Decided]:
        """The finals that are decided by now, in order, each once. ``at_once``: as if every bound had passed."""
        decided = []
        while self._queue:
            first = self._queue[0]
            overdue = at_once or self._heard_ms > first.deadline_ms or len(self._queue) > MAX_QUEUED
            if first.waits():
                if not overdue:
                    break
                first.give_up(spoken_on=self._spoken_on)
            decided.append(self._queue.popleft().decide())
            self._free_before = max(self._free_before, first.utterance.settled)
        return decided

    def _read_final(self, words: Sequence[RawWord]) -> list[tuple[int, int, Run]]:
        scan = numbers.scan([word.text for word in words], self._run)
        stretches = [(stretch.first, stretch.last, stretch.run) for stretch in scan.stretches]
        if scan.run is not None and scan.loose is not None:
            # "four one to", end of turn: "to" shares the fate of the run.
            stretches.append((*scan.loose, scan.run))
        self._run = scan.run
        return stretches

    def _lose_run(self) -> None:
        """A turn could not be read: what led up to it is masked, and so is whatever number it may have begun."""
        if self._run is not None:
            self._run.arm()
            self._run.close()
        self._run = Run(armed=True)

    def _detect(self, words: Sequence[RawWord], marks: list[Mark]) -> None:
        """Adds what the detectors find; a failing one masks everything."""
        for detector in self._detectors:
            try:
                for finding in detector.find(words):
                    for index in range(finding.first, finding.last + 1):
                        marks[index] = finding.type
            except Exception:  # noqa: BLE001 - a detector that fails has not found nothing: all is masked
                self._on_failure(detector.name)
                marks[:] = [mark if mark and mark != "HELD" else "NUMBER" for mark in marks]

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
        for index, word in enumerate(words):
            if marks[index] is None or marks[index] == "HELD":
                kind = self._masked_time.covering(word)
                if kind is not None:
                    marks[index] = kind
