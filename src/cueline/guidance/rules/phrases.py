"""Thousands of phrases, found in an utterance in one go. Pure.

A trie over words: from each word of the utterance one walks as far as some phrase goes on, so the cost grows with the
utterance and not with the phrases. Endings and short forms are read as ``guidance.phrasing`` reads them. What is
forgiven besides (unless a phrase is exact): fillers anywhere, one small word more, one small word less. The latter is
put into the trie as a phrase of its own, so that it costs nothing when one looks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import Final, Generic, TypeVar

import msgspec

from cueline.guidance.heard import Token
from cueline.guidance.phrasing import long_form, stem

Key = TypeVar("Key")

VARIANTS_MAX: Final = 64
"""What one phrase may stand for by its braces."""

WORDS_MAX: Final = 16
"""Words of one phrase."""

GAP_MAX: Final = 3
"""Words that a ``*`` stands for at most."""

_FILLERS: Final = frozenset(("ah", "eh", "er", "erm", "hm", "hmm", "mm", "oh", "uh", "um"))
"""Never part of what is said: passed over wherever they are, but in exact phrases."""

_SMALL: Final = frozenset((
    "a", "an", "the", "my", "your", "our", "his", "her", "their", "its", "this", "that", "these", "those", "some",
    "to", "of", "for", "on", "in", "at", "is", "am", "are", "it", "i", "you", "we", "please", "just", "really",
    "actually", "also", "so", "now", "then", "well", "very", "okay", "yes",
))  # fmt: skip
"""One of these may be missing, or be there too. None of them turns a sentence's meaning round, as "not" would."""

_CONTENT_MIN: Final = 2
"""Words besides small ones that must be left where one is missing."""

_APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"
_PIECE: Final = re.compile(rf"\[[A-Z0-9_]+\]|\*|[^\W_]+(?:['{_APOSTROPHE}][^\W_]+)*")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_GAP: Final = "*"
_MASKED: Final = "["
"""Begins what stands for a mask, and no word."""


class PhraseError(ValueError):
    """A phrase cannot be read; the text says why and what to do, and repeats nothing of it."""


class Match(msgspec.Struct, Generic[Key], frozen=True):
    """A phrase was found, from token ``first`` to token ``last``, both included."""

    key: Key
    first: int
    last: int


def wordings(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The words of a phrase, once for each choice of its braces. Raises PhraseError.

    >>> wordings("{close|cancel} my account")
    (('close', 'my', 'account'), ('cancel', 'my', 'account'))
    """
    pieces = _BRACES.split(phrase)
    choices = [piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    if any("{" in part or "}" in part for piece in choices for part in piece):
        raise PhraseError("a brace is open or closed without its other half: write {this|that}")
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > VARIANTS_MAX:
        raise PhraseError(f"its braces stand for {count} phrases: at most {VARIANTS_MAX}, split it up")
    found = []
    for chosen in product(*choices):
        words = tuple(piece.replace(_APOSTROPHE, "'") for piece in _PIECE.findall(" ".join(chosen)))
        _check(words)
        found.append(words)
    return tuple(dict.fromkeys(found))


def _check(words: tuple[str, ...]) -> None:
    if not words or all(word == _GAP for word in words):
        raise PhraseError("it has no word: write what is said")
    if len(words) > WORDS_MAX:
        raise PhraseError(f"it has {len(words)} words: at most {WORDS_MAX}, take the telling ones")
    if _GAP in {words[0], words[-1]} or any(a == b == _GAP for a, b in pairwise(words)):
        raise PhraseError("a * stands for words between two others: not at an end, and not beside another one")


_IRREGULAR: Final = {
    form: base
    for base, forms in (
        ("lose", "lost"), ("steal", "stole stolen"), ("pay", "paid"), ("send", "sent"), ("take", "took taken"),
        ("get", "got gotten"), ("give", "gave given"), ("make", "made"), ("buy", "bought"), ("tell", "told"),
        ("say", "said"), ("speak", "spoke spoken"), ("break", "broke broken"), ("keep", "kept"), ("find", "found"),
        ("go", "went gone"), ("come", "came"), ("hold", "held"), ("think", "thought"), ("write", "wrote written"),
        ("leave", "left"), ("forget", "forgot forgotten"), ("understand", "understood"), ("choose", "chose chosen"),
    )
    for form in forms.split()
}  # fmt: skip
"""Forms that no ending tells, of verbs that callers use."""

_LONG_STEM: Final = 5


@lru_cache(maxsize=50_000)
def _read(word: str) -> tuple[str, ...]:
    """A word in lower case as the trie knows it: its short form written out, without endings.

    >>> _read("cancelling"), _read("i've"), _read("lost")
    (('cancel',), ('i', 'have'), ('los',))
    """
    return tuple(part if part in _SMALL else _stem(part) for part in long_form(word))


def _stem(word: str) -> str:
    found = stem(_IRREGULAR.get(word, word))
    return found[:-1] if len(found) > _LONG_STEM and found.endswith("ll") else found


class _Node:
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[int, ...] = ()


class _Trie:
    """Phrases as paths. slack: how many small words that a phrase has not are forgiven on the way."""

    __slots__ = ("_root", "_slack", "size")

    def __init__(self, *, slack: int) -> None:
        self._slack = slack
        self._root = _Node()
        self.size = 0

    def add(self, words: Sequence[str], end: int) -> None:
        node = self._root
        for word in words:
            found = node.next.get(word)
            if found is None:
                found = node.next[word] = _Node()
            node = found
        if end not in node.ends:
            node.ends += (end,)
            self.size += 1

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """(end, first word, last word) of every phrase, in no order."""
        found: list[tuple[int, int, int]] = []
        beginnings = self._root.next
        for first, word in enumerate(words):
            node = beginnings.get(word)
            if node is not None:
                self._follow(node, words, first, found)
        return found

    def _follow(self, begun: _Node, words: Sequence[str], first: int, found: list[tuple[int, int, int]]) -> None:
        """All phrases that begin with word ``first``, which ``begun`` stands for. Loops only: it is asked of every
        word of every turn."""
        stack = [(begun, first, self._slack)]
        count = len(words)
        while stack:
            node, last, slack = stack.pop()
            for end in node.ends:
                found.append((end, first, last))  # noqa: PERF401 - most nodes end nothing
            onward, at = node.next, last + 1
            if not onward or at >= count:
                continue
            word = words[at]
            following = onward.get(word)
            if following is not None:
                stack.append((following, at, slack))
            if slack and word in _SMALL and at + 1 < count:
                following = onward.get(words[at + 1])
                if following is not None:
                    stack.append((following, at + 1, slack - 1))
            gap = onward.get(_GAP)
            if gap is not None:
                stack += ((following, place, slack) for following, place in _behind(gap, words, at))


def _behind(gap: _Node, words: Sequence[str], at: int) -> Iterator[tuple[_Node, int]]:
    """Where one may go on behind a gap that begins with word ``at``; a mask is never passed over."""
    for place in range(at, min(at + GAP_MAX + 1, len(words))):
        following = gap.next.get(words[place])
        if following is not None:
            yield following, place
        if words[place].startswith(_MASKED):
            return


class PhraseBook(Generic[Key]):
    """Phrases under keys; several may share a key, and one phrase may stand under several keys.

    Raises PhraseError when a phrase cannot be read.
    """

    __slots__ = ("_exact", "_keys", "_near", "_numbers")

    def __init__(self) -> None:
        self._near = _Trie(slack=1)
        self._exact = _Trie(slack=0)
        self._keys: list[Key] = []
        self._numbers: dict[Key, int] = {}

    @property
    def size(self) -> int:
        """Paths through the tries: phrases with all that they stand for."""
        return self._near.size + self._exact.size

    def add(self, key: Key, phrase: str, *, exact: bool = False, inflected: bool = True) -> None:
        """One more phrase. inflected: its language has the endings that ``phrasing`` knows."""
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        for words in wordings(phrase):
            if exact:
                self._exact.add(tuple(_plain(word) for word in words), number)
                continue
            for near in _near_wordings(words, inflected=inflected):
                self._near.add(near, number)

    def find(self, tokens: Sequence[Token], *, inflected: bool = True) -> list[Match[Key]]:
        """The first place of each key, by its beginning; of one beginning the longest."""
        best: dict[int, tuple[int, int]] = {}
        if self._near.size:
            words, places = _spoken(tokens, inflected=inflected)
            for number, first, last in self._near.find(words):
                _keep(best, number, places[first], places[last])
        if self._exact.size:
            plain = [token.text or f"[{token.mask}]" for token in tokens]
            for number, first, last in self._exact.find(plain):
                _keep(best, number, first, last)
        found = [Match(self._keys[number], first, last) for number, (first, last) in best.items()]
        return sorted(found, key=lambda match: (match.first, match.last)) if len(found) > 1 else found


def _keep(best: dict[int, tuple[int, int]], number: int, first: int, last: int) -> None:
    known = best.get(number)
    if known is None or (first, -last) < (known[0], -known[1]):
        best[number] = (first, last)


def _plain(word: str) -> str:
    return word if word.startswith(_MASKED) else word.lower()


def _spoken(tokens: Sequence[Token], *, inflected: bool) -> tuple[list[str], list[int]]:
    """Words as the trie knows them, and the token that each one came from."""
    words: list[str] = []
    places: list[int] = []
    for place, token in enumerate(tokens):
        if token.mask is not None:
            words.append(f"[{token.mask}]")
            places.append(place)
        elif token.text not in _FILLERS:
            for word in _read(token.text) if inflected else (token.text,):
                words.append(word)
                places.append(place)
    return words, places


def _near_wordings(words: Sequence[str], *, inflected: bool) -> Iterator[tuple[str, ...]]:
    """A phrase as the trie knows it, and without each of its small words."""
    read: list[str] = []
    for word in words:
        if word == _GAP or word.startswith(_MASKED):
            read.append(word)
        elif word.lower() not in _FILLERS:
            read += _read(word.lower()) if inflected else (word.lower(),)
    whole = tuple(read)
    if not whole or all(word == _GAP for word in whole):
        raise PhraseError("it has fillers only, which are passed over: make it exact")
    yield whole
    if sum(word not in _SMALL for word in whole) >= _CONTENT_MIN:
        for place, word in enumerate(whole):
            left = whole[:place] + whole[place + 1 :]
            if word in _SMALL and _GAP not in {left[0], left[-1]}:
                yield left


def phrase_book(phrases: Iterable[tuple[Key, str]]) -> PhraseBook[Key]:
    """A book of near phrases. Raises PhraseError.

    >>> from cueline.guidance.heard import tokens_of
    >>> book = phrase_book([("lost", "lost my card"), ("stolen", "card was stolen")])
    >>> [match.key for match in book.find(tokens_of("I, um, lost the card", ()))]
    ['lost']
    """
    book: PhraseBook[Key] = PhraseBook()
    for key, phrase in phrases:
        book.add(key, phrase)
    return book
