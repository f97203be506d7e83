"""What the settings make of workflows."""

import pytest

from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.roles import workflows
from cueline.roles.doctor import _workflows
from cueline.roles.settings import Settings
from cueline.roles.workflows import Workflows, connections_of_workflows, make_keeper, probe_temporal
from cueline.workflows.interpret import StepCall
from cueline.workflows.plan import Done, Facts, PlanError, Step, WorkflowPlan


def test_dbos_takes_its_connections_from_the_processes():
    assert connections_of_workflows(Settings()) == 3
    assert connections_of_workflows(Settings(database_connections=7, workflow_connections=5)) == 5
    assert connections_of_workflows(Settings(workflows="temporal", database_connections=2)) == 0
    with pytest.raises(ConfigurationError, match="two more than CUELINE_WORKFLOW_CONNECTIONS"):
        connections_of_workflows(Settings(database_connections=4))


async def test_doctor_tells_where_workflows_run():
    found = await _workflows(Settings())
    assert (found.ok, found.name, found.detail) == (True, "workflows dbos", "in PostgreSQL, 3 of 10 connections")
    assert not (await _workflows(Settings(database_connections=3))).ok


async def test_doctor_tells_that_temporal_does_not_answer():
    found = await _workflows(Settings(workflows="temporal", temporal_address="127.0.0.1:1"))
    assert (found.ok, found.needed) == (False, True)
    assert "CUELINE_TEMPORAL_ADDRESS" in found.detail


async def test_an_api_key_does_not_go_in_the_clear():
    settings = Settings(workflows="temporal", temporal_api_key="key-of-many-letters")
    with pytest.raises(ConfigurationError, match="CUELINE_TEMPORAL_TLS") as refused:
        await probe_temporal(settings)
    assert "letters" not in str(refused.value)


async def test_nobody_at_the_address():
    with pytest.raises(UnavailableError):
        await probe_temporal(Settings(temporal_address="127.0.0.1:1"))


async def _scan(call: StepCall) -> Facts:
    return {}


def _room(name: str) -> Workflows:
    return Workflows([WorkflowPlan(name, 1, (Step("scan"),), lambda _: Done())], {"scan": _scan})


def test_two_rooms_may_not_have_a_step_of_the_same_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workflows, "registered", lambda process: [_room("one"), _room("two")])
    with pytest.raises(PlanError, match="same name: scan"):
        make_keeper(None)  # type: ignore[arg-type]


def test_without_workflows_there_is_no_engine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workflows, "registered", lambda process: [])
    assert make_keeper(None) is None  # type: ignore[arg-type]
