"""The probe's report is the contract's JSON, whatever the file holds."""

import hashlib
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cueline.media.events import StreamErrorTag
from cueline.media.muxer import FragmentSpec, FragmentTags, mux_error, mux_fragment
from cueline.media.probe import probe

_CORPUS = runpy.run_path(str(Path(__file__).parents[2] / "corpus" / "handwritten.py"))
CASES, BAD = _CORPUS["CASES"], _CORPUS["BAD"]


def as_json(stream: bytes, step: int = 4096) -> dict[str, Any]:
    chunks = (stream[start : start + step] for start in range(0, len(stream), step))
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(probe(chunks)))
    return found


def sha256(data: bytes | None) -> str:
    return hashlib.sha256(data or b"").hexdigest()


@pytest.mark.parametrize("step", [5, 4096])
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.stream])
def test_corpus(name: str, step: int) -> None:
    case = CASES[name]
    report = as_json(case.stream, step)
    assert report["complete"] is case.complete
    assert report["errors"] == []
    assert report["fragments"] == [
        {
            "number": like["number"],
            "contactId": like["contact_id"],
            "producerMs": like["producer_ms"],
            "customerBytes": len(like["customer"] or b""),
            "agentBytes": len(like["agent"] or b""),
            "customerSha256": sha256(like["customer"]),
            "agentSha256": sha256(like["agent"]),
            "error": None if like["error"] is None else {"code": like["error"][0], "id": like["error"][1]},
        }
        for like in case.fragments
    ]


def test_contacts_in_order_of_first_appearance_and_repeats_kept() -> None:
    def of(number: str, contact: str | None) -> bytes:
        tags = FragmentTags(number=number, contact_id=contact, continuation_token=number)
        return mux_fragment(FragmentSpec(tags, customer=b"ab", agent=None))

    stream = of("1", "b") + of("2", None) + of("1", "b") + of("3", "a") + mux_error(StreamErrorTag("", "4500"))
    report = as_json(stream)
    assert report["contacts"] == ["b", "a"]
    assert [each["number"] for each in report["fragments"]] == ["1", "2", "1", "3", ""]
    assert report["complete"]


def test_bad_bytes_keep_what_came_before() -> None:
    good = CASES["usual"].stream
    report = as_json(good + bytes(8) + good)
    assert len(report["fragments"]) == 1
    assert report["errors"] == [{"offset": len(good), "message": "invalid element id"}]
    assert not report["complete"]
    assert probe([good + bytes(8)]).readable


@pytest.mark.parametrize("stream", [b"", b"\x1a\x45", b"RIFF....WAVE", bytes(50), b"\xec\x81\x00\x1f\x43\xb6\x75\x80"])
def test_what_is_not_matroska_is_not_readable(stream: bytes) -> None:
    report = probe([stream])
    assert not report.readable
    assert not report.complete
    assert [fault.offset for fault in report.errors] == [0]


def test_the_keys_are_the_contracts() -> None:
    report = as_json(CASES["usual"].stream)
    assert list(report) == ["complete", "contacts", "errors", "fragments"]
