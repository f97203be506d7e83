"""Call reasons of the recorded conversations, as spoken and as redacted. None of them is among the training texts."""

import json
import os
import re
from pathlib import Path

import pytest

from cueline.guidance.moments import MomentReader
from cueline.kernel.ids import Speaker
from cueline.redaction.textline import redact_lines
from tests.unit.guidance.moments.spoken import read

pytestmark = pytest.mark.component("corpus")

REASONS = {"get branch hours": "branch_hours"}
RIGHT_MIN = 6
NOISE = re.compile(r"\[\w+\]|<\w+>")


def turns_of(folder: Path, name: str) -> list[tuple[Speaker, str]]:
    turns: list[tuple[Speaker, str]] = []
    for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        _, role, text = line.split("\t")
        said = " ".join(NOISE.sub(" ", text).split())
        if said:
            turns.append(("customer" if role == "caller" else "agent", said))
    return turns


def redacted(turns: list[tuple[Speaker, str]]) -> list[tuple[Speaker, str]]:
    out: list[str] = []
    lines = [json.dumps({"call": "c", "role": side, "text": text}).encode() for side, text in turns]
    redact_lines(lines, lambda line: out.append(json.loads(line)["masked"]), omit_text=False)
    return [(side, masked) for (side, _), masked in zip(turns, out, strict=True)]


@pytest.mark.parametrize("masked", [False, True], ids=["as spoken", "redacted"])
def test_reasons_of_recorded_conversations(masked: bool):
    folder = Path(os.environ["CUELINE_CORPUS"], "conversations")
    calls = json.loads((folder / "INDEX.json").read_text(encoding="utf-8"))["calls"]
    wrong = []
    for name, call in calls.items():
        reader = MomentReader()
        turns = turns_of(folder, name)
        read(reader, redacted(turns) if masked else turns)
        expected = REASONS.get(call["task_type"], call["task_type"].replace(" ", "_"))
        if reader.reason != expected:
            wrong.append(f"{name}: {reader.reason}, not {expected}")
    assert len(calls) - len(wrong) >= RIGHT_MIN, wrong
