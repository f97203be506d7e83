"""A network that can be cut: a TCP proxy that forwards, breaks every connection, refuses, and forwards again."""

import asyncio
import contextlib


class TcpProxy:
    """Between a client and a server on 127.0.0.1, in the event loop that starts it.

    upstream: the server's port, or the path of its Unix socket. port: where clients connect; the same after a cut.
    """

    def __init__(self, upstream: int | str) -> None:
        self._upstream = upstream
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0

    async def restore(self) -> None:
        """Listens, at first and after ``cut``."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Breaks every connection without a goodbye; new ones are refused."""
        if self._server is not None:
            self._server.close()
            self._server = None
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        up_writer: asyncio.StreamWriter | None = None
        try:
            if isinstance(self._upstream, str):
                up_reader, up_writer = await asyncio.open_unix_connection(self._upstream)
            else:
                up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._upstream)
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(_pump(reader, up_writer))
                pumps.create_task(_pump(up_reader, writer))
        except (OSError, asyncio.CancelledError, ExceptionGroup):
            pass  # the connection is over, whoever ended it
        finally:
            self._connections.discard(task)
            writer.transport.abort()
            if up_writer is not None:
                up_writer.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()
