"""One fragment in the making: its tags, the side of the first Cluster they stood on, and whose it claims to be."""

from cueline.media import matroska as mkv
from cueline.media.events import ClosedBy, FragmentCompleted, FragmentStarted, number_value


class FragmentBuilder:
    """Holds a fragment's tags; the audio stays with the demuxer until the fragment is complete."""

    __slots__ = (
        "begins_document",
        "cluster_ms",
        "cluster_seen",
        "leading_contact_ids",
        "offset",
        "started",
        "tag_bytes",
        "tags",
        "trailing_contact_ids",
    )

    def __init__(self, offset: int, *, begins_document: bool = False) -> None:
        self.offset = offset
        self.begins_document = begins_document
        self.started = False
        self.cluster_seen = False
        self.cluster_ms: int | None = None
        self.tags: dict[str, str] = {}
        self.tag_bytes = 0
        self.leading_contact_ids: list[str] = []
        self.trailing_contact_ids: list[str] = []

    @property
    def number(self) -> str | None:
        return self.tags.get(mkv.TAG_FRAGMENT_NUMBER)

    def take_tags(self, pairs: list[tuple[str, str]], named: dict[str, str]) -> None:
        """Adds a Tags element, as pairs and by name; a tag before the first Cluster leads, any other trails."""
        self.tags.update(named)
        if mkv.TAG_CONTACT_ID in named:
            contact_ids = self.trailing_contact_ids if self.cluster_seen else self.leading_contact_ids
            for name, value in pairs:
                if name == mkv.TAG_CONTACT_ID and value and value not in contact_ids:
                    contact_ids.append(value)

    def start(self) -> FragmentStarted:
        self.started = True
        leading = self.leading_contact_ids
        return FragmentStarted(offset=self.offset, number=self.number, contact_id=leading[0] if leading else None)

    def complete(self, customer: bytes | None, agent: bytes | None, closed_by: ClosedBy) -> FragmentCompleted:
        leading, trailing = self.leading_contact_ids, self.trailing_contact_ids
        return FragmentCompleted(
            offset=self.offset,
            leading_contact_id=leading[0] if leading else None,
            trailing_contact_id=trailing[0] if trailing else None,
            contact_ids_conflict=len({*leading, *trailing}) > 1,
            cluster_ms=self.cluster_ms,
            customer=customer,
            agent=agent,
            tags=self.tags,
            closed_by=closed_by,
        )


def differs(number: str, other: str | None) -> bool:
    """Whether two fragment numbers are different: as integers where both are, as text otherwise."""
    if other is None or number == other:
        return other is None
    value = number_value(number)
    return value is None or value != number_value(other)
