"""The sample calls' event logs, byte for byte as they are committed here.

``make golden`` renews them and shows which changed; look at the difference before committing it, since it is what
every viewer of every call would see.
"""

import difflib
import json
import os
import re
from pathlib import Path

import pytest

from cueline.events.catalogue import MEASURED
from cueline.roles.oracle import count, read_spoken
from cueline.samples.catalogue import SampleCall, sample_calls
from tests.privacy.planted import lost_card_numbers
from tests.roles.replaying import replayed, sample
from tests.roles.transcripts import committed_utterances

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

HERE = Path(__file__).parent
RENEW = os.environ.get("CUELINE_RENEW_GOLDEN") == "1"
_DIFFERENCES_SHOWN = 12
TELLS = {
    "lost-card": (
        {b"PERSON", b"CREDIT_CARD", b"DOB", b"CVV"},
        (b"three digit security code", b"twenty four dollars", b"five business days"),
    ),
    "angry-billing": (
        {b"PHONE"},
        (b"one hundred and twelve dollars", b"sixty seven dollars from the ninth of june", b"three hours", b"ten days"),
    ),
}
"""What stands masked in each log, and what does not."""
_LINE_SHOWN = 400


def golden(call: SampleCall) -> Path:
    return HERE / f"{call.name}.jsonl"


def difference(expected: list[str], got: list[str]) -> str:
    """The first lines that differ, without the ids that stand on each."""
    found = []
    for line in difflib.unified_diff(expected, got, "committed", "now", n=0, lineterm=""):
        if line.startswith(("+{", "-{")):
            event = json.loads(line[1:])
            for same in ("tenant", "callId"):
                event.pop(same, None)
            found.append((line[0] + json.dumps(event))[:_LINE_SHOWN])
        else:
            found.append(line[:_LINE_SHOWN])
    more = len(found) - _DIFFERENCES_SHOWN
    return "\n".join([*found[:_DIFFERENCES_SHOWN], *([f"... and {more} lines more"] if more > 0 else [])])


@pytest.mark.parametrize("call", sample_calls(), ids=lambda call: call.name)
def test_the_event_log_is_the_committed_one(call: SampleCall) -> None:
    lines, outcome = replayed(call)
    log = b"".join(line + b"\n" for line in lines)
    if RENEW:
        golden(call).write_bytes(log)
    committed = golden(call).read_bytes()
    assert outcome.end_reason == "disconnected"
    if log != committed:
        told = difference(committed.decode().splitlines(), log.decode().splitlines())
        pytest.fail(f"{golden(call).name} differs; `make golden` renews it\n{told}", pytrace=False)


def test_another_run_at_another_speed_gives_the_same_bytes() -> None:
    """At the pace of the fragments' release the audio comes in other pieces: the log does not show it."""
    call = sample("lost-card")
    lines, _ = replayed(call, speed=60.0)
    assert b"".join(line + b"\n" for line in lines) == golden(call).read_bytes()


@pytest.mark.parametrize("call", sample_calls(), ids=lambda call: call.name)
def test_a_golden_log_is_worth_keeping(call: SampleCall) -> None:
    """Nothing lost or doubled, no measured time, secrets masked by what they are, and what is no secret readable."""
    raw = golden(call).read_bytes()
    events = [json.loads(line) for line in raw.splitlines()]
    tally = count(read_spoken(call.words_json()), committed_utterances(raw.splitlines()))
    assert tally == (0, 0)
    assert not {event["kind"] for event in events} & MEASURED
    assert [event["kind"] for event in events[-1:]] == ["NotesWritten"]
    assert [event["reason"] for event in events if event["kind"] == "CallEnded"] == ["disconnected"]
    masked, readable = TELLS[call.name]
    assert set(re.findall(rb"\[([A-Z_]+)\]", raw)) == masked
    assert all(text in raw for text in readable)
    assert not lost_card_numbers().leaks(raw.decode())


def test_the_difference_is_readable() -> None:
    told = difference(['{"tenant":"t","callId":"c","text":"a"}'], ['{"tenant":"t","callId":"c","text":"b"}'])
    assert told.splitlines()[-2:] == ['-{"text": "a"}', '+{"text": "b"}']
