"""Workers that are killed, stopped, or left without PostgreSQL in mid-call: nothing is lost, doubled or let out.

Real worker processes, a real PostgreSQL, Kinesis Video's wire over HTTP. The emulator's time is moved by hand, so
that a kill comes at an exact place of the call, however slow the machine is.
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from cueline.events.catalogue import Envelope
from tests.privacy.planted import lost_card_numbers, spoken_spans
from tests.roles.harness import (
    Ledger,
    PlayedCall,
    Product,
    Products,
    Stage,
    hang_up,
    ledger,
    offer,
    own_server,
    products,
    stage,
    until,
)
from tests.roles.recorded import Stored, assert_sample_identical_outside_beeps, read_stored, spoken_audio, unbeeped
from tests.roles.replaying import recording, sample
from tests.roles.transcripts import assert_whole, utterances, warnings

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

LOST_CARD = sample("lost-card")
OFFSETS_MS = (0, 1_700, 3_900, 6_500)
"""One call begins so much later than the first: each kill meets every call elsewhere."""

EARLY_MS = 9_000
IN_THE_NUMBER_MS = 35_000
BETWEEN_ITS_HALVES_MS = 38_000
IN_THE_CODE_MS = 59_600
UNDER_WAY_MS = 80_000
"""The card number is spoken from 32.1 to 34.7 s and from 35.6 to 39.1 s, the security code from 57.6 to 58.2 s and from
58.9 to 59.3 s. What was asked for is committed 0.6 s after its last word, and audio comes in fragments of 1.024 s. So
the first half of the number stands in hypotheses alone at the one kill and is committed at the next, in the middle of
the second half; and the code's first part is committed while its last digit has been heard and is in no final yet: a
worker that takes over there knows from the checkpoint alone that this single digit is part of a number."""

OUTAGE_S = 3.0


def worker_settings(url: str, set_up: Stage, *, lease_timeout_s: int) -> dict[str, str]:
    return {
        "database_url": url,
        "kinesis_endpoint_url": set_up.url,
        "script_dir": str(set_up.scripts),
        "lease_timeout_s": str(lease_timeout_s),
    }


@dataclass
class Aftermath:
    """What is left when all is over. tables: all rows as text, as they stood at each kill and at the end."""

    calls: dict[str, PlayedCall] = field(default_factory=dict)
    events: dict[str, list[Envelope]] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    said: str = ""
    kills: int = 0
    recordings: dict[str, Stored] = field(default_factory=dict)


def start(workers: Products) -> Product:
    return workers.start("run", "--roles", "call")


async def strike(workers: Products, book: Ledger, left: Aftermath, *, freeze: bool = False) -> list[Product]:
    """SIGKILL (or SIGSTOP) to every process that holds a call; returns when others hold them all."""
    holders = set((await book.holders()).values())
    victims = [each for each in workers.alive if each.pid in holders]
    assert victims
    for each in victims:
        if freeze:
            each.process.send_signal(signal.SIGSTOP)
        else:
            each.kill()
    left.kills += 1
    left.tables.append(await book.dump())
    while len(workers.alive) < (3 if freeze else 2):
        start(workers)
    await book.held(len(OFFSETS_MS), by_none_of=holders)
    return victims


async def kill_again_and_again(book: Ledger, set_up: Stage, workers: Products) -> Aftermath:
    left = Aftermath()
    words = LOST_CARD.words_json()
    await start(workers).ready()
    for number, offset_ms in enumerate(OFFSETS_MS):
        set_up.release_to(offset_ms)
        played = set_up.play(f"lost-card-{number}", recording(LOST_CARD), words)
        left.calls[played.contact] = played
        await offer(book.calls, played)
    start(workers)
    await book.held(len(OFFSETS_MS))
    first = left.calls["lost-card-0"].call
    set_up.release_to(EARLY_MS)
    await book.has(f"{first}.a0")
    await strike(workers, book, left)
    set_up.release_to(IN_THE_NUMBER_MS)
    await book.has(f"{first}.a3")
    await strike(workers, book, left)
    set_up.release_to(BETWEEN_ITS_HALVES_MS)
    await book.has(f"{first}.c2")
    frozen = await strike(workers, book, left, freeze=True)
    set_up.release_to(IN_THE_CODE_MS)
    await book.has(f"{first}.c6")
    for each in frozen:
        # It wakes with audio in its sockets, and commits what it hears before it learns that the calls are others'.
        each.process.send_signal(signal.SIGCONT)
        await until(lambda each=each: "lease_lost" in each.said())
    await strike(workers, book, left)
    before = await book.progress()
    set_up.release_to(UNDER_WAY_MS)

    async def something_new() -> bool:
        return await book.progress() != before

    await until(something_new, poll_s=0.001)
    await strike(workers, book, left)
    set_up.release_to(max(OFFSETS_MS) + LOST_CARD.duration_ms + 1_000)
    for played in left.calls.values():
        await hang_up(book.calls, played)
    await until(book.all_ended)
    left.events = {contact: await book.events(played.call) for contact, played in left.calls.items()}
    left.tables.append(await book.dump())
    left.said = workers.said()
    return left


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def aftermath(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Aftermath]:
    folder: Path = tmp_path_factory.mktemp("kill")
    async with stage(folder / "scripts") as set_up, ledger(module_database_url) as book:
        settings = worker_settings(module_database_url, set_up, lease_timeout_s=2)
        with products(folder / "workers", **settings) as workers:
            left = await kill_again_and_again(book, set_up, workers)
        for contact, played in left.calls.items():
            left.recordings[contact] = await read_stored(folder / "workers", module_database_url, played.call)
        yield left


@pytest.mark.parametrize("number", range(len(OFFSETS_MS)))
def test_everything_said_stands_once_and_in_order(aftermath: Aftermath, number: int) -> None:
    contact = f"lost-card-{number}"
    assert_whole(aftermath.events[contact], aftermath.calls[contact].spoken, reason="disconnected")
    starts = [event for event in aftermath.events[contact] if event.kind == "RecogniserStarted"]
    # One session to begin with, and at least one for each takeover.
    assert len(starts) >= aftermath.kills + 1


@pytest.mark.parametrize("number", range(len(OFFSETS_MS)))
def test_every_word_of_the_numbers_is_masked(aftermath: Aftermath, number: int) -> None:
    """Each single one, whatever stands beside it."""
    spans = spoken_spans(LOST_CARD, "CREDIT_CARD", "CVV")
    said = [word for each in utterances(aftermath.events[f"lost-card-{number}"]) for word in each.words]
    shown = [word for word in said if any(start <= word.start_ms < end for start, end in spans)]
    assert len(shown) >= 4
    assert {word.text for word in shown} - {"[CREDIT_CARD]", "[CVV]", "[NUMBER]"} <= {"uh", "huh", "okay"}


def test_nothing_of_the_numbers_is_in_any_table_at_any_kill(aftermath: Aftermath) -> None:
    planted = lost_card_numbers()
    assert len(aftermath.tables) == aftermath.kills + 1
    assert [planted.leaks(tables) for tables in aftermath.tables] == [[]] * len(aftermath.tables)
    assert "the number is [CREDIT_CARD]" in aftermath.tables[-1]


def test_the_kills_came_where_they_were_meant(aftermath: Aftermath) -> None:
    """Before anything of the number was committed, after its first half, and before the last digit of the code."""
    first = aftermath.calls["lost-card-0"].call
    _, in_the_number, between_its_halves, in_the_code, *_ = aftermath.tables
    assert f"{first}.a3" in in_the_number
    assert f"{first}.c2" not in in_the_number
    assert f"{first}.c2" in between_its_halves
    assert f"{first}.c3" not in between_its_halves
    assert f"{first}.c6" in in_the_code
    assert f"{first}.c7" not in in_the_code
    for tables, kind in ((between_its_halves, "CREDIT_CARD"), (in_the_code, "CVV")):
        [row] = [line for line in tables.splitlines() if line.startswith(f"calls: ({first},")]
        assert '""openRun"": true' in row
        assert f'""runType"": ""{kind}""' in row


def test_nothing_of_the_numbers_was_said_by_a_worker(aftermath: Aftermath) -> None:
    assert aftermath.said.count("call_taken") >= len(OFFSETS_MS) * (aftermath.kills + 1)
    assert aftermath.said.count("lease_lost") >= len(OFFSETS_MS)
    assert lost_card_numbers().leaks(aftermath.said) == []


@pytest.mark.parametrize("number", range(len(OFFSETS_MS)))
def test_the_recording_is_complete_and_all_of_it_as_it_was_said_but_for_the_beeps(
    aftermath: Aftermath, number: int
) -> None:
    """However many workers made it; each worker's chunks bear its lease's epoch."""
    stored = aftermath.recordings[f"lost-card-{number}"]
    assert stored.manifest.gaps == ()
    assert_sample_identical_outside_beeps(stored, spoken_audio(recording(LOST_CARD)))
    revisions = [chunk.revision for chunk in stored.chunks]
    assert revisions == sorted(revisions)
    assert len(set(revisions)) > 1
    # What a killed worker left half done has a lower revision than what stands in its place.
    standing = {chunk.number: chunk.revision for chunk in stored.chunks}
    for name in stored.names:
        number, revision, kind = name.rpartition("/")[2].split(".", 2)
        if kind == "chunk" and int(number) in standing:
            assert int(revision) <= standing[int(number)]


@pytest.mark.parametrize("number", range(len(OFFSETS_MS)))
def test_every_word_of_the_numbers_is_beeped(aftermath: Aftermath, number: int) -> None:
    stored = aftermath.recordings[f"lost-card-{number}"]
    spans = spoken_spans(LOST_CARD, "CREDIT_CARD", "CVV")
    said = [word for word in aftermath.calls[f"lost-card-{number}"].spoken if word.channel == "customer"]
    words = [
        (word.channel, word.start_ms, word.end_ms)
        for word in said
        if any(start <= word.start_ms < end for start, end in spans)
    ]
    assert len(words) >= 19
    assert unbeeped(stored, words) == []
    assert {beep.channel for beep in stored.manifest.beeps} == {"customer"}
    beeped_s = sum(beep.end - beep.start for beep in stored.manifest.beeps) / 8_000
    assert beeped_s < 0.25 * LOST_CARD.duration_ms / 1_000


async def test_a_worker_that_is_asked_to_stop_hands_over_at_once(database_url: str, tmp_path: Path) -> None:
    """In the middle of a number; with so long a lease time-out, only what was given back can be taken up."""
    async with stage(tmp_path / "scripts") as set_up, ledger(database_url) as book:
        with products(tmp_path / "workers", **worker_settings(database_url, set_up, lease_timeout_s=600)) as workers:
            first = start(workers)
            await first.ready()
            played = set_up.play("lost-card", recording(LOST_CARD), LOST_CARD.words_json())
            await offer(book.calls, played)
            await book.held(1)
            second = start(workers)
            set_up.release_to(IN_THE_NUMBER_MS)
            await second.ready()
            await book.quiet()
            assert await first.terminate() == 0
            await book.held(1, by_none_of={first.pid})
            set_up.release_to(LOST_CARD.duration_ms + 1_000)
            await hang_up(book.calls, played)
            await until(book.all_ended)
            assert_whole(await book.events(played.call), played.spoken, reason="disconnected")
            assert lost_card_numbers().leaks(workers.said() + await book.dump()) == []


async def test_postgresql_that_is_away_for_some_seconds_costs_nothing(tmp_path: Path) -> None:
    async with own_server() as (server, url, _), stage(tmp_path / "scripts") as set_up, ledger(url) as book:
        with products(tmp_path / "workers", **worker_settings(url, set_up, lease_timeout_s=2)) as workers:
            await start(workers).ready()
            played = set_up.play("lost-card", recording(LOST_CARD), LOST_CARD.words_json())
            await offer(book.calls, played)
            set_up.release_to(IN_THE_NUMBER_MS)
            await book.held(1)
            await book.quiet()
            await asyncio.to_thread(server.stop)
            set_up.release_to(UNDER_WAY_MS)
            await asyncio.sleep(OUTAGE_S)
            await asyncio.to_thread(server.start)
            set_up.release_to(LOST_CARD.duration_ms + 1_000)
            await hang_up(book.calls, played)
            await until(book.all_ended)
            events = await book.events(played.call)
            assert_whole(events, played.spoken, reason="disconnected")
            assert warnings(events) == set()
            assert workers.said().count("call_taken") == 1
            assert "heartbeat_failed" in workers.said()
            assert lost_card_numbers().leaks(workers.said() + await book.dump()) == []
