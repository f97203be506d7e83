"""What an agent has to do in a call of some kind, as a rule set says it. Pure.

An item is ticked by itself when what was said shows it: by one of its phrases, by one of its moments, or because the
customer gave what is masked by that kind. Any one of them is enough; what needs two things is two items.
"""

from typing import Annotated, Final, Literal

import msgspec

from cueline.events.redacted import EntityType

LINES_MAX: Final = 7
"""What does not fit on a card at a glance is not read during a call."""

CHECKLISTS_MAX: Final = 200

ANY_REASON: Final = "*"

ItemName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$(?!\n)")]
Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
MomentName = Annotated[str, msgspec.Meta(pattern=r"^(?:reason|intent|act|sentiment|voice):[a-z0-9_]{1,64}$(?!\n)")]
Reason = Annotated[str, msgspec.Meta(pattern=r"^(?:\*|[a-z0-9_]{1,64})$(?!\n)")]


class ChecklistLine(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """An item of a checklist.

    due_s: seconds after the agent was connected by which it should be done; None where any time will do.
    speaker: who has to say the phrases, or be the one of the moments. moments: each as ``family:label``.
    masked: entity kinds, one of which the customer has to give. praise: a cue for the agent when it was done in time.
    after: an earlier item of the checklist; the item is seen only once that one is done. An item with no phrase,
    moment or kind is ticked by rules and people alone.
    """

    item_id: ItemName
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    due_s: Annotated[int, msgspec.Meta(ge=1, le=7200)] | None = None
    speaker: Literal["agent", "customer"] = "agent"
    phrases: Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=100)] = ()
    moments: Annotated[tuple[MomentName, ...], msgspec.Meta(max_length=20)] = ()
    masked: Annotated[tuple[EntityType, ...], msgspec.Meta(max_length=25)] = ()
    praise: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    after: ItemName | None = None


class Checklist(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What has to be done in calls for one of these reasons; ``*`` in reasons is any, also before it is clear.

    An item that stands in several checklists under the same ``item_id`` is one and the same: done in one, done in all.
    """

    checklist_id: ItemName
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(min_length=1, max_length=50)]
    lines: Annotated[tuple[ChecklistLine, ...], msgspec.Meta(min_length=1, max_length=LINES_MAX)]

    def __post_init__(self) -> None:
        """Raises ValueError, which msgspec makes a ValidationError with its place when it decodes."""
        earlier: set[str] = set()
        for line in self.lines:
            if line.item_id in earlier:
                raise ValueError(f"item {line.item_id!r} stands twice in checklist {self.checklist_id!r}")
            if line.after is not None and line.after not in earlier:
                raise ValueError(f"item {line.item_id!r}: 'after' must name an earlier item of the same checklist")
            earlier.add(line.item_id)
