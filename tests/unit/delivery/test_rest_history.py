"""The history for other programs: CSV and JSON Lines."""

import csv
import io
import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.rest_history import COLUMNS, csv_head, csv_lines, exported, json_lines
from cueline.events.history import FoundCalls, FoundUtterance
from cueline.events.records import CallRecord
from cueline.kernel.ids import AgentId, CallId, ContactId, TenantId, UtteranceId

RECORD = CallRecord(
    tenant=TenantId("t"), call_id=CallId("call_1"), contact_id=ContactId("c-1"), stream_arn="arn:secret-stream",
    start_fragment_number="1", start_timestamp_ms=1_700_000_000_000, customer_endpoint="+12025550142",
    system_endpoint="+18005550199", attributes={"title": "Ann Example asks", "email": "ann@example.com"},
    profile="default", phase="ended", sequence=9, created_at_ms=1, agent_id=AgentId("jo"), disconnected_at_ms=None,
    ended_at_ms=1_700_000_060_500, ended_ms=60_500, end_reason="disconnected", recogniser="script",
    recogniser_source="script", utterances=4, warnings=0, masks=2, reason="refund", labels=("vip", "angry"),
    sentiment=-0.8999999761581421, cues=3,
)  # fmt: skip
FOUND = FoundUtterance(CallId("call_1"), UtteranceId("call_1.c0"), "customer", 1_000, "the late [NUMBER]", ((4, 8),))


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_call_as_csv():
    [row] = rows(csv_head() + csv_lines(exported(FoundCalls((RECORD,)))))
    assert tuple(row) == COLUMNS
    assert row["startedAt"] == "2023-11-14T22:13:20.000Z"
    assert (row["labels"], row["sentiment"], row["disposition"], row["durationMs"]) == (
        "vip angry",
        "-0.9",
        "",
        "60500",
    )


def test_a_call_as_json_lines_with_where_the_words_were_found():
    other = msgspec.structs.replace(RECORD, call_id=CallId("call_2"))
    first, second = (
        json.loads(line) for line in json_lines(exported(FoundCalls((RECORD, other), (FOUND,)))).splitlines()
    )
    assert (first["callId"], first["labels"], first["endedAt"]) == (
        "call_1",
        ["vip", "angry"],
        "2023-11-14T22:14:20.500Z",
    )
    assert first["matches"] == [
        {"utteranceId": "call_1.c0", "speaker": "customer", "startedMs": 1000, "text": "the late [NUMBER]",
         "found": [{"start": 4, "end": 8}]},
    ]  # fmt: skip
    assert (second["callId"], second["matches"]) == ("call_2", [])


def test_nothing_leaves_that_the_gate_has_not_seen():
    calls = exported(FoundCalls((RECORD,), (FOUND,)))
    for written in (csv_head() + csv_lines(calls), json_lines(calls).decode()):
        for secret in ("2025550142", "8005550199", "42", "Ann", "example.com", "secret-stream"):
            assert secret not in written


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.lists(st.text("ab,\"'=\n ", max_size=5)))
def test_whatever_a_field_holds_it_is_one_field_and_no_formula(agent, labels):
    record = msgspec.structs.replace(RECORD, agent_id=AgentId(agent.replace("\0", "")), labels=tuple(labels))
    lines = list(csv.reader(io.StringIO(csv_head() + csv_lines(exported(FoundCalls((record, RECORD)))), newline="")))
    assert [len(line) for line in lines] == [len(COLUMNS)] * 3
    assert lines[2][COLUMNS.index("agentId")] == "jo"
    for field in ("agentId", "labels"):
        assert not lines[1][COLUMNS.index(field)].startswith(("=", "+", "-", "@", "\t", "\r"))
