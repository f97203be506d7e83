"""Dates are masked whole: "the first month in twenty nine", "four of thirty one". Pure."""

from typing import Final

from cueline.redaction.holdback import Mark
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind
from cueline.redaction.reading import Reading

_JOINTS: Final = frozenset({"of", "in", "the", "month", "year", "slash", "and", "then", "comma", "de", "del"})
REACH: Final = 5
"""Tokens that are looked at on each side of a masked part of a date."""


def widen_dates(reading: Reading, marks: list[Mark]) -> None:
    """Extends the mask of an expiry or a date of birth over the rest of the date around it."""
    for mark in ("CARD_EXPIRY", "DOB"):
        if mark not in marks:
            continue
        tokens = reading.tokens
        places = [at for at, token in enumerate(tokens) if marks[token.word] == mark]
        for step, begin in ((1, max(places)), (-1, min(places))):
            end = begin
            at = begin + step
            while 0 <= at < len(tokens) and abs(at - end) <= REACH:
                token = tokens[at]
                if token.kind in NUMERIC or token.kind is Kind.MONTH or token.text in {"first", "second"}:
                    end = at
                elif token.text == "month" and abs(at - end) == 1:
                    end = at
                elif token.text not in _JOINTS:
                    break
                at += step
            for place in range(min(begin, end), max(begin, end) + 1):
                marks[tokens[place].word] = mark  # type: ignore[call-overload]
