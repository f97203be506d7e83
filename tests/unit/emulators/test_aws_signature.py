"""Signatures, as botocore makes them, verified by code that shares nothing with it."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from cueline.emulators.aws_signature import (
    Account,
    EventSignatures,
    Request,
    SignatureRefusedError,
    verify_headers,
    verify_presigned,
)
from cueline.media.event_stream import Frame, Timestamp, encode
from cueline.ops.system_clock import SystemClock

ACCOUNT = Account("KEY", "SECRET", region="eu-central-1")
HOST = "transcribestreaming.eu-central-1.amazonaws.com:8443"


def presigned(
    query: dict[str, str], *, expires_s: int = 60, token: str | None = None, service: str = "transcribe"
) -> Request:
    request = AWSRequest(method="GET", url=f"wss://{HOST}/stream-transcription-websocket?{urlencode(query)}")
    SigV4QueryAuth(Credentials("KEY", "SECRET", token), service, "eu-central-1", expires=expires_s).add_auth(request)
    address = urlsplit(request.url)
    return Request("GET", address.path, parse_qsl(address.query, keep_blank_values=True), {"host": HOST})


def now_ms(later_s: int = 0) -> int:
    return SystemClock().epoch_ms() + later_s * 1_000


@given(st.dictionaries(st.text("abc-", min_size=1), st.text(st.characters(codec="utf-8"), max_size=12), max_size=5))
def test_any_query_that_botocore_signs_is_verified(query: dict[str, str]) -> None:
    assert len(verify_presigned(presigned(query), ACCOUNT, now_ms=now_ms())) == 64


def test_a_session_token_is_signed_too() -> None:
    account = Account("KEY", "SECRET", region="eu-central-1", session_token="token")
    assert verify_presigned(presigned({}, token="token"), account, now_ms=now_ms())
    for token in (None, "other"):
        with pytest.raises(SignatureRefusedError):
            verify_presigned(presigned({}, token=token), account, now_ms=now_ms())


def changed(request: Request, **new: str | None) -> Request:
    query = {**dict(request.query), **{name.replace("_", "-"): value for name, value in new.items()}}
    return Request("GET", request.path, [(n, v) for n, v in query.items() if v is not None], request.headers)


@pytest.mark.parametrize(
    "new",
    [
        {"sample_rate": "16000"},
        {"X_Amz_Signature": "0" * 64},
        {"X_Amz_Signature": None},
        {"X_Amz_Date": None},
        {"X_Amz_Date": "yesterday"},
        {"X_Amz_Expires": "301"},
        {"X_Amz_Expires": "-1"},
        {"X_Amz_Algorithm": "AWS4-HMAC-SHA1"},
        {"X_Amz_Credential": "OTHER/20260101/eu-central-1/transcribe/aws4_request"},
        {"X_Amz_SignedHeaders": "x-missing"},
        {"more": "1"},
    ],
)
def test_what_was_changed_after_signing_is_refused(new: dict[str, str | None]) -> None:
    request = changed(presigned({"sample-rate": "8000"}), **new)
    with pytest.raises(SignatureRefusedError):
        verify_presigned(request, ACCOUNT, now_ms=now_ms())


def test_times_regions_services_and_hosts_that_do_not_fit_are_refused() -> None:
    request = presigned({}, expires_s=60)
    assert verify_presigned(request, ACCOUNT, now_ms=now_ms(55))
    elsewhere = Account("KEY", "SECRET", region="us-east-1")
    moved = Request("GET", request.path, request.query, {"host": "another"})
    for refused, account, at in (
        (request, ACCOUNT, now_ms(62)),
        (request, ACCOUNT, now_ms(-400)),
        (request, elsewhere, now_ms()),
        (presigned({}, service="s3"), ACCOUNT, now_ms()),
        (presigned({}, expires_s=301), ACCOUNT, now_ms()),
        (moved, ACCOUNT, now_ms()),
    ):
        with pytest.raises(SignatureRefusedError):
            verify_presigned(refused, account, now_ms=at)


def signed_in_headers(**headers: str) -> dict[str, str]:
    request = AWSRequest(method="POST", url="https://localhost:1/stream-transcription", headers=headers)
    SigV4Auth(Credentials("KEY", "SECRET"), "transcribe", "eu-central-1").add_auth(request)
    return {"host": "localhost:1", **{name.lower(): value for name, value in request.headers.items()}}


def verify(headers: dict[str, str], **more: Any) -> str:
    request = Request("POST", "/stream-transcription", (), headers)
    return verify_headers(request, ACCOUNT, now_ms=more.get("now_ms", now_ms()))


def test_requests_that_are_signed_in_their_headers() -> None:
    headers = signed_in_headers(**{"x-amzn-transcribe-sample-rate": "8000"})
    assert verify(headers)
    for wrong in (
        headers | {"x-amzn-transcribe-sample-rate": "16000"},
        headers | {"authorization": ""},
        headers | {"x-amz-date": ""},
        headers | {"host": "another"},
        {name: value for name, value in headers.items() if name != "x-amzn-transcribe-sample-rate"},
    ):
        with pytest.raises(SignatureRefusedError):
            verify(wrong)
    with pytest.raises(SignatureRefusedError):
        verify(headers, now_ms=now_ms(400))


def test_the_account_does_not_show_its_secret() -> None:
    assert "SECRET" not in repr(ACCOUNT)


@pytest.mark.parametrize(
    "outer",
    [
        Frame({}, b""),
        Frame({":date": Timestamp(0), ":chunk-signature": b""}, b""),
        Frame({":date": 5, ":chunk-signature": b""}, b""),
        Frame({":date": Timestamp(now_ms()), ":chunk-signature": bytes(32)}, encode({}, b"")),
    ],
)
def test_events_with_no_old_or_wrong_signatures_are_refused(outer: Frame) -> None:
    with pytest.raises(SignatureRefusedError):
        EventSignatures(ACCOUNT, "0" * 64).open(outer, now_ms=now_ms())
