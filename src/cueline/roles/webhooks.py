"""The ``deliveries`` part: tells other systems what was written of a call, by webhook and as contact attributes.

A webhook is a POST of JSON. ``Cueline-Signature: v1=HEX`` is the HMAC-SHA256, under the secret that both sides hold,
of ``Cueline-Timestamp``, a full stop, and the body as sent; a receiver refuses a wrong signature or an old time.
``Cueline-Delivery`` is the same for every try of one message: what came twice is taken once.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

import aiohttp
import msgspec

from cueline.connect.attributes import ContactRefusedError, attributes_of
from cueline.events.notes import DeliveryKind, DueDelivery, NotesBody
from cueline.guidance.ports import ContactAttributes
from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConfigurationError, CuelineError, InputError
from cueline.ops.logs import failure, logger
from cueline.storage.webhooks import PostgresDeliveries

TIMEOUT_S: Final = 10.0
LOOK_EVERY_S: Final = 2.0
AT_ONCE: Final = 8
SECRET_MIN: Final = 16
_GONE: Final = 410
_OK: Final = range(200, 300)


class DeliveryRefusedError(CuelineError):
    """The receiver wants no more of it."""

    code = "delivery_refused"


class DeliveryFailedError(CuelineError):
    """The receiver did not take it; another time it may."""

    code = "delivery_failed"
    retryable = True


@dataclass(slots=True)
class DeliveryCounters:
    """Totals of this process."""

    delivered: int = 0
    failed: int = 0
    given_up: int = 0


class Webhook:
    """One receiver. Raises ConfigurationError where the address or the secret is no good."""

    def __init__(self, url: str, secret: str, *, clock: Clock, timeout_s: float = TIMEOUT_S) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigurationError("CUELINE_WEBHOOK_URL must be an address that begins with https:// or http://")
        if len(secret) < SECRET_MIN:
            raise ConfigurationError(f"CUELINE_WEBHOOK_SECRET must be set, to at least {SECRET_MIN} characters")
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)

    async def send(self, delivery: DueDelivery) -> None:
        """One try. Raises DeliveryFailedError, or DeliveryRefusedError where the receiver says that it is gone.

        Redirects are not followed: they would carry the message to a host that nobody set up.
        """
        body = msgspec.json.encode(delivery.body)
        sent_s = str(self._clock.epoch_ms() // 1_000)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Cueline",
            "Cueline-Delivery": str(delivery.delivery_id),
            "Cueline-Timestamp": sent_s,
            "Cueline-Signature": f"v1={signature(self._secret, sent_s, body)}",
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise DeliveryFailedError(f"the webhook's receiver does not answer ({type(error).__name__})") from None
        if status == _GONE:
            raise DeliveryRefusedError("the webhook's receiver is gone (410)")
        if status not in _OK:
            raise DeliveryFailedError(f"the webhook's receiver answered {status}")


def signature(secret: bytes, sent_s: str, body: bytes) -> str:
    """HMAC-SHA256 of time stamp, full stop and body, in hexadecimal digits."""
    return hmac.new(secret, sent_s.encode() + b"." + body, hashlib.sha256).hexdigest()


class Sender(Protocol):
    """Sends one message."""

    async def __call__(self, delivery: DueDelivery, /) -> None:
        """Raises CuelineError: where it is ``retryable``, it is tried again."""


def to_contact(attributes: ContactAttributes) -> Sender:
    """A sender that writes notes to their contact's attributes."""

    async def send(delivery: DueDelivery) -> None:
        if isinstance(delivery.body, NotesBody):
            await attributes.write(delivery.body.contact_id, attributes_of(delivery.body))

    return send


class DeliveryKeeper:
    """Sends what is due, a few at a time, for as long as it runs. close: what the senders hold open."""

    def __init__(
        self,
        store: PostgresDeliveries,
        senders: dict[DeliveryKind, Sender],
        *,
        counters: DeliveryCounters,
        close: Callable[[], Awaitable[None]] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._senders = senders
        self._counters = counters
        self._close = close
        self._sleep = sleep
        self._log = logger("deliveries")

    async def run(self) -> None:
        """Runs until cancelled; while PostgreSQL is away it tries again at the next turn."""
        try:
            while True:
                try:
                    while await self.turn() == AT_ONCE:
                        pass
                except CuelineError as error:
                    if not error.retryable:
                        raise
                await self._sleep(LOOK_EVERY_S)
        finally:
            if self._close is not None:
                await self._close()

    async def turn(self) -> int:
        """Sends what is due, ``AT_ONCE`` at most; gives how many it tried. Raises UnavailableError."""
        due = await self._store.claim(list(self._senders), limit=AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            for delivery in due:
                tasks.create_task(self._try(delivery))
        return len(due)

    async def _try(self, delivery: DueDelivery) -> None:
        try:
            await self._senders[delivery.kind](delivery)
        except CuelineError as error:
            final = isinstance(error, DeliveryRefusedError | ContactRefusedError | InputError)
            await self._note(delivery, error, final=final)
            return
        await self._settle(self._store.delivered(delivery))
        self._counters.delivered += 1

    async def _note(self, delivery: DueDelivery, error: CuelineError, *, final: bool) -> None:
        given_up = await self._settle(self._store.failed(delivery, final=final))
        self._counters.failed += 1
        self._counters.given_up += bool(given_up)
        self._log.warning(
            "delivery_given_up" if given_up else "delivery_failed",
            call_id=delivery.call_id, kind=delivery.kind, attempts=delivery.attempts, **failure(error),
        )  # fmt: skip

    async def _settle(self, step: Awaitable[bool | None]) -> bool | None:
        """Where PostgreSQL is away now, the row is due again by itself after a while."""
        try:
            return await step
        except CuelineError as error:
            self._log.warning("delivery_unsettled", **failure(error))
            return None
