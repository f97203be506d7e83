"""Times of day, days, dates and lengths of time in what was said, as they are written. Pure.

Nothing is guessed: a time without morning or afternoon stays so, and a day is not turned into a date.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from cueline.guidance.heard import Token
from cueline.guidance.notes.numbers import Read, below_hundred, cardinal, ordinal, word

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NEAR: Final = ("today", "tomorrow", "tonight", "yesterday")
_PARTS: Final = ("morning", "afternoon", "evening", "night")
_SPANS: Final = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))
_WORKING: Final = frozenset(("business", "working", "calendar"))
_WHICH: Final = frozenset(("next", "this", "last", "every", "coming"))
_ANY_DAY: Final = frozenset((*_WEEKDAYS, "week", "month", "year", "weekend"))
_NAMED_BY: Final = {"this": frozenset((*_WEEKDAYS, "week", "weekend")), "every": frozenset(_WEEKDAYS)}
"""Where fewer words name a day: "this month" says nothing that a note needs."""
_TO: Final = frozenset(("to", "till", "til", "until", "through", "thru"))
_DASHES: Final = frozenset(("-", "\N{EN DASH}"))
_HOURS: Final = 12
_DAY_HOURS: Final = 24
_MINUTES: Final = 60
_DAYS: Final = 31
_YEARS: Final = range(1900, 2100)


BEGIN: Final = frozenset((
    *_WEEKDAYS, *(f"{day}s" for day in _WEEKDAYS), *_MONTHS, *_NEAR, *_WHICH, "from", "between", "a", "the", "half",
    "quarter", "couple", "noon", "midday", "midnight",
))  # fmt: skip
"""Words that something may begin with which no number word begins."""


class Said(msgspec.Struct, frozen=True):
    """Something told, as it is written, and the token after its last one.

    half: of a time: AM, PM or neither.
    """

    text: str
    end: int
    half: str = ""


def clock(text: str, tokens: Sequence[Token], at: int) -> Said | None:  # noqa: PLR0911 - a table of ways to tell it
    """A time of day: "ten thirty a m", "five o'clock", "half past nine", "10:30", "noon".

    A bare number is none; whoever knows that a time is meant asks ``bare_hour``.
    """
    first = word(tokens, at)
    if first in {"noon", "midday", "midnight"}:
        return Said("noon" if first == "midday" else first, at + 1, "-")
    spoken_past = _past(tokens, at)
    if spoken_past is not None:
        return spoken_past
    hour = _hour(tokens, at)
    if hour is None:
        return _glued(first, 0, at)
    glued = _glued(word(tokens, hour.end), hour.value, hour.end)
    if glued is not None and text[tokens[at].end : tokens[hour.end].start] == ":":
        return glued
    minutes = _minutes(text, tokens, hour.end)
    end = minutes.end if minutes else hour.end
    if word(tokens, end) in {"o'clock", "oclock"} and minutes is None:
        half, end = _half(tokens, end + 1)
        return _time(hour.value, 0, half, end)
    half, after = _half(tokens, end)
    colon = minutes is not None and text[tokens[hour.end - 1].end : tokens[hour.end].start] == ":"
    if not half and not colon:
        return None
    return _time(hour.value, minutes.value if minutes else 0, half, after)


def bare_hour(text: str, tokens: Sequence[Token], at: int) -> Said | None:
    """An hour, with minutes or not, where the words around say that it is one: "at eleven", "from nine thirty"."""
    found = clock(text, tokens, at)
    if found is not None:
        return found
    hour = _hour(tokens, at)
    if hour is None or not 1 <= hour.value <= _HOURS:
        return None
    minutes = _minutes(text, tokens, hour.end)
    return _time(hour.value, minutes.value if minutes else 0, "", minutes.end if minutes else hour.end)


def _hour(tokens: Sequence[Token], at: int) -> Read | None:
    found = below_hundred(tokens, at)
    if found is not None and found.value > _HOURS:
        return None  # "twenty one" may be any number; hours of a day in 24 are written
    digits = word(tokens, at)
    if found is None and digits.isascii() and digits.isdigit() and len(digits) <= 2:
        found = Read(int(digits), at + 1)
    return found if found is not None and found.value < _DAY_HOURS else None


def _minutes(text: str, tokens: Sequence[Token], at: int) -> Read | None:
    if not 0 < at < len(tokens):
        return None
    gap = text[tokens[at - 1].end : tokens[at].start]
    digits = word(tokens, at)
    if digits.isascii() and digits.isdigit():
        ok = gap in {":", "."} and len(digits) == 2 and int(digits) < _MINUTES
        return Read(int(digits), at + 1) if ok else None
    if word(tokens, at) in {"oh", "o"}:
        unit = below_hundred(tokens, at + 1)
        return unit if unit is not None and 1 <= unit.value <= 9 else None
    found = below_hundred(tokens, at)
    return found if found is not None and 10 <= found.value < _MINUTES else None


def _half(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """AM or PM, once or stuttered; "in the morning" is the same."""
    half = ""
    while True:
        first = word(tokens, at)
        if first in {"am", "pm"}:
            found, after = first, at + 1
        elif first in {"a", "p"} and word(tokens, at + 1) == "m":
            found, after = first + "m", at + 2
        elif first == "in" and word(tokens, at + 1) == "the" and word(tokens, at + 2) in _PARTS and not half:
            found, after = "am" if word(tokens, at + 2) == "morning" else "pm", at + 3
        else:
            return half, at
        if half and found.upper() != half:
            return half, at
        half, at = found.upper(), after


def _past(tokens: Sequence[Token], at: int) -> Said | None:
    """ "half past nine", "quarter to five"."""
    start = at + 1 if word(tokens, at) == "a" else at
    part, link = word(tokens, start), word(tokens, start + 1)
    if part not in {"half", "quarter"} or link not in {"past", "after", "to", "of", "before"}:
        return None
    hour = below_hundred(tokens, start + 2)
    if hour is None or not 1 <= hour.value <= _HOURS or (part == "half" and link != "past"):
        return None
    half, end = _half(tokens, hour.end)
    if link in {"past", "after"}:
        return _time(hour.value, 30 if part == "half" else 15, half, end)
    return _time((hour.value - 2) % _HOURS + 1, 45, half, end)


def _glued(token: str, hour: int, at: int) -> Said | None:
    """ "11am"; behind an hour and a colon "30am"."""
    digits, half = token[:-2], token[-2:]
    if half not in {"am", "pm"} or not (digits.isascii() and digits.isdigit() and len(digits) <= 2):
        return None
    if not hour:
        return _time(int(digits), 0, half.upper(), at + 1)
    return _time(hour, int(digits), half.upper(), at + 1) if int(digits) < _MINUTES else None


def _time(hour: int, minute: int, half: str, end: int) -> Said | None:
    if half and not 1 <= hour <= _HOURS:
        return None
    return Said(f"{hour}:{minute:02d}" + (f" {half}" if half else ""), end, half)


def hours(text: str, tokens: Sequence[Token], at: int) -> Said | None:
    """From one time to another: "nine thirty a m to five p m", "from nine to five"."""
    lead = word(tokens, at)
    opened = lead in {"from", "between"}
    reader = bare_hour if opened else clock
    first = reader(text, tokens, at + 1 if opened else at)
    if first is None:
        return None
    dash = first.end < len(tokens) and text[tokens[first.end - 1].end : tokens[first.end].start].strip() in _DASHES
    joined = word(tokens, first.end) in _TO or (lead == "between" and word(tokens, first.end) == "and")
    if not dash and not joined:
        return None
    second = bare_hour(text, tokens, first.end + (0 if dash else 1))
    if second is None or (not first.half and not second.half and not stands_alone(text, tokens, second.end)):
        return None
    return Said(f"{first.text} to {second.text}", second.end, second.half)


def stands_alone(text: str, tokens: Sequence[Token], end: int) -> bool:
    """Whether a bare number before ``end`` may be an hour: nothing that is counted follows it."""
    if end >= len(tokens) or word(tokens, end) in _AFTER_AN_HOUR:
        return True
    return bool(text[tokens[end - 1].end : tokens[end].start].strip())


_AFTER_AN_HOUR: Final = frozenset((
    "on", "then", "and", "if", "is", "please", "thanks", "thank", "okay", "would", "for", "with", "tomorrow", "today",
    *_WEEKDAYS, "next", "this", "works", "so", "or", "every", "each", "but", "sharp", "during", "weekdays", "daily",
))  # fmt: skip


def day(text: str, tokens: Sequence[Token], at: int) -> Said | None:
    """A day or date: "next monday", "tomorrow morning", "the twelfth of march", "june 9th, 2026", "next week"."""
    first = word(tokens, at)
    if first in _NEAR:
        return _with_part(first, tokens, at + 1)
    if first in _WHICH and word(tokens, at + 1) in _NAMED_BY.get(first, _ANY_DAY):
        name = word(tokens, at + 1)
        return _with_part(f"{first} {name.capitalize() if name in _WEEKDAYS else name}", tokens, at + 2)
    if first.removesuffix("s") in _WEEKDAYS:
        return _weekday(text, tokens, at)
    return _date(text, tokens, at)


def _weekday(text: str, tokens: Sequence[Token], at: int) -> Said:
    found = _with_part(word(tokens, at).capitalize(), tokens, at + 1)
    if word(tokens, found.end) in _TO and word(tokens, found.end + 1).removesuffix("s") in _WEEKDAYS:
        return Said(f"{found.text} to {word(tokens, found.end + 1).capitalize()}", found.end + 2)
    dated = _date(text, tokens, found.end)
    return Said(f"{found.text}, {dated.text}", dated.end) if dated else found


def _with_part(name: str, tokens: Sequence[Token], at: int) -> Said:
    part = word(tokens, at)
    return Said(f"{name} {part}", at + 1) if part in _PARTS else Said(name, at)


def _date(text: str, tokens: Sequence[Token], at: int) -> Said | None:
    numbered = _slashed(text, tokens, at)
    if numbered is not None:
        return numbered
    month = word(tokens, at)
    if month in _MONTHS:
        start = at + 2 if word(tokens, at + 1) == "the" else at + 1
        number = ordinal(tokens, start) or _small(text, tokens, start)
        if number is None:
            return None
        return _dated(text, tokens, month, number)
    start = at + 1 if month == "the" else at
    number = ordinal(tokens, start) or _small(text, tokens, start)
    if number is None:
        return None
    after = number.end + 1 if word(tokens, number.end) == "of" else number.end
    month = word(tokens, after)
    return _dated(text, tokens, month, Read(number.value, after + 1)) if month in _MONTHS else None


def _small(text: str, tokens: Sequence[Token], at: int) -> Read | None:
    found = cardinal(text, tokens, at)
    return found if found is not None and found.hundredths is None else None


def _dated(text: str, tokens: Sequence[Token], month: str, number: Read) -> Said | None:
    if not 1 <= number.value <= _DAYS:
        return None
    year = _year(text, tokens, number.end)
    said = f"{month.capitalize()} {number.value}"
    return Said(f"{said}, {year.value}", year.end) if year else Said(said, number.end)


def _year(text: str, tokens: Sequence[Token], at: int) -> Read | None:
    found = _small(text, tokens, at)
    if found is None or found.value in _YEARS:
        return found
    rest = below_hundred(tokens, found.end)
    if found.value in {19, 20} and rest is not None and rest.value >= 10:
        return Read(found.value * 100 + rest.value, rest.end)
    return None


def _slashed(text: str, tokens: Sequence[Token], at: int) -> Said | None:
    """ "3/12" and "3/12/2026" as written: which is the month, nobody knows."""
    end = at
    while (
        end < len(tokens)
        and end - at < 3
        and word(tokens, end).isdigit()
        and len(word(tokens, end)) in {1, 2, 4}
        and (end == at or text[tokens[end - 1].end : tokens[end].start] == "/")
    ):
        end += 1
    return Said(text[tokens[at].start : tokens[end - 1].end], end) if end - at > 1 else None


def length(text: str, tokens: Sequence[Token], at: int) -> Said | None:
    """A length of time: "three to five business days", "24 hours", "half an hour", "a couple of weeks"."""
    first = word(tokens, at)
    if first == "half" and word(tokens, at + 1) in {"an", "a"} and word(tokens, at + 2) in _SPANS:
        return Said(f"half {word(tokens, at + 1)} {word(tokens, at + 2)}", at + 3)
    if first == "couple" and word(tokens, at + 1) == "of" and word(tokens, at + 2).removesuffix("s") in _SPANS:
        return Said(f"couple of {word(tokens, at + 2)}", at + 3)
    low = _small(text, tokens, at)
    if low is None:
        return None
    high = None
    if word(tokens, low.end) in {"to", "or"}:
        high = _small(text, tokens, low.end + 1)
    elif low.end < len(tokens) and text[tokens[low.end - 1].end : tokens[low.end].start] in _DASHES:
        high = _small(text, tokens, low.end)
    end = high.end if high else low.end
    working = word(tokens, end) if word(tokens, end) in _WORKING else ""
    span = word(tokens, end + 1 if working else end)
    if span.removesuffix("s") not in _SPANS:
        return None
    link = "or" if word(tokens, low.end) == "or" else "to"
    number = f"{low.value} {link} {high.value}" if high else str(low.value)
    return Said(f"{number} {working} {span}" if working else f"{number} {span}", end + (2 if working else 1))
