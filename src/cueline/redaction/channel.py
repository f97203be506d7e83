"""One channel's way through the gate, decided word by word: which are clear, held, masked, and when. Pure.

``redactor.py`` turns the decisions into text for a live call, ``textline.py`` into spans for evaluation. Time is media
time of the call in milliseconds, settled positions are samples.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from cueline.events.redacted import ChannelMemory
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

    stretches: (first word, last word, run). marks: those that stand already.
    """

    __slots__ = ("deadline_ms", "marks", "memory", "stretches", "utterance")

    def __init__(
        self,
        utterance: RawUtterance,
        *,
        marks: list[Mark],
        stretches: Sequence[tuple[int, int, Run]],
        memory: ChannelMemory,
        deadline_ms: int,
    ) -> None:
        self.utterance = utterance
        self.marks = marks
        self.stretches = stretches
        self.memory = memory
        self.deadline_ms = deadline_ms

    def waits(self) -> bool:
        return any(not run.closed for _, _, run in self.stretches)

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
        return self._free_before if self._queue else max(self._free_before, self._reported)

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
        for word, mark in zip(words, marks, strict=True):
            if mark is not None and mark != "HELD":
                self._masked_time.add(word.start_ms, word.end_ms, mark)
        return marks

    def settle(self, utterance: RawUtterance) -> None:
        """Takes a final; ``take`` gives it back when it is decided."""
        self._heard_ms = max(self._heard_ms, utterance.settled // SAMPLES_PER_MS)
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
        deadline_ms = utterance.ended_ms + HOLD_BOUND_MS
        self._queue.append(_Queued(utterance, marks=marks, stretches=stretches, memory=memory, deadline_ms=deadline_ms))

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
                if self._spoken_on and self._run is not None:
                    # A hypothesis cannot release, but that the number goes on right now is reason enough to mask.
                    self._run.arm()
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

    def _keep_masked(self, words: Sequence[RawWord], marks: list[Mark]) -> None:
        """No word shows where a mask stood."""
        for index, word in enumerate(words):
            if marks[index] is None or marks[index] == "HELD":
                kind = self._masked_time.covering(word)
                if kind is not None:
                    marks[index] = kind
