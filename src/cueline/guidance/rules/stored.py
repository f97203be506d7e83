"""Stored rule sets as calls are guided by them. Pure."""

from functools import lru_cache
from typing import Final

import msgspec

from cueline.events.rules import StoredRules
from cueline.guidance.rules.checking import parse_rule_set
from cueline.guidance.rules.schema import RuleSet

_KEPT: Final = 16
"""Documents whose rule sets are kept: those that calls are guided by now."""


def rule_set_of(stored: StoredRules) -> RuleSet:
    """The rule set of a stored version; the same one for the same document, so that it is made ready once.

    Raises RuleSetError when it cannot be read, such as one of a newer Cueline.
    """
    return _parsed(msgspec.json.encode(stored.document, order="deterministic"))


@lru_cache(maxsize=_KEPT)
def _parsed(document: bytes) -> RuleSet:
    return parse_rule_set(msgspec.json.decode(document))
