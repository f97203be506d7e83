"""Models are fetched from a real server on this machine: resumed, checked, put in place whole or not at all."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from cueline.kernel.errors import CheckFailedError, InputError, UnavailableError
from cueline.roles.models import MODELS, ModelEntry, ModelFile, listed, pull

ENCODER = bytes(range(256)) * 400
TOKENS = b"<blk> 0\n"


class Host:
    """Serves two files, in whole or from a byte on; the first answers may break off."""

    def __init__(self) -> None:
        self.url = ""
        self.breaks = 0
        self.ranges: list[str | None] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = {"encoder": ENCODER, "tokens": TOKENS}[request.match_info["name"]]
        asked = request.headers.get("Range")
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(body) - start
        await response.prepare(request)
        if self.breaks:
            self.breaks -= 1
            await response.write(body[start : start + 1_000])
            assert request.transport is not None
            request.transport.close()
            return response
        await response.write(body[start:])
        return response


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    made, app = Host(), web.Application()
    app.router.add_get("/{name}", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


def entry(host: Host, *, sha256: str | None = hashlib.sha256(ENCODER).hexdigest(), most: int = 200_000) -> ModelEntry:
    files = (
        ModelFile(f"{host.url}/encoder", "encoder.onnx", most, sha256),
        ModelFile(f"{host.url}/tokens", "tokens.txt", 100),
    )
    return ModelEntry("small", "en-US", "Apache-2.0", "a test", 1, files)


def names(folder: Path, pattern: str) -> list[str]:
    return [path.name for path in folder.glob(pattern)]


async def test_a_model_is_fetched_once_and_listed(tmp_path: Path, host: Host) -> None:
    models = (entry(host),)
    said: list[str] = []
    report = await pull(tmp_path, "small", said.append, models)
    assert (tmp_path / "small" / "encoder.onnx").read_bytes() == ENCODER
    assert report["notPinned"] == ["tokens.txt"]
    assert report["sha256"]["tokens.txt"] == hashlib.sha256(TOKENS).hexdigest()
    assert any("102,400 bytes" in line for line in said)
    assert listed(tmp_path, models)[0]["folder"] == str(tmp_path / "small")
    asked = len(host.ranges)
    await pull(tmp_path, "small", said.append, models)
    assert len(host.ranges) == asked
    assert names(tmp_path, "*") == ["small"]


async def test_what_broke_off_is_kept_and_gone_on_with(tmp_path: Path, host: Host) -> None:
    models = (entry(host),)
    host.breaks = 1
    with pytest.raises(UnavailableError, match="1,000 bytes are kept"):
        await pull(tmp_path, "small", print, models)
    assert listed(tmp_path, models)[0]["folder"] is None
    await pull(tmp_path, "small", print, models)
    assert host.ranges[:2] == [None, "bytes=1000-"]
    assert (tmp_path / "small" / "encoder.onnx").read_bytes() == ENCODER


async def test_another_file_than_was_pinned_is_thrown_away(tmp_path: Path, host: Host) -> None:
    with pytest.raises(CheckFailedError, match="not the file that was pinned"):
        await pull(tmp_path, "small", print, (entry(host, sha256="0" * 64),))
    with pytest.raises(CheckFailedError, match="more than 10 bytes"):
        await pull(tmp_path, "small", print, (entry(host, most=10),))
    assert not (tmp_path / "small").exists()
    assert names(tmp_path, ".*/*.onnx") == []


async def test_without_a_network_the_message_says_what_to_do(tmp_path: Path, host: Host) -> None:
    unreachable = msgspec.structs.replace(entry(host), files=(ModelFile("http://127.0.0.1:9/encoder", "e.onnx", 9),))
    with pytest.raises(UnavailableError, match="CUELINE_SHERPA_MODEL"):
        await pull(tmp_path, "small", print, (unreachable,))


async def test_a_name_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=MODELS[0].name):
        await pull(tmp_path, "nothing", print)


def test_every_address_is_pinned_to_a_revision_and_every_model_file_to_a_checksum() -> None:
    for model in MODELS:
        for file in model.files:
            assert file.url.startswith("https://")
            assert any(len(part) == 40 and int(part, 16) for part in file.url.split("/"))
            assert file.sha256 is not None or not file.saved_as.endswith(".onnx")
            assert file.sha256 is None or len(bytes.fromhex(file.sha256)) == 32
