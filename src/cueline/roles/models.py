"""``cueline models``: models of local recognition, pinned, fetched once and checked.

A file is fetched into a folder beside, resumed where it broke off, checked against its pinned SHA-256, and only when
all are there the folder gets its name: a model is there whole or not at all.
"""

import asyncio
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import aiohttp
import msgspec

from cueline.kernel.errors import CheckFailedError, InputError, UnavailableError
from cueline.roles.settings import Settings

CHUNK_BYTES: Final = 1 << 20
CONNECT_S: Final = 20.0
SILENCE_S: Final = 60.0
"""A host that sends nothing for this long has failed; what came is kept, and the next attempt goes on from there."""

_SAY_EVERY_BYTES: Final = 10 << 20


class ModelFile(msgspec.Struct, frozen=True):
    """One file. saved_as: its name in the model's folder. most_bytes: no more are read.

    sha256: None where it is not known beforehand; then the address's revision alone says what is fetched.
    """

    url: str
    saved_as: str
    most_bytes: int
    sha256: str | None = None


class ModelEntry(msgspec.Struct, frozen=True):
    """A model that can be fetched."""

    name: str
    language: str
    licence: str
    about: str
    megabytes: int
    files: tuple[ModelFile, ...]


_ZIPFORMER: Final = (
    "https://huggingface.co/csukuangfj/sherpa-onnx-streaming-zipformer-en-2023-06-26/resolve/"
    "672fbf1b30579d6585301139bb363f42a0ad4a24/"
)
_CHUNKED: Final = "epoch-99-avg-1-chunk-16-left-64"

MODELS: Final = (
    ModelEntry(
        name="zipformer-en-2023-06-26",
        language="en-US",
        licence="Apache-2.0",
        about="streaming Zipformer transducer for sherpa-onnx, trained on LibriSpeech (read English, 16 kHz)",
        megabytes=74,
        files=(
            ModelFile(
                f"{_ZIPFORMER}encoder-{_CHUNKED}.int8.onnx",
                "encoder.int8.onnx",
                80_000_000,
                "0d072fd4ef956294ba9db9e9a71a541ac70659095ec4934c8453d8b2fe740187",
            ),
            ModelFile(
                f"{_ZIPFORMER}decoder-{_CHUNKED}.onnx",
                "decoder.onnx",
                3_000_000,
                "7bf787f90b194b307e5a4ad6a34fadb4e748304c35f78a8d66358a05b13ee6ef",
            ),
            ModelFile(
                f"{_ZIPFORMER}joiner-{_CHUNKED}.int8.onnx",
                "joiner.int8.onnx",
                400_000,
                "d944208d660d67c8d72cd2acaeac971fa5ceb8c80e76c1968148846fedd6e297",
            ),
            ModelFile(f"{_ZIPFORMER}tokens.txt", "tokens.txt", 20_000),
        ),
    ),
)
"""The host's revision is part of each address. Checksums are those that the host published for its large files."""


def models_folder(settings: Settings) -> Path:
    """Where fetched models lie."""
    from cueline.roles.assemble import data_dir  # noqa: PLC0415 - it imports this module's users

    return data_dir(settings) / "models"


def model_folder(settings: Settings, named: str) -> Path:
    """The folder of a fetched model's name, or the folder that is named itself."""
    known = any(entry.name == named for entry in MODELS)
    return models_folder(settings) / named if known else Path(named).expanduser()


def listed(folder: Path, models: tuple[ModelEntry, ...] = MODELS) -> list[dict[str, Any]]:
    """What can be fetched, and whether it is there."""
    return [
        {
            "name": entry.name,
            "language": entry.language,
            "licence": entry.licence,
            "about": entry.about,
            "megabytes": entry.megabytes,
            "files": [{"url": file.url, "savedAs": file.saved_as, "sha256": file.sha256} for file in entry.files],
            "folder": str(folder / entry.name) if _complete(folder / entry.name, entry) else None,
        }
        for entry in models
    ]


def listed_text(found: list[dict[str, Any]]) -> str:
    """The list for a person."""
    return "\n".join(
        f"{one['name']}  {one['megabytes']} MB, {one['language']}, {one['licence']}: {one['about']}\n"
        f"  {'in ' + one['folder'] if one['folder'] else 'not fetched: cueline models pull ' + one['name']}"
        for one in found
    )


async def pull(
    folder: Path, name: str, say: Callable[[str], None], models: tuple[ModelEntry, ...] = MODELS
) -> dict[str, Any]:
    """Fetches a model into ``folder`` and says where it is.

    Raises InputError for a name that is not listed, UnavailableError without network (what came is kept for the next
    attempt), CheckFailedError where a file is not the one that was pinned.
    """
    entry = next((each for each in models if each.name == name), None)
    if entry is None:
        raise InputError(f"no model {name}; there are: {', '.join(each.name for each in models)}")
    target, staging = folder / entry.name, folder / f".{entry.name}.part"
    if not _complete(target, entry):
        staging.mkdir(parents=True, exist_ok=True)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=SILENCE_S)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
            for file in entry.files:
                await _fetch(session, file, staging, say)
        _put_in_place(staging, target)
    digests = {file.saved_as: _digest(target / file.saved_as) for file in entry.files}
    unpinned = [file.saved_as for file in entry.files if file.sha256 is None]
    return {"name": entry.name, "folder": str(target), "sha256": digests, "notPinned": unpinned}


def pulled_text(report: dict[str, Any]) -> str:
    """What was fetched, and how to use it."""
    lines = [f"{report['name']} is in {report['folder']}"]
    lines += [
        f"  {name}  {digest}{'  (no checksum is pinned for this one)' if name in report['notPinned'] else ''}"
        for name, digest in report["sha256"].items()
    ]
    return "\n".join([*lines, f"Use it: CUELINE_RECOGNISER=sherpa CUELINE_SHERPA_MODEL={report['name']}"])


def _complete(folder: Path, entry: ModelEntry) -> bool:
    return all((folder / file.saved_as).is_file() for file in entry.files)


async def _fetch(session: aiohttp.ClientSession, file: ModelFile, staging: Path, say: Callable[[str], None]) -> None:
    done, part = staging / file.saved_as, staging / f"{file.saved_as}.part"
    if done.is_file():
        return
    try:
        await _read(session, file, part, say)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        kept = _size(part)
        raise UnavailableError(
            f"{file.saved_as} could not be fetched from {_host(file.url)} ({type(error).__name__}); {kept:,} bytes are"
            " kept, and `cueline models pull` goes on from there. Without a network, put the files of `cueline models"
            " list --json` into a folder yourself and name it in CUELINE_SHERPA_MODEL"
        ) from None
    if file.sha256 is not None:
        found = await asyncio.to_thread(_digest, part)
        if found != file.sha256:
            part.unlink()
            raise CheckFailedError(
                f"{file.saved_as} is not the file that was pinned: SHA-256 {found}; it was thrown away"
            )
    part.replace(done)


async def _read(session: aiohttp.ClientSession, file: ModelFile, part: Path, say: Callable[[str], None]) -> None:
    """Appends what is missing; a host that does not go on in the middle sends all of it again."""
    have = _size(part)
    headers = {"Range": f"bytes={have}-"} if have else {}
    async with session.get(file.url, headers=headers) as response:
        if response.status == 416:  # nothing is missing
            return
        if response.status not in {200, 206}:
            raise UnavailableError(f"{_host(file.url)} answered {response.status} for {file.saved_as}")
        goes_on = response.status == 206
        have = have if goes_on else 0
        said = have
        with part.open("ab" if goes_on else "wb") as out:
            async for chunk in response.content.iter_chunked(CHUNK_BYTES):
                have += len(chunk)
                if have > file.most_bytes:
                    out.truncate(0)
                    raise CheckFailedError(
                        f"{file.saved_as} is more than {file.most_bytes:,} bytes: not what was pinned"
                    )
                out.write(chunk)
                if have - said >= _SAY_EVERY_BYTES:
                    said = have
                    say(f"{file.saved_as}: {have / 1e6:,.0f} MB")
    say(f"{file.saved_as}: {have:,} bytes")


def _put_in_place(staging: Path, target: Path) -> None:
    """The folder gets its name in one step; what was half there under that name goes."""
    if target.is_dir():
        for left in target.iterdir():
            left.unlink()
        target.rmdir()
    staging.replace(target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _host(url: str) -> str:
    return url.split("/")[2]
