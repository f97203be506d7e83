"""What an agent has to do in a call of some kind, as a rule set says it, and how far it is done. Pure.

An item is ticked by itself when what was said shows it: by one of its phrases, by one of its moments, or because the
customer gave what is masked by that kind. Any one of them is enough; what needs two things is two items.
"""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec

from cueline.events.guidance import (
    ChecklistItem,
    ChecklistMissed,
    ChecklistOpened,
    ChecklistTicked,
    CueRaised,
    Evidence,
    MomentFound,
)
from cueline.events.redacted import EntityType
from cueline.guidance.heard import Heard
from cueline.guidance.phrasing import PhraseFinder
from cueline.guidance.picture import CallPicture

LINES_MAX: Final = 7
"""What does not fit on a card at a glance is not read during a call."""

CHECKLISTS_MAX: Final = 200

ANY_REASON: Final = "*"

MISSED_AFTER_MS: Final = 4_000
"""After its time an item is called missed this much later: what was said in time is known only once it was heard."""

PRAISE_FOR_MS: Final = 20_000
PRAISE_PRIORITY: Final = 20

ItemName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$(?!\n)")]
Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
MomentName = Annotated[str, msgspec.Meta(pattern=r"^(?:reason|intent|act|sentiment|voice):[a-z0-9_]{1,64}$(?!\n)")]
Reason = Annotated[str, msgspec.Meta(pattern=r"^(?:\*|[a-z0-9_]{1,64})$(?!\n)")]


class ChecklistLine(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """An item of a checklist.

    due_s: seconds after the agent was connected by which it should be done; None where any time will do.
    speaker: who has to say the phrases, or be the one of the moments. moments: each as ``family:label``.
    masked: entity kinds, one of which the customer has to give. praise: a cue for the agent when it was done in time.
    after: an earlier item of the checklist; the item is seen only once that one is done. An item with no phrase,
    moment or kind is ticked by rules and people alone.
    """

    item_id: ItemName
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    due_s: Annotated[int, msgspec.Meta(ge=1, le=7200)] | None = None
    speaker: Literal["agent", "customer"] = "agent"
    phrases: Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=100)] = ()
    moments: Annotated[tuple[MomentName, ...], msgspec.Meta(max_length=20)] = ()
    masked: Annotated[tuple[EntityType, ...], msgspec.Meta(max_length=25)] = ()
    praise: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    after: ItemName | None = None


class Checklist(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What has to be done in calls for one of these reasons; ``*`` in reasons is any, also before it is clear.

    An item that stands in several checklists under the same ``item_id`` is one and the same: done in one, done in all.
    """

    checklist_id: ItemName
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(min_length=1, max_length=50)]
    lines: Annotated[tuple[ChecklistLine, ...], msgspec.Meta(min_length=1, max_length=LINES_MAX)]

    def __post_init__(self) -> None:
        """Raises ValueError, which msgspec makes a ValidationError with its place when it decodes."""
        earlier: set[str] = set()
        for line in self.lines:
            if line.item_id in earlier:
                raise ValueError(f"item {line.item_id!r} stands twice in checklist {self.checklist_id!r}")
            if line.after is not None and line.after not in earlier:
                raise ValueError(f"item {line.item_id!r}: 'after' must name an earlier item of the same checklist")
            earlier.add(line.item_id)


class Adherence(msgspec.Struct, frozen=True, rename="camel"):
    """How a call kept to its checklists. open: neither done nor missed yet; share: of what is decided, done in time."""

    in_time: int
    late: int
    missed: int
    open: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing is decided."""
        decided = self.in_time + self.late + self.missed
        return self.in_time / decided if decided else None


ChecklistPayload = ChecklistOpened | ChecklistTicked | ChecklistMissed | CueRaised

_Place = tuple[int, int]
"""A line: number of its checklist, number in it."""


class _Sign(msgspec.Struct, frozen=True):
    """That something was done. at_ms: when it was said; evidence: None where nobody said it."""

    at_ms: int
    evidence: Evidence | None


class ChecklistTracker:
    """One call's checklists.

    All of them listen from the moment the agent is connected, so that one which opens late knows what was said. At
    most one is open: the first for the call's reason, else the first for any. Every method gives what is to be
    committed, in order; none raises.
    """

    __slots__ = (
        "_by_mask", "_by_moment", "_checklists", "_connected_ms", "_done", "_finder", "_missed", "_open", "_reason",
        "_signs",
    )  # fmt: skip

    def __init__(self, checklists: Sequence[Checklist]) -> None:
        self._checklists: Final = tuple(checklists[:CHECKLISTS_MAX])
        lines = [
            ((number, place), line)
            for number, checklist in enumerate(self._checklists)
            for place, line in enumerate(checklist.lines)
        ]
        self._finder: Final = PhraseFinder((place, phrase) for place, line in lines for phrase in line.phrases)
        self._by_moment: Final[dict[str, list[_Place]]] = {}
        self._by_mask: Final[dict[str, list[_Place]]] = {}
        for place, line in lines:
            for moment in line.moments:
                self._by_moment.setdefault(moment, []).append(place)
            for kind in line.masked:
                self._by_mask.setdefault(kind, []).append(place)
        self._connected_ms: int | None = None
        self._reason: str | None = None
        self._open: int | None = None
        self._signs: Final[dict[_Place, _Sign]] = {}
        self._done: Final[dict[str, bool]] = {}
        self._missed: Final[set[str]] = set()

    @property
    def opened(self) -> Checklist | None:
        """The checklist that the agent sees."""
        return None if self._open is None else self._checklists[self._open]

    @property
    def adherence(self) -> Adherence:
        """Of what was done in any checklist, and of what is not done of the open one."""
        undone = [line.item_id for line in (self.opened.lines if self.opened else ()) if line.item_id not in self._done]
        missed = sum(item in self._missed for item in undone)
        in_time = sum(self._done.values())
        return Adherence(in_time, len(self._done) - in_time, missed, len(undone) - missed)

    @property
    def next_ms(self) -> int | None:
        """When ``advance`` will next have something to say, as far as is known now."""
        times = [due_ms + MISSED_AFTER_MS for _, due_ms in self._owed() if due_ms is not None]
        return min(times, default=None)

    def connected(self, at_ms: int, now_ms: int) -> list[ChecklistPayload]:
        """The agent has been there since ``at_ms``; a second agent finds the first one's checklist."""
        if self._connected_ms is not None:
            return []
        self._connected_ms = at_ms
        return self._choose(now_ms)

    def reason(self, label: str, now_ms: int) -> list[ChecklistPayload]:
        """What the call is about is clear now, or clear anew."""
        self._reason = label
        return [] if self._connected_ms is None else self._choose(now_ms)

    def hear(self, heard: Heard, picture: CallPicture) -> list[ChecklistPayload]:
        """A final was heard. What was said before the agent was connected does nothing."""
        out: list[ChecklistPayload] = []
        if self._connected_ms is None and picture.agent_connected_ms is not None:
            out = self.connected(picture.agent_connected_ms, heard.ended_ms)
        if not heard.final or self._connected_ms is None or heard.ended_ms <= self._connected_ms:
            return out
        signs: dict[_Place, list[_Sign]] = {}
        for found in self._finder.find(heard.tokens):
            if self._line(found.key).speaker == heard.speaker:
                sign = _Sign(heard.said_ms(found.last), heard.evidence(found.first, found.last))
                signs.setdefault(found.key, []).append(sign)
        for token, word in enumerate(heard.tokens):
            if word.mask is not None and heard.speaker == "customer":
                sign = _Sign(heard.said_ms(token), heard.evidence(token, token))
                for place in self._by_mask.get(word.mask, ()):
                    signs.setdefault(place, []).append(sign)
        return out + self._take(signs, now_ms=heard.ended_ms)

    def notice(self, moment: MomentFound) -> list[ChecklistPayload]:
        """A moment was found. Its beginning counts, as the place in it is not known."""
        if self._connected_ms is None or moment.ended_ms <= self._connected_ms:
            return []
        sign = _Sign(max(moment.started_ms, self._connected_ms), moment.evidence)
        places = self._by_moment.get(f"{moment.family}:{moment.label}", ())
        signs = {place: [sign] for place in places if moment.speaker in (None, self._line(place).speaker)}
        return self._take(signs, now_ms=moment.ended_ms)

    def tick(self, item_id: str, evidence: Evidence | None, by: str | None, now_ms: int) -> list[ChecklistPayload]:
        """A rule or a person (``by``) says that an item is done, whatever it comes after; once done it stays so."""
        sign = _Sign(now_ms, evidence)
        for number, checklist in enumerate(self._checklists):
            for place, line in enumerate(checklist.lines):
                if line.item_id == item_id:
                    self._signs.setdefault((number, place), sign)
        return self._settle(now_ms, by=by)

    def advance(self, now_ms: int) -> list[ChecklistPayload]:
        """Time went on: what is due and was not done is missed, once."""
        return self._miss(
            [item for item, due_ms in self._owed() if due_ms is not None and now_ms >= due_ms + MISSED_AFTER_MS]
        )

    def end(self, now_ms: int) -> list[ChecklistPayload]:  # noqa: ARG002 - as the other methods
        """The call is over: what was not done is missed."""
        return self._miss([item for item, _ in self._owed()])

    def _line(self, place: _Place) -> ChecklistLine:
        return self._checklists[place[0]].lines[place[1]]

    def _take(self, signs: dict[_Place, list[_Sign]], *, now_ms: int) -> list[ChecklistPayload]:
        """Keeps the first sign of each line that may be ticked, earlier lines first: one may wait for another."""
        for place in sorted(signs):
            since_ms = self._after_ms(place)
            if since_ms is None or place in self._signs:
                continue
            fit = [sign for sign in signs[place] if sign.at_ms >= since_ms]
            if fit:
                self._signs[place] = min(fit, key=_order)
        return self._settle(now_ms)

    def _after_ms(self, place: _Place) -> int | None:
        """From when on a line may be ticked; None while what it comes after is not done."""
        number = place[0]
        line = self._line(place)
        connected_ms = self._connected_ms or 0
        if line.after is None:
            return connected_ms
        items = [each.item_id for each in self._checklists[number].lines]
        sign = self._signs.get((number, items.index(line.after)))
        if sign is not None:
            return sign.at_ms
        return connected_ms if line.after in self._done else None

    def _choose(self, now_ms: int) -> list[ChecklistPayload]:
        wanted = [reason for reason in (self._reason, ANY_REASON) if reason is not None]
        number = next(
            (n for reason in wanted for n, each in enumerate(self._checklists) if reason in each.reasons), None
        )
        if number is None or number == self._open:
            return []
        self._open = number
        checklist = self._checklists[number]
        items = tuple(ChecklistItem(line.item_id, line.label, self._due_ms(line)) for line in checklist.lines)
        return [ChecklistOpened(checklist.checklist_id, checklist.title, items), *self._settle(now_ms)]

    def _settle(self, now_ms: int, *, by: str | None = None) -> list[ChecklistPayload]:
        """Ticks what the open checklist has signs of."""
        out: list[ChecklistPayload] = []
        checklist = self.opened
        if checklist is None or self._open is None:
            return out
        for place, line in enumerate(checklist.lines):
            sign = self._signs.get((self._open, place))
            if sign is None or line.item_id in self._done:
                continue
            due_ms = self._due_ms(line)
            in_time = due_ms is None or sign.at_ms <= due_ms
            self._done[line.item_id] = in_time
            out.append(ChecklistTicked(checklist.checklist_id, line.item_id, sign.evidence, by))
            expires_ms = sign.at_ms + PRAISE_FOR_MS
            if line.praise is not None and in_time and by is None and now_ms < expires_ms:
                out.append(_praise(checklist, line, sign, expires_ms))
        return out

    def _due_ms(self, line: ChecklistLine) -> int | None:
        if line.due_s is None or self._connected_ms is None:
            return None
        return self._connected_ms + line.due_s * 1_000

    def _owed(self) -> list[tuple[str, int | None]]:
        """Items of the open checklist that are neither done nor called missed, with their times."""
        return [
            (line.item_id, self._due_ms(line))
            for line in (self.opened.lines if self.opened else ())
            if line.item_id not in self._done and line.item_id not in self._missed
        ]

    def _miss(self, items: Sequence[str]) -> list[ChecklistPayload]:
        checklist = self.opened
        if checklist is None:
            return []
        self._missed.update(items)
        return [ChecklistMissed(checklist.checklist_id, item) for item in items]


def _order(sign: _Sign) -> tuple[int, int, int]:
    """Signs of one utterance by time, then by place."""
    return (sign.at_ms, sign.evidence.start, sign.evidence.end) if sign.evidence else (sign.at_ms, 0, 0)


def _praise(checklist: Checklist, line: ChecklistLine, sign: _Sign, expires_ms: int) -> CueRaised:
    """A cue that thanks for an item done; an item is praised once in a call, so it names the cue."""
    return CueRaised(
        cue_id=f"praise.{line.item_id}",
        cue_kind="praise",
        audience="agent",
        text=line.praise or "",
        why=f"{line.label}: done",
        rule_id=f"checklist.{checklist.checklist_id}.{line.item_id}",
        priority=PRAISE_PRIORITY,
        expires_ms=expires_ms,
        evidence=() if sign.evidence is None else (sign.evidence,),
    )
