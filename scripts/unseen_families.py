"""Plays evaluation families through the gate with classifiers of questions that have not seen them.

A model that weighs what the gate makes of a call would otherwise learn to trust it too much. Nothing held out is among
them. Used by the scripts that train such models.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from cueline.redaction.classifier import Task, TopicModel
from cueline.redaction.measuring.calls import read_call
from cueline.redaction.measuring.play import PlayedTurn, Timings, play_call
from cueline.redaction.redactor import Redactor

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from train_question_classifier import PLANS, STRENGTH, examples_of, fit, matrix, packed

from evals.redaction.marked import FILES
from evals.redaction.misses import FAMILIES, lines_of

NAMES: Final = (*FAMILIES, *FILES)
CALLS: Final = 600
"""Calls of each family."""

Prepare = Callable[[Redactor], None]


def unseen_models(name: str) -> Mapping[Task, TopicModel]:
    """Classifiers of questions trained on all families and written files but one, each line once: thirteen are made."""
    others = [family for other, family in FAMILIES.items() if other != name]
    written = [other for other in FILES if other != name]
    return {
        plan.task: TopicModel(packed(fit(examples, matrix(examples), strength=STRENGTH)))
        for plan in PLANS
        for examples in [examples_of(plan._replace(copies=0), others, written)]
    }


def played(name: str, calls: int, prepare: Prepare) -> Iterator[list[PlayedTurn]]:
    """Each call of a set, its finals judged by a gate that has not seen it. ``prepare`` is given each new gate."""
    models = unseen_models(name)
    for line in lines_of(name, calls):
        gate = partial(_gate, models, prepare)
        yield play_call(read_call(line), gate, lambda: 0.0, Timings([], []), partials=False)


def _gate(models: Mapping[Task, TopicModel], prepare: Prepare) -> Redactor:
    gate = Redactor()
    context = gate._context  # noqa: SLF001 - a trainer looks inside
    context.asked, context.lead_in = models["asked"], models["announced"]
    prepare(gate)
    return gate
