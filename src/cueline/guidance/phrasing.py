"""Phrases found in what was said, a little more freely than letter by letter. Pure.

A phrase is a run of words. Endings are forgiven ("verify", "verifying"), short forms are read as long ones ("I'm" as
"I am"), articles and fillers may be there or not. ``[TYPE]`` in a phrase stands for a mask of that kind; a mask is
never passed over, as nobody knows what it hides.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

import msgspec

from cueline.guidance.heard import Token

Key = TypeVar("Key")

SMALL_WORDS: Final = frozenset((
    "a", "an", "the", "um", "uh", "er", "hm", "so", "well", "just", "please", "now", "then", "very", "really", "also",
    "okay", "ok", "yes", "yeah",
))  # fmt: skip
"""May be missing where a phrase has them, and may stand where it has not."""

_SKIPPED_MAX: Final = 2
"""More small words in a row than this, and it is another sentence."""

_LONG_FORMS: Final = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "let's": ("let", "us"), "gonna": ("going", "to"), "wanna": ("want", "to"),
}  # fmt: skip
_ENDINGS: Final = (("n't", "not"), ("'m", "am"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"))
_BE: Final = frozenset((
    "it", "that", "what", "there", "here", "who", "where", "how", "he", "she", "this", "everything",
))  # fmt: skip
_PIECE: Final = re.compile(r"\[([A-Z0-9_]+)\]|[^\W_]+(?:['\u2019][^\W_]+)*")
_VOWEL: Final = re.compile("[aeiouy]")
_SHORT: Final = 3


def long_form(word: str) -> tuple[str, ...]:
    """A word in lower case, short forms written out.

    >>> long_form("i'm"), long_form("don't"), long_form("it's"), long_form("bank's")
    (('i', 'am'), ('do', 'not'), ('it', 'is'), ('bank',))
    """
    if word in _LONG_FORMS:
        return _LONG_FORMS[word]
    for ending, meaning in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending), meaning)
    if word.endswith("'s"):
        owner = word.removesuffix("'s")
        return (owner, "is") if owner in _BE else (owner,)
    return (word,)


def stem(word: str) -> str:
    """A word without its ending: rough, the same for the forms of a verb and of a noun.

    >>> [stem(word) for word in ("verify", "verified", "verifying", "verifies")]
    ['verifi', 'verifi', 'verifi', 'verifi']
    >>> [stem(word) for word in ("stopped", "cards", "address", "charge", "charged", "this")]
    ['stop', 'card', 'address', 'charg', 'charg', 'this']
    """
    if len(word) <= _SHORT:
        return word
    if word.endswith("ies"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORT and _VOWEL.search(rest):
            doubled = len(rest) > _SHORT and rest[-1] == rest[-2] and rest[-1] not in "lsz"
            word = rest[:-1] if doubled else rest
            break
    if len(word) > _SHORT and word[-1] == "e":
        return word[:-1]
    return word[:-1] + "i" if len(word) > _SHORT and word[-1] == "y" and word[-2] not in "aeou" else word


class _Part(msgspec.Struct, frozen=True):
    """A word of a phrase: its stem, or ``[TYPE]``."""

    text: str
    needed: bool


class _Spoken(msgspec.Struct, frozen=True):
    """A word that was said, written out; token: which one it came from."""

    text: str
    small: bool
    token: int


class Found(msgspec.Struct, Generic[Key], frozen=True):
    """Where a phrase stands: from token ``first`` to token ``last``, both included."""

    key: Key
    first: int
    last: int


class PhraseFinder(Generic[Key]):
    """Many phrases, each under a key, looked for at once. Phrases without any word are never found."""

    __slots__ = ("_by_head",)

    def __init__(self, phrases: Iterable[tuple[Key, str]]) -> None:
        self._by_head: dict[str, list[tuple[Key, tuple[_Part, ...]]]] = {}
        for key, phrase in phrases:
            parts = _parts(phrase)
            if parts:
                self._by_head.setdefault(parts[0].text, []).append((key, parts))

    def find(self, tokens: Sequence[Token]) -> list[Found[Key]]:
        """Every place of every phrase, in the order in which they begin; of one beginning, in that of the phrases."""
        spoken = _spoken(tokens)
        found = []
        for place, word in enumerate(spoken):
            for key, parts in self._by_head.get(word.text, ()):
                end = _match(parts, spoken, place)
                if end is not None:
                    found.append(Found(key, word.token, spoken[end].token))
        return found


def _parts(phrase: str) -> tuple[_Part, ...]:
    words: list[_Part] = []
    for match in _PIECE.finditer(phrase):
        if match[1] is not None:
            words.append(_Part(match[0], needed=True))
            continue
        written_out = long_form(match[0].lower().replace("\u2019", "'"))
        words += (_Part(stem(word), needed=word not in SMALL_WORDS) for word in written_out)
    if not any(word.needed for word in words):
        return tuple(_Part(word.text, needed=True) for word in words)
    while not words[0].needed:
        del words[0]
    while not words[-1].needed:
        del words[-1]
    return tuple(words)


def _spoken(tokens: Sequence[Token]) -> list[_Spoken]:
    spoken = []
    for place, token in enumerate(tokens):
        if token.mask is not None:
            spoken.append(_Spoken(f"[{token.mask}]", small=False, token=place))
        else:
            spoken += (_Spoken(stem(word), word in SMALL_WORDS, place) for word in long_form(token.text))
    return spoken


def _match(parts: Sequence[_Part], spoken: Sequence[_Spoken], start: int) -> int | None:
    """Where a phrase that begins at ``start`` ends.

    States are (next part, small words skipped in a row); a few at a time, so that no phrase costs more than its length
    times that of the turn.
    """
    states = {(1, 0)}
    if len(parts) == 1:
        return start
    for place in range(start + 1, len(spoken)):
        word = spoken[place]
        onward: set[tuple[int, int]] = set()
        for part, skipped in states:
            nxt: int | None = part
            while nxt is not None:
                if parts[nxt].text == word.text:
                    if nxt + 1 == len(parts):
                        return place
                    onward.add((nxt + 1, 0))
                nxt = None if parts[nxt].needed else nxt + 1
            if word.small and skipped < _SKIPPED_MAX:
                onward.add((part, skipped + 1))
        if not onward:
            return None
        states = onward
    return None
