"""An ended call with a bit of everything that is kept of calls, and looks at what is left of it."""

import hashlib
import json
from types import SimpleNamespace

from cueline.archive.layout import chunk_key, manifest_key
from cueline.events.catalogue import CallEnded
from cueline.events.guidance import (
    CallTagged,
    ChecklistTicked,
    CueRaised,
    DispositionSuggested,
    Evidence,
    MomentFound,
    WhisperSent,
)
from cueline.events.records import NewEvent
from cueline.events.retention import DAY_MS
from cueline.kernel.ids import CallId, utterance_id
from cueline.storage.notes import PostgresNotes
from tests.fakes.objects import MemoryObjects

SECRET = "mulberry"
"""A word that is said and written in the call, and stands nowhere when its text is deleted."""

TABLES = (
    "calls", "utterances", "events", "utterance_times", "notes", "webhook_deliveries", "recordings", "recording_chunks",
    "verifications", "mask_reports", "audit_log", "deletions",
)  # fmt: skip


async def ended_call(world, make, contact: str = "contact-1", *, chunks: int = 3, profile: str = "default") -> CallId:
    """Ends now, by the world's clock."""
    claimed = await world.claimed(contact)
    call = claimed.record.call_id
    writer = world.writer(claimed)
    said = [make.utterance(call, ordinal, text=f"the {SECRET} word {ordinal} [NUMBER]") for ordinal in range(3)]
    await writer.commit(make.commit(1, *said))
    evidence = Evidence(utterance_id=utterance_id(call, "customer", 0), start=4, end=12)
    written = (
        CueRaised(cue_id="q1", cue_kind="hint", audience="agent", text=f"Say {SECRET}.", why=f"They said {SECRET}.",
                  rule_id="r", priority=50, expires_ms=30_000, evidence=(evidence,)),
        MomentFound(moment_id="m1", family="intent", label="wants_manager", confidence=0.9, speaker="customer",
                    started_ms=0, ended_ms=900, evidence=evidence),
        ChecklistTicked(checklist_id="c", item_id="i", evidence=evidence),
        DispositionSuggested(disposition="card_replaced", why=f"Heard {SECRET}."),
        WhisperSent(text=f"Ask for the {SECRET}.", by="sam"),
        CallTagged(label="churn", rule_id="r"),
    )  # fmt: skip
    for at_ms, payload in enumerate(written):
        await world.calls.record(make.tenant, call, payload, at_ms=at_ms)
    notes = PostgresNotes(world.database, clock=world.clock, announce=("notes_webhook",))
    await notes.save(make.tenant, call, {"summary": f"About a {SECRET}."}, based_on=0, by="jo")
    await world.database.statement(
        "UPDATE calls SET attributes = $2::jsonb, profile = $3 WHERE call_id = $1",
        call, json.dumps({"title": SECRET}), profile,
    )  # fmt: skip
    report = json.dumps({"note": SECRET})
    await world.database.statement(
        "INSERT INTO mask_reports (tenant, call_id, report, reported_by, reported_at_ms)"
        " VALUES ($1, $2, $3::jsonb, 'sam', 1)", make.tenant, call, report,
    )  # fmt: skip
    await writer.commit(make.commit(2, NewEvent(at_ms=9_000, item=CallEnded(reason="disconnected"))))
    if chunks:
        await _recording(world, make, call, chunks)
    return call


async def _recording(world, make, call: CallId, chunks: int) -> None:
    await world.database.statement(
        "INSERT INTO recordings (call_id, tenant, state, codec, key_id, wrapped_key, chunks, position,"
        " manifest_revision, sealed_at_ms) VALUES"
        " ($1, $2, 'sealed', 'flac', 'local:default:1', 'wrapped', $3, $4, 0, 1)",
        call, make.tenant, chunks, chunks * 80_000,
    )  # fmt: skip
    for number in range(chunks):
        digest = hashlib.sha256(_body(call, number)).hexdigest()
        await world.database.statement(
            "INSERT INTO recording_chunks (call_id, number, revision, position, samples, bytes, sha256, beeps, gaps)"
            " VALUES ($1, $2, 0, $3, 80000, $4, $5, '[]', '[]')",
            call, number, number * 80_000, len(_body(call, number)), digest,
        )  # fmt: skip


def _body(call: CallId, number: int) -> bytes:
    return f"audio of {call}, {number}".encode()


def store_objects(objects: MemoryObjects, make, call: CallId, chunks: int = 3) -> None:
    """Its objects, with one of an older revision and one that no row knows."""
    for number in range(chunks):
        objects.bodies[chunk_key(make.tenant, call, number, 0)] = _body(call, number)
    objects.bodies[chunk_key(make.tenant, call, 0, 1)] = b"an older revision"
    objects.bodies[chunk_key(make.tenant, call, 900_000, 0)] = b"noted nowhere"
    objects.bodies[manifest_key(make.tenant, call, 0)] = b"the manifest"


async def dump(world) -> dict[str, list[str]]:
    """All rows of all tables, as text."""
    return {
        table: [row[0] for row in await world.database.statement(f"SELECT t::text FROM {table} t ORDER BY 1")]
        for table in TABLES
    }


async def left(world, call: CallId) -> SimpleNamespace:
    """What the tables still hold of a call."""
    counts = {table: await world.value(f"SELECT count(*) FROM {table} WHERE call_id = $1", call) for table in TABLES}
    counts["words"] = str(await dump(world)).count(SECRET)
    counts["keys"] = await world.value(
        "SELECT count(*) FROM recordings WHERE wrapped_key IS NOT NULL AND call_id = $1", call
    )
    return SimpleNamespace(**counts)


def days_later(world, days: float) -> None:
    world.clock.advance_to(world.clock.monotonic_ms() + int(days * DAY_MS))
