"""What people do on the screens, over REST, on a real server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from cueline.events.catalogue import CallEnded
from cueline.events.guidance import ChecklistItem, ChecklistOpened, CueRaised, Evidence, NotesWritten
from cueline.events.records import NewEvent
from cueline.kernel.ids import UtteranceId
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, Worker, installation, utterance

pytestmark = pytest.mark.component("postgres")

SECRET = "secret-that-nobody-may-see"


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def guided(cueline: Installation, contact: str = "contact-1") -> Worker:
    """A call in which the guide has raised a hint and an alert, and opened a checklist."""
    worker = await cueline.worker(contact)
    await worker.commit(utterance(worker.call, 0, "my pin is one two three four thank you"))
    evidence = (Evidence(UtteranceId(f"{worker.call}.c0"), 3, 6),)
    cue = CueRaised("cue-1", "hint", "agent", "Ask for the card", "pin told", "r1", 50, 60_000, evidence)
    alert = CueRaised("alert-1", "alert", "supervisor", "A PIN was told", "pin told", "r2", 90, 60_000, evidence)
    checklist = ChecklistOpened("card", "Lost card", (ChecklistItem("verify", "Verify", 60_000),))
    process = cueline.served.process
    for item in (cue, alert, checklist):
        await process.calls.record(process.tenant, worker.call, item, at_ms=1_000)
    return worker


async def post(cueline: Installation, call: str, path: str, **body: Any) -> Any:
    answer = await cueline.http.post(f"/v1/calls/{call}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["sequence"]


async def guidance(cueline: Installation, call: str) -> dict[str, Any]:
    answer = await cueline.http.get(f"/v1/calls/{call}/guidance")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def kinds(cueline: Installation, call: str) -> list[str]:
    page = (await cueline.http.get(f"/v1/calls/{call}/events")).json()
    return [event["kind"] for event in page["events"]]


async def test_a_page_that_opens_a_call_gets_all_guidance_as_it_stands(cueline: Installation) -> None:
    worker = await guided(cueline)
    shown = await guidance(cueline, "contact-1")
    assert (shown["sequence"], shown["notesVersion"], shown["handRaisedMs"]) == (5, None, None)
    assert [(cue["cueId"], cue["cueKind"], cue["answer"]) for cue in shown["cues"]] == [
        ("cue-1", "hint", None), ("alert-1", "alert", None),
    ]  # fmt: skip
    assert shown["cues"][0]["evidence"] == [{"utteranceId": f"{worker.call}.c0", "start": 3, "end": 6}]
    assert shown["checklist"]["items"] == [
        {"itemId": "verify", "label": "Verify", "dueMs": 60_000, "state": "open", "doneMs": None, "evidence": None,
         "by": None},
    ]  # fmt: skip
    await post(cueline, worker.call, "cues/cue-1/answer", answer="used", by="jo")
    await post(cueline, worker.call, "checklist/verify/tick")
    await post(cueline, worker.call, "alerts/alert-1/acknowledge")
    await post(cueline, worker.call, "hand", by="jo")
    await post(cueline, worker.call, "whispers", text="Breathe.", by="al")
    await worker.commit(NewEvent(at_ms=2_000, item=NotesWritten(version=1)))
    shown = await guidance(cueline, worker.call)
    hint, alert = shown["cues"]
    assert (hint["answer"], hint["answeredBy"], alert["acknowledgedBy"]) == ("used", "jo", "supervisor")
    assert (shown["checklist"]["items"][0]["by"], shown["checklist"]["adherence"]) == ("agent", 1.0)
    assert (shown["handRaisedBy"], shown["notesVersion"], shown["sequence"]) == ("jo", 1, 11)
    assert [(line["text"], line["by"]) for line in shown["whispers"]] == [("Breathe.", "al")]


async def test_two_presses_of_one_button_are_one_event(cueline: Installation) -> None:
    worker = await guided(cueline)
    presses: list[tuple[str, dict[str, Any]]] = [
        ("cues/cue-1/answer", {"answer": "dismissed"}), ("cues/cue-1/answer", {"answer": "unhelpful"}),
        ("checklist/verify/tick", {}), ("hand", {}), ("alerts/alert-1/acknowledge", {}),
        ("whispers", {"text": "Well done"}), ("whispers", {"text": "Well done", "key": "k1"}),
    ]  # fmt: skip
    for path, body in presses:
        sequences = await asyncio.gather(*(post(cueline, worker.call, path, **body) for _ in range(4)))
        assert sum(sequence is not None for sequence in sequences) == 1, path
        assert await post(cueline, worker.call, path, **body) is None, path
    assert (await kinds(cueline, worker.call))[5:] == [
        "CueAnswered", "CueAnswered", "ChecklistTicked", "HandRaised", "AlertAcknowledged", "WhisperSent",
        "WhisperSent",
    ]  # fmt: skip
    call = (await cueline.http.get(f"/v1/calls/{worker.call}")).json()
    assert (call["alerts"], call["cues"], call["handRaised"]) == (0, 1, True)


async def test_a_hand_goes_up_and_down_and_up(cueline: Installation) -> None:
    worker = await guided(cueline)
    for _ in range(2):
        assert await post(cueline, worker.call, "hand") is not None
        lowered = await cueline.http.delete(f"/v1/calls/{worker.call}/hand", params={"by": "al"})
        assert lowered.status_code == 200
        assert lowered.json()["sequence"] is not None
    again = await cueline.http.delete(f"/v1/calls/{worker.call}/hand")
    assert again.json() == {"sequence": None}
    assert (await kinds(cueline, worker.call))[5:] == ["HandRaised", "HandLowered"] * 2
    assert (await cueline.http.get(f"/v1/calls/{worker.call}")).json()["handRaised"] is False


async def test_events_of_people_are_live_and_have_the_calls_present_time(cueline: Installation) -> None:
    worker = await guided(cueline)
    async with cueline.live(worker.call, resume=5) as live:
        await post(cueline, worker.call, "whispers", text="Breathe.", by="al")
        event = await live.until("WhisperSent")
    expected = cueline.served.process.clock.epoch_ms() - 1_700_000_000_000
    assert event["text"] == "Breathe."
    assert 0 <= expected - event["atMs"] < 20_000


async def test_what_is_masked_now_is_masked_everywhere(cueline: Installation) -> None:
    worker = await guided(cueline)
    call, said = worker.call, f"{worker.call}.c0"
    text = "my pin is one two three four thank you"
    start, end = text.index("ne two"), text.index("four") + 2
    async with cueline.live(call, resume=5) as live:
        body = {"start": start, "end": end, "type": "PIN", "by": "jo", "version": 1}
        answers = await asyncio.gather(
            *(cueline.http.post(f"/v1/calls/{call}/utterances/{said}/mask", json=body) for _ in range(4))
        )
        amended = await live.until("UtteranceAmended")
    assert {answer.status_code for answer in answers} == {200}
    assert sorted((answer.json()["sequence"] is None, answer.json()["version"]) for answer in answers) == [
        (False, 2), (True, 2), (True, 2), (True, 2),
    ]  # fmt: skip
    assert (amended["utteranceId"], amended["version"], amended["sequence"]) == (said, 2, 6)
    page = await cueline.http.get(f"/v1/calls/{call}/events")
    shown = page.json()["events"][1]
    assert shown["text"] == "my pin is [PIN] thank you"
    assert shown["masks"] == [{"start": 10, "end": 15, "type": "PIN"}]
    assert "three" not in page.text
    async with cueline.live(call) as live:
        told = await live.committed(6)
    assert told[1]["text"] == shown["text"]
    assert (await cueline.http.get(f"/v1/calls/{call}")).json()["masks"] == 1
    # The page reads one event anew, by the sequence that its utterance had.
    again = await cueline.http.get(f"/v1/calls/{call}/events", params={"after": 1, "limit": 1})
    assert again.json()["events"] == [shown]


async def test_masks_that_cannot_be_made(cueline: Installation) -> None:
    worker = await guided(cueline)
    path = f"/v1/calls/{worker.call}/utterances/{worker.call}.c0/mask"
    for body, status, code in [
        ({"start": 5, "end": 5}, 400, "offsets_outside"),
        ({"start": 0, "end": 400}, 400, "offsets_outside"),
        ({"start": -1, "end": 4}, 400, "bad_input"),
        ({"start": 0, "end": 4, "type": "HELD"}, 400, "bad_input"),
        ({"start": 0, "end": 4, "version": 7}, 409, "text_changed"),
    ]:
        assert_problem(await cueline.http.post(path, json=body), status, code)
    for unknown in (f"{worker.call}.c9", "x", "%00"):
        answer = await cueline.http.post(
            f"/v1/calls/{worker.call}/utterances/{unknown}/mask", json={"start": 0, "end": 1}
        )
        assert_problem(answer, 404, "unknown_utterance")
    assert await kinds(cueline, worker.call) == [
        "CallStarted", "UtteranceCommitted", "CueRaised", "CueRaised", "ChecklistOpened",
    ]  # fmt: skip


UNKNOWN: list[tuple[str, dict[str, Any], str]] = [
    ("cues/cue-9/answer", {"answer": "used"}, "unknown_cue"),
    ("alerts/cue-1/acknowledge", {}, "unknown_cue"),
    ("alerts/%00/acknowledge", {}, "unknown_cue"),
    ("checklist/dance/tick", {}, "unknown_item"),
]


@pytest.mark.parametrize(("path", "body", "code"), UNKNOWN)
async def test_what_is_not_there_cannot_be_pressed(
    cueline: Installation, path: str, body: dict[str, Any], code: str
) -> None:
    worker = await guided(cueline)
    assert_problem(await cueline.http.post(f"/v1/calls/{worker.call}/{path}", json=body), 404, code)
    assert_problem(await cueline.http.post(f"/v1/calls/nobody/{path}", json=body), 404, "unknown_call")


BAD: list[tuple[str, dict[str, Any]]] = [
    ("cues/cue-1/answer", {"answer": SECRET}),
    ("cues/cue-1/answer", {}),
    ("cues/cue-1/answer", {"answer": "used", "by": ""}),
    ("hand", {"by": SECRET + "\n"}),
    ("hand", {"by": "x" * 101}),
    ("hand", {"because": SECRET}),
    ("whispers", {"text": ""}),
    ("whispers", {"text": "  \n "}),
    ("whispers", {"text": SECRET + "\0"}),
    ("whispers", {"text": SECRET * 30}),
]


@pytest.mark.parametrize(("path", "body"), BAD)
async def test_bad_bodies_are_refused_and_not_repeated(cueline: Installation, path: str, body: dict[str, Any]) -> None:
    worker = await guided(cueline)
    answer = await cueline.http.post(f"/v1/calls/{worker.call}/{path}", json=body)
    assert_problem(answer, 400, "bad_input")
    assert SECRET not in answer.text


async def test_after_the_end_nobody_is_whispered_to_and_cues_can_still_be_rated(cueline: Installation) -> None:
    worker = await guided(cueline)
    await worker.commit(NewEvent(at_ms=9_000, item=CallEnded(reason="disconnected")))
    for path, body in (("hand", {}), ("whispers", {"text": "hello"})):
        assert_problem(await cueline.http.post(f"/v1/calls/{worker.call}/{path}", json=body), 409, "call_over")
    assert await post(cueline, worker.call, "cues/cue-1/answer", answer="helpful") == 7
    events = (await cueline.http.get(f"/v1/calls/{worker.call}/events")).json()["events"]
    assert (events[-1]["kind"], events[-1]["atMs"]) == ("CueAnswered", 9_000)


async def test_people_and_their_teams(cueline: Installation) -> None:
    assert (await cueline.http.get("/v1/people")).json() == {"people": [], "teams": []}
    jo = {"name": "Jo Doe", "role": "agent", "team": "cards"}
    assert (await cueline.http.put("/v1/people/jo@example.com", json=jo)).json() == {
        "username": "jo@example.com", **jo,
    }  # fmt: skip
    await cueline.http.put("/v1/people/al", json={"name": "Al", "role": "supervisor"})
    listed = (await cueline.http.get("/v1/people")).json()
    assert [person["username"] for person in listed["people"]] == ["al", "jo@example.com"]
    assert listed["teams"] == ["cards"]
    assert (await cueline.http.delete("/v1/people/al")).status_code == 204
    assert_problem(await cueline.http.delete("/v1/people/al"), 404, "unknown_person")
    for body in ({"name": ""}, {"name": "x", "role": "king"}, {"name": "x", "team": "\t"}, {}):
        assert_problem(await cueline.http.put("/v1/people/jo", json=body), 400, "bad_input")
    assert len((await cueline.http.get("/v1/people")).json()["people"]) == 1


async def test_calls_are_found_by_what_was_said_and_by_who_they_were_with(cueline: Installation) -> None:
    worker = await guided(cueline)
    await cueline.offer("contact-2")
    await cueline.http.post(
        "/v1/calls/contact-1/events",
        json={"type": "CONNECTED_TO_AGENT", "atMs": 1, "agent": {"username": "jo"}},
    )
    await cueline.http.put("/v1/people/jo", json={"name": "Jo", "team": "cards"})

    async def found(**params: Any) -> list[str]:
        answer = await cueline.http.get("/v1/calls", params=params)
        assert answer.status_code == 200, answer.text
        return [call["contactId"] for call in answer.json()["calls"]]

    assert await found() == ["contact-2", "contact-1"]
    for params in ({"q": "thank"}, {"agent": "jo"}, {"team": "cards"}, {"q": '"my pin"', "team": "cards"}):
        assert await found(**params) == ["contact-1"]
    for params in ({"q": "lawyer"}, {"team": "loans"}, {"reason": "refund"}, {"label": "x"}, {"fromMs": 2**53}):
        assert await found(**params) == []
    answer = (await cueline.http.get("/v1/calls", params={"q": "pin thank"})).json()
    [match] = answer["matches"]
    assert (match["callId"], match["utteranceId"]) == (worker.call, f"{worker.call}.c0")
    assert [match["text"][span["start"] : span["end"]] for span in match["found"]] == ["pin", "thank"]
    assert (await cueline.http.get("/v1/calls")).json()["matches"] == []
    for bad in ({"q": ""}, {"q": "-no"}, {"q": "a\0"}, {"team": ""}, {"reason": "x" * 201}, {"toMs": -1}):
        assert_problem(await cueline.http.get("/v1/calls", params=bad), 400, "bad_input")
