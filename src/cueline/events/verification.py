"""What verification after the call reads, and what it says of it: places and kinds, never a text that leaked. Pure."""

from typing import Literal

import msgspec

from cueline.events.payload import Payload
from cueline.events.recording import VerificationState
from cueline.events.redacted import EntityType, Mask, RedactedWord
from cueline.kernel.ids import CallId, Channel, TenantId, UtteranceId

Verdict = Literal["verified", "widened", "quarantined"]
"""How verification ended: nothing was found, or everything that was found is masked now, or a person must look."""

Place = Literal["utterance", "note", "cue", "log", "audio"]

Compared = Literal["pending", "clean", "found", "notCompared"]
"""What came of comparing, in the ``call`` process, what was masked with what is stored. ``notCompared``: that process
had not seen the whole call."""

AudioState = Literal["none", "unread", "clean", "faulty"]
"""``none``: nothing was recorded. ``unread``: nobody could read it yet."""


class StoredTurn(msgspec.Struct, frozen=True):
    """An utterance as it is stored."""

    utterance_id: UtteranceId
    channel: Channel
    started_ms: int
    ended_ms: int
    text: str
    words: tuple[RedactedWord, ...]
    masks: tuple[Mask, ...]
    version: int = 1


class StoredText(msgspec.Struct, frozen=True):
    """Another text that is stored of a call. ref: field of the notes, id of the cue, number of the line."""

    place: Place
    ref: str
    text: str


class StoredCall(msgspec.Struct, frozen=True):
    """All text that is stored of a call. turns: of both sides, in reading order."""

    call_id: CallId
    turns: tuple[StoredTurn, ...]
    texts: tuple[StoredText, ...] = ()


class LeakFinding(msgspec.Struct, frozen=True, rename="camel", order=True):
    """Something that looks as if it should have been masked: where it stands, not what it is.

    ref: utterance id, field of the notes, id of the cue, number of the log line or channel. start, end: half-open, in
    code points of that text; milliseconds of the call where the place is audio. version: of the utterance's text.
    """

    place: Place
    ref: str
    start: int
    end: int
    type: EntityType
    rule: str
    version: int | None = None


class VerificationResults(msgspec.Struct, frozen=True, rename="camel"):
    """What the steps found so far. open: findings that nothing could be done about yet, and that a person must see.

    counts: findings of all rounds, by type. rounds: how often something was masked and all was read again.
    compared_turns: utterances that the comparison in the ``call`` process covered, of ``turns``.
    reasons: codes of what keeps the call in quarantine. attempt: counts from 1, one for each time that the call is read
    from the beginning. scanned: the number of the last reading whose findings are counted.
    """

    attempt: int = 1
    scanned: int = 0
    rounds: int = 0
    counts: dict[str, int] = {}
    open: tuple[LeakFinding, ...] = ()
    turns: int = 0
    compared_turns: int = 0
    audio: AudioState = "unread"
    audio_faults: tuple[str, ...] = ()
    reheard: Literal["off", "pending", "clean", "found"] = "off"
    reasons: tuple[str, ...] = ()
    released_by: str | None = None


class Verification(msgspec.Struct, frozen=True, rename="camel"):
    """A call's verification as it stands. rules: version of the rules that read it last. changed_at_ms: epoch."""

    tenant: TenantId
    call_id: CallId
    state: VerificationState
    compared: Compared
    rules: str | None
    results: VerificationResults
    changed_at_ms: int


class QuarantineBody(msgspec.Struct, frozen=True, rename="camel"):
    """What other systems are told when a person must look at a call. at_ms: epoch. reasons: codes."""

    kind: Literal["CallQuarantined"]
    tenant: TenantId
    call_id: CallId
    contact_id: str
    at_ms: int
    reasons: tuple[str, ...] = ()


MaskVerdict = Literal["accepted", "refused"]


class MaskReport(msgspec.Struct, frozen=True, rename="camel"):
    """A person says that a mask is wrong. start, end: half-open offsets of it in the utterance's text.

    problem: it hides what is harmless, it is of another type, or something beside it was left readable.
    should_be: the type that it ought to have. note: free words; whoever writes them is told to repeat no secret.
    """

    utterance_id: UtteranceId
    start: int
    end: int
    type: str
    problem: Literal["harmless", "wrong_type", "incomplete"]
    should_be: EntityType | None = None
    note: str = ""


class StoredMaskReport(msgspec.Struct, frozen=True, rename="camel"):
    """A report with its number. reported_at_ms: epoch. verdict: of the review; None while it waits for one."""

    number: int
    call_id: CallId
    report: MaskReport
    reported_by: str
    reported_at_ms: int
    reviewed_by: str | None = None
    verdict: MaskVerdict | None = None


class CallVerified(Payload, frozen=True, tag=True):
    """All that is stored of the call was read again. A later one replaces it.

    findings: how many of each type were found, in all rounds. rounds: how often something was masked and read again.
    by: the person who released the call from quarantine; None: it was decided here.
    """

    state: Verdict
    findings: dict[str, int]
    rounds: int
    by: str | None = None
