"""Shapes of the REST interface to shadow runs. Pure."""

from typing import Annotated, Final

import msgspec

from cueline.delivery.rest import Rest
from cueline.events.shadow import ShadowReport

SHADOW_CALLS_MAX: Final = 200


class RunShadow(Rest, frozen=True, forbid_unknown_fields=True):
    """How many of the newest calls that are over a draft is run over."""

    calls: Annotated[int, msgspec.Meta(ge=1, le=SHADOW_CALLS_MAX)] = 50


class ShadowProgress(Rest, frozen=True):
    """How far the run of a rule set's draft is: ``done`` of ``of`` calls; ``running`` false where there is none."""

    running: bool
    done: int
    of: int


class ShadowResult(Rest, frozen=True):
    """What the draft of a rule set would have done."""

    report: ShadowReport
