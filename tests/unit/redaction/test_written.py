"""The hand-marked excerpts: well marked, and masked about as well as when the limits below were taken.

The limits say nothing about how good the gate is (the held-out set does): rules are tuned on these excerpts. They are
what was measured on finals alone when this test was written, with a little room, so that a change that loses much of
it is noticed within seconds.
"""

import msgspec
import pytest

from cueline.redaction.measuring.calls import read_call
from cueline.redaction.measuring.figures import FinalsTally
from cueline.redaction.measuring.play import Timings, play_call
from cueline.redaction.redactor import Redactor
from evals.redaction import marked
from evals.redaction.marked import FILES, marked_calls

LIMITS = {
    "cypress": (0.94, 0.041), "lantern": (0.972, 0.036), "marlow": (0.975, 0.029), "quarry": (0.975, 0.042),
    "sorrel": (0.962, 0.036), "thistle": (0.926, 0.051),
}  # fmt: skip
"""Per file: least span recall, and largest share of clean words masked.

Measured: 0.950 and 0.0356 (cypress), 0.982 and 0.0309 (lantern), 0.984 and 0.0233 (marlow), 0.985 and 0.0370 (quarry),
0.972 and 0.0304 (sorrel), 0.936 and 0.0459 (thistle). The models have learned from all of them.
"""


def test_every_file_has_its_limits() -> None:
    assert set(FILES) == set(LIMITS)


@pytest.mark.parametrize("name", FILES)
def test_excerpts_are_well_marked_and_masked_about_as_well_as_before(name: str) -> None:
    tally = FinalsTally()
    calls = list(marked_calls(name))
    for call in calls:
        played = play_call(read_call(msgspec.json.encode(call)), Redactor, lambda: 0.0, Timings([], []), partials=False)
        tally.add((one.turn, one.final) for one in played)
    report = tally.report()
    assert len(calls) > 200
    assert report["spanRecall"]["of"] > 400
    assert report["benignNumbersMasked"]["of"] > 100
    least, most = LIMITS[name]
    assert report["spanRecall"]["value"] >= least
    assert report["cleanWordsMasked"]["value"] <= most


def excerpt(tmp_path, monkeypatch: pytest.MonkeyPatch, text: str) -> list[dict]:
    monkeypatch.setattr(marked, "FOLDER", tmp_path)
    (tmp_path / "few.txt").write_text(text, encoding="utf-8")
    return list(marked_calls("few"))


def test_marks_become_spans_and_lines_turns(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# by hand\nagent: ((count|three)) digits?\n[[CVV|four uh one]] it is\n\ncustomer: hello\n"
    first, second = excerpt(tmp_path, monkeypatch, text)
    assert (first["call"], second["call"]) == ("few:2", "few:5")
    question, answer = first["turns"]
    assert (question["role"], question["text"], question["benign"]) == ("agent", "three digits?", [[0, 5, "count"]])
    assert (answer["role"], answer["text"]) == ("customer", "four uh one it is")
    assert answer["spans"] == [[0, 11, "CVV", "words"]]
    assert answer["carriers"] == [[0, 2]]
    assert answer["words"][0][1] > question["words"][-1][2]
    read_call(msgspec.json.encode(first))


@pytest.mark.parametrize("line", ["it's [[CVV|four", "it's [[SHOE|four]]", "it's  [[CVV|four]]", "it's ((count|four)"])
def test_a_bad_mark_is_refused_with_its_line(line: str, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"few\.txt:3: "):
        excerpt(tmp_path, monkeypatch, f"hello\n\n{line}\n")
