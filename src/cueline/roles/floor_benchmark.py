"""``cueline benchmark floor``: what the floor costs while many calls are live.

Made-up events run through the floor as the bus would hand them over. No PostgreSQL, no sockets: what is measured is
the work of this process for each event and for each of the two looks a second.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from cueline.delivery.floor import Floor
from cueline.events.catalogue import Envelope, EventPayload, PartialRevised
from cueline.events.guidance import CueRaised, MomentFound
from cueline.events.records import CallRecord
from cueline.kernel.ids import AgentId, CallId, ContactId, TenantId, UtteranceId
from cueline.ops.system_clock import stopwatch_s

LOOKS: Final = 120
"""Half seconds that are played."""
PARTIALS_EACH: Final = 2
"""Partials of each call in half a second: both sides speak, a little more often than they do."""
CHANGES_SHARE: Final = 10
"""In half a second one call of so many has an event that changes its row."""

_TENANT = TenantId("benchmark")
_START_MS = 1_700_000_000_000


def floor(calls: int) -> dict[str, Any]:
    """Figures for so many live calls: microseconds of an event, milliseconds of a look, bytes of the messages."""
    kept, sequences = _opened(calls)
    takes: list[float] = []
    looks: list[float] = []
    rows: list[int] = []
    sizes: list[int] = []
    events = 0
    for look in range(LOOKS):
        now_ms = _START_MS + 60_000 + look * 500
        happened = list(_half_second(calls, look, sequences, now_ms - _START_MS))
        began = stopwatch_s()
        for envelope in happened:
            kept.take(envelope, now_ms)
        taken = stopwatch_s()
        changes = kept.advance(now_ms)
        message = msgspec.json.encode(changes)
        looks.append((stopwatch_s() - taken) * 1_000)
        takes.append((taken - began) / len(happened) * 1_000_000)
        rows.append(len(changes.rows))
        sizes.append(len(message))
        events += len(happened)
    busy_s = sum(looks) / 1_000 + sum(take / 1_000_000 * events / LOOKS for take in takes)
    return {
        "calls": calls,
        "eventsPerS": round(events / (LOOKS / 2)),
        "eventMeanUs": round(sum(takes) / len(takes), 2),
        "lookMeanMs": round(sum(looks) / len(looks), 2),
        "lookWorstMs": round(max(looks), 2),
        "rowsChangedMean": round(sum(rows) / len(rows), 1),
        "changedBytesMean": round(sum(sizes) / len(sizes)),
        "snapshotBytes": len(msgspec.json.encode(kept.rows)),
        "shareOfOneCore": round(busy_s / (LOOKS / 2), 4),
    }


def floor_text(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(f"{name}: {value}" for name, value in figures.items())


def _opened(calls: int) -> tuple[Floor, list[int]]:
    kept = Floor()
    for number in range(calls):
        record = CallRecord(
            tenant=_TENANT, call_id=_call(number), contact_id=ContactId(f"contact-{number}"), stream_arn="",
            start_fragment_number=None, start_timestamp_ms=_START_MS, customer_endpoint=None, system_endpoint=None,
            attributes={"title": f"Call {number}"}, profile="default", phase="connected", sequence=1,
            created_at_ms=_START_MS, agent_id=AgentId(f"agent-{number}"), disconnected_at_ms=None, ended_at_ms=None,
            ended_ms=None, end_reason=None, recogniser=None, recogniser_source=None, utterances=0, warnings=0, masks=0,
        )  # fmt: skip
        kept.open(record, (), _START_MS)
    kept.advance(_START_MS)
    return kept, [1] * calls


def _half_second(calls: int, look: int, sequences: list[int], media_ms: int) -> Iterator[Envelope]:
    for number in range(calls):
        for revision in range(PARTIALS_EACH):
            partial = PartialRevised(
                UtteranceId(f"{_call(number)}.c{look}"),
                1,
                revision,
                "customer",
                "customer",
                media_ms,
                "a few words",
                (),
            )
            yield Envelope(_TENANT, _call(number), sequences[number], media_ms, partial)
        if (number + look) % CHANGES_SHARE == 0:
            sequences[number] += 1
            yield Envelope(_TENANT, _call(number), sequences[number], media_ms, _change(number + look, media_ms))


def _change(which: int, media_ms: int) -> EventPayload:
    if which % (4 * CHANGES_SHARE) == 0:
        return CueRaised(f"cue-{which}", "alert", "supervisor", "Look here", "because", "r1", 90, media_ms + 60_000, ())
    label = "negative" if which % (3 * CHANGES_SHARE) == 0 else "positive"
    return MomentFound(f"moment-{which}", "sentiment", label, 0.9, "customer", media_ms, media_ms, None)


def _call(number: int) -> CallId:
    return CallId(f"call_{number:024d}")
