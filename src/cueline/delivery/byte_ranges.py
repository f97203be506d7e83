"""Which bytes of a representation a request wants, as RFC 9110 has it (sections 12.5.1, 13.1 and 14). Pure.

One range is served. Several at once are answered with the whole, which section 14.2 leaves to the server.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

_ONE_RANGE: Final = re.compile(r"bytes=[ \t]*(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))[ \t]*")
_ENTITY_TAG: Final = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_WEIGHT: Final = re.compile(r"[ \t]*q=([01](?:\.[0-9]{0,3})?)[ \t]*", re.IGNORECASE)
_ACCEPTED_MAX: Final = 50


class Part(msgspec.Struct, frozen=True):
    """Half-open: bytes ``start`` to ``end`` of a representation. whole: nobody asked for less."""

    start: int
    end: int
    whole: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def wanted_part(length: int, *, range_: str | None, if_range: str | None, etag: str) -> Part | None:
    """The part of ``length`` bytes to send; None where the range lies outside (416).

    range_, if_range: the request's headers. A range that cannot be read, of another unit, of several parts, or meant
    for another version than ``etag`` (strong) counts as none.
    """
    whole = Part(0, length, whole=True)
    if range_ is None or (if_range is not None and if_range.strip() != etag):
        return whole
    found = _ONE_RANGE.fullmatch(range_.strip())
    if found is None:
        return whole
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, length - int(suffix)), length
        return Part(start, end, whole=False) if int(suffix) and length else None
    start, end = int(first), length if last is None else min(int(last) + 1, length)
    if last is not None and int(last) < start:
        return whole
    return Part(start, end, whole=False) if start < length else None


def names_etag(header: str | None, etag: str) -> bool:
    """Whether an ``If-None-Match`` or ``If-Match`` names this version; tags are compared weakly, ``*`` names any."""
    if header is None:
        return False
    return header.strip() == "*" or any(found[1] == etag for found in _ENTITY_TAG.findall(header))


def preferred(accept: str | None, offered: Sequence[tuple[str, Sequence[str]]]) -> str | None:
    """Which of ``offered`` (a name and its media types, the usual one first) an ``Accept`` header wants most.

    None where none will do. Without a header, or with one that weighs all alike, it is the first.
    """
    if accept is None or not accept.strip():
        return offered[0][0]
    weights: dict[str, float] = {}
    for entry in accept.split(",")[:_ACCEPTED_MAX]:
        kind, *parameters = entry.split(";")
        found = [weight for weight in map(_WEIGHT.fullmatch, parameters) if weight]
        weights[kind.strip().lower()] = min(float(found[0][1]), 1.0) if found else 1.0
    best, best_weight = None, 0.0
    for name, kinds in offered:
        # The most exact entry that fits a media type decides about it.
        weight = max(weights.get(kind, weights.get("audio/*", weights.get("*/*", 0.0))) for kind in kinds)
        if weight > best_weight:
            best, best_weight = name, weight
    return best
