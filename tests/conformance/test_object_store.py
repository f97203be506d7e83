"""Every object store keeps what it is given, under its name, whole: folder, S3 (moto's server), and the tests' own."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from cueline.archive.adapters.objects import FolderObjects
from cueline.archive.adapters.s3 import S3Objects
from cueline.archive.ports import ObjectStore
from cueline.kernel.errors import InputError, NotFoundError
from cueline.ops.system_clock import SystemClock
from tests.fakes.aws_server import REGION, AwsServer, aws_server, aws_session
from tests.fakes.objects import MemoryObjects

KINDS = ["memory", "folder", pytest.param("s3", marks=pytest.mark.component("moto"))]
_buckets = itertools.count(1)


@pytest.fixture(scope="module")
def aws() -> Iterator[AwsServer]:
    with aws_server() as server:
        yield server


def s3_objects(aws: AwsServer, bucket: str, prefix: str = "", kms_key: str | None = None) -> S3Objects:
    return S3Objects(
        bucket, prefix=prefix, region=REGION, clock=SystemClock(), endpoint_url=aws.url, kms_key=kms_key,
        session=aws_session(),
    )  # fmt: skip


@pytest.fixture
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ObjectStore]:
    made: ObjectStore
    if request.param == "s3":
        aws: AwsServer = request.getfixturevalue("aws")
        bucket = f"store-{next(_buckets)}"
        aws.new_bucket(bucket)
        made = s3_objects(aws, bucket, "some/place/")
    else:
        made = FolderObjects(tmp_path / "objects") if request.param == "folder" else MemoryObjects()
    yield made
    await made.aclose()


async def keys(store: ObjectStore, prefix: str) -> list[str]:
    return [key async for key in store.list(prefix)]


pytestmark = pytest.mark.parametrize("store", KINDS, indirect=True)


async def test_what_was_put_is_got(store: ObjectStore) -> None:
    bodies = {"a/1.chunk": b"\x00\xff" * 500, "a/2.chunk": b"", "b.json.enc": b"text"}
    for key, body in bodies.items():
        await store.put(key, body)
    assert {key: await store.get(key) for key in bodies} == bodies


async def test_a_later_object_takes_an_earlier_ones_place(store: ObjectStore) -> None:
    await store.put("a/1", b"a long first one")
    await store.put("a/1", b"second")
    assert await store.get("a/1") == b"second"


async def test_what_is_not_there_is_not_found(store: ObjectStore) -> None:
    await store.put("a/1", b"1")
    for key in ("a/2", "a", "a/1/2", "c/d"):
        with pytest.raises(NotFoundError):
            await store.get(key)


async def test_objects_are_deleted_and_it_may_be_said_twice(store: ObjectStore) -> None:
    for key in ("a/b/1", "a/b/2", "a/c/1"):
        await store.put(key, b"x")
    for _ in range(2):
        await store.delete(["a/b/1", "a/b/2", "never/there"])
    assert await keys(store, "") == ["a/c/1"]
    with pytest.raises(NotFoundError):
        await store.get("a/b/1")
    await store.put("a/b/1", b"again")
    assert await keys(store, "a/b/") == ["a/b/1"]
    await store.delete([])


async def test_keys_below_a_folder_are_listed_and_no_others(store: ObjectStore) -> None:
    for key in ("t/call_1/1.chunk", "t/call_1/2.chunk", "t/call_10/1.chunk", "u/call_1/1.chunk"):
        await store.put(key, b"x")
    assert sorted(await keys(store, "t/call_1/")) == ["t/call_1/1.chunk", "t/call_1/2.chunk"]
    assert len(await keys(store, "")) == 4
    assert await keys(store, "nothing/here/") == []


async def test_a_listing_may_be_left_early(store: ObjectStore) -> None:
    for number in range(3):
        await store.put(f"a/{number}", b"x")
    async with aclosing(store.list("a/")) as listing:  # type: ignore[type-var]
        assert await anext(listing) == "a/0"


async def test_a_name_that_leads_elsewhere_is_refused(store: ObjectStore) -> None:
    for key in ("../a", "a/../../b", "/etc/passwd", "a//b", "", ".", "a/.hidden", "a\\b", "a b", "ä", "a/", "x" * 401):
        with pytest.raises(InputError):
            await store.get(key)
        with pytest.raises(InputError):
            await store.put(key, b"x")
        with pytest.raises(InputError):
            await store.delete([key])
    for prefix in ("..", "../", "a", "/", "a/../"):
        with pytest.raises(InputError):
            await keys(store, prefix)


async def test_many_at_once(store: ObjectStore) -> None:
    names = [f"call/{number:06d}.0.chunk" for number in range(40)]
    await asyncio.gather(*(store.put(name, name.encode()) for name in names))
    assert sorted(await keys(store, "call/")) == names
    assert await asyncio.gather(*(store.get(name) for name in names)) == [name.encode() for name in names]
    await store.delete(names)
    assert await keys(store, "") == []


async def test_writers_of_one_object_leave_one_whole(store: ObjectStore) -> None:
    bodies = [bytes([number]) * 50_000 for number in range(8)]
    await asyncio.gather(*(store.put("a/1", body) for body in bodies))
    assert await store.get("a/1") in bodies
    assert await keys(store, "") == ["a/1"]
