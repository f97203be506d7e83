"""The REST interface to rule sets."""

from typing import Annotated, Final

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_rules import (
    RULES_NAME_PATTERN,
    CheckRules,
    PublishRules,
    RollBackRules,
    RuleCheck,
    RuleSetDraft,
    RuleSetList,
    RuleSetVersion,
    RuleSetVersions,
    RuleVocabulary,
    SaveDraft,
    TriedRules,
    TryRules,
)

CHANGED_BY: Final = "access token"
"""Who publishes: everybody who has the installation's token, as long as there are no accounts."""

Web = NamedDependency[WebDependencies]
Name = Annotated[str, PathParameter(pattern=RULES_NAME_PATTERN)]


class Rules(Controller):
    """Rule sets: reading, drafting, publishing, going back, and checking a document."""

    path = "/v1/rules"

    @get(responses=described())
    async def sets(self, web: Web) -> RuleSetList:
        """The rule sets in force, those that come with Cueline among them."""
        return RuleSetList(sets=await web.rules.sets(web.tenant))

    @post("/check", status_code=200, responses=described(413))
    async def check(self, web: Web, data: JSONBody[CheckRules]) -> RuleCheck:
        """What is wrong with a document; nothing of it is kept."""
        return await web.rules.check(data.document)

    @get("/vocabulary", responses=described())
    async def vocabulary(self, web: Web) -> RuleVocabulary:
        """Reasons, moments, voice facts and kinds of masks that conditions may name."""
        return await web.rules.vocabulary()

    @post("/try", status_code=200, responses=described(404, 413))
    async def trial(self, web: Web, data: JSONBody[TryRules]) -> TriedRules:
        """What a document's rules would do in a typed conversation, or in a stored call; nothing of it is kept."""
        return await web.rule_trials.try_rules(web.tenant, data)

    @get("/{name:str}/versions", responses=described(404))
    async def versions(
        self, web: Web, name: Name, limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50
    ) -> RuleSetVersions:
        """Versions of a rule set, newest first."""
        return RuleSetVersions(versions=await web.rules.versions(web.tenant, name, limit=limit))

    @get("/{name:str}/versions/{version:int}", responses=described(404))
    async def version(
        self, web: Web, name: Name, version: Annotated[int, PathParameter(ge=0, le=2**31 - 1)]
    ) -> RuleSetVersion:
        """One version with its document."""
        return await web.rules.shown(web.tenant, name, version)

    @get("/{name:str}/draft", responses=described(404))
    async def draft(self, web: Web, name: Name) -> RuleSetDraft:
        """The draft of a rule set; where there is none, what is in force, to begin one with."""
        return await web.rules.draft(web.tenant, name)

    @put("/{name:str}/draft", responses=described(409, 413))
    async def save_draft(self, web: Web, name: Name, data: JSONBody[SaveDraft]) -> RuleSetDraft:
        """Keeps a draft, finished or not; 409 when another version was published meanwhile."""
        return await web.rules.save_draft(web.tenant, name, data.document, based_on=data.based_on, by=CHANGED_BY)

    @delete("/{name:str}/draft", responses=described(404))
    async def discard_draft(self, web: Web, name: Name) -> None:
        """Removes a draft."""
        await web.rules.discard_draft(web.tenant, name)

    @post("/{name:str}/publish", status_code=200, responses=described(404, 409))
    async def publish(self, web: Web, name: Name, data: JSONBody[PublishRules]) -> RuleSetVersion:
        """Makes the draft the version in force, for calls that begin from now on."""
        return await web.rules.publish(web.tenant, name, based_on=data.based_on, note=data.note, by=CHANGED_BY)

    @post("/{name:str}/rollback", status_code=200, responses=described(404, 409))
    async def roll_back(self, web: Web, name: Name, data: JSONBody[RollBackRules]) -> RuleSetVersion:
        """Publishes an earlier version anew, as the next one."""
        return await web.rules.roll_back(web.tenant, name, data.version, note=data.note, by=CHANGED_BY)
