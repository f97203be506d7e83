"""Shapes of the notes of a call. Pure."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from cueline.delivery.rest import Rest
from cueline.delivery.rest_guidance import Name
from cueline.events.notes import StoredNotes

NotesText = Annotated[str, msgspec.Meta(max_length=4_000)]
NotesLines = Annotated[list[NotesText], msgspec.Meta(max_length=50)]


class NotesField(Rest, frozen=True):
    """A field of the notes of a profile. ``lines`` is a list of texts, ``choice`` one of ``choices``.

    ``lengthMax``: characters of the text, or of each line.
    """

    name: str
    label: str
    kind: Literal["text", "lines", "choice"]
    required: bool
    length_max: int
    lines_max: int
    choices: tuple[str, ...]


class NotesFields(Rest, frozen=True):
    """The fields of the notes of calls of a profile, in the order in which they are shown."""

    profile: str
    fields: tuple[NotesField, ...]


class NotesVersion(Rest, frozen=True):
    """A version of a call's notes. ``by``: who wrote it; null where it was made from the call. ``atMs``: epoch."""

    version: int
    fields: dict[str, str | list[str]]
    by: str | None
    at_ms: int


class CallNotes(Rest, frozen=True):
    """A call's notes: the newest version (null where there is none yet), and all of them, newest first, at most 50."""

    newest: NotesVersion | None
    versions: list[NotesVersion]


class PutNotes(Rest, frozen=True, forbid_unknown_fields=True):
    """The notes as they shall be. ``basedOn``: the version that was changed, 0 where there was none."""

    fields: Annotated[
        dict[Annotated[str, msgspec.Meta(max_length=40)], NotesText | NotesLines | None], msgspec.Meta(max_length=40)
    ]
    based_on: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 2)]
    by: Name = "agent"


def notes_shown(stored: StoredNotes) -> NotesVersion:
    """A version as it is shown; what is neither text nor lines of text is left out."""
    fields: dict[str, str | list[str]] = {}
    for name, value in stored.fields.items():
        if isinstance(value, str):
            fields[name] = value
        elif isinstance(value, list):
            fields[name] = [line for line in value if isinstance(line, str)]
    return NotesVersion(version=stored.version, fields=fields, by=stored.by, at_ms=stored.at_ms)


def all_notes_shown(versions: Sequence[StoredNotes]) -> CallNotes:
    """Versions as they are shown, newest first."""
    found = [notes_shown(stored) for stored in versions]
    return CallNotes(newest=found[0] if found else None, versions=found)
