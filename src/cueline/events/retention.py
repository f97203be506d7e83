"""How long what is known of a call is kept, and what is left to tell of what was deleted. Pure."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec

from cueline.events.payload import Payload
from cueline.events.policies import DEFAULT_PROFILE
from cueline.kernel.errors import ConflictError, GoneError, InputError
from cueline.kernel.ids import CallId, TenantId

DAYS_MAX: Final = 36_500
DAY_MS: Final = 86_400_000

DataKind = Literal["audio", "text", "metrics"]
"""``audio``: the recording. ``text``: what was said and written, and who called. ``metrics``: the call's row, its times
and figures, and with them all that is left of it."""

DATA_KINDS: Final[tuple[DataKind, ...]] = ("audio", "text", "metrics")

RETENTION: Final = "retention"
"""Who deletes what is over its days."""

Days = Annotated[int, msgspec.Meta(ge=0, le=DAYS_MAX)]


class LegalHoldError(ConflictError):
    """Nothing of this call may be deleted."""

    code = "legal_hold"


class CallGoesOnError(ConflictError):
    """The call has not ended: nothing of it is deleted yet."""

    code = "call_goes_on"


class TextDeletedError(GoneError):
    """The call's words were deleted for good; none are added any more."""

    code = "text_deleted"


class RetentionPolicy(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Days after a call's end for which each kind of data is kept; 0: until the next night.

    The call's row goes with its metrics, so these are kept for at least as long as the others.
    """

    audio_days: Days = 90
    text_days: Days = 365
    metrics_days: Days = 1_095

    def days(self, kind: DataKind) -> int:
        match kind:
            case "audio":
                return self.audio_days
            case "text":
                return self.text_days
            case "metrics":
                return self.metrics_days


def parse_retention(raw: bytes) -> RetentionPolicy:
    """A policy from its JSON. Raises InputError, which names the field at fault."""
    try:
        policy = msgspec.json.decode(raw, type=RetentionPolicy)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        _, marker, place = str(error).rpartition(" - at `$.")
        field = place.rstrip("`") if marker else "policy"
        raise InputError(f"{field}: a whole number of days, from 0 to {DAYS_MAX}") from None
    longest = max(policy.audio_days, policy.text_days)
    if policy.metrics_days < longest:
        raise InputError(f"metricsDays: at least {longest}, as long as audio and text are kept")
    return policy


def retention_json(policy: RetentionPolicy) -> bytes:
    """The inverse of ``parse_retention``."""
    return msgspec.json.encode(policy)


class Cutoffs(msgspec.Struct, frozen=True):
    """Calls that ended at this time or before (epoch milliseconds) are over their days: by profile, and all others."""

    profiles: dict[str, int]
    others: int


def cutoffs(policies: Mapping[str, RetentionPolicy], kind: DataKind, now_ms: int) -> Cutoffs:
    """policies: those in force by profile, that of ``default`` among them, which all others follow."""
    by_profile = {profile: now_ms - policy.days(kind) * DAY_MS for profile, policy in policies.items()}
    return Cutoffs(by_profile, by_profile[DEFAULT_PROFILE])


def next_night_ms(after_ms: int, hour: int) -> int:
    """The first time after ``after_ms`` (epoch milliseconds) at which it is ``hour`` o'clock, UTC.

    >>> next_night_ms(2 * 3_600_000, 2) == 26 * 3_600_000
    True
    """
    today_ms = after_ms - after_ms % DAY_MS + hour * 3_600_000
    return today_ms if today_ms > after_ms else today_ms + DAY_MS


class Night(msgspec.Struct, frozen=True, rename="camel"):
    """What one turn of retention deleted, in calls; failed: tried, and left for later. more: its time was over."""

    audio: int = 0
    text: int = 0
    metrics: int = 0
    failed: int = 0
    more: bool = False


class DueDeletion(msgspec.Struct, frozen=True, rename="camel"):
    """Data of a call that is over its days. ended_at_ms: epoch milliseconds."""

    call_id: CallId
    kind: DataKind
    profile: str
    ended_at_ms: int


class DueCount(msgspec.Struct, frozen=True, rename="camel"):
    """How many calls of a profile have data of a kind that is over its days; held: kept by a legal hold."""

    kind: DataKind
    profile: str
    calls: int
    held: int


class Deletion(msgspec.Struct, frozen=True, rename="camel"):
    """What was deleted, and how that was made sure. proof: counts, digests and a signature, as they were written.

    deleted_at_ms: epoch milliseconds.
    """

    tenant: TenantId
    call_id: CallId
    kind: DataKind
    proof: bytes
    deleted_by: str
    deleted_at_ms: int


class BegunRecording(msgspec.Struct, frozen=True):
    """A recording whose deletion has begun, or is through (``done``).

    chunks, bytes, position: as its rows say; rows_digest: SHA-256 of their list. manifests: SHA-256 of each manifest
    that there was when its deletion began.
    """

    chunks: int
    bytes: int
    position: int
    rows_digest: str
    manifests: tuple[str, ...]
    done: bool


class LegalHold(msgspec.Struct, frozen=True, rename="camel"):
    """Whether a call is held, and who said so last, why and when (epoch milliseconds); None: nobody ever did."""

    held: bool
    reason: str | None = None
    by: str | None = None
    at_ms: int | None = None


class TextDeleted(Payload, frozen=True, tag=True):
    """The call's words are gone for good: utterances, notes, cues' texts. deleted_at_ms: epoch milliseconds."""

    by: str
    deleted_at_ms: int


class RecordingDeleted(Payload, frozen=True, tag=True):
    """The call's recording is gone for good. deleted_at_ms: epoch milliseconds."""

    by: str
    deleted_at_ms: int


class RecordingPaused(Payload, frozen=True, tag=True):
    """From ``atMs`` on nothing is recorded; the transcript goes on."""

    by: str


class RecordingResumed(Payload, frozen=True, tag=True):
    """From ``atMs`` on the call is recorded again."""

    by: str


class ConsentGiven(Payload, frozen=True, tag=True):
    """The customer agrees to be recorded, from ``atMs`` on."""

    by: str


class ConsentWithdrawn(Payload, frozen=True, tag=True):
    """The customer does not agree to be recorded any more, from ``atMs`` on."""

    by: str


RetentionPayload = TextDeleted | RecordingDeleted | RecordingPaused | RecordingResumed | ConsentGiven | ConsentWithdrawn
