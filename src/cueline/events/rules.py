"""Rule sets as rooms exchange them: what a document says is known to guidance alone."""

import msgspec

from cueline.kernel.errors import ConflictError


class RulesConflictError(ConflictError):
    """The rule set was changed since: what was to be saved is based on a version that is not in force any more."""

    code = "rules_conflict"


class StoredRules(msgspec.Struct, frozen=True, rename="camel"):
    """A version of a rule set: its document as written, and who published it. Version 0 is the starter pack's own."""

    name: str
    version: int
    document: dict[str, object]
    note: str
    changed_by: str | None
    changed_at_ms: int | None


class StoredDraft(msgspec.Struct, frozen=True, rename="camel"):
    """What may become the next version. based_on: the version that was in force when it was begun."""

    name: str
    based_on: int
    document: dict[str, object]
    changed_by: str
    changed_at_ms: int
