"""Writes docs/moments.md: a data card for each model of moments."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from moment_sources import Line
from sklearn.metrics import average_precision_score

TITLES = {"reason": "Call reason", "intent": "Intents", "act": "Dialogue acts", "sentiment": "Sentiment of a turn"}
STYLES = {
    "us": "American English", "uk": "British English", "india": "Indian English", "ireland": "Irish English",
    "heard": "as a recogniser gives it", "story": "told at length", "agent": "what the agent says of it",
}  # fmt: skip
NOTHING = "none"

HEAD = """# The models of moments

Why the customer calls, what either side wants and does, and how the customer feels is told by four small models:
logistic regression, each label against the rest, over hashed words, stems, beginnings of words, pairs and triples of
neighbours, and over what words stand for (`concepts.py`), alone and two together. They read redacted text alone: masks,
numbers, days and months are one marker each.
`scripts/train_moment_models.py` trained them and wrote this page.

**How the texts were made.** Every line in `scripts/texts/moments` was written for this purpose; no recorded call is
among them, and the script refuses to train when one of the lines (of four words or more) stands in the recorded
conversations that it is shown. The lines of a label are sorted by style: American, British, Indian and Irish English,
as a recogniser gives it (lower case, hesitations, no punctuation), told at length, and what the agent says of the same
matter. In training each line comes with a copy without punctuation, with words lost and, in half of them, other talk
around it.

**How the figures were made.** *Over lines*: five parts, every line judged by a model that has seen neither it nor its
copies. *Over styles*: every line judged by a model that has seen nothing in its style, but for small talk that was
joined to lines of other styles. Chances are calibrated (Platt)
on the lines held out, and a label is given from the chance on at which it is right as often as the target says, on the
same lines. One author wrote all of the texts, so the figures say how well the models tell these matters apart in
other words, not how calls sound; real callers ramble more, and recognisers err more.

**Limits.** English only. Irony is not understood. A matter that is on no list is `other`, and only after a while. The
reason of a call is decided over several turns (`reasons.py`), a single line is judged here. Labels with few lines
have rough thresholds. Nothing here may decide anything about a person: moments feed hints that a human being reads.
"""


class Card(NamedTuple):
    """What is known of a model: a row of chances per line, over lines and over styles, a column per label."""

    family: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    truths: np.ndarray
    chances: np.ndarray
    by_style: np.ndarray
    thresholds: np.ndarray
    precision: float


def write_cards(path: Path, cards: Sequence[Card]) -> None:
    pages = [HEAD]
    for card in cards:
        page = [f"## {TITLES[card.family]}", "", *_summary(card), "", *_labels(card), "", *_by_style(card)]
        pages.append("\n".join([*page, "", *_confusion(card), ""]))
        print("\n".join(_summary(card)))
    path.write_text("\n".join(pages), encoding="utf-8")


def _guesses(card: Card, chances: np.ndarray) -> list[str]:
    clear = np.where(chances >= card.thresholds, chances, -1.0)
    return [card.labels[int(row.argmax())] if row.max() > 0 else NOTHING for row in clear]


def _truths(card: Card) -> list[set[str]]:
    return [{card.labels[at] for at in np.flatnonzero(row == 1)} or {NOTHING} for row in card.truths]


def _judged(card: Card, chances: np.ndarray) -> list[tuple[str, set[str], Line]]:
    """What each line was taken for and what it is; without lines taken for a label of which nobody said."""
    unsaid = [{card.labels[at] for at in np.flatnonzero(row == -1)} for row in card.truths]
    rows = zip(_guesses(card, chances), _truths(card), card.lines, unsaid, strict=True)
    return [(guess, truth, line) for guess, truth, line, open_labels in rows if guess not in open_labels]


def _right(card: Card, chances: np.ndarray) -> tuple[float, float, float]:
    """Shares: right of all, found of those that have a label, right of those that were given one."""
    judged = _judged(card, chances)
    named = [one for one in judged if NOTHING not in one[1]]
    said = [one for one in judged if one[0] != NOTHING]
    return _share(judged), _share(named), _share(said)


def _share(judged: Sequence[tuple[str, set[str], Line]]) -> float:
    return sum(guess in truth for guess, truth, _ in judged) / max(len(judged), 1)


def _summary(card: Card) -> list[str]:
    rows = [f"{len(card.lines):,} lines; target precision {card.precision:.0%}.", ""]
    rows += [
        "| | right of all lines | found, of lines with a label | right, where one was given | mean average precision |"
    ]
    rows += ["|---|---|---|---|---|"]
    for title, chances in (("over lines", card.chances), ("over styles", card.by_style)):
        mean = float(np.mean([_average_precision(card, chances, at) for at in range(len(card.labels))]))
        rows.append(
            f"| {title} | " + " | ".join(f"{share:.1%}" for share in _right(card, chances)) + f" | {mean:.3f} |"
        )
    return rows


def _labels(card: Card) -> list[str]:
    rows = ["| label | lines | given from | precision | recall | average precision | over styles |"]
    rows.append("|---|---|---|---|---|---|---|")
    for at, label in enumerate(card.labels):
        known = card.truths[:, at] >= 0
        truth, said = card.truths[:, at] == 1, known & (card.chances[:, at] >= card.thresholds[at])
        right = int((truth & said).sum())
        rows.append(
            f"| {label} | {int(truth.sum())} | {card.thresholds[at]:.2f} | {right / max(int(said.sum()), 1):.2f} | "
            f"{right / max(int(truth.sum()), 1):.2f} | {_average_precision(card, card.chances, at):.2f} | "
            f"{_average_precision(card, card.by_style, at):.2f} |"
        )
    return rows


def _average_precision(card: Card, chances: np.ndarray, label: int) -> float:
    known = card.truths[:, label] >= 0
    return float(average_precision_score(card.truths[known, label], chances[known, label]))


def _by_style(card: Card) -> list[str]:
    rows = ["| style, held out | lines | right |", "|---|---|---|"]
    judged = _judged(card, card.by_style)
    for style, title in STYLES.items():
        some = [one for one in judged if one[2].style == style]
        if some:
            rows.append(f"| {title} | {len(some)} | {_share(some):.1%} |")
    return rows


def _confusion(card: Card) -> list[str]:
    """Every label with what it was taken for, over lines; a line of two labels counts with the one that was found."""
    taken: dict[str, Counter[str]] = {name: Counter() for name in (*card.labels, NOTHING)}
    for guess, truth, _ in _judged(card, card.chances):
        taken[guess if guess in truth else min(truth)][guess] += 1
    rows = ["Confusion, over lines: what lines were taken for (the label itself first, then the others).", ""]
    rows += ["| label | right | not given | taken for |", "|---|---|---|---|"]
    for name, counts in taken.items():
        others = [f"{other} {count}" for other, count in counts.most_common() if other not in {name, NOTHING}]
        missed = counts[NOTHING] if name != NOTHING else ""
        rows.append(f"| {name} | {counts[name]} | {missed} | {', '.join(others)} |")
    return rows
