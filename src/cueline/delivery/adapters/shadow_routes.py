"""The REST interface to shadow runs."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_shadow import RunShadow, ShadowProgress, ShadowResult

NAME_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,63}$(?!\n)"


class Shadows(Controller):
    """Drafts of rules over calls that are over."""

    path = "/v1/rules"

    @post("/{name:str}/shadow", status_code=200, responses=described(404, 409, 413))
    async def shadow(
        self,
        web: NamedDependency[WebDependencies],
        name: Annotated[str, PathParameter(pattern=NAME_PATTERN)],
        data: JSONBody[RunShadow],
    ) -> ShadowResult:
        """What a rule set's draft would have done in the newest calls, beside what is published; nothing is kept.

        A run that takes too long stops early and says so.
        """
        return ShadowResult(report=await web.shadows.run_draft(web.tenant, name, calls=data.calls))

    @get("/{name:str}/shadow", responses=described())
    async def progress(
        self, web: NamedDependency[WebDependencies], name: Annotated[str, PathParameter(pattern=NAME_PATTERN)]
    ) -> ShadowProgress:
        """How far the run of a rule set's draft is that somebody waits for."""
        return web.shadows.progress(web.tenant, name)
