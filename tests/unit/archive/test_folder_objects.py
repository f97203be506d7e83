"""What a folder of objects has beside what every store does: modes, whole files, nothing outside."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from cueline.archive.adapters import objects
from cueline.archive.adapters.objects import FolderObjects
from cueline.kernel.errors import BoundExceededError, NotFoundError, UnavailableError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_folders_and_files_are_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await FolderObjects(tmp_path / "new" / "objects").put("t/recordings/1.chunk", b"x")
    finally:
        os.umask(before)
    found = tmp_path / "new" / "objects"
    assert [mode(found), mode(found / "t"), mode(found / "t" / "recordings")] == [0o700] * 3
    assert mode(found / "t" / "recordings" / "1.chunk") == 0o600


async def test_a_failed_write_leaves_the_earlier_object_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderObjects(tmp_path)
    await store.put("a/1", b"first")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnavailableError, match="No space left"):
        await store.put("a/1", b"second")
    monkeypatch.undo()
    assert await store.get("a/1") == b"first"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["1"]


async def test_what_a_killed_writer_left_is_no_object_and_goes_with_it(tmp_path: Path) -> None:
    store = FolderObjects(tmp_path)
    await store.put("a/1.chunk", b"first")
    (tmp_path / "a" / ".1.chunk.00aa").write_bytes(b"half")
    (tmp_path / "a" / ".2.chunk.00aa").write_bytes(b"another's")
    assert [key async for key in store.list("")] == ["a/1.chunk"]
    await store.delete(["a/1.chunk"])
    assert [path.name for path in (tmp_path / "a").iterdir()] == [".2.chunk.00aa"]


async def test_deleting_the_last_one_removes_its_folders_but_not_the_stores(tmp_path: Path) -> None:
    store = FolderObjects(tmp_path / "objects")
    await store.put("a/b/c/1", b"x")
    await store.put("a/2", b"x")
    await store.delete(["a/b/c/1"])
    assert sorted(path.name for path in (tmp_path / "objects" / "a").iterdir()) == ["2"]
    await store.delete(["a/2"])
    assert list((tmp_path / "objects").iterdir()) == []


async def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"secret")
    folder = tmp_path / "objects"
    store = FolderObjects(folder)
    await store.put("a/1", b"x")
    (folder / "a" / "2").symlink_to(tmp_path / "outside")
    (folder / "a" / "3").symlink_to(tmp_path)
    with pytest.raises(UnavailableError):
        await store.get("a/2")
    assert [key async for key in store.list("")] == ["a/1"]
    await store.put("a/2", b"ours now")
    assert (tmp_path / "outside").read_bytes() == b"secret"


async def test_what_is_no_file_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    os.mkfifo(tmp_path / "a" / "pipe")
    with pytest.raises(NotFoundError):
        await FolderObjects(tmp_path).get("a/pipe")
    with pytest.raises(NotFoundError):
        await FolderObjects(tmp_path).get("a")


async def test_objects_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "OBJECT_BYTES_MAX", 10)
    store = FolderObjects(tmp_path)
    with pytest.raises(BoundExceededError):
        await store.put("a", b"x" * 11)
    (tmp_path / "b").write_bytes(b"x" * 11)
    with pytest.raises(BoundExceededError):
        await store.get("b")


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnavailableError):
        await FolderObjects(tmp_path / "file" / "objects").put("a", b"x")
    with pytest.raises(UnavailableError):
        await FolderObjects(tmp_path / "file").put("a/b", b"x")


async def test_putting_and_deleting_beside_each_other(tmp_path: Path) -> None:
    """The folder may go between its making and the file's."""
    store = FolderObjects(tmp_path)

    async def churn(name: str) -> None:
        for _ in range(30):
            await store.put(f"a/b/{name}", b"x")
            assert await store.get(f"a/b/{name}") == b"x"
            await store.delete([f"a/b/{name}"])

    await asyncio.gather(*(churn(name) for name in "pq"))
