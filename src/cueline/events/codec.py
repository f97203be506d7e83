"""Events to JSON and back: one flat object, head first.

The head (tenant, callId, sequence, kind, atMs) is decoded first and the bytes are kept, so that an event of a kind
that a newer version added passes through an older one unchanged.
"""

from typing import Any

import msgspec

from cueline.events.catalogue import Envelope, EventPayload, UnknownPayload
from cueline.events.payload import Payload
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId

MAX_EVENT_BYTES = 256 * 1024


class MalformedEventError(InputError):
    """Bytes that are no event. The message names the place and the kind of fault, never a value."""

    code = "malformed_event"


class _Head(msgspec.Struct, rename="camel"):
    tenant: str
    call_id: str
    sequence: int
    kind: str
    at_ms: int


_heads = msgspec.json.Decoder(_Head)
_payloads: msgspec.json.Decoder[EventPayload] = msgspec.json.Decoder(EventPayload)
_encoder = msgspec.json.Encoder()
KNOWN_KINDS: frozenset[str] = frozenset(cls.__name__ for cls in Payload.__subclasses__())


def to_wire(envelope: Envelope) -> dict[str, Any]:
    """The flat JSON object of an event, as built-in types in wire order."""
    payload = envelope.payload
    body: dict[str, Any]
    body = msgspec.json.decode(payload.raw) if isinstance(payload, UnknownPayload) else msgspec.to_builtins(payload)
    head = {
        "tenant": envelope.tenant,
        "callId": envelope.call_id,
        "sequence": envelope.sequence,
        "kind": envelope.kind,
        "atMs": envelope.at_ms,
    }
    return head | {key: value for key, value in body.items() if key not in head}


def encode(envelope: Envelope) -> bytes:
    """The event as one line of JSON without a line end."""
    return _encoder.encode(to_wire(envelope))


def payload_to_json(payload: EventPayload) -> bytes:
    """A payload alone, its kind included, as it is stored."""
    return _encoder.encode(payload)


def payload_from_json(raw: bytes, kind: str) -> EventPayload | UnknownPayload:
    """The inverse of ``payload_to_json``; unknown kinds are kept as bytes.

    Raises MalformedEventError for a known kind that does not decode.
    """
    if kind not in KNOWN_KINDS:
        return UnknownPayload(kind=kind, raw=raw)
    try:
        return _payloads.decode(raw)
    except msgspec.MsgspecError as error:
        raise MalformedEventError(f"event of kind {kind}: {_place(error)}") from None


def decode(raw: bytes) -> Envelope:
    """Reads one event.

    Raises MalformedEventError for anything that is not an event or is larger than MAX_EVENT_BYTES.
    """
    if len(raw) > MAX_EVENT_BYTES:
        raise MalformedEventError(f"event of {len(raw)} bytes; at most {MAX_EVENT_BYTES} are read")
    try:
        head = _heads.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedEventError(f"event head: {_place(error)}") from None
    return Envelope(
        tenant=TenantId(head.tenant),
        call_id=CallId(head.call_id),
        sequence=head.sequence,
        at_ms=head.at_ms,
        payload=payload_from_json(raw, head.kind),
    )


def _place(error: Exception) -> str:
    """Where a decoding error happened (``$.words[0]``), without what msgspec may have quoted of the value."""
    message = str(error)
    _, marker, place = message.rpartition(" - at `")
    return f"not as described at {place.rstrip('`')}" if marker else "not as described"
