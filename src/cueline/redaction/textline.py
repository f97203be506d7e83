"""Text lines through the gate, for evaluation: what ``cueline redact`` does. Pure but for the callables it is given.

A line in is ``{"call", "role", "text", "final"?, "words"?}``, a line out adds ``masked`` and ``spans``: half-open
offsets in code points of the text that came in. Lines of one call and role are one speaker's turns, in order. This is
the only place that gives raw text back; a bad line is refused without quoting it.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Annotated, Any, BinaryIO, Final

import msgspec

from cueline.events.redacted import HELD_TEXT, ChannelMemory, MaskType, RedactorSnapshot
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.channel import ChannelGate
from cueline.redaction.context import CallContext
from cueline.redaction.holdback import Mark
from cueline.redaction.policy import RedactionPolicy
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

MAX_LINE_BYTES: Final = 1 << 20
"""Longest line, its end included."""

MAX_CALLS: Final = 16_384
"""Calls remembered; the one not heard of for longest is forgotten first."""

WORD_MS: Final = 300
"""Length given to each word of a line that brings no times."""

_TOKEN: Final = re.compile(r"\S+")
_OPENING: Final = "([{<\"'\u2018\u201c"
_SHAPE: Final = (
    'needs "call" (text), "role" ("agent" or "customer"), "text", and optionally "final" (true or false) and "words" '
    '([{"text", "startMs", "endMs"}], whole milliseconds from 0, each end at or after its start)'
)

_Ms = Annotated[int, msgspec.Meta(ge=0, le=10**10)]


class _Timing(msgspec.Struct, rename="camel"):
    text: str
    start_ms: _Ms
    end_ms: _Ms


class _Line(msgspec.Struct):
    call: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
    role: Channel
    text: str
    final: bool = True
    words: list[_Timing] | None = None


class _Call:
    """One call: its gates and the media time that its lines have reached."""

    __slots__ = ("_context", "_reached_ms", "_roles")

    def __init__(self, policy: RedactionPolicy) -> None:
        self._context = CallContext(policy, RedactorSnapshot())
        self._reached_ms = 0
        self._roles: dict[Channel, _Speaker] = {}

    def marks(self, line: _Line, tokens: list[re.Match[str]]) -> list[Mark]:
        """A mark for each token. A final is decided at once, as it would be when the bound of its hold passes."""
        speaker = self._roles.get(line.role)
        if speaker is None:
            speaker = self._roles[line.role] = _Speaker(line.role, self._context)
        marks, reached_ms = speaker.marks(line, tokens, self._reached_ms)
        self._reached_ms = max(self._reached_ms, reached_ms)
        return marks


class _Speaker:
    """One role of one call."""

    __slots__ = ("_begin_ms", "_context", "_gate", "_ordinal", "_reached_ms", "_revision")

    def __init__(self, role: Channel, context: CallContext) -> None:
        self._context = context
        self._gate = ChannelGate(role, ChannelMemory(), context, settled=0, detectors=(), on_failure=_uncounted)
        self._begin_ms: int | None = None
        self._reached_ms = self._ordinal = self._revision = 0

    def marks(self, line: _Line, tokens: list[re.Match[str]], call_ms: int) -> tuple[list[Mark], int]:
        """A mark for each token, and the media time reached. Lines are all there is: both sides are heard by then."""
        if self._begin_ms is None:
            self._begin_ms = call_ms + WORD_MS
        words = self._timed(line, tokens, self._begin_ms)
        self._reached_ms = max(self._reached_ms, *(word.end_ms for word in words))
        for channel in CHANNELS:
            self._context.heard(channel, self._reached_ms)
        if not line.final:
            self._revision += 1
            partial = RawPartial(
                channel=line.role, ordinal=self._ordinal, revision=self._revision, words=words,
                heard_ms=words[-1].end_ms,
            )  # fmt: skip
            return self._gate.revise(partial), self._reached_ms
        settled = self._reached_ms * SAMPLES_PER_MS
        self._gate.settle(RawUtterance(channel=line.role, ordinal=self._ordinal, words=words, settled=settled))
        (decided,) = self._gate.take(at_once=True)
        self._ordinal += 1
        self._begin_ms = None
        self._gate.hear(settled, settled)
        return list(decided.marks), self._reached_ms

    def _timed(self, line: _Line, tokens: list[re.Match[str]], begin_ms: int) -> list[RawWord]:
        """The tokens as words; the line's times where it brings one for each, even times otherwise."""
        if line.words is not None and len(line.words) == len(tokens):
            pairs = zip(tokens, line.words, strict=True)
            return [RawWord(token.group(), timing.start_ms, timing.end_ms) for token, timing in pairs]
        starts = range(begin_ms, begin_ms + WORD_MS * len(tokens), WORD_MS)
        pairs_of_time = zip(tokens, starts, strict=True)
        return [RawWord(token.group(), start_ms, start_ms + WORD_MS) for token, start_ms in pairs_of_time]


def _uncounted(code: str) -> None:
    """A failure masks the line; there is nobody to count it for."""


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's lines as they come. Raises InputError for one that is longer than ``MAX_LINE_BYTES``."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise InputError(f"line {number} is longer than {MAX_LINE_BYTES} bytes")
        yield line


def redact_lines(
    lines: Iterable[bytes], write: Callable[[bytes], None], *, omit_text: bool, policy: RedactionPolicy | None = None
) -> None:
    """Hands one line to ``write`` (which flushes it) for each line in, in order; blank lines are passed over.

    omit_text: leave out the text and everything else that may repeat it. Raises InputError at the first bad line.
    """
    calls: OrderedDict[str, _Call] = OrderedDict()
    chosen = policy or RedactionPolicy()
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        given, line = _read(raw, number)
        call = calls.get(line.call)
        if call is None:
            call = calls[line.call] = _Call(chosen)
        calls.move_to_end(line.call)
        if len(calls) > MAX_CALLS:
            calls.popitem(last=False)
        tokens = list(_TOKEN.finditer(line.text))
        marks = call.marks(line, tokens) if tokens else []
        spans = _spans(tokens, marks)
        if omit_text:
            given = {"call": line.call, "role": line.role, "final": line.final}
        given["masked"] = _masked(line.text, spans)
        given["spans"] = spans
        write(msgspec.json.encode(given) + b"\n")


def _read(raw: bytes, number: int) -> tuple[dict[str, Any], _Line]:
    """The line as it came, to be given back, and as checked. Errors name no value: they would quote the caller."""
    if len(raw) > MAX_LINE_BYTES:
        raise InputError(f"line {number} is longer than {MAX_LINE_BYTES} bytes")
    try:
        given = msgspec.json.decode(raw)
        line = msgspec.convert(given, _Line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InputError(f"line {number} is not as expected: one JSON object a line that {_SHAPE}") from None
    if any(timing.end_ms < timing.start_ms for timing in line.words or ()):
        raise InputError(f"line {number}: a word ends before it starts")
    return given, line


def _spans(tokens: list[re.Match[str]], marks: list[Mark]) -> list[tuple[int, int, MaskType]]:
    """Neighbouring tokens under one mark as one span, without the punctuation around them."""
    spans: list[tuple[int, int, MaskType]] = []
    for mark, group in groupby(zip(tokens, marks, strict=True), key=lambda pair: pair[1]):
        if mark is None:
            continue
        stretch = [token for token, _ in group]
        first, last = stretch[0], stretch[-1]
        start = first.end() - len(first.group().lstrip(_OPENING))
        end = last.start() + _without_end(last.group())
        spans.append((start, end, mark) if start < end else (first.start(), last.end(), mark))
    return spans


def _without_end(token: str) -> int:
    """The token's length without the punctuation at its end; its whole length where it is nothing else."""
    length = len(token)
    while length and not token[length - 1].isalnum():
        length -= 1
    return length or len(token)


def _masked(text: str, spans: list[tuple[int, int, MaskType]]) -> str:
    pieces = []
    position = 0
    for start, end, mark in spans:
        pieces += [text[position:start], HELD_TEXT if mark == "HELD" else f"[{mark}]"]
        position = end
    return "".join([*pieces, text[position:]])
