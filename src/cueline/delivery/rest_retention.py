"""Shapes of retention: policies, what is due, proofs, legal holds, and the recording's switch. Pure."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from cueline.delivery.rest import Rest
from cueline.delivery.rest_guidance import Name
from cueline.events.retention import DataKind, DueCount, LegalHold
from cueline.kernel.ids import CallId

REASON_MAX = 500
Days = Annotated[int, msgspec.Meta(ge=0, le=36_500)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=REASON_MAX, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class RetentionFields(Rest, frozen=True, forbid_unknown_fields=True):
    """Days after a call's end for which each kind of data is kept; 0: until the next night.

    ``metricsDays`` is at least as long as the others: the call's row goes with them.
    """

    audio_days: Days = 90
    text_days: Days = 365
    metrics_days: Days = 1_095


class RetentionVersion(Rest, frozen=True):
    """One version of a profile's policy. Version 0 is the built-in one, which nobody changed: both null."""

    profile: str
    version: int
    policy: RetentionFields
    note: str
    changed_by: str | None
    changed_at_ms: int | None


class RetentionList(Rest, frozen=True):
    """The policy in force of each profile that has one of its own, and of ``default``, which comes first."""

    policies: list[RetentionVersion]


class RetentionVersions(Rest, frozen=True):
    """A profile's own versions, newest first."""

    versions: list[RetentionVersion]


class RetentionInForce(Rest, frozen=True):
    """The policy for calls of this profile, those of the past too. ``inherited``: it is that of ``default``."""

    profile: str
    version: int
    inherited: bool
    policy: RetentionFields
    note: str
    changed_by: str | None
    changed_at_ms: int | None


class PublishRetention(Rest, frozen=True, forbid_unknown_fields=True):
    """A new version. ``basedOn``: the version in force that was changed; another one by now is a conflict."""

    policy: RetentionFields
    based_on: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 2)]
    note: Annotated[str, msgspec.Meta(max_length=500)] = ""


class AskDue(Rest, frozen=True, forbid_unknown_fields=True):
    """What would be deleted if ``policy`` were in force for ``profile``."""

    profile: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$(?!\n)")]
    policy: RetentionFields


class DueShown(Rest, frozen=True):
    """Calls of a profile whose data of a kind go; ``held``: those that a legal hold keeps."""

    kind: DataKind
    profile: str
    calls: int
    held: int


class DueTonight(Rest, frozen=True):
    """What goes in the night that begins at ``atMs`` (epoch), if nothing changes until then."""

    at_ms: int
    due: list[DueShown]


class DeletionShown(Rest, frozen=True):
    """What was deleted, with its proof. ``atMs``: epoch.

    ``counts``: what there was. ``digests``: SHA-256 of a recording's manifests as they were stored, and of the list of
    its chunks. ``left``: what was found of it afterwards. ``signature``: ``valid``, ``changed`` since, or ``key_gone``:
    its key is not in the key ring any more.
    """

    call_id: CallId
    kind: DataKind
    by: str
    at_ms: int
    counts: dict[str, int]
    digests: dict[str, str | list[str]]
    left: dict[str, int]
    signature: Literal["valid", "changed", "key_gone"]


class DeletionList(Rest, frozen=True):
    """Deletions, newest first."""

    deletions: list[DeletionShown]


class PutLegalHold(Rest, frozen=True, forbid_unknown_fields=True):
    """Whether the call is to be held, and why that changes."""

    held: bool
    reason: Reason
    by: Name = "supervisor"


class LegalHoldShown(Rest, frozen=True):
    """Whether a call is held: nothing of it is deleted then. The rest: who said so last, why and when (epoch)."""

    held: bool
    reason: str | None
    by: str | None
    at_ms: int | None


class Consent(Rest, frozen=True, forbid_unknown_fields=True):
    """Whether the customer agrees to be recorded, from now on."""

    given: bool
    by: Name = "contact flow"


class RecordingDeletedNow(Rest, frozen=True):
    """``deleted``: by this request; false where it was gone already."""

    deleted: bool


def retention_in_force(profile: str, version: RetentionVersion) -> RetentionInForce:
    """The policy that a profile's calls follow, seen from that profile."""
    return RetentionInForce(
        profile=profile,
        version=version.version,
        inherited=version.profile != profile,
        policy=version.policy,
        note=version.note,
        changed_by=version.changed_by,
        changed_at_ms=version.changed_at_ms,
    )


def due_shown(at_ms: int, counts: Sequence[DueCount]) -> DueTonight:
    """Counts as they are shown; what is nothing is left out."""
    due = [
        DueShown(kind=each.kind, profile=each.profile, calls=each.calls, held=each.held)
        for each in counts
        if each.calls or each.held
    ]
    return DueTonight(at_ms=at_ms, due=due)


def hold_shown(hold: LegalHold) -> LegalHoldShown:
    """A hold as it is shown."""
    return LegalHoldShown(held=hold.held, reason=hold.reason, by=hold.by, at_ms=hold.at_ms)
