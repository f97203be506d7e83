"""Where a recording's objects lie in the object store.

::

    {tenant}/recordings/{call id}/000000.0.chunk
    {tenant}/recordings/{call id}/manifest.0.json.enc

Number and revision are part of the name: a chunk that is beeped anew is another object, so that whoever reads while it
happens has either the old recording or the new one.
"""

import re
from typing import Final

from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId, tenant_id

KEY_CHARS_MAX: Final = 400
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_KEY = re.compile(rf"{_PART.pattern}(?:/{_PART.pattern})*")
_PREFIX = re.compile(rf"(?:{_PART.pattern}/)*")


def recording_prefix(tenant: TenantId, call_id: CallId) -> str:
    """The folder of all that is stored of one recording, ending in ``/``. Raises InputError."""
    if not _PART.fullmatch(call_id):
        raise InputError("call id must be 1 to 128 characters of A-Z a-z 0-9 . _ -, beginning with a letter or digit")
    return f"{tenant_id(tenant)}/recordings/{call_id}/"


def chunk_key(tenant: TenantId, call_id: CallId, number: int, revision: int) -> str:
    """The object of one chunk. Raises InputError."""
    return f"{recording_prefix(tenant, call_id)}{number:06d}.{revision}.chunk"


def manifest_key(tenant: TenantId, call_id: CallId, revision: int) -> str:
    """The object of one revision of the manifest. Raises InputError."""
    return f"{recording_prefix(tenant, call_id)}manifest.{revision}.json.enc"


def checked_key(key: str) -> str:
    """The key, if it is a relative path of ``A-Za-z0-9._/-`` whose parts begin with a letter or digit.

    So no key can lead out of the folder that it is looked up in. Raises InputError.
    """
    if len(key) > KEY_CHARS_MAX or not _KEY.fullmatch(key):
        raise InputError("an object's key is a relative path of A-Z a-z 0-9 . _ - with parts of at most 128 characters")
    return key


def checked_prefix(prefix: str) -> str:
    """The prefix, if it is empty or such a path ending in ``/``. Raises InputError."""
    if len(prefix) > KEY_CHARS_MAX or not _PREFIX.fullmatch(prefix):
        raise InputError("a prefix of objects is a folder: a relative path of A-Z a-z 0-9 . _ - that ends in /")
    return prefix
