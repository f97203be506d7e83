"""One run of the whole product with planted numbers, and everything that it gave out, by exit.

The product is a process of its own, reached over HTTP and WebSocket, on a PostgreSQL of its own; its log level is
debug. A *prelude* is Python that runs in that process first: so a gate is switched off, or a stage made to fail.
"""

import asyncio
import json
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from cueline.emulators.kinesis_video_recording import Recording
from cueline.samples.catalogue import SampleCall
from tests.privacy.planted import Planted
from tests.roles.harness import PATIENCE_S, Ledger, PlayedCall, Stage, ledger, own_server, products, stage
from tests.roles.replaying import recording

TOKEN = "token-of-the-privacy-tests"
STEP_MS = 1_024
STEP_PAUSE_S = 0.02
LOOK_EVERY_STEPS = 12
SPELT_MS = 22_000

_WORD_MS, _STEP_WORD_MS = 300, 350
_TURNS = (
    ("customer", 500, "hello my card number is seven nine eighty"),
    ("agent", 3_700, "uh huh"),
    ("customer", 4_700, "seven nine seven nine"),
    ("agent", 6_500, "uh huh"),
    ("customer", 7_500, "nine seven"),
    ("agent", 9_300, "and the account please"),
    ("customer", 11_500, "it is 7797 9979 7797 thank you"),
    ("agent", 15_000, "between ten and twelve people can see this"),
)
SPELT_NUMBERS = Planted(
    ("seven", "nine", "eighty", "seven", "nine", "seven", "nine", "nine", "seven"),
    ("7797", "9979", "7797"),
    unique=frozenset({"seven", "nine", "eighty"}),
)
"""A card number over three turns with the agent's "uh huh" between, and an account number in digits."""


def spelt_words() -> bytes:
    """The words file of the call in which the numbers are spelt."""
    entries = [
        {
            "channel": channel,
            "word": word,
            "startMs": start_ms + place * _STEP_WORD_MS,
            "endMs": start_ms + place * _STEP_WORD_MS + _WORD_MS,
        }
        for channel, start_ms, text in _TURNS
        for place, word in enumerate(text.split())
    ]
    return json.dumps(entries).encode()


def spelt_recording() -> Recording:
    noise = np.random.default_rng(5).integers(-200, 200, size=(2, SPELT_MS * 8), dtype=np.int16)
    return Recording.from_pcm(customer=noise[0].astype("<i2").tobytes(), agent=noise[1].astype("<i2").tobytes())


@dataclass
class Haul:
    """What was given out, by exit, as text; ``files``: of the database's own, as bytes; ``kinds``: of the frames."""

    exits: dict[str, str] = field(default_factory=dict)
    files: bytes = b""
    kinds: set[str] = field(default_factory=set)
    ends: list[str] = field(default_factory=list)


class Visitor:
    """A browser, more or less: offers calls, follows each on its WebSocket, asks REST whatever there is to ask."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http
        self.frames: list[str] = []
        self.answers: list[str] = []

    async def offer(self, played: PlayedCall) -> None:
        playback = played.playback
        await self._post(
            "/v1/calls",
            {
                "contactId": played.contact,
                "streamArn": playback.stream_arn,
                "startFragmentNumber": playback.start_fragment_number,
                "startTimestampMs": playback.start_timestamp_ms,
            },
        )
        connected = {"type": "CONNECTED_TO_AGENT", "atMs": 0, "agent": {"username": "agent"}}
        await self._post(f"/v1/calls/{played.contact}/events", connected)

    async def hang_up(self, played: PlayedCall) -> None:
        ended = {"type": "DISCONNECTED", "atMs": played.playback.stop_timestamp_ms}
        await self._post(f"/v1/calls/{played.contact}/events", ended)

    async def follow(self, played: PlayedCall, connected: asyncio.Event) -> None:
        """Takes every frame up to the call's end."""
        token = (await self._post("/v1/live-token", {"callId": played.call}))["token"]
        async with self._http.ws_connect(f"/v1/live?token={token}") as socket:
            await socket.send_json({"resume": None})
            async for message in socket:
                assert message.type is aiohttp.WSMsgType.TEXT
                connected.set()
                self.frames.append(message.data)
                if '"kind":"CallEnded"' in message.data:
                    return
        raise AssertionError("the socket was closed before the call had ended")

    async def look(self, played: PlayedCall) -> None:
        """What REST says of a call."""
        for path in ("", "/events", "/timings"):
            await self.get(f"/v1/calls/{played.contact}{path}")

    async def get(self, path: str) -> str:
        async with self._http.get(path) as answer:
            self.answers.append(await answer.text())
        return self.answers[-1]

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(path, json=body) as answer:
            self.answers.append(await answer.text())
            answer.raise_for_status()
            return dict(json.loads(self.answers[-1]))


async def everything_given_out(folder: Path, *, prelude: str = "", samples: Sequence[SampleCall] = ()) -> Haul:
    """Plays the call in which the numbers are spelt, and samples, and gathers what comes out of the product."""
    haul = Haul()
    async with own_server() as (server, url, data_dir):
        async with ledger(url) as book, stage(folder / "scripts") as set_up:
            settings = {
                "database_url": url,
                "kinesis_endpoint_url": set_up.url,
                "script_dir": str(set_up.scripts),
                "token": TOKEN,
            }
            with products(folder / "product", **settings) as started:
                product = started.start("run", "--port", "0", prelude=prelude)
                base_url = (await product.ready()).rpartition(" ")[2]
                await _visit(base_url, set_up, book, haul, samples)
                assert await product.terminate() == 0
                haul.exits["logs"] = product.said()
            await book.rows("CHECKPOINT")
        await asyncio.to_thread(server.stop)
        haul.exits["database log"] = (data_dir / "postgres.log").read_text("utf-8")
        haul.files = _database_files(data_dir)
    return haul


async def _visit(base_url: str, set_up: Stage, book: Ledger, haul: Haul, samples: Sequence[SampleCall]) -> None:
    calls = [
        set_up.play("spelt", spelt_recording(), spelt_words()),
        *(set_up.play(each.name, recording(each), each.words_json()) for each in samples),
    ]
    steps = max(played.playback.duration_ms for played in calls) // STEP_MS + 1
    tables: list[str] = []
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with (
        asyncio.timeout(PATIENCE_S),
        aiohttp.ClientSession(base_url, headers=headers, timeout=timeout) as http,
        asyncio.TaskGroup() as tasks,
    ):
        visitor = Visitor(http)
        following = []
        for played in calls:
            await visitor.offer(played)
            connected = asyncio.Event()
            following.append(tasks.create_task(visitor.follow(played, connected)))
            await connected.wait()
        for step in range(1, steps + 1):
            set_up.release_to(step * STEP_MS)
            await asyncio.sleep(STEP_PAUSE_S)
            if step % LOOK_EVERY_STEPS == 0:
                tables.append(await book.dump())
                for played in calls:
                    await visitor.look(played)
        for played in calls:
            await visitor.hang_up(played)
        await asyncio.wait(following)
        for played in calls:
            await visitor.look(played)
        for path in ("/v1/calls", "/v1/system", "/schema/openapi.json", "/healthz", "/readyz"):
            await visitor.get(path)
        haul.exits["metrics"] = await visitor.get("/metrics")
    tables.append(await book.dump())
    haul.exits |= {
        "websocket": "\n".join(visitor.frames),
        "rest": "\n".join(visitor.answers),
        "tables": "\n".join(tables),
    }
    frames = [json.loads(frame) for frame in visitor.frames]
    haul.kinds = {frame["kind"] for frame in frames}
    haul.ends = [frame["reason"] for frame in frames if frame["kind"] == "CallEnded"]


def _database_files(data_dir: Path) -> bytes:
    folders = [folder for place in ("base", "pg_wal") for folder in data_dir.glob(f"postgres*/{place}")]
    return b"\n".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())


async def event_log(folder: Path, *, prelude: str = "") -> str:
    """What ``cueline replay`` writes of the call in which the numbers are spelt, and whatever else it says."""
    recorded = spelt_recording()
    _write_wav(folder / "agent.wav", recorded.agent)
    _write_wav(folder / "customer.wav", recorded.customer)
    (folder / "words.json").write_bytes(spelt_words())
    with products(folder / "replay") as started:
        replaying = started.start(
            "replay", "--agent", str(folder / "agent.wav"), "--customer", str(folder / "customer.wav"),
            "--recogniser", "script", "--script", str(folder / "words.json"), "--events", "-",
            prelude=prelude,
        )  # fmt: skip
        assert await asyncio.to_thread(replaying.process.wait, PATIENCE_S) == 0, replaying.said()
        return replaying.said()


def _write_wav(path: Path, pcm: bytes) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8_000)
        out.writeframes(pcm)
