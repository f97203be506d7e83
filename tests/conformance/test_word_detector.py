"""What every word detector promises, tried on a fake, on a worker process of ours, and on Presidio with a model."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from cueline.redaction.adapters.presidio import PresidioDetector
from cueline.redaction.detector import checked
from cueline.redaction.ports import WordDetector
from cueline.unredacted.transcript import RawWord
from tests.fakes.word_detector import NamesWater, worker_command

TIMEOUT_S = 60.0


def spoken(text: str) -> list[RawWord]:
    return [RawWord(word, at * 300, at * 300 + 300) for at, word in enumerate(text.split())]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spaCy pipeline as an operator would have it in a folder, which knows one name and one place."""
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "water"}, {"label": "GPE", "pattern": "seattle"}])
    folder: Path = tmp_path_factory.mktemp("model") / "names"
    pipeline.to_disk(folder)
    return folder


@pytest.fixture(params=["fake", "process", pytest.param("presidio", marks=pytest.mark.component("presidio"))])
async def detector(request: pytest.FixtureRequest) -> AsyncIterator[WordDetector]:
    made: dict[str, Callable[[], WordDetector]] = {
        "fake": NamesWater,
        "process": lambda: PresidioDetector(command=worker_command()),
        "presidio": lambda: PresidioDetector(model=str(request.getfixturevalue("model")), workers=2),
    }
    each = made[request.param]()
    running = asyncio.create_task(each.run())
    async with asyncio.timeout(TIMEOUT_S):
        await each.ready()
        yield each
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def found(detector: WordDetector, text: str) -> list[tuple[int, int, str]]:
    words = spoken(text)
    return [(each.first, each.last, each.type) for each in checked(await detector.find(words), len(words))]


async def test_it_finds_a_name_and_nothing_where_nothing_is(detector: WordDetector) -> None:
    assert await found(detector, "hello water here") == [(1, 1, "PERSON")]
    assert await found(detector, "hello there") == []


async def test_one_word_and_many_are_turns_too(detector: WordDetector) -> None:
    assert await found(detector, "water") == [(0, 0, "PERSON")]
    assert await found(detector, "well " * 400 + "water") == [(400, 400, "PERSON")]


async def test_whatever_a_word_is_made_of_its_place_is_kept(detector: WordDetector) -> None:
    words = [RawWord(text, at, at + 1) for at, text in enumerate(["señor", "\U0001f600", "", "x  y", "water", "näh"])]
    assert [(each.first, each.last) for each in checked(await detector.find(words), len(words))] == [(4, 4)]


async def test_turns_at_the_same_time_get_their_own_answers(detector: WordDetector) -> None:
    asked = [found(detector, "so " * at + "water") for at in range(12)]
    assert await asyncio.gather(*asked) == [[(at, at, "PERSON")] for at in range(12)]


async def test_a_turn_that_is_given_up_costs_the_next_nothing(detector: WordDetector) -> None:
    for _ in range(5):
        given_up = asyncio.create_task(found(detector, "water and water"))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    assert await found(detector, "it is water") == [(2, 2, "PERSON")]


async def test_it_keeps_nothing_of_a_turn_in_anything_that_is_printed(detector: WordDetector) -> None:
    await found(detector, "water zyzzyva")
    ours = [each for each in gc.get_objects() if str(type(each).__module__).startswith("cueline.redaction")]
    assert "zyzzyva" not in "\n".join(repr(each) for each in ours)


@pytest.mark.component("presidio")
async def test_presidio_names_a_place_and_what_its_patterns_know(model: Path) -> None:
    each = PresidioDetector(model=str(model))
    running = asyncio.create_task(each.run())
    async with asyncio.timeout(TIMEOUT_S):
        await each.ready()
        assert await found(each, "water of seattle 4111 1111 1111 1111") == [
            (3, 6, "CREDIT_CARD"), (0, 0, "PERSON"), (2, 2, "ADDRESS"),
        ]  # fmt: skip
        assert await found(each, "come tomorrow at eight for order 12345678") == []
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
