"""What the web side needs of shadow runs."""

from typing import Protocol

from cueline.delivery.rest_shadow import ShadowProgress
from cueline.events.shadow import ShadowReport
from cueline.kernel.ids import TenantId


class ShadowRuns(Protocol):
    """Runs drafts of rules over stored calls."""

    async def run_draft(self, tenant: TenantId, name: str, *, calls: int) -> ShadowReport:
        """The draft of a rule set over the newest calls that are over, beside what is published of that name.

        Raises NoDraftError where there is no draft, RuleSetError (an InputError) where it is not valid,
        ShadowBusyError while as many run as may, UnavailableError when the store is away.
        """

    def progress(self, tenant: TenantId, name: str) -> ShadowProgress:
        """How far the run of a rule set's draft is."""
