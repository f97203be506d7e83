"""How well the gate redacts: recall, leaks, over-redaction and what holding costs, over calls with gold spans. Pure.

Definitions. A *carrier* is a word that gives a part of a secret away (a digit, a letter, a name; not "uh", "dash"). A
span is *found* when every carrier of it is masked, and found *strictly* when each is masked under the span's own type.
A call *leaks* when any carrier of any span of it is shown: on finals when it stands in a committed final, on partials
when it stood in any hypothesis or final. A benign number is *masked* when any of its words is; a word is *clean* when
it lies in no span and in no benign stretch. Proportions carry Wilson's 95% interval.
"""

from collections.abc import Callable, Iterable
from math import sqrt
from typing import Any, Final

import msgspec

from cueline.redaction.holdback import Mark
from cueline.redaction.measuring.calls import EITHER, Call, Turn
from cueline.redaction.measuring.play import MakeGate, PlayedTurn, Stopwatch, Timings, play_call

Z: Final = 1.959964
"""Normal quantile of a 95% interval."""

CARD_TYPES: Final = frozenset(("CREDIT_CARD", "CVV"))
WORDY_TYPES: Final = frozenset(("PERSON", "ADDRESS", "EMAIL", "PASSWORD"))
"""Types that are more than digits and letters: rules alone find them less surely, so they are also reported apart."""

Marker = Callable[[Call], list[list[Mark]]]
"""Anything that masks finals: a mark per word for each turn of a call."""


def proportion(hits: int, of: int, *, scale: float = 1.0) -> dict[str, Any]:
    """A share with its 95% interval (Wilson 1927); ``value`` is None where there was nothing to count."""
    if of == 0:
        return {"value": None, "low": None, "high": None, "hits": 0, "of": 0}
    share = hits / of
    centre = share + Z * Z / (2 * of)
    spread = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    below, above = ((centre + sign * spread) / (1 + Z * Z / of) for sign in (-1, 1))
    low, high = max(0.0, min(below, share)), min(1.0, max(above, share))
    rounded = (round(scale * figure, 6) for figure in (share, low, high))
    return dict(zip(("value", "low", "high"), rounded, strict=True)) | {"hits": hits, "of": of}


def percentile(values: list[float], share: float) -> float | None:
    """The value below which ``share`` of the values lie; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def mean(values: list[float]) -> float | None:
    """The arithmetic mean; None of none."""
    return sum(values) / len(values) if values else None


class _Count:
    """Hits out of a number."""

    __slots__ = ("hits", "of")

    def __init__(self) -> None:
        self.hits = self.of = 0

    def add(self, hit: bool) -> None:  # noqa: FBT001 - the one thing that is counted
        self.hits += hit
        self.of += 1

    def share(self, *, scale: float = 1.0) -> dict[str, Any]:
        return proportion(self.hits, self.of, scale=scale)


class _Counts:
    """Counts by name."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    def __getitem__(self, name: str) -> _Count:
        return self._counts.setdefault(name, _Count())

    def shares(self) -> dict[str, Any]:
        return {name: self._counts[name].share() for name in sorted(self._counts)}


class FinalsTally:
    """Figures over finals, whoever masked them: the gate or a peer."""

    def __init__(self) -> None:
        self.found, self.strict, self.benign, self.clean = _Count(), _Count(), _Count(), _Count()
        self.calls, self.card_calls, self.number_calls, self.wordy_calls = _Count(), _Count(), _Count(), _Count()
        self.whole = _Count()
        self.by_type, self.strict_by_type, self.by_form, self.by_kind = _Counts(), _Counts(), _Counts(), _Counts()
        self.form_of_numbers = _Counts()

    def add(self, turns: Iterable[tuple[Turn, list[Mark]]]) -> set[str]:
        """Counts one call; returns the types that leak in it."""
        leaking: set[str] = set()
        types: set[str] = set()
        for turn, marks in turns:
            for (_, _, kind, form), carriers in zip(turn.spans, turn.carriers, strict=True):
                types.add(kind)
                found = all(marks[at] is not None for at in carriers)
                self._span(kind, form, found=found, strict=found and all(marks[at] == kind for at in carriers))
                if not found:
                    leaking.add(kind)
                    self.whole.add(all(marks[at] is None for at in carriers))
            self._rest(turn, marks)
        self.calls.add(bool(leaking))
        self.card_calls.add(bool(leaking & CARD_TYPES))
        self.number_calls.add(bool(leaking - WORDY_TYPES))
        self.wordy_calls.add(bool(leaking & WORDY_TYPES))
        return leaking

    def _span(self, kind: str, form: str, *, found: bool, strict: bool) -> None:
        for count in (self.found, self.by_type[kind], self.by_form[form]):
            count.add(found)
        for count in (self.strict, self.strict_by_type[kind]):
            count.add(strict)
        if kind not in WORDY_TYPES:
            self.form_of_numbers[form].add(found)

    def _rest(self, turn: Turn, marks: list[Mark]) -> None:
        taken: set[int] = set()
        for start, end, _, _ in turn.spans:
            taken.update(turn.inside(start, end))
        for start, end, kind in turn.benign:
            inside = turn.inside(start, end)
            taken.update(inside)
            if kind != EITHER:
                masked = any(marks[at] is not None for at in inside)
                self.benign.add(masked)
                self.by_kind[kind].add(masked)
        for at, mark in enumerate(marks):
            if at not in taken:
                self.clean.add(mark is not None)

    def report(self) -> dict[str, Any]:
        return {
            "spanRecall": self.found.share(),
            "strictTypeRecall": self.strict.share(),
            "missedSpansShownWhole": self.whole.share(),
            "recallByType": self.by_type.shares(),
            "strictRecallByType": self.strict_by_type.shares(),
            "recallByForm": self.by_form.shares(),
            "recallByFormOfNumbers": self.form_of_numbers.shares(),
            "leakingCallsPer1000": self.calls.share(scale=1000),
            "leakingCardCallsPer1000": self.card_calls.share(scale=1000),
            "leakingNumberCallsPer1000": self.number_calls.share(scale=1000),
            "leakingNameAddressCallsPer1000": self.wordy_calls.share(scale=1000),
            "benignNumbersMasked": self.benign.share(),
            "benignMaskedByKind": self.by_kind.shares(),
            "cleanWordsMasked": self.clean.share(),
        }


class _SecondPassTally:
    """What a second reading adds to the first: the missed spans that it catches, and what it masks without need."""

    def __init__(self) -> None:
        self.caught, self.calls, self.card_calls = _Count(), _Count(), _Count()
        self.first = FinalsTally()

    def add(self, first: list[PlayedTurn], both: list[PlayedTurn]) -> None:
        leaking = self.first.add((one.turn, one.final) for one in first)
        self.calls.add(bool(leaking))
        self.card_calls.add(bool(leaking & CARD_TYPES))
        for before, after in zip(first, both, strict=True):
            for carriers in before.turn.carriers:
                if any(before.final[at] is None for at in carriers):
                    self.caught.add(all(after.final[at] is not None for at in carriers))

    def report(self) -> dict[str, Any]:
        return {
            "firstPassSpanRecall": self.first.found.share(),
            "firstPassLeakingCallsPer1000": self.calls.share(scale=1000),
            "firstPassLeakingCardCallsPer1000": self.card_calls.share(scale=1000),
            "missesCaught": self.caught.share(),
            "firstPassBenignNumbersMasked": self.first.benign.share(),
            "firstPassCleanWordsMasked": self.first.clean.share(),
        }


class _PartialsTally:
    """Figures over hypotheses: what was shown too early, what was held, and for how long."""

    def __init__(self) -> None:
        self.calls, self.card_calls, self.number_calls, self.wordy_calls = _Count(), _Count(), _Count(), _Count()
        self.spans, self.flashed = _Count(), _Count()
        self.held, self.held_clean = _Count(), _Count()
        self.held_ms: list[float] = []
        self.held_words: list[float] = []
        self.waited_ms: list[float] = []
        self.finals = FinalsTally()

    def add(self, played: list[PlayedTurn]) -> None:
        self.finals.add((one.turn, one.final) for one in played)
        leaking: set[str] = set()
        for one in played:
            secret: set[int] = set()
            for (start, end, kind, _), carriers in zip(one.turn.spans, one.turn.carriers, strict=True):
                secret.update(one.turn.inside(start, end))
                shown = any(one.fates[at].shown for at in carriers)
                self.spans.add(not shown)
                if shown:
                    leaking.add(kind)
                    self.flashed.add(all(one.final[at] is not None for at in carriers))
            self._holding(one, secret)
            self.waited_ms.append(float(one.waited_ms))
        self.calls.add(bool(leaking))
        self.card_calls.add(bool(leaking & CARD_TYPES))
        self.number_calls.add(bool(leaking - WORDY_TYPES))
        self.wordy_calls.add(bool(leaking & WORDY_TYPES))

    def _holding(self, one: PlayedTurn, secret: set[int]) -> None:
        for at, fate in enumerate(one.fates):
            held = fate.held_at_ms is not None
            self.held.add(held)
            if at in secret:
                continue
            self.held_clean.add(held)
            if held and fate.held_at_ms is not None and fate.released_at_ms is not None and one.final[at] is None:
                self.held_ms.append(float(fate.released_at_ms - fate.held_at_ms))
                self.held_words.append(float(fate.held_words))

    def report(self) -> dict[str, Any]:
        waiting = [ms for ms in self.waited_ms if ms > 0]
        return {
            "spanRecall": self.spans.share(),
            "leakingCallsPer1000": self.calls.share(scale=1000),
            "leakingCardCallsPer1000": self.card_calls.share(scale=1000),
            "leakingNumberCallsPer1000": self.number_calls.share(scale=1000),
            "leakingNameAddressCallsPer1000": self.wordy_calls.share(scale=1000),
            "shownSpansMaskedLater": self.flashed.share(),
            "finalsAfterPartials": {
                "spanRecall": self.finals.found.share(),
                "benignNumbersMasked": self.finals.benign.share(),
                "cleanWordsMasked": self.finals.clean.share(),
            },
            "holding": {
                "wordsHeld": self.held.share(),
                "harmlessWordsHeld": self.held_clean.share(),
                "heldByWordsMean": _rounded(mean(self.held_words)),
                "heldMsMean": _rounded(mean(self.held_ms)),
                "heldMsP50": percentile(self.held_ms, 0.5),
                "heldMsP99": percentile(self.held_ms, 0.99),
                "finalsWaiting": proportion(len(waiting), len(self.waited_ms)),
                "finalWaitMsMean": _rounded(mean(waiting)),
                "finalWaitMsP99": percentile(waiting, 0.99),
            },
        }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def _engine(timings: Timings) -> dict[str, Any]:
    finals, partials = timings.finals_ms, timings.partials_ms
    return {
        "meanMs": _rounded(mean(finals)),
        "p50Ms": _rounded(percentile(finals, 0.5)),
        "p99Ms": _rounded(percentile(finals, 0.99)),
        "turns": len(finals),
        "partialMeanMs": _rounded(mean(partials)),
        "partialP99Ms": _rounded(percentile(partials, 0.99)),
        "partials": len(partials),
    }


class Peer(msgspec.Struct, frozen=True):
    """Another way of masking finals, measured in the same run. times_ms: filled by ``mark``, one figure per turn."""

    mark: Marker
    times_ms: list[float]


def _progress(_: int) -> None:
    """Nobody watches."""


def measure(
    calls: Iterable[Call],
    make_gate: MakeGate,
    stopwatch: Stopwatch,
    *,
    peer: Peer | None = None,
    make_first_pass: MakeGate | None = None,
    partials: bool = True,
    on_call: Callable[[int], None] = _progress,
) -> dict[str, Any]:
    """Every figure over these calls, as one JSON-ready object.

    make_gate: a fresh gate for each playing of each call. make_first_pass: the same without its second reading, if it
    can be had, to tell what the second one adds. on_call: told the number of calls done.
    partials: also play each call word by word. Engine times are of finals played without partials.
    """
    finals, hypotheses, beside, second = FinalsTally(), _PartialsTally(), FinalsTally(), _SecondPassTally()
    timings, of_partials = Timings([], []), Timings([], [])
    sizes = {"calls": 0, "turns": 0, "words": 0, "spans": 0, "benignNumbers": 0}
    for done, call in enumerate(calls, start=1):
        played = play_call(call, make_gate, stopwatch, timings, partials=False)
        finals.add((one.turn, one.final) for one in played)
        if make_first_pass is not None:
            second.add(play_call(call, make_first_pass, stopwatch, Timings([], []), partials=False), played)
        if partials:
            hypotheses.add(play_call(call, make_gate, stopwatch, of_partials, partials=True))
        if peer is not None:
            beside.add(zip(call.turns, peer.mark(call), strict=True))
        sizes["calls"] += 1
        sizes["turns"] += len(call.turns)
        sizes["words"] += sum(len(turn.words) for turn in call.turns)
        sizes["spans"] += sum(len(turn.spans) for turn in call.turns)
        sizes["benignNumbers"] += sum(kind != EITHER for turn in call.turns for _, _, kind in turn.benign)
        on_call(done)
    timings.partials_ms.extend(of_partials.partials_ms)
    engine = _engine(timings)
    return {
        **sizes,
        "finals": finals.report(),
        "partials": hypotheses.report() if partials else None,
        "secondPass": None if make_first_pass is None else second.report(),
        "engine": engine,
        "presidio": None if peer is None else _peer_report(beside, peer.times_ms, engine["meanMs"]),
    }


def _peer_report(tally: FinalsTally, times_ms: list[float], ours_ms: float | None) -> dict[str, Any]:
    theirs = mean(times_ms)
    ratio = theirs / ours_ms if theirs is not None and ours_ms else None
    return {
        **tally.report(),
        "meanMs": _rounded(theirs),
        "p99Ms": _rounded(percentile(times_ms, 0.99)),
        "timesSlower": _rounded(ratio),
    }
