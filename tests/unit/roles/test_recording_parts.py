"""Where recordings and their keys are, by the settings; and what ``cueline doctor`` says of both."""

from pathlib import Path
from typing import Any

import pytest

from cueline.archive.adapters.objects import FolderObjects
from cueline.archive.adapters.s3 import S3Objects
from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.kernel.ids import TenantId
from cueline.roles import doctor
from cueline.roles.recording_parts import make_keys, make_objects
from cueline.roles.settings import Settings
from cueline.security.adapters.aws_kms import KmsKeyRing
from cueline.security.keys import LocalKeyRing

ACME = TenantId("acme")


def settings(tmp_path: Path, **chosen: Any) -> Settings:
    return Settings(**{"data_dir": tmp_path / "data", **chosen})


async def test_both_are_in_the_data_directory_and_made_at_first_use(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    objects, ring = make_objects(chosen), make_keys(chosen)
    assert isinstance(objects, FolderObjects)
    assert isinstance(ring, LocalKeyRing)
    assert not (tmp_path / "data").exists()
    await objects.put("a/1", b"x")
    await ring.new_data_key(ACME)
    assert (tmp_path / "data" / "objects" / "a" / "1").exists()
    assert (tmp_path / "data" / "keys.json").exists()


async def test_a_process_may_have_another_data_directory(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    await make_objects(chosen, data_dir=tmp_path / "other").put("a/1", b"x")
    await make_keys(chosen, data_dir=tmp_path / "other").new_data_key(ACME)
    assert (tmp_path / "other" / "objects" / "a" / "1").exists()
    assert (tmp_path / "other" / "keys.json").exists()
    assert not (tmp_path / "data").exists()


async def test_paths_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    chosen = settings(tmp_path, objects="~/recordings", keys=str(tmp_path / "safe" / "k.json"))
    await make_objects(chosen).put("a/1", b"x")
    await make_keys(chosen).new_data_key(ACME)
    assert (tmp_path / "recordings" / "a" / "1").exists()
    assert (tmp_path / "safe" / "k.json").exists()


@pytest.mark.parametrize("where", ["s3://bucket", "s3://bucket/", "s3://bucket/some/where", "s3://bucket/some/where/"])
def test_buckets(tmp_path: Path, where: str) -> None:
    objects = make_objects(settings(tmp_path, objects=where, objects_kms_key="alias/x", s3_endpoint_url="http://h:1"))
    assert isinstance(objects, S3Objects)
    assert objects._store.prefix == ("some/where" if "some" in where else None)
    assert objects._store.config.get("bucket") == "bucket"


def test_kms(tmp_path: Path) -> None:
    assert isinstance(make_keys(settings(tmp_path, keys="kms:alias/recordings")), KmsKeyRing)


@pytest.mark.parametrize(
    "where", ["s3://", "s3://b", "s3://UPPER/x", "s3://bucket/../x", "gs://bucket", "s3://bucket/ä"]
)
def test_what_is_no_place_for_objects_is_said(tmp_path: Path, where: str) -> None:
    with pytest.raises(ConfigurationError, match="CUELINE_OBJECTS"):
        make_objects(settings(tmp_path, objects=where))


@pytest.mark.parametrize("where", ["https://keys", "s3://bucket/keys.json", "kms:", "kms:a b"])
def test_what_is_no_place_for_keys_is_said(tmp_path: Path, where: str) -> None:
    with pytest.raises(ConfigurationError, match="CUELINE_KEYS"):
        make_keys(settings(tmp_path, keys=where))


async def looked(tmp_path: Path, **chosen: Any) -> dict[str, doctor.Finding]:
    found = [await doctor._objects(settings(tmp_path, **chosen)), await doctor._keys(settings(tmp_path, **chosen))]
    return {each.name: each for each in found}


async def test_the_doctor_looks_and_makes_nothing(tmp_path: Path) -> None:
    found = await looked(tmp_path)
    assert [each.ok and each.needed for each in found.values()] == [True, True]
    assert "flac" in found["recordings"].detail
    assert "made with the first recording" in found["keys of recordings"].detail
    assert not (tmp_path / "data").exists()


async def test_the_doctor_on_a_key_file_that_others_can_read(tmp_path: Path) -> None:
    await make_keys(settings(tmp_path)).new_data_key(ACME)
    assert "keep a copy" in (await looked(tmp_path))["keys of recordings"].detail
    (tmp_path / "data" / "keys.json").chmod(0o644)
    found = (await looked(tmp_path))["keys of recordings"]
    assert (found.ok, found.needed) == (False, True)
    assert "chmod 600" in found.detail


async def test_the_doctor_on_what_is_wrong(tmp_path: Path) -> None:
    found = await looked(tmp_path, objects="s3://b", keys="https://keys")
    assert [(each.ok, each.needed) for each in found.values()] == [(False, True)] * 2
    assert all(each.mend and "docs/recordings.md" in each.mend for each in found.values())


async def test_the_doctor_where_nothing_is_recorded(tmp_path: Path) -> None:
    found = await looked(tmp_path, recording="off", objects="s3://b", keys="https://keys")
    assert [(each.ok, each.needed) for each in found.values()] == [(True, False)] * 2


async def test_the_doctor_on_what_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_ASK_S", 0.2)
    (tmp_path / "file").write_bytes(b"")
    found = await looked(tmp_path, keys=str(tmp_path / "file" / "keys.json"))
    assert not found["keys of recordings"].ok
    with pytest.raises(UnavailableError):
        await make_keys(settings(tmp_path, keys=str(tmp_path / "file" / "keys.json"))).new_data_key(ACME)
