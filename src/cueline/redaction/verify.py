"""A third reading of a call, after it: finds in stored text what looks as if it should have been masked. Pure.

Rules and words are its own and share nothing with the gate's, so that what the gate's author did not think of has
another chance. It reads what was stored, in which masks stand for what was masked: a number that was masked in part, or
masked in one turn and not in the next, shows by its neighbours. Findings name places and kinds, never a text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cueline.events.redacted import EntityType
from cueline.events.verification import LeakFinding, StoredCall, StoredText, StoredTurn
from cueline.kernel.ids import UtteranceId
from cueline.redaction.verify_names import names
from cueline.redaction.verify_numbers import Said, dates, numbers
from cueline.redaction.verify_patterns import patterns
from cueline.redaction.verify_reading import tokens
from cueline.redaction.verify_topics import Subjects, topics

RULES: Final = "1"
"""Version of these rules: calls that an older one read are read again by the nightly re-verification."""

LONG_IN_NOTES: Final = 9
"""Characters of a number in notes about which nothing is said."""

FINDINGS_MAX: Final = 200
"""Of one call: one with more of them is not mended piece by piece."""


def find_leaks(call: StoredCall) -> list[LeakFinding]:
    """What looks like a leak in all that is stored of a call, at most ``FINDINGS_MAX``; overlaps are one finding."""
    subjects = Subjects()
    said = [Said(turn, tokens(turn.text, turn.masks), index) for index, turn in enumerate(call.turns)]
    for each in said:
        subjects.add(topics(each.tokens, each.index, each.turn.started_ms))
    found = [*_in_turns(said, subjects)]
    for text in call.texts:
        found.extend(_in_text(text))
    return joined(found)[:FINDINGS_MAX]


def _in_turns(said: Sequence[Said], subjects: Subjects) -> Iterator[LeakFinding]:
    for each in said:
        for start, end, kind, rule in (
            *numbers(each, said, subjects),
            *names(each, said),
            *dates(each, subjects),
            *patterns(each.turn.text, each.tokens),
        ):
            if not _benign(each, subjects, start, rule):
                yield _finding(each.turn, start, end, kind, rule)


def _in_text(text: StoredText) -> Iterator[LeakFinding]:
    """A text that stands alone: what is about it is in it."""
    turn = StoredTurn(UtteranceId(""), "agent", 0, 0, text.text, (), ())
    alone = Said(turn, tokens(text.text), 0)
    subjects = Subjects()
    subjects.add(topics(alone.tokens, 0, 0))
    for start, end, kind, rule in (*numbers(alone, [alone], subjects), *patterns(text.text, alone.tokens)):
        if _tells(text, end - start, kind, rule) and not _benign(alone, subjects, start, rule):
            yield LeakFinding(text.place, text.ref, start, end, kind, rule)


def _tells(text: StoredText, length: int, kind: EntityType, rule: str) -> bool:
    """Whether a finding in a text without a conversation around it says anything.

    Cues and whispers were written by people, who may name a telephone number; no card's.
    """
    if text.place == "cue":
        return kind in {"CREDIT_CARD", "US_SSN", "IBAN"} and rule != "residue"
    return rule not in {"residue", "series", "spelled"} and (rule != "digits" or length >= LONG_IN_NOTES)


def _benign(said: Said, subjects: Subjects, start: int, rule: str) -> bool:
    """Whether letters or the shape of a card belong to what may be read, such as an order number."""
    if rule not in {"spelled", "card_shape"}:
        return False
    at = next(index for index, token in enumerate(said.tokens) if token.end > start)
    topic = subjects.before(said.index, at, said.turn.started_ms)
    return topic is not None and topic.subject == "benign"


def _finding(turn: StoredTurn, start: int, end: int, kind: EntityType, rule: str) -> LeakFinding:
    return LeakFinding("utterance", turn.utterance_id, start, end, kind, rule, turn.version)


def joined(found: Iterable[LeakFinding]) -> list[LeakFinding]:
    """Findings in order, those that overlap as one."""
    joined: list[LeakFinding] = []
    for finding in sorted(found, key=lambda each: (each.place, each.ref, each.start, -each.end)):
        last = joined[-1] if joined else None
        same = last is not None and (last.place, last.ref) == (finding.place, finding.ref)
        if last is not None and same and finding.start < last.end:
            if finding.end > last.end:
                joined[-1] = LeakFinding(
                    last.place, last.ref, last.start, finding.end, last.type, last.rule, last.version
                )
            continue
        joined.append(finding)
    return joined
