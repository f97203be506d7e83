"""What a word is among names: an ordinary word, a name, or on no list at all. Pure.

No list of names is complete. A list of ordinary words nearly is, so that a word that is on it neither as it stands nor
without its ending is likely a name, a place or a brand.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from cueline.redaction.lexer import Token, folded
from cueline.redaction.locales.locale import Kind, Locale

_ENDINGS: Final = ("'s", "'ll", "'d", "'ve", "'re", "s", "es", "ed", "d", "ing", "ly", "ness", "less")
_SHORTEST: Final = 3


_WORD: Final = Kind.WORD
_WORDS: Final = frozenset({Kind.WORD, Kind.PHONETIC, Kind.MONTH})


class Word(IntEnum):
    """What a word is among names."""

    OTHER = 0  # an ordinary word, a number, a letter
    MAYBE = 1  # a name that is an ordinary word too ("will")
    UNKNOWN = 2  # on no list
    FAMILY = 3
    GIVEN = 4


_OTHER: Final = Word.OTHER
NAMES: Final = frozenset({Word.UNKNOWN, Word.FAMILY, Word.GIVEN})
"""What is likelier a name than anything else."""


def bare(text: str) -> str:
    """The text without accents and without a genitive's ending."""
    return folded(text).removesuffix("'s")


def word_of(token: Token, locale: Locale) -> Word:  # noqa: PLR0911 - a table of reasons
    """What the token is among names."""
    if token.kind not in _WORDS or token.text in locale.function_words:
        return Word.OTHER
    text = bare(token.text)
    named = text in locale.given or text in locale.family
    if token.kind is Kind.PHONETIC or token.kind is Kind.MONTH:
        return Word.MAYBE if named else Word.OTHER
    if len(text) < 2 or not text.replace("'", "").replace("-", "").isalpha():
        return Word.OTHER
    if text in locale.titles:
        return Word.OTHER
    if text in locale.ambiguous or text in locale.ordinary or text in locale.stop:
        return Word.MAYBE if named else Word.OTHER
    if named:
        return Word.GIVEN if text in locale.given else Word.FAMILY
    return Word.OTHER if not locale.ordinary or len(text) < _SHORTEST or _known(text, locale) else Word.UNKNOWN


_TABLES: Final[dict[int, tuple[Locale, dict[str, Word]]]] = {}
"""Per locale, kept alive beside: what each of its listed words is, as nearly every word of a call is one of them."""


def word_table(locale: Locale) -> dict[str, Word]:
    """What ``word_of`` says of the words on the locale's lists."""
    made = _TABLES.get(id(locale))
    if made is None:
        if len(_TABLES) >= TABLES_MAX:
            _TABLES.clear()
        listed = locale.given | locale.family | locale.ordinary | locale.ambiguous | locale.stop | locale.function_words
        table = {text: word_of(Token(0, text, (Kind.WORD, "", 0)), locale) for text in listed}
        made = _TABLES[id(locale)] = (locale, table)
    return made[1]


TABLES_MAX: Final = 64

Phrases = dict[str, list[tuple[str, ...]]]
_INTRODUCTIONS: Final[dict[int, tuple[Locale, Phrases]]] = {}


def introductions_of(locale: Locale) -> Phrases:
    """The phrases that introduce a name, by their first word."""
    made = _INTRODUCTIONS.get(id(locale))
    if made is None:
        if len(_INTRODUCTIONS) >= TABLES_MAX:
            _INTRODUCTIONS.clear()
        phrases: Phrases = {}
        for phrase in locale.introductions:
            phrases.setdefault(phrase[0], []).append(phrase)
        made = _INTRODUCTIONS[id(locale)] = (locale, phrases)
    return made[1]


def among_names(tokens: Sequence[Token], locale: Locale) -> list[Word]:
    """``word_of`` each token of a turn."""
    listed = word_table(locale)
    found = []
    for token in tokens:
        if token.kind is _WORD:
            word = listed.get(token.text)
            found.append(word_of(token, locale) if word is None else word)
        else:
            found.append(word_of(token, locale) if token.kind in _WORDS else _OTHER)
    return found


def _known(text: str, locale: Locale) -> bool:
    """Whether it is a form of an ordinary word, or one of the locale's other lists."""
    if text in locale.streets or text in locale.regions or text in locale.units or text in locale.domains:
        return True
    if text in locale.acronyms or text in locale.stems:
        return True
    for ending in _ENDINGS:
        stem = text.removesuffix(ending)
        if stem == text or len(stem) < _SHORTEST:
            continue
        if stem in locale.ordinary or f"{stem}e" in locale.ordinary:
            return True
        if stem[-1] == stem[-2] and stem[:-1] in locale.ordinary:
            return True
        if stem[-1] == "i" and f"{stem[:-1]}y" in locale.ordinary:
            return True
    return False
