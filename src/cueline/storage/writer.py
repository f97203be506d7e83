"""The commit: the one statement by which what was said becomes part of the call.

Sequence, events, utterances, checkpoint, the call's state and the outbox rows are written together or not at all. The
statement touches the rows of one call, and matches only while the lease's epoch is ours and the commit's number is the
next: a worker that lost its lease writes nothing, and a commit whose answer was lost is found out by its number.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from cueline.events.catalogue import Envelope
from cueline.events.records import CallCommit, LeaseLostError, UtteranceTimes
from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.counters import StorageCounters
from cueline.storage.engine import Database
from cueline.storage.errors import DatabaseUnavailableError
from cueline.storage.outbox import Outbox
from cueline.storage.rows import CallChanges, changes, committed, event_rows, signature, utterance_rows

RETRY_S = 600.0
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0

SET_STATE = """
sequence = calls.sequence + $2, utterances = calls.utterances + $3, warnings = calls.warnings + $4,
masks = calls.masks + $5,
phase = CASE WHEN calls.phase = 'ended' THEN calls.phase ELSE coalesce($6, calls.phase) END,
agent_id = coalesce($7, calls.agent_id),
recogniser = coalesce($8, calls.recogniser), recogniser_source = coalesce($9, calls.recogniser_source),
end_reason = coalesce(calls.end_reason, $10), ended_ms = coalesce(calls.ended_ms, $11),
ended_at_ms = coalesce(calls.ended_at_ms, $12)
"""

_COMMIT = f"""
WITH call AS (
    UPDATE calls SET {SET_STATE}, commit_number = $15, checkpoint = $16::jsonb
    WHERE call_id = $1 AND lease_epoch = $14 AND commit_number = $15 - 1
    RETURNING call_id, calls.sequence - $2 AS base
), said AS (
    INSERT INTO utterances
        (utterance_id, call_id, channel, ordinal, speaker, started_ms, ended_ms, text, words, masks, loudness_db)
    SELECT utterance_id, call_id, channel, ordinal, speaker, started_ms, ended_ms, text, words, masks, loudness_db
    FROM call, jsonb_to_recordset($17::jsonb) AS new (
        utterance_id text, channel text, ordinal integer, speaker text, started_ms bigint, ended_ms bigint, text text,
        words jsonb, masks jsonb, loudness_db real)
), happened AS (
    INSERT INTO events (call_id, sequence, kind, at_ms, payload, utterance_id, lease_epoch, commit_number)
    SELECT call_id, base + place, kind, at_ms, payload, utterance_id, $14, $15
    FROM call, jsonb_to_recordset($13::jsonb) AS new (
        place bigint, kind text, at_ms bigint, payload jsonb, utterance_id text)
), sent AS (
    INSERT INTO outbox (call_id, sequence) SELECT call_id, base + place FROM call, generate_series(1, $2) AS place
)
SELECT base FROM call
"""  # noqa: S608 - constants only

_STANDING = """
SELECT c.lease_epoch, c.commit_number, array(
    SELECT coalesce(e.utterance_id, e.kind) FROM events e
    WHERE e.call_id = c.call_id AND e.lease_epoch = $2 AND e.commit_number = $3 ORDER BY e.sequence
) AS signature, (
    SELECT min(e.sequence) - 1 FROM events e
    WHERE e.call_id = c.call_id AND e.lease_epoch = $2 AND e.commit_number = $3
) AS base
FROM calls c WHERE c.call_id = $1
"""

_SAVE_TIMES = """
INSERT INTO utterance_times (utterance_id, call_id, stages)
SELECT utterance_id, call_id, stages
FROM jsonb_to_recordset($1::jsonb) AS new (utterance_id text, call_id text, stages jsonb)
ON CONFLICT (utterance_id) DO UPDATE SET stages = utterance_times.stages || excluded.stages
"""


class CommitOrderError(CuelineError):
    """A commit's number is neither the next one nor that of the same commit made before: a fault of the caller."""

    code = "commit_order"


def state_arguments(state: CallChanges, count: int, now_ms: int) -> tuple[object, ...]:
    """The arguments $2 to $12 of ``SET_STATE``: ``count`` new events; ``now_ms`` is the epoch time of the end."""
    ended_at_ms = now_ms if state.end_reason is not None else None
    return (
        count, state.utterances, state.warnings, state.masks, state.phase, state.agent_id, state.recogniser,
        state.recogniser_source, state.end_reason, state.ended_ms, ended_at_ms,
    )  # fmt: skip


class PostgresCallWriter:
    """Writes one call's commits under one lease epoch (``conversation.ports.CallWriter``).

    retry_s: how long one commit waits for a PostgreSQL that is away. The caller hands in one commit at a time.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        *,
        tenant: TenantId,
        call_id: CallId,
        epoch: int,
        clock: Clock,
        counters: StorageCounters,
        retry_s: float = RETRY_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._tenant = tenant
        self._call_id = call_id
        self._epoch = epoch
        self._clock = clock
        self._counters = counters
        self._retry_s = retry_s
        self._sleep = sleep

    async def commit(self, commit: CallCommit) -> tuple[Envelope, ...]:
        """One transaction. Gives the events with their sequences, to be handed to ``publish``.

        Raises LeaseLostError when another worker holds the call, UnavailableError when PostgreSQL stayed away,
        StatementRefusedError when a rule of the schema refused (a duplicate ordinal), CommitOrderError.
        """
        arguments = self._arguments(commit)
        deadline_ms = self._clock.monotonic_ms() + self._retry_s * 1000
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                base = await self._apply(commit, arguments)
                break
            except DatabaseUnavailableError:
                # The answer may have been lost and not the commit: the next attempt finds out.
                if self._clock.monotonic_ms() + pause_s * 1000 > deadline_ms:
                    raise
            self._counters.commits_repeated += 1
            await self._sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        self._counters.commits += 1
        return committed(self._tenant, self._call_id, base, commit.events)

    async def publish(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        """Hands committed events to the bus; gives those that it took. The sweeper takes the rest."""
        return await self._outbox.publish(envelopes)

    async def clear(self, published: Sequence[Envelope]) -> None:
        """Clears the outbox rows of published events; best effort."""
        await self._outbox.clear(published)

    async def save_times(self, times: Sequence[UtteranceTimes]) -> None:
        """See ``save_times``."""
        await save_times(self._database, self._counters, times)

    def _arguments(self, commit: CallCommit) -> tuple[object, ...]:
        state = state_arguments(changes(commit.events), len(commit.events), self._clock.epoch_ms())
        return (
            self._call_id, *state, event_rows(commit.events), self._epoch, commit.number,
            msgspec.json.encode(commit.checkpoint).decode(), utterance_rows(commit.events),
        )  # fmt: skip

    async def _apply(self, commit: CallCommit, arguments: tuple[object, ...]) -> int:
        """The call's sequence before the commit, whether it is applied now or was applied by an earlier attempt."""
        rows = await self._database.statement(_COMMIT, *arguments)
        if rows:
            return int(rows[0]["base"])
        standing = await self._database.statement(_STANDING, self._call_id, self._epoch, commit.number)
        if not standing or standing[0]["lease_epoch"] != self._epoch:
            raise LeaseLostError(f"call {self._call_id}: another worker holds it since epoch {self._epoch}")
        found = standing[0]
        if found["commit_number"] != commit.number or found["signature"] != signature(commit.events):
            raise CommitOrderError(
                f"call {self._call_id}: commit {commit.number} came after commit {found['commit_number']}"
            )
        self._counters.commits_recognised += 1
        return int(found["base"] or 0)


async def save_times(database: Database, counters: StorageCounters, times: Sequence[UtteranceTimes]) -> None:
    """Keeps measured stages, adding to what is there already; what cannot be kept is counted and lost."""
    rows = [
        {"utterance_id": item.utterance_id, "call_id": item.call_id, "stages": item.stages} for item in _merged(times)
    ]
    try:
        await database.statement(_SAVE_TIMES, msgspec.json.encode(rows).decode())
    except CuelineError:
        counters.times_lost += len(rows)


def _merged(times: Sequence[UtteranceTimes]) -> list[UtteranceTimes]:
    """One entry per utterance: an upsert may touch each row once."""
    merged: dict[str, UtteranceTimes] = {}
    for item in times:
        known = merged.get(item.utterance_id)
        stages = known.stages | item.stages if known else item.stages
        merged[item.utterance_id] = msgspec.structs.replace(item, stages=stages)
    return list(merged.values())
