"""One turn as it was read: its tokens, its runs, what it speaks for; and what the grammar around a run says. Pure."""

from collections.abc import Sequence
from typing import Final

from cueline.redaction import numbers
from cueline.redaction.classifier import NUMBER_WORD
from cueline.redaction.lexer import NUMERIC, Shape, Token, lex
from cueline.redaction.locales import kinds
from cueline.redaction.locales.locale import Locale, words_of
from cueline.redaction.numbers import Scan, Stretch, is_cardinal, is_count, readings
from cueline.redaction.questions import MENTION, CueTable, Hit
from cueline.redaction.state import Run
from cueline.redaction.vocabulary import Word, among_names
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawWord

SOFT_GAP: Final = 14
"""An announcement reaches over this many tokens to its number."""

DIRECT_GAP: Final = 9
"""... and over this many where they are all such as stand between the two."""

MONEY_REACH: Final = 3
"""Words before a run in which talk of money makes an amount of it."""

_DAY: Final = frozenset({kinds.MONTH, kinds.ORDINAL})
_DATED: Final = frozenset({Shape.ORDINAL, Shape.DATE})
_SUMS: Final = frozenset({Shape.AMOUNT, Shape.PERCENT})
_EXACT: Final = frozenset({Shape.DECIMAL, Shape.GROUPED})
_TENS: Final = frozenset({kinds.TENS, kinds.TEEN, kinds.JOINED})
_ABOVE_TEN: Final = _TENS | {kinds.SCALE}
_MINUTES: Final = _TENS | {kinds.ZERO, kinds.SOUNDALIKE}
_HOURS: Final = frozenset({kinds.DIGIT, kinds.TEEN, kinds.WRITTEN})
_NO_TIME: Final = frozenset({kinds.LETTER, kinds.SCALE, kinds.PHONETIC})
_TALK: Final = words_of("closing payment identity ")
_YEAR_BEFORE: Final = words_of("in since of year until model by from late early summer spring fall winter ")
_WEEKDAYS: Final = words_of("monday tuesday wednesday thursday friday saturday sunday ")
_DAYS: Final = words_of("monday tuesday wednesday thursday friday saturday sunday today tomorrow ")


class Reading(Sealed):
    """A turn: ``words`` as heard, their tokens, the runs among them and the cues, in order.

    texts: of the tokens. said: the same without order, to see at once whether a detector's words
    are among them.
    """

    __slots__ = ("_mixed", "_vocabulary", "hits", "locale", "said", "scan", "texts", "tokens", "words")

    def __init__(
        self, words: Sequence[RawWord], tokens: list[Token], found: Scan, hits: list[Hit], locale: Locale
    ) -> None:
        self.words = words
        self.tokens = tokens
        self.texts = [token.text for token in tokens]
        self.said = frozenset(self.texts)
        self.scan = found
        self.hits = hits
        self.locale = locale
        self._vocabulary: list[Word] | None = None
        self._mixed: bool | None = None
        for stretch in found.stretches:
            first = tokens.index(stretch.parts[0])
            stretch.span = first, tokens.index(stretch.parts[-1], first)

    @property
    def mixed(self) -> bool:
        """Whether some words are written large and others are not, so that writing tells names."""
        if self._mixed is None:
            written = [word.text for word in self.words]
            large = [] if "".join(written).islower() else [text[:1].isupper() for text in written]
            self._mixed = True in large and False in large
        return self._mixed

    @property
    def vocabulary(self) -> list[Word]:
        """What each token is among names."""
        if self._vocabulary is None:
            self._vocabulary = among_names(self.tokens, self.locale)
        return self._vocabulary

    def plain(self, first: int = 0, last: int | None = None) -> list[str]:
        """The tokens' texts as the trained models see them: every number word alike."""
        if not self.scan.stretches:
            return self.texts[first:last]
        return [NUMBER_WORD if token.kind in NUMERIC else token.text for token in self.tokens[first:last]]

    def between(self, stretch: Stretch) -> frozenset[str]:
        """Texts of the words inside a stretch that are no part of its number."""
        first, last = stretch.span
        if last - first < len(stretch.parts):
            return frozenset()
        inside = {id(part) for part in stretch.parts}
        return frozenset(token.text for token in self.tokens[first : last + 1] if id(token) not in inside)

    def text_before(self, at: int, back: int) -> list[str]:
        return self.texts[max(0, at - back) : at]


def read(
    words: Sequence[RawWord], run: Run | None, locale: Locale, cues: CueTable, *, growing: bool = False
) -> Reading:
    """Reads one turn; ``run`` is the one left open by the turn before and is changed in place.

    growing: the turn is a hypothesis, and more words may follow.
    """
    tokens = lex([word.text for word in words], locale, growing=growing)
    found = numbers.scan(tokens, run, locale)
    for stretch in found.stretches:
        if not stretch.inherited:
            stretch.run.started_ms = words[stretch.first].start_ms
        stretch.run.digits += len(stretch.digits[0])
    return Reading(words, tokens, found, cues.hits(tokens), locale)


def announced(reading: Reading, stretch: Stretch, earlier: Stretch | None) -> tuple[Hit, bool] | None:
    """The nearest topic before a run, and whether only words that belong between stand between."""
    first, last = stretch.span
    best: Hit | None = None
    for hit in reading.hits:
        if hit.topic in _TALK:
            continue
        if hit.last < first and (
            best is None or hit.last > best.last or (hit.last == best.last and hit.rank > best.rank)
        ):
            best = hit
    if best is not None:
        begin = best.last + 1
        over = False
        if earlier is not None:
            end = earlier.span[1]
            over = end >= begin
            begin = max(begin, end + 1)
        gap = reading.tokens[begin:first]
        plain = reading.locale.copulas.issuperset([token.text for token in gap if token.kind is kinds.WORD])
        direct = plain and len(gap) <= DIRECT_GAP and not over
        if (direct and best.rank >= MENTION) or (best.strong and len(gap) <= SOFT_GAP):
            return best, direct
    return _announced_after(reading, last)


_BETWEEN_NOUN: Final = words_of(
    "number numbers no is it's was the a id code once more again just still here # num on says as for one es ist "
    "nummer número "
)


def named_harmless(reading: Reading, stretch: Stretch) -> str:
    """ "room four oh seven", "my ticket number is ...": a noun before a run makes it one that anybody may read."""
    place = stretch.span[0] - 1
    back = 0
    while place >= 0 and back < 5:
        token = reading.tokens[place]
        text = token.text.removesuffix("'s")
        if text in reading.locale.harmless:
            return text
        if text not in _BETWEEN_NOUN and token.kind is not kinds.FILLER:
            return ""
        place -= 1
        back += 1
    return ""


def _announced_after(reading: Reading, last: int) -> tuple[Hit, bool] | None:
    """ "... is my pin", "that's the code"."""
    for hit in reading.hits:
        if hit.topic not in _TALK and last < hit.first <= last + 5:
            gap = reading.tokens[last + 1 : hit.first]
            plain = all(token.text in reading.locale.copulas for token in gap)
            if gap and plain and any(token.text in {"is", "that's", "ist", "es", "was", "as"} for token in gap):
                return hit, True
    return None


def ends_in(reading: Reading, stretch: Stretch) -> bool:
    """Whether what stands before a run calls it the end of a longer number."""
    before = reading.text_before(stretch.span[0], 6)
    text = " ".join(before)
    return "ending" in before[-3:] or "ends" in before[-3:] or "last four" in text or "last 4" in text


def ending_in(reading: Reading, stretch: Stretch) -> bool:
    """Whether four digits are said as the end of a longer number."""
    if len(stretch.digits[0]) != 4 or not ends_in(reading, stretch):
        return False
    before = reading.text_before(stretch.span[0], 6)
    # "ends oh five twenty nine": a card's last month; "ends in", "ending with" tell its last digits.
    month, year = int(stretch.digits[0][:2]), int(stretch.digits[0][2:])
    dated = 1 <= month <= 12 and 24 <= year <= 45
    return not dated or before[-1] in {"in", "with"} or "last" in before


def quantity(reading: Reading, stretch: Stretch, *, sure: bool, told: bool = False) -> str:
    """What the grammar around a run makes it, where that is nothing to hide: "" where it makes it nothing.

    "unit", "amount", "time", "date", "year", "count". sure: only what leaves no doubt ("unit", "amount", "time").
    told: something secret is awaited or announced here, so that talk of money before it makes no amount of it.
    """
    known = stretch.grammar.get((sure, told))
    if known is None:
        certain = stretch.grammar.get((True, told))
        if certain is None:
            certain = stretch.grammar[True, told] = _certain(reading, stretch, told=told)
        known = certain if sure or certain != _OPEN else _likely(reading, stretch)
        stretch.grammar[sure, told] = known
    return "" if known == _OPEN else known


_OPEN: Final = "?"
"""The grammar leaves it open what a run is."""


def _certain(reading: Reading, stretch: Stretch, *, told: bool) -> str:  # noqa: PLR0911 - a table of reasons
    """What the grammar around a run makes it without doubt; ``_OPEN`` where that is nothing."""
    parts = stretch.parts
    first, last = stretch.span
    tokens = reading.tokens
    locale = reading.locale
    shapes = {part.shape for part in parts if part.kind is kinds.WRITTEN}
    if shapes & _SUMS or (Shape.TIME in shapes and len(parts) <= 3):
        return "amount"
    following = [token.text for token in tokens[last + 1 : last + 4]]
    if _unit_follows(following, locale) and _counted(parts):
        return "amount" if following[0] in locale.money else "unit"
    before = reading.text_before(first, 4)
    if _cents(reading, first, stretch):
        return "amount"
    if not told and not locale.money.isdisjoint(before[-MONEY_REACH:]) and priced(parts):
        return "amount"
    if not told and before and (before[-1] in locale.clock or stretch.tokens <= 1) and clocked(parts):
        return "time" if before[-1] in locale.clock else ""
    if _on_weekday(before, parts):
        return "date"
    small = stretch.tokens <= 2 and stretch.run.digits <= 2 and is_cardinal(parts)
    if small and following and _plural(following[0], locale) and following[0] in locale.ordinary:
        return "unit"
    return _OPEN


def _likely(reading: Reading, stretch: Stretch) -> str:  # noqa: PLR0911 - a table of reasons
    """What is probably harmless where nothing was asked for."""
    parts = stretch.parts
    first, last = stretch.span
    before = reading.text_before(first, 4)
    following = [token.text for token in reading.tokens[last + 1 : last + 4]]
    if stretch.months or any(part.shape is Shape.DATE for part in parts):
        return "" if birth_year(stretch.digits) else "date"
    if all(part.kind is kinds.ORDINAL or part.shape is Shape.ORDINAL for part in parts):
        return "date"
    if stretch.digits[0] == "247" and (stretch.closed_by is None or before):
        return "time"
    near = set(before[-3:]) | set(following[:3])
    if near & _DAYS and clocked([part for part in parts if part.text not in {"to", "until", "till"}]):
        return "time"
    if near & _DAYS and stretch.tokens <= 3:
        return "date"
    if before and before[-1] in _YEAR_BEFORE and _is_year(parts):
        return "year"
    if is_count(parts) or _sum(parts) or any(part.shape is Shape.GROUPED for part in parts):
        return "count"
    if is_cardinal(parts) and following and _plural(following[0], reading.locale):
        return "unit"
    if any(part.shape is Shape.DECIMAL for part in parts) and len(parts) == 1:
        return "count"
    return ""


def _on_weekday(before: list[str], parts: Sequence[Token]) -> bool:
    """ "thursday the twenty fourth": a day that nobody gives as a date of birth."""
    behind = before[:-1] if before[-1:] == ["the"] else before
    return bool(behind and behind[-1] in _WEEKDAYS) and any(part.kind in _DAY or part.shape in _DATED for part in parts)


def _sum(parts: Sequence[Token]) -> bool:
    """ "four hundred eighty nine ninety eight": hundreds and cents, without a currency."""
    core = [part for part in parts if part.kind is not kinds.FILLER]
    for cents in (1, 2):
        whole, rest = core[:-cents], core[-cents:]
        if rest and rest[0].kind in _TENS and is_count(whole) and is_cardinal(rest):
            return True
    return False


def _cents(reading: Reading, first: int, stretch: Stretch) -> bool:
    """ "seventy one dollars seventy one": what stands behind a sum's currency."""
    if first < 2 or len(stretch.digits[0]) > 2:
        return False
    unit, sum_ = reading.tokens[first - 1], reading.tokens[first - 2]
    return unit.text in reading.locale.money and unit.text in reading.locale.units and sum_.kind in NUMERIC


def _counted(parts: Sequence[Token]) -> bool:
    """Whether a run may be what a unit counts: a number, a range, an amount, no string of digits ("150 667, 12")."""
    core = [part for part in parts if part.kind is not kinds.FILLER]
    written = [part for part in core if part.kind is kinds.WRITTEN]
    if len(written) > 1:
        return len(written) == 2 and len(core) <= 3 and all(len(part.digits) <= 3 for part in written)
    return len(core) < 9


def _unit_follows(following: list[str], locale: Locale) -> bool:
    if not following:
        return False
    if following[0] in {"am", "pm"} and following[1:2] == ["i"]:
        return False
    if following[0] in locale.units or (
        following[0] in {"of", "twice"} and len(following) > 1 and following[1] in {"them", "those", "these", "us"}
    ):
        return True
    if following[0] in {"each", "apiece"} or (following[0] == "a" and following[1:2] and following[1] in _PER):
        return True
    return len(following) > 1 and following[1] in locale.units and following[0] in {
        "more", "business", "working", "full", "whole", "extra", "calendar", "us", "american", "hundred", "in",
        "different", "and", "new", "small", "large", "a",
        "medium", "separate", "other", "or", "point", "square", "bonus",
    } - {"in", "and", "or"}  # fmt: skip


_PER: Final = words_of("month week day year night piece go pop")


def _plural(text: str, locale: Locale) -> bool:
    return len(text) > 3 and text.endswith("s") and not text.endswith(("ss", "'s")) and text not in locale.stop


def priced(parts: Sequence[Token]) -> bool:
    """Whether a run may be a sum of money: a cardinal, or dollars and cents ("forty nine ninety nine")."""
    core = [part for part in parts if part.kind is not kinds.FILLER]
    if is_cardinal(core) or any(part.shape in _EXACT for part in core):
        return len(core) > 1 or core[0].count <= 4
    return 2 <= len(core) <= 7 and sum(part.kind in _ABOVE_TEN for part in core) >= 2


def clocked(parts: Sequence[Token]) -> bool:
    """Whether a run may be a time of day ("nine forty five", "ten", "nine and eleven thirty")."""
    core = [part for part in parts if part.kind is not kinds.FILLER]
    if len(core) > 6 or any(part.kind in _NO_TIME for part in core):
        return False
    values = [part.value or part.digits for part in core]
    if len(core) == 3 and core[1].text in {"to", "until", "till"}:
        return all(value.isdigit() and 1 <= int(value) <= 24 for value in (values[0], values[2]))
    if values == ["20", "4", "7"]:
        return True
    if len(core) == 1:
        return values[0].isdigit() and int(values[0]) <= 24
    hour = values[0].isdigit() and 1 <= int(values[0]) <= 12 and core[0].kind in _HOURS
    rest = core[1]
    return hour and (rest.kind in _MINUTES or len(core) == 2) and len(core) <= 5


def years(readings_: list[str]) -> list[int]:
    """Four-digit years that a run may end or begin with."""
    found = []
    for digits in readings_[:6]:
        found += [int(text) for text in (digits[-4:], digits[:4]) if len(text) == 4]
    return found


def birth_year(digits: list[str]) -> bool:
    """Whether a date has a year in which a caller may have been born."""
    return len(digits[0]) >= 4 and any(1905 <= year <= 2015 for year in years(digits))


def _is_year(parts: Sequence[Token]) -> bool:
    core = [part for part in parts if part.kind is not kinds.FILLER]
    return len(core) <= 3 and any(len(digits) == 4 and 1900 <= int(digits) <= 2049 for digits in readings(core))
