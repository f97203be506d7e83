"""A TCP proxy before PostgreSQL that cuts the connection after a given number of bytes in one direction."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

Direction = Literal["to_server", "to_client"]


class CuttingProxy:
    """Forwards until a cut is armed and its bytes have passed; then cuts once and forwards again.

    passed: bytes forwarded in each direction since ``count``.
    """

    def __init__(self, url: str) -> None:
        self._upstream = urlsplit(url)
        self._server: asyncio.Server | None = None
        self._armed: tuple[Direction, int] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.passed: dict[Direction, int] = {"to_server": 0, "to_client": 0}
        self.cuts = 0

    @property
    def url(self) -> str:
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        user = self._upstream.netloc.rpartition("@")[0]
        return f"postgresql://{user}@127.0.0.1:{port}{self._upstream.path}?sslmode=disable"

    def count(self) -> None:
        self.passed = {"to_server": 0, "to_client": 0}

    def cut_after(self, direction: Direction, count: int) -> None:
        self._armed = (direction, count)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["CuttingProxy"]:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        try:
            yield self
        finally:
            self._server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        query = parse_qs(self._upstream.query)
        host = unquote(query["host"][0]) if "host" in query else self._upstream.hostname
        if host and host.startswith("/"):
            up_reader, up_writer = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.5432")
        else:
            up_reader, up_writer = await asyncio.open_connection(host, self._upstream.port or 5432)
        pumps = [
            asyncio.create_task(self._pump("to_server", reader, up_writer)),
            asyncio.create_task(self._pump("to_client", up_reader, writer)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            writer.transport.abort()
            up_writer.transport.abort()
            self._tasks.discard(task)

    async def _pump(self, direction: Direction, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if self._armed and self._armed[0] == direction and self.passed[direction] + len(data) > self._armed[1]:
                keep = self._armed[1] - self.passed[direction]
                self._armed = None
                self.cuts += 1
                writer.write(data[:keep])
                await writer.drain()
                return
            self.passed[direction] += len(data)
            writer.write(data)
            await writer.drain()
