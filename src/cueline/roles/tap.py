"""An event log that shows everything that is published, losing nothing, to one observer in the process."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from cueline.bus.ports import EventLog, Subscription
from cueline.events.catalogue import Envelope
from cueline.kernel.ids import CallId, TenantId


class Tap:
    """Passes all on to the log behind it. The observer is called in the publisher's order and must not wait."""

    def __init__(self, behind: EventLog, observe: Callable[[Envelope], None]) -> None:
        self._behind = behind
        self._observe = observe

    async def publish(self, envelope: Envelope) -> None:
        self._observe(envelope)
        await self._behind.publish(envelope)

    def subscribe(self, tenant: TenantId, call_id: CallId | None) -> AbstractAsyncContextManager[Subscription]:
        return self._behind.subscribe(tenant, call_id)
