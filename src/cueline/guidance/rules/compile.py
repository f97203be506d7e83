"""Rule sets made ready to be asked. Pure.

What is the same for every call of a rule set (its phrases above all) is made once and shared; a call adds which of
the rules can fire in it at all.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from cueline.guidance.picture import CallFacts
from cueline.guidance.rules import schema as rules
from cueline.guidance.rules.conditions import (
    Absence,
    AllOf,
    Asked,
    FactLeaf,
    Leaf,
    NoneOf,
    OneOf,
    ReasonLeaf,
    Sequential,
    TimeLeaf,
    fits,
)
from cueline.guidance.rules.phrases import PhraseBook, PhraseError
from cueline.guidance.rules.readable import negated, span
from cueline.kernel.errors import InputError

REASON: Final = 0
"""The leaf that stands for any change of the call's reason."""

_KEPT: Final = 16
"""Rule sets whose compiled form is kept: those that calls are guided by now."""


class MomentLeaf(msgspec.Struct, frozen=True):
    """Which moments of a name count for a leaf."""

    number: int
    speaker: rules.Side
    confidence: float = 0.0
    at_least_ms: int = 0


class ReadyRule(msgspec.Struct, frozen=True):
    """A rule, its condition, and the leaves on which it hangs. early: hypotheses may set it off."""

    rule: rules.Rule
    when: Asked
    leaves: frozenset[int]
    early: bool


class ReadySet:
    """A rule set, ready for any call. Everything in it is filled once, by ``_Builder``, and only read afterwards."""

    __slots__ = (
        "absences", "book", "inflected", "item_leaves", "mask_leaves", "moment_leaves", "on_leaf", "rules", "sides",
        "times", "watched",
    )  # fmt: skip

    def __init__(self, *, inflected: bool) -> None:
        self.inflected = inflected
        self.book: PhraseBook[int] = PhraseBook()
        self.sides: dict[int, rules.Side] = {}
        self.moment_leaves: dict[str, list[MomentLeaf]] = {}
        self.mask_leaves: dict[str, list[tuple[int, rules.Side]]] = {}
        self.item_leaves: dict[str, list[int]] = {}
        self.times: list[TimeLeaf] = []
        self.absences: dict[int, Absence] = {}
        self.watched: dict[int, list[int]] = {}
        self.rules: list[ReadyRule] = []
        self.on_leaf: dict[int, list[int]] = {}


class CompiledRules(msgspec.Struct, frozen=True):
    """The rules of one call. active: numbers of the rules that can fire in it."""

    ready: ReadySet
    facts: CallFacts
    active: frozenset[int]


def compile_rules(rule_set: rules.RuleSet, facts: CallFacts) -> CompiledRules:
    """The rules for a call that begins. Raises InputError when a phrase of an unchecked rule set cannot be read."""
    ready = _ready(rule_set)
    active = frozenset(
        n for n, each in enumerate(ready.rules) if each.rule.enabled and _possible(each.rule.when, facts)
    )
    return CompiledRules(ready, facts, active)


@lru_cache(maxsize=_KEPT)
def _ready(rule_set: rules.RuleSet) -> ReadySet:
    builder = _Builder(ReadySet(inflected=rule_set.language == "en"))
    for number, rule in enumerate(rule_set.rules):
        try:
            builder.add(number, rule)
        except PhraseError as error:
            raise InputError(f"rules[{number}]: a phrase cannot be read: {error}") from None
    return builder.ready


def _possible(one: rules.Condition, facts: CallFacts) -> bool:
    """Whether it can ever hold, by what does not change during a call: its profile and its attributes."""
    match one:
        case rules.Attribute():
            return fits(one, facts)
        case rules.Who(profiles=profiles):
            return not profiles or facts.profile in profiles
        case rules.All(of=parts):
            return all(_possible(part, facts) for part in parts)
        case rules.AnyOf(of=parts):
            return any(_possible(part, facts) for part in parts)
        case _:
            return True


_EARLY: Final = (rules.Said, rules.All, rules.AnyOf, rules.Attribute, rules.Who)
"""What a condition that a hypothesis may fulfil is made of: an answer to each costs next to nothing."""


class _Builder:
    def __init__(self, ready: ReadySet) -> None:
        self.ready: Final = ready
        self._last = REASON
        self._leaves: set[int] = set()

    def add(self, number: int, rule: rules.Rule) -> None:
        self._leaves = set()
        when = self._asked(rule.when)
        early = rule.early and all(isinstance(part, _EARLY) for part in _within(rule.when))
        self.ready.rules.append(ReadyRule(rule, when, frozenset(self._leaves), early))
        for leaf in self._leaves:
            self.ready.on_leaf.setdefault(leaf, []).append(number)

    def _leaf(self) -> int:
        self._last += 1
        self._leaves.add(self._last)
        return self._last

    def _asked(self, one: rules.Condition) -> Asked:  # noqa: PLR0911 - one for each kind
        match one:
            case rules.All(of=parts):
                return AllOf(tuple(self._asked(part) for part in parts))
            case rules.AnyOf(of=parts):
                return OneOf(tuple(self._asked(part) for part in parts))
            case rules.Not(what=what):
                return NoneOf(self._asked(what))
            case rules.Then(steps=steps, within_s=within_s):
                return Sequential(tuple(self._asked(step) for step in steps), within_s * 1_000)
            case rules.Missing():
                return self._absence(one)
            case rules.ReasonIs(reasons=reasons):
                self._leaves.add(REASON)
                return ReasonLeaf(frozenset(reasons))
            case rules.Attribute() | rules.Who():
                return FactLeaf(one)
            case rules.CallTime():
                leaf = TimeLeaf(self._leaf(), one)
                if one.after_s is not None:
                    self.ready.times.append(leaf)
                return leaf
            case _:
                return self._happening(one)

    def _happening(
        self, one: rules.Said | rules.Moment | rules.Voice | rules.Mood | rules.Masked | rules.Ticked
    ) -> Leaf:
        number = self._leaf()
        ready = self.ready
        match one:
            case rules.Said(phrases=phrases, speaker=speaker, exact=exact):
                ready.sides[number] = speaker
                for phrase in phrases:
                    ready.book.add(number, phrase, exact=exact, inflected=ready.inflected)
            case rules.Moment(moments=moments, speaker=speaker, confidence=confidence):
                for name in moments:
                    ready.moment_leaves.setdefault(name, []).append(MomentLeaf(number, speaker, confidence))
            case rules.Voice(facts=facts, speaker=speaker, at_least_s=at_least_s):
                for fact in facts:
                    leaf = MomentLeaf(number, speaker, at_least_ms=at_least_s * 1_000)
                    ready.moment_leaves.setdefault(f"voice:{fact}", []).append(leaf)
            case rules.Mood(turns=turns, speaker=speaker):
                ready.moment_leaves.setdefault(f"sentiment:{turns}", []).append(MomentLeaf(number, speaker))
            case rules.Masked(kinds=kinds, speaker=speaker):
                for kind in kinds:
                    ready.mask_leaves.setdefault(kind, []).append((number, speaker))
            case rules.Ticked(items=items):
                for item in items:
                    ready.item_leaves.setdefault(item, []).append(number)
        return Leaf(number)

    def _absence(self, one: rules.Missing) -> Absence:
        outer, self._leaves = self._leaves, set()
        after = None if isinstance(one.after, str) else self._asked(one.after)
        beginnings = self._leaves
        self._leaves = outer | beginnings
        what = self._asked(one.what)
        number = self._leaf()
        absence = Absence(
            number=number,
            what=what,
            within_ms=one.within_s * 1_000,
            earlier=one.earlier,
            by=f"{negated(one.what)} within {span(one.within_s)}",
            since=one.after if isinstance(one.after, str) else None,
            after=after,
        )
        self.ready.absences[number] = absence
        for leaf in beginnings:
            self.ready.watched.setdefault(leaf, []).append(number)
        return absence


def _within(one: rules.Condition) -> Iterator[rules.Condition]:
    yield one
    if isinstance(one, rules.All | rules.AnyOf):
        for part in one.of:
            yield from _within(part)
