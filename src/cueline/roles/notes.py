"""Notes between their shape, their store and the call's events."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cueline.delivery.rest_notes import NotesField
from cueline.events.guidance import NotesWritten
from cueline.events.notes import DeliveryKind, NotesConflictError, StoredNotes
from cueline.events.records import CallRecord
from cueline.events.retention import TextDeletedError
from cueline.guidance.notes.shape import SHAPES_BYTES_MAX, NotesShape, checked, parse_shapes, shape_of
from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import TenantId
from cueline.roles.settings import Settings
from cueline.storage.calls import PostgresCalls
from cueline.storage.notes import PostgresNotes


class Notes:
    """``delivery.ports_notes.NoteBook``, and what the guide asks of notes."""

    def __init__(self, store: PostgresNotes, calls: PostgresCalls, shapes: Mapping[str, NotesShape]) -> None:
        self._store = store
        self._calls = calls
        self._shapes = shapes

    def shape_for(self, profile: str) -> NotesShape:
        """The shape that notes of calls of a profile have."""
        return shape_of(self._shapes, profile)

    def shape(self, profile: str) -> list[NotesField]:
        return [
            NotesField(
                name=field.name,
                label=field.label,
                kind=field.kind,
                required=field.required,
                length_max=field.length_max,
                lines_max=field.lines_max,
                choices=field.choices,
            )
            for field in self.shape_for(profile).fields
        ]

    async def versions(self, tenant: TenantId, call: CallRecord) -> Sequence[StoredNotes]:
        return await self._store.versions(tenant, call.call_id)

    async def put(
        self, tenant: TenantId, call: CallRecord, fields: Mapping[str, object], *, based_on: int, by: str
    ) -> StoredNotes:
        if call.text_deleted_at_ms is not None:
            raise TextDeletedError("what was written of this call was deleted for good, and nothing is added to it")
        stored = await self._store.save(
            tenant, call.call_id, checked(fields, self.shape_for(call.profile)), based_on=based_on, by=by
        )
        at_ms = call.ended_ms
        if at_ms is None:
            at_ms = await self._calls.media_ms(tenant, call.call_id, epoch_ms=stored.at_ms)
        await self._calls.record(tenant, call.call_id, NotesWritten(version=stored.version, by=by), at_ms=at_ms)
        return stored

    async def keep_made(self, tenant: TenantId, call: CallRecord, fields: dict[str, object]) -> int:
        """Stores notes that were made from the call, and gives their version.

        Where notes stand already, made before or written by a person, they stay as they are: version 1 is theirs.
        """
        try:
            return (await self._store.save(tenant, call.call_id, fields, based_on=0, by=None)).version
        except NotesConflictError:
            return 1

    async def remake(self, tenant: TenantId, call: CallRecord, fields: dict[str, object]) -> bool:
        """Replaces notes that were made from the call, after what was said in it was amended."""
        return await self._store.remake(tenant, call.call_id, fields)

    async def of_contact(self, tenant: TenantId, contact_id: str) -> dict[str, object] | None:
        """The newest notes of another contact, such as the one that a call was transferred from."""
        record = await self._calls.find(tenant, contact_id)
        found = await self._store.versions(tenant, record.call_id) if record is not None else []
        return found[0].fields if found else None


def announced(settings: Settings) -> tuple[DeliveryKind, ...]:
    """What is sent when notes are written, as set up."""
    kinds: list[DeliveryKind] = []
    if settings.webhook_url is not None:
        kinds.append("notes_webhook")
    if settings.connect_instance_id is not None:
        kinds.append("contact_attributes")
    return tuple(kinds)


def read_shapes(path: Path | None) -> dict[str, NotesShape]:
    """Shapes of notes by profile from a file; none where none is set. Raises ConfigurationError."""
    if path is None:
        return {}
    try:
        with path.open("rb") as file:
            return parse_shapes(file.read(SHAPES_BYTES_MAX + 1))
    except OSError:
        raise ConfigurationError("CUELINE_NOTES_SHAPES: the file cannot be read") from None
