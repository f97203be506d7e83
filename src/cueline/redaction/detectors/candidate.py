"""What a detector of a number sees: a run's digits, letters and looks. Pure."""

from collections.abc import Sequence

from cueline.redaction.lexer import Shape, Token
from cueline.redaction.locales.locale import Kind
from cueline.redaction.numbers import Stretch
from cueline.unredacted.sealed import Sealed


class Candidate(Sealed):
    """A run, or a part of one in a turn.

    digits: the strings of digits that it may say, likeliest first. alnum: the likeliest with its letters.
    written: as written, where it was written; letters, months: how many of each.
    between: the words that stand between its parts ("of", "slash").
    """

    __slots__ = ("alnum", "between", "digits", "length", "letters", "months", "parts", "written")

    def __init__(self, stretch: Stretch, between: frozenset[str] = frozenset()) -> None:
        self.between = between
        parts: Sequence[Token] = stretch.parts
        self.parts = parts
        self.digits = stretch.digits
        self.length = len(self.digits[0])
        self.letters = sum(part.kind in {Kind.LETTER, Kind.PHONETIC} for part in parts) + sum(
            sum(mark.isalpha() for mark in part.text) for part in parts if part.shape is Shape.MIXED
        )
        self.months = sum(part.kind is Kind.MONTH for part in parts)
        self.written = " ".join(part.text for part in parts if part.kind is Kind.WRITTEN)
        self.alnum = "".join(
            part.text if part.kind is Kind.WRITTEN else part.value
            for part in parts
            if part.kind is not Kind.FILLER and part.kind is not Kind.LINK
        )

    @property
    def date_written(self) -> bool:
        return any(part.shape is Shape.DATE for part in self.parts)
