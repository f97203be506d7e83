"""An object store in memory, which can be told to fail, and to have been tampered with."""

from collections.abc import AsyncIterator, Sequence

from cueline.archive.layout import checked_key, checked_prefix
from cueline.kernel.errors import NotFoundError, UnavailableError


class MemoryObjects:
    """bodies: what is stored, by key; a test may change it. away: every operation raises UnavailableError.

    asked: keys that were read, in order.
    """

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.away = False

    async def put(self, key: str, body: bytes) -> None:
        self._reach()
        self.bodies[checked_key(key)] = bytes(body)

    async def get(self, key: str) -> bytes:
        self._reach()
        self.asked.append(checked_key(key))
        try:
            return self.bodies[key]
        except KeyError:
            raise NotFoundError("there is no such object") from None

    async def delete(self, keys: Sequence[str]) -> None:
        self._reach()
        for key in [checked_key(key) for key in keys]:
            self.bodies.pop(key, None)

    async def list(self, prefix: str) -> AsyncIterator[str]:
        self._reach()
        folder = checked_prefix(prefix)
        for key in sorted(self.bodies):
            if key.startswith(folder):
                yield key

    async def aclose(self) -> None:
        pass

    def _reach(self) -> None:
        if self.away:
            raise UnavailableError("the object store is away")
