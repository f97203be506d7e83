"""From what was typed, said or found in a call to a query of the knowledge base. Pure.

A mask never goes into a query: what was hidden is nobody's search word.
"""

import re
from collections.abc import Sequence
from typing import Final

from cueline.events.guidance import MomentFound
from cueline.events.knowledge import KnowledgeQuery
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.knowledge.vocabulary import (
    DOMAIN_WORDS,
    INTENT_QUERIES,
    PHRASE_WORDS_MAX,
    REASON_QUERIES,
    STOP_WORDS,
    SYNONYMS,
)

TERMS_MAX: Final = 12
"""Terms of one query; of a longer text the first ones."""

QUERY_MAX: Final = 500
"""Characters of a question that are looked at."""

SAID_WORDS_MAX: Final = 6
"""Words of a turn that go into a query beside the words of a moment."""

_MASK: Final = re.compile(r"\[[A-Z0-9_]+(?::[^\]]{0,40})?\]")


def query_of(question: str) -> KnowledgeQuery:
    """A typed question, or the words of a rule's look-up. No terms where it asks nothing.

    >>> query_of("Where do I get CASH if [PERSON]'s card is lost?").terms[0]
    ('cash', 'money')
    """
    text = _MASK.sub(" ", question[:QUERY_MAX])
    return _query([token.text for token in tokens_of(text, ()) if token.text])


def words_of_heard(said: Heard) -> str:
    """The content words of a turn, in their order: what was said without what asks nothing."""
    return " ".join(_unique(_content(said)))


def words_of_reason(reason: str, said: Heard | None = None) -> str | None:
    """What to look up for the reason of a call, with the words of the field from the turn that showed it.

    None where nothing is known of the reason.
    """
    words = REASON_QUERIES.get(reason)
    return None if words is None else _with_said(words, said)


def words_of_moment(moment: MomentFound, said: Heard | None = None, *, reason: str | None = None) -> str | None:
    """What to look up for a moment. said: the turn that it was found in. reason: of the call, once it is clear.

    None for moments that ask nothing of the knowledge base.
    """
    if moment.family == "reason":
        return words_of_reason(moment.label, said)
    if moment.family == "intent" and moment.label in INTENT_QUERIES:
        words = INTENT_QUERIES[moment.label]
        about = REASON_QUERIES.get(reason or "", "")
        return _with_said(f"{words} {about}".strip(), said)
    if moment.family == "act" and moment.label == "question" and said is not None:
        return " ".join(_of_the_field(said)[:SAID_WORDS_MAX]) or None
    return None


def _with_said(words: str, said: Heard | None) -> str:
    """The story of a turn is left out: only words of the field narrow a query down."""
    more = _of_the_field(said) if said is not None else []
    return " ".join(_unique([*words.split(), *more[:SAID_WORDS_MAX]]))


def _of_the_field(said: Heard) -> list[str]:
    return [found for found in _unique(_content(said)) if found in SYNONYMS or found in DOMAIN_WORDS]


def _content(said: Heard) -> list[str]:
    return _found(["" if token.mask is not None else token.text for token in said.tokens])


def _says_something(word: str) -> bool:
    return len(word) > 1 and word.removesuffix("'s") not in STOP_WORDS and not word.isdecimal()


def _found(words: Sequence[str]) -> list[str]:
    """Content words in their order; of words that mean something together the longest phrase, as one."""
    found = []
    place = 0
    while place < len(words):
        for length in range(min(PHRASE_WORDS_MAX, len(words) - place), 1, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in SYNONYMS:
                found.append(phrase)
                place += length
                break
        else:
            if _says_something(words[place]):
                found.append(words[place])
            place += 1
    return found


def _query(words: Sequence[str]) -> KnowledgeQuery:
    return KnowledgeQuery(terms=tuple(_distinct([_term(each) for each in _found(words)[:TERMS_MAX]])))


def _term(word: str) -> tuple[str, ...]:
    if " " in word:
        return (word, *SYNONYMS[word])
    bare = word.removesuffix("'s")
    for form in (bare, bare.removesuffix("s"), bare.removesuffix("ed")):
        if form in SYNONYMS:
            return (bare, *(other for other in (form, *SYNONYMS[form]) if other != bare))
    return (bare,)


def _distinct(terms: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Terms that mean the same count once, however often somebody says them."""
    kept: list[tuple[str, ...]] = []
    for term in terms:
        if not any(set(term) & set(other) for other in kept):
            kept.append(term)
    return kept


def _unique(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))
