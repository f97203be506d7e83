"""Shadow runs over stored calls: which calls, which rules, how far, and one at a time."""

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from cueline.events.catalogue import Envelope
from cueline.events.records import CallRecord
from cueline.events.rules import StoredDraft, StoredRules
from cueline.guidance.guide import Moments
from cueline.guidance.measuring.calls import MarkedCall, spoken
from cueline.guidance.packs import pack
from cueline.guidance.rules.checking import RuleSetError, parse_rule_set
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId, CallId, ContactId, TenantId
from cueline.roles import shadow as module
from cueline.roles.shadow import NoDraftError, ShadowBusyError, Shadows
from cueline.roles.shadow_command import read_rules, shadow_text

TENANT = TenantId("default")

DOCUMENT: dict[str, object] = {
    "name": "ours",
    "title": "Ours",
    "rules": [
        {
            "ruleId": "fee", "title": "Fee",
            "when": {"kind": "all", "of": [
                {"kind": "said", "phrases": ["monthly fee"], "speaker": "customer"},
                {"kind": "who", "teams": ["gold"]},
            ]},
            "then": [{"kind": "hint", "text": "Explain the fee."}],
        },
    ],
}  # fmt: skip


def record(number: int) -> CallRecord:
    return CallRecord(
        tenant=TENANT, call_id=CallId(f"call_{number}"), contact_id=ContactId(f"c{number}"), stream_arn="arn",
        start_fragment_number=None, start_timestamp_ms=0, customer_endpoint=None, system_endpoint=None, attributes={},
        profile="default", phase="ended", sequence=5, created_at_ms=number, agent_id=AgentId("jo" if number else "al"),
        disconnected_at_ms=None, ended_at_ms=1, ended_ms=1, end_reason="disconnected", recogniser=None,
        recogniser_source=None, utterances=2, warnings=0, masks=0,
    )  # fmt: skip


class Stored:
    """Calls, newest first, each of which speaks of a fee; rules and drafts as they were put in."""

    def __init__(self, count: int = 3) -> None:
        self.records = [record(number) for number in reversed(range(count))]
        self.asked: list[bool | None] = []
        self.drafts: dict[str, dict[str, object]] = {}
        self.published: dict[str, dict[str, object]] = {}
        self.pages: list[int] = []

    async def list_calls(
        self, tenant: TenantId, *, live: bool | None, limit: int, before_ms: int | None
    ) -> list[CallRecord]:
        self.asked.append(live)
        return self.records[: limit + 1]  # calls that began at the same time: one too many

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        turns = ("A: Hello.", "C: What is this monthly fee?")
        made = spoken(MarkedCall(call=call_id, business="banking", reason="other", turns=turns), hypotheses=False)
        found = [msgspec.structs.replace(each, call_id=call_id) for each in made.events if each.sequence > after]
        self.pages.append(len(found[:limit]))
        return found[:limit]

    async def latest(self, tenant: TenantId, names: Sequence[str]) -> StoredRules | None:
        found = self.published.get(names[0])
        return None if found is None else StoredRules(names[0], 7, found, "", "jo", 1)

    async def draft(self, tenant: TenantId, name: str) -> StoredDraft | None:
        found = self.drafts.get(name)
        return None if found is None else StoredDraft(name, 7, found, "jo", 1)

    async def teams(self, tenant: TenantId) -> Mapping[str, str]:
        return {"jo": "gold"}


def shadows(
    stored: Stored, *, clock: VirtualClock | None = None, moments: Callable[[str], Moments | None] = lambda _: None
) -> Shadows:
    return Shadows(
        calls=stored, rules=stored, teams=stored, clock=clock or VirtualClock(), moments=moments, budget_ms=1_000
    )


async def test_a_draft_runs_over_the_newest_calls_that_are_over_with_their_agents_teams() -> None:
    stored = Stored(4)
    stored.drafts["ours"] = DOCUMENT
    report = await shadows(stored).run_draft(TENANT, "ours", calls=3)
    assert (report.calls, stored.asked, report.published) == (3, [False], None)
    assert report.draft.cues == 3
    report = await shadows(stored).run_draft(TENANT, "ours", calls=10)
    assert (report.calls, report.draft.cues) == (4, 3)


async def test_it_is_compared_with_what_is_published_or_came_with_cueline() -> None:
    stored = Stored(1)
    stored.drafts = {"ours": DOCUMENT, "banking": {**DOCUMENT, "name": "banking"}}
    stored.published["ours"] = DOCUMENT
    report = await shadows(stored).run_draft(TENANT, "ours", calls=1)
    assert report.published is not None
    assert report.published.version == 7
    report = await shadows(stored).run_draft(TENANT, "banking", calls=1)
    assert report.published is not None
    assert (report.published.version, report.published.rules) == (0, len(pack("banking").rules))


async def test_no_draft_or_a_broken_one_is_told() -> None:
    stored = Stored()
    with pytest.raises(NoDraftError):
        await shadows(stored).run_draft(TENANT, "ours", calls=1)
    stored.drafts["ours"] = {"name": "ours", "title": "Ours", "rules": [{}]}
    with pytest.raises(RuleSetError):
        await shadows(stored).run_draft(TENANT, "ours", calls=1)


async def test_a_run_that_takes_too_long_ends_with_what_it_has() -> None:
    stored, clock = Stored(3), VirtualClock()
    stored.drafts["ours"] = DOCUMENT

    def moments(_: str) -> Moments | None:
        clock.advance_to(clock.monotonic_ms() + 600)
        return None

    report = await shadows(stored, clock=clock, moments=moments).run_draft(TENANT, "ours", calls=3)
    assert (report.calls, report.stopped_early) == (2, True)


async def test_one_run_at_a_time_and_none_in_the_loop() -> None:
    stored = Stored(1)
    stored.drafts["ours"] = DOCUMENT
    may_go, begun, threads = threading.Event(), threading.Event(), []

    def moments(_: str) -> Moments | None:
        threads.append(threading.current_thread())
        begun.set()
        may_go.wait(10)
        return None

    work = shadows(stored, moments=moments)
    first = asyncio.create_task(work.run_draft(TENANT, "ours", calls=1))
    await asyncio.to_thread(begun.wait, 10)
    with pytest.raises(ShadowBusyError):
        await work.run_draft(TENANT, "ours", calls=1)
    may_go.set()
    await first
    assert threading.main_thread() not in threads
    await work.run_draft(TENANT, "ours", calls=1)


async def test_progress_is_told_and_a_long_call_is_read_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "EVENTS_MAX", 4)
    stored, told = Stored(2), []
    rule_set = read_document()
    report = await shadows(stored).run(TENANT, rule_set, calls=2, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert stored.pages[:3] == [2, 2, 1]
    assert report.utterances == 4


def read_document() -> RuleSet:
    return parse_rule_set(DOCUMENT)


def test_a_rule_set_is_read_from_yaml_and_json(tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_bytes(msgspec.json.encode(DOCUMENT))
    assert read_rules(path) == read_document()
    path.write_text("name: ours\ntitle: Ours\nrules: []\n")
    assert read_rules(path).rules == ()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError):
        read_rules(path)
    with pytest.raises(InputError):
        read_rules(tmp_path / "none.yaml")


async def test_the_report_in_words() -> None:
    stored = Stored(2)
    stored.drafts["ours"] = DOCUMENT
    report = await shadows(stored).run_draft(TENANT, "ours", calls=2)
    told = shadow_text(report)
    assert "2 calls" in told
    assert "fee" in told
    assert "monthly" not in told
    stored.records = []
    assert "no calls" in shadow_text(await shadows(stored).run_draft(TENANT, "ours", calls=2))


async def test_a_run_tells_how_far_it_is_while_it_runs() -> None:
    stored = Stored(3)
    stored.drafts["ours"] = DOCUMENT
    runs = shadows(stored)
    seen = []
    asked = stored.events

    async def events(tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        seen.append(runs.progress(TENANT, "ours"))
        return await asked(tenant, call_id, after=after, limit=limit)

    stored.events = events  # type: ignore[method-assign]
    assert not runs.progress(TENANT, "ours").running
    await runs.run_draft(TENANT, "ours", calls=3)
    assert [(each.running, each.done, each.of) for each in dict.fromkeys(seen)] == [
        (True, 0, 3), (True, 1, 3), (True, 2, 3),
    ]  # fmt: skip
    assert not runs.progress(TENANT, "ours").running
