"""A key ring in memory: the data key is its own wrapping, under a tenant's name and version."""

import hashlib

from cueline.events.recording import WrappedKey
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.security.keys import KeyRefusedError


class MemoryKeys:
    """versions: the newest version of each tenant's key, from 1. destroyed: key ids that are not given out any more.

    away: every operation raises UnavailableError.
    """

    def __init__(self) -> None:
        self.versions: dict[TenantId, int] = {}
        self.destroyed: set[str] = set()
        self.away = False
        self._made = 0

    async def new_data_key(self, tenant: TenantId) -> tuple[bytes, WrappedKey]:
        self._reach()
        self._made += 1
        data_key = hashlib.sha256(f"{tenant} {self._made}".encode()).digest()
        return data_key, self._wrapped(tenant, data_key)

    async def unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
        self._reach()
        data_key, seal = wrapped.wrapped[:32], wrapped.wrapped[32:]
        owner, _, version = wrapped.key_id.removeprefix("memory:").partition(":")
        known = owner == tenant and version.isdigit() and 1 <= int(version) <= self.versions.get(tenant, 0)
        if not known or wrapped.key_id in self.destroyed or seal != _seal(wrapped.key_id, data_key):
            raise KeyRefusedError("this data key is not one of this tenant's")
        return data_key

    async def rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        data_key = await self.unwrap(tenant, wrapped)
        newest = self._wrapped(tenant, data_key)
        return wrapped if newest.key_id == wrapped.key_id else newest

    async def rotate(self, tenant: TenantId) -> None:
        self.versions[tenant] = self.versions.get(tenant, 0) + 1

    async def aclose(self) -> None:
        pass

    def _wrapped(self, tenant: TenantId, data_key: bytes) -> WrappedKey:
        key_id = f"memory:{tenant}:{self.versions.setdefault(tenant, 1)}"
        return WrappedKey(key_id, data_key + _seal(key_id, data_key))

    def _reach(self) -> None:
        if self.away:
            raise UnavailableError("the key ring is away")


def _seal(key_id: str, data_key: bytes) -> bytes:
    return hashlib.sha256(key_id.encode() + data_key).digest()
