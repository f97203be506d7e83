"""Passwords, passphrases and the answers to security questions. Pure."""

import re
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import asked_for, chatter, content, finding, framed, groups
from cueline.redaction.locales.locale import Kind
from cueline.redaction.reading import Reading

TYPE: Final = "PASSWORD"
MAX_ANSWER: Final = 8


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """What follows "the password is", and the answer to a question for one."""
    if asked_for(TYPE, reading, channel, context) and not chatter(reading):
        places = content(reading, framed(reading))
        if places and reading.tokens[places[0] - 1].text in {"capital", "uppercase"} and places[0]:
            places.insert(0, places[0] - 1)
        if 0 < len(places) <= MAX_ANSWER + 10:
            return [finding(reading.tokens, group[0], group[-1], TYPE) for group in groups(places, 2)]
    found = _announced(reading) + _told_after(reading) + _written(reading)
    return found or (_tried(reading) if context.second.talked_of(_SECRETS) else [])


def _tried(reading: Reading) -> list[Finding]:
    """ "try harbor seven", "it worked with harbor harbor": where a password was talked of, and nothing follows."""
    tokens = reading.tokens
    if _TRYING.isdisjoint(reading.said):
        return []
    for at, token in enumerate(tokens[:-2]):
        first = all(each.kind is Kind.FILLER for each in tokens[:at])
        verb = tokens[at - 1].text if at else ""
        if not (token.text == "try" and first) and not (token.text == "with" and verb in _OPENED):
            continue
        places = secret_from(reading, at + 1)
        plain = all(tokens[place].text not in reading.locale.function_words for place in places)
        if len(places) >= 2 and plain and token.text not in _ABOUT:
            return [finding(tokens, places[0], places[-1], TYPE)]
    return []


_TRYING: Final = frozenset({"try", "with"})
_OPENED: Final = frozenset({"worked", "works", "opens", "opened", "logs", "logged", "in", "starts"})


def _written(reading: Reading) -> list[Finding]:
    """ "Pepper9780": a word and digits in one are hardly anything else."""
    found: list[Finding] = []
    if not reading.scan.stretches:  # what has a digit in it is a number, or its part
        return found
    for token in reading.tokens:
        parts = _JOINED.fullmatch(token.text)
        if parts and parts[1] not in reading.locale.harmless and parts[1] not in _PRODUCTS:
            found.append(Finding(first=token.word, last=token.word, type="PASSWORD"))
    return found


_JOINED: Final = re.compile(r"([a-z]{4,})\d{2,}\W{0,2}")
_PRODUCTS: Final = frozenset({"covid", "windows", "office", "iphone", "formula", "channel", "route", "mate", "note"})


def _announced(reading: Reading) -> list[Finding]:
    tokens = reading.tokens
    for first, last in _mentions(reading):
        place = last + 1
        while place < len(tokens) and place - last < 6 and tokens[place].text in {
            "used", "should", "with", "was", "is", "it's", "would", "be", "set", "to", "that's", "es", "ist", "lautet",
            "now", "currently", "just", "still",
            "uh", "um", "i", "use", "have", "on", "file", "for", "the", "account", "my", "phrase", "word",
        }:  # fmt: skip
            place += 1
        before = [token.text for token in tokens[max(0, first - 3) : first]]
        links = [token.text for token in tokens[last + 1 : place]] + (["with"] if "with" in before else [])
        told = (
            tokens[last].text.endswith("'s")
            or tokens[last].ends
            or reading.words[tokens[last].word].text.endswith(":")
            or _bare(reading, first, place)
        )
        if place == len(tokens) or (
            not told
            and not any(
                link
                in {"is", "was", "it's", "be", "es", "ist", "lautet", "to", "used", "with", "password", "passphrase"}
                for link in links
            )
        ):
            continue
        places = secret_from(reading, place)
        if places:
            return [finding(tokens, places[0], places[-1], TYPE)]
    return []


def _mentions(reading: Reading) -> list[tuple[int, int]]:
    """First and last token of what names a password: cues that speak for one, and the word before "is"."""
    tokens = reading.tokens
    found = [(hit.first, hit.last) for hit in reading.hits if hit.topic == TYPE and hit.strong]
    if _NAMING.isdisjoint(reading.said):
        return found
    for at, token in enumerate(tokens[:-1]):
        if token.text in _SECRETS_ARE or (token.text in _SECRETS and tokens[at + 1].text in {"is", "was"}):
            found.append((at, at))
    return found


_SECRETS: Final = frozenset({"password", "passwords", "passphrase", "passcode", "codeword", "watchword", "keyword"})
_SECRETS_ARE: Final = frozenset(f"{word}'s" for word in _SECRETS)
_NAMING: Final = _SECRETS | _SECRETS_ARE


def _told_after(reading: Reading) -> list[Finding]:
    """ "harvest thunder as the password", "blue tiger is my passphrase"."""
    tokens = reading.tokens
    for hit in reading.hits:
        if hit.topic != TYPE or not hit.strong or hit.first < 3 or tokens[hit.first - 1].text not in _OWN:
            continue
        end = hit.first - 2
        if tokens[end].text not in _EQUATING:
            continue
        start = end
        while start and end - start < MAX_ANSWER and tokens[start - 1].text not in reading.locale.stop:
            start -= 1
        if end - start >= (1 if tokens[end].text == "as" else 2):
            return [finding(tokens, start, end - 1, TYPE)]
    return []


_OWN: Final = frozenset({"the", "my", "our", "a", "his", "her", "their"})
_EQUATING: Final = frozenset({"as", "is", "was"})


def _bare(reading: Reading, first: int, place: int) -> bool:
    """ "password blue tiger", "the temporary password blue tiger": nothing but the word stands before it."""
    tokens = reading.tokens
    alone = first == 0 or tokens[first - 1].text in _WHICH
    return alone and place < len(tokens) and tokens[place].text not in _ABOUT


_WHICH: Final = frozenset({"temporary", "temp", "verbal"})
_ABOUT: Final = frozenset(
    {"reset", "resets", "manager", "page", "link", "field", "screen", "help", "problem", "issue", "box"}
)
"""What a password has or needs, and what it is not."""


def secret_from(reading: Reading, place: int) -> list[int]:
    """Tokens of a password that begins at ``place``: words up to one that passwords hardly have."""
    tokens = reading.tokens
    if tokens[place].text in _STATES and not _said_on(reading, place):
        return []
    end = place
    while end < len(tokens) and end - place < MAX_ANSWER:
        token = tokens[end]
        stops = token.text in reading.locale.stop and token.text not in _MANNERS
        if token.kind is Kind.WORD and stops and not (end == place and token.text in _STATES):
            break
        end += 1
        if token.ends:
            break
    while end > place and tokens[end - 1].kind in {Kind.FILLER, Kind.LINK}:
        end -= 1
    return list(range(place, end))


def _said_on(reading: Reading, place: int) -> bool:
    """Whether a word that may be told of a password is its first: "correct kettle armchair"."""
    tokens = reading.tokens
    if tokens[place].text in _NEVER_FIRST or tokens[place].ends or place + 1 == len(tokens):
        return False
    return tokens[place + 1].text not in reading.locale.function_words | reading.locale.stop


_NEVER_FIRST: Final = frozenset({"not", "being", "been", "too", "case"})
_MANNERS: Final = frozenset({"capital", "uppercase", "lowercase", "underscore", "dash"})
_STATES: Final = frozenset(
    {
        "not",
        "wrong",
        "incorrect",
        "expired",
        "correct",
        "required",
        "case",
        "being",
        "too",
        "invalid",
        "locked",
        "blocked",
        "been",
        "working",
        "active",
        "accepted",
        "reset",
        "changed",
        "updated",
        "saved",
        "unlocked",
    }
)
"""What is said of a password instead of it."""
