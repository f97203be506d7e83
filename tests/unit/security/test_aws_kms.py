"""What of AWS KMS the common suite does not ask: what is sent, aliases, refusals by name, bounded waiting."""

import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiobotocore.session import AioSession, get_session
from aiohttp import web

from cueline.events.recording import WrappedKey
from cueline.kernel.errors import ConfigurationError, CuelineError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.security.adapters.aws_kms import KmsKeyRing
from cueline.security.keys import KeyRefusedError
from tests.fakes.aws_server import REGION, AwsServer, aws_server, aws_session

ACME = TenantId("acme")
ARN = f"arn:aws:kms:{REGION}:123456789012:key/11111111-2222-3333-4444-555555555555"


@asynccontextmanager
async def opened(url: str, key: str = "alias/cueline", session: AioSession | None = None) -> AsyncIterator[KmsKeyRing]:
    ring = KmsKeyRing(key, region=REGION, endpoint_url=url, session=session or aws_session())
    try:
        yield ring
    finally:
        await ring.aclose()


@asynccontextmanager
async def answering(
    *answers: tuple[int, dict[str, Any]],
) -> AsyncIterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """A server with these answers, the last one for ever, and what it was asked (operation, body)."""
    asked: list[tuple[str, dict[str, Any]]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.headers["X-Amz-Target"].rpartition(".")[2], json.loads(await request.read())))
        status, body = answers[min(len(asked), len(answers)) - 1]
        return web.Response(status=status, text=json.dumps(body), content_type="application/x-amz-json-1.1")

    app = web.Application()
    app.router.add_post("/", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


def wrong(code: str) -> tuple[int, dict[str, Any]]:
    return 400, {"__type": code, "message": "User: arn:aws:iam::1:user/secret-name is not allowed"}


async def test_the_tenant_and_the_purpose_go_with_every_question() -> None:
    made = {"KeyId": ARN, "Plaintext": "A" * 43 + "=", "CiphertextBlob": "AAAA"}
    described = {"KeyMetadata": {"KeyId": "1", "Arn": ARN + "9"}}
    async with answering((200, made), (200, made), (200, described), (200, made)) as (url, asked), opened(url) as ring:
        _, wrapped = await ring.new_data_key(ACME)
        assert wrapped == WrappedKey(f"kms:{ARN}", bytes(3))
        await ring.unwrap(ACME, wrapped)
        await ring.rewrap(ACME, wrapped)
    context = {"cueline:tenant": "acme", "cueline:purpose": "recording"}
    assert asked == [
        ("GenerateDataKey", {"KeyId": "alias/cueline", "NumberOfBytes": 32, "EncryptionContext": context}),
        ("Decrypt", {"CiphertextBlob": "AAAA", "KeyId": ARN, "EncryptionContext": context}),
        ("DescribeKey", {"KeyId": "alias/cueline"}),
        (
            "ReEncrypt",
            {
                "CiphertextBlob": "AAAA", "SourceKeyId": ARN, "SourceEncryptionContext": context,
                "DestinationKeyId": ARN + "9", "DestinationEncryptionContext": context,
            },
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("AccessDeniedException", KeyRefusedError),
        ("DisabledException", KeyRefusedError),
        ("IncorrectKeyException", KeyRefusedError),
        ("InvalidCiphertextException", KeyRefusedError),
        ("KMSInvalidStateException", KeyRefusedError),
        ("NotFoundException", KeyRefusedError),
        ("ExpiredTokenException", UnavailableError),
        ("SomethingNewException", UnavailableError),
    ],
)
async def test_refusals_are_told_by_name_and_without_aws_text(code: str, expected: type[CuelineError]) -> None:
    async with answering(wrong(code)) as (url, _), opened(url) as ring:
        with pytest.raises(expected, match=code) as refused:
            await ring.unwrap(ACME, WrappedKey(f"kms:{ARN}", b"x"))
    assert "secret-name" not in str(refused.value)


async def test_a_refusal_that_may_pass_is_asked_again() -> None:
    made = {"KeyId": ARN, "Plaintext": "A" * 43 + "=", "CiphertextBlob": "AAAA"}
    async with answering((500, {}), (200, made)) as (url, asked), opened(url) as ring:
        assert await ring.unwrap(ACME, WrappedKey(f"kms:{ARN}", b"x")) == bytes(32)
    assert len(asked) == 2


async def test_what_is_no_data_key_is_refused() -> None:
    async with answering((200, {"KeyId": ARN, "Plaintext": "AAAA"})) as (url, _), opened(url) as ring:
        with pytest.raises(KeyRefusedError):
            await ring.unwrap(ACME, WrappedKey(f"kms:{ARN}", b"x"))


async def test_nobody_there_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with opened(f"http://127.0.0.1:{taken.getsockname()[1]}") as ring:
            with pytest.raises(UnavailableError, match="does not answer"):
                await ring.new_data_key(ACME)


async def test_an_address_that_is_none_is_said() -> None:
    async with opened("no address") as ring:
        with pytest.raises(ConfigurationError):
            await ring.new_data_key(ACME)


async def test_without_credentials_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    session = get_session()

    async def none() -> None:
        return None

    monkeypatch.setattr(session, "get_credentials", none)
    async with answering((200, {})) as (url, asked), opened(url, session=session) as ring:
        with pytest.raises(UnavailableError, match="credentials"):
            await ring.new_data_key(ACME)
    assert asked == []


@pytest.fixture(scope="module")
def aws() -> Iterator[AwsServer]:
    with aws_server() as server:
        yield server


@pytest.mark.component("moto")
async def test_a_data_key_of_another_ring_is_taken_over_for_its_tenant(aws: AwsServer) -> None:
    async with opened(aws.url, aws.new_kms_key()) as ring:
        wrapped = await ring.wrap(ACME, bytes(range(32)))
        assert await ring.unwrap(ACME, wrapped) == bytes(range(32))
        with pytest.raises(KeyRefusedError):
            await ring.unwrap(TenantId("other"), wrapped)


@pytest.mark.component("moto")
async def test_an_alias_stands_for_the_key_that_it_names_now(aws: AwsServer) -> None:
    first, second = aws.new_kms_key(), aws.new_kms_key()
    kms = aws.client("kms")
    kms.create_alias(AliasName="alias/recordings", TargetKeyId=first)
    async with opened(aws.url, "alias/recordings") as ring:
        data_key, old = await ring.new_data_key(ACME)
        assert old.key_id == f"kms:{first}"
        assert [(each.key_id, each.newest) for each in await ring.list()] == [(f"kms:{first}", True)]
    kms.update_alias(AliasName="alias/recordings", TargetKeyId=second)
    async with opened(aws.url, "alias/recordings") as ring:
        new = await ring.rewrap(ACME, old)
        assert new.key_id == f"kms:{second}"
        assert await ring.unwrap(ACME, new) == data_key
