"""Numbers that are nobody's secret: amounts, quantities, order numbers, dates of delivery, times and the like."""

from collections.abc import Callable

from evals.redaction.numerals import (
    MONTHS,
    UNITS,
    WEEKDAYS,
    Piece,
    cardinal,
    chance,
    digits,
    nth,
    number,
    ordinal,
    pairs,
    pick,
    regroup,
    singles,
    year_words,
)  # fmt: skip
from evals.redaction.values import Speaker


def _in_digits(speaker: Speaker) -> bool:
    return chance(speaker.rng, max(speaker.habits.written, 0.08))


def _words(text: str) -> list[Piece]:
    return [Piece(word, proper=word in MONTHS or word in WEEKDAYS) for word in text.split()]


def _count(speaker: Speaker, value: int) -> str:
    return str(value) if _in_digits(speaker) else " ".join(cardinal(value))


def amount(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    whole = int(rng.integers(2, 100)) if chance(rng, 0.6) else int(rng.integers(100, 3000))
    cents = int(rng.integers(1, 100))
    money = pick(rng, ("dollars", "dollars", "pounds", "bucks", "euros"))
    if _in_digits(speaker):
        return _words(
            pick(
                rng,
                (
                    f"${whole:,}.{cents:02d}",
                    f"${whole}",
                    f"{whole} {money}",
                    f"${whole}.{cents:02d}",
                    f"{whole}.{cents:02d}",
                ),
            )
        )
    said = " ".join(cardinal(whole))
    small = " ".join(cardinal(cents))
    return _words(
        pick(
            rng, (f"{said} {money} and {small} cents", f"{said} {money}", f"{said} {small}", f"{said} {money} {small}")
        )
    )


def quantity(speaker: Speaker) -> list[Piece]:
    return _words(_count(speaker, pick(speaker.rng, (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 36, 50, 100, 250))))


def small(speaker: Speaker) -> list[Piece]:
    return _words(_count(speaker, int(speaker.rng.integers(2, 13))))


def menu(speaker: Speaker) -> list[Piece]:
    return _words(_count(speaker, int(speaker.rng.integers(1, 10))))


def _reference(speaker: Speaker, text: str) -> list[Piece]:
    rng = speaker.rng
    if _in_digits(speaker):
        prefix = "#" if speaker.punctuated and chance(rng, 0.3) else ""
        if chance(rng, 0.2):
            return [Piece("-".join(regroup(rng, text, 5)))]
        return [Piece(prefix + text)]
    pieces: list[Piece] = []
    for part in regroup(rng, text, 4):
        if part.isdigit():
            said, _ = number(rng, [part], speaker.habits._replace(written=0.0))
            pieces += [piece for group in said for piece in group]
        else:
            for c in part:
                pieces += (
                    [Piece(c.lower(), proper=True)]
                    if c.isalpha()
                    else [Piece(w) for w in singles(rng, c, speaker.habits)]
                )
    return pieces


def order(speaker: Speaker) -> list[Piece]:
    text = digits(speaker.rng, pick(speaker.rng, (5, 6, 7, 8, 9, 10)), "123456789")
    return _reference(speaker, text if chance(speaker.rng, 0.8) else pick(speaker.rng, ("W", "B", "SO")) + text)


def tracking(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    text = pick(rng, ("1Z" + digits(rng, 8), digits(rng, 12), digits(rng, 15), "94" + digits(rng, 10), digits(rng, 10)))
    return _reference(speaker, text)


def confirmation(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    return _reference(speaker, "".join(pick(rng, list("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")) for _ in range(6)))


def case(speaker: Speaker) -> list[Piece]:
    return _reference(speaker, digits(speaker.rng, pick(speaker.rng, (5, 6, 7, 8)), "123456789"))


def date(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    day, month, weekday = int(rng.integers(1, 32)), int(rng.integers(1, 13)), pick(rng, WEEKDAYS)
    name = MONTHS[month - 1]
    if _in_digits(speaker):
        return _words(pick(rng, (f"{weekday} the {nth(day)}", f"{name} {nth(day)}", f"{month}/{day}", f"{name} {day}")))
    said = " ".join(ordinal(day))
    return _words(
        pick(
            rng,
            (
                f"{weekday} the {said}",
                f"{name} {said}",
                f"the {said}",
                f"{weekday} {name} {said}",
                f"the {said} of {name}",
            ),
        )
    )


def _hour(speaker: Speaker) -> str:
    return _count(speaker, int(speaker.rng.integers(1, 13)))


def window(speaker: Speaker) -> list[Piece]:
    end = pick(speaker.rng, ("", "", " p m", " in the morning"))
    return _words(f"{_hour(speaker)} and {_hour(speaker)}{end}")


def time(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    hour, minute = int(rng.integers(1, 13)), pick(rng, (0, 15, 20, 30, 40, 45, 50))
    if _in_digits(speaker):
        return _words(pick(rng, (f"{hour}:{minute:02d}", f"{hour} pm", f"{hour}:{minute:02d} am", f"{hour} o'clock")))
    said = " ".join(cardinal(hour))
    minutes = " ".join(cardinal(minute)) if minute else "o'clock"
    return _words(
        pick(
            rng,
            (f"{said} {minutes}", f"{said} p m", f"half past {said}", f"quarter to {said}", f"{said} {minutes} a m"),
        )
    )


def hours(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    start, end = _count(speaker, int(rng.integers(6, 11))), _count(speaker, int(rng.integers(4, 11)))
    days = pick(rng, ("monday to friday", "every day", "on weekdays", "monday through saturday", "seven days a week"))
    around = "24/7" if _in_digits(speaker) else "twenty four seven"
    return _words(
        pick(rng, (f"{start} to {end} {days}", f"{start} a m to {end} p m", around, f"from {start} till {end}"))
    )


def duration(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    n = int(rng.integers(2, 10))
    many = pick(rng, (20, 24, 30, 45, 48, 72, 90))
    return _words(
        pick(rng, (f"{_count(speaker, n)} to {_count(speaker, n + 2)} business days", f"{_count(speaker, many)} hours",
                   f"{_count(speaker, n)} weeks", f"{_count(speaker, many)} minutes", f"{_count(speaker, n)} months",
                   f"{_count(speaker, n)} days", f"{_count(speaker, n)} years")),
    )  # fmt: skip


def percent(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    whole, part = int(rng.integers(1, 41)), int(rng.integers(1, 10))
    if _in_digits(speaker):
        return _words(pick(rng, (f"{whole}%", f"{whole}.{part}%", f"{whole} percent")))
    said = " ".join(cardinal(whole))
    return _words(pick(rng, (f"{said} percent", f"{said} per cent", f"{said} point {UNITS[part]} percent")))


def last4(speaker: Speaker) -> list[Piece]:
    rng = speaker.rng
    text = digits(rng, 4)
    if _in_digits(speaker):
        return [Piece(text)]
    return [Piece(w) for w in pick(rng, (singles, singles, pairs))(rng, text, speaker.habits)]


def model(speaker: Speaker) -> list[Piece]:
    name = pick(speaker.rng, speaker.family.models)
    return [Piece(word, proper=True) for word in name.split()]


def year(speaker: Speaker) -> list[Piece]:
    value = int(speaker.rng.integers(1988, 2030))
    return _words(str(value) if _in_digits(speaker) else " ".join(year_words(speaker.rng, value)))


def speed(speaker: Speaker) -> list[Piece]:
    value = pick(speaker.rng, (50, 100, 150, 200, 300, 500, 900))
    return _words(f"{_count(speaker, value)} {pick(speaker.rng, ('megabits', 'megs', 'megabit'))}")


BENIGN: dict[str, Callable[[Speaker], list[Piece]]] = {
    "amount": amount, "qty": quantity, "order": order, "tracking": tracking, "confirmation": confirmation, "case": case,
    "date": date, "window": window, "time": time, "hours": hours, "duration": duration, "percent": percent,
    "last4": last4, "model": model, "year": year, "menu": menu, "small": small, "speed": speed,
}  # fmt: skip

KINDS = {
    "amount": "amount", "qty": "quantity", "order": "order", "tracking": "tracking", "confirmation": "confirmation",
    "case": "case", "date": "delivery_date", "window": "delivery_window", "time": "time", "hours": "hours",
    "duration": "duration", "percent": "percentage", "last4": "card_ending", "model": "model", "year": "year",
    "menu": "menu", "small": "small_number", "speed": "speed", "agent": "either",
}  # fmt: skip
"""Slot to kind in the data. ``either``: the agent's own name, counted neither as a secret nor as over-redaction."""
