"""The closing step: what the gate masked is looked for in what is stored, and only the result is kept."""

import asyncio
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from cueline.events.amendments import MaskOutcome, MaskStretch
from cueline.events.verification import StoredTurn
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import UtteranceId
from cueline.redaction.compared import Comparison
from cueline.redaction.redactor import Redactor
from cueline.roles import closing
from cueline.roles.closing import Closing
from cueline.unredacted.transcript import RawUtterance, RawWord

RECORD: Any = SimpleNamespace(tenant="acme", call_id="call_1", ended_ms=9_000)


class Book:
    """Stored turns, what was kept, and what was masked."""

    def __init__(self, *texts: str) -> None:
        self.stored = tuple(
            StoredTurn(UtteranceId(f"u{at}"), "customer", at, at + 1, text, (), ()) for at, text in enumerate(texts)
        )
        self.kept: list[tuple[str, int, int]] = []
        self.masked: list[MaskStretch] = []
        self.away = False

    async def turns(self, tenant: str, call_id: str) -> tuple[StoredTurn, ...]:
        if self.away:
            raise UnavailableError("away")
        return self.stored

    async def compared(self, tenant: str, call_id: str, compared: str, *, turns: int, compared_turns: int) -> None:
        self.kept.append((compared, turns, compared_turns))

    async def amend(self, tenant: str, call_id: str, stretch: MaskStretch, *, at_ms: int) -> MaskOutcome:
        self.masked.append(stretch)
        return MaskOutcome(version=2, sequence=5)

    async def find(self, tenant: str, call: str) -> Any:
        return RECORD


def heard(*texts: str) -> Comparison:
    """What the real gate masked of a customer's turns."""
    comparison = Comparison(b"k" * 32)
    gate = Redactor(comparison=comparison)
    for ordinal, text in enumerate(texts):
        words = [RawWord(word, ordinal * 9_000 + at * 400, ordinal * 9_000 + at * 400 + 300)
                 for at, word in enumerate(text.split())]  # fmt: skip
        gate.settle(RawUtterance(channel="customer", ordinal=ordinal, words=words, settled=(ordinal + 1) * 72_000))
    gate.finish()
    return comparison


NUMBER = "my card number is four one one one two two two two three three three three four four four four"


@pytest.mark.parametrize(
    ("stored", "from_the_start", "kept"),
    [
        (("my card number is [CREDIT_CARD]",), True, ("clean", 1, 1)),
        (("my card number is [CREDIT_CARD]",), False, ("notCompared", 1, 1)),
        (("my card number is [CREDIT_CARD]", "of another worker"), True, ("notCompared", 2, 1)),
        (("so that was 22223333",), True, ("found", 1, 1)),
        (("so that was 22223333",), False, ("found", 1, 1)),
    ],
)
async def test_what_is_kept(stored: tuple[str, ...], from_the_start: bool, kept: tuple[str, int, int]) -> None:
    book = Book(*stored)
    await Closing(book, book).compare(RECORD, heard(NUMBER), from_the_start=from_the_start)
    assert book.kept == [kept]
    assert [(each.start, each.end, each.type) for each in book.masked] == (
        [(12, 20, "CREDIT_CARD")] if kept[0] == "found" else []
    )
    assert "2222" not in msgspec.json.encode(book.kept).decode()


async def test_a_failure_costs_the_call_nothing() -> None:
    book = Book("hello")
    book.away = True
    await Closing(book, book).compare(RECORD, heard(NUMBER), from_the_start=True)
    assert book.kept == []


async def test_a_fault_of_the_step_itself_or_a_store_that_hangs_ends_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty(Book):
        async def turns(self, tenant: str, call_id: str) -> tuple[StoredTurn, ...]:
            raise ZeroDivisionError

    class Hanging(Book):
        async def turns(self, tenant: str, call_id: str) -> tuple[StoredTurn, ...]:
            return await asyncio.Future()

    monkeypatch.setattr(closing, "COMPARE_S", 0.01)
    for book in (Faulty(NUMBER), Hanging(NUMBER)):
        await Closing(book, book).compare(RECORD, heard(NUMBER), from_the_start=True)
        assert (book.kept, book.masked) == ([], [])
