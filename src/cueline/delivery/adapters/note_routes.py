"""The REST interface to the notes of calls."""

from typing import Annotated

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.adapters.routes import find_call
from cueline.delivery.rest import PROFILE_PATTERN
from cueline.delivery.rest_notes import CallNotes, NotesFields, NotesVersion, PutNotes, all_notes_shown, notes_shown

Web = NamedDependency[WebDependencies]


class CallNotesRoutes(Controller):
    """Notes: reading and writing those of a call, and what fields they have."""

    path = "/v1"

    @get("/calls/{call:str}/notes", responses=described(404))
    async def notes(self, web: Web, call: FromPath[str]) -> CallNotes:
        """The newest notes of a call and the versions before it; none before the call has ended."""
        record = await find_call(web, call)
        return all_notes_shown(await web.notes.versions(web.tenant, record))

    @put("/calls/{call:str}/notes", responses=described(404, 409, 410, 413))
    async def write(self, web: Web, call: FromPath[str], data: JSONBody[PutNotes]) -> NotesVersion:
        """The next version; 409 when another one was written meanwhile, 400 naming the fields that do not fit."""
        record = await find_call(web, call)
        stored = await web.notes.put(web.tenant, record, data.fields, based_on=data.based_on, by=data.by)
        return notes_shown(stored)

    @get("/notes/shape", responses=described())
    async def shape(
        self, web: Web, profile: Annotated[str, QueryParameter(pattern=PROFILE_PATTERN)] = "default"
    ) -> NotesFields:
        """The fields of the notes of calls of a profile."""
        return NotesFields(profile=profile, fields=tuple(web.notes.shape(profile)))
