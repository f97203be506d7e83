"""Object store and key ring of recordings, as the settings name them."""

from pathlib import Path
from typing import Final, Protocol

from cueline.archive.adapters.objects import FolderObjects
from cueline.archive.adapters.s3 import S3Objects
from cueline.archive.ports import KeyRing, ObjectStore
from cueline.events.recording import WrappedKey
from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConfigurationError, InputError
from cueline.kernel.ids import TenantId
from cueline.ops.system_clock import SystemClock
from cueline.roles.settings import Settings
from cueline.security.adapters.aws_kms import KmsKeyRing
from cueline.security.keys import KeyInfo, LocalKeyRing

_S3: Final = "s3://"
_KMS: Final = "kms:"


class ListedKeys(KeyRing, Protocol):
    """A key ring that tells its keys, without what is secret of them, and takes over what another ring wrapped."""

    async def wrap(self, tenant: TenantId, data_key: bytes) -> WrappedKey:
        """Puts a data key under the tenant's newest key. Raises KeyRefusedError, UnavailableError."""

    async def list(self) -> list[KeyInfo]:
        """Raises KeyRefusedError, UnavailableError."""


def make_objects(settings: Settings, *, data_dir: Path | None = None, clock: Clock | None = None) -> ObjectStore:
    """The object store of CUELINE_OBJECTS; without it a folder in ``data_dir``, or in that of the settings.

    Nothing is made or asked here. Needs ``aclose``. Raises ConfigurationError.
    """
    where = settings.objects
    if where is None:
        return FolderObjects(_data_dir(settings, data_dir) / "objects")
    if not where.startswith(_S3):
        return FolderObjects(_folder(where, "CUELINE_OBJECTS"))
    bucket, _, prefix = where.removeprefix(_S3).partition("/")
    try:
        return S3Objects(
            bucket,
            prefix=f"{prefix.rstrip('/')}/" if prefix.strip("/") else "",
            region=settings.aws_region,
            clock=clock if clock is not None else SystemClock(),
            endpoint_url=settings.s3_endpoint_url,
            kms_key=settings.objects_kms_key,
        )
    except ConfigurationError:
        raise
    except InputError as error:
        raise ConfigurationError(f"CUELINE_OBJECTS: {error}") from None


def make_keys(settings: Settings, *, data_dir: Path | None = None, clock: Clock | None = None) -> ListedKeys:
    """The key ring of CUELINE_KEYS; without it ``keys.json`` in ``data_dir``, or in that of the settings.

    Nothing is made or asked here. Needs ``aclose``. Raises ConfigurationError.
    """
    where = settings.keys
    if where is not None and where.startswith(_KMS):
        return KmsKeyRing(where.removeprefix(_KMS), region=settings.aws_region, endpoint_url=settings.kms_endpoint_url)
    path = _data_dir(settings, data_dir) / "keys.json" if where is None else _folder(where, "CUELINE_KEYS")
    return LocalKeyRing(path, clock if clock is not None else SystemClock())


def _data_dir(settings: Settings, given: Path | None) -> Path:
    from cueline.roles.assemble import data_dir  # noqa: PLC0415 - it imports this module's users

    return data_dir(settings) if given is None else given


def _folder(where: str, setting: str) -> Path:
    scheme, found, _ = where.partition("://")
    if found:
        raise ConfigurationError(f"{setting}: there is no {scheme}:// here, but a path, s3://BUCKET/PREFIX, or kms:KEY")
    try:
        return Path(where).expanduser().absolute()
    except (OSError, RuntimeError):  # ~ of an unknown user; a working folder that is gone
        raise ConfigurationError(f"{setting}: this path cannot be found from here: give an absolute one") from None
