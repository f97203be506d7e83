"""A Matroska capture in a file, served without any server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Final

from cueline.ingest.ports import MediaSourceError, MediaStream, StreamFacts

_CHUNK_BYTES: Final = 64 * 1024


class _FileStream:
    __slots__ = ("_file",)

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    async def read(self) -> bytes:
        try:
            return await asyncio.to_thread(self._file.read, _CHUNK_BYTES)
        except OSError as error:
            raise MediaSourceError("the capture cannot be read", reason=type(error).__name__, retryable=False) from None


class FileReplaySource:
    """Every stream is the one capture, always from its beginning: what was had already is dropped by number."""

    archive: bool = True

    def __init__(self, path: Path) -> None:
        self._path = path

    async def describe(self, stream_arn: str) -> StreamFacts:  # noqa: ARG002 - there is only one
        """A file is kept: nothing is lost when reading breaks off."""
        return StreamFacts(retention_hours=1, kms_key=None)

    @asynccontextmanager
    async def open(self, stream_arn: str, *, producer_ms: int) -> AsyncIterator[MediaStream]:  # noqa: ARG002
        try:
            file = await asyncio.to_thread(self._path.open, "rb")
        except FileNotFoundError:
            raise MediaSourceError("there is no such capture", reason="ResourceNotFound", retryable=False) from None
        except OSError as error:
            raise MediaSourceError(
                "the capture cannot be opened", reason=type(error).__name__, retryable=False
            ) from None
        try:
            yield _FileStream(file)
        finally:
            file.close()

    async def aclose(self) -> None:
        """Nothing is shared between streams."""
