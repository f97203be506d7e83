"""Everything that the notes of a call are made of, found in its finals. Pure."""

from collections import deque
from typing import Final

import msgspec

from cueline.guidance.notes.claims import actions, follow_ups, is_courtesy, kept, outcome, promises, requests, trouble
from cueline.guidance.notes.dialogue import Line, lines
from cueline.guidance.notes.facts import FACTS_MAX, Fact, Findings
from cueline.guidance.notes.things import (
    Appointment,
    accounts,
    amounts,
    by_reason,
    cards,
    companies,
    moments,
    opening_hours,
)
from cueline.guidance.picture import CallPicture

_RECENT: Final = 8
_EVIDENCE_MAX: Final = 8


def extract(picture: CallPicture) -> Findings:
    """The facts of a call and its outcome. Deterministic: the same finals give the same."""
    said = lines(picture.said)
    appointment = Appointment()
    recent: deque[Line] = deque(maxlen=_RECENT)
    found: list[Fact] = []
    before_any_wish = True
    for line in said:
        courtesy = is_courtesy(line)
        if not courtesy:
            appointment.hear(line)
        if line.told:
            found += amounts(line)
            found += [] if courtesy else moments(line)
            found += accounts(line)
            found += cards(line)
            found += opening_hours(line, recent)
            found += companies(line)
        wanted = requests(line)
        if not wanted and before_any_wish:
            wanted = trouble(line)
        before_any_wish = before_any_wish and not wanted
        found += wanted
        found += promises(line)
        found += follow_ups(line)
        found += actions(line)
        recent.append(line)
    found += appointment.facts()
    made = [fact for fact in found if fact.kind in {"promise", "follow_up"} and fact.speaker == "agent"]
    made_good = kept(made, [fact for fact in found if fact.kind == "action"])
    found = [fact for fact in found if fact not in made_good]
    merged = [by_reason(fact, picture.reason) for fact in _merged(found)]
    result, evidence = outcome(said, found)
    return Findings(tuple(merged[:FACTS_MAX]), result, evidence)


def _merged(found: list[Fact]) -> list[Fact]:
    """One fact for each thing that was told, however often; it keeps what the clearer mention says it was for."""
    by_text: dict[tuple[str, str], list[Fact]] = {}
    for fact in found:
        same = by_text.setdefault((fact.kind, fact.text.casefold()), [])
        place = next((at for at, each in enumerate(same) if _compatible(each, fact)), None)
        if place is None:
            same.append(fact)
            continue
        first = same[place]
        evidence = tuple(dict.fromkeys((*first.evidence, *fact.evidence)))[:_EVIDENCE_MAX]
        same[place] = msgspec.structs.replace(
            first, about=first.about or fact.about, evidence=evidence, times=first.times + fact.times
        )
    facts = [fact for same in by_text.values() for fact in same]
    return sorted(facts, key=lambda fact: fact.said_ms)


def _compatible(one: Fact, other: Fact) -> bool:
    return one.about == other.about or one.about is None or other.about is None
