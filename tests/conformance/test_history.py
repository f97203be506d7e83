"""Saved views and the export of the history, over REST, on a real server."""

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from cueline.delivery.adapters import history_routes
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation, utterance

pytestmark = pytest.mark.component("postgres")


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


def chosen(view: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in view["filters"].items() if value is not None}


async def test_a_view_is_saved_listed_changed_and_forgotten(cueline: Installation) -> None:
    http = cueline.http
    filters = {"q": "late fee", "state": "past", "fromDay": "2026-03-01"}
    answer = await http.put("/v1/views/Late%20fees", params={"by": "sue"}, json=filters)
    assert answer.status_code == 200, answer.text
    saved = answer.json()
    assert (saved["name"], chosen(saved)) == ("Late fees", filters)
    assert (await http.get("/v1/views", params={"by": "sue"})).json() == {"views": [saved]}
    assert (await http.get("/v1/views")).json() == {"views": []}
    await http.put("/v1/views/Late%20fees", params={"by": "sue"}, json={"team": "Cards"})
    [view] = (await http.get("/v1/views", params={"by": "sue"})).json()["views"]
    assert chosen(view) == {"team": "Cards"}
    assert (await http.delete("/v1/views/Late%20fees", params={"by": "sue"})).status_code == 204
    gone = await http.delete("/v1/views/Late%20fees", params={"by": "sue"})
    assert_problem(gone, 404, "unknown_view")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("n" * 61, {}), ("%01", {}), ("ok", {"state": "lost"}), ("ok", {"fromDay": "yesterday"}),
        ("ok", {"unknown": "x"}), ("ok", {"q": "x" * 201}), ("ok", []),
    ],
)  # fmt: skip
async def test_a_view_that_makes_no_sense_is_refused(cueline: Installation, name: str, body: object) -> None:
    assert_problem(await cueline.http.put(f"/v1/views/{name}", json=body), 400, "bad_input")


async def test_the_filtered_calls_are_exported_and_told_of_by_ids(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_routes, "EXPORT_PAGE", 2)
    calls = []
    for number in range(5):
        worker = await cueline.worker(f"contact-{number}")
        calls.append(worker.call)
        await worker.commit(utterance(worker.call, 0, f"a late fee and [NUMBER] number{number}"))
    with capture_logs() as told:
        everything = await cueline.http.get("/v1/exports/calls.csv", params={"by": "sue"})
    assert everything.headers["content-type"].startswith("text/csv")
    assert everything.headers["content-disposition"] == 'attachment; filename="calls.csv"'
    rows = list(csv.DictReader(io.StringIO(everything.text)))
    assert sorted(row["callId"] for row in rows) == sorted(calls)
    assert {row["masks"] for row in rows} == {"1"}
    lines = [line for line in told if line["event"] == "calls_exported"]
    assert [len(line["calls"]) for line in lines] == [2, 2, 1]
    assert sorted(call for line in lines for call in line["calls"]) == sorted(calls)
    assert {(line["by"], line["format"]) for line in lines} == {("sue", "csv")}

    with capture_logs() as told:
        found = await cueline.http.get("/v1/exports/calls.jsonl", params={"q": "number3", "live": "true"})
    [call] = [json.loads(line) for line in found.text.splitlines()]
    assert call["callId"] == calls[3]
    assert call["matches"][0]["text"] == "a late fee and [NUMBER] number3"
    [line] = [line for line in told if line["event"] == "calls_exported"]
    assert line["calls"] == [calls[3]]
    assert "late" not in str(told)
    assert "number3" not in str(told)
    nothing = await cueline.http.get("/v1/exports/calls.jsonl", params={"agent": "nobody"})
    assert (nothing.status_code, nothing.text) == (200, "")


async def test_an_export_ends_at_its_bound(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_routes, "EXPORT_PAGE", 2)
    monkeypatch.setattr(history_routes, "EXPORT_MAX", 3)
    for number in range(5):
        await cueline.worker(f"contact-{number}")
    answer = await cueline.http.get("/v1/exports/calls.jsonl")
    assert len(answer.text.splitlines()) == 3


async def test_what_is_wrong_with_a_question_is_told_before_anything_is_sent(cueline: Installation) -> None:
    for kind in ("csv", "jsonl"):
        assert_problem(await cueline.http.get(f"/v1/exports/calls.{kind}", params={"q": "-only"}), 400, "bad_input")
