"""What the starter rules and the moment models make of calls, event by event, as it is committed here.

The sample calls are heard from their own golden logs; of the marked calls, some of each business. No server and no
knowledge base: what would be looked up there stands in the log as ``lookUp``. ``make golden`` renews these too.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from cueline.events.catalogue import Envelope
from cueline.events.codec import decode
from cueline.guidance.guide import CallGuide
from cueline.guidance.measuring.calls import TENANT, spoken
from cueline.guidance.packs import STARTER, pack
from cueline.guidance.picture import CallFacts
from cueline.guidance.shadow import as_heard
from cueline.roles.evaluate_guidance import evaluation_folder, marked_calls
from cueline.roles.shadow import moments_for
from tests.golden.test_golden import difference

HERE = Path(__file__).parent
RENEW = os.environ.get("CUELINE_RENEW_GOLDEN") == "1"
SAMPLES = ("lost-card", "angry-billing")
MARKED = (
    "bank-lost-card-bus", "bank-scam-transfer", "bank-double-charge-angry", "tel-cancel-competitor",
    "tel-complaint-legal", "tel-new-line-hold", "shop-refund-late", "shop-parcel-stolen", "shop-toaster-smoke",
)  # fmt: skip


def events_of(name: str) -> list[Envelope]:
    if name in SAMPLES:
        return as_heard([decode(line) for line in (HERE / f"{name}.jsonl").read_bytes().splitlines()])
    calls, _ = marked_calls(evaluation_folder())
    [call] = [each for each in calls if each.call == name]
    return spoken(call).events


def guided(events: Sequence[Envelope]) -> list[str]:
    """One line of JSON for each event of the guide's, and for each look-up."""
    guide = CallGuide(CallFacts(tenant=TENANT, call_id=events[0].call_id), pack(STARTER), 0, moments_for("en"))
    lines: list[str] = []
    for envelope in events:
        outcome = guide.receive(envelope)
        shown = [{"atMs": one.at_ms} | msgspec.to_builtins(one.payload) for one in outcome.found]
        shown += [{"atMs": one.at_ms, "kind": "lookUp", "words": one.words, "why": one.why} for one in outcome.lookups]
        lines += [json.dumps(each) for each in shown]
    return lines


def golden(name: str) -> Path:
    return HERE / "guidance" / f"{name}.jsonl"


@pytest.mark.parametrize("name", [*SAMPLES, *MARKED])
def test_guidance_is_the_committed_one(name: str) -> None:
    lines = guided(events_of(name))
    if RENEW:
        golden(name).parent.mkdir(exist_ok=True)
        golden(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    committed = golden(name).read_text(encoding="utf-8").splitlines()
    if lines != committed:
        told = difference(committed, lines)
        pytest.fail(f"guidance/{golden(name).name} differs; `make golden` renews it\n{told}", pytrace=False)


@pytest.mark.parametrize("name", [*SAMPLES, *MARKED])
def test_a_golden_call_is_worth_keeping(name: str) -> None:
    """Something is found in each, every cue names its place and its cause, and nothing comes twice."""
    events = [json.loads(line) for line in golden(name).read_text(encoding="utf-8").splitlines()]
    kinds = {event["kind"] for event in events}
    assert {"GuidanceStarted", "MomentFound", "ChecklistOpened", "VoiceMeasured"} <= kinds
    cues = [event for event in events if event["kind"] == "CueRaised"]
    assert cues
    assert all(cue["why"] and cue["ruleId"] for cue in cues)
    assert len({cue["cueId"] for cue in cues}) == len(cues)
    times = [event["atMs"] for event in events]
    assert all(at_ms >= 0 for at_ms in times)


def test_the_sample_calls_show_what_guidance_is_for() -> None:
    kinds = {
        name: {(event.get("cueKind"), event.get("audience")) for line in golden(name).read_text().splitlines()
               if (event := json.loads(line))["kind"] == "CueRaised"}
        for name in SAMPLES
    }  # fmt: skip
    assert ("alert", "supervisor") in kinds["angry-billing"]
    assert {("hint", "agent"), ("praise", "agent")} <= kinds["lost-card"]
