"""What verification found of each call, and reports of masks that are wrong."""

from typing import Final

import msgspec
from sqlalchemy import BigInteger, bindparam, func, insert, select, text, update

from cueline.events.catalogue import Envelope
from cueline.events.codec import payload_to_json
from cueline.events.redacted import Mask, RedactedWord
from cueline.events.verification import (
    CallVerified,
    Compared,
    MaskReport,
    MaskVerdict,
    StoredMaskReport,
    StoredTurn,
    Verification,
    VerificationResults,
)
from cueline.kernel.clock import Clock
from cueline.kernel.errors import BoundExceededError, NotFoundError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.calls import UnknownCallError
from cueline.storage.engine import Database
from cueline.storage.outbox import Outbox
from cueline.storage.rows import Row
from cueline.storage.tables import calls, mask_reports, utterances, verifications

PAGE_BOUND: Final = 500
NUMBER_MAX: Final = 2**53
TURNS_MAX: Final = 50_000
_words = msgspec.json.Decoder(tuple[RedactedWord, ...])
_masks = msgspec.json.Decoder(tuple[Mask, ...])
_results = msgspec.json.Decoder(VerificationResults)
_report = msgspec.json.Decoder(MaskReport)

_COMPARED: Final = """
INSERT INTO verifications (call_id, tenant, state, compared, results, changed_at_ms)
SELECT call_id, tenant, 'pending', $3, $4::jsonb, $5 FROM calls WHERE tenant = $1 AND call_id = $2
ON CONFLICT (call_id) DO UPDATE SET compared = CASE WHEN verifications.compared = 'found' THEN 'found' ELSE $3 END,
    results = verifications.results || $4::jsonb, changed_at_ms = $5
RETURNING call_id
"""
_OPEN: Final = """
INSERT INTO verifications (call_id, tenant, state, compared, results, changed_at_ms)
SELECT call_id, tenant, 'pending', 'pending', '{}'::jsonb, $3 FROM calls
WHERE tenant = $1 AND call_id = $2 AND phase = 'ended'
ON CONFLICT DO NOTHING
"""
# What is waiting: calls that ended and of which no verdict stands, the oldest first; also under newer rules.
_DUE: Final = """
SELECT calls.call_id FROM calls LEFT JOIN verifications ON verifications.call_id = calls.call_id
WHERE calls.tenant = $1 AND calls.phase = 'ended' AND calls.ended_at_ms <= $2
    AND (verifications.call_id IS NULL OR verifications.state = 'pending')
ORDER BY calls.ended_at_ms LIMIT $3
"""
_LOCK: Final = text("SELECT sequence FROM calls WHERE call_id = :call AND tenant = :tenant FOR UPDATE")
_SAY: Final = text("""
WITH happened AS (
    INSERT INTO events (call_id, sequence, kind, at_ms, payload)
    VALUES (:call, :sequence, 'CallVerified', :at_ms, CAST(:payload AS jsonb))
), sent AS (
    INSERT INTO outbox (call_id, sequence) VALUES (:call, :sequence)
), announced AS (
    INSERT INTO webhook_deliveries (tenant, call_id, kind, body, next_at_ms)
    SELECT :tenant, :call, each, CAST(:body AS jsonb), :now_ms FROM unnest(CAST(:kinds AS text[])) AS each
)
UPDATE calls SET sequence = :sequence, verification = :state WHERE call_id = :call
""").bindparams(
    bindparam("sequence", type_=BigInteger), bindparam("at_ms", type_=BigInteger), bindparam("now_ms", type_=BigInteger)
)


class UnknownReportError(NotFoundError):
    """No such report of a wrong mask."""

    code = "unknown_report"


class PostgresVerifications:
    """Every method raises UnavailableError when PostgreSQL does not answer.

    announce: kinds of deliveries that are made when a call is quarantined; see ``storage/webhooks.py``.
    """

    def __init__(self, database: Database, outbox: Outbox, *, clock: Clock, announce: tuple[str, ...] = ()) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._announce = list(announce)

    async def turns(self, tenant: TenantId, call_id: CallId) -> tuple[StoredTurn, ...]:
        """A call's utterances as they stand, of both sides, in reading order. Raises BoundExceededError."""
        said = utterances
        query = (
            select(
                said.c.utterance_id, said.c.channel, said.c.started_ms, said.c.ended_ms, said.c.text, said.c.words,
                said.c.masks, said.c.version,
            )
            .join(calls, calls.c.call_id == said.c.call_id)
            .where(calls.c.tenant == tenant, said.c.call_id == call_id)
            .order_by(said.c.started_ms, said.c.utterance_id)
            .limit(TURNS_MAX + 1)
        )  # fmt: skip
        rows = await self._database.rows(query)
        if len(rows) > TURNS_MAX:
            raise BoundExceededError(f"a call of more than {TURNS_MAX} utterances is not read at once")
        return tuple(
            StoredTurn(**{**row, "words": _words.decode(row["words"]), "masks": _masks.decode(row["masks"])})
            for row in rows
        )

    async def compared(
        self, tenant: TenantId, call_id: CallId, compared: Compared, *, turns: int, compared_turns: int
    ) -> None:
        """What the ``call`` process found at the call's end. Something found stays found. Raises UnknownCallError."""
        results = msgspec.json.encode({"turns": turns, "comparedTurns": compared_turns}).decode()
        if not await self._database.statement(_COMPARED, tenant, call_id, compared, results, self._clock.epoch_ms()):
            raise UnknownCallError(f"no call {call_id} in this tenant")

    async def open(self, tenant: TenantId, call_id: CallId) -> Verification | None:
        """The verification of a call that has ended, made where there is none; None for one that goes on."""
        await self._database.statement(_OPEN, tenant, call_id, self._clock.epoch_ms())
        return await self.find(tenant, call_id)

    async def find(self, tenant: TenantId, call_id: CallId) -> Verification | None:
        query = select(verifications).where(verifications.c.tenant == tenant, verifications.c.call_id == call_id)
        rows = await self._database.rows(query)
        return _verification(rows[0]) if rows else None

    async def due(self, tenant: TenantId, *, ended_before_ms: int, limit: int) -> list[CallId]:
        """Calls that ended before a moment and have no verdict yet, the oldest first."""
        rows = await self._database.statement(_DUE, tenant, ended_before_ms, min(limit, PAGE_BOUND))
        return [CallId(row["call_id"]) for row in rows]

    async def read_before(self, tenant: TenantId, *, rules: str, limit: int) -> list[CallId]:
        """Calls whose verdict was reached under other rules than these, the longest ago first.

        A call whose words were deleted has nothing to be read any more.
        """
        query = (
            select(verifications.c.call_id)
            .join(calls, calls.c.call_id == verifications.c.call_id)
            .where(calls.c.text_deleted_at_ms.is_(None))
            .where(verifications.c.tenant == tenant, verifications.c.state.in_(("verified", "widened")))
            .where(verifications.c.rules != rules)
            .order_by(verifications.c.changed_at_ms)
            .limit(min(limit, PAGE_BOUND))
        )
        return [CallId(row["call_id"]) for row in await self._database.rows(query)]

    async def quarantined(self, tenant: TenantId, *, limit: int) -> list[Verification]:
        """What waits for a person, the newest first."""
        query = (
            select(verifications)
            .where(verifications.c.tenant == tenant, verifications.c.state == "quarantined")
            .order_by(verifications.c.changed_at_ms.desc())
            .limit(min(limit, PAGE_BOUND))
        )
        return [_verification(row) for row in await self._database.rows(query)]

    async def keep(
        self, tenant: TenantId, call_id: CallId, results: VerificationResults, *, rules: str, compared: Compared
    ) -> None:
        """Stores what the steps found so far; the verdict stays as it is. Raises UnknownCallError."""
        query = (
            update(verifications)
            .where(verifications.c.tenant == tenant, verifications.c.call_id == call_id)
            .values(
                results=msgspec.json.encode(results).decode(), rules=rules, compared=compared,
                changed_at_ms=self._clock.epoch_ms(),
            )
            .returning(verifications.c.call_id)
        )  # fmt: skip
        async with self._database.transaction() as connection:
            if (await connection.execute(query)).first() is None:
                raise UnknownCallError(f"no verification of call {call_id} in this tenant")

    async def again(self, tenant: TenantId, call_id: CallId) -> bool:
        """Puts a call back to the beginning: it is to be read once more. False where it was never read."""
        mine = (verifications.c.tenant == tenant, verifications.c.call_id == call_id)
        async with self._database.transaction() as connection:
            row = (await connection.execute(select(verifications).where(*mine).with_for_update())).mappings().first()
            if row is None:
                return False
            before = _verification(row)
            results = VerificationResults(
                attempt=before.results.attempt + 1, turns=before.results.turns,
                compared_turns=before.results.compared_turns,
            )  # fmt: skip
            values = {
                "state": "pending", "results": msgspec.json.encode(results).decode(),
                "changed_at_ms": self._clock.epoch_ms(),
            }  # fmt: skip
            await connection.execute(update(verifications).where(*mine).values(**values))
        return True

    async def decide(
        self,
        tenant: TenantId,
        call_id: CallId,
        verdict: CallVerified,
        *,
        at_ms: int,
        body: bytes,
        reasons: tuple[str, ...],
    ) -> bool:
        """Stores the verdict and commits ``CallVerified``, in one transaction; False where it stood there already.

        at_ms: media time of the call's end. body: what is announced where the verdict is quarantine.
        Raises UnknownCallError.
        """
        async with self._database.transaction() as connection:
            locked = (await connection.execute(_LOCK, {"call": call_id, "tenant": tenant})).mappings().first()
            query = select(verifications).where(verifications.c.call_id == call_id)
            row = (await connection.execute(query)).mappings().first()
            if locked is None or row is None:
                raise UnknownCallError(f"no verification of call {call_id} in this tenant")
            known = _verification(row)
            results = msgspec.structs.replace(known.results, reasons=reasons, released_by=verdict.by)
            if known.state == verdict.state and known.results == results:
                return False
            now_ms = self._clock.epoch_ms()
            stored = {"state": verdict.state, "results": msgspec.json.encode(results).decode(), "changed_at_ms": now_ms}
            await connection.execute(update(verifications).where(verifications.c.call_id == call_id).values(**stored))
            sequence = locked["sequence"] + 1
            kinds = self._announce if verdict.state == "quarantined" else []
            await connection.execute(_SAY, {
                "call": call_id, "tenant": tenant, "sequence": sequence, "at_ms": at_ms, "state": verdict.state,
                "payload": payload_to_json(verdict).decode(), "body": body.decode(), "kinds": kinds, "now_ms": now_ms,
            })  # fmt: skip
        await self._outbox.deliver([Envelope(tenant, call_id, sequence, at_ms, verdict)])
        return True

    async def report(self, tenant: TenantId, call_id: CallId, report: MaskReport, *, by: str) -> StoredMaskReport:
        """Keeps a report of a wrong mask for review. Raises UnknownCallError."""
        now_ms = self._clock.epoch_ms()
        async with self._database.transaction() as connection:
            mine = select(calls.c.call_id).where(calls.c.tenant == tenant, calls.c.call_id == call_id)
            if (await connection.execute(mine)).first() is None:
                raise UnknownCallError(f"no call {call_id} in this tenant")
            counted = select(func.count()).where(mask_reports.c.call_id == call_id)
            if int((await connection.execute(counted)).scalar_one()) >= PAGE_BOUND:
                raise BoundExceededError(f"reports of wrong masks: at most {PAGE_BOUND} of one call")
            query = insert(mask_reports).values(
                tenant=tenant, call_id=call_id, report=msgspec.json.encode(report).decode(), reported_by=by,
                reported_at_ms=now_ms,
            ).returning(mask_reports.c.id)  # fmt: skip
            number = int((await connection.execute(query)).scalar_one())
        return StoredMaskReport(number, call_id, report, by, now_ms)

    async def reports(self, tenant: TenantId, *, verdict: MaskVerdict | None, limit: int) -> list[StoredMaskReport]:
        """Reports, the newest first. verdict: those that were judged so; None: those that wait for a review."""
        query = (
            select(mask_reports)
            .where(mask_reports.c.tenant == tenant)
            .where(mask_reports.c.verdict.is_(None) if verdict is None else mask_reports.c.verdict == verdict)
            .order_by(mask_reports.c.id.desc())
            .limit(min(limit, PAGE_BOUND))
        )
        return [_stored(row) for row in await self._database.rows(query)]

    async def review(self, tenant: TenantId, number: int, verdict: MaskVerdict, *, by: str) -> StoredMaskReport:
        """Judges a report; a later judgement replaces it. Raises UnknownReportError."""
        if not 0 < number <= NUMBER_MAX:
            raise UnknownReportError("there is no such report")
        query = (
            update(mask_reports)
            .where(mask_reports.c.tenant == tenant, mask_reports.c.id == number)
            .values(verdict=verdict, reviewed_by=by)
            .returning(*mask_reports.c)
        )
        async with self._database.transaction() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            raise UnknownReportError("there is no such report")
        return _stored(row)


def _verification(row: Row) -> Verification:
    return Verification(
        tenant=row["tenant"], call_id=row["call_id"], state=row["state"], compared=row["compared"],
        rules=row["rules"], results=_results.decode(row["results"]), changed_at_ms=row["changed_at_ms"],
    )  # fmt: skip


def _stored(row: Row) -> StoredMaskReport:
    return StoredMaskReport(
        row["id"], row["call_id"], _report.decode(row["report"]), row["reported_by"], row["reported_at_ms"],
        row["reviewed_by"], row["verdict"],
    )  # fmt: skip
