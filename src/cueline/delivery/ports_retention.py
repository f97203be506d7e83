"""What the web side needs of retention."""

from typing import Protocol

from cueline.delivery.rest_retention import DeletionShown, DueTonight, RetentionFields, RetentionVersion
from cueline.events.records import CallRecord
from cueline.events.retention import LegalHold
from cueline.kernel.ids import CallId, TenantId


class RetentionDesk(Protocol):
    """Policies, what is due, proofs and legal holds. Every method raises UnavailableError when a store is away."""

    async def in_force(self, tenant: TenantId, profile: str) -> RetentionVersion:
        """The policy for calls of this profile; its ``profile`` says whose it is."""

    async def profiles(self, tenant: TenantId) -> list[RetentionVersion]:
        """The newest of each profile that has one of its own; ``default`` is always there, and first."""

    async def versions(self, tenant: TenantId, profile: str, *, limit: int) -> list[RetentionVersion]:
        """A profile's own versions, newest first."""

    async def publish(
        self, tenant: TenantId, profile: str, policy: RetentionFields, *, based_on: int, note: str, by: str
    ) -> RetentionVersion:
        """Stores the next version. Raises PolicyConflictError, and InputError naming the field."""

    async def due(self, tenant: TenantId, *, instead: tuple[str, RetentionFields] | None = None) -> DueTonight:
        """What goes in the coming night. instead: as if this policy were in force for this profile.

        Raises InputError naming the field.
        """

    async def deletions(self, tenant: TenantId, *, limit: int, call_id: CallId | None) -> list[DeletionShown]:
        """The newest proofs, checked; newest first. A call that is named may be gone itself."""

    async def hold(self, tenant: TenantId, call_id: CallId, *, held: bool, reason: str, by: str) -> LegalHold:
        """Sets or lifts a legal hold. Raises NotAllowedError for whoever is no supervisor."""

    async def standing_hold(self, tenant: TenantId, call_id: CallId) -> LegalHold:
        """Whether a call is held."""

    async def delete_recording(self, tenant: TenantId, call: CallRecord, *, by: str) -> bool:
        """Deletes a recording for good; False where it was gone.

        Raises NotAllowedError for whoever is no supervisor, LegalHoldError, CallGoesOnError, NotFoundError.
        """
