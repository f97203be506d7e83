"""A call's stored text, as verification reads and mends it."""

from collections.abc import Sequence
from typing import Final, Protocol

from cueline.events.amendments import MaskOutcome, MaskStretch, TextChangedError, UnknownUtteranceError
from cueline.events.catalogue import Envelope
from cueline.events.guidance import CueRaised, DispositionSuggested, WhisperSent
from cueline.events.records import CallRecord
from cueline.events.verification import LeakFinding, StoredText
from cueline.kernel.errors import BoundExceededError
from cueline.kernel.ids import CallId, TenantId, UtteranceId

PAGE: Final = 2_000
EVENTS_MAX: Final = 400_000


class GuidedCalls(Protocol):
    """``storage.calls.PostgresCalls``, as far as guidance is read."""

    async def guidance(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]: ...


class AmendedCalls(Protocol):
    """``storage.calls.PostgresCalls``, as far as text is masked."""

    async def amend(self, tenant: TenantId, call_id: CallId, stretch: MaskStretch, *, at_ms: int) -> MaskOutcome: ...


async def cue_texts(calls: GuidedCalls, tenant: TenantId, call_id: CallId) -> list[StoredText]:
    """The texts of a call's cues and whispers.

    Raises UnavailableError, and BoundExceededError for a call of more than ``EVENTS_MAX`` events.
    """
    texts: list[StoredText] = []
    after = 0
    while after < EVENTS_MAX:
        page = await calls.guidance(tenant, call_id, after=after, limit=PAGE)
        for event in page:
            texts.extend(_texts(event))
        if len(page) < PAGE:
            return texts
        after = page[-1].sequence
    raise BoundExceededError(f"a call of more than {EVENTS_MAX} events is not read at once")


def _texts(event: Envelope) -> list[StoredText]:
    match event.payload:
        case CueRaised(cue_id=ref, text=text, why=why):
            return [StoredText("cue", ref, text), StoredText("cue", ref, why)]
        case WhisperSent(text=text):
            return [StoredText("cue", f"whisper.{event.sequence}", text)]
        case DispositionSuggested(why=why):
            return [StoredText("cue", f"disposition.{event.sequence}", why)]
        case _:
            return []


async def mask_all(calls: AmendedCalls, record: CallRecord, found: Sequence[LeakFinding]) -> int:
    """Masks findings in utterances, the last places of each first, so that the others' offsets stay true.

    Gives how many there were to mask. A text that somebody else changed meanwhile is left as it is: its offsets are
    not known any more, and the next reading sees it anew. Raises UnavailableError.
    """
    masked = 0
    versions: dict[str, int | None] = {}
    for finding in sorted(found, reverse=True):
        version = versions.get(finding.ref, finding.version)
        stretch = MaskStretch(UtteranceId(finding.ref), finding.start, finding.end, finding.type, version)
        try:
            outcome = await calls.amend(record.tenant, record.call_id, stretch, at_ms=record.ended_ms or 0)
        except (TextChangedError, UnknownUtteranceError):
            continue
        if outcome.sequence is not None:
            versions[finding.ref] = outcome.version
            masked += 1
    return masked
