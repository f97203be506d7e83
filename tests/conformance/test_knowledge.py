"""The REST interface to the knowledge base, on a real server, and the commands that fill it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest
import structlog

from cueline import cli
from cueline.delivery.adapters.knowledge_routes import UPLOAD_MAX_BYTES
from cueline.guidance.knowledge.documents import FILE_MAX_BYTES
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.roles import settings as roles_settings
from tests.conformance.test_rest import assert_problem
from tests.fakes.pdf_paper import pdf
from tests.installation import Installation, installation

pytestmark = pytest.mark.component("postgres")

BASE = "/v1/knowledge"
SECRET = "secret-that-nobody-may-see"


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def load_samples(cueline: Installation, tenant: TenantId | None = None) -> None:
    process = cueline.served.process
    await process.knowledge.load_samples(tenant or process.tenant)


async def test_search_passage_and_documents(cueline: Installation) -> None:
    await load_samples(cueline)
    answer = await cueline.http.get(f"{BASE}/search", params={"q": "How long does a new card take?", "limit": 2})
    assert answer.status_code == 200
    first = answer.json()["passages"][0]
    assert set(first) == {"passageId", "title", "heading", "text", "source", "modifiedAtMs", "score"}
    assert (first["title"], first["source"]) == ("Card delivery times", "samples/card-delivery.md")
    assert "five business days" in first["text"]
    assert 0.5 < first["score"] <= 1
    assert len(answer.json()["passages"]) <= 2
    read = await cueline.http.get(f"{BASE}/passages/{first['passageId']}")
    assert read.json() == {**first, "score": 1.0}
    documents = (await cueline.http.get(f"{BASE}/documents")).json()["documents"]
    assert len(documents) == 14
    assert [each["source"] for each in documents] == sorted(each["source"] for each in documents)
    assert set(documents[0]) == {"documentId", "title", "source", "modifiedAtMs", "loadedAtMs", "passages"}
    assert documents[0]["loadedAtMs"] > 1_600_000_000_000
    assert sum(each["passages"] for each in documents) >= 14


async def test_not_found_is_said_plainly(cueline: Installation) -> None:
    assert (await cueline.http.get(f"{BASE}/documents")).json() == {"documents": []}
    assert (await cueline.http.get(f"{BASE}/search", params={"q": "card"})).json() == {"passages": []}
    await load_samples(cueline)
    for question in ("elephants in the zoo", "what is it", "[PERSON]", "?", " "):
        answer = await cueline.http.get(f"{BASE}/search", params={"q": question})
        assert (answer.status_code, answer.json()) == (200, {"passages": []})
    answer = await cueline.http.get(f"{BASE}/passages/kp_{SECRET}")
    assert_problem(answer, 404, "unknown_passage")
    assert SECRET not in answer.text


async def test_another_tenants_documents_are_not_there(cueline: Installation) -> None:
    await load_samples(cueline, TenantId("other"))
    assert (await cueline.http.get(f"{BASE}/documents")).json() == {"documents": []}
    assert (await cueline.http.get(f"{BASE}/search", params={"q": "lost card"})).json() == {"passages": []}
    process = cueline.served.process
    [passage, *_] = await process.knowledge.search(TenantId("other"), "lost card", limit=1)
    assert_problem(await cueline.http.get(f"{BASE}/passages/{passage.passage_id}"), 404, "unknown_passage")


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": "x" * 501}, {"q": "card", "limit": "0"}, {"q": "card", "limit": "21"}]
)
async def test_what_is_refused(cueline: Installation, query: dict[str, str]) -> None:
    assert_problem(await cueline.http.get(f"{BASE}/search", params=query), 400, "bad_input")
    long = await cueline.http.get(f"{BASE}/passages/{'x' * 65}")
    assert_problem(long, 400, "bad_input")


async def test_nul_and_operators_are_words_like_others(cueline: Installation) -> None:
    await load_samples(cueline)
    for question in ("card\0s", "lost & !card | (", "'; DROP TABLE calls", "\\", "<->", "card:*"):
        answer = await cueline.http.get(f"{BASE}/search", params={"q": question})
        assert answer.status_code == 200, question


async def test_what_was_asked_is_in_no_log_and_no_metric(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise ValueError(f"cannot find {SECRET}")

    with structlog.testing.capture_logs() as logs:
        await cueline.http.get(f"{BASE}/search", params={"q": SECRET})
        monkeypatch.setattr(cueline.served.process.database, "statement", fails)
        failed = await cueline.http.get(f"{BASE}/search", params={"q": SECRET})
    assert_problem(failed, 500, "internal")
    assert SECRET not in failed.text + str(logs)
    monkeypatch.undo()
    assert SECRET not in (await cueline.http.get("/metrics")).text


async def test_a_store_that_is_away_is_no_fault_of_ours(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise UnavailableError("PostgreSQL is away")

    monkeypatch.setattr(cueline.served.process.database, "rows", away)
    monkeypatch.setattr(cueline.served.process.database, "statement", away)
    for path in ("/search?q=card", "/passages/kp_1", "/documents"):
        assert_problem(await cueline.http.get(BASE + path), 503, "unavailable")


async def put(
    cueline: Installation, name: str, content: bytes | str, kind: str = "text/markdown", **query: str
) -> httpx.Response:
    return await cueline.http.post(
        f"{BASE}/documents", params={"name": name, **query}, content=content, headers={"Content-Type": kind}
    )


async def found(cueline: Installation, question: str) -> list[str]:
    answer = await cueline.http.get(f"{BASE}/search", params={"q": question})
    return [each["text"] for each in answer.json()["passages"]]


async def test_a_document_is_uploaded_found_replaced_and_removed(cueline: Installation) -> None:
    await load_samples(cueline)
    first = await put(cueline, "parking.md", "# Parking\n\nVisitors park behind the north gate.", modifiedAtMs="1234")
    assert first.status_code == 201, first.text
    document = first.json()["document"]
    assert (document["source"], document["title"], document["modifiedAtMs"]) == ("uploads/parking.md", "Parking", 1234)
    assert (first.json()["replaced"], document["passages"]) == (False, 1)
    assert await found(cueline, "where do visitors park") == ["Visitors park behind the north gate."]

    second = await put(cueline, "parking.md", "# Parking\n\nVisitors park under the south tower.")
    assert (second.status_code, second.json()["replaced"]) == (200, True)
    assert second.json()["document"]["documentId"] == document["documentId"]
    assert second.json()["document"]["modifiedAtMs"] > 1_600_000_000_000
    assert await found(cueline, "where do visitors park") == ["Visitors park under the south tower."]
    documents = (await cueline.http.get(f"{BASE}/documents")).json()["documents"]
    assert [each["source"] for each in documents if not each["source"].startswith("samples/")] == ["uploads/parking.md"]

    address = f"{BASE}/documents/{document['documentId']}"
    assert (await cueline.http.delete(address)).status_code == 204
    assert await found(cueline, "where do visitors park") == []
    assert_problem(await cueline.http.delete(address), 404, "unknown_document")
    assert len((await cueline.http.get(f"{BASE}/documents")).json()["documents"]) == 14


async def test_each_kind_is_read_by_its_name_or_else_by_its_type(cueline: Installation) -> None:
    page = "<html><head><title>Opening hours</title></head><body><main><p>We open at nine.</p></main></body></html>"
    paper = pdf([(18, "Warranty"), (11, "The warranty of a kettle lasts five years.")])
    for name, content, kind, source in (
        ("hours.html", page, "application/octet-stream", "uploads/hours.html"),
        ("hours two", page, "text/html; charset=utf-8", "uploads/hours two.html"),
        ("warranty", paper, "application/pdf", "uploads/warranty.pdf"),
        ("WARRANTY.PDF", paper, "text/plain", "uploads/WARRANTY.PDF"),
        ("note", "A note on lamps.", "text/plain", "uploads/note.txt"),
    ):
        answer = await put(cueline, name, content, kind)
        assert answer.status_code == 201, answer.text
        assert answer.json()["document"]["source"] == source
    assert "The warranty of a kettle lasts five years." in (await found(cueline, "kettle warranty"))[0]


@pytest.mark.parametrize(
    ("name", "content", "kind", "code"),
    [
        ("a.docx", b"PK", "application/octet-stream", "document_kind"),
        ("a", b"text", "image/png", "document_kind"),
        ("a/b.md", b"text", "text/markdown", "document_name"),
        ("..\\b.md", b"text", "text/markdown", "document_name"),
        (".hidden.md", b"text", "text/markdown", "document_name"),
        ("a\n.md", b"text", "text/markdown", "document_name"),
        (" ", b"text", "text/markdown", "document_name"),
        ("", b"text", "text/markdown", "bad_input"),
        ("x" * 201, b"text", "text/markdown", "bad_input"),
        ("a.md", b"", "text/markdown", "document_empty"),
        ("a.md", b"a\0b", "text/markdown", "document_unreadable"),
        ("a.pdf", b"%PDF-1.4 nothing", "application/pdf", "document_unreadable"),
        ("a.pdf", pdf([(12, "secret")], encrypt="word"), "application/pdf", "document_encrypted"),
        ("a.txt", b"word " * 500_000, "text/plain", "document_too_large"),
    ],
)  # fmt: skip
async def test_what_cannot_be_uploaded_is_told_by_its_code(
    cueline: Installation, name: str, content: bytes, kind: str, code: str
) -> None:
    assert_problem(await put(cueline, name, content, kind), 400, code)
    assert (await cueline.http.get(f"{BASE}/documents")).json() == {"documents": []}


async def test_a_file_may_be_larger_than_other_bodies_and_no_larger_than_a_document(cueline: Installation) -> None:
    assert UPLOAD_MAX_BYTES == FILE_MAX_BYTES
    large = "# Long\n\n" + "\n\n".join(f"Paragraph {number} tells of shelf {number}." for number in range(9_000))
    assert len(large) > 256 * 1024
    assert (await put(cueline, "long.md", large)).status_code == 201
    assert_problem(await put(cueline, "b.md", b"x" * (UPLOAD_MAX_BYTES + 1)), 413, "http_413")


async def test_an_upload_that_fails_leaves_what_was_there(cueline: Installation) -> None:
    await put(cueline, "lamps.md", "Lamps are in aisle four.")
    assert_problem(await put(cueline, "lamps.md", b"\0"), 400, "document_unreadable")
    assert await found(cueline, "lamps aisle") == ["Lamps are in aisle four."]


async def test_uploading_needs_the_token(cueline: Installation) -> None:
    async with httpx.AsyncClient(base_url=cueline.base_url) as stranger:
        answer = await stranger.post(f"{BASE}/documents", params={"name": "a.md"}, content=b"a")
        assert_problem(answer, 401, "token")
        assert_problem(await stranger.delete(f"{BASE}/documents/kd_1"), 401, "token")


async def test_a_folder_cannot_take_the_name_of_the_uploads(cueline: Installation, tmp_path: Path) -> None:
    process = cueline.served.process
    with pytest.raises(InputError, match="uploads is where uploaded documents lie"):
        await process.knowledge.load(process.tenant, tmp_path, name="uploads")


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["knowledge", *arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_commands(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CUELINE_DATABASE_URL", database_url)
    assert roles_settings.read_settings().database_url is not None
    help_centre = tmp_path / "help-centre"
    help_centre.mkdir()
    (help_centre / "parcels.md").write_text("# Parcels\n\nA parcel is delivered to a neighbour where nobody opens.")
    code, out, _ = command(capsys, "list")
    assert (code, out.strip()) == (0, "The knowledge base is empty. Fill it with: cueline knowledge load FOLDER")
    code, out, _ = command(capsys, "load", str(help_centre))
    assert (code, out.split(":")[0], "1 documents loaded (1 passages)" in out) == (0, "help-centre", True)
    code, out, _ = command(capsys, "search", "parcel", "to", "a", "neighbour")
    assert code == 0
    assert "A parcel is delivered to a neighbour" in out
    assert "help-centre/parcels.md" in out
    code, out, _ = command(capsys, "search", "elephant")
    assert (code, out.startswith("Not found")) == (0, True)
    code, out, _ = command(capsys, "search", "elephant", "--json")
    assert (code, msgspec.json.decode(out)) == (0, {"passages": []})
    code, out, _ = command(capsys, "list", "--json")
    assert [each["source"] for each in msgspec.json.decode(out)["documents"]] == ["help-centre/parcels.md"]
    (help_centre / "broken.pdf").write_bytes(b"broken")
    code, out, _ = command(capsys, "load", str(help_centre), "--json")
    report = msgspec.json.decode(out)
    assert (code, report["ok"], report["unchanged"], report["failed"][0]["source"]) == (
        1, False, 1, "help-centre/broken.pdf",
    )  # fmt: skip
    code, _, err = command(capsys, "load", str(tmp_path / "nowhere"))
    assert (code, "no such folder" in err) == (2, True)
    code, _, err = command(capsys, "load", str(help_centre), "--name", "../x")
    assert (code, "--name" in err) == (2, True)
    monkeypatch.setenv("CUELINE_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    code, _, err = command(capsys, "list")
    assert (code, "PostgreSQL" in err) == (3, True)
