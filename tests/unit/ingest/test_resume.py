"""The rules of one call's intake, one by one."""

from collections.abc import Sequence
from typing import Any

import pytest

from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.ingest.effects import (
    AudioReleased,
    CallFinished,
    Effect,
    FragmentDropped,
    FragmentReleased,
    OriginFixed,
    SilenceInserted,
    Warned,
)
from cueline.ingest.ports import CallMedia
from cueline.ingest.resume import Intake
from cueline.ingest.settings import IngestSettings
from cueline.media.events import FragmentCompleted, StreamErrorTag
from tests.fakes.media_source import OTHER, OURS, START_MS, fragment, pcm

SECOND = 8000


def intake(
    *,
    start_number: str | None = None,
    checkpoint: Checkpoint | None = None,
    archive: bool = False,
    settings: IngestSettings | None = None,
) -> Intake:
    media = CallMedia(
        contact_id=OURS, stream_arn="arn:stream", start_fragment_number=start_number, start_timestamp_ms=START_MS
    )
    made = Intake(media, checkpoint=checkpoint, settings=settings or IngestSettings(), archive=archive, now_ms=0)
    made.connected(0)
    return made


def feed(subject: Intake, *fragments: FragmentCompleted) -> list[Effect]:
    effects: list[Effect] = []
    for item in fragments:
        effects += subject.take(item, received_ms=5, now_ms=0)
    return effects


def audio(effects: Sequence[Effect]) -> tuple[bytes, bytes]:
    customer = agent = b""
    for effect in effects:
        if isinstance(effect, AudioReleased | SilenceInserted):
            for block in effect.blocks():
                customer += block.customer
                agent += block.agent
    return customer, agent


def drops(effects: Sequence[Effect]) -> list[tuple[str, str]]:
    return [(effect.number, effect.reason) for effect in effects if isinstance(effect, FragmentDropped)]


def codes(effects: Sequence[Effect]) -> list[str]:
    return [effect.code for effect in effects if isinstance(effect, Warned)]


def end(effects: Sequence[Effect]) -> tuple[str, int] | None:
    ends = [(effect.reason, effect.at) for effect in effects if isinstance(effect, CallFinished)]
    assert len(ends) <= 1
    return ends[0] if ends else None


def customers(*numbers: int) -> bytes:
    return b"".join(pcm(SECOND, number) for number in numbers)


def test_first_audio_fixes_the_origin_and_is_released_whole() -> None:
    effects = feed(intake(), fragment(3), fragment(4))
    assert effects[0] == OriginFixed(producer_ms=START_MS + 3000)
    assert audio(effects) == (customers(3, 4), pcm(SECOND, 103) + pcm(SECOND, 104))
    marks = [effect.mark for effect in effects if isinstance(effect, FragmentReleased)]
    assert marks == [
        FragmentMark(number="3", producer_ms=START_MS + 3000, position=0),
        FragmentMark(number="4", producer_ms=START_MS + 4000, position=SECOND),
    ]


def test_fragments_of_another_contact_before_ours_are_dropped_in_silence() -> None:
    effects = feed(intake(), fragment(1, contact=OTHER), fragment(2))
    assert audio(effects)[0] == customers(2)
    assert drops(effects) == [("1", "other_contact")]
    assert codes(effects) == []
    assert end(effects) is None


def test_another_contact_after_ours_ends_the_call() -> None:
    subject = intake()
    effects = feed(subject, fragment(1), fragment(2, contact=OTHER), fragment(3))
    assert audio(effects)[0] == customers(1)
    assert end(effects) == ("next_contact", SECOND)
    assert subject.ended


def test_fragments_before_the_start_number_are_dropped() -> None:
    effects = feed(intake(start_number="2"), fragment(1), fragment(2))
    assert audio(effects)[0] == customers(2)
    assert drops(effects) == [("1", "before_start")]


def test_repeats_are_dropped_by_number_as_an_integer() -> None:
    effects = feed(intake(), fragment("9", at_ms=START_MS), fragment("10", at_ms=START_MS + 1000), fragment("009"))
    assert drops(effects) == [("009", "repeat")]
    assert len(audio(effects)[0]) == 2 * 2 * SECOND


def test_a_number_that_is_none_is_deduplicated_by_producer_time() -> None:
    first = fragment("x1", at_ms=START_MS, customer=pcm(SECOND, 1))
    second = fragment("x2", at_ms=START_MS + 1000, customer=pcm(SECOND, 2))
    effects = feed(intake(), first, second, first, second)
    assert audio(effects)[0] == customers(1, 2)
    assert [reason for _, reason in drops(effects)] == ["repeat", "repeat"]


def test_without_number_and_time_nothing_is_taken_twice_after_a_reconnection() -> None:
    subject = intake()
    nameless = fragment("", at_ms=None, customer=pcm(SECOND, 2))
    effects = feed(subject, fragment(1), nameless)
    subject.connected(10)
    effects += feed(subject, fragment(1), nameless, fragment(3))
    assert audio(effects)[0] == customers(1, 2, 3)


def test_a_fragment_closed_by_the_end_of_a_live_connection_is_read_again() -> None:
    subject = intake()
    effects = feed(subject, fragment(1), fragment(2, customer=pcm(10), closed_by="end"), fragment(2))
    assert audio(effects)[0] == customers(1, 2)
    assert drops(effects) == [("2", "cut_short")]


def test_a_fragment_closed_by_the_end_of_an_archive_is_whole() -> None:
    effects = feed(intake(archive=True), fragment(1, closed_by="end"))
    assert audio(effects)[0] == customers(1)


def test_conflicting_contact_ids_are_nobodys() -> None:
    effects = feed(intake(), fragment(1), fragment(2, conflict=True), fragment(3))
    assert audio(effects)[0] == customers(1) + bytes(2 * SECOND) + customers(3)
    assert drops(effects) == [("2", "conflicting_contacts")]
    assert codes(effects) == ["fragment_dropped", "audio_gap"]
    assert end(effects) is None


@pytest.mark.parametrize("late_ms", [-199, 0, 199])
def test_a_fragment_within_the_tolerance_joins_as_it_is(late_ms: int) -> None:
    effects = feed(intake(), fragment(1), fragment(2, at_ms=START_MS + 2000 + late_ms))
    assert audio(effects)[0] == customers(1, 2)
    assert codes(effects) == []


def test_small_slips_do_not_add_up() -> None:
    effects = feed(intake(), fragment(0), fragment(1, at_ms=START_MS + 1150), fragment(2, at_ms=START_MS + 2300))
    assert audio(effects)[0] == customers(0, 1) + bytes(300 * 16) + customers(2)


def test_a_gap_is_filled_with_exactly_as_much_silence_and_told() -> None:
    effects = feed(intake(), fragment(0), fragment(1, at_ms=START_MS + 1200))
    assert audio(effects)[0] == customers(0) + bytes(200 * 16) + customers(1)
    assert [(effect.code, effect.at) for effect in effects if isinstance(effect, Warned)] == [("audio_gap", SECOND)]
    assert "0.2 s" in next(effect.message for effect in effects if isinstance(effect, Warned))


def test_an_overlap_is_cut_off() -> None:
    effects = feed(intake(), fragment(0), fragment(1, at_ms=START_MS + 800))
    assert audio(effects)[0] == customers(0) + customers(1)[200 * 16 :]
    assert [effect.mark for effect in effects if isinstance(effect, FragmentReleased)][1] is None


def test_a_fragment_that_lies_wholly_in_what_was_heard_is_dropped() -> None:
    effects = feed(intake(), fragment(0), fragment(1, at_ms=START_MS), fragment(2, at_ms=START_MS + 1000))
    assert drops(effects) == [("1", "overlap")]
    assert audio(effects)[0] == customers(0, 2)


def test_a_fragment_without_a_time_follows_directly() -> None:
    effects = feed(intake(), fragment(0), fragment(1, at_ms=None), fragment(2))
    assert audio(effects)[0] == customers(0, 1, 2)


@pytest.mark.parametrize("jump_ms", [3_600_001 + 1000, -60_001])
def test_a_jump_of_the_clock_is_neither_gap_nor_overlap(jump_ms: int) -> None:
    subject = intake()
    jumped = [fragment(number, at_ms=START_MS + number * 1000 + jump_ms) for number in (1, 2)]
    effects = feed(subject, fragment(0), *jumped)
    assert audio(effects)[0] == customers(0, 1, 2)
    assert codes(effects) == ["audio_gap"]


@pytest.mark.parametrize("off_ms", [10**9, -(10**9), 3_700_000, -70_000])
def test_one_wild_time_stamp_shifts_nothing(off_ms: int) -> None:
    wild = fragment(1, at_ms=START_MS + 1000 + off_ms)
    effects = feed(intake(), fragment(0), wild, fragment(2), fragment("3", at_ms=START_MS + 3500))
    assert audio(effects)[0] == customers(0, 1, 2) + bytes(500 * 16) + pcm(SECOND, 0)


class TestTagless:
    def test_between_two_of_ours_it_is_ours(self) -> None:
        effects = feed(intake(), fragment(1), fragment(2, contact=None), fragment(3, contact=None))
        assert audio(effects)[0] == customers(1)
        subject_effects = feed(intake(), fragment(1), fragment(2, contact=None), fragment(3))
        assert audio(subject_effects)[0] == customers(1, 2, 3)

    def test_before_another_contact_it_is_ours_when_it_joins_and_lies_before_the_stop(self) -> None:
        subject = intake()
        subject.note_stop(START_MS + 2500, 0)
        effects = feed(subject, fragment(1), fragment(2, contact=None), fragment(3, contact=OTHER))
        assert audio(effects)[0] == customers(1, 2)
        assert end(effects) == ("disconnected", 2 * SECOND)

    def test_after_the_stop_it_is_not(self) -> None:
        subject = intake()
        subject.note_stop(START_MS + 2000, 0)
        effects = feed(subject, fragment(1), fragment(2, contact=None), fragment(3, contact=OTHER))
        assert audio(effects)[0] == customers(1)

    def test_without_a_known_stop_what_also_joins_the_next_contact_is_dropped(self) -> None:
        effects = feed(intake(), fragment(1), fragment(2, contact=None), fragment(3, contact=OTHER))
        assert audio(effects)[0] == customers(1)
        assert drops(effects) == [("2", "unproved"), ("3", "other_contact")]
        assert codes(effects) == ["fragment_dropped"]
        assert end(effects) == ("next_contact", SECOND)

    def test_without_a_known_stop_what_joins_us_alone_is_ours(self) -> None:
        effects = feed(intake(), fragment(1), fragment(2, contact=None), fragment(9, contact=OTHER))
        assert audio(effects)[0] == customers(1, 2)

    def test_what_joins_the_next_contact_alone_is_not_ours(self) -> None:
        effects = feed(intake(), fragment(1), fragment(8, contact=None), fragment(9, contact=OTHER))
        assert audio(effects)[0] == customers(1)

    def test_a_chain_splits_where_time_does(self) -> None:
        tagless = [fragment(number, contact=None) for number in (2, 3, 7, 8)]
        effects = feed(intake(), fragment(1), *tagless, fragment(9, contact=OTHER))
        assert audio(effects)[0] == customers(1, 2, 3)

    def test_without_a_time_nothing_is_proved(self) -> None:
        effects = feed(intake(), fragment(1), fragment(2, contact=None, at_ms=None), fragment(9, contact=OTHER))
        assert audio(effects)[0] == customers(1)

    def test_before_ours_it_is_dropped(self) -> None:
        effects = feed(intake(), fragment(1, contact=None), fragment(2))
        assert audio(effects)[0] == customers(2)
        assert drops(effects) == [("1", "unproved")]

    def test_from_the_start_fragment_on_it_is_ours(self) -> None:
        effects = feed(intake(start_number="1"), fragment(0, contact=None), fragment(1, contact=None), fragment(2))
        assert audio(effects)[0] == customers(1, 2)

    def test_but_not_after_another_contact_has_been_seen(self) -> None:
        subject = intake(start_number="1")
        effects = feed(subject, fragment(1, contact=OTHER), fragment(2, contact=None), fragment(3))
        assert audio(effects)[0] == customers(3)

    def test_at_the_end_it_is_ours_when_it_joins(self) -> None:
        subject = intake(archive=True)
        effects = feed(subject, fragment(1), fragment(2, contact=None)) + subject.exhausted()
        assert audio(effects)[0] == customers(1, 2)
        assert end(effects) == ("no_audio", 2 * SECOND)

    def test_at_the_end_it_is_not_when_it_does_not_join(self) -> None:
        subject = intake(archive=True)
        effects = feed(subject, fragment(1), fragment(5, contact=None)) + subject.exhausted()
        assert audio(effects)[0] == customers(1)
        assert drops(effects) == [("5", "unproved")]

    @pytest.mark.parametrize(
        "settings", [IngestSettings(max_held_fragments=2), IngestSettings(max_held_bytes=2 * 4 * SECOND)]
    )
    def test_no_more_wait_than_the_bound(self, settings: IngestSettings) -> None:
        tagless = [fragment(number, contact=None) for number in (2, 3, 4)]
        effects = feed(intake(settings=settings), fragment(1), *tagless, fragment(5))
        assert audio(effects)[0] == customers(1) + bytes(2 * SECOND) + customers(3, 4, 5)
        assert drops(effects) == [("2", "unproved")]
        assert codes(effects) == ["fragment_dropped", "audio_gap"]

    def test_a_repeat_of_one_that_waits_is_dropped(self) -> None:
        waiting = fragment(2, contact=None)
        effects = feed(intake(), fragment(1), waiting, fragment(1), waiting, fragment(3))
        assert audio(effects)[0] == customers(1, 2, 3)

    def test_one_without_audio_is_nothing(self) -> None:
        effects = feed(intake(), fragment("", at_ms=None, contact=None, customer=None, agent=None))
        assert effects == []


class TestEnd:
    def test_disconnected_ends_once_the_audio_is_handed_on(self) -> None:
        subject = intake()
        subject.note_stop(START_MS + 2500, 0)
        assert end(feed(subject, fragment(0), fragment(1))) is None
        effects = feed(subject, fragment(2), fragment(3))
        assert audio(effects)[0] == customers(2)
        assert end(effects) == ("disconnected", 3 * SECOND)

    def test_disconnected_after_the_audio_ends_at_once(self) -> None:
        subject = intake()
        feed(subject, fragment(0), fragment(1))
        assert end(subject.note_stop(START_MS + 1900, 0)) == ("disconnected", 2 * SECOND)

    def test_disconnected_waits_only_so_long_for_the_rest(self) -> None:
        subject = intake()
        feed(subject, fragment(0))
        assert subject.note_stop(START_MS + 5000, 1000) == []
        assert subject.poll(3999) == []
        assert end(subject.poll(4000)) == ("disconnected", SECOND)

    def test_an_unreachable_source_says_nothing_about_the_rest(self) -> None:
        subject = intake()
        feed(subject, fragment(0))
        subject.note_stop(START_MS + 5000, 1000)
        subject.unreachable()
        assert subject.poll(10_000) == []
        subject.connected(10_000)
        assert end(feed(subject, *(fragment(number) for number in range(1, 6)))) == ("disconnected", 5 * SECOND)

    def test_a_silent_stream_ends_the_call(self) -> None:
        subject = intake()
        feed(subject, fragment(0))
        assert subject.poll(59_999) == []
        assert end(subject.poll(60_000)) == ("no_audio", SECOND)
        assert subject.poll(120_000) == []

    def test_a_stream_that_never_spoke_ends_the_call_too(self) -> None:
        assert end(intake().poll(60_000)) == ("no_audio", 0)

    def test_other_contacts_do_not_keep_the_call_open(self) -> None:
        subject = intake()
        subject.take(fragment(1, contact=OTHER), received_ms=0, now_ms=50_000)
        assert end(subject.poll(60_000)) == ("no_audio", 0)

    def test_time_spent_handing_on_is_no_silence(self) -> None:
        subject = intake()
        feed(subject, fragment(0))
        subject.excuse(30_000)
        assert subject.poll(60_000) == []

    def test_a_source_that_stays_unreachable_failed(self) -> None:
        subject = intake()
        subject.unreachable()
        assert end(subject.poll(60_000)) == ("failed", 0)
        other = intake()
        other.unreachable()
        assert end(other.exhausted()) == ("failed", 0)

    @pytest.mark.parametrize(
        ("reason", "expected"), [("ResourceNotFound", "stream_missing"), ("NotAuthorized", "failed")]
    )
    def test_a_refusal_ends_the_call_and_says_why(self, reason: str, expected: str) -> None:
        effects = intake().refused(reason)
        assert codes(effects) == ["stream_error"]
        assert end(effects) == (expected, 0)

    def test_nothing_is_taken_after_the_end(self) -> None:
        subject = intake()
        subject.finish("no_audio")
        assert feed(subject, fragment(1)) == []
        assert subject.finish("failed") == []
        assert subject.refused("NotAuthorized") == []

    def test_a_sample_that_one_channel_is_ahead_by_comes_out_at_the_end(self) -> None:
        subject = intake()
        effects = feed(subject, fragment(0, customer=b"\x01\x02\x03\x04", agent=b"\x05\x06\x07"))
        assert audio(effects) == (b"\x01\x02", b"\x05\x06")
        assert audio(subject.finish("no_audio")) == (b"\x03\x04", b"\x00\x00")


class TestResume:
    def checkpoint(self, *, customer: int, agent: int, warned: tuple[str, ...] = ()) -> Checkpoint:
        return Checkpoint(
            origin_producer_ms=START_MS,
            resume=FragmentMark(number="2", producer_ms=START_MS + 2000, position=2 * SECOND),
            customer=ChannelProgress(settled=customer),
            agent=ChannelProgress(settled=agent),
            warned=warned,
        )

    def test_each_channel_is_silent_before_what_it_had_settled(self) -> None:
        subject = intake(checkpoint=self.checkpoint(customer=2 * SECOND + 10, agent=3 * SECOND + 1))
        assert subject.reopen_at_ms() == START_MS + 2000 - 1 - 1000
        effects = feed(subject, fragment(1), fragment(2), fragment(3))
        customer, agent = audio(effects)
        assert customer == bytes(20) + customers(2)[20:] + customers(3)
        assert agent == bytes(2 * SECOND + 2) + pcm(SECOND, 103)[2:]
        assert drops(effects) == [("1", "before_start")]
        assert [effect for effect in effects if isinstance(effect, OriginFixed)] == []
        assert next(effect for effect in effects if isinstance(effect, AudioReleased)).position == 2 * SECOND

    def test_the_resume_fragment_itself_may_be_tagless(self) -> None:
        subject = intake(checkpoint=self.checkpoint(customer=2 * SECOND, agent=2 * SECOND))
        effects = feed(subject, fragment(1, contact=OTHER), fragment(2, contact=None), fragment(3))
        assert audio(effects)[0] == customers(2, 3)

    def test_what_is_no_longer_there_becomes_silence(self) -> None:
        subject = intake(checkpoint=self.checkpoint(customer=2 * SECOND, agent=2 * SECOND))
        effects = feed(subject, fragment(5))
        assert audio(effects)[0] == bytes(3 * 2 * SECOND) + customers(5)

    def test_an_origin_without_a_resume_fragment_is_read_from_the_origin(self) -> None:
        subject = intake(checkpoint=Checkpoint(origin_producer_ms=START_MS))
        assert subject.reopen_at_ms() == START_MS - 1 - 1000
        effects = feed(subject, fragment("7", at_ms=START_MS - 1000, contact=OTHER), fragment("8", at_ms=START_MS))
        assert len(audio(effects)[0]) == 2 * SECOND
        assert end(effects) is None

    def test_another_contact_behind_the_resume_fragment_ends_the_call(self) -> None:
        subject = intake(checkpoint=self.checkpoint(customer=2 * SECOND, agent=2 * SECOND))
        assert end(feed(subject, fragment(9, contact=OTHER))) == ("next_contact", 2 * SECOND)

    def test_what_was_said_before_is_not_said_again(self) -> None:
        settled = 3 * SECOND
        subject = intake(checkpoint=self.checkpoint(customer=settled, agent=settled, warned=("audio_gap",)))
        told_again = feed(subject, fragment("3", at_ms=START_MS + 2500), fragment("4", at_ms=START_MS + 6000))
        assert [effect.at for effect in told_again if isinstance(effect, Warned)] == [3 * SECOND + SECOND // 2]


def test_where_to_read_next() -> None:
    subject = intake()
    assert subject.reopen_at_ms() == START_MS - 5000
    feed(subject, fragment(4), fragment(5, contact=None))
    assert subject.reopen_at_ms() == START_MS + 5000
    assert subject.reopen_at_ms(skip_ms=1500) == START_MS + 5000 + 1500


def test_errors_in_the_stream_are_told_once_each() -> None:
    missing = StreamErrorTag("FRAGMENT_NOT_FOUND", "3000")
    denied = StreamErrorTag("KMS_KEY_ACCESS_DENIED", "4500")
    nothing: dict[str, Any] = {"contact": None, "customer": None, "agent": None, "at_ms": None}
    effects = feed(
        intake(),
        fragment(1),
        fragment("", error=missing, **nothing),
        fragment("", error=missing, **nothing),
        fragment("", error=denied, closed_by="end", **nothing),
    )
    assert codes(effects) == ["stream_error", "stream_error"]
    messages = [effect.message for effect in effects if isinstance(effect, Warned)]
    assert "3000" in messages[0]
    assert "kms:Decrypt" in messages[1]
