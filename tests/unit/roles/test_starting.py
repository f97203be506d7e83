"""What `cueline up` says where it cannot start: typed errors with a way out, never a bare fault."""

from pathlib import Path

import pytest

from cueline import cli
from cueline.roles.assemble import data_dir
from cueline.roles.settings import read_settings


def started(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["up", "--recogniser", "script", "--no-browser", "--port", "0", *options])
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CUELINE_DATABASE_URL", "DATABASE_URL", "CUELINE_SCRIPT_DIR", "CUELINE_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_a_socket_that_is_gone_is_no_riddle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CUELINE_DATABASE_URL", f"postgresql://cueline@/cueline?host={tmp_path}")
    code, said = started(capsys)
    assert code == 3
    assert "there is no socket in the folder" in said
    assert "take CUELINE_DATABASE_URL" in said


def test_nothing_that_listens_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CUELINE_DATABASE_URL", "postgresql://cueline@127.0.0.1:1/cueline")
    code, said = started(capsys)
    assert (code, "nothing listens at the address of CUELINE_DATABASE_URL" in said) == (3, True)


def test_a_folder_of_scripts_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CUELINE_SCRIPT_DIR", str(tmp_path / "nowhere"))
    code, said = started(capsys, "--data-dir", str(tmp_path))
    assert (code, "CUELINE_SCRIPT_DIR: there is no folder" in said) == (2, True)


def test_a_working_folder_that_was_removed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    code, said = started(capsys, "--data-dir", "here")
    assert (code, "the data directory here cannot be found from here" in said) == (2, True)
    assert "the recogniser script knows the words of the sample calls alone" in said.lower()


def test_an_absolute_folder_needs_no_working_folder(tmp_path: Path) -> None:
    assert data_dir(read_settings(data_dir=tmp_path)) == tmp_path
