"""Hand-written excerpts of calls with their secrets marked, as calls with gold spans.

A file holds excerpts separated by blank lines, one turn a line: ``agent: ...`` or ``customer: ...`` (a line without a
speaker is the customer's). ``[[TYPE|words]]`` marks a secret, ``((kind|words))`` a number that stays readable.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

from cueline.events.redacted import EntityType
from cueline.redaction.locales.locale import words_of

FOLDER: Final = Path(__file__).parent / "written"
FILES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
WORD_MS: Final = 320
PAUSE_MS: Final = 400

IDLE: Final = words_of(
    "plus dash hyphen dot point at slash space underscore comma the of and as in like for then with uh um er that's "
    "it's mr mrs ms miss dr capital lowercase uppercase all one word zip code box street road avenue lane"
) - {"one"}
"""Words inside a mark that give nothing away by themselves."""

_MARK: Final = re.compile(r"\[\[([A-Z0-9_]+)\|(.*?)\]\]|\(\(([^|()]+)\|(.*?)\)\)")
_SPEAKER: Final = re.compile(r"(agent|customer):\s*")


def excerpts(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number of its first turn, and the lines, of each excerpt."""
    lines: list[str] = []
    begin = 0
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if line.strip() and not line.startswith("#"):
            begin = begin if lines else number
            lines.append(line.strip())
        elif lines and not line.strip():
            yield begin, lines
            lines = []


def _turn(line: str, start_ms: int, where: str) -> dict[str, Any]:
    found = _SPEAKER.match(line)
    role, said = (found[1], line[found.end() :]) if found else ("customer", line)
    pieces: list[str] = []
    stretches: list[tuple[int, int, str, bool]] = []
    length = at = 0
    for mark in _MARK.finditer(said):
        before = said[at : mark.start()]
        inner = (mark[2] if mark[1] else mark[4]).strip()
        pieces += [before, inner]
        length += len(before)
        stretches.append((length, length + len(inner), mark[1] or mark[3].strip(), bool(mark[1])))
        length += len(inner)
        at = mark.end()
    text = "".join([*pieces, said[at:]])
    if "[[" in text or "((" in text or "|" in text or " ".join(text.split()) != text:
        raise ValueError(f"{where}: a mark is not closed, or there are two spaces: {line}")
    unknown = {kind for _, _, kind, secret in stretches if secret} - set(get_args(EntityType))
    if unknown:
        raise ValueError(f"{where}: no such type: {', '.join(sorted(unknown))}")
    words = [
        [word, start_ms + index * WORD_MS, start_ms + (index + 1) * WORD_MS] for index, word in enumerate(text.split())
    ]
    secrets = [(start, end, kind) for start, end, kind, secret in stretches if secret]
    return {
        "role": role,
        "text": text,
        "words": words,
        "spans": [
            [start, end, kind, "digits" if any(c.isdigit() for c in text[start:end]) else "words"]
            for start, end, kind in secrets
        ],
        "carriers": [_carriers(text, start, end) for start, end, _ in secrets],
        "benign": [[start, end, kind] for start, end, kind, secret in stretches if not secret],
    }


def _carriers(text: str, start: int, end: int) -> list[int]:
    """Indexes of the words of a stretch that tell something; all of them where none does."""
    inside = []
    at = 0
    for index, word in enumerate(text.split()):
        if at < end and start < at + len(word):
            inside.append((index, word.lower().strip(".,?!:;()")))
        at += len(word) + 1
    telling = [index for index, word in inside if word not in IDLE and any(map(str.isalnum, word))]
    return telling or [index for index, _ in inside]


def marked_calls(name: str) -> Iterator[dict[str, Any]]:
    """The excerpts of a file as calls. Raises ValueError, naming the line, for one that is not well marked."""
    path = FOLDER / f"{name}.txt"
    for number, lines in excerpts(path):
        turns: list[dict[str, Any]] = []
        now_ms = 300
        for line in lines:
            turns.append(_turn(line, now_ms, f"{path.name}:{number}"))
            now_ms = turns[-1]["words"][-1][2] + PAUSE_MS
        yield {"call": f"{name}:{number}", "turns": turns}
