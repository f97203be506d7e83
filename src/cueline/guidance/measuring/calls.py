"""Calls written and marked by hand, and their events as a guide would have heard them. Pure.

A call is a list of turns: ``A: ...`` the agent's, ``C: ...`` the customer's, with what the gate masks written as
``[TYPE]``; ``-- 12`` is silence of so many seconds, ``-- hold 40`` a hold. Marks name turns by their numbers, pauses
counted as turns too.
"""

import re
from typing import Annotated, Final, Literal

import msgspec

from cueline.events.catalogue import (
    AgentConnected,
    CallEnded,
    CallStarted,
    Envelope,
    EventPayload,
    HoldEnded,
    HoldStarted,
    PartialRevised,
    UtteranceCommitted,
)
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId, CallId, Channel, ContactId, TenantId, UtteranceId, call_id, utterance_id

TENANT: Final = TenantId("evaluation")
WORD_MS: Final = 360
"""A word takes so long: about 165 in a minute."""

GAP_MS: Final = 500
"""Between turns."""

STEP_WORDS: Final = 3
"""A hypothesis comes after so many words more."""

_TURN: Final = re.compile(r"(?P<side>[AC]): (?P<text>\S.*)|-- (?P<hold>hold )?(?P<seconds>[0-9]{1,4})")
_PUNCTUATION: Final = re.compile(r"[^\w'\s\[\]]|(?<!\w)'|'(?!\w)")
_MASK: Final = re.compile(r"\[[A-Z0-9_]+\]")

Form = Literal["recognised", "written"]
"""``recognised``: small letters without punctuation, as many recognisers give it; ``written``: as it stands."""

Turn = Annotated[str, msgspec.Meta(min_length=4, max_length=1_000)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_-]{1,40}$(?!\n)")]


class Need(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """In this turn it becomes clear that a cue of this kind is needed."""

    need: Name
    turn: int


class MarkedCall(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A call with what is true of it.

    needs: where a cue helps; nowhere else one is wanted. steps: what the agent did of what every checklist may ask,
    with the turn in which it was done; None: it was to be done and was not. quiet: first and last turn of stretches in
    which no cue may come.
    """

    call: Name
    business: Literal["banking", "telecom", "retail"]
    reason: Name
    turns: Annotated[tuple[Turn, ...], msgspec.Meta(min_length=2, max_length=400)]
    needs: tuple[Need, ...] = ()
    steps: dict[Name, int | None] = {}
    quiet: tuple[tuple[int, int], ...] = ()


class Spoken(msgspec.Struct, frozen=True):
    """A call's events, and where its turns lie: by utterance, and in media time (first and last millisecond)."""

    call_id: CallId
    events: list[Envelope]
    turn_of: dict[UtteranceId, int]
    spans: list[tuple[int, int]]


def read_marked(line: bytes) -> MarkedCall:
    """A line of an evaluation set. Raises InputError that names the call and the place, and quotes nothing."""
    try:
        call = msgspec.json.decode(line, type=MarkedCall)
    except msgspec.MsgspecError as error:
        raise InputError(f"a marked call is not as described: {error}") from None
    last = len(call.turns) - 1
    for number, turn in enumerate(call.turns):
        if not _TURN.fullmatch(turn):
            raise InputError(f"{call.call}: turn {number} begins with neither 'A: ', 'C: ' nor '-- ' and seconds")
    named = [need.turn for need in call.needs] + [turn for turn in call.steps.values() if turn is not None]
    named += [turn for stretch in call.quiet for turn in stretch]
    if any(not 0 <= turn <= last for turn in named):
        raise InputError(f"{call.call}: a mark names a turn that is not there (0 to {last})")
    return call


def spoken(call: MarkedCall, *, form: Form = "recognised", hypotheses: bool = True) -> Spoken:
    """The call's events, as they come: hypotheses every few words, then the final."""
    return _Speaker(call, form, hypotheses=hypotheses).speak()


class _Speaker:
    def __init__(self, call: MarkedCall, form: Form, *, hypotheses: bool) -> None:
        self._call = call
        self._form = form
        self._hypotheses = hypotheses
        self._id = call_id(TENANT, ContactId(call.call))
        self._events: list[Envelope] = []
        self._sequence = 0
        self._now_ms = 0
        self._ordinals: dict[Channel, int] = {"agent": 0, "customer": 0}

    def speak(self) -> Spoken:
        turn_of: dict[UtteranceId, int] = {}
        spans = []
        self._commit(CallStarted(contact_id=ContactId(self._call.call), profile="default"))
        self._commit(AgentConnected(agent_id=AgentId("agent")))
        for number, turn in enumerate(self._call.turns):
            began_ms = self._now_ms
            found = _TURN.fullmatch(turn)
            if found is None:
                continue
            if found["seconds"]:
                self._pause(int(found["seconds"]) * 1_000, hold=bool(found["hold"]))
            else:
                turn_of[self._say("agent" if found["side"] == "A" else "customer", found["text"])] = number
            spans.append((began_ms, self._now_ms))
        self._now_ms += 1_000
        self._commit(CallEnded(reason="disconnected"))
        return Spoken(self._id, self._events, turn_of, spans)

    def _pause(self, length_ms: int, *, hold: bool) -> None:
        if hold:
            self._commit(HoldStarted())
        self._now_ms += length_ms
        if hold:
            self._commit(HoldEnded())

    def _say(self, side: Channel, text: str) -> UtteranceId:
        words = _words(text, self._form)
        name = utterance_id(self._id, side, self._ordinals[side])
        self._ordinals[side] += 1
        began_ms = self._now_ms + GAP_MS
        for count in range(STEP_WORDS, len(words), STEP_WORDS) if self._hypotheses else ():
            shown, masks = _joined(words[:count])
            self._now_ms = began_ms + count * WORD_MS
            guess = PartialRevised(
                utterance_id=name, epoch=1, revision=count, channel=side, speaker=side, started_ms=began_ms,
                text=shown, masks=masks,
            )  # fmt: skip
            self._events.append(Envelope(TENANT, self._id, self._sequence, self._now_ms, guess))
        self._now_ms = began_ms + len(words) * WORD_MS
        shown, masks = _joined(words)
        timed = tuple(
            RedactedWord(text=word, start_ms=began_ms + place * WORD_MS, end_ms=began_ms + (place + 1) * WORD_MS - 40)
            for place, word in enumerate(words)
        )
        self._commit(
            UtteranceCommitted(
                utterance_id=name,
                channel=side,
                speaker=side,
                started_ms=began_ms,
                ended_ms=self._now_ms,
                text=shown,
                words=timed,
                masks=masks,
            )
        )
        return name

    def _commit(self, payload: EventPayload) -> None:
        self._sequence += 1
        self._events.append(Envelope(TENANT, self._id, self._sequence, self._now_ms, payload))


def _words(text: str, form: Form) -> list[str]:
    if form == "written":
        return text.split()
    return [
        word if _MASK.fullmatch(word) else word.lower()
        for piece in text.replace("-", " ").split()
        for word in _PUNCTUATION.sub("", piece).split()
    ]


def _joined(words: list[str]) -> tuple[str, tuple[Mask, ...]]:
    masks, offset = [], 0
    for word in words:
        found = _MASK.search(word)
        if found is not None:
            kind = msgspec.convert({"start": offset + found.start(), "end": offset + found.end(),
                                    "type": found[0].strip("[]")}, Mask)  # fmt: skip
            masks.append(kind)
        offset += len(word) + 1
    return " ".join(words), tuple(masks)
