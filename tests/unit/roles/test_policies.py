"""What the store's JSON means to a call, and the REST interface's shape of it."""

from typing import Any

import msgspec
import pytest

from cueline.delivery.rest import PolicyFields
from cueline.events.policies import BUILT_IN, PolicyRecord
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.ops.metrics import Metrics
from cueline.redaction.policy import RedactionPolicy, policy_json
from cueline.roles.policies import Policies, checked

TENANT = TenantId("default")
NAMES_SHOWN = RedactionPolicy(names=False)


def record(version: int, policy: bytes, profile: str = "default") -> PolicyRecord:
    return PolicyRecord(
        profile=profile, version=version, policy=policy, note="", changed_by="ann", changed_at_ms=1_700_000_000_000
    )


class FakeStore:
    """Versions of one profile."""

    def __init__(self, *records: PolicyRecord) -> None:
        self.records = {each.version: each for each in (BUILT_IN, *records)}

    async def latest(self, tenant: TenantId, profile: str) -> PolicyRecord:
        return self.records[max(self.records)]

    async def at(self, tenant: TenantId, profile: str, version: int) -> PolicyRecord | None:
        return self.records.get(version)


def policies(*records: PolicyRecord) -> tuple[Policies, Metrics]:
    metrics = Metrics()
    store: Any = FakeStore(*records)
    return Policies(store, metrics), metrics


async def test_a_call_begins_under_the_policy_in_force_and_goes_on_under_its_own() -> None:
    book, metrics = policies(record(1, policy_json(NAMES_SHOWN)), record(2, b'{"minimumDigits": 4}'))
    begun = await book.for_call(TENANT, "default", None)
    assert (begun.version, begun.policy) == (2, RedactionPolicy(minimum_digits=4))
    for version, policy in ((0, RedactionPolicy()), (1, NAMES_SHOWN), (2, RedactionPolicy(minimum_digits=4))):
        taken_over = await book.for_call(TENANT, "default", version)
        assert (taken_over.version, taken_over.policy) == (version, policy)
    assert b"policy_unreadable" not in metrics.render()


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"off": ["PIN"]}', b'{"newer": 1}', b"\xff"])
@pytest.mark.parametrize("version", [None, 1])
async def test_a_policy_that_cannot_be_read_gives_way_to_the_strictest_and_is_counted(
    raw: bytes, version: int | None
) -> None:
    book, metrics = policies(record(1, raw))
    chosen = await book.for_call(TENANT, "default", version)
    assert (chosen.version, chosen.policy) == (1, RedactionPolicy())
    assert b'cueline_gate_failures_total{code="policy_unreadable"} 1.0' in metrics.render()


async def test_so_does_a_version_that_is_not_there() -> None:
    book, metrics = policies()
    chosen = await book.for_call(TENANT, "default", 7)
    assert (chosen.version, chosen.policy) == (7, RedactionPolicy())
    assert b'cueline_gate_failures_total{code="policy_unreadable"} 1.0' in metrics.render()


async def test_a_store_that_is_away_lets_no_call_begin() -> None:
    """The session fails by it, and is tried again by the worker."""
    book, metrics = policies()

    async def away(*_: object) -> PolicyRecord:
        raise UnavailableError("PostgreSQL is away")

    book._store.latest = book._store.at = away  # type: ignore[method-assign, assignment]
    for version in (None, 1):
        with pytest.raises(UnavailableError):
            await book.for_call(TENANT, "default", version)
    assert b"policy_unreadable" not in metrics.render()


def test_the_built_in_policy_masks_all_that_can_be_masked() -> None:
    strictest = msgspec.json.decode(BUILT_IN.policy, type=RedactionPolicy)
    assert strictest == RedactionPolicy()
    assert (strictest.off, strictest.names, strictest.benign_words, strictest.mask_style) == (
        frozenset(), True, (), "type",
    )  # fmt: skip


def shape(kind: type) -> dict[str, Any]:
    """The fields of a struct as JSON Schema describes them, the set of types as the list that it is in JSON."""
    _, components = msgspec.json.schema_components([kind])
    fields: dict[str, Any] = components[kind.__name__]["properties"]
    return {
        name: {key: value for key, value in field.items() if key not in {"default", "uniqueItems"}}
        for name, field in fields.items()
    }


def test_the_interface_describes_the_fields_that_a_policy_has() -> None:
    told, meant = shape(PolicyFields), shape(RedactionPolicy)
    assert told["off"].pop("maxItems") >= 25
    assert told == meant
    assert checked(PolicyFields()) == RedactionPolicy()


def test_rules_over_several_values_are_told_with_their_field() -> None:
    with pytest.raises(InputError, match="off"):
        checked(PolicyFields(off=["PIN"]))
