"""moto's server on a free port: S3 and KMS over real HTTP, for clients of any kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3  # type: ignore[import-untyped]
from aiobotocore.session import AioSession, get_session

REGION = "eu-west-1"


class AwsServer:
    """url: where S3 and KMS are spoken to; any credentials are taken."""

    def __init__(self, url: str) -> None:
        self.url = url

    def client(self, service: str) -> Any:
        """A client of AWS's own, for what a test wants to know or prepare."""
        return boto3.client(
            service, region_name=REGION, endpoint_url=self.url, aws_access_key_id="id", aws_secret_access_key="secret"
        )

    def new_bucket(self, name: str) -> None:
        self.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})

    def new_kms_key(self) -> str:
        """Its ARN."""
        return str(self.client("kms").create_key()["KeyMetadata"]["Arn"])


def aws_session() -> AioSession:
    """A session with credentials, whatever the environment has."""
    session = get_session()
    session.set_credentials("id", "secret")
    return session


@contextmanager
def aws_server() -> Iterator[AwsServer]:
    """The server, as long as the block lasts."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer  # noqa: PLC0415 - is not everywhere

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield AwsServer(f"http://{host}:{port}")
    finally:
        server.stop()
