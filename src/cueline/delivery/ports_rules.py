"""What the web side needs of rule sets."""

from collections.abc import Mapping
from typing import Protocol

from cueline.delivery.rest_rules import (
    RuleCheck,
    RuleSetDraft,
    RuleSetHead,
    RuleSetVersion,
    RuleVocabulary,
    TriedRules,
    TryRules,
)
from cueline.kernel.ids import TenantId


class RuleDesk(Protocol):
    """Rule sets of a tenant: reading, drafting, publishing. Every method raises UnavailableError when the store is
    away; those that name a rule set or a version raise NotFoundError when there is none of that name."""

    async def sets(self, tenant: TenantId) -> list[RuleSetHead]:
        """Those in force, those that come with Cueline and those that are only drafts, by name."""

    async def versions(self, tenant: TenantId, name: str, *, limit: int) -> list[RuleSetHead]:
        """Newest first."""

    async def shown(self, tenant: TenantId, name: str, version: int) -> RuleSetVersion:
        """One version."""

    async def draft(self, tenant: TenantId, name: str) -> RuleSetDraft:
        """The draft, or what is in force, to begin one."""

    async def save_draft(
        self, tenant: TenantId, name: str, document: Mapping[str, object], *, based_on: int, by: str
    ) -> RuleSetDraft:
        """Keeps a draft. Raises RulesConflictError when ``based_on`` is not in force any more."""

    async def discard_draft(self, tenant: TenantId, name: str) -> None:
        """Removes a draft."""

    async def publish(self, tenant: TenantId, name: str, *, based_on: int, note: str, by: str) -> RuleSetVersion:
        """Makes the draft the version in force, for calls that begin from now on.

        Raises RulesConflictError as ``save_draft``, InputError naming each place at fault.
        """

    async def roll_back(self, tenant: TenantId, name: str, version: int, *, note: str, by: str) -> RuleSetVersion:
        """Publishes an earlier version as the next one. Raises InputError when it is not valid any more."""

    async def vocabulary(self) -> RuleVocabulary:
        """What conditions may name, as this installation finds it in calls."""

    async def check(self, document: Mapping[str, object]) -> RuleCheck:
        """What is wrong with a document. Raises UnavailableError when it takes too long."""


class RuleTrials(Protocol):
    """Rules on a conversation, typed or stored."""

    async def try_rules(self, tenant: TenantId, body: TryRules) -> TriedRules:
        """What would fire. What was typed goes through the gate first, and is in no log and no error.

        Raises RuleSetError (an InputError) where the document is not valid, or the rule itself; InputError where there
        is nothing to try on; NotFoundError for an unknown call; UnavailableError when it takes too long.
        """
