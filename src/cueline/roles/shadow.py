"""Shadow runs: stored calls read one by one, and each given to the pure run in a thread, so that no live call waits."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final, Protocol

from cueline.delivery.rest_shadow import ShadowProgress
from cueline.events.catalogue import Envelope
from cueline.events.records import CallRecord
from cueline.events.rules import StoredDraft, StoredRules
from cueline.events.shadow import ShadowReport
from cueline.guidance.guide import Moments
from cueline.guidance.moments import MomentReader
from cueline.guidance.packs import PACKS, pack
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules.checking import parse_rule_set
from cueline.guidance.rules.schema import RuleSet
from cueline.guidance.shadow import EVENTS_MAX, ShadowRun
from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConflictError, InputError, NotFoundError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.calls import PostgresCalls
from cueline.storage.engine import Database
from cueline.storage.people import PostgresPeople
from cueline.storage.rules import PostgresRules

PAGE: Final = 2_000
BUDGET_MS: Final = 60_000
"""A run that somebody waits for on a page ends after this with the calls that it has."""

RUNS_AT_ONCE: Final = 1
"""A run takes a processor's core for itself."""


class NoDraftError(NotFoundError):
    """The rule set has no draft."""

    code = "no_draft"


class ShadowBusyError(ConflictError):
    """Another shadow run is under way."""

    code = "shadow_busy"


class StoredCalls(Protocol):
    """Calls and their events, as ``storage.calls`` keeps them."""

    async def list_calls(
        self, tenant: TenantId, *, live: bool | None, limit: int, before_ms: int | None
    ) -> list[CallRecord]:
        """Newest first."""

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events above ``after``, in order."""


class RuleSets(Protocol):
    """Rule sets, as ``storage.rules`` keeps them."""

    async def latest(self, tenant: TenantId, names: Sequence[str]) -> StoredRules | None:
        """The newest published version."""

    async def draft(self, tenant: TenantId, name: str) -> StoredDraft | None:
        """The draft of a rule set."""


class Teams(Protocol):
    """Who is in which team."""

    async def teams(self, tenant: TenantId) -> Mapping[str, str]:
        """Teams by agents' user names."""


def moments_for(language: str) -> Moments | None:
    """A reader of moments for one call; None where no model knows its language."""
    with suppress(InputError):
        return MomentReader(language)
    return None


class PeoplesTeams:
    """Teams from the people that are kept."""

    def __init__(self, people: PostgresPeople) -> None:
        self._people = people

    async def teams(self, tenant: TenantId) -> Mapping[str, str]:
        return {each.username: each.team for each in await self._people.everybody(tenant) if each.team is not None}


class Shadows:
    """``delivery.ports_shadow.ShadowRuns``, and what the command line asks for.

    moments: makes the reader of one call. budget_ms: how long a run of a page may take.
    """

    def __init__(
        self,
        *,
        calls: StoredCalls,
        rules: RuleSets,
        teams: Teams | None,
        clock: Clock,
        language: str = "en",
        moments: Callable[[str], Moments | None] = moments_for,
        budget_ms: int = BUDGET_MS,
    ) -> None:
        self._calls = calls
        self._rules = rules
        self._teams = teams
        self._clock = clock
        self._language = language
        self._moments = moments
        self._budget_ms = budget_ms
        self._running = 0
        self._progress: dict[tuple[TenantId, str], ShadowProgress] = {}

    async def run_draft(self, tenant: TenantId, name: str, *, calls: int) -> ShadowReport:
        draft = await self._rules.draft(tenant, name)
        if draft is None:
            raise NoDraftError(f"{name} has no draft: save one first")

        def told(done: int, of: int) -> None:
            self._progress[tenant, name] = ShadowProgress(running=True, done=done, of=of)

        try:
            rule_set = await asyncio.to_thread(parse_rule_set, draft.document)
            return await self.run(tenant, rule_set, calls=calls, budget_ms=self._budget_ms, progress=told)
        finally:
            self._progress.pop((tenant, name), None)

    def progress(self, tenant: TenantId, name: str) -> ShadowProgress:
        return self._progress.get((tenant, name)) or ShadowProgress(running=False, done=0, of=0)

    async def run(
        self,
        tenant: TenantId,
        draft: RuleSet,
        *,
        calls: int,
        budget_ms: int | None = None,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> ShadowReport:
        """A rule set over the newest calls that are over. progress: is told how many calls of how many are done."""
        if self._running >= RUNS_AT_ONCE:
            raise ShadowBusyError("another shadow run is under way: try again when it is done")
        self._running += 1
        try:
            return await self._run(tenant, draft, calls, budget_ms, progress)
        finally:
            self._running -= 1

    async def _run(
        self,
        tenant: TenantId,
        draft: RuleSet,
        calls: int,
        budget_ms: int | None,
        progress: Callable[[int, int], None],
    ) -> ShadowReport:
        until_ms = None if budget_ms is None else self._clock.monotonic_ms() + budget_ms
        work = ShadowRun(draft, await self._published(tenant, draft.name), self._moments)
        teams = {} if self._teams is None else await self._teams.teams(tenant)
        records = (await self._calls.list_calls(tenant, live=False, limit=calls, before_ms=None))[:calls]
        for done, record in enumerate(records):
            if until_ms is not None and self._clock.monotonic_ms() >= until_ms:
                return work.report(stopped_early=True)
            progress(done, len(records))
            events = await self._read(tenant, record.call_id)
            facts = CallFacts(
                tenant=tenant,
                call_id=record.call_id,
                profile=record.profile,
                language=self._language,
                attributes=record.attributes,
                agent_id=record.agent_id,
                team=teams.get(record.agent_id or ""),
            )
            await asyncio.to_thread(work.add, facts, events)
        progress(len(records), len(records))
        return work.report()

    async def _published(self, tenant: TenantId, name: str) -> tuple[RuleSet, int] | None:
        """What is in force of that name; what an installation comes with has version 0."""
        stored = await self._rules.latest(tenant, [name])
        if stored is not None:
            return parse_rule_set(stored.document), stored.version
        return (pack(name), 0) if name in PACKS else None

    async def _read(self, tenant: TenantId, call_id: CallId) -> list[Envelope]:
        """All events of a call, one more than are used at most, so that the run knows of a longer one."""
        found: list[Envelope] = []
        while len(found) <= EVENTS_MAX:
            page = await self._calls.events(
                tenant, call_id, after=found[-1].sequence if found else 0, limit=min(PAGE, EVENTS_MAX + 1 - len(found))
            )
            if not page:
                break
            found += page
        return found


def make_shadows(database: Database, calls: PostgresCalls, clock: Clock, *, language: str) -> Shadows:
    """Shadow runs on PostgreSQL."""
    return Shadows(
        calls=calls,
        rules=PostgresRules(database, clock=clock),
        teams=PeoplesTeams(PostgresPeople(database)),
        clock=clock,
        language=language,
    )
