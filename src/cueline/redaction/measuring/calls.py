"""Calls with gold spans, as the evaluation sets hold them, and what became of their words at the gate. Pure.

The format is described in ``evals/redaction/README.md``: one call a line, offsets in code points of a turn's text,
which is its words joined by single spaces.
"""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from cueline.events.redacted import EntityType, RedactedText
from cueline.kernel.errors import CheckFailedError, InputError
from cueline.kernel.ids import Channel
from cueline.redaction.holdback import Mark
from cueline.unredacted.transcript import RawWord

Form = Literal["digits", "words", "split", "corrected", "spelled"]
"""How a secret is said or written."""

EITHER: Final = "either"
"""Kind of a stretch that counts neither as a secret nor as something to be left readable."""


class Turn(msgspec.Struct, frozen=True):
    """One final of one side. words: (text, start, end in milliseconds of the call).

    spans: (start, end, type, form); carriers: for each span, the indexes of the words that give the secret away;
    benign: (start, end, kind).
    """

    role: Channel
    text: str
    words: list[tuple[str, int, int]]
    spans: list[tuple[int, int, EntityType, Form]] = []
    carriers: list[list[int]] = []
    benign: list[tuple[int, int, str]] = []

    def raw(self) -> list[RawWord]:
        return [RawWord(text, start_ms, end_ms) for text, start_ms, end_ms in self.words]

    @property
    def end_ms(self) -> int:
        return self.words[-1][2]

    def inside(self, start: int, end: int) -> list[int]:
        """Indexes of the words that a stretch of the text touches."""
        found = []
        at = 0
        for index, (text, _, _) in enumerate(self.words):
            if at < end and start < at + len(text):
                found.append(index)
            at += len(text) + 1
        return found


class Call(msgspec.Struct, frozen=True):
    """One call: its turns in the order in which they begin."""

    call: str
    turns: list[Turn]


_DECODER: Final = msgspec.json.Decoder(Call)


def read_call(line: bytes) -> Call:
    """Decodes one line. Raises InputError, without quoting it, when it is not such a call.

    Where a line brings no carriers, every word of a span that holds a letter or a digit is one.
    """
    try:
        call = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise InputError('a line of the set is not {"call", "turns": [{"role", "text", "words", "spans"}]}') from None
    turns = []
    for turn in call.turns:
        if not turn.words:
            continue
        if " ".join(word[0] for word in turn.words) != turn.text:
            raise InputError("a turn's text is not its words joined by single spaces")
        turns.append(turn if len(turn.carriers) == len(turn.spans) else _with_carriers(turn))
    return Call(call=call.call, turns=turns)


def _with_carriers(turn: Turn) -> Turn:
    carriers = [
        [at for at in turn.inside(start, end) if any(map(str.isalnum, turn.words[at][0]))]
        for start, end, _, _ in turn.spans
    ]
    return msgspec.structs.replace(turn, carriers=carriers)


def marks_of(words: Sequence[RawWord], content: RedactedText) -> list[Mark]:
    """The mark under which each raw word came out of the gate; None for a word that is shown.

    Raises CheckFailedError when the content cannot be the gate's view of these words: then nothing could be measured.
    """
    starts = sorted((mask.start, mask.type) for mask in content.masks)
    marks: list[Mark] = []
    offset = at = 0
    for shown in content.words:
        end = offset + len(shown.text)
        mark: Mark = None
        while at < len(starts) and starts[at][0] < end:
            mark = mark or starts[at][1]
            at += 1
        if mark is None:
            if len(marks) >= len(words) or words[len(marks)].text != shown.text:
                raise CheckFailedError("the gate shows a word that was not said at this place")
            marks.append(None)
        else:
            covered = 0
            while len(marks) < len(words) and words[len(marks)].start_ms < max(shown.end_ms, shown.start_ms + 1):
                marks.append(mark)
                covered += 1
            if not covered:
                raise CheckFailedError("the gate shows a mask where no word was said")
        offset = end + 1
    if len(marks) != len(words):
        raise CheckFailedError("the gate gave out fewer words than it got")
    return marks
