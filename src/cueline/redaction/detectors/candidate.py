"""What a detector of a number sees: a run's digits, letters and looks. Pure."""

from collections.abc import Sequence

from cueline.redaction.lexer import Shape, Token
from cueline.redaction.locales.locale import Kind
from cueline.redaction.numbers import Stretch
from cueline.unredacted.sealed import Sealed


class Candidate(Sealed):
    """A run, or a part of one in a turn.

    digits: the strings of digits that it may say, likeliest first. alnum: the likeliest with its letters.
    written: as written, where it was written; letters, months: how many of each. date_written: whether a date is.
    between: the words that stand between its parts ("of", "slash").
    """

    __slots__ = ("between", "date_written", "digits", "length", "letters", "months", "parts")

    def __init__(self, stretch: Stretch, between: frozenset[str] = frozenset()) -> None:
        self.between = between
        parts: Sequence[Token] = stretch.parts
        self.parts = parts
        self.digits = stretch.digits
        self.length = len(self.digits[0])
        self.letters = stretch.letters
        self.months = stretch.months
        self.date_written = False
        for part in parts:
            if part.shape is Shape.MIXED:
                self.letters += sum(map(str.isalpha, part.text))
            elif part.shape is Shape.DATE:
                self.date_written = True

    @property
    def written(self) -> str:
        return " ".join([part.text for part in self.parts if part.kind is Kind.WRITTEN])

    @property
    def alnum(self) -> str:
        return "".join(
            [
                part.text if part.kind is Kind.WRITTEN else part.value
                for part in self.parts
                if part.kind is not Kind.FILLER and part.kind is not Kind.LINK
            ]
        )
