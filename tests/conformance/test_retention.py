"""Retention over the REST interface, on a real server: policies, what goes tonight, legal holds, deletion by hand."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cueline.archive.layout import chunk_key, manifest_key
from cueline.events.catalogue import CallEnded
from cueline.events.records import NewEvent
from cueline.events.retention import DAY_MS
from cueline.kernel.ids import CallId
from cueline.roles.retention_parts import make_retention_keeper
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation, utterance

pytestmark = pytest.mark.component("postgres")

BASE = "/v1/retention"
BUILT_IN = {"audioDays": 90, "textDays": 365, "metricsDays": 1_095}


@pytest.fixture
async def cueline(database_url: str, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(database_url, data_dir=tmp_path) as running:
        yield running


async def ended(cueline: Installation, contact: str = "contact-1", *, days_ago: float = 0) -> CallId:
    """A call with a recording that is over."""
    process = cueline.served.process
    worker = await cueline.worker(contact)
    await worker.commit(utterance(worker.call, 0, "about the mulberry"))
    await worker.commit(NewEvent(at_ms=2_000, item=CallEnded(reason="disconnected")))
    _, wrapped = await process.keys.new_data_key(process.tenant)
    await process.database.statement(
        "INSERT INTO recordings (call_id, tenant, state, codec, key_id, wrapped_key, chunks, position,"
        " manifest_revision, sealed_at_ms) VALUES ($1, $2, 'sealed', 'flac', $3, $4, 1, 16000, 0, 1)",
        worker.call, process.tenant, wrapped.key_id, wrapped.wrapped,
    )  # fmt: skip
    await process.database.statement(
        "UPDATE calls SET ended_at_ms = ended_at_ms - $2 WHERE call_id = $1", worker.call, int(days_ago * DAY_MS)
    )
    await process.objects.put(chunk_key(process.tenant, worker.call, 0, 0), b"audio")
    await process.objects.put(manifest_key(process.tenant, worker.call, 0), b"manifest")
    return worker.call


async def get(cueline: Installation, path: str) -> Any:
    answer = await cueline.http.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def put(cueline: Installation, path: str, **body: Any) -> Any:
    return await cueline.http.put(path, json=body)


async def hold(cueline: Installation, call: str, *, held: bool, reason: str = "case 7", **more: Any) -> Any:
    return await put(cueline, f"/v1/calls/{call}/legal-hold", held=held, reason=reason, **more)


async def test_policies_are_published_inherited_and_checked(cueline: Installation) -> None:
    built_in = {
        "profile": "default", "version": 0, "policy": BUILT_IN, "note": "", "changedBy": None, "changedAtMs": None,
    }  # fmt: skip
    assert await get(cueline, f"{BASE}/policies") == {"policies": [built_in]}
    assert await get(cueline, f"{BASE}/policies/shops") == {**built_in, "profile": "shops", "inherited": True}
    short = {**BUILT_IN, "audioDays": 30}
    answer = await put(cueline, f"{BASE}/policies/default", policy=short, basedOn=0, note="storage")
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    found = await get(cueline, f"{BASE}/policies/shops")
    assert (found["policy"], found["inherited"], found["note"]) == (short, True, "storage")
    assert [each["version"] for each in (await get(cueline, f"{BASE}/policies/default/versions"))["versions"]] == [1]
    assert_problem(await put(cueline, f"{BASE}/policies/default", policy=BUILT_IN, basedOn=0), 409, "policy_conflict")
    wrong = await put(cueline, f"{BASE}/policies/default", policy={**BUILT_IN, "metricsDays": 5}, basedOn=1)
    assert_problem(wrong, 400, "bad_input")
    assert "metricsDays: at least 365" in wrong.json()["detail"]
    for policy in ({"audioDays": -1}, {"audioDays": 1.5}, {"textDays": 10**9}, {"other": 1}):
        assert_problem(await put(cueline, f"{BASE}/policies/default", policy=policy, basedOn=1), 400, "bad_input")


async def test_what_goes_tonight_is_told_as_it_is_and_as_it_would_be(cueline: Installation) -> None:
    await ended(cueline, "old", days_ago=100)
    held = await ended(cueline, "held", days_ago=100)
    await ended(cueline, "new", days_ago=10)
    assert (await hold(cueline, held, held=True)).status_code == 200
    tonight = await get(cueline, f"{BASE}/due")
    assert tonight["due"] == [{"kind": "audio", "profile": "default", "calls": 1, "held": 1}]
    assert tonight["atMs"] > cueline.served.process.clock.epoch_ms()
    then = await cueline.http.post(f"{BASE}/due", json={"profile": "default", "policy": {"audioDays": 5}})
    assert then.json()["due"] == [{"kind": "audio", "profile": "default", "calls": 2, "held": 1}]
    assert await get(cueline, f"{BASE}/due") == tonight


async def test_a_recording_is_deleted_by_hand_with_a_proof(cueline: Installation) -> None:
    process = cueline.served.process
    call = await ended(cueline)
    answer = await cueline.http.delete(f"/v1/calls/{call}/recording")
    assert (answer.status_code, answer.json()) == (200, {"deleted": True})
    assert [key async for key in process.objects.list(f"{process.tenant}/recordings/{call}/")] == []
    assert (await cueline.http.delete(f"/v1/calls/{call}/recording")).json() == {"deleted": False}
    gone = await cueline.http.get(f"/v1/calls/{call}/recording")
    assert_problem(gone, 410, "recording_deleted")
    assert (await get(cueline, f"/v1/calls/{call}/recording/facts"))["state"] == "deleted"
    [proof] = (await get(cueline, f"{BASE}/deletions?call={call}"))["deletions"]
    assert (proof["kind"], proof["by"], proof["signature"]) == ("audio", "supervisor", "valid")
    assert proof["counts"]["objects"] == 2
    assert proof["left"] == {"objects": 0, "keys": 0, "chunkRows": 0}
    events = (await get(cueline, f"/v1/calls/{call}/events"))["events"]
    assert events[-1]["kind"] == "RecordingDeleted"
    lines = (await get(cueline, f"/v1/calls/{call}/audit"))["lines"]
    assert lines[0]["action"] == "recording.deletion_begun"


async def test_a_held_call_is_deleted_in_no_way(cueline: Installation) -> None:
    process = cueline.served.process
    call = await ended(cueline, days_ago=5_000)
    answer = await hold(cueline, call, held=True)
    assert (answer.status_code, answer.json()["held"], answer.json()["reason"]) == (200, True, "case 7")
    assert (await get(cueline, f"/v1/calls/{call}"))["legalHold"] is True
    assert_problem(await cueline.http.delete(f"/v1/calls/{call}/recording"), 409, "legal_hold")
    keeper = process_keeper(cueline)
    night = await keeper.turn()
    assert (night.audio, night.text, night.metrics, night.failed) == (0, 0, 0, 0)
    assert len([key async for key in process.objects.list(f"{process.tenant}/recordings/{call}/")]) == 2
    said = [each for each in (await get(cueline, f"/v1/calls/{call}/events"))["events"] if "text" in each]
    assert [each["text"] for each in said] == ["about the mulberry"]
    assert (await hold(cueline, call, held=False, reason="settled")).json()["held"] is False
    night = await keeper.turn()
    assert (night.audio, night.text, night.metrics) == (1, 1, 1)
    assert (await cueline.http.get(f"/v1/calls/{call}")).status_code == 404
    assert len((await get(cueline, f"{BASE}/deletions?call={call}"))["deletions"]) == 3


def process_keeper(cueline: Installation) -> Any:
    return make_retention_keeper(cueline.served.process)


async def test_who_may_hold_and_delete(cueline: Installation) -> None:
    call = await ended(cueline)
    for name, role in (("ann", "agent"), ("sam", "supervisor")):
        body = {"name": name.title(), "role": role, "team": None}
        assert (await cueline.http.put(f"/v1/people/{name}", json=body)).status_code == 200
    assert_problem(await hold(cueline, call, held=True, by="ann"), 403, "not_allowed")
    assert_problem(await hold(cueline, call, held=True, by="nobody"), 403, "not_allowed")
    assert_problem(await cueline.http.delete(f"/v1/calls/{call}/recording?by=ann"), 403, "not_allowed")
    assert (await hold(cueline, call, held=True, by="sam")).json()["by"] == "sam"
    for reason in ("", "   ", "a\0b", "x" * 501):
        assert_problem(await hold(cueline, call, held=False, reason=reason), 400, "bad_input")
    found = await get(cueline, f"/v1/calls/{call}/legal-hold")
    assert (found["held"], found["by"]) == (True, "sam")


async def test_deleted_text_breaks_no_reader(cueline: Installation) -> None:
    call = await ended(cueline, days_ago=400)
    note = {"reason": "Lost card", "summary": "A mulberry card.", "outcome": "done", "actions": []}
    assert (await put(cueline, f"/v1/calls/{call}/notes", fields=note, basedOn=0)).status_code == 200
    night = await process_keeper(cueline).turn()
    assert (night.audio, night.text, night.metrics) == (1, 1, 0)
    summary = await get(cueline, f"/v1/calls/{call}")
    assert summary["textDeletedAtMs"] > 0
    assert (summary["title"], summary["customerEndpoint"], summary["utterances"]) == (None, None, 1)
    assert await get(cueline, f"/v1/calls/{call}/notes") == {"newest": None, "versions": []}
    assert (await get(cueline, f"/v1/calls/{call}/guidance"))["cues"] == []
    assert (await get(cueline, "/v1/calls?q=mulberry"))["calls"] == []
    for path in ("calls.csv", "calls.jsonl"):
        export = (await cueline.http.get(f"/v1/exports/{path}")).text
        assert call in export
        assert "mulberry" not in export
    async with cueline.live(call, resume=1) as live:
        events = await live.committed(5)
    assert "mulberry" not in json.dumps(events)
    assert {"TextDeleted", "RecordingDeleted"} <= {each["kind"] for each in events}
    again = await put(cueline, f"/v1/calls/{call}/notes", fields=note, basedOn=0)
    assert_problem(again, 410, "text_deleted")


async def test_recording_is_paused_and_resumed_while_the_call_goes_on(cueline: Installation) -> None:
    worker = await cueline.worker()
    path = f"/v1/calls/{worker.call}/recording"
    for act, body in (
        ("pause", {"by": "jo"}), ("resume", {}), ("consent", {"given": True, "by": "flow"}),
        ("consent", {"given": False}),
    ):  # fmt: skip
        answer = await cueline.http.post(f"{path}/{act}", json=body)
        assert answer.status_code == 200, answer.text
    events = (await get(cueline, f"/v1/calls/{worker.call}/events"))["events"]
    assert [(each["kind"], each["by"]) for each in events[-4:]] == [
        ("RecordingPaused", "jo"), ("RecordingResumed", "agent"), ("ConsentGiven", "flow"),
        ("ConsentWithdrawn", "contact flow"),
    ]  # fmt: skip
    assert_problem(await cueline.http.delete(path), 409, "call_goes_on")
    await worker.commit(NewEvent(at_ms=2_000, item=CallEnded(reason="disconnected")))
    assert_problem(await cueline.http.post(f"{path}/pause", json={}), 409, "call_over")
    assert_problem(await cueline.http.post("/v1/calls/none/recording/pause", json={}), 404, "unknown_call")
