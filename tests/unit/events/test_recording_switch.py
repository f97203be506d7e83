"""What is recorded of a call: consent, pauses, what the contact's attributes say."""

import pytest

from cueline.events.catalogue import EventPayload, HoldStarted, UnknownPayload
from cueline.events.recording_switch import RecordingRules, recording_rules, turned_by
from cueline.events.retention import ConsentGiven, ConsentWithdrawn, RecordingPaused, RecordingResumed


@pytest.mark.parametrize(
    ("attributes", "allowed", "consented"),
    [
        ({}, True, True),
        ({"cueline_record": "yes", "cueline_consent": " Given "}, True, True),
        ({"cueline_record": "no"}, False, True),
        ({"cueline_record": ""}, False, True),
        ({"cueline_record": "perhaps"}, False, True),
        ({"cueline_consent": "pending"}, True, False),
        ({"cueline_consent": "TRUE"}, True, True),
        ({"Cueline_Consent": "no"}, True, True),
    ],
)
def test_what_does_not_plainly_say_yes_is_a_no(attributes: dict[str, str], allowed: bool, consented: bool) -> None:
    assert recording_rules(attributes) == RecordingRules(allowed=allowed, consented=consented)


def test_the_names_of_the_attributes_can_be_chosen() -> None:
    rules = recording_rules({"rec": "no", "cueline_record": "yes"}, record="rec", consent="ok")
    assert rules == RecordingRules(allowed=False, consented=True)


@pytest.mark.parametrize(
    ("payload", "turned"),
    [
        (RecordingPaused(by="jo"), (False, "paused")),
        (RecordingResumed(by="jo"), (True, "paused")),
        (ConsentGiven(by="flow"), (True, "no_consent")),
        (ConsentWithdrawn(by="jo"), (False, "no_consent")),
        (HoldStarted(), None),
        (UnknownPayload(kind="Newer", raw=b"{}"), None),
    ],
)
def test_what_an_event_changes(payload: EventPayload | UnknownPayload, turned: tuple[bool, str] | None) -> None:
    assert turned_by(payload) == turned
