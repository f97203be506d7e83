"""Recognised words into tokens: number words, written digits with their shape, letters, ordinary words. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Final

from cueline.redaction.locales.locale import Entry, Kind, Locale, words_of
from cueline.unredacted.sealed import Sealed

MAX_TOKENS: Final = 4000
"""Tokens of one turn; more make the turn one that could not be read."""

MAX_WORD: Final = 200
"""Characters of a word that are looked at one by one; a longer one with a digit in it is a number."""

NUMERIC: Final = frozenset(
    {Kind.DIGIT, Kind.TEEN, Kind.TENS, Kind.JOINED, Kind.SCALE, Kind.ORDINAL, Kind.PLURAL, Kind.WRITTEN}
)


class Shape(IntEnum):
    """How written digits look."""

    NONE = 0
    PLAIN = 1  # 4111
    GROUPED = 2  # 1,250
    AMOUNT = 3  # $12.50
    PERCENT = 4
    TIME = 5  # 12:30, 9am
    DATE = 6  # 03/03/1982
    ORDINAL = 7  # 4th
    MIXED = 8  # 3B, D1234567
    IP = 9
    DECIMAL = 10  # 12.5
    OTHER = 11  # 4111-1111, (415)


class Token(Sealed):
    """A part of a recognised word.

    word: index of the word. text: as compared (lower case, no punctuation around it). value: digits or letter of a
    spoken token. digits: of a written one. count: number tokens. shape: of written digits. ends: a sentence ends here.
    """

    __slots__ = ("count", "digits", "ends", "kind", "shape", "text", "value", "word")

    def __init__(self, word: int, text: str, entry: Entry, digits: str = "", shape: Shape = Shape.NONE) -> None:
        self.word = word
        self.text = text
        self.kind, self.value, self.count = entry
        self.digits = digits
        self.shape = shape
        self.ends = False


class TooLongError(Exception):
    """A turn has more tokens than are read."""


_ORDINARY: Final[Entry] = (Kind.WORD, "", 0)
_NO_NUMBER: Final = frozenset({Kind.WORD, Kind.FILLER})
_SPELLED: Final = frozenset({Kind.PHONETIC, Kind.LETTER})
_LETTER: Final = Kind.LETTER
_PAUSE: Final[Entry] = (Kind.FILLER, "", 0)
_ANNOTATION: Final = re.compile(r"\[[a-z_ ]+\]|<[a-z_ ]+>")
"""What a transcriber puts for what is no word: "[noise]"."""

_BRACKETS: Final = frozenset("[<")
_DIGIT: Final = re.compile("[0-9]")
_PART: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")
_DOMAIN: Final = re.compile(r"[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.[a-z]{2,4}")
_EDGES: Final = ' \t\r\n.,;:!?"()[]{}<>\u201c\u201d\u2018\u2026\u00bf\u00a1'
_SHAPES: Final = (
    (Shape.GROUPED, re.compile(r"\d{1,3}(?:,\d{3})+")),
    (Shape.AMOUNT, re.compile(r"[$\u20ac\u00a3]\d[\d,]*(?:\.\d{1,2})?[kKmM]?")),
    (Shape.AMOUNT, re.compile(r"\d[\d,]*(?:\.\d{1,2})?[$\u20ac\u00a3]")),
    (Shape.PERCENT, re.compile(r"\d{1,3}(?:\.\d{1,3})?%")),
    (Shape.TIME, re.compile(r"\d{1,2}(?::\d{2}(?::\d{2})?)?(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:\d{2}(?::\d{2})?")),
    (
        Shape.DATE,
        re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{1,2}/\d{2,4}"),
    ),
    (Shape.ORDINAL, re.compile(r"\d{1,2}(?:st|nd|rd|th)")),
    (Shape.IP, re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}")),
    (Shape.DECIMAL, re.compile(r"\d{1,6}\.\d{1,4}")),
    (Shape.PLAIN, re.compile(r"\d+")),
)


def lex(words: Sequence[str], locale: Locale, *, growing: bool = False) -> list[Token]:
    """The tokens of one turn. growing: more words may follow. Raises TooLongError for a turn too long to be read."""
    tokens = _tokens(words, locale)
    if "month" in [token.text for token in tokens]:
        for token, after in pairwise(tokens):
            if after.text == "month" and token.text in {"first", "second"}:
                token.kind = Kind.ORDINAL
    kinds = {token.kind for token in tokens}
    if Kind.WRITTEN in kinds:
        for at, token in enumerate(tokens):
            if token.kind is Kind.WORD and 2 <= len(token.text) <= 4 and words[token.word].strip(_EDGES).isupper():
                _written_large(tokens, at, locale)
    if Kind.DIGIT in kinds or Kind.PLURAL in kinds:
        _pronouns(tokens[:-1] if growing else tokens, tokens)
        _counts(tokens)
    return _acronyms(tokens, locale) if Kind.LETTER in kinds else tokens


def _tokens(words: Sequence[str], locale: Locale) -> list[Token]:
    """Each word by itself."""
    tokens: list[Token] = []
    known = locale.words
    for index, word in enumerate(words):
        if word.isascii() and word.isalpha() and word.islower():  # most are: there is nothing to take off
            tokens.append(Token(index, word, known.get(word, _ORDINARY)))
            continue
        plain = _plain(word)
        bare = plain.strip(_EDGES)
        if plain[:1] in _BRACKETS and _ANNOTATION.fullmatch(plain) and bare not in known:
            tokens.append(Token(index, bare, _PAUSE))
            continue
        entry = known.get(bare)
        if entry is not None:
            tokens.append(Token(index, bare, entry))
        elif bare.isalpha():
            tokens.append(Token(index, bare, _ORDINARY))
        elif bare:
            tokens += _parts(index, bare, locale)
        if tokens and plain and plain[-1] in ".?!" and not (plain[-1] == "." and bare in locale.titles):
            tokens[-1].ends = True
        if len(tokens) > MAX_TOKENS:
            break
    if len(tokens) > MAX_TOKENS:
        raise TooLongError
    return tokens


_BEFORE_PRONOUN: Final = words_of(
    "the which that this new newer old older other wrong another each every any same right current different only "
    "second big bigger small smaller short long longer later last back front top bottom good bad first next nice "
    "latest cheap cheaper black white red blue green grey lovely great main little whole full proper correct "
)
_BEFORE_DIGIT: Final = words_of(
    "date month expiry expires exp code pin is it's its was are be number digit figure a then with by plus minus "
    "from at as or than zero letter ends "
    "ending starts "
    "beginning begins says reads like just only have got what's that's there's says' es ist but now so sorry oops "
    "whoops again me actually make makes mean rather not wait "
)
"""Words after which "one" is a digit as likely as not."""

_AFTER_PRONOUN: Final = words_of(
    "moment second sec more minute word of you that i on time thing day please with where we who hour from in at "
)
_GOES_ON: Final = NUMERIC | {Kind.ZERO, Kind.MULTIPLIER, Kind.LETTER}


def _pronouns(settled: list[Token], tokens: list[Token]) -> None:
    """ "the new one", "one moment": no digit. Of a hypothesis' last word nobody knows yet."""
    for at, token in enumerate(settled):
        if token.text in {"ones", "one's"}:
            follows = at + 1 < len(tokens) and tokens[at + 1].kind in NUMERIC
            if (at and tokens[at - 1].text in _BEFORE_PRONOUN) or not follows:
                token.kind, token.value, token.count = _ORDINARY
        if token.text != "one":
            continue
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if before is not None and (before.kind in NUMERIC or before.kind is Kind.LETTER or before.kind is Kind.ZERO):
            continue
        if after is not None and after.kind in _GOES_ON:
            continue
        if after is not None and after.text in {"in", "of"} and tokens[at + 2 :] and tokens[at + 2].kind in NUMERIC:
            continue  # "one in twenty nine": a month and a year
        named = before is not None and before.kind is Kind.WORD and before.text not in _BEFORE_DIGIT
        if (
            named
            or (before is not None and before.text in _BEFORE_PRONOUN)
            or (after is not None and after.text in _AFTER_PRONOUN)
        ):
            token.kind, token.value, token.count = _ORDINARY


_BEFORE_COUNT: Final = words_of("last final first")


def _counts(tokens: list[Token]) -> None:
    """ "the last four three eight seven six": a count of the digits that follow, and none of them."""
    for at in range(1, len(tokens)):
        token = tokens[at]
        if token.kind is not Kind.DIGIT or tokens[at - 1].text not in _BEFORE_COUNT:
            continue
        if int(token.value) == _spoken_digits(tokens, at + 1) or (
            3 <= int(token.value) <= 6 and (at == len(tokens) - 1 or tokens[at + 1].kind is Kind.WORD or token.ends)
        ):
            token.kind, token.value, token.count = _ORDINARY


def _spoken_digits(tokens: list[Token], begin: int) -> int:
    """How many digits a stretch of numbers says when tens and units are taken together."""
    count = 0
    before: Token | None = None
    for token in tokens[begin:]:
        if token.kind not in NUMERIC and token.kind is not Kind.ZERO:
            break
        joined = before is not None and before.kind is Kind.TENS and token.kind is Kind.DIGIT
        count += 0 if joined else len(token.digits or token.value)
        before = token
    return count


def _written_large(tokens: list[Token], at: int, locale: Locale) -> None:
    """ "QE 1 6388": letters written large beside digits are spelled."""
    token = tokens[at]
    beside = [tokens[each] for each in (at - 1, at + 1) if 0 <= each < len(tokens)]
    if (
        token.text.isalpha()
        and token.text not in locale.acronyms
        and token.text not in locale.stop
        and any(each.kind is Kind.WRITTEN for each in beside)
        and token.text not in locale.regions
        and token.text not in locale.streets
        and token.text not in locale.units_of_building
    ):
        token.kind, token.value, token.count = Kind.LETTER, token.text, 0


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(mark for mark in folded if unicodedata.category(mark) != "Cf").replace("\u2019", "'")


def folded(text: str) -> str:
    """The text without accents ("josé" as "jose"), as lists of names have it."""
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if unicodedata.category(mark) != "Mn")


def _parts(index: int, bare: str, locale: Locale) -> list[Token]:
    """A word with something in it besides letters."""
    digits = "" if bare.isascii() and not _DIGIT.search(bare) else "".join(filter(str.isnumeric, bare))
    if not digits:
        return _spoken_parts(index, bare, locale)
    if len(bare) > MAX_WORD:
        return [Token(index, bare, (Kind.WRITTEN, "", len(digits)), _ascii(digits), Shape.OTHER)]
    for shape, pattern in _SHAPES:
        if pattern.fullmatch(bare) and not (shape is Shape.DATE and not _is_date(bare)):
            return [Token(index, bare, (Kind.WRITTEN, "", len(digits)), _ascii(digits), shape)]
    found = _PART.findall(bare)
    if "@" not in bare and any(_is_word(part, locale) for part in found):
        return [_single(index, part, locale) for part in found]
    shape = Shape.MIXED if any(mark.isalpha() for mark in bare) else Shape.OTHER
    return [Token(index, bare, (Kind.WRITTEN, "", len(digits)), _ascii(digits), shape)]


def _is_date(bare: str) -> bool:
    """Whether digits with two separators can be a day of a month ("30-96-09" is a bank's code)."""
    parts = [int(part) for part in re.split(r"[/.\-]", bare)]
    if len(parts) == 2:
        return 1 <= parts[0] <= 31
    first, second, third = parts if parts[0] < 100 else (parts[2], parts[1], parts[0])
    return 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31 and third is not None


def _is_word(part: str, locale: Locale) -> bool:
    return part.isalpha() and len(part) > 2 and locale.words.get(part, _ORDINARY)[0] in _NO_NUMBER


def _single(index: int, part: str, locale: Locale) -> Token:
    entry = locale.words.get(part)
    if entry is not None:
        return Token(index, part, entry)
    digits = "".join(mark for mark in part if mark.isnumeric())
    if digits:
        shape = Shape.PLAIN if part == digits else Shape.MIXED
        return Token(index, part, (Kind.WRITTEN, "", len(digits)), _ascii(digits), shape)
    return Token(index, part, _ORDINARY)


def _spoken_parts(index: int, bare: str, locale: Locale) -> list[Token]:
    """ "twenty-one", "o'clock", "one's", "c.v.v"."""
    if "'" in bare:
        stem, _, _ = bare.partition("'")
        entry = locale.words.get(stem)
        if entry is not None and entry[0] in NUMERIC:
            return [Token(index, bare, entry)]
        return [Token(index, bare, _ORDINARY)]
    if "@" in bare or _DOMAIN.fullmatch(bare):
        return [Token(index, bare, _ORDINARY)]
    found = _PART.findall(bare)
    letters = "".join(found)
    if len(found) > 1 and all(len(part) == 1 for part in found) and letters in locale.acronyms:
        return [Token(index, letters, _ORDINARY)]
    if bare in {"uh-huh", "mm-hmm", "uh-uh"}:
        return [Token(index, bare, (Kind.FILLER, "", 0))]
    return [_single(index, part, locale) for part in found]


def _ascii(digits: str) -> str:
    if digits.isascii():
        return digits
    return "".join(str(int(unicodedata.numeric(mark, 0))) for mark in digits)


def _acronyms(tokens: list[Token], locale: Locale) -> list[Token]:
    """Letters that spell a known word become that word ("c v v", "a m")."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end - at < 8 and (tokens[end].kind is _LETTER or tokens[end].text == "o"):
            end += 1
        if end - at < 2:
            at = max(end, at + 1)
            continue
        text = "".join([token.text for token in tokens[at:end]])
        clock = text in {"am", "pm"}
        if (
            end - at <= 4
            and text in locale.acronyms
            and (not clock or (at > 0 and tokens[at - 1].kind in NUMERIC))
            and (at == 0 or tokens[at - 1].kind not in _SPELLED)
        ):
            tokens[at].text = "".join(token.text for token in tokens[at:end])
            for token in tokens[at:end]:
                token.kind, token.value, token.count = _ORDINARY
            for token in tokens[at + 1 : end]:
                token.text = ""
        elif end - at > 2:
            _leading_acronym(tokens, at, end, locale)
        at = max(end, at + 1)
    return [token for token in tokens if token.text]


def _leading_acronym(tokens: list[Token], at: int, end: int, locale: Locale) -> None:
    """ "c v v o four two": the letters after the word belong to a number."""
    for length in (3,):
        text = "".join(token.text for token in tokens[at : at + length])
        if text in locale.acronyms and tokens[end - 1].text == "o":
            tokens[at].text = text
            for token in tokens[at : at + length]:
                token.kind, token.value, token.count = _ORDINARY
            for token in tokens[at + 1 : at + length]:
                token.text = ""
