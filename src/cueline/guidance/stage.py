"""Guidance of all calls of a tenant: events in, cues out. The asynchronous shell around ``CallGuide``.

Every call has a task and a bounded queue of its own, so that a slow store or a long call delays no other. What a
guide found is committed through PostgreSQL, which gives it its sequence and knows it again when it comes twice. A
guide that fails is dropped, counted, and taken up anew from the log; the call goes on without it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Final, Protocol

from cueline.bus.ports import EventLog
from cueline.events.catalogue import TRANSIENT, Envelope, EventPayload, UnknownPayload, UtteranceAmended
from cueline.events.guidance import CueRaised, GuidanceStarted, NotesWritten
from cueline.events.records import CallRecord
from cueline.guidance.guide import CallGuide, Found, LookedUp, Moments, Outcome, identity
from cueline.guidance.picture import CallFacts
from cueline.guidance.ports import GuidedCalls, KnowledgeBase, Passage
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId, UtteranceId

GUIDES_MAX: Final = 2_000
QUEUE_MAX: Final = 1_000
PAGE: Final = 1_000
CALLS_AT_START: Final = 1_000
ENDED_AT_START: Final = 50
ENDED_MAX: Final = 5_000
"""Calls of which it is remembered that they are over."""

SEARCH_TIMEOUT_S: Final = 2.0
PASSAGES: Final = 3
POLL_S: Final = 1.0
FAILURES_MAX: Final = 3
"""A call whose guide failed so often goes on without one."""

IDLE_S: Final = 600.0
"""A call of which nothing was heard for so long is let go; its next event takes it up again."""

PAUSES_S: Final = (0.1, 0.5, 2.0, 5.0)
"""Between attempts while a store is away; the last one again and again."""

ATTEMPTS_MAX: Final = 60


class Guides(Protocol):
    """What the stage takes its rules and readers from."""

    async def rules_for(self, tenant: TenantId, profile: str, pinned: GuidanceStarted | None) -> tuple[RuleSet, int]:
        """The rule set in force for a profile with its version, or the one that a call is pinned to."""

    def moments(self, language: str) -> Moments | None:
        """A reader of moments for one call; None where the language has none."""

    async def team_of(self, tenant: TenantId, agent: str | None) -> str | None:
        """The team of an agent, where people are kept."""


class NoteWriter(Protocol):
    """Writes the notes of a call that has ended."""

    async def write(self, guide: CallGuide, record: CallRecord) -> int | None:
        """Stores the notes and gives their version; None where the call has some already."""


@dataclass(slots=True)
class GuidanceCounters:
    """What the stage did and did not manage."""

    calls_taken_up: int = 0
    calls_refused: int = 0
    events_committed: int = 0
    guides_failed: int = 0
    searches_failed: int = 0
    hypotheses_shed: int = 0
    notes_written: int = 0
    rules_refused: int = 0


@dataclass(slots=True)
class _Guided:
    """A call in work: its guide, and what it has still to hear."""

    queue: asyncio.Queue[Envelope | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_MAX))
    guide: CallGuide | None = None
    record: CallRecord | None = None
    busy: bool = False
    failures: int = 0


class GuidanceStage:
    """Guides the calls of one tenant. ``run`` reads the bus; ``handle`` takes one event and waits until it is done."""

    def __init__(
        self,
        *,
        tenant: TenantId,
        calls: GuidedCalls,
        bus: EventLog,
        guides: Guides,
        knowledge: KnowledgeBase | None,
        notes: NoteWriter | None,
        language: str = "en",
        counters: GuidanceCounters | None = None,
        cue_ready: Callable[[CallId, UtteranceId], Awaitable[None]] | None = None,
        on_failure: Callable[[CallId, str], None] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._tenant = tenant
        self._calls = calls
        self._bus = bus
        self._guides = guides
        self._knowledge = knowledge
        self._notes = notes
        self._language = language
        self.counters: Final = counters or GuidanceCounters()
        self._cue_ready = cue_ready
        self._on_failure = on_failure
        self._sleep = sleep
        self._guided: dict[CallId, _Guided] = {}
        self._ended: OrderedDict[CallId, None] = OrderedDict()

    async def run(self) -> None:
        """Guides every live call until it is cancelled."""
        async with AsyncExitStack() as stack:
            reader = await stack.enter_async_context(self._bus.subscribe(self._tenant, None))
            tasks = await stack.enter_async_context(asyncio.TaskGroup())
            await self._look_around(tasks, lately=True)
            tasks.create_task(self._poll(tasks))
            while True:
                envelope = await reader.next(timeout_s=1.0)
                if reader.take_overflow():
                    await self._look_around(tasks)
                if envelope is not None:
                    self._queue(envelope.call_id, envelope, tasks)

    async def handle(self, envelope: Envelope) -> None:
        """Takes one event, here and now: what it leads to is committed when this returns.

        What the guide itself commits meanwhile is found in the log by the next event.
        """
        if envelope.call_id in self._ended:
            return
        guided = self._guided.setdefault(envelope.call_id, _Guided())
        if guided.busy:
            return
        guided.busy = True
        try:
            await self._take(envelope.call_id, guided, envelope)
        finally:
            guided.busy = False
        if guided.guide is not None and guided.guide.picture.ended_ms is not None:
            self._end(envelope.call_id)

    async def _poll(self, tasks: asyncio.TaskGroup) -> None:
        """What other processes committed, and what the bus lost, shows in the calls' sequences."""
        while True:
            await asyncio.sleep(POLL_S)
            try:
                records = await self._calls.list_calls(self._tenant, live=True, limit=CALLS_AT_START, before_ms=None)
                records += await self._calls.list_calls(self._tenant, live=False, limit=ENDED_AT_START, before_ms=None)
            except CuelineError as error:
                if not error.retryable:
                    raise
                continue
            standing = {record.call_id: record.sequence for record in records}
            for call_id in [*standing, *self._guided]:
                guided = self._guided.get(call_id)
                known = guided.guide.sequence if guided is not None and guided.guide is not None else 0
                if (guided is None or guided.queue.empty()) and standing.get(call_id, 0) > known:
                    self._queue(call_id, None, tasks)

    async def _look_around(self, tasks: asyncio.TaskGroup, *, lately: bool = False) -> None:
        """Takes up the calls that are live: at the start, and when events were missed.

        lately: also those that ended a while ago, for what a guide that died owes them.
        """
        for attempt in range(ATTEMPTS_MAX):
            try:
                records = await self._calls.list_calls(self._tenant, live=True, limit=CALLS_AT_START, before_ms=None)
                if lately:
                    records += await self._calls.list_calls(
                        self._tenant, live=False, limit=ENDED_AT_START, before_ms=None
                    )
                break
            except CuelineError as error:
                if not error.retryable:
                    raise
                await self._sleep(_pause_s(attempt))
        else:
            return
        for record in records[:GUIDES_MAX]:
            self._queue(record.call_id, None, tasks)

    def _queue(self, call_id: CallId, envelope: Envelope | None, tasks: asyncio.TaskGroup) -> None:
        """Hands an event to its call's task, which it begins where there is none. Hypotheses are shed first.

        None: there may be news in the log.
        """
        if call_id in self._ended:
            if envelope is None or not isinstance(envelope.payload, UtteranceAmended):
                return
            del self._ended[call_id]  # its notes are made again, of what may still be read
        guided = self._guided.get(call_id)
        if guided is None:
            if len(self._guided) >= GUIDES_MAX:  # those that are guided stay so; this one is looked at again later
                self.counters.calls_refused += 1
                return
            guided = self._guided[call_id] = _Guided()
            tasks.create_task(self._guide(call_id, guided))
        crowded = guided.queue.qsize() > QUEUE_MAX // 2
        if envelope is not None and envelope.kind in TRANSIENT and crowded:
            self.counters.hypotheses_shed += 1
            return
        if guided.queue.full():  # a gap: the next event that finds room has the guide read the log
            return
        guided.queue.put_nowait(envelope)

    async def _guide(self, call_id: CallId, guided: _Guided) -> None:
        """One call's task: to its end, or until nothing was heard of it for long."""
        try:
            while True:
                try:
                    async with asyncio.timeout(IDLE_S):
                        envelope = await guided.queue.get()
                except TimeoutError:
                    return
                await self._take(call_id, guided, envelope)
                over = guided.guide is not None and guided.guide.picture.ended_ms is not None and guided.queue.empty()
                if over or guided.failures >= FAILURES_MAX:
                    self._end(call_id)
                    return
        finally:
            self._guided.pop(call_id, None)

    def _end(self, call_id: CallId) -> None:
        """The call is over and done with: what still comes of it is not the guide's."""
        self._guided.pop(call_id, None)
        self._ended[call_id] = None
        if len(self._ended) > ENDED_MAX:
            self._ended.popitem(last=False)

    async def _take(self, call_id: CallId, guided: _Guided, envelope: Envelope | None) -> None:
        """Feeds an event, whatever happens: a store that is away is waited for, a guide that fails is let go."""
        for attempt in range(ATTEMPTS_MAX):
            try:
                await self._feed(call_id, guided, envelope)
            except CuelineError as error:
                guided.guide = None
                if error.retryable:
                    await self._sleep(_pause_s(attempt))
                    continue
                self._failed(call_id, guided, error.code)
            except Exception as error:  # noqa: BLE001 - whatever it was: the call goes on, its guide begins anew
                guided.guide = None
                self._failed(call_id, guided, type(error).__name__)
            return

    def _failed(self, call_id: CallId, guided: _Guided, code: str) -> None:
        self.counters.guides_failed += 1
        guided.failures += 1
        if self._on_failure is not None:
            self._on_failure(call_id, code)

    async def _feed(self, call_id: CallId, guided: _Guided, envelope: Envelope | None) -> None:
        if guided.guide is None or (envelope is not None and isinstance(envelope.payload, UtteranceAmended)):
            # What an amended utterance said before must not come back in notes: the log has it as it stands now.
            await self._take_up(call_id, guided)
        guide = guided.guide
        if guide is None:
            return
        if envelope is None or (envelope.kind not in TRANSIENT and envelope.sequence > guide.sequence + 1):
            missed = await self._read(call_id, after=guide.sequence)
            if any(isinstance(each.payload, UtteranceAmended) for each in missed):
                await self._take_up(call_id, guided)
            else:
                await self._hear(guided, guide, missed)
        elif envelope.kind in TRANSIENT:
            await self._commit(guided, guide, guide.receive(envelope))
        elif envelope.sequence == guide.sequence + 1:
            guide.sequence = envelope.sequence
            await self._commit(guided, guide, guide.receive(envelope))

    async def _take_up(self, call_id: CallId, guided: _Guided) -> None:
        """A guide for a call that has none here: from its first event on."""
        record = await self._calls.find(self._tenant, call_id)
        if record is None:
            return
        events = await self._read(call_id, after=0)
        payloads = [each.payload for each in events if not isinstance(each.payload, UnknownPayload)]
        known: list[EventPayload] = [payload for payload in payloads if identity(payload) is not None]
        pinned = next((payload for payload in known if isinstance(payload, GuidanceStarted)), None)
        rule_set, version = await self._guides.rules_for(self._tenant, record.profile, pinned)
        facts = CallFacts(
            tenant=self._tenant,
            call_id=call_id,
            profile=record.profile,
            language=self._language,
            attributes=record.attributes,
            agent_id=record.agent_id,
            team=await self._guides.team_of(self._tenant, record.agent_id),
        )
        guided.record = record
        guide = CallGuide(facts, rule_set, version, self._guides.moments(self._language), known=known)
        self.counters.calls_taken_up += 1
        await self._hear(guided, guide, events)
        guided.guide = guide

    async def _hear(self, guided: _Guided, guide: CallGuide, events: Sequence[Envelope]) -> None:
        """What was missed. Time goes on only with the last event: what is late is not what was not said."""
        for place, envelope in enumerate(events, start=1):
            guide.sequence = envelope.sequence
            await self._commit(guided, guide, guide.receive(envelope, newest=place == len(events)))

    async def _read(self, call_id: CallId, *, after: int) -> list[Envelope]:
        found: list[Envelope] = []
        while True:
            page = await self._calls.events(self._tenant, call_id, after=after, limit=PAGE)
            found += page
            if len(page) < PAGE:
                return found
            after = page[-1].sequence

    async def _commit(self, guided: _Guided, guide: CallGuide, outcome: Outcome) -> None:
        call_id = guide.picture.facts.call_id
        await self._record(call_id, outcome.found)
        for asked in outcome.lookups:
            await self._record(call_id, guide.answered(asked, await self._search(asked)))
        if outcome.ended and self._notes is not None and guided.record is not None:
            version = await self._notes.write(guide, guided.record)
            if version is not None:
                self.counters.notes_written += 1
                at_ms = guide.picture.ended_ms or 0
                await self._record(call_id, [Found(at_ms, NotesWritten(version=version))])

    async def _record(self, call_id: CallId, found: Sequence[Found]) -> None:
        for one in found:
            # Another guide may have found the same a moment earlier or later: it is one.
            name = identity(one.payload)
            once = None if name is None else f"guide {name}"
            stored = await self._calls.record(self._tenant, call_id, one.payload, at_ms=one.at_ms, once=once)
            if stored is None:
                continue
            self.counters.events_committed += 1
            if isinstance(one.payload, CueRaised) and self._cue_ready is not None:
                for utterance in {each.utterance_id for each in one.payload.evidence[-1:]}:
                    await self._cue_ready(call_id, utterance)

    async def _search(self, asked: LookedUp) -> list[Passage]:
        """The passages for a look-up; none when the knowledge base does not answer: a cue is not worth a wait."""
        if self._knowledge is None:
            return []
        try:
            async with asyncio.timeout(SEARCH_TIMEOUT_S):
                return await self._knowledge.search(self._tenant, asked.words, limit=PASSAGES)
        except (CuelineError, TimeoutError):
            self.counters.searches_failed += 1
            return []


def _pause_s(attempt: int) -> float:
    return PAUSES_S[min(attempt, len(PAUSES_S) - 1)]
