"""Writes the evaluation sets: ``python -m evals.redaction.generate [--check]``. Deterministic.

Only the two sets that figures come from are kept as files; calls of the tuning families are made where they are read
(``misses.py``), so that their wordings may change at any time.
"""

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from evals.redaction.build import build_call
from evals.redaction.development import DEVELOPMENT
from evals.redaction.families import Family
from evals.redaction.heldout import HELDOUT

FOLDER = Path(__file__).parent
SETS: dict[str, tuple[Family, int]] = {"development": (DEVELOPMENT, 1000), "heldout": (HELDOUT, 2000)}


def lines(family: Family, calls: int) -> Iterator[bytes]:
    for number in range(calls):
        yield json.dumps(build_call(family, number), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def packed(family: Family, calls: int) -> bytes:
    return gzip.compress(b"".join(lines(family, calls)), compresslevel=9, mtime=0)


def main() -> int:
    checking = "--check" in sys.argv[1:]
    sums = []
    for name, (family, calls) in SETS.items():
        path = FOLDER / f"{name}.jsonl.gz"
        made = packed(family, calls)
        if checking and gzip.decompress(path.read_bytes()) != gzip.decompress(made):
            print(f"{path.name} differs from what the templates make")
            return 1
        if not checking:
            path.write_bytes(made)
        sums.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
        print(f"{path.name}: {calls} calls, {len(made)} bytes")
    if not checking:
        (FOLDER / "SHA256SUMS").write_text("".join(sums))
    return 0


if __name__ == "__main__":
    sys.exit(main())
