"""The web app on one port: REST, WebSocket, the pages, health, metrics, OpenAPI."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.config.compression import CompressionConfig
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from cueline import __version__
from cueline.delivery.adapters.check_routes import system_check
from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.floor_routes import floor, floor_live
from cueline.delivery.adapters.guard import COOKIE, Guard
from cueline.delivery.adapters.guidance_routes import Guidance
from cueline.delivery.adapters.history_routes import Exports, Views
from cueline.delivery.adapters.knowledge_routes import KnowledgeBase
from cueline.delivery.adapters.live import live
from cueline.delivery.adapters.note_routes import CallNotesRoutes
from cueline.delivery.adapters.people_routes import People
from cueline.delivery.adapters.policy_routes import Policies
from cueline.delivery.adapters.problems import (
    on_any_error,
    on_cueline_error,
    on_http_error,
    on_too_deep,
    on_undecodable,
    on_validation_error,
)
from cueline.delivery.adapters.recording_routes import CallRecordings
from cueline.delivery.adapters.retention_routes import CallKeeping, Retention
from cueline.delivery.adapters.routes import Calls
from cueline.delivery.adapters.rule_routes import Rules
from cueline.delivery.adapters.shadow_routes import Shadows
from cueline.delivery.adapters.verification_routes import CallVerifications
from cueline.kernel.errors import CuelineError
from cueline.ops.logs import logger

MAX_BODY_BYTES = 256 * 1024

# Without a character set: Litestar adds UTF-8 to every text type.
_CONTENT_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}

_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_NOT_BUILT = b"""<!doctype html><meta charset="utf-8"><title>Cueline</title><h1>The web app was not built</h1>
<p>Run <code>make setup</code> and start again. The REST interface under <code>/v1</code> works.</p>"""


@get("/healthz", include_in_schema=False)
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive", "version": __version__}


@get("/readyz", include_in_schema=False)
async def readyz(web: NamedDependency[WebDependencies]) -> Response[dict[str, Any]]:
    """Every part that this process needs works now."""
    faults = await web.health.faults()
    body: dict[str, Any] = {"status": "unready" if faults else "ready", "faults": faults}
    return Response(body, status_code=503 if faults else 200)


@get("/metrics", include_in_schema=False)
async def metrics(web: NamedDependency[WebDependencies]) -> Response[bytes]:
    """Prometheus text format."""
    return Response(web.metrics.render(), media_type="text/plain; version=0.0.4")


@get("/", include_in_schema=False)
async def index(web: NamedDependency[WebDependencies], request: Request[Any, Any, Any]) -> Response[bytes]:
    """The web app's page."""
    return _page(web, request, "")


@get("/{path:path}", include_in_schema=False)
async def page(
    web: NamedDependency[WebDependencies], request: Request[Any, Any, Any], path: FromPath[str]
) -> Response[bytes]:
    """A file of the built web app; its index for every path that is a page's address."""
    return _page(web, request, path.strip("/"))


def _page(web: WebDependencies, request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    if name.startswith(("v1/", "schema/")) or name in {"v1", "metrics"}:
        raise NotFoundException
    found = _static_file(web.static, name)
    if found is None:
        return Response(_NOT_BUILT, media_type="text/html", status_code=503)
    content, suffix = found
    is_page = suffix == ".html"
    caching = "no-store" if is_page else "public, max-age=31536000, immutable"
    response = Response(content, media_type=_CONTENT_TYPES[suffix], headers={**_PAGE_HEADERS, "Cache-Control": caching})
    token = request.query_params.get("token")
    if is_page and token:
        # The guard has checked it. The page takes it out of the address; from now on the cookie opens the door.
        response.set_cookie(
            COOKIE, token, httponly=True, samesite="strict", path="/", secure=request.url.scheme == "https"
        )
    return response


def _static_file(root: Path | None, name: str) -> tuple[bytes, str] | None:
    if root is None or not (root / "index.html").is_file():
        return None
    wanted = root / (name or "index.html")
    there = False
    with suppress(ValueError, OSError):  # a name that no file can have: with a NUL, or too long
        wanted = wanted.resolve()
        there = wanted.is_relative_to(root.resolve()) and wanted.is_file() and wanted.suffix in _CONTENT_TYPES
    if not there:
        if name.startswith("assets/") or Path(name).suffix in _CONTENT_TYPES:
            raise NotFoundException
        wanted = root / "index.html"
    return wanted.read_bytes(), wanted.suffix


class _GuardedApp(Litestar):
    """The guard stands before the routing: which paths and methods there are is not told without the token either."""

    _guard: Guard

    def admit_by(self, web: WebDependencies) -> None:
        self._guard = Guard(super().__call__, access=web.access, metrics=web.metrics)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        through = super().__call__ if scope["type"] == "lifespan" else self._guard
        await through(scope, receive, send)


@asynccontextmanager
async def _floor_kept(web: WebDependencies, _: Litestar) -> AsyncIterator[None]:
    keeping = asyncio.create_task(web.floor.run())
    keeping.add_done_callback(_told)
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


def _told(keeping: asyncio.Task[None]) -> None:
    """The floor is kept for as long as the app runs: anything else is a fault of ours."""
    if not keeping.cancelled() and (error := keeping.exception()) is not None:
        logger("floor").error("floor_stopped", error=type(error).__name__)


def create_app(web: WebDependencies) -> Litestar:
    """The ASGI app."""
    handlers: list[ControllerRouterHandler] = [
        Calls,
        Policies,
        CallNotesRoutes,
        KnowledgeBase,
        Rules,
        Shadows,
        Guidance,
        People,
        Views,
        Exports,
        CallRecordings,
        Retention,
        CallKeeping,
        CallVerifications,
        system_check,
        floor,
        floor_live,
        live,
        healthz,
        readyz,
        metrics,
        index,
        page,
    ]
    app = _GuardedApp(
        route_handlers=handlers,
        dependencies={"web": Provide(lambda: web, sync_to_thread=False)},
        exception_handlers={
            CuelineError: on_cueline_error,
            ValidationException: on_validation_error,
            HTTPException: on_http_error,
            UnicodeDecodeError: on_undecodable,
            RecursionError: on_too_deep,
            Exception: on_any_error,
        },
        request_max_body_size=MAX_BODY_BYTES,
        compression_config=CompressionConfig(
            # Audio is sent by ranges of bytes, which are those of the file itself.
            backend="gzip",
            minimum_size=2_048,
            exclude=["/v1/live", "/v1/floor/live", "/recording$"],
        ),
        openapi_config=OpenAPIConfig(
            title="Cueline",
            version=__version__,
            path="/schema",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        lifespan=[partial(_floor_kept, web)],
        logging_config=None,
        debug=False,
    )
    app.admit_by(web)
    return app
