"""Which fields the notes of a profile's calls have, and whether notes fit them. Pure."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec

from cueline.kernel.errors import ConfigurationError, InputError

DEFAULT_PROFILE: Final = "default"
FIELDS_MAX: Final = 40
PROFILES_MAX: Final = 200
SHAPES_BYTES_MAX: Final = 1_000_000
TEXT_MAX: Final = 4_000
LINES_MAX: Final = 50
_PROBLEMS_MAX: Final = 10

FieldKind = Literal["text", "lines", "choice"]
Content = Literal[
    "reason", "summary", "actions", "promises", "outcome", "follow_ups", "amounts", "dates", "accounts", "disposition",
    "requests", "appointment", "hours", "company", "cards",
]  # fmt: skip
"""What can be written into a field from the call."""

OUTCOMES: Final = ("done", "pending", "refused", "escalated", "unclear")

FieldName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$(?!\n)")]
ChoiceText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class NotesInvalidError(InputError):
    """Notes do not fit their shape; the message names each field at fault and what it may hold, and quotes nothing."""

    code = "notes_invalid"


class FieldShape(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A field of the notes.

    text: one text; lines: a list of short texts; choice: one of ``choices``. lengthMax: characters of the text, or of
    each line. content: what is written into it when the call ends; None leaves it to the agent.
    """

    name: FieldName
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    kind: FieldKind = "text"
    required: bool = False
    length_max: Annotated[int, msgspec.Meta(ge=1, le=TEXT_MAX)] = 500
    lines_max: Annotated[int, msgspec.Meta(ge=1, le=LINES_MAX)] = 12
    choices: Annotated[tuple[ChoiceText, ...], msgspec.Meta(max_length=100)] = ()
    content: Content | None = None

    def __post_init__(self) -> None:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"field {self.name!r}: a choice needs choices, and nothing else may have them")


class NotesShape(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The fields of notes, in the order in which they are shown."""

    fields: Annotated[tuple[FieldShape, ...], msgspec.Meta(min_length=1, max_length=FIELDS_MAX)]

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("two fields have the same name")


DEFAULT_SHAPE: Final = NotesShape(
    fields=(
        FieldShape("reason", "Reason", required=True, length_max=300, content="reason"),
        FieldShape("summary", "Summary", required=True, length_max=1_500, content="summary"),
        FieldShape("actions", "Done", "lines", length_max=300, content="actions"),
        FieldShape("promises", "Promised", "lines", length_max=300, content="promises"),
        FieldShape("outcome", "Outcome", "choice", required=True, choices=OUTCOMES, content="outcome"),
        FieldShape("follow_ups", "To follow up", "lines", length_max=300, content="follow_ups"),
        FieldShape("amounts", "Amounts", "lines", length_max=160, content="amounts"),
        FieldShape("dates", "Dates and times", "lines", length_max=300, content="dates"),
        FieldShape("accounts", "Accounts and cards", "lines", length_max=160, content="accounts"),
        FieldShape("disposition", "Disposition", length_max=100, content="disposition"),
    )
)


def parse_shapes(document: bytes) -> dict[str, NotesShape]:
    """Shapes by profile from JSON, ``{"banking": {"fields": [...]}}``. Raises ConfigurationError naming the place."""
    if len(document) > SHAPES_BYTES_MAX:
        raise ConfigurationError(f"shapes of notes: at most {SHAPES_BYTES_MAX} bytes")
    try:
        shapes = msgspec.json.decode(document, type=dict[str, NotesShape])
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"shapes of notes: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ConfigurationError("shapes of notes: this is no JSON") from None
    if len(shapes) > PROFILES_MAX:
        raise ConfigurationError(f"shapes of notes: at most {PROFILES_MAX} profiles")
    return shapes


def shape_of(shapes: Mapping[str, NotesShape], profile: str) -> NotesShape:
    """The shape for calls of a profile: its own, else that of ``default``, else the built-in one."""
    return shapes.get(profile) or shapes.get(DEFAULT_PROFILE) or DEFAULT_SHAPE


def checked(fields: Mapping[str, object], shape: NotesShape) -> dict[str, object]:
    """Notes as they are stored: every field of the shape, in its order, those left out empty.

    Raises NotesInvalidError naming every field at fault.
    """
    known = {field.name for field in shape.fields}
    unknown = sum(name not in known for name in fields)
    faults = [f"fields: {unknown} of them are not in this profile's notes"] if unknown else []
    result: dict[str, object] = {}
    for field in shape.fields:
        value = fields.get(field.name)
        fault = _fault(field, value)
        if fault:
            faults.append(f"fields.{field.name}: {fault}")
        result[field.name] = empty(field) if value is None else value
    if faults:
        raise NotesInvalidError("; ".join(faults[:_PROBLEMS_MAX]))
    return result


def empty(field: FieldShape) -> object:
    """What a field holds that holds nothing."""
    return [] if field.kind == "lines" else ""


def _fault(field: FieldShape, value: object) -> str | None:  # noqa: PLR0911 - a table
    if value is None or value in ("", []):
        return "must be filled in" if field.required else None
    if field.kind == "lines":
        return _lines_fault(field, value)
    if not isinstance(value, str):
        return "must be a text"
    if "\0" in value:
        return "must hold no NUL character"
    if field.kind == "choice" and value not in field.choices:
        return f"must be one of: {', '.join(field.choices)}"
    if len(value) > field.length_max:
        return f"at most {field.length_max} characters"
    return "must be filled in" if field.required and not value.strip() else None


def _lines_fault(field: FieldShape, value: object) -> str | None:
    if not isinstance(value, list | tuple) or not all(isinstance(line, str) for line in value):
        return "must be a list of texts"
    if len(value) > field.lines_max:
        return f"at most {field.lines_max} lines"
    if any(len(line) > field.length_max or not line.strip() or "\0" in line for line in value):
        return f"each line must hold 1 to {field.length_max} characters"
    return None
