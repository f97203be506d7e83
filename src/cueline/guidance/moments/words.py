"""What the moment models see of an utterance: its words made alike, and features of each. Pure.

Short forms are written out, fillers left out, numbers, days, months and masks each become one marker, so that ways of
speaking and what redaction took out make little difference.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

from cueline.guidance.heard import Token
from cueline.guidance.moments.concepts import CONCEPTS
from cueline.guidance.phrasing import long_form, stem

WORDS_MAX: Final = 240
"""Words of an utterance that are looked at, the first ones: more than a minute and a half of talk."""

NUMBER: Final = "#"
_FILLERS: Final = frozenset(("um", "uh", "er", "erm", "ah", "hm", "hmm", "mm", "ma'am", "sir", "madam"))
_NUMBERS: Final = frozenset((
    "zero", "oh", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "lakh", "lakhs",
))  # fmt: skip
_DAYS: Final = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_MONTHS: Final = frozenset((
    "january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
))  # fmt: skip
_SAME: Final = {
    "cheque": "check", "cheques": "checks", "chequebook": "checkbook", "colour": "color", "recognise": "recognize",
    "apologise": "apologize", "cancelled": "canceled", "cancelling": "canceling", "authorise": "authorize", "ye": "you",
    "wanna": "want", "mum": "mother", "mom": "mother", "dad": "father", "licence": "license",
}  # fmt: skip
_MARKS: Final = frozenset(".?!")
_BEGINNING: Final = 5
_SPELLINGS_KEPT: Final = 8_192
_TOGETHER: Final = 7
"""Words within which two concepts are taken together."""


@lru_cache(maxsize=_SPELLINGS_KEPT)
def alike(word: str) -> tuple[str, ...]:
    """A word as the models know it, its short form written out; nothing of a filler.

    >>> alike("i'm"), alike("um"), alike("fifteen"), alike("cheques")
    (('i', 'am'), (), ('#',), ('checks',))
    """
    if word in _FILLERS:
        return ()
    if word in _NUMBERS or any(letter.isdigit() for letter in word):
        return (NUMBER,)
    if word in _DAYS:
        return ("#day",)
    if word in _MONTHS:
        return ("#month",)
    known = _SAME.get(word)
    return (known,) if known is not None else long_form(word)


class Words:
    """An utterance's words as the models know them.

    texts: the words. tokens: of each the place of its token in the utterance. begins, ends: the places of words that
    begin or end a sentence, where the text tells; asked: those that end one with a question mark.
    """

    __slots__ = ("asked", "begins", "ends", "texts", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.texts: list[str] = []
        self.tokens: list[int] = []
        self.begins: set[int] = {0}
        self.ends: set[int] = set()
        self.asked: set[int] = set()
        last = len(tokens) - 1
        for place, token in enumerate(tokens):
            for word in alike(token.text) if token.mask is None else (f"#{token.mask.lower()}",):
                if word != NUMBER or not self.texts or self.texts[-1] != NUMBER:
                    self.texts.append(word)
                    self.tokens.append(place)
            gap = text[token.end : tokens[place + 1].start if place < last else len(text)]
            if gap != " " and self.texts and not _MARKS.isdisjoint(gap):
                self._ends(asked="?" in gap)
            if len(self.texts) >= WORDS_MAX:
                break
        if self.texts:
            self.ends.add(len(self.texts) - 1)
            self.begins.discard(len(self.texts))

    def _ends(self, *, asked: bool) -> None:
        place = len(self.texts) - 1
        self.ends.add(place)
        self.begins.add(place + 1)
        if asked:
            self.asked.add(place)

    def __len__(self) -> int:
        return len(self.texts)


@lru_cache(maxsize=_SPELLINGS_KEPT)
def _root(word: str) -> str:
    return word if word.startswith(NUMBER) else stem(word)


def features(words: Words) -> list[list[str]]:
    """Of each word: itself, its stem and beginning, its pairs with the next, and with the next but one.

    Its concept, too, alone and with those of the words shortly before, in whichever order.
    """
    texts = words.texts
    roots = [_root(text) for text in texts]
    last = len(texts) - 1
    found = []
    concepts: list[tuple[int, str]] = []
    for at, text in enumerate(texts):
        root = roots[at]
        here = [text, f"={root}"]
        concept = CONCEPTS.get(root)
        if concept is not None:
            here.append(f"~{concept}")
            near = {other for place, other in concepts if place > at - _TOGETHER and other != concept}
            here += (f"~{min(concept, other)}~{max(concept, other)}" for other in sorted(near))
            concepts.append((at, concept))
        if len(text) > _BEGINNING:
            here.append(f"{text[:_BEGINNING]}-")
        if at in words.begins:
            here.append(f"^ {root}")
        if at in words.ends:
            here.append(f"{root} $")
            if at in words.asked:
                here.append("?")
        if at < last and at not in words.ends:
            here += (f"{text} {texts[at + 1]}", f"{root}={roots[at + 1]}")
            if at + 2 <= last:
                here += (f"{root} * {roots[at + 2]}", f"{root}={roots[at + 1]}={roots[at + 2]}")
        found.append(here)
    return found


def bucket(feature: str, buckets: int) -> int:
    """The place of a feature among the weights."""
    return crc32(feature.encode()) % buckets
