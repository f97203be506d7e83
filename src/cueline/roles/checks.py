"""The check of an installation for its screen: what ``cueline doctor`` says, in the process that serves it."""

import asyncio

from cueline.delivery.rest_check import CheckFinding, SystemCheck
from cueline.ops.health import Health
from cueline.roles.doctor import examine
from cueline.roles.settings import Settings


class Checks:
    """``delivery.ports_check.SystemChecks``: one look at a time, as each opens a connection of its own."""

    def __init__(self, settings: Settings, health: Health) -> None:
        self._settings = settings
        self._health = health
        self._turn = asyncio.Lock()

    async def check(self) -> SystemCheck:
        async with self._turn:
            report = await examine(self._settings)
            faults = await self._health.faults()
        findings = [
            CheckFinding(name=each.name, ok=each.ok, needed=each.needed, detail=each.detail, mend=each.mend)
            for each in report.findings
        ]
        return SystemCheck(ok=report.ok and not faults, faults=faults, findings=findings)
