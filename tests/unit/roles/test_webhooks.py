"""The deliveries part against a real receiver: signed, tried again, bounded, never sent elsewhere."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from cueline.events.notes import DueDelivery, NotesBody
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import ConfigurationError, InputError, UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.roles import webhooks
from cueline.roles.webhooks import (
    DeliveryCounters,
    DeliveryFailedError,
    DeliveryKeeper,
    DeliveryRefusedError,
    Webhook,
    to_contact,
)
from tests.installation import eventually

SECRET = "a-secret-of-both-sides"
NOW_MS = 1_700_000_000_000
QUOTE = "i lost my card"


def delivery(number: int = 7, *, kind: Any = "notes_webhook") -> DueDelivery:
    body = NotesBody(
        "NotesWritten", TenantId("t"), CallId("call_1"), "contact-1", 1, None, NOW_MS, "lost_card", None,
        {"reason": QUOTE, "actions": ["Ordered"]},
    )  # fmt: skip
    return DueDelivery(number, TenantId("t"), CallId("call_1"), kind, body, 1)


@dataclass
class Receiver:
    url: str = ""
    status: int = 204
    delay_s: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.seen.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.delay_s)
        return web.Response(status=self.status, headers=self.headers)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    one = Receiver()
    app = web.Application()
    app.router.add_post("/hook", one.take)
    app.router.add_route("*", "/elsewhere", one.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    one.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield one
    await runner.cleanup()


def webhook(url: str, *, timeout_s: float = 5) -> Webhook:
    return Webhook(url, SECRET, clock=VirtualClock(epoch_origin_ms=NOW_MS), timeout_s=timeout_s)


async def test_a_message_is_signed_over_its_time_and_its_body(receiver: Receiver) -> None:
    await webhook(receiver.url).send(delivery())
    [(headers, body)] = receiver.seen
    sent = headers["Cueline-Timestamp"]
    assert sent == str(NOW_MS // 1_000)
    expected = hmac.new(SECRET.encode(), f"{sent}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["Cueline-Signature"] == f"v1={expected}"
    assert (headers["Cueline-Delivery"], headers["Content-Type"]) == ("7", "application/json")
    assert msgspec.json.decode(body) == {
        "kind": "NotesWritten", "tenant": "t", "callId": "call_1", "contactId": "contact-1", "version": 1, "by": None,
        "atMs": NOW_MS, "reason": "lost_card", "disposition": None, "fields": {"reason": QUOTE, "actions": ["Ordered"]},
    }  # fmt: skip


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_redirects_are_not_followed(receiver: Receiver, status: int) -> None:
    receiver.status, receiver.headers = status, {"Location": receiver.url.replace("/hook", "/elsewhere")}
    with pytest.raises(DeliveryFailedError, match=str(status)):
        await webhook(receiver.url).send(delivery())
    assert len(receiver.seen) == 1


async def test_what_is_tried_again_and_what_is_not(receiver: Receiver) -> None:
    for receiver.status in (400, 401, 404, 429, 500, 503):
        with pytest.raises(DeliveryFailedError):
            await webhook(receiver.url).send(delivery())
    receiver.status = 410
    with pytest.raises(DeliveryRefusedError):
        await webhook(receiver.url).send(delivery())


async def test_a_receiver_that_is_slow_or_away_costs_no_more_than_its_time(receiver: Receiver) -> None:
    receiver.delay_s = 30
    async with asyncio.timeout(10):
        with pytest.raises(DeliveryFailedError, match="does not answer"):
            await webhook(receiver.url, timeout_s=0.1).send(delivery())
        with pytest.raises(DeliveryFailedError, match="does not answer"):
            await webhook("http://127.0.0.1:9/hook").send(delivery())


@pytest.mark.parametrize(("url", "secret"), [
    ("ftp://host/x", SECRET), ("host/x", SECRET), ("https:///x", SECRET), ("https://host/x", "short"),
    ("https://host/x", ""),
])  # fmt: skip
def test_a_webhook_that_is_set_up_wrongly_is_refused(url: str, secret: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Webhook(url, secret, clock=VirtualClock())
    assert url not in str(refused.value)


class Store:
    """Deliveries in a list, as the keeper uses them."""

    def __init__(self, *due: DueDelivery) -> None:
        self.due = list(due)
        self.delivered_ids: list[int] = []
        self.failed_ids: list[tuple[int, bool]] = []
        self.away = False

    async def claim(self, kinds: list[str], *, limit: int) -> list[DueDelivery]:
        if self.away:
            raise UnavailableError("away")
        taken, self.due = self.due[:limit], self.due[limit:]
        assert {each.kind for each in taken} <= set(kinds)
        return taken

    async def delivered(self, one: DueDelivery) -> None:
        if self.away:
            raise UnavailableError("away")
        self.delivered_ids.append(one.delivery_id)

    async def failed(self, one: DueDelivery, *, final: bool = False) -> bool:
        self.failed_ids.append((one.delivery_id, final))
        return final


def keeper(store: Store, senders: dict[Any, Any], **more: Any) -> tuple[DeliveryKeeper, DeliveryCounters]:
    counters = DeliveryCounters()
    return DeliveryKeeper(store, senders, counters=counters, **more), counters  # type: ignore[arg-type]


async def test_one_that_fails_keeps_none_of_the_others_back() -> None:
    async def send(one: DueDelivery) -> None:
        if one.delivery_id == 1:
            raise DeliveryFailedError("no")
        if one.delivery_id == 2:
            raise DeliveryRefusedError("never")

    store = Store(*(delivery(number) for number in range(5)))
    one, counters = keeper(store, {"notes_webhook": send})
    with capture_logs() as logs:
        assert await one.turn() == 5
    assert sorted(store.delivered_ids) == [0, 3, 4]
    assert sorted(store.failed_ids) == [(1, False), (2, True)]
    assert (counters.delivered, counters.failed, counters.given_up) == (3, 2, 1)
    assert {each["event"] for each in logs} == {"delivery_failed", "delivery_given_up"}
    assert QUOTE not in str(logs)


async def test_contact_attributes_are_written_for_the_contact() -> None:
    written: list[tuple[str, dict[str, str]]] = []

    class Contact:
        async def write(self, contact_id: str, attributes: Any) -> None:
            written.append((contact_id, dict(attributes)))
            if len(written) > 1:
                raise InputError("too large")

    store = Store(delivery(1, kind="contact_attributes"), delivery(2, kind="contact_attributes"))
    one, counters = keeper(store, {"contact_attributes": to_contact(Contact())})
    await one.turn()
    assert written[0] == ("contact-1", {"cueline_reason": "lost_card", "cueline_notes_version": "1"})
    assert (counters.delivered, counters.given_up) == (1, 1)


async def _reached(counters: DeliveryCounters, count: int) -> bool:
    return counters.delivered == count


async def test_it_goes_on_when_the_store_comes_back_and_closes_what_it_holds() -> None:
    closed = asyncio.Event()
    sent = asyncio.Event()
    store = Store(*(delivery(number) for number in range(webhooks.AT_ONCE + 1)))
    store.away = True
    waits: list[float] = []

    async def send(one: DueDelivery) -> None:
        if not store.due:
            sent.set()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        store.away = False
        await asyncio.sleep(0)

    async def close() -> None:
        closed.set()

    one, counters = keeper(store, {"notes_webhook": send}, sleep=sleep, close=close)
    task = asyncio.create_task(one.run())
    async with asyncio.timeout(5):
        await sent.wait()
        await eventually(lambda: _reached(counters, webhooks.AT_ONCE + 1))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert waits
    assert closed.is_set()
