"""Lines in, lines out: what ``cueline redact`` promises."""

import io
import json
from typing import Any

import pytest

from cueline.kernel.errors import InputError
from cueline.redaction import textline
from cueline.redaction.textline import MAX_LINE_BYTES, bounded_lines, redact_lines


def redact(*lines: dict[str, Any] | bytes, omit_text: bool = False) -> list[dict[str, Any]]:
    out: list[bytes] = []
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    redact_lines(raw, out.append, omit_text=omit_text)
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in out)
    return [json.loads(line) for line in out]


def turn(text: str, *, call: str = "c", role: str = "customer", **more: object) -> dict[str, Any]:
    return {"call": call, "role": role, "text": text, **more}


@pytest.mark.parametrize(
    ("text", "masked", "spans"),
    [
        ("card 4111 1111, thanks", "card [CREDIT_CARD], thanks", [[5, 14, "CREDIT_CARD"]]),
        ("it's (415) 555-2671.", "it's ([PHONE].", [[6, 19, "PHONE"]]),
        ("four one", "four one", []),
        ("  four\tone  one ", "  [NUMBER] ", [[2, 15, "NUMBER"]]),
        ("\u00e9t\u00e9 \U0001f600 four one one", "\u00e9t\u00e9 \U0001f600 [NUMBER]", [[6, 18, "NUMBER"]]),
        ("250 or 1234", "[NUMBER] or [NUMBER]", [[0, 3, "NUMBER"], [7, 11, "NUMBER"]]),
        ("", "", []),
        ("   ", "   ", []),
    ],
)
def test_spans_are_code_points_of_the_text(text: str, masked: str, spans: list[list[object]]) -> None:
    (line,) = redact(turn(text))
    assert (line["masked"], line["spans"], line["text"]) == (masked, spans, text)


def test_state_is_kept_per_call_and_role() -> None:
    lines = redact(
        turn("it's four one"),
        turn("one one", call="other"),
        turn("uh huh", role="agent"),
        turn("one one thanks"),
        turn("one two"),
    )
    assert [line["masked"] for line in lines] == ["it's four one", "one one", "uh huh", "[NUMBER] thanks", "one two"]


def test_a_partial_is_superseded_by_the_next_line_of_its_speaker() -> None:
    lines = redact(
        turn("my pin is four", final=False),
        turn("hello", role="agent"),
        turn("my pin is four one", final=False),
        turn("my pin is four one one", final=False),
        turn("my pin is foreign wand on top", final=True),
        turn("one", final=False),
        turn("one day"),
    )
    assert [line["masked"] for line in lines] == [
        "my pin is ...", "hello", "my pin is [PIN]", "my pin is [PIN]", "my pin is [PIN] top", "...", "one day",
    ]  # fmt: skip
    assert lines[0]["spans"] == [[10, 14, "HELD"]]
    assert lines[2]["spans"] == [[10, 18, "PIN"]]


def test_times_of_the_words_are_used_where_there_is_one_for_each() -> None:
    words = [{"text": "about", "startMs": 0, "endMs": 200}, {"text": "two", "startMs": 200, "endMs": 400}]
    late = [*words, {"text": "uh", "startMs": 4000, "endMs": 4100}]
    timely = redact(turn("about two uh", final=False))
    assert timely[0]["masked"] == "about ..."
    assert redact(turn("about two uh", final=False, words=late))[0]["masked"] == "about [NUMBER]"
    assert redact(turn("about two uh", final=False, words=words))[0]["masked"] == "about ..."


def test_omit_text_leaves_nothing_that_repeats_the_text() -> None:
    words = [{"text": "4821", "startMs": 0, "endMs": 400}]
    (line,) = redact(turn("4821", words=words, note="4821"), omit_text=True)
    assert line == {
        "call": "c", "role": "customer", "final": True, "masked": "[NUMBER]", "spans": [[0, 4, "NUMBER"]],
    }  # fmt: skip


def test_other_fields_are_given_back() -> None:
    (line,) = redact(turn("hello", id=7, words=[]))
    assert line == {**turn("hello", id=7, words=[]), "masked": "hello", "spans": []}


@pytest.mark.parametrize(
    "bad",
    [
        b"4821",
        b"{",
        b"\xff\xfe",
        b'{"call": "c", "role": "customer"}',
        b'{"call": "c", "role": "4821", "text": "x"}',
        b'{"call": 4821, "role": "agent", "text": "x"}',
        b'{"call": "", "role": "agent", "text": "4821"}',
        b'{"call": "c", "role": "agent", "text": "4821", "final": "4821"}',
        b'{"call": "c", "role": "agent", "text": "4821", "words": [{"text": "4821"}]}',
        b'{"call": "c", "role": "agent", "text": "4821", "words": [{"text": "4821", "startMs": 9, "endMs": 8}]}',
        b'{"call": "c", "role": "agent", "text": "4821", "words": [{"text": "4821", "startMs": -1, "endMs": 8}]}',
        b"[" * 100_000,
        b'{"call": "c", "role": "agent", "text": "' + b"4821 " * (MAX_LINE_BYTES // 5) + b'"}',
    ],
)
def test_a_bad_line_is_refused_without_being_quoted(bad: bytes) -> None:
    with pytest.raises(InputError, match="line 2") as caught:
        redact(turn("fine"), bad)
    assert "4821" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_lines_before_a_bad_one_are_out_already() -> None:
    out: list[bytes] = []
    with pytest.raises(InputError):
        redact_lines([b'{"call":"c","role":"agent","text":"hi"}', b"?"], out.append, omit_text=False)
    assert len(out) == 1


def test_blank_lines_are_passed_over() -> None:
    assert len(redact(b"\n", turn("hello"), b"  \r\n")) == 1


def test_reading_is_bounded() -> None:
    assert list(bounded_lines(io.BytesIO(b"a\nb"))) == [b"a\n", b"b"]
    with pytest.raises(InputError, match="line 2"):
        list(bounded_lines(io.BytesIO(b"a\n" + b"x" * (MAX_LINE_BYTES + 1))))


def test_the_call_not_heard_of_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textline, "MAX_CALLS", 2)
    lines = redact(
        turn("four one", call="a"), turn("four one", call="b"), turn("uh", call="a"), turn("hi", call="c"),
        turn("one", call="a"), turn("one", call="b"),
    )  # fmt: skip
    assert [line["masked"] for line in lines[-2:]] == ["[NUMBER]", "one"]
