"""What the web side needs of verification."""

from collections.abc import Sequence
from typing import Protocol

from cueline.delivery.rest_verification import MaskCase, RangeRedacted, RedactRange
from cueline.events.records import CallRecord
from cueline.events.verification import MaskReport, MaskVerdict, StoredMaskReport, Verification
from cueline.kernel.errors import ConflictError, InputError, NotAllowedError, NotFoundError
from cueline.kernel.ids import TenantId


class NotVerifiedError(NotFoundError):
    """The checks after the call have not begun."""

    code = "not_verified"


class NotQuarantinedError(ConflictError):
    """There is nothing to release."""

    code = "not_quarantined"


class NotReviewerError(NotAllowedError):
    """This takes a supervisor."""

    code = "not_reviewer"


class NoMaskError(InputError):
    """No mask stands there."""

    code = "no_mask"


class VerificationDesk(Protocol):
    """Verification as people work with it; everything that they change stands in the audit log.

    Every method raises UnavailableError when a store is away.
    """

    async def find(self, tenant: TenantId, call: CallRecord) -> Verification:
        """Raises NotVerifiedError."""

    async def quarantined(self, tenant: TenantId, *, limit: int) -> list[Verification]:
        """What waits for a person, the newest first."""

    async def release(self, tenant: TenantId, call: CallRecord, *, by: str) -> Verification:
        """Somebody has looked and found no harm. Raises NotVerifiedError, NotQuarantinedError, NotReviewerError."""

    async def again(self, tenant: TenantId, call: CallRecord, *, by: str) -> None:
        """Has the call read once more. Raises NotVerifiedError, NotReviewerError."""

    async def masked(self, tenant: TenantId, call: CallRecord, *, by: str, utterance: str) -> None:
        """Somebody masked words of an utterance: the recording and the checks follow."""

    async def redact(self, tenant: TenantId, call: CallRecord, wanted: RedactRange) -> RangeRedacted:
        """Masks and beeps a range. Raises InputError, NotReviewerError."""

    async def report(self, tenant: TenantId, call: CallRecord, report: MaskReport, *, by: str) -> StoredMaskReport:
        """Keeps a report; its type is read from the mask. Raises NoMaskError, UnknownUtteranceError."""

    async def reports(self, tenant: TenantId, *, verdict: MaskVerdict | None, limit: int) -> list[StoredMaskReport]:
        """Reports of that verdict, or those that wait for one, the newest first."""

    async def review(self, tenant: TenantId, number: int, verdict: MaskVerdict, *, by: str) -> StoredMaskReport:
        """Judges a report. Raises NotReviewerError, NotFoundError."""

    async def cases(self, tenant: TenantId, *, limit: int) -> Sequence[MaskCase]:
        """Accepted reports with the redacted words around them."""
