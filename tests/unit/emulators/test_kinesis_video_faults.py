"""The fault plan: what a faults file may say, and when each fault happens."""

import json
from typing import Any

import pytest

from cueline.emulators.kinesis_video_faults import (
    FAULT_KINDS,
    Fault,
    Refusals,
    SessionFaults,
    Slot,
    checked_faults,
    marked_slots,
    occurrence_ms,
    parse_faults,
)
from cueline.kernel.errors import InputError


def slot(index: int, *, first_index: int | None = None) -> Slot:
    """A fragment of one second; from ``first_index`` on it answers for missing ones."""
    first = index if first_index is None else first_index
    return Slot(first, index, first * 1000, index * 1000, index * 1000 + 1000)


def test_a_faults_file_is_read() -> None:
    data = json.dumps(
        [
            {"atMs": 5000, "kind": "drop_connection", "everyMs": 5000},
            {"atFragment": 3, "kind": "error_tag", "id": 4500},
            {"atMs": 0, "kind": "refuse", "error": "ClientLimitExceeded", "times": 2, "operation": "GetDataEndpoint"},
        ]
    ).encode()
    drop, error, refuse = parse_faults(data)
    assert drop == Fault(kind="drop_connection", at_ms=5000, every_ms=5000)
    assert (error.id, error.error_code) == (4500, "KMS_KEY_ACCESS_DENIED")
    assert (refuse.error_name, refuse.times) == ("ClientLimitExceededException", 2)


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ("{}", "JSON list"),
        ("[", "JSON list"),
        ("[7]", "fault 1: Expected `object`"),
        ('[{"kind": "gap", "atMs": 0}, {"kind": "flood", "atMs": 0}]', "fault 2: unknown kind; known are drop_conn"),
        ('[{"kind": "gap"}]', "either atMs or atFragment"),
        ('[{"kind": "gap", "atMs": 1, "atFragment": 1}]', "either atMs or atFragment"),
        ('[{"kind": "gap", "atMs": -1}]', "count from 0"),
        ('[{"kind": "gap", "atMs": "soon"}]', "Expected `int | null`"),
        ('[{"kind": "gap", "atMs": 0, "colour": 1}]', "unknown field `colour`"),
        ('[{"kind": "gap", "atMs": 0, "times": 2}]', "gap takes no times"),
        ('[{"kind": "gap", "atMs": 0, "fragments": 0}]', "must be positive"),
        ('[{"kind": "gap", "atFragment": 0, "everyMs": 10}]', "everyMs must be positive and goes with atMs"),
        ('[{"kind": "delay", "atMs": 0}]', "delay needs ms"),
        ('[{"kind": "refuse", "atMs": 0}]', "refuse needs error, one of ResourceNotFoundException"),
        ('[{"kind": "refuse", "atMs": 0, "error": "Teapot"}]', "refuse needs error"),
        ('[{"kind": "refuse", "atMs": 0, "error": "NotAuthorized", "operation": "Fly"}]', "operation must be one of"),
        ('[{"kind": "error_tag", "atMs": 0, "id": 77}]', "error_tag needs code, or an id out of 3000"),
        ('[{"kind": "next_contact", "atMs": 9, "contactId": "no spaces"}]', "fault 1: contact id must be"),
    ],
)
def test_a_bad_faults_file_is_refused_with_the_reason(entries: str, complaint: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_faults(entries.encode())
    assert complaint in str(refusal.value)


def test_every_kind_can_be_said_and_is_described() -> None:
    extras: dict[str, dict[str, Any]] = {"delay": {"ms": 5}, "refuse": {"error": "NotAuthorized"}}
    faults = [Fault(kind=kind, at_ms=0, **extras.get(kind, {})) for kind in FAULT_KINDS]
    assert checked_faults(faults) == tuple(faults)
    assert all(len(sentence) > 20 for sentence in FAULT_KINDS.values())


@pytest.mark.parametrize(
    ("fault", "places"),
    [
        (Fault(kind="gap", at_ms=2500), {2: 2500}),
        (Fault(kind="gap", at_ms=2000), {2: 2000}),
        (Fault(kind="gap", at_ms=1500, every_ms=2000), {1: 1500, 3: 3500, 5: 5500}),
        (Fault(kind="gap", at_ms=0, every_ms=400), {0: 0, 1: 1200, 2: 2000, 3: 3200, 4: 4000, 5: 5200}),
        (Fault(kind="gap", at_fragment=4), {4: 4000}),
        (Fault(kind="gap", at_ms=60_000), {}),
    ],
)
def test_where_a_fault_happens(fault: Fault, places: dict[int, int]) -> None:
    found = {index: at_ms for index in range(6) if (at_ms := occurrence_ms(fault, slot(index))) is not None}
    assert found == places


def test_a_fragment_answers_for_the_missing_ones_before_it() -> None:
    assert occurrence_ms(Fault(kind="end_session", at_ms=2100), slot(4, first_index=2)) == 2100
    assert occurrence_ms(Fault(kind="end_session", at_fragment=3), slot(4, first_index=2)) == 4000


def test_runs_of_fragments_are_marked() -> None:
    slots = [slot(index) for index in range(6)]
    faults = [Fault(kind="gap", at_ms=1200, fragments=2), Fault(kind="repeat", at_fragment=5)]
    assert marked_slots(faults, "gap", slots) == {1, 2}
    assert marked_slots(faults, "repeat", slots) == {5}


def test_a_session_fault_happens_as_often_as_it_says_in_each_place() -> None:
    faults = SessionFaults([Fault(kind="drop_connection", at_ms=1250, every_ms=2000, times=2)])
    fired = [[(firing.fault.kind, firing.share) for firing in faults.fire(slot(index))] for index in (0, 1, 1, 1, 3)]
    assert fired == [[], [("drop_connection", 0.25)], [("drop_connection", 0.25)], [], [("drop_connection", 0.25)]]


def test_content_faults_are_no_session_faults() -> None:
    assert not SessionFaults([Fault(kind="gap", at_ms=0), Fault(kind="refuse", at_ms=0, error="x")]).fire(slot(0))


def test_a_request_is_refused_once_the_media_has_come_so_far() -> None:
    refusals = Refusals([Fault(kind="refuse", at_ms=3000, error="InvalidEndpoint", times=2)])
    assert refusals.take("GetMedia", sent_ms=2999, sent_fragments=3) is None
    assert refusals.take("DescribeStream", sent_ms=3000, sent_fragments=3) is None
    taken = [refusals.take("GetMedia", sent_ms=3000, sent_fragments=3) for _ in range(3)]
    assert taken == ["InvalidEndpointException", "InvalidEndpointException", None]


def test_a_refusal_may_wait_for_a_fragment() -> None:
    refusals = Refusals([Fault(kind="refuse", at_fragment=2, error="NotAuthorized")])
    assert refusals.take("GetMedia", sent_ms=9999, sent_fragments=1) is None
    assert refusals.take("GetMedia", sent_ms=0, sent_fragments=2) == "NotAuthorizedException"
