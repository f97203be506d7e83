"""Shapes of the REST interface to rule sets. Pure.

A document is what guidance's schema of rule sets says, in JSON; here it is passed on as it came.
"""

from typing import Annotated, Any, Final

import msgspec

from cueline.delivery.rest import Rest
from cueline.events.redacted import Mask
from cueline.kernel.ids import Channel

RULES_NAME_PATTERN: Final = r"^[a-z0-9][a-z0-9_-]{0,63}$(?!\n)"

TURNS_MAX: Final = 40
TURN_TEXT_MAX: Final = 500
SILENCE_MAX_S: Final = 3_600

Document = dict[str, Any]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 2)]
Note = Annotated[str, msgspec.Meta(max_length=500)]


class RuleSentence(Rest, frozen=True):
    """A rule for people. number: its place in the document's ``rules``."""

    number: int
    rule_id: str
    title: str
    sentence: str
    enabled: bool


class RuleProblem(Rest, frozen=True):
    """What is wrong with a document: where (empty for all of it), and what to do."""

    place: str
    message: str


class RuleSetHead(Rest, frozen=True):
    """A rule set in force, or one of its versions. Version 0 comes with Cueline: nobody changed it, both null.

    draft: there are changes that are not published. A rule set that is only a draft has version 0 and no rules.
    """

    name: str
    title: str
    version: int
    note: str
    changed_by: str | None
    changed_at_ms: int | None
    rules: int
    checklists: int
    dispositions: int
    draft: bool


class RuleSetList(Rest, frozen=True):
    """Rule sets in force, by name."""

    sets: list[RuleSetHead]


class RuleSetVersions(Rest, frozen=True):
    """Published versions of a rule set, newest first, and then that which comes with Cueline, where there is one."""

    versions: list[RuleSetHead]


class RuleSetVersion(Rest, frozen=True):
    """One version with its document, and its rules as sentences."""

    name: str
    version: int
    note: str
    changed_by: str | None
    changed_at_ms: int | None
    document: Document
    sentences: list[RuleSentence]


class RuleSetDraft(Rest, frozen=True):
    """What may become the next version. saved: false where nobody has begun one; it is what is in force then.

    based_on: version that it changes. problems: what has to be mended before it can be published.
    """

    name: str
    based_on: int
    saved: bool
    changed_by: str | None
    changed_at_ms: int | None
    document: Document
    sentences: list[RuleSentence]
    problems: list[RuleProblem]


class SaveDraft(Rest, frozen=True, forbid_unknown_fields=True):
    """A draft, finished or not. ``basedOn``: the version in force that it changes; another one by now is a conflict."""

    document: Document
    based_on: Version


class PublishRules(Rest, frozen=True, forbid_unknown_fields=True):
    """Makes the draft the version in force. ``basedOn``: the version that is in force as far as the publisher knows."""

    based_on: Version
    note: Note = ""


class RollBackRules(Rest, frozen=True, forbid_unknown_fields=True):
    """Publishes an earlier version anew, as the next one."""

    version: Version
    note: Note = ""


class CheckRules(Rest, frozen=True, forbid_unknown_fields=True):
    """A document to be looked at; nothing of it is kept."""

    document: Document


class RuleCheck(Rest, frozen=True):
    """What is wrong with a document, and those of its rules that can be read, as sentences."""

    problems: list[RuleProblem]
    sentences: list[RuleSentence]


class RuleVocabulary(Rest, frozen=True):
    """What conditions may name: reasons, moments as ``family:label``, voice facts, kinds of masks."""

    reasons: list[str]
    moments: list[str]
    facts: list[str]
    kinds: list[str]


class RuleTurn(Rest, frozen=True, forbid_unknown_fields=True):
    """A typed turn on which rules are tried."""

    role: Channel
    text: Annotated[str, msgspec.Meta(max_length=TURN_TEXT_MAX)]


class TryRules(Rest, frozen=True, forbid_unknown_fields=True):
    """A document, and what it is tried on: typed turns with so many seconds of silence after them, or a stored call.

    ruleId: where the document has faults elsewhere, this rule is tried alone. Nothing of it is kept.
    """

    document: Document
    rule_id: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    turns: Annotated[tuple[RuleTurn, ...], msgspec.Meta(max_length=TURNS_MAX)] = ()
    silence_s: Annotated[int, msgspec.Meta(ge=0, le=SILENCE_MAX_S)] = 0
    call_id: Annotated[str, msgspec.Meta(min_length=1, max_length=128)] | None = None


class HeardTurn(Rest, frozen=True):
    """A turn as the rules heard it: masked as a call's would be. Of a stored call only those that mattered."""

    utterance_id: str
    role: Channel
    at_ms: int
    text: str
    masks: list[Mask]


class HeardWords(Rest, frozen=True):
    """Half-open offsets in the text of a turn."""

    utterance_id: str
    start: int
    end: int


class RuleFiring(Rest, frozen=True):
    """A rule did one of its things at ``atMs`` (media time). kind: of the action; text: what it shows, ticks or tags.

    outranked: a weightier cue for the same words is shown instead.
    """

    rule_id: str
    title: str
    kind: str
    text: str
    at_ms: int
    why: str
    outranked: bool
    words: list[HeardWords]


class FoundMoment(Rest, frozen=True):
    """A moment that was found, as ``family:label``, which rules may wait for."""

    moment: str
    speaker: Channel | None
    at_ms: int
    utterance_id: str | None


class TriedRules(Rest, frozen=True):
    """What a conversation led to, in its order. alone: only the one rule was tried. cut: there was more."""

    turns: list[HeardTurn]
    firings: list[RuleFiring]
    moments: list[FoundMoment]
    ticked: list[str]
    alone: bool
    cut: bool
