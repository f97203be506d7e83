"""The interface of a language: its words for numbers, questions, names and places. Pure."""

from collections.abc import Sequence
from enum import IntEnum
from importlib.resources import files
from typing import Final

import msgspec

from cueline.events.redacted import EntityType


class Kind(IntEnum):
    """What a part of a word does to a run of number tokens."""

    WORD = 0  # closes a run
    DIGIT = 1  # "four"
    TEEN = 2  # "ten" .. "nineteen"
    TENS = 3  # "twenty" .. "ninety"
    JOINED = 4  # "twentyone", "einundzwanzig": tens and unit in one word
    SCALE = 5  # "hundred", "thousand"
    ORDINAL = 6  # "third"
    PLURAL = 7  # "fours": after a count, digits said at once
    WRITTEN = 8  # digits
    ZERO = 9  # "oh": a digit beside numbers, an interjection elsewhere
    MULTIPLIER = 10  # "double": adds to the number after it
    SOUNDALIKE = 11  # "for": a digit inside a run, an ordinary word elsewhere
    LETTER = 12  # one letter
    PHONETIC = 13  # a word of a spelling alphabet
    MONTH = 14
    FILLER = 15  # neither part of a run nor its end
    LINK = 16  # "of", "the": joins the parts of a date only


Entry = tuple[Kind, str, int]
"""A word's kind, its digits (or letter), and how many number tokens it counts for."""

Topic = EntityType | str
"""An entity type, or one of the topics below that no mask is named after."""

BENIGN: Final = "benign"
"""A number that may be read by everybody: an order, an amount, a quantity, a time."""

CLOSING: Final = "closing"
"""The matter is done ("anything else")."""

PAYMENT: Final = "payment"
"""A payment is being made: no type is asked for, but secrets are near."""

IDENTITY: Final = "identity"
"""The caller is being identified."""


class Cue(msgspec.Struct, frozen=True):
    """Stems that, standing near each other in any order, speak for a topic with this weight (1 is enough)."""

    stems: tuple[str, ...]
    topic: Topic
    weight: float


class Locale(msgspec.Struct, frozen=True):
    """One language, or several combined.

    words: everything that is not an ordinary word. stems: what a word is reduced to for cues; unknown words stand for
    themselves. cues: the questions' and announcements' vocabulary. acronyms: spelled letters that are words ("cvv").
    units: what makes the number before it a quantity ("dollars", "days"). money: what makes the number near it an
    amount. clock: words beside a time. asking: words that make a mention a request. past: words that make it none.
    stop: words that are never a secret themselves. copulas: words between an announcement and what it announces.
    backchannels: what a listener says without taking the turn. corrections: what a speaker says before he repeats.
    phonetic_links: "as in". given, family: names. titles: words before a name. introductions: phrases before a name.
    streets: ends of a street's name. regions: states and their like.
    units_of_building: "apartment". spoken_at, spoken_dot, spoken_dash: words of an e-mail address.
    ambiguous: names that are ordinary words, months or places. ordinary: words that are no name by themselves.
    function_words: words that are never a name, whatever they are written like. spelling: words that stand for letters.
    domains: names and endings of mail providers. harmless: nouns that name a number anybody may read, right before it.
    """

    words: dict[str, Entry]
    stems: dict[str, str]
    cues: tuple[Cue, ...]
    acronyms: frozenset[str]
    units: frozenset[str]
    money: frozenset[str]
    clock: frozenset[str]
    asking: frozenset[str]
    past: frozenset[str]
    stop: frozenset[str]
    copulas: frozenset[str]
    backchannels: frozenset[str]
    corrections: frozenset[str]
    phonetic_links: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    titles: frozenset[str]
    introductions: tuple[tuple[str, ...], ...]
    streets: frozenset[str]
    regions: frozenset[str]
    units_of_building: frozenset[str]
    spoken_at: frozenset[str]
    spoken_dot: frozenset[str]
    spoken_dash: frozenset[str]
    domains: frozenset[str]
    harmless: frozenset[str]
    ambiguous: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    spelling: frozenset[str] = frozenset()


def combined(locales: Sequence[Locale]) -> Locale:
    """Several languages as one. Where two claim a word, the first has it."""
    if len(locales) == 1:
        return locales[0]
    merged: dict[str, object] = {}
    for field in Locale.__struct_fields__:
        values = [getattr(locale, field) for locale in locales]
        if isinstance(values[0], dict):
            merged[field] = {key: value for each in reversed(values) for key, value in each.items()}
        elif field == "ordinary" and not all(values):
            # A language without such a list would have all its words taken for names.
            merged[field] = frozenset()
        elif isinstance(values[0], frozenset):
            merged[field] = frozenset().union(*values)
        else:
            merged[field] = tuple(item for each in values for item in each)
    return Locale(**merged)  # type: ignore[arg-type]


def cue_table(table: dict[Topic, str]) -> tuple[Cue, ...]:
    """Cues from lines of ``stem+stem weight`` separated by semicolons."""
    cues = []
    for topic, text in table.items():
        for item in text.split(";"):
            if item.strip():
                stems, weight = item.split()
                cues.append(Cue(tuple(stems.split("+")), topic, float(weight)))
    return tuple(cues)


def words_in(name: str) -> frozenset[str]:
    """The words of a file of this package; lines that begin with "#" are comments."""
    text = files("cueline.redaction.locales").joinpath(name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def phrases_in(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a file of this package, one a line; lines that begin with "#" are comments."""
    text = files("cueline.redaction.locales").joinpath(name).read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def words_of(text: str) -> frozenset[str]:
    """The words of a block of text."""
    return frozenset(text.split())
