"""Words from the speech stage through the gate to the conversation. A thin shell around ``Redactor``.

Where a word detector is set up, each final waits for its findings, at most the detector's budget. It waits inside the
redactor: the rules have judged it by then, later words and the other channel go on, and the order stays.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from cueline.events.redacted import RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.guarded import Answer, GuardedDetector
from cueline.redaction.ports import RedactedSink, RedactionReporter
from cueline.redaction.redactor import Redactor
from cueline.unredacted.transcript import RawPartial, RawUtterance

MAX_ASKED: Final = 16
"""Finals of one channel that may wait for a word detector; one more is not asked about."""

_MASKED: Final = (
    "The model that finds names did not answer in time or failed: turns of this call are masked whole while that "
    "lasts. See cueline_gate_failures_total."
)
_UNMASKED: Final = (
    "The model that finds names did not answer in time or failed: while that lasts the built-in rules alone decide, "
    "as CUELINE_NAME_OPTIONAL says, and names in this call may be readable."
)


class RedactionStage:
    """A ``TranscriptSink`` that hands redacted text to a ``RedactedSink``: finals once and in their channel's order.

    Calls may come from several tasks; they pass one at a time, as handing on must not overtake.
    model: asked about every final. Without ``run`` beside the stage, and in lockstep, it is awaited on the spot; in
    lockstep for as long as it takes, so that a recorded call gives the same on every run.
    reporter: told once when the model fails; ``warned``: it was told before a takeover.
    """

    def __init__(
        self,
        redactor: Redactor,
        sink: RedactedSink,
        *,
        model: GuardedDetector | None = None,
        reporter: RedactionReporter | None = None,
        warned: bool = False,
        lockstep: bool = False,
    ) -> None:
        self._redactor: Final = redactor
        self._sink: Final = sink
        self._turnstile: Final = asyncio.Lock()
        self._model: Final = model
        self._reporter: Final = reporter
        self._warned = warned
        self._lockstep: Final = lockstep
        self._tasks: asyncio.TaskGroup | None = None
        self._asked: Final[dict[Channel, int]] = dict.fromkeys(CHANNELS, 0)
        self._answered: Final = asyncio.Event()
        self._answered.set()
        self._over: Final = asyncio.Event()

    async def run(self) -> None:
        """Awaits the model beside the call until ``finish``; raises what handing on raises."""
        if self._model is None or self._lockstep:
            return
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self._over.wait()

    async def revise(self, partial: RawPartial) -> None:
        """A hypothesis changed: what may be shown of it goes on, after the finals that its time decided."""
        async with self._turnstile:
            shown = self._redactor.revise(partial)
            await self._commit(self._redactor.take_decided())
            await self._sink.revise(shown)

    async def settle(self, utterance: RawUtterance) -> None:
        """A final goes on as soon as its last number run is closed or held long enough, and the model has answered."""
        async with self._turnstile:
            if self._model is None:
                self._redactor.settle(utterance)
            else:
                self._redactor.settle(utterance, awaits=True)
                await self._ask(utterance, self._model)
            await self._commit(self._redactor.take_decided())

    async def hear(self, channel: Channel, heard: int, settled: int) -> None:
        """Media time went on; the settled position handed on stays before everything that is held."""
        async with self._turnstile:
            self._redactor.hear(channel, heard, settled)
            await self._commit(self._redactor.take_decided())
            await self._sink.progress(channel, heard, self._redactor.settled(channel))

    async def finish(self) -> None:
        """Everything held is decided and handed on."""
        await self._answered.wait()
        async with self._turnstile:
            await self._commit(self._redactor.finish())
        self._over.set()

    async def _ask(self, utterance: RawUtterance, model: GuardedDetector) -> None:
        channel = utterance.channel
        if self._asked[channel] >= MAX_ASKED:
            await self._resolve(utterance, model.overrun())
        elif self._tasks is None:
            await self._resolve(utterance, await model.ask(utterance.words, patient=self._lockstep))
        else:
            self._asked[channel] += 1
            self._answered.clear()
            self._tasks.create_task(self._await(utterance, model.ask(utterance.words)))

    async def _await(self, utterance: RawUtterance, asked: Coroutine[Any, Any, Answer]) -> None:
        try:
            answer = await asked
            async with self._turnstile:
                await self._resolve(utterance, answer)
                await self._commit(self._redactor.take_decided())
        finally:
            self._asked[utterance.channel] -= 1
            if not any(self._asked.values()):
                self._answered.set()

    async def _resolve(self, utterance: RawUtterance, answer: Answer) -> None:
        self._redactor.resolve(utterance.channel, utterance.ordinal, answer.findings)
        if answer.failed and not self._warned and self._reporter is not None:
            self._warned = True
            message = _MASKED if answer.findings is None else _UNMASKED
            await self._reporter.warn("redaction_failed", message, at=utterance.settled)

    async def _commit(self, decided: list[tuple[RedactedUtterance, RedactorSnapshot]]) -> None:
        for utterance, snapshot in decided:
            await self._sink.commit(utterance, snapshot)
