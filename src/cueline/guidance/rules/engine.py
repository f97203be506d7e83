"""The rules of one call at work. Pure: the same events in the same order fire the same rules.

Finals, moments, ticks and the passing of media time are remembered; a hypothesis is only looked at. Where a hypothesis
fires a rule, the final of the same utterance finds the cue there and does not raise it again, and ``withdrawn`` names
the cues whose cause the final does not hold. Whether hypotheses were heard or not, finals leave the same memory.

What happened is known by a cause: the utterance (whether by its words, its masks or the moments in it), the moment,
the item, the deadline. A rule fires once for a cause.
"""

import hashlib
from bisect import insort
from collections.abc import Iterable
from typing import Final

import msgspec

from cueline.events.guidance import Evidence, MomentFound
from cueline.guidance.heard import Heard
from cueline.guidance.picture import CallPicture
from cueline.guidance.rules import schema as rules
from cueline.guidance.rules.compile import REASON, CompiledRules, ReadyRule
from cueline.guidance.rules.conditions import ALWAYS, HITS_MAX, Absence, Hit, View
from cueline.guidance.rules.readable import moment_cause, span
from cueline.kernel.ids import Speaker, UtteranceId

GRACE_MS: Final = 4_000
"""A deadline is decided this much later: what was said in time is known only once the turn was over."""

EARLY_MAX: Final = 64
"""Utterances kept whose hypotheses fired something and whose finals have not come; the oldest goes first."""

WHY_MAX: Final = 240
_DECIDED_MAX: Final = 64

_RETRACTABLE: Final = (rules.Hint, rules.Warn, rules.Alert)
"""What a hypothesis may cause: a cue can be withdrawn, a tick cannot."""


class Fired(msgspec.Struct, frozen=True):
    """A rule fired: one of its actions, to be done now.

    cue_id: the same for the same rule, action and cause, so also for a hypothesis and its final. at_ms: media time of
    now; expires_ms: from when a cue is of no use. why: in words. provisional: a hypothesis caused it.
    """

    rule_id: str
    action: rules.Action
    evidence: tuple[Evidence, ...]
    at_ms: int
    why: str
    provisional: bool
    cue_id: str
    priority: int
    expires_ms: int


class _Record:
    """What a rule did in this call."""

    __slots__ = ("causes", "last_ms")

    def __init__(self) -> None:
        self.causes: list[str] = []
        self.last_ms = 0


class _Early(msgspec.Struct, frozen=True):
    """What a hypothesis of an utterance made a rule do."""

    rule: int
    cue_ids: tuple[str, ...]


class _Term(msgspec.Struct, frozen=True):
    """Time for something to happen in. opened: the beginning of it."""

    due_ms: int
    opened: Hit


class RuleEngine:
    """The rules of one call. None of its methods raises; what each gives is in the order of the rules."""

    def __init__(self, compiled: CompiledRules) -> None:
        self._ready: Final = compiled.ready
        self._active: Final = compiled.active
        self._call: Final = compiled.facts.call_id
        self._order = 0
        self._now_ms = 0
        self._leaves: Final[dict[int, list[Hit]]] = {}
        self._records: Final[dict[int, _Record]] = {}
        self._reason: str | None = None
        self._reason_hit = ALWAYS
        self._started: Final[dict[rules.Start, int]] = {}
        self._terms: Final[dict[int, _Term]] = {}
        self._decided: Final[dict[int, list[str]]] = {}
        self._times: Final[dict[int, int]] = {}
        self._early: Final[dict[UtteranceId, list[_Early]]] = {}
        self._shown: Final[set[str]] = set()

    @property
    def next_ms(self) -> int | None:
        """When ``advance`` may next have something to do, as far as is known now."""
        due = [*self._times.values(), *(term.due_ms + GRACE_MS for term in self._terms.values())]
        return min(due, default=None)

    def hear(self, heard: Heard, picture: CallPicture) -> list[Fired]:
        """A final, or a hypothesis; of the latter only rules that need phrases alone take notice."""
        if not heard.final:
            return self._glance(heard, picture)
        now_ms = self._begin(heard.ended_ms, picture)
        touched = set()
        for leaf, hit in self._spoken(heard, self._order).items():
            self._remember(leaf, hit)
            touched.add(leaf)
        return self._settle(touched, picture, now_ms)

    def notice(self, moment: MomentFound, picture: CallPicture) -> list[Fired]:
        """A moment was found, the call's reason among them."""
        now_ms = self._begin(moment.ended_ms, picture)
        evidence = () if moment.evidence is None else (moment.evidence,)
        cause = moment.moment_id if moment.evidence is None else moment.evidence.utterance_id
        hit = Hit(self._order, moment.ended_ms, cause, moment_cause(moment), evidence)
        touched = set()
        for leaf in self._ready.moment_leaves.get(f"{moment.family}:{moment.label}", ()):
            lasted = moment.ended_ms - moment.started_ms >= leaf.at_least_ms
            if lasted and moment.confidence >= leaf.confidence and _of(leaf.speaker, moment.speaker):
                self._remember(leaf.number, hit)
                touched.add(leaf.number)
        if moment.family == "reason" and moment.label != self._reason:
            self._reason, self._reason_hit = moment.label, hit
            touched.add(REASON)
        return self._settle(touched, picture, now_ms)

    def ticked(self, item_id: str, evidence: Evidence | None, at_ms: int, picture: CallPicture) -> list[Fired]:
        """An item of the checklist is done; what was said in it is its cause, where it is known."""
        now_ms = self._begin(at_ms, picture)
        leaves = self._ready.item_leaves.get(item_id, ())
        cause = f"tick.{item_id}" if evidence is None else evidence.utterance_id
        hit = Hit(
            self._order, at_ms, cause, f"{item_id.replace('_', ' ')} done", () if evidence is None else (evidence,)
        )
        for leaf in leaves:
            self._remember(leaf, hit)
        return self._settle(set(leaves), picture, now_ms)

    def advance(self, now_ms: int, picture: CallPicture) -> list[Fired]:
        """Time went on: what had to happen by now and did not, and what waits for an age of the call."""
        return self._settle(set(), picture, self._begin(now_ms, picture))

    def withdrawn(self, heard_final: Heard, picture: CallPicture) -> list[str]:
        """The cues that hypotheses of this utterance raised and whose causes its final does not hold.

        To be asked once for every final; before or after ``hear`` makes no difference.
        """
        early = self._early.pop(heard_final.utterance_id, [])
        if not early:
            return []
        overlay = self._overlaid(self._spoken(heard_final, self._order + 1))
        view = self._view(picture, self._now_ms, overlay)
        contradicted = [
            cue_id
            for each in early
            if not any(hit.cause == heard_final.utterance_id for hit in self._ready.rules[each.rule].when.hits(view))
            for cue_id in each.cue_ids
        ]
        self._shown.difference_update(contradicted)
        return contradicted

    def _glance(self, heard: Heard, picture: CallPicture) -> list[Fired]:
        """A hypothesis: fires, and leaves no memory but of what it fired."""
        found = self._spoken(heard, self._order + 1)
        early = self._early.get(heard.utterance_id, [])
        if not found:
            return []
        now_ms = max(self._now_ms, heard.ended_ms)
        view = self._view(picture, now_ms, self._overlaid(found))
        out: list[Fired] = []
        for number in self._hanging_on(found):
            ready = self._ready.rules[number]
            if not ready.early or any(each.rule == number for each in early):
                continue
            pending = sum(each.rule == number for each_of in self._early.values() for each in each_of)
            hit = self._cause(ready, number, view, self._order + 1, pending=pending)
            if hit is None or hit.cause != heard.utterance_id:
                continue
            fired = [
                each
                for each in self._actions(ready.rule, hit, now_ms, provisional=True)
                if isinstance(each.action, _RETRACTABLE)
            ]
            if fired:
                cue_ids = tuple(each.cue_id for each in fired)
                self._keep_early(heard.utterance_id, _Early(number, cue_ids))
                self._shown.update(cue_ids)
                out += fired
        return out

    def _keep_early(self, utterance: UtteranceId, early: _Early) -> None:
        if utterance not in self._early and len(self._early) >= EARLY_MAX:
            del self._early[next(iter(self._early))]
        self._early.setdefault(utterance, []).append(early)

    def _begin(self, now_ms: int, picture: CallPicture) -> int:
        """A new input. Gives media time, which does not go back: a long turn is heard after a short one in it."""
        self._order += 1
        self._now_ms = max(self._now_ms, now_ms)
        if "call" not in self._started:
            self._start("call", 0)
        if "agent" not in self._started and picture.agent_connected_ms is not None:
            self._start("agent", picture.agent_connected_ms)
        return self._now_ms

    def _start(self, start: rules.Start, at_ms: int) -> None:
        self._started[start] = at_ms
        for leaf in self._ready.times:
            if leaf.time.since == start and leaf.time.after_s is not None and self._wanted(leaf.number):
                self._times[leaf.number] = at_ms + leaf.time.after_s * 1_000
        opened = Hit(self._order, at_ms, f"start.{start}")
        for number, absence in self._ready.absences.items():
            if absence.since == start and self._wanted(number):
                self._terms[number] = _Term(at_ms + absence.within_ms, opened)

    def _wanted(self, leaf: int) -> bool:
        return any(number in self._active for number in self._ready.on_leaf.get(leaf, ()))

    def _spoken(self, heard: Heard, order: int) -> dict[int, Hit]:
        """The leaves that an utterance's words and masks belong to."""
        if heard.speaker == "system" or not heard.tokens:
            return {}
        found: dict[int, Hit] = {}
        cause = heard.utterance_id
        for match in self._ready.book.find(heard.tokens, inflected=self._ready.inflected):
            if _of(self._ready.sides[match.key], heard.speaker):
                place = heard.evidence(match.first, match.last)
                found[match.key] = Hit(
                    order, heard.said_ms(match.last), cause, f"what the {heard.speaker} said", (place,)
                )
        for number, token in enumerate(heard.tokens):
            for leaf, side in self._ready.mask_leaves.get(token.mask, ()) if token.mask else ():
                if leaf not in found and _of(side, heard.speaker):
                    place = heard.evidence(number, number)
                    found[leaf] = Hit(order, heard.said_ms(number), cause, f"what the {heard.speaker} gave", (place,))
        return found

    def _remember(self, leaf: int, hit: Hit) -> None:
        hits = self._leaves.setdefault(leaf, [])
        hits[:] = [known for known in hits if known.cause != hit.cause]
        insort(hits, hit, key=lambda each: each.at_ms)
        if len(hits) > HITS_MAX:
            del hits[0]

    def _overlaid(self, found: dict[int, Hit]) -> dict[int, list[Hit]]:
        return {**self._leaves, **{leaf: [*self._leaves.get(leaf, ()), hit] for leaf, hit in found.items()}}

    def _view(self, picture: CallPicture, now_ms: int, leaves: dict[int, list[Hit]]) -> View:
        return View(leaves, picture.facts, now_ms, self._started, self._reason, self._reason_hit)

    def _settle(self, touched: set[int], picture: CallPicture, now_ms: int) -> list[Fired]:
        """Decides what is due, and fires the rules that hang on what was touched."""
        view = self._view(picture, now_ms, self._leaves)
        for leaf, due_ms in sorted(self._times.items()):
            if due_ms <= now_ms:
                del self._times[leaf]
                age = f"{span(due_ms // 1_000)} into the call"
                self._remember(leaf, Hit(self._order, due_ms, f"time.{leaf}", age))
                touched.add(leaf)
        self._open_terms(touched, view)
        while due := sorted(n for n, term in self._terms.items() if term.due_ms + GRACE_MS <= now_ms):
            decided = {number for number in due if self._decide(number, view)}
            self._open_terms(decided, view)
            touched |= decided
        out: list[Fired] = []
        for number in self._hanging_on(touched):
            out += self._fire(number, view, now_ms)
        return out

    def _open_terms(self, touched: Iterable[int], view: View) -> None:
        """Terms that begin with what was touched; while one runs, another beginning opens none."""
        for number in sorted({each for leaf in touched for each in self._ready.watched.get(leaf, ())}):
            absence = self._ready.absences[number]
            if absence.after is None or not self._wanted(number):
                continue
            decided = self._decided.setdefault(number, [])
            fresh = [hit for hit in absence.after.hits(view) if hit.cause and hit.cause not in decided]
            if fresh and number not in self._terms:
                opened = fresh.pop()
                self._terms[number] = _Term(opened.at_ms + absence.within_ms, opened)
            self._note_decided(number, *(hit.cause for hit in fresh))

    def _note_decided(self, number: int, *causes: str) -> None:
        """These open no term any more."""
        decided = self._decided.setdefault(number, [])
        decided += causes
        del decided[:-_DECIDED_MAX]

    def _decide(self, number: int, view: View) -> bool:
        """The time is over: whether it was missing, which then is something that happened."""
        term, absence = self._terms.pop(number), self._ready.absences[number]
        self._note_decided(number, term.opened.cause)
        if absence.happened(view, start_ms=term.opened.at_ms, due_ms=term.due_ms):
            return False
        self._remember(number, self._absent(absence, term))
        return True

    def _absent(self, absence: Absence, term: _Term) -> Hit:
        cause = f"missing.{absence.number}.{term.opened.cause}"
        return Hit(self._order, term.due_ms, cause, absence.by, term.opened.evidence)

    def _hanging_on(self, leaves: Iterable[int]) -> list[int]:
        numbers = {number for leaf in leaves for number in self._ready.on_leaf.get(leaf, ())}
        return sorted(numbers & self._active)

    def _cause(self, ready: ReadyRule, number: int, view: View, order: int, *, pending: int = 0) -> Hit | None:
        """What sets a rule off in this input, where it may fire at all."""
        record = self._records.get(number)
        causes = record.causes if record is not None else []
        if len(causes) + pending >= ready.rule.times:
            return None
        cooldown_ms = ready.rule.cooldown_s * 1_000
        if cooldown_ms and (pending or (record is not None and view.now_ms < record.last_ms + cooldown_ms)):
            return None
        fresh = [hit for hit in ready.when.hits(view) if hit.order == order and hit.cause not in causes]
        return fresh[-1] if fresh else None

    def _fire(self, number: int, view: View, now_ms: int) -> list[Fired]:
        ready = self._ready.rules[number]
        hit = self._cause(ready, number, view, self._order)
        if hit is None:
            return []
        record = self._records.setdefault(number, _Record())
        record.causes.append(hit.cause)
        record.last_ms = now_ms
        fired = self._actions(ready.rule, hit, now_ms, provisional=False)
        out = [each for each in fired if each.cue_id not in self._shown]
        self._shown.update(each.cue_id for each in fired)
        return out

    def _actions(self, rule: rules.Rule, hit: Hit, now_ms: int, *, provisional: bool) -> list[Fired]:
        why = f"{rule.title}: {hit.by}" if hit.by else rule.title
        if len(why) > WHY_MAX:
            why = why[: WHY_MAX - 1] + "\N{HORIZONTAL ELLIPSIS}"
        return [
            Fired(
                rule_id=rule.rule_id,
                action=action,
                evidence=hit.evidence,
                at_ms=now_ms,
                why=why,
                provisional=provisional,
                cue_id=_cue_id(f"{self._call}\n{rule.rule_id}\n{place}\n{hit.cause}"),
                priority=rule.priority,
                expires_ms=now_ms + rule.expires_s * 1_000,
            )
            for place, action in enumerate(rule.then)
        ]


def _of(side: rules.Side, speaker: Speaker | None) -> bool:
    """Whether a side's condition is about this speaker; what no one side did is about either."""
    return side in {"either", speaker} or speaker is None


def _cue_id(named: str) -> str:
    return f"cue_{hashlib.sha256(named.encode()).hexdigest()[:20]}"
