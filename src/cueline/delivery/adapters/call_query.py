"""Which calls a request asks for: the filters that several routes take alike."""

from typing import Annotated, Final

from litestar.params import FromQuery, QueryParameter

from cueline.delivery.rest_history import FILTER_PATTERN
from cueline.events.history import CallQuery
from cueline.events.recording import VerificationState

LIMIT: Final = 50

Filter = Annotated[str | None, QueryParameter(pattern=FILTER_PATTERN)]


async def provide_query(
    *,
    live: FromQuery[bool | None] = None,
    before_ms: Annotated[int | None, QueryParameter(name="beforeMs", ge=0, le=2**53)] = None,
    q: Filter = None,
    reason: Filter = None,
    agent: Filter = None,
    team: Filter = None,
    label: Filter = None,
    verification: FromQuery[VerificationState | None] = None,
    from_ms: Annotated[int | None, QueryParameter(name="fromMs", ge=0, le=2**53)] = None,
    to_ms: Annotated[int | None, QueryParameter(name="toMs", ge=0, le=2**53)] = None,
) -> CallQuery:
    """The filters of ``GET /v1/calls``."""
    return CallQuery(
        limit=LIMIT, live=live, before_ms=before_ms, words=q, reason=reason, agent=agent, team=team, label=label,
        verification=verification, from_ms=from_ms, to_ms=to_ms,
    )  # fmt: skip
