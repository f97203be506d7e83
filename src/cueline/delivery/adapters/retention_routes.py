"""The REST interface to retention: policies, what goes tonight, proofs; a call's hold, and its recording's switch."""

from typing import Annotated

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.guidance_routes import CallOverError, present_ms
from cueline.delivery.adapters.policy_routes import CHANGED_BY
from cueline.delivery.adapters.problems import described
from cueline.delivery.adapters.routes import find_call
from cueline.delivery.rest import PROFILE_PATTERN
from cueline.delivery.rest_guidance import ByAgent, Recorded
from cueline.delivery.rest_retention import (
    AskDue,
    Consent,
    DeletionList,
    DueTonight,
    LegalHoldShown,
    PublishRetention,
    PutLegalHold,
    RetentionInForce,
    RetentionList,
    RetentionVersions,
    hold_shown,
    retention_in_force,
)
from cueline.events.retention import (
    ConsentGiven,
    ConsentWithdrawn,
    RecordingPaused,
    RecordingResumed,
    RetentionPayload,
)
from cueline.kernel.ids import CallId

CALL_ID_PATTERN = r"^call_[0-9a-f]{1,64}$(?!\n)"

Web = NamedDependency[WebDependencies]
Profile = Annotated[str, PathParameter(pattern=PROFILE_PATTERN)]


class Retention(Controller):
    """How long data are kept, what goes tonight, and what went."""

    path = "/v1/retention"

    @get("/policies", responses=described())
    async def policies(self, web: Web) -> RetentionList:
        """The policies in force, that of ``default`` first."""
        return RetentionList(policies=await web.retention.profiles(web.tenant))

    @get("/policies/{profile:str}", responses=described())
    async def policy(self, web: Web, profile: Profile) -> RetentionInForce:
        """The policy for calls of a profile; one that has none of its own inherits."""
        return retention_in_force(profile, await web.retention.in_force(web.tenant, profile))

    @get("/policies/{profile:str}/versions", responses=described())
    async def versions(
        self, web: Web, profile: Profile, limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50
    ) -> RetentionVersions:
        """The profile's own versions, newest first; none where it inherits."""
        return RetentionVersions(versions=await web.retention.versions(web.tenant, profile, limit=limit))

    @put("/policies/{profile:str}", responses=described(409, 413))
    async def publish(self, web: Web, profile: Profile, data: JSONBody[PublishRetention]) -> RetentionInForce:
        """A new version, in force from the coming night on; 409 when another one was published meanwhile."""
        published = await web.retention.publish(
            web.tenant, profile, data.policy, based_on=data.based_on, note=data.note, by=CHANGED_BY
        )
        return retention_in_force(profile, published)

    @get("/due", responses=described())
    async def due(self, web: Web) -> DueTonight:
        """What is deleted in the coming night."""
        return await web.retention.due(web.tenant)

    @post("/due", status_code=200, responses=described(413))
    async def due_then(self, web: Web, data: JSONBody[AskDue]) -> DueTonight:
        """What would be deleted in the coming night under another policy of a profile; nothing of it is kept."""
        return await web.retention.due(web.tenant, instead=(data.profile, data.policy))

    @get("/deletions", responses=described())
    async def deletions(
        self,
        web: Web,
        call: Annotated[str | None, QueryParameter(pattern=CALL_ID_PATTERN)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> DeletionList:
        """What was deleted, newest first, each with its proof, checked now. ``call``: of one, which may be gone."""
        call_id = None if call is None else CallId(call)
        return DeletionList(deletions=await web.retention.deletions(web.tenant, limit=limit, call_id=call_id))


class CallKeeping(Controller):
    """What is kept of one call: its legal hold, and whether it is being recorded."""

    path = "/v1/calls/{call:str}"

    @get("/legal-hold", responses=described(404))
    async def hold(self, web: Web, call: FromPath[str]) -> LegalHoldShown:
        """Whether the call is held, and who said so last, why and when."""
        record = await find_call(web, call)
        return hold_shown(await web.retention.standing_hold(web.tenant, record.call_id))

    @put("/legal-hold", responses=described(403, 404, 413))
    async def set_hold(self, web: Web, call: FromPath[str], data: JSONBody[PutLegalHold]) -> LegalHoldShown:
        """Sets or lifts the legal hold. While it stands nothing of the call is deleted, in whatever way."""
        record = await find_call(web, call)
        held = await web.retention.hold(web.tenant, record.call_id, held=data.held, reason=data.reason, by=data.by)
        return hold_shown(held)

    @post("/recording/pause", status_code=200, responses=described(404, 409, 413))
    async def pause(self, web: Web, call: FromPath[str], data: JSONBody[ByAgent]) -> Recorded:
        """From now on nothing is recorded, until recording is resumed."""
        return await _switch(web, call, RecordingPaused(by=data.by))

    @post("/recording/resume", status_code=200, responses=described(404, 409, 413))
    async def resume(self, web: Web, call: FromPath[str], data: JSONBody[ByAgent]) -> Recorded:
        """Recording goes on from now, unless consent is missing."""
        return await _switch(web, call, RecordingResumed(by=data.by))

    @post("/recording/consent", status_code=200, responses=described(404, 409, 413))
    async def consent(self, web: Web, call: FromPath[str], data: JSONBody[Consent]) -> Recorded:
        """The customer agrees to be recorded from now on, or does not any more."""
        return await _switch(web, call, ConsentGiven(by=data.by) if data.given else ConsentWithdrawn(by=data.by))


async def _switch(web: WebDependencies, call: str, payload: RetentionPayload) -> Recorded:
    record = await find_call(web, call)
    if record.phase == "ended":
        raise CallOverError("the call has ended: nothing is recorded any more")
    event = await web.archive.record(web.tenant, record.call_id, payload, at_ms=await present_ms(web, record))
    return Recorded(sequence=None if event is None else event.sequence)
