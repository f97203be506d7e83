"""Liveness and readiness.

Alive means that the process answers. Ready means that every named part works now: each is asked, with a time-out.
"""

import asyncio
from collections.abc import Awaitable, Callable

CHECK_TIMEOUT_S = 3.0

Check = Callable[[], Awaitable[None]]


class Health:
    """Named checks; ``draining`` makes the process unready at once."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self.draining = False

    def add(self, name: str, check: Check) -> None:
        """A part that must work for the process to be ready; ``check`` raises when it does not."""
        self._checks[name] = check

    async def faults(self) -> list[str]:
        """Names of the parts that do not work now; empty when ready."""
        faults = ["draining"] if self.draining else []
        for name, check in self._checks.items():
            try:
                async with asyncio.timeout(CHECK_TIMEOUT_S):
                    await check()
            except Exception:  # noqa: BLE001 - whatever it is, the part does not work; the name alone is told
                faults.append(name)
        return faults
