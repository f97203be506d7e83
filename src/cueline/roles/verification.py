"""Verification after the call: the steps of ``workflows.verify_call`` as plain functions, and what starts them.

Each step may be run again after it has had its effect. They work on what is stored, which is redacted; what goes into
a run and out of it are ids, codes and counts.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from cueline.archive.checking import AudioCheck, ReadableWord, check_recording
from cueline.archive.ports import KeyRing, ObjectStore, RecordingBook
from cueline.archive.reading import RecordingReader
from cueline.archive.rebeep import rebeep
from cueline.events.notes import StoredNotes
from cueline.events.recording import SAMPLE_RATE_HZ, AddedBeep, BeepSpan
from cueline.events.records import CallRecord
from cueline.events.verification import (
    CallVerified,
    LeakFinding,
    QuarantineBody,
    StoredCall,
    StoredText,
    StoredTurn,
    Verdict,
    Verification,
)
from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConflictError, CuelineError, NotFoundError
from cueline.kernel.ids import CallId, TenantId
from cueline.ops.logs import failure, logger
from cueline.redaction.beeps import BeepPlan, read
from cueline.redaction.verify import RULES, find_leaks
from cueline.roles.stored_calls import cue_texts, mask_all
from cueline.storage.calls import PostgresCalls
from cueline.storage.notes import PostgresNotes
from cueline.storage.verifications import PostgresVerifications
from cueline.workflows.interpret import StepCall, StepFunction
from cueline.workflows.plan import Facts, Kept, StepRefusedError
from cueline.workflows.ports import WorkflowEngine
from cueline.workflows.verify_call import NAME

LOOK_EVERY_S: Final = 3.0
AT_ONCE: Final = 50
COMPARED_PATIENCE_MS: Final = 60_000
"""How long after a call's end its process may take to compare; after that nobody is there who could."""

SEALED_PATIENCE_MS: Final = 600_000
ATTEMPTS_MAX: Final = 5
STARTED_MAX: Final = 10_000
_PER_MS: Final = SAMPLE_RATE_HZ // 1_000


class CallUnsealedError(ConflictError):
    """The recording is not complete."""

    code = "recording_unsealed"
    retryable = True


class VerificationSteps:
    """The steps, over the stores of one process."""

    def __init__(
        self,
        *,
        calls: PostgresCalls,
        notes: PostgresNotes,
        book: PostgresVerifications,
        recordings: RecordingBook,
        objects: ObjectStore,
        keys: KeyRing,
        clock: Clock,
    ) -> None:
        self._calls = calls
        self._notes = notes
        self._book = book
        self._recordings = recordings
        self._objects = objects
        self._keys = keys
        self._clock = clock

    def functions(self) -> Mapping[str, StepFunction]:
        """The functions by the names of their steps."""
        return {
            "verify_open": self.open,
            "verify_scan": self.scan,
            "verify_amend": self.amend,
            "verify_audio": self.audio,
            "verify_rebeep": self.rebeep,
            "verify_rehear": self.rehear,
            "verify_decide": self.decide,
        }

    async def open(self, step: StepCall) -> Facts:
        """Whether the call may be read: its process has compared and sealed, or has had time enough to."""
        tenant, call_id = _call_of(step.argument)
        record = await self._calls.find(tenant, call_id)
        known = await self._book.open(tenant, call_id)
        if record is None or known is None or known.results.attempt != step.argument.get("attempt"):
            return {"state": "gone"}
        waited_ms = self._clock.epoch_ms() - (record.ended_at_ms or 0)
        patient = step.argument.get("last") is not True
        if known.compared == "pending":
            if patient and waited_ms < COMPARED_PATIENCE_MS:
                return {"state": "waiting"}
            await self._book.compared(tenant, call_id, "notCompared", turns=record.utterances, compared_turns=0)
        recording = await self._recordings.find(tenant, call_id)
        unsealed = recording is not None and recording.state == "recording"
        return {"state": "waiting" if unsealed and patient and waited_ms < SEALED_PATIENCE_MS else "ready"}

    async def scan(self, step: StepCall) -> Facts:
        """Reads all stored text; keeps what was found, and gives how much of it can be masked."""
        tenant, call_id = _call_of(step.argument)
        known = await self._known(tenant, call_id)
        found = await self._find(tenant, call_id)
        results, number = known.results, int(str(step.argument.get("number", 1)))
        counts = dict(results.counts)
        if number > results.scanned:  # a repeated step has counted already
            for finding in found:
                counts[finding.type] = counts.get(finding.type, 0) + 1
        kept = msgspec.structs.replace(
            results, counts=counts, scanned=max(number, results.scanned), rounds=max(results.rounds, number - 1),
            open=tuple(found),
        )  # fmt: skip
        await self._book.keep(tenant, call_id, kept, rules=RULES, compared=known.compared)
        fixed = [each for each in found if each.place != "utterance"]
        notes = sum(1 for each in fixed if each.place == "note")
        return {"maskable": len(found) - len(fixed), "fixed": len(fixed), "notes": notes}

    async def amend(self, step: StepCall) -> Facts:
        """Masks what a fresh reading finds in utterances: text, words, events, search and notes follow."""
        tenant, call_id = _call_of(step.argument)
        record = await self._record(tenant, call_id)
        found = [each for each in await self._find(tenant, call_id) if each.place == "utterance"]
        return {"masked": await mask_all(self._calls, record, found)}

    async def audio(self, step: StepCall) -> Facts:
        """Checks the recording against the words as they are stored now."""
        tenant, call_id = _call_of(step.argument)
        known = await self._known(tenant, call_id)
        recording = await self._recordings.find(tenant, call_id)
        if recording is None or recording.state == "deleted":
            kept = msgspec.structs.replace(known.results, audio="none", audio_faults=())
            await self._book.keep(tenant, call_id, kept, rules=RULES, compared=known.compared)
            return {"state": "none", "missing": 0, "faults": 0}
        if recording.state != "sealed":
            raise StepRefusedError("recording_unsealed")
        check = await self._check(tenant, call_id)
        state = "faulty" if check.faults else "clean"
        kept = msgspec.structs.replace(known.results, audio=state, audio_faults=check.faults)
        await self._book.keep(tenant, call_id, kept, rules=RULES, compared=known.compared)
        return {"state": state, "missing": len(check.missing), "faults": len(check.faults)}

    async def rebeep(self, step: StepCall) -> Facts:
        """Beeps every mask that has no beep yet."""
        tenant, call_id = _call_of(step.argument)
        check = await self._check(tenant, call_id)
        added = [AddedBeep(each.channel, each.start // _PER_MS, -(-each.end // _PER_MS)) for each in check.missing]
        changed = await rebeep(self._objects, self._keys, self._recordings, tenant, call_id, added)
        return {"changed": changed, "added": len(added)}

    async def rehear(self, step: StepCall) -> Facts:
        """Whether a second recogniser, in a process of the ``call`` role, heard something in the redacted audio."""
        tenant, call_id = _call_of(step.argument)
        known = await self._known(tenant, call_id)
        return {"state": known.results.reheard, "found": int(known.results.reheard == "found")}

    async def decide(self, step: StepCall) -> Facts:
        """Stores the verdict and tells everybody."""
        tenant, call_id = _call_of(step.argument)
        known = await self._known(tenant, call_id)
        if known.results.attempt != step.argument.get("attempt"):
            return {"state": "superseded"}  # somebody changed the call meanwhile: it is read from the beginning
        record = await self._record(tenant, call_id)
        given = step.argument.get("reasons")
        reasons = tuple(str(each) for each in given) if isinstance(given, list | tuple) else ()
        changed = step.argument.get("changed") is True or known.compared == "found"
        state: Verdict = "quarantined" if reasons else "widened" if changed else "verified"
        await self._book.decide(
            tenant, call_id, CallVerified(state, known.results.counts, known.results.rounds),
            at_ms=record.ended_ms or 0, body=quarantine_body(record, reasons, at_ms=self._clock.epoch_ms()),
            reasons=reasons,
        )  # fmt: skip
        return {"state": state}

    async def _known(self, tenant: TenantId, call_id: CallId) -> Verification:
        known = await self._book.find(tenant, call_id)
        if known is None:
            raise StepRefusedError("gone")
        return known

    async def _record(self, tenant: TenantId, call_id: CallId) -> CallRecord:
        record = await self._calls.find(tenant, call_id)
        if record is None:
            raise StepRefusedError("gone")
        return record

    async def _find(self, tenant: TenantId, call_id: CallId) -> list[LeakFinding]:
        turns, cues = await self._book.turns(tenant, call_id), await cue_texts(self._calls, tenant, call_id)
        notes = await self._notes.versions(tenant, call_id)
        call = StoredCall(call_id, turns, (*note_texts(notes), *cues))
        return await asyncio.to_thread(find_leaks, call)

    async def _check(self, tenant: TenantId, call_id: CallId) -> AudioCheck:
        turns = await self._book.turns(tenant, call_id)
        reader = RecordingReader(self._objects, self._keys, self._recordings)
        wanted, readable = planned(turns)
        return await check_recording(reader, tenant, call_id, wanted=wanted, readable=readable)


class VerificationStarter:
    """Starts a run for every call that has ended and has no verdict, also for those that ended while nobody looked."""

    def __init__(self, book: PostgresVerifications, calls: PostgresCalls, *, tenant: TenantId, clock: Clock) -> None:
        self._book = book
        self._calls = calls
        self._tenant = tenant
        self._clock = clock
        self._started: OrderedDict[str, None] = OrderedDict()
        self._log = logger("verification")

    async def run(self, engine: WorkflowEngine) -> None:
        """Runs until cancelled; while PostgreSQL is away it tries again at the next turn."""
        while True:
            try:
                await self.turn(engine)
            except CuelineError as error:
                if not error.retryable:
                    raise
                self._log.warning("verification_start_failed", **failure(error))
            await asyncio.sleep(LOOK_EVERY_S)

    async def turn(self, engine: WorkflowEngine) -> int:
        """Starts what is due; gives how many. Raises UnavailableError."""
        due = await self._book.due(self._tenant, ended_before_ms=self._clock.epoch_ms(), limit=AT_ONCE)
        started = 0
        for call_id in due:
            known = await self._book.open(self._tenant, call_id)
            if known is not None and known.state == "pending":
                started += await self._start(engine, known)
        return started

    async def _start(self, engine: WorkflowEngine, known: Verification) -> bool:
        attempt = known.results.attempt
        run_id = f"verify:{known.call_id}:{attempt}"
        if run_id in self._started:
            run = await engine.result(run_id)
            if run is not None and run.state != "running":
                await self._over(known, run_id)
            return False
        argument: Kept = {"tenant": known.tenant, "callId": known.call_id, "attempt": attempt}
        await engine.start(run_id, NAME, argument)
        self._started[run_id] = None
        while len(self._started) > STARTED_MAX:
            self._started.popitem(last=False)
        return True

    async def _over(self, known: Verification, run_id: str) -> None:
        """A run that ended without a verdict: once more from the beginning, and at last a person looks."""
        current = await self._book.find(known.tenant, known.call_id)
        if current is None or current.state != "pending" or current.results.attempt != known.results.attempt:
            return
        self._started.pop(run_id, None)
        if known.results.attempt < ATTEMPTS_MAX:
            await self._book.again(known.tenant, known.call_id)
            return
        record = await self._calls.find(known.tenant, known.call_id)
        if record is None:
            return
        reasons = ("run_failed",)
        verdict = CallVerified("quarantined", known.results.counts, known.results.rounds)
        body = quarantine_body(record, reasons, at_ms=self._clock.epoch_ms())
        await self._book.decide(
            known.tenant, known.call_id, verdict, at_ms=record.ended_ms or 0, body=body, reasons=reasons
        )  # fmt: skip


def planned(turns: Sequence[StoredTurn]) -> tuple[list[BeepSpan], list[ReadableWord]]:
    """The beeps that stored words ask for, and the words that may be heard."""
    plan = BeepPlan()
    readable: list[ReadableWord] = []
    end_ms = 0
    for turn in turns:
        times = {"started_ms": turn.started_ms, "ended_ms": turn.ended_ms}
        plan.add(turn.channel, words=turn.words, masks=turn.masks, **times)
        said = read(words=turn.words, masks=turn.masks, **times)
        readable.extend(ReadableWord(turn.channel, each.start_ms, each.end_ms) for each in said.safe)
        end_ms = max(end_ms, turn.ended_ms)
    return plan.spans(0, (end_ms + 60_000) * _PER_MS), readable


def note_texts(versions: Sequence[StoredNotes]) -> list[StoredText]:
    """The texts of all versions of a call's notes."""
    found: list[StoredText] = []
    for version in versions:
        for name, value in version.fields.items():
            lines = value if isinstance(value, list) else [value]
            texts = [line for line in lines if isinstance(line, str) and line]
            found.extend(StoredText("note", name, text) for text in texts)
    return found


def quarantine_body(record: CallRecord, reasons: Sequence[str], *, at_ms: int) -> bytes:
    """What other systems are told of a call in quarantine: no word of it."""
    return msgspec.json.encode(
        QuarantineBody("CallQuarantined", record.tenant, record.call_id, record.contact_id, at_ms, tuple(reasons))
    )


def _call_of(argument: Facts) -> tuple[TenantId, CallId]:
    tenant, call_id = argument.get("tenant"), argument.get("callId")
    if not isinstance(tenant, str) or not isinstance(call_id, str):
        raise NotFoundError("the run names no call")
    return TenantId(tenant), CallId(call_id)
