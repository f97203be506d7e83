"""The fragment store: where each selector begins, what is kept, what is listed."""

import pytest

from cueline.emulators.kinesis_video_faults import SessionFaults, Slot
from cueline.emulators.kinesis_video_requests import RequestError, StartSelector, start_cursor
from cueline.emulators.kinesis_video_stream import HOST_BUFFER_MS, Cursor, FragmentStore, StoredFragment
from cueline.media.muxer import FragmentSpec, FragmentTags, Shape

LAG_MS = 180


def fragment(index: int, *, pcm_bytes: int = 16) -> StoredFragment:
    """Number 100, 110, 120, ... from producer time 1,000,000 on, a second each."""
    producer_ms = 1_000_000 + index * 1000
    return StoredFragment(
        number=100 + 10 * index,
        slot=Slot(index, index, index * 1000, index * 1000, index * 1000 + 1000),
        producer_ms=producer_ms,
        server_ms=producer_ms + LAG_MS,
        spec=FragmentSpec(FragmentTags(), customer=bytes(pcm_bytes), agent=None),
        shape=Shape(),
        session_faults=SessionFaults([]),
    )


def store(*indexes: int, retention_hours: int = 24) -> FragmentStore:
    made = FragmentStore(retention_hours=retention_hours)
    for index in indexes:
        made.append(fragment(index), now_ms=index * 1000)
    return made


def read(kept: FragmentStore, cursor: Cursor | None) -> list[int]:
    assert cursor is not None
    numbers = []
    while (found := kept.next(cursor)) is not None:
        numbers.append(found.number)
    return numbers


def start(kept: FragmentStore, selector: StartSelector) -> Cursor | None:
    return start_cursor(selector, kept, lambda number: kept.get(number) is not None)


@pytest.mark.parametrize(
    ("selector", "numbers"),
    [
        (StartSelector("EARLIEST"), [100, 110, 140]),
        (StartSelector("NOW"), [140]),
        (StartSelector("FRAGMENT_NUMBER", after_fragment_number="100"), [110, 140]),
        (StartSelector("FRAGMENT_NUMBER", after_fragment_number="000110"), [140]),
        (StartSelector("CONTINUATION_TOKEN", continuation_token="110"), [140]),
        (StartSelector("PRODUCER_TIMESTAMP", start_timestamp=0), [100, 110, 140]),
        (StartSelector("PRODUCER_TIMESTAMP", start_timestamp=1000.999), [100, 110, 140]),
        (StartSelector("PRODUCER_TIMESTAMP", start_timestamp=1001), [110, 140]),
        (StartSelector("PRODUCER_TIMESTAMP", start_timestamp=1003.5), [140]),
        (StartSelector("PRODUCER_TIMESTAMP", start_timestamp=1005), []),
        (StartSelector("SERVER_TIMESTAMP", start_timestamp=1001.1), [100, 110, 140]),
        (StartSelector("SERVER_TIMESTAMP", start_timestamp=1001.18), [110, 140]),
    ],
)
def test_where_each_selector_begins(selector: StartSelector, numbers: list[int]) -> None:
    kept = store(0, 1, 4)
    assert read(kept, start(kept, selector)) == numbers


@pytest.mark.parametrize(
    "selector",
    [
        StartSelector("FRAGMENT_NUMBER", after_fragment_number="120"),
        StartSelector("CONTINUATION_TOKEN", continuation_token="7"),
    ],
)
def test_a_start_that_is_not_known_is_said(selector: StartSelector) -> None:
    assert start(store(0, 1, 4), selector) is None


@pytest.mark.parametrize(
    "selector",
    [
        StartSelector("FRAGMENT_NUMBER"),
        StartSelector("PRODUCER_TIMESTAMP"),
        StartSelector("SERVER_TIMESTAMP", after_fragment_number="100"),
        StartSelector("CONTINUATION_TOKEN"),
        StartSelector("CONTINUATION_TOKEN", continuation_token="not-ours"),
        StartSelector("NOW", start_timestamp=5),
        StartSelector("EARLIEST", continuation_token="100"),
    ],
)
def test_selectors_that_make_no_sense_are_refused(selector: StartSelector) -> None:
    with pytest.raises(RequestError) as refusal:
        start(store(0), selector)
    assert (refusal.value.name, refusal.value.status) == ("InvalidArgumentException", 400)


def test_a_reader_goes_on_with_what_comes() -> None:
    kept = store(0)
    cursor = kept.now()
    assert read(kept, cursor) == [100]
    kept.append(fragment(1), now_ms=1000)
    assert read(kept, cursor) == [110]


def test_now_on_an_empty_stream_is_the_first_that_comes() -> None:
    kept = store()
    cursor = kept.now()
    kept.append(fragment(3), now_ms=0)
    assert read(kept, cursor) == [130]


def test_a_time_to_come_is_waited_for() -> None:
    kept = store(0)
    cursor = Cursor(kind="PRODUCER_TIMESTAMP", at_ms=1_002_500)
    assert kept.next(cursor) is None
    for index in (1, 2, 3):
        kept.append(fragment(index), now_ms=0)
    assert read(kept, cursor) == [120, 130]


def test_retention_zero_keeps_five_minutes() -> None:
    kept = store(0, 1, retention_hours=0)
    kept.expire(now_ms=HOST_BUFFER_MS)
    assert read(kept, Cursor()) == [100, 110]
    kept.expire(now_ms=HOST_BUFFER_MS + 1)
    assert read(kept, Cursor()) == [110]


def test_retention_is_in_hours() -> None:
    kept = store(0, 1, retention_hours=2)
    kept.expire(now_ms=2 * 3_600_000)
    assert read(kept, Cursor()) == [100, 110]
    kept.expire(now_ms=2 * 3_600_000 + 1001)
    assert read(kept, Cursor()) == []


def test_the_host_buffer_is_bounded_in_bytes_too() -> None:
    kept = FragmentStore(retention_hours=0)
    for index in range(5):
        kept.append(fragment(index, pcm_bytes=60_000_000), now_ms=0)
    assert read(kept, Cursor()) == [120, 130, 140]


def test_numbers_only_increase() -> None:
    kept = store(1)
    with pytest.raises(ValueError, match="increase"):
        kept.append(fragment(0), now_ms=0)


def test_listing_by_range_and_page() -> None:
    kept = store(0, 1, 2, 3)
    found, more = kept.between("PRODUCER_TIMESTAMP", 1_001_000, 1_003_000, after=0, limit=2)
    assert ([one.number for one in found], more) == ([110, 120], True)
    found, more = kept.between("PRODUCER_TIMESTAMP", 1_001_000, 1_003_000, after=120, limit=2)
    assert ([one.number for one in found], more) == ([130], False)
    found, _ = kept.between("SERVER_TIMESTAMP", 1_000_000 + LAG_MS, 1_001_000, after=0, limit=9)
    assert [one.number for one in found] == [100]


def test_how_far_a_fragment_is_behind() -> None:
    kept = store(0, 1, 4)
    oldest = kept.get(100)
    newest = kept.newest
    assert oldest is not None
    assert newest is not None
    assert (kept.behind_now_ms(oldest), kept.behind_now_ms(newest)) == (4000, 0)
