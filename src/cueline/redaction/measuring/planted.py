"""What verification finds of leaks that are planted, and how often it stops at a clean call. Pure.

A call with gold spans is stored as a faultless gate would have stored it. Then one span of it is left readable, whole
or in part, and the call is read. What is found in the span counts as caught; what is found in the faultless call is a
false finding. Beside these stands what the first reading of the gate itself leaked.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from cueline.events.redacted import Mask
from cueline.events.verification import LeakFinding, StoredCall, StoredTurn
from cueline.kernel.ids import CallId, UtteranceId
from cueline.redaction.detector import no_time
from cueline.redaction.holdback import Mark
from cueline.redaction.measuring.calls import Call, Turn
from cueline.redaction.measuring.figures import proportion
from cueline.redaction.measuring.first_pass import FirstPassRedactor
from cueline.redaction.measuring.play import Timings, play_call
from cueline.redaction.verify import RULES, find_leaks

SPANS_PER_CALL: Final = 2
"""Spans of each call that are left readable, one at a time."""

Places = list[tuple[int, int]]
"""Half-open offsets in a stored text."""


class Counted:
    """Hits and trials by a name."""

    def __init__(self) -> None:
        self._hits: dict[str, int] = {}
        self._of: dict[str, int] = {}

    def add(self, name: str, *, hit: bool) -> None:
        self._of[name] = self._of.get(name, 0) + 1
        self._hits[name] = self._hits.get(name, 0) + hit

    def report(self) -> dict[str, Any]:
        """The share of all, and of each name."""
        parts = {name: proportion(self._hits[name], of) for name, of in sorted(self._of.items())}
        return {**proportion(sum(self._hits.values()), sum(self._of.values())), "byType": parts}


def gold_marks(turn: Turn) -> list[Mark]:
    """The marks that a faultless gate gives a turn's words."""
    marks: list[Mark] = [None] * len(turn.words)
    for start, end, kind, _ in turn.spans:
        for at in turn.inside(start, end):
            marks[at] = kind
    return marks


def stored_turn(
    number: int, turn: Turn, marks: Sequence[Mark], spans: Mapping[int, int]
) -> tuple[StoredTurn, dict[int, tuple[int, int]]]:
    """The turn as it is stored, and where each word that is shown stands. spans: which span a word belongs to."""
    text, masks, places, at = "", [], {}, 0
    while at < len(turn.words):
        kind = marks[at]
        first = at
        at += 1
        if kind is None or kind == "HELD":
            places[first] = (len(text), len(text) + len(turn.words[first][0]))
            text += turn.words[first][0] + " "
            continue
        while at < len(turn.words) and marks[at] == kind and spans.get(at) == spans.get(first):
            at += 1
        masks.append(Mask(len(text), len(text) + len(kind) + 2, kind))
        text += f"[{kind}] "
    stored = StoredTurn(
        utterance_id=UtteranceId(str(number)),
        channel=turn.role,
        started_ms=turn.words[0][1],
        ended_ms=turn.words[-1][2],
        text=text[:-1],
        words=(),
        masks=tuple(masks),
    )
    return stored, places


def _spans(turn: Turn) -> dict[int, int]:
    return {at: number for number, span in enumerate(turn.spans) for at in turn.inside(span[0], span[1])}


class PlantedCall:
    """One call, as it is stored under any marks."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._gold = [gold_marks(turn) for turn in call.turns]
        self._clean = [
            stored_turn(number, turn, marks, _spans(turn))[0]
            for number, (turn, marks) in enumerate(zip(call.turns, self._gold, strict=True))
        ]

    def clean(self) -> list[LeakFinding]:
        """What is found where nothing leaked."""
        return find_leaks(StoredCall(CallId(self._call.call), tuple(self._clean)))

    def caught(self, number: int, shown: set[int]) -> bool:
        """Whether these words of a turn are found when they are left readable."""
        turn = self._call.turns[number]
        marks = [None if at in shown else mark for at, mark in enumerate(self._gold[number])]
        stored, places = stored_turn(number, turn, marks, _spans(turn))
        turns = [*self._clean[:number], stored, *self._clean[number + 1 :]]
        return _hit(find_leaks(StoredCall(CallId(self._call.call), tuple(turns))), number, places, shown)


def _hit(found: Iterable[LeakFinding], number: int, places: Mapping[int, tuple[int, int]], shown: set[int]) -> bool:
    leaks = [places[at] for at in shown if at in places]
    return any(
        each.ref == str(number) and any(each.start < end and start < each.end for start, end in leaks) for each in found
    )


def _draw(call: str, name: str, count: int) -> int:
    """A number below ``count`` that depends on the call and the name alone."""
    return int.from_bytes(hashlib.sha256(f"{call}/{name}".encode()).digest()[:6], "big") % count


def measure_planted(calls: Iterable[Call], *, on_call: Callable[[int], None] = lambda _: None) -> dict[str, Any]:
    """Figures of a set; see the module's head. Shares carry Wilson's 95% interval."""
    whole, part, leaked = Counted(), Counted(), Counted()
    rules: dict[str, int] = {}
    done = stopped = 0
    for call in calls:
        planted = PlantedCall(call)
        false = planted.clean()
        stopped += bool(false)
        for finding in false:
            rules[finding.rule] = rules.get(finding.rule, 0) + 1
        _plant(call, planted, whole, part)
        _first_pass(call, leaked)
        done += 1
        on_call(done)
    return {
        "calls": done,
        "rules": RULES,
        "whole": whole.report(),
        "part": part.report(),
        "firstPass": leaked.report(),
        "falsePer100": round(100 * sum(rules.values()) / done, 2) if done else None,
        "stoppedCalls": proportion(stopped, done),
        "falseByRule": dict(sorted(rules.items())),
    }


def _plant(call: Call, planted: PlantedCall, whole: Counted, part: Counted) -> None:
    spans = [(number, at) for number, turn in enumerate(call.turns) for at in range(len(turn.spans))]
    for turn_of in range(min(SPANS_PER_CALL, len(spans))):
        number, at = spans[_draw(call.call, f"span{turn_of}", len(spans))]
        turn = call.turns[number]
        start, end, kind, _ = turn.spans[at]
        whole.add(kind, hit=planted.caught(number, set(turn.inside(start, end))))
        carriers = turn.carriers[at]
        if len(carriers) > 1:
            cut = 1 + _draw(call.call, f"cut{turn_of}", len(carriers) - 1)
            some = carriers[cut:] if _draw(call.call, f"side{turn_of}", 2) else carriers[:cut]
            part.add(kind, hit=planted.caught(number, set(some)))


def _first_pass(call: Call, leaked: Counted) -> None:
    """What the gate's first reading alone leaves readable of the secrets, and what of it is found."""
    played = play_call(call, FirstPassRedactor, no_time, Timings(finals_ms=[], partials_ms=[]), partials=False)
    stored = [stored_turn(number, one.turn, one.final, {}) for number, one in enumerate(played)]
    found = find_leaks(StoredCall(CallId(call.call), tuple(turn for turn, _ in stored)))
    for number, one in enumerate(played):
        for (_, _, kind, _), carriers in zip(one.turn.spans, one.turn.carriers, strict=True):
            shown = {at for at in carriers if one.final[at] is None}
            if shown:
                leaked.add(kind, hit=_hit(found, number, stored[number][1], shown))
