"""What the guide stands on: the rules in force, readers of moments, who is in which team, and the call's notes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

from cueline.bus.ports import EventLog, Subscription
from cueline.events.catalogue import MEASURED, Envelope
from cueline.events.guidance import GuidanceStarted
from cueline.events.records import CallRecord
from cueline.guidance.guide import CallGuide, Moments
from cueline.guidance.moments.reader import LANGUAGES, MomentReader
from cueline.guidance.notes.writing import write_notes
from cueline.guidance.packs import STARTER, pack
from cueline.guidance.ports import RuleBook
from cueline.guidance.rules.checking import RuleSetError, parse_rule_set
from cueline.guidance.rules.schema import RuleSet
from cueline.guidance.stage import GuidanceCounters
from cueline.kernel.ids import CallId, TenantId
from cueline.roles.notes import Notes
from cueline.storage.people import PostgresPeople

PARSED_MAX: Final = 32
"""Rule sets that are kept read; a large one takes a part of a second."""

PREVIOUS_CONTACT: Final = "previousContactId"
"""The contact attribute that names the contact which a call was transferred from."""


class GuideParts:
    """``guidance.stage.Guides`` and ``NoteWriter`` on this process's stores."""

    def __init__(self, book: RuleBook, people: PostgresPeople, notes: Notes, counters: GuidanceCounters) -> None:
        self._book = book
        self._people = people
        self._notes = notes
        self._counters = counters
        self._parsed: dict[tuple[TenantId, str, int], RuleSet] = {}

    async def rules_for(self, tenant: TenantId, profile: str, pinned: GuidanceStarted | None) -> tuple[RuleSet, int]:
        """The rules in force, or those that the call is pinned to; the starter pack where they cannot be read."""
        stored = None
        if pinned is not None:
            stored = await self._book.version(tenant, pinned.rules, pinned.version)
        if stored is None:
            stored = await self._book.in_force(tenant, profile)
        known = self._parsed.get((tenant, stored.name, stored.version))
        if known is None:
            try:
                known = await asyncio.to_thread(parse_rule_set, stored.document)
            except RuleSetError:
                self._counters.rules_refused += 1
                return pack(STARTER), 0
            if len(self._parsed) >= PARSED_MAX:
                self._parsed.clear()
            self._parsed[tenant, stored.name, stored.version] = known
        return known, stored.version

    def moments(self, language: str) -> Moments | None:
        return MomentReader(language) if language in LANGUAGES else None

    async def team_of(self, tenant: TenantId, agent: str | None) -> str | None:
        if agent is None:
            return None
        return next((each.team for each in await self._people.everybody(tenant) if each.username == agent), None)

    async def write(self, guide: CallGuide, record: CallRecord) -> int | None:
        """Notes from what the guide knows. Those made before are replaced: what they say may be masked now."""
        earlier = record.attributes.get(PREVIOUS_CONTACT)
        notes = write_notes(
            guide.picture,
            guide.figures,
            self._notes.shape_for(record.profile),
            disposition=guide.disposition,
            earlier=None if earlier is None else await self._notes.of_contact(record.tenant, earlier),
        )
        if await self._notes.remake(record.tenant, record, notes.fields):
            return None
        return await self._notes.keep_made(record.tenant, record, notes.fields)


class Lockstep:
    """A bus that waits, after each event, for what the guide makes of it: recorded calls give the same log again."""

    def __init__(self, behind: EventLog) -> None:
        self._behind = behind
        self.guide: Callable[[Envelope], Awaitable[None]] | None = None

    async def publish(self, envelope: Envelope) -> None:
        await self._behind.publish(envelope)
        if self.guide is not None and envelope.kind not in MEASURED:
            await self.guide(envelope)

    def subscribe(self, tenant: TenantId, call_id: CallId | None) -> AbstractAsyncContextManager[Subscription]:
        return self._behind.subscribe(tenant, call_id)
