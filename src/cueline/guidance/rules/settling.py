"""What makes a rule's cue of no use any more: it asked for something to be done, and that is done now. Pure."""

from collections.abc import Iterable
from typing import Final

from cueline.guidance.rules import schema as rules

_ASKING: Final = (rules.Hint, rules.Warn, rules.Alert)
"""Actions that ask somebody for something; praise stands, whatever is done after it."""


def settling_items(rule_set: Iterable[rules.Rule]) -> dict[str, frozenset[str]]:
    """By the ids of rules whose cues wait for an item of the checklist: the items, each of which settles them."""
    found = {
        rule.rule_id: _awaited(rule.when) for rule in rule_set if any(isinstance(each, _ASKING) for each in rule.then)
    }
    return {rule_id: items for rule_id, items in found.items() if items}


def _awaited(one: rules.Condition) -> frozenset[str]:
    """Items without which the condition holds, and with any of which it does not."""
    match one:
        case rules.All(of=parts):
            return frozenset[str]().union(*(_awaited(part) for part in parts))
        case rules.Not(what=what) | rules.Missing(what=what):
            return _held_by(what)
    return frozenset()


def _held_by(one: rules.Condition) -> frozenset[str]:
    """Items any of which is enough for the condition."""
    match one:
        case rules.Ticked(items=items):
            return frozenset(items)
        case rules.AnyOf(of=parts):
            return frozenset[str]().union(*(_held_by(part) for part in parts))
    return frozenset()
