"""A rule set's document, read and checked: every fault with its place and what to do about it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, get_args

import msgspec

from cueline.events.redacted import EntityType
from cueline.guidance.checklist import CHECKLISTS_MAX, Checklist
from cueline.guidance.rules import schema as rules
from cueline.guidance.rules.phrases import PhraseBook, PhraseError
from cueline.kernel.errors import InputError

PROBLEMS_MAX: Final = 100
"""As many are told; whoever mends these asks again."""

WORDINGS_MAX: Final = 100_000
"""Ways in which the phrases of a rule set may be said, small words left out among them; some four for a phrase."""

DISPOSITIONS_MAX: Final = 100
PARTS_MAX: Final = 60
"""Conditions that one rule is made of."""

DEPTH_MAX: Final = 8

_AT: Final = re.compile(r"^(?P<what>.*) - at `\$(?P<place>.*)`$", re.DOTALL)
_DEEPER: Final = re.compile(r"\.(?:of|steps|what|after)")
_LENGTH: Final = re.compile(r"^Expected `(?P<kind>array|str)` of length (?P<bound>[<>])= (?P<length>\d+)$")
_FIELD: Final = re.compile(r"`([A-Za-z_]{1,40})`")
_ALLOWED: Final[Mapping[str, Sequence[str]]] = {
    "speaker": get_args(rules.Side), "facts": get_args(rules.VoiceFact), "since": get_args(rules.Start),
    "after": get_args(rules.Start), "turns": ("negative", "neutral", "positive"), "kinds": get_args(EntityType),
    "masked": get_args(EntityType),
}  # fmt: skip

Listed = TypeVar("Listed", rules.Rule, Checklist, rules.Disposition)
Numbered = list[tuple[int, Listed]]


class Problem(msgspec.Struct, frozen=True, rename="camel"):
    """What is wrong where. place: as ``rules[3].when.of[1].phrases[0]``; empty where it is the whole document."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class RuleSetError(InputError):
    """A rule set is not valid; ``problems`` are the faults that were found, at most ``PROBLEMS_MAX``."""

    code = "rules_invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems[:PROBLEMS_MAX])
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")


def parse_rule_set(document: object) -> rules.RuleSet:
    """The rule set that a document says, as JSON or YAML was decoded. Raises RuleSetError with all that is wrong."""
    if not isinstance(document, dict):
        raise RuleSetError([Problem("", "a rule set is an object: give it name, title and rules")])
    problems: list[Problem] = []
    lists = ("rules", "checklists", "dispositions")
    head = _converted({name: part for name, part in document.items() if name not in lists}, rules.RuleSet, "", problems)
    written = _items(document, "rules", rules.Rule, rules.RULES_MAX, problems)
    checklists = _items(document, "checklists", Checklist, CHECKLISTS_MAX, problems)
    dispositions = _items(document, "dispositions", rules.Disposition, DISPOSITIONS_MAX, problems)
    problems += _twice(written, checklists, dispositions)
    items = {line.item_id for _, checklist in checklists for line in checklist.lines}
    outcomes = {each.disposition for _, each in dispositions}
    book: PhraseBook[str] = PhraseBook()
    inflected = head is None or head.language == "en"
    for number, rule in written:
        problems += _of_rule(rule, f"rules[{number}]", items, outcomes)
        problems += _of_phrases(rule, f"rules[{number}]", book, inflected=inflected)
        if len(problems) >= PROBLEMS_MAX:
            break
    if book.size > WORDINGS_MAX:
        problems.append(Problem("rules", f"their phrases stand for {book.size} wordings: at most {WORDINGS_MAX}"))
    if problems or head is None:
        raise RuleSetError(problems)
    return msgspec.structs.replace(
        head,
        rules=tuple(rule for _, rule in written),
        checklists=tuple(checklist for _, checklist in checklists),
        dispositions=tuple(each for _, each in dispositions),
    )


def problems_of(document: object) -> tuple[Problem, ...]:
    """What is wrong with a document; nothing when it is a valid rule set."""
    try:
        parse_rule_set(document)
    except RuleSetError as error:
        return error.problems
    return ()


def rules_of(document: Mapping[str, object]) -> Numbered[rules.Rule]:
    """The rules of a document that have the right form, with their numbers in it, whatever else is wrong."""
    return [
        (number, rule)
        for number, rule in _items(document, "rules", rules.Rule, rules.RULES_MAX, [])
        if all(len(_DEEPER.findall(place)) < DEPTH_MAX for place, _ in _parts(rule.when))
    ]


def triggers(one: rules.Condition) -> bool:
    """Whether it is something that happens at a moment, and so can set a rule off, rather than something that is so.

    A time without any bound is a fault of its own, and taken for one that has them.
    """
    match one:
        case rules.Attribute() | rules.Who() | rules.Not():
            return False
        case rules.CallTime(after_s=after_s, before_s=before_s):
            return after_s is not None or before_s is None
        case rules.All(of=parts):
            return any(triggers(part) for part in parts)
        case rules.AnyOf(of=parts):
            return all(triggers(part) for part in parts)
        case _:
            return True


def _items(
    document: Mapping[Any, object], name: str, kind: type[Listed], most: int, problems: list[Problem]
) -> Numbered[Listed]:
    """The valid ones of a list, with their numbers in it; faults of the others are added to ``problems``."""
    written = document.get(name, ())
    if not isinstance(written, list | tuple):
        problems.append(Problem(name, "it has to be a list"))
        return []
    if len(written) > most:
        problems.append(Problem(name, f"it has {len(written)} entries: at most {most}, split the rule set up"))
        return []
    found = []
    for number, each in enumerate(written):
        if len(problems) >= PROBLEMS_MAX:
            break
        one = _converted(each, kind, f"{name}[{number}]", problems)
        if one is not None:
            found.append((number, one))
    return found


T = TypeVar("T")


def _converted(written: object, kind: type[T], place: str, problems: list[Problem]) -> T | None:
    try:
        return msgspec.convert(written, kind)
    except msgspec.ValidationError as error:
        problems.append(_told(str(error), place))
    except RecursionError:
        problems.append(Problem(place, f"it is nested too deeply: at most {DEPTH_MAX} conditions in one another"))
    return None


def _told(message: str, place: str) -> Problem:
    """What msgspec says, with what to do, and without the value that it quotes."""
    found = _AT.match(message)
    what, at = (found["what"], found["place"]) if found else (message, "")
    full = f"{place}{at}".lstrip(".")
    field = re.sub(r"\[[^\]]*\]$", "", at).rpartition(".")[2]
    if what.startswith("Invalid value") and field == "kind":
        kinds = rules.ACTION_KINDS if re.search(r"\.then\[\d+\]\.kind$", at) else rules.CONDITION_KINDS
        what = f"there is no such kind; there are: {', '.join(kinds)}"
    elif what.startswith(("Invalid value", "Invalid enum value")):
        what = f"use one of: {', '.join(_ALLOWED[field])}" if field in _ALLOWED else "it is none of the allowed values"
    elif "missing required field" in what:
        what = f"add {_quoted(what)}"
    elif "unknown field" in what:
        what = f"take {_quoted(what)} out, or mind its spelling: there is no such field here"
    elif "matching regex" in what:
        what = _PATTERNS.get(field, "use small letters, digits, _ and -, beginning with a letter or digit")
    elif what == "Expected `str`, got `bool`":
        what = "put the text in quotes: as it stands it is read as yes or no"
    elif (length := _LENGTH.match(what)) is not None:
        what = _bounded(length["kind"], length["bound"], int(length["length"]))
    elif what.startswith("Expected `str`, got"):
        what = "it has to be a text: put it in quotes"
    return Problem(full, what[:1].lower() + what[1:])


_PATTERNS: Final[Mapping[str, str]] = {
    "moments": "write family:label, such as intent:wants_cancel; families are reason, intent, act, sentiment, voice",
    "reasons": "use small letters, digits and _, or * for any",
    "language": "use two small letters, such as en",
    "label": "use small letters, digits and _",
    "disposition": "use small letters, digits and _",
}


def _bounded(kind: str, bound: str, length: int) -> str:
    if bound == "<":
        return f"it is too long: at most {length} {'entries' if kind == 'array' else 'characters'}"
    if kind == "array":
        return "add at least one" if length == 1 else f"add more: at least {length}"
    return "it is empty: write something"


def _quoted(what: str) -> str:
    found = _FIELD.search(what)
    return f"`{found[1]}`" if found else "the field"


def _twice(
    written: Numbered[rules.Rule], checklists: Numbered[Checklist], dispositions: Numbered[rules.Disposition]
) -> Iterator[Problem]:
    ids = [(f"rules[{number}].ruleId", rule.rule_id) for number, rule in written]
    ids += [(f"checklists[{number}].checklistId", each.checklist_id) for number, each in checklists]
    ids += [(f"dispositions[{number}].disposition", each.disposition) for number, each in dispositions]
    seen: set[tuple[str, str]] = set()
    for place, name in ids:
        kind = (place.partition("[")[0], name)
        if kind in seen:
            yield Problem(place, "it stands twice: give one of them another name")
        seen.add(kind)


def _parts(one: rules.Condition, place: str = "when", depth: int = 1) -> Iterator[tuple[str, rules.Condition]]:
    """A condition and all in it, with their places. Goes no deeper than one level too many."""
    yield place, one
    if depth > DEPTH_MAX:
        return
    match one:
        case rules.All(of=parts) | rules.AnyOf(of=parts):
            inner = [(f"{place}.of[{number}]", part) for number, part in enumerate(parts)]
        case rules.Then(steps=steps):
            inner = [(f"{place}.steps[{number}]", step) for number, step in enumerate(steps)]
        case rules.Not(what=what):
            inner = [(f"{place}.what", what)]
        case rules.Missing(what=what, after=after):
            inner = [(f"{place}.what", what)]
            inner += [(f"{place}.after", after)] if not isinstance(after, str) else []
        case _:
            return
    for where, part in inner:
        yield from _parts(part, where, depth + 1)


def _of_rule(rule: rules.Rule, place: str, items: set[str], outcomes: set[str]) -> Iterator[Problem]:
    parts = list(_parts(rule.when))
    if any(len(_DEEPER.findall(where)) >= DEPTH_MAX for where, _ in parts):
        yield Problem(f"{place}.when", f"it is nested too deeply: at most {DEPTH_MAX} conditions in one another")
        return
    if len(parts) > PARTS_MAX:
        yield Problem(f"{place}.when", f"it is made of {len(parts)} conditions: at most {PARTS_MAX}, make two rules")
    if not triggers(rule.when):
        yield Problem(
            f"{place}.when",
            "nothing in it can set the rule off: add something that happens, such as said, moment, masked, missing, "
            "or time with afterS; in an any, each part needs it",
        )
    for where, one in parts:
        yield from _of_condition(one, f"{place}.{where}", items)
    for number, action in enumerate(rule.then):
        match action:
            case rules.Tick(item=item) if item not in items:
                yield Problem(f"{place}.then[{number}].item", "no checklist of this rule set has an item of that name")
            case rules.Dispose(disposition=outcome) if outcome not in outcomes:
                yield Problem(
                    f"{place}.then[{number}].disposition", "it is not among this rule set's dispositions: add it there"
                )


def _of_condition(one: rules.Condition, place: str, items: set[str]) -> Iterator[Problem]:
    match one:
        case rules.Ticked(items=named):
            for number, item in enumerate(named):
                if item not in items:
                    yield Problem(f"{place}.items[{number}]", "no checklist of this rule set has an item of that name")
        case rules.CallTime(after_s=None, before_s=None):
            yield Problem(place, "say afterS, beforeS or both")
        case rules.CallTime(after_s=int(after_s), before_s=int(before_s)) if before_s <= after_s:
            yield Problem(f"{place}.beforeS", "it has to be later than afterS")
        case rules.Who(agents=(), teams=(), profiles=()):
            yield Problem(place, "say agents, teams or profiles")
        case rules.Then(steps=steps):
            for number, step in enumerate(steps):
                if not triggers(step):
                    yield Problem(f"{place}.steps[{number}]", "a step has to be something that happens")
        case rules.Missing(after=after) if not isinstance(after, str) and not triggers(after):
            yield Problem(f"{place}.after", "it has to be something that happens, or the text call or agent")


def _of_phrases(rule: rules.Rule, place: str, book: PhraseBook[str], *, inflected: bool) -> Iterator[Problem]:
    """Faults of a rule's phrases, which are put into the book."""
    for where, one in _parts(rule.when):
        for number, phrase in enumerate(one.phrases if isinstance(one, rules.Said) else ()):
            try:
                book.add(
                    f"{place}.{where}", phrase, exact=isinstance(one, rules.Said) and one.exact, inflected=inflected
                )
            except PhraseError as error:
                yield Problem(f"{place}.{where}.phrases[{number}]", str(error))
