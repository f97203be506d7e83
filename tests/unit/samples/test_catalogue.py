"""The sample calls hold together: audio, words, spans to mask and reference text belong to each other."""

import io
import itertools
import json

import numpy as np
import pytest
import soundfile

from cueline.samples.catalogue import SampleCall, sample_calls

CALLS = pytest.mark.parametrize("call", sample_calls(), ids=lambda call: call.name)


def audio(flac: bytes) -> tuple[np.ndarray, int]:
    samples, rate = soundfile.read(io.BytesIO(flac), dtype="float64")
    return samples, rate


def test_there_are_a_lost_card_and_an_angry_customer() -> None:
    assert [call.name for call in sample_calls()] == ["lost-card", "angry-billing"]
    assert len({call.contact_id for call in sample_calls()}) == 2


@CALLS
def test_both_channels_are_equally_long_telephone_audio(call: SampleCall) -> None:
    agent, agent_rate = audio(call.agent_flac())
    customer, customer_rate = audio(call.customer_flac())
    assert agent_rate == customer_rate == 8000
    assert agent.shape == customer.shape == (call.duration_ms * 8,)
    assert 60_000 <= call.duration_ms <= 120_000


@CALLS
def test_nothing_lies_outside_the_telephone_band(call: SampleCall) -> None:
    samples, rate = audio(call.customer_flac())
    power = np.abs(np.fft.rfft(samples)) ** 2
    frequency = np.fft.rfftfreq(len(samples), 1 / rate)
    outside = power[(frequency < 200) | (frequency > 3550)].sum()
    assert outside < power.sum() / 10_000


@CALLS
@pytest.mark.parametrize("channel", ["agent", "customer"])
def test_sound_is_where_the_words_are(call: SampleCall, channel: str) -> None:
    samples, _ = audio(call.agent_flac() if channel == "agent" else call.customer_flac())
    spoken = np.zeros(len(samples), dtype=bool)
    for word in json.loads(call.words_json()):
        if word["channel"] == channel:
            assert word["endMs"] - word["startMs"] >= 40
            assert np.sqrt(np.mean(samples[word["startMs"] * 8 : word["endMs"] * 8] ** 2)) > 0.004
            spoken[(word["startMs"] - 40) * 8 : (word["endMs"] + 60) * 8] = True
    assert np.abs(samples[~spoken]).max() < 0.004


@CALLS
def test_words_of_a_channel_follow_each_other(call: SampleCall) -> None:
    words = json.loads(call.words_json())
    assert [word["startMs"] for word in words] == sorted(word["startMs"] for word in words)
    for channel in ("agent", "customer"):
        mine = [word for word in words if word["channel"] == channel]
        assert all(before["endMs"] <= after["startMs"] for before, after in itertools.pairwise(mine))
        assert call.reference_text(channel) == " ".join(word["word"] for word in mine)  # type: ignore[arg-type]


@CALLS
def test_gold_spans_cover_their_words_exactly(call: SampleCall) -> None:
    words = json.loads(call.words_json())
    for span in json.loads(call.gold_json()):
        mine = [word for word in words if word["channel"] == span["channel"]]
        assert mine[span["firstWord"]]["startMs"] == span["startMs"]
        assert mine[span["lastWord"]]["endMs"] == span["endMs"]


def said(call: SampleCall, kind: str) -> list[str]:
    words = [word["word"] for word in json.loads(call.words_json()) if word["channel"] == "customer"]
    return [
        " ".join(words[span["firstWord"] : span["lastWord"] + 1])
        for span in json.loads(call.gold_json())
        if span["type"] == kind
    ]


def test_the_card_number_is_spoken_in_pieces_between_back_channels() -> None:
    call = sample_calls()[0]
    assert said(call, "CREDIT_CARD") == [
        "four five three nine",
        "one four eight eight",
        "zero three four three",
        "six four six seven",
    ]
    assert said(call, "CVV") == ["three one", "eight"]
    assert said(call, "DOB") == ["the twelfth of march", "nineteen seventy eight"]
    assert "uh huh" in call.reference_text("agent")
    assert "okay" in call.reference_text("agent")


def test_amounts_and_dates_of_the_billing_call_are_not_gold() -> None:
    call = sample_calls()[1]
    assert {span["type"] for span in json.loads(call.gold_json())} == {"PHONE"}
    assert "one hundred and twelve dollars" in call.reference_text("customer")
    assert call.reference_text("customer").endswith("cancel everything by friday and i mean it")
