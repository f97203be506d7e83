"""Which words are number tokens, and where runs of them begin and end. Pure.

A *number token* is one spoken number word ("four", "seventeen", "hundred", "oh" beside a number) or one written digit:
"4111" counts as four tokens, so that a number weighs the same however the recogniser writes it. A *run* is number
tokens of one speaker with nothing between them but fillers ("uh", "and", "okay") and connectors ("dash", "point"); it
goes on over the ends of turns and is closed by the next ordinary word. Words that merely sound like digits ("for",
"to", "won") belong to a run only where a number follows them.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import Final

import msgspec

from cueline.redaction.state import Run


class Kind(Enum):
    """What a part of a word does to a run."""

    NUMBER = 1
    ZERO = 2  # "oh": a digit beside numbers, an interjection elsewhere
    MULTIPLIER = 3  # "double": adds to the number after it
    SOUNDALIKE = 4  # "for": a digit inside a run, an ordinary word elsewhere
    FILLER = 5  # neither part of a run nor its end
    WORD = 6  # closes a run


_UNITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _vocabulary() -> dict[str, tuple[Kind, int]]:
    """Every word that is not an ordinary one, with its kind and how many tokens it counts for."""
    counts: dict[str, int] = dict.fromkeys(
        (
            *_UNITS, *_TENS, "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "hundred", "thousand", "million", "billion", "hundreds", "thousands", "millions",
            "niner", "fife", "nought", "naught", "aught", "fourty", "third", "fourth", "fifth", "sixth", "seventh",
            "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth",
            "seventieth", "eightieth", "ninetieth", "hundredth", "thousandth",
        ),
        1,
    )  # fmt: skip
    # "three fours" says three digits with two words.
    plurals = ("zeros", "zeroes", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines")
    counts.update(dict.fromkeys(plurals, 2))
    counts.update({tens + unit: 2 for tens in _TENS for unit in _UNITS[1:]})
    known = {word: (Kind.NUMBER, count) for word, count in counts.items()}
    known.update(dict.fromkeys(("oh", "o"), (Kind.ZERO, 1)))
    known.update({"double": (Kind.MULTIPLIER, 1), "triple": (Kind.MULTIPLIER, 2), "treble": (Kind.MULTIPLIER, 2)})
    known.update({"quadruple": (Kind.MULTIPLIER, 3), "quad": (Kind.MULTIPLIER, 3)})
    # "first" and "second" are ordinary words ("one second") that may also be part of a spoken date.
    alike = ("to", "too", "for", "fore", "won", "wan", "ate", "tree", "free", "sicks", "first", "second")
    known.update(dict.fromkeys(alike, (Kind.SOUNDALIKE, 1)))
    fillers = (
        "uh", "uhh", "uhm", "um", "umm", "er", "erm", "ah", "eh", "hm", "hmm", "mm", "mmm", "mhm", "huh", "and", "then",
        "okay", "ok", "kay", "yeah", "yes", "yep", "yup", "right", "alright", "no", "sorry", "wait", "point", "dot",
        "dash", "hyphen", "slash", "stroke", "space", "minus", "comma", "period",
    )  # fmt: skip
    known.update(dict.fromkeys(fillers, (Kind.FILLER, 0)))
    return known


_KNOWN: Final = _vocabulary()
_ORDINARY: Final = (Kind.WORD, 0)
_PART: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")


def parts(text: str) -> list[tuple[Kind, int]]:
    """The parts of one recognised word, each with its kind and token count.

    Punctuation separates parts and never closes a run; a word of nothing else has no parts.

    >>> [(kind.name, count) for kind, count in parts("4111-1111,")]
    [('NUMBER', 4), ('NUMBER', 4)]
    >>> [(kind.name, count) for kind, count in parts("Twenty-four-hour")]
    [('NUMBER', 1), ('NUMBER', 1), ('WORD', 0)]
    """
    if text.isascii():
        plain = text.lower()
    else:
        folded = unicodedata.normalize("NFKC", text).casefold()
        plain = "".join(mark for mark in folded if unicodedata.category(mark) != "Cf")
    return [_part(found) for found in _PART.findall(plain)]


def _part(text: str) -> tuple[Kind, int]:
    known = _KNOWN.get(text)
    if known is not None:
        return known
    digits = sum(map(str.isnumeric, text))
    if digits:
        return Kind.NUMBER, digits
    stem, mark, _ = text.replace("\u2019", "'").partition("'")
    return _KNOWN.get(stem, _ORDINARY) if mark and stem != "o" else _ORDINARY  # "one's", but not "o'clock"


class Stretch(msgspec.Struct, frozen=True):
    """Words ``first`` to ``last`` (both included) of a turn that belong to ``run``.

    closed_by: index of the ordinary word that closed the run; None where the turn ended first.
    """

    first: int
    last: int
    run: Run
    closed_by: int | None


class Scan(msgspec.Struct, frozen=True):
    """What one turn holds.

    stretches: in order; one run each.
    run: the run that is open at the turn's end, if any.
    loose: first and last word of those at the turn's end that are part of a number only if one follows.
    continues: whether a number of this turn went on with the run that the turn before left open.
    """

    stretches: tuple[Stretch, ...]
    run: Run | None
    loose: tuple[int, int] | None
    continues: bool


class _Scanner:
    """One pass over one turn. ``loose`` holds words that wait for a number, with their token counts."""

    __slots__ = ("continued", "first", "inherited", "last", "loose", "run", "stretches")

    def __init__(self, run: Run | None) -> None:
        self.run = self.inherited = run
        self.continued = False
        self.first: int | None = None
        self.last = 0
        self.loose: list[tuple[int, int]] = []
        self.stretches: list[Stretch] = []

    def part(self, index: int, kind: Kind, count: int) -> None:
        if kind is Kind.WORD:
            self._close(index)
        elif kind is Kind.NUMBER or (kind is Kind.ZERO and self.first is not None and not self.loose):
            self._number(index, count)
        elif kind is not Kind.FILLER:
            # Before a run, "for" may be a digit and is masked with it, but three tokens there must be without it.
            self.loose.append((index, 0 if kind is Kind.SOUNDALIKE and self.run is None else count))

    def _number(self, index: int, count: int) -> None:
        if self.run is None:
            self.run = Run()
        elif self.run is self.inherited:
            self.continued = True
        self.run.take(count + sum(tokens for _, tokens in self.loose))
        if self.first is None:
            self.first = self.loose[0][0] if self.loose else index
        self.last = index
        self.loose.clear()

    def _close(self, index: int) -> None:
        self.loose.clear()
        if self.run is None:
            return
        self.run.close()
        if self.first is not None:
            self.stretches.append(Stretch(self.first, self.last, self.run, index))
        self.run = self.first = None

    def result(self) -> Scan:
        if self.run is not None:
            if self.first is not None:
                self.stretches.append(Stretch(self.first, self.last, self.run, None))
            self.run.expect(sum(tokens for _, tokens in self.loose))
        loose = (self.loose[0][0], self.loose[-1][0]) if self.loose else None
        return Scan(tuple(self.stretches), self.run, loose, self.continued)


def scan(words: Sequence[str], run: Run | None) -> Scan:
    """Finds the runs in one turn's words. ``run`` is the one left open by the turn before; it is changed in place."""
    scanner = _Scanner(run)
    for index, word in enumerate(words):
        for kind, count in parts(word):
            scanner.part(index, kind, count)
    return scanner.result()
