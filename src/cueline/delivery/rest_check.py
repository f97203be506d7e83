"""Shapes of the check of an installation. Pure."""

from cueline.delivery.rest import Rest


class CheckFinding(Rest, frozen=True):
    """One thing that was looked at. ``needed``: without it Cueline does not work as configured.

    ``mend``: what to run or to set where it is missing.
    """

    name: str
    ok: bool
    needed: bool
    detail: str
    mend: str | None


class SystemCheck(Rest, frozen=True):
    """What this process can reach, and what it lacks. ``ok``: nothing needed is missing, and every part works.

    ``faults``: parts of this process that do not work now, by their names.
    """

    ok: bool
    faults: list[str]
    findings: list[CheckFinding]
