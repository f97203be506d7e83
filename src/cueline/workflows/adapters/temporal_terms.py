"""What the Temporal workflow reads of the process that it runs in: set before a worker starts, then left alone."""

from collections.abc import Mapping
from typing import NamedTuple

from cueline.workflows.plan import WorkflowPlan


class UnknownHereError(Exception):
    """This worker does not know the plan, or not this version of it."""


class Terms(NamedTuple):
    """plans: by kind. heartbeat_s: a step whose worker is silent for so long is given to another."""

    plans: Mapping[str, WorkflowPlan]
    heartbeat_s: float


TERMS: dict[str, Terms] = {}
"""By task queue."""
