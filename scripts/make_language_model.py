"""Builds the contact-centre language model of the PocketSphinx recogniser.

    .venv/bin/python scripts/make_language_model.py            # writes src/cueline/speech/models/
    .venv/bin/python scripts/make_language_model.py --check    # texts only: vocabulary, independence of the samples

Two sources, mixed:

1. Sentences as they are said on calls, drawn with a fixed seed from the templates in ``scripts/texts/contact_centre``,
   which we wrote. They share no five words in a row with the sample calls: a draw that does is thrown away, a template
   that gives nothing else is an error, and the whole text is checked once more at the end. A trigram model with
   Witten-Bell smoothing (Witten and Bell, "The zero-frequency problem", IEEE Transactions on Information Theory
   37(4), 1991, their method C) is made of them.
2. The general English model that PocketSphinx brings (BSD licence, Carnegie Mellon University), cut down to its most
   probable words and to the word pairs that matter most (weighted differences: Seymore and Rosenfeld, "Scalable
   backoff language models", ICSLP 1996), so that other speech is still heard.

The result is a back-off model in ARPA form, then in PocketSphinx's binary form. Words that are in no pronunciation
dictionary are reported and left out.
"""

import argparse
import itertools
import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from pocketsphinx import Config, LogMath, NGramModel, get_model_path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "scripts" / "texts" / "contact_centre"
SAMPLES = ROOT / "src" / "cueline" / "samples"
TARGET = ROOT / "src" / "cueline" / "speech" / "models"
GENERAL = Path(get_model_path()) / "en-us"

SEED = 20_261
DRAWS_FOR_A_TEMPLATE = (6, 60)
"""At least and at most so many different sentences of a template, by how many it can make."""

SHARED_WORDS = 5
OWN_WEIGHT = 0.5
GENERAL_WORDS = 20_000
GENERAL_PAIRS = 200_000
NEVER = -99.0
MOST_LISTED = 0.995
"""A history keeps this much at most for the words that it lists, so that no other word is impossible after it."""

WRITE_AS_TEXT = """
import sys
from pocketsphinx import Config, LogMath, NGramModel
logarithms = LogMath()
NGramModel(Config(lm=None), logarithms, sys.argv[1]).write(sys.argv[2])
"""

Gram = tuple[str, ...]


# Sentences from templates.


class Templates:
    """``(a|b)`` one of them, ``[a|b]`` one of them or nothing, ``{slot}`` a choice of ``slots.txt``."""

    def __init__(self, folder: Path) -> None:
        self._random = np.random.default_rng(SEED)
        self._slots: dict[str, str] = {}
        for line in self._lines(folder / "slots.txt"):
            name, _, choices = line.partition("=")
            self._slots[name.strip()] = choices.strip()
        self.templates = [
            line for path in sorted(folder.glob("*.txt")) if path.name != "slots.txt" for line in self._lines(path)
        ]

    def draw(self, template: str) -> str:
        """One sentence of a template."""
        text = template
        while (match := re.search(r"\{(\w+)\}|\(([^()\[\]{}]*)\)|\[([^()\[\]{}]*)\]", text)) is not None:
            slot, choice, option = match.groups()
            if slot is not None:
                chosen = f"({self._slots[slot]})"
            elif choice is not None:
                chosen = self._one_of(choice.split("|"))
            else:
                chosen = self._one_of([*option.split("|"), ""]) if self._random.random() < 0.6 else ""
            text = text[: match.start()] + chosen + text[match.end() :]
        return " ".join(text.split())

    def draws(self, template: str) -> int:
        """How many sentences to draw: more for what can vary more."""
        few, many = DRAWS_FOR_A_TEMPLATE
        freedom = 4 * template.count("{") + template.count("|") + 2 * template.count("[")
        return max(few, min(many, few + 3 * freedom)) if freedom else 3

    def _one_of(self, choices: list[str]) -> str:
        return choices[int(self._random.integers(len(choices)))]

    @staticmethod
    def _lines(path: Path) -> Iterator[str]:
        for line in path.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def sample_grams() -> set[Gram]:
    """Every ``SHARED_WORDS`` words in a row of the sample calls, each channel for itself and across its turns."""
    grams: set[Gram] = set()
    for path in sorted(SAMPLES.glob("*.words.json")):
        words = json.loads(path.read_text())
        for channel in ("agent", "customer"):
            grams |= set(runs([word["word"] for word in words if word["channel"] == channel], SHARED_WORDS))
    return grams


def runs(words: list[str], length: int) -> Iterable[Gram]:
    return zip(*(words[start:] for start in range(length)), strict=False)


def sentences(forbidden: set[Gram]) -> list[list[str]]:
    """The text. Refuses a template that cannot be said without repeating a sample call."""
    templates = Templates(TEMPLATES)
    text: list[list[str]] = []
    refused: list[str] = []
    for template in templates.templates:
        wanted, kept = templates.draws(template), 0
        for _ in range(wanted * 4):
            words = templates.draw(template).split()
            if kept < wanted and forbidden.isdisjoint(runs(words, SHARED_WORDS)):
                text.append(words)
                kept += 1
        if not kept:
            refused.append(template)
    if refused:
        raise SystemExit("refused, as they can only be said as a sample call says it:\n" + "\n".join(refused))
    shared = [words for words in text if not forbidden.isdisjoint(runs(words, SHARED_WORDS))]
    if shared:
        raise SystemExit(f"refused: {len(shared)} sentences share {SHARED_WORDS} words in a row with a sample call")
    return text


def dictionary_words() -> set[str]:
    lines = (GENERAL / "cmudict-en-us.dict").read_text().splitlines()
    return {re.sub(r"\(\d+\)$", "", line.split(None, 1)[0]) for line in lines if line.strip()}


# The two models.


class OwnModel:
    """Witten-Bell trigrams: p(w|h) = (c(hw) + t(h) p(w|shorter h)) / (c(h) + t(h)); t(h) counts what follows h."""

    def __init__(self, text: list[list[str]], vocabulary: set[str]) -> None:
        self.counts: dict[Gram, Counter[str]] = defaultdict(Counter)
        for words in text:
            padded = ["<s>", "<s>", *words, "</s>"]
            for first, second, word in zip(padded, padded[1:], padded[2:], strict=False):
                if vocabulary.issuperset({first, second, word} - {"<s>", "</s>"}):
                    self.counts[(first, second)][word] += 1
                    self.counts[(second,)][word] += 1
                    self.counts[()][word] += 1
        self._totals = {history: (sum(words.values()), len(words)) for history, words in self.counts.items()}
        self._size = len(vocabulary) + 1

    def probability(self, word: str, history: Gram) -> float:
        below = self.probability(word, history[1:]) if history else 1 / self._size
        if history not in self._totals:
            return below
        total, kinds = self._totals[history]
        return (self.counts[history][word] + kinds * below) / (total + kinds)


class GeneralModel:
    """PocketSphinx's own English model, restricted to its ``GENERAL_WORDS`` most probable words and ours."""

    def __init__(self, own_words: set[str], pronounced: set[str]) -> None:
        self._logarithms = LogMath()
        self._model = NGramModel(Config(lm=None), self._logarithms, str(GENERAL / "en-us.lm.bin"))
        unigrams, self._pairs = self._read()
        wanted = sorted((word for word in unigrams if word in pronounced), key=lambda word: -unigrams[word][0])
        self.words = set(wanted[:GENERAL_WORDS]) | own_words
        scale = sum(10 ** unigrams[word][0] for word in self.words | {"</s>"} if word in unigrams)
        rare = 10 ** min(unigrams[word][0] for word in wanted[:GENERAL_WORDS])
        self._unigrams = {
            word: (10 ** unigrams[word][0] if word in unigrams else rare) / scale for word in self.words | {"</s>"}
        }
        self._known = set(unigrams)
        self._backoffs = {word: backoff for word, (_, backoff) in unigrams.items()}

    @staticmethod
    def _read() -> tuple[dict[str, tuple[float, float]], list[tuple[float, str, str]]]:
        """Words and word pairs with base-10 logarithms.

        PocketSphinx 5.1.1 crashes while it writes this model's triples, after all pairs were written: so a process of
        its own writes the text, and what it wrote last is left out.
        """
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "general.arpa"
            subprocess.run([sys.executable, "-c", WRITE_AS_TEXT, GENERAL / "en-us.lm.bin", text], check=False)
            unigrams: dict[str, tuple[float, float]] = {}
            pairs: list[tuple[float, str, str]] = []
            order = 0
            for line in text.open():
                fields = line.split()
                if line.startswith("\\"):
                    order += 1
                elif order == 2 and len(fields) == 3:
                    unigrams[fields[1]] = (float(fields[0]), float(fields[2]))
                elif order == 3 and len(fields) == 4:
                    pairs.append((float(fields[0]), fields[1], fields[2]))
        return unigrams, pairs[:-1]

    def pairs(self) -> set[Gram]:
        """The ``GENERAL_PAIRS`` pairs that would be missed most: p(vw) * (log p(w|v) - log of the back-off's guess)."""
        inside = self.words | {"<s>", "</s>"}
        missed = []
        for logarithm, first, second in self._pairs:
            if first in inside and second in inside and second != "<s>":
                history = 0.05 if first == "<s>" else self._unigrams[first]
                guess = self._backoffs[first] + math.log10(self._unigrams[second])
                missed.append((history * 10**logarithm * abs(logarithm - guess), first, second))
        missed.sort(reverse=True)
        return {(first, second) for _, first, second in missed[:GENERAL_PAIRS]}

    def probability(self, word: str, history: Gram) -> float:
        if not history:
            return self._unigrams[word]
        if word not in self._known or any(each not in self._known for each in history):
            return self._unigrams[word]
        return float(self._logarithms.exp(self._model.prob([word, *reversed(history)])))


# Mixing, back-off weights, ARPA.


class Mixture:
    """``OWN_WEIGHT`` of ours and the rest of the general model, for the n-grams of both."""

    def __init__(self, own: OwnModel, general: GeneralModel) -> None:
        self._own, self._general = own, general
        triples = {(*h, w) for h, counts in own.counts.items() if len(h) == 2 and h != ("<s>", "<s>") for w in counts}
        pairs = {(*h, w) for h, counts in own.counts.items() if len(h) == 1 for w in counts} | general.pairs()
        # Whatever a longer gram backs off to is listed too.
        pairs |= {triple[:2] for triple in triples} | {triple[1:] for triple in triples}
        words = {(word,) for word in general.words | {"</s>"}}
        self.grams = [self._mixed(grams) for grams in (words, pairs, triples)]
        whole = sum(self.grams[0].values())
        self.grams[0] = {gram: value / whole for gram, value in self.grams[0].items()}
        self.backoffs = [self._backoff(1), self._backoff(2)]

    def _mixed(self, grams: set[Gram]) -> dict[Gram, float]:
        return {
            gram: OWN_WEIGHT * self._own.probability(gram[-1], gram[:-1])
            + (1 - OWN_WEIGHT) * self._general.probability(gram[-1], gram[:-1])
            for gram in sorted(grams)
        }

    def _backoff(self, length: int) -> dict[Gram, float]:
        """For each history: what is left for the words it does not list, over what the shorter history gives these."""
        longer, shorter = self.grams[length], self.grams[length - 1]
        listed: dict[Gram, list[Gram]] = defaultdict(list)
        for gram in longer:
            listed[gram[:-1]].append(gram)
        weights = {}
        for history, grams in listed.items():
            given = sum(longer[gram] for gram in grams)
            if given > MOST_LISTED:
                for gram in grams:
                    longer[gram] *= MOST_LISTED / given
                given = MOST_LISTED
            weights[history] = (1 - given) / max(1 - sum(shorter[gram[1:]] for gram in grams), 1e-6)
        return weights

    def arpa(self) -> str:
        """The model as text, three orders, base-10 logarithms."""
        lines = ["\\data\\"]
        self.grams[0][("<s>",)] = 0.0
        lines += [f"ngram {order}={len(grams)}" for order, grams in enumerate(self.grams, start=1)]
        for order, grams in enumerate(self.grams, start=1):
            lines += ["", f"\\{order}-grams:"]
            backoffs = self.backoffs[order - 1] if order <= len(self.backoffs) else {}
            for gram in sorted(grams):
                probability = math.log10(grams[gram]) if grams[gram] else NEVER
                backoff = f"\t{math.log10(backoffs[gram]):.4f}" if gram in backoffs else ""
                lines.append(f"{probability:.4f}\t{' '.join(gram)}{backoff}")
        return "\n".join([*lines, "", "\\end\\", ""])


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the contact-centre language model.")
    parser.add_argument("--check", action="store_true", help="check and count the texts, write nothing")
    check = parser.parse_args().check
    text = sentences(sample_grams())
    pronounced = dictionary_words()
    used = Counter(itertools.chain.from_iterable(text))
    missing = sorted(set(used) - pronounced)
    print(f"{len(text)} sentences ({len({tuple(words) for words in text})} different), {used.total()} words")
    print(f"{len(used)} different words; without a pronunciation and left out: {', '.join(missing) or 'none'}")
    if check:
        return 0
    general = GeneralModel(set(used) - set(missing), pronounced)
    mixture = Mixture(OwnModel(text, general.words), general)
    with tempfile.TemporaryDirectory() as folder:
        arpa = Path(folder) / "model.arpa"
        arpa.write_text(mixture.arpa())
        TARGET.mkdir(exist_ok=True)
        logarithms = LogMath()  # has to outlive the model, which does not hold on to it
        NGramModel(Config(lm=None), logarithms, str(arpa)).write(str(TARGET / "contact-centre.lm.bin"))
    size = (TARGET / "contact-centre.lm.bin").stat().st_size
    print(f"n-grams: {[len(grams) for grams in mixture.grams]}; {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
