"""Whose a fragment is.

Connect reuses a stream for the next contact, and only the ContactId tag of each fragment says which contact it
belongs to. Some fragments have none, the last one of a contact among them (seen in captures). Such a fragment waits
for the next tagged one: between two of ours it is ours; otherwise it is ours only if it joins our last audio in time
and lies before the contact's stop.
"""

from collections import deque
from typing import Literal

from cueline.ingest.effects import Arrival, DropReason
from cueline.ingest.settings import IngestSettings
from cueline.kernel.ids import ContactId
from cueline.media.events import FragmentCompleted
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLES_PER_MS
from cueline.unredacted.sealed import Sealed

Owner = Literal["ours", "other", "conflict", "untold"]


class Owned(Sealed):
    """Proved to be this contact's."""

    __slots__ = ("arrival",)

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival


class Refused(Sealed):
    """Not, or not provably, this contact's."""

    __slots__ = ("arrival", "reason")

    def __init__(self, arrival: Arrival, reason: DropReason) -> None:
        self.arrival = arrival
        self.reason: DropReason = reason


class NextContactBegan(Sealed):
    """Another contact has taken over the stream: this call's audio is over."""

    __slots__ = ()


Ruling = Owned | Refused | NextContactBegan


class Ownership:
    """Rules on each fragment in the order of the stream.

    first_number: the fragment at which streaming of this contact began, when known. From it on a fragment without a
    ContactId has this contact on its left, until a fragment of another contact has been seen.
    resumed: the call had begun already, so what comes first follows audio of ours.
    """

    __slots__ = ("_begun", "_contact_id", "_held", "_held_bytes", "_left", "_settings")

    def __init__(
        self, contact_id: ContactId, *, first_number: int | None, resumed: bool, settings: IngestSettings
    ) -> None:
        self._contact_id = contact_id
        self._settings = settings
        self._begun = resumed
        self._left: Literal["ours", "start", "unproved"] = (
            "ours" if resumed else "unproved" if first_number is None else "start"
        )
        self._held: deque[Arrival] = deque()
        self._held_bytes = 0

    @property
    def begun(self) -> bool:
        """Whether a fragment of this contact has been seen."""
        return self._begun

    @property
    def last_held(self) -> FragmentCompleted | None:
        """The newest fragment that waits for proof."""
        return self._held[-1].fragment if self._held else None

    def owner(self, fragment: FragmentCompleted) -> Owner:
        """What the fragment itself says."""
        if fragment.contact_ids_conflict:
            return "conflict"
        if fragment.contact_id is None:
            return "untold"
        return "ours" if fragment.contact_id == self._contact_id else "other"

    def offer(self, arrival: Arrival, *, heard_until_ms: int | None, stop_ms: int | None) -> list[Ruling]:
        """Takes the next fragment; rules on it and on those that waited for it, in the stream's order.

        heard_until_ms: producer time just after the last audio of ours; None before there is any.
        stop_ms: producer time at which the contact ended, when known.
        """
        owner = self.owner(arrival.fragment)
        if owner == "untold":
            return self._hold(arrival)
        if owner == "ours":
            rulings = self._settle_before_ours(heard_until_ms, stop_ms)
            self._begun = True
            self._left = "ours"
            return [*rulings, Owned(arrival)]
        rulings = self._settle_by_time(
            heard_until_ms, stop_ms, next_contact=True, next_starts_ms=arrival.fragment.producer_ms
        )
        self._left = "unproved"
        if owner == "conflict":
            return [*rulings, Refused(arrival, "conflicting_contacts")]
        rulings.append(Refused(arrival, "other_contact"))
        if self._begun:
            rulings.append(NextContactBegan())
        return rulings

    def close(self, *, heard_until_ms: int | None, stop_ms: int | None) -> list[Ruling]:
        """Nothing more will come: rules on what still waits."""
        return self._settle_by_time(heard_until_ms, stop_ms, next_contact=False)

    def _hold(self, arrival: Arrival) -> list[Ruling]:
        rulings: list[Ruling] = []
        self._held.append(arrival)
        self._held_bytes += arrival.audio_bytes
        while len(self._held) > self._settings.max_held_fragments or self._held_bytes > self._settings.max_held_bytes:
            rulings.append(Refused(self._release_oldest(), "unproved"))
        return rulings

    def _release_oldest(self) -> Arrival:
        arrival = self._held.popleft()
        self._held_bytes -= arrival.audio_bytes
        return arrival

    def _settle_before_ours(self, heard_until_ms: int | None, stop_ms: int | None) -> list[Ruling]:
        if self._left == "unproved":
            return self._settle_by_time(heard_until_ms, stop_ms, next_contact=False)
        rulings: list[Ruling] = []
        while self._held:
            arrival = self._release_oldest()
            proved = self._left == "ours" or arrival.fragment.number_value is not None
            rulings.append(Owned(arrival) if proved else Refused(arrival, "unproved"))
        return rulings

    def _settle_by_time(
        self, heard_until_ms: int | None, stop_ms: int | None, *, next_contact: bool, next_starts_ms: int | None = None
    ) -> list[Ruling]:
        """Without ours on both sides: ours as long as each joins the last in time and begins before the stop.

        Where the stop is not known and another contact follows, a fragment that joins that contact's audio too could
        be either's, and is dropped.
        """
        rulings: list[Ruling] = []
        until_ms = heard_until_ms if self._begun else None
        linked_to_next = self._linked(next_contact=next_contact, next_starts_ms=next_starts_ms)
        while self._held:
            joins_next = linked_to_next.popleft()
            arrival = self._release_oldest()
            starts_ms = arrival.fragment.producer_ms
            if (
                until_ms is not None
                and starts_ms is not None
                and abs(starts_ms - until_ms) < self._settings.tolerance_ms
                and (starts_ms < stop_ms if stop_ms is not None else not joins_next)
            ):
                rulings.append(Owned(arrival))
                until_ms += _length_ms(arrival.fragment)
            else:
                rulings.append(Refused(arrival, "unproved"))
                until_ms = None
        return rulings

    def _linked(self, *, next_contact: bool, next_starts_ms: int | None) -> deque[bool]:
        """Of each held fragment, whether an unbroken chain in time leads from it to the next contact's audio."""
        linked: deque[bool] = deque()
        chain, starts_ms = next_contact, next_starts_ms
        for arrival in reversed(self._held):
            fragment = arrival.fragment
            if chain and starts_ms is not None and fragment.producer_ms is not None:
                ends_ms = fragment.producer_ms + _length_ms(fragment)
                chain = abs(starts_ms - ends_ms) < self._settings.tolerance_ms
            linked.appendleft(chain)
            starts_ms = fragment.producer_ms
        return linked


def _length_ms(fragment: FragmentCompleted) -> int:
    return max(len(fragment.customer or b""), len(fragment.agent or b"")) // (BYTES_PER_SAMPLE * SAMPLES_PER_MS)
