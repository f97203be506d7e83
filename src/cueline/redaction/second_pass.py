"""A second reading of every final before it is committed, by other rules than the first. It only adds masks. Pure.

The first reading asks what a number answers. This one does not: it weighs how dense numerals are, what was talked about
lately by either speaker, which masked numbers come back in pieces, and what looks like an address on the internet. It
shares neither tokens nor runs nor questions with the first, so that one mistake does not make both miss.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.holdback import Mark
from cueline.redaction.locales.locale import words_of
from cueline.unredacted.sealed import Sealed

RECENT_TURNS: Final = 6
"""Turns of either speaker whose vocabulary counts."""

WINDOW: Final = 9
"""Words over which density is measured."""

MASS: Final = 6
"""Digits in a window that are a number, where something sensitive is talked about."""

UNEXPLAINED_MASS: Final = 9
"""... and where nothing is, unless the talk is of an order or the like."""

ECHO: Final = 4
"""Digits of a masked number that give it away when they come back."""

MAX_ECHOES: Final = 40
_DIGITS: Final = {
    "zero": "0",
    "oh": "0",
    "o": "0",
    "nought": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "niner": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
    "twenty": "2",
    "thirty": "3",
    "forty": "4",
    "fifty": "5",
    "sixty": "6",
    "seventy": "7",
    "eighty": "8",
    "ninety": "9",
    "double": "",
    "triple": "",
    "won": "1",
    "for": "4",
    "to": "2",
    "too": "2",
    "ate": "8",
    "cero": "0",
    "uno": "1",
    "dos": "2",
    "tres": "3",
    "cuatro": "4",
    "cinco": "5",
    "seis": "6",
    "siete": "7",
    "ocho": "8",
    "nueve": "9",
    "null": "0",
    "eins": "1",
    "zwei": "2",
    "zwo": "2",
    "drei": "3",
    "vier": "4",
    "f\u00fcnf": "5",
    "sechs": "6",
    "sieben": "7",
    "acht": "8",
    "neun": "9",
}
_SOUNDS: Final = words_of("won for to too ate oh o double triple ")
_SENSITIVE: Final = words_of(
    "card visa mastercard amex debit credit social ssn security account routing pin cvv cvc code passport "
    "license licence expiration expiry expires birth birthday born iban sort tax medical member policy "
    "verification password passwords passphrase passcode "
    "phone callback reach mobile cell identity verify tarjeta karte kartennummer konto "
    "prüfnummer "
)
_HARMLESS: Final = words_of(
    "order tracking confirmation reference invoice case ticket shipment package parcel item model serial "
    "product sku quantity amount total balance price cost fee dollars cents euros pounds percent flight room "
    "complaint claim fault error incident job docket label voucher receipt locator model tariff booking "
    "reservation miles hours minutes days weeks degrees pages points coupon promo pedido bestellung "
)
_TOPICS: Final = _SENSITIVE | _HARMLESS
_ENDING: Final = words_of("ending ends end last ")
_PROVIDERS: Final = words_of("gmail yahoo hotmail outlook icloud aol protonmail ")
_TOPLEVEL: Final = words_of("com net org edu gov io ")
_ADDRESS_ENDS: Final = _PROVIDERS | _TOPLEVEL
_PAUSES: Final = words_of("uh um and okay er hmm then no sorry yeah dash dot - comma is it's that's ")
_DIGIT: Final = re.compile("[0-9]")
_DECIMAL: Final = re.compile(r"\d{1,6}\.\d{1,2}")
_TRIM: Final = ".,;:!?\"'()[]"


_Mass = tuple[int, int]
"""First and last word of a stretch of numerals."""


class SecondPass(Sealed):
    """One call's second reader."""

    __slots__ = ("_echoes", "_topics")

    def __init__(self) -> None:
        self._topics: deque[frozenset[str]] = deque(maxlen=RECENT_TURNS)
        self._echoes: deque[tuple[str, EntityType]] = deque(maxlen=MAX_ECHOES)

    def marks(self, texts: Sequence[str], masked: Sequence[EntityType | None]) -> list[EntityType | None]:
        """The masks of a final's words, with what this reading adds."""
        words = _plain(texts)
        result = list(masked)
        self._internet(words, result)
        digits = _digits(words)
        masses = list(_masses(words, digits)) if any(digits) else []
        if masses:
            self._numerals(words, digits, masses, result)
        self._learn(words, digits, masses, result)
        return result

    def add_to(self, marks: list[Mark], texts: Sequence[str]) -> None:
        """Masks of a hypothesis' words: nothing is shown now that would be masked later. Nothing is learnt from it."""
        words = _plain(texts)
        result: list[EntityType | None] = [None if mark == "HELD" else mark for mark in marks]
        self._internet(words, result)
        digits = _digits(words)
        masses = list(_masses(words, digits)) if any(digits) else []
        if masses:
            self._numerals(words, digits, masses, result)
        for at, kind in enumerate(result):
            marks[at] = marks[at] or kind

    def talked_of(self, words: frozenset[str]) -> bool:
        """Whether one of the words was said in the last turns; only of those that this reading knows as topics."""
        return not all(map(words.isdisjoint, self._topics))

    def _numerals(
        self, words: Sequence[str], digits: Sequence[str], masses: Sequence[_Mass], result: list[EntityType | None]
    ) -> None:
        if all(mark is not None for mark, digit in zip(result, digits, strict=True) if digit):
            return
        lately = frozenset().union(*self._topics) if self._topics else frozenset()
        here = frozenset(words)
        sensitive = bool((lately | here) & _SENSITIVE)
        latest = here | (self._topics[-1] if self._topics else frozenset())
        harmless = bool(latest & _HARMLESS)
        for first, last in masses:
            span = "".join(digits[first : last + 1])
            near = words[max(0, first - 4) : first]
            ending = any(word in _ENDING for word in near) and len(span) <= 4
            kind = self._echoed(span)
            if kind is not None and not ending and not (here & _HARMLESS):
                _fill(result, digits, first, last, kind)
            elif (len(span) >= UNEXPLAINED_MASS and not harmless) or (
                sensitive and not harmless and not ending and len(span) >= MASS
            ):
                _fill(result, digits, first, last, "NUMBER")

    def _echoed(self, span: str) -> EntityType | None:
        if len(span) < ECHO:
            return None
        for secret, kind in self._echoes:
            if span in secret:
                return kind
        return None

    def _internet(self, words: Sequence[str], result: list[EntityType | None]) -> None:
        if _ADDRESS_ENDS.isdisjoint(words) and "@" not in "".join(words):
            return
        for at, word in enumerate(words):
            if "@" in word and "." in word:
                result[at] = result[at] or "EMAIL"
            ends = word in _TOPLEVEL and at >= 2 and words[at - 1] in {"dot", "point"}
            if not (ends or (word in _PROVIDERS and at and words[at - 1] == "at")):
                continue
            where = next((place for place in range(at - 1, max(-1, at - 7), -1) if words[place] == "at"), None)
            if where is not None and not any(
                word in {"website", "site", "online", "visit", "www"} for word in words[max(0, where - 6) : where]
            ):
                start = max(0, where - 1)
                for place in range(start, at + 1):
                    result[place] = result[place] or "EMAIL"

    def _learn(
        self, words: Sequence[str], digits: Sequence[str], masses: Sequence[_Mass], result: Sequence[EntityType | None]
    ) -> None:
        self._topics.append(_TOPICS.intersection(words))
        for first, last in masses:
            kind = result[first]
            span = "".join(digits[first : last + 1])
            if kind is not None and len(span) >= ECHO and kind not in {"ADDRESS", "EMAIL"}:
                self._echoes.append((span, kind))


def _plain(texts: Sequence[str]) -> list[str]:
    """The words as they are compared."""
    return [text if text.isalpha() and text.islower() else text.lower().strip(_TRIM) for text in texts]


def _digits(words: Sequence[str]) -> list[str]:
    """What digits each word says."""
    known = _DIGITS
    return [known.get(word, "") if word.isalpha() else _written_digits(word) for word in words]


def _written_digits(word: str) -> str:
    if word.isascii() and "-" not in word and not _DIGIT.search(word):
        return ""
    if any(mark in word for mark in "$%\u20ac\u00a3:") or _DECIMAL.fullmatch(word):
        return ""
    return "".join(mark for mark in word if mark.isdigit()) or "".join(
        _DIGITS.get(part, "") for part in word.split("-")
    )


def _masses(words: Sequence[str], digits: Sequence[str]) -> Iterable[_Mass]:
    """Each stretch of numerals, pauses and one odd word inside it allowed."""
    first = last = -1
    strong = 0
    odd = 0
    for at, digit in enumerate(digits):
        if digit:
            if first < 0 and words[at] in _SOUNDS:
                continue
            if first < 0:
                first, strong = at, 0
            strong += words[at] not in _SOUNDS
            last, odd = at, 0
        elif first >= 0 and words[at] not in _PAUSES:
            odd += 1
            if odd > 1 or at - last > WINDOW:
                if strong >= 2 or len(digits[first]) >= 2:
                    yield first, last
                first = -1
                odd = 0
    if first >= 0 and (strong >= 2 or len(digits[first]) >= 2):
        yield first, last


def _fill(result: list[EntityType | None], digits: Sequence[str], first: int, last: int, kind: EntityType) -> None:
    for at in range(first, last + 1):
        if result[at] is None and digits[at]:
            result[at] = kind
