"""Policies of redaction and of retention as rooms exchange them: their JSON means something to others alone."""

from typing import Final

import msgspec

from cueline.kernel.errors import CuelineError

DEFAULT_PROFILE: Final = "default"
"""The profile that all others inherit from until they have a policy of their own."""

BUILT_IN_VERSION: Final = 0
"""Stands for the policy that Cueline comes with: everything that can be masked is."""


class PolicyConflictError(CuelineError):
    """The policy was changed since: what was to be published is based on a version that is not in force any more."""

    code = "policy_conflict"


class PolicyRecord(msgspec.Struct, frozen=True):
    """One version of a profile's policy; it never changes.

    policy: its JSON. changed_by, changed_at_ms (epoch milliseconds): None for the built-in policy.
    """

    profile: str
    version: int
    policy: bytes
    note: str
    changed_by: str | None
    changed_at_ms: int | None


BUILT_IN: Final = PolicyRecord(
    profile=DEFAULT_PROFILE, version=BUILT_IN_VERSION, policy=b"{}", note="", changed_by=None, changed_at_ms=None
)
"""In force until something is published."""
