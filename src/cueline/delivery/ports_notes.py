"""What the web side needs of notes."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from cueline.delivery.rest_notes import NotesField
from cueline.events.notes import StoredNotes
from cueline.events.records import CallRecord
from cueline.kernel.ids import TenantId


class NoteBook(Protocol):
    """Notes of calls. Every method raises UnavailableError when the store is away."""

    def shape(self, profile: str) -> Sequence[NotesField]:
        """The fields of the notes of calls of a profile."""

    async def versions(self, tenant: TenantId, call: CallRecord) -> Sequence[StoredNotes]:
        """Newest first; none where nothing was written yet."""

    async def put(
        self, tenant: TenantId, call: CallRecord, fields: Mapping[str, object], *, based_on: int, by: str
    ) -> StoredNotes:
        """Stores the next version and commits ``NotesWritten``.

        Raises NotesConflictError when ``based_on`` is not the newest any more, InputError naming each field that does
        not fit the profile's shape.
        """
