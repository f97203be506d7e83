"""English."""

from typing import Final

from cueline.redaction.locales.en_cues import CUES, STEMS
from cueline.redaction.locales.locale import Entry, Kind, Locale, cue_table, phrases_in, words_in, words_of

_UNITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = (
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT_MONTHS: Final = {
    "jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
PHONETIC: Final = words_of(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
FILLERS: Final = words_of(
    "uh uhh uhm um umm er erm ah eh hm hmm mm mmm mhm huh and then okay ok kay yeah yes yep yup right alright no sorry "
    "wait point dot dash hyphen slash stroke space minus comma period ehm uhhuh"
)


def words() -> dict[str, Entry]:  # noqa: PLR0912 - a table of cases
    """Every word that takes part in spoken numbers."""
    known: dict[str, Entry] = {}
    for value, word in enumerate(_UNITS):
        known[word] = (Kind.DIGIT, str(value), 1)
        plural = {"six": "sixes", "zero": "zeros"}.get(word, word + "s")
        known[plural] = (Kind.PLURAL, str(value), 2)
    known["zeroes"] = (Kind.PLURAL, "0", 2)
    for word in ("nought", "naught", "aught", "nil"):
        known[word] = (Kind.DIGIT, "0", 1)
    known.update({"niner": (Kind.DIGIT, "9", 1), "fife": (Kind.DIGIT, "5", 1), "fower": (Kind.DIGIT, "4", 1)})
    for at, word in enumerate(_TEENS):
        known[word] = (Kind.TEEN, str(10 + at), 1)
    for at, tens in enumerate(_TENS):
        known[tens] = (Kind.TENS, str(20 + 10 * at), 1)
        for value, unit in enumerate(_UNITS[1:], start=1):
            known[tens + unit] = (Kind.JOINED, str(20 + 10 * at + value), 2)
        known[tens[:-1] + "ieth"] = (Kind.ORDINAL, str(20 + 10 * at), 1)
    known["fourty"] = (Kind.TENS, "40", 1)
    for at, word in enumerate(_ORDINALS, start=3):
        known[word] = (Kind.ORDINAL, str(at), 1)
    for scale, size in (("hundred", "100"), ("thousand", "1000"), ("million", "1000000"), ("billion", "1000000000")):
        known[scale] = known[scale + "s"] = (Kind.SCALE, size, 1)
        known[scale + "th"] = (Kind.ORDINAL, size, 1)
    for word in ("oh", "o", "owe"):
        known[word] = (Kind.ZERO, "0", 1)
    known.update({"double": (Kind.MULTIPLIER, "2", 1), "triple": (Kind.MULTIPLIER, "3", 2)})
    known.update({"treble": (Kind.MULTIPLIER, "3", 2), "quadruple": (Kind.MULTIPLIER, "4", 3)})
    known["quad"] = (Kind.MULTIPLIER, "4", 3)
    # "first" and "second" are ordinary words ("one second") that may also be part of a spoken date.
    for word, digit in (
        ("to", "2"), ("too", "2"), ("for", "4"), ("fore", "4"), ("won", "1"), ("wan", "1"), ("ate", "8"),
        ("tree", "3"), ("free", "3"), ("sicks", "6"), ("nein", "9"), ("heaven", "7"), ("wun", "1"), ("first",
        "1"), ("second", "2"),
    ):  # fmt: skip
        known[word] = (Kind.SOUNDALIKE, digit, 1)
    for letter in "abcdefghijklmnpqrstuvwxyz":
        known[letter] = (Kind.LETTER, letter, 0)
    for word, letter in (("zed", "z"), ("zee", "z"), ("dubya", "w")):
        known[word] = (Kind.LETTER, letter, 0)
    known["x-ray"] = (Kind.PHONETIC, "x", 0)
    for word in PHONETIC:
        known[word] = (Kind.PHONETIC, word[0], 0)
    for at, word in enumerate(_MONTHS, start=1):
        known[word] = (Kind.MONTH, f"{at:02}", 0)
    known.update({word: (Kind.MONTH, f"{at:02}", 0) for word, at in _SHORT_MONTHS.items()})
    known.update(dict.fromkeys(FILLERS, (Kind.FILLER, "", 0)))
    known.update(dict.fromkeys(("of", "the"), (Kind.LINK, "", 0)))
    return known


def locale() -> Locale:
    """English. Its lists of words are the files in ``en/``."""

    def listed(name: str) -> frozenset[str]:
        return words_in(f"en/{name}.txt")

    return Locale(
        words=words(),
        stems=STEMS,
        cues=cue_table(CUES),
        introductions=phrases_in("en/introductions.txt"),
        acronyms=listed("acronyms"),
        units=listed("units"),
        money=listed("money"),
        clock=listed("clock"),
        asking=listed("asking"),
        past=listed("past"),
        stop=listed("stop"),
        copulas=listed("copulas"),
        backchannels=listed("backchannels"),
        corrections=listed("corrections"),
        phonetic_links=listed("phonetic_links"),
        given=listed("given"),
        family=listed("family"),
        titles=listed("titles"),
        streets=listed("streets"),
        regions=listed("regions"),
        units_of_building=listed("units_of_building"),
        spoken_at=listed("spoken_at"),
        spoken_dot=listed("spoken_dot"),
        spoken_dash=listed("spoken_dash"),
        domains=listed("domains"),
        harmless=listed("harmless"),
        ambiguous=listed("ambiguous"),
        ordinary=listed("ordinary"),
        function_words=listed("function_words"),
        spelling=listed("spelling"),
    )
