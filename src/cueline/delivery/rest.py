"""Shapes of the REST interface. Pure; the OpenAPI document and the TypeScript types are generated from these."""

from typing import Annotated, Literal

import msgspec

from cueline.events.catalogue import EndReason
from cueline.events.history import FoundCalls
from cueline.events.recording import VerificationState
from cueline.events.records import CallPhase, CallRecord, UtteranceTimes
from cueline.events.redacted import EntityType, Mask
from cueline.kernel.ids import AgentId, CallId, Channel, ContactId, Speaker, UtteranceId

# Python's ``$`` also matches before a last line end, which no id has.
_END = r"$(?!\n)"

PROFILE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}" + _END

ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
FragmentNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,128}" + _END)]
EpochMs = Annotated[int, msgspec.Meta(ge=0, le=32_503_680_000_000)]
ContactIdText = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}" + _END)]
ProfileName = Annotated[str, msgspec.Meta(pattern=PROFILE_PATTERN)]
Attributes = Annotated[dict[ShortText, Annotated[str, msgspec.Meta(max_length=4_096)]], msgspec.Meta(max_length=128)]


class Rest(msgspec.Struct, frozen=True, rename="camel"):
    """Root of all bodies."""


class StartCall(Rest, frozen=True, forbid_unknown_fields=True):
    """A call as the contact flow's Lambda reports it; times are epoch milliseconds.

    ``startFragmentNumber`` and ``startTimestampMs`` are those of ``MediaStreams.Customer.Audio`` in the flow's event.
    """

    contact_id: ContactIdText
    stream_arn: ShortText
    start_timestamp_ms: EpochMs
    start_fragment_number: FragmentNumber | None = None
    customer_endpoint: ShortText | None = None
    system_endpoint: ShortText | None = None
    attributes: Attributes = {}
    profile: ProfileName = "default"


class AgentRef(Rest, frozen=True):
    """The agent of a CONNECTED_TO_AGENT event."""

    arn: ShortText | None = None
    username: ShortText | None = None


ContactEventType = Literal["QUEUED", "CONNECTED_TO_AGENT", "HOLD", "RESUME", "TRANSFERRED", "DISCONNECTED"]


class ContactEvent(Rest, frozen=True):
    """A contact event. ``atMs`` is epoch milliseconds, or media time of the call when it is below 10^11."""

    type: ContactEventType
    at_ms: EpochMs
    agent: AgentRef | None = None
    next_contact_id: ContactIdText | None = None


class CallSummary(Rest, frozen=True):
    """A call for lists and headers; the customer's number is shown by its last two digits only.

    ``createdAtMs``: when Cueline heard of it; lists are in this order, and ``beforeMs`` means it.
    ``sentiment``: the customer's, lately, -1 to 1. ``alerts``: not yet acknowledged.
    ``verification``: what the checks after the call came to, null before they began. ``legalHold``: nothing of it may
    be deleted. ``textDeletedAtMs`` (epoch): when its words were.
    """

    call_id: CallId
    contact_id: ContactId
    phase: CallPhase
    sequence: int
    started_at_ms: int
    created_at_ms: int
    ended_at_ms: int | None
    duration_ms: int | None
    agent_id: AgentId | None
    customer_endpoint: str | None
    profile: str
    title: str | None
    recogniser: str | None
    recogniser_source: Literal["recognised", "script"] | None
    end_reason: EndReason | None
    utterances: int
    warnings: int
    masks: int
    reason: str | None
    disposition: str | None
    labels: list[str]
    sentiment: float | None
    alerts: int
    cues: int
    hand_raised: bool
    verification: VerificationState | None = None
    legal_hold: bool = False
    text_deleted_at_ms: int | None = None


class MatchedSpan(Rest, frozen=True):
    """Half-open offsets in code points of a text."""

    start: int
    end: int


class UtteranceMatch(Rest, frozen=True):
    """An utterance in which words of a search were found; ``startedMs`` is media time."""

    call_id: CallId
    utterance_id: UtteranceId
    speaker: Speaker
    started_ms: int
    text: str
    found: list[MatchedSpan]


class CallList(Rest, frozen=True):
    """Calls, newest first. ``matches``: where a search found its words, at most three utterances of each call."""

    calls: list[CallSummary]
    matches: list[UtteranceMatch] = []


class UtteranceTimings(Rest, frozen=True):
    """Measured stages of one utterance: milliseconds since its last fragment arrived. Not measured: not there."""

    utterance_id: UtteranceId
    stages: dict[str, float]


class TimingList(Rest, frozen=True):
    """Measured stages of a call's utterances."""

    timings: list[UtteranceTimings]


class LiveTokenRequest(Rest, frozen=True, forbid_unknown_fields=True):
    """What a WebSocket is wanted for: a call by its call id or contact id, or the floor; one of the two."""

    call_id: ShortText | None = None
    floor: bool = False


class LiveToken(Rest, frozen=True):
    """A token for ``/v1/live?token=``, good for one call, or for ``/v1/floor/live?token=``, as it was asked for.

    A socket must be opened within ``expiresInS``.
    """

    token: str
    expires_in_s: int


class RecogniserFacts(Rest, frozen=True):
    """What listens to the calls."""

    name: str
    label: str
    source: Literal["recognised", "script"]


class SystemFacts(Rest, frozen=True):
    """What the page needs to know of the installation."""

    version: str
    demo: bool
    recogniser: RecogniserFacts | None


TRIAL_TURNS_MAX = 20
TRIAL_TEXT_MAX = 2_000
"""Characters that one trial may have in all its turns."""


class PolicyFields(Rest, frozen=True, forbid_unknown_fields=True):
    """What a tenant may choose about redaction, for calls of one profile. A field that is left out has its default.

    ``off``: types that stay readable; card data, codes, passwords and unexplained numbers cannot be among them.
    ``minimumDigits``: spoken digits from which an unexplained number is masked. ``names``: whether names are masked.
    ``benignWords``: words of one's own that announce a number anybody may read ("basket", "voucher").
    ``languages``: spoken in the calls, the usual one first. ``maskStyle``: ``last_four`` keeps the last four digits of
    a whole card number.
    """

    off: Annotated[list[EntityType], msgspec.Meta(max_length=32)] = []
    minimum_digits: Annotated[int, msgspec.Meta(ge=2, le=8)] = 3
    names: bool = True
    benign_words: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=2, max_length=40)]], msgspec.Meta(max_length=50)
    ] = []
    languages: Annotated[list[Literal["en", "es", "de"]], msgspec.Meta(min_length=1, max_length=3)] = msgspec.field(
        default_factory=lambda: ["en"]
    )
    mask_style: Literal["type", "last_four"] = "type"


class PolicyVersion(Rest, frozen=True):
    """One version of a profile's policy. Version 0 is the built-in one, which nobody changed: both null."""

    profile: str
    version: int
    policy: PolicyFields
    note: str
    changed_by: str | None
    changed_at_ms: int | None


class PolicyList(Rest, frozen=True):
    """The policy in force of each profile that has one of its own, and of ``default``, which comes first."""

    policies: list[PolicyVersion]


class PolicyVersions(Rest, frozen=True):
    """A profile's own versions, newest first."""

    versions: list[PolicyVersion]


class PolicyInForce(Rest, frozen=True):
    """The policy for calls of this profile that begin now. ``inherited``: it is that of ``default``."""

    profile: str
    version: int
    inherited: bool
    policy: PolicyFields
    note: str
    changed_by: str | None
    changed_at_ms: int | None


class PublishPolicy(Rest, frozen=True, forbid_unknown_fields=True):
    """A new version. ``basedOn``: the version in force that was changed; another one by now is a conflict."""

    policy: PolicyFields
    based_on: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 2)]
    note: Annotated[str, msgspec.Meta(max_length=500)] = ""


class TrialTurn(Rest, frozen=True, forbid_unknown_fields=True):
    """One typed turn of a trial."""

    role: Channel
    text: Annotated[str, msgspec.Meta(max_length=TRIAL_TEXT_MAX)]


class PolicyTrial(Rest, frozen=True, forbid_unknown_fields=True):
    """Typed turns and the policy to mask them by; nothing of it is kept. At most 2,000 characters in all turns."""

    policy: PolicyFields
    turns: Annotated[list[TrialTurn], msgspec.Meta(min_length=1, max_length=TRIAL_TURNS_MAX)]


class TriedTurn(Rest, frozen=True):
    """A turn as a call would have committed it; ``masks`` are offsets in ``text`` as it stands here."""

    role: Channel
    text: str
    masks: list[Mask]


class TrialResult(Rest, frozen=True):
    """The turns of a trial, in order."""

    turns: list[TriedTurn]


class Problem(Rest, frozen=True):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str


MEDIA_TIME_LIMIT_MS = 10**11
"""Below this an ``atMs`` is media time: as epoch time it would lie in early 1973, before any call of ours."""


def masked_endpoint(endpoint: str | None) -> str | None:
    """A phone number with only its last two digits readable.

    >>> masked_endpoint("+14155550142")
    '•••••••••• 42'
    """
    if endpoint is None:
        return None
    return f"{'•' * max(len(endpoint) - 2, 0)} {endpoint[-2:]}" if len(endpoint) > 4 else "•" * len(endpoint)


def summary(record: CallRecord) -> CallSummary:
    """A call's record as it is shown."""
    return CallSummary(
        call_id=record.call_id,
        contact_id=record.contact_id,
        phase=record.phase,
        sequence=record.sequence,
        started_at_ms=record.start_timestamp_ms,
        created_at_ms=record.created_at_ms,
        ended_at_ms=record.ended_at_ms,
        duration_ms=record.ended_ms,
        agent_id=record.agent_id,
        customer_endpoint=masked_endpoint(record.customer_endpoint),
        profile=record.profile,
        title=record.attributes.get("title"),
        recogniser=record.recogniser,
        recogniser_source=record.recogniser_source,
        end_reason=record.end_reason,
        utterances=record.utterances,
        warnings=record.warnings,
        masks=record.masks,
        reason=record.reason,
        disposition=record.disposition,
        labels=list(record.labels),
        sentiment=record.sentiment,
        alerts=record.alerts,
        cues=record.cues,
        hand_raised=record.hand_raised,
        verification=record.verification,
        legal_hold=record.legal_hold,
        text_deleted_at_ms=record.text_deleted_at_ms,
    )


def call_list(found: FoundCalls) -> CallList:
    """Found calls as they are shown."""
    matches = [
        UtteranceMatch(
            call_id=each.call_id,
            utterance_id=each.utterance_id,
            speaker=each.speaker,
            started_ms=each.started_ms,
            text=each.text,
            found=[MatchedSpan(start=start, end=end) for start, end in each.found],
        )
        for each in found.utterances
    ]
    return CallList(calls=[summary(record) for record in found.calls], matches=matches)


def timings(times: list[UtteranceTimes]) -> TimingList:
    """Stored stages as they are shown."""
    return TimingList(timings=[UtteranceTimings(utterance_id=each.utterance_id, stages=each.stages) for each in times])


def in_force(profile: str, version: PolicyVersion) -> PolicyInForce:
    """The policy that a profile's calls begin under, seen from that profile."""
    return PolicyInForce(
        profile=profile,
        version=version.version,
        inherited=version.profile != profile,
        policy=version.policy,
        note=version.note,
        changed_by=version.changed_by,
        changed_at_ms=version.changed_at_ms,
    )
