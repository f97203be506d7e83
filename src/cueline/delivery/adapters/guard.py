"""Without the access token nothing is served but health."""

from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from cueline.delivery.adapters.problems import MEDIA_TYPE
from cueline.delivery.rest import Problem
from cueline.ops.metrics import Metrics
from cueline.security.tokens import AccessToken, TokenError

COOKIE = "cueline_access"
OPEN_PATHS = frozenset({"/healthz", "/readyz"})
LIVE_PATHS = frozenset({"/v1/live", "/v1/floor/live"})

_NEEDS_TOKEN_PAGE = b"""<!doctype html><meta charset="utf-8"><title>Cueline</title>
<style>:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>
<h1>This page needs its key</h1><p>Open the address that <code>cueline up</code> printed
(<code>Cueline ready: http://.../?token=...</code>). It is shown anew at every start.</p>"""


class Guard:
    """Stands before the app: a bearer token, the cookie that the page was given, or ``?token=``.

    The WebSocket paths check their own short-lived tokens and are let through.
    """

    def __init__(self, app: ASGIApp, *, access: AccessToken, metrics: Metrics) -> None:
        self._app = app
        self._access = access
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in OPEN_PATHS or _is_live(scope):
            await self._app(scope, receive, send)
            return
        try:
            self._access.check(_presented(scope))
        except TokenError as error:
            self._metrics.refused.labels("token").inc()
            await _refuse(scope, send, str(error))
            return
        await self._app(scope, receive, send)


def _is_live(scope: Scope) -> bool:
    return scope["type"] == ScopeType.WEBSOCKET and scope["path"] in LIVE_PATHS


def _presented(scope: Scope) -> str | None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    with suppress(ValueError):  # more fields than any request of ours has
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=32)
        if "token" in query:
            return query["token"][0]
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie else None


async def _refuse(scope: Scope, send: Send, detail: str) -> None:
    if scope["type"] == ScopeType.WEBSOCKET:
        await send({"type": "websocket.close", "code": 4401, "reason": "token"})
        return
    wants_page = not scope["path"].startswith(("/v1/", "/metrics", "/schema"))
    if wants_page:
        body, media_type = _NEEDS_TOKEN_PAGE, "text/html; charset=utf-8"
    else:
        refused = Problem(type="urn:cueline:problem:token", title="Access token needed", status=401, detail=detail)
        body, media_type = msgspec.json.encode(refused), MEDIA_TYPE
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"www-authenticate", b"Bearer"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
