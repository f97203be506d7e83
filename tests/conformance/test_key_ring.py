"""Every key ring gives a call a key of its own, and to its tenant alone: key file, AWS KMS (moto's), the tests' own."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from cueline.archive.ports import KeyRing
from cueline.events.recording import WrappedKey
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.security.adapters.aws_kms import KmsKeyRing
from cueline.security.keys import KeyRefusedError, LocalKeyRing
from tests.fakes.aws_server import REGION, AwsServer, aws_server, aws_session
from tests.fakes.keys import MemoryKeys

KINDS = ["memory", "local", pytest.param("kms", marks=pytest.mark.component("moto"))]
ACME, OTHER = TenantId("acme"), TenantId("other")


@pytest.fixture(scope="module")
def aws() -> Iterator[AwsServer]:
    with aws_server() as server:
        yield server


class Case:
    """A ring, how its tenant's key gets a newer version, and a second process's ring on the same keys."""

    def __init__(self, ring: KeyRing, rotate: Callable[[], Awaitable[KeyRing]], again: Callable[[], KeyRing]) -> None:
        self.ring = ring
        self.rotate = rotate
        self.again = again


@pytest.fixture(params=KINDS)
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Case]:
    opened: list[KeyRing] = []

    def known(ring: KeyRing) -> KeyRing:
        opened.append(ring)
        return ring

    if request.param == "memory":
        memory = MemoryKeys()

        async def rotate() -> KeyRing:
            await memory.rotate(ACME)
            return memory

        yield Case(memory, rotate, lambda: memory)
    elif request.param == "local":
        local = LocalKeyRing(tmp_path / "keys.json", VirtualClock(epoch_origin_ms=1_764_000_000_000))

        async def rotate() -> KeyRing:
            await local.rotate(ACME)
            return local

        yield Case(local, rotate, lambda: LocalKeyRing(tmp_path / "keys.json", VirtualClock()))
    else:
        aws: AwsServer = request.getfixturevalue("aws")

        def ring(key: str) -> KeyRing:
            return known(KmsKeyRing(key, region=REGION, endpoint_url=aws.url, session=aws_session()))

        async def rotate() -> KeyRing:
            return ring(aws.new_kms_key())

        key = aws.new_kms_key()
        yield Case(ring(key), rotate, lambda: ring(key))
    for each in opened:
        await each.aclose()


async def test_a_data_key_comes_back(case: Case) -> None:
    data_key, wrapped = await case.ring.new_data_key(ACME)
    assert len(data_key) == 32
    assert data_key not in wrapped.wrapped or isinstance(case.ring, MemoryKeys)
    assert await case.ring.unwrap(ACME, wrapped) == data_key
    assert await case.again().unwrap(ACME, wrapped) == data_key


async def test_each_call_has_its_own(case: Case) -> None:
    made = [await case.ring.new_data_key(tenant) for tenant in (ACME, ACME, OTHER, OTHER)]
    assert len({data_key for data_key, _ in made}) == 4
    assert len({wrapped.wrapped for _, wrapped in made}) == 4


async def test_another_tenant_gets_nothing(case: Case) -> None:
    _, wrapped = await case.ring.new_data_key(ACME)
    _, theirs = await case.ring.new_data_key(OTHER)
    newer = await case.rotate()
    for name in (wrapped.key_id, theirs.key_id):
        with pytest.raises(KeyRefusedError):
            await case.ring.unwrap(OTHER, WrappedKey(name, wrapped.wrapped))
        with pytest.raises(KeyRefusedError):
            await newer.rewrap(OTHER, WrappedKey(name, wrapped.wrapped))


async def test_what_was_changed_is_refused(case: Case) -> None:
    data_key, wrapped = await case.ring.new_data_key(ACME)
    body = wrapped.wrapped
    changed = [
        *(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :] for at in range(0, len(body), 7)),
        b"",
        body[:-1],
        body[1:],
        bytes(len(body)),
    ]
    for other in changed:
        with pytest.raises(KeyRefusedError) as refused:
            await case.ring.unwrap(ACME, WrappedKey(wrapped.key_id, other))
        assert data_key.hex() not in str(refused.value)
    for name in ("", "local:acme:999", "local:acme:0", "local:acme", "kms:", "kms:a b", "memory:acme:7", "elsewhere:1"):
        with pytest.raises(KeyRefusedError):
            await case.ring.unwrap(ACME, WrappedKey(name, body))


async def test_rotation_takes_effect_for_new_calls_and_old_ones_open(case: Case) -> None:
    old_key, old = await case.ring.new_data_key(ACME)
    newer = await case.rotate()
    _, new = await newer.new_data_key(ACME)
    assert new.key_id != old.key_id
    assert await newer.unwrap(ACME, old) == old_key
    assert await case.ring.unwrap(ACME, old) == old_key


async def test_rewrapping_keeps_the_data_key_and_is_done_once(case: Case) -> None:
    data_key, old = await case.ring.new_data_key(ACME)
    assert await case.ring.rewrap(ACME, old) is old
    newer = await case.rotate()
    again = await newer.rewrap(ACME, old)
    assert again.key_id != old.key_id
    assert again.wrapped != old.wrapped
    assert await newer.unwrap(ACME, again) == data_key
    assert await newer.rewrap(ACME, again) is again


async def test_a_tenants_name_is_checked(case: Case) -> None:
    if isinstance(case.ring, MemoryKeys):
        pytest.skip("the fake takes any name")
    with pytest.raises(InputError):
        await case.ring.new_data_key(TenantId("no/tenant"))


async def test_a_wrapped_key_survives_being_stored(case: Case) -> None:
    data_key, wrapped = await case.ring.new_data_key(ACME)
    stored = msgspec.json.decode(msgspec.json.encode(wrapped), type=WrappedKey)
    assert await case.ring.unwrap(ACME, stored) == data_key
