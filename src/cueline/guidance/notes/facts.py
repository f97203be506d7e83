"""What is found in a call: one fact each, with the place where it was said. Pure."""

from typing import Final, Literal

import msgspec

from cueline.events.guidance import Evidence
from cueline.kernel.ids import Speaker

FactKind = Literal[
    "amount", "day", "time", "length", "account", "card", "appointment", "hours", "company", "request", "action",
    "promise", "follow_up",
]  # fmt: skip

Outcome = Literal["done", "pending", "refused", "escalated", "unclear"]

FACTS_MAX: Final = 400
"""Facts of one call at most, the first ones of each kind before others: a call of two hours has about a hundred."""


class Fact(msgspec.Struct, frozen=True):
    """text: as it goes into the notes. about: what it was for, ``transfer`` of an amount, ``from`` of an account.

    said: the words around it, numbers as figures. times: how often it was told.
    """

    kind: FactKind
    text: str
    speaker: Speaker
    said_ms: int
    evidence: tuple[Evidence, ...]
    about: str | None = None
    said: str = ""
    times: int = 1


class Findings(msgspec.Struct, frozen=True):
    """All facts of a call, in the order in which they were first said, and what it came to."""

    facts: tuple[Fact, ...]
    outcome: Outcome
    outcome_evidence: Evidence | None = None

    def of(self, kind: FactKind) -> list[Fact]:
        """The facts of a kind."""
        return [fact for fact in self.facts if fact.kind == kind]
