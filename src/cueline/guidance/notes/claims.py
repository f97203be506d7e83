"""What people say they want, have done and will do, as quotes; and what the call came to. Pure."""

from collections.abc import Sequence
from typing import Final

from cueline.events.guidance import Evidence
from cueline.guidance.notes.dialogue import Line, first_of, opened, phrases
from cueline.guidance.notes.facts import Fact, FactKind, Outcome
from cueline.guidance.notes.pieces import FILLERS, shown
from cueline.guidance.notes.things import fact
from cueline.guidance.phrasing import stem

CLAUSE_PIECES_MAX: Final = 32
_CLAUSE_PIECES_MIN: Final = 3
_TROUBLE_MIN: Final = 5

_WANTS: Final = phrases(
    ("i", "would", "like"), ("i'd", "like"), ("i", "want"), ("i", "wanted"), ("i", "need"), ("i", "wish"),
    ("i", "am", "calling"), ("i'm", "calling"), ("i", "called"), ("i", "was", "calling"), ("i", "lost"),
    ("i", "think", "i", "lost"), ("i", "have", "lost"), ("i've", "lost"), ("i", "was", "wondering"),
    ("i", "was", "hoping"), ("can", "you"), ("could", "you"), ("can", "i"), ("could", "i"),
    ("i", "have", "a", "question"), ("i", "have", "a", "problem"),
    ("i", "am", "having"), ("i'm", "having"), ("i", "am", "trying"), ("i'm", "trying"),
    ("i", "am", "looking"), ("i'm", "looking"), ("there", "is", "a", "problem"), ("my", "card", "was"),
    ("we", "would", "like"), ("we", "need"), ("we", "want"),
)  # fmt: skip
_NOT_WANTS: Final = frozenset(("repeat", "hear", "hold", "help"))

_WILL: Final = phrases(
    ("i", "will"), ("i'll",), ("we", "will"), ("we'll",), ("i", "am", "going", "to"), ("i'm", "going", "to"),
    ("we", "are", "going", "to"), ("we're", "going", "to"), ("i", "can", "have"), ("you", "will"), ("you'll",),
    ("you", "should", "be", "able"), ("you", "should", "get"), ("you", "should", "receive"), ("you", "should", "see"),
    ("it", "will"), ("it'll",), ("they", "will"), ("they'll",), ("it", "should"), ("should", "arrive"),
    ("someone", "will"), ("somebody", "will"), ("a", "colleague", "will"), ("a", "manager", "will"),
    ("a", "manager", "can"), ("will", "be", "sent"), ("will", "be", "credited"), ("will", "be", "refunded"),
    ("will", "arrive"), ("will", "call"), ("will", "get", "back"), ("will", "answer"), ("will", "contact"),
)  # fmt: skip
_EMPTY_PROMISES: Final = frozenset((
    "be", "happy", "glad", "help", "check", "look", "see", "assist", "ask", "just", "need", "have", "try", "do", "pull",
    "hold", "wait", "say", "have", "read", "repeat", "start", "go",
))  # fmt: skip
"""What is over by the end of the call, or was never one: "I will be happy to help", "I'll check that"."""

_LATER: Final = phrases(
    ("call", "back"), ("call", "you", "back"), ("call", "me", "back"), ("get", "back", "to"), ("follow", "up"),
    ("send", "you"), ("email", "you"), ("come", "back"), ("call", "again"), ("i", "will", "call"), ("i'll", "call"),
    ("contact", "you"), ("answer", "you"), ("let", "you", "know"), ("reach", "out"),
)  # fmt: skip
_PERFECT: Final = phrases(
    ("i", "have"), ("i've",), ("we", "have"), ("we've",), ("i", "just"), ("we", "just"),
)  # fmt: skip
_PASSIVE: Final = phrases(
    ("has", "been"), ("have", "been"), ("is", "now"), ("are", "now"), ("has", "just", "been"), ("has", "now", "been"),
    ("is", "all", "set"), ("have", "already", "been"), ("has", "already", "been"), ("is",), ("are",),
)  # fmt: skip
_ADVERBS: Final = frozenset(("just", "already", "now", "also", "successfully", "gone", "ahead", "and", "then"))
_IRREGULAR: Final = frozenset((
    "sent", "made", "put", "set", "done", "given", "taken", "paid", "reset", "cut", "begun", "chosen", "written",
    "bought", "sold", "built", "kept", "left", "got", "gotten", "blocked", "frozen", "withdrawn", "undone", "resent",
))  # fmt: skip
_STATES: Final = frozenset((
    "blocked", "cancelled", "canceled", "closed", "frozen", "reset", "activated", "booked", "confirmed", "scheduled",
    "done", "unlocked", "removed", "approved", "refunded", "updated", "changed", "completed", "resolved", "fixed",
))  # fmt: skip
"""What somebody did, told as how things are now: "your card is blocked"."""
_NO_DEEDS: Final = frozenset((
    "heard", "received", "called", "needed", "wanted", "noticed", "tried", "asked", "used", "looked", "checked",
    "located", "mentioned", "listed", "registered", "declined", "rejected", "asked", "confused", "interested",
    "concerned", "pleased", "delayed", "stolen",
))  # fmt: skip
"""Participles that tell of no deed that the notes are about."""

_ESCALATED: Final = phrases(
    ("connect", "you"), ("transfer", "you"), ("put", "you", "through"), ("transferring", "you"), ("connecting", "you"),
    ("escalate",), ("escalated",), ("escalating",), ("pass", "you"), ("hand", "you", "over"), ("passed", "you"),
)  # fmt: skip
_REFUSED: Final = phrases(
    ("we", "cannot"), ("we", "can't"), ("i", "cannot"), ("i", "can't"), ("unable", "to"), ("not", "possible"),
    ("not", "able", "to"), ("isn't", "possible"), ("we", "don't", "offer"), ("we", "do", "not", "offer"),
    ("not", "eligible"), ("has", "been", "declined"), ("was", "declined"), ("we", "can", "not"), ("i", "can", "not"),
    ("not", "allowed"),
)  # fmt: skip
_MORE: Final = phrases(("anything", "else"), ("something", "else"), ("any", "other", "questions"), ("anything", "more"))
_ENOUGH: Final = phrases(
    ("that", "is", "all"), ("that's", "all"), ("that", "was", "all"), ("that", "will", "be", "all"),
    ("that'll", "be", "all"), ("that", "is", "it"), ("that's", "it"), ("that", "was", "it"), ("that'll", "be", "it"),
    ("that", "will", "be", "it"), ("that", "was", "gonna", "be", "it"), ("all", "i", "need"), ("all", "i", "needed"),
    ("nothing", "else"), ("all", "set"), ("that", "would", "be", "all"),
)  # fmt: skip


def is_courtesy(line: Line) -> bool:
    """Whether a sentence only opens or closes the call: what it names ("today") is nothing that was agreed."""
    return bool({"thank", "thanks", "help"} & set(line.words)) or first_of(line.words, _ENOUGH) is not None


def requests(line: Line) -> list[Fact]:
    """What the customer wants, in their words."""
    if line.speaker != "customer":
        return []
    found = first_of(line.words, _WANTS)
    if found is None or first_of(line.words, _ENOUGH) is not None:
        return []
    if _NOT_WANTS & set(line.words[found[1] : found[1] + 2]) and len(line.words) - found[1] <= _CLAUSE_PIECES_MIN:
        return []
    return _clause(line, "request", found[0], needs=found[1] - found[0] + 1)


def trouble(line: Line) -> list[Fact]:
    """What the customer begins with, where it is no greeting and no wish: "my phone has been dead since monday"."""
    start = opened(line.words)
    told = len(line.words) - start >= _TROUBLE_MIN and not line.sentence.question
    if line.speaker != "customer" or not told or "MASK" in line.words or is_courtesy(line):
        return []
    return _clause(line, "request", start, needs=_TROUBLE_MIN)


def promises(line: Line) -> list[Fact]:
    """What the agent says will come, in their words."""
    if line.speaker != "agent" or line.sentence.question:
        return []
    found = first_of(line.words, _WILL)
    if found is None or first_of(line.words, _ESCALATED) is not None:
        return []
    start, after = found
    after = _past(line.words, after)
    bound_in_time = any(piece.kind in {"length", "day", "time"} for piece in line.sentence.pieces[start:])
    if line.words[after : after + 1] and line.words[after] in _EMPTY_PROMISES and not bound_in_time:
        return []
    if line.words[start] in {"will", "should"}:
        start = _subject(line, start)
    return _clause(line, "promise", start, needs=_CLAUSE_PIECES_MIN)


def kept(made: Sequence[Fact], deeds: Sequence[Fact]) -> set[Fact]:
    """Promises that something that was done later in the call has made good: "I'll block it", "it is blocked"."""
    last_done: dict[str, int] = {}
    for deed in deeds:
        for word in deed.text.lower().split():
            last_done[stem(word)] = max(deed.said_ms, last_done.get(stem(word), -1))
    return {promise for promise in made if last_done.get(_verb(promise), -1) > promise.said_ms}


def _verb(promise: Fact) -> str:
    """What is promised, as a stem; empty where nobody can tell."""
    words = promise.text.lower().split()
    at = next((place + 1 for place, word in enumerate(words) if word == "will" or word.endswith("'ll")), len(words))
    at = _past(words, at)
    return stem(words[at]) if at < len(words) and words[at] != "be" else ""


def _past(words: Sequence[str], at: int) -> int:
    while at < len(words) and words[at] in _ADVERBS:
        at += 1
    return at


def follow_ups(line: Line) -> list[Fact]:
    """What either of them is to do after the call."""
    if line.sentence.question and not line.agreed:
        return []
    found = first_of(line.words, _LATER)
    if found is None or not (line.speaker == "customer" or _ahead(line.words)):
        return []
    if line.speaker == "customer" and not {"i", "i'll", "we"} & set(line.words[: found[0] + 1]):
        return []
    if line.speaker == "customer" and not {"will", "i'll", "we'll"} & set(line.words):
        return []
    return _clause(line, "follow_up", _main(line, found[0]), needs=_CLAUSE_PIECES_MIN)


def _ahead(words: Sequence[str]) -> bool:
    return bool({"will", "i'll", "we'll", "can", "going", "they'll", "he'll", "she'll", "shall", "please"} & set(words))


def _main(line: Line, before: int) -> int:
    """Where the clause around a place begins: at the subject of the verb that helps it, "will" or "can"."""
    for at in range(before, -1, -1):
        word = line.words[at]
        if word.endswith("'ll") or word == "please":
            return at
        if word in {"will", "can", "shall"}:
            return at - 1 if at and line.words[at - 1] in {"i", "we"} else _subject(line, at)
    return opened(line.words)


def actions(line: Line) -> list[Fact]:
    """What the agent says is done."""
    if line.speaker != "agent" or line.sentence.question:
        return []
    words = line.words
    perfect = first_of(words, _PERFECT)
    if perfect is not None:
        deed = _past(words, perfect[1])
        if deed < len(words) and _is_deed(words[deed]):
            return _clause(line, "action", deed, needs=2)
    passive = first_of(words, _PASSIVE)
    if passive is None:
        return []
    deed = _past(words, passive[1])
    verb, done = words[passive[0] : passive[1]], words[deed : deed + 1]
    known = _STATES if verb in {("is",), ("are",)} else None
    if verb != ("is", "all", "set") and not (done and (done[0] in known if known else _is_deed(done[0]))):
        return []
    return _clause(line, "action", _subject(line, passive[0]), needs=_CLAUSE_PIECES_MIN)


def _is_deed(word: str) -> bool:
    return (word in _IRREGULAR or (word.endswith("ed") and len(word) > 4)) and word not in _NO_DEEDS


_BEFORE_SUBJECT: Final = FILLERS | {"i", "have", "i've", "we", "we've", "that", "because", "see", "if", "you", "know"}


def _subject(line: Line, verb: int) -> int:
    """Where the subject of a verb begins: at its article, else behind the last word that can stand in none."""
    at = verb
    while at and line.words[at - 1] not in _BEFORE_SUBJECT:
        at -= 1
        if line.words[at] in _SUBJECT_HEADS:
            return at
    return at


_SUBJECT_HEADS: Final = frozenset((
    "a", "an", "the", "your", "our", "this", "someone", "somebody", "everything", "it", "they", "all", "you", "he",
    "she",
))  # fmt: skip


_ENDS: Final = phrases(
    ("thank", "you"), ("thanks",), ("bye",), ("goodbye",),
    *((link, who) for link in ("and", "so", "but") for who in (
        "i", "i'll", "i'm", "i've", "you", "you'll", "you're", "it", "it's", "it'll", "we", "we'll", "we've", "they",
        "they'll", "nobody", "that",
    )),
)  # fmt: skip
_TAIL: Final = frozenset(
    ("okay", "ok", "um", "uh", "uhm", "er", "please", "and", "so", "but", "right", "yes", "alright")
)


def _clause(line: Line, kind: FactKind, start: int, *, needs: int) -> list[Fact]:
    """The rest of a sentence as a fact; none where it says next to nothing."""
    last = min(len(line.words), start + CLAUSE_PIECES_MAX)
    end = first_of(line.words[start + 1 : last], _ENDS)
    if end is not None:
        last = start + 1 + end[0]
    while last > start and line.words[last - 1] in _TAIL:
        last -= 1
    if last - start < needs:
        return []
    text = shown(line.sentence, start, last - 1)
    return [fact(kind, text, line, start, last - 1)]


def outcome(lines: Sequence[Line], facts: Sequence[Fact]) -> tuple[Outcome, Evidence | None]:
    """What the call came to, by what was said last of it: handed on, refused, promised, done.

    Done too where the customer wants nothing more when asked, and nobody promised or refused anything.
    """
    last: tuple[Outcome, Evidence | None, int] = ("unclear", None, -1)
    for line in lines:
        state = _state(line)
        if state is not None:
            last = (state, line.sentence.evidence(), line.sentence.heard.ended_ms)
    for each in facts:
        if each.kind in {"action", "hours", "appointment"} and each.speaker == "agent" and each.said_ms >= last[2]:
            last = ("done", each.evidence[-1], each.said_ms)
    # After something was done, only what somebody has yet to do keeps the call open, not what will come by itself.
    open_kinds = {"follow_up"} if last[0] == "done" else {"promise", "follow_up"}
    later = [each for each in facts if each.kind in open_kinds and each.speaker == "agent" and each.said_ms >= last[2]]
    if last[0] != "escalated" and later:
        return "pending", later[-1].evidence[-1]
    if last[0] in {"escalated", "done"}:
        return last[0], last[1]
    if last[0] == "refused":
        return last[0], last[1]
    content = _content(lines)
    return ("done", content) if content else ("unclear", None)


def _state(line: Line) -> Outcome | None:
    if line.speaker != "agent":
        return None
    if first_of(line.words, _ESCALATED) is not None and not (line.sentence.question and not line.agreed):
        return "escalated"
    if not line.sentence.question and first_of(line.words, _REFUSED) is not None:
        return "refused"
    return None


def _content(lines: Sequence[Line]) -> Evidence | None:
    """Where the customer says that nothing else is wanted, after being asked."""
    asked = False
    for line in lines:
        if line.speaker == "agent":
            asked = asked or first_of(line.words, _MORE) is not None
        elif asked and (first_of(line.words, _ENOUGH) is not None or line.words[:1] == ("no",)):
            return line.sentence.evidence()
    return None
