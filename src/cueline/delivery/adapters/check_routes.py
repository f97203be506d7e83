"""The REST interface to the check of the installation."""

from litestar import get
from litestar.di import NamedDependency

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_check import SystemCheck


@get("/v1/system/check", responses=described())
async def system_check(web: NamedDependency[WebDependencies]) -> SystemCheck:
    """What ``cueline doctor`` would say in this process: what it can reach, what it lacks, and what mends it."""
    return await web.checks.check()
