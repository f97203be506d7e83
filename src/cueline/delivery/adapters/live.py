"""``/v1/live``: the WebSocket."""

import asyncio
from contextlib import suppress
from typing import Any

from litestar import WebSocket, websocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect, WebSocketException

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.backlog import SlowClientError
from cueline.delivery.protocol import (
    CLOSE_BAD_MESSAGE,
    CLOSE_FORBIDDEN,
    CLOSE_GOING_AWAY,
    CLOSE_TOKEN,
    CLOSE_TOO_MANY,
    CLOSE_TOO_SLOW,
    CLOSE_UNKNOWN_CALL,
    BadMessageError,
    Resume,
    read_resume,
)
from cueline.delivery.stage import LiveFeed
from cueline.events.records import CallRecord
from cueline.kernel.errors import CuelineError
from cueline.security.tokens import TokenError

FIRST_MESSAGE_TIMEOUT_S = 10.0

AnySocket = WebSocket[Any, Any, Any]


@websocket("/v1/live")
async def live(socket: AnySocket, web: NamedDependency[WebDependencies]) -> None:
    """Serves one client until it goes, falls too far behind, or the process drains."""
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


async def _serve(socket: AnySocket, web: WebDependencies) -> tuple[int, str]:
    """Gives the close code, 0 when the client closed."""
    try:
        claim = web.live_tokens.check(socket.query_params.get("token"))
    except TokenError:
        return CLOSE_TOKEN, "token"
    if claim.call_id is None:
        return CLOSE_FORBIDDEN, "not allowed"
    outcome = (CLOSE_GOING_AWAY, "going away")
    try:
        if await web.archive.find(claim.tenant, claim.call_id) is None:
            return CLOSE_UNKNOWN_CALL, "unknown call"
        async with asyncio.timeout(FIRST_MESSAGE_TIMEOUT_S):
            first = read_resume((await socket.receive_text()).encode())
        # Read anew: the client may have seen more by now, but never more than there is.
        call = await web.archive.find(claim.tenant, claim.call_id)
        if call is None:
            return CLOSE_UNKNOWN_CALL, "unknown call"
        feed = LiveFeed(
            call=call,
            resume=_resumed(first, call),
            socket=ClientOf(socket),
            bus=web.bus,
            archive=web.archive,
            times=web.times,
            deliverable=web.deliverable,
            metrics=web.metrics,
            clock=web.clock,
        )
        await feed.run()
    except* (BadMessageError, TimeoutError):
        outcome = (CLOSE_BAD_MESSAGE, "bad message")
    except* SlowClientError:
        outcome = (CLOSE_TOO_SLOW, "too slow")
    except* (WebSocketDisconnect, WebSocketException, ConnectionError):
        outcome = (0, "")
    except* CuelineError:
        outcome = (CLOSE_GOING_AWAY, "going away")
    return outcome


def _resumed(first: Resume, call: CallRecord) -> int:
    sequence = first.resume or 0
    if sequence > call.sequence:
        raise BadMessageError("the call has no such sequence")
    return sequence


class ClientOf:
    """A feed's view of the WebSocket."""

    __slots__ = ("_socket",)

    def __init__(self, socket: AnySocket) -> None:
        self._socket = socket

    async def send_text(self, text: str) -> None:
        await self._socket.send_text(text)

    async def receive_text(self) -> str:
        return await self._socket.receive_text()
