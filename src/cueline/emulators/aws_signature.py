"""AWS Signature Version 4 from the service's side: was a request, or an event, signed with the secret we know? Pure.

Written from the public description of the scheme and not with the library that signs for the client, so that an error
in one is not hidden by the same error in the other.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NoReturn
from urllib.parse import quote

from cueline.kernel.errors import InputError
from cueline.media.event_stream import EventStreamError, Frame, Timestamp, decode, encode_headers

ALGORITHM: Final = "AWS4-HMAC-SHA256"
MAX_SKEW_MS: Final = 5 * 60 * 1_000
MAX_EXPIRES_S: Final = 300
_EMPTY_SHA256: Final = hashlib.sha256(b"").hexdigest()
_SIGNED_QUERY: Final = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders")


class SignatureRefusedError(InputError):
    """The service would answer 403; ``exception`` is the name that it would give."""

    code = "signature_refused"

    def __init__(self, exception: str, message: str) -> None:
        super().__init__(message)
        self.exception = exception


class Account:
    """The one access key that is valid, for one region."""

    __slots__ = ("access_key_id", "region", "secret_access_key", "service", "session_token")

    def __init__(
        self, access_key_id: str, secret_access_key: str, *, region: str, session_token: str | None = None
    ) -> None:
        self.access_key_id = access_key_id
        self.secret_access_key = secret_access_key
        self.session_token = session_token
        self.region = region
        self.service = "transcribe"

    def __repr__(self) -> str:
        return "<Account>"

    def scope(self, day: str) -> str:
        return f"{day}/{self.region}/{self.service}/aws4_request"

    def sign(self, day: str, text: str) -> str:
        """The signature, in hexadecimal, of a text to sign."""
        key = f"AWS4{self.secret_access_key}".encode()
        for part in (day, self.region, self.service, "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()


class Request:
    """What of an HTTP request is signed. Header names are in lower case; the query is decoded."""

    __slots__ = ("headers", "method", "path", "query")

    def __init__(self, method: str, path: str, query: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> None:
        self.method = method
        self.path = path
        self.query = tuple(query)
        self.headers = headers


def verify_presigned(request: Request, account: Account, *, now_ms: int) -> str:
    """The signature of a pre-signed address that is valid now. Raises SignatureRefusedError."""
    query = dict(request.query)
    if len(query) != len(request.query):
        _refuse("InvalidSignatureException", "A query parameter is given twice")
    for name in (*_SIGNED_QUERY, "X-Amz-Signature"):
        if name not in query:
            _refuse("MissingAuthenticationTokenException", f"The address is not signed: {name} is missing")
    if query["X-Amz-Algorithm"] != ALGORITHM:
        _refuse("InvalidSignatureException", f"X-Amz-Algorithm must be {ALGORITHM}")
    signed_ms = _time_ms(query["X-Amz-Date"])
    expires = query["X-Amz-Expires"]
    if not expires.isascii() or not expires.isdigit() or not 1 <= int(expires) <= MAX_EXPIRES_S:
        _refuse("InvalidSignatureException", f"X-Amz-Expires must be 1 to {MAX_EXPIRES_S} seconds")
    if signed_ms > now_ms + MAX_SKEW_MS or now_ms > signed_ms + int(expires) * 1_000:
        _refuse("InvalidSignatureException", "Signature expired, or not yet current")
    _check_key(account, query["X-Amz-Credential"], query["X-Amz-Date"][:8], query.get("X-Amz-Security-Token"))
    unsigned = [(name, value) for name, value in request.query if name != "X-Amz-Signature"]
    expected = _signature(
        request, account, unsigned, signed=query["X-Amz-SignedHeaders"], date=query["X-Amz-Date"], body=_EMPTY_SHA256
    )
    return _compare(query["X-Amz-Signature"], expected)


def verify_headers(request: Request, account: Account, *, now_ms: int) -> str:
    """The signature of a request that is signed in its headers. Raises SignatureRefusedError."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    fields = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    date = request.headers.get("x-amz-date", "")
    if scheme != ALGORITHM or not {"Credential", "SignedHeaders", "Signature"} <= fields.keys() or not date:
        _refuse("MissingAuthenticationTokenException", "The request is not signed: Authorization or X-Amz-Date")
    if abs(now_ms - _time_ms(date)) > MAX_SKEW_MS:
        _refuse("InvalidSignatureException", "Signature expired, or not yet current")
    _check_key(account, fields["Credential"], date[:8], request.headers.get("x-amz-security-token"))
    # The body is a stream of events with signatures of their own, so the request is signed without it; the clients
    # differ in what they put in its place, and say which in a header where it is not the hash of nothing.
    body = request.headers.get("x-amz-content-sha256", _EMPTY_SHA256)
    expected = _signature(request, account, request.query, signed=fields["SignedHeaders"], date=date, body=body)
    return _compare(fields["Signature"], expected)


class EventSignatures:
    """The chain of signed events of one stream: each signature covers the one before."""

    __slots__ = ("_account", "_prior")

    def __init__(self, account: Account, first: str) -> None:
        self._account = account
        self._prior = first

    def open(self, outer: Frame, *, now_ms: int) -> Frame | None:
        """The frame within a signed one; None at the stream's signed end. Raises SignatureRefusedError."""
        date, signature = outer.headers.get(":date"), outer.headers.get(":chunk-signature")
        if not isinstance(date, Timestamp) or not isinstance(signature, bytes) or len(outer.headers) != 2:
            _refuse("InvalidSignatureException", "An event must be signed: :date and :chunk-signature, nothing else")
        if abs(now_ms - date) > MAX_SKEW_MS:
            _refuse("InvalidSignatureException", "An event's signature has expired")
        stamp = datetime.fromtimestamp(date // 1_000, UTC).strftime("%Y%m%dT%H%M%SZ")
        text = "\n".join(
            (
                f"{ALGORITHM}-PAYLOAD",
                stamp,
                self._account.scope(stamp[:8]),
                self._prior,
                hashlib.sha256(encode_headers({":date": date})).hexdigest(),
                hashlib.sha256(outer.payload).hexdigest(),
            )
        )
        self._prior = _compare(signature.hex(), self._account.sign(stamp[:8], text))
        if not outer.payload:
            return None
        try:
            return decode(outer.payload)
        except EventStreamError as error:
            raise SignatureRefusedError("BadRequestException", f"A signed event's payload: {error}") from None


def _signature(
    request: Request, account: Account, query: Sequence[tuple[str, str]], *, signed: str, date: str, body: str
) -> str:
    names = signed.split(";")
    # Over HTTP/2 the host is in a header of another name, and some clients sign it under that.
    if names != sorted(names) or not {"host", ":authority"} & {*names} or not {*names} <= request.headers.keys():
        _refuse("InvalidSignatureException", "Signed headers must be there, sorted, with host among them")
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query)
    canonical = "\n".join(
        (
            request.method,
            quote(request.path, safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in pairs),
            *(f"{name}:{' '.join(request.headers[name].split())}" for name in names),
            "",
            signed,
            body,
        )
    )
    text = "\n".join((ALGORITHM, date, account.scope(date[:8]), hashlib.sha256(canonical.encode()).hexdigest()))
    return account.sign(date[:8], text)


def _check_key(account: Account, credential: str, day: str, token: str | None) -> None:
    key, _, scope = credential.partition("/")
    if key != account.access_key_id or token != account.session_token:
        _refuse("UnrecognizedClientException", "The security token included in the request is invalid.")
    if scope != account.scope(day):
        _refuse("InvalidSignatureException", f"Credential should be scoped to {account.scope('DATE')}")


def _compare(given: str, expected: str) -> str:
    if not hmac.compare_digest(given.encode(), expected.encode()):
        _refuse("InvalidSignatureException", "The signature does not match the one that was calculated")
    return expected


def _time_ms(stamp: str) -> int:
    try:
        return int(datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp() * 1_000)
    except ValueError:
        _refuse("InvalidSignatureException", "X-Amz-Date must look like 20200131T235959Z")


def _refuse(exception: str, message: str) -> NoReturn:
    raise SignatureRefusedError(exception, message)
