"""Cutting a recording into fragments: whatever the options, the demuxer gets the source back sample by sample."""

import dataclasses

import numpy as np
import pytest

from cueline.emulators.kinesis_video_faults import Fault
from cueline.emulators.kinesis_video_plan import NUMBER_STEP, Plan, PlayOptions, first_number_of, plan_fragments
from cueline.emulators.kinesis_video_recording import Recording, marker_tone
from cueline.emulators.kinesis_video_wire import archived_document, live_document, missing_document, sending
from cueline.kernel.errors import InputError
from cueline.kernel.ids import ContactId
from cueline.media.demuxer import Demuxer
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted
from cueline.media.muxer import Shape

CONTACT = ContactId("contact-1")
START_MS = 1_700_000_000_123
FIRST = first_number_of("stream")


def recording(samples: int = 50_003) -> Recording:
    noise = np.random.default_rng(7).integers(-9000, 9000, (2, samples)).astype("<i2")
    return Recording.from_pcm(customer=noise[0].tobytes(), agent=noise[1].tobytes())


RECORDING = recording()


def plan(options: PlayOptions, *faults: Fault, source: Recording = RECORDING) -> Plan:
    return plan_fragments(
        source, contact_id=CONTACT, first_number=FIRST, first_producer_ms=START_MS, options=options, faults=faults
    )


def received(data: bytes) -> list[FragmentCompleted]:
    demuxer = Demuxer()
    demuxer.receive_data(data)
    demuxer.receive_end()
    fragments = []
    while (event := demuxer.next_event()) is not None:
        if isinstance(event, FragmentCompleted):
            fragments.append(event)
    return fragments


def played(planned: Plan) -> list[FragmentCompleted]:
    return received(b"".join(live_document(one.fragment, behind_now_ms=0) for one in planned.fragments))


def joined(fragments: list[FragmentCompleted]) -> tuple[bytes, bytes]:
    return b"".join(one.customer or b"" for one in fragments), b"".join(one.agent or b"" for one in fragments)


FIELD = PlayOptions()


@pytest.mark.parametrize(
    "options",
    [
        FIELD,
        PlayOptions(fragment_ms=1),
        PlayOptions(fragment_ms=997),
        PlayOptions(fragment_ms=30_000),
        PlayOptions(odd_cuts=True),
        PlayOptions(odd_cuts=True, shape=Shape(block_bytes=333)),
        PlayOptions(shape=Shape(contact_tags="before", block_bytes=192, cluster_size_known=True)),
        PlayOptions(shape=Shape(contact_tags="both", track_order=("agent", "customer"), clusters=3)),
        PlayOptions(shape=Shape(contact_tags="after", segment_size_known=True, filler=True, tag_binary=True)),
        PlayOptions(tagless=frozenset({0, 3, -1}), instance_id=None, mime_type=None),
    ],
)
def test_the_audio_is_the_source(options: PlayOptions) -> None:
    source = recording(9_003) if options.fragment_ms == 1 else RECORDING
    fragments = played(plan(options, source=source))
    assert joined(fragments) == (source.customer, source.agent)
    starts = [one.producer_ms for one in fragments]
    assert starts == [START_MS + index * options.fragment_ms for index in range(len(fragments))]
    assert [one.cluster_ms for one in fragments] == starts


def test_numbers_are_long_and_increase() -> None:
    values = [one.number_value or 0 for one in played(plan(FIELD))]
    assert values == [FIRST + index * NUMBER_STEP for index in range(len(values))]
    assert len(str(FIRST)) == 47


def test_odd_cuts_are_odd() -> None:
    lengths = [len(one.customer or b"") for one in played(plan(PlayOptions(odd_cuts=True)))]
    assert [length % 2 for length in lengths[:-1]] == [1] * (len(lengths) - 1)


def test_tags_stand_where_they_are_told_to() -> None:
    after, before = played(plan(FIELD)), played(plan(PlayOptions(shape=Shape(contact_tags="before"))))
    assert {(one.leading_contact_id, one.trailing_contact_id) for one in after} == {(None, CONTACT)}
    assert {(one.leading_contact_id, one.trailing_contact_id) for one in before} == {(CONTACT, None)}
    assert {one.tags["MimeType"] for one in after} == {"audio/L16;rate=8000;channels=1;"}


def test_the_token_is_last_and_names_the_fragment() -> None:
    fragments = played(plan(FIELD))
    assert all(one.continuation_token == one.number for one in fragments)
    assert {list(one.tags)[-1] for one in fragments} == {"AWS_KINESISVIDEO_CONTINUATION_TOKEN"}
    assert {one.closed_by for one in fragments} == {"token"}


def test_tagless_fragments_name_nobody() -> None:
    owners = [one.contact_id for one in played(plan(PlayOptions(tagless=frozenset({1, -1}))))]
    assert owners == [CONTACT, None, CONTACT, CONTACT, CONTACT, CONTACT, None]


def test_a_gap_takes_time_and_its_number() -> None:
    fragments = played(plan(PlayOptions(gaps=frozenset({2})), Fault(kind="gap", at_ms=4100, fragments=1)))
    assert [(one.producer_ms or 0) - START_MS for one in fragments] == [0, 1024, 3072, 5120, 6144]
    assert [((one.number_value or 0) - FIRST) // NUMBER_STEP for one in fragments] == [0, 1, 3, 5, 6]


def test_repeats_go_out_twice() -> None:
    planned = plan(PlayOptions(repeats=frozenset({1})), Fault(kind="repeat", at_fragment=4))
    copies = [one.fragment.copies for one in planned.fragments]
    assert copies == [1, 2, 1, 1, 2, 1, 1]
    twice = received(sending(planned.fragments[1].fragment, [], behind_now_ms=0).data)
    assert [one.number for one in twice] == [str(FIRST + NUMBER_STEP)] * 2


def test_a_missing_track_and_a_legacy_one() -> None:
    customer_only = played(plan(PlayOptions(shape=Shape(track_order=("customer",)))))
    assert {one.agent for one in customer_only} == {None}
    assert joined(customer_only)[0] == RECORDING.customer
    legacy = played(plan(PlayOptions(shape=Shape(legacy_track_name="Track_audio/L16"))))
    assert joined(legacy) == (RECORDING.customer, b"")


def test_empty_audio_has_tracks_and_nothing_in_them() -> None:
    fragments = played(plan(PlayOptions(empty_audio=True)))
    assert len(fragments) == 7
    assert joined(fragments) == (b"", b"")


def test_the_next_contact_takes_the_stream_over() -> None:
    planned = plan(FIELD, Fault(kind="next_contact", at_ms=2500, ms=2000, contact_id="other"))
    fragments = played(planned)
    ours = [one for one in fragments if one.contact_id == CONTACT]
    theirs = [one for one in fragments if one.contact_id == "other"]
    assert ours + theirs == fragments
    assert joined(ours) == (RECORDING.customer[: 2500 * 16], RECORDING.agent[: 2500 * 16])
    assert joined(theirs) == (marker_tone(2000), marker_tone(2000))
    assert [(one.producer_ms or 0) - START_MS for one in theirs] == [2500, 3524]
    assert (planned.duration_ms, planned.total_ms) == (2500, 4500)


def test_the_next_contact_follows_a_recording_that_ended_before() -> None:
    planned = plan(FIELD, Fault(kind="next_contact", at_fragment=500))
    assert joined([one for one in played(planned) if one.contact_id == CONTACT])[0] == RECORDING.customer
    assert planned.duration_ms == RECORDING.duration_ms == 6251


def test_a_delay_moves_with_a_gap_to_what_follows() -> None:
    planned = plan(PlayOptions(gaps=frozenset({2})), Fault(kind="delay", at_fragment=2, ms=700))
    assert [(one.fragment.slot.index, one.delay_ms) for one in planned.fragments if one.delay_ms] == [(3, 700)]


def test_an_error_before_a_fragment() -> None:
    planned = plan(PlayOptions(errors={-1: 4506}))
    last = planned.fragments[-1].fragment
    out = sending(last, last.session_faults.fire(last.slot), behind_now_ms=0)
    (error,) = received(out.data)
    assert error.error is not None
    assert (error.error.error_id, out.then) == ("4506", "end")
    assert not last.session_faults.fire(last.slot)


@pytest.mark.parametrize(("kind", "then"), [("drop_connection", "cut"), ("truncate", "end")])
def test_a_break_lies_within_the_fragment(kind: str, then: str) -> None:
    one = plan(FIELD, Fault(kind=kind, at_ms=0)).fragments[0].fragment
    out = sending(one, one.session_faults.fire(one.slot), behind_now_ms=0)
    whole = live_document(one, behind_now_ms=0)
    assert (len(out.data), out.then, out.share) == (1, then, 0.0)
    again = plan(FIELD, Fault(kind=kind, at_ms=768)).fragments[0].fragment
    out = sending(again, again.session_faults.fire(again.slot), behind_now_ms=0)
    assert out.data == whole[: len(whole) * 3 // 4]
    assert received(out.data) == []


def test_garbage_is_noticed() -> None:
    one = plan(FIELD, Fault(kind="garbage", at_fragment=0)).fragments[0].fragment
    damaged = sending(one, one.session_faults.fire(one.slot), behind_now_ms=0)
    with pytest.raises(MediaError):
        received(damaged.data)
    assert received(sending(one, one.session_faults.fire(one.slot), behind_now_ms=0).data)


def test_archived_fragments_name_their_times_otherwise_and_have_no_token() -> None:
    (one,) = received(archived_document(plan(FIELD).fragments[1].fragment))
    assert (one.producer_ms, one.server_ms) == (START_MS + 1024, START_MS + 1024 + 180)
    assert one.continuation_token is None
    assert "AWS_KINESISVIDEO_PRODUCER_TIMESTAMP" not in one.tags
    (missing,) = received(missing_document("5"))
    assert missing.error is not None
    assert (missing.number, missing.error.error_id) == ("5", "4000")


def test_equal_arguments_give_equal_bytes() -> None:
    options = PlayOptions(odd_cuts=True, tagless=frozenset({2}))
    first, second = (
        [live_document(one.fragment, behind_now_ms=9) for one in plan(options).fragments] for _ in range(2)
    )
    assert first == second


def test_options_that_leave_nothing_are_refused() -> None:
    with pytest.raises(InputError, match="left to play"):
        plan(PlayOptions(gaps=frozenset(range(7))))
    with pytest.raises(InputError, match="fragment_ms"):
        plan(dataclasses.replace(FIELD, fragment_ms=40_000))
