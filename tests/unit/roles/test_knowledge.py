"""Folders into the knowledge base and back: on a real PostgreSQL, with real files."""

import os
from pathlib import Path

import msgspec
import pytest

from cueline.guidance.knowledge.adapters import pdf_process
from cueline.guidance.knowledge.documents import EmptyDocumentError, EncryptedDocumentError, UnreadableDocumentError
from cueline.guidance.knowledge.vocabulary import REASON_QUERIES
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.roles import knowledge as module
from cueline.roles.knowledge import Knowledge
from cueline.storage.engine import Database
from cueline.storage.knowledge import PostgresKnowledge
from tests.fakes.pdf_paper import CARD, pdf

pytestmark = pytest.mark.component("postgres")

TENANT = TenantId("default")
QUESTIONS = Path(__file__).parents[3] / "evals" / "knowledge" / "questions.json"


class Question(msgspec.Struct):
    set: str
    ask: str
    answers: list[str]


@pytest.fixture
async def knowledge(database_url):
    database = Database(database_url)
    yield Knowledge(PostgresKnowledge(database, clock=VirtualClock()))
    await database.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "help"
    (made / "cards").mkdir(parents=True)
    (made / "cards" / "lost.md").write_text("# Lost cards\n\nBlock the card at once.")
    (made / "bills.html").write_text("<title>Bills</title><p>Bills are sent on Monday.")
    return made


async def sources(knowledge):
    return [each.source for each in await knowledge.list_documents(TENANT)]


def counts(report):
    return report.loaded, report.unchanged, report.removed, len(report.failed), report.skipped


async def test_a_folder_is_loaded_and_found(knowledge, folder):
    (folder / "travel.pdf").write_bytes(pdf(CARD))
    os.utime(folder / "bills.html", ns=(0, 1_700_000_000_123_000_000))
    report = await knowledge.load(TENANT, folder)
    assert (report.ok, report.name, counts(report), report.passages) == (True, "help", (3, 0, 0, 0, 0), 3)
    assert await sources(knowledge) == ["help/bills.html", "help/cards/lost.md", "help/travel.pdf"]
    [passage] = await knowledge.search(TENANT, "When are the bills sent?", limit=5)
    assert (passage.title, passage.source, passage.text) == ("Bills", "help/bills.html", "Bills are sent on Monday.")
    assert passage.modified_at_ms == 1_700_000_000_123
    assert (await knowledge.passage(TENANT, passage.passage_id)).text == passage.text
    assert [each.source for each in await knowledge.search(TENANT, "travel desk", limit=5)] == ["help/travel.pdf"]


async def test_only_what_changed_is_read_again_and_what_is_gone_is_removed(knowledge, folder):
    await knowledge.load(TENANT, folder)
    assert counts(await knowledge.load(TENANT, folder)) == (0, 2, 0, 0, 0)
    (folder / "bills.html").write_text("<title>Invoices</title><p>Sent on Friday.")
    (folder / "cards" / "lost.md").unlink()
    assert counts(await knowledge.load(TENANT, folder)) == (1, 0, 1, 0, 0)
    assert await sources(knowledge) == ["help/bills.html"]
    assert await knowledge.search(TENANT, "block a lost card", limit=5) == []
    assert [each.text for each in await knowledge.search(TENANT, "Friday", limit=5)] == ["Sent on Friday."]


async def test_folders_are_apart_by_their_names(knowledge, folder, tmp_path):
    await knowledge.load(TENANT, folder)
    assert (await knowledge.load(TENANT, folder, name="second")).loaded == 2
    other = tmp_path / "helpful"
    other.mkdir()
    assert counts(await knowledge.load(TENANT, other)) == (0, 0, 0, 0, 0)
    assert len(await sources(knowledge)) == 4
    assert counts(await knowledge.load(TENANT, other, name="second")) == (0, 0, 2, 0, 0)
    for name in ("", "a/b", "../x", "%", "x" * 101):
        with pytest.raises(InputError, match="--name"):
            await knowledge.load(TENANT, folder, name=name)


async def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(knowledge, folder, monkeypatch):
    await knowledge.load(TENANT, folder)
    monkeypatch.setattr(module, "FILE_MAX_BYTES", 5_000)
    (folder / "a-broken.pdf").write_bytes(b"%PDF-1.7 not so")
    (folder / "b-secret.pdf").write_bytes(pdf(CARD, encrypt="secret"))
    (folder / "c-empty.md").write_text("\n")
    (folder / "d-huge.txt").write_text("word " * 2_000)
    (folder / "e-binary.md").write_bytes(b"\x00\x01")
    (folder / "bills.html").write_bytes(b"\x00")
    (folder / "logo.png").write_bytes(b"png")
    (folder / ".hidden.md").write_text("hidden")
    (folder / "z-last.md").write_text("The last one.")
    report = await knowledge.load(TENANT, folder)
    assert not report.ok
    assert counts(report) == (1, 1, 0, 6, 1)
    assert [(each.source, each.code) for each in report.failed] == [
        ("help/a-broken.pdf", "document_unreadable"),
        ("help/b-secret.pdf", "document_encrypted"),
        ("help/bills.html", "document_unreadable"),
        ("help/c-empty.md", "document_empty"),
        ("help/d-huge.txt", "document_too_large"),
        ("help/e-binary.md", "document_unreadable"),
    ]
    # What was read of a file before stays until it can be read again, or is gone.
    assert await sources(knowledge) == ["help/bills.html", "help/cards/lost.md", "help/z-last.md"]
    assert [each.source for each in await knowledge.search(TENANT, "bills Monday", limit=5)] == ["help/bills.html"]


async def test_links_out_of_the_folder_are_passed_over_and_odd_names_reported(knowledge, folder, tmp_path):
    (tmp_path / "private.md").write_text("Private.")
    (folder / "link.md").symlink_to(tmp_path / "private.md")
    (folder / "inside.md").symlink_to(folder / "cards" / "lost.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / os.fsdecode(b"odd\xff.md")).write_text("Odd.")
    (folder / "line\nend.md").write_text("Odd.")
    report = await knowledge.load(TENANT, folder)
    assert await sources(knowledge) == ["help/bills.html", "help/cards/lost.md", "help/inside.md"]
    assert [each.code for each in report.failed] == ["document_unreadable"] * 2
    msgspec.json.encode(report)


async def test_a_folder_that_is_not_there_or_holds_too_much(knowledge, folder, monkeypatch):
    for wrong in (folder / "nowhere", folder / "bills.html"):
        with pytest.raises(InputError, match="no such folder"):
            await knowledge.load(TENANT, wrong)
    await knowledge.load(TENANT, folder)
    with monkeypatch.context() as patched:
        patched.setattr("os.scandir", lambda path: (_ for _ in ()).throw(PermissionError(path)))
        with pytest.raises(InputError, match="cannot be opened"):
            await knowledge.load(TENANT, folder)
    assert len(await sources(knowledge)) == 2
    monkeypatch.setattr(module, "DOCUMENTS_MAX", 1)
    with pytest.raises(InputError, match="more than 1 documents"):
        await knowledge.load(TENANT, folder)


async def test_questions_to_the_sample_articles(knowledge):
    """The figures of docs/knowledge.md: half of the questions have no answer in the articles."""
    report = await knowledge.load_samples(TENANT)
    assert (report.ok, report.name, report.loaded) == (True, "samples", 14)
    tallies = {}
    for question in msgspec.json.decode(QUESTIONS.read_bytes(), type=list[Question]):
        found = await knowledge.search(TENANT, question.ask, limit=1)
        right = found and found[0].source.removeprefix("samples/") in question.answers
        outcome = "right" if right else "wrong" if found else "missed" if question.answers else "quiet"
        tally = tallies.setdefault(question.set, dict.fromkeys(("right", "wrong", "missed", "quiet"), 0))
        tally[outcome] += 1
    assert tallies == {
        "tuning": {"right": 49, "wrong": 5, "missed": 4, "quiet": 52},
        "held out": {"right": 16, "wrong": 0, "missed": 2, "quiet": 18},
    }


async def test_the_demo_calls_find_what_helps_them(knowledge):
    await knowledge.load_samples(TENANT)
    for words, source in (
        (REASON_QUERIES["lost_card"], "samples/lost-card.md"),
        ("money before card", "samples/emergency-cash.md"),
        ("when does the card arrive", "samples/card-delivery.md"),
        (REASON_QUERIES["roaming"], "samples/roaming.md"),
        ("i was at home i have never used my phone outside the country", "samples/roaming.md"),
        (REASON_QUERIES["cancel_contract"], "samples/cancelling.md"),
        ("i want to speak to your manager right now", "samples/escalation.md"),
        ("offer a credit", "samples/billing-credits.md"),
    ):
        found = await knowledge.search(TENANT, words, limit=3)
        assert source in [each.source for each in found], words


async def test_a_pdf_is_read_in_a_process_of_its_own():
    document = await pdf_process.read_pdf_apart(pdf(CARD), "a.pdf")
    assert document.title == "Lost cards"
    for raw, error in (
        (b"%PDF-1.7", UnreadableDocumentError), (pdf([]), EmptyDocumentError),
        (pdf(CARD, encrypt="secret"), EncryptedDocumentError),
    ):  # fmt: skip
        with pytest.raises(error):
            await pdf_process.read_pdf_apart(raw, "a.pdf")


async def test_a_process_that_does_not_answer_is_ended(monkeypatch):
    with pytest.raises(UnreadableDocumentError, match=r"0\.001 s"):
        await pdf_process.read_pdf_apart(pdf(CARD), "a.pdf", timeout_s=0.001)
    monkeypatch.setattr(pdf_process, "__name__", "cueline.guidance.knowledge")
    with pytest.raises(UnreadableDocumentError, match="broke off"):
        await pdf_process.read_pdf_apart(pdf(CARD), "a.pdf")
