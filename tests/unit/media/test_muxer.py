"""The muxer writes what GetMedia sends: read here by a few lines that share no code with it."""

import runpy
from pathlib import Path

import pytest

from cueline.media.ebml import encode_element, encode_vint
from cueline.media.events import StreamErrorTag
from cueline.media.muxer import FragmentSpec, FragmentTags, Shape, mux_error, mux_fragment

_CORPUS = runpy.run_path(str(Path(__file__).parents[2] / "corpus" / "handwritten.py"))
element, unknown, tags, block = _CORPUS["element"], _CORPUS["unknown"], _CORPUS["tags"], _CORPUS["block"]


def spec(customer: bytes | None = b"c" * 1500, agent: bytes | None = b"a" * 1025) -> FragmentSpec:
    named = FragmentTags(
        number="42", contact_id="contact", mime_type=None, producer_ms=1_700_000_000_007, server_ms=1_700_000_000_100,
        millis_behind_now=3, continuation_token="token",
    )  # fmt: skip
    return FragmentSpec(named, customer=customer, agent=agent)


def test_layout_is_the_one_of_a_live_stream() -> None:
    stream = mux_fragment(spec())
    assert stream.startswith(bytes.fromhex("1A45DFA3"))
    segment = stream.index(bytes.fromhex("1853806701FFFFFFFFFFFFFF1549A966"))
    lead = tags(number="42", server="1700000000.100", producer="1700000000.007", contact="contact")[12:]
    blocks = [
        bytes.fromhex("A3440481000080") + b"c" * 1024, bytes.fromhex("A3440482000080") + b"a" * 1024,
        bytes.fromhex("A341E081004080") + b"c" * 476, bytes.fromhex("A38582004080") + b"a",
    ]  # fmt: skip
    time = bytes.fromhex("E786018BCFE56807")
    cluster = unknown("1F43B675", time + b"".join(blocks))
    trail = tags(behind="3", token="token")[5:]
    rest = stream[segment:]
    places = [rest.index(part) for part in (lead, cluster, trail)]
    assert places == sorted(places)
    assert rest.endswith(trail)
    assert b"A_AAC" in rest
    assert rest.index(b"AUDIO_FROM_CUSTOMER") < rest.index(b"AUDIO_TO_CUSTOMER") < places[0]


@pytest.mark.parametrize("known", [True, False])
def test_cluster_size(known: bool) -> None:
    stream = mux_fragment(spec(), Shape(cluster_size_known=known))
    after_id = stream[stream.index(bytes.fromhex("1F43B675")) + 4 :]
    assert after_id.startswith(bytes.fromhex("01FFFFFFFFFFFFFF")) is not known


def test_shapes() -> None:
    assert b"Track_audio/L16" in mux_fragment(spec(), Shape(legacy_track_name="Track_audio/L16"))
    assert b"AUDIO" not in mux_fragment(spec(), Shape(legacy_track_name=""))
    assert mux_fragment(spec(), Shape(clusters=3)).count(bytes.fromhex("1F43B675")) == 3
    assert mux_fragment(spec(), Shape(contact_tags="both")).count(b"ContactId") == 2
    assert b"ContactId" not in mux_fragment(spec(), Shape(contact_tags="none"))
    after = mux_fragment(spec(), Shape(contact_tags="after"))
    assert after.index(b"ContactId") > after.index(bytes.fromhex("1F43B675"))
    reverse = mux_fragment(spec(), Shape(track_order=("agent", "customer")))
    assert reverse.index(b"AUDIO_TO_CUSTOMER") < reverse.index(b"AUDIO_FROM_CUSTOMER")


def test_the_token_is_always_last() -> None:
    for placement in ("before", "after", "both", "none"):
        stream = mux_fragment(spec(), Shape(contact_tags=placement))
        assert stream.endswith(b"token")


def test_an_error_has_no_cluster() -> None:
    stream = mux_error(StreamErrorTag("FRAGMENT_NOT_FOUND", "4000"), number="7")
    assert bytes.fromhex("1F43B675") not in stream
    assert b"FRAGMENT_NOT_FOUND" in stream
    assert b"4000" in stream


def test_vints() -> None:
    assert encode_vint(126) == b"\xfe"
    assert encode_vint(127) == b"\x40\x7f"
    assert encode_vint(1028) == b"\x44\x04"
    assert encode_vint(5, 8) == b"\x01" + bytes(6) + b"\x05"
    assert encode_element(0xEC, b"ab") == element("EC", b"ab")
    with pytest.raises(ValueError, match="does not fit"):
        encode_vint(127, 1)
    with pytest.raises(ValueError, match="does not fit"):
        encode_vint(-1)
