"""Back-off trigram models as sorted arrays: estimated from text, read from PocketSphinx's own file, mixed, pruned.

An n-gram of word numbers is one integer in base ``size`` (the vocabulary's size), oldest word first, so that sorting
puts the n-grams of one context side by side. Probabilities are plain numbers; only the ARPA file holds logarithms.

Methods: interpolated modified Kneser-Ney smoothing (Chen and Goodman, "An empirical study of smoothing techniques for
language modeling", 1998); linear interpolation with weights that depend on how well the context is known (maximum a
posteriori adaptation: Bacchiani and Roark, ICASSP 2003); weighted-difference pruning (Seymore and Rosenfeld, ICSLP
1996). The trie file's layout follows PocketSphinx's ``src/lm`` (BSD licence).
"""

import itertools
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Floats = NDArray[np.float64]
Trues = NDArray[np.bool_]

START, END = "<s>", "</s>"
TINY = 1e-12


@dataclass
class Ngrams:
    """A back-off trigram model. ``known`` counts the text behind a context: of each word, and of each bigram."""

    size: int
    unigrams: Floats
    unigram_backoffs: Floats
    bigrams: Keys
    bigram_probabilities: Floats
    bigram_backoffs: Floats
    trigrams: Keys
    trigram_probabilities: Floats
    known_words: Floats
    known_bigrams: Floats

    def bigram(self, keys: Keys) -> Floats:
        """P(w | h) of keys h w."""
        place, found = lookup(self.bigrams, keys)
        history, word = np.divmod(keys, self.size)
        backed_off = self.unigram_backoffs[history] * self.unigrams[word]
        return np.where(found, self.bigram_probabilities[place], backed_off)

    def trigram(self, keys: Keys) -> Floats:
        """P(w | g h) of keys g h w."""
        place, found = lookup(self.trigrams, keys)
        context, context_found = lookup(self.bigrams, keys // self.size)
        weight = np.where(context_found, self.bigram_backoffs[context], 1.0)
        backed_off = weight * self.bigram(keys % self.size**2)
        return np.where(found, self.trigram_probabilities[place], backed_off)


def lookup(table: Keys, keys: Keys) -> tuple[Keys, Trues]:
    """Where each key stands in the sorted table, and whether it does."""
    if not len(table):
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
    place = np.minimum(np.searchsorted(table, keys), len(table) - 1)
    return place, table[place] == keys


def estimate(sentences: Iterable[Sequence[str]], numbers: dict[str, int]) -> Ngrams:
    """Interpolated modified Kneser-Ney from sentences whose words all have numbers."""
    size = len(numbers)
    start = numbers[START]
    pairs: list[int] = []
    triples: list[int] = []
    for sentence in sentences:
        line = [start, *(numbers[word] for word in sentence), numbers[END]]
        pairs += [first * size + second for first, second in itertools.pairwise(line)]
        triples += [(a * size + b) * size + c for a, b, c in zip(line, line[1:], line[2:], strict=False)]
    bigrams, bigram_counts = np.unique(np.array(pairs, np.int64), return_counts=True)
    trigrams, trigram_counts = np.unique(np.array(triples, np.int64), return_counts=True)

    endings, before = np.unique(trigrams % size**2, return_counts=True)
    continuations = np.where(bigrams // size == start, bigram_counts, 0)
    continuations[lookup(bigrams, endings)[0]] += before
    word_continuations = np.bincount(bigrams % size, minlength=size)

    unigrams, spare = _discounted(word_continuations, np.zeros(size, np.int64), 1)
    spoken = word_continuations > 0
    unigrams = np.where(spoken, unigrams + spare[0] / spoken.sum(), 0.0)

    probabilities, unigram_backoffs = _discounted(continuations, bigrams // size, size)
    probabilities += unigram_backoffs[bigrams // size] * unigrams[bigrams % size]

    contexts = lookup(bigrams, trigrams // size)[0]
    highest, bigram_backoffs = _discounted(trigram_counts, contexts, len(bigrams))
    highest += bigram_backoffs[contexts] * probabilities[lookup(bigrams, trigrams % size**2)[0]]
    return Ngrams(
        size=size,
        unigrams=unigrams,
        unigram_backoffs=unigram_backoffs,
        bigrams=bigrams,
        bigram_probabilities=probabilities,
        bigram_backoffs=bigram_backoffs,
        trigrams=trigrams,
        trigram_probabilities=highest,
        known_words=np.bincount(bigrams // size, bigram_counts, size).astype(np.float64),
        known_bigrams=np.bincount(contexts, trigram_counts, len(bigrams)).astype(np.float64),
    )


def _discounted(counts: Keys, contexts: Keys, size: int) -> tuple[Floats, Floats]:
    """Each n-gram's discounted share of its context, and what each context has left over for the lower order."""
    ones, twos, threes, fours = (int((counts == times).sum()) for times in (1, 2, 3, 4))
    share = ones / (ones + 2 * twos)
    ratios = [twos / max(1, ones), threes / max(1, twos), fours / max(1, threes)]
    steps = [0.0] + [min(max(0.0, n - (n + 1) * share * ratio), n) for n, ratio in enumerate(ratios, start=1)]
    discount = np.array(steps)[np.minimum(counts, 3)]
    total = np.bincount(contexts, counts, size)
    left = np.bincount(contexts, discount, size)
    return (counts - discount) / total[contexts], np.where(total > 0, left / np.maximum(total, 1), 1.0)


def read_trie(path: Path, numbers: dict[str, int]) -> Ngrams:
    """A PocketSphinx ``.lm.bin`` of order 3, of which only the n-grams over ``numbers`` are kept.

    In the file each word has its bigrams as (history, back-off, probability, first trigram), in bit fields; the
    trigrams of a bigram follow one another as (older history, probability). Probabilities and back-offs are places in
    tables of 2^16 floats, which are logarithms to the base 1.0001.
    """
    data = path.read_bytes()
    head = b"Trie Language Model"
    if not data.startswith(head) or data[len(head)] != 3:
        raise SystemExit(f"{path} is no trigram model of PocketSphinx's trie format")
    at = len(head) + 1
    counts = struct.unpack_from("<3I", data, at)
    at += 12 + 4
    tables = np.frombuffer(data, "<f4", 3 << 16, at).astype(np.float64).reshape(3, 1 << 16)
    at += 12 << 16
    rows = np.frombuffer(data, np.dtype([("p", "<f4"), ("b", "<f4"), ("next", "<u4")]), counts[0] + 1, at)
    at += 12 * (counts[0] + 1)
    word_bits, next_bits = counts[0].bit_length(), counts[2].bit_length()
    widths = (word_bits, 16, 16, next_bits)
    pairs = int(rows["next"][-1])  # a few fewer than the head says: duplicates were dropped after the room was made
    history, backoff_place, place, following = _bit_fields(data, at, pairs + 1, widths)
    at += ((1 + counts[1]) * sum(widths) + 7) // 8 + 8
    oldest, last_place = _bit_fields(data, at, int(following[-1]), (word_bits, 16))
    at += ((1 + counts[2]) * (word_bits + 16) + 7) // 8 + 8
    names = data[at + 4 :].split(b"\0")[: counts[0]]
    translate = np.array([numbers.get(name.decode(), -1) for name in names])

    first_bigram = rows["next"].astype(np.int64)
    word = np.repeat(np.arange(counts[0]), first_bigram[1:] - first_bigram[:-1])
    bigram_of = np.repeat(np.arange(pairs), following[1:] - following[:-1])
    size = len(numbers)
    unigrams, backoffs = np.zeros(size), np.ones(size)
    mine = translate >= 0
    unigrams[translate[mine]] = 1.0001 ** rows["p"][:-1][mine].astype(np.float64)
    backoffs[translate[mine]] = 1.0001 ** rows["b"][:-1][mine].astype(np.float64)
    old, new = translate[history[:-1]], translate[word]
    bigrams = np.where((old >= 0) & (new >= 0), old * size + new, -1)
    order = np.argsort(bigrams, kind="stable")
    order = order[bigrams[order] >= 0]
    older = translate[oldest]
    trigrams = np.where((older >= 0) & (bigrams[bigram_of] >= 0), older * size**2 + bigrams[bigram_of], -1)
    order3 = np.argsort(trigrams, kind="stable")
    order3 = order3[trigrams[order3] >= 0]
    return Ngrams(
        size=size,
        unigrams=unigrams,
        unigram_backoffs=backoffs,
        bigrams=bigrams[order],
        bigram_probabilities=1.0001 ** tables[0][place[:-1][order]],
        bigram_backoffs=1.0001 ** tables[1][backoff_place[:-1][order]],
        trigrams=trigrams[order3],
        trigram_probabilities=1.0001 ** tables[2][last_place[order3]],
        known_words=np.zeros(size),
        known_bigrams=np.zeros(len(order)),
    )


def _bit_fields(data: bytes, at: int, rows: int, widths: tuple[int, ...]) -> list[Keys]:
    """Rows of bit fields, least significant bit first, as one array per field."""
    padded = np.frombuffer(data[at : at + (rows * sum(widths) + 7) // 8] + bytes(16), np.uint8)
    starts = np.arange(rows, dtype=np.int64) * sum(widths)
    fields = []
    for width in widths:
        first = starts // 8
        value = np.zeros(rows, np.int64)
        for index in range((width + 14) // 8):
            value |= padded[first + index].astype(np.int64) << (8 * index)
        fields.append((value >> (starts % 8)) & ((1 << width) - 1))
        starts = starts + width
    return fields


def mix(topic: Ngrams, general: Ngrams, *, most: float, least: float, sure_after: float) -> Ngrams:
    """Weights ``topic`` from ``least`` to ``most``, half-way where its text has ``sure_after`` words in the context."""
    size = topic.size

    def blend(first: Floats, second: Floats, known: Floats) -> Floats:
        weight = least + (most - least) * known / (known + sure_after)
        return weight * first + (1 - weight) * second

    trigrams = np.union1d(topic.trigrams, general.trigrams)
    shorter = np.concatenate([topic.bigrams, general.bigrams, trigrams // size, trigrams % size**2])
    bigrams = np.unique(shorter)
    place, found = lookup(topic.bigrams, bigrams)
    known_bigrams = np.where(found, topic.known_bigrams[place], 0.0)
    unigrams = most * topic.unigrams + (1 - most) * general.unigrams / general.unigrams.sum()
    return Ngrams(
        size=size,
        unigrams=unigrams / unigrams.sum(),
        unigram_backoffs=np.ones(size),
        bigrams=bigrams,
        bigram_probabilities=blend(topic.bigram(bigrams), general.bigram(bigrams), topic.known_words[bigrams // size]),
        bigram_backoffs=np.ones(len(bigrams)),
        trigrams=trigrams,
        trigram_probabilities=blend(
            topic.trigram(trigrams), general.trigram(trigrams), known_bigrams[lookup(bigrams, trigrams // size)[0]]
        ),
        known_words=topic.known_words,
        known_bigrams=known_bigrams,
    )


def normalise(model: Ngrams) -> None:
    """Sets the back-off weights so that each context's probabilities sum to one."""
    size = model.size
    context = model.bigrams // size
    model.unigram_backoffs = _left_over(model.bigram_probabilities, model.unigrams[model.bigrams % size], context, size)
    contexts = lookup(model.bigrams, model.trigrams // size)[0]
    lower = model.bigram(model.trigrams % size**2)
    model.bigram_backoffs = _left_over(model.trigram_probabilities, lower, contexts, len(model.bigrams))


def _left_over(higher: Floats, lower: Floats, contexts: Keys, size: int) -> Floats:
    spare = 1 - np.bincount(contexts, higher, size)
    return np.maximum(spare, TINY) / np.maximum(1 - np.bincount(contexts, lower, size), TINY)


def prune(model: Ngrams, *, bigrams: int, trigrams: int) -> Ngrams:
    """Keeps the n-grams that say most beyond their back-off, at most so many, and the bigrams that they stand on."""
    size = model.size
    normalise(model)
    first, second = np.divmod(model.bigrams, size)
    backed_off = model.unigram_backoffs[first] * model.unigrams[second]
    joint = model.unigrams[first] * model.bigram_probabilities
    gains = joint * np.log(model.bigram_probabilities / np.maximum(backed_off, TINY))
    contexts = lookup(model.bigrams, model.trigrams // size)[0]
    lower = model.bigram_backoffs[contexts] * model.bigram(model.trigrams % size**2)
    gains3 = joint[contexts] * model.trigram_probabilities
    gains3 *= np.log(model.trigram_probabilities / np.maximum(lower, TINY))

    keep3 = np.sort(np.argsort(-gains3, kind="stable")[:trigrams])
    kept3 = model.trigrams[keep3]
    needed = np.isin(model.bigrams, np.concatenate([kept3 // size, kept3 % size**2]))
    keep2 = np.sort(np.argsort(np.where(needed, -np.inf, -gains), kind="stable")[: max(bigrams, int(needed.sum()))])
    pruned = Ngrams(
        size=size,
        unigrams=model.unigrams,
        unigram_backoffs=np.ones(size),
        bigrams=model.bigrams[keep2],
        bigram_probabilities=model.bigram_probabilities[keep2],
        bigram_backoffs=np.ones(len(keep2)),
        trigrams=kept3,
        trigram_probabilities=model.trigram_probabilities[keep3],
        known_words=model.known_words,
        known_bigrams=model.known_bigrams[keep2],
    )
    normalise(pruned)
    return pruned


def write_arpa(model: Ngrams, words: Sequence[str], path: Path) -> None:
    """The model as an ARPA file, its numbers rounded to four decimals."""
    size = model.size

    def log(values: Floats) -> list[str]:
        return [f"{value:.4f}" for value in np.log10(np.maximum(values, 1e-9)).tolist()]

    unigrams = log(model.unigrams)
    unigrams[words.index(START)] = "-99.0000"
    lines = ["\\data\\", f"ngram 1={size}", f"ngram 2={len(model.bigrams)}", f"ngram 3={len(model.trigrams)}", ""]
    lines.append("\\1-grams:")
    lines += map("\t".join, zip(unigrams, words, log(model.unigram_backoffs), strict=True))
    lines += ["", "\\2-grams:"]
    named = [f"{words[key // size]} {words[key % size]}" for key in model.bigrams.tolist()]
    columns = (log(model.bigram_probabilities), named, log(model.bigram_backoffs))
    lines += map("\t".join, zip(*columns, strict=True))
    lines += ["", "\\3-grams:"]
    for key, probability in zip(model.trigrams.tolist(), log(model.trigram_probabilities), strict=True):
        older, rest = divmod(key, size**2)
        lines.append(f"{probability}\t{words[older]} {words[rest // size]} {words[rest % size]}")
    path.write_text("\n".join([*lines, "", "\\end\\", ""]))
