"""Planted numbers are looked for on every way out of the product; with the gate switched off, the looking finds them.

Each run is the whole product as a process of its own: Kinesis Video's wire in; WebSocket, REST, metrics, logs,
PostgreSQL with its own log and files, and the event log of a replay out.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.privacy.exits import SPELT_NUMBERS, Haul, event_log, everything_given_out
from tests.privacy.planted import lost_card_numbers
from tests.roles.replaying import sample

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

GATE_OFF = """
from cueline.redaction.channel import ChannelGate, Decided
revise, take = ChannelGate.revise, ChannelGate.take
ChannelGate.revise = lambda gate, partial: [None for mark in revise(gate, partial)]
ChannelGate.take = lambda gate, **how: [
    Decided(each.utterance, [None for mark in each.marks], each.memory) for each in take(gate, **how)
]
"""
"""A gate that decides when it ever would, and that everything is clear, whatever rule masked it."""

TROUBLED = """
import asyncio, logging
from cueline.bus.memory import MemoryEventLog
from cueline.redaction import channel, numbers, wording
from cueline.redaction.redactor import Redactor
from cueline.redaction.second_pass import SecondPass
from cueline.roles import worker
from cueline.speech.stage import SpeechStage
from cueline.storage.writer import PostgresCallWriter

worker.RETRY_AFTER_S, worker.MAX_FAILURES = 0.1, 20

def explode(text):
    raise ValueError(text)

def fails_once(owner, name, told):
    whole, failed = getattr(owner, name), []
    def failing(*given, **named):
        text = told(*given)
        if not failed and any(secret in text for secret in ("seven", "7797", "[NUMBER]", "[CREDIT_CARD]")):
            failed.append(name)
            logging.getLogger("somebody").error("cannot go on after %s", text)
            asyncio.get_running_loop().call_soon(explode, text)
            raise ValueError(f"cannot go on after {text}")
        return whole(*given, **named)
    setattr(owner, name, failing)

def said(words):
    return " ".join(word.text for word in words)

def read(reading, *more):
    return said(reading.words)

fails_once(Redactor, "revise", lambda self, partial: said(partial.words))
fails_once(Redactor, "settle", lambda self, utterance: said(utterance.words))
fails_once(SpeechStage, "_settle", lambda self, utterance: said(utterance.words))
fails_once(numbers, "scan", lambda tokens, run, locale: said(tokens))
fails_once(channel, "weighed", read)
fails_once(wording, "find_words", read)
fails_once(SecondPass, "marks", lambda self, texts, masked: " ".join(texts))
fails_once(PostgresCallWriter, "commit", lambda self, commit: repr(commit))
fails_once(MemoryEventLog, "publish", lambda self, envelope: repr(envelope))
"""
"""Every stage fails once in the middle of a number, saying in its error, in a library's log record and in a callback
of the event loop what was being said."""

LOST_CARD = sample("lost-card")
TEXT_EXITS = ("websocket", "rest", "tables", "database files", "event log")
SILENT_EXITS = ("metrics", "logs", "database log")


@dataclass
class Runs:
    intact: Haul
    troubled: Haul
    gate_off: Haul


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def runs(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Runs]:
    folders = {name: tmp_path_factory.mktemp(name) for name in ("intact", "troubled", "off")}
    intact, troubled, gate_off, log, log_gate_off = await asyncio.gather(
        everything_given_out(folders["intact"], samples=[LOST_CARD]),
        everything_given_out(folders["troubled"], prelude=TROUBLED),
        everything_given_out(folders["off"], prelude=GATE_OFF, samples=[LOST_CARD]),
        event_log(folders["intact"]),
        event_log(folders["off"], prelude=GATE_OFF),
    )
    intact.exits["event log"] = log
    gate_off.exits["event log"] = log_gate_off
    yield Runs(intact, troubled, gate_off)


def leaks(haul: Haul, name: str) -> list[str]:
    """What of the planted numbers can be read at an exit."""
    planted = (SPELT_NUMBERS, lost_card_numbers())
    if name == "database files":
        return [found for numbers in planted for found in numbers.leaks_in_bytes(haul.files)]
    return [found for numbers in planted for found in numbers.leaks(haul.exits[name])]


@pytest.mark.parametrize("name", TEXT_EXITS + SILENT_EXITS)
def test_no_planted_number_leaves(runs: Runs, name: str) -> None:
    assert leaks(runs.intact, name) == []


@pytest.mark.parametrize("name", TEXT_EXITS)
def test_each_exit_was_open(runs: Runs, name: str) -> None:
    """What surrounds the numbers came out, and so would they."""
    shown = runs.intact.files.decode("latin-1") if name == "database files" else runs.intact.exits[name]
    assert "card number is [CREDIT_CARD]" in shown
    assert "it is [BANK_ACCOUNT] thank you" in shown
    assert "between ten and twelve people" in shown


def test_partials_were_watched(runs: Runs) -> None:
    assert {"PartialRevised", "UtteranceCommitted", "UtteranceTimed", "CallEnded"} <= runs.intact.kinds
    assert "..." in runs.intact.exits["websocket"]


@pytest.mark.parametrize("name", TEXT_EXITS)
def test_with_the_gate_off_the_leak_is_seen_at_each_exit(runs: Runs, name: str) -> None:
    assert len(leaks(runs.gate_off, name)) > 10


@pytest.mark.parametrize("name", SILENT_EXITS)
def test_even_with_the_gate_off_nothing_said_is_in_metrics_or_logs(runs: Runs, name: str) -> None:
    assert leaks(runs.gate_off, name) == []
    assert "hello" not in runs.gate_off.exits[name]


@pytest.mark.parametrize("name", ["websocket", "rest", "tables", "database files", *SILENT_EXITS])
def test_stages_that_fail_in_the_middle_of_a_number_let_nothing_out(runs: Runs, name: str) -> None:
    assert leaks(runs.troubled, name) == []


def test_the_stages_did_fail_and_the_call_went_on(runs: Runs) -> None:
    logs = runs.troubled.exits["logs"]
    assert logs.count("call_session_failed") >= 4
    assert logs.count("library=somebody") == 9
    assert logs.count("library=asyncio") == 9
    assert runs.troubled.ends == ["disconnected"]
    assert 'cueline_gate_failures_total{code="number_runs"} 3.0' in runs.troubled.exits["metrics"]
    assert 'cueline_gate_failures_total{code="second_pass"} 1.0' in runs.troubled.exits["metrics"]
