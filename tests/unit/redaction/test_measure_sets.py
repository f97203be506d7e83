"""The evaluation sets: fixed by digest, made by the committed templates, families apart.

What is asserted is a number or a truth value: a failure must not print what the held-out set says.
"""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from evals.redaction.build import build_call
from evals.redaction.development import DEVELOPMENT
from evals.redaction.families import Family
from evals.redaction.generate import SETS
from evals.redaction.heldout import HELDOUT
from evals.redaction.overlap import sequences, shared
from evals.redaction.tuning_harbour import HARBOUR
from evals.redaction.tuning_juniper import JUNIPER
from evals.redaction.tuning_lagoon import LAGOON
from evals.redaction.tuning_meridian import MERIDIAN
from evals.redaction.tuning_orchard import ORCHARD
from evals.redaction.tuning_plover import PLOVER

FOLDER = Path(__file__).parents[3] / "evals" / "redaction"
LISTS = ("first_names", "last_names", "agents", "companies", "cities", "streets", "pass_words", "models")
TUNING = ((HARBOUR, 4), (ORCHARD, 13), (MERIDIAN, 8), (LAGOON, 15), (JUNIPER, 22), (PLOVER, 0))
"""Families to tune on, and how many of their runs the held-out family has too."""


def test_the_sets_are_the_ones_that_were_fixed() -> None:
    for line in (FOLDER / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("name", list(SETS))
def test_the_templates_make_the_committed_calls(name: str) -> None:
    family, calls = SETS[name]
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        committed = list(stream)
    assert len(committed) == calls
    for number in (0, 1, calls // 2, calls - 1):
        same = json.loads(committed[number]) == build_call(family, number)
        assert same, number


def test_the_families_share_no_wording() -> None:
    assert len(sequences(DEVELOPMENT)) > 500
    count = shared(DEVELOPMENT, HELDOUT)
    assert count == 0


def test_every_tuning_family_is_compared_with_the_held_out_one() -> None:
    families = {path.stem for path in FOLDER.glob("tuning_*.py") if not path.stem.endswith("_talk")}
    assert families == {f"tuning_{family.name}" for family, _ in TUNING}


@pytest.mark.parametrize(("family", "most"), TUNING, ids=[family.name for family, _ in TUNING])
def test_the_tuning_families_come_no_nearer_to_the_held_out_one(family: Family, most: int) -> None:
    """Some runs coincide. Only how many is looked at (the README says it); more says that wordings came nearer."""
    count, runs = shared(family, HELDOUT), len(sequences(family))
    assert count <= most
    assert runs > 75 * most


def test_shared_runs_are_counted() -> None:
    itself, runs = shared(DEVELOPMENT, DEVELOPMENT), len(sequences(DEVELOPMENT))
    assert itself == runs
    one_way, other_way = shared(HARBOUR, ORCHARD), shared(ORCHARD, HARBOUR)
    assert one_way == other_way > 0


@pytest.mark.parametrize("name", LISTS)
def test_the_families_share_no_names(name: str) -> None:
    count = len(set(getattr(DEVELOPMENT, name)) & set(getattr(HELDOUT, name)))
    assert count == 0


def test_gold_spans_lie_on_words_and_each_has_a_carrier() -> None:
    for number in range(60):
        for turn in build_call(HELDOUT, number)["turns"]:
            joined = " ".join(word[0] for word in turn["words"]) == turn["text"]
            assert joined, number
            times = [edge for word in turn["words"] for edge in word[1:]]
            assert times == sorted(times)
            for (start, end, _, _), carriers in zip(turn["spans"], turn["carriers"], strict=True):
                assert carriers
                whole = turn["text"][start:end].strip() == turn["text"][start:end] != ""
                assert whole, number
