"""Verification as people work with it: releasing, redacting by hand, reporting masks that are wrong."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from cueline.archive.ports import KeyRing, ObjectStore, RecordingBook
from cueline.archive.rebeep import RebeepedMeanwhileError, rebeep
from cueline.delivery.ports_guidance import Directory
from cueline.delivery.ports_verification import (
    NoMaskError,
    NotQuarantinedError,
    NotReviewerError,
    NotVerifiedError,
)
from cueline.delivery.rest_verification import REDACTED_MS_MAX, MaskCase, RangeRedacted, RedactRange
from cueline.events.amendments import UnknownUtteranceError
from cueline.events.recording import AddedBeep
from cueline.events.records import CallRecord
from cueline.events.redacted import EntityType
from cueline.events.verification import (
    CallVerified,
    LeakFinding,
    MaskReport,
    MaskVerdict,
    StoredMaskReport,
    StoredTurn,
    Verification,
)
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, CallId, TenantId
from cueline.roles.recordings import REVIEWERS, UNNAMED_REVIEWER
from cueline.roles.stored_calls import mask_all
from cueline.storage.audit import PostgresAudit
from cueline.storage.calls import PostgresCalls
from cueline.storage.engine import Database
from cueline.storage.recordings import PostgresRecordings
from cueline.storage.verifications import PostgresVerifications

TRIES: Final = 5
BEFORE: Final = 3
"""Turns before a reported one that a case holds."""


class Audit(Protocol):
    """Where it is told who did what (``storage.audit.PostgresAudit``)."""

    async def record(
        self, tenant: TenantId, *, actor: str, action: str, call_id: CallId | None, details: Mapping[str, object],
        at_ms: int,
    ) -> None: ...  # fmt: skip


class Parts(Protocol):
    """What a process has (``roles.assemble.Process``)."""

    @property
    def database(self) -> Database: ...

    @property
    def calls(self) -> PostgresCalls: ...

    @property
    def objects(self) -> ObjectStore: ...

    @property
    def keys(self) -> KeyRing: ...

    @property
    def clock(self) -> Clock: ...


def make_desk(process: Parts, people: Directory, book: PostgresVerifications) -> "StoredVerifications":
    """Verification as the web side has it."""
    return StoredVerifications(
        book=book,
        calls=process.calls,
        recordings=PostgresRecordings(process.database),
        objects=process.objects,
        keys=process.keys,
        people=people,
        audit=PostgresAudit(process.database),
        clock=process.clock,
    )


class StoredVerifications:
    """``delivery.ports_verification.VerificationDesk``."""

    def __init__(
        self,
        *,
        book: PostgresVerifications,
        calls: PostgresCalls,
        recordings: RecordingBook,
        objects: ObjectStore,
        keys: KeyRing,
        people: Directory,
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._book = book
        self._calls = calls
        self._recordings = recordings
        self._objects = objects
        self._keys = keys
        self._people = people
        self._audit = audit
        self._clock = clock

    async def find(self, tenant: TenantId, call: CallRecord) -> Verification:
        known = await self._book.find(tenant, call.call_id)
        if known is None:
            raise NotVerifiedError("the checks of this call begin when it is over")
        return known

    async def quarantined(self, tenant: TenantId, *, limit: int) -> list[Verification]:
        return await self._book.quarantined(tenant, limit=limit)

    async def release(self, tenant: TenantId, call: CallRecord, *, by: str) -> Verification:
        await self._reviewer(tenant, by)
        known = await self.find(tenant, call)
        if known.state != "quarantined":
            raise NotQuarantinedError(f"this call is not in quarantine but {known.state}")
        verdict = CallVerified("verified", known.results.counts, known.results.rounds, by)
        # The audit line first: a release that nobody is told of must not be.
        await self._note(tenant, call, by, "released", {"reasons": list(known.results.reasons)})
        await self._book.decide(
            tenant, call.call_id, verdict, at_ms=call.ended_ms or 0, body=b"{}", reasons=()
        )  # fmt: skip
        return await self.find(tenant, call)

    async def again(self, tenant: TenantId, call: CallRecord, *, by: str) -> None:
        await self._reviewer(tenant, by)
        await self._note(tenant, call, by, "verified_again", {})
        if not await self._book.again(tenant, call.call_id):
            raise NotVerifiedError("the checks of this call begin when it is over")

    async def masked(self, tenant: TenantId, call: CallRecord, *, by: str, utterance: str) -> None:
        await self._note(tenant, call, by, "masked", {"utteranceId": utterance})
        if call.phase == "ended":
            await self._book.again(tenant, call.call_id)

    async def redact(self, tenant: TenantId, call: CallRecord, wanted: RedactRange) -> RangeRedacted:
        await self._reviewer(tenant, wanted.by)
        if not wanted.start_ms < wanted.end_ms <= wanted.start_ms + REDACTED_MS_MAX:
            raise InputError(f"endMs must lie after startMs, by at most {REDACTED_MS_MAX} ms")
        details = {"startMs": wanted.start_ms, "endMs": wanted.end_ms, "channel": wanted.channel, "type": wanted.type}
        await self._note(tenant, call, wanted.by, "redacted", details)
        touched = [
            finding
            for turn in await self._book.turns(tenant, call.call_id)
            if wanted.channel in {None, turn.channel}
            for finding in _words_in(turn, wanted)
        ]
        masked = await mask_all(self._calls, call, touched)
        beeped = await self._beep(tenant, call, wanted) if call.phase == "ended" else False
        if call.phase == "ended":
            await self._book.again(tenant, call.call_id)
        return RangeRedacted(utterances=len({each.ref for each in touched}) if masked else 0, beeped=beeped)

    async def _beep(self, tenant: TenantId, call: CallRecord, wanted: RedactRange) -> bool:
        """Beeps the range, whether words were recognised in it or not."""
        recording = await self._recordings.find(tenant, call.call_id)
        if recording is None or recording.state != "sealed":
            return False
        added = [
            AddedBeep(channel, wanted.start_ms, wanted.end_ms, wanted.type)
            for channel in CHANNELS
            if wanted.channel in {None, channel}
        ]
        for attempt in range(TRIES):
            try:
                return await rebeep(self._objects, self._keys, self._recordings, tenant, call.call_id, added)
            except RebeepedMeanwhileError:
                if attempt + 1 == TRIES:
                    raise
                await asyncio.sleep(0.2 * (attempt + 1))
        return False

    async def report(self, tenant: TenantId, call: CallRecord, report: MaskReport, *, by: str) -> StoredMaskReport:
        turn = next(
            (each for each in await self._book.turns(tenant, call.call_id) if each.utterance_id == report.utterance_id),
            None,
        )
        if turn is None:
            raise UnknownUtteranceError("this call has no such utterance")
        mask = next((each for each in turn.masks if (each.start, each.end) == (report.start, report.end)), None)
        if mask is None:
            raise NoMaskError("no mask stands at these offsets: read the utterance again")
        kept = MaskReport(
            report.utterance_id, report.start, report.end, mask.type, report.problem, report.should_be, report.note
        )
        stored = await self._book.report(tenant, call.call_id, kept, by=by)
        await self._note(tenant, call, by, "mask_reported", {"number": stored.number})
        return stored

    async def reports(self, tenant: TenantId, *, verdict: MaskVerdict | None, limit: int) -> list[StoredMaskReport]:
        return await self._book.reports(tenant, verdict=verdict, limit=limit)

    async def review(self, tenant: TenantId, number: int, verdict: MaskVerdict, *, by: str) -> StoredMaskReport:
        await self._reviewer(tenant, by)
        stored = await self._book.review(tenant, number, verdict, by=by)
        await self._audit.record(
            tenant, actor=by, action="mask_reviewed", call_id=stored.call_id,
            details={"number": number, "verdict": verdict}, at_ms=self._clock.epoch_ms(),
        )  # fmt: skip
        return stored

    async def cases(self, tenant: TenantId, *, limit: int) -> Sequence[MaskCase]:
        found: list[MaskCase] = []
        for stored in await self._book.reports(tenant, verdict="accepted", limit=limit):
            turns = await self._book.turns(tenant, stored.call_id)
            at = next((at for at, each in enumerate(turns) if each.utterance_id == stored.report.utterance_id), None)
            if at is not None:
                found.append(_case(stored, turns, at))
        return found

    async def _reviewer(self, tenant: TenantId, username: str) -> None:
        for person in await self._people.everybody(tenant):
            if person.username == username:
                if person.role in REVIEWERS:
                    return
                break
        else:
            if username == UNNAMED_REVIEWER:
                return
        raise NotReviewerError("this takes a supervisor: ask one, or be made one under People")

    async def _note(
        self, tenant: TenantId, call: CallRecord, by: str, action: str, details: Mapping[str, object]
    ) -> None:
        await self._audit.record(
            tenant, actor=by, action=action, call_id=call.call_id, details=details, at_ms=self._clock.epoch_ms()
        )


def _words_in(turn: StoredTurn, wanted: RedactRange) -> list[LeakFinding]:
    """The words of a turn that touch a range of time, each run of them as one stretch."""
    found: list[tuple[int, int]] = []
    at = 0
    for word in turn.words:
        end = at + len(word.text)
        if word.start_ms < wanted.end_ms and wanted.start_ms < max(word.end_ms, word.start_ms + 1):
            if found and found[-1][1] + 1 == at:
                found[-1] = (found[-1][0], end)
            else:
                found.append((at, end))
        at = end + 1
    if not turn.words and turn.started_ms < wanted.end_ms and wanted.start_ms < turn.ended_ms:
        found = [(0, len(turn.text))]
    kind: EntityType = wanted.type
    return [LeakFinding("utterance", turn.utterance_id, *each, kind, "by_hand", turn.version) for each in found]


def _case(stored: StoredMaskReport, turns: Sequence[StoredTurn], at: int) -> MaskCase:
    report = stored.report
    before = [f"{each.channel}: {each.text}" for each in turns[max(0, at - BEFORE) : at]]
    return MaskCase(
        stored.call_id, before, turns[at].text, report.start, report.end, report.type, report.problem,
        report.should_be, report.note,
    )  # fmt: skip
