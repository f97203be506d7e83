"""What a number is about, as the verification reads it: the words nearest before it, of either side. Pure."""

import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from cueline.events.redacted import EntityType
from cueline.redaction.verify_reading import Token

Benign = Literal["benign"]
Subject = EntityType | Benign

TURNS_BACK: Final = 10
BENIGN_TURNS_BACK: Final = 3
MS_BACK: Final = 60_000
"""A question is answered within so many turns, and within this time."""

_SUBJECTS: Final[tuple[tuple[Subject, tuple[str, ...]], ...]] = (
    ("benign", (
        r"(?:(?:the|a|my|your|this) )?card (?:\w+ ){0,2}(?:ending|ends) in", r"cards? that ends? in",
        r"ending in", r"(?:card|visa|mastercard|amex),? ends?(?:ing)?(?: in)?", r"ends in", r"end in",
        r"what year", r"year is",
        r"code on the box", r"courier'?s?", r"tag said", r"error",
        r"last four of (?:the|your|that) card", r"birthday (?:party|gift|present|card)",
        r"call ?back about",
    )),
    ("benign", (
        r"(?<!gift )order", r"tracking", r"confirmation", r"reference", r"ticket", r"case", r"invoice",
        r"claim", r"model", r"serial", r"flight", r"booking", r"reservation", r"purchase order", r"quote",
        r"work order", r"extension", r"pedido", r"bestellnummer",
    )),
    ("benign", (
        r"owe", r"owed", r"charged?", r"bill", r"billed", r"total", r"comes to", r"cost", r"costs", r"balance",
        r"payment of", r"price", r"fee", r"refund", r"refunded", r"charging", r"worth", r"discount", r"save",
        r"credit of", r"amount",
    )),
    ("benign", (
        r"deliver(?:y|ed|s)?", r"arrives?", r"arriving", r"due", r"appointment", r"booked", r"scheduled?",
        r"driver comes", r"open", r"opens", r"close", r"closes", r"what time", r"around", r"until", r"between",
        r"supposed to be here", r"when did", r"bought", r"since", r"contract runs", r"shipped on", r"how long",
        r"how many", r"weighs", r"degrees", r"turns", r"lost by", r"won by", r"megs?", r"speed", r"press",
        r"plan",
    )),
    ("CVV", (
        r"cvv", r"security (?:code|number)", r"three digits?", r"digits on the back",
        r"code on the (?:back|card)", r"verification (?:value|number)", r"back of (?:the|your) card",
        r"signature(?: strip| panel)?", r"back strip", r"reverse side", r"little number", r"back of it",
        r"four (?:small )?digits on the front", r"verification code on the card",
    )),
    ("CARD_EXPIRY", (
        r"expir\w*", r"good through", r"good until", r"runs out", r"valid (?:through|until|thru)", r"exp date",
    )),
    ("CREDIT_CARD", (
        r"card number", r"(?:credit|debit|bank) card", r"sixteen digits?", r"16 digits?", r"digits across",
        r"long number", r"number on the (?:front|card)", r"visa", r"mastercard", r"master card", r"amex",
        r"american express", r"discover card", r"tarjeta", r"kartennummer", r"whole card",
        r"(?:by|my|a|the) card", r"number's",
    )),
    ("OTP", (
        r"verification code", r"pass ?code", r"one time", r"texted you", r"text you a",
        r"code (?:we|i|you) (?:just )?(?:sent|texted|got|get)", r"code here", r"text says", r"sent me",
        r"the code", r"it sent",
    )),
    ("PIN", (
        r"pin", r"pin number", r"telephone code", r"banking code", r"personal identification number",
        r"keep typing",
    )),
    ("SSN_LAST4", (
        r"last four",
    )),
    ("US_SSN", (
        r"social", r"ssn", r"social security",
    )),
    ("ABA_ROUTING", (
        r"routing", r"aba", r"nine digits", r"transit number",
    )),
    ("IBAN", (
        r"iban", r"international account",
    )),
    ("SORT_CODE", (
        r"sort code'?s?", r"code of your branch",
    )),
    ("BANK_ACCOUNT", (
        r"bank account", r"checking", r"savings",
        r"account (?:number )?(?:on|at the bottom of) (?:the|your) check", r"cuenta", r"kontonummer",
    )),
    ("TAX_ID", (
        r"tax id", r"tax number", r"ein", r"employer identification", r"taxpayer", r"steuer\w*",
    )),
    ("PASSPORT", (
        r"passport", r"pasaporte", r"reisepass",
    )),
    ("DRIVER_LICENSE", (
        r"licen[sc]e", r"dl", r"state id",
    )),
    ("MEDICAL_RECORD", (
        r"medical record", r"mrn", r"chart", r"patient (?:number|id)", r"hospital number", r"record number",
    )),
    ("MEMBER_ID", (
        r"member(?:ship)?", r"subscriber", r"insurance card", r"policy holder'?s?", r"health plan",
        r"group number", r"policy number",
    )),
    ("DOB", (
        r"birth", r"born", r"birthday'?s?", r"dob", r"geburtsdatum", r"nacimiento",
    )),
    ("PHONE", (
        r"phone", r"cell", r"mobile", r"callback", r"call me", r"reach (?:me|you)", r"area code", r"telephone",
        r"teléfono", r"telefon", r"handy", r"text us", r"number to call", r"best number", r"good number",
        r"text me", r"number are you at", r"calling from",
    )),
    ("IP_ADDRESS", (
        r"ip",
    )),
    ("ADDRESS", (
        r"address", r"zip", r"post ?code", r"postal", r"ship(?:ping)?", r"live at", r"we're at", r"lives? on",
        r"street", r"dirección",
    )),
    ("NUMBER", (
        r"loyalty", r"gift card", r"student id", r"rewards?", r"employee", r"badge", r"voucher", r"frequent",
        r"library card", r"your id",
    )),
    ("PASSWORD", (
        r"password", r"passphrase", r"verbal passcode", r"security word", r"secret word", r"kennwort",
        r"contraseña",
    )),
    ("ACCOUNT_NUMBER", (
        r"account'?s?", r"acct", r"which account", r"customer number", r"utility",
    )),
)  # fmt: skip
"""Each subject with the ways of naming it; regular expressions between word boundaries."""

_PATTERNS: Final = tuple((subject, re.compile(rf"\b(?:{'|'.join(ways)})\b")) for subject, ways in _SUBJECTS)


class Topic(msgspec.Struct, frozen=True):
    """A subject that was named. at: index of the token at which its words end; turn: index of the turn."""

    subject: Subject
    turn: int
    at: int
    ms: int


def topics(said: Sequence[Token], turn: int, ms: int) -> list[Topic]:
    """The subjects that a turn names, in the order in which they stand; the longest words win where some overlap."""
    text = ""
    ends: list[int] = []
    for token in said:
        text += token.norm + " "
        ends.append(len(text))
    found: list[tuple[int, int, Subject]] = []
    for subject, pattern in _PATTERNS:
        found.extend((match.start(), match.end(), subject) for match in pattern.finditer(text))
    found.sort(key=lambda each: (each[0], -each[1]))
    kept: list[Topic] = []
    until = -1
    for start, end, subject in found:
        if start < until:
            continue
        until = end
        at = next(index for index, stop in enumerate(ends) if stop > end - 1)
        kept.append(Topic(subject, turn, at, ms))
    return kept


class Subjects:
    """The subjects of a call, in reading order."""

    def __init__(self) -> None:
        self._known: list[Topic] = []

    def add(self, found: Sequence[Topic]) -> None:
        """Takes the subjects of the next turn."""
        self._known.extend(found)

    def before(self, turn: int, at: int, ms: int) -> Topic | None:
        """The one named last before a place, if not too long ago."""
        for topic in reversed(self._known):
            if (topic.turn, topic.at) < (turn, at):
                back = BENIGN_TURNS_BACK if topic.subject == "benign" else TURNS_BACK
                return topic if turn - topic.turn <= back and ms - topic.ms <= MS_BACK else None
        return None
