"""The guides of many calls: taken up, kept up, let go; a store that is away, a guide that fails."""

import asyncio
from collections.abc import Sequence

import msgspec
import pytest

from cueline.bus.memory import MemoryEventLog
from cueline.events.catalogue import CallEnded, Envelope, EventPayload, UtteranceAmended, UtteranceCommitted
from cueline.events.guidance import CueRaised, GuidanceStarted, NotesWritten
from cueline.events.records import CallRecord
from cueline.events.redacted import Mask
from cueline.guidance.guide import CallGuide, Moments, identity
from cueline.guidance.ports import Passage
from cueline.guidance.rules.schema import RuleSet
from cueline.guidance.stage import QUEUE_MAX, GuidanceStage
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, ContactId, TenantId
from tests.unit.guidance.test_guide import CALL, RULES, TENANT, LostCards, Script, a_call


class Log:
    """Calls and their events in memory: sequences are given as PostgreSQL gives them, and repeats are known."""

    def __init__(self, bus: MemoryEventLog) -> None:
        self.bus = bus
        self.said: dict[CallId, list[Envelope]] = {}
        self.away = 0
        self.names: set[object] = set()

    async def add(self, call: CallId, payload: EventPayload, at_ms: int, *, publish: bool = True) -> Envelope:
        events = self.said.setdefault(call, [])
        envelope = Envelope(TENANT, call, len(events) + 1, at_ms, payload)
        events.append(envelope)
        if publish:
            await self.bus.publish(envelope)
        return envelope

    def _answer(self) -> None:
        if self.away:
            self.away -= 1
            raise UnavailableError("PostgreSQL is away")

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None:
        self._answer()
        return _record(CallId(call)) if CallId(call) in self.said else None

    async def list_calls(
        self, tenant: TenantId, *, live: bool | None, limit: int, before_ms: int | None
    ) -> list[CallRecord]:
        self._answer()
        return [_record(call) for call in self.said]

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        self._answer()
        return self.said[call_id][after : after + limit]

    async def record(
        self, tenant: TenantId, call_id: CallId, payload: EventPayload, *, at_ms: int, once: str | None = None
    ) -> Envelope | None:
        self._answer()
        name = call_id, once or (at_ms, payload)
        if name in self.names:
            return None
        self.names.add(name)
        return await self.add(call_id, payload, at_ms)


class Parts:
    """Rules and readers; ``broken`` calls have a reader that raises."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.pinned: list[GuidanceStarted | None] = []

    async def rules_for(self, tenant: TenantId, profile: str, pinned: GuidanceStarted | None) -> tuple[RuleSet, int]:
        self.pinned.append(pinned)
        return RULES, 3

    def moments(self, language: str) -> Moments | None:
        if self.broken:
            raise ValueError("no reader")
        return LostCards()

    async def team_of(self, tenant: TenantId, agent: str | None) -> str | None:
        return None


class Notebook:
    async def write(self, guide: CallGuide, record: CallRecord) -> int | None:
        return 1


class Shelf:
    async def search(self, tenant: TenantId, query: str, *, limit: int) -> list[Passage]:
        return [
            Passage(passage_id=f"p.{query}", title="T", heading="H", text="x", source="s", modified_at_ms=0, score=1)
        ]

    async def passage(self, tenant: TenantId, passage_id: str) -> Passage | None:
        return None


def _record(call: CallId) -> CallRecord:
    return CallRecord(
        tenant=TENANT, call_id=call, contact_id=ContactId("c"), stream_arn="a", start_fragment_number=None,
        start_timestamp_ms=0, customer_endpoint=None, system_endpoint=None, attributes={}, profile="default",
        phase="connected", sequence=1, created_at_ms=0, agent_id=None, disconnected_at_ms=None, ended_at_ms=None,
        ended_ms=None, end_reason=None, recogniser=None, recogniser_source=None, utterances=0, warnings=0, masks=0,
    )  # fmt: skip


def stage_of(log: Log, parts: Parts | None = None, **options: object) -> GuidanceStage:
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0)

    return GuidanceStage(
        tenant=TENANT, calls=log, bus=log.bus, guides=parts or Parts(), knowledge=Shelf(), notes=Notebook(),
        sleep=sleep, **options,  # type: ignore[arg-type]
    )  # fmt: skip


async def eventually(condition: object) -> None:
    async with asyncio.timeout(10):
        while not condition():  # type: ignore[operator]  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def guided(log: Log, call: CallId = CALL) -> list[str]:
    return [name for each in log.said[call] if (name := identity(each.payload)) is not None]  # type: ignore[arg-type]


async def lay(log: Log, script: Script, call: CallId = CALL, *, publish: bool = True) -> None:
    for envelope in script.events:
        if envelope.kind == "PartialRevised":
            await log.bus.publish(msgspec.structs.replace(envelope, call_id=call, sequence=len(log.said[call])))
        else:
            await log.add(call, envelope.payload, envelope.at_ms, publish=publish)  # type: ignore[arg-type]


async def settled(log: Log, call: CallId = CALL) -> None:
    await eventually(lambda: any(isinstance(each.payload, NotesWritten) for each in log.said[call]))


async def test_a_live_call_is_guided_and_its_notes_are_written() -> None:
    log = Log(MemoryEventLog())
    stage = stage_of(log)
    running = asyncio.create_task(stage.run())
    await asyncio.sleep(0.01)
    await lay(log, a_call(hypotheses=True))
    await settled(log)
    running.cancel()
    names = guided(log)
    assert len(names) == len(set(names))
    cues = [each.payload for each in log.said[CALL] if isinstance(each.payload, CueRaised)]
    assert {each.cue_kind for each in cues} == {"hint", "alert", "praise", "knowledge"}
    assert stage.counters.notes_written == 1


async def test_a_call_that_was_there_before_the_guide_is_taken_up() -> None:
    log = Log(MemoryEventLog())
    await lay(log, a_call(), publish=False)
    running = asyncio.create_task(stage_of(log).run())
    await settled(log)
    running.cancel()
    assert "opened lost" in guided(log)


async def test_a_second_guide_adds_nothing_to_what_the_first_one_said() -> None:
    log = Log(MemoryEventLog())
    parts = Parts()
    for _ in range(2):
        if CALL not in log.said:
            await lay(log, a_call(), publish=False)
        before = list(log.said[CALL])
        stage = stage_of(log, parts)
        await stage.handle(log.said[CALL][0])
        if any(isinstance(each.payload, NotesWritten) for each in before):
            assert log.said[CALL] == before
    assert parts.pinned == [None, GuidanceStarted(rules="bank", version=3)]


async def test_a_store_that_is_away_for_a_while_costs_nothing() -> None:
    log, other = Log(MemoryEventLog()), Log(MemoryEventLog())
    for each, away in ((log, 7), (other, 0)):
        await lay(each, a_call(), publish=False)
        each.away = away
        await stage_of(each).handle(each.said[CALL][0])
    assert guided(log) == guided(other) != []


async def test_a_guide_that_fails_is_counted_and_costs_no_other_call_anything() -> None:
    log = Log(MemoryEventLog())
    failures: list[str] = []
    stage = stage_of(log, Parts(broken=True), on_failure=lambda call, code: failures.append(code))
    await lay(log, a_call(), publish=False)
    await stage.handle(log.said[CALL][0])
    assert (stage.counters.guides_failed, failures) == (1, ["ValueError"])
    assert guided(log) == []


async def test_events_that_were_missed_are_read_from_the_store() -> None:
    log = Log(MemoryEventLog())
    stage = stage_of(log)
    script = a_call()
    await lay(log, script, publish=False)
    whole = list(log.said[CALL])
    log.said[CALL] = whole[:3]
    await stage.handle(whole[2])
    log.said[CALL] += [
        msgspec.structs.replace(each, sequence=len(log.said[CALL]) + place)
        for place, each in enumerate(whole[3:], start=1)
    ]
    await stage.handle(log.said[CALL][-1])
    assert isinstance(whole[-1].payload, CallEnded)
    assert "withdrawn" not in " ".join(guided(log))
    assert "ticked block" in guided(log)


@pytest.mark.parametrize("missed", [False, True])
async def test_what_was_masked_later_is_in_no_picture_when_notes_are_written(missed: bool) -> None:
    log = Log(MemoryEventLog())
    read: list[str] = []

    class Reading(Notebook):
        async def write(self, guide: CallGuide, record: CallRecord) -> int | None:
            read.extend(said.text for said in guide.picture.said)
            return 1

    stage = stage_of(log)
    stage._notes = Reading()
    script = a_call()
    for envelope in script.events[:-1]:
        await stage.handle(await log.add(CALL, envelope.payload, envelope.at_ms))  # type: ignore[arg-type]
    before = guided(log)
    place, said = next(
        (place, each.payload) for place, each in enumerate(log.said[CALL])
        if isinstance(each.payload, UtteranceCommitted) and each.payload.text == "i lost my card"
    )  # fmt: skip
    masked = msgspec.structs.replace(said, text="[NUMBER]", words=(), masks=(Mask(0, 8, "NUMBER"),))
    log.said[CALL][place] = msgspec.structs.replace(log.said[CALL][place], payload=masked)
    amended = await log.add(CALL, UtteranceAmended(said.utterance_id, 2), 9_000)
    if not missed:
        await stage.handle(amended)
        assert guided(log) == before
    await stage.handle(await log.add(CALL, script.events[-1].payload, 99_000))  # type: ignore[arg-type]
    assert "[NUMBER]" in read
    assert "i lost my card" not in read


async def test_a_crowded_queue_sheds_hypotheses_and_loses_no_final(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.guidance.stage.QUEUE_MAX", 8)
    log = Log(MemoryEventLog())
    stage = stage_of(log)
    script = Script()
    for number in range(30):
        script.say("agent", f"that is line {number}", hypotheses=("that", "that is", "that is line"))
    script.say("agent", "i will block the card")
    script.end()
    running = asyncio.create_task(stage.run())
    await asyncio.sleep(0.01)
    log.said[CALL] = []
    await lay(log, script)
    await log.add(CALL, CallEnded(reason="disconnected"), script.at_ms + 1_001)
    await settled(log)
    running.cancel()
    finals = [each for each in log.said[CALL] if isinstance(each.payload, UtteranceCommitted)]
    assert len(finals) == 31
    assert QUEUE_MAX == 1_000


async def test_a_guide_that_keeps_failing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.guidance.stage.POLL_S", 0.005)
    log = Log(MemoryEventLog())
    stage = stage_of(log, Parts(broken=True))
    await lay(log, a_call(), publish=False)
    running = asyncio.create_task(stage.run())
    await eventually(lambda: stage.counters.guides_failed == 3 and not stage._guided)
    await asyncio.sleep(0.05)
    running.cancel()
    assert stage.counters.guides_failed == 3


async def test_one_call_too_many_is_counted_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.guidance.stage.GUIDES_MAX", 1)
    log = Log(MemoryEventLog())
    stage = stage_of(log)
    running = asyncio.create_task(stage.run())
    await asyncio.sleep(0.01)
    script = a_call()
    await log.add(CALL, script.events[0].payload, 0)  # type: ignore[arg-type]
    await log.add(CallId("call_2"), script.events[0].payload, 0)  # type: ignore[arg-type]
    await eventually(lambda: stage.counters.calls_refused)
    assert not running.done()
    running.cancel()


async def test_two_guides_of_one_call_say_everything_once() -> None:
    log = Log(MemoryEventLog())
    running = [asyncio.create_task(stage_of(log).run()) for _ in range(2)]
    await asyncio.sleep(0.01)
    await lay(log, a_call(hypotheses=True))
    await settled(log)
    await asyncio.sleep(0.05)
    for each in running:
        each.cancel()
    names = guided(log)
    assert len(names) == len(set(names))


async def test_an_amendment_has_the_call_read_anew_and_its_notes_made_again() -> None:
    log = Log(MemoryEventLog())
    stage = stage_of(log)
    running = asyncio.create_task(stage.run())
    await asyncio.sleep(0.01)
    await lay(log, a_call())
    await settled(log)
    await eventually(lambda: not stage._guided)
    before = guided(log)
    name = next(each.payload.utterance_id for each in log.said[CALL] if isinstance(each.payload, UtteranceCommitted))
    await log.add(CALL, UtteranceAmended(utterance_id=name, version=2), 0)
    await eventually(lambda: stage.counters.notes_written == 2)
    running.cancel()
    assert guided(log) == before
    assert stage.counters.calls_taken_up == 2


def test_payloads_of_others_have_no_identity() -> None:
    events: Sequence[Envelope] = Script().events
    assert [identity(each.payload) for each in events] == [None, None]  # type: ignore[arg-type]
