"""Trains the model that weighs the rules' verdicts, and writes its weights and what it is worth on unseen families.

    python scripts/train_verdict_model.py [--calls N]

Needs scikit-learn (pip install 'cueline[train]'); the product does not. Each family of ``evals/redaction`` is played
through the gate with classifiers of questions that have not seen it, or the model would learn to trust them too much.
Nothing held out is among them. Deterministic.
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
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cueline.redaction import channel as channel_module
from cueline.redaction.circumstances import circumstances
from cueline.redaction.classifier import VerdictWeights, bucket
from cueline.redaction.judge import judge
from cueline.redaction.measuring.calls import EITHER
from cueline.redaction.measuring.play import PlayedTurn
from cueline.redaction.verdicts import DOUBTFUL, KEPT, MASKED_FROM, SHOWN_BELOW

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from train_question_classifier import MODELS
from unseen_families import CALLS, NAMES, played

BUCKETS: Final = 1 << 15
REGULARISATION: Final = 0.3
PROCESSES: Final = 2
REPORT: Final = Path(__file__).resolve().parent.parent / "docs/redaction-verdicts.md"

Word = tuple[str, int, str]
"""Who says it, when, and what."""


class Run(NamedTuple):
    """A run of number words as it was judged. secret: None where it is neither secret nor harmless by the marks.

    kept: the rules' verdict on it is not weighed.
    """

    family: str
    features: list[str]
    secret: bool | None
    harmless: bool
    masked: bool
    kept: bool


def play(calls: int, name: str) -> list[Run]:
    """Plays a family by rules whose classifiers have not seen it, and notes each run's circumstances."""
    seen: dict[Word, tuple[list[str], list[Word], bool]] = {}

    def note(reading, at, channel, context, *, patient):  # type: ignore[no-untyped-def]
        verdict = judge(reading, at, channel, context, patient=patient)
        stretch = reading.scan.stretches[at]
        words = [(channel, word.start_ms, word.text) for word in reading.words[stretch.first : stretch.last + 1]]
        found = circumstances(reading, at, channel, context, reason=verdict.reason, kind=verdict.type)
        seen[words[0]] = (found, words, verdict.type in KEPT or verdict.reason not in DOUBTFUL)
        return verdict

    channel_module.weighed = note
    runs: list[Run] = []
    for turns in played(name, calls, lambda _: None):
        marks = {word: mark for one in turns for word, mark in _marked(one)}
        for features, words, kept in seen.values():
            said = [marks[word] for word in words]
            secret = any(mark == "secret" for mark, _ in said)
            other = any(mark in {"inside", EITHER} for mark, _ in said)
            runs.append(Run(
                name, features, None if other and not secret else secret,
                harmless=not secret and any(mark == "harmless" for mark, _ in said),
                masked=any(masked for _, masked in said), kept=kept,
            ))  # fmt: skip
        seen.clear()
    return runs


def _marked(one: PlayedTurn) -> list[tuple[Word, tuple[str, bool]]]:
    """Each word of a turn, what the marks make of it, and whether it was masked."""
    turn = one.turn
    kinds = ["clean"] * len(turn.words)
    for start, end, kind in turn.benign:
        for at in turn.inside(start, end):
            kinds[at] = EITHER if kind == EITHER else "harmless"
    for (start, end, _, _), carriers in zip(turn.spans, turn.carriers, strict=True):
        for at in turn.inside(start, end):
            kinds[at] = "secret" if at in carriers else "inside"
    return [
        ((turn.role, word[1], word[0]), (kind, mark is not None))
        for word, kind, mark in zip(turn.words, kinds, one.final, strict=True)
    ]


def rows_of(runs: Sequence[Run]) -> csr_matrix:
    columns = [sorted({bucket(feature, BUCKETS) for feature in run.features}) for run in runs]
    begins = np.cumsum([0, *map(len, columns)])
    return csr_matrix((np.ones(begins[-1]), np.concatenate(columns), begins), shape=(len(runs), BUCKETS))


def fitted(rows: csr_matrix, truth: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=REGULARISATION, max_iter=400).fit(rows, truth)


HEAD = """# The model that weighs verdicts

The rules of the gate say of each run of number words whether it is masked, and why. A small model (logistic regression
over hashed features: the rules' verdict and reason, what was asked, what the words around the run are, how many digits
it has, never which) then says how likely the run is a secret. Where it is sure that the rules are wrong, it has its
way: it shows a masked run below a probability of {shown}, and masks a shown one from {masked} on. What was taken for a
card number or a security code stays masked in any case. `scripts/train_verdict_model.py` trained it on families of
generated calls and wrote this page.

Each line below is a family that neither this model nor the classifiers of questions had seen: missed secret runs and
masked harmless runs, of how many, by the rules alone (with the second reading) and with the model. These are runs, not
the spans and calls of the [redaction report](redaction-report.md).

| family | missed, rules | missed, weighed | of | harmless masked, rules | weighed | of |
|---|---:|---:|---:|---:|---:|---:|
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS, help="calls of each family")
    options = parser.parse_args()
    with get_context("fork").Pool(PROCESSES, maxtasksperchild=1) as pool:
        runs = []
        for judged in pool.imap(partial(play, options.calls), NAMES):
            runs += [run for run in judged if run.secret is not None]
            print(f"{judged[0].family}: {len(judged):,} runs", file=sys.stderr)
    rows, truth = rows_of(runs), np.array([bool(run.secret) for run in runs])
    family = np.array([run.family for run in runs])
    masked = np.array([run.masked for run in runs])
    kept = np.array([run.kept for run in runs])
    harmless = np.array([run.harmless for run in runs])
    lines, sums = [], np.zeros(6, dtype=int)
    for name in NAMES:
        inside = family == name
        model = fitted(rows[~inside], truth[~inside])
        chances = model.predict_proba(rows[inside])[:, 1]
        rules = masked[inside]
        with_it = np.where(kept[inside], rules, (rules & (chances >= SHOWN_BELOW)) | (chances >= MASKED_FROM))
        secret, readable = truth[inside], harmless[inside]
        figures = np.array([
            (secret & ~rules).sum(), (secret & ~with_it).sum(), secret.sum(),
            (readable & rules).sum(), (readable & with_it).sum(), readable.sum(),
        ])  # fmt: skip
        sums += figures
        lines.append(f"| `{name}` | " + " | ".join(f"{figure:,}" for figure in figures) + " |")
    lines.append("| all | " + " | ".join(f"{figure:,}" for figure in sums) + " |")
    print("\n".join(lines), file=sys.stderr)
    model = fitted(rows, truth)
    unit = float(np.abs(model.coef_).max()) / 127
    weights = VerdictWeights(
        intercept=round(float(model.intercept_[0]), 4), unit=unit,
        weights=np.round(model.coef_[0] / unit).astype(np.int8).tobytes(),
    )  # fmt: skip
    (MODELS / "verdicts.weights").write_bytes(msgspec.msgpack.encode(weights))
    head = HEAD.format(shown=SHOWN_BELOW, masked=MASKED_FROM)
    REPORT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
