"""The root of all event payloads."""

import msgspec


class Payload(msgspec.Struct, frozen=True, rename="camel", tag_field="kind"):
    """Root of all payloads; the struct's name is its kind."""
