"""What a family of templates has to bring. Development and held-out are two families, written apart.

Templates are lower case with punctuation. Slots: ``{x}`` the secret of the type; ``{first}``, ``{last}``, ``{person}``
the customer's names, ``{title}`` with ``{last}``; ``{agent}``, ``{company}``; and benign numbers: ``{amount}``,
``{qty}``, ``{order}``, ``{tracking}``, ``{confirmation}``, ``{case}``, ``{date}``, ``{window}``, ``{time}``,
``{hours}``, ``{duration}``, ``{percent}``, ``{last4}``, ``{model}``, ``{year}``, ``{menu}``, ``{small}``, ``{speed}``.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Exchange(NamedTuple):
    """A benign question of the agent and the answers that fit."""

    question: str
    answers: tuple[str, ...]


class Lines(NamedTuple):
    """Wordings for one entity type.

    questions: the agent's. answers, announcements: the customer's, with ``{x}``. read_out: the agent says it himself.
    """

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    announcements: tuple[str, ...]
    read_out: tuple[str, ...] = ()


class Family(NamedTuple):
    """All the wording of one family, and its lists of names."""

    name: str
    seed: int
    types: dict[str, Lines]
    openings: tuple[str, ...]
    reasons: tuple[str, ...]
    closings: tuple[tuple[str, str], ...]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    backchannels: tuple[str, ...]
    acknowledgements: tuple[str, ...]
    read_backs: tuple[str, ...]
    confirmations: tuple[str, ...]
    fillers: tuple[str, ...]
    corrections: tuple[str, ...]
    restarts: tuple[str, ...]
    amends: tuple[str, ...]
    delays: tuple[tuple[str, str], ...]
    clarifications: tuple[tuple[str, str], ...]
    address_by_name: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    agent_benign: tuple[str, ...]
    customer_benign: tuple[str, ...]
    payment_benign: tuple[str, ...]
    small_talk: tuple[tuple[str, str], ...]
    distractors: tuple[tuple[str, str], ...]
    spelled_as: tuple[str, ...]
    zip_questions: tuple[str, ...]
    styles: dict[str, float]
    layouts: dict[str, float]
    zeros: tuple[tuple[str, ...], ...]
    treble: bool
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    agents: tuple[str, ...]
    companies: tuple[str, ...]
    cities: tuple[str, ...]
    streets: tuple[str, ...]
    street_types: tuple[str, ...]
    domains: tuple[str, ...]
    pass_words: tuple[str, ...]
    models: tuple[str, ...]
    code_words: Mapping[str, tuple[str, ...]]
