"""Objects that hold a voice refuse to leave by accident; what tags say is read strictly."""

import copy
import json
import pickle

import msgspec
import pytest

from cueline.media.demuxer import Demuxer
from cueline.media.errors import MediaError
from cueline.media.events import (
    FragmentCompleted,
    FragmentStarted,
    StreamErrorTag,
    epoch_ms,
    number_value,
)
from cueline.media.muxer import FragmentSpec, FragmentTags

VOICE = b"4111 1111 1111 1111"


def completed() -> FragmentCompleted:
    return FragmentCompleted(
        offset=7,
        leading_contact_id=None,
        trailing_contact_id="contact",
        contact_ids_conflict=False,
        cluster_ms=1,
        customer=VOICE,
        agent=None,
        tags={"a": "b"},
        closed_by="token",
    )


def holders() -> list[object]:
    demuxer = Demuxer()
    demuxer.receive_data(VOICE)
    return [completed(), FragmentSpec(FragmentTags(), customer=VOICE, agent=VOICE), demuxer]


@pytest.mark.parametrize("index", range(3))
@pytest.mark.parametrize(
    "leave",
    [
        pickle.dumps,
        copy.copy,
        copy.deepcopy,
        lambda held: f"{held:>10}",
        "{}".format,
        list,
        json.dumps,
        msgspec.json.encode,
        vars,
    ],
)
def test_audio_refuses_to_leave(index: int, leave: object) -> None:
    with pytest.raises(TypeError) as caught:
        leave(holders()[index])  # type: ignore[operator]
    assert "4111" not in str(caught.value)


@pytest.mark.parametrize("index", range(3))
def test_repr_shows_sizes_only(index: int) -> None:
    shown = repr(holders()[index]) + str(holders()[index])
    assert "4111" not in shown
    assert "contact" not in shown


def test_a_fragment_shows_its_sizes() -> None:
    assert repr(completed()) == "<FragmentCompleted at byte 7: customer 19 bytes, agent none, 1 tags>"
    assert completed().contact_id == "contact"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1700000000.125", 1_700_000_000_125),
        ("1700000000", 1_700_000_000_000),
        ("1700000000.", 1_700_000_000_000),
        ("1700000000.1", 1_700_000_000_100),
        ("1700000000.1234", 1_700_000_000_123),
        ("1700000000.1235", 1_700_000_000_124),
        ("1700000000.9999", 1_700_000_001_000),
        (" 1.5 ", 1500),
        ("0", 0),
        ("", None),
        ("-1", None),
        ("1e9", None),
        ("nan", None),
        ("1,5", None),
        (".5", None),
        ("\u0661", None),
        ("9" * 14, None),
    ],
)
def test_timestamps(text: str, expected: int | None) -> None:
    assert epoch_ms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("007", 7), ("9" * 128, int("9" * 128)), ("9" * 129, None), ("", None), ("+1", None), ("\u0661", None)],
)
def test_fragment_numbers(text: str, expected: int | None) -> None:
    assert number_value(text) == expected


def test_error_tags_are_values() -> None:
    assert StreamErrorTag("a", "1") == StreamErrorTag("a", "1")
    assert len({StreamErrorTag("a", "1"), StreamErrorTag("a", "1"), StreamErrorTag("a", "2")}) == 2
    assert StreamErrorTag("a", "1") != ("a", "1")
    assert repr(FragmentStarted(offset=0, number=None, contact_id=None)).startswith("FragmentStarted")


def test_media_errors_survive_a_pipe() -> None:
    """Errors hold no audio, so they may travel between processes."""
    error = pickle.loads(pickle.dumps(MediaError("bad", 9)))
    assert (str(error), error.offset, error.code) == ("bad (at byte 9)", 9, "media_error")
