"""What a shadow run found: a draft of rules over calls that are over, beside what is published. It holds no texts."""

from typing import Literal

import msgspec

from cueline.kernel.ids import CallId, UtteranceId

Side = Literal["draft", "published", "both"]


class ShadowSpread(msgspec.Struct, frozen=True, rename="camel"):
    """Milliseconds of media time over so many firings."""

    p50_ms: int
    p95_ms: int
    count: int


class ShadowFeedback(msgspec.Struct, frozen=True, rename="camel"):
    """What agents made of cues that were shown for the same rule at the same utterance.

    precision: share of those found useful (used, or called helpful); None where nobody said anything.
    """

    useful: int
    not_useful: int
    precision: float | None


class ShadowCount(msgspec.Struct, frozen=True, rename="camel"):
    """How often something fired, and in how many calls."""

    firings: int
    calls: int


class ShadowExample(msgspec.Struct, frozen=True, rename="camel"):
    """A firing: where to look. start, end: half-open offsets in the utterance's text, both 0 for all of it."""

    call_id: CallId
    at_ms: int
    side: Side
    utterance_id: UtteranceId | None = None
    start: int = 0
    end: int = 0


class ShadowRule(msgspec.Struct, frozen=True, rename="camel"):
    """One rule, or one checklist's praise, in both sets.

    both: firings of the two sets for the same utterance. from_start, from_end: from the beginning and the end of the
    utterance that caused it to the cue, of the draft's firings (the published set's where the draft has none).
    """

    rule_id: str
    title: str
    draft: ShadowCount
    published: ShadowCount
    both: int
    only_draft: int
    only_published: int
    from_start: ShadowSpread | None
    from_end: ShadowSpread | None
    feedback: ShadowFeedback
    examples: list[ShadowExample]


class ShadowSet(msgspec.Struct, frozen=True, rename="camel"):
    """One of the two sets over all calls.

    cues: what agents would have been shown, without passages of the knowledge base: look_ups says how often one would
    have been looked for. alerts: for supervisors. ticked, missed: items of checklists.
    """

    name: str
    version: int | None
    rules: int
    cues: int
    cues_per_minute: float
    calls_with_cues: int
    alerts: int
    look_ups: int
    labels: int
    dispositions: int
    ticked: int
    missed: int
    feedback: ShadowFeedback


class ShadowReport(msgspec.Struct, frozen=True, rename="camel"):
    """A shadow run. minutes: of the calls in all. cut_calls: too long, read only in part. stopped_early: out of time.

    published: None where nothing of that name is published. rules_left_out: that fired, over the bound of the report.
    """

    calls: int
    minutes: float
    utterances: int
    cut_calls: int
    stopped_early: bool
    draft: ShadowSet
    published: ShadowSet | None
    rules: list[ShadowRule]
    rules_left_out: int
