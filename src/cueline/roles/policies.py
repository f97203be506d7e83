"""Redaction policies between the store, which keeps JSON, and the rooms that know what it says."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

import msgspec

from cueline.delivery.rest import PolicyFields, PolicyVersion, TrialTurn, TriedTurn
from cueline.events.policies import PolicyRecord
from cueline.events.redacted import EntityType
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.ops.logs import logger
from cueline.ops.metrics import Metrics
from cueline.redaction.policy import RedactionPolicy, parse_policy, policy_json
from cueline.redaction.trial import redact_turns
from cueline.storage.policies import PostgresPolicies

UNREADABLE: Final = "policy_unreadable"
TRIAL_TIMEOUT_S: Final = 5.0
TRIALS_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """The policy of one call, and the version that it is known by."""

    version: int
    policy: RedactionPolicy


class TrialTimeoutError(UnavailableError):
    """A trial was not done in time."""

    code = "trial_timeout"


class Policies:
    """``delivery.ports.PolicyBook`` and ``roles.session.CallPolicies``.

    A stored policy that cannot be read, such as one of a newer Cueline, costs no call anything: the built-in policy,
    which masks everything that can be masked, is in force in its place.
    """

    def __init__(self, store: PostgresPolicies, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics
        self._log = logger("policies")

    async def for_call(self, tenant: TenantId, profile: str, version: int | None) -> CallPolicy:
        """The policy of a call: the version that it began under, or the one in force where it begins now."""
        record: PolicyRecord | None
        if version is None:
            record = await self._store.latest(tenant, profile)
            version = record.version
        else:
            record = await self._store.at(tenant, profile, version)
        policy = _read(record) if record is not None else None
        if policy is None:
            self._metrics.gate_failures.labels(UNREADABLE).inc()
            self._log.error(UNREADABLE, tenant=tenant, profile=profile, version=version)
        return CallPolicy(version, policy or RedactionPolicy())

    async def in_force(self, tenant: TenantId, profile: str) -> PolicyVersion:
        return _shown(await self._store.latest(tenant, profile))

    async def profiles(self, tenant: TenantId) -> list[PolicyVersion]:
        return [_shown(record) for record in await self._store.profiles(tenant)]

    async def versions(self, tenant: TenantId, profile: str, *, limit: int) -> list[PolicyVersion]:
        records = await self._store.versions(tenant, profile, limit=limit)
        return [_shown(record) for record in records]

    async def publish(
        self, tenant: TenantId, profile: str, policy: PolicyFields, *, based_on: int, note: str, by: str
    ) -> PolicyVersion:
        raw = policy_json(checked(policy))
        record = await self._store.publish(tenant, profile, raw, based_on=based_on, note=note, by=by)
        self._log.info("policy_published", tenant=tenant, profile=profile, version=record.version)
        return _shown(record)


class Trials:
    """``delivery.ports.RedactionTrial``: the gate in a thread, so that no call waits for it."""

    def __init__(self) -> None:
        self._turnstile = asyncio.Semaphore(TRIALS_AT_ONCE)

    async def try_turns(self, policy: PolicyFields, turns: Sequence[TrialTurn]) -> list[TriedTurn]:
        chosen = checked(policy)
        typed = [(turn.role, turn.text) for turn in turns]
        try:
            async with asyncio.timeout(TRIAL_TIMEOUT_S), self._turnstile:
                shown = await asyncio.to_thread(redact_turns, chosen, typed)
        except TimeoutError:
            raise TrialTimeoutError("the trial took too long: try it again, or with less text") from None
        return [
            TriedTurn(
                role=turn.role, text=content.text if content else "", masks=list(content.masks) if content else []
            )
            for turn, content in zip(turns, shown, strict=True)
        ]


def checked(fields: PolicyFields) -> RedactionPolicy:
    """The policy that was sent. Raises InputError, which names the field at fault."""
    return parse_policy(msgspec.json.encode(fields))


def _read(record: PolicyRecord) -> RedactionPolicy | None:
    try:
        return parse_policy(record.policy)
    except InputError:
        return None


def _shown(record: PolicyRecord) -> PolicyVersion:
    """A version for the page: what is in force by it."""
    return PolicyVersion(
        profile=record.profile,
        version=record.version,
        policy=_fields(_read(record) or RedactionPolicy()),
        note=record.note,
        changed_by=record.changed_by,
        changed_at_ms=record.changed_at_ms,
    )


def _fields(policy: RedactionPolicy) -> PolicyFields:
    return PolicyFields(
        off=[kind for kind in get_args(EntityType) if kind in policy.off],
        minimum_digits=policy.minimum_digits,
        names=policy.names,
        benign_words=list(policy.benign_words),
        languages=list(policy.languages),
        mask_style=policy.mask_style,
    )
