"""Signed statements of what was deleted: an HMAC under a key of the tenant's, so that nobody can write one afterwards.

The key is a data key as recordings have them, of its own for each process, and stands wrapped beside the signature: it
needs no place of its own, follows the tenant's key, and can be checked by whoever has the key ring.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final, Literal, Protocol

import msgspec

from cueline.events.recording import WrappedKey
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import TenantId

_FIELD: Final = "signature"

Standing = Literal["valid", "changed", "key_gone"]
"""``key_gone``: the key that it was signed under is not in the ring any more, so nobody can tell."""


class DataKeys(Protocol):
    """As much of a key ring as proofs need."""

    async def new_data_key(self, tenant: TenantId) -> tuple[bytes, WrappedKey]:
        """A new key, and what may be stored of it."""

    async def unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
        """The key of before."""


class Signature(msgspec.Struct, frozen=True, rename="camel"):
    """mac: HMAC-SHA256 in hexadecimal of the statement without it, as JSON with sorted keys and no spaces."""

    key: WrappedKey
    mac: str


class ProofSigner:
    """Signs and checks statements."""

    def __init__(self, keys: DataKeys) -> None:
        self._keys = keys
        self._known: dict[TenantId, tuple[bytes, WrappedKey]] = {}

    async def signed(self, tenant: TenantId, statement: Mapping[str, object]) -> bytes:
        """The statement as JSON with its signature. Raises UnavailableError, and what the ring refuses with."""
        known = self._known.get(tenant)
        if known is None:
            known = self._known[tenant] = await self._keys.new_data_key(tenant)
        key, wrapped = known
        return msgspec.json.encode({**statement, _FIELD: Signature(key=wrapped, mac=_mac(key, statement))})

    async def check(self, tenant: TenantId, raw: bytes) -> Standing:
        """Whether a statement is what was signed. Raises UnavailableError."""
        try:
            statement = msgspec.json.decode(raw, type=dict[str, object])
            signature = msgspec.convert(statement.pop(_FIELD, None), Signature)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return "changed"
        try:
            key = await self._keys.unwrap(tenant, signature.key)
        except CuelineError as error:
            if error.retryable:
                raise
            return "key_gone"
        return "valid" if hmac.compare_digest(_mac(key, statement), signature.mac) else "changed"


def _mac(key: bytes, statement: Mapping[str, object]) -> str:
    canonical = msgspec.json.encode(dict(statement), order="sorted")
    return hmac.new(key, b"cueline deletion proof\n" + canonical, hashlib.sha256).hexdigest()
