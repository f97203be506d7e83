"""Secrets that are known by their shape alone, wherever they stand: e-mail, IBAN, cards, spelled-out words. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cueline.events.redacted import EntityType
from cueline.redaction.verify_reading import Token
from cueline.redaction.verify_words import ENDINGS, PROVIDERS, words

Found = tuple[int, int, EntityType, str]
"""Half-open offsets, what it seems to be, and the rule that says so."""

_SHAPES: Final[tuple[tuple[EntityType, str, re.Pattern[str]], ...]] = (
    ("EMAIL", "email", re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")),
    ("US_SSN", "ssn_shape", re.compile(r"(?<![\d\-])\d{3}-\d{2}-\d{4}(?![\d\-])")),
    ("IP_ADDRESS", "ip_shape", re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)")),
    ("IBAN", "iban_shape", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")),
)
_CARD: Final = re.compile(r"(?<![\d\-])\d(?:[ \-]?\d){12,18}(?![\d\-])")
_STOPS: Final = words("is it's its that's it at's to at send sure email mine me yeah okay so have and")
_IBAN_LEAST: Final = 15
_SPELLED_LEAST: Final = 4
_WRITTEN: Final = re.compile(r"(\w+)\.(?:com|net|org|edu|de|es|co\.uk)")
_LOCAL_MAX: Final = 40
"""Tokens of a spelled-out address before its "at"."""


def luhn(digits: str) -> bool:
    """Whether the check digit of a card number fits."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def patterns(text: str, said: Sequence[Token]) -> Iterator[Found]:
    """What has the shape of a secret in a text."""
    for kind, rule, pattern in _SHAPES:
        for match in pattern.finditer(text):
            if kind == "IBAN" and len(match[0].replace(" ", "")) < _IBAN_LEAST:
                continue
            yield match.start(), match.end(), kind, rule
    for match in _CARD.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        if digits[0] in "23456" and luhn(digits):
            yield match.start(), match.end(), "CREDIT_CARD", "card_shape"
    yield from _spoken_email(said)
    yield from _spelled(said)


def _spoken_email(said: Sequence[Token]) -> Iterator[Found]:
    """ "... at yahoo dot com", and "yahoo dot com" where the rest was masked or said before."""
    for at, token in enumerate(said):
        written = _WRITTEN.fullmatch(token.norm)
        if written is not None and (written[1] in PROVIDERS or (at and said[at - 1].norm == "at")):
            first = _local(said, at - 1) if at and said[at - 1].norm == "at" else at
            yield said[first].start, token.end, "EMAIL", "spoken_email"
        if token.norm != "dot" or at == 0 or at + 1 >= len(said) or said[at + 1].norm not in ENDINGS:
            continue
        first = at - 1
        before = said[first - 1] if first else None
        if before is not None and (before.norm == "at" or before.kind == "mask"):
            first -= 1
            if said[first].norm == "at":
                first = _local(said, first)
        elif said[first].norm not in PROVIDERS:
            continue
        last = at + 1
        while last + 2 < len(said) and said[last + 1].norm == "dot" and said[last + 2].norm in ENDINGS:
            last += 2
        if said[first].kind == "mask" and first + 1 < len(said):
            first += 1
        yield said[first].start, said[last].end, "EMAIL", "spoken_email"


def _local(said: Sequence[Token], at: int) -> int:
    """Where the address before an "at" begins."""
    first = at
    while first > 0 and at - first < _LOCAL_MAX and said[first - 1].norm not in _STOPS:
        if said[first - 1].kind == "mask":
            break
        first -= 1
    return first


def _spelled(said: Sequence[Token]) -> Iterator[Found]:
    """Letters that are told one by one, "j as in john" among them."""
    start: int | None = None
    letters = end = at = 0
    while at < len(said):
        token = said[at]
        if token.kind == "letter":
            start = at if start is None else start
            letters += 1
            end = at
            link = [each.norm for each in said[at + 1 : at + 3]]
            if link == ["as", "in"] or link[:1] in (["like"], ["for"]):
                step = 3 if link[0] == "as" else 2
                if at + step < len(said) and said[at + step].norm.startswith(token.norm):
                    letters += 1
                    at = end = at + step
        elif start is not None:
            if letters >= _SPELLED_LEAST:
                yield said[start].start, said[end].end, "NUMBER", "spelled"
            start, letters = None, 0
        at += 1
    if start is not None and letters >= _SPELLED_LEAST:
        yield said[start].start, said[end].end, "NUMBER", "spelled"
