"""Secrets and tokens: the installation's access token, short-lived tokens for WebSockets, random keys and nonces."""

import hmac
import secrets

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, TenantId

LIVE_TOKEN_LIFE_S = 60
KEY_BYTES = 32
NONCE_BYTES = 12
_ALGORITHM = "HS256"


class TokenError(CuelineError):
    """A token that is missing, wrong, or too old."""

    code = "token"


def new_secret() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def new_key() -> bytes:
    """A key for AES-256."""
    return secrets.token_bytes(KEY_BYTES)


def new_nonce() -> bytes:
    """The random 96 bits of one encryption by AES-GCM."""
    return secrets.token_bytes(NONCE_BYTES)


class AccessToken:
    """The one secret that opens a development installation."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def check(self, presented: str | None) -> None:
        """Compares in constant time. Raises TokenError."""
        if presented is None or not hmac.compare_digest(presented.encode(), self._secret):
            raise TokenError("this needs the access token that was printed at the start")


class LiveClaim(msgspec.Struct, frozen=True):
    """What a live token allows: one call of one tenant, or its floor (``call_id`` None)."""

    tenant: TenantId
    call_id: CallId | None


class LiveTokens:
    """Signs and checks tokens that open ``/v1/live`` for one call, or ``/v1/floor/live``."""

    __slots__ = ("_clock", "_key")

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = OctKey.import_key(key)
        self._clock = clock

    def issue(self, claim: LiveClaim) -> str:
        """A token that is good for LIVE_TOKEN_LIFE_S seconds."""
        now_s = self._clock.epoch_ms() // 1_000
        claims = {"ten": claim.tenant, "call": claim.call_id, "exp": now_s + LIVE_TOKEN_LIFE_S}
        return jwt.encode({"alg": _ALGORITHM}, claims, self._key)

    def check(self, token: str | None) -> LiveClaim:
        """Raises TokenError."""
        if not token or len(token) > 2_048:
            raise TokenError("a live token is needed: POST /v1/live-token")
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
        except (JoseError, ValueError):
            raise TokenError("the live token is not one of ours") from None
        expires, tenant, call = claims.get("exp"), claims.get("ten"), claims.get("call")
        known = isinstance(call, str) or ("call" in claims and call is None)
        if not isinstance(expires, int) or not isinstance(tenant, str) or not known:
            raise TokenError("the live token is not one of ours")
        if expires <= self._clock.epoch_ms() // 1_000:
            raise TokenError("the live token has expired: get a new one")
        return LiveClaim(tenant=TenantId(tenant), call_id=None if call is None else CallId(call))
