"""Shapes of what people do on the screens, of a call's guidance, of people, and of the floor. Pure."""

from typing import Annotated, Literal

import msgspec

from cueline.delivery.rest import Rest
from cueline.events.guidance import (
    Audience,
    CueAnswer,
    CueKind,
    Evidence,
    MomentFamily,
    VoiceMeasured,
    WithdrawalReason,
)
from cueline.events.records import CallPhase
from cueline.events.redacted import EntityType
from cueline.kernel.ids import AgentId, CallId, ContactId, Speaker

NAME_PATTERN = r"^[^\x00-\x1f\x7f]{1,100}$(?!\n)"
USERNAME_PATTERN = r"^[^\x00-\x1f\x7f/?#]{1,100}$(?!\n)"
WHISPER_MAX = 500
UTTERANCE_CHARACTERS_MAX = 100_000

Name = Annotated[str, msgspec.Meta(pattern=NAME_PATTERN)]

Role = Literal["admin", "manager", "supervisor", "agent", "analyst", "rules_editor"]


class AnswerCue(Rest, frozen=True, forbid_unknown_fields=True):
    """What a person makes of a cue: ``used`` or ``dismissed``, and ``helpful`` or ``unhelpful``."""

    answer: CueAnswer
    by: Name = "agent"


class ByAgent(Rest, frozen=True, forbid_unknown_fields=True):
    """Who pressed the button: a user name that the page knows."""

    by: Name = "agent"


class BySupervisor(Rest, frozen=True, forbid_unknown_fields=True):
    """Who pressed the button: a user name that the page knows."""

    by: Name = "supervisor"


class SendWhisper(Rest, frozen=True, forbid_unknown_fields=True):
    """A line to the agent. ``key``: the page's own name for this message, so that sending it again sends it once."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=WHISPER_MAX, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
    by: Name = "supervisor"
    key: Annotated[str, msgspec.Meta(max_length=64)] = ""


class MaskText(Rest, frozen=True, forbid_unknown_fields=True):
    """Masks a stretch of an utterance for good: half-open offsets in code points of its text as it stands now.

    The mask is widened to whole words. ``version``: of the utterance whose text was seen, where the page knows it;
    another one by now is a conflict, as the offsets may mean other words.
    """

    start: Annotated[int, msgspec.Meta(ge=0, le=UTTERANCE_CHARACTERS_MAX)]
    end: Annotated[int, msgspec.Meta(ge=1, le=UTTERANCE_CHARACTERS_MAX)]
    type: EntityType = "NUMBER"
    by: Name = "agent"
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None


class Recorded(Rest, frozen=True):
    """What came of it. ``sequence``: of the event that says so; null where it stood so already, and nothing changed."""

    sequence: int | None


class Masked(Rest, frozen=True):
    """The utterance's version now. ``sequence`` is null where those words were masked already."""

    sequence: int | None
    version: int


class CueState(Rest, frozen=True):
    """A cue, and what became of it. Times are media milliseconds.

    ``answer``: whether it was used; ``rating``: whether it helped. ``acknowledgedBy``: for alerts.
    """

    cue_id: str
    cue_kind: CueKind
    audience: Audience
    text: str
    why: str
    rule_id: str
    priority: int
    raised_ms: int
    expires_ms: int
    evidence: tuple[Evidence, ...]
    passage_id: str | None
    provisional: bool
    withdrawn: WithdrawalReason | None = None
    answer: Literal["used", "dismissed"] | None = None
    answered_by: str | None = None
    rating: Literal["helpful", "unhelpful"] | None = None
    acknowledged_by: str | None = None


class MomentState(Rest, frozen=True):
    """Something that happened in the call; times are media milliseconds."""

    moment_id: str
    family: MomentFamily
    label: str
    confidence: float
    speaker: Speaker | None
    started_ms: int
    ended_ms: int
    evidence: Evidence | None


class ChecklistItemState(Rest, frozen=True):
    """A line of the checklist. ``doneMs``: media time; ``by``: who ticked it; null where it was heard."""

    item_id: str
    label: str
    due_ms: int | None
    state: Literal["open", "done", "missed"] = "open"
    done_ms: int | None = None
    evidence: Evidence | None = None
    by: str | None = None


class ChecklistState(Rest, frozen=True):
    """The checklist of the call's reason. ``adherence``: share of its items that are done, 0 to 1."""

    checklist_id: str
    title: str
    items: tuple[ChecklistItemState, ...]
    adherence: float


class WhisperState(Rest, frozen=True):
    """A line that a supervisor wrote to the agent; ``atMs`` is media time."""

    text: str
    by: str
    at_ms: int


class SuggestedDisposition(Rest, frozen=True):
    """What the call came to, as far as the rules and the moments tell."""

    disposition: str
    why: str


class CallGuidance(Rest, frozen=True):
    """All guidance of a call as its committed events up to ``sequence`` say; what comes later changes it.

    Cues and whispers in the order in which they came, the newest 500 of each; moments the newest 2,000.
    """

    sequence: int
    rules: str | None = None
    rules_version: int | None = None
    cues: tuple[CueState, ...] = ()
    moments: tuple[MomentState, ...] = ()
    checklist: ChecklistState | None = None
    whispers: tuple[WhisperState, ...] = ()
    hand_raised_ms: int | None = None
    hand_raised_by: str | None = None
    labels: tuple[str, ...] = ()
    disposition: SuggestedDisposition | None = None
    notes_version: int | None = None
    voice: VoiceMeasured | None = None


class Person(Rest, frozen=True):
    """Somebody who works with the calls. ``username`` is the one that Amazon Connect tells of an agent."""

    username: str
    name: str
    role: Role
    team: str | None


class PersonList(Rest, frozen=True):
    """The tenant's people by user name, and the teams that they are in."""

    people: list[Person]
    teams: list[str]


class PutPerson(Rest, frozen=True, forbid_unknown_fields=True):
    """A person as they shall be."""

    name: Name
    role: Role = "agent"
    team: Name | None = None


class SentimentPoint(Rest, frozen=True):
    """The customer's sentiment from this media time on: -1 to 1."""

    at_ms: int
    value: float


class OpenAlert(Rest, frozen=True):
    """An alert that nobody has acknowledged; ``raisedMs`` is media time."""

    cue_id: str
    text: str
    raised_ms: int


class FloorRow(Rest, frozen=True):
    """A live call on the floor. Rows are ranked by ``need`` (0 to 100, highest first), then ``startedAtMs``.

    ``need`` moves in real steps only, so that rows do not dance. ``why``: the reason for the rank in words.
    ``startedAtMs``: epoch; ``heardMs``: media time of the newest event; ``sentimentPoints``: the last ones, oldest
    first. ``handRaisedMs`` and ``deadAirSinceMs``: media times; null where it is not so.
    ``alerts``: the newest five of ``alertsOpen``.
    """

    call_id: CallId
    contact_id: ContactId
    title: str | None
    profile: str
    phase: CallPhase
    agent_id: AgentId | None
    agent_name: str | None
    team: str | None
    reason: str | None
    started_at_ms: int
    heard_ms: int
    sentiment: float | None
    sentiment_points: tuple[SentimentPoint, ...]
    alerts_open: int
    alerts: tuple[OpenAlert, ...]
    hand_raised_ms: int | None
    dead_air_since_ms: int | None
    need: int
    why: str


class FloorSnapshot(Rest, frozen=True, tag_field="kind", tag=True):
    """All rows, in order: the answer of ``GET /v1/floor``, and the first message of ``/v1/floor/live``.

    ``atMs``: epoch milliseconds. ``revision`` counts what one socket was sent; ``{"ack": revision}`` says it arrived.
    """

    at_ms: int
    revision: int
    rows: tuple[FloorRow, ...]


class FloorChanged(Rest, frozen=True, tag_field="kind", tag=True):
    """Rows that changed or are new, and calls that are gone; at most two a second."""

    at_ms: int
    revision: int
    rows: tuple[FloorRow, ...]
    gone: tuple[CallId, ...]
