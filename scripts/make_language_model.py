"""Builds the contact-centre language model in ``src/cueline/speech/models`` from the texts in ``scripts/texts``.

    .venv/bin/python scripts/make_language_model.py            # writes the model and its dictionary
    .venv/bin/python scripts/make_language_model.py --check    # exit 1 when the committed files would change

The texts are ours: sentence patterns with slots, the words that fill them (``slots.txt``, ``numbers.txt``), and
conversations (``dialogues.txt``). They are expanded from a fixed seed, a trigram model is estimated from them, mixed
with the general English model that the ``pocketsphinx`` package carries (BSD licence), and pruned. No five words in a
row of the corpus stand in a sample call: a chance reading that has them is drawn again, and a line that cannot be read
otherwise is refused.
"""

import argparse
import itertools
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pocketsphinx
from ngram_models import END, START, Ngrams, estimate, mix, prune, read_trie, write_arpa

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "scripts" / "texts"
SAMPLES = ROOT / "src" / "cueline" / "samples"
TARGET = ROOT / "src" / "cueline" / "speech" / "models"
ENGLISH = Path(pocketsphinx.get_model_path()) / "en-us"

SEED = 1
FOLDERS = ("phrases", "contact_centre")
SLOTS = ("numbers.txt", "slots.txt")

READINGS = (10, 60)
"""Least and most different readings drawn of a pattern that names no number, by how much in it may vary."""

READINGS_SCALE = 2
JOINED = 0.35
"""Chance that a sentence is followed by another of the same file without a pause."""

SHARED = 5
"""Words in a row that no sample call may have in common with the corpus."""

GENERAL_WORDS = 16_000
"""Words of the general model that are kept beside those of the texts, the most frequent first."""

MOST, LEAST, SURE_AFTER = 0.6, 0.1, 20.0
"""How far the texts are trusted (see ``mix``): chosen by perplexity on ``evals/speech/development.txt``."""

BIGRAMS, TRIGRAMS = 110_000, 230_000
"""What fits into three megabytes."""

Rule = list[list[object]]
"""Alternatives; each is a sequence of words, names (``Name``) and further rules."""


@dataclass(frozen=True)
class Name:
    """A slot in a pattern."""

    name: str


@dataclass
class Grammar:
    """Patterns and what fills their slots. ``{a | b}`` chooses, ``[a]`` may be left out, ``$name`` is a slot."""

    chance: random.Random
    rules: dict[str, Rule] = field(default_factory=dict)

    def define(self, text: str) -> None:
        """Takes a file of ``NAME = ALTERNATIVES`` lines."""
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                name, _, alternatives = line.partition(" = ")
                self.rules[name.strip()] = parse(alternatives)

    def read(self, rule: Rule) -> Iterator[str]:
        """One reading of a rule, word by word."""
        for part in self.chance.choice(rule):
            if isinstance(part, Name):
                yield from self.read(self.rules[part.name])
            elif isinstance(part, list):
                yield from self.read(part)
            else:
                yield str(part)


def parse(text: str) -> Rule:
    """A pattern as a rule. Raises SystemExit where a bracket does not close."""
    tokens = re.findall(r"[{}\[\]|]|[^\s{}\[\]|]+", text)
    rule, rest = _alternatives(tokens, 0)
    if rest != len(tokens):
        raise SystemExit(f"a bracket closes that was not opened: {text}")
    return rule


def _alternatives(tokens: Sequence[str], at: int) -> tuple[Rule, int]:
    rule: Rule = [[]]
    while at < len(tokens) and tokens[at] not in "}]":
        token = tokens[at]
        at += 1
        if token == "|":
            rule.append([])
        elif token in "{[":
            inner, at = _alternatives(tokens, at)
            if at == len(tokens):
                raise SystemExit(f"a bracket does not close: {' '.join(tokens)}")
            rule[-1].append([[inner], []] if token == "[" else inner)
            at += 1
        else:
            rule[-1].append(Name(token[1:]) if token.startswith("$") else token)
    return rule, at


def runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Every ``SHARED`` words in a row."""
    return {tuple(words[first : first + SHARED]) for first in range(len(words) - SHARED + 1)}


def sample_runs() -> set[tuple[str, ...]]:
    """The runs of both channels of every sample call, across its pauses."""
    found: set[tuple[str, ...]] = set()
    for path in sorted(SAMPLES.glob("*.words.json")):
        words = json.loads(path.read_text())
        for channel in ("agent", "customer"):
            found |= runs([word["word"] for word in words if word["channel"] == channel])
    return found


def corpus(forbidden: set[tuple[str, ...]]) -> list[list[str]]:
    """Every sentence of the texts, expanded. Raises SystemExit for a line that cannot avoid ``forbidden``."""
    sentences: list[list[str]] = []
    for folder in FOLDERS:
        grammar = Grammar(random.Random(SEED))
        for path in sorted((TEXTS / folder).glob("*.txt")):
            if path.name in SLOTS:
                grammar.define(path.read_text())
        for path in sorted((TEXTS / folder).glob("*.txt")):
            if path.name in SLOTS:
                continue
            drawn: list[list[str]] = []
            for line in path.read_text().splitlines():
                if line.strip() and not line.startswith("#"):
                    drawn += _readings(grammar, re.sub("^[ac]: ", "", line), forbidden)
            sentences += [*drawn, *_joined(drawn, grammar.chance, forbidden)]
    return sentences


def _readings(grammar: Grammar, line: str, forbidden: set[tuple[str, ...]]) -> list[list[str]]:
    """Different readings of one line, at most as many as it names."""
    head, _, rest = line.partition(" ")
    count, pattern = (int(head[1:]), rest) if head.startswith("~") else (0, line)
    freedom = 4 * pattern.count("$") + pattern.count("|") + 2 * pattern.count("[")
    count = READINGS_SCALE * (count or min(READINGS[1], READINGS[0] + 3 * freedom))
    rule = parse(pattern)
    found: dict[tuple[str, ...], None] = {}
    refused = False
    for _ in range(4 * count):
        words = tuple(grammar.read(rule))
        clear = not runs(words) & forbidden
        refused |= not clear
        if clear and words:
            found[words] = None
        if len(found) == count:
            break
    if not found and refused:
        raise SystemExit(f"shares {SHARED} words in a row with a sample call: {line}")
    return [list(words) for words in found]


def _joined(sentences: list[list[str]], chance: random.Random, forbidden: set[tuple[str, ...]]) -> Iterator[list[str]]:
    """Pairs of sentences said in one breath."""
    for sentence in sentences:
        if chance.random() < JOINED:
            pair = sentence + chance.choice(sentences)
            if not runs(pair) & forbidden:
                yield pair


def pronunciations() -> dict[str, list[str]]:
    """The dictionary's lines by word: the bundled ones, and ours for words that it lacks."""
    found: dict[str, list[str]] = {}
    for path in (ENGLISH / "cmudict-en-us.dict", TEXTS / "pronunciations.txt"):
        for line in path.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                found.setdefault(line.split(None, 1)[0].partition("(")[0], []).append(line)
    return found


def vocabulary(sentences: Iterable[Sequence[str]], spoken: dict[str, list[str]]) -> list[str]:
    """The words of the texts and the most frequent of the general model that are fit for a transcript, sorted."""
    ours = set(itertools.chain.from_iterable(sentences))
    unknown = sorted(ours - spoken.keys())
    if unknown:
        raise SystemExit(f"no pronunciation: {' '.join(unknown)}")
    unfit = re.compile("|".join((TEXTS / "left_out.txt").read_text().split()))
    numbers = {word: index for index, word in enumerate(spoken)}
    frequency = read_trie(ENGLISH / "en-us.lm.bin", numbers).unigrams
    ranked = sorted(numbers, key=lambda word: (-frequency[numbers[word]], word))
    general = [word for word in ranked if word not in ours and not unfit.fullmatch(word)][:GENERAL_WORDS]
    return sorted({*ours, *general, START, END})


def build() -> tuple[Ngrams, list[str], dict[str, list[str]]]:
    """The model, its words in order of their numbers, and the dictionary."""
    sentences = corpus(sample_runs())
    spoken = pronunciations()
    words = vocabulary(sentences, spoken)
    numbers = {word: index for index, word in enumerate(words)}
    topic = estimate(sentences, numbers)
    general = read_trie(ENGLISH / "en-us.lm.bin", numbers)
    mixed = mix(topic, general, most=MOST, least=LEAST, sure_after=SURE_AFTER)
    print(f"{len(sentences)} sentences, {sum(map(len, sentences))} words, {np.count_nonzero(topic.unigrams)} different")
    return prune(mixed, bigrams=BIGRAMS, trigrams=TRIGRAMS), words, spoken


def make() -> dict[str, bytes]:
    """Every file of the model, by name."""
    model, words, spoken = build()
    print(f"{len(words)} words, {len(model.bigrams)} bigrams, {len(model.trigrams)} trigrams")
    lines = [line for word in words for line in spoken.get(word, ())]
    return {
        "contact-centre.dict": ("\n".join(lines) + "\n").encode(),
        "contact-centre.lm.bin": packed(model, words),
    }


def packed(model: Ngrams, words: Sequence[str]) -> bytes:
    """The model in PocketSphinx's own binary form, which loads in a tenth of a second."""
    with tempfile.TemporaryDirectory() as folder:
        arpa, binary = Path(folder) / "model.arpa", Path(folder) / "model.lm.bin"
        write_arpa(model, words, arpa)
        scale = pocketsphinx.LogMath()
        loaded = pocketsphinx.NGramModel(pocketsphinx.Config(lm=None), scale, str(arpa))
        loaded.write(str(binary), pocketsphinx.NGramModel.str_to_type("bin"))
        del loaded
        return binary.read_bytes()


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Builds the language model.", epilog="example: make_language_model.py --check"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file would change")
    check = parser.parse_args().check
    changed = 0
    TARGET.mkdir(exist_ok=True)
    for name, content in make().items():
        path = TARGET / name
        same = path.is_file() and path.read_bytes() == content
        changed += not same
        print(f"{name}: {len(content)} bytes, {'unchanged' if same else 'would change' if check else 'written'}")
        if not check and not same:
            path.write_bytes(content)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
