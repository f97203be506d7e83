"""Calls that count: every word is known apart, is heard where it lies, and is masked by nothing."""

import json
from itertools import pairwise

import numpy as np

from cueline.kernel.ids import CHANNELS
from cueline.redaction.textline import redact_lines
from cueline.roles.counting import TURN_WORDS, WORD_MS, counted, number_word, pcm, words_json
from cueline.roles.oracle import SAME_WORD_MS, read_spoken


def test_a_word_comes_again_only_when_its_time_tells_it_apart() -> None:
    for channel in CHANNELS:
        last: dict[str, int] = {}
        for word in counted(300_000):
            if word.channel == channel:
                assert word.start_ms - last.get(word.word, -99_999) > 4 * SAME_WORD_MS
                last[word.word] = word.start_ms


def test_both_sides_count_to_the_calls_end_and_pause_now_and_then() -> None:
    words = counted(60_000)
    for channel in CHANNELS:
        mine = [word for word in words if word.channel == channel]
        assert [word.word for word in mine] == [number_word(number) for number in range(len(mine))]
        assert 100 < len(mine) < 150
        assert mine[-1].end_ms < 60_000
        gaps = [after.start_ms - before.end_ms for before, after in pairwise(mine)]
        assert min(gaps) > 0
        assert max(gaps) > 1_000
    assert read_spoken(words_json(words)) == words


def test_there_is_sound_where_a_word_lies_and_nowhere_else() -> None:
    words = [word for word in counted(20_000) if word.channel == "agent"]
    samples = np.frombuffer(pcm(words, "agent", 20_000), dtype="<i2")
    assert len(samples) == 160_000
    first = words[0]
    assert np.all(samples[first.start_ms * 8 : first.end_ms * 8] != 0)
    assert np.count_nonzero(samples) == len(words) * WORD_MS * 8


def test_nothing_of_it_is_masked() -> None:
    """Turn by turn, as it is said: beneath a mask no loss could be seen."""
    texts = [" ".join(number_word(number + more) for more in range(TURN_WORDS)) for number in range(200)]
    out: list[bytes] = []
    lines = [json.dumps({"call": "1", "role": "customer", "text": text}).encode() for text in texts]
    redact_lines(lines, out.append, omit_text=False)
    assert [json.loads(line)["masked"] for line in out] == texts
