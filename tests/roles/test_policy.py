"""A policy that is published takes effect on the next call; a running one keeps its own, also through a takeover."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from cueline.emulators.kinesis_video_recording import Recording
from cueline.events.policies import PolicyRecord
from cueline.kernel.ids import CallId
from cueline.ops.system_clock import SystemClock
from cueline.storage.engine import Database
from cueline.storage.policies import PostgresPolicies
from tests.roles.harness import (
    TENANT,
    Ledger,
    PlayedCall,
    Products,
    Stage,
    hang_up,
    ledger,
    offer,
    products,
    stage,
    until,
)
from tests.roles.transcripts import assert_whole, utterances

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

LENGTH_MS = 16_000
BEFORE_MS = 7_500
"""The first turn is spoken by then, the second not begun."""

TURNS = ((500, "hello my name is ann lee"), (9_000, "as i said my name is ann lee"))
MASKED = ["hello my name is [PERSON]", "as i said my name is [PERSON]"]
READABLE = [text for _, text in TURNS]


def words() -> bytes:
    return json.dumps(
        [
            {"channel": "customer", "word": word, "startMs": at_ms + n * 350, "endMs": at_ms + n * 350 + 300}
            for at_ms, text in TURNS
            for n, word in enumerate(text.split())
        ]
    ).encode()


def recording() -> Recording:
    noise = np.random.default_rng(7).integers(-200, 200, size=(2, LENGTH_MS * 8), dtype=np.int16)
    return Recording.from_pcm(customer=noise[0].astype("<i2").tobytes(), agent=noise[1].astype("<i2").tobytes())


@asynccontextmanager
async def publisher(url: str) -> AsyncIterator[PostgresPolicies]:
    database = Database(url, pool_size=1)
    try:
        yield PostgresPolicies(database, clock=SystemClock())
    finally:
        await database.close()


async def publish(policies: PostgresPolicies, policy: bytes, *, on: int) -> PolicyRecord:
    return await policies.publish(TENANT, "default", policy, based_on=on, note="", by="test")


async def pinned(book: Ledger, call: CallId) -> int:
    [row] = await book.rows("SELECT checkpoint->'redactor'->>'policyVersion' AS v FROM calls WHERE call_id = $1", call)
    return int(row["v"])


async def texts(book: Ledger, played: PlayedCall) -> list[str]:
    return [each.text for each in utterances(await book.events(played.call))]


def settings(url: str, set_up: Stage) -> dict[str, str]:
    return {
        "database_url": url,
        "kinesis_endpoint_url": set_up.url,
        "script_dir": str(set_up.scripts),
        "lease_timeout_s": "2",
    }


async def begin(book: Ledger, set_up: Stage, contact: str) -> PlayedCall:
    played = set_up.play(contact, recording(), words())
    await offer(book.calls, played)

    async def has_begun() -> bool:
        [row] = await book.rows("SELECT commit_number FROM calls WHERE call_id = $1", played.call)
        return row["commit_number"] > 0

    await until(has_begun)
    return played


async def kill_holder(workers: Products, book: Ledger, calls: int) -> None:
    holders = set((await book.holders()).values())
    for each in workers.alive:
        if each.pid in holders:
            each.kill()
    workers.start("run", "--roles", "call")
    await book.held(calls, by_none_of=holders)


async def test_the_next_call_has_the_new_policy_and_the_running_one_keeps_its_own(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        stage(tmp_path / "scripts") as set_up,
        ledger(database_url) as book,
        publisher(database_url) as policies,
    ):
        with products(tmp_path / "workers", **settings(database_url, set_up)) as workers:
            await workers.start("run", "--roles", "call").ready()
            running = await begin(book, set_up, "running")
            # From the first commit on: before a word was said.
            assert await pinned(book, running.call) == 0
            set_up.release_to(BEFORE_MS)
            await book.has(f"{running.call}.c0")
            await publish(policies, b'{"names": false}', on=0)
            following = await begin(book, set_up, "following")
            assert (await pinned(book, running.call), await pinned(book, following.call)) == (0, 1)
            # The next one must not reach either call: both are taken over by another worker now.
            await publish(policies, b'{"minimumDigits": 5}', on=1)
            await kill_holder(workers, book, 2)
            set_up.release_to(BEFORE_MS + LENGTH_MS + 1_000)
            for played in (running, following):
                await hang_up(book.calls, played)
            await until(book.all_ended)
            assert_whole(await book.events(running.call), running.spoken, reason="disconnected")
            assert await texts(book, running) == MASKED
            assert await texts(book, following) == READABLE
            assert (await pinned(book, running.call), await pinned(book, following.call)) == (0, 1)


async def test_a_policy_that_cannot_be_read_costs_no_call_anything(database_url: str, tmp_path: Path) -> None:
    async with (
        stage(tmp_path / "scripts") as set_up,
        ledger(database_url) as book,
        publisher(database_url) as policies,
    ):
        await publish(policies, b'{"names": false, "fieldOfANewerCueline": 1}', on=0)
        with products(tmp_path / "workers", **settings(database_url, set_up)) as workers:
            await workers.start("run", "--roles", "call").ready()
            played = await begin(book, set_up, "call")
            set_up.release_to(LENGTH_MS + 1_000)
            await hang_up(book.calls, played)
            await until(book.all_ended)
            assert await texts(book, played) == MASKED
            assert "policy_unreadable" in workers.said()
            assert "fieldOfANewerCueline" not in workers.said()
