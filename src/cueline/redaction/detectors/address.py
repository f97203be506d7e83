"""Street addresses and postal codes, written or said. Pure."""

from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import answer, asked_for, chatter, content, finding
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.numbers import Stretch
from cueline.redaction.reading import Reading, quantity
from cueline.redaction.vocabulary import NAMES, Word

TYPE: Final = "ADDRESS"
NAME_TOKENS: Final = 5
"""A street's name has at most this many tokens between its house number and its ending."""

HOUSE_TOKENS: Final = 8
"""Tokens of the longest house number."""

TAIL_TOKENS: Final = 16
CITY_TOKENS: Final = 6
CITY_WORDS: Final = 3
"""Words after a street with which a turn ends."""

_DIRECTIONS: Final = words_of("north south east west northeast northwest southeast southwest n s e w ne nw se sw ")
_BEFORE_REGION: Final = words_of("new north south west rhode nova british prince ")
_AMBIGUOUS_ENDS: Final = words_of(
    "way place close run walk row point hill pass path bend route loop trail crossing square circle drive gate "
    "yard view "
    "mount green common park fields side bank mall rise approach chase strand crest trace shore side"
)
NAMED_STREETS: Final = words_of("grand mile page state people union")
"""Units that are streets' names too."""


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """House numbers with a street, cities with their state and code, and the answer to a question for an address."""
    armed = asked_for(TYPE, reading, channel, context)
    found = _numbered(reading, sure=armed) if reading.scan.stretches else []
    found += _street_alone(reading)
    if armed:
        found += _answer(reading, 0)
    else:
        found += _announced(reading)
    return found


def _numbered(reading: Reading, *, sure: bool) -> list[Finding]:
    """What the numbers of a turn begin or end. sure: an address was asked for."""
    found = []
    for stretch in reading.scan.stretches:
        end = _street_end(reading, stretch)
        first = house_begin(reading, stretch)
        if end and first is not None:
            found.append(finding(reading.tokens, first, _tail_end(reading, end, sure=sure), TYPE))
    return [*found, *_region_and_code(reading), *_house_and_name(reading), *_box(reading)]


def house_begin(reading: Reading, stretch: Stretch) -> int | None:
    """First token of the house number that ends a run; None where the run is too long for one.

    In an answer to two questions it begins behind the last "and": "oh two six nine and eighty two harbor view street".
    """
    first, last = stretch.span
    if stretch.tokens <= HOUSE_TOKENS and min(map(len, stretch.digits)) <= 6:
        return first
    parted = [at + 1 for at in range(first, last) if reading.tokens[at].kind is Kind.FILLER]
    return parted[-1] if parted and last - parted[-1] < HOUSE_TOKENS else None


def _street_end(reading: Reading, stretch: Stretch) -> int:  # noqa: PLR0911 - a table of reasons
    """Token that ends the street's name after a house number; 0 where there is none."""
    tokens = reading.tokens
    locale = reading.locale
    last = stretch.span[1]
    # "nine ten first street": the street's own number has joined the house's.
    if last + 1 < len(tokens) and tokens[last + 1].text in locale.streets and len(stretch.parts) > 1:
        return last + 1
    for place in range(last + 1, min(len(tokens), last + 1 + NAME_TOKENS)):
        token = tokens[place]
        if token.text in locale.streets and place > last + 1:
            if token.text in _AMBIGUOUS_ENDS and (
                tokens[place - 1].text in locale.function_words or tokens[last + 1].text in locale.function_words
            ):
                return 0
            after = place + 1
            while after < len(tokens) and tokens[after].text in locale.streets and after - place <= 2:
                after += 1
            return after - 1
        if token.kind is Kind.WORD and token.text in locale.function_words and token.text not in _DIRECTIONS:
            return 0
        if place == last + 1 and token.text in locale.units and token.text not in NAMED_STREETS:
            return 0
        if token.kind is Kind.FILLER or tokens[place - 1].ends:
            return 0
    return 0


def _tail_end(reading: Reading, end: int, *, sure: bool) -> int:
    """Last token of unit, city, region and code after a street."""
    tokens = reading.tokens
    locale = reading.locale
    best = end
    words = 0
    for place in range(end + 1, min(len(tokens), end + 1 + TAIL_TOKENS)):
        token = tokens[place]
        if _is_region(reading, place) and words <= CITY_TOKENS:
            best, words = place, 0
        elif token.text in locale.units_of_building or token.text in _DIRECTIONS:
            if place - best <= 2 + words:
                best = place if token.text in _DIRECTIONS and words == 0 else best
                words = min(words, 1)
        elif token.kind in NUMERIC or token.kind in {Kind.LETTER, Kind.ZERO, Kind.MULTIPLIER, Kind.PHONETIC}:
            if place - best <= 3 + words:
                best, words = place, 0
        elif (
            token.kind in {Kind.FILLER, Kind.SOUNDALIKE, Kind.LINK}
            or token.text
            in {
                "in",
                "zip",
                "code",
                "is",
                "that's",
            }
            or (
                token.text in _BEFORE_REGION
                and place + 1 < len(tokens)
                and tokens[place + 1].text in locale.regions | {"island"}
            )
        ):
            continue
        elif token.kind is Kind.WORD and token.text in locale.stop:
            break
        else:
            words += 1
            named = place == best + 1 and reading.vocabulary[place] in NAMES
            if (sure and words <= 3) or named:
                best = place
    after = best + 1
    comma = reading.words[tokens[best].word].text.endswith(",")
    if comma and after < len(tokens) and tokens[after].kind is Kind.WORD and tokens[after].text not in locale.stop:
        best = after
    rest = range(best + 1, len(tokens))
    if len(rest) <= CITY_WORDS and all(
        tokens[at].kind is Kind.WORD
        and tokens[at].text not in locale.stop
        and tokens[at].text not in locale.function_words
        for at in rest
    ):
        return len(tokens) - 1
    return best


def _house_and_name(reading: Reading) -> list[Finding]:
    """ "sixty six larkspur": a house number and a word that is on no list."""
    found = []
    for stretch in reading.scan.stretches:
        first, last = stretch.span
        if stretch.letters or stretch.months or not 0 < len(stretch.digits[0]) <= 5 or last + 1 >= len(reading.tokens):
            continue
        words = reading.vocabulary
        if words[last + 1] is Word.UNKNOWN and not reading.tokens[last].ends and len(reading.tokens[last + 1].text) > 3:
            found.append(finding(reading.tokens, first, last + 1, TYPE))
    return found


def _street_alone(reading: Reading) -> list[Finding]:
    """ "mill road", "juniper way santa fe new mexico": a turn that is nothing but a street."""
    tokens = reading.tokens
    if not 2 <= len(tokens) <= STREET_TURN:
        return []
    locale = reading.locale
    texts = reading.texts
    if _STREETS_ALONE.isdisjoint(texts[1:]) and not _is_region(reading, -1):
        return []
    street = any(text in locale.streets for text in texts[1:])
    plain = all(
        token.kind in {Kind.WORD, Kind.PHONETIC, Kind.MONTH}
        and (token.text not in locale.stop or token.text in _DIRECTIONS or token.text in _BEFORE_NAME)
        and token.text not in locale.function_words
        for token in tokens
    )
    return [finding(tokens, 0, len(tokens) - 1, TYPE)] if street and plain else []


STREET_TURN: Final = 7
_STREETS_ALONE: Final = words_of(
    "street road avenue ave rd blvd boulevard parkway pkwy crescent terrace lane highway hwy mews wynd"
)
_BEFORE_NAME: Final = words_of("old new street")


def _region_and_code(reading: Reading) -> list[Finding]:
    """ "tucson arizona 85719"."""
    found = []
    tokens = reading.tokens
    for stretch in reading.scan.stretches:
        first, last = stretch.span
        if not first or len(stretch.digits[0]) not in {5, 9} or stretch.months or stretch.letters:
            continue
        before = first - 1
        while before > 0 and tokens[before].text in {"zip", "code", "is", "the", "and"} and first - before <= 4:
            before -= 1
        if not _is_region(reading, before):
            continue
        start = before
        while start > 0 and before - start < 3:
            token = tokens[start - 1]
            if (
                token.kind is not Kind.WORD
                or not token.text
                or token.text in reading.locale.stop
                or tokens[start - 1].ends
            ) and not (token.text in _BEFORE_REGION and start == before):
                break
            start -= 1
        found.append(finding(tokens, start, last, TYPE))
    return found


def _is_region(reading: Reading, place: int) -> bool:
    """A state's name, or its two letters where they are written large ("id" and "ok" are words too)."""
    token = reading.tokens[place]
    if token.text not in reading.locale.regions:
        return False
    return len(token.text) > 2 or reading.words[token.word].text[:2].isupper()


def _box(reading: Reading) -> list[Finding]:
    """ "po box 1234"."""
    tokens = reading.tokens
    for stretch in reading.scan.stretches:
        first, last = stretch.span
        before = [token.text for token in tokens[max(0, first - 3) : first]]
        if "box" in before[-2:] and ("po" in before or "office" in before or "p" in before):
            start = first - 2 if first >= 2 else 0
            while start > 0 and tokens[start - 1].text in {"p", "po", "post", ""}:
                start -= 1
            return [finding(tokens, start, _tail_end(reading, last, sure=False), TYPE)]
    return []


def _answer(reading: Reading, begin: int) -> list[Finding]:
    """The words that answer a question for an address."""
    places = content(reading, begin)
    if not places or (not begin and chatter(reading)):
        return []
    locale = reading.locale
    texts = [reading.tokens[place].text for place in places]
    telling = bool(reading.scan.stretches) or any(
        (len(text) > 2 and text in locale.regions) or text in locale.streets for text in texts
    )
    if not telling and len(places) > 5:
        return []
    for stretch in reading.scan.stretches:
        if quantity(reading, stretch, sure=True) in {"amount", "unit"} and len(places) > 6:
            return []
    found = answer(reading, begin, 2)
    last = len(reading.tokens) - 1
    if found and found[-1][-1] == last - 1 and reading.tokens[last].text in _BEFORE_NAME:
        found[-1].append(last)
    return [finding(reading.tokens, group[0], group[-1], TYPE) for group in found]


def _announced(reading: Reading) -> list[Finding]:
    """ "my address is ...", "i live at ..."."""
    for hit in reading.hits:
        if hit.topic != TYPE or hit.rank < 0.9 or hit.last + 1 >= len(reading.tokens):
            continue
        after = hit.last + 1
        texts = [token.text for token in reading.tokens[after : after + 4]]
        if not any(text in {"is", "at", "on", "it's", "in", "es", "ist", "en"} for text in texts[:2]):
            continue
        found = _answer(reading, after)
        if found and (reading.scan.stretches or any(text in reading.locale.streets for text in texts)):
            return found[:2]
    return []
