"""Short ways to make a call out of turns."""

import re

from cueline.events.redacted import Mask
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.notes.extraction import extract
from cueline.guidance.notes.facts import Fact, FactKind, Findings
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.kernel.ids import CallId, Channel, Speaker, TenantId, UtteranceId

MASK = re.compile(r"\[([A-Z0-9_]+)\]")


def heard(text: str, number: int = 0, speaker: Speaker = "agent") -> Heard:
    """A final of three seconds; ``[TYPE]`` in its text is a mask."""
    masks = [Mask(found.start(), found.end(), found[1]) for found in MASK.finditer(text)]  # type: ignore[arg-type]
    channel: Channel = "customer" if speaker == "customer" else "agent"
    return Heard(
        UtteranceId(f"u{number}"), channel, speaker, number * 3_000, number * 3_000 + 2_500, text,
        tokens_of(text, masks), final=True,
    )  # fmt: skip


def call(*turns: str, reason: str | None = None) -> CallPicture:
    """A call out of ``a: ...`` (agent) and ``c: ...`` (customer)."""
    picture = CallPicture(CallFacts(tenant=TenantId("t"), call_id=CallId("call_1")))
    picture.reason = reason
    for number, turn in enumerate(turns):
        side, _, text = turn.partition(": ")
        picture.add(heard(text, number, {"a": "agent", "c": "customer", "s": "system"}[side]))  # type: ignore[arg-type]
    picture.ended_ms = picture.now_ms
    return picture


def found(*turns: str) -> Findings:
    return extract(call(*turns))


def facts(kind: FactKind, *turns: str) -> list[Fact]:
    return found(*turns).of(kind)


def texts(kind: FactKind, *turns: str) -> list[str]:
    return [fact.text for fact in facts(kind, *turns)]


def quoted(picture: CallPicture, fact: Fact) -> list[str]:
    """What a fact's evidence points at."""
    said = picture.said_by_id
    return [said[each.utterance_id].text[each.start : each.end] for each in fact.evidence]
