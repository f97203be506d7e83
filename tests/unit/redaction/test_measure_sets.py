"""The evaluation sets: fixed by digest, made by the committed templates, families apart."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from evals.redaction.build import build_call
from evals.redaction.development import DEVELOPMENT
from evals.redaction.generate import SETS
from evals.redaction.heldout import HELDOUT
from evals.redaction.overlap import ALLOWED, sequences

FOLDER = Path(__file__).parents[3] / "evals" / "redaction"
LISTS = ("first_names", "last_names", "agents", "companies", "cities", "streets", "pass_words", "models")


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
        assert json.loads(committed[number]) == build_call(family, number)


def test_the_families_share_no_wording() -> None:
    assert sequences(DEVELOPMENT) & sequences(HELDOUT) <= ALLOWED
    assert len(sequences(DEVELOPMENT)) > 500


@pytest.mark.parametrize("name", LISTS)
def test_the_families_share_no_names(name: str) -> None:
    assert not set(getattr(DEVELOPMENT, name)) & set(getattr(HELDOUT, name))


def test_gold_spans_lie_on_words_and_each_has_a_carrier() -> None:
    for number in range(60):
        for turn in build_call(HELDOUT, number)["turns"]:
            assert " ".join(word[0] for word in turn["words"]) == turn["text"]
            times = [edge for word in turn["words"] for edge in word[1:]]
            assert times == sorted(times)
            for (start, end, _, _), carriers in zip(turn["spans"], turn["carriers"], strict=True):
                assert carriers
                assert turn["text"][start:end].strip() == turn["text"][start:end] != ""
