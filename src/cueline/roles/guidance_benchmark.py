"""``cueline benchmark guidance``: how long after a commit the cue stands on a screen, with many calls and phrases.

The product's own path on a PostgreSQL of its own: finals are committed under leases and published, the guide takes
them up, what it finds is committed and published, and a feed for each call sends it to a socket that only notes when.
Every final comes with hypotheses before it, and with the moment models at work.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

import msgspec

from cueline.delivery.stage import LiveFeed
from cueline.events.catalogue import AgentConnected, Envelope, PartialRevised, UtteranceCommitted
from cueline.events.checkpoint import Checkpoint
from cueline.events.codec import decode
from cueline.events.guidance import CueRaised
from cueline.events.records import CallCommit, CallRecord, ClaimedCall, NewCall, NewEvent, NewUtterance
from cueline.events.redacted import RedactedText
from cueline.guidance.guide import CallGuide
from cueline.guidance.heard import heard
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.guidance.rules.compile import compile_rules
from cueline.guidance.rules.engine import RuleEngine
from cueline.guidance.rules.schema import Hint, Rule, RuleSet, Said
from cueline.kernel.errors import CheckFailedError
from cueline.kernel.ids import AgentId, CallId, ContactId, TenantId, UtteranceId, WorkerId, call_id, utterance_id
from cueline.ops.system_clock import stopwatch_s
from cueline.roles.assemble import Process, make_guide, open_process
from cueline.roles.settings import Settings
from cueline.roles.shadow import moments_for
from cueline.storage.leases import PostgresLeaseBook
from cueline.storage.rules import PostgresRules

NAME: Final = "benchmark"
PHRASES_EACH: Final = 10
EVERY_S: Final = 5.0
"""A call says something so often: about as often as people do."""

WARM_S: Final = 3.0
GRACE_S: Final = 10.0
CUE_SHARE: Final = 4
"""One final of so many holds a phrase of a rule."""

TARGET_P95_MS: Final = 100.0
ENGINE_FINALS: Final = 3_000
CALL_FINALS: Final = 100
"""Finals of one call, where a whole guide is timed: it remembers what was said."""

_FIRST: Final = ("amber", "brisk", "copper", "dusty", "early", "frosty", "gentle", "humble", "ivory", "jolly", "keen",
                 "lively", "mellow", "narrow", "olive", "purple", "quiet", "rusty")  # fmt: skip
_SECOND: Final = ("anchor", "basket", "candle", "drawer", "engine", "fiddle", "garden", "hammer", "island", "jacket",
                  "kettle", "ladder", "mirror", "needle", "orchard", "pillow", "quarry")  # fmt: skip
_THIRD: Final = ("alone", "beside", "corner", "downhill", "eastward", "forever", "gladly", "halfway", "indoors",
                 "lately", "midway", "nearby", "outside", "partly", "quickly", "round", "slowly")  # fmt: skip
_SENTENCES: Final = (
    "well i was just looking at the letter you sent me last week",
    "yes that is the one i mean and it was fine until the weekend",
    "could you have a look at it for me please when you have a moment",
    "my neighbour told me that it works in another way at her house",
    "i am not quite sure what it was called but it was the bigger one",
    "okay so then i tried it again in the evening and it was the same",
    "no i have not done anything like that before to be honest with you",
)


class BenchmarkStalledError(CheckFailedError):
    """Cues that had to come did not."""

    code = "benchmark_stalled"


def phrases(count: int) -> list[str]:
    """So many different phrases of three words, at most 5,202."""
    return [" ".join(words) for words in product(_FIRST, _SECOND, _THIRD)][:count]


def rules_of(count: int) -> RuleSet:
    """Rules with so many phrases in all, each of which may fire again at once."""
    words = phrases(count)
    groups = [words[at : at + PHRASES_EACH] for at in range(0, len(words), PHRASES_EACH)]
    return RuleSet(
        name=NAME,
        title="Benchmark",
        rules=tuple(
            Rule(
                rule_id=f"rule-{number}",
                title=f"Rule {number}",
                when=Said(phrases=tuple(group), speaker="customer"),
                then=(Hint(text="Do this."),),
                cooldown_s=0,
                times=20,
                early=False,
            )
            for number, group in enumerate(groups)
        ),
    )


@dataclass(slots=True)
class _Watch:
    """When finals were published, and how long their cues took to the socket. Times in milliseconds."""

    published_ms: dict[UtteranceId, float] = field(default_factory=dict)
    took_ms: list[float] = field(default_factory=list)
    waiting: set[UtteranceId] = field(default_factory=set)


class _Screen:
    """A ``ClientSocket`` that looks for cues in what it is sent, and acknowledges nothing."""

    def __init__(self, process: Process, watch: _Watch) -> None:
        self._process = process
        self._watch = watch

    async def send_text(self, text: str) -> None:
        if '"CueRaised"' not in text:
            return
        payload = decode(text.encode()).payload
        if isinstance(payload, CueRaised) and payload.evidence:
            name = payload.evidence[-1].utterance_id
            if name in self._watch.waiting:
                self._watch.waiting.discard(name)
                self._watch.took_ms.append(self._process.clock.precise_ms() - self._watch.published_ms[name])

    async def receive_text(self) -> str:
        await asyncio.Event().wait()
        raise AssertionError


class _Talker:
    """One call: says a sentence every few seconds, some of them with a phrase at their end."""

    def __init__(self, process: Process, claimed: ClaimedCall, number: int, said: Sequence[str], watch: _Watch) -> None:
        self._process = process
        self._call = claimed.record.call_id
        self._writer = process.writer(claimed)
        self._number = number
        self._phrases = said
        self._watch = watch
        self._commits = 0

    async def begin(self) -> None:
        await self._commit(NewEvent(at_ms=0, item=AgentConnected(agent_id=AgentId(f"agent-{self._number}"))))

    async def talk(self, *, calls: int, seconds: float) -> None:
        """From a moment of its own, so that the calls do not speak all at once."""
        began_ms = self._process.clock.precise_ms()
        await asyncio.sleep(EVERY_S * self._number / calls)
        ordinal = 0
        while True:
            elapsed_s = (self._process.clock.precise_ms() - began_ms) / 1_000
            if elapsed_s >= WARM_S + seconds:
                return
            await self._say(ordinal, measured=elapsed_s >= WARM_S)
            ordinal += 1
            due_s = EVERY_S * (self._number / calls + ordinal)
            await asyncio.sleep(max(0.0, due_s - (self._process.clock.precise_ms() - began_ms) / 1_000))

    async def _say(self, ordinal: int, *, measured: bool) -> None:
        place = self._number + ordinal * 7
        text = _SENTENCES[place % len(_SENTENCES)]
        cue = place % CUE_SHARE == 0
        if cue:
            text += f" {self._phrases[(place * 131) % len(self._phrases)]}"
        words, begin_ms = text.split(), round(ordinal * EVERY_S * 1_000) + 200
        name = utterance_id(self._call, "customer", ordinal)
        for revision, count in enumerate(range(3, len(words) - 3, 3), start=1):
            partial = PartialRevised(
                utterance_id=name, epoch=1, revision=revision, channel="customer", speaker="customer",
                started_ms=begin_ms, text=" ".join(words[:count]), masks=(),
            )  # fmt: skip
            at_ms = begin_ms + count * 200
            await self._process.bus.publish(Envelope(self._process.tenant, self._call, self._commits, at_ms, partial))
        timed = [
            {"text": word, "startMs": begin_ms + at * 200, "endMs": begin_ms + at * 200 + 180}
            for at, word in enumerate(words)
        ]
        content = msgspec.convert({"text": text, "words": timed, "masks": []}, RedactedText)
        end_ms = begin_ms + len(words) * 200
        utterance = NewUtterance(name, "customer", ordinal, "customer", begin_ms, end_ms, content)
        await self._commit(NewEvent(at_ms=end_ms, item=utterance), waiting=name if cue and measured else None)

    async def _commit(self, event: NewEvent, *, waiting: UtteranceId | None = None) -> None:
        self._commits += 1
        commit = CallCommit(number=self._commits, events=(event,), checkpoint=Checkpoint())
        committed = await self._writer.commit(commit)
        if waiting is not None:
            self._watch.published_ms[waiting] = self._process.clock.precise_ms()
            self._watch.waiting.add(waiting)
        await self._writer.clear(await self._writer.publish(committed))


async def guidance(settings: Settings, *, calls: int, count: int, seconds: float) -> dict[str, Any]:
    """Figures for so many live calls and phrases. Raises BenchmarkStalledError when cues did not come."""
    rule_set, watch = rules_of(count), _Watch()
    async with open_process(settings, migrations=True, temporary=True) as process:
        store = PostgresRules(process.database, clock=process.clock)
        document = msgspec.to_builtins(rule_set)
        await store.publish(process.tenant, NAME, document, based_on=None, note="benchmark", by="benchmark")
        talkers = await _claimed(process, calls, phrases(count), watch)
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(make_guide(process).run())]
            beside += [tasks.create_task(_feed(process, talker[1], watch)) for talker in talkers]
            for talker, _ in talkers:
                await talker.begin()
            async with asyncio.TaskGroup() as talking:
                for talker, _ in talkers:
                    talking.create_task(talker.talk(calls=calls, seconds=seconds))
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE_S):
                    while watch.waiting:  # noqa: ASYNC110 - the screens say nothing
                        await asyncio.sleep(0.05)
            for task in beside:
                task.cancel()
    if not watch.took_ms:
        raise BenchmarkStalledError("no cue came to a screen")
    times = sorted(watch.took_ms)
    p95_ms = _rank(times, 0.95)
    return {
        "calls": calls,
        "phrases": count,
        "seconds": seconds,
        "cues": len(times),
        "cuesMissing": len(watch.waiting),
        "commitToCueP50Ms": round(_rank(times, 0.5), 2),
        "commitToCueP95Ms": round(p95_ms, 2),
        "commitToCueWorstMs": round(times[-1], 2),
        "targetP95Ms": TARGET_P95_MS,
        "ok": p95_ms < TARGET_P95_MS and not watch.waiting,
        **engine(count),
    }


async def _claimed(
    process: Process, calls: int, said: Sequence[str], watch: _Watch
) -> list[tuple[_Talker, CallRecord]]:
    for number in range(calls):
        contact = ContactId(f"benchmark-{number}")
        await process.calls.offer(
            NewCall(
                tenant=process.tenant,
                call_id=call_id(process.tenant, contact),
                contact_id=contact,
                stream_arn="benchmark",
                start_fragment_number=None,
                start_timestamp_ms=process.clock.epoch_ms(),
                profile=NAME,
            )
        )
    book = PostgresLeaseBook(process.database, tenant=process.tenant, worker=WorkerId("benchmark"), clock=process.clock)
    claimed = await book.claim(limit=calls)
    return [(_Talker(process, each, number, said, watch), each.record) for number, each in enumerate(claimed)]


async def _feed(process: Process, record: CallRecord, watch: _Watch) -> None:
    await LiveFeed(
        call=record,
        resume=0,
        socket=_Screen(process, watch),
        bus=process.bus,
        archive=process.calls,
        times=process,
        deliverable=process.deliverable,
        metrics=process.metrics,
        clock=process.clock,
    ).run()


def engine(count: int) -> dict[str, Any]:
    """Microseconds of a final in the rule engine alone and in a whole guide, moment models and all."""
    rule_set, said = msgspec.structs.replace(rules_of(count), name=f"{NAME}-engine"), phrases(count)
    finals = [_final(number, said) for number in range(ENGINE_FINALS)]
    facts = CallFacts(TenantId("benchmark"), CallId("call_benchmark"))
    began_s = stopwatch_s()
    compiled = compile_rules(rule_set, facts)
    compiled_s = stopwatch_s()
    work, picture = RuleEngine(compiled), CallPicture(facts)
    every = [heard(final, now_ms=final.ended_ms) for final in finals]
    engine_us = []
    for one in every:
        start_s = stopwatch_s()
        work.hear(one, picture)
        engine_us.append((stopwatch_s() - start_s) * 1e6)
    guide = CallGuide(facts, rule_set, 1, moments_for("en"))
    guide_us = []
    for sequence, final in enumerate(finals, start=1):
        if sequence % CALL_FINALS == 0:
            guide = CallGuide(facts, rule_set, 1, moments_for("en"))
        envelope = Envelope(facts.tenant, facts.call_id, sequence, final.ended_ms, final)
        start_s = stopwatch_s()
        guide.receive(envelope)
        guide_us.append((stopwatch_s() - start_s) * 1e6)
    return {
        "compileMs": round((compiled_s - began_s) * 1_000, 1),
        "enginePerFinalMeanUs": round(sum(engine_us) / len(engine_us), 1),
        "enginePerFinalP99Us": round(_rank(sorted(engine_us), 0.99), 1),
        "guidePerFinalMeanUs": round(sum(guide_us) / len(guide_us), 1),
        "guidePerFinalP99Us": round(_rank(sorted(guide_us), 0.99), 1),
    }


def _final(number: int, said: Sequence[str]) -> UtteranceCommitted:
    text = _SENTENCES[number % len(_SENTENCES)]
    if number % CUE_SHARE == 0:
        text += f" {said[(number * 131) % len(said)]}"
    return UtteranceCommitted(
        utterance_id=UtteranceId(f"call_benchmark.c{number}"), channel="customer", speaker="customer",
        started_ms=number * 5_000, ended_ms=number * 5_000 + 4_000, text=text, words=(), masks=(),
    )  # fmt: skip


def guidance_text(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(f"{name}: {value}" for name, value in figures.items())


def _rank(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of sorted values."""
    return values[max(0, -(-len(values) * int(share * 100) // 100) - 1)]
