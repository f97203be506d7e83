"""The REST interface to the knowledge base, on a real server, and the commands that fill it."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import structlog

from cueline import cli
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.roles import settings as roles_settings
from tests.conformance.test_rest import assert_problem
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
