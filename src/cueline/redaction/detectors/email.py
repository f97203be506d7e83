"""E-mail addresses, written or said: "m as in mary a r k at hotmail dot com". Pure."""

import re
from typing import Final

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors.answers import (
    BARE_ANSWER,
    asked_for,
    chatter,
    content,
    finding,
    framed,
    groups,
    in_runs,
    lone_letter,
    telling,
)
from cueline.redaction.lexer import NUMERIC
from cueline.redaction.locales.locale import Kind, words_of
from cueline.redaction.reading import Reading

TYPE: Final = "EMAIL"
MAX_LOCAL_WORDS: Final = 4
MAX_DOMAIN: Final = 9
_MANNERS: Final = words_of("all one word lowercase lower case caps capital together letters small ")
_PROVIDERS: Final = words_of(
    "gmail yahoo hotmail outlook icloud aol comcast verizon msn protonmail bellsouth proton sbcglobal "
    "googlemail ymail zoho fastmail earthlink gmx "
)


def find(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """Written addresses, spoken ones with their "at" or "dot com", and the answer to a question for one."""
    tokens = reading.tokens
    texts = reading.said
    dotted = "." in "".join(texts)
    found = _written(reading) if dotted else []
    covered: set[int] = set()
    for at in [] if texts.isdisjoint(reading.locale.spoken_at) else range(len(tokens)):
        if tokens[at].text in reading.locale.spoken_at and at not in covered:
            end = _domain_end(reading, at)
            if end:
                start = _local_start(reading, at)
                covered.update(range(start, end + 1))
                found.append(finding(tokens, start, end, TYPE))
    if not covered and (dotted or not texts.isdisjoint(_ENDS)):
        found += _loose_domain(reading)
    found += _announced(reading, covered)
    if asked_for(TYPE, reading, channel, context) and not chatter(reading):
        places = [place for place in content(reading, framed(reading)) if place not in covered]
        spoken = _spoken_marks(reading)
        if places and (len(places) <= 8 or spoken):
            bare = len(places) <= BARE_ANSWER and len(tokens) <= BARE_ANSWER + 2
            for group in groups(sorted(places + spoken), 2):
                told = [place for place in group if place in places]
                if told and (bare or len(told) < len(group) or telling(reading, told)):
                    found.append(finding(tokens, group[0], group[-1], TYPE))
        elif not places and lone_letter(reading):
            found.append(finding(tokens, len(tokens) - 1, len(tokens) - 1, TYPE))
        elif spoken and not covered and len(tokens) <= 6:
            found.append(finding(tokens, spoken[0], spoken[-1], TYPE))
    return found


def _written(reading: Reading) -> list[Finding]:
    found = []
    for token in reading.tokens:
        local, _, domain = token.text.partition("@")
        if local and "." in domain.strip("."):
            found.append(Finding(first=token.word, last=token.word, type="EMAIL"))
    return found


def _spoken_marks(reading: Reading) -> list[int]:
    locale = reading.locale
    return [
        at
        for at, token in enumerate(reading.tokens)
        if token.text in locale.spoken_dot or token.text in locale.spoken_dash or token.text in locale.spoken_at
    ]


def _domain_end(reading: Reading, at: int) -> int:
    """Last token of the domain that follows "at"; 0 where none does."""
    tokens = reading.tokens
    locale = reading.locale
    end = 0
    limit = min(len(tokens), at + 1 + MAX_DOMAIN)
    if at + 1 < limit and tokens[at + 1].text in _PROVIDERS:
        end = at + 1
    place = at + 1
    while place + 1 < limit:
        if tokens[place].text in locale.spoken_dot and place > at + 1:
            if tokens[place + 1].text in locale.domains or (end and len(tokens[place + 1].text) <= 4):
                end = place + 1
            elif tokens[place + 1].kind is Kind.WORD and tokens[place + 1].text in locale.stop:
                break
        elif (
            tokens[place].text in locale.stop
            and tokens[place].text not in locale.domains
            and tokens[place + 1].text not in locale.spoken_dot
        ):
            break
        place += 1
    return end


def begun(reading: Reading) -> set[int]:
    """ "marcel dash zielinski at live ...": what may become an address, its domain not being whole."""
    tokens = reading.tokens
    locale = reading.locale
    for at in range(max(1, len(tokens) - BEGUN), len(tokens)):
        if tokens[at].text not in locale.spoken_at:
            continue
        rest = tokens[at + 1 :]
        if rest and rest[0].text in locale.stop and rest[0].text not in locale.domains:
            continue
        start = _local_start(reading, at)
        if (len(rest) < 2 or rest[1].text in locale.spoken_dot) and start < at and telling(reading, range(start, at)):
            return set(range(start, len(tokens)))
    return set()


BEGUN: Final = 5
"""Tokens from an "at" on that may be a domain's beginning."""


def _local_start(reading: Reading, at: int) -> int:
    """First token of what stands before "at"."""
    tokens = reading.tokens
    locale = reading.locale
    starts = {stretch.span[1]: stretch.span[0] for stretch in reading.scan.stretches}
    inside = in_runs(reading)
    start = at
    words = 0
    place = at - 1
    while place >= 0:
        token = tokens[place]
        if place in starts and not (
            tokens[place].text == "one" and place + 1 < at and tokens[place + 1].text == "word"
        ):
            start = place = starts[place]
        elif (
            place in inside
            or token.kind in NUMERIC
            or token.kind is Kind.LETTER
            or token.kind is Kind.PHONETIC
            or (token.text == "o" and place + 1 == start)
        ):
            start = place
        elif (
            token.text in locale.spoken_dot
            or token.text in locale.spoken_dash
            or token.text in _MANNERS
            or (token.kind in {Kind.FILLER, Kind.SOUNDALIKE, Kind.ZERO} and place > 0 and start - place <= 2)
        ):
            pass
        elif token.text == "o":
            start = place
        elif token.kind in {Kind.WORD, Kind.MONTH} and token.text and words < MAX_LOCAL_WORDS and (
            token.text not in locale.stop or (place > 0 and tokens[place - 1].text in locale.spoken_dot)
        ):  # fmt: skip
            words += 1
            start = place
        else:
            break
        place -= 1
    return start


def _loose_domain(reading: Reading) -> list[Finding]:
    """An address' end without its beginning: "gmail dot com", "at charter.net"; the name of a website it is not."""
    tokens = reading.tokens
    locale = reading.locale
    found = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place else ""
        written = _DOMAIN.fullmatch(token.text) is not None or (
            token.text in _ENDS and place >= 2 and before in locale.spoken_dot
        )
        if not written:
            continue
        first = place if _DOMAIN.fullmatch(token.text) else place - 2
        while first >= 2 and tokens[first - 1].text in locale.spoken_dot:
            first -= 2
        near = {each.text for each in tokens[max(0, first - 6) : first]}
        if not near.isdisjoint(_WEB) or tokens[first].text in _WEB:
            continue
        start = first
        if start and tokens[start - 1].text in locale.spoken_at:
            start = _local_start(reading, start - 1)
        elif tokens[first].text not in _PROVIDERS and len(tokens) > MAX_DOMAIN:
            continue
        found.append(finding(tokens, start, place, TYPE))
    return found[:2]


_DOMAIN: Final = re.compile(
    r"[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.(?:com|net|org|edu|gov|io|info|biz|co|us|uk|ie|au|ca|de|es|fr|in|nz|eu|me|tv)"
)
_ENDS: Final = words_of("com net org edu gov ie uk au")
_WEB: Final = words_of("website site page www visit online web browser url link go log amazon store app")


def _announced(reading: Reading, covered: set[int]) -> list[Finding]:
    """ "my e-mail is john dot smith ..." where the rest is still to come."""
    tokens = reading.tokens
    for hit in reading.hits:
        if hit.topic != TYPE or not hit.strong or hit.last + 1 >= len(tokens) or covered:
            continue
        after = hit.last + 1
        while after < len(tokens) and (
            tokens[after].text in reading.locale.copulas or tokens[after].kind is Kind.FILLER
        ):
            after += 1
        short = tokens[hit.last].text.endswith("'s")
        if not short and not any(
            token.text in {"is", "it's", "es", "ist", "its"} for token in tokens[hit.last + 1 : after]
        ):
            continue
        places = content(reading, after)
        marks = _spoken_marks(reading)
        if places and places[0] == after:
            group = groups(sorted({*places, *(mark for mark in marks if mark >= after)}), 1)[0]
            return [finding(tokens, group[0], group[-1], TYPE)]
    return []
