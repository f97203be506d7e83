"""What a guide made of marked calls, counted against their marks. Pure.

A cue here is a hint, a warning or an alert: what asks somebody to do something. A rule that does several things at
once gives one. Praise and passages of the knowledge base are counted, and not judged. Shares carry Wilson's 95%
interval.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from cueline.events.guidance import ChecklistOpened, ChecklistTicked, CueRaised, CueWithdrawn
from cueline.guidance.guide import CallGuide, Moments
from cueline.guidance.measuring.calls import TENANT, Form, MarkedCall, Spoken, spoken
from cueline.guidance.picture import CallFacts
from cueline.guidance.rules.schema import RuleSet
from cueline.kernel.errors import InputError

Z: Final = 1.959964
"""Normal quantile of a 95% interval."""

BEFORE_TURNS: Final = 1
"""A cue may come so many turns before the marked one, and a tick so many before or after."""

JUDGED: Final = frozenset({"hint", "warning", "alert"})


class NeedRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules that answer a need; after: how many turns later they may."""

    rules: tuple[str, ...]
    after: int


class Matching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which rules and items answer which marks.

    subjects: rules that help in calls of these reasons, wherever in them. absent: rules that are right where a step
    was not done. items: the steps that checklists' items stand for. waits: needs that something was not said or done:
    their rules have to wait, so they are in no time to cue.
    """

    needs: dict[str, NeedRules]
    subjects: dict[str, tuple[str, ...]]
    absent: dict[str, str]
    items: dict[str, str]
    waits: tuple[str, ...] = ()


class Shown(msgspec.Struct, frozen=True):
    """A cue as it came. turn: in which it came, late or not; verdict: None where nothing marks it."""

    rule: str
    at_ms: int
    turn: int
    provisional: bool
    withdrawn: bool
    verdict: bool | None


class CallFigures(msgspec.Struct, frozen=True):
    """One call, judged. needs: each with the time of its first cue, None where none came.

    ticks: for each step that was asked for, whether it was done, whether it was ticked, and whether both agree.
    """

    call: MarkedCall
    minutes: float
    reason: str | None
    cues: list[Shown]
    needs: list[tuple[str, int, int | None]]
    ticks: list[tuple[str, bool, bool, bool]]
    quiet: list[bool]
    praises: int
    look_ups: int
    spans: list[tuple[int, int]]


def share(count: int, of: int) -> dict[str, Any]:
    """A share with its 95% interval (Wilson 1927); ``value`` is None where there was nothing to count."""
    if not of:
        return {"value": None, "low": None, "high": None, "count": count, "of": of}
    p, zz = count / of, Z * Z
    middle = (p + zz / (2 * of)) / (1 + zz / of)
    half = Z / (1 + zz / of) * math.sqrt(p * (1 - p) / of + zz / (4 * of * of))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return {"value": round(p, 4), "low": round(low, 4), "high": round(high, 4), "count": count, "of": of}


def check_matching(matching: Matching, rule_set: RuleSet, calls: Iterable[MarkedCall]) -> None:
    """Raises InputError for a rule that is not there, or a need that nothing says how to judge."""
    known = {rule.rule_id for rule in rule_set.rules}
    named = {rule for need in matching.needs.values() for rule in need.rules}
    strange = sorted((named | matching.subjects.keys() | matching.absent.keys()) - known)
    if strange:
        raise InputError(f"matching.json names rules that are not in {rule_set.name}: {', '.join(strange)}")
    unknown = sorted({need.need for call in calls for need in call.needs} - matching.needs.keys())
    if unknown:
        raise InputError(f"matching.json does not say which rules answer: {', '.join(unknown)}")


def judge_call(
    call: MarkedCall, rule_set: RuleSet, moments: Moments | None, matching: Matching, *, form: Form = "recognised"
) -> CallFigures:
    """Runs a call through a guide and holds what came against its marks."""
    talk = spoken(call, form=form)
    guide = CallGuide(CallFacts(tenant=TENANT, call_id=talk.call_id), rule_set, 0, moments)
    raised: dict[tuple[str, int], tuple[CueRaised, int]] = {}
    withdrawn: set[str] = set()
    ticked: dict[str, int | None] = {}
    asked: set[str] = set()
    praises = look_ups = 0
    for envelope in talk.events:
        outcome = guide.receive(envelope)
        look_ups += len(outcome.lookups)
        for one in outcome.found:
            match one.payload:
                case CueRaised(cue_kind="praise"):
                    praises += 1
                case CueRaised() as cue if cue.cue_kind in JUDGED:
                    raised.setdefault((cue.rule_id, one.at_ms), (cue, one.at_ms))
                case CueWithdrawn(cue_id=cue_id, reason="contradicted"):
                    withdrawn.add(cue_id)
                case ChecklistOpened(items=items):
                    asked = {item.item_id for item in items}
                case ChecklistTicked(item_id=item, evidence=evidence):
                    ticked[item] = None if evidence is None else talk.turn_of.get(evidence.utterance_id)
    cues = [
        _shown(cue, at_ms, talk, call, matching, withdrawn=cue.cue_id in withdrawn) for cue, at_ms in raised.values()
    ]
    return CallFigures(
        call=call,
        minutes=talk.events[-1].at_ms / 60_000,
        reason=guide.picture.reason,
        cues=cues,
        needs=[(need.need, need.turn, _first(need.need, need.turn, cues, matching)) for need in call.needs],
        ticks=_ticks(call, asked, ticked, matching),
        quiet=[not any(first <= cue.turn <= last for cue in cues) for first, last in call.quiet],
        praises=praises,
        look_ups=look_ups,
        spans=talk.spans,
    )


def _shown(cue: CueRaised, at_ms: int, talk: Spoken, call: MarkedCall, matching: Matching, *, withdrawn: bool) -> Shown:
    turn = next((n for n, (_, end_ms) in enumerate(talk.spans) if at_ms <= end_ms), len(talk.spans) - 1)
    verdict = _verdict(cue.rule_id, turn, call, matching)
    return Shown(cue.rule_id, at_ms, turn, cue.provisional, withdrawn, verdict)


def _verdict(rule: str, turn: int, call: MarkedCall, matching: Matching) -> bool | None:
    """Whether a cue was wanted. A rule that answers several kinds of marks is right where one of them is there."""
    judged = False
    for name, need in matching.needs.items():
        if rule in need.rules:
            judged = True
            if any(each.need == name and _near(turn, each.turn, need.after) for each in call.needs):
                return True
    if rule in matching.subjects:
        judged = True
        if call.reason in matching.subjects[rule]:
            return True
    if rule in matching.absent:
        return call.steps.get(matching.absent[rule], -1) is None
    return False if judged else None


def _near(turn: int, marked: int, after: int) -> bool:
    return marked - BEFORE_TURNS <= turn <= marked + after


def _first(name: str, turn: int, cues: Sequence[Shown], matching: Matching) -> int | None:
    need = matching.needs[name]
    times = [cue.at_ms for cue in cues if cue.rule in need.rules and _near(cue.turn, turn, need.after)]
    return min(times, default=None)


def _ticks(
    call: MarkedCall, asked: set[str], ticked: Mapping[str, int | None], matching: Matching
) -> list[tuple[str, bool, bool, bool]]:
    """The steps that checklists asked for: right where a done one was ticked at its place, or another was not."""
    found: dict[str, tuple[str, bool, bool, bool]] = {}
    for item in sorted(asked | ticked.keys()):
        step = matching.items.get(item)
        if step is None or step not in call.steps:
            continue
        done = call.steps[step]
        place = ticked.get(item)
        seen = item in ticked
        near = place is None or (done is not None and abs(place - done) <= BEFORE_TURNS)
        found[step] = (step, done is not None, seen, (done is not None) == seen and (not seen or near))
    return list(found.values())


def measure(
    calls: Sequence[MarkedCall],
    rule_set: RuleSet,
    moments: Callable[[], Moments | None],
    matching: Matching,
    *,
    form: Form = "recognised",
) -> dict[str, Any]:
    """All figures over all calls. Raises InputError when the matching does not fit the rule set or the calls."""
    check_matching(matching, rule_set, calls)
    return _figures([judge_call(call, rule_set, moments(), matching, form=form) for call in calls], matching)


def _figures(judged: Sequence[CallFigures], matching: Matching) -> dict[str, Any]:
    minutes = sum(each.minutes for each in judged)
    cues = [cue for each in judged for cue in each.cues]
    marked = [cue for cue in cues if cue.verdict is not None]
    needs = [need for each in judged for need in each.needs]
    ticks = [tick for each in judged for tick in each.ticks]
    quiet = [kept for each in judged for kept in each.quiet]
    reasons = [(each.call.reason, each.reason) for each in judged]
    return {
        "calls": len(judged),
        "minutes": round(minutes, 1),
        "turns": sum(len(each.call.turns) for each in judged),
        "reasonAccuracy": share(sum(a == b for a, b in reasons), len(reasons)),
        "reasonByBusiness": {
            name: share(
                sum(each.call.reason == each.reason for each in judged if each.call.business == name),
                sum(each.call.business == name for each in judged),
            )
            for name in ("banking", "telecom", "retail")
        },
        "reasonsMissed": [
            {"call": each.call.call, "marked": each.call.reason, "found": each.reason}
            for each in judged
            if each.reason != each.call.reason
        ],
        "needRecall": share(sum(at_ms is not None for _, _, at_ms in needs), len(needs)),
        "needs": {
            name: share(sum(at is not None for n, _, at in needs if n == name), sum(n == name for n, _, _ in needs))
            for name in matching.needs
            if any(n == name for n, _, _ in needs)
        },
        "cuePrecision": share(sum(cue.verdict is True for cue in marked), len(marked)),
        "cues": len(cues),
        "notJudged": len(cues) - len(marked),
        "cuesPerMinute": round(len(cues) / minutes, 2) if minutes else 0.0,
        "provisional": sum(cue.provisional for cue in cues),
        "withdrawn": sum(cue.withdrawn for cue in cues),
        "praises": sum(each.praises for each in judged),
        "lookUps": sum(each.look_ups for each in judged),
        "quietKept": share(sum(quiet), len(quiet)),
        "tickAccuracy": share(sum(right for *_, right in ticks), len(ticks)),
        "ticks": _by_step(ticks),
        "doubled": sum(_doubled(each, matching) for each in judged),
        "timeToCue": _times(judged, matching),
        "rules": _by_rule(cues),
    }


def _by_step(ticks: Sequence[tuple[str, bool, bool, bool]]) -> dict[str, Any]:
    steps = sorted({step for step, *_ in ticks})
    return {
        step: {
            "accuracy": share(sum(right for s, _, _, right in ticks if s == step), sum(s == step for s, *_ in ticks)),
            "missed": sum(done and not seen for s, done, seen, _ in ticks if s == step),
            "wrong": sum(seen and not right for s, _, seen, right in ticks if s == step),
        }
        for step in steps
    }


def _doubled(judged: CallFigures, matching: Matching) -> int:
    """Cues that came beside another one for the same need, in the same turn."""
    return sum(
        max(0, sum(cue.rule in need.rules and cue.turn == turn for cue in judged.cues) - 1)
        for need in matching.needs.values()
        for turn in {cue.turn for cue in judged.cues}
    )


def _times(judged: Sequence[CallFigures], matching: Matching) -> dict[str, Any]:
    """From the beginning and the end of the marked turn to its first cue, which may come before the turn is over."""
    starts, ends = [], []
    for each in judged:
        for name, turn, at_ms in each.needs:
            if at_ms is not None and name not in matching.waits:
                begin_ms, end_ms = each.spans[turn]
                starts.append(at_ms - begin_ms)
                ends.append(at_ms - end_ms)
    return {"count": len(ends), "fromStart": _spread(starts), "fromEnd": _spread(ends)}


def _spread(values: list[int]) -> dict[str, int] | None:
    if not values:
        return None
    values = sorted(values)
    return {f"p{share}Ms": values[max(0, math.ceil(share / 100 * len(values)) - 1)] for share in (50, 95)}


def _by_rule(cues: Sequence[Shown]) -> dict[str, Any]:
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cue in cues:
        rules[cue.rule][{True: "right", False: "wrong", None: "notJudged"}[cue.verdict]] += 1
    return {
        rule: {"cues": found.total(), **{name: found[name] for name in ("right", "wrong", "notJudged")}}
        for rule, found in sorted(rules.items(), key=lambda each: (-each[1].total(), each[0]))
    }
