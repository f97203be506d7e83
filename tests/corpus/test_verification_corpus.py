"""The recorded conversations, read after the gate: what verification stops at, and that it finds what is planted."""

from pathlib import Path

import pytest

from cueline.events.redacted import Mask
from cueline.events.verification import StoredCall, StoredTurn
from cueline.kernel.ids import CallId, UtteranceId
from cueline.redaction.verify import find_leaks
from tests.components import corpus
from tests.corpus.test_redaction_corpus import SECRET, redacted

pytestmark = pytest.mark.component("corpus")


def stored(name: str) -> StoredCall:
    """The conversation as the gate leaves it."""
    rows = [line.split("\t") for line in Path(corpus(), "conversations", f"{name}.txt").read_text().splitlines()]
    said = [(int(row[0]), "agent" if row[1] == "agent" else "customer", row[2]) for row in rows if row[2].strip()]
    turns = []
    for number, ((start, side, _), line) in enumerate(
        zip(said, redacted([(side, text) for _, side, text in said]), strict=True)
    ):
        masked, masks, at = str(line["masked"]), [], 0
        for word in masked.split(" "):
            if word.startswith("[") and word.endswith("]") and word[1:-1].replace("_", "").isupper():
                masks.append(Mask(at, at + len(word), word[1:-1]))
            at += len(word) + 1
        turns.append(StoredTurn(UtteranceId(f"u{number}"), side, start, start + 1_000, masked, (), tuple(masks)))
    return StoredCall(CallId(name), tuple(turns))


@pytest.mark.parametrize("name", SECRET)
def test_it_is_quiet_on_the_recorded_conversations(name: str) -> None:
    found = find_leaks(stored(name))
    assert [(each.ref, each.start, each.end, each.rule) for each in found] == []
