"""Words as they are compared: one form for what can be written in more than one way. Pure.

A reference says "account 12345" where a recogniser writes "account one two three four five", and both are right. So
both sides are brought to one form before they are compared, by the same rules:

- lower case; no punctuation; hyphenated words count as two; typographic apostrophes are plain ones.
- A cardinal number becomes its digits, one token for each: "twenty five" and "25" are ``2 5``, "two hundred and five"
  and "205" are ``2 0 5``, "double seven" is ``7 7``. Numbers said one after the other stay as they were said:
  "nineteen ninety nine" and "1999" are both ``1 9 9 9``, and so would be "one nine nine nine". "Two thousand" is
  ``2 0 0 0``.
- "oh" and "o" are ``0`` next to a digit (before or after), and words elsewhere.
- An ordinal below a hundred becomes its words: "22nd" is ``2 0 second``, as is "twenty second" (the time unit cannot be
  told from the ordinal, so that both are left a word).
- "$45.90" becomes ``4 5 dollars 9 0 cents``, as does "forty five dollars and ninety cents"; "3.5" is ``3 point 5``;
  "10:30" is ``1 0 3 0``; "%" is ``percent``; "&" is ``and``.
- A numeral before a scale word ("5 million") stays apart from it, where "five million" is seven digits.
- Hesitations (uh, um, er, ...) and marks of noise ("[noise]", "<unk>") are left out, on both sides alike.
- "ok" is "okay", "mr" is "mister", "mrs" is "missus", "dr" is "doctor".

English only; words of other languages are compared as they are, in lower case.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

UNITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
SCALES: Final = {"thousand": 1_000, "million": 1_000_000}
TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
MONEY: Final = {"$": ("dollars", "cents"), "\N{POUND SIGN}": ("pounds", "pence"), "\N{EURO SIGN}": ("euros", "cents")}

_VALUES: Final = {word: value for value, word in enumerate(UNITS + TEENS)} | {
    word: 20 + 10 * at for at, word in enumerate(TENS)
}
_SAME: Final = {"ok": "okay", "mr": "mister", "mrs": "missus", "dr": "doctor", "&": "and", "%": "percent"}
_HESITATIONS: Final = frozenset({"uh", "uhh", "um", "umm", "er", "erm", "hm", "hmm", "mm", "mmm", "ah", "eh"})
_MARK: Final = re.compile(r"\[[^\]]*\]|<[^>]*>")
_PIECE: Final = re.compile(
    r"[$\u00a3\u20ac]?\d+(?:,\d{3})*(?:\.\d+)?(?:(?:st|nd|rd|th)\b)?|%|&|[^\W\d_]+(?:'[^\W\d_]+)*'?", re.UNICODE
)
_NUMERAL: Final = re.compile(r"([$\u00a3\u20ac]?)([\d,]+)(?:\.(\d+))?(st|nd|rd|th)?")


class Token(NamedTuple):
    """One word to compare. first, last: the places of the words that it comes from, in what was normalised."""

    text: str
    first: int
    last: int

    @property
    def digit(self) -> bool:
        """Whether it is one digit of a number."""
        return len(self.text) == 1 and self.text.isdecimal()


def normalised(words: Sequence[str]) -> list[Token]:
    """The words in the form in which they are compared.

    >>> [token.text for token in normalised("My PIN is forty-two, oh 7.".split())]
    ['my', 'pin', 'is', '4', '2', '0', '7']
    """
    return _nothing_between_sums(_zeros(list(_numbers(list(_pieces(words))))))


def plain(text: str) -> str:
    """``normalised`` of a text, as a text."""
    return " ".join(token.text for token in normalised(text.split()))


def _pieces(words: Sequence[str]) -> Iterator[Token]:
    """Words and numerals without punctuation, numerals as digits."""
    marked = [_MARK.sub(" ", word) for word in _joined_marks(words)]
    for place, word in enumerate(marked):
        text = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        for found in _PIECE.findall(text):
            for piece in _expanded(found):
                if piece not in _HESITATIONS:
                    yield Token(_SAME.get(piece, piece), place, place)


def _joined_marks(words: Sequence[str]) -> Iterator[str]:
    """A mark of several words ("[phone rings]") is left out whole; each word keeps its place."""
    inside = False
    for word in words:
        opens, closes = word.startswith("["), word.endswith("]")
        yield "" if inside or (opens and not closes) else word
        inside = (inside or opens) and not closes


def _expanded(piece: str) -> Iterator[str]:
    numeral = _NUMERAL.fullmatch(piece)
    if numeral is None:
        yield piece.strip("'")
        return
    sign, whole, part, ordinal = numeral.groups()
    digits = whole.replace(",", "")
    if ordinal:
        yield from _ordinal(digits)
        return
    yield from digits
    if sign:
        yield MONEY[sign][0]
        if part and int(part):
            yield from part.ljust(2, "0")
            yield MONEY[sign][1]
    elif part:
        yield "point"
        yield from part


def _ordinal(digits: str) -> Iterator[str]:
    value = int(digits)
    if 0 < value < 20:
        yield ORDINALS[value - 1]
    elif value < 100 and value % 10:
        yield from str(value - value % 10)
        yield ORDINALS[value % 10 - 1]
    elif 0 < value < 100:
        yield TENS[value // 10 - 2][:-1] + "ieth"
    else:
        yield from digits
        yield "th"


def _numbers(tokens: list[Token]) -> Iterator[Token]:
    """Number words as digits."""
    at = 0
    while at < len(tokens):
        value, end = _cardinal(tokens, at)
        first, last = tokens[at].first, tokens[end - 1].last if end > at else tokens[at].last
        if end > at:
            yield from (Token(digit, first, last) for digit in value)
            at = end
        else:
            yield tokens[at]
            at += 1


def _cardinal(tokens: list[Token], at: int) -> tuple[str, int]:
    """The digits of the number that begins at ``at``, and where it ends; no number ends where it begins."""
    text = tokens[at].text
    if text in TIMES and at + 1 < len(tokens):
        after = tokens[at + 1].text
        digit = "0" if after in {"oh", "o"} else after if tokens[at + 1].digit else str(_VALUES.get(after, 10))
        return (digit * TIMES[text], at + 2) if len(digit) == 1 else ("", at)
    total, end, ceiling = 0, at, 1_000_000_000
    while end < len(tokens):
        begin = end
        if total and tokens[end].text == "and":
            begin = end + 1
        size, following = _below_thousand(tokens, begin)
        if following == begin:
            break
        scale = SCALES.get(tokens[following].text, 1) if following < len(tokens) else 1
        if scale >= ceiling or (total and not size):
            break
        total += size * scale
        end = following + (scale > 1)
        ceiling = scale
        if scale == 1:
            break
    return (str(total), end) if end > at else ("", at)


def _below_thousand(tokens: list[Token], at: int) -> tuple[int, int]:
    """Value and end of "twenty", "twenty five", "a hundred", "three hundred and five", "twelve hundred"."""
    value, end = _below_hundred(tokens, at)
    if end == at and _is(tokens, at, "a") and (_is(tokens, at + 1, "hundred") or _is(tokens, at + 1, "thousand")):
        value, end = 1, at + 1
    elif end == at and _is(tokens, at, "hundred"):
        value = 1
    if not _is(tokens, end, "hundred") or not 0 < value < 100:
        return value, end
    end += 1
    begin = end + 1 if _is(tokens, end, "and") else end
    rest, after = _below_hundred(tokens, begin)
    if after > begin and rest and not _is(tokens, after, "hundred"):
        return value * 100 + rest, after
    return value * 100, end


def _below_hundred(tokens: list[Token], at: int) -> tuple[int, int]:
    if at >= len(tokens) or (value := _VALUES.get(tokens[at].text)) is None:
        return 0, at
    unit = _VALUES.get(tokens[at + 1].text, 0) if at + 1 < len(tokens) else 0
    if value >= 20 and 0 < unit < 10:
        return value + unit, at + 2
    return value, at + 1


def _is(tokens: list[Token], at: int, text: str) -> bool:
    return at < len(tokens) and tokens[at].text == text


def _zeros(tokens: list[Token]) -> list[Token]:
    """ "oh" beside a digit is a zero, and so is one beside such a zero."""
    ohs = [token.text in {"oh", "o"} for token in tokens]
    zero = [False] * len(tokens)
    for order in (range(len(tokens)), range(len(tokens) - 1, -1, -1)):
        beside = False
        for at in order:
            zero[at] = zero[at] or (ohs[at] and beside)
            beside = zero[at] or tokens[at].digit
    return [token._replace(text="0") if nought else token for token, nought in zip(tokens, zero, strict=True)]


def _nothing_between_sums(tokens: list[Token]) -> list[Token]:
    """ "Dollars and ninety cents": the "and" that a numeral does not have."""
    wholes = {names[0] for names in MONEY.values()}
    parts = {names[1] for names in MONEY.values()}

    def joins(at: int) -> bool:
        if tokens[at].text != "and" or not at or tokens[at - 1].text not in wholes:
            return False
        after = at + 1
        while after < len(tokens) and tokens[after].digit:
            after += 1
        return at + 1 < after < len(tokens) and tokens[after].text in parts

    return [token for at, token in enumerate(tokens) if not joins(at)]
