"""What a person may change of what was said: masking more of it. Nothing takes a mask away. Pure."""

from collections.abc import Sequence

import msgspec

from cueline.events.guidance import Evidence
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


class Cut(msgspec.Struct, frozen=True):
    """A stretch of the text before, half-open, that ``length`` code points of the new text stand for."""

    start: int
    end: int
    length: int


def moved(evidence: Evidence, cuts: Sequence[Cut]) -> Evidence:
    """Evidence of the text before, in the text as it is now: what was cut into takes all of what stands there now.

    cuts: in order, and apart from each other. Evidence that is all of an utterance stays so.
    """
    if evidence.start == evidence.end:
        return evidence
    start, end = (_placed(offset, cuts, last=last) for offset, last in ((evidence.start, False), (evidence.end, True)))
    return msgspec.structs.replace(evidence, start=start, end=end)


def _placed(offset: int, cuts: Sequence[Cut], *, last: bool) -> int:
    """Where an offset lies now; one within a cut goes to its beginning, or to its end for the last one of a stretch."""
    shift = 0
    for cut in cuts:
        if offset <= cut.start:
            break
        if offset < cut.end:
            return cut.start + shift + (cut.length if last else 0)
        shift += cut.length - (cut.end - cut.start)
    return offset + shift
