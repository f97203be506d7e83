"""One process with every role, and roles split over processes, commit the same events.

Between processes nothing but PostgreSQL is shared (the event log of this version lives inside one process): the
gateway finds by its regular look at PostgreSQL what a worker elsewhere has committed. Partials do not get there.
"""

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from cueline.events import guidance
from cueline.events.catalogue import TRANSIENT
from cueline.events.codec import decode
from cueline.events.payload import Payload
from cueline.guidance.guide import identity
from cueline.roles.oracle import count
from tests.roles.harness import PATIENCE_S, START_MS, PlayedCall, products, stage
from tests.roles.replaying import recording, sample
from tests.roles.transcripts import committed_utterances

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

CALL = sample("angry-billing")
TOKEN = "token-of-the-split-tests"
LOOKS_OFTEN = """
from cueline.delivery import stage
stage.RECHECK_S = 0.5
"""

Event = dict[str, Any]
GUIDANCE = {kind.__name__ for kind in vars(guidance).values() if isinstance(kind, type) and issubclass(kind, Payload)}


@dataclass
class Seen:
    """A call's events by REST after its end, and as its viewer got them; ``played`` is the call."""

    played: PlayedCall
    rest: list[Event] = field(default_factory=list)
    live: list[Event] = field(default_factory=list)

    def committed_live(self) -> list[Event]:
        return [event for event in self.live if event["kind"] not in TRANSIENT]


async def run(folder: Path, database_url: str, *processes: str) -> Seen:
    """Plays the call to processes with these roles, the last of which has the web side."""
    async with stage(folder / "scripts") as set_up:
        settings = {
            "database_url": database_url,
            "kinesis_endpoint_url": set_up.url,
            "script_dir": str(set_up.scripts),
            "token": TOKEN,
            "port": "0",
        }
        with products(folder / "processes", **settings) as started:
            running = [started.start("run", "--roles", roles, prelude=LOOKS_OFTEN) for roles in processes]
            ready = [await each.ready() for each in running]
            played = set_up.play("split", recording(CALL), CALL.words_json(), speed=None)
            seen = Seen(played)
            headers = {"Authorization": f"Bearer {TOKEN}"}
            timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
            base_url = ready[-1].rpartition(" ")[2]
            async with (
                asyncio.timeout(PATIENCE_S),
                aiohttp.ClientSession(base_url, headers=headers, timeout=timeout) as http,
            ):
                await watch(http, seen)
    return seen


async def watch(http: aiohttp.ClientSession, seen: Seen) -> None:
    async def post(path: str, body: Event) -> Event:
        async with http.post(path, json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())

    playback = seen.played.playback
    await post(
        "/v1/calls",
        {"contactId": "split", "streamArn": playback.stream_arn, "startTimestampMs": playback.start_timestamp_ms},
    )
    connected = {"type": "CONNECTED_TO_AGENT", "atMs": START_MS, "agent": {"username": "agent"}}
    await post("/v1/calls/split/events", connected)
    token = (await post("/v1/live-token", {"callId": "split"}))["token"]
    async with http.ws_connect(f"/v1/live?token={token}") as socket:
        await socket.send_json({"resume": None})
        await post("/v1/calls/split/events", {"type": "DISCONNECTED", "atMs": playback.stop_timestamp_ms})
        while not seen.live or seen.live[-1]["kind"] != "NotesWritten":
            seen.live.append(await socket.receive_json())
    async with http.get("/v1/calls/split/events") as answer:
        seen.rest = (await answer.json())["events"]


def unordered(events: list[Event]) -> list[str]:
    """Events without their sequence: when a contact event comes between others is a matter of moments."""
    return sorted(json.dumps({**event, "sequence": 0}, sort_keys=True) for event in events)


def said(events: list[Event]) -> list[Event]:
    """What is not guidance."""
    return [event for event in events if event["kind"] not in GUIDANCE]


def guided(events: list[Event]) -> list[str]:
    """Names of what was found. A cue's is its kind and cause: of two rules a hypothesis may have set off the other."""
    payloads = [decode(json.dumps(event).encode()).payload for event in events if event["kind"] in GUIDANCE]
    return sorted(
        f"{each.cue_kind} {sorted(one.utterance_id for one in each.evidence)}"
        if isinstance(each, guidance.CueRaised)
        else identity(each) or type(each).__name__  # type: ignore[arg-type]
        for each in payloads
    )


def utterances(events: list[Event]) -> list[Event]:
    return [{**event, "sequence": 0} for event in events if event["kind"] == "UtteranceCommitted"]


async def test_split_or_whole_the_events_are_the_same(
    database_url: str, module_database_url: str, tmp_path: Path
) -> None:
    whole, split = await asyncio.gather(
        run(tmp_path / "whole", database_url, "call,guide,gateway,keeper"),
        run(tmp_path / "split", module_database_url, "call", "guide", "gateway,keeper"),
    )
    for seen in (whole, split):
        lines = [json.dumps(event).encode() for event in seen.rest]
        assert count(seen.played.spoken, committed_utterances(lines)) == (0, 0)
        # A viewer gets every committed event once and in order, wherever it was committed.
        assert seen.committed_live() == seen.rest
    assert unordered(said(whole.rest)) == unordered(said(split.rest))
    # A guide in a process of its own hears no hypotheses: its cues come a little later, and are the same.
    assert guided(whole.rest) == guided(split.rest) != []
    assert utterances(whole.rest) == utterances(split.rest)
    assert len(utterances(split.rest)) == 19
