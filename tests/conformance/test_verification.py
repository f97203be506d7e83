"""Verification over the REST interface, with the workflow run by the product itself."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from cueline.events.catalogue import CallEnded
from cueline.events.records import NewEvent
from cueline.kernel.ids import CallId, utterance_id
from cueline.roles.assemble import make_verifications
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, eventually, installation, utterance

pytestmark = pytest.mark.component("postgres")

SECRET = "four one one one one one one one"


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url, roles=("gateway", "keeper"), recording="off") as running:
        yield running


async def ended(cueline: Installation, *texts: str) -> CallId:
    """A call that is over, with these utterances of the customer's."""
    worker = await cueline.worker()
    for ordinal, text in enumerate(texts):
        await worker.commit(utterance(worker.call, ordinal, text))
    process = cueline.served.process
    await make_verifications(process).compared(
        process.tenant, worker.call, "clean", turns=len(texts), compared_turns=len(texts)
    )
    await worker.commit(NewEvent(at_ms=60_000, item=CallEnded(reason="disconnected")))
    return worker.call


async def decided(cueline: Installation, call: CallId, *states: str) -> dict[str, Any]:
    async def look() -> dict[str, Any] | None:
        answer = await cueline.http.get(f"/v1/calls/{call}/verification")
        body: dict[str, Any] = answer.json()
        return body if answer.status_code == 200 and body["state"] in states else None

    return await eventually(look, timeout_s=60)


async def said(cueline: Installation, call: CallId) -> list[str]:
    process = cueline.served.process
    return [each.text for each in await make_verifications(process).turns(process.tenant, call)]


async def actions(cueline: Installation, call: CallId) -> list[str]:
    body = (await cueline.http.get(f"/v1/calls/{call}/audit")).json()
    return [entry["action"] for entry in body["lines"]]


async def test_a_leak_is_found_by_the_running_product_and_the_call_found_by_its_state(cueline: Installation) -> None:
    call = await ended(cueline, f"my card number is {SECRET}", "thank you that is all")
    body = await decided(cueline, call, "widened")
    assert (body["findings"], body["open"], body["compared"], body["audio"]) == (
        {"CREDIT_CARD": 1},
        [],
        "clean",
        "none",
    )
    assert await said(cueline, call) == ["my card number is [CREDIT_CARD]", "thank you that is all"]
    shown = (await cueline.http.get("/v1/calls?verification=widened")).json()["calls"]
    assert [(each["callId"], each["verification"]) for each in shown] == [(call, "widened")]
    assert (await cueline.http.get("/v1/calls?verification=quarantined")).json()["calls"] == []
    assert_problem(await cueline.http.get("/v1/calls?verification=lost"), 400, "bad_input")


async def test_what_waits_for_a_person_is_listed_and_released_by_a_supervisor(cueline: Installation) -> None:
    call = await ended(cueline, "hello there")
    await decided(cueline, call, "verified")
    fields = {"reason": "Card", "summary": "card number 4111 1111 1111 1111", "outcome": "done", "actions": []}
    assert (await cueline.http.put(f"/v1/calls/{call}/notes", json={"fields": fields, "basedOn": 0})).status_code == 200
    release = f"/v1/calls/{call}/verification/release"
    assert_problem(await cueline.http.post(release, json={}), 409, "not_quarantined")
    assert (await cueline.http.post(f"/v1/calls/{call}/verification/again", json={})).status_code == 202
    body = await decided(cueline, call, "quarantined")
    assert body["reasons"] == ["text"]
    assert [(each["place"], each["ref"], each["type"]) for each in body["open"]] == [("note", "summary", "CREDIT_CARD")]
    assert "4111" not in str(body)
    [waiting] = (await cueline.http.get("/v1/quarantine")).json()["calls"]
    assert (waiting["callId"], waiting["findings"]) == (call, 1)
    await cueline.http.put("/v1/people/ann", json={"name": "Ann", "role": "agent"})
    assert_problem(await cueline.http.post(release, json={"by": "ann"}), 403, "not_reviewer")
    released = (await cueline.http.post(release, json={"by": "supervisor"})).json()
    assert (released["state"], released["releasedBy"], released["reasons"]) == ("verified", "supervisor", [])
    assert (await cueline.http.get("/v1/quarantine")).json()["calls"] == []
    assert (await actions(cueline, call))[:2] == ["released", "verified_again"]


async def test_a_range_is_redacted_by_a_supervisor(cueline: Installation) -> None:
    call = await ended(cueline, "what a day in town", "and it was fine")
    await decided(cueline, call, "verified")
    path = f"/v1/calls/{call}/redactions"
    # The words of the first utterance begin at 0, 100, 200, 300 and 400 ms.
    body = (await cueline.http.post(path, json={"startMs": 150, "endMs": 280, "type": "DOB"})).json()
    assert body == {"utterances": 1, "beeped": False}
    assert await said(cueline, call) == ["what [DOB] in town", "and it was fine"]
    again = (await cueline.http.post(path, json={"startMs": 150, "endMs": 280, "type": "DOB"})).json()
    assert again["utterances"] == 0
    assert_problem(await cueline.http.post(path, json={"startMs": 280, "endMs": 150}), 400, "bad_input")
    assert_problem(await cueline.http.post(path, json={"startMs": 0, "endMs": 90, "by": "nobody"}), 403, "not_reviewer")
    assert await said(cueline, call) == ["what [DOB] in town", "and it was fine"]
    assert (await actions(cueline, call))[0] == "redacted"
    await decided(cueline, call, "verified")


async def test_masking_by_hand_has_the_call_read_again(cueline: Installation) -> None:
    call = await ended(cueline, "one fine day in may")
    await decided(cueline, call, "verified")
    path = f"/v1/calls/{call}/utterances/{utterance_id(call, 'customer', 0)}/mask"
    assert (await cueline.http.post(path, json={"start": 0, "end": 3, "by": "ann"})).status_code == 200
    assert (await actions(cueline, call))[0] == "masked"
    await decided(cueline, call, "verified")


async def test_a_wrong_mask_is_reported_reviewed_and_exported(cueline: Installation) -> None:
    call = await ended(cueline, "it takes [NUMBER] days")
    path = f"/v1/calls/{call}/mask-reports"
    report = {"utteranceId": utterance_id(call, "customer", 0), "start": 9, "end": 17, "problem": "harmless"}
    assert_problem(await cueline.http.post(path, json={**report, "start": 8}), 400, "no_mask")
    assert_problem(await cueline.http.post(path, json={**report, "utteranceId": "u"}), 404, "unknown_utterance")
    made = (await cueline.http.post(path, json={**report, "by": "ann"})).json()
    assert (made["type"], made["verdict"], made["reportedBy"]) == ("NUMBER", None, "ann")
    [listed] = (await cueline.http.get("/v1/mask-reports")).json()["reports"]
    assert listed == made
    assert (await cueline.http.get("/v1/mask-reports/cases")).json() == {"cases": []}
    review = f"/v1/mask-reports/{made['number']}/review"
    assert_problem(await cueline.http.post(review, json={"verdict": "accepted", "by": "ann"}), 403, "not_reviewer")
    assert_problem(
        await cueline.http.post("/v1/mask-reports/999/review", json={"verdict": "accepted"}), 404, "unknown_report"
    )
    judged = (await cueline.http.post(review, json={"verdict": "accepted"})).json()
    assert (judged["verdict"], judged["reviewedBy"]) == ("accepted", "supervisor")
    assert (await cueline.http.get("/v1/mask-reports")).json()["reports"] == []
    [case] = (await cueline.http.get("/v1/mask-reports/cases")).json()["cases"]
    assert (case["text"], case["start"], case["end"], case["type"]) == ("it takes [NUMBER] days", 9, 17, "NUMBER")
