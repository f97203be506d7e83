"""What a Matroska capture holds, fragment by fragment: the report behind ``cueline media probe``."""

import hashlib
from collections.abc import Iterable

import msgspec

from cueline.media.demuxer import Demuxer, Limits
from cueline.media.errors import MediaError
from cueline.media.events import FragmentCompleted


class ErrorTagReport(msgspec.Struct, rename="camel", frozen=True):
    """Error tags that Kinesis wrote into a fragment; "" where one of the two is absent."""

    code: str
    id: str


class FragmentReport(msgspec.Struct, rename="camel", frozen=True):
    """One fragment as it stands on the wire. Bytes and SHA-256 are over a channel's PCM (absent: over nothing)."""

    number: str
    contact_id: str | None
    producer_ms: int | None
    customer_bytes: int
    agent_bytes: int
    customer_sha256: str
    agent_sha256: str
    error: ErrorTagReport | None


class StreamFault(msgspec.Struct, rename="camel", frozen=True):
    """Where the stream stopped being readable, and why."""

    offset: int
    message: str


class ProbeReport(msgspec.Struct, rename="camel", frozen=True):
    """The whole stream: encoded as JSON it is what ``cueline media probe --json`` prints.

    ``contacts`` are in order of first appearance; repeated fragments are listed as they come. ``complete`` is
    ``False`` when the last fragment was cut off (it is left out then) or the bytes went bad.
    """

    complete: bool
    contacts: list[str]
    errors: list[StreamFault]
    fragments: list[FragmentReport]

    @property
    def readable(self) -> bool:
        """Whether the stream is Matroska at all: a first EBML header was read. Only its lack is a fault at byte 0."""
        return all(fault.offset > 0 for fault in self.errors)


def probe(chunks: Iterable[bytes], *, limits: Limits | None = None) -> ProbeReport:
    """Reads a stream to its end, or to its first bad byte: what came before that is reported, and the fault."""
    demuxer = Demuxer(limits=limits)
    contacts: dict[str, None] = {}
    errors: list[StreamFault] = []
    fragments: list[FragmentReport] = []

    def drain() -> None:
        while (event := demuxer.next_event()) is not None:
            if isinstance(event, FragmentCompleted):
                fragments.append(_report(event))
                for contact in (event.leading_contact_id, event.trailing_contact_id):
                    if contact is not None:
                        contacts.setdefault(contact)

    try:
        for chunk in chunks:
            demuxer.receive_data(chunk)
            drain()
        demuxer.receive_end()
        drain()
    except MediaError as error:
        errors.append(StreamFault(error.offset, error.message))
    if not demuxer.document_seen:
        errors[:] = [StreamFault(0, "not a Matroska stream: no EBML header at its beginning")]
    return ProbeReport(demuxer.complete and not errors, list(contacts), errors, fragments)


def _report(fragment: FragmentCompleted) -> FragmentReport:
    customer, agent = fragment.customer or b"", fragment.agent or b""
    error = fragment.error
    return FragmentReport(
        number=fragment.number,
        contact_id=fragment.contact_id,
        producer_ms=fragment.producer_ms,
        customer_bytes=len(customer),
        agent_bytes=len(agent),
        customer_sha256=hashlib.sha256(customer).hexdigest(),
        agent_sha256=hashlib.sha256(agent).hexdigest(),
        error=None if error is None else ErrorTagReport(error.code, error.error_id),
    )
