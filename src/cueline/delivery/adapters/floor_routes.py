"""The floor over REST, and as it changes over ``/v1/floor/live``."""

from contextlib import suppress
from typing import Any

from litestar import WebSocket, get, websocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect, WebSocketException

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.live import ClientOf
from cueline.delivery.adapters.problems import described
from cueline.delivery.backlog import SlowClientError
from cueline.delivery.floor_stage import FloorFeed
from cueline.delivery.protocol import (
    CLOSE_BAD_MESSAGE,
    CLOSE_FORBIDDEN,
    CLOSE_GOING_AWAY,
    CLOSE_TOKEN,
    CLOSE_TOO_MANY,
    CLOSE_TOO_SLOW,
    BadMessageError,
)
from cueline.delivery.rest_guidance import FloorSnapshot
from cueline.kernel.errors import CuelineError
from cueline.security.tokens import TokenError


@get("/v1/floor", responses=described())
async def floor(web: NamedDependency[WebDependencies]) -> FloorSnapshot:
    """All live calls, the one that needs a person most first."""
    return await web.floor.snapshot()


@websocket("/v1/floor/live")
async def floor_live(socket: WebSocket[Any, Any, Any], web: NamedDependency[WebDependencies]) -> None:
    """Serves one page until it goes, falls too far behind, or the process drains."""
    # Accepted before anything is checked: a browser learns the close code of an accepted socket only.
    await socket.accept()
    code, reason = CLOSE_GOING_AWAY, "going away"
    allowed = web.metrics.socket_opened() <= web.max_sockets
    try:
        code, reason = await _serve(socket, web) if allowed else (CLOSE_TOO_MANY, "too many")
    finally:
        web.metrics.socket_closed()
        if code:
            web.metrics.refused.labels(reason.replace(" ", "_")).inc()
            with suppress(RuntimeError, WebSocketException):  # gone already
                await socket.close(code=code, reason=reason)


async def _serve(socket: WebSocket[Any, Any, Any], web: WebDependencies) -> tuple[int, str]:
    """Gives the close code, 0 when the page closed."""
    try:
        claim = web.live_tokens.check(socket.query_params.get("token"))
    except TokenError:
        return CLOSE_TOKEN, "token"
    if claim.call_id is not None or claim.tenant != web.tenant:
        return CLOSE_FORBIDDEN, "not allowed"
    outcome = (CLOSE_GOING_AWAY, "going away")
    try:
        await FloorFeed(keeper=web.floor, socket=ClientOf(socket), clock=web.clock).run()
    except* BadMessageError:
        outcome = (CLOSE_BAD_MESSAGE, "bad message")
    except* SlowClientError:
        outcome = (CLOSE_TOO_SLOW, "too slow")
    except* (WebSocketDisconnect, WebSocketException, ConnectionError):
        outcome = (0, "")
    except* CuelineError:
        outcome = (CLOSE_GOING_AWAY, "going away")
    return outcome
