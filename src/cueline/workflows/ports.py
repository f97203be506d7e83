"""What starts and runs workflows."""

from typing import Literal, Protocol

import msgspec

from cueline.workflows.plan import Facts, Kept

RunState = Literal["running", "done", "failed"]


class Run(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """How a run stands. result: where it is done. code: why it failed, where it did."""

    run_id: str
    workflow: str
    state: RunState
    result: Kept | None = None
    code: str | None = None


class WorkflowEngine(Protocol):
    """Runs workflows so that they end, whichever processes die on the way."""

    async def start(self, run_id: str, workflow: str, argument: Facts) -> None:
        """Starts a run of the workflow's newest version; a run of this id that exists already stays as it is, also
        when it is over. It may be started in one process and run in another.

        Raises UnknownWorkflowError, FactsRefusedError, UnavailableError.
        """

    async def result(self, run_id: str) -> Run | None:
        """How the run stands; None where there is none, or where it ended so long ago that it was forgotten.

        Raises UnavailableError.
        """

    async def run(self) -> None:
        """Works on runs until cancelled; then waits for the steps under way, starts no further ones, and leaves what
        is not over to another process. Raises ConfigurationError where the engine cannot work as set up."""

    async def aclose(self) -> None:
        """Closes connections; ``run`` must have ended."""


class Executors(Protocol):
    """Names under which processes run workflows, each held by one process at a time; see ``storage.executors``.

    All raise UnavailableError.
    """

    async def claim(self) -> str:
        """A name that nobody else holds. Raises BoundExceededError."""

    async def beat(self, name: str) -> bool:
        """Tells that we live; False when the name is no longer ours."""

    async def abandoned(self, own: str) -> list[str]:
        """Takes over names of processes that are gone; to be asked at least every half time-out."""

    async def free(self, name: str) -> None:
        """Lets a name go that no run belongs to any more."""
