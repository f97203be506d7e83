"""Utterances for the tests of moments: text with masks as ``[TYPE]``, one after the other in a call."""

import re

from cueline.events.guidance import MomentFound
from cueline.events.redacted import Mask
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.moments import MomentReader
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.kernel.ids import CallId, Speaker, TenantId, UtteranceId

MASK = re.compile(r"\[([A-Z0-9_]+)\]")


def said(text: str, speaker: Speaker = "customer", *, at: int = 0, final: bool = True) -> Heard:
    masks = [Mask(start=found.start(), end=found.end(), type=found[1]) for found in MASK.finditer(text)]  # type: ignore[arg-type]
    return Heard(
        utterance_id=UtteranceId(f"utt_{at}"),
        channel="customer" if speaker == "customer" else "agent",
        speaker=speaker,
        started_ms=at * 4_000,
        ended_ms=at * 4_000 + 3_000,
        text=text,
        tokens=tokens_of(text, masks),
        final=final,
    )


def picture() -> CallPicture:
    return CallPicture(CallFacts(TenantId("default"), CallId("call_1")))


def read(reader: MomentReader, turns: list[tuple[Speaker, str]]) -> list[MomentFound]:
    known = picture()
    found = []
    for at, (speaker, text) in enumerate(turns):
        one = said(text, speaker, at=at)
        known.add(one)
        found += reader.read(one, known)
    return found
