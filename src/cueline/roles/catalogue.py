"""Which role runs which parts.

``call`` holds all that may touch unredacted content, so that it never leaves one process. The others see redacted
events only.
"""

from typing import Literal

from cueline.roles.settings import RoleName

Part = Literal[
    "calls", "guides", "web", "outbox_sweeper", "deliveries", "retention", "workflows", "recordings", "migrations"
]

PARTS: dict[RoleName, tuple[Part, ...]] = {
    "call": ("calls",),
    "guide": ("guides",),
    "gateway": ("web",),
    "keeper": ("migrations", "outbox_sweeper", "deliveries", "workflows", "retention", "recordings"),
}
"""Parts of each role."""


def parts_of(roles: tuple[RoleName, ...]) -> tuple[Part, ...]:
    """The parts that a process with these roles runs, each once.

    >>> parts_of(("call", "keeper"))
    ('calls', 'migrations', 'outbox_sweeper', 'deliveries', 'workflows', 'retention', 'recordings')
    """
    return tuple(dict.fromkeys(part for role in roles for part in PARTS[role]))
