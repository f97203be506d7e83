"""A call in short: what tests of rules say, and the rules that hear it."""

from typing import Any

from cueline.events.guidance import Evidence, MomentFound
from cueline.events.redacted import Mask, RedactedWord
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.guidance.rules.checking import parse_rule_set
from cueline.guidance.rules.compile import compile_rules
from cueline.guidance.rules.engine import Fired, RuleEngine
from cueline.kernel.ids import AgentId, CallId, TenantId, UtteranceId

FACTS = CallFacts(TenantId("default"), CallId("call_1"), attributes={"tier": "gold"}, agent_id=AgentId("ann"))
CHECKLIST = {
    "checklistId": "any", "title": "Any call", "reasons": ["*"], "lines": [{"itemId": "verified", "label": "Verified"}],
}  # fmt: skip


def document(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule set's document; a rule needs no id, title or action to be tried."""
    return {
        "name": "test", "title": "Test", "checklists": [CHECKLIST],
        "rules": [
            {"ruleId": f"rule{n}", "title": f"Rule {n}", "then": [{"kind": "hint", "text": "Do it"}], **rule}
            for n, rule in enumerate(rules)
        ],
        **more,
    }  # fmt: skip


def said(*phrases: str, speaker: str = "either", **more: Any) -> dict[str, Any]:
    return {"kind": "said", "phrases": list(phrases), "speaker": speaker, **more}


def heard(text: str, at_s: float, speaker: Any = "customer", *, name: str = "", final: bool = True) -> Heard:
    """One utterance of two seconds that ends at ``at_s``; ``[TYPE]`` is a mask."""
    start_ms, end_ms = int(at_s * 1_000) - 2_000, int(at_s * 1_000)
    pieces = text.split()
    masks, words, offset = [], [], 0
    for number, piece in enumerate(pieces, start=1):
        if piece.startswith("["):
            masks.append(Mask(start=offset, end=offset + len(piece), type=piece.strip("[]")))  # type: ignore[arg-type]
        word_end = start_ms + 2_000 * number // len(pieces)
        words.append(RedactedWord(text=piece, start_ms=word_end - 100, end_ms=word_end))
        offset += len(piece) + 1
    text = " ".join(pieces)
    return Heard(
        utterance_id=UtteranceId(name or f"call_1.{speaker[0]}{end_ms}"),
        channel="agent" if speaker != "customer" else "customer",
        speaker=speaker,
        started_ms=start_ms,
        ended_ms=end_ms,
        text=text,
        tokens=tokens_of(text, masks),
        final=final,
        words=tuple(words),
    )


class Talk:
    """A call whose agent is there from its fifth second."""

    def __init__(self, *rules: dict[str, Any], facts: CallFacts = FACTS, **more: Any) -> None:
        self.picture = CallPicture(facts)
        self.picture.agent_connected_ms = 5_000
        self.engine = RuleEngine(compile_rules(parse_rule_set(document(*rules, **more)), facts))

    def hear(self, text: str, at_s: float, speaker: Any = "customer", **more: Any) -> list[Fired]:
        one = heard(text, at_s, speaker, **more)
        if one.final:
            self.picture.add(one)
        return self.engine.hear(one, self.picture)

    def withdrawn(self, text: str, at_s: float, speaker: Any = "customer", **more: Any) -> list[str]:
        return self.engine.withdrawn(heard(text, at_s, speaker, **more), self.picture)

    def find(
        self, name: str, at_s: float, speaker: Any = "customer", *, lasting_s: float = 1, said_in: str | None = None,
        confidence: float = 1.0,
    ) -> list[Fired]:  # fmt: skip
        family, _, label = name.partition(":")
        moment = MomentFound(
            moment_id=f"{name}@{at_s}",
            family=family,  # type: ignore[arg-type]
            label=label,
            confidence=confidence,
            speaker=speaker,
            started_ms=int((at_s - lasting_s) * 1_000),
            ended_ms=int(at_s * 1_000),
            evidence=None if said_in is None else Evidence(UtteranceId(said_in)),
        )
        return self.engine.notice(moment, self.picture)

    def tick(self, item: str, at_s: float) -> list[Fired]:
        return self.engine.ticked(item, None, int(at_s * 1_000), self.picture)

    def wait(self, until_s: float) -> list[Fired]:
        return self.engine.advance(int(until_s * 1_000), self.picture)


def ids(fired: list[Fired]) -> list[str]:
    return [each.rule_id for each in fired]
