"""The REST interface to redaction policies."""

from typing import Annotated, Final

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest import (
    PROFILE_PATTERN,
    TRIAL_TEXT_MAX,
    PolicyInForce,
    PolicyList,
    PolicyTrial,
    PolicyVersions,
    PublishPolicy,
    TrialResult,
    in_force,
)
from cueline.kernel.errors import InputError

CHANGED_BY: Final = "access token"
"""Who publishes: everybody who has the installation's token, as long as there are no accounts."""

Web = NamedDependency[WebDependencies]
Profile = Annotated[str, PathParameter(pattern=PROFILE_PATTERN)]


class Policies(Controller):
    """Redaction policies: reading, publishing, and trying them out."""

    path = "/v1/redaction"

    @get("/policies", responses=described())
    async def policies(self, web: Web) -> PolicyList:
        """The policies in force, that of ``default`` first."""
        return PolicyList(policies=await web.policies.profiles(web.tenant))

    @get("/policies/{profile:str}", responses=described())
    async def policy(self, web: Web, profile: Profile) -> PolicyInForce:
        """The policy for calls of a profile that begin now; a profile that has none of its own inherits."""
        return in_force(profile, await web.policies.in_force(web.tenant, profile))

    @get("/policies/{profile:str}/versions", responses=described())
    async def versions(
        self, web: Web, profile: Profile, limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50
    ) -> PolicyVersions:
        """The profile's own versions, newest first; none where it inherits."""
        return PolicyVersions(versions=await web.policies.versions(web.tenant, profile, limit=limit))

    @put("/policies/{profile:str}", responses=described(409, 413))
    async def publish(self, web: Web, profile: Profile, data: JSONBody[PublishPolicy]) -> PolicyInForce:
        """A new version, for calls that begin from now on; 409 when another one was published meanwhile."""
        published = await web.policies.publish(
            web.tenant, profile, data.policy, based_on=data.based_on, note=data.note, by=CHANGED_BY
        )
        return in_force(profile, published)

    @post("/try", status_code=200, responses=described(413))
    async def trial(self, web: Web, data: JSONBody[PolicyTrial]) -> TrialResult:
        """Typed turns as the gate masks them under a policy; nothing of it is kept."""
        if sum(len(turn.text) for turn in data.turns) > TRIAL_TEXT_MAX:
            raise InputError(f"turns: at most {TRIAL_TEXT_MAX} characters in all")
        return TrialResult(turns=await web.trial.try_turns(data.policy, data.turns))
