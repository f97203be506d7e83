"""What a word is among names."""

import msgspec
import pytest

from cueline.redaction.lexer import lex
from cueline.redaction.locales import locale_of
from cueline.redaction.vocabulary import NAMES, Word, bare, word_of

ENGLISH = locale_of(("en",))


def kind_of(text: str) -> Word:
    (token,) = lex([text], ENGLISH)
    return word_of(token, ENGLISH)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Zbigniew", Word.GIVEN), ("jos\u00e9", Word.GIVEN), ("ann's", Word.GIVEN), ("okafor", Word.FAMILY),
        ("o'brien", Word.FAMILY), ("will", Word.MAYBE), ("mark", Word.MAYBE), ("april", Word.MAYBE),
        ("victor", Word.MAYBE), ("Springfield", Word.UNKNOWN), ("wxbly", Word.UNKNOWN),
    ],
)  # fmt: skip
def test_names_and_what_may_be_one(text: str, word: Word) -> None:
    assert kind_of(text) is word


@pytest.mark.parametrize(
    "text", ["the", "dr", "seven", "4111", "k", "xq", "gmail", "broadway", "ohio", "cvv", "chardonnay"]
)
def test_what_is_no_name(text: str) -> None:
    assert kind_of(text) is Word.OTHER


@pytest.mark.parametrize("text", ["boxes", "hurried", "running", "stopped", "quietness", "planed", "tried", "they'll"])
def test_forms_of_ordinary_words_are_ordinary(text: str) -> None:
    assert kind_of(text) is Word.OTHER


def test_without_a_list_of_ordinary_words_nothing_is_unknown() -> None:
    (token,) = lex(["wxbly"], ENGLISH)
    without = msgspec.structs.replace(ENGLISH, ordinary=frozenset())
    assert word_of(token, ENGLISH) in NAMES
    assert word_of(token, without) is Word.OTHER


def test_a_name_is_compared_without_accents_and_genitive() -> None:
    assert bare("jos\u00e9's") == "jose"
    assert bare("ines") == "ines"
