"""The stranger's experiment: kill the demo in the middle of a call, start it again, look for what is missing."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from cueline.events.catalogue import CallEnded, UtteranceCommitted
from cueline.events.codec import decode
from cueline.events.guidance import NotesWritten
from cueline.roles.oracle import Tally, count, read_spoken
from cueline.samples.catalogue import sample_calls
from tests.roles.harness import products, until

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(90)]


async def events(http: httpx.AsyncClient, call: str) -> list[Any]:
    answer = await http.get(f"/v1/calls/{call}/events")
    return [decode(httpx.Response(200, json=event).content).payload for event in answer.json()["events"]]


def client(ready_line: str) -> httpx.AsyncClient:
    base, token = ready_line.rsplit(maxsplit=1)[-1].split("/?token=")
    return httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=10)


async def test_a_demo_call_survives_the_death_of_everything(tmp_path: Path, database_url: str) -> None:
    sample = sample_calls()[0]
    demo = ("up", "--demo", "--no-browser", "--port", "0")
    with products(tmp_path, database_url=database_url, lease_timeout_s="2") as started:
        first = started.start(*demo)
        async with client(await first.ready()) as http:

            async def some_words() -> str | None:
                calls = (await http.get("/v1/calls")).json()["calls"]
                spoken = [call["callId"] for call in calls if call["utterances"] >= 1]
                return spoken[0] if spoken else None

            call = await until(some_words)
        first.kill()
        second = started.start(*demo)
        async with client(await second.ready()) as http:

            async def ended() -> list[Any] | None:
                happened = await events(http, call)
                return happened if isinstance(happened[-1], NotesWritten) else None

            happened = await until(ended)
        assert await second.terminate() == 0
    utterances = [payload for payload in happened if isinstance(payload, UtteranceCommitted)]
    assert count(read_spoken(sample.words_json()), utterances) == Tally(lost=0, doubled=0)
    assert CallEnded(reason="disconnected") in happened
