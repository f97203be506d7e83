"""The REST interface to people and teams."""

from typing import Annotated, cast

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_guidance import USERNAME_PATTERN, Person, PersonList, PutPerson, Role
from cueline.events.people import PersonRecord

Web = NamedDependency[WebDependencies]
Username = Annotated[str, PathParameter(pattern=USERNAME_PATTERN)]


class People(Controller):
    """Who works with the calls."""

    path = "/v1/people"

    @get("", responses=described())
    async def people(self, web: Web) -> PersonList:
        """Everybody, by user name, and the teams that there are."""
        everybody = await web.people.everybody(web.tenant)
        teams = sorted({person.team for person in everybody if person.team is not None})
        return PersonList(people=[_shown(person) for person in everybody], teams=teams)

    @put("/{username:str}", responses=described(413))
    async def put(self, web: Web, username: Username, data: JSONBody[PutPerson]) -> Person:
        """Adds or changes a person."""
        person = PersonRecord(username=username, name=data.name, role=data.role, team=data.team)
        await web.people.put(web.tenant, person)
        await web.floor.people_changed()
        return _shown(person)

    @delete("/{username:str}", status_code=204, responses=described(404))
    async def remove(self, web: Web, username: Username) -> None:
        """Forgets a person; calls keep their agent's user name."""
        await web.people.remove(web.tenant, username)
        await web.floor.people_changed()


def _shown(person: PersonRecord) -> Person:
    return Person(username=person.username, name=person.name, role=cast("Role", person.role), team=person.team)
