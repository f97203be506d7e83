"""Objects in a local folder: for one machine, or a network drive.

Files are written beside their place, brought to the disk, and renamed into it, so that a reader sees a whole object or
none, and what was stored is there after a power cut. Folders have mode 0700 and files 0600 from the moment they are
made (which is why this is not obstore's own folder store: it can set neither, and does not wait for the disk).
"""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from cueline.archive.layout import checked_key, checked_prefix
from cueline.archive.manifest import MANIFEST_BYTES_MAX
from cueline.kernel.errors import BoundExceededError, NotFoundError, UnavailableError
from cueline.security.tokens import new_nonce

OBJECT_BYTES_MAX: Final = MANIFEST_BYTES_MAX + 1_024
"""Nothing that we store is larger; what is, was put there by somebody else."""

_MAKE_TRIES: Final = 20


class FolderObjects:
    """``archive.ports.ObjectStore`` on a folder, which is made at first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, body: bytes) -> None:
        """Raises InputError for a key that is none, BoundExceededError, UnavailableError."""
        checked_size(len(body))
        await asyncio.to_thread(self._put, self._place(key), body)

    async def get(self, key: str) -> bytes:
        """Raises InputError for a key that is none, NotFoundError, BoundExceededError, UnavailableError."""
        return await asyncio.to_thread(self._get, self._place(key))

    async def delete(self, keys: Sequence[str]) -> None:
        """Raises InputError for a key that is none, UnavailableError."""
        await asyncio.to_thread(self._delete, [self._place(key) for key in keys])

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """Raises InputError for a prefix that is none, UnavailableError."""
        place = self._folder / checked_prefix(prefix)
        for key in await asyncio.to_thread(self._keys, place):
            yield key

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _place(self, key: str) -> Path:
        return self._folder / checked_key(key)

    def _put(self, place: Path, body: bytes) -> None:
        with self._mapped():
            for tries_left in reversed(range(_MAKE_TRIES)):
                try:
                    self._make_folders(place.parent)
                    self._write(place, body)
                except FileNotFoundError:  # somebody deleted the last object beside it, and the folder with it
                    if not tries_left:
                        raise
                else:
                    return

    def _make_folders(self, folder: Path) -> None:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        here = self._folder
        for part in ("", *folder.relative_to(self._folder).parts):
            here = here / part
            with suppress(FileExistsError):
                here.mkdir(mode=0o700)
                _to_disk(here.parent)

    def _write(self, place: Path, body: bytes) -> None:
        fresh = place.with_name(f".{place.name}.{new_nonce().hex()}")  # a point: no key looks like it
        out = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(out, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(place)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _to_disk(place.parent)

    def _get(self, place: Path) -> bytes:
        with self._mapped():
            try:
                body = _read(place)
            except (FileNotFoundError, NotADirectoryError):
                body = None
        if body is None:
            raise NotFoundError("there is no such object")
        checked_size(len(body))
        return body

    def _delete(self, places: Sequence[Path]) -> None:
        with self._mapped():
            for place in places:
                with suppress(FileNotFoundError, NotADirectoryError):
                    place.unlink()
            for folder in {place.parent for place in places}:
                names = {place.name for place in places if place.parent == folder}
                with suppress(FileNotFoundError, NotADirectoryError):
                    _remove_left_over(folder, names)
                    _to_disk(folder)
                self._remove_empty(folder)

    def _remove_empty(self, folder: Path) -> None:
        """Folders above deleted objects that hold nothing more; never the store's own."""
        while folder != self._folder:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:  # not empty
                return
            folder = folder.parent

    def _keys(self, place: Path) -> Sequence[str]:
        with self._mapped():
            return sorted(path.relative_to(self._folder).as_posix() for path in _files(place))

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """What the file system refuses, as our own error."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or "no reason given"
            raise UnavailableError(f"objects in {self._folder} cannot be read or stored ({reason})") from None


def checked_size(size: int) -> None:
    """Raises BoundExceededError for an object larger than any of ours."""
    if size > OBJECT_BYTES_MAX:
        raise BoundExceededError(f"an object has {size} bytes: at most {OBJECT_BYTES_MAX}")


def _read(place: Path) -> bytes | None:
    """A file's content, up to one byte more than an object has; None for what is no file. Follows no link."""
    source = os.open(place, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            return None
        with os.fdopen(source, "rb", closefd=False) as file:
            return file.read(OBJECT_BYTES_MAX + 1)
    finally:
        os.close(source)


def _files(folder: Path) -> Iterator[Path]:
    """Objects below a folder; what is being written, and links, are none."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _remove_left_over(folder: Path, names: set[str]) -> None:
    """What a writer that was killed left of these objects."""
    for entry in list(os.scandir(folder)):
        if entry.name.startswith(".") and entry.name[1:].rpartition(".")[0] in names:
            with suppress(FileNotFoundError):
                Path(entry.path).unlink()


def _to_disk(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
