"""Checkpoints and records as they are kept."""

import msgspec

from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.events.redacted import ChannelMemory, RedactorSnapshot


def test_a_checkpoint_goes_to_json_and_back() -> None:
    checkpoint = Checkpoint(
        origin_producer_ms=1_700_000_000_000,
        resume=FragmentMark(number="9" * 40, producer_ms=5, position=8_000),
        customer=ChannelProgress(settled=16_000, next_ordinal=3),
        redactor=RedactorSnapshot(agent=ChannelMemory(open_run=True, run_tokens=2, run_ended_ms=7)),
        warned=("audio_gap",),
    )
    raw = msgspec.json.encode(checkpoint)
    assert msgspec.json.decode(raw, type=Checkpoint) == checkpoint
    assert b'"nextOrdinal":3' in raw


def test_a_checkpoint_of_another_version_is_read_as_far_as_it_goes() -> None:
    assert msgspec.json.decode(b'{"newer":1,"customer":{"settled":5}}', type=Checkpoint) == Checkpoint(
        customer=ChannelProgress(settled=5)
    )


def test_channels_are_told_apart() -> None:
    checkpoint = Checkpoint(customer=ChannelProgress(settled=1), agent=ChannelProgress(settled=2))
    assert (checkpoint.channel("customer").settled, checkpoint.channel("agent").settled) == (1, 2)


def test_what_the_redactor_remembers_has_no_room_for_digits() -> None:
    """Counts, times and flags only: nothing there is text or bytes."""
    kinds = {field.type for field in msgspec.structs.fields(ChannelMemory)}
    assert kinds == {bool, int}
