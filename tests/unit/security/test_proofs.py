"""Signed statements: what was signed is valid, any change of it shows."""

import json
from pathlib import Path

import pytest

from cueline.events.recording import WrappedKey
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.security.keys import LocalKeyRing
from cueline.security.proofs import ProofSigner

TENANT = TenantId("default")
STATEMENT = {"callId": "call_1", "counts": {"notes": 2, "utterances": 7}, "digests": {"manifest": "ab"}, "left": {}}


@pytest.fixture
def keys(tmp_path: Path) -> LocalKeyRing:
    return LocalKeyRing(tmp_path / "keys.json", VirtualClock())


async def test_a_statement_is_valid_in_whichever_order_a_database_gives_its_fields(keys: LocalKeyRing) -> None:
    raw = await ProofSigner(keys).signed(TENANT, STATEMENT)
    turned = json.dumps(dict(reversed(json.loads(raw).items())), indent=2).encode()
    assert await ProofSigner(keys).check(TENANT, raw) == "valid"
    assert await ProofSigner(keys).check(TENANT, turned) == "valid"


@pytest.mark.parametrize(
    "change",
    [
        {"callId": "call_2"}, {"counts": {"notes": 1, "utterances": 7}}, {"left": {"objects": 1}}, {"more": 1},
        {"signature": None}, {"signature": {"key": {"keyId": "", "wrapped": ""}}},
    ],
)  # fmt: skip
async def test_a_changed_statement_shows(keys: LocalKeyRing, change: dict[str, object]) -> None:
    raw = await ProofSigner(keys).signed(TENANT, STATEMENT)
    assert await ProofSigner(keys).check(TENANT, json.dumps({**json.loads(raw), **change}).encode()) == "changed"


async def test_what_is_no_statement_is_a_changed_one(keys: LocalKeyRing) -> None:
    signer = ProofSigner(keys)
    for raw in (b"", b"[]", b"{}", b"\xff"):
        assert await signer.check(TENANT, raw) == "changed"


async def test_another_tenants_statement_is_not_taken(keys: LocalKeyRing) -> None:
    raw = await ProofSigner(keys).signed(TENANT, STATEMENT)
    assert await ProofSigner(keys).check(TenantId("other"), raw) == "key_gone"


async def test_after_a_rotation_both_old_and_new_ones_can_be_checked(keys: LocalKeyRing) -> None:
    signer = ProofSigner(keys)
    before = await signer.signed(TENANT, STATEMENT)
    await keys.rotate(TENANT)
    after = await ProofSigner(keys).signed(TENANT, STATEMENT)
    assert json.loads(before)["signature"]["key"]["keyId"] != json.loads(after)["signature"]["key"]["keyId"]
    assert [await signer.check(TENANT, raw) for raw in (before, after)] == ["valid", "valid"]


async def test_a_ring_that_is_away_says_nothing_of_the_statement(keys: LocalKeyRing) -> None:
    raw = await ProofSigner(keys).signed(TENANT, STATEMENT)

    class Away:
        async def new_data_key(self, tenant: TenantId) -> tuple[bytes, WrappedKey]:
            raise UnavailableError("away")

        async def unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
            raise UnavailableError("away")

    with pytest.raises(UnavailableError):
        await ProofSigner(Away()).check(TENANT, raw)
