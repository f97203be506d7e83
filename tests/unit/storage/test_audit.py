"""The audit log on a real PostgreSQL: lines, tenants, and a playing that stays one line."""

import asyncio
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.audit import SPANS_MAX, AuditEntry, Span, joined
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.audit import DETAILS_BYTES_MAX, PLAYED_AFTER_MS, PLAYING_PAUSE_MS, PostgresAudit

postgres = pytest.mark.component("postgres")
CALL = CallId("call_1")


@postgres
async def test_lines_are_read_newest_first_and_by_tenant(world: Any, make: SimpleNamespace) -> None:
    audit = PostgresAudit(world.database)
    assert await audit.of_call(make.tenant, CALL, 10) == []
    # A line outlives its call: no call of that id need be there.
    for number in range(3):
        details = {"number": number, "note": "ü \u2028 '\""}
        await audit.record(make.tenant, actor="ann", action="tried", call_id=CALL, details=details, at_ms=number)
    await audit.record(make.tenant, actor="bob", action="keys", call_id=None, details={}, at_ms=9)
    await audit.record(TenantId("other"), actor="eve", action="tried", call_id=CALL, details={}, at_ms=9)
    found = await audit.of_call(make.tenant, CALL, 2)
    assert found == [
        AuditEntry(number, "ann", "tried", CALL, {"number": number, "note": "ü \u2028 '\""}) for number in (2, 1)
    ]
    assert [each.actor for each in await audit.of_call(TenantId("other"), CALL, 10)] == ["eve"]


@postgres
async def test_details_are_bounded(world: Any, make: SimpleNamespace) -> None:
    audit = PostgresAudit(world.database)
    too_long = {"text": "x" * DETAILS_BYTES_MAX}
    with pytest.raises(InputError, match="at most"):
        await audit.record(make.tenant, actor="ann", action="tried", call_id=CALL, details=too_long, at_ms=1)
    assert await world.value("SELECT count(*) FROM audit_log") == 0


async def hear(audit: PostgresAudit, tenant: TenantId, span: Span, at_ms: int, **other: Any) -> None:
    said: dict[str, Any] = {"actor": "ann", "format_": "wav", "review": False, **other}
    await audit.listened(tenant, CALL, span=span, at_ms=at_ms, **said)


@postgres
async def test_one_playing_is_one_line(world: Any, make: SimpleNamespace) -> None:
    audit = PostgresAudit(world.database)
    await asyncio.gather(
        *(hear(audit, make.tenant, (number * 1_000, number * 1_000 + 1_000), 50 + number) for number in range(12))
    )
    await hear(audit, make.tenant, (40_000, 41_000), 80)
    [line] = await audit.of_call(make.tenant, CALL, 10)
    assert line.details == {
        "format": "wav", "review": False, "spans": [[0, 12_000], [40_000, 41_000]], "untilMs": 80, "played": [],
    }  # fmt: skip
    assert 50 <= line.at_ms <= 61


@postgres
async def test_another_person_format_time_or_tenant_is_another_line(world: Any, make: SimpleNamespace) -> None:
    audit = PostgresAudit(world.database)
    await hear(audit, make.tenant, (0, 10), 1_000)
    await hear(audit, make.tenant, (0, 10), 1_000, actor="bob")
    await hear(audit, make.tenant, (20, 30), 1_000 + PLAYING_PAUSE_MS)
    await hear(audit, make.tenant, (0, 10), 1_001 + 2 * PLAYING_PAUSE_MS)
    await hear(audit, make.tenant, (0, 10), 1_002 + 2 * PLAYING_PAUSE_MS, format_="flac")
    await hear(audit, make.tenant, (0, 10), 1_003 + 2 * PLAYING_PAUSE_MS, format_="flac", review=True)
    await hear(audit, TenantId("other"), (0, 10), 1_000)
    lines = await audit.of_call(make.tenant, CALL, 10)
    told = [(line.actor, line.details["format"], line.details["spans"]) for line in reversed(lines)]
    assert told == [
        ("ann", "wav", [[0, 10], [20, 30]]),
        ("bob", "wav", [[0, 10]]),
        ("ann", "wav", [[0, 10]]),
        ("ann", "flac", [[0, 10]]),
        ("ann", "flac", [[0, 10]]),
    ]
    assert [line.details["review"] for line in lines] == [True, False, False, False, False]
    assert len(await audit.of_call(TenantId("other"), CALL, 10)) == 1


@postgres
async def test_what_was_played_stands_in_the_line_of_what_was_sent(world: Any, make: SimpleNamespace) -> None:
    audit = PostgresAudit(world.database)
    assert not await audit.played(make.tenant, CALL, actor="ann", span=(0, 5), at_ms=1)
    await hear(audit, make.tenant, (0, 9_000), 1_000)
    for span in ((0, 500), (500, 900), (4_000, 4_100)):
        assert await audit.played(make.tenant, CALL, actor="ann", span=span, at_ms=2_000)
    assert not await audit.played(make.tenant, CALL, actor="bob", span=(0, 5), at_ms=2_000)
    await hear(audit, make.tenant, (9_000, 9_500), 3_000)
    [line] = await audit.of_call(make.tenant, CALL, 10)
    assert line.details["played"] == [[0, 900], [4_000, 4_100]]
    assert line.details["spans"] == [[0, 9_500]]
    late_ms = 3_001 + PLAYED_AFTER_MS
    assert not await audit.played(make.tenant, CALL, actor="ann", span=(0, 5), at_ms=late_ms)


_spans = st.tuples(st.integers(0, 3_000), st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(_spans, max_size=200))
def test_joined_stretches_cover_all_that_was_heard(spans: list[Span]) -> None:
    found: list[Span] = []
    for span in spans:
        found = joined(found, span)
    assert len(found) <= SPANS_MAX
    assert found == sorted(found)
    assert all(later[0] > earlier[1] for earlier, later in pairwise(found))
    assert all(any(start <= span[0] and span[1] <= end for start, end in found) for span in spans)
    if len(found) < SPANS_MAX:
        heard = {at for start, end in spans for at in range(start, end)}
        assert heard == {at for start, end in found for at in range(start, end)}
