"""Which calls are looked for, and where the words of a search were found."""

import msgspec

from cueline.events.recording import VerificationState
from cueline.events.records import CallRecord
from cueline.kernel.ids import CallId, Speaker, UtteranceId


class CallQuery(msgspec.Struct, frozen=True):
    """Which calls; what is None does not matter.

    words: of what was said, as people type them: each word stands for all that begin with it, "quoted words" must
    follow each other, ``-word`` must not occur. before_ms: creation time of the last call seen, for the next page.
    from_ms, to_ms: epoch milliseconds of the call's start, half-open.
    """

    limit: int
    live: bool | None = None
    before_ms: int | None = None
    words: str | None = None
    reason: str | None = None
    agent: str | None = None
    team: str | None = None
    label: str | None = None
    verification: VerificationState | None = None
    from_ms: int | None = None
    to_ms: int | None = None


class FoundUtterance(msgspec.Struct, frozen=True):
    """An utterance with words of a search; found: half-open offsets in code points of its text, in order."""

    call_id: CallId
    utterance_id: UtteranceId
    speaker: Speaker
    started_ms: int
    text: str
    found: tuple[tuple[int, int], ...]


class FoundCalls(msgspec.Struct, frozen=True):
    """Calls, newest first, and the best utterances of each where words were searched."""

    calls: tuple[CallRecord, ...]
    utterances: tuple[FoundUtterance, ...] = ()
