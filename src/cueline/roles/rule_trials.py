"""Rules on a conversation: typed turns go through the gate first, stored calls are read as shadow runs read them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import msgspec

from cueline.delivery.ports import RedactionTrial
from cueline.delivery.rest import PolicyVersion, TrialTurn
from cueline.delivery.rest_rules import FoundMoment, HeardTurn, HeardWords, RuleFiring, TriedRules, TryRules
from cueline.events.catalogue import Envelope, UtteranceCommitted
from cueline.events.records import CallRecord
from cueline.guidance.guide import Moments
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules import schema
from cueline.guidance.rules.checking import Problem, RuleSetError, parse_rule_set, problems_of
from cueline.guidance.rules.schema import RuleSet
from cueline.guidance.shadow import EVENTS_MAX, as_heard
from cueline.guidance.trial import Trial, Turn, conversation, tried
from cueline.kernel.errors import InputError, NotFoundError, UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.roles.shadow import PAGE, Teams, moments_for

TIMEOUT_S: Final = 20.0
AT_ONCE: Final = 1
"""A trial takes a processor's core for itself."""

_TRIAL: Final = CallId("call_trial")


class RuleTrialTimeoutError(UnavailableError):
    """A trial was not done in time."""

    code = "rule_trial_timeout"


class UnknownCallError(NotFoundError):
    """No call of this tenant has that id."""

    code = "unknown_call"


class Policies(Protocol):
    """Redaction policies in force."""

    async def in_force(self, tenant: TenantId, profile: str) -> PolicyVersion:
        """For calls of a profile."""


class Calls(Protocol):
    """Stored calls."""

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None:
        """By its id, or its contact's."""

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events above ``after``, in order."""


class RuleTrials:
    """``delivery.ports_rules.RuleTrials``."""

    def __init__(
        self,
        *,
        calls: Calls,
        policies: Policies,
        gate: RedactionTrial,
        teams: Teams,
        language: str = "en",
        moments: Callable[[str], Moments | None] = moments_for,
    ) -> None:
        self._calls = calls
        self._policies = policies
        self._gate = gate
        self._teams = teams
        self._language = language
        self._moments = moments
        self._turnstile = asyncio.Semaphore(AT_ONCE)

    async def try_rules(self, tenant: TenantId, body: TryRules) -> TriedRules:
        if (body.call_id is None) == (not any(turn.text.strip() for turn in body.turns)):
            raise InputError("say what to try the rules on: turns with words in them, or callId")
        try:
            async with asyncio.timeout(TIMEOUT_S), self._turnstile:
                rule_set, alone = await asyncio.to_thread(_rules_of, body)
                facts, events = await self._heard(tenant, body)
                made = await asyncio.to_thread(tried, facts, rule_set, self._moments(self._language), events)
        except TimeoutError:
            raise RuleTrialTimeoutError("the trial took too long: try it again, or on a shorter call") from None
        return _shown(made, rule_set, events, alone=alone, all_turns=body.call_id is None)

    async def _heard(self, tenant: TenantId, body: TryRules) -> tuple[CallFacts, list[Envelope]]:
        if body.call_id is not None:
            return await self._stored(tenant, body.call_id)
        name = body.document.get("name")
        profile = name if isinstance(name, str) else "default"
        policy = (await self._policies.in_force(tenant, profile)).policy
        shown = await self._gate.try_turns(policy, [TrialTurn(role=each.role, text=each.text) for each in body.turns])
        facts = CallFacts(tenant=tenant, call_id=_TRIAL, profile=profile, language=self._language)
        turns = [Turn(each.role, each.text, tuple(each.masks)) for each in shown]
        return facts, conversation(facts, turns, silence_ms=body.silence_s * 1_000)

    async def _stored(self, tenant: TenantId, call: str) -> tuple[CallFacts, list[Envelope]]:
        record = await self._calls.find(tenant, call)
        if record is None:
            raise UnknownCallError("there is no call of that id")
        found: list[Envelope] = []
        while len(found) < EVENTS_MAX:
            page = await self._calls.events(
                tenant,
                record.call_id,
                after=found[-1].sequence if found else 0,
                limit=min(PAGE, EVENTS_MAX - len(found)),
            )
            if not page:
                break
            found += page
        teams: Mapping[str, str] = await self._teams.teams(tenant)
        facts = CallFacts(
            tenant=tenant,
            call_id=record.call_id,
            profile=record.profile,
            language=self._language,
            attributes=record.attributes,
            agent_id=record.agent_id,
            team=teams.get(record.agent_id or ""),
        )
        return facts, as_heard(found)


def _rules_of(body: TryRules) -> tuple[RuleSet, bool]:
    """The whole set; where it has faults, the one rule with the set's checklists. A rule that is off is on here."""
    document = dict(body.document)
    rules = document.get("rules")
    written = [each for each in rules if isinstance(each, dict)] if isinstance(rules, list) else []
    if body.rule_id is not None:
        written = [{**each, "enabled": True} if each.get("ruleId") == body.rule_id else each for each in written]
        if not any(each.get("ruleId") == body.rule_id for each in written):
            raise RuleSetError([Problem("ruleId", "no rule of the document has this id")])
        document["rules"] = written
    alone = body.rule_id is not None and bool(problems_of(document))
    if alone:
        document["rules"] = [each for each in written if each.get("ruleId") == body.rule_id]
    return parse_rule_set(document), alone


def _shown(made: Trial, rule_set: RuleSet, events: Sequence[Envelope], *, alone: bool, all_turns: bool) -> TriedRules:
    titles = {rule.rule_id: rule.title for rule in rule_set.rules}
    mattered = {each.utterance_id for firing in made.firings for each in firing.evidence}
    said = [each.payload for each in events if isinstance(each.payload, UtteranceCommitted)]
    return TriedRules(
        turns=[
            HeardTurn(
                utterance_id=each.utterance_id, role=each.channel, at_ms=each.started_ms, text=each.text,
                masks=list(each.masks),
            )
            for each in said if all_turns or each.utterance_id in mattered
        ],
        firings=[
            RuleFiring(
                rule_id=each.rule_id, title=titles.get(each.rule_id, ""), kind=str(each.action.__struct_config__.tag),
                text=_does(each.action), at_ms=each.at_ms, why=each.why, outranked=each.outranked,
                words=[HeardWords(utterance_id=at.utterance_id, start=at.start, end=at.end) for at in each.evidence],
            )
            for each in made.firings
        ],
        moments=[
            FoundMoment(
                moment=f"{each.family}:{each.label}",
                speaker=each.speaker if each.speaker in {"agent", "customer"} else None,
                at_ms=each.ended_ms,
                utterance_id=None if each.evidence is None else each.evidence.utterance_id,
            )
            for each in made.moments
        ],
        ticked=made.ticked,
        alone=alone,
        cut=made.cut,
    )  # fmt: skip


def _does(action: schema.Action) -> str:
    """What an action shows, ticks, looks for or tags; empty where it looks for what was said."""
    fields = msgspec.structs.asdict(action)
    return str(next(iter(fields.values()), "") or "")
