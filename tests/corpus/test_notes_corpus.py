"""Notes of the recorded conversations: the facts that were told in them stand in the notes."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cueline.guidance.notes.shape import DEFAULT_SHAPE
from cueline.guidance.notes.writing import write_notes
from cueline.redaction.textline import redact_lines
from tests.unit.guidance.notes.talk import call

pytestmark = pytest.mark.component("corpus")

NOISE = re.compile(r"\[\w+\]|<\w+>")


def folder() -> Path:
    return Path(os.environ["CUELINE_CORPUS"]) / "conversations"


def turns(name: str) -> Iterator[tuple[str, str]]:
    """What was said, without the transcribers' marks for noise, ``caller`` as the customer."""
    for row in (folder() / f"{name}.txt").read_text().splitlines():
        _, side, text = row.split("\t")
        said = " ".join(NOISE.sub(" ", text).split())
        if said:
            yield ("agent" if side == "agent" else "customer"), said


def notes_of(name: str) -> dict[str, Any]:
    out: list[dict[str, str]] = []
    lines = [json.dumps({"call": name, "role": role, "text": text}).encode() for role, text in turns(name)]
    redact_lines(lines, lambda line: out.append(json.loads(line)), omit_text=False)
    said = [f"{'a' if line['role'] == 'agent' else 'c'}: {line['masked']}" for line in out]
    return write_notes(call(*said), None, DEFAULT_SHAPE).fields


def wanted(task: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Of each fact of a task that is no personal datum: the field of the notes that must hold it, and how."""
    found: dict[str, tuple[str, str]] = {}
    for key, value in task.items():
        match key:
            case "replacement card type":
                found[key] = ("accounts", f"{value} card")
            case "day" | "time":
                found[key] = ("dates", str(value))
            case "branch hours":
                found[key] = ("dates", str(value))
            case "transfer amount" | "money amount":
                found[key] = ("amounts", f"${value}")
            case "transfer source account":
                found[key] = ("accounts", f"from: {value} account")
            case "transfer destination account":
                found[key] = ("accounts", f"to: {value} account")
            case "company name":
                found[key] = ("accounts", f"company: {value}")
            case _:
                assert key in {"password dest", "phone", "home address", "company address"}
    return found


# The speaker tells other hours than the task that was handed out says: the notes hold what was said.
TOLD_OTHERWISE = {"8:30 am to 5:00 pm": "9:30 am to 5:00 pm"}


def test_facts_of_the_conversations_are_in_their_notes() -> None:
    calls = json.loads((folder() / "INDEX.json").read_text())["calls"]
    assert len(calls) == 7
    reached, missing = 0, []
    for name, facts in calls.items():
        notes = notes_of(name)
        for key, (field, text) in wanted(facts["task"]).items():
            told = TOLD_OTHERWISE.get(text, text).lower()
            if any(told in line.lower() for line in notes[field]):
                reached += 1
            else:
                missing.append(f"{name} {key}")
    assert missing == []
    assert reached == 9


def test_nothing_that_is_masked_or_said_of_nobody_is_in_the_notes() -> None:
    for name, facts in json.loads((folder() / "INDEX.json").read_text())["calls"].items():
        text = json.dumps(notes_of(name)).lower()
        for secret in (facts["caller_name"], *facts["caller_name"].split(), facts["task"].get("phone", "no phone")):
            assert not re.search(rf"\b{re.escape(secret.lower())}\b", text)


def test_every_conversation_has_a_reason_and_an_outcome() -> None:
    for name in json.loads((folder() / "INDEX.json").read_text())["calls"]:
        notes = notes_of(name)
        assert notes["reason"]
        assert notes["outcome"] == "done", name
