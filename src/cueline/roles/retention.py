"""Retention between its store and the pages: policies, what is due, proofs, legal holds, deletion by hand."""

from typing import Final

import msgspec

from cueline.delivery.ports_guidance import Directory
from cueline.delivery.rest_retention import (
    DeletionShown,
    DueTonight,
    RetentionFields,
    RetentionVersion,
    due_shown,
)
from cueline.events.policies import PolicyRecord
from cueline.events.records import CallRecord
from cueline.events.retention import (
    DATA_KINDS,
    DAYS_MAX,
    Deletion,
    DueCount,
    LegalHold,
    RetentionPolicy,
    cutoffs,
    next_night_ms,
    parse_retention,
    retention_json,
)
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError, NotAllowedError
from cueline.kernel.ids import CallId, TenantId
from cueline.ops.logs import logger
from cueline.roles.erasing import Erasing
from cueline.roles.recordings import REVIEWERS, UNNAMED_REVIEWER
from cueline.security.proofs import ProofSigner
from cueline.storage.audit import PostgresAudit
from cueline.storage.policies import PostgresPolicies
from cueline.storage.retention import PostgresRetention

PUBLISHED: Final = "retention_policy.published"
UNREADABLE: Final = "retention_policy_unreadable"
KEPT: Final = RetentionPolicy(audio_days=DAYS_MAX, text_days=DAYS_MAX, metrics_days=DAYS_MAX)
"""In the place of a policy that cannot be read, such as one of a newer Cueline: rather nothing is deleted."""


class RetentionBook:
    """Policies of retention: unlike those of redaction, the one in force counts for calls of the past too."""

    def __init__(self, store: PostgresPolicies) -> None:
        self._store = store
        self._log = logger("retention")

    async def by_profile(self, tenant: TenantId) -> dict[str, RetentionPolicy]:
        """Those in force; ``default`` is among them, which profiles that are not there follow."""
        return {record.profile: self._read(record) for record in await self._store.profiles(tenant)}

    async def in_force(self, tenant: TenantId, profile: str) -> RetentionVersion:
        """The policy of a profile."""
        return self._shown(await self._store.latest(tenant, profile))

    async def profiles(self, tenant: TenantId) -> list[RetentionVersion]:
        """The newest of each profile that has its own."""
        return [self._shown(record) for record in await self._store.profiles(tenant)]

    async def versions(self, tenant: TenantId, profile: str, *, limit: int) -> list[RetentionVersion]:
        """A profile's own, newest first."""
        return [self._shown(record) for record in await self._store.versions(tenant, profile, limit=limit)]

    async def publish(
        self, tenant: TenantId, profile: str, policy: RetentionFields, *, based_on: int, note: str, by: str
    ) -> RetentionVersion:
        """Stores the next version. Raises PolicyConflictError, InputError."""
        raw = retention_json(checked(policy))
        record = await self._store.publish(tenant, profile, raw, based_on=based_on, note=note, by=by)
        self._log.info(PUBLISHED, tenant=tenant, profile=profile, version=record.version)
        return self._shown(record)

    def _read(self, record: PolicyRecord) -> RetentionPolicy:
        try:
            return parse_retention(record.policy)
        except InputError:
            self._log.error(UNREADABLE, profile=record.profile, version=record.version)
            return KEPT

    def _shown(self, record: PolicyRecord) -> RetentionVersion:
        policy = self._read(record)
        return RetentionVersion(
            profile=record.profile,
            version=record.version,
            policy=RetentionFields(
                audio_days=policy.audio_days, text_days=policy.text_days, metrics_days=policy.metrics_days
            ),
            note=record.note,
            changed_by=record.changed_by,
            changed_at_ms=record.changed_at_ms,
        )


class Retention:
    """``delivery.ports_retention.RetentionDesk``. hour: o'clock in UTC, at which nights begin."""

    def __init__(
        self,
        book: RetentionBook,
        store: PostgresRetention,
        *,
        eraser: Erasing,
        signer: ProofSigner,
        audit: PostgresAudit,
        people: Directory,
        clock: Clock,
        hour: int,
    ) -> None:
        self._book = book
        self._store = store
        self._eraser = eraser
        self._signer = signer
        self._audit = audit
        self._people = people
        self._clock = clock
        self._hour = hour

    async def in_force(self, tenant: TenantId, profile: str) -> RetentionVersion:
        return await self._book.in_force(tenant, profile)

    async def profiles(self, tenant: TenantId) -> list[RetentionVersion]:
        return await self._book.profiles(tenant)

    async def versions(self, tenant: TenantId, profile: str, *, limit: int) -> list[RetentionVersion]:
        return await self._book.versions(tenant, profile, limit=limit)

    async def publish(
        self, tenant: TenantId, profile: str, policy: RetentionFields, *, based_on: int, note: str, by: str
    ) -> RetentionVersion:
        published = await self._book.publish(tenant, profile, policy, based_on=based_on, note=note, by=by)
        details = {"profile": profile, "version": published.version, **msgspec.to_builtins(policy)}
        at_ms = self._clock.epoch_ms()
        await self._audit.record(tenant, actor=by, action=PUBLISHED, call_id=None, details=details, at_ms=at_ms)
        return published

    async def due(self, tenant: TenantId, *, instead: tuple[str, RetentionFields] | None = None) -> DueTonight:
        night_ms = next_night_ms(self._clock.epoch_ms(), self._hour)
        policies = await self._book.by_profile(tenant)
        if instead is not None:
            policies[instead[0]] = checked(instead[1])
        counts: list[DueCount] = []
        for kind in DATA_KINDS:
            counts += await self._store.due_counts(tenant, kind, cutoffs(policies, kind, night_ms))
        return due_shown(night_ms, counts)

    async def deletions(self, tenant: TenantId, *, limit: int, call_id: CallId | None) -> list[DeletionShown]:
        found = await self._store.deletions(tenant, limit=limit, call_id=call_id)
        return [await self._proven(deletion) for deletion in found]

    async def hold(self, tenant: TenantId, call_id: CallId, *, held: bool, reason: str, by: str) -> LegalHold:
        await self._admit(tenant, by)
        await self._store.hold(tenant, call_id, held=held, reason=reason, by=by)
        return await self._store.standing_hold(tenant, call_id)

    async def standing_hold(self, tenant: TenantId, call_id: CallId) -> LegalHold:
        return await self._store.standing_hold(tenant, call_id)

    async def delete_recording(self, tenant: TenantId, call: CallRecord, *, by: str) -> bool:
        await self._admit(tenant, by)
        return await self._eraser.erase(tenant, call.call_id, "audio", by=by)

    async def _admit(self, tenant: TenantId, username: str) -> None:
        for person in await self._people.everybody(tenant):
            if person.username == username:
                if person.role in REVIEWERS:
                    return
                break
        else:
            if username == UNNAMED_REVIEWER:
                return
        raise NotAllowedError("that is for supervisors, managers and administrators")

    async def _proven(self, deletion: Deletion) -> DeletionShown:
        proof = msgspec.json.decode(deletion.proof, type=_Proof)
        standing = await self._signer.check(deletion.tenant, deletion.proof)
        told = (proof.call_id, proof.kind, proof.deleted_by, proof.deleted_at_ms)
        if told != (deletion.call_id, deletion.kind, deletion.deleted_by, deletion.deleted_at_ms):
            standing = "changed"  # the proof of another deletion, put in this one's place
        return DeletionShown(
            call_id=deletion.call_id,
            kind=deletion.kind,
            by=deletion.deleted_by,
            at_ms=deletion.deleted_at_ms,
            counts=proof.counts,
            digests=proof.digests,
            left=proof.left,
            signature=standing,
        )


class _Proof(msgspec.Struct, rename="camel"):
    """What of a proof is shown; one that somebody changed may lack any of it."""

    call_id: str = ""
    kind: str = ""
    deleted_by: str = ""
    deleted_at_ms: int = 0
    counts: dict[str, int] = {}
    digests: dict[str, str | list[str]] = {}
    left: dict[str, int] = {}


def checked(fields: RetentionFields) -> RetentionPolicy:
    """The policy that was sent. Raises InputError, which names the field at fault."""
    return parse_retention(msgspec.json.encode(fields))
