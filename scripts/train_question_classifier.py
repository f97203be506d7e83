"""Trains the classifiers of questions and announcements, and writes their weights and their confusion matrix.

    python scripts/train_question_classifier.py [--quick]

Needs scikit-learn (pip install 'cueline[train]'); the product does not. The texts in ``scripts/texts/questions`` and
the families of ``evals/redaction`` were written for this purpose; no recorded call and nothing held out is among them.
Deterministic.
"""

import argparse
import math
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from cueline.redaction.classifier import NUMBER_WORD, Task, Weights, features
from cueline.redaction.lexer import NUMERIC, lex
from cueline.redaction.locales import en

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from cueline.redaction.measuring.calls import EITHER
from evals.redaction.families import Family
from evals.redaction.marked import FILES, marked_calls
from evals.redaction.misses import FAMILIES

BUCKETS = 1 << 15
FOLDS = 5
STRENGTH = 20.0
THRESHOLD = 0.5
ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "scripts/texts/questions"
MODELS = ROOT / "src/cueline/redaction"
REPORT = ROOT / "docs/redaction-questions.md"
NONE = "none"
LOCALE = en.locale()
SEED = 20261123
ANSWER: Final = 0.5
"""Part of a turn that an answer makes up at least."""
SLOT = re.compile(r"\{\w+\}")


class Example(NamedTuple):
    """One turn, and what it asks for (nothing, or several things). source: the line that it was made from."""

    words: tuple[str, ...]
    labels: frozenset[str]
    source: int


def spoken(line: str) -> tuple[str, ...]:
    """A line as the gate's lexer gives it, numbers made alike."""
    tokens = lex(line.split(), LOCALE)
    return tuple(NUMBER_WORD if token.kind in NUMERIC else token.text for token in tokens)


def lines_of(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def read_texts(folder: Path) -> list[tuple[str, frozenset[str]]]:
    found: list[tuple[str, frozenset[str]]] = []
    for path in sorted([*folder.glob("*.txt"), *folder.glob("more/*.txt")]):
        for line in lines_of(path):
            if path.stem == "mixed":
                names, _, text = line.partition("\t")
                found.append((text, frozenset(names.split("+"))))
            else:
                found.append((line, frozenset() if path.stem == NONE else frozenset({path.stem})))
    return found


def read_families(task: str, families: Iterable[Family]) -> list[tuple[str, frozenset[str]]]:
    """The wordings of families that rules are tuned on; the held-out family is not among them."""
    found: list[tuple[str, frozenset[str]]] = []
    for family in families:
        for kind, lines in family.types.items():
            if task == "asked":
                found += [(line, frozenset({kind})) for line in lines.questions]
            else:
                said = (*lines.announcements, *lines.answers, *lines.read_out)
                leads = [line.partition("{x}")[0] for line in said]
                found += [(lead, frozenset({kind})) for lead in leads if len(lead.split()) > 2]
        if task == "asked":
            found += [(exchange.question, frozenset({"benign"})) for exchange in family.exchanges]
            talk = [line for pair in (*family.small_talk, *family.distractors, *family.closings) for line in pair]
            talk += [*family.openings, *family.acknowledgements, *family.backchannels]
            found += [(line, frozenset()) for line in talk]
        else:
            said = (*family.agent_benign, *family.customer_benign, *family.payment_benign)
            leads = [line.partition("{")[0] for line in said]
            found += [(lead, frozenset({"benign"})) for lead in leads if len(lead.split()) > 1]
    return [(SLOT.sub("", line), labels) for line, labels in dict(found).items() if line.strip()]


def read_written(task: str, names: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """What agents asked and what was said before numbers in excerpts that were written by hand.

    A turn of an agent asks for what the next turn is mostly made of; where that is no clear case, it is left out.
    """
    found: list[tuple[str, frozenset[str]]] = []
    for name in names:
        for call in marked_calls(name):
            for turn, after in pairwise([*call["turns"], {"role": "agent"}]):
                if task != "asked":
                    found += _led_up(turn)
                elif turn["role"] == "agent" and after["role"] == "customer" and not turn["spans"]:
                    labels = _answered(after)
                    if labels is not None:
                        found.append((turn["text"], labels))
    return found


def _answered(turn: dict[str, Any]) -> frozenset[str] | None:
    """What a turn gives, if it gives little else; None where it tells a story."""
    length = len(turn["text"])
    secret = {kind: end - start for start, end, kind, _ in turn["spans"]}
    harmless = sum(end - start for start, end, kind in turn["benign"] if kind != EITHER)
    if not secret and not harmless:
        return frozenset()
    if sum(secret.values()) >= length * ANSWER:
        return frozenset(secret)
    return frozenset({"benign"}) if not secret and harmless >= length * ANSWER else None


def _led_up(turn: dict[str, Any]) -> list[tuple[str, frozenset[str]]]:
    """The words before each number of a turn, and what it is."""
    found, begin = [], 0
    marks = [(start, end, kind) for start, end, kind, _ in turn.get("spans", [])]
    marks += [(start, end, "benign") for start, end, kind in turn.get("benign", []) if kind != EITHER]
    for start, end, kind in sorted(marks):
        lead = turn["text"][begin:start]
        if len(lead.split()) > 2:
            found.append((lead, frozenset({kind})))
        begin = end
    return found


def varied(
    texts: Sequence[tuple[str, frozenset[str]]], talk: Sequence[str], *, copies: int, joined: bool
) -> list[Example]:
    """Each line, and copies of it with other talk before it or with words lost, as recognisers lose them."""
    rng = np.random.default_rng(SEED)
    made = []
    for source, (text, labels) in enumerate(texts):
        words = spoken(text)
        made.append(Example(words, labels, source))
        for _ in range(copies):
            kept = tuple(word for word in words if rng.random() > 0.08) or words
            if joined and rng.random() < 0.6:
                before = spoken(talk[int(rng.integers(len(talk)))])[-int(rng.integers(1, 12)) :]
                kept = before + kept
            made.append(Example(kept, labels, source))
    return made


def matrix(examples: Sequence[Example]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, example in enumerate(examples):
        places = [feature % BUCKETS for feature in features(example.words)]
        for place in places:
            rows.append(row)
            columns.append(place)
            values.append(1 / math.sqrt(len(places)))
    return csr_matrix((values, (rows, columns)), shape=(len(examples), BUCKETS))


class Model(NamedTuple):
    """Coefficients, a row per class."""

    classes: tuple[str, ...]
    coefficients: np.ndarray
    intercepts: np.ndarray

    def chances(self, rows: csr_matrix) -> np.ndarray:
        return 1 / (1 + np.exp(-(rows @ self.coefficients.T + self.intercepts)))


def fit(examples: Sequence[Example], rows: csr_matrix, *, strength: float) -> Model:
    classes = tuple(sorted({label for example in examples for label in example.labels}))
    coefficients, intercepts = [], []
    for name in classes:
        truth = np.array([name in example.labels for example in examples])
        model = LogisticRegression(C=strength, max_iter=300, solver="liblinear")
        model.fit(rows, truth)
        coefficients.append(model.coef_[0])
        intercepts.append(float(model.intercept_[0]))
    return Model(classes, np.array(coefficients), np.array(intercepts))


def packed(model: Model) -> Weights:
    """A model as the product reads it: weights in a byte each."""
    unit = float(np.abs(model.coefficients).max()) / 127
    return Weights(
        buckets=BUCKETS, classes=model.classes, intercepts=tuple(round(float(each), 4) for each in model.intercepts),
        unit=unit, weights=np.round(model.coefficients.T / unit).astype(np.int8).tobytes(),
    )  # fmt: skip


def cross_validated(examples: Sequence[Example], *, strength: float) -> tuple[list[str], list[Example], np.ndarray]:
    """Chances for every plain line by a model that has seen neither it nor its copies."""
    rows = matrix(examples)
    fold = np.array([example.source % FOLDS for example in examples])
    classes = tuple(sorted({label for example in examples for label in example.labels}))
    first_of_source: dict[int, int] = {}
    for at, example in enumerate(examples):
        first_of_source.setdefault(example.source, at)
    plain = np.array(sorted(first_of_source.values()))
    chances = np.zeros((len(plain), len(classes)))
    for number in range(FOLDS):
        inside = np.flatnonzero(fold != number)
        model = fit([examples[at] for at in inside], rows[inside], strength=strength)
        held = np.flatnonzero(fold[plain] == number)
        chances[held] = model.chances(rows[plain[held]])
    return list(classes), [examples[at] for at in plain], chances


def table(names: list[str], plain: Sequence[Example], chances: np.ndarray, *, title: str, threshold: float) -> str:
    columns = [*names, NONE]
    counts = {(row, column): 0 for row in columns for column in columns}
    right = asked = found = said = 0
    for example, row in zip(plain, chances, strict=True):
        best = int(row.argmax())
        guess = names[best] if row[best] >= threshold else NONE
        for truth in example.labels or {NONE}:
            counts[truth, guess] += 1
        right += guess in (example.labels or {NONE})
        asked += bool(example.labels)
        found += bool(example.labels) and guess in example.labels
        said += guess != NONE
    hits = sum(counts[name, name] for name in names)
    truths = np.array([[name in example.labels for name in names] for example in plain])
    precision = float(average_precision_score(truths, chances, average="macro"))
    lines = [
        f"## {title}", "",
        f"{len(plain):,} lines, {FOLDS}-fold cross-validation over lines: the likeliest topic (from a probability of",
        f"{threshold} on) is right in {right / len(plain):.1%} of all turns; of the {asked:,} that ask for something",
        f"it names the thing in {found / asked:.1%}; where it names something, that is right in",
        f"{hits / max(said, 1):.1%}. Mean average precision over topics: {precision:.3f}.",
        "Rows are what was said, columns what the model said.", "",
        "| | " + " | ".join(columns) + " |", "|" + "---|" * (len(columns) + 1),
    ]  # fmt: skip
    lines += [
        f"| {row} | " + " | ".join(str(counts[row, column] or "") for column in columns) + " |" for row in columns
    ]
    return "\n".join([*lines, ""])


HEAD = """# The classifiers of questions and announcements

Beside the weighted cues of a locale, two small classifiers (logistic regression, one against the rest, over hashed
words, pairs of words and word beginnings) say what an agent's turn asks for and what the words before a number
announce. They were trained by `scripts/train_question_classifier.py`, which wrote this page, on lines that were written
for this purpose (`scripts/texts/questions`, and the families and written files of `evals/redaction`): no recorded
call and nothing of the held-out set is among them. So the figures below say how well the models generalise over
wordings, not how calls sound; the [redaction report](redaction-report.md) does that.
"""


class Plan(NamedTuple):
    """One classifier: its task and title, where its texts are, and how many varied copies are made of each line."""

    task: Task
    title: str
    folder: Path
    copies: int


PLANS = (Plan("asked", "Questions", TEXTS, 3), Plan("announced", "Announcements", TEXTS / "announced", 2))


def examples_of(plan: Plan, families: Iterable[Family], written: Iterable[str]) -> list[Example]:
    """All that a classifier learns from, the wordings of these families and written files included."""
    talk = [line for path in (TEXTS, TEXTS / "more") for line in lines_of(path / f"{NONE}.txt")]
    texts = read_texts(plan.folder) + read_families(plan.task, families)
    texts += read_written(plan.task, written)
    if plan.task == "announced":
        texts += [(line, frozenset()) for line in talk]
    return varied(texts, talk, copies=plan.copies, joined=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="train, but do not cross-validate")
    options = parser.parse_args()
    pages = [HEAD]
    for plan in PLANS:
        examples = examples_of(plan, FAMILIES.values(), FILES)
        path = MODELS / f"{plan.task}.weights"
        path.write_bytes(msgspec.msgpack.encode(packed(fit(examples, matrix(examples), strength=STRENGTH))))
        print(f"{plan.task}: {len(examples):,} examples, {path.stat().st_size:,} bytes")
        if not options.quick:
            names, plain, chances = cross_validated(examples, strength=STRENGTH)
            pages.append(table(names, plain, chances, title=plan.title, threshold=THRESHOLD))
            print("\n".join(pages[-1].splitlines()[2:6]))
    if not options.quick:
        REPORT.write_text("\n".join(pages), encoding="utf-8")


if __name__ == "__main__":
    main()
