"""The spoken-number lattice: which words are number tokens, where runs of them begin and end, what they may say. Pure.

A *number token* is one spoken number word ("four", "seventeen", "hundred", "oh" beside a number), one written digit or
one letter beside such: "4111" counts as four tokens, so that a number weighs the same however the recogniser writes it.
A *run* is number tokens of one speaker with nothing between them but fillers ("uh", "and", "okay") and connectors
("dash", "point"); it goes on over the ends of turns and is closed by the next ordinary word. Words that merely sound
like digits ("for", "to", "won") belong to a run only where a number follows them, or one has begun.
"""

from collections.abc import Sequence
from typing import Final

from cueline.redaction.classifier import Guess
from cueline.redaction.lexer import NUMERIC, Shape, Token, lex
from cueline.redaction.locales import kinds
from cueline.redaction.locales.locale import Locale
from cueline.redaction.state import Run
from cueline.unredacted.sealed import Sealed

MAX_READINGS: Final = 12
"""Digit strings kept of one run; further ones are dropped (the first is the likeliest)."""

MAX_DIGITS: Final = 64
"""Digits of a reading that are looked at."""

_ODD: Final = frozenset({"nein", "heaven", "owe", "sicks", "fife", "wan", "won"})
"""Misheard digits that hardly follow a number as words."""

_IN_DATES: Final = frozenset({"in", "month"})
_AMBIGUOUS: Final = frozenset("ai")
_OWING: Final = frozenset({"i", "you", "we", "they", "to", "still", "do", "who", "people"})
_IDLE: Final = frozenset({kinds.WORD, kinds.FILLER, kinds.SOUNDALIKE, kinds.LINK})
"""Kinds of which no run consists alone."""

_LETTERED: Final = frozenset({kinds.LETTER, kinds.PHONETIC})
_SPELLING: Final = frozenset({kinds.LETTER, kinds.PHONETIC, kinds.FILLER, kinds.MULTIPLIER})
_IN_FIGURES: Final = frozenset({kinds.WRITTEN, kinds.LETTER, kinds.PHONETIC})
_SILENT: Final = frozenset({kinds.LETTER, kinds.PHONETIC, kinds.FILLER, kinds.LINK, kinds.WORD, kinds.MONTH})
"""Kinds that add no digit to a number."""

_UNCOUNTED: Final = frozenset({kinds.FILLER, kinds.LINK, kinds.MULTIPLIER})
_JOINTS: Final = frozenset({kinds.LINK, kinds.FILLER})
_CARDINALS: Final = frozenset({kinds.DIGIT, kinds.TEEN, kinds.TENS, kinds.JOINED, kinds.ORDINAL, kinds.SCALE})
_TENS: Final = frozenset({kinds.TENS, kinds.TEEN, kinds.JOINED})
_LEVELS: Final = {kinds.TENS: 2, kinds.TEEN: 1, kinds.DIGIT: 1, kinds.JOINED: 1, kinds.ORDINAL: 1}
_WHOLE: Final = frozenset({Shape.PLAIN, Shape.GROUPED})
_BESIDE_CODE: Final = frozenset({kinds.LETTER, kinds.PHONETIC, kinds.MULTIPLIER})
_SEPARATORS: Final = frozenset(
    {"dash", "hyphen", "slash", "stroke", "space", "guion", "guión", "strich", "bindestrich"}
)


class Stretch(Sealed):
    """Words ``first`` to ``last`` (both included) of a turn that belong to ``run``, with their tokens.

    closed_by: index of the ordinary word that closed the run; None where the turn ended first.
    guess: what the words before it announce, once a model was asked. grammar: what ``reading.quantity`` found, by its
    options. tokens: how many number tokens it holds. digits: its readings, likeliest first.
    letters, months: how many of each among its tokens. span: its first and last token, once its turn is read.
    """

    __slots__ = (
        "closed_by", "digits", "first", "grammar", "guess", "inherited", "last", "letters", "months", "parts", "run",
        "span", "tokens",
    )  # fmt: skip

    def __init__(self, first: int, last: int, run: Run, closed_by: int | None, parts: Sequence[Token]) -> None:
        self.first = first
        self.last = last
        self.run = run
        self.closed_by = closed_by
        self.parts = parts
        self.inherited = False
        self.span = (0, 0)
        self.digits = readings(parts)
        self.guess: Guess | None = None
        self.grammar: dict[tuple[bool, bool], str] = {}
        self.tokens = self.letters = self.months = 0
        for part in parts:
            self.tokens += part.count
            self.letters += part.kind in _LETTERED
            self.months += part.kind is kinds.MONTH

    @property
    def spelled(self) -> bool:
        """Whether it is letters alone ("o" among them is one), or a letter with its word ("s as in sam")."""
        return self.letters > 0 and all(part.kind in _SPELLING or part.text in {"o", "november"} for part in self.parts)

    @property
    def explained(self) -> bool:
        """Whether a letter of it is told by a word."""
        return any(part.kind is kinds.FILLER for part in self.parts)


class Scan(Sealed):
    """What one turn holds.

    stretches: in order; one run each.
    run: the run that is open at the turn's end, if any.
    loose: first and last word of those at the turn's end that are part of a number only if one follows.
    continues: whether a number of this turn went on with the run that the turn before left open.
    """

    __slots__ = ("continues", "loose", "run", "stretches")

    def __init__(
        self, stretches: Sequence[Stretch], run: Run | None, loose: tuple[int, int] | None, *, continues: bool
    ) -> None:
        self.stretches = tuple(stretches)
        self.run = run
        self.loose = loose
        self.continues = continues


_SEPARATE: Final = frozenset({Shape.AMOUNT, Shape.PERCENT})
"""Written numbers that are whole: "$100, and then 7082 1190" is a sum and the beginning of something else."""


class _Scanner:
    """One pass over one turn. ``loose`` holds tokens that wait for a number."""

    __slots__ = ("begun", "continued", "inherited", "loose", "parts", "run", "stretches")

    def __init__(self, run: Run | None) -> None:
        self.run = self.inherited = run
        self.continued = False
        self.begun = False
        self.parts: list[Token] = []
        self.loose: list[Token] = []
        self.stretches: list[Stretch] = []

    def core(self, token: Token) -> None:
        if self.run is None:
            self.run = Run()
        elif self.run is self.inherited and not self.continued:
            self.continued = True
        # Before a run, "for" may be a digit and is masked with it, but three tokens there must be without it.
        spare = not self.begun and self.run.tokens == 0
        waiting = 0
        if token.kind in _IN_FIGURES and not self.begun:
            # "for 250", "to 5": misheard digits are written in words throughout.
            self.loose = [each for each in self.loose if each.kind is not kinds.SOUNDALIKE and each.text != "owe"]
        for each in self.loose:
            waiting += 0 if spare and each.kind is kinds.SOUNDALIKE else each.count
        self.run.take(token.count + waiting)
        self.parts += self.loose
        self.parts.append(token)
        self.loose.clear()
        self.begun = True

    def close(self, word: int) -> None:
        self.loose.clear()
        if self.run is None:
            return
        self.run.close()
        self._keep(word)
        self.run = None
        self.begun = False

    def number(self, token: Token) -> None:
        """A number, which goes on with the run or is a run by itself."""
        if token.shape not in _SEPARATE:
            self.core(token)
            return
        self.close(token.word)
        self.core(token)
        self.close(token.word)

    def _keep(self, closed_by: int | None) -> None:
        if self.begun and self.run is not None:
            stretch = Stretch(self.parts[0].word, self.parts[-1].word, self.run, closed_by, tuple(self.parts))
            stretch.inherited = self.run is self.inherited
            self.stretches.append(stretch)
        self.parts = []

    def result(self) -> Scan:
        loose = (self.loose[0].word, self.loose[-1].word) if self.loose else None
        if self.run is not None:
            self.run.expect(sum(token.count for token in self.loose))
            self._keep(None)
        return Scan(self.stretches, self.run, loose, continues=self.continued)


def scan(tokens: Sequence[Token], run: Run | None, locale: Locale) -> Scan:  # noqa: PLR0912 - a table of cases
    """Finds the runs in one turn's tokens. ``run`` is the one left open by the turn before; it is changed in place."""
    if run is None and _IDLE.issuperset([token.kind for token in tokens]):
        return Scan((), None, _waiting(tokens), continues=False)
    scanner = _Scanner(run)
    skip = 0
    for at, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        kind = token.kind
        if kind in NUMERIC:
            scanner.number(token)
        elif kind is kinds.WORD:
            if (scanner.run is not None or scanner.loose) and not (token.text in _IN_DATES and _links(tokens, at)):
                scanner.close(token.word)
        elif kind is kinds.FILLER:
            continue
        elif (kind is kinds.MULTIPLIER or token.text in _ODD or _ordinal_unit(tokens, at)) and scanner.begun:
            scanner.core(token)
        elif kind is kinds.LETTER or (token.text == "o" and _phonetic_end(tokens, at, locale)):
            spelled = _phonetic_end(tokens, at, locale)
            if spelled:
                scanner.core(token)
                for each in tokens[at + 1 : spelled + 1]:
                    each.kind, each.value, each.count = kinds.FILLER, "", 0
                    scanner.parts.append(each)
                skip = spelled - at
            elif _is_letter(tokens, at, scanner):
                scanner.core(token)
            elif at == len(tokens) - 1 and token.text not in _AMBIGUOUS:
                scanner.loose.append(token)
            else:
                scanner.close(token.word)
        else:
            _uncertain(scanner, tokens, at)
    return scanner.result()


def _waiting(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """First and last word of those that end a turn without a number and are part of one if it follows."""
    words = []
    for token in reversed(tokens):
        if token.kind is kinds.SOUNDALIKE:
            words.append(token.word)
        elif token.kind is not kinds.FILLER:
            break
    return (words[-1], words[0]) if words else None


def _uncertain(scanner: _Scanner, tokens: Sequence[Token], at: int) -> None:  # noqa: PLR0912 - a table of cases
    """Tokens that are numbers in some surroundings only."""
    token = tokens[at]
    kind = token.kind
    if kind is kinds.ZERO:
        if (scanner.begun and not scanner.loose) or _spelled_beside(tokens, at):
            scanner.core(token)
        elif token.text == "owe" and at and tokens[at - 1].text in _OWING:
            scanner.close(token.word)
        else:
            scanner.loose.append(token)
    elif kind is kinds.PHONETIC:
        beside = _neighbours(tokens, at)
        if scanner.begun or any(each.kind in NUMERIC or each.kind in _BESIDE_CODE for each in beside):
            scanner.core(token)
        else:
            scanner.close(token.word)
    elif kind is kinds.MONTH:
        if (token.text == "november" and any(each.kind in _LETTERED for each in _neighbours(tokens, at))) or _dated(
            tokens, at
        ):
            scanner.core(token)
        elif at < len(tokens) - 1:
            scanner.close(token.word)
        else:
            scanner.loose.append(token)
    elif kind is kinds.LINK:
        if not _links(tokens, at):
            scanner.close(token.word)
    else:
        scanner.loose.append(token)


def _ordinal_unit(tokens: Sequence[Token], at: int) -> bool:
    """ "twenty second": not a moment, but the day."""
    return tokens[at].text in {"first", "second"} and at > 0 and tokens[at - 1].kind is kinds.TENS


def _neighbours(tokens: Sequence[Token], at: int) -> list[Token]:
    """The tokens beside one, spoken separators ("a dash seven") passed over."""
    found = []
    for step in (-1, 1):
        each = at + step
        while 0 <= each < len(tokens) and tokens[each].text in _SEPARATORS:
            each += step
        if 0 <= each < len(tokens):
            found.append(tokens[each])
    return found


def _spelled_beside(tokens: Sequence[Token], at: int) -> bool:
    """Whether "o" stands among letters."""
    return tokens[at].text == "o" and any(
        each.kind is kinds.LETTER and each.text not in _AMBIGUOUS for each in _neighbours(tokens, at)
    )


def _is_letter(tokens: Sequence[Token], at: int, scanner: _Scanner) -> bool:
    """Whether a single letter is spelled, and not a word ("a", "i") or a name's initial."""
    token = tokens[at]
    beside = _neighbours(tokens, at)
    spelled = sum(
        (each.kind is kinds.LETTER and each.text not in _AMBIGUOUS) or each.kind is kinds.PHONETIC for each in beside
    )
    numbers = sum(each.kind in NUMERIC or (each.kind is kinds.ZERO and scanner.begun) for each in beside)
    if not numbers and at + 2 < len(tokens) and tokens[at + 1].kind in {kinds.ZERO, kinds.MULTIPLIER}:
        numbers = tokens[at + 2].kind in NUMERIC or tokens[at + 2].kind is kinds.ZERO
    if token.text in _AMBIGUOUS:
        chain = at
        while chain < len(tokens) and tokens[chain].kind is kinds.LETTER:
            chain += 1
        followed = chain < len(tokens) and tokens[chain].kind in NUMERIC
        if chain - at >= 3 or (chain - at >= 2 and (scanner.begun or followed)):
            return True
        if at + 1 < len(tokens) and tokens[at + 1].text in _SEPARATORS and numbers:
            return True
        if scanner.begun and at == len(tokens) - 1 and tokens[at - 1].kind is kinds.LETTER:
            return True
        zero = at + 1 < len(tokens) and tokens[at + 1].text == "o"
        return spelled > 0 or zero or numbers == 2 or (scanner.begun and numbers == 1 and at == len(tokens) - 1)
    letters = sum(each.kind in {kinds.LETTER, kinds.MULTIPLIER} or each.text == "o" for each in beside)
    return spelled + numbers + letters > 0 or (scanner.begun and tokens[at - 1].kind is kinds.FILLER)


def _phonetic_end(tokens: Sequence[Token], at: int, locale: Locale) -> int:
    """Index of "mary" in "m as in mary", where the word begins with the letter; 0 where nothing is spelled so."""
    for end in range(at + 2, min(at + 4, len(tokens))):
        between = tokens[at + 1 : end]
        if not all(each.text in locale.phonetic_links for each in between):
            return 0
        word = tokens[end].text
        if word[:1] in {tokens[at].value, tokens[at].text} and len(word) > 1 and word not in locale.phonetic_links:
            if len(between) == 1 and between[0].text in {"is", "in"}:
                continue
            return end
    return 0


def _dated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a month's name stands beside a number, "of" and "the" apart."""
    for step in (1, -1):
        each = at + step
        while (
            0 <= each < len(tokens)
            and (tokens[each].kind in _JOINTS or tokens[each].text in _IN_DATES)
            and abs(each - at) < 3
        ):
            each += step
        if 0 <= each < len(tokens) and (tokens[each].kind in NUMERIC or tokens[each].text in {"first", "second"}):
            return True
    return False


def _links(tokens: Sequence[Token], at: int) -> bool:
    """Whether "of", "the" or "in" stands inside a date ("the third of march", "september of twenty")."""
    if tokens[at].text in {"of", "in"} and _month_before_year(tokens, at):
        return True
    near = tokens[max(0, at - 2) : at + 3]
    if tokens[at].text in _IN_DATES:
        before, after = tokens[max(0, at - 2) : at], tokens[at + 1 : at + 3]
        month = any(
            each.kind is kinds.MONTH or each.kind is kinds.ORDINAL or each.text in {"first", "second", "month"}
            for each in before
        )
        return month and any(each.kind in NUMERIC for each in after)
    return any(each.kind is kinds.MONTH for each in near) and any(
        each.kind in NUMERIC or each.text in {"first", "second"} for each in near
    )


def _thousand(tokens: Sequence[Token], at: int) -> bool:
    """ "two thousand ..."."""
    return tokens[at].text == "two" and at + 1 < len(tokens) and tokens[at + 1].text == "thousand"


def _month_before_year(tokens: Sequence[Token], at: int) -> bool:
    """ "eleven of twenty thirty", "oh six in 31": a month by its number, then the year of a card."""
    if not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    month = (before.value or before.digits) if before.kind in NUMERIC else ""
    year = (after.value or after.digits) if after.kind in NUMERIC else ""
    return (
        month.isdigit()
        and 1 <= int(month) <= 12
        and year.isdigit()
        and (20 <= int(year) <= 49 or 2020 <= int(year) <= 2049 or _thousand(tokens, at + 1))
    )


def unfinished(tokens: Sequence[Token], locale: Locale) -> int | None:
    """First of the tokens at a hypothesis' end that become part of a secret if certain words follow.

    "f as in ...", "xray ...", "december of ...", "the first month ...". None where there are none.
    """
    at = len(tokens) - 1
    while (
        at >= 0
        and len(tokens) - at <= 4
        and (tokens[at].text in locale.phonetic_links or tokens[at].kind in _JOINTS or tokens[at].text == "month")
    ):
        at -= 1
    if at < 0:
        return None
    token = tokens[at]
    linked = at < len(tokens) - 1
    if token.kind is kinds.LETTER:
        return at if linked or token.text not in _AMBIGUOUS else None
    if token.kind in {kinds.PHONETIC, kinds.MONTH, kinds.ORDINAL} or token.text in {"first", "second"}:
        return at
    return None


def readings(parts: Sequence[Token]) -> list[str]:
    """The digit strings that a run's tokens may say, likeliest first; letters are left out.

    >>> from cueline.redaction.locales.en import locale
    >>> readings(lex(["nine", "hundred", "one"], locale()))
    ['901', '9001']
    """
    found = [""]
    times = 1
    for at, part in enumerate(parts):
        if part.kind is kinds.MULTIPLIER:
            times = int(part.value)
            continue
        found = _extended(found, part, parts[at - 1] if at else None, times)
        times = 1
    return [digits[:MAX_DIGITS] for digits in dict.fromkeys(found)]


def _extended(found: list[str], part: Token, before: Token | None, times: int) -> list[str]:
    kind = part.kind
    value = part.value
    if kind is kinds.WRITTEN:
        return [digits + part.digits * times for digits in found]
    if kind in _SILENT:
        return found
    more: list[str] = []
    for digits in found:
        if kind is kinds.SCALE:
            zeros = value[1:]
            more.append(digits + zeros)
        elif kind is kinds.DIGIT and before is not None and times == 1:
            more += _after(digits, value, before)
        elif kind in _TENS and before is not None and before.kind is kinds.SCALE:
            more += [digits[:-2] + value, digits + value]
        elif kind is kinds.SOUNDALIKE:
            more += [digits + value, digits]
        elif kind is kinds.PLURAL and before is not None and before.kind is kinds.DIGIT:
            more += [digits[:-1] + value * int(before.value), digits + value]
        else:
            more.append(digits + value * times)
    return list(dict.fromkeys(more))[:MAX_READINGS]


def _after(digits: str, value: str, before: Token) -> list[str]:
    """A digit after tens or a scale may be added to it or follow it."""
    if before.kind is kinds.TENS and value != "0" and digits.endswith("0"):
        return [digits[:-1] + value, digits + value]
    if before.kind is kinds.SCALE and digits.endswith("0") and value != "0":
        return [digits[:-1] + value, digits + value]
    return [digits + value]


def is_cardinal(parts: Sequence[Token]) -> bool:
    """Whether the tokens are one number as it is counted ("one hundred and forty six", "250"), no string of digits."""
    core = [part for part in parts if part.kind not in _UNCOUNTED]
    if len(core) == 1:
        only = core[0]
        if only.kind is kinds.WRITTEN:
            return only.shape in _WHOLE and not only.digits.startswith("0")
        return only.kind in _CARDINALS
    rank = 99
    scale = False
    for part in core:
        if part.kind is kinds.SCALE:
            scale = True
            rank = 3
            continue
        level = _LEVELS.get(part.kind, 0)
        if not level or level >= rank or part.value == "0":
            return False
        rank = level if part.kind is kinds.TENS else 1
    return scale or len(core) == 2


def is_count(parts: Sequence[Token]) -> bool:
    """Whether it is a cardinal that names its hundreds or thousands."""
    return is_cardinal(parts) and any(part.kind is kinds.SCALE for part in parts)


__all__ = ["Scan", "Stretch", "is_cardinal", "is_count", "lex", "readings", "scan"]
