"""Numbers in stored text: which look like secrets, by what they are about and what is beside them. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from cueline.events.redacted import EntityType
from cueline.events.verification import StoredTurn
from cueline.redaction.verify_patterns import Found, luhn
from cueline.redaction.verify_reading import Token, digits_of
from cueline.redaction.verify_topics import Subjects, Topic
from cueline.redaction.verify_words import BACK_CHANNELS, FILLERS, LEAD_IN, STREETS, UNITS
from cueline.unredacted.sealed import Sealed

NUMERIC: Final[frozenset[str]] = frozenset({
    "CREDIT_CARD", "CVV", "CARD_EXPIRY", "PIN", "OTP", "BANK_ACCOUNT", "ABA_ROUTING", "IBAN", "SORT_CODE", "US_SSN",
    "SSN_LAST4", "TAX_ID", "PASSPORT", "DRIVER_LICENSE", "MEDICAL_RECORD", "MEMBER_ID", "ACCOUNT_NUMBER", "DOB",
    "PHONE", "IP_ADDRESS", "NUMBER", "ADDRESS", "PASSWORD", "EMAIL",
})  # fmt: skip
"""Kinds of which a part left over is a digit."""

LEAST: Final = {"CVV": 3, "PIN": 3, "OTP": 3, "SSN_LAST4": 3, "CARD_EXPIRY": 3, "DOB": 3, "IP_ADDRESS": 3}
LEAST_OF_OTHERS: Final = 4
POST_CODE_LEAST: Final = 5
UNNAMED_LEAST: Final = 6
"""Digits in a row about which nothing was said."""

FILLERS_MAX: Final = 4
_DATES: Final = frozenset({"calendar", "ordinal", "number"})
_MEMBERS: Final = frozenset({"number", "code", "near", "letter", "ordinal"})


class Said(Sealed):
    """A turn with its tokens; index: its place in reading order."""

    __slots__ = ("index", "tokens", "turn")

    def __init__(self, turn: StoredTurn, tokens: Sequence[Token], index: int) -> None:
        self.turn = turn
        self.tokens = list(tokens)
        self.index = index


class Run(Sealed):
    """Tokens of a turn that tell one number: half-open indexes. masked: a mask stands right beside or in it."""

    __slots__ = ("digits", "end", "masked", "start", "tokens")

    def __init__(self, said: Said, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.tokens = [token for token in said.tokens[start:end] if token.kind in _MEMBERS]
        self.digits = digits_of(self.tokens)
        self.masked = _beside(said.tokens, start, end)


def runs(said: Said) -> list[Run]:
    """The numbers of a turn, in order. Letters count among digits only."""
    found: list[Run] = []
    at = 0
    while at < len(said.tokens):
        if said.tokens[at].kind not in {"number", "code"} and not _opens(said.tokens, at):
            at += 1
            continue
        end, skipped, next_at = at + 1, 0, at + 1
        while next_at < len(said.tokens) and skipped <= FILLERS_MAX:
            token = said.tokens[next_at]
            if token.kind in _MEMBERS and not (token.kind == "ordinal" and skipped):
                end, skipped = next_at + 1, 0
            elif token.norm in FILLERS:
                skipped += 1
            else:
                break
            next_at += 1
        while said.tokens[end - 1].norm in {"to", "for", "too", "o", "a", "free", "owe"} and end - at > 1:
            end -= 1
        found.append(Run(said, at, end))
        at = end
    return found


def _opens(said: Sequence[Token], at: int) -> bool:
    """Whether a word that sounds like a digit, or a letter, is the first of a number: a digit follows at once."""
    if said[at].kind not in {"near", "letter"} or said[at].norm in {"to", "for", "too", "a", "i", "owe"}:
        return False
    after = said[at + 1 : at + 3]
    return bool(after) and (
        after[0].kind == "number" or (len(after) > 1 and after[0].kind == after[1].kind == "letter")
    )


def _beside(said: Sequence[Token], start: int, end: int) -> EntityType | None:
    """The kind of a mask of digits that is only fillers away."""
    for places in (range(start - 1, max(-1, start - 4), -1), range(end, min(len(said), end + 3))):
        for at in places:
            token = said[at]
            if token.kind == "mask":
                return cast("EntityType", token.mask) if token.mask in NUMERIC else None
            if token.norm not in FILLERS or token.norm in {"and", "i", "y", "und", "so", "just"}:
                break
    return None


def numbers(said: Said, call: Sequence[Said], subjects: Subjects) -> Iterator[Found]:
    """What looks like a secret number in a turn."""
    for run in runs(said):
        if counts(said, run):
            continue
        topic = subjects.before(said.index, run.start, said.turn.started_ms)
        verdict = _judged(said, run, topic, call)
        if verdict is not None:
            yield said.tokens[run.start].start, said.tokens[run.end - 1].end, *verdict


def dates(said: Said, subjects: Subjects) -> Iterator[Found]:
    """Months, days and years where a day of birth or a card's end was asked for, or is announced."""
    start = end = last = None
    for at, token in enumerate(said.tokens):
        if token.kind in {"calendar", "ordinal", "number"}:
            if start is None or last is None or at - last > 3:
                start = at
            end = last = at
            dated = any(each.kind != "number" for each in said.tokens[start : end + 1] if each.kind in _DATES)
            topic = subjects.before(said.index, start, said.turn.started_ms)
            if topic is None or topic.subject not in {"DOB", "CARD_EXPIRY"} or not dated:
                continue
            near = topic.turn == said.index and start - topic.at <= 5
            if (near or _alone(said)) and not counts(said, Run(said, start, end + 1)):
                yield said.tokens[start].start, said.tokens[end].end, cast("EntityType", topic.subject), "date"


def _judged(said: Said, run: Run, topic: Topic | None, call: Sequence[Said]) -> tuple[EntityType, str] | None:
    if run.masked is not None and not _one_of_them(said, run):
        return run.masked, "residue"
    if _street(said, run):
        return "ADDRESS", "street"
    count = len(run.digits) + sum(token.kind == "letter" for token in run.tokens)
    near = topic is not None and topic.turn == said.index and run.start - topic.at <= 8
    if topic is not None and topic.subject == "benign":
        return ("CREDIT_CARD", "card_luhn") if not near and _card(run.digits) else None
    alone = _alone(said)
    if alone and (beside := _series(said, call, count)) is not None:
        return beside, "series"
    subject = cast("EntityType | None", None if topic is None else topic.subject)
    if subject is not None and (near or alone) and _long_enough(subject, count, alone=alone):
        return subject, "answer"
    return _unnamed(run, count, subject)


def _one_of_them(said: Said, run: Run) -> bool:
    """ "It's the old one [EMAIL]": no digit."""
    return (
        said.tokens[run.end - 1].norm in {"one", "ones"}
        and run.end - run.start == 1
        and run.start > 0
        and (said.tokens[run.start - 1].kind == "word")
    )


def _long_enough(subject: EntityType, count: int, *, alone: bool) -> bool:
    """Whether a number is what was asked for. A house's number is known by its street, a code word by other rules."""
    if subject in {"PASSWORD", "ADDRESS"}:
        return subject == "ADDRESS" and alone and count >= POST_CODE_LEAST
    return count >= LEAST.get(subject, LEAST_OF_OTHERS)


def _unnamed(run: Run, count: int, subject: EntityType | None) -> tuple[EntityType, str] | None:
    """What a number is of which nothing near says what it is."""
    if _card(run.digits):
        return "CREDIT_CARD", "card_luhn"
    if {"thousand", "hundred"} <= {token.norm for token in run.tokens}:
        return None  # an amount
    return ("NUMBER", "digits") if count >= UNNAMED_LEAST and subject not in {"PASSWORD", "ADDRESS"} else None


def _card(digits: str) -> bool:
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and digits.isdigit() and luhn(digits)


def _alone(said: Said) -> bool:
    """Whether a turn is an answer: a number and words that lead up to one."""
    return all(
        token.kind in _MEMBERS | {"mask", "calendar"} or token.norm in LEAD_IN | {"month", "year"}
        for token in said.tokens
    )


def _series(said: Said, call: Sequence[Said], count: int) -> EntityType | None:
    """The kind of the mask in the turn before or after of the same side, with nothing but nods between.

    A number of some length right after the other side's mask is that one read back.
    """
    before = call[said.index - 1] if said.index else None
    if before is not None and before.turn.channel != said.turn.channel and count >= 3 and before.tokens:
        last = before.tokens[-1]
        if last.kind == "mask" and last.mask in NUMERIC:
            return cast("EntityType", last.mask)
    for step in (-1, 1):
        at = said.index + step
        while 0 <= at < len(call) and abs(at - said.index) <= 4:
            other = call[at]
            if other.turn.channel == said.turn.channel:
                edge = other.tokens[-1 if step < 0 else 0] if other.tokens else None
                if edge is not None and edge.kind == "mask" and edge.mask in NUMERIC:
                    return cast("EntityType", edge.mask)
                break
            if not all(token.norm in BACK_CHANNELS for token in other.tokens):
                break
            at += step
    return None


def counts(said: Said, run: Run) -> bool:
    """Whether the number counts or dates something, by the words around it."""
    after = said.tokens[run.end] if run.end < len(said.tokens) else None
    before = said.tokens[run.start - 1] if run.start else None
    if after is not None and (after.norm in UNITS or after.kind in {"clock"}):
        return True
    if before is not None and before.kind == "calendar" and run.masked is None:
        return True  # dates are looked at elsewhere
    counted = before is not None and before.norm in {"last", "first"} and len(run.digits) == 1
    return counted or (before is not None and before.norm.startswith("$"))


def _street(said: Said, run: Run) -> bool:
    """Whether a number stands before a street: "forty two oak hill avenue"."""
    after = said.tokens[run.end : run.end + 4]
    for at, token in enumerate(after):
        if token.norm in STREETS:
            return at > 0 or token.norm not in {"court", "place", "way", "circle", "close", "street", "drive", "unit"}
        if token.kind not in {"word", "ordinal", "calendar"} or token.norm in FILLERS | UNITS:
            return False
    return False
