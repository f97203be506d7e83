"""Notes of a call, written from its facts by templates: short sentences, and quotes where words matter. Pure.

Nothing is added to what was said. Masks stay masks: the facts come from redacted utterances.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from cueline.events.guidance import VoiceMeasured
from cueline.events.redacted import MaskType
from cueline.guidance.notes.extraction import extract
from cueline.guidance.notes.facts import Fact, Findings, Outcome
from cueline.guidance.notes.shape import Content, FieldShape, NotesShape, empty
from cueline.guidance.picture import CallPicture

_LONG_HOLD_MS: Final = 60_000
_IN_SUMMARY: Final = 3
_KINDS_MAX: Final = 8
_KINDS: Final[Mapping[MaskType | None, str]] = {
    "CREDIT_CARD": "card number", "CVV": "security code", "CARD_EXPIRY": "card expiry", "PIN": "PIN",
    "OTP": "one-time code", "BANK_ACCOUNT": "bank account", "ABA_ROUTING": "routing number", "IBAN": "IBAN",
    "SORT_CODE": "sort code", "US_SSN": "social security number", "SSN_LAST4": "social security digits",
    "TAX_ID": "tax number", "PASSPORT": "passport number", "DRIVER_LICENSE": "driving licence",
    "MEDICAL_RECORD": "medical record number", "MEMBER_ID": "member number", "ACCOUNT_NUMBER": "account number",
    "DOB": "date of birth", "PHONE": "phone number", "EMAIL": "email address", "ADDRESS": "address",
    "PASSWORD": "password", "IP_ADDRESS": "IP address",
}  # fmt: skip
"""What was given, in words; a name or an unexplained number says nothing of that."""
_ROLES: Final[Mapping[str, str]] = {
    "your": "the customer's", "yours": "the customer's", "you": "the customer", "yourself": "themselves",
}  # fmt: skip
_OUTCOMES: Final[Mapping[Outcome, str]] = {
    "done": "The request was dealt with.",
    "pending": "Something is still to be done.",
    "refused": "The request could not be met.",
    "escalated": "The call was handed on.",
    "unclear": "How it ended is not clear from what was said.",
}
_DISPOSITIONS: Final[Mapping[Outcome, str]] = {
    "done": "resolved", "pending": "follow-up needed", "refused": "not resolved", "escalated": "escalated",
}  # fmt: skip
_EARLIER: Final = "Before the transfer: "
_SINCE: Final = "Since then: "


class Notes(msgspec.Struct, frozen=True):
    """Notes as they are stored, and the facts that they were made from, each with its evidence."""

    fields: dict[str, object]
    facts: tuple[Fact, ...]


def write_notes(
    picture: CallPicture,
    figures: VoiceMeasured | None,
    shape: NotesShape,
    *,
    disposition: str | None = None,
    earlier: Mapping[str, object] | None = None,
) -> Notes:
    """The notes of a call that has ended, in the fields of its profile.

    disposition: what the rules suggested; else it follows from the outcome. earlier: the fields of the notes of the
    contact that this one was transferred from: they are carried over, what is new behind them. Deterministic.
    """
    findings = extract(picture)
    contents = _Contents(picture, findings, figures, disposition)
    fields = {field.name: _fitted(field, contents.of(field.content), earlier) for field in shape.fields}
    return Notes(fields, findings.facts)


class _Contents:
    """What can be written of a call, each kind of content once."""

    def __init__(
        self, picture: CallPicture, findings: Findings, figures: VoiceMeasured | None, disposition: str | None
    ) -> None:
        self._reason = picture.reason
        self._found = findings
        self._figures = figures
        self._disposition = disposition
        self._given = _given(picture)

    def of(self, content: Content | None) -> list[str]:
        """Lines of a content, most of use first."""
        writers: Mapping[Content, Callable[[], list[str]]] = {
            "reason": self._reason_lines,
            "summary": self._summary,
            "actions": lambda: [_told(fact.text) for fact in self._found.of("action")],
            "promises": lambda: [_quoted(fact) for fact in self._found.of("promise")],
            "outcome": lambda: [self._found.outcome],
            "follow_ups": lambda: [_quoted(fact) for fact in self._found.of("follow_up")],
            "amounts": self._amounts,
            "dates": self._dates,
            "accounts": self._accounts,
            "disposition": self._disposition_lines,
            "requests": lambda: [_quoted(fact) for fact in self._found.of("request")],
            "appointment": lambda: [fact.text for fact in self._found.of("appointment")],
            "hours": lambda: [fact.text for fact in self._found.of("hours")],
            "company": lambda: [fact.text for fact in self._found.of("company")],
            "cards": lambda: [_capital(fact.text) for fact in self._found.of("card")],
        }
        return writers[content]() if content is not None else []

    def _reason_lines(self) -> list[str]:
        wanted = self._found.of("request")
        quote = f'"{wanted[0].text}"' if wanted else ""
        label = _capital(_words(self._reason)) if self._reason and self._reason != "other" else ""
        return [": ".join(part for part in (label, quote) if part)] if label or quote else []

    def _disposition_lines(self) -> list[str]:
        if self._disposition:
            return [self._disposition]
        known = _DISPOSITIONS.get(self._found.outcome)
        return [known] if known else []

    def _amounts(self) -> list[str]:
        companies = self._found.of("company")
        payee = f" to {companies[0].text}" if len(companies) == 1 else ""
        paying = {"bill", "payment", "due", "owed"}
        return [
            f"{_capital(fact.about)}: {fact.text}{payee if fact.about in paying else ''}" if fact.about else fact.text
            for fact in self._found.of("amount")
        ]

    def _dates(self) -> list[str]:
        settled = [*self._found.of("appointment"), *self._found.of("hours")]
        lines = [f"{'Appointment' if fact.kind == 'appointment' else 'Hours'}: {fact.text}" for fact in settled]
        known = " ".join(fact.text for fact in settled)
        loose = [fact for fact in (*self._found.of("day"), *self._found.of("time")) if fact.text not in known]
        loose.sort(key=lambda fact: fact.said_ms)
        # One line for each utterance: its quote tells the others.
        by_utterance = {fact.evidence[0].utterance_id: fact for fact in reversed(loose)}
        lines += [f'{_capital(fact.text)}: "{fact.said}"' for fact in loose if fact in by_utterance.values()]
        return lines

    def _accounts(self) -> list[str]:
        sides = {"from": "From: ", "to": "To: "}
        found = [f"{sides.get(fact.about or '', '')}{fact.text} account" for fact in self._found.of("account")]
        found += [fact.text for fact in self._found.of("card")]
        found += [f"Company: {fact.text}" for fact in self._found.of("company")]
        return [_capital(line) for line in found]

    def _summary(self) -> list[str]:
        parts = self._opening()
        parts += self._essentials()
        done = self._found.of("action")
        if done:
            parts.append("Done: " + "; ".join(_told(fact.text) for fact in done[-_IN_SUMMARY:]) + ".")
        promised = self._found.of("promise")
        if promised:
            parts.append("Promised: " + "; ".join(f'"{fact.text}"' for fact in promised[-_IN_SUMMARY:]) + ".")
        if self._figures is not None and self._figures.hold_ms >= _LONG_HOLD_MS:
            minutes, seconds = divmod(self._figures.hold_ms // 1_000, 60)
            parts.append(f"The customer was on hold for {minutes}:{seconds:02d}.")
        parts.append(_OUTCOMES[self._found.outcome])
        return [" ".join(parts)]

    def _opening(self) -> list[str]:
        wanted = self._found.of("request")
        said = "; ".join(f'"{fact.text}"' for fact in wanted[:_IN_SUMMARY])
        if self._reason and self._reason != "other":
            called = f"The customer called about: {_words(self._reason)}."
            return [called, f"In their words: {said}."] if said else [called]
        return [f"The customer said: {said}."] if said else []

    def _essentials(self) -> list[str]:
        parts = []
        money = self._amounts()[:_IN_SUMMARY]
        if money:
            parts.append(f"{'Amounts' if len(money) > 1 else 'Amount'}: {'; '.join(money)}.")
        sides = [f"{fact.about} {fact.text}" for fact in self._found.of("account") if fact.about]
        if sides:
            parts.append(f"Accounts: {' '.join(sides[:_IN_SUMMARY])}.")
        parts += [f"Appointment: {fact.text}." for fact in self._found.of("appointment")]
        parts += [f"Hours told: {fact.text}." for fact in self._found.of("hours")[:1]]
        parts += [f"Card: {fact.text}." for fact in self._found.of("card")[:1]]
        if self._given:
            parts.append(f"Given by the customer: {', '.join(self._given)}.")
        return parts


def _given(picture: CallPicture) -> list[str]:
    """What the customer told and nobody may read, each kind in words, in the order in which they came."""
    kinds = (token.mask for one in picture.said if one.speaker == "customer" for token in one.tokens)
    return [_KINDS[kind] for kind in dict.fromkeys(kinds) if kind in _KINDS][:_KINDS_MAX]


def _words(label: str) -> str:
    return label.replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(fact: Fact) -> str:
    return f'{_capital(fact.speaker)}: "{fact.text}"'


def _told(text: str) -> str:
    """What the agent said they did, told of them: "ordered your card" is "Ordered the customer's card"."""
    return _capital(re.sub(r"\b(?:yours?|yourself|you)\b", lambda found: _ROLES[found[0].lower()], text, flags=re.I))


def _fitted(field: FieldShape, lines: Sequence[str], earlier: Mapping[str, object] | None) -> object:
    """Lines as a field holds them, cut to its bounds; what another contact's notes said stands before."""
    before = earlier.get(field.name) if earlier else None
    if field.kind == "lines":
        kept = [line for line in before if isinstance(line, str)] if isinstance(before, list | tuple) else []
        merged = list(dict.fromkeys((*kept, *lines)))
        # The oldest give way: what was agreed last is what holds.
        return [_cut(line, field.length_max) for line in merged[-field.lines_max :]]
    text = lines[0] if lines else ""
    if isinstance(before, str) and before.strip():
        text = _carried(field, before, text)
    if field.kind == "choice":
        return text if text in field.choices else empty(field)
    return _cut(text, field.length_max)


def _carried(field: FieldShape, before: str, text: str) -> str:
    if field.content in {"outcome", "disposition"}:
        return before if text in {"", "unclear"} else text
    if not text or text == before:
        return before
    if field.content is None:
        return before
    room = field.length_max - len(_EARLIER) - len(_SINCE) - len(text) - 1
    if room <= 1:
        return text
    return f"{_EARLIER}{_cut(before, room)} {_SINCE}{text}"


def _cut(text: str, length: int) -> str:
    """At most so many characters, at a word's end where one is near."""
    if len(text) <= length:
        return text
    if length == 1:
        return text[:1]
    head = text[: length - 1]
    at = head.rfind(" ", length // 2)
    return (head[:at] if at > 0 else head) + "…"
