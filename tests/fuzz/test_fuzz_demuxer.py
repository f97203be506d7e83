"""A bounded number of seeded mutations with the fuzz target's own check; no atheris needed."""

import random
import runpy
from pathlib import Path

import pytest

_TARGET = runpy.run_path(str(Path(__file__).parent / "fuzz_demuxer.py"), run_name="fuzz_demuxer")
check, outcome, SEEDS = _TARGET["check"], _TARGET["outcome"], _TARGET["SEEDS"]

IDS = ["1A45DFA3", "18538067", "1F43B675", "1254C367", "1654AE6B", "A3848100008041", "EC80"]
INTERESTING = [b"\x00", b"\xff", b"\x80", b"\x01" + b"\xff" * 7, *map(bytes.fromhex, IDS)]


def mutated(rng: random.Random) -> bytes:
    stream = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(stream) + 1)
        match rng.randrange(5):
            case 0 if stream:
                stream[place % len(stream)] ^= 1 << rng.randrange(8)
            case 1:
                stream[place:place] = rng.choice(INTERESTING)
            case 2:
                piece = rng.choice(INTERESTING)
                stream[place : place + len(piece)] = piece
            case 3:
                del stream[place : place + rng.randint(1, 40)]
            case _:
                other = rng.choice(SEEDS)
                start = rng.randrange(len(other) + 1)
                stream[place:place] = other[start : start + rng.randint(1, 400)]
    return bytes([rng.randrange(256)]) + bytes(stream)


@pytest.mark.parametrize("seed", range(8))
def test_seeded_mutations(seed: int) -> None:
    rng = random.Random(seed)
    errors = 0
    for _ in range(250):
        data = mutated(rng)
        check(data)
        errors += any(each[0] == "error" for each in outcome([data[1:]])[:-1])
    assert errors > 50, "the mutations reach the places where bytes are refused"
