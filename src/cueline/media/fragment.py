"""Gathers one fragment: what its tags say, which side of the first Cluster they stood on, and whose it claims to be."""

import re

from cueline.media import matroska as mkv
from cueline.media.errors import MediaError
from cueline.media.events import ClosedBy, FragmentCompleted, FragmentStarted, StreamErrorTag

MAX_NUMBER_DIGITS = 128
_SECONDS = re.compile(r"([0-9]{1,13})(?:\.([0-9]{0,18}))?")
_MILLISECONDS = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,%d}" % MAX_NUMBER_DIGITS)


def number_value(text: str) -> int | None:
    """A fragment number as the integer by which numbers compare; ``None`` where it is no decimal of 1-128 digits."""
    return int(text) if _DECIMAL.fullmatch(text) else None


def epoch_ms(text: str) -> int | None:
    """Decimal seconds, as the timestamp tags hold them, in whole milliseconds (half up); ``None`` when malformed.

    >>> epoch_ms("1568934432.1236"), epoch_ms("soon")
    (1568934432124, None)
    """
    match = _SECONDS.fullmatch(text.strip())
    if match is None:
        return None
    fraction = (match[2] or "").ljust(4, "0")
    return int(match[1]) * 1000 + int(fraction[:3]) + (fraction[3] >= "5")


class FragmentBuilder:
    """One fragment in the making. Holds its tags; the audio stays with the demuxer until the fragment is complete."""

    __slots__ = (
        "cluster_ms",
        "cluster_seen",
        "leading_contact_ids",
        "number",
        "offset",
        "started",
        "tag_bytes",
        "tags",
        "trailing_contact_ids",
    )

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.number: str | None = None
        self.started = False
        self.cluster_seen = False
        self.cluster_ms: int | None = None
        self.tags: dict[str, str] = {}
        self.tag_bytes = 0
        self.leading_contact_ids: list[str] = []
        self.trailing_contact_ids: list[str] = []


    def take_tags(self, pairs: list[tuple[str, str]], offset: int, max_tags: int, max_bytes: int) -> None:
        """Adds a Tags element's pairs; a tag before the first Cluster leads, any other trails."""
        contact_ids = self.trailing_contact_ids if self.cluster_seen else self.leading_contact_ids
        tags = self.tags
        for name, value in pairs:
            tags[name] = value
            self.tag_bytes += len(name) + len(value)
            if name == mkv.TAG_CONTACT_ID and value and value not in contact_ids:
                contact_ids.append(value)
        if len(tags) > max_tags or self.tag_bytes > max_bytes:
            raise MediaError("more tags in one fragment than allowed", offset)
        self.number = tags.get(mkv.TAG_FRAGMENT_NUMBER, self.number)

    @property
    def has_error(self) -> bool:
        tags = self.tags
        return mkv.TAG_ERROR_CODE in tags or mkv.TAG_ERROR_ID in tags or mkv.TAG_ARCHIVED_ERROR_ID in tags

    @property
    def has_token(self) -> bool:
        return mkv.TAG_CONTINUATION_TOKEN in self.tags

    def start(self) -> FragmentStarted:
        self.started = True
        leading = self.leading_contact_ids
        return FragmentStarted(offset=self.offset, number=self.number, contact_id=leading[0] if leading else None)

    def complete(self, customer: bytes | None, agent: bytes | None, closed_by: ClosedBy) -> FragmentCompleted:
        tags = self.tags
        number = self.number or ""
        leading, trailing = self.leading_contact_ids, self.trailing_contact_ids
        error = None
        if self.has_error:
            error_id = tags.get(mkv.TAG_ERROR_ID) or tags.get(mkv.TAG_ARCHIVED_ERROR_ID) or ""
            error = StreamErrorTag(tags.get(mkv.TAG_ERROR_CODE, ""), error_id)
        behind = tags.get(mkv.TAG_MILLIS_BEHIND_NOW, "")
        producer = tags.get(mkv.TAG_PRODUCER_TIMESTAMP) or tags.get(mkv.TAG_ARCHIVED_PRODUCER_TIMESTAMP) or ""
        server = tags.get(mkv.TAG_SERVER_TIMESTAMP) or tags.get(mkv.TAG_ARCHIVED_SERVER_TIMESTAMP) or ""
        return FragmentCompleted(
            offset=self.offset,
            number=number,
            number_value=number_value(number),
            leading_contact_id=leading[0] if leading else None,
            trailing_contact_id=trailing[0] if trailing else None,
            contact_ids_conflict=len({*leading, *trailing}) > 1,
            producer_ms=epoch_ms(producer),
            server_ms=epoch_ms(server),
            cluster_ms=self.cluster_ms,
            customer=customer,
            agent=agent,
            tags=tags,
            error=error,
            continuation_token=tags.get(mkv.TAG_CONTINUATION_TOKEN),
            millis_behind_now=int(behind) if _MILLISECONDS.fullmatch(behind) else None,
            closed_by=closed_by,
        )
