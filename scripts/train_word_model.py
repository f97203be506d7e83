"""Trains the model that finds secret words, and writes its weights and what it is worth on unseen calls.

    python scripts/train_word_model.py [--calls N]

Needs scikit-learn (pip install 'cueline[train]'); the product does not. Each family and each written file of
``evals/redaction`` is played through the gate with classifiers of questions that have not seen it; nothing held out is
among them. The rules were tuned on most of these calls and miss little there: so that the model does not learn to trust
them, it sees every word a second time, with less weight, as if the rules had found no words. Deterministic.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from cueline.redaction import wording
from cueline.redaction.classifier import VerdictWeights
from cueline.redaction.measuring.calls import EITHER
from cueline.redaction.measuring.play import PlayedTurn
from cueline.redaction.questions import WORDY
from cueline.redaction.redactor import Redactor
from cueline.redaction.secret_words import MASKED_FROM
from cueline.redaction.word_circumstances import BUCKETS, Surroundings, weighable

sys.path.insert(0, str(Path(__file__).resolve().parent))
from train_question_classifier import MODELS
from unseen_families import CALLS, NAMES, played

from evals.redaction.marked import FILES

STRENGTH: Final = 0.5
"""Inverse of the regularisation's."""

WRITTEN: Final = 5.0
"""Weight of a word of an excerpt written by hand: there are fewer, and they are more like talk."""

BLIND: Final = 0.2
"""Weight of a word seen as if the rules had found no words."""

PROCESSES: Final = 2
REPORT: Final = Path(__file__).resolve().parent.parent / "docs/redaction-words.md"
Said = tuple[str, int, str]
"""Who says a word, when, and which."""


class Word(NamedTuple):
    """A word that the model may weigh. span: the secret that it gives away, None where it is in none.

    blind: its features as if the rules had found no words. masked: by the rules.
    """

    features: list[int]
    blind: list[int]
    span: tuple[int, int, int] | None
    masked: bool


class Played(NamedTuple):
    """A set as it was played. clean: words in no secret and no harmless number; masked: such as the rules mask."""

    name: str
    words: list[Word]
    spans: set[tuple[int, int, int]]
    missed: set[tuple[int, int, int]]
    clean: int
    masked: int


def _without_model(gate: Redactor) -> None:
    gate._context.words = None  # noqa: SLF001 - a trainer looks inside


def play(calls: int, name: str) -> Played:
    """Plays a set without the model, and notes what surrounds each word."""
    seen: dict[Said, tuple[list[int], list[int]]] = {}

    def note(reading, channel, context, marks):  # type: ignore[no-untyped-def]
        around = Surroundings(reading, channel, context, marks)
        blind = Surroundings(reading, channel, context, [None if mark in WORDY else mark for mark in marks])
        for at in weighable(reading, channel, context, marks, masked=True):
            word = reading.words[reading.tokens[at].word]
            seen.setdefault((channel, word.start_ms, word.text), (around.features(at), blind.features(at)))
        return []

    wording.secret_words = note  # type: ignore[assignment]
    result = Played(name, [], set(), set(), 0, 0)
    clean = masked = 0
    for number, turns in enumerate(played(name, calls, _without_model)):
        for at, one in enumerate(turns):
            for said, span, is_clean, mark in _marked(one):
                if span is not None:
                    result.spans.add((number, at, span))
                    if not mark:
                        result.missed.add((number, at, span))
                clean += is_clean
                masked += is_clean and mark
                features = seen.get(said)
                if features is not None and (is_clean or span is not None):
                    place = None if span is None else (number, at, span)
                    result.words.append(Word(*features, place, mark))
        seen.clear()
    return result._replace(clean=clean, masked=masked)


def _marked(one: PlayedTurn) -> list[tuple[Said, int | None, bool, bool]]:
    """Each word of a turn, the secret that it gives away, whether it is in none, and whether it was masked."""
    turn = one.turn
    spans: list[int | None] = [None] * len(turn.words)
    clean = [True] * len(turn.words)
    for start, end, kind in turn.benign:
        for at in turn.inside(start, end):
            clean[at] = kind != EITHER and clean[at]
    for number, ((start, end, _, _), carriers) in enumerate(zip(turn.spans, turn.carriers, strict=True)):
        for at in turn.inside(start, end):
            clean[at] = False
            spans[at] = number if at in carriers else None
    return [
        ((turn.role, word[1], word[0]), spans[at], clean[at], mark is not None)
        for at, (word, mark) in enumerate(zip(turn.words, one.final, strict=True))
    ]


def rows_of(features: Sequence[Sequence[int]]) -> csr_matrix:
    columns = [sorted(set(each)) for each in features]
    begins = np.cumsum([0, *map(len, columns)])
    return csr_matrix((np.ones(begins[-1]), np.concatenate(columns), begins), shape=(len(columns), BUCKETS))


class Rows(NamedTuple):
    """A set as the trainer takes it."""

    seen: csr_matrix
    blind: csr_matrix
    truth: np.ndarray
    weight: float


def fitted(sets: Sequence[Rows]) -> LogisticRegression:
    rows = vstack([part for each in sets for part in (each.seen, each.blind)])
    truth = np.concatenate([part for each in sets for part in (each.truth, each.truth)])
    weights = np.concatenate([
        np.full(len(each.truth), each.weight * weight) for each in sets for weight in (1.0, BLIND)
    ])  # fmt: skip
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200, random_state=0)
    return model.fit(rows, truth, sample_weight=weights)


HEAD = """# The model that finds secret words

The rules of the gate find names, addresses, e-mail addresses, passwords and spelled codes by how they are introduced.
A small model (logistic regression over hashed features: what was asked, where a word stands, what kind of word it and
its neighbours are, what the rules masked around it) then weighs the words that they show, and masks those that are part
of a secret with a probability of {threshold} or more. It takes no mask away. `scripts/train_word_model.py` trained it
on families of generated calls and on excerpts written by hand, and wrote this page.

Each line below is a set that neither this model nor the classifiers of questions had seen: secrets of which a word is
shown, and words that give nothing away but are masked, by the rules alone and with the model. The rules themselves were
tuned on `development` to `plover`, and on `lantern` and `quarry`; `juniper` and the other written sets came later.

| set | secrets shown, rules | with the model | of | clean words masked, rules | with the model | of |
|---|---:|---:|---:|---:|---:|---:|
"""


def line_of(each: Played, chances: np.ndarray) -> list[int]:
    found = [word.masked or chance >= MASKED_FROM for word, chance in zip(each.words, chances, strict=True)]
    weighed = {word.span for word in each.words if word.span is not None and not word.masked}
    still = {word.span for word, masked in zip(each.words, found, strict=True) if word.span is not None and not masked}
    missed = len(each.missed - weighed) + len(still)
    added = sum(masked and not word.masked for word, masked in zip(each.words, found, strict=True) if word.span is None)
    return [len(each.missed), missed, len(each.spans), each.masked, each.masked + added, each.clean]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS, help="calls of each family")
    options = parser.parse_args()
    with get_context("fork").Pool(PROCESSES, maxtasksperchild=1) as pool:
        sets = []
        for each in pool.imap(partial(play, options.calls), NAMES):
            sets.append(each)
            print(f"{each.name}: {len(each.words):,} words", file=sys.stderr)
    rows = [
        Rows(
            rows_of([word.features for word in each.words]),
            rows_of([word.blind for word in each.words]),
            np.array([word.span is not None for word in each.words]),
            WRITTEN if each.name in FILES else 1.0,
        )
        for each in sets
    ]
    lines, sums = [], np.zeros(6, dtype=int)
    for at, each in enumerate(sets):
        model = fitted([*rows[:at], *rows[at + 1 :]])
        figures = line_of(each, model.predict_proba(rows[at].seen)[:, 1])
        sums += figures
        lines.append(f"| `{each.name}` | " + " | ".join(f"{figure:,}" for figure in figures) + " |")
        print(lines[-1], file=sys.stderr)
    lines.append("| all | " + " | ".join(f"{figure:,}" for figure in sums) + " |")
    model = fitted(rows)
    unit = float(np.abs(model.coef_).max()) / 127
    weights = VerdictWeights(
        intercept=round(float(model.intercept_[0]), 4), unit=unit,
        weights=np.round(model.coef_[0] / unit).astype(np.int8).tobytes(),
    )  # fmt: skip
    (MODELS / "words.weights").write_bytes(msgspec.msgpack.encode(weights))
    REPORT.write_text(HEAD.format(threshold=MASKED_FROM) + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
