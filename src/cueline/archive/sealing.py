"""AES-256-GCM as chunks and manifests use it: one key per call, a random nonce per object.

**Nonces.** GCM breaks where one nonce is used twice under one key with different content. A nonce made of number and
revision would be: a worker that takes a call over cuts, beeps and encodes the chunk that was under way anew, with
other bytes under the same number and revision, and whoever saw both objects could tell their difference. So each
sealing draws 96 random bits. A call has its own data key; with 40,000 sealings under it (two days of audio, all beeped
anew) the chance of two equal nonces is below 2 to the minus 66.

**Where a body belongs** (its magic, header, tenant, call) is not in the cipher text but authenticated with it: another
place's body does not open, and neither does a manifest that is offered as a chunk.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId
from cueline.security.tokens import NONCE_BYTES, new_nonce

DATA_KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
ADDED_BYTES: Final = NONCE_BYTES + TAG_BYTES
"""What sealing adds to header and content."""


class ChunkRefusedError(CuelineError):
    """A stored chunk or manifest that is not what was stored there: changed, cut, swapped, or under another key."""

    code = "chunk_refused"


def sealed(content: bytes, *, header: bytes, tenant: TenantId, call_id: CallId, data_key: bytes) -> bytes:
    """``header``, nonce, cipher text, tag. Raises ChunkRefusedError for a key that is none."""
    nonce = new_nonce()
    return header + nonce + _cipher(data_key).encrypt(nonce, content, _place(header, tenant, call_id))


def opened(body: bytes, *, header: bytes, tenant: TenantId, call_id: CallId, data_key: bytes) -> bytes:
    """The content of a body that ``sealed`` made with this header for this place. Raises ChunkRefusedError."""
    start = len(header)
    if len(body) < start + ADDED_BYTES or body[:start] != header:
        raise refused()
    nonce = body[start : start + NONCE_BYTES]
    try:
        return _cipher(data_key).decrypt(nonce, body[start + NONCE_BYTES :], _place(header, tenant, call_id))
    except InvalidTag:
        raise refused() from None


def refused() -> ChunkRefusedError:
    """The one error that all refusals end in: which check failed helps nobody but whoever tampers."""
    return ChunkRefusedError(
        "stored audio is not what was recorded there: it was changed, exchanged or cut, or belongs to another key"
    )


def _cipher(data_key: bytes) -> AESGCM:
    if len(data_key) != DATA_KEY_BYTES:
        raise refused()
    return AESGCM(data_key)


def _place(header: bytes, tenant: TenantId, call_id: CallId) -> bytes:
    """Each part behind its length: no two places make the same bytes."""
    parts = (header, tenant.encode(), call_id.encode())
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)
