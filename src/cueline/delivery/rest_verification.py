"""REST bodies of verification, of redaction by hand, and of reports of wrong masks. Pure."""

from typing import Annotated, Literal

import msgspec

from cueline.delivery.rest import Rest
from cueline.delivery.rest_guidance import UTTERANCE_CHARACTERS_MAX, Name
from cueline.events.recording import VerificationState
from cueline.events.redacted import EntityType
from cueline.events.verification import (
    AudioState,
    Compared,
    MaskReport,
    MaskVerdict,
    Place,
    StoredMaskReport,
    Verification,
)
from cueline.kernel.ids import Channel, UtteranceId

REDACTED_MS_MAX = 10 * 60_000
"""Longest range that is redacted at once."""

NOTE_MAX = 500
_Ms = Annotated[int, msgspec.Meta(ge=0, le=10 * 86_400_000)]
_Offset = Annotated[int, msgspec.Meta(ge=0, le=UTTERANCE_CHARACTERS_MAX)]


class FoundPlace(Rest, frozen=True):
    """Something that may be a secret: where it stands. ``ref``: utterance id, field of the notes, or id of the cue."""

    place: Place
    ref: str
    start: int
    end: int
    type: EntityType
    rule: str


class CallVerification(Rest, frozen=True):
    """What the checks after the call came to.

    ``compared``: what the call's own process found when it compared what it had masked with what is stored;
    ``comparedTurns`` of ``turns`` were covered. ``open``: what a person must look at. ``reasons``: codes of why the
    call is quarantined. ``rules``: version of the rules that read it last.
    """

    state: VerificationState
    compared: Compared
    turns: int
    compared_turns: int
    findings: dict[str, int]
    rounds: int
    open: list[FoundPlace]
    audio: AudioState
    audio_faults: list[str]
    reasons: list[str]
    rules: str | None
    released_by: str | None
    changed_at_ms: int


class QuarantinedCall(Rest, frozen=True):
    """A call that waits for a person."""

    call_id: str
    reasons: list[str]
    findings: int
    changed_at_ms: int


class QuarantinedCalls(Rest, frozen=True):
    """The newest first."""

    calls: list[QuarantinedCall]


class ByReviewer(Rest, frozen=True, forbid_unknown_fields=True):
    """Who decides."""

    by: Name = "supervisor"


class RedactRange(Rest, frozen=True, forbid_unknown_fields=True):
    """Masks all that was said in a stretch of the call, and beeps it. ``channel``: null is both sides."""

    start_ms: _Ms
    end_ms: _Ms
    channel: Channel | None = None
    type: EntityType = "NUMBER"
    by: Name = "supervisor"


class RangeRedacted(Rest, frozen=True):
    """``utterances``: how many were changed. ``beeped``: whether audio was; false where all was beeped already, or
    nothing is recorded, or not yet: then it follows."""

    utterances: int
    beeped: bool


class ReportMask(Rest, frozen=True, forbid_unknown_fields=True):
    """Says that a mask is wrong. ``start`` and ``end``: of the mask in the utterance's text.

    ``note`` must repeat nothing that is secret: it is kept, and read by those who review.
    """

    utterance_id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    start: _Offset
    end: _Offset
    problem: Literal["harmless", "wrong_type", "incomplete"]
    should_be: EntityType | None = None
    note: Annotated[str, msgspec.Meta(max_length=NOTE_MAX, pattern=r"^[^\x00]*$(?!\n)")] = ""
    by: Name = "agent"


class ReportedMask(Rest, frozen=True):
    """A report as it is kept. ``verdict`` is null while it waits for a review."""

    number: int
    call_id: str
    utterance_id: str
    start: int
    end: int
    type: str
    problem: str
    should_be: str | None
    note: str
    reported_by: str
    reported_at_ms: int
    reviewed_by: str | None
    verdict: MaskVerdict | None


class ReportedMasks(Rest, frozen=True):
    """The newest first."""

    reports: list[ReportedMask]


class ReviewMask(Rest, frozen=True, forbid_unknown_fields=True):
    """Judges a report: what is accepted can be exported for the evaluation sets."""

    verdict: MaskVerdict
    by: Name = "supervisor"


class MaskCase(Rest, frozen=True):
    """An accepted report as material for an evaluation set: redacted text alone, with the turns before it."""

    call: str
    before: list[str]
    text: str
    start: int
    end: int
    type: str
    problem: str
    should_be: str | None
    note: str


class MaskCases(Rest, frozen=True):
    """Accepted reports, the newest first."""

    cases: list[MaskCase]


def verification_shown(known: Verification) -> CallVerification:
    """As a page is sent it."""
    results = known.results
    return CallVerification(
        state=known.state, compared=known.compared, turns=results.turns, compared_turns=results.compared_turns,
        findings=results.counts, rounds=results.rounds,
        open=[FoundPlace(each.place, each.ref, each.start, each.end, each.type, each.rule) for each in results.open],
        audio=results.audio, audio_faults=list(results.audio_faults), reasons=list(results.reasons), rules=known.rules,
        released_by=results.released_by, changed_at_ms=known.changed_at_ms,
    )  # fmt: skip


def quarantined_shown(found: list[Verification]) -> QuarantinedCalls:
    """As a page is sent them."""
    return QuarantinedCalls([
        QuarantinedCall(each.call_id, list(each.results.reasons), len(each.results.open), each.changed_at_ms)
        for each in found
    ])  # fmt: skip


def report_of(said: ReportMask, kind: str) -> MaskReport:
    """What was reported, of a mask of that kind."""
    return MaskReport(
        UtteranceId(said.utterance_id), said.start, said.end, kind, said.problem, said.should_be, said.note
    )


def report_shown(stored: StoredMaskReport) -> ReportedMask:
    """As a page is sent it."""
    report = stored.report
    return ReportedMask(
        stored.number, stored.call_id, report.utterance_id, report.start, report.end, report.type, report.problem,
        report.should_be, report.note, stored.reported_by, stored.reported_at_ms, stored.reviewed_by, stored.verdict,
    )  # fmt: skip
