"""The embedded server: its first start, its next, and the start after a kill."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import asyncpg
import pytest

from cueline.kernel.errors import ConfigurationError
from cueline.storage import embedded
from cueline.storage.embedded import DataDirectoryInUseError, EmbeddedPostgres, EmbeddedServerError, default_data_dir

FAST = {"fsync": "off"}


@pytest.fixture
def folder():
    # Not pytest's own: its root is closed to other accounts again whenever another pytest starts.
    with tempfile.TemporaryDirectory(prefix="cueline-test-pg-", ignore_cleanup_errors=True) as name:
        yield Path(name)


async def asked(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def owner(folder: Path, *, then: str) -> subprocess.Popen[str]:
    """Another Cueline process that owns the folder; says its address once the server runs."""
    program = (
        "import sys, time; from pathlib import Path; from cueline.storage.embedded import EmbeddedPostgres\n"
        f"server = EmbeddedPostgres(Path(sys.argv[1]), settings={FAST!r}); print(server.start(), flush=True)\n{then}"
    )
    source = str(Path(__file__).parents[3] / "src")
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": source},
    )  # fmt: skip


async def test_data_stays_over_a_stop_and_no_process_does(folder):
    server = EmbeddedPostgres(folder, settings=FAST)
    url = server.start()
    assert str(await asked(url, "SELECT current_database() || ' ' || version()")).startswith("cueline PostgreSQL 18")
    await asked(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    server.stop()
    assert not (folder / "postgres18" / "postmaster.pid").exists()
    with pytest.raises((FileNotFoundError, ConnectionRefusedError)):
        await asked(url, "SELECT 1")
    assert server.start() == url
    try:
        assert await asked(url, "SELECT answer FROM kept") == 42
    finally:
        server.stop()


async def test_a_server_left_by_a_killed_process_is_taken_over(folder):
    process = owner(folder, then="time.sleep(600)")
    url = process.stdout.readline().strip()
    await asked(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    process.kill()
    process.communicate()
    server = EmbeddedPostgres(folder, settings=FAST)
    try:
        assert await asked(server.start(), "SELECT answer FROM kept") == 42
    finally:
        server.stop()
    assert not (folder / "postgres18" / "postmaster.pid").exists()


def test_a_directory_in_use_is_refused_with_a_way_out(folder):
    process = owner(folder, then="sys.stdin.read(); server.stop()")
    url = process.stdout.readline().strip()
    try:
        with pytest.raises(DataDirectoryInUseError) as caught:
            EmbeddedPostgres(folder, settings=FAST).start()
        assert str(process.pid) in str(caught.value)
        assert f"DATABASE_URL='{url}'" in str(caught.value)
    finally:
        process.communicate("")
    assert process.returncode == 0


def test_within_one_process_too_a_directory_has_one_owner(folder):
    server = EmbeddedPostgres(folder, settings=FAST)
    server.start()
    try:
        for _ in range(2):
            with pytest.raises(DataDirectoryInUseError):
                EmbeddedPostgres(folder, settings=FAST).start()
        assert owner(folder, then="server.stop()").wait() != 0
    finally:
        server.stop()


def test_a_pid_file_whose_number_belongs_to_another_program_does_not_matter(folder):
    server = EmbeddedPostgres(folder, settings=FAST)
    url = server.start()
    pid_file = folder / "postgres18" / "postmaster.pid"
    stale = pid_file.read_text().split("\n")
    server.stop()
    bystander = subprocess.Popen(["sleep", "600"])
    try:
        pid_file.write_text("\n".join([str(bystander.pid), *stale[1:]]))
        assert server.start() == url
        assert bystander.poll() is None
        server.stop()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
        server.stop()


async def test_a_server_that_crashed_recovers(folder):
    server = EmbeddedPostgres(folder, settings=FAST)
    url = server.start()
    await asked(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(int((folder / "postgres18" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    server.stop()
    try:
        assert await asked(server.start(), "SELECT answer FROM kept") == 42
    finally:
        server.stop()


async def test_half_of_a_first_start_is_made_again(folder):
    half = folder / "postgres18.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(folder, settings=FAST)
    try:
        assert await asked(server.start(), "SELECT 1") == 1
    finally:
        server.stop()


async def test_a_path_too_long_for_a_socket_is_no_obstacle(folder):
    long = folder / ("a" * 60) / ("b" * 60)
    server = EmbeddedPostgres(long, settings=FAST)
    try:
        url = server.start()
        assert await asked(url, "SELECT 1") == 1
    finally:
        server.stop()
    assert not os.path.exists(unquote(url.rpartition("host=")[2]))  # noqa: ASYNC240, PTH110


async def test_nobody_else_on_the_machine_can_reach_the_server(folder):
    server = EmbeddedPostgres(folder, settings=FAST)
    url = server.start()
    try:
        assert (folder / "postgres18").stat().st_mode & 0o077 == 0
        assert await asked(url, "SHOW listen_addresses") == ""
        assert await asked(url, "SHOW unix_socket_permissions") == "0700"
    finally:
        server.stop()


def test_data_of_another_version_is_refused(folder):
    (folder / "postgres18").mkdir()
    (folder / "postgres18" / "PG_VERSION").write_text("16\n")
    with pytest.raises(ConfigurationError, match="PostgreSQL 16"):
        EmbeddedPostgres(folder).start()


def test_a_server_that_does_not_start_says_why_and_gives_the_directory_back(folder):
    wrong = EmbeddedPostgres(folder, settings={"max_connections": "none"})
    with pytest.raises(EmbeddedServerError, match="max_connections"):
        wrong.start()
    server = EmbeddedPostgres(folder, settings=FAST)
    server.start()
    server.stop()


def test_programs_that_are_missing_are_told(folder, monkeypatch):
    monkeypatch.setattr(embedded, "binaries", lambda: folder)
    with pytest.raises(EmbeddedServerError, match="initdb cannot be run"):
        EmbeddedPostgres(folder, settings=FAST).start()


def test_the_default_place_depends_on_who_asks():
    home = Path("/home/maria")
    assert default_data_dir(effective_user_id=0, home=Path("/root"), xdg_data_home=None) == Path("/var/lib/cueline")
    assert default_data_dir(effective_user_id=7, home=home, xdg_data_home=None) == home / ".local/share/cueline"
    assert default_data_dir(effective_user_id=7, home=home, xdg_data_home="/data") == Path("/data/cueline")
