"""Secrets of each type, as one speaker says them and one recogniser writes them."""

# Tables of forms are read across, and a piece's second field is whether it carries the secret.
# ruff: noqa: E501, FBT003

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evals.redaction.families import Family
from evals.redaction.numerals import (
    MONTHS,
    UNITS,
    Group,
    Habits,
    Piece,
    cardinal,
    chance,
    digits,
    misheard,
    natural,
    nth,
    number,
    ordinal,
    pairs,
    pick,
    regroup,
    singles,
    year_words,
)  # fmt: skip

STATES = frozenset(
    (
        "arizona", "ohio", "oregon", "texas", "florida", "colorado", "carolina", "california", "nebraska", "georgia",
        "wisconsin", "virginia", "idaho", "washington", "louisiana", "nova", "scotia", "minnesota", "tennessee",
        "michigan", "iowa", "mexico", "jersey",
    )
)  # fmt: skip
"""A state alone identifies nobody (HIPAA Safe Harbor keeps it), so its name is no carrier of an address."""

STATE_PREFIXES = frozenset(("north", "new", "south"))


class Persona(NamedTuple):
    """The customer of one call."""

    first: str
    last: str
    title: str


class Value(NamedTuple):
    """A secret as groups of pieces. form: digits, words or spelled. numeric: may be corrected digit by digit."""

    groups: list[Group]
    form: str
    numeric: bool = False


class Speaker(NamedTuple):
    """Everything a value is rendered with."""

    rng: np.random.Generator
    family: Family
    habits: Habits
    persona: Persona
    punctuated: bool


def luhn(body: str) -> str:
    """The body with its check digit."""
    total = 0
    for at, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def aba(rng: np.random.Generator) -> str:
    """Nine digits with the 3-7-1 check."""
    body = pick(rng, ("01", "02", "03", "06", "07", "11", "12", "26", "31")) + digits(rng, 6)
    total = sum(int(d) * w for d, w in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return body + str(-total % 10)


def iban(rng: np.random.Generator) -> str:
    """A country's layout with a valid check (ISO 7064 mod 97)."""
    country, letters, count = pick(rng, (("GB", 4, 14), ("DE", 0, 18), ("NL", 4, 10), ("FR", 0, 23), ("ES", 0, 20)))
    bank = "".join(chr(65 + int(x)) for x in rng.integers(26, size=letters))
    body = bank + digits(rng, count)
    figures = "".join(str(int(c, 36)) for c in f"{body}{country}00")
    return f"{country}{98 - int(figures) % 97:02d}{body}"


def _cut(text: str, sizes: tuple[int, ...]) -> list[str]:
    groups = []
    at = 0
    for size in sizes:
        groups.append(text[at : at + size])
        at += size
    return [group for group in [*groups, text[at:]] if group]


def _numeric(speaker: Speaker, groups: list[str]) -> Value:
    made, in_digits = number(speaker.rng, groups, speaker.habits)
    if not in_digits:
        made = [misheard(speaker.rng, group, speaker.habits.sound_errors) for group in made]
    return Value(made, "digits" if in_digits else "words", numeric=True)


def _letter(speaker: Speaker, letter: str) -> Group:
    rng = speaker.rng
    nato, plain = speaker.family.code_words[letter]
    shown = Piece(letter, proper=True)
    kind = float(rng.random())
    if kind < 0.6:
        return [shown]
    if kind < 0.75:
        return [Piece(nato, proper=True)]
    link = pick(rng, speaker.family.spelled_as).split()
    return [shown, *(Piece(word, carrier=False) for word in link), Piece(pick(rng, (nato, plain)), proper=True)]


def _letters_and_digits(speaker: Speaker, text: str) -> Value:
    """Reads "K4829113": letters plain, by the alphabet or "k as in king"; digits as numbers."""
    rng = speaker.rng
    if chance(rng, speaker.habits.written) and chance(rng, 0.7):
        layout = int(rng.integers(3))
        if layout == 0:
            return Value([[Piece(text)]], "digits")
        parts = regroup(rng, text, 5)
        return Value([[Piece("-".join(parts))]] if layout == 1 else [[Piece(part)] for part in parts], "digits")
    groups: list[Group] = []
    at = 0
    while at < len(text):
        end = at
        if text[at].isdigit():
            while end < len(text) and text[end].isdigit():
                end += 1
            groups += _numeric(speaker, regroup(rng, text[at:end], 4)).groups
        else:
            end = at + 1
            groups.append(_letter(speaker, text[at].lower()))
        at = end
    return Value(groups, "spelled")


def credit_card(speaker: Speaker) -> Value:
    rng = speaker.rng
    kind = float(rng.random())
    if kind < 0.45:
        text = luhn("4" + digits(rng, 14))
    elif kind < 0.62:
        text = luhn(pick(rng, ("51", "52", "53", "54", "55")) + digits(rng, 13))
    elif kind < 0.72:
        text = luhn(str(int(rng.integers(2221, 2721))) + digits(rng, 11))
    elif kind < 0.87:
        text = luhn(pick(rng, ("34", "37")) + digits(rng, 12))
    elif kind < 0.96:
        text = luhn(pick(rng, ("6011", "65")) + digits(rng, 11))
        text = text if len(text) == 16 else luhn(text[:-1] + digits(rng, 16 - len(text)))
    else:
        text = luhn("4" + digits(rng, 17))
    groups = _cut(text, (4, 6, 5)) if len(text) == 15 else _cut(text, (4, 4, 4, 4))
    return _numeric(speaker, groups)


def cvv(speaker: Speaker) -> Value:
    return _numeric(speaker, [digits(speaker.rng, 4 if chance(speaker.rng, 0.15) else 3)])


def card_expiry(speaker: Speaker) -> Value:
    rng = speaker.rng
    month, year = int(rng.integers(1, 13)), int(rng.integers(2026, 2034))
    tail = year % 100
    if chance(rng, speaker.habits.written):
        shown = pick(
            rng, (f"{month:02d}/{tail}", f"{month}/{tail}", f"{month:02d}/{year}", f"{month:02d} {tail}", f"{month} {year}",
                  f"{month:02d}{tail}", f"{month:02d}-{tail}", f"{MONTHS[month - 1]} {year}", f"{MONTHS[month - 1]} of {tail}"),
        )  # fmt: skip
        pieces = [Piece(word, word != "of", word.isalpha()) for word in shown.split()]
        return Value([pieces], "digits")
    kind = int(rng.integers(5))
    if kind == 0:
        month_words = [MONTHS[month - 1]]
    elif kind == 1:
        month_words = ["the", *ordinal(month), "month"]
    elif month < 10:
        month_words = [pick(rng, speaker.habits.zeros), UNITS[month]] if chance(rng, 0.7) else [UNITS[month]]
    else:
        month_words = cardinal(month)
    link = pick(rng, ([], [], ["of"], ["slash"], ["in"]))
    year_said = year_words(rng, year) if chance(rng, 0.4) else cardinal(tail)
    idle = {"the", "month", "of", "slash", "in", "and"}
    months, rest = ([Piece(w, w not in idle, w in MONTHS) for w in part] for part in (month_words, [*link, *year_said]))
    return Value([months, rest], "words")


def dob(speaker: Speaker) -> Value:
    rng = speaker.rng
    month, day, year = int(rng.integers(1, 13)), int(rng.integers(1, 29)), int(rng.integers(1935, 2015))
    name = MONTHS[month - 1]
    if chance(rng, speaker.habits.written):
        shown = pick(
            rng, (f"{month:02d}/{day:02d}/{year}", f"{month}/{day}/{year % 100:02d}", f"{month:02d}-{day:02d}-{year}",
                  f"{name} {nth(day)}, {year}", f"{name} {day}, {year}", f"{day} {name} {year}", f"the {nth(day)} of {name} {year}",
                  f"{month:02d} {day:02d} {year % 100:02d}", f"{month:02d}{day:02d}{year}", f"{day:02d}.{month:02d}.{year}"),
        )  # fmt: skip
        pieces = [Piece(w, w not in {"the", "of"}, w.isalpha()) for w in shown.split()]
        return Value([pieces], "digits")

    def two(n: int) -> list[str]:
        return [pick(rng, speaker.habits.zeros), UNITS[n]] if n < 10 and chance(rng, 0.5) else cardinal(n)

    said = year_words(rng, year) if year >= 2000 or chance(rng, 0.7) else cardinal(year % 100)
    kind = int(rng.integers(6))
    chunks = {
        0: [[name], ordinal(day), said], 1: [["the", *ordinal(day), "of"], [name], said], 2: [[name], cardinal(day), said],
        3: [two(month), two(day), said], 4: [ordinal(day), [name], said], 5: [two(month), ["slash", *two(day)], ["slash", *said]],
    }[kind]  # fmt: skip
    idle = {"the", "of", "slash", "and"}
    return Value([[Piece(w, w not in idle, w in MONTHS) for w in chunk] for chunk in chunks], "words")


def phone(speaker: Speaker) -> Value:
    rng = speaker.rng
    kind = float(rng.random())
    if kind < 0.8:
        area = pick(
            rng, ("415", "212", "713", "305", "602", "206", "847", "520", "614", "404", "702", "919", "303", "800")
        )
        exchange = "555" if chance(rng, 0.5) else digits(rng, 3, "23456789")
        groups = [area, exchange, digits(rng, 4)]
        if chance(rng, 0.1):
            groups = groups[1:]
    elif kind < 0.92:
        groups = (
            _cut("07" + digits(rng, 9, "34579"), (5, 3, 3))
            if chance(rng, 0.6)
            else ["020", digits(rng, 4), digits(rng, 4)]
        )
    else:
        groups = [pick(rng, ("44", "49", "61", "91")), digits(rng, 4, "2345678"), digits(rng, 6)]
    if chance(rng, speaker.habits.written) and len(groups) == 3 and chance(rng, 0.6):
        a, b, c = groups
        shown = pick(
            rng, (f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"+1 {a} {b} {c}", f"{a} {b}-{c}", f"1-{a}-{b}-{c}")
        )
        return Value([[Piece(word)] for word in shown.split()], "digits", numeric=True)
    return _numeric(speaker, groups)


def ssn(speaker: Speaker) -> Value:
    rng = speaker.rng
    area = f"{int(rng.integers(1, 899)):03d}".replace("666", "665")
    return _numeric(speaker, [area, digits(rng, 2, "123456789"), digits(rng, 4, "123456789")])


def plain_digits(sizes: tuple[tuple[int, ...], ...]) -> Callable[[Speaker], Value]:
    """A maker of numbers in one of these groupings."""

    def make(speaker: Speaker) -> Value:
        grouping = pick(speaker.rng, sizes)
        return _numeric(speaker, [digits(speaker.rng, size) for size in grouping])

    return make


def mixed(shapes: tuple[str, ...]) -> Callable[[Speaker], Value]:
    """A maker of letters (A) and digits (9) in one of these shapes."""

    def make(speaker: Speaker) -> Value:
        rng = speaker.rng
        text = "".join(
            chr(65 + int(rng.integers(26))) if c == "A" else str(int(rng.integers(10))) for c in pick(rng, shapes)
        )
        if text.isdigit():
            return _numeric(speaker, regroup(rng, text, 4))
        return _letters_and_digits(speaker, text)

    return make


def iban_value(speaker: Speaker) -> Value:
    text = iban(speaker.rng)
    if chance(speaker.rng, speaker.habits.written):
        parts = _cut(text, (4,) * 8) if chance(speaker.rng, 0.7) else [text]
        return Value([[Piece(part)] for part in parts], "digits")
    return _letters_and_digits(speaker, text)


def routing(speaker: Speaker) -> Value:
    return _numeric(speaker, _cut(aba(speaker.rng), pick(speaker.rng, ((3, 3, 3), (4, 4, 1), (2, 2, 2, 3)))))


def _spell(speaker: Speaker, word: str) -> Group:
    letters = [c for c in word.lower() if c in speaker.family.code_words]
    if speaker.punctuated and chance(speaker.rng, 0.4):
        return [Piece("-".join(letters).upper())]
    if chance(speaker.rng, 0.6):
        return [Piece(c, proper=True) for c in letters]
    return [piece for c in letters for piece in _letter(speaker, c)]


def person(speaker: Speaker) -> Value:
    rng, who = speaker.rng, speaker.persona
    kind = float(rng.random())
    if kind > 0.9:  # somebody else's
        who = Persona(pick(rng, speaker.family.first_names), pick(rng, speaker.family.last_names), who.title)
    first = [Piece(word, proper=True) for word in who.first.split()]
    last = [Piece(word, proper=True) for word in who.last.split()]
    if kind < 0.12:
        return Value([first], "words")
    if kind < 0.2:
        return Value([_spell(speaker, who.last)], "spelled")
    if kind < 0.36:
        return Value([[*first, *last], _spell(speaker, who.last)], "spelled")
    if kind < 0.42:
        return Value([[*last, *first]], "words")
    return Value([[*first, *last]], "words")


def email(speaker: Speaker) -> Value:
    rng, who = speaker.rng, speaker.persona
    first, last = (
        "".join(c for c in name.replace(" ", "") if c in speaker.family.code_words) or "me"
        for name in (who.first, who.last)
    )
    tail = str(int(rng.integers(1, 99))) if chance(rng, 0.4) else str(int(rng.integers(1950, 2010)))
    joiner = pick(rng, (".", "_", "", "", "-"))
    parts = pick(
        rng, ((first, joiner, last), (first[0], "", last), (first, joiner, last, "", tail), (last, "", tail),
              (pick(rng, speaker.family.pass_words), "", pick(rng, speaker.family.pass_words), "", tail), (first, joiner, tail)),
    )  # fmt: skip
    domain = pick(rng, speaker.family.domains)
    if chance(rng, speaker.habits.written) or (speaker.punctuated and chance(rng, 0.3)):
        return Value([[Piece("".join(parts) + "@" + domain)]], "digits")
    names = {".": "dot", "_": "underscore", "-": pick(rng, ("dash", "hyphen"))}
    groups: list[Group] = []
    form = "words"
    for part in parts:
        if part in names:
            groups.append([Piece(names[part], carrier=False)])
        elif part.isdigit():
            style = pick(rng, (pairs, pairs, singles))
            said = (
                [Piece(part)]
                if chance(rng, speaker.habits.written)
                else [Piece(w) for w in style(rng, part, speaker.habits)]
            )
            groups.append(said)
        elif part and chance(rng, 0.25):
            groups.append(_spell(speaker, part))
            form = "spelled"
        elif part:
            groups.append([Piece(part, proper=chance(rng, 0.3))])
    if chance(rng, 0.1):
        groups.append([Piece(word, carrier=False) for word in pick(rng, ("all lowercase", "all one word")).split()])
    host, *tld = domain.split(".")
    if chance(rng, 0.15) and not speaker.punctuated:
        groups.append([Piece("at", carrier=False), Piece(domain)])
    else:
        ends = [piece for part in tld for piece in (Piece("dot", carrier=False), Piece(part, carrier=False))]
        groups.append([Piece("at", carrier=False), Piece(host), *ends])
    return Value(groups, form)


def address(speaker: Speaker) -> Value:
    rng, family = speaker.rng, speaker.family
    in_digits = chance(rng, max(speaker.habits.written, 0.1))

    def figures(text: str) -> Group:
        if in_digits:
            return [Piece(text)]
        style = pick(rng, (pairs, natural, singles))
        return [Piece(w, w != "and") for w in style(rng, text, speaker.habits)]

    comma = "," if speaker.punctuated else ""
    house = figures(digits(rng, int(rng.integers(1, 6)), "123456789"))
    kind = pick(rng, family.street_types)
    street = [
        *(Piece(w, proper=True) for w in pick(rng, family.streets).split()),
        Piece(kind, carrier=False, proper=True),
    ]
    groups: list[Group] = [[*house, *street]]
    if chance(rng, 0.06):
        groups = [[Piece("p", False), Piece("o", False), Piece("box", False), *figures(digits(rng, 4, "123456789"))]]
    if chance(rng, 0.3):
        flat = digits(rng, int(rng.integers(1, 4)), "123456789")
        unit = pick(rng, ("apartment", "apt", "unit", "suite", "number", "flat"))
        letter = [Piece(pick(rng, ("b", "c", "d")), proper=True)] if chance(rng, 0.3) else []
        groups.append([Piece(unit, carrier=False, proper=True), *figures(flat), *letter])
    if chance(rng, 0.65):
        city = pick(rng, family.cities).split()
        pieces = []
        for at, word in enumerate(city):
            state = word in STATES or (at and word in STATE_PREFIXES) or (at == len(city) - 1 and city[at - 1] == "new")
            pieces.append(Piece(word, carrier=not state, proper=True))
        groups.append(pieces)
        if chance(rng, 0.7):
            groups[-1] = [*groups[-1], *figures(digits(rng, 5))]
    made = [[*group[:-1], group[-1]._replace(text=group[-1].text + comma)] for group in groups[:-1]] + [groups[-1]]
    return Value(made, "digits" if in_digits else "words")


def zip_code(speaker: Speaker) -> Value:
    return _numeric(speaker, [digits(speaker.rng, 5)])


def password(speaker: Speaker) -> Value:
    rng, family = speaker.rng, speaker.family
    one, two = pick(rng, family.pass_words), pick(rng, family.pass_words)
    figures = digits(rng, int(rng.integers(2, 5)), "123456789")
    kind = float(rng.random())
    if chance(rng, speaker.habits.written) and kind < 0.7:
        return Value([[Piece(f"{one.capitalize()}{figures}{pick(rng, ('', '!', '#', '$'))}")]], "digits")
    said = [Piece(w) for w in pick(rng, (pairs, singles))(rng, figures, speaker.habits)]
    if kind < 0.25:
        return Value([[Piece(one), Piece(two)]], "words")
    if kind < 0.4:
        return Value([[Piece(one)]], "words")
    if kind < 0.75:
        lead = [Piece("capital", carrier=False)] if chance(rng, 0.3) else []
        end = [Piece("exclamation", False), Piece(pick(rng, ("point", "mark")), False)] if chance(rng, 0.3) else []
        return Value([[*lead, Piece(one)], [*said, *end]], "words")
    return Value([[*_spell(speaker, one)], said], "spelled")


def ip_address(speaker: Speaker) -> Value:
    rng = speaker.rng
    parts = pick(
        rng, (["192", "168", str(int(rng.integers(0, 3))), str(int(rng.integers(2, 255)))],
              ["10", "0", str(int(rng.integers(0, 20))), str(int(rng.integers(2, 255)))],
              [str(int(rng.integers(11, 220))), *(str(int(x)) for x in rng.integers(2, 255, size=3))]),
    )  # fmt: skip
    if chance(rng, speaker.habits.written):
        return Value([[Piece(".".join(parts))]], "digits")
    style = pick(rng, (natural, singles))
    groups: list[Group] = []
    for at, part in enumerate(parts):
        dot = [Piece(pick(rng, ("dot", "dot", "point")), carrier=False)] if at else []
        groups.append([*dot, *(Piece(w, w != "and") for w in style(rng, part, speaker.habits))])
    return Value(groups, "words")


MAKERS: dict[str, Callable[[Speaker], Value]] = {
    "CREDIT_CARD": credit_card, "CVV": cvv, "CARD_EXPIRY": card_expiry, "PIN": plain_digits(((4,), (4,), (6,), (5,))),
    "OTP": plain_digits(((6,), (3, 3), (4,), (8,), (2, 2, 2))),
    "BANK_ACCOUNT": plain_digits(((4, 4), (4, 4, 4), (3, 3, 4), (5, 5), (2, 3, 3), (3, 3, 3))),
    "ABA_ROUTING": routing, "IBAN": iban_value, "SORT_CODE": plain_digits(((2, 2, 2),)), "US_SSN": ssn,
    "SSN_LAST4": plain_digits(((4,),)), "TAX_ID": plain_digits(((2, 7), (2, 3, 4), (3, 2, 4))),
    "PASSPORT": mixed(("A99999999", "999999999", "AA9999999", "A9999999")),
    "DRIVER_LICENSE": mixed(("A9999999", "A999999999999", "99999999", "AA999999A", "9999999", "A99999999")),
    "MEDICAL_RECORD": mixed(("9999999", "99999999", "A999999", "999999")),
    "MEMBER_ID": mixed(("AAA999999999", "A99999999", "9999999999", "AAA999A99999", "99999999901")),
    "ACCOUNT_NUMBER": plain_digits(((4, 4), (3, 3, 3), (5, 5), (4, 3), (3, 4, 4), (6,), (4, 4, 2), (2, 4, 4))),
    "DOB": dob, "PHONE": phone, "EMAIL": email, "ADDRESS": address, "PERSON": person, "PASSWORD": password,
    "IP_ADDRESS": ip_address, "NUMBER": mixed(("9999999999", "99999999", "AA99999999", "999999", "9999999999999999")),
}  # fmt: skip


def make_value(kind: str, speaker: Speaker) -> Value:
    """A secret of a type. Pieces of a group lie side by side; between groups the speaker may pause."""
    value = MAKERS[kind](speaker)
    groups = [group for group in value.groups if group]
    return value._replace(groups=groups)
