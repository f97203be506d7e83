"""The language model's texts and arithmetic, and the committed model itself."""

import importlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]
MODEL = ROOT / "src" / "cueline" / "speech" / "models" / "contact-centre"
TEXT = """the card is lost
the card is blocked now
my card is lost
i lost my card
my old card is blocked
please block the card
the bill is wrong
i lost the bill
the bill is paid
my bill is paid now
please pay my bill now
i paid the bill"""


@pytest.fixture(scope="module")
def ngrams() -> Any:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return importlib.import_module("ngram_models")
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def script(ngrams: Any) -> Any:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return importlib.import_module("make_language_model")
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def sentences(script: Any) -> list[list[str]]:
    return list(script.corpus(script.sample_runs()))


@pytest.fixture
def small(ngrams: Any) -> tuple[Any, dict[str, int]]:
    lines = [line.split() for line in TEXT.splitlines()]
    words = sorted({word for line in lines for word in line} | {ngrams.START, ngrams.END})
    numbers = {word: index for index, word in enumerate(words)}
    return ngrams.estimate(lines, numbers), numbers


def sums(model: Any, numbers: dict[str, int]) -> list[float]:
    """For every context of one or two words: all probabilities added up."""
    size = model.size
    every = np.arange(size)
    contexts = [first * size + second for first in range(size) for second in range(size)]
    return [float(model.bigram(first * size + every).sum()) for first in range(size)] + [
        float(model.trigram(context * size + every).sum()) for context in contexts
    ]


def test_kneser_ney_sums_to_one_in_every_context(small: tuple[Any, dict[str, int]]) -> None:
    model, numbers = small

    assert model.unigrams.sum() == pytest.approx(1)
    assert sums(model, numbers) == pytest.approx([1.0] * (len(numbers) + len(numbers) ** 2))


def test_what_was_seen_is_more_probable(small: tuple[Any, dict[str, int]]) -> None:
    model, numbers = small

    def probability(*words: str) -> float:
        key = 0
        for word in words:
            key = key * model.size + numbers[word]
        return float(model.trigram(np.array([key]))[0])

    assert probability("card", "is", "lost") > probability("bill", "is", "lost") > 0


def test_mixing_and_pruning_keep_every_context_normalised(ngrams: Any, small: tuple[Any, dict[str, int]]) -> None:
    model, numbers = small
    mixed = ngrams.mix(model, model, most=0.6, least=0.1, sure_after=2.0)
    pruned = ngrams.prune(mixed, bigrams=12, trigrams=6)

    assert len(pruned.trigrams) == 6
    assert len(pruned.bigrams) < len(model.bigrams)
    assert sums(pruned, numbers) == pytest.approx([1.0] * (len(numbers) + len(numbers) ** 2))
    shorter = np.concatenate([pruned.trigrams // model.size, pruned.trigrams % model.size**2])
    assert np.isin(shorter, pruned.bigrams).all()


def test_an_arpa_file_says_the_same_in_pocketsphinx_binary_form(
    script: Any, ngrams: Any, small: tuple[Any, dict[str, int]], tmp_path: Path
) -> None:
    model, numbers = small
    pruned = ngrams.prune(model, bigrams=20, trigrams=10)
    path = tmp_path / "small.lm.bin"
    path.write_bytes(script.packed(pruned, list(numbers)))

    read = ngrams.read_trie(path, numbers)

    assert read.trigrams.tolist() == pruned.trigrams.tolist()
    assert read.trigram_probabilities == pytest.approx(pruned.trigram_probabilities, rel=2e-3)
    assert read.bigram_backoffs == pytest.approx(pruned.bigram_backoffs, rel=2e-3)
    keys = np.arange(model.size**2)
    assert read.bigram(keys)[keys % model.size != numbers[ngrams.START]] == pytest.approx(
        pruned.bigram(keys)[keys % model.size != numbers[ngrams.START]], rel=5e-3
    )


def test_patterns_are_read_in_every_way(script: Any) -> None:
    grammar = script.Grammar(random.Random(1))
    grammar.define("# a comment\nthing = card | old bill\n")
    rule = script.parse("my {$thing | {lost | last} one} is here [now]")
    read = {" ".join(grammar.read(rule)) for _ in range(200)}

    assert read == {
        f"my {thing} is here{now}" for thing in ("card", "old bill", "lost one", "last one") for now in ("", " now")
    }


@pytest.mark.parametrize("pattern", ["a {b", "a [b | c", "a } b", "a ]"])
def test_an_unbalanced_pattern_is_refused(script: Any, pattern: str) -> None:
    with pytest.raises(SystemExit):
        script.parse(pattern)


def test_a_line_that_repeats_a_sample_call_is_refused(script: Any) -> None:
    forbidden = script.runs(["my", "card", "was", "stolen", "on", "the", "train"])
    grammar = script.Grammar(random.Random(1))

    assert script._readings(grammar, "yes my card was {stolen on | lost on} monday", forbidden)
    with pytest.raises(SystemExit, match="words in a row"):
        script._readings(grammar, "yes my card was stolen on monday", forbidden)


def test_the_corpus_shares_no_five_words_with_a_sample_call(sentences: list[list[str]]) -> None:
    """Looked at anew, without the script's own code."""
    said = set()
    for path in (ROOT / "src/cueline/samples").glob("*.words.json"):
        words = json.loads(path.read_text())
        for channel in ("agent", "customer"):
            line = [word["word"] for word in words if word["channel"] == channel]
            said |= {" ".join(line[at : at + 5]) for at in range(len(line) - 4)}
    shared = [
        sentence
        for sentence in sentences
        if not said.isdisjoint(" ".join(sentence[at : at + 5]) for at in range(len(sentence) - 4))
    ]

    assert len(said) > 400
    assert len(sentences) > 5_000
    assert shared == []


def test_the_same_seed_gives_the_same_corpus(script: Any, sentences: list[list[str]]) -> None:
    assert script.corpus(script.sample_runs()) == sentences


def test_every_word_of_the_texts_stands_in_the_committed_model(ngrams: Any, sentences: list[list[str]]) -> None:
    dictionary = {line.split(None, 1)[0] for line in Path(f"{MODEL}.dict").read_text().splitlines()}
    words = sorted({word for sentence in sentences for word in sentence})
    numbers = {word: index for index, word in enumerate(words)}
    unigrams = ngrams.read_trie(Path(f"{MODEL}.lm.bin"), numbers).unigrams

    assert [word for word in words if word not in dictionary] == []
    assert [word for word in words if not unigrams[numbers[word]] > 0] == []


def test_the_committed_model_has_no_word_that_is_left_out(script: Any) -> None:
    dictionary = [line.split(None, 1)[0].partition("(")[0] for line in Path(f"{MODEL}.dict").read_text().splitlines()]

    assert len(dictionary) > 10_000
    assert {"shit", "fuck", "bastard"}.isdisjoint(dictionary)


def test_the_committed_model_is_small_enough_for_git() -> None:
    assert Path(f"{MODEL}.lm.bin").stat().st_size < 3_000_000
