"""What a turn asks for, announces or talks about: weighted cues, and a classifier that may add to them. Pure."""

from collections.abc import Sequence
from typing import Final

from cueline.redaction.lexer import NUMERIC, Token
from cueline.redaction.locales.locale import BENIGN, CLOSING, IDENTITY, PAYMENT, Cue, Kind, Locale, Topic

REACH: Final = 8
"""Stems of one cue lie within this many tokens."""

MAX_HITS: Final = 12
"""Hits kept of a turn."""

STRONG: Final = 1.0
MENTION: Final = 0.55
"""A weight of this much is a mention: enough to name a number that is announced right after it."""

_TALK: Final = frozenset({PAYMENT, IDENTITY, CLOSING})
WORDY: Final = frozenset({"PERSON", "ADDRESS", "EMAIL", "PASSWORD"})
"""Topics whose answers are words: a mention alone, without a request, arms none of them."""

_EXCLUSIVE: Final[tuple[frozenset[str], ...]] = (
    frozenset({"US_SSN", "SSN_LAST4", "TAX_ID"}),
    frozenset({"CVV", "CREDIT_CARD"}),
    frozenset({"CARD_EXPIRY", "CREDIT_CARD"}),
    frozenset({"BANK_ACCOUNT", "ACCOUNT_NUMBER", "CREDIT_CARD"}),
    frozenset({"OTP", "PHONE"}),
    frozenset({"OTP", "EMAIL"}),
    frozenset({"OTP", "CVV"}),
    frozenset({"OTP", "PIN", "PASSWORD"}),
    frozenset({"EMAIL", "ADDRESS", "IP_ADDRESS"}),
    frozenset({"EMAIL", "PERSON"}),
    frozenset({"MEMBER_ID", "ACCOUNT_NUMBER", "CREDIT_CARD"}),
    frozenset({"MEDICAL_RECORD", "ACCOUNT_NUMBER"}),
    frozenset({"PIN", "CREDIT_CARD"}),
    frozenset({"PASSWORD", "PERSON"}),
    frozenset({"IBAN", "BANK_ACCOUNT"}),
    frozenset({"SORT_CODE", "OTP"}),
    frozenset({"DRIVER_LICENSE", "MEMBER_ID"}),
    frozenset({"PASSPORT", "MEMBER_ID"}),
    frozenset({"TAX_ID", "MEMBER_ID"}),
    frozenset({"PERSON", "ACCOUNT_NUMBER"}),
)


class Hit:
    """A topic that tokens ``first`` to ``last`` of a turn speak for. rank: its weight."""

    __slots__ = ("first", "last", "rank", "topic")

    def __init__(self, topic: Topic, first: int, last: int, rank: float) -> None:
        self.topic = topic
        self.first = first
        self.last = last
        self.rank = rank

    @property
    def strong(self) -> bool:
        return self.rank >= STRONG


class CueTable:
    """A locale's cues, indexed by their rarest stem."""

    __slots__ = ("_by_anchor", "_stems", "_told")

    def __init__(self, locale: Locale) -> None:
        frequency: dict[str, int] = {}
        for cue in locale.cues:
            for stem in cue.stems:
                frequency[stem] = frequency.get(stem, 0) + 1
        self._stems = locale.stems
        self._by_anchor: dict[str, list[tuple[Cue, frozenset[str]]]] = {}
        for cue in locale.cues:
            anchor = min(cue.stems, key=lambda stem: frequency[stem])
            self._by_anchor.setdefault(anchor, []).append((cue, frozenset(cue.stems)))
        words = {*locale.stems, *frequency}
        forms = words | {f"{word}{ending}" for word in words for ending in ("s", "'s")}
        stems = {form: self.stem(form) for form in forms}
        self._told: dict[str, str] = {form: stem for form, stem in stems.items() if stem in frequency}

    def stem(self, text: str) -> str:
        """What a word counts as."""
        known = self._stems.get(text)
        if known is not None:
            return known
        if not text.endswith("s"):
            return text
        if text.endswith("'s"):
            return self._stems.get(text[:-2], text[:-2])
        if len(text) > 3 and not text.endswith("ss"):
            return self._stems.get(text[:-1], text[:-1])
        return text

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """What the turn speaks for, in order of place; of topics that exclude each other, the heavier one."""
        places: dict[str, list[int]] = {}
        told = self._told
        for at, token in enumerate(tokens):
            if token.text in told:
                places.setdefault(told[token.text], []).append(at)
        found: dict[Topic, list[tuple[int, int, float]]] = {}
        present = frozenset(places)
        for stem, at_places in places.items():
            for cue, needed in self._by_anchor.get(stem, ()):
                if not needed <= present:
                    continue
                for at in at_places:
                    place = _place(cue, at, places)
                    if place is not None:
                        found.setdefault(cue.topic, []).append((*place, cue.weight))
        if not found:
            return []
        hits: list[Hit] = []
        numbered = [at for at, token in enumerate(tokens) if token.kind in NUMERIC]
        for topic, marks in found.items():
            hits += _clusters(topic, marks, numbered)
        if len(hits) > 1:
            hits = _exclusive(hits)
        hits.sort(key=lambda hit: (hit.last, -hit.rank))
        return hits[:MAX_HITS]


def _place(cue: Cue, at: int, places: dict[str, list[int]]) -> tuple[int, int] | None:
    """First and last token of the cue around ``at``; None where a stem is too far off."""
    low = high = at
    for stem in cue.stems:
        others = places[stem]
        nearest = others[0] if len(others) == 1 else min(others, key=lambda other: abs(other - at))
        low, high = min(low, nearest), max(high, nearest)
        if high - low > REACH:
            return None
    return low, high


def _clusters(topic: Topic, marks: list[tuple[int, int, float]], numbered: list[int]) -> list[Hit]:
    """Cues of one topic that lie near each other add up, but not over a number: it parts what is said of two."""
    marks.sort()
    hits: list[Hit] = []
    for low, high, weight in marks:
        if hits and low - hits[-1].last <= 4 and not any(hits[-1].last < at < low for at in numbered):
            hits[-1].last = max(hits[-1].last, high)
            hits[-1].rank += weight
        else:
            hits.append(Hit(topic, low, high, weight))
    return [hit for hit in hits if hit.rank >= MENTION or topic in _TALK]


def _exclusive(hits: list[Hit]) -> list[Hit]:
    """Drops the lighter of overlapping topics that cannot both be meant."""
    dropped: set[int] = set()
    for at, hit in enumerate(hits):
        for other_at in range(at + 1, len(hits)):
            other = hits[other_at]
            if hit.first > other.last or other.first > hit.last or hit.topic in _TALK or other.topic in _TALK:
                continue
            rival = BENIGN in {hit.topic, other.topic} or any(
                hit.topic in group and other.topic in group for group in _EXCLUSIVE
            )
            if rival and hit.topic != other.topic:
                dropped.add(other_at if hit.rank >= other.rank else at)
    return [hit for at, hit in enumerate(hits) if at not in dropped]


def asks(tokens: Sequence[Token], hit: Hit, locale: Locale) -> bool:
    """Whether a hit is a request and no mention in passing.

    A number's topic is taken for one unless the sentence reports ("has been sent to your card"); a word's topic needs
    a request word before it, or has to be (nearly) all that the turn says.
    """
    start = _sentence_start(tokens, hit.first)
    before = [token.text for token in tokens[start : hit.last + 1]]
    request = any(text in locale.asking for text in before) or _sentence_ends_asking(tokens, hit.last)
    report = any(text in locale.past for text in before)
    if hit.topic == "OTP":
        return True
    if hit.topic in WORDY:
        short = len(tokens) - start <= 7
        return (request and not report) or (short and not report)
    return request or not report or any(token.text in locale.asking for token in tokens[hit.last + 1 :])


def _sentence_start(tokens: Sequence[Token], at: int) -> int:
    start = at
    while start > 0 and at - start < 14 and not tokens[start - 1].ends:
        start -= 1
    return start


def _sentence_ends_asking(tokens: Sequence[Token], at: int) -> bool:
    return any(token.text == "please" for token in tokens[at : at + 4])


def is_interrogative(tokens: Sequence[Token], locale: Locale) -> bool:
    """Whether the turn asks anything at all, as far as its words tell."""
    first = [token.text for token in tokens if token.kind is not Kind.FILLER][:4]
    return any(text in locale.asking for text in first)


__all__ = [
    "BENIGN", "CLOSING", "IDENTITY", "MENTION", "PAYMENT", "STRONG", "WORDY", "CueTable", "Hit", "asks",
    "is_interrogative",
]  # fmt: skip
