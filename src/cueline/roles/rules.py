"""Rule sets between the store, which keeps JSON, the packs that Cueline comes with, and the rooms that read them."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final, TypeVar, get_args

from cueline.delivery.rest_rules import (
    RuleCheck,
    RuleProblem,
    RuleSentence,
    RuleSetDraft,
    RuleSetHead,
    RuleSetVersion,
    RuleVocabulary,
)
from cueline.events.redacted import EntityType
from cueline.events.rules import StoredDraft, StoredRules
from cueline.guidance.moments.model import moment_models
from cueline.guidance.packs import PACKS, STARTER, pack_document
from cueline.guidance.rules.checking import Problem, RuleSetError, problems_of, rules_of
from cueline.guidance.rules.readable import sentence
from cueline.guidance.rules.schema import VoiceFact
from cueline.kernel.errors import NotFoundError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.ops.logs import logger
from cueline.storage.rules import PostgresRules

CHECK_TIMEOUT_S: Final = 10.0
CHECKS_AT_ONCE: Final = 2
PACK_VERSION: Final = 0

T = TypeVar("T")


class CheckTimeoutError(UnavailableError):
    """A document was not read in time."""

    code = "check_timeout"


class Rules:
    """``guidance.ports.RuleBook`` and ``delivery.ports_rules.RuleDesk``.

    A call of a profile is guided by the rule set of the profile's name; where there is none, by ``starter``. Of each,
    the newest published version is in force, and before anything is published that which comes with Cueline.
    """

    def __init__(self, store: PostgresRules) -> None:
        self._store = store
        self._turnstile = asyncio.Semaphore(CHECKS_AT_ONCE)
        self._log = logger("rules")

    async def in_force(self, tenant: TenantId, profile: str) -> StoredRules:
        names = (profile,) if profile in PACKS else (profile, STARTER)
        found = await self._store.latest(tenant, names)
        if found is None:
            found = await asyncio.to_thread(_pack, profile if profile in PACKS else STARTER)
        return found

    async def version(self, tenant: TenantId, name: str, version: int) -> StoredRules | None:
        if version == PACK_VERSION:
            return await asyncio.to_thread(_pack, name) if name in PACKS else None
        return await self._store.at(tenant, name, version)

    async def sets(self, tenant: TenantId) -> list[RuleSetHead]:
        drafts = {draft.name: draft for draft in await self._store.drafts(tenant)}
        newest = {each.name: each for each in await self._store.newest(tenant)}
        packs = {name: await asyncio.to_thread(_pack, name) for name in PACKS if name not in newest}
        heads = {name: _head(each, draft=name in drafts) for name, each in (packs | newest).items()}
        heads |= {name: _head(_unpublished(name), draft=True) for name in drafts if name not in heads}
        return [heads[name] for name in sorted(heads)]

    async def versions(self, tenant: TenantId, name: str, *, limit: int) -> list[RuleSetHead]:
        found = await self._store.versions(tenant, name, limit=limit)
        if name in PACKS and len(found) < limit:
            found.append(await asyncio.to_thread(_pack, name))
        draft = await self._store.draft(tenant, name)
        if not found and draft is None:
            raise NotFoundError("there is no rule set of that name")
        return [_head(each, draft=draft is not None and draft.based_on == each.version) for each in found]

    async def shown(self, tenant: TenantId, name: str, version: int) -> RuleSetVersion:
        found = await self.version(tenant, name, version)
        if found is None:
            raise NotFoundError("there is no such version of a rule set of that name")
        return await self._version(found)

    async def draft(self, tenant: TenantId, name: str) -> RuleSetDraft:
        draft = await self._store.draft(tenant, name)
        if draft is not None:
            return await self._draft(draft)
        found = await self._store.latest(tenant, (name,)) or await self.version(tenant, name, PACK_VERSION)
        if found is None:
            raise NotFoundError("there is no rule set of that name")
        check = await self._checked(name, found.document)
        return RuleSetDraft(
            name=name, based_on=found.version, saved=False, changed_by=None, changed_at_ms=None,
            document=found.document, sentences=check.sentences, problems=check.problems,
        )  # fmt: skip

    async def save_draft(
        self, tenant: TenantId, name: str, document: Mapping[str, object], *, based_on: int, by: str
    ) -> RuleSetDraft:
        return await self._draft(await self._store.save_draft(tenant, name, document, based_on=based_on, by=by))

    async def discard_draft(self, tenant: TenantId, name: str) -> None:
        if not await self._store.discard_draft(tenant, name):
            raise NotFoundError("there is no draft of that name")

    async def publish(self, tenant: TenantId, name: str, *, based_on: int, note: str, by: str) -> RuleSetVersion:
        draft = await self._store.draft(tenant, name)
        if draft is None:
            raise NotFoundError("there is no draft of that name: save one first")
        return await self._publish(tenant, name, draft.document, based_on=based_on, note=note, by=by)

    async def roll_back(self, tenant: TenantId, name: str, version: int, *, note: str, by: str) -> RuleSetVersion:
        found = await self.version(tenant, name, version)
        if found is None:
            raise NotFoundError("there is no such version of a rule set of that name")
        return await self._publish(tenant, name, found.document, based_on=None, note=note, by=by)

    async def vocabulary(self) -> RuleVocabulary:
        return await asyncio.to_thread(_vocabulary)

    async def check(self, document: Mapping[str, object]) -> RuleCheck:
        return await self._in_thread(lambda: _check(document, None))

    async def _publish(
        self, tenant: TenantId, name: str, document: dict[str, object], *, based_on: int | None, note: str, by: str
    ) -> RuleSetVersion:
        problems = await self._in_thread(lambda: _problems(document, name))
        if problems:
            raise RuleSetError(problems)
        published = await self._store.publish(tenant, name, document, based_on=based_on, note=note, by=by)
        self._log.info("rules_published", tenant=tenant, name=name, version=published.version)
        return await self._version(published)

    async def _version(self, found: StoredRules) -> RuleSetVersion:
        return RuleSetVersion(
            name=found.name, version=found.version, note=found.note, changed_by=found.changed_by,
            changed_at_ms=found.changed_at_ms, document=found.document,
            sentences=await self._in_thread(lambda: _sentences(found.document)),
        )  # fmt: skip

    async def _draft(self, draft: StoredDraft) -> RuleSetDraft:
        check = await self._checked(draft.name, draft.document)
        return RuleSetDraft(
            name=draft.name, based_on=draft.based_on, saved=True, changed_by=draft.changed_by,
            changed_at_ms=draft.changed_at_ms, document=draft.document, sentences=check.sentences,
            problems=check.problems,
        )  # fmt: skip

    async def _checked(self, name: str, document: Mapping[str, object]) -> RuleCheck:
        return await self._in_thread(lambda: _check(document, name))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """A large rule set takes a part of a second, for which no call waits."""
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S), self._turnstile:
                return await asyncio.to_thread(work)
        except TimeoutError:
            raise CheckTimeoutError("reading the rule set took too long: try it again, or split it up") from None


def _pack(name: str) -> StoredRules:
    return StoredRules(name, PACK_VERSION, pack_document(name), note="", changed_by=None, changed_at_ms=None)


def _unpublished(name: str) -> StoredRules:
    return StoredRules(name, PACK_VERSION, {"name": name}, note="", changed_by=None, changed_at_ms=None)


def _head(found: StoredRules, *, draft: bool) -> RuleSetHead:
    title = found.document.get("title")
    return RuleSetHead(
        name=found.name,
        title=title if isinstance(title, str) else "",
        version=found.version,
        note=found.note,
        changed_by=found.changed_by,
        changed_at_ms=found.changed_at_ms,
        rules=_count(found.document, "rules"),
        checklists=_count(found.document, "checklists"),
        dispositions=_count(found.document, "dispositions"),
        draft=draft,
    )


def _count(document: Mapping[str, object], name: str) -> int:
    items = document.get(name)
    return len(items) if isinstance(items, list) else 0


def _problems(document: Mapping[str, object], name: str | None) -> list[Problem]:
    problems = list(problems_of(document))
    if name is not None and not any(each.place == "name" for each in problems) and document.get("name") != name:
        problems.insert(0, Problem("name", "it has to be the name under which the rule set is kept"))
    return problems


def _sentences(document: Mapping[str, object]) -> list[RuleSentence]:
    return [
        RuleSentence(
            number=number, rule_id=rule.rule_id, title=rule.title, sentence=sentence(rule), enabled=rule.enabled
        )
        for number, rule in rules_of(document)
    ]


def _vocabulary() -> RuleVocabulary:
    models = moment_models()
    found = [f"{family}:{label}" for family, places in models.places.items() for label in models.labels[places]]
    facts = [str(fact) for fact in get_args(VoiceFact)]
    return RuleVocabulary(
        reasons=sorted(each.partition(":")[2] for each in found if each.startswith("reason:")),
        moments=sorted([*found, *(f"voice:{fact}" for fact in facts)]),
        facts=facts,
        kinds=[str(kind) for kind in get_args(EntityType)],
    )


def _check(document: Mapping[str, object], name: str | None) -> RuleCheck:
    return RuleCheck(
        problems=[RuleProblem(place=each.place, message=each.message) for each in _problems(document, name)],
        sentences=_sentences(document),
    )
