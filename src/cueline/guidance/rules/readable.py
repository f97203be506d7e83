"""Rules as sentences for people. Pure.

A long list of phrases is cut short: the sentence says what a rule is about, its document says all of it.
"""

from collections.abc import Sequence
from typing import Final

from cueline.events.guidance import MomentFound
from cueline.guidance.rules import schema as rules

_SHOWN: Final = 3

_SIDES: Final = {"agent": "the agent", "customer": "the customer", "either": "either side"}
_FACTS: Final = {
    "dead_air": "there is dead air", "overtalk": "both talk at once", "interruption": "{side} interrupts",
    "long_monologue": "{side} talks for long", "fast_speech": "{side} talks fast", "hold_long": "a hold is long",
    "loud": "{side} is loud",
}  # fmt: skip


def sentence(rule: rules.Rule) -> str:
    """A whole rule as one sentence.

    >>> when = rules.Missing(what=rules.Ticked(items=("verification",)), within_s=60,
    ...                      after=rules.Said(phrases=("lost my card",), speaker="customer"))
    >>> sentence(rules.Rule("a", "A", when, (rules.Warn("Verify"),)))
    'When the customer says "lost my card" and verification is not done within 1:00, then warn the agent: "Verify".'
    """
    when, then = condition(rule.when), _listed([action(each) for each in rule.then], "and", _SHOWN + 2)
    often = "" if rule.times == 1 else f" At most {rule.times} times in a call, {span(rule.cooldown_s)} apart."
    return f"When {when}, then {then}.{often}{'' if rule.enabled else ' It is switched off.'}"


def condition(one: rules.Condition) -> str:
    """A condition as a clause that follows "when"."""
    match one:
        case rules.All(of=parts):
            return _joined(parts, "and")
        case rules.AnyOf(of=parts):
            return _joined(parts, "or")
        case rules.Not(what=what):
            return negated(what)
        case rules.Then(steps=steps, within_s=within_s):
            return f" and then, within {span(within_s)}, ".join(_grouped(step) for step in steps)
        case rules.Missing():
            return _missing(one)
        case _:
            return _plain(one)


def negated(one: rules.Condition) -> str:  # noqa: PLR0911 - one for each kind
    """The same, as something that is not so."""
    match one:
        case rules.Said(phrases=phrases, speaker=speaker):
            who = "nobody says" if speaker == "either" else f"{_SIDES[speaker]} does not say"
            return f"{who} {_phrases(phrases)}"
        case rules.Ticked(items=items):
            return f"{_listed([_words(item) for item in items], 'or')} is not done"
        case rules.Moment(moments=moments):
            return f"no {_listed([_moment(each) for each in moments], 'or')} is found"
        case rules.ReasonIs(reasons=reasons):
            return f"the call is not about {_reasons(reasons)}"
        case rules.Masked(kinds=kinds, speaker=speaker):
            who = "nobody gives" if speaker == "either" else f"{_SIDES[speaker]} does not give"
            return f"{who} {_kinds(kinds)}"
        case rules.Not(what=what):
            return condition(what)
        case _:
            return f"it is not so that {condition(one)}"


def moment_cause(moment: MomentFound) -> str:
    """What a moment says of the call, for people who do not know its family: cues give it as their cause."""
    who = moment.speaker or "call"
    match moment.family:
        case "reason":
            return f"the call is about {_words(moment.label)}"
        case "sentiment":
            return f"the {who} sounds {_words(moment.label)}"
        case "voice":
            return _words(moment.label)
        case _:
            return f"what the {who} said" if moment.speaker else "what was said"


def action(one: rules.Action) -> str:  # noqa: PLR0911 - one for each kind
    """An action as an order."""
    match one:
        case rules.Hint(text=text):
            return f'hint to the agent: "{text}"'
        case rules.Warn(text=text):
            return f'warn the agent: "{text}"'
        case rules.Praise(text=text):
            return f'praise the agent: "{text}"'
        case rules.Tick(item=item):
            return f"tick {_words(item)}"
        case rules.LookUp(query=query):
            return "look up what was said" if query is None else f'look up "{query}"'
        case rules.Alert(text=text):
            return f'alert the supervisors: "{text}"'
        case rules.Tag(label=label):
            return f"tag the call {_words(label)}"
        case rules.Dispose(disposition=disposition):
            return f"suggest the disposition {_words(disposition)}"


def _missing(one: rules.Missing) -> str:
    within = f"within {span(one.within_s)}"
    if one.after == "agent":
        return f"{negated(one.what)} {within} of the agent's start"
    if one.after == "call":
        return f"{negated(one.what)} {within} of the call's start"
    before = " (nor before)" if one.earlier else ""
    return f"{_grouped(one.after)} and {negated(one.what)} {within}{before}"


def _plain(one: rules.Condition) -> str:  # noqa: PLR0911 - one for each kind
    match one:
        case rules.Said(phrases=phrases, speaker=speaker):
            return f"{_SIDES[speaker]} says {_phrases(phrases)}"
        case rules.Moment(moments=moments, speaker=speaker):
            side = "" if speaker == "either" else f" of {_SIDES[speaker]}"
            return f"{_listed([_moment(each) for each in moments], 'or')}{side} is found"
        case rules.ReasonIs(reasons=reasons):
            return f"the call is about {_reasons(reasons)}"
        case rules.Voice(facts=facts, speaker=speaker, at_least_s=at_least_s):
            lasting = f" for {span(at_least_s)} or longer" if at_least_s else ""
            return _listed([_FACTS[fact].format(side=_SIDES[speaker]) for fact in facts], "or") + lasting
        case rules.Mood(turns=turns, speaker=speaker):
            return f"{_SIDES[speaker]} turns {turns}"
        case rules.Masked(kinds=kinds, speaker=speaker):
            return f"{_SIDES[speaker]} gives {_kinds(kinds)}"
        case rules.Ticked(items=items):
            return f"{_listed([_words(item) for item in items], 'or')} is done"
        case rules.Attribute(name=name, values=values):
            return f"the call's {name} is {_listed(values, 'or')}" if values else f"the call has a {name}"
        case rules.Who():
            return _who(one)
        case rules.CallTime():
            return _time(one)
        case _:
            return condition(one)


def _who(one: rules.Who) -> str:
    named = (("the agent", one.agents), ("the team", one.teams), ("the profile", one.profiles))
    return " and ".join(f"{what} is {_listed(values, 'or')}" for what, values in named if values) or "anybody calls"


def _time(one: rules.CallTime) -> str:
    since = "the call" if one.since == "call" else "the agent's part"
    parts = [f"has lasted {span(one.after_s)}"] if one.after_s is not None else []
    parts += [f"is younger than {span(one.before_s)}"] if one.before_s is not None else []
    return f"{since} {' and '.join(parts)}"


def _joined(parts: Sequence[rules.Condition], word: str) -> str:
    return f" {word} ".join(_grouped(part) for part in parts)


def _grouped(one: rules.Condition) -> str:
    """In brackets where it is made of several that could be read otherwise."""
    several = isinstance(one, rules.Then) or (isinstance(one, rules.All | rules.AnyOf) and len(one.of) > 1)
    return f"({condition(one)})" if several else condition(one)


def _phrases(phrases: Sequence[str]) -> str:
    return _listed([f'"{phrase}"' for phrase in phrases], "or")


def _reasons(reasons: Sequence[str]) -> str:
    return _listed(["anything known" if reason == "*" else _words(reason) for reason in reasons], "or")


def _kinds(kinds: Sequence[str]) -> str:
    return _listed([f"[{kind}]" for kind in kinds], "or")


def _moment(name: str) -> str:
    family, _, label = name.partition(":")
    return f"{family} {_words(label)}"


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _listed(items: Sequence[str], word: str, shown: int = _SHOWN) -> str:
    if len(items) > shown:
        return f"{', '.join(items[:shown])} {word} {len(items) - shown} more"
    return f" {word} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def span(seconds: int) -> str:
    """Seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"
