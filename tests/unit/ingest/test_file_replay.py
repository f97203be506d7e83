"""A capture in a file."""

from pathlib import Path

import pytest

from cueline.ingest.adapters.file_replay import FileReplaySource
from cueline.ingest.ports import MediaSourceError


@pytest.mark.parametrize(("name", "reason"), [("missing.mkv", "ResourceNotFound"), (".", "IsADirectoryError")])
async def test_what_cannot_be_opened_is_a_final_refusal(tmp_path: Path, name: str, reason: str) -> None:
    source = FileReplaySource(tmp_path / name)
    with pytest.raises(MediaSourceError) as caught:
        async with source.open("any", producer_ms=0):
            pass
    assert (caught.value.reason, caught.value.may_retry) == (reason, False)


def test_its_end_is_the_end(tmp_path: Path) -> None:
    assert FileReplaySource(tmp_path / "capture.mkv").archive
