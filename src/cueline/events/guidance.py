"""Events of guidance: what the guide found in a call, what it put on a screen, and what people made of it.

No event here repeats what was said: it names the utterance and the place in it, so that an amendment reaches it too.
Cue texts come from rules, whose author wrote them; passages and notes are read from their stores by their ids.
"""

from typing import Literal

import msgspec

from cueline.events.payload import Payload
from cueline.kernel.ids import Speaker, UtteranceId

CueKind = Literal["hint", "warning", "praise", "knowledge", "alert"]
"""``alert`` is for the supervisor, the others for the agent."""

Audience = Literal["agent", "supervisor"]

MomentFamily = Literal["reason", "intent", "act", "sentiment", "voice"]

WithdrawalReason = Literal["contradicted", "settled", "replaced"]
"""The final said otherwise; what it asked for has happened; a newer one says the same."""

CueAnswer = Literal["used", "dismissed", "helpful", "unhelpful"]


class Evidence(msgspec.Struct, frozen=True, rename="camel"):
    """Where it was said: half-open offsets in code points of the utterance's text; both 0 is all of it."""

    utterance_id: UtteranceId
    start: int = 0
    end: int = 0


class ChecklistItem(msgspec.Struct, frozen=True, rename="camel"):
    """A line of a checklist. due_ms: media time by which it should be done; None where any time will do."""

    item_id: str
    label: str
    due_ms: int | None = None


class GuidanceStarted(Payload, frozen=True, tag=True):
    """The guide took the call up under this published version of the rules, which stays with it to its end."""

    rules: str
    version: int


class MomentFound(Payload, frozen=True, tag=True):
    """Something happened in the call. confidence: calibrated, 0 to 1; measured moments have 1."""

    moment_id: str
    family: MomentFamily
    label: str
    confidence: float
    speaker: Speaker | None
    started_ms: int
    ended_ms: int
    evidence: Evidence | None


class CueRaised(Payload, frozen=True, tag=True):
    """A cue for the agent, or an alert for the supervisor.

    why: in words, what caused it. priority: 0 to 100, the highest is shown first. expires_ms: media time from which
    it is of no use. passage_id: the passage of the knowledge base that it shows. provisional: a hypothesis caused it.
    """

    cue_id: str
    cue_kind: CueKind
    audience: Audience
    text: str
    why: str
    rule_id: str
    priority: int
    expires_ms: int
    evidence: tuple[Evidence, ...]
    passage_id: str | None = None
    provisional: bool = False


class CueWithdrawn(Payload, frozen=True, tag=True):
    """A cue is of no use any more."""

    cue_id: str
    reason: WithdrawalReason


class CueAnswered(Payload, frozen=True, tag=True):
    """What a person made of a cue."""

    cue_id: str
    answer: CueAnswer
    by: str


class ChecklistOpened(Payload, frozen=True, tag=True):
    """The call's reason is clear enough for its checklist; a later one replaces it and keeps what is done."""

    checklist_id: str
    title: str
    items: tuple[ChecklistItem, ...]


class ChecklistTicked(Payload, frozen=True, tag=True):
    """An item is done: seen in what was said (evidence), or ticked by a person (by)."""

    checklist_id: str
    item_id: str
    evidence: Evidence | None
    by: str | None = None


class ChecklistMissed(Payload, frozen=True, tag=True):
    """An item's time has passed, or the call has ended without it."""

    checklist_id: str
    item_id: str


class CallTagged(Payload, frozen=True, tag=True):
    """A rule put a label on the call."""

    label: str
    rule_id: str


class DispositionSuggested(Payload, frozen=True, tag=True):
    """What the call came to, as far as the rules and the moments tell."""

    disposition: str
    why: str


class HandRaised(Payload, frozen=True, tag=True):
    """The agent asks for help."""

    by: str


class HandLowered(Payload, frozen=True, tag=True):
    """The agent needs help no longer, or somebody came."""

    by: str


class WhisperSent(Payload, frozen=True, tag=True):
    """A supervisor wrote to the agent."""

    text: str
    by: str


class AlertAcknowledged(Payload, frozen=True, tag=True):
    """A supervisor has seen an alert."""

    cue_id: str
    by: str


class NotesWritten(Payload, frozen=True, tag=True):
    """The call's notes stand in their store under this version. by: who wrote or changed them; None: made here."""

    version: int
    by: str | None = None


class VoiceMeasured(Payload, frozen=True, tag=True):
    """Figures of the whole call, at its end. Shares are of the time in which anybody spoke, 0 to 1.

    interruptions: how often the one began to speak while the other did. loudness: decibels below full scale, mean of
    the side's utterances; None where it was not measured.
    """

    agent_talk_share: float
    customer_talk_share: float
    agent_words_per_minute: float
    customer_words_per_minute: float
    dead_air_ms: int
    longest_dead_air_ms: int
    overtalk_ms: int
    hold_ms: int
    agent_interruptions: int
    customer_interruptions: int
    agent_loudness_db: float | None
    customer_loudness_db: float | None


GuidancePayload = (
    GuidanceStarted
    | MomentFound
    | CueRaised
    | CueWithdrawn
    | CueAnswered
    | ChecklistOpened
    | ChecklistTicked
    | ChecklistMissed
    | CallTagged
    | DispositionSuggested
    | HandRaised
    | HandLowered
    | WhisperSent
    | AlertAcknowledged
    | NotesWritten
    | VoiceMeasured
)
