"""What the guide hears: an utterance or its hypothesis, in words, masks kept apart. Pure."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from cueline.events.catalogue import PartialRevised, UtteranceCommitted
from cueline.events.guidance import Evidence
from cueline.events.redacted import Mask, MaskType, RedactedWord
from cueline.kernel.ids import Channel, Speaker, UtteranceId

_APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD: Final = re.compile(rf"\[[A-Z0-9_]+\]|[^\W_]+(?:['{_APOSTROPHE}][^\W_]+)*", re.UNICODE)


class Token(msgspec.Struct, frozen=True):
    """A word in lower case without punctuation, or a mask (``text`` empty). start, end: half-open, in the text."""

    text: str
    start: int
    end: int
    mask: MaskType | None = None


class Heard(msgspec.Struct, frozen=True):
    """What one side said. final: nothing changes it any more but an amendment. Times are media milliseconds.

    words: of a final, with their times; none of a hypothesis.
    """

    utterance_id: UtteranceId
    channel: Channel
    speaker: Speaker
    started_ms: int
    ended_ms: int
    text: str
    tokens: tuple[Token, ...]
    final: bool
    revision: int = 0
    loudness_db: float | None = None
    words: tuple[RedactedWord, ...] = ()

    def evidence(self, first: int, last: int) -> Evidence:
        """The place of tokens ``first`` to ``last``."""
        return Evidence(utterance_id=self.utterance_id, start=self.tokens[first].start, end=self.tokens[last].end)

    def said_ms(self, token: int) -> int:
        """When a token had been said; the end of the utterance where its words do not tell."""
        offset = 0
        for word in self.words:
            offset += len(word.text) + 1
            if self.tokens[token].start < offset:
                return word.end_ms
        return self.ended_ms


def tokens_of(text: str, masks: Sequence[Mask]) -> tuple[Token, ...]:
    """The words of a redacted text.

    >>> [token.text or token.mask for token in tokens_of("It's [PHONE], OK?", [Mask(start=5, end=12, type="PHONE")])]
    ["it's", 'PHONE', 'ok']
    """
    kinds = {mask.start: mask.type for mask in masks}
    found = []
    for match in _WORD.finditer(text):
        kind = kinds.get(match.start())
        word = "" if kind is not None else match[0].lower().replace(_APOSTROPHE, "'")
        found.append(Token(word, match.start(), match.end(), kind))
    return tuple(found)


def heard(payload: UtteranceCommitted | PartialRevised, *, now_ms: int) -> Heard:
    """An event as the guide hears it. now_ms: media time of the event, the end of what a hypothesis has so far."""
    final = isinstance(payload, UtteranceCommitted)
    return Heard(
        utterance_id=payload.utterance_id,
        channel=payload.channel,
        speaker=payload.speaker,
        started_ms=payload.started_ms,
        ended_ms=payload.ended_ms if isinstance(payload, UtteranceCommitted) else now_ms,
        text=payload.text,
        tokens=tokens_of(payload.text, payload.masks),
        final=final,
        revision=0 if isinstance(payload, UtteranceCommitted) else payload.revision,
        words=payload.words if isinstance(payload, UtteranceCommitted) else (),
        loudness_db=payload.loudness_db if isinstance(payload, UtteranceCommitted) else None,
    )
