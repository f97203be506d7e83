"""Notes of calls, and what is sent to other systems, as rooms hand them to one another. Pure."""

from typing import Literal

import msgspec

from cueline.events.verification import QuarantineBody
from cueline.kernel.errors import ConflictError
from cueline.kernel.ids import CallId, TenantId

DeliveryKind = Literal["notes_webhook", "contact_attributes", "quarantine_webhook"]


class NotesConflictError(ConflictError):
    """Somebody wrote another version of these notes meanwhile."""

    code = "notes_conflict"


class StoredNotes(msgspec.Struct, frozen=True, rename="camel"):
    """A version of a call's notes. by: who changed them; None: they were made from the call. at_ms: epoch."""

    version: int
    fields: dict[str, object]
    by: str | None
    at_ms: int


class NotesBody(msgspec.Struct, frozen=True, rename="camel"):
    """What other systems are told when notes were written. at_ms: epoch milliseconds."""

    kind: Literal["NotesWritten"]
    tenant: TenantId
    call_id: CallId
    contact_id: str
    version: int
    by: str | None
    at_ms: int
    reason: str | None
    disposition: str | None
    fields: dict[str, object]


class DueDelivery(msgspec.Struct, frozen=True):
    """Something that is to be sent now. attempts: which one this is, from 1."""

    delivery_id: int
    tenant: TenantId
    call_id: CallId
    kind: DeliveryKind
    body: NotesBody | QuarantineBody
    attempts: int
