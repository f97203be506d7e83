"""A call's guidance as its committed events tell it, and what a press of a button adds to it. Pure.

A press is known again by what it does and by the event that it answers to: two presses of one button, however close,
are one event, and the same button works again once something has happened in between.
"""

from typing import Final, Literal

import msgspec

from cueline.delivery.rest_guidance import (
    CallGuidance,
    ChecklistItemState,
    ChecklistState,
    CueState,
    MomentState,
    SuggestedDisposition,
    WhisperState,
)
from cueline.events.catalogue import Envelope, EventPayload
from cueline.events.guidance import (
    AlertAcknowledged,
    CallTagged,
    ChecklistItem,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueAnswer,
    CueAnswered,
    CueRaised,
    CueWithdrawn,
    DispositionSuggested,
    GuidanceStarted,
    HandLowered,
    HandRaised,
    MomentFound,
    NotesWritten,
    VoiceMeasured,
    WhisperSent,
)
from cueline.kernel.errors import NotFoundError

CUES_SHOWN: Final = 500
WHISPERS_SHOWN: Final = 500
MOMENTS_SHOWN: Final = 2_000
LABELS_SHOWN: Final = 100
SAME_WHISPER_MS: Final = 2_000
"""The same words again within this time are the same press."""


class UnknownCueError(NotFoundError):
    """The call has no such cue."""

    code = "unknown_cue"


class UnknownItemError(NotFoundError):
    """The call's checklist has no such item."""

    code = "unknown_item"


class Press(msgspec.Struct, frozen=True):
    """What a press commits. once: what it is known again by within the call; None: by itself and its time."""

    payload: EventPayload
    once: str | None


class _Done(msgspec.Struct, frozen=True):
    state: Literal["open", "done", "missed"]
    at_ms: int
    tick: ChecklistTicked | None = None


class GuidedCall:
    """Takes the call's events in their order; those of other kinds change nothing."""

    def __init__(self) -> None:
        self._cues: dict[str, CueState] = {}
        self._moments: dict[str, MomentState] = {}
        self._opened: ChecklistOpened | None = None
        self._items: dict[str, _Done] = {}
        self._whispers: list[WhisperState] = []
        self._labels: dict[str, None] = {}
        self._started: GuidanceStarted | None = None
        self._disposition: SuggestedDisposition | None = None
        self._hand: tuple[int, str] | None = None
        self._notes: int | None = None
        self._voice: VoiceMeasured | None = None
        self._changed: dict[str, int] = {}

    def take(self, envelope: Envelope) -> None:
        """Takes the next event."""
        item, at_ms = envelope.payload, envelope.at_ms
        match item:
            case GuidanceStarted():
                self._started = item
            case MomentFound():
                shown = {name: getattr(item, name) for name in MomentState.__struct_fields__}
                self._moments[item.moment_id] = MomentState(**shown)
            case CueRaised() | CueWithdrawn() | CueAnswered() | AlertAcknowledged():
                self._take_cue(item, at_ms)
                self._changed[f"cue {item.cue_id}"] = envelope.sequence
            case ChecklistOpened():
                self._opened = item
                self._items = {known: done for known, done in self._items.items() if done.state == "done"}
            case ChecklistTicked():
                self._items[item.item_id] = _Done("done", at_ms, item)
            case ChecklistMissed():
                self._items.setdefault(item.item_id, _Done("missed", at_ms))
            case CallTagged():
                self._labels[item.label] = None
            case DispositionSuggested():
                self._disposition = SuggestedDisposition(disposition=item.disposition, why=item.why)
            case HandRaised() | HandLowered():
                self._hand = (at_ms, item.by) if isinstance(item, HandRaised) else None
                self._changed["hand"] = envelope.sequence
            case WhisperSent():
                self._whispers.append(WhisperState(text=item.text, by=item.by, at_ms=at_ms))
            case NotesWritten():
                self._notes = max(item.version, self._notes or 0)
            case VoiceMeasured():
                self._voice = item

    def _take_cue(self, item: CueRaised | CueWithdrawn | CueAnswered | AlertAcknowledged, at_ms: int) -> None:
        if isinstance(item, CueRaised):
            known = self._cues.get(item.cue_id)
            shown = {name: getattr(item, name) for name in CueRaised.__struct_fields__}
            raised = CueState(raised_ms=at_ms if known is None else known.raised_ms, **shown)
            # Raised again, by the final that a hypothesis ran ahead of: what became of it stays.
            self._cues[item.cue_id] = raised if known is None else _carried(known, raised)
            return
        cue = self._cues.get(item.cue_id)
        if cue is None:
            return
        match item:
            case CueWithdrawn(reason=reason):
                cue = msgspec.structs.replace(cue, withdrawn=reason)
            case CueAnswered(answer=("used" | "dismissed") as answer, by=by):
                cue = msgspec.structs.replace(cue, answer=answer, answered_by=by)
            case CueAnswered(answer=("helpful" | "unhelpful") as rating):
                cue = msgspec.structs.replace(cue, rating=rating)
            case AlertAcknowledged(by=by):
                cue = msgspec.structs.replace(cue, acknowledged_by=by)
        self._cues[item.cue_id] = cue

    def shown(self, sequence: int) -> CallGuidance:
        """All of it, for a page; ``sequence`` is that of the newest event that was taken or passed over."""
        return CallGuidance(
            sequence=sequence,
            rules=self._started.rules if self._started else None,
            rules_version=self._started.version if self._started else None,
            cues=tuple(self._cues.values())[-CUES_SHOWN:],
            moments=tuple(self._moments.values())[-MOMENTS_SHOWN:],
            checklist=self._checklist(),
            whispers=tuple(self._whispers[-WHISPERS_SHOWN:]),
            hand_raised_ms=self._hand[0] if self._hand else None,
            hand_raised_by=self._hand[1] if self._hand else None,
            labels=tuple(self._labels)[:LABELS_SHOWN],
            disposition=self._disposition,
            notes_version=self._notes,
            voice=self._voice,
        )

    def _checklist(self) -> ChecklistState | None:
        if self._opened is None:
            return None
        items = tuple(self._item(item) for item in self._opened.items)
        done = sum(item.state == "done" for item in items)
        return ChecklistState(
            checklist_id=self._opened.checklist_id,
            title=self._opened.title,
            items=items,
            adherence=done / len(items) if items else 1.0,
        )

    def _item(self, item: ChecklistItem) -> ChecklistItemState:
        known = self._items.get(item.item_id)
        shown = ChecklistItemState(item_id=item.item_id, label=item.label, due_ms=item.due_ms)
        if known is None:
            return shown
        if known.tick is None:
            return msgspec.structs.replace(shown, state=known.state)
        evidence, by = known.tick.evidence, known.tick.by
        return msgspec.structs.replace(shown, state="done", done_ms=known.at_ms, evidence=evidence, by=by)

    def answer(self, cue_id: str, answer: CueAnswer, by: str) -> Press | None:
        """Somebody answers a cue; None when that is its answer already. Raises UnknownCueError."""
        cue = self._cue(cue_id)
        if answer in {cue.answer, cue.rating}:
            return None
        return self._press(CueAnswered(cue_id=cue_id, answer=answer, by=by), f"cue {cue_id}", answer)

    def acknowledge(self, cue_id: str, by: str) -> Press | None:
        """Somebody has seen an alert; None when that is known. Raises UnknownCueError."""
        cue = self._cue(cue_id)
        if cue.cue_kind != "alert":
            raise UnknownCueError("that cue is no alert: alerts alone are acknowledged")
        if cue.acknowledged_by is not None:
            return None
        return Press(AlertAcknowledged(cue_id=cue_id, by=by), f"acknowledged {cue_id}")

    def tick(self, item_id: str, by: str) -> Press | None:
        """Somebody ticks an item; None when it is done. Raises UnknownItemError."""
        opened = self._opened
        if opened is None or item_id not in {item.item_id for item in opened.items}:
            raise UnknownItemError("the call's checklist has no such item")
        known = self._items.get(item_id)
        if known is not None and known.state == "done":
            return None
        ticked = ChecklistTicked(checklist_id=opened.checklist_id, item_id=item_id, evidence=None, by=by)
        return Press(ticked, f"ticked {opened.checklist_id} {item_id}")

    def hand(self, by: str, *, raised: bool) -> Press | None:
        """The agent's hand goes up or down; None when it is there already."""
        if raised is (self._hand is not None):
            return None
        return self._press(HandRaised(by=by) if raised else HandLowered(by=by), "hand", str(raised))

    def whisper(self, text: str, by: str, key: str, now_ms: int) -> Press | None:
        """A line to the agent; None when the same one was sent a moment ago. ``now_ms``: media time."""
        last = self._whispers[-1] if self._whispers else None
        if not key and last and (last.text, last.by) == (text, by) and abs(now_ms - last.at_ms) < SAME_WHISPER_MS:
            return None
        sent = WhisperSent(text=text, by=by)
        return Press(sent, f"whisper {by} {key}" if key else f"whisper {len(self._whispers)} {by} {text}")

    def _cue(self, cue_id: str) -> CueState:
        cue = self._cues.get(cue_id)
        if cue is None:
            raise UnknownCueError("the call has no such cue")
        return cue

    def _press(self, payload: EventPayload, about: str, what: str) -> Press:
        return Press(payload, f"{about} {what} after {self._changed.get(about, 0)}")


def _carried(known: CueState, raised: CueState) -> CueState:
    kept = ("answer", "answered_by", "rating", "acknowledged_by")
    return msgspec.structs.replace(raised, **{name: getattr(known, name) for name in kept})
