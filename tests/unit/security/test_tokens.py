"""The access token, and tokens for WebSockets: expiry by the clock, forgeries, other keys."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import CallId, TenantId
from cueline.security.tokens import LIVE_TOKEN_LIFE_S, AccessToken, LiveClaim, LiveTokens, TokenError, new_secret

KEY = b"k" * 32
CLAIM = LiveClaim(tenant=TenantId("default"), call_id=CallId("call_1"))
EPOCH_MS = 1_700_000_000_000


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(epoch_origin_ms=EPOCH_MS)


@pytest.fixture
def tokens(clock: VirtualClock) -> LiveTokens:
    return LiveTokens(KEY, clock)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(claims: dict[str, object], *, key: bytes = KEY, algorithm: str = "HS256") -> str:
    return jwt.encode({"alg": algorithm}, claims, OctKey.import_key(key), algorithms=[algorithm])


GOOD = {"ten": "default", "call": "call_1", "exp": EPOCH_MS // 1_000 + 60}


def test_a_token_opens_what_it_was_issued_for(tokens: LiveTokens) -> None:
    assert tokens.check(tokens.issue(CLAIM)) == CLAIM
    assert tokens.check(signed(GOOD)) == CLAIM


@pytest.mark.parametrize(
    ("after_ms", "good"),
    [
        (0, True), (LIVE_TOKEN_LIFE_S * 1_000 - 1, True), (LIVE_TOKEN_LIFE_S * 1_000, False),
        (LIVE_TOKEN_LIFE_S * 1_000 + 1, False), (10**9, False),
    ],
)  # fmt: skip
def test_it_lives_for_a_minute(tokens: LiveTokens, clock: VirtualClock, after_ms: int, good: bool) -> None:
    token = tokens.issue(CLAIM)
    clock.advance_to(after_ms)
    if good:
        assert tokens.check(token) == CLAIM
    else:
        with pytest.raises(TokenError, match="expired"):
            tokens.check(token)


HEAD, BODY, SIGNATURE = signed(GOOD).split(".")
FORGED = {
    "none": None,
    "empty": "",
    "no token": "hello",
    "dots": "..",
    "too long": "a" * 2_049,
    "not ASCII": "ä.ö.ü",
    "algorithm none": f"{part({'alg': 'none'})}.{part(GOOD)}.",
    "algorithm None": f"{part({'alg': 'None'})}.{part(GOOD)}.",
    "none with a signature": f"{part({'alg': 'none'})}.{part(GOOD)}.{SIGNATURE}",
    "no algorithm": f"{part({})}.{part(GOOD)}.{SIGNATURE}",
    "another algorithm": signed(GOOD, algorithm="HS512"),
    "another key": signed(GOOD, key=b"x" * 32),
    "signature left out": f"{HEAD}.{BODY}.",
    "another call": f"{HEAD}.{part({**GOOD, 'call': 'call_2'})}.{SIGNATURE}",
    "a longer life": f"{HEAD}.{part({**GOOD, 'exp': 2**40})}.{SIGNATURE}",
    "no expiry": signed({"ten": "default", "call": "call_1"}),
    "expiry as text": signed({**GOOD, "exp": "never"}),
    "no call": signed({"ten": "default", "exp": GOOD["exp"]}),
    "call as a number": signed({**GOOD, "call": 1}),
    "no tenant": signed({"call": "call_1", "exp": GOOD["exp"]}),
    "claims no object": f"{HEAD}.{part([1])}.{SIGNATURE}",
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_none_of_ours(tokens: LiveTokens, name: str) -> None:
    with pytest.raises(TokenError) as refused:
        tokens.check(FORGED[name])
    assert "call_" not in str(refused.value)


@given(st.text(max_size=200))
def test_any_text_is_refused_in_our_own_words(text: str) -> None:
    with pytest.raises(TokenError):
        LiveTokens(KEY, VirtualClock()).check(text)


def test_another_installation_s_token_does_not_open_this_one(tokens: LiveTokens, clock: VirtualClock) -> None:
    with pytest.raises(TokenError):
        tokens.check(LiveTokens(new_secret().encode(), clock).issue(CLAIM))


@pytest.mark.parametrize("presented", [None, "", "secre", "secret ", "SECRET", "\u017fecret", "secret\x00"])
def test_the_access_token_is_all_or_nothing(presented: str | None) -> None:
    access = AccessToken("secret")
    access.check("secret")
    with pytest.raises(TokenError):
        access.check(presented)


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(len(secret) >= 43 and secret.isascii() for secret in secrets)
