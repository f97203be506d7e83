"""Rules tried on typed sentences and on stored calls, over REST, on a real server."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

from cueline.events.catalogue import AgentConnected, CallEnded
from cueline.events.records import NewEvent
from cueline.kernel.ids import AgentId
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation, utterance

pytestmark = pytest.mark.component("postgres")

FEE = {
    "ruleId": "fee", "title": "Fee",
    "when": {"kind": "said", "phrases": ["monthly fee"], "speaker": "customer"},
    "then": [{"kind": "hint", "text": "Explain the fee."}, {"kind": "tag", "label": "fees"}],
}  # fmt: skip
QUIET = {
    "ruleId": "no-name", "title": "No name", "enabled": False,
    "when": {"kind": "missing", "what": {"kind": "said", "phrases": ["my name is"]}, "withinS": 20, "after": "agent"},
    "then": [{"kind": "warning", "text": "Say your name."}],
}  # fmt: skip


def document(*rules: object) -> dict[str, object]:
    return {"name": "ours", "title": "Ours", "rules": list(rules)}


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def tried(cueline: Installation, **body: object) -> dict[str, Any]:
    answer = await cueline.http.post("/v1/rules/try", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def turn(role: str, text: str) -> dict[str, str]:
    return {"role": role, "text": text}


async def test_typed_sentences_show_what_would_fire_and_why(cueline: Installation) -> None:
    turns = [turn("agent", "hello how can I help"), turn("customer", "what is this monthly fee")]
    found = await tried(cueline, document=document(FEE), turns=turns)
    assert [(each["ruleId"], each["kind"], each["text"]) for each in found["firings"]] == [
        ("fee", "hint", "Explain the fee."),
        ("fee", "tag", "fees"),
    ]
    [words] = found["firings"][0]["words"]
    said = {each["utteranceId"]: each["text"] for each in found["turns"]}
    assert said[words["utteranceId"]][words["start"] : words["end"]] == "monthly fee"
    assert [each["role"] for each in found["turns"]] == ["agent", "customer"]
    assert (found["alone"], found["cut"]) == (False, False)
    other = await tried(cueline, document=document(FEE), turns=[turn("agent", "there is a monthly fee")])
    assert other["firings"] == []


async def test_what_is_typed_is_masked_as_in_a_call_and_told_nowhere(cueline: Installation) -> None:
    rule = {
        "ruleId": "card", "title": "Card", "when": {"kind": "masked", "kinds": ["CREDIT_CARD"]},
        "then": [{"kind": "warning", "text": "Do not repeat it."}],
    }  # fmt: skip
    spoken = "my card is four one one one one one one one one one one one one one one one"
    with structlog.testing.capture_logs() as logs:
        found = await tried(cueline, document=document(rule), turns=[turn("customer", spoken)])
    assert [each["ruleId"] for each in found["firings"]] == ["card"]
    assert found["turns"][0]["text"] == "my card is [CREDIT_CARD]"
    assert [each["type"] for each in found["turns"][0]["masks"]] == ["CREDIT_CARD"]
    assert "one one" not in str(found) + str(logs)


async def test_a_silence_shows_what_was_not_said(cueline: Installation) -> None:
    body: dict[str, Any] = {"document": document(FEE, QUIET), "ruleId": "no-name", "turns": [turn("agent", "hello")]}
    assert (await tried(cueline, **body))["firings"] == []
    found = await tried(cueline, **body, silenceS=40)
    [fired] = found["firings"]
    assert (fired["ruleId"], fired["outranked"]) == ("no-name", False)
    assert 20_000 <= fired["atMs"] <= 30_000
    named = [turn("agent", "hello my name is jo")]
    assert (await tried(cueline, **{**body, "turns": named}, silenceS=40))["firings"] == []


async def test_a_rule_is_tried_alone_where_another_has_faults(cueline: Installation) -> None:
    broken = {"ruleId": "broken", "title": ""}
    turns = [turn("customer", "a monthly fee")]
    found = await tried(cueline, document=document(broken, FEE), ruleId="fee", turns=turns)
    assert (found["alone"], [each["kind"] for each in found["firings"]]) == (True, ["hint", "tag"])
    whole = await cueline.http.post("/v1/rules/try", json={"document": document(broken, FEE), "turns": turns})
    assert_problem(whole, 400, "rules_invalid")
    assert "rules[0]" in whole.json()["detail"]
    own = {"document": document(broken, FEE), "ruleId": "broken", "turns": turns}
    assert_problem(await cueline.http.post("/v1/rules/try", json=own), 400, "rules_invalid")
    unknown = {"document": document(FEE), "ruleId": "other", "turns": turns}
    assert_problem(await cueline.http.post("/v1/rules/try", json=unknown), 400, "rules_invalid")


async def test_of_two_cues_for_the_same_words_one_is_said_to_be_outranked(cueline: Installation) -> None:
    heavy = {**FEE, "ruleId": "heavy", "priority": 90, "then": [{"kind": "hint", "text": "This one."}]}
    found = await tried(cueline, document=document(FEE, heavy), turns=[turn("customer", "this monthly fee")])
    shown = {(each["ruleId"], each["kind"]): each["outranked"] for each in found["firings"]}
    assert shown == {("fee", "hint"): True, ("fee", "tag"): False, ("heavy", "hint"): False}


async def test_moments_and_ticks_are_told(cueline: Installation) -> None:
    checklist = {
        "checklistId": "any", "title": "Any", "reasons": ["*"],
        "lines": [{"itemId": "greeting", "label": "Greet", "phrases": ["good morning"]}],
    }  # fmt: skip
    turns = [turn("agent", "good morning"), turn("customer", "I want to speak to your manager right now please")]
    found = await tried(cueline, document={**document(FEE), "checklists": [checklist]}, turns=turns)
    assert found["ticked"] == ["greeting"]
    assert "intent:wants_manager" in [each["moment"] for each in found["moments"]]


async def test_a_stored_call_shows_the_words_that_mattered(cueline: Installation) -> None:
    worker = await cueline.worker("contact-1")
    await worker.commit(NewEvent(at_ms=0, item=AgentConnected(agent_id=AgentId("jo"))))
    await worker.commit(utterance(worker.call, 1, "good morning to you"))
    await worker.commit(utterance(worker.call, 2, "there is a monthly fee and nobody told me"))
    await worker.commit(NewEvent(at_ms=60_000, item=CallEnded(reason="disconnected")))
    found = await tried(cueline, document=document(FEE), callId=worker.call)
    assert [each["kind"] for each in found["firings"]] == ["hint", "tag"]
    assert [each["text"] for each in found["turns"]] == ["there is a monthly fee and nobody told me"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "bad_input"),
        ({"turns": [turn("customer", "  ")]}, 400, "bad_input"),
        ({"turns": [turn("customer", "a")], "callId": "call_1"}, 400, "bad_input"),
        ({"turns": [turn("system", "a")]}, 400, "bad_input"),
        ({"turns": [turn("agent", "x" * 501)]}, 400, "bad_input"),
        ({"turns": [turn("agent", "a")] * 41}, 400, "bad_input"),
        ({"turns": [turn("agent", "a")], "silenceS": 3_601}, 400, "bad_input"),
        ({"callId": "call_unknown"}, 404, "unknown_call"),
    ],
)
async def test_what_is_refused(cueline: Installation, body: dict[str, Any], status: int, code: str) -> None:
    answer = await cueline.http.post("/v1/rules/try", json={"document": document(FEE), **body})
    assert_problem(answer, status, code)


async def test_what_conditions_may_name_is_what_is_found_in_calls(cueline: Installation) -> None:
    found = (await cueline.http.get("/v1/rules/vocabulary")).json()
    assert {"lost_card", "roaming", "refund"} <= set(found["reasons"])
    assert {"intent:wants_manager", "act:empathy", "sentiment:negative", "voice:dead_air"} <= set(found["moments"])
    assert ("dead_air" in found["facts"], "CREDIT_CARD" in found["kinds"]) == (True, True)
    named = {"kind": "moment", "moments": found["moments"][:50]}
    rule = {**FEE, "when": named}
    checked = (await cueline.http.post("/v1/rules/check", json={"document": document(rule)})).json()
    assert checked["problems"] == []
