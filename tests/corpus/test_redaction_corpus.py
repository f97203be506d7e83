"""The recorded conversations and the sample cases through the gate, as ``cueline redact`` takes them."""

import json
import os
from pathlib import Path

import pytest

from cueline.redaction.textline import redact_lines

pytestmark = pytest.mark.component("corpus")
READABLE = (
    "dollars",
    "business days",
    "nine thirty a m",
    "five o'clock",
    "eleven a m",
    "credit card",
    "checking account",
    "fossil gas",
    "harper valley national bank",
)
"""Amounts, durations, hours, card and account kinds, companies: whatever of them was said stays."""

SECRET = {
    "004860b1ab2e4c88": ("mary", "smith", "robert"),
    "010eaccb7a23436f": ("linda", "garcia"),
    "0126ffdce48049a9": ("david", "jones", "mary"),
    "01cefd6f5c044a6f": ("john", "garcia", "michael", "seven one five", "one three nine", "zero seven eight"),
    "020e48edcf0940a4": ("jennifer", "brown", "michael"),
    "02fd023b18d246d0": ("mary", "nine ten", "forrest", "forest ranch", "seven eight three"),
    "03aad8e17c8d4d81": (
        "jane",
        "jim",
        "john",
        "miller",
        "eight seventy one",
        "main street",
        "eight one six",
        "two three",
    ),
}


def corpus(*parts: str) -> Path:
    return Path(os.environ["CUELINE_CORPUS"]).joinpath(*parts)


def redacted(turns: list[tuple[str, str]]) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    lines = [json.dumps({"call": "c", "role": role, "text": text}).encode() for role, text in turns]
    redact_lines(lines, lambda line: out.append(json.loads(line)), omit_text=False)
    return out


@pytest.mark.parametrize("call", SECRET)
def test_conversations(call: str) -> None:
    rows = [line.split("\t") for line in corpus("conversations", f"{call}.txt").read_text().splitlines()]
    turns = [("agent" if row[1] == "agent" else "customer", row[2]) for row in rows if row[2].strip()]
    masked = " / ".join(str(line["masked"]) for line in redacted(turns))
    said = " / ".join(text for _, text in turns)
    for secret in SECRET[call]:
        assert f" {secret} " not in f" {masked} ".replace("/", " ")
    for readable in READABLE:
        assert masked.count(readable) == said.count(readable), readable


def test_sample_cases() -> None:
    for line in corpus("redaction", "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        parts = (
            case["text"].split("\n")
            if case["text"].startswith(("agent: ", "customer: "))
            else [f"customer: {case['text']}"]
        )
        offset = 0 if parts[0] == case["text"].split("\n")[0] else -len("customer: ")
        found = []
        turns = [tuple(part.split(": ", 1)) for part in parts]
        for (role, text), out in zip(turns, redacted(turns), strict=True):  # type: ignore[arg-type]
            offset += len(role) + 2
            found += [[start + offset, end + offset, kind] for start, end, kind in out["spans"]]  # type: ignore[attr-defined]
            offset += len(text) + 1
        assert found == case["spans"], case["note"]
