"""What a person may change of what was said: masking more of it. Nothing takes a mask away."""

import msgspec

from cueline.events.redacted import EntityType
from cueline.kernel.errors import ConflictError, InputError, NotFoundError
from cueline.kernel.ids import UtteranceId


class UnknownUtteranceError(NotFoundError):
    """No such utterance in this call."""

    code = "unknown_utterance"


class OffsetsOutsideError(InputError):
    """The stretch does not lie inside the utterance's text."""

    code = "offsets_outside"


class TextChangedError(ConflictError):
    """The text is another one than the one whose offsets were given."""

    code = "text_changed"


class MaskStretch(msgspec.Struct, frozen=True):
    """Mask this: half-open offsets in code points of the text.

    version: of the utterance that they were read from; None where that is not known.
    """

    utterance_id: UtteranceId
    start: int
    end: int
    type: EntityType
    version: int | None = None


class MaskOutcome(msgspec.Struct, frozen=True):
    """The utterance's version now, and the sequence of the event that tells of it; None: it was masked already."""

    version: int
    sequence: int | None
