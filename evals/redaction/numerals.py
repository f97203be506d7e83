"""How people say numbers and how recognisers write them: strings of digits and letters as groups of pieces.

A *piece* is one word as a recogniser would give it out; a *carrier* is a piece that gives a part of the secret away.
Everything random comes from the numpy Generator that is handed in.
"""

from typing import NamedTuple, TypeVar

import numpy as np

T = TypeVar("T")

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REPEATS = {2: "double", 3: "triple", 4: "quadruple"}


class Piece(NamedTuple):
    """One word. ``proper``: written with a capital where the recogniser writes capitals."""

    text: str
    carrier: bool = True
    proper: bool = False


Group = list[Piece]


class Habits(NamedTuple):
    """How one speaker, heard by one recogniser, comes out.

    written: chance that a number is written in digits. zeros: words for 0 to choose from. repeat: chance of "double".
    styles, layouts: names and weights of spoken and written forms. sound_errors: chance of an error per number word.
    """

    written: float
    zeros: tuple[str, ...]
    repeat: float
    styles: dict[str, float]
    layouts: dict[str, float]
    sound_errors: float
    treble: bool


def pick(rng: np.random.Generator, choices: "list[T] | tuple[T, ...]") -> T:
    return choices[int(rng.integers(len(choices)))]


def weighted(rng: np.random.Generator, weights: dict[str, float]) -> str:
    names = list(weights)
    total = sum(weights.values())
    at = float(rng.random()) * total
    for name in names:
        at -= weights[name]
        if at < 0:
            return name
    return names[-1]


def chance(rng: np.random.Generator, probability: float) -> bool:
    return bool(rng.random() < probability)


def digits(rng: np.random.Generator, count: int, first: str = "0123456789") -> str:
    return pick(rng, list(first)) + "".join(str(int(d)) for d in rng.integers(10, size=count - 1))


def cardinal(number: int) -> list[str]:
    """Words of a number below a million, without "and"."""
    if number < 10:
        return [UNITS[number]]
    if number < 20:
        return [TEENS[number - 10]]
    if number < 100:
        return [TENS[number // 10], *([UNITS[number % 10]] if number % 10 else [])]
    if number < 1000:
        return [UNITS[number // 100], "hundred", *(cardinal(number % 100) if number % 100 else [])]
    return [*cardinal(number // 1000), "thousand", *(cardinal(number % 1000) if number % 1000 else [])]


def ordinal(number: int) -> list[str]:
    """Words of an ordinal up to 31."""
    if number <= 20:
        return [ORDINALS[number]]
    return ["thirtieth"] if number == 30 else [TENS[number // 10], ORDINALS[number % 10]]


def nth(number: int) -> str:
    """1st, 2nd, ... as written."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def year_words(rng: np.random.Generator, year: int) -> list[str]:
    """1982, 2004, 2019 as people say them."""
    if 2000 <= year < 2010:
        return ["two", "thousand", *(["and"] if chance(rng, 0.3) else []), *cardinal(year % 100)] if year % 100 else [
            "two", "thousand",
        ]  # fmt: skip
    if chance(rng, 0.12) and year >= 2010:
        return ["two", "thousand", *cardinal(year % 100)]
    tail = year % 100
    return [
        *cardinal(year // 100),
        *(["oh", UNITS[tail]] if 0 < tail < 10 else cardinal(tail) if tail else ["hundred"]),
    ]


def zero(rng: np.random.Generator, habits: Habits) -> str:
    return pick(rng, habits.zeros)


def singles(rng: np.random.Generator, text: str, habits: Habits) -> list[str]:
    """Digit by digit, with "double seven" where the speaker likes it."""
    said: list[str] = []
    at = 0
    while at < len(text):
        run = 1
        while at + run < len(text) and text[at + run] == text[at] and run < 4:
            run += 1
        word = zero(rng, habits) if text[at] == "0" else UNITS[int(text[at])]
        if run > 1 and chance(rng, habits.repeat):
            run = run if run < 4 or chance(rng, 0.3) else 2
            said += ["treble" if run == 3 and habits.treble else REPEATS[run], word]
            at += run
        else:
            said.append(word)
            at += 1
    return said


def pairs(rng: np.random.Generator, text: str, habits: Habits) -> list[str]:
    """Two digits at a time: "forty one eleven", "oh five", "ninety hundred"."""
    said: list[str] = []
    at = 0
    if len(text) % 2:
        said += singles(rng, text[0], habits)
        at = 1
    while at < len(text):
        two = int(text[at : at + 2])
        if two == 0:
            said += ["hundred"] if at and text[at - 2 : at] != "00" and chance(rng, 0.4) else singles(rng, "00", habits)
        elif two < 10:
            said += [zero(rng, habits), UNITS[two]]
        else:
            said += cardinal(two)
        at += 2
    return said


def natural(rng: np.random.Generator, text: str, habits: Habits) -> list[str]:
    """As amounts are said: "nine hundred one", "four thousand one hundred eleven", "five fifty five"."""
    if text[0] == "0" or len(text) > 4 or len(text) == 1:
        return singles(rng, text, habits) if len(text) <= 3 else pairs(rng, text, habits)
    if len(text) == 3:
        if chance(rng, 0.5) or text[1] == "0":
            said = cardinal(int(text))
            return [*said[:2], "and", *said[2:]] if len(said) > 2 and chance(rng, 0.25) else said
        return [UNITS[int(text[0])], *cardinal(int(text[1:]))]
    if len(text) == 4 and (text[1:] == "000" or chance(rng, 0.3)):
        return cardinal(int(text))
    return pairs(rng, text, habits)


def spoken_group(rng: np.random.Generator, text: str, habits: Habits, style: str) -> Group:
    """One group of digits as words. style: single, pairs, natural or mixed."""
    if style == "mixed":
        style = pick(rng, ("single", "single", "pairs", "natural"))
    speak = {"single": singles, "pairs": pairs, "natural": natural}[style]
    return [Piece(word, word != "and") for word in speak(rng, text, habits)]


def regroup(rng: np.random.Generator, text: str, largest: int = 5) -> list[str]:
    """Cuts a string into random pieces: what a recogniser makes of pauses."""
    groups: list[str] = []
    at = 0
    while at < len(text):
        size = int(rng.integers(1, largest + 1))
        groups.append(text[at : at + size])
        at += size
    return groups


def written(rng: np.random.Generator, groups: list[str], layout: str) -> list[Group]:  # noqa: PLR0911 - a table of forms
    """Digits as a recogniser with numeral formatting writes them."""
    joined = "".join(groups)
    if layout == "joined":
        return [[Piece(joined)]]
    if layout in {"dashes", "dots", "slashes"}:
        return [[Piece({"dashes": "-", "dots": ".", "slashes": "/"}[layout].join(groups))]]
    if layout == "digits":
        return [[Piece(digit) for digit in group] for group in groups]
    if layout == "commas":
        return [[Piece(f"{group},")] for group in groups[:-1]] + [[Piece(groups[-1])]]
    if layout == "spelled_commas":
        return [[Piece(f"{digit},") for digit in group] for group in groups]
    if layout == "pairs":
        return [[Piece(group[at : at + 2]) for at in range(0, len(group), 2)] for group in groups]
    if layout == "random":
        return [[Piece(group)] for group in regroup(rng, joined)]
    if layout == "random_dashes":
        return [[Piece("-".join(regroup(rng, joined)))]]
    if layout == "thousands":
        made = [f"{int(g):,}" if len(g) > 3 and g[0] != "0" else g for g in groups]
        return [[Piece(group)] for group in made]
    return [[Piece(group)] for group in groups]


def half_written(rng: np.random.Generator, groups: list[str], habits: Habits) -> list[Group]:
    """Some groups in digits, some in words, some half and half: "four 111 11 11"."""
    made: list[Group] = []
    for group in groups:
        kind = int(rng.integers(3))
        if kind == 0 or len(group) == 1:
            made.append(spoken_group(rng, group, habits, "single"))
        elif kind == 1:
            made.append([Piece(group)])
        else:
            cut = int(rng.integers(1, len(group)))
            made.append([*spoken_group(rng, group[:cut], habits, "single"), Piece(group[cut:])])
    return made


def number(rng: np.random.Generator, groups: list[str], habits: Habits) -> tuple[list[Group], bool]:
    """Groups of digits as one speaker and one recogniser render them; and whether in written digits."""
    if chance(rng, habits.written):
        layout = weighted(rng, habits.layouts)
        if layout == "half":
            return half_written(rng, groups, habits), True
        return written(rng, groups, layout), True
    style = weighted(rng, habits.styles)
    if style == "regrouped":
        groups, style = regroup(rng, "".join(groups), 4), "mixed"
    return [spoken_group(rng, group, habits, style) for group in groups], False


SOUNDALIKES = {
    "four": ("for", "for", "fore"), "two": ("to", "to", "too"), "one": ("won", "won", "wan"), "eight": ("ate",),
    "three": ("tree", "free"), "six": ("sicks",), "oh": ("o", "owe"), "nine": ("nein", "niner"), "five": ("fife",),
    "zero": ("zeros",), "ten": ("tan",),
}  # fmt: skip
"""What recognisers write for number words, as carriers still: whoever reads it knows the digit."""

LOST = {
    "nine": ("mine", "line"), "five": ("hive", "bye"), "six": ("sex", "fix"), "seven": ("heaven",), "one": ("when",),
    "eight": ("a",), "two": ("do",), "four": ("or",), "three": ("the",), "zero": ("hero",),
}  # fmt: skip
"""Errors that lose the digit, and break the run."""


def misheard(rng: np.random.Generator, pieces: list[Piece], rate: float) -> list[Piece]:
    """Recogniser errors in a spoken number: soundalikes, other digits, words that are none, drop-outs, insertions."""
    heard: list[Piece] = []
    for piece in pieces:
        if not piece.carrier or not chance(rng, rate):
            heard.append(piece)
            continue
        kind = float(rng.random())
        if kind < 0.5 and piece.text in SOUNDALIKES:
            heard.append(Piece(pick(rng, SOUNDALIKES[piece.text])))
        elif kind < 0.65 and piece.text in LOST:
            heard.append(Piece(pick(rng, LOST[piece.text]), carrier=False))
        elif kind < 0.8 and piece.text in UNITS:
            heard.append(Piece(pick(rng, UNITS)))
        elif kind < 0.92 and len(pieces) > 3:
            continue
        else:
            heard += [piece, Piece(pick(rng, ("uh", "the", "and", "a")), carrier=False)]
    return heard or pieces
