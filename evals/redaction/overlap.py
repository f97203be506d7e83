"""Word sequences that families share: those to tune on should share none with the held-out one."""

import re
from collections.abc import Iterator

from evals.redaction.families import Family
from evals.redaction.numerals import ORDINALS, TEENS, TENS, UNITS

LENGTH = 4
NUMBER_WORDS = frozenset((*UNITS, *TEENS, *TENS, *ORDINALS, "hundred", "thousand")) - {""}
ALLOWED: frozenset[str] = frozenset()
"""Sequences that no English question about the thing can do without."""

_LISTS = frozenset(
    ("first_names", "last_names", "agents", "companies", "cities", "streets", "street_types", "domains", "pass_words",
     "models", "spelled_as")
)  # fmt: skip


def wordings(family: Family) -> Iterator[str]:
    """Every template of a family: questions, answers, everything that carries a secret or talks around it."""
    waiting: list[object] = [value for name, value in family._asdict().items() if name not in _LISTS]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [part for part in value.values() if not isinstance(part, float | int)]
        elif isinstance(value, tuple):
            waiting += value


def shared(first: Family, second: Family) -> int:
    """How many runs two families share. Only their number: a run of the held-out family is not to be looked at."""
    return len((sequences(first) & sequences(second)) - ALLOWED)


def sequences(family: Family) -> set[str]:
    """Runs of LENGTH words; slots and number words end a run."""
    found = set()
    for text in wordings(family):
        for part in re.split(r"\{\w+\}", text.lower()):
            words = re.findall(r"[\w']+", part)
            for at in range(len(words) - LENGTH + 1):
                run = words[at : at + LENGTH]
                if not NUMBER_WORDS & set(run):
                    found.add(" ".join(run))
    return found
