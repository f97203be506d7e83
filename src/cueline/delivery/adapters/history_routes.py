"""The REST interface to saved views of the history, and to its export."""

from collections.abc import AsyncIterator
from typing import Annotated, Final, Literal

import msgspec
from litestar import Controller, delete, get, put
from litestar.di import NamedDependency, Provide
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody, PathParameter, QueryParameter
from litestar.response import Stream

from cueline.delivery.adapters.call_query import provide_query
from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_guidance import NAME_PATTERN
from cueline.delivery.rest_history import (
    EXPORT_MAX,
    VIEW_NAME_PATTERN,
    SavedView,
    SavedViews,
    ViewFilters,
    csv_head,
    csv_lines,
    exported,
    json_lines,
)
from cueline.events.history import CallQuery, FoundCalls
from cueline.events.views import ViewRecord
from cueline.ops.logs import logger

EXPORT_PAGE: Final = 200
"""Calls that are read, sent and told of in the log at a time."""

Web = NamedDependency[WebDependencies]
By = Annotated[str, QueryParameter(pattern=NAME_PATTERN)]
ViewName = Annotated[str, PathParameter(pattern=VIEW_NAME_PATTERN)]


class Views(Controller):
    """What people look for in the history, under names of their own."""

    path = "/v1/views"

    @get("", responses=described())
    async def views(self, web: Web, by: By = "supervisor") -> SavedViews:
        """A person's views, by name."""
        records = await web.views.views(web.tenant, by)
        return SavedViews(views=[_shown(record) for record in records])

    @put("/{name:str}", responses=described(413))
    async def put(self, web: Web, name: ViewName, data: JSONBody[ViewFilters], by: By = "supervisor") -> SavedView:
        """Saves a view, over the one of that name."""
        return _shown(await web.views.put(web.tenant, by, name, msgspec.json.encode(data).decode()))

    @delete("/{name:str}", status_code=204, responses=described(404))
    async def remove(self, web: Web, name: ViewName, by: By = "supervisor") -> None:
        """Forgets a view; links to what it looked for go on working."""
        await web.views.remove(web.tenant, by, name)


def _shown(record: ViewRecord) -> SavedView:
    filters = msgspec.json.decode(record.filters, type=ViewFilters)
    return SavedView(name=record.name, filters=filters, changed_at_ms=record.changed_at_ms)


def _file(media_type: str, what: str) -> dict[int, ResponseSpec]:
    return {200: ResponseSpec(str, generate_examples=False, description=what, media_type=media_type)}


class Exports(Controller):
    """The history for other programs: the calls that filters find, newest first, at most 10,000 of them."""

    path = "/v1/exports"
    dependencies = {"wanted": Provide(provide_query)}  # noqa: RUF012 - the framework reads it from the class

    @get("/calls.csv", media_type="text/csv", responses=_file("text/csv", "One line for each call") | described())
    async def csv(self, web: Web, wanted: NamedDependency[CallQuery], by: By = "supervisor") -> Stream:
        """Calls as CSV, under a line of names; filters as those of ``GET /v1/calls``."""
        return await _stream(web, wanted, "csv", by)

    @get(
        "/calls.jsonl",
        media_type="application/jsonl",
        responses=_file("application/jsonl", "One object for each call") | described(),
    )
    async def jsonl(self, web: Web, wanted: NamedDependency[CallQuery], by: By = "supervisor") -> Stream:
        """Calls as JSON Lines, with the utterances in which the words of ``q`` were found."""
        return await _stream(web, wanted, "jsonl", by)


async def _stream(web: WebDependencies, query: CallQuery, kind: Literal["csv", "jsonl"], by: str) -> Stream:
    """The first page is read before anything is sent: what is wrong with the question is told as a problem."""
    query = msgspec.structs.replace(query, limit=EXPORT_PAGE)
    first = await web.archive.search(web.tenant, query)
    return Stream(
        _lines(web, query, first, kind, by),
        media_type="text/csv" if kind == "csv" else "application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="calls.{kind}"', "Cache-Control": "no-store"},
    )


async def _lines(
    web: WebDependencies, query: CallQuery, page: FoundCalls, kind: Literal["csv", "jsonl"], by: str
) -> AsyncIterator[bytes]:
    """Each page is told of in the log, by ids alone, before it is sent. A page that cannot be read cuts the answer."""
    log = logger("export")
    left = EXPORT_MAX
    if kind == "csv":
        yield csv_head().encode()
    while page.calls:
        calls = exported(page)[:left]
        left -= len(calls)
        log.info("calls_exported", tenant=web.tenant, by=by, format=kind, calls=[call.call_id for call in calls])
        yield csv_lines(calls).encode() if kind == "csv" else json_lines(calls)
        if len(page.calls) < EXPORT_PAGE or not left:
            break
        query = msgspec.structs.replace(query, before_ms=page.calls[-1].created_at_ms)
        page = await web.archive.search(web.tenant, query)
