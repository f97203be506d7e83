"""Shadow runs over REST, on a real server and its own calls."""

from collections.abc import AsyncIterator

import pytest

from cueline.events.catalogue import AgentConnected, CallEnded
from cueline.events.records import NewEvent
from cueline.kernel.ids import AgentId
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation, utterance

pytestmark = pytest.mark.component("postgres")

DOCUMENT = {
    "name": "ours",
    "title": "Ours",
    "rules": [
        {
            "ruleId": "fee", "title": "Fee",
            "when": {"kind": "said", "phrases": ["monthly fee"], "speaker": "customer"},
            "then": [{"kind": "hint", "text": "Explain the fee."}],
        },
    ],
}  # fmt: skip


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def test_a_draft_is_run_over_calls_that_are_over(cueline: Installation) -> None:
    for contact in ("contact-1", "contact-2", "contact-3"):
        worker = await cueline.worker(contact)
        await worker.commit(NewEvent(at_ms=0, item=AgentConnected(agent_id=AgentId("jo"))))
        await worker.commit(utterance(worker.call, 1, "there is a monthly fee and nobody told me"))
        if contact != "contact-3":
            await worker.commit(NewEvent(at_ms=60_000, item=CallEnded(reason="disconnected")))
    saved = await cueline.http.put("/v1/rules/ours/draft", json={"document": DOCUMENT, "basedOn": 0})
    assert saved.status_code == 200, saved.text
    answer = await cueline.http.post("/v1/rules/ours/shadow", json={"calls": 10})
    assert answer.status_code == 200, answer.text
    report = answer.json()["report"]
    assert (report["calls"], report["minutes"], report["published"]) == (2, 2.0, None)
    # The moments that are found may look something up too: that is no rule's.
    [rule] = [each for each in report["rules"] if not each["ruleId"].startswith("moment.")]
    assert (rule["ruleId"], rule["draft"]) == ("fee", {"firings": 2, "calls": 2})
    assert {each["start"] for each in rule["examples"]} == {11}
    assert "nobody told" not in answer.text


async def test_what_cannot_be_run_is_told(cueline: Installation) -> None:
    assert_problem(await cueline.http.post("/v1/rules/ours/shadow", json={}), 404, "no_draft")
    assert_problem(await cueline.http.post("/v1/rules/ours/shadow", json={"calls": 0}), 400, "bad_input")
    assert_problem(await cueline.http.post("/v1/rules/ours/shadow", json={"calls": 201}), 400, "bad_input")
    assert_problem(await cueline.http.post("/v1/rules/Ours!/shadow", json={}), 400, "bad_input")
