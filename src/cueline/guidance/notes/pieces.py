"""An utterance in pieces: words, masks, and what is read as one: amounts, times, days, lengths of time. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from cueline.events.guidance import Evidence
from cueline.guidance.heard import Heard, Token
from cueline.guidance.notes import numbers, times
from cueline.guidance.notes.numbers import Read, cardinal, word
from cueline.guidance.notes.times import bare_hour, clock, day, hours, length, stands_alone

PieceKind = Literal["word", "mask", "amount", "percent", "time", "hours", "day", "length"]

_CURRENCIES: Final[Mapping[str, str]] = {
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "usd": "$", "euro": "€", "euros": "€", "eur": "€",
    "pound": "£", "pounds": "£", "quid": "£", "gbp": "£",
}  # fmt: skip
_CENTS: Final = frozenset(("cent", "cents", "pence", "penny", "pennies"))
_BEGIN: Final = numbers.BEGIN | times.BEGIN
_SIGNS: Final = frozenset("$€£")


class Piece(msgspec.Struct, frozen=True):
    """Tokens ``first`` to ``last`` (both included) as one. word: in lower case, of words alone; text: as it is shown.

    value: of amounts, in hundredths of their currency.
    """

    kind: PieceKind
    first: int
    last: int
    word: str
    text: str
    value: int = 0


class Sentence(msgspec.Struct, frozen=True):
    """A run of pieces that says one thing, as far as one can tell without punctuation."""

    heard: Heard
    pieces: tuple[Piece, ...]
    words: tuple[str, ...]
    """The word of each piece; of what is no word its kind in capitals: ``AMOUNT``."""
    question: bool

    def evidence(self, first: int = 0, last: int = -1) -> Evidence:
        """The place of pieces ``first`` to ``last``."""
        return self.heard.evidence(self.pieces[first].first, self.pieces[last].last)


def pieces(one: Heard) -> tuple[Piece, ...]:
    """The pieces of an utterance, in order."""
    tokens, text = one.tokens, one.text
    found: list[Piece] = []
    at = 0
    while at < len(tokens):
        if tokens[at].mask is not None:
            piece = Piece("mask", at, at, "", text[tokens[at].start : tokens[at].end])
        else:
            piece = _plain(text, tokens, at)
            if piece.word in _BEGIN or piece.word[0].isdigit():
                piece = _amount(text, tokens, at) or _told(text, tokens, at) or piece
        found.append(piece)
        at = piece.last + 1
    return tuple(found)


def _plain(text: str, tokens: Sequence[Token], at: int) -> Piece:
    token = tokens[at]
    return Piece("word", at, at, token.text, text[token.start : token.end])


def _told(text: str, tokens: Sequence[Token], at: int) -> Piece | None:
    kind: PieceKind
    for kind, read in (("hours", hours), ("time", clock), ("length", length), ("day", day)):
        said = read(text, tokens, at)
        if said is not None:
            return Piece(kind, at, said.end - 1, "", said.text)
    return _bare(text, tokens, at) if word(tokens, at - 1) == "at" else None


def _bare(text: str, tokens: Sequence[Token], at: int) -> Piece | None:
    """ "at eleven": an hour unless something that is counted follows."""
    said = bare_hour(text, tokens, at)
    if said is None or (not said.half and not stands_alone(text, tokens, said.end)):
        return None
    return Piece("time", at, said.end - 1, "", said.text)


def _amount(text: str, tokens: Sequence[Token], at: int) -> Piece | None:
    """ "$1,250.50", "twenty four dollars and fifty cents", "fifty cents", "12 percent"."""
    found = cardinal(text, tokens, at)
    if found is None:
        return None
    start = tokens[at].start
    sign = text[start - 1] if start and text[start - 1] in _SIGNS else ""
    named = _CURRENCIES.get(word(tokens, found.end), "")
    unit = word(tokens, found.end)
    if unit in {"percent", "%"} or (unit == "per" and word(tokens, found.end + 1) == "cent"):
        shown = f"{found.value}.{found.hundredths:02d}".rstrip("0") if found.hundredths else str(found.value)
        return Piece("percent", at, found.end + (1 if unit == "per" else 0), "", f"{shown}%")
    if not sign and not named:
        return _cents(tokens, at, found)
    value = found.value * 100 + (found.hundredths or 0)
    end = found.end + 1 if named else found.end
    if named and found.hundredths is None:
        start_cents = end + 1 if word(tokens, end) == "and" else end
        cents = cardinal(text, tokens, start_cents)
        if cents is not None and cents.value < 100 and word(tokens, cents.end) in _CENTS:
            value, end = value + cents.value, cents.end + 1
    return Piece("amount", at, end - 1, "", money(sign or named, value), value)


def _cents(tokens: Sequence[Token], at: int, found: Read) -> Piece | None:
    if word(tokens, found.end) not in _CENTS or found.hundredths is not None:
        return None
    shown = f"{found.value} {word(tokens, found.end)}"
    return Piece("amount", at, found.end, "", shown, found.value)


def money(sign: str, hundredths: int) -> str:
    """An amount as it is written.

    >>> money("$", 14600), money("€", 125050)
    ('$146', '€1,250.50')
    """
    whole, rest = divmod(hundredths, 100)
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"


def sentences(one: Heard) -> list[Sentence]:
    """An utterance in sentences: at its punctuation, and, as many recognisers give none, before what opens another."""
    found = pieces(one)
    result: list[Sentence] = []
    start = 0
    for at in range(1, len(found) + 1):
        if at < len(found) and not _ends(one, found, start, at):
            continue
        part = found[start:at]
        closing = one.text[one.tokens[part[-1].last].end :][:3] if part else ""
        words = tuple(piece.word if piece.kind == "word" else piece.kind.upper() for piece in part)
        result.append(Sentence(one, part, words, question=closing.lstrip().startswith("?") or asks(words)))
        start = at
    return result


def _ends(one: Heard, found: Sequence[Piece], start: int, at: int) -> bool:
    gap = one.text[one.tokens[found[at - 1].last].end : one.tokens[found[at].first].start]
    if any(mark in gap for mark in ".?!;"):
        # "by six p.m. today": that full stop belongs to the time.
        stays = found[at - 1].kind in {"time", "hours"} and found[at].text[:1].islower() and gap.strip() == "."
        return not stays
    if at - start < _SHORTEST:
        return False
    here = tuple(piece.word for piece in found[at : at + 3])
    before = found[at - 1].word
    if here in _OPENERS or here[:2] in _OPENERS or (here[:1] in _OPENERS and before not in _LINKS):
        return True
    return here[0] in _WHO and here[1:2] != () and here[1] in _HELPING and before not in _JOINING


_SHORTEST: Final = 3
_LINKS: Final = frozenset(
    (
        "a",
        "the",
        "to",
        "in",
        "of",
        "no",
        "know",
        "not",
        "say",
        "tell",
        "is",
        "are",
        "was",
        "that",
        "and",
        "if",
        "when",
        "so",
        "what",
        "where",
        "how",
        "because",
        "think",
        "as",
    )
)
_OPENERS: Final[frozenset[tuple[str, ...]]] = frozenset((
    ("okay",), ("alright",), ("thanks",), ("bye",), ("goodbye",), ("hello",),
    ("thank", "you"), ("is", "there", "anything"), ("can", "you"), ("could", "you"), ("can", "i"), ("may", "i"),
    ("could", "i"), ("would", "you"), ("do", "you"), ("have", "a", "great"), ("have", "a", "nice"),
    ("have", "a", "good"), ("what", "is"), ("what's", "your"), ("what", "was"), ("which", "account"),
    ("which", "card"), ("which", "charge"),
    ("where", "does"), ("where", "do"), ("where", "is"),
    ("how", "can"), ("how", "may"), ("how", "much"), ("how", "long"),
    ("i", "would", "like"), ("i", "want", "to"), ("i", "need", "to"), ("i'd", "like", "to"), ("my", "name", "is"),
    ("i", "am", "sorry"), ("i'm", "sorry"), ("anything", "else"), ("i'll",), ("we'll",), ("you'll",),
    ("i've",), ("we've",),
))  # fmt: skip
_WHO: Final = frozenset(("i", "we", "you", "they", "it", "he", "she"))
_HELPING: Final = frozenset((
    "am", "will", "can", "had", "have", "would", "should", "was", "want", "need", "is", "are", "see", "understand",
    "think", "could", "must", "cannot", "can't",
))  # fmt: skip
_JOINING: Final = frozenset((
    "that", "if", "when", "what", "where", "which", "who", "how", "because", "so", "and", "or", "but", "thing", "while",
    "everything", "anything", "else", "all", "as", "than", "before", "after", "until", "once", "unless", "whether",
    "then",
    "think", "hope", "believe", "sure", "say", "said", "guess", "otherwise", "now", "though", "since",
    "do", "does", "did", "can", "could", "would", "will", "are", "is", "may", "should", "shall", "much", "many",
))  # fmt: skip
"""Behind these a sentence goes on."""

_ASKING: Final = frozenset((
    "what", "what's", "which", "who", "where", "when", "why", "how", "whose", "can", "could", "may", "would", "will",
    "do", "does", "did", "is", "are", "was", "were", "have", "has", "shall", "should",
))  # fmt: skip
FILLERS: Final = frozenset((
    "and", "so", "okay", "ok", "um", "uh", "uhm", "er", "alright", "right", "well", "great", "good", "yes", "yeah",
    "sure", "now", "then", "thanks", "oh", "hm", "hmm", "mhm", "very", "perfect", "please", "also", "but", "all",
    "hi", "hello", "no",
))  # fmt: skip


def asks(words: Sequence[str]) -> bool:
    """Whether it is a question by its beginning."""
    at = 0
    while at < len(words) - 1 and words[at] in FILLERS:
        at += 1
    if not words or words[at] not in _ASKING:
        return False
    # "will send it today", "have a nice day": no question.
    return words[at] not in {"have", "will", "should"} or (at + 1 < len(words) and words[at + 1] in {"you", "i", "we"})


def shown(sentence: Sentence, first: int, last: int) -> str:
    """Pieces ``first`` to ``last`` (both included), numbers as figures, the rest as it was said."""
    text, tokens = sentence.heard.text, sentence.heard.tokens
    out: list[str] = []
    for place in range(first, last + 1):
        piece = sentence.pieces[place]
        if out:
            before = sentence.pieces[place - 1]
            gap = text[tokens[before.last].end : tokens[piece.first].start]
            out.append(", " if "," in gap else gap if gap.strip() in {"-", "/", "&"} else " ")
        out.append(piece.text)
    return "".join(out)
