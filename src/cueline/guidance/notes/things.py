"""What a call names: amounts with what they were for, days, times, accounts, cards, an appointment, hours. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from cueline.events.guidance import Evidence
from cueline.guidance.notes.dialogue import Line, first_of, nearest, opened, phrases
from cueline.guidance.notes.facts import Fact, FactKind
from cueline.guidance.notes.pieces import FILLERS, Piece, shown

_TOPICS: Final[Mapping[str, str]] = {
    "transfer": "transfer", "transferred": "transfer", "transferring": "transfer", "move": "transfer",
    "moved": "transfer", "bill": "bill", "invoice": "bill", "refund": "refund", "refunded": "refund",
    "credit": "credit", "credited": "credit", "charge": "charge", "charged": "charge", "charges": "charge",
    "fee": "fee", "fees": "fee", "balance": "balance", "payment": "payment", "paid": "payment", "pay": "payment",
    "plan": "plan", "tariff": "plan", "subscription": "plan", "price": "price", "cost": "price", "costs": "price",
    "deposit": "deposit", "deposited": "deposit", "withdrawal": "withdrawal", "withdraw": "withdrawal",
    "withdrew": "withdrawal", "loan": "loan", "borrow": "loan", "mortgage": "mortgage", "interest": "interest",
    "discount": "discount", "voucher": "voucher", "order": "order", "purchase": "purchase", "bought": "purchase",
    "limit": "limit", "overdraft": "overdraft", "rent": "rent", "premium": "premium", "claim": "claim",
    "tax": "tax", "delivery": "delivery", "shipping": "shipping", "instalment": "instalment",
    "installment": "instalment", "cheque": "cheque", "check": "check", "transaction": "transaction",
    "owe": "owed", "owed": "owed", "due": "due",
}  # fmt: skip
_REASON_TOPICS: Final[Mapping[str, str]] = {
    "transfer_money": "transfer", "pay_bill": "bill", "refund": "refund", "dispute_charge": "charge",
    "check_balance": "balance", "loan_enquiry": "loan", "change_plan": "plan", "billing_question": "bill",
}  # fmt: skip
_ACCOUNTS: Final = frozenset((
    "checking", "chequing", "savings", "saving", "current", "deposit", "joint", "business", "investment", "brokerage",
    "retirement", "pension", "mortgage", "loan", "student", "personal", "trading", "isa",
))  # fmt: skip
_BARE_ACCOUNTS: Final = frozenset(("checking", "chequing", "savings", "isa"))
_CARDS: Final = frozenset((
    "credit", "debit", "prepaid", "gift", "store", "loyalty", "bank", "atm", "cash", "business", "fuel", "membership",
    "library", "sim", "visa", "mastercard", "amex", "maestro",
))  # fmt: skip
_SCHEMES: Final = frozenset(("visa", "mastercard", "amex", "maestro"))
_SOURCE: Final = frozenset(("source", "from", "sending"))
_TARGET: Final = frozenset(("destination", "to", "into", "receiving", "target"))
_MEETING: Final = frozenset((
    "appointment", "appointments", "meeting", "visit", "slot", "technician", "engineer", "viewing", "consultation",
    "schedule", "scheduled", "reschedule", "rescheduled", "book", "booked", "booking",
))  # fmt: skip
_OPENING: Final = frozenset(("hours", "open", "opens", "opened", "opening", "close", "closes", "closed", "closing"))
_COMPANY_WORDS: Final = frozenset(("company", "payee", "biller", "merchant", "vendor", "provider", "supplier"))
_COMPANY_STOPS: Final = frozenset((
    "for", "on", "and", "it", "it's", "that", "because", "in", "from", "at", "with", "is", "was", "the", "my", "to",
    "account", "which", "so", "but", "i", "of", "bill", "please",
))  # fmt: skip
_COMPANY_LEADS: Final = phrases(
    ("company", "name", "is"), ("company", "is"), ("payee", "is"), ("biller", "is"), ("merchant", "is"),
    ("provider", "is"), ("bill", "from"), ("bill", "to"), ("invoice", "from"), ("company", "is", "called"),
    ("name", "of", "the", "company", "is"), ("company", "called"),
)  # fmt: skip
_ANSWER_LEADS: Final = frozenset(("it's", "it", "is", "that's", "that", "would", "be", "the", "name", "called", "from"))
_COMPANY_WORDS_MAX: Final = 4
_TOPIC_BEFORE: Final = 8
_TOPIC_AFTER: Final = 8
_APPOINTMENT_LOOK_BACK: Final = 8
_AROUND: Final = 12
"""Pieces on either side of a fact that are kept with it."""


def amounts(line: Line) -> list[Fact]:
    """Amounts, each with what it was for: by the words beside it, else by what was asked."""
    found = []
    for at, piece in enumerate(line.sentence.pieces):
        if piece.kind != "amount":
            continue
        about = nearest(line.words, at, _TOPICS, before=_TOPIC_BEFORE, after=_TOPIC_AFTER)
        about = about or nearest(line.asked, 0, _TOPICS, before=0, after=len(line.asked))
        found.append(fact("amount", piece.text, line, at, at, about))
    return found


def by_reason(found: Fact, reason: str | None) -> Fact:
    """An amount of which nothing else tells what it was for is taken for what the call is about."""
    if found.kind != "amount" or found.about is not None:
        return found
    return msgspec.structs.replace(found, about=_REASON_TOPICS.get(reason or ""))


def moments(line: Line) -> list[Fact]:
    """Days, times and lengths of time."""
    kinds: Mapping[str, FactKind] = {"day": "day", "time": "time", "length": "length"}
    return [
        fact(kinds[piece.kind], piece.text, line, at, at)
        for at, piece in enumerate(line.sentence.pieces)
        if piece.kind in kinds
    ]


def accounts(line: Line) -> list[Fact]:
    """Kinds of accounts, and whether money goes from or to them."""
    found = []
    words = line.words
    asked = bool({"account", "accounts"} & set(line.asked))
    for at, word in enumerate(words):
        if word not in _ACCOUNTS:
            continue
        named = words[at + 1 : at + 2] in {("account",), ("accounts",)}
        if not named and not (word in _BARE_ACCOUNTS and (asked or _side(words, at))):
            continue
        about = _side(words, at) or (_asked_side(line.asked) if asked else None)
        kind = "savings" if word == "saving" else word
        found.append(fact("account", kind, line, at, at + 1 if named else at, about))
    return found


def _side(words: Sequence[str], at: int) -> str | None:
    """ "from your checking", "into my savings"."""
    for before in reversed(words[max(0, at - 3) : at]):
        if before in {"from", "out"}:
            return "from"
        if before in {"to", "into"}:
            return "to"
    return None


def _asked_side(asked: Sequence[str]) -> str | None:
    sides = {"from" if word in _SOURCE else "to" for word in asked if word in _SOURCE or word in _TARGET}
    return sides.pop() if len(sides) == 1 else None


def cards(line: Line) -> list[Fact]:
    """Kinds of cards. Alternatives that somebody is given to choose from are none."""
    found = []
    words = line.words
    asked = bool({"card", "cards"} & set(line.asked))
    for at, word in enumerate(words):
        if word not in _CARDS or words[at - 1 : at] == ("or",) or words[at + 1 : at + 2] == ("or",):
            continue
        if words[at + 1 : at + 2] in {("card",), ("cards",)} or words[at + 1 : at + 3] == ("or", "debit"):
            found.append(fact("card", f"{word} card", line, at, at + 1))
        elif word in _SCHEMES or (asked and word in {"credit", "debit", "prepaid"} and len(words) - opened(words) <= 4):
            found.append(fact("card", f"{word} card", line, at, at))
    return found


def opening_hours(line: Line, recent: Sequence[Line]) -> list[Fact]:
    """When something is open, told after it was spoken of."""
    spoken_of = any(_OPENING & set(each.words) for each in (line, *recent))
    found = []
    for at, piece in enumerate(line.sentence.pieces):
        if piece.kind == "hours" and spoken_of:
            days = line.sentence.pieces[at - 1] if at and line.sentence.pieces[at - 1].kind == "day" else None
            text = f"{days.text}, {piece.text}" if days else piece.text
            found.append(fact("hours", text, line, at - 1 if days else at, at))
    return found


def companies(line: Line) -> list[Fact]:
    """Whom a bill is paid to: named so, or told when it was asked for."""
    words = line.words
    lead = first_of(words, _COMPANY_LEADS)
    if lead is not None:
        return _company(line, lead[1])
    if _COMPANY_WORDS & set(line.asked) and not {"address", "number", "phone"} & set(line.asked):
        at = opened(words)
        while at < len(words) and words[at] in _ANSWER_LEADS:
            at += 1
        if 0 < len(words) - at <= _COMPANY_WORDS_MAX:
            return _company(line, at)
    return []


def _company(line: Line, start: int) -> list[Fact]:
    pieces: Sequence[Piece] = line.sentence.pieces
    at = start
    if at < len(pieces) and pieces[at].word in {"the", "a", "called"}:
        at = start = at + 1
    while (
        at < len(pieces)
        and at - start < _COMPANY_WORDS_MAX
        and pieces[at].kind == "word"
        and pieces[at].word not in _COMPANY_STOPS
        and (at == start or pieces[at].word not in FILLERS)
    ):
        at += 1
    if at == start or pieces[start].word in FILLERS:
        return []
    name = shown(line.sentence, start, at - 1)
    return [fact("company", name.title() if name.islower() else name, line, start, at - 1)]


class Appointment:
    """Day and time of an appointment as a call settles them: what is told last holds.

    A yes is not asked for: the agent repeats what was agreed, which is heard as told last.
    """

    def __init__(self) -> None:
        self._day: tuple[str, Line, Evidence] | None = None
        self._time: tuple[str, Line, Evidence] | None = None
        self._since = _APPOINTMENT_LOOK_BACK + 1

    def hear(self, line: Line) -> None:
        """A sentence, in order."""
        about = bool(_MEETING & set(line.words)) or bool(_MEETING & set(line.asked))
        self._since = 0 if about else self._since + 1
        if self._since > _APPOINTMENT_LOOK_BACK or not line.told:
            return
        for at, piece in enumerate(line.sentence.pieces):
            told = (piece.text, line, line.sentence.evidence(at, at))
            if piece.kind == "day" and piece.text not in {"yesterday"}:
                self._day = told
            elif piece.kind == "time" or (piece.kind == "hours" and not _OPENING & set(line.words)):
                self._time = told

    def facts(self) -> list[Fact]:
        """The appointment; none where neither day nor time was told."""
        told = [each for each in (self._day, self._time) if each is not None]
        if not told:
            return []
        text = told[0][0] if self._day else f"at {told[0][0]}"
        if len(told) > 1:
            text += f", {told[1][0]}" if " to " in told[1][0] else f" at {told[1][0]}"
        latest = max((each[1] for each in told), key=lambda line: line.sentence.heard.started_ms)
        evidence = tuple(dict.fromkeys(each[2] for each in told))
        return [Fact("appointment", text, latest.speaker, latest.sentence.heard.ended_ms, evidence)]


def fact(  # noqa: PLR0917 - where it stands is three of them
    kind: FactKind, text: str, line: Line, first: int, last: int, about: str | None = None
) -> Fact:
    """A fact that pieces ``first`` to ``last`` of a line tell."""
    heard = line.sentence.heard
    said_ms = heard.said_ms(line.sentence.pieces[last].last)
    start, end = max(0, first - _AROUND), min(len(line.words) - 1, last + _AROUND)
    around = shown(line.sentence, start, end)
    return Fact(kind, text, line.speaker, said_ms, (line.sentence.evidence(first, last),), about, said=around)
