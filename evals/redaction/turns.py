"""Turns as they are written, their times, and their lines in the file."""

from typing import Any, NamedTuple

import numpy as np

from evals.redaction.numerals import Piece, chance


class Token(NamedTuple):
    """One word of a turn. secret, benign: number of the span that it belongs to in its turn, -1 for none."""

    text: str
    secret: int = -1
    carrier: bool = False
    benign: int = -1
    proper: bool = False


class Turn:
    """A turn being written. placing: after the turn before, over its end, in its middle, or early."""

    def __init__(self, role: str, *, placing: str = "after") -> None:
        self.role = role
        self.placing = placing
        self.tokens: list[Token] = []
        self.secrets: list[tuple[str, str]] = []
        self.kinds: list[str] = []

    def secret(self, kind: str, form: str, pieces: list[Piece]) -> None:
        number = len(self.secrets)
        self.secrets.append((kind, form))
        self.tokens += [Token(p.text, secret=number, carrier=p.carrier, proper=p.proper) for p in pieces]

    def benign(self, kind: str, pieces: list[Piece]) -> None:
        number = len(self.kinds)
        self.kinds.append(kind)
        self.tokens += [Token(p.text, benign=number, proper=p.proper) for p in pieces]

    def plain(self, text: str) -> None:
        self.tokens += [Token(word) for word in text.split()]

    def punctuate(self, mark: str) -> None:
        if self.tokens and mark and not self.tokens[-1].text.endswith((".", ",", "?")):
            self.tokens[-1] = self.tokens[-1]._replace(text=self.tokens[-1].text + mark)


def other(role: str) -> str:
    return "agent" if role == "customer" else "customer"


class Clockwork:
    """Gives words their times: turns after one another, over one another's ends, or in the middle."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.last: tuple[int, int] = (0, 300)
        self.free = {"agent": 0, "customer": 0}
        self.reached = 300

    def place(self, turn: Turn, tokens: list[Token]) -> list[tuple[int, int]]:
        rng = self.rng
        gap = int(rng.integers(10, 90)) * 10
        begun, ended = self.last
        start = {
            "after": self.reached + gap,
            "over": max(begun, ended - int(rng.integers(10, 50)) * 10),
            "middle": begun + (ended - begun) // 2,
            "early": ended - int(rng.integers(20, 80)) * 10,
        }[turn.placing]
        start = max(start, self.free[turn.role] + 50, begun + 10)
        times = []
        at = start
        for token in tokens:
            figures = sum(c.isdigit() for c in token.text)
            length = 220 * figures if figures else min(140 + 45 * len(token.text), 620)
            end = at + max(120, length * int(rng.integers(8, 12)) // 200 * 20)
            times.append((at, end))
            at = end + (0 if chance(rng, 0.8) else int(rng.integers(1, 10)) * 20)
        self.free[turn.role] = times[-1][1]
        self.reached = max(self.reached, times[-1][1])
        if turn.placing not in {"middle", "over"}:
            self.last = (start, times[-1][1])
        return times


def line_of(turn: Turn, tokens: list[Token], times: list[tuple[int, int]]) -> dict[str, Any]:
    """One turn of the output: spans are half-open offsets of the text; ``carriers`` their telling words' indexes."""
    offsets = []
    at = 0
    for token in tokens:
        offsets.append((at, at + len(token.text)))
        at += len(token.text) + 1
    spans, carriers, benign = [], [], []
    for number, (kind, form) in enumerate(turn.secrets):
        inside = [index for index, token in enumerate(tokens) if token.secret == number]
        if inside:
            spans.append([offsets[inside[0]][0], _end(tokens, offsets, inside[-1]), kind, form])
            carriers.append([index for index in inside if tokens[index].carrier])
    for number, kind in enumerate(turn.kinds):
        inside = [index for index, token in enumerate(tokens) if token.benign == number]
        if inside:
            benign.append([offsets[inside[0]][0], _end(tokens, offsets, inside[-1]), kind])
    return {
        "role": turn.role,
        "text": " ".join(token.text for token in tokens),
        "words": [[token.text, start, end] for token, (start, end) in zip(tokens, times, strict=True)],
        "spans": spans,
        "carriers": carriers,
        "benign": benign,
    }


def _end(tokens: list[Token], offsets: list[tuple[int, int]], index: int) -> int:
    text = tokens[index].text
    return offsets[index][0] + len(text.rstrip(".,?") or text)
