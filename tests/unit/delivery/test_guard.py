"""The guard before the app: how a token may be presented, and that nothing gets past it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.adapters.guard import COOKIE, Guard
from cueline.ops.metrics import Metrics
from cueline.security.tokens import AccessToken

SECRET = "s3cret-ä"


class App:
    """Remembers whether it was reached."""

    def __init__(self) -> None:
        self.reached = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.reached = True


async def admitted(
    path: str = "/v1/calls", *, query: bytes = b"", headers: tuple[tuple[bytes, bytes], ...] = (), kind: str = "http"
) -> tuple[bool, list[dict[str, Any]]]:
    app, sent = App(), []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("the guard reads no body")

    scope: Any = {"type": kind, "path": path, "query_string": query, "headers": list(headers)}
    await Guard(app, access=AccessToken(SECRET), metrics=Metrics())(scope, receive, send)
    return app.reached, sent


GOOD: dict[str, dict[str, Any]] = {
    "bearer": {"headers": ((b"authorization", f"Bearer {SECRET}".encode("latin-1")),)},
    "any case": {"headers": ((b"Authorization", f"BEARER   {SECRET} ".encode("latin-1")),)},
    "query": {"query": b"token=s3cret-%C3%A4"},
    "query among others": {"query": b"a=1&token=s3cret-%C3%A4&token=second"},
    "health": {"path": "/healthz"},
    "readiness": {"path": "/readyz"},
    "live has its own token": {"path": "/v1/live", "kind": "websocket"},
}
BAD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "wrong": {"headers": ((b"authorization", b"Bearer wrong"),)},
    "prefix": {"headers": ((b"authorization", b"Bearer s3cret"),)},
    "empty bearer": {"headers": ((b"authorization", b"Bearer "),)},
    "basic": {"headers": ((b"authorization", f"Basic {SECRET}".encode("latin-1")),)},
    "a wrong bearer is not mended by the query": {
        "headers": ((b"authorization", b"Bearer wrong"),), "query": b"token=s3cret-%C3%A4",
    },
    "empty query": {"query": b"token="},
    "too many fields": {"query": b"&".join(b"a=%d" % number for number in range(40)) + b"&token=s3cret-%C3%A4"},
    "broken cookie": {"headers": ((b"cookie", b"\x00;=\xff"),)},
    "other cookie": {"headers": ((b"cookie", b"token=x"),)},
    "health below": {"path": "/healthz/.."},
    "live over http": {"path": "/v1/live"},
    "live below": {"path": "/v1/live/", "kind": "websocket"},
    "other socket": {"path": "/v1/other", "kind": "websocket"},
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
async def test_who_is_let_through(name: str) -> None:
    assert await admitted(**GOOD[name]) == (True, [])


@pytest.mark.parametrize("name", BAD)
async def test_who_is_not(name: str) -> None:
    reached, sent = await admitted(**BAD[name])
    assert not reached
    if BAD[name].get("kind") == "websocket":
        assert sent == [{"type": "websocket.close", "code": 4401, "reason": "token"}]
    else:
        assert sent[0]["status"] == 401
        headers = dict(sent[0]["headers"])
        assert int(headers[b"content-length"]) == len(sent[1]["body"])
        assert (headers[b"www-authenticate"], headers[b"cache-control"]) == (b"Bearer", b"no-store")


async def test_the_cookie_of_an_ascii_token() -> None:
    app = App()
    scope: Any = {
        "type": "http", "path": "/", "query_string": b"", "headers": [(b"cookie", f"a=1; {COOKIE}=plain".encode())],
    }  # fmt: skip
    await Guard(app, access=AccessToken("plain"), metrics=Metrics())(scope, None, None)  # type: ignore[arg-type]
    assert app.reached


@pytest.mark.parametrize(("path", "page"), [("/", True), ("/calls/1", True), ("/v1/x", False), ("/metrics", False)])
async def test_people_get_a_page_and_programs_a_problem(path: str, page: bool) -> None:
    _, sent = await admitted(path)
    kind = dict(sent[0]["headers"])[b"content-type"]
    assert kind == (b"text/html; charset=utf-8" if page else b"application/problem+json")
    assert SECRET.encode() not in sent[1]["body"]


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
async def test_no_bytes_whatever_open_the_door_or_break_it(authorization: bytes, query: bytes, cookie: bytes) -> None:
    headers = ((b"authorization", authorization), (b"cookie", cookie))
    assert (await admitted(query=query, headers=headers))[0] is False
