"""Rule sets as they are written, in YAML and in JSON alike. Pure.

A rule says when (one condition, made of others where needed) and then (what to do). Conditions and actions name
themselves in ``kind``. What a single struct cannot check by itself (ids that stand twice, a rule that nothing can set
off) is checked by ``checking.problems_of``.
"""

from typing import Annotated, Final, Literal

import msgspec

from cueline.events.redacted import EntityType
from cueline.guidance.checklist import CHECKLISTS_MAX, Checklist, ItemName, MomentName, Phrase, Reason

RULES_MAX: Final = 2_000
PHRASES_MAX: Final = 200
"""Phrases of one condition."""

SECONDS_MAX: Final = 7_200

Seconds = Annotated[int, msgspec.Meta(ge=1, le=SECONDS_MAX)]
Side = Literal["agent", "customer", "either"]
Start = Literal["call", "agent"]
"""The beginning of the call, or the moment in which the agent was connected."""

Phrases = Annotated[tuple[Phrase, ...], msgspec.Meta(min_length=1, max_length=PHRASES_MAX)]
Moments = Annotated[tuple[MomentName, ...], msgspec.Meta(min_length=1, max_length=50)]
Label = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,64}$(?!\n)")]
Value = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Values = Annotated[tuple[Value, ...], msgspec.Meta(max_length=200)]
CueText = Annotated[str, msgspec.Meta(min_length=1, max_length=160)]

VoiceFact = Literal[
    "dead_air", "overtalk", "interruption", "long_monologue", "fast_speech", "hold_long", "loud",
]  # fmt: skip


class Part(
    msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, tag_field="kind", omit_defaults=True
):
    """Root of conditions and actions."""


class Said(Part, frozen=True, tag="said"):
    """One of the phrases was said.

    A phrase matches whole words, whatever their case. ``{my|the}`` in it stands for either word, ``*`` for up to
    three words. Unless ``exact``, a phrase is also found with other endings of its words ("cancelling" for
    "cancel"), with fillers or one small word more in it, and with one small word less.
    """

    phrases: Phrases
    speaker: Side = "either"
    exact: bool = False


class Moment(Part, frozen=True, tag="moment"):
    """One of these was found, each as ``family:label``. confidence: at least this; 0 takes what the reader took."""

    moments: Moments
    speaker: Side = "either"
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0


class ReasonIs(Part, frozen=True, tag="reason"):
    """The call is about one of these now."""

    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(min_length=1, max_length=50)]


class Voice(Part, frozen=True, tag="voice"):
    """One of these was measured, and lasted at least so long."""

    facts: Annotated[tuple[VoiceFact, ...], msgspec.Meta(min_length=1, max_length=10)]
    speaker: Side = "either"
    at_least_s: Annotated[int, msgspec.Meta(ge=0, le=SECONDS_MAX)] = 0


class Mood(Part, frozen=True, tag="sentiment"):
    """A side's mood turned to this, or showed it strongly."""

    turns: Literal["negative", "neutral", "positive"]
    speaker: Side = "customer"


class Masked(Part, frozen=True, tag="masked"):
    """Something of these kinds was said, and masked."""

    kinds: Annotated[tuple[EntityType, ...], msgspec.Meta(min_length=1, max_length=25)]
    speaker: Side = "customer"


class Ticked(Part, frozen=True, tag="ticked"):
    """One of these items of the checklist is done."""

    items: Annotated[tuple[ItemName, ...], msgspec.Meta(min_length=1, max_length=20)]


class Attribute(Part, frozen=True, tag="attribute"):
    """A contact attribute of the call is one of these values; with none given, it is there and not empty."""

    name: Value
    values: Values = ()


class Who(Part, frozen=True, tag="who"):
    """The call is one of these agents', of these teams' and of these profiles; what is left out may be any."""

    agents: Values = ()
    teams: Values = ()
    profiles: Values = ()


class CallTime(Part, frozen=True, tag="time"):
    """The call is this old: from ``after_s`` and until ``before_s``, since its start or since its agent's."""

    after_s: Seconds | None = None
    before_s: Seconds | None = None
    since: Start = "call"


class All(Part, frozen=True, tag="all"):
    """All of them hold, in whatever order they came."""

    of: Annotated[tuple["Condition", ...], msgspec.Meta(min_length=1, max_length=20)]


class AnyOf(Part, frozen=True, tag="any"):
    """At least one of them holds."""

    of: Annotated[tuple["Condition", ...], msgspec.Meta(min_length=1, max_length=20)]


class Not(Part, frozen=True, tag="not"):
    """It does not hold, or has not happened up to now."""

    what: "Condition"


class Then(Part, frozen=True, tag="then"):
    """These came one after the other, each at most ``within_s`` after the one before."""

    steps: Annotated[tuple["Condition", ...], msgspec.Meta(min_length=2, max_length=5)]
    within_s: Seconds


class Missing(Part, frozen=True, tag="missing"):
    """It has not happened ``within_s`` after something. It is this that happens then, once for each beginning.

    after: the call's or the agent's start, or another condition. earlier: what happened before ``after`` counts too.
    """

    what: "Condition"
    within_s: Seconds
    after: "Start | Condition" = "agent"
    earlier: bool = False


Condition = (
    Said
    | Moment
    | ReasonIs
    | Voice
    | Mood
    | Masked
    | Ticked
    | Attribute
    | Who
    | CallTime
    | All
    | AnyOf
    | Not
    | Then
    | Missing
)


class Hint(Part, frozen=True, tag="hint"):
    """Something that helps the agent now."""

    text: CueText


class Warn(Part, frozen=True, tag="warning"):
    """Something that the agent has to do or to stop now."""

    text: CueText


class Praise(Part, frozen=True, tag="praise"):
    """Something that the agent did well."""

    text: CueText


class Tick(Part, frozen=True, tag="tick"):
    """An item of the checklist is done."""

    item: ItemName


class LookUp(Part, frozen=True, tag="lookup"):
    """Looks in the knowledge base; with no query, for what was said just now."""

    query: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None


class Alert(Part, frozen=True, tag="alert"):
    """Tells the supervisors."""

    text: CueText


class Tag(Part, frozen=True, tag="tag"):
    """Puts a label on the call."""

    label: Label


class Dispose(Part, frozen=True, tag="disposition"):
    """Suggests what the call came to."""

    disposition: Label


Action = Hint | Warn | Praise | Tick | LookUp | Alert | Tag | Dispose


class Rule(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """When this, then that. The defaults are calm ones: once per call, gone after half a minute.

    priority: 0 to 100, the highest is shown first. expires_s: how long a cue is of use. cooldown_s: how long it rests
    once it fired; times: how often it may fire in a call. early: may fire on a hypothesis, before the sentence is
    over, where it needs nothing but phrases.
    """

    rule_id: ItemName
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    when: Condition
    then: Annotated[tuple[Action, ...], msgspec.Meta(min_length=1, max_length=5)]
    priority: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    expires_s: Annotated[int, msgspec.Meta(ge=5, le=600)] = 30
    cooldown_s: Annotated[int, msgspec.Meta(ge=0, le=SECONDS_MAX)] = 60
    times: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    early: bool = True
    enabled: bool = True


class Disposition(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """What a call can come to. reasons: of the calls that it fits; none: of all."""

    disposition: Label
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(max_length=50)] = ()


class RuleSet(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """Rules, checklists and dispositions under one name. language: of its phrases, and so of their endings."""

    name: ItemName
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}$(?!\n)")] = "en"
    rules: Annotated[tuple[Rule, ...], msgspec.Meta(max_length=RULES_MAX)] = ()
    checklists: Annotated[tuple[Checklist, ...], msgspec.Meta(max_length=CHECKLISTS_MAX)] = ()
    dispositions: Annotated[tuple[Disposition, ...], msgspec.Meta(max_length=100)] = ()


CONDITION_KINDS: Final = tuple(str(kind.__struct_config__.tag) for kind in Condition.__args__)
ACTION_KINDS: Final = tuple(str(kind.__struct_config__.tag) for kind in Action.__args__)
