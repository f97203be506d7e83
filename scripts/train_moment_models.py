"""Trains the models of moments, and writes their weights and their data cards.

    python scripts/train_moment_models.py [--quick]

Needs scikit-learn (pip install 'cueline[train]'); the product does not. The texts in ``scripts/texts/moments`` were
written for this purpose. Where CUELINE_CORPUS names a folder of recorded conversations, nothing is trained when any
of the texts' lines stands in one of them. Deterministic.
"""

import argparse
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cueline.events.redacted import Mask
from cueline.guidance.heard import tokens_of
from cueline.guidance.moments.model import FAMILIES, Family, MomentWeights
from cueline.guidance.moments.words import Words, bucket, features

sys.path.insert(0, str(Path(__file__).resolve().parent))
from moment_cards import Card, write_cards
from moment_sources import Line, read_lines

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "scripts/texts/moments"
MODELS = ROOT / "src/cueline/guidance/moments"
BUCKETS = 1 << 15
FOLDS = 5
STRENGTH = {"reason": 12.0, "intent": 8.0, "act": 8.0, "sentiment": 6.0}
COPIES = 1
SEED = 20261123
PRECISION = {"reason": 0.9, "intent": 0.9, "act": 0.85, "sentiment": 0.85}
LOWEST = {"reason": 0.4, "intent": 0.5, "act": 0.5, "sentiment": 0.5}
HIGHEST = 0.95
WORDS_SHARED_MIN = 4
"""Shorter lines ("thank you", "my name is") stand in every conversation."""
WORDS_MARKED_MIN = 6
"""As many of a line may not stand in a marked call of evals/guidance, with which the models are measured."""
MASK = re.compile(r"\[([A-Z0-9_]+)\]")
PUNCTUATION = re.compile(r"[.,?!;:]")


class Example(NamedTuple):
    """A line, or a varied copy of it. truth: 1 where a label holds, 0 where not, -1 where nobody said."""

    text: str
    truth: np.ndarray
    line: int


def words_of(text: str) -> Words:
    masks = [Mask(start=found.start(), end=found.end(), type=found[1]) for found in MASK.finditer(text)]
    return Words(text, tokens_of(text, masks))


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def refuse_recorded(lines: Sequence[Line]) -> None:
    """Ends the program when a line of the texts stands in a recorded conversation."""
    corpus = os.environ.get("CUELINE_CORPUS")
    if not corpus:
        print("CUELINE_CORPUS is not set: not compared with recorded conversations")
        return
    turns = []
    for path in sorted(Path(corpus, "conversations").glob("*.txt")):
        turns += [f" {plain(turn.split(chr(9))[-1])} " for turn in path.read_text(encoding="utf-8").splitlines()]
    found = sorted({line.text for line in lines if _stands_in(plain(line.text), turns, WORDS_SHARED_MIN)})
    if found:
        sys.exit("these lines stand in recorded conversations, nothing was trained:\n" + "\n".join(found))
    print(f"none of {len(lines):,} lines stands in the {len(turns):,} turns of recorded conversations")


def refuse_marked(lines: Sequence[Line]) -> None:
    """Ends the program when a line stands in a marked call. It names files only: held-out calls are not to be read."""
    turns = []
    for path in sorted((ROOT / "evals/guidance").rglob("*.jsonl")):
        for call in path.read_text(encoding="utf-8").splitlines():
            turns += [f" {plain(turn[2:])} " for turn in json.loads(call)["turns"]]
    found = sorted(line.source for line in lines if _stands_in(plain(line.text), turns, WORDS_MARKED_MIN))
    if found:
        sys.exit("lines of these texts stand in marked calls, nothing was trained: " + ", ".join(found))
    print(f"none of {len(lines):,} lines stands in the {len(turns):,} turns of marked calls")


def _stands_in(line: str, turns: Sequence[str], words_min: int) -> bool:
    return len(line.split()) >= words_min and any(f" {line} " in turn for turn in turns)


def truth_of(line: Line, labels: Sequence[str]) -> np.ndarray:
    return np.array([1 if name in line.holds else -1 if name in line.unsaid else 0 for name in labels], dtype=np.int8)


def joined(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What holds of two lines, one after the other."""
    return np.where((one == 1) | (other == 1), 1, np.where((one == -1) | (other == -1), -1, 0)).astype(np.int8)


def varied(lines: Sequence[Line], labels: Sequence[str]) -> list[Example]:
    """Each line, and a copy without punctuation: words lost, as recognisers lose them, other talk before or after."""
    rng = np.random.default_rng(SEED)
    truths = [truth_of(line, labels) for line in lines]
    talk = [at for at, line in enumerate(lines) if line.talk]
    made = []
    for at, line in enumerate(lines):
        made.append(Example(line.text, truths[at], at))
        for _ in range(COPIES):
            words = PUNCTUATION.sub("", line.text).split()
            text, truth = " ".join([word for word in words if rng.random() > 0.07] or words), truths[at]
            if rng.random() < 0.5:
                # Of the same fold: a line is never learned from where it is also judged.
                near = [other for other in talk if other % FOLDS == at % FOLDS]
                other = near[int(rng.integers(len(near)))]
                more = PUNCTUATION.sub("", lines[other].text)
                text = f"{more} {text}" if rng.random() < 0.6 else f"{text} {more}"
                truth = joined(truth, truths[other])
            made.append(Example(text, truth, at))
    return made


def matrix(texts: Sequence[str]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        places = [bucket(feature, BUCKETS) for here in features(words_of(text)) for feature in here]
        rows += [row] * len(places)
        columns += places
        values += [max(len(places), 1) ** -0.5] * len(places)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS))


class Model(NamedTuple):
    coefficients: np.ndarray
    intercepts: np.ndarray

    def scores(self, rows: csr_matrix) -> np.ndarray:
        return np.asarray(rows @ self.coefficients.T + self.intercepts)


def strength_of(label: str) -> float:
    return STRENGTH[label.partition("/")[0]]


def fit(rows: csr_matrix, truths: np.ndarray, labels: Sequence[str]) -> Model:
    def one(place: int) -> tuple[np.ndarray, float]:
        known = np.flatnonzero(truths[:, place] >= 0)
        model = LogisticRegression(C=strength_of(labels[place]), solver="liblinear", max_iter=200, tol=1e-2)
        model.fit(rows[known], truths[known, place])
        return model.coef_[0], float(model.intercept_[0])

    with ThreadPoolExecutor() as threads:
        fitted = list(threads.map(one, range(len(labels))))
    return Model(np.array([coefficients for coefficients, _ in fitted]), np.array([place for _, place in fitted]))


def held_out(
    rows: csr_matrix, truths: np.ndarray, group_of: np.ndarray, first: np.ndarray, labels: Sequence[str]
) -> np.ndarray:
    """Scores of every plain line by a model that has seen nothing of its group."""
    scores = np.zeros((len(first), len(labels)))
    for group in sorted(set(group_of.tolist())):
        inside = np.flatnonzero(group_of != group)
        model = fit(rows[inside], truths[inside], labels)
        outside = np.flatnonzero(group_of[first] == group)
        scores[outside] = model.scores(rows[first[outside]])
    return scores


def calibrate(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Platt's: the slope and offset that make scores of lines that were held out into chances."""
    known = truth >= 0
    platt = LogisticRegression(C=100.0, solver="liblinear", intercept_scaling=10.0)
    platt.fit(scores[known, None], truth[known])
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def threshold_of(chances: np.ndarray, truth: np.ndarray, family: str) -> float:
    """The lowest chance from which on the label is right as often as it should be."""
    known = truth >= 0
    for step in range(round(LOWEST[family] * 100), round(HIGHEST * 100) + 1):
        said = known & (chances >= step / 100)
        if said.any() and (truth[said] == 1).sum() / said.sum() >= PRECISION[family]:
            return step / 100
    return HIGHEST


def pack(
    model: Model, platt: np.ndarray, thresholds: np.ndarray, labels: Sequence[str], family: Family
) -> MomentWeights:
    own = [place for place, label in enumerate(labels) if label.startswith(f"{family}/")]
    coefficients = model.coefficients[own]
    unit = float(np.abs(coefficients).max()) / 127
    table = np.round(coefficients.T / unit).astype(np.int8)

    def rounded(values: np.ndarray) -> tuple[float, ...]:
        return tuple(round(float(value), 4) for value in values[own])

    return MomentWeights(
        buckets=BUCKETS, labels=tuple(labels[place].split("/")[1] for place in own),
        intercepts=rounded(model.intercepts), slopes=rounded(platt[:, 0]), offsets=rounded(platt[:, 1]),
        thresholds=rounded(thresholds), unit=unit, weights=zlib.compress(table.tobytes(), 9),
    )  # fmt: skip


def labels_of(lines: Sequence[Line]) -> list[str]:
    found = {label for line in lines for label in line.holds}
    return [label for family in FAMILIES for label in sorted(found) if label.startswith(f"{family}/")]


def cards_of(
    lines: Sequence[Line], labels: Sequence[str], chances: np.ndarray, by_style: np.ndarray, thresholds: np.ndarray
) -> Iterator[Card]:
    truths = np.array([truth_of(line, labels) for line in lines])
    for family in FAMILIES:
        own = [place for place, label in enumerate(labels) if label.startswith(f"{family}/")]
        used = [at for at, line in enumerate(lines) if line.source.startswith(family) or (truths[at, own] >= 0).all()]
        yield Card(
            family=family, labels=tuple(labels[place].split("/")[1] for place in own),
            lines=tuple(lines[at] for at in used), truths=truths[np.ix_(used, own)],
            chances=chances[np.ix_(used, own)], by_style=by_style[np.ix_(used, own)], thresholds=thresholds[own],
            precision=PRECISION[family],
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no scores over styles, no data cards")
    options = parser.parse_args()
    lines = read_lines(TEXTS)
    refuse_recorded(lines)
    refuse_marked(lines)
    labels = labels_of(lines)
    examples = varied(lines, labels)
    rows = matrix([example.text for example in examples])
    truths = np.array([example.truth for example in examples])
    line_of = np.array([example.line for example in examples])
    first = np.flatnonzero(np.r_[True, line_of[1:] != line_of[:-1]])
    scores = held_out(rows, truths, line_of % FOLDS, first, labels)
    platt = np.array([calibrate(scores[:, place], truths[first, place]) for place in range(len(labels))])
    chances = 1 / (1 + np.exp(-(scores * platt[:, 0] + platt[:, 1])))
    thresholds = np.array([
        threshold_of(chances[:, place], truths[first, place], label.split("/")[0])
        for place, label in enumerate(labels)
    ])  # fmt: skip
    model = fit(rows, truths, labels)
    for family in FAMILIES:
        path = MODELS / f"{family}.weights"
        path.write_bytes(msgspec.msgpack.encode(pack(model, platt, thresholds, labels, family)))
        print(f"{family}: {path.stat().st_size:,} bytes")
    if not options.quick:
        styles = sorted({line.style for line in lines})
        style_of = np.array([styles.index(lines[at].style) for at in line_of])
        apart = held_out(rows, truths, style_of, first, labels)
        by_style = 1 / (1 + np.exp(-(apart * platt[:, 0] + platt[:, 1])))
        write_cards(ROOT / "docs/moments.md", list(cards_of(lines, labels, chances, by_style, thresholds)))


if __name__ == "__main__":
    main()
