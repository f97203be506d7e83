"""Every error as an RFC 9457 problem document, holding nothing of what was sent."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import ResponseSpec

from cueline.delivery.rest import Problem
from cueline.events.policies import PolicyConflictError
from cueline.kernel.errors import (
    ConflictError,
    CuelineError,
    GoneError,
    InputError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from cueline.security.tokens import TokenError

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Bad request",
    401: "Access token needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "No such form",
    409: "Conflict",
    410: "Deleted",
    413: "Too large",
    415: "Unsupported media type",
    416: "Not that far",
    429: "Too many requests",
    500: "Internal error",
    503: "Unavailable",
}


class UnknownCallError(NotFoundError):
    """No call of this tenant has that id."""

    code = "unknown_call"


def described(*statuses: int) -> dict[int, ResponseSpec]:
    """The problem documents of a route, for OpenAPI; those that every route may answer with are added."""
    return {
        status: ResponseSpec(Problem, generate_examples=False, description=TITLES[status], media_type=MEDIA_TYPE)
        for status in (400, 401, *statuses, 500, 503)
    }


def problem(status: int, detail: str, *, code: str) -> Response[bytes]:
    """A problem document as a response."""
    body = Problem(type=f"urn:cueline:problem:{code}", title=TITLES.get(status, "Error"), status=status, detail=detail)
    return Response(msgspec.json.encode(body), status_code=status, media_type=MEDIA_TYPE)


def on_cueline_error(_: Request[Any, Any, Any], error: CuelineError) -> Response[bytes]:
    """Our own errors: their messages hold no customer data by design."""
    match error:
        case TokenError():
            status = 401
        case NotAllowedError():
            status = 403
        case NotFoundError():
            status = 404
        case GoneError():
            status = 410
        case InputError():
            status = 400
        case PolicyConflictError() | ConflictError():
            status = 409
        case UnavailableError():
            status = 503
        case _:
            status = 500
    return problem(status, str(error), code=error.code)


def on_validation_error(_: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    """Names the fields that are not as described, and never a value."""
    extra = error.extra if isinstance(error.extra, list) else []
    fields = sorted({str(entry.get("key", "")) for entry in extra if isinstance(entry, dict)} - {""})
    detail = f"not as described: {', '.join(fields)}" if fields else "the request is not as described"
    return problem(400, f"{detail}; see /schema for what is expected", code="bad_input")


def on_http_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Errors of the framework: the status is told, its message is not (it may quote the request)."""
    answer = problem(error.status_code, TITLES.get(error.status_code, "Error"), code=f"http_{error.status_code}")
    if allowed := (error.headers or {}).get("allow"):
        answer.headers["allow"] = allowed
    return answer


def on_undecodable(_: Request[Any, Any, Any], __: UnicodeDecodeError) -> Response[bytes]:
    """A body that is no UTF-8: msgspec says so with Python's own error, which quotes the bytes."""
    return problem(400, "the body is not UTF-8", code="bad_input")


def on_too_deep(_: Request[Any, Any, Any], __: RecursionError) -> Response[bytes]:
    """A body whose objects lie in one another deeper than anything is read."""
    return problem(400, "the body is nested too deeply", code="bad_input")


def on_any_error(_: Request[Any, Any, Any], __: Exception) -> Response[bytes]:
    """A fault of ours; its text may hold anything and is not told."""
    return problem(500, "Something failed here. The request can be tried again.", code="internal")
