"""Objects that hold what was said refuse every way of leaving by accident, and show nothing of it."""

import asyncio
import copy
import gc
import importlib
import json
import pickle
import pkgutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import msgspec
import pytest

import cueline
from cueline.events.checkpoint import Checkpoint
from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.ingest.effects import Arrival
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, Channel, ContactId
from cueline.media.events import AudioBearing, FragmentCompleted
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace
from cueline.redaction.redactor import Redactor
from cueline.redaction.stage import RedactionStage
from cueline.speech.adapters.script import Script, ScriptRecogniser
from cueline.speech.ports import FinalHeard, Opening, PartialHeard
from cueline.speech.stage import SpeechStage
from cueline.unredacted.audio import StereoBlock
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord
from tests.privacy.exits import SPELT_NUMBERS, spelt_words

SECRET = "seven"
SECRET_PCM = b"\x37\x37" * 80

WORD = RawWord(SECRET, 0, 300, 0.9)
BLOCK = StereoBlock(position=0, customer=SECRET_PCM, agent=SECRET_PCM, received_ms=0)
FRAGMENT = FragmentCompleted(
    offset=0,
    leading_contact_id="c",
    trailing_contact_id=None,
    contact_ids_conflict=False,
    cluster_ms=0,
    customer=SECRET_PCM,
    agent=SECRET_PCM,
    tags={},
    closed_by="token",
)
HOLDERS = [
    WORD,
    RawPartial(channel="customer", ordinal=0, revision=1, words=[WORD], heard_ms=300),
    RawUtterance(channel="customer", ordinal=0, words=[WORD], settled=2_400),
    PartialHeard("customer", [WORD]),
    FinalHeard("customer", [WORD], settled=2_400, endpoint=True),
    BLOCK,
    FRAGMENT,
    Arrival(FRAGMENT, 0),
]

WAYS_OUT: dict[str, Callable[[Any], object]] = {
    "pickle": pickle.dumps,
    "pickle by the oldest protocol": lambda held: pickle.dumps(held, protocol=0),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "format": lambda held: f"{held}",
    "format with a width": lambda held: f"{held:>40}",
    "iteration": list,
    "unpacking": lambda held: [*held],
    "json": json.dumps,
    "msgspec json": msgspec.json.encode,
    "msgspec msgpack": msgspec.msgpack.encode,
    "msgspec builtins": msgspec.to_builtins,
    "vars": vars,
}


def of(held: object) -> str:
    return type(held).__name__


@pytest.mark.parametrize("held", HOLDERS, ids=of)
@pytest.mark.parametrize("way", WAYS_OUT)
def test_it_refuses(held: object, way: str) -> None:
    with pytest.raises((TypeError, CuelineError)) as refusal:
        WAYS_OUT[way](held)
    told = "".join(traceback.format_exception_only(refusal.value))
    assert SECRET not in told
    assert "777" not in told


@pytest.mark.parametrize("held", HOLDERS, ids=of)
def test_its_repr_shows_nothing(held: object) -> None:
    for shown in (repr(held), str(held), f"{held!r}", f"{held!s}", f"{[held]}", "%s" % (held,)):  # noqa: UP031
        assert SECRET not in shown
        assert "777" not in shown


def subclasses(root: type) -> Iterator[type]:
    for each in root.__subclasses__():
        yield each
        yield from subclasses(each)


@pytest.mark.parametrize("root", [Sealed, AudioBearing])
def test_no_subclass_weakens_it(root: type) -> None:
    for module in pkgutil.walk_packages(cueline.__path__, "cueline."):
        # A migration's environment runs at import, and only where Alembic runs it.
        if "migrations" not in module.name:
            with suppress(ImportError):
                importlib.import_module(module.name)
    found = list(subclasses(root))
    assert len(found) > 5
    guarded = {
        "__reduce_ex__",
        "__reduce__",
        "__getstate__",
        "__copy__",
        "__deepcopy__",
        "__format__",
        "__iter__",
        "__str__",
    }
    for each in found:
        assert not guarded & vars(each).keys()
        assert "__slots__" in vars(each), f"{each.__name__} would have a __dict__"
        assert not hasattr(each, "__dataclass_fields__")


class Screen:
    """Takes what the gate lets through."""

    def __init__(self) -> None:
        self.partials: list[RedactedPartial] = []

    async def revise(self, partial: RedactedPartial) -> None:
        self.partials.append(partial)

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        raise AssertionError("nothing is decided in the middle of a number")

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        """Of no interest here."""

    async def warn(self, code: str, message: str, *, at: int) -> None:
        raise AssertionError(message)


async def test_no_object_of_the_product_shows_what_is_being_said() -> None:
    """In the middle of a number: the repr of every living object whose class is ours."""
    before = gc.get_objects()  # of other tests; kept, so that no id is given twice
    known = {id(each) for each in before}
    script, screen = Script.read(spelt_words()), Screen()
    redactor = Redactor()
    stage = SpeechStage(
        recogniser=ScriptRecogniser(lambda _: script),
        opening=Opening(call_id=CallId("call_1"), contact_id=ContactId("spelt"), language="en-US", position=0),
        sink=RedactionStage(redactor, screen),
        reporter=screen,
        checkpoint=Checkpoint(),
        trace=CallTrace(),
        clock=SystemClock(),
        lockstep=True,
    )
    running = asyncio.create_task(stage.run())
    for position in range(0, 3_000 * 8, 800):
        block = StereoBlock(position=position, customer=bytes(1_600), agent=bytes(1_600), received_ms=0)
        await stage.accept(block)
    begin, _, end = screen.partials[-1].content.text.rpartition(" ")
    assert begin == "hello my card number is"
    assert end in {"...", "[CREDIT_CARD]"}
    living = (each for each in gc.get_objects() if id(each) not in known)
    ours = [each for each in living if str(type(each).__module__).startswith("cueline.")]
    assert {SpeechStage, RedactionStage, Redactor, RawWord, Script} <= {type(each) for each in ours}
    shown = "\n".join(repr(each) for each in ours)
    running.cancel()
    await asyncio.wait([running])
    assert SPELT_NUMBERS.leaks(shown) == []
