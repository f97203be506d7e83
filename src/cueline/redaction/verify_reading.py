"""The verification's own reading of stored text: tokens, and how many digits each of them tells. Pure."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from cueline.events.redacted import Mask, MaskType
from cueline.redaction.verify_words import DAYS, DIGITS, HEARD_AS, MERGED, MONTHS, ORDINALS, SCALES, TEENS, TENS, TIMES
from cueline.unredacted.sealed import Sealed

Kind = Literal["mask", "number", "near", "letter", "code", "amount", "ordinal", "calendar", "clock", "word"]
"""``near``: a digit only beside one. ``code``: letters and digits in one. ``calendar``: a month or a day."""

_TOKEN: Final = re.compile(r"\S+")
_EDGES: Final = ".,;:!?\"'()[]{}<>-/\u2026\u2013\u2014"
_MASK: Final = re.compile(r"\[[A-Z][A-Z0-9_]*(?::\d{1,4})?\]")
_ORDINAL: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)")
_AMOUNT: Final = re.compile(r"[$£€]\d[\d.,]*|\d[\d.,]*[%€£]|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,6}\.\d{1,2}")
_DIGITS: Final = re.compile(r"#?\+?\(?\d[\d()./\-]*")
_CODE: Final = re.compile(r"#?(?=[a-z\-]*\d)[a-z\d][a-z\d\-/]*")
_SCALED: Final = re.compile(r"\d{1,4}(?:k|gb|mb|mbps|g|am|pm|mg|ml|th|s)")


class Token(Sealed):
    """A word of a text; offsets half-open in code points. digits: what it tells alone. mask: of a masked stretch.

    Sealed, as the comparison at a call's end reads raw words with it.
    """

    __slots__ = ("digits", "end", "kind", "mask", "norm", "start")

    def __init__(self, start: int, end: int, norm: str, kind: Kind = "word", mask: MaskType | None = None) -> None:
        self.start = start
        self.end = end
        self.norm = norm
        self.kind: Kind = kind
        self.digits = ""
        self.mask = mask


def tokens(text: str, masks: Sequence[Mask] = ()) -> list[Token]:
    """The text's words in order, letters that are a word put together ("s s n")."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        masked = next((mask.type for mask in masks if mask.start < end and start < mask.end), None)
        known = _MASK.search(match[0])
        if masked is not None or known is not None:
            found.append(Token(start, end, "", "mask", masked or "NUMBER"))
            continue
        found.extend(_parts(match[0], start))
    merged = _merge(found)
    for token in merged:
        if token.kind == "word":
            _classify(token)
    return merged


def _parts(raw: str, start: int) -> list[Token]:
    """One token, or one for each part of a spelled-out number with hyphens ("twenty-six")."""
    norm = raw.lower().strip(_EDGES) or raw.lower()
    at = start + max(0, raw.lower().find(norm))
    pieces = norm.split("-")
    if len(pieces) > 1 and all(piece.isalpha() for piece in pieces):
        found = []
        for piece in pieces:
            found.append(Token(at, at + len(piece), piece))
            at += len(piece) + 1
        return found
    return [Token(start, start + len(raw), norm)]


def _merge(found: Sequence[Token]) -> list[Token]:
    merged: list[Token] = []
    at = 0
    while at < len(found):
        for length in (4, 3, 2):
            several = found[at : at + length]
            word = MERGED.get(tuple(token.norm for token in several)) if len(several) == length else None
            if word is not None:
                merged.append(Token(several[0].start, several[-1].end, word))
                at += length
                break
        else:
            merged.append(found[at])
            at += 1
    return merged


def _classify(token: Token) -> None:
    """Says what the word is, and which digits it tells."""
    norm = token.norm
    digits = DIGITS.get(norm) or TEENS.get(norm) or SCALES.get(norm)
    if digits is not None:
        token.kind, token.digits = "number", digits
    elif norm in TENS:
        token.kind, token.digits = "number", TENS[norm] + "0"
    elif norm in TIMES:
        token.kind = "near"
    elif norm in HEARD_AS:
        token.kind, token.digits = "near", HEARD_AS[norm]
    elif norm in ORDINALS or _ORDINAL.fullmatch(norm):
        token.kind, token.digits = "ordinal", "00"
    elif norm in MONTHS or norm in DAYS:
        token.kind = "calendar"
    elif len(norm) == 1 and norm.isalpha():
        token.kind = "letter"
    else:
        _classify_written(token)


def _classify_written(token: Token) -> None:
    norm = token.norm
    if _AMOUNT.fullmatch(norm):
        token.kind = "amount"
    elif _CLOCK.fullmatch(norm):
        token.kind = "clock"
    elif _DIGITS.fullmatch(norm):
        token.kind, token.digits = "number", "".join(filter(str.isdigit, norm))
    elif _SCALED.fullmatch(norm):
        token.kind = "amount"
    elif _CODE.fullmatch(norm):
        token.kind, token.digits = "code", "".join(filter(str.isalnum, norm))


def digits_of(run: Sequence[Token]) -> str:
    """The digits that tokens tell one after the other: "twenty six double one" is 2611.

    Words of scale count only at the end of what they scale; where several readings are possible the longest string of
    single digits is given, as one too many does no harm here.
    """
    told: list[str] = []
    repeat = 1
    for at, token in enumerate(run):
        if token.norm in TIMES:
            repeat = TIMES[token.norm]
            continue
        digits = token.digits
        if not digits:
            continue
        if token.norm in SCALES:
            if at + 1 == len(run) or not run[at + 1].digits:
                told.append(digits)
            continue
        previous = run[at - 1] if at else None
        if previous is not None and previous.norm in TENS and len(digits) == 1 and digits != "0" and told:
            told[-1] = told[-1][:-1] + digits
        else:
            told.append(digits * repeat)
        repeat = 1
    return "".join(told)
