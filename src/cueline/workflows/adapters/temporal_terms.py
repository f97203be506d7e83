"""What the Temporal workflow reads of the process that it runs in: set before a worker starts, then left alone."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cueline.workflows.interpret import Ended
from cueline.workflows.plan import WorkflowPlan


class UnknownHereError(Exception):
    """This worker does not know the plan, or not this version of it."""


class Terms(NamedTuple):
    """plans: by kind. heartbeat_s: a step whose worker is silent for so long is given to another.

    on_end: told of each run that ends here, from any thread.
    """

    plans: Mapping[str, WorkflowPlan]
    heartbeat_s: float
    on_end: Callable[[str, Ended], None]


TERMS: dict[str, Terms] = {}
"""By task queue."""
