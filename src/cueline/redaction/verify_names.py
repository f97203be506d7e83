"""Names and passwords in stored text, by what leads up to them. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from cueline.events.redacted import EntityType
from cueline.redaction.verify_numbers import Said
from cueline.redaction.verify_patterns import Found
from cueline.redaction.verify_reading import Token
from cueline.redaction.verify_words import BACK_CHANNELS, LEAD_IN, NO_NAME, TITLES, words

_LEADS: Final = (
    ("my", "name", "is"), ("my", "name's"), ("the", "name", "is"), ("name", "is"), ("name's",),
    ("under", "the", "name"),
    ("account", "is", "under"), ("account's", "under"), ("account", "holder", "is"), ("account", "holder", "as"),
    ("me", "llamo"), ("mi", "nombre", "es"), ("ich", "heiße"), ("mein", "name", "ist"), ("maiden", "name", "is"),
    ("in", "the", "name", "of"),
)  # fmt: skip
_INTRODUCED: Final = (
    ("this", "is"),
    ("i'm",),
    ("i", "am"),
    ("you're", "speaking", "with"),
    ("you're", "talking", "to"),
)
_OPENING_TURNS: Final = 6
"""Turns at a call's begin in which somebody says who he is."""

_GREETING_WORDS: Final = 4
"""... and words before that in the turn: "good morning to you"."""

_ASKS_NAME: Final = frozenset({"name", "holder"})
_SECRET_LEADS: Final = (("password", "is"), ("password's",), ("passphrase", "is"), ("passphrase's",))
_NAME_WORDS: Final = 3
_NOTED: Final = (("no", "worries"), ("no", "problem"), ("thanks",), ("thank", "you"))
_TALK: Final = (
    NO_NAME
    | BACK_CHANNELS
    | words(
        "everyone everybody all folks guys sir madam ma'am much anyway appreciate patience waiting holding help "
        "address number code password passcode email date phone line file order bill take look while minute second "
        "there sounds as through until by expires valid here there's what's born called mailing home billing shipping "
        "ip social dob ssn iban aba ein mrn exactly absolutely definitely day evening afternoon morning night weekend "
        "bye goodbye dear friend temporary used"
    )
)
_SEVERAL_WORDS: Final = frozenset({"PERSON", "EMAIL", "ADDRESS", "PASSWORD", "DOB", "CARD_EXPIRY"})


def names(said: Said, call: Sequence[Said]) -> Iterator[Found]:
    """Names of the customer, and passwords; agents may say who they are."""
    yield from _led_in(said)
    yield from _titled(said)
    yield from _answered(said, call)
    yield from _left_over(said)
    yield from _thanked(said)


def _led_in(said: Said) -> Iterator[Found]:
    own = said.turn.channel == "customer"
    norms = [token.norm for token in said.tokens]
    for at in range(len(norms)):
        for lead in (*_LEADS, *(_INTRODUCED if own else ())):
            if tuple(norms[at : at + len(lead)]) != lead:
                continue
            if not own and at + len(lead) < 12 and said.index < 2:
                continue  # the agent's greeting
            if lead in _INTRODUCED and (said.index >= _OPENING_TURNS or at > _GREETING_WORDS):
                continue  # "this is ridiculous": people say who they are when a call begins
            first, last = _name(said.tokens, at + len(lead))
            # "I'm calling about": only a name that is all there is, or written as one.
            certain = lead not in _INTRODUCED or last == len(norms) or _written(said, first, last)
            if first < last and certain and (own or lead[0] != "my"):
                yield said.tokens[first].start, said.tokens[last - 1].end, "PERSON", "name_led_in"
        for lead in _SECRET_LEADS:
            if tuple(norms[at : at + len(lead)]) == lead:
                first, last = _name(said.tokens, at + len(lead), any_kind=True)
                if first < last:
                    yield said.tokens[first].start, said.tokens[last - 1].end, "PASSWORD", "password_led_in"


def _written(said: Said, first: int, last: int) -> bool:
    """Whether the words begin with capitals, in a text that has small first letters elsewhere."""
    return first < last and all(said.turn.text[token.start].isupper() for token in said.tokens[first:last])


def _name(said: Sequence[Token], first: int, *, any_kind: bool = False) -> tuple[int, int]:
    last = first
    while last < len(said) and last - first < _NAME_WORDS:
        token = said[last]
        if token.kind == "mask" or token.norm in NO_NAME or (token.kind != "word" and not any_kind):
            break
        last += 1
    return first, last


def _titled(said: Said) -> Iterator[Found]:
    for at, token in enumerate(said.tokens):
        if token.norm in TITLES:
            first, last = _name(said.tokens, at + 1)
            if first < last:
                last = min(last, first + 2)
                yield said.tokens[first].start, said.tokens[last - 1].end, "PERSON", "name_titled"


def _answered(said: Said, call: Sequence[Said]) -> Iterator[Found]:
    """A short answer to a question for a name or a password, with nothing else in it."""
    question = _question(said, call)
    if question is None:
        return
    norms = [token.norm for token in question.tokens]
    secret = _is_secret(norms)
    if said.turn.channel == "agent" or (not secret and not _ASKS_NAME & set(norms[-8:])):
        return
    first = 0
    while first < len(said.tokens) and said.tokens[first].norm in LEAD_IN | {"name", "under", "for"}:
        first += 1
    if first and {"in", "read", "me", "my"} & {token.norm for token in said.tokens[:first]}:
        return
    if first and said.tokens[0].norm == "is":
        return  # a question of his own
    rest = [token for token in said.tokens[first:] if token.norm not in BACK_CHANNELS]
    whole = [token for token in rest if token.kind == "mask" or token.norm in NO_NAME]
    if rest and not whole and len(rest) <= (8 if secret else _NAME_WORDS):
        kinds = {token.kind for token in rest}
        if secret or kinds == {"word"}:
            yield rest[0].start, rest[-1].end, "PASSWORD" if secret else "PERSON", "answer"


def _question(said: Said, call: Sequence[Said]) -> Said | None:
    """The last turn of the other side, where it is more than a nod."""
    for each in reversed(call[max(0, said.index - 3) : said.index]):
        if each.turn.channel != said.turn.channel:
            if all(token.norm in BACK_CHANNELS for token in each.tokens):
                continue
            return each
    return None


def _is_secret(norms: Sequence[str]) -> bool:
    """Whether a question asks for a word that only the customer knows."""
    told = " ".join(norms)
    return any(asked in told for asked in ("password", "passphrase", "security word", "verbal passcode", "secret word"))


def _left_over(said: Said) -> Iterator[Found]:
    """What is left beside the mask of something that has several words, in a turn that says nothing else."""
    rest = [at for at, token in enumerate(said.tokens) if token.kind != "mask" and not _common(token.norm)]
    if not 0 < len(rest) <= _NAME_WORDS:
        return
    for at in rest:
        token = said.tokens[at]
        before = said.tokens[at - 1].mask if at else None
        after = said.tokens[at + 1].mask if at + 1 < len(said.tokens) else None
        kind = before or after
        if kind not in _SEVERAL_WORDS:
            continue
        dated = kind in {"DOB", "CARD_EXPIRY"}
        between = before is not None and (after is not None or at + 1 == len(said.tokens))
        if token.kind in {"calendar", "ordinal"} if dated else between or token.kind == "letter":
            yield token.start, token.end, cast("EntityType", kind), "left_over"


def _common(norm: str) -> bool:
    return norm in _TALK or norm in LEAD_IN or norm in TITLES or norm.endswith(("'s", "'re", "'ll", "'m"))


def _thanked(said: Said) -> Iterator[Found]:
    """ "No worries ahmed": a name at the very end of what an agent says when he has noted something."""
    norms = [token.norm for token in said.tokens]
    if said.turn.channel != "agent" or not 2 <= len(norms) <= 4:
        return
    first = next((len(lead) for lead in _NOTED if tuple(norms[: len(lead)]) == lead), 0)
    rest = said.tokens[first:]
    if first and 0 < len(rest) <= 2 and all(each.kind == "word" and not _common(each.norm) for each in rest):
        yield rest[0].start, rest[-1].end, "PERSON", "name_thanked"
