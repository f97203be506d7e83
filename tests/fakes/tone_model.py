"""A streaming transducer that understands tones: each of four is a word, or a piece of one.

The smallest thing that the real sherpa-onnx loads and runs as a model of its LSTM kind. It is written as ONNX here
(protocol buffers, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), so that the tests need no other package.
Four feature frames make one step; a word's score is the level of its mel bands, and a word just said is not said again.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

BANDS = 80
STEP = 4
TONES_HZ = {"▁ONE": 1_150.0, "▁SEV": 1_550.0, "EN": 2_050.0, "▁PLEASE": 2_700.0}
TOKENS = ["<blk>", *TONES_HZ]
_FLOAT, _INT64 = 1, 7


def write_model(folder: Path, *, eager: float = 0.0) -> Path:
    """Encoder, decoder, joiner and tokens in ``folder``. eager: with 5.0 it hears its words in any speech."""
    folder.mkdir(parents=True, exist_ok=True)
    count = len(TOKENS)
    (folder / "encoder.onnx").write_bytes(_encoder(count, eager))
    (folder / "decoder.onnx").write_bytes(_decoder(count))
    joined = _node("Add", ["encoder_out", "decoder_out"], ["logit"])
    (folder / "joiner.onnx").write_bytes(
        _model(
            [joined],
            {},
            inputs=[_value("encoder_out", ["N", count]), _value("decoder_out", ["N", count])],
            outputs=[_value("logit", ["N", count])],
            facts={"joiner_dim": count},
        )
    )
    (folder / "tokens.txt").write_text("".join(f"{token} {at}\n" for at, token in enumerate(TOKENS)))
    return folder


def _band(frequency_hz: float) -> float:
    def mel(hz: float) -> float:
        return 1_127.0 * float(np.log(1 + hz / 700))

    low, high = mel(20), mel(7_600)
    return (mel(frequency_hz) - low) / (high - low) * (BANDS + 1) - 1


def _encoder(count: int, eager: float) -> bytes:
    """x (N, 4, 80) -> (N, 1, words): the level of each word's bands; the states go through untouched."""
    weights = np.zeros((BANDS, count), np.float32)
    for at, frequency_hz in enumerate(TONES_HZ.values(), start=1):
        weights[round(_band(frequency_hz)), at] = 1.0
    bias = np.full(count, eager, np.float32)
    bias[0] = 0.0
    nodes = [
        _node("ReduceMean", ["x"], ["middle"], {"axes": [1], "keepdims": 1}),
        _node("MatMul", ["middle", "weights"], ["levels"]),
        _node("Add", ["levels", "bias"], ["encoder_out"]),
        _node("Identity", ["h"], ["new_h"]),
        _node("Identity", ["c"], ["new_c"]),
    ]
    return _model(
        nodes,
        {"weights": weights, "bias": bias},
        inputs=[_value("x", ["N", STEP, BANDS]), _value("h", [1, "N", 2]), _value("c", [1, "N", 2])],
        outputs=[_value("encoder_out", ["N", 1, count]), _value("new_h", [1, "N", 2]), _value("new_c", [1, "N", 2])],
        facts={"model_type": "lstm", "num_encoder_layers": 1, "T": STEP, "decode_chunk_len": STEP,
               "rnn_hidden_size": 2, "d_model": 2},
    )  # fmt: skip


def _decoder(count: int) -> bytes:
    """y (N, 2) -> (N, words): what forbids the last word."""
    forbidden = np.diag(np.full(count, -1_000.0, np.float32))
    forbidden[0] = 0.0
    nodes = [
        _node("Gather", ["y", "last"], ["word"], {"axis": 1}),
        _node("Max", ["word", "nothing"], ["known"]),
        _node("Gather", ["forbidden", "known"], ["decoder_out"], {"axis": 0}),
    ]
    tables: dict[str, np.ndarray] = {
        "last": np.array(1, np.int64),
        "nothing": np.array(0, np.int64),
        "forbidden": forbidden,
    }
    return _model(
        nodes,
        tables,
        inputs=[_value("y", ["N", 2], _INT64)],
        outputs=[_value("decoder_out", ["N", count])],
        facts={"vocab_size": count, "context_size": 2},
    )


def _varint(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _node(
    kind: str, inputs: Iterable[str], outputs: Iterable[str], facts: dict[str, int | list[int]] | None = None
) -> bytes:
    body = b"".join(_bytes(1, name) for name in inputs) + b"".join(_bytes(2, name) for name in outputs)
    body += _bytes(4, kind)
    for name, value in (facts or {}).items():
        attribute = _bytes(1, name)
        if isinstance(value, int):
            attribute += _number(3, value) + _number(20, 2)
        else:
            attribute += b"".join(_number(8, each) for each in value) + _number(20, 7)
        body += _bytes(5, attribute)
    return body


def _tensor(name: str, value: np.ndarray) -> bytes:
    kind = _INT64 if value.dtype == np.int64 else _FLOAT
    return (
        b"".join(_number(1, size) for size in value.shape)
        + _number(2, kind)
        + _bytes(8, name)
        + _bytes(9, value.tobytes())
    )


def _value(name: str, shape: Iterable[int | str], kind: int = _FLOAT) -> bytes:
    sizes = b"".join(_bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size)) for size in shape)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, sizes)))


def _model(
    nodes: list[bytes],
    tables: dict[str, np.ndarray],
    *,
    inputs: list[bytes],
    outputs: list[bytes],
    facts: dict[str, int | str],
) -> bytes:
    graph = b"".join(_bytes(1, node) for node in nodes) + _bytes(2, "tones")
    graph += b"".join(_bytes(5, _tensor(name, value)) for name, value in tables.items())
    graph += b"".join(_bytes(11, value) for value in inputs) + b"".join(_bytes(12, value) for value in outputs)
    known = b"".join(_bytes(14, _bytes(1, key) + _bytes(2, str(value))) for key, value in facts.items())
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, "") + _number(2, 13)) + known


def tone(token: str, seconds: float) -> np.ndarray:
    """The sound of a token, 8 kHz 16-bit, over a low voice: a tone alone does not pass the voice gate."""
    at = np.arange(int(seconds * 8_000)) / 8_000
    voice = sum(np.cos(2 * np.pi * 120 * order * at + order * order) for order in range(1, 6))
    breath = np.random.default_rng(1).normal(0, 250, len(at))
    return np.asarray(2_000 * voice + 2_000 * np.sin(2 * np.pi * TONES_HZ[token] * at) + breath, np.int16)
