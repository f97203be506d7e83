"""The call's closing step: is anything of what was masked readable in what was stored? Pure.

While the call runs, keyed hashes of what the gate masked are kept in memory: of digit strings, and of word sequences
long enough to mean something. At its end the stored text is read back and hashed the same way. The key is random, made
for this call, and never leaves the process; with it go the hashes, so nobody can try digits against them later.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import Final

from cueline.events.redacted import EntityType
from cueline.events.verification import LeakFinding, StoredTurn
from cueline.kernel.ids import UtteranceId
from cueline.redaction.holdback import Mark
from cueline.redaction.verify import joined
from cueline.redaction.verify_numbers import Said, counts, runs
from cueline.redaction.verify_reading import Token, tokens
from cueline.redaction.verify_words import BACK_CHANNELS, LEAD_IN, NO_NAME, UNITS
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawWord

HASHES_MAX: Final = 20_000
"""Of one call. Where it masked more, the comparison is not whole, and says so."""

WINDOW: Final = 6
"""Digits of a long number that give it away wherever they follow each other."""

SHORTEST: Final = 3
WORDS_MAX: Final = 12
NAME_LETTERS: Final = 4
_TOLD_IN_WORDS: Final = frozenset({"PERSON", "EMAIL", "ADDRESS", "PASSWORD"})
_COMMON: Final = NO_NAME | LEAD_IN | BACK_CHANNELS | UNITS
_DIGEST_BYTES: Final = 16


class Comparison(Sealed):
    """What one call masked, as hashes under a key of its own. key: random, at least 16 bytes."""

    __slots__ = ("_hashes", "_key", "_lengths", "_overflowed", "turns")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._hashes: dict[bytes, EntityType] = {}
        self._lengths: set[int] = set()
        self._overflowed = False
        self.turns = 0

    @property
    def whole(self) -> bool:
        """Whether everything that was masked since ``note`` was first called is known."""
        return not self._overflowed

    def note(self, words: Sequence[RawWord], marks: Sequence[Mark]) -> None:
        """Takes a final with the marks under which its words are given out. Never fails: where it cannot take all of
        it, the comparison is not whole."""
        self.turns += 1
        try:
            self._note(words, marks)
        except Exception:  # noqa: BLE001 - the gate has decided: the call goes on, and is told to be compared in part
            self._overflowed = True

    def _note(self, words: Sequence[RawWord], marks: Sequence[Mark]) -> None:
        at = 0
        while at < len(words):
            kind, first = marks[at], at
            while at < len(words) and marks[at] == kind:
                at += 1
            if kind is not None and kind != "HELD":
                said = tokens(" ".join(word.text for word in words[first:at]))
                for piece in _pieces(said, kind):
                    self._keep(piece, kind)

    def find(self, turn: StoredTurn) -> list[LeakFinding]:
        """Where a stored utterance tells what was masked anywhere in the call."""
        said = Said(turn, tokens(turn.text, turn.masks), 0)
        found = [*self._numbers(said), *self._words(said)]
        return joined(
            LeakFinding("utterance", turn.utterance_id, start, end, kind, "compared", turn.version)
            for start, end, kind in found
        )

    def _numbers(self, said: Said) -> Iterator[tuple[int, int, EntityType]]:
        for run in runs(said):
            if counts(said, run):
                continue
            kind = next((kind for piece in _digits(run.digits) if (kind := self._known(piece)) is not None), None)
            if kind is not None:
                yield said.tokens[run.start].start, said.tokens[run.end - 1].end, kind

    def _words(self, said: Said) -> Iterator[tuple[int, int, EntityType]]:
        for length in sorted(self._lengths, reverse=True):
            for first in range(len(said.tokens) - length + 1):
                several = said.tokens[first : first + length]
                if any(token.kind == "mask" for token in several):
                    continue
                kind = self._known(_text(several))
                if kind is not None:
                    yield several[0].start, several[-1].end, kind

    def _keep(self, piece: str, kind: EntityType) -> None:
        if len(self._hashes) >= HASHES_MAX:
            self._overflowed = True
            return
        self._hashes[self._hash(piece)] = kind
        if piece.startswith("w:"):
            self._lengths.add(piece.count(" ") + 1)

    def _known(self, piece: str) -> EntityType | None:
        return self._hashes.get(self._hash(piece))

    def _hash(self, piece: str) -> bytes:
        return hmac.digest(self._key, piece.encode(), hashlib.sha256)[:_DIGEST_BYTES]


def _pieces(said: Sequence[Token], kind: EntityType) -> Iterator[str]:
    """What of a masked stretch would give it away."""
    turn = StoredTurn(UtteranceId(""), "customer", 0, 0, "", (), ())
    for run in runs(Said(turn, said, 0)):
        yield from _digits(run.digits)
    if kind not in _TOLD_IN_WORDS:
        return
    if 2 <= len(said) <= WORDS_MAX and any(token.norm not in _COMMON for token in said):
        yield _text(said)
    if kind == "PERSON":
        for token in said:
            if token.kind == "word" and len(token.norm) >= NAME_LETTERS and token.norm not in _COMMON:
                yield _text([token])


def _digits(digits: str) -> Iterator[str]:
    """A short number as a whole; of a long one every ``WINDOW`` digits that follow each other."""
    if SHORTEST <= len(digits) < WINDOW:
        yield f"d:{digits}"
    for at in range(len(digits) - WINDOW + 1):
        yield f"d:{digits[at : at + WINDOW]}"


def _text(said: Sequence[Token]) -> str:
    return "w:" + " ".join(token.norm for token in said)
