"""Keys of tenants, and under them a data key per call (envelope encryption); here those of a local file.

A data key is stored wrapped beside what it encrypts; the tenant's key never leaves the ring. A new version of the
tenant's key (*rotation*) takes effect for new calls at once; ``rewrap`` puts older data keys under it without touching
a byte of audio. Once nothing is wrapped by a version any more, it can go.

The file is JSON, readable for its owner alone::

    {"format": 1, "tenants": {"default": [{"version": 1, "key": "base64 of 32 bytes", "madeAtMs": 1764000000000}]}}

Whoever has file and objects has the recordings: keep a copy of the file apart from them. Lost, they are noise.
"""

import asyncio
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cueline.events.recording import WrappedKey
from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError, UnavailableError
from cueline.kernel.ids import TenantId, tenant_id
from cueline.security.tokens import KEY_BYTES, NONCE_BYTES, new_key, new_nonce

FORMAT: Final = 1
FILE_BYTES_MAX: Final = 16 * 1_024 * 1_024
VERSIONS_MAX: Final = 1_000
WRAPPED_BYTES: Final = NONCE_BYTES + KEY_BYTES + 16
_KEY_ID = re.compile(r"local:([a-z0-9-]{1,40}):([1-9][0-9]{0,6})")


class KeyRefusedError(CuelineError):
    """A data key that this ring does not give out: another tenant's, changed, or its key is not there any more."""

    code = "key_refused"


class KeyInfo(msgspec.Struct, frozen=True, rename="camel"):
    """A version of a tenant's key, without the key. tenant: None for a key of all tenants. newest: wraps new calls."""

    tenant: TenantId | None
    key_id: str
    newest: bool
    made_at_ms: int | None = None


class _Version(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    version: int
    key: bytes
    made_at_ms: int

    def __repr__(self) -> str:
        return f"<version {self.version} of a key>"


class _KeyFile(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    format: Literal[1]
    tenants: dict[str, tuple[_Version, ...]]

    def __repr__(self) -> str:
        return f"<key file of {len(self.tenants)} tenants>"


class LocalKeyRing:
    """``archive.ports.KeyRing`` on a file. It is made at first use, for several processes of one machine.

    Every use looks whether the file was changed, so that a rotation by another process counts at once.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._known: tuple[tuple[int, int, int], _KeyFile] | None = None  # one store: several threads look

    async def new_data_key(self, tenant: TenantId) -> tuple[bytes, WrappedKey]:
        """The tenant's key is made here, if there is none yet. Raises KeyRefusedError, UnavailableError."""
        data_key = new_key()
        return data_key, await self.wrap(tenant, data_key)

    async def wrap(self, tenant: TenantId, data_key: bytes) -> WrappedKey:
        """A data key that another ring had, under the tenant's newest key. Raises KeyRefusedError, UnavailableError."""
        return _wrap(data_key, tenant, await asyncio.to_thread(self._newest, tenant))

    async def unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
        """Raises KeyRefusedError, UnavailableError."""
        return await asyncio.to_thread(self._unwrap, tenant, wrapped)

    async def rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        """Raises KeyRefusedError, UnavailableError."""
        return await asyncio.to_thread(self._rewrap, tenant, wrapped)

    async def rotate(self, tenant: TenantId) -> KeyInfo:
        """Makes a new version of the tenant's key. Raises KeyRefusedError, UnavailableError."""
        made = await asyncio.to_thread(self._make, tenant_id(tenant), only_first=False)
        return KeyInfo(tenant, _key_id(tenant, made.version), newest=True, made_at_ms=made.made_at_ms)

    async def list(self) -> list[KeyInfo]:
        """All versions of all tenants, oldest first; nothing of the keys. Raises KeyRefusedError, UnavailableError."""
        file = await asyncio.to_thread(self._file)
        return [
            KeyInfo(TenantId(tenant), _key_id(tenant, each.version), each is versions[-1], each.made_at_ms)
            for tenant, versions in sorted(file.tenants.items())
            for each in versions
        ]

    async def aclose(self) -> None:
        """Forgets the keys."""
        self._known = None

    def _newest(self, tenant: TenantId) -> _Version:
        versions = self._file().tenants.get(tenant_id(tenant))
        return versions[-1] if versions else self._make(tenant, only_first=True)

    def _unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
        parts = _KEY_ID.fullmatch(wrapped.key_id)
        if parts is None:
            raise KeyRefusedError(
                "this data key was not wrapped by a key file: CUELINE_KEYS must name the ring that it was wrapped by"
            )
        if parts[1] != tenant:
            raise KeyRefusedError("this data key belongs to another tenant")
        version = next((each for each in self._file().tenants.get(tenant, ()) if each.version == int(parts[2])), None)
        if version is None:
            raise KeyRefusedError(f"the key file holds no version {int(parts[2])} of this tenant's key")
        if len(wrapped.wrapped) != WRAPPED_BYTES:
            raise KeyRefusedError("this data key was changed")
        nonce, content = wrapped.wrapped[:NONCE_BYTES], wrapped.wrapped[NONCE_BYTES:]
        try:
            return AESGCM(version.key).decrypt(nonce, content, _bound(tenant, wrapped.key_id))
        except InvalidTag:
            raise KeyRefusedError("this data key was changed, or wrapped by another key") from None

    def _rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        data_key = self._unwrap(tenant, wrapped)
        newest = self._newest(tenant)
        return wrapped if wrapped.key_id == _key_id(tenant, newest.version) else _wrap(data_key, tenant, newest)

    def _file(self) -> _KeyFile:
        """What the file holds now; nothing where there is none."""
        known = self._known
        try:
            found = self._path.stat()
        except FileNotFoundError:
            if known is not None:
                raise UnavailableError(f"the key file {self._path} is gone: put its copy back") from None
            return _KeyFile(format=FORMAT, tenants={})
        except OSError as error:
            raise self._unreadable(error) from None
        seen = (found.st_ino, found.st_mtime_ns, found.st_size)
        if known is None or seen != known[0]:
            known = self._known = (seen, self._read())
        return known[1]

    def _read(self) -> _KeyFile:
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode) or status.st_mode & _forbidden(status):
                    raise KeyRefusedError(
                        f"the key file {self._path} can be read by others, who would have every recording: chmod 600 it"
                    )
                body = file.read(FILE_BYTES_MAX + 1)
        except OSError as error:
            raise self._unreadable(error) from None
        try:
            known = msgspec.json.decode(body, type=_KeyFile)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            known = None
        if known is None or not all(_sound(tenant, versions) for tenant, versions in known.tenants.items()):
            raise KeyRefusedError(f"{self._path} is not a key file of Cueline's, or was cut: put its copy back")
        return known

    def _make(self, tenant: TenantId, *, only_first: bool) -> _Version:
        """A new version, unless ``only_first`` and another process made the first one meanwhile."""
        try:
            with self._locked():
                known = self._file()
                before = known.tenants.get(tenant, ())
                if only_first and before:
                    return before[-1]
                if len(before) >= VERSIONS_MAX:
                    raise KeyRefusedError(
                        f"this tenant's key has {VERSIONS_MAX} versions: remove some that wrap nothing"
                    )
                number = before[-1].version + 1 if before else 1
                made = _Version(version=number, key=new_key(), made_at_ms=self._clock.epoch_ms())
                self._write(_KeyFile(format=FORMAT, tenants={**known.tenants, tenant: (*before, made)}))
        except OSError as error:
            raise self._unreadable(error) from None
        return made

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, on a file beside it, as the file itself is replaced."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _write(self, content: _KeyFile) -> None:
        """Replaces the file as a whole: a key that was given out is never half there, or lost with the power."""
        body = msgspec.json.format(msgspec.json.encode(content), indent=1)
        fresh = self._path.with_name(f"{self._path.name}.new")
        fresh.unlink(missing_ok=True)
        out = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(out, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        self._file()  # known from here on: if it is gone later, that is no first use
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _unreadable(self, error: OSError) -> UnavailableError:
        return UnavailableError(f"the key file {self._path} cannot be used ({error.strerror or 'no reason given'})")


def _forbidden(status: os.stat_result) -> int:
    """Bits of the mode that a key file may not have: those of others, and of its group unless root made it for us."""
    return 0o037 if status.st_uid == 0 and os.geteuid() != 0 else 0o077


def _wrap(data_key: bytes, tenant: TenantId, version: _Version) -> WrappedKey:
    nonce, key_id = new_nonce(), _key_id(tenant, version.version)
    return WrappedKey(key_id, nonce + AESGCM(version.key).encrypt(nonce, data_key, _bound(tenant, key_id)))


def _key_id(tenant: str, version: int) -> str:
    return f"local:{tenant}:{version}"


def _bound(tenant: TenantId, key_id: str) -> bytes:
    """What a wrapped key is authenticated with: it opens for this tenant, under this version, and as a data key."""
    return f"cueline data key\n{tenant}\n{key_id}".encode()


def _sound(tenant: str, versions: tuple[_Version, ...]) -> bool:
    numbers = [each.version for each in versions]
    return (
        re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", tenant) is not None
        and bool(numbers)
        and numbers == sorted(set(numbers))
        and numbers[0] >= 1
        and all(len(each.key) == KEY_BYTES for each in versions)
    )
