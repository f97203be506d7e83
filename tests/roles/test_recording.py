"""What is stored of a call's audio, by real workers: people who say digits, and a stream that keeps nothing.

Spoken digits and their read-back come from recordings of people, with word times from their files: what is looked for
in the stored audio does not depend on what our own recognisers heard.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
import pytest
import pytest_asyncio

from cueline.emulators.kinesis_video_recording import Recording
from cueline.emulators.kinesis_video_stream import HOST_BUFFER_MS
from cueline.kernel.ids import CHANNELS
from tests.components import corpus
from tests.roles.harness import PlayedCall, hang_up, ledger, offer, products, stage, until
from tests.roles.recorded import (
    Stored,
    assert_sample_identical_outside_beeps,
    read_stored,
    spoken_audio,
    unbeeped,
)
from tests.roles.replaying import recording, sample
from tests.roles.transcripts import warnings

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(240)]

DIGITS = ("digits_card_george", "digits_card_jackson", "digits_phone_jackson", "digits_ssn_theo")
NUMERALS = {"zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
LOST_CARD = sample("lost-card")


def read_recording(name: str) -> Recording:
    folder = corpus() / "audio"
    return Recording.read(agent=folder / f"{name}_agent.wav", customer=folder / f"{name}_customer.wav")


def read_words(name: str) -> list[dict[str, object]]:
    """Channel, word and times; a phrase has one time, which its words share out."""
    words: list[dict[str, object]] = []
    for line in (corpus() / "audio" / f"{name}.txt").read_text("utf-8").splitlines():
        start, end, role, phrase = line.split("\t")
        parts = phrase.lower().replace(",", "").replace(".", "").split()
        step = (int(end) - int(start)) / len(parts)
        words += [
            {
                "channel": role, "word": part, "startMs": int(int(start) + at * step),
                "endMs": int(int(start) + (at + 1) * step),
            }
            for at, part in enumerate(parts)
        ]  # fmt: skip
    return words


@dataclass
class Kept:
    recordings: dict[str, Stored] = field(default_factory=dict)
    played: dict[str, PlayedCall] = field(default_factory=dict)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def digits(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Kept]:
    folder: Path = tmp_path_factory.mktemp("digits")
    kept = Kept()
    async with stage(folder / "scripts") as set_up, ledger(module_database_url) as book:
        settings = {
            "database_url": module_database_url,
            "kinesis_endpoint_url": set_up.url,
            "script_dir": str(set_up.scripts),
        }
        with products(folder / "workers", **settings) as workers:
            workers.start("run", "--roles", "call")
            for name in DIGITS:
                words = msgspec.json.encode(read_words(name))
                kept.played[name] = set_up.play(name, read_recording(name), words)
                await offer(book.calls, kept.played[name])
            set_up.release_to(120_000)
            for played in kept.played.values():
                await hang_up(book.calls, played)
            await until(book.all_ended)
            for name, played in kept.played.items():
                assert warnings(await book.events(played.call)) <= {"audio_empty"}
                kept.recordings[name] = await read_stored(folder / "workers", module_database_url, played.call)
    yield kept


@pytest.mark.component("corpus")
@pytest.mark.parametrize("name", DIGITS)
def test_no_digit_that_a_person_said_or_read_back_is_left_in_the_recording(digits: Kept, name: str) -> None:
    stored, said = digits.recordings[name], spoken_audio(read_recording(name))
    numerals = [word for word in digits.played[name].spoken if word.word in NUMERALS]
    assert {word.channel for word in numerals} == set(CHANNELS)
    assert unbeeped(stored, [(word.channel, word.start_ms, word.end_ms) for word in numerals]) == []
    assert_sample_identical_outside_beeps(stored, said)
    # Nothing of the voice: what stands where a digit was said is the same as if nobody had spoken.
    for word in numerals:
        stretch = slice(word.start_ms * 8, word.end_ms * 8)
        voice, left = (side[word.channel][stretch].astype(float) for side in (said, stored.audio))
        assert np.abs(voice).max() > 500
        tone = np.sin(2 * np.pi * np.arange(stretch.start, stretch.stop) / 10)
        beside = left - tone * (left @ tone) / (tone @ tone)
        assert np.sqrt(np.mean(beside[80:-80] ** 2)) < 1.0


@pytest.mark.component("corpus")
@pytest.mark.parametrize("name", DIGITS)
def test_what_else_was_said_is_still_to_be_heard(digits: Kept, name: str) -> None:
    stored = digits.recordings[name]
    others = [word for word in digits.played[name].spoken if word.word in {"thank", "you", "please", "enter"}]
    assert others
    bare = unbeeped(stored, [(word.channel, word.start_ms, word.end_ms) for word in others])
    assert len(bare) == len(others)


async def test_a_takeover_of_a_stream_that_keeps_nothing_leaves_a_stated_gap(database_url: str, tmp_path: Path) -> None:
    """The audio between the last chunk and the moment at which the second worker listens cannot be had again."""
    async with stage(tmp_path / "scripts") as set_up, ledger(database_url) as book:
        set_up.emulator.create_stream("lost-card", retention_hours=0)
        settings = {
            "database_url": database_url,
            "kinesis_endpoint_url": set_up.url,
            "script_dir": str(set_up.scripts),
            "lease_timeout_s": "2",
        }
        with products(tmp_path / "workers", **settings) as workers:
            first = workers.start("run", "--roles", "call")
            await first.ready()
            played = set_up.play("lost-card", recording(LOST_CARD), LOST_CARD.words_json())
            await offer(book.calls, played)
            await book.held(1)
            set_up.release_to(40_000)
            await book.has(f"{played.call}.c2")

            async def stored() -> bool:
                return bool(await book.rows("SELECT 1 FROM recording_chunks WHERE number = 1"))

            await until(stored)
            first.kill()
            # Such a stream serves what is five minutes old, as its reference says, and nothing older.
            set_up.release_to(40_000 + HOST_BUFFER_MS + 60_000)
            workers.start("run", "--roles", "call")
            await book.held(1, by_none_of={first.pid})
            await hang_up(book.calls, played)
            await until(book.all_ended)
        kept = await read_stored(tmp_path / "workers", database_url, played.call)
    [gap] = kept.manifest.gaps
    assert gap.cause == "lost"
    assert 17 * 8_000 < gap.start < 39 * 8_000 < gap.end < 42 * 8_000
    said = spoken_audio(recording(LOST_CARD))
    for channel in CHANNELS:
        assert not kept.audio[channel][gap.start : gap.end].any()
        said[channel] = said[channel].copy()
        said[channel][gap.start : gap.end] = 0
    assert_sample_identical_outside_beeps(kept, said)
