"""What goes wrong with a call's stream, on the whole path: emulator, HTTP, worker, PostgreSQL, committed events.

All calls run at once in one worker, each on a stream with a fault of its own; so each is also a test that one call's
trouble costs the others nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cueline.emulators.kinesis_video_faults import Fault
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import stream_arn
from cueline.events.catalogue import EndReason, Envelope
from cueline.kernel.ids import CHANNELS, Channel
from cueline.media.muxer import Shape
from cueline.roles import worker
from cueline.roles.assemble import make_source, make_worker, open_process
from cueline.roles.oracle import SpokenWord
from cueline.roles.recognisers import make_recogniser
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings
from cueline.speech import stage as speech
from cueline.speech.ports import Opening, Recogniser, RecogniserSession
from cueline.unredacted.audio import BYTES_PER_SAMPLE, StereoBlock
from tests.roles.harness import START_MS, Ledger, PlayedCall, Stage, hang_up, ledger, offer, stage, until
from tests.roles.replaying import recording, sample
from tests.roles.transcripts import assert_nothing_else, assert_whole, utterances, warnings

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

LOST_CARD, BILLING = sample("lost-card"), sample("angry-billing")
FRAGMENT_MS = 1_024
NO_AUDIO_S = 8.0
NEXT_CONTACT_MS = 40_960
GAP = (30, 3)
"""First fragment that is missing, and how many."""


def every(kind: str, every_ms: int, **more: Any) -> Fault:
    return Fault(kind=kind, at_ms=every_ms - 300, every_ms=every_ms, **more)


@dataclass(frozen=True)
class Trouble:
    """A call and what goes wrong with it.

    options: of ``PlayOptions``. ends: how. warns: the codes of its warnings. missing: from when to when (milliseconds)
    words may be missing. told: whether the contact's end is reported. scripted: whether there is a words file.
    arn: of a stream other than the one that plays.
    """

    name: str
    faults: tuple[Fault, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    ends: EndReason = "disconnected"
    warns: frozenset[str] = frozenset()
    missing: tuple[int, int] | None = None
    told: bool = True
    scripted: bool = True
    arn: str | None = None


ALL = (0, 10**9)


def refused(at_ms: int, error: str, times: int) -> Fault:
    return Fault(kind="refuse", at_ms=at_ms, error=error, times=times)


TROUBLES = (
    Trouble("nothing"),
    Trouble("dropped", (every("drop_connection", 5_000),)),
    Trouble("ended", (every("end_session", 20_000),)),
    Trouble("truncated", (every("truncate", 9_000),)),
    Trouble("repeated", (every("repeat", 3_000),)),
    Trouble(
        "gap",
        (Fault(kind="gap", at_fragment=GAP[0], fragments=GAP[1]),),
        warns=frozenset({"audio_gap"}),
        missing=(GAP[0] * FRAGMENT_MS, (GAP[0] + GAP[1]) * FRAGMENT_MS),
    ),
    Trouble("tagless", (every("tagless", 4_000), every("drop_connection", 7_000))),
    Trouble("garbage", (Fault(kind="garbage", at_fragment=33),)),
    Trouble("kinesis-error", (Fault(kind="error_tag", at_fragment=34, id=5000),), warns=frozenset({"stream_error"})),
    Trouble(
        "refused",
        (
            refused(5_000, "ClientLimitExceeded", 2),
            refused(30_000, "InvalidEndpoint", 1),
            refused(50_000, "ConnectionLimitExceeded", 1),
            every("drop_connection", 8_000),
        ),
    ),
    Trouble(
        "reused",
        (Fault(kind="next_contact", at_ms=NEXT_CONTACT_MS, contact_id="somebody-else"),),
        ends="next_contact",
        missing=(NEXT_CONTACT_MS, 10**9),
        told=False,
    ),
    Trouble("odd", (every("drop_connection", 6_000),), {"odd_cuts": True}),
    Trouble("silent", ends="no_audio", told=False),
    Trouble("mute", ends="no_audio", missing=ALL, told=False, arn=stream_arn("mute-stream")),
    Trouble(
        "no-stream",
        ends="stream_missing",
        warns=frozenset({"stream_error"}),
        missing=ALL,
        arn=stream_arn("nowhere"),
    ),
    Trouble(
        "no-agent",
        options={"shape": Shape(contact_tags="after", track_order=("customer",))},
        warns=frozenset({"agent_audio_missing"}),
    ),
    Trouble(
        "empty",
        options={"empty_audio": True},
        warns=frozenset({"audio_empty", "agent_audio_missing", "customer_audio_missing"}),
        missing=ALL,
    ),
    Trouble("no-retention", warns=frozenset({"no_retention"})),
    Trouble("no-words", ends="failed", warns=frozenset({"recogniser_failed"}), missing=ALL, scripted=False),
)
BY_NAME = {trouble.name: trouble for trouble in TROUBLES}


@dataclass
class Outcome:
    """open_ms: from the offer to the end. heard: the audio that the recogniser was handed."""

    spoken: list[SpokenWord]
    events: list[Envelope]
    open_ms: int
    heard: dict[Channel, bytearray]


class Listener:
    """A recogniser that keeps what it is handed, and asks another one what was said."""

    def __init__(self, behind: Recogniser) -> None:
        self._behind = behind
        self.capabilities = behind.capabilities
        self.heard: dict[str, dict[Channel, bytearray]] = {}

    async def open(self, opening: Opening) -> RecogniserSession:
        heard = self.heard.setdefault(opening.contact_id, {channel: bytearray() for channel in CHANNELS})
        return ListeningSession(await self._behind.open(opening), heard)

    async def aclose(self) -> None:
        await self._behind.aclose()


class ListeningSession:
    def __init__(self, behind: RecogniserSession, heard: dict[Channel, bytearray]) -> None:
        self._behind = behind
        self._heard = heard
        self.finish, self.receive, self.aclose = behind.finish, behind.receive, behind.aclose

    async def push(self, block: StereoBlock) -> None:
        for channel, pcm in self._heard.items():
            assert len(pcm) == block.position * BYTES_PER_SAMPLE
            pcm.extend(block.channel(channel))
        await self._behind.push(block)


def set_up_call(set_up: Stage, trouble: Trouble) -> PlayedCall:
    call = BILLING if trouble.name == "nothing" else LOST_CARD
    options = PlayOptions(first_producer_ms=START_MS, **trouble.options)
    if trouble.name == "no-retention":
        set_up.emulator.create_stream(trouble.name, retention_hours=0)
    played = set_up.play(trouble.name, recording(call), call.words_json(), speed=None, options=options)
    if not trouble.scripted:
        (set_up.scripts / f"{trouble.name}.json").unlink()
    return played


async def run_all(set_up: Stage, book: Ledger, settings: Settings) -> dict[str, Outcome]:
    played = {trouble.name: set_up_call(set_up, trouble) for trouble in TROUBLES}
    set_up.emulator.create_stream("mute-stream")
    async with open_process(settings, migrations=False) as process:
        listener = Listener(make_recogniser("script", ScriptLibrary(settings.script_dir)))
        source = make_source(settings, emulator_url=set_up.url)
        working = asyncio.create_task(make_worker(process, recogniser=listener, source=source).run())
        try:
            for trouble in TROUBLES:
                await offer(process.calls, played[trouble.name], stream_arn=trouble.arn)
                if trouble.told:
                    await hang_up(process.calls, played[trouble.name])

            async def over() -> bool:
                assert not working.done()
                return await book.all_ended()

            await until(over)
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            await source.aclose()
            await listener.aclose()
    rows = await book.rows("SELECT contact_id, ended_at_ms - created_at_ms AS open_ms FROM calls")
    open_ms = {row["contact_id"]: row["open_ms"] for row in rows}
    return {
        name: Outcome(each.spoken, await book.events(each.call), open_ms[name], listener.heard.get(name, {}))
        for name, each in played.items()
    }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def outcomes(
    module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Outcome]]:
    folder: Path = tmp_path_factory.mktemp("faults")
    faults = [replace(fault, stream=trouble.name) for trouble in TROUBLES for fault in trouble.faults]
    with pytest.MonkeyPatch.context() as patch:
        # What a call costs whose recogniser never works is a matter of counting, not of waiting.
        patch.setattr(speech, "MAX_FAILURES", 2)
        patch.setattr(worker, "RETRY_AFTER_S", 0.1)
        async with stage(folder / "scripts", faults) as set_up, ledger(module_database_url) as book:
            settings = Settings(
                database_url=module_database_url,
                script_dir=set_up.scripts,
                recogniser="script",
                no_audio_timeout_s=NO_AUDIO_S,
            )
            yield await run_all(set_up, book, settings)


def expected_words(trouble: Trouble, spoken: list[SpokenWord]) -> list[SpokenWord]:
    """All but those of which audio is missing."""
    if trouble.missing is None:
        return spoken
    begin_ms, end_ms = trouble.missing
    return [word for word in spoken if word.end_ms <= begin_ms or word.start_ms >= end_ms]


@pytest.mark.parametrize("name", BY_NAME)
def test_no_word_is_lost_or_doubled_and_the_call_ends(outcomes: dict[str, Outcome], name: str) -> None:
    trouble, outcome = BY_NAME[name], outcomes[name]
    assert_whole(outcome.events, expected_words(trouble, outcome.spoken), reason=trouble.ends)
    assert_nothing_else(outcome.events, outcome.spoken)


WITH_AUDIO = [trouble.name for trouble in TROUBLES if trouble.missing != ALL]


@pytest.mark.parametrize("name", WITH_AUDIO)
def test_the_recogniser_is_handed_the_source_sample_by_sample(outcomes: dict[str, Outcome], name: str) -> None:
    """What is missing is silence; what comes after our contact's end is not there."""
    trouble, heard = BY_NAME[name], outcomes[name].heard
    source = recording(BILLING if name == "nothing" else LOST_CARD)
    expected: dict[Channel, bytearray] = {"customer": bytearray(source.customer), "agent": bytearray(source.agent)}
    if name == "no-agent":
        expected["agent"] = bytearray(len(source.agent))
    for pcm in expected.values():
        if trouble.ends == "next_contact":
            del pcm[NEXT_CONTACT_MS * 16 :]
        elif trouble.missing is not None:
            begin, end = (at_ms * 16 for at_ms in trouble.missing)
            pcm[begin:end] = bytes(end - begin)
    assert {channel: len(pcm) for channel, pcm in heard.items()} == {
        channel: len(pcm) for channel, pcm in expected.items()
    }
    assert heard == expected


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_wrong_is_said_on_the_call_and_nothing_else(outcomes: dict[str, Outcome], name: str) -> None:
    assert warnings(outcomes[name].events) == BY_NAME[name].warns


def test_nothing_is_heard_of_the_next_contact(outcomes: dict[str, Outcome]) -> None:
    """The words file goes on; what was heard of it ends where our contact's audio ends."""
    said = utterances(outcomes["reused"].events)
    assert NEXT_CONTACT_MS - 5_000 < max(each.ended_ms for each in said) <= NEXT_CONTACT_MS


@pytest.mark.parametrize("name", ["silent", "mute"])
def test_a_call_without_audio_is_given_its_time(outcomes: dict[str, Outcome], name: str) -> None:
    assert outcomes[name].open_ms >= NO_AUDIO_S * 1_000
