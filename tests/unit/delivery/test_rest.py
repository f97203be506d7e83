"""Shapes of the REST interface."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.rest import (
    MEDIA_TIME_LIMIT_MS,
    ContactEvent,
    StartCall,
    masked_endpoint,
    summary,
    timings,
)
from cueline.events.records import CallRecord, UtteranceTimes
from cueline.kernel.ids import AgentId, CallId, ContactId, TenantId, UtteranceId

LEAST: dict[str, Any] = {"contactId": "c-1", "streamArn": "arn:s", "startTimestampMs": 1}


@pytest.mark.parametrize(
    ("endpoint", "shown"),
    [
        (None, None), ("", ""), ("1", "•"), ("1234", "••••"), ("12345", "••• 45"),
        ("+12025550142", "•••••••••• 42"), ("sip:robert.miller@example.com", "•" * 27 + " om"),
    ],
)  # fmt: skip
def test_an_endpoint_keeps_its_last_two_digits_at_most(endpoint: str | None, shown: str | None) -> None:
    assert masked_endpoint(endpoint) == shown


@given(st.text(alphabet="0123456789+", min_size=1, max_size=40))
def test_no_endpoint_shows_more_than_two_characters(endpoint: str) -> None:
    shown = masked_endpoint(endpoint)
    assert shown is not None
    assert len(shown.replace("•", "").strip()) <= 2


def test_defaults_of_a_call() -> None:
    call = msgspec.convert(LEAST, StartCall)
    assert (call.profile, call.attributes, call.start_fragment_number, call.customer_endpoint) == (
        "default",
        {},
        None,
        None,
    )


WRONG = [
    {"contactId": ""}, {"contactId": ".x"}, {"contactId": "a" * 129}, {"contactId": "a b"}, {"contactId": "a\n"},
    {"streamArn": ""}, {"streamArn": "a" * 513}, {"startTimestampMs": -1}, {"startTimestampMs": 10**15},
    {"startTimestampMs": 1.5}, {"startFragmentNumber": ""}, {"startFragmentNumber": "1" * 129},
    {"startFragmentNumber": "1a"}, {"customerEndpoint": ""}, {"attributes": {"": "x"}}, {"attributes": {"a": 1}},
    {"attributes": {"a": "x" * 4_097}}, {"attributes": {str(n): "" for n in range(129)}}, {"profile": ""},
    {"profile": "a b"}, {"profile": "-a"}, {"profile": "a" * 65}, {"unknown": 1}, {"attributes": None},
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG, ids=range(len(WRONG)))
def test_what_a_call_cannot_be(change: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**LEAST, **change}, StartCall)


def test_a_contact_event_ignores_what_a_newer_flow_adds() -> None:
    event = msgspec.convert({"type": "HOLD", "atMs": 5, "newer": 1}, ContactEvent)
    assert (event.type, event.at_ms, event.agent, event.next_contact_id) == ("HOLD", 5, None, None)


def test_media_time_and_epoch_time_cannot_be_mistaken_for_each_other() -> None:
    a_month_ms = 31 * 24 * 3_600_000
    connect_s_first_day_ms = 1_490_000_000_000
    assert a_month_ms < MEDIA_TIME_LIMIT_MS < connect_s_first_day_ms


def test_a_summary_leaves_out_what_is_nobody_s_business() -> None:
    record = CallRecord(
        tenant=TenantId("t"), call_id=CallId("call_1"), contact_id=ContactId("c"), stream_arn="arn:secret",
        start_fragment_number="1", start_timestamp_ms=7, customer_endpoint="+12025550142", system_endpoint="+1800",
        attributes={"title": "T", "secret": "s3cr3t"}, profile="p", phase="connected", sequence=9, created_at_ms=8,
        agent_id=AgentId("jo"), disconnected_at_ms=None, ended_at_ms=None, ended_ms=None, end_reason=None,
        recogniser="script", recogniser_source="script", utterances=3, warnings=1, masks=2,
    )  # fmt: skip
    shown = msgspec.json.encode(summary(record)).decode()
    assert all(hidden not in shown for hidden in ("arn:secret", "s3cr3t", "+1800", "2025550"))
    assert msgspec.json.decode(shown)["title"] == "T"


def test_stages_that_were_not_measured_are_not_there() -> None:
    times = [UtteranceTimes(call_id=CallId("c"), utterance_id=UtteranceId("u"), stages={"committed": 1.5})]
    assert msgspec.to_builtins(timings(times)) == {"timings": [{"utteranceId": "u", "stages": {"committed": 1.5}}]}
