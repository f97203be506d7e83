"""``cueline keys`` on a real PostgreSQL: what is listed, a rotation, data keys wrapped anew; recordings still open."""

import asyncio
import json
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from cueline import cli
from cueline.archive.adapters.objects import FolderObjects
from cueline.archive.reading import RecordingReader
from cueline.events.recording import Recording
from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import CallId
from cueline.roles.keys_command import REWRAPPED
from cueline.security.keys import LocalKeyRing
from cueline.storage.engine import Database
from cueline.storage.recordings import PostgresRecordings
from cueline.tenancy.directory import DEFAULT_TENANT
from tests.fakes.recordings import MemoryBook, Stored, stored_recording

pytestmark = pytest.mark.component("postgres")


class Place:
    """A data directory with a key file and objects, and an empty database."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self.key_file = folder / "keys.json"
        self.objects = FolderObjects(folder / "objects")

    def ring(self) -> LocalKeyRing:
        return LocalKeyRing(self.key_file, VirtualClock(epoch_origin_ms=1_764_000_000_000))

    async def record(self, *calls: str) -> dict[str, Stored]:
        """Recordings of these calls, each of half a second."""
        ring, book = self.ring(), MemoryBook()
        connection = await asyncpg.connect(self.database_url)
        found = {}
        try:
            for call in calls:
                made = await stored_recording(
                    self.objects, ring, book, tenant=DEFAULT_TENANT, call_id=CallId(call), samples=(4_000,)
                )
                found[call] = made
                await _insert(connection, book.recordings[DEFAULT_TENANT, CallId(call)], made)
        finally:
            await connection.close()
        return found

    async def heard(self, call: str) -> bytes:
        database = Database(self.database_url, pool_size=1)
        try:
            reader = RecordingReader(self.objects, self.ring(), PostgresRecordings(database))
            return await (await reader.open(DEFAULT_TENANT, CallId(call))).pcm(0, 4_000)
        finally:
            await database.close()

    async def rows(self, statement: str) -> list[Any]:
        connection = await asyncpg.connect(self.database_url)
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()


async def _insert(connection: Any, recording: Recording, stored: Stored) -> None:
    call, key = recording.call_id, recording.key
    assert key is not None
    await connection.execute(
        "INSERT INTO calls (call_id, tenant, contact_id, stream_arn, start_timestamp_ms, attributes, profile, phase,"
        " sequence, created_at_ms) VALUES ($1, $2, $1, 'arn', 0, '{}', 'default', 'ended', 0, 0)",
        call, DEFAULT_TENANT,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO recordings (call_id, tenant, state, codec, key_id, wrapped_key, chunks, position,"
        " manifest_revision, sealed_at_ms) VALUES ($1, $2, 'sealed', 'flac', $3, $4, 1, 4000, 0, 1)",
        call, DEFAULT_TENANT, key.key_id, key.wrapped,
    )  # fmt: skip
    [chunk] = stored.manifest.chunks
    await connection.execute(
        "INSERT INTO recording_chunks VALUES ($1, 0, 0, 0, $2, $3, $4, '[]', '[]')",
        call, chunk.samples, chunk.bytes, chunk.sha256,
    )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("CUELINE_DATABASE_URL", database_url)
    monkeypatch.setenv("CUELINE_DATA_DIR", str(tmp_path))
    return Place(tmp_path, database_url)


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["keys", *arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_before_the_first_recording_there_is_none(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(capsys, "list")[:2] == (0, "no keys yet: the first call that is recorded makes one\n")
    assert command(capsys, "rewrap")[0] == 0
    assert not place.key_file.exists()


def test_from_rotation_to_the_last_recording(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    stored = asyncio.run(place.record("call_1", "call_2", "call_3"))
    code, out, _ = command(capsys, "list")
    assert (code, out) == (0, "local:default:1: newest, of 2025-11-24, 3 recordings\n")
    code, out, _ = command(capsys, "rotate", "--json")
    assert (code, json.loads(out)["keyId"]) == (0, "local:default:2")
    stored |= asyncio.run(place.record("call_4"))
    code, out, _ = command(capsys, "list", "--json")
    assert [(key["keyId"], key["newest"], key["recordings"]) for key in json.loads(out)["keys"]] == [
        ("local:default:1", False, 3), ("local:default:2", True, 1),
    ]  # fmt: skip
    before = {path: path.read_bytes() for path in place.folder.rglob("*.chunk")}
    code, out, err = command(capsys, "rewrap", "--json")
    report = json.loads(out)
    assert (code, report["rewrapped"], report["unchanged"], report["refused"]) == (0, 3, 1, 0)
    assert "4 of 4 recordings" in err
    assert {path: path.read_bytes() for path in place.folder.rglob("*.chunk")} == before
    content = json.loads(place.key_file.read_bytes())
    content["tenants"]["default"].pop(0)
    place.key_file.write_text(json.dumps(content))
    for call, made in stored.items():
        assert asyncio.run(place.heard(call)) == made.pcm
    assert command(capsys, "list")[0] == 0
    assert json.loads(command(capsys, "rewrap", "--json")[1])["unchanged"] == 4
    lines = asyncio.run(place.rows("SELECT actor, action, details FROM audit_log ORDER BY id"))
    assert [(line["actor"], line["action"]) for line in lines] == [("command line", REWRAPPED)] * 2
    assert json.loads(lines[0]["details"]) == {"rewrapped": 3, "unchanged": 1, "refused": 0}


def test_data_keys_move_to_another_ring(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stored = asyncio.run(place.record("call_1", "call_2"))
    old, place.key_file = place.key_file, tmp_path / "elsewhere" / "keys.json"
    monkeypatch.setenv("CUELINE_KEYS", str(place.key_file))
    stored |= asyncio.run(place.record("call_3"))
    assert command(capsys, "rewrap")[0] == 1
    for expected in ((2, 1), (0, 3)):
        code, out, _ = command(capsys, "rewrap", "--from", str(old), "--json")
        assert (code, json.loads(out)["rewrapped"], json.loads(out)["unchanged"]) == (0, *expected)
    old.unlink()
    for call, made in stored.items():
        assert asyncio.run(place.heard(call)) == made.pcm


def test_a_key_that_is_gone_is_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(place.record("call_1"))
    command(capsys, "rotate")
    asyncio.run(place.record("call_2"))
    content = json.loads(place.key_file.read_bytes())
    content["tenants"]["default"].pop(0)
    place.key_file.write_text(json.dumps(content))
    code, out, _ = command(capsys, "list")
    assert (code, out.splitlines()[0]) == (
        1, "local:default:1: NOT IN THE RING: its recordings cannot be opened, 1 recordings",
    )  # fmt: skip
    code, out, _ = command(capsys, "rewrap")
    assert code == 1
    assert out.endswith("Refused, as the ring does not hold their key: call_1\n")


def test_a_key_file_that_others_can_read_is_said(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(place.record("call_1"))
    place.key_file.chmod(0o644)
    for arguments in (["list"], ["rotate"]):
        code, _, err = command(capsys, *arguments)
        assert code == 1
        assert "chmod 600" in err


def test_kms_is_not_rotated_from_here(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUELINE_KEYS", "kms:alias/recordings")
    code, _, err = command(capsys, "rotate")
    assert code == 2
    assert "enable-key-rotation" in err
