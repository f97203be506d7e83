"""The key file: who may read it, what is in it, several processes on it, and what a damaged one does."""

import asyncio
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.security import keys
from cueline.security.keys import KeyInfo, KeyRefusedError, LocalKeyRing

ACME, OTHER = TenantId("acme"), TenantId("other")


def ring(path: Path, epoch_ms: int = 1_764_000_000_000) -> LocalKeyRing:
    return LocalKeyRing(path, VirtualClock(epoch_origin_ms=epoch_ms))


async def test_it_is_made_at_first_use_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.json"
    before = os.umask(0)
    try:
        await ring(path).new_data_key(ACME)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
    assert sorted(each.name for each in path.parent.iterdir()) == ["keys.json", "keys.json.lock"]


async def test_looking_makes_none(tmp_path: Path) -> None:
    assert await ring(tmp_path / "keys.json").list() == []
    assert not (tmp_path / "keys.json").exists()
    assert not (tmp_path / "keys.json.lock").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
async def test_a_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    _, wrapped = await ring(path).new_data_key(ACME)
    path.chmod(mode)
    with pytest.raises(KeyRefusedError, match="chmod 600"):
        await ring(path).unwrap(ACME, wrapped)
    with pytest.raises(KeyRefusedError, match="chmod 600"):
        await ring(path).new_data_key(OTHER)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of root's")
async def test_a_secret_that_root_mounted_for_our_group_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    data_key, wrapped = await ring(path).new_data_key(ACME)
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    for mode, taken in ((0o440, True), (0o640, True), (0o660, False), (0o444, False), (0o450, False)):
        path.chmod(mode)
        if taken:
            assert await ring(path).unwrap(ACME, wrapped) == data_key
        else:
            with pytest.raises(KeyRefusedError, match="chmod 600"):
                await ring(path).unwrap(ACME, wrapped)


async def test_versions_are_told_without_their_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    first = ring(path, epoch_ms=1_000)
    await first.new_data_key(ACME)
    made = await ring(path, epoch_ms=2_000).rotate(ACME)
    await first.new_data_key(OTHER)
    assert made == KeyInfo(ACME, "local:acme:2", newest=True, made_at_ms=2_000)
    assert await first.list() == [
        KeyInfo(ACME, "local:acme:1", newest=False, made_at_ms=1_000),
        made,
        KeyInfo(OTHER, "local:other:1", newest=True, made_at_ms=1_000),
    ]
    secrets = {version["key"] for each in json.loads(path.read_bytes())["tenants"].values() for version in each}
    shown = f"{await first.list()} {first._known!r}"
    assert len(secrets) == 3
    assert not [secret for secret in secrets if secret in shown]


async def test_another_processs_rotation_counts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ours, theirs = ring(path), ring(path)
    _, old = await ours.new_data_key(ACME)
    await theirs.rotate(ACME)
    _, new = await ours.new_data_key(ACME)
    assert (old.key_id, new.key_id) == ("local:acme:1", "local:acme:2")


async def test_many_that_begin_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    rings = [ring(path) for _ in range(12)]
    made = await asyncio.gather(*(each.new_data_key(ACME) for each in rings))
    assert {wrapped.key_id for _, wrapped in made} == {"local:acme:1"}
    for data_key, wrapped in made:
        assert await rings[0].unwrap(ACME, wrapped) == data_key
    await asyncio.gather(*(each.rotate(ACME) for each in rings))
    assert len(await ring(path).list()) == 13


async def test_a_version_that_was_removed_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    _, wrapped = await ring(path).new_data_key(ACME)
    await ring(path).rotate(ACME)
    content = json.loads(path.read_bytes())
    content["tenants"]["acme"].pop(0)
    path.write_text(json.dumps(content))
    with pytest.raises(KeyRefusedError, match="no version 1"):
        await ring(path).unwrap(ACME, wrapped)


async def test_a_file_that_is_gone_while_we_run_is_said_and_none_made(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ours = ring(path)
    await ours.new_data_key(ACME)
    path.unlink()
    with pytest.raises(UnavailableError, match="gone"):
        await ours.new_data_key(ACME)
    with pytest.raises(UnavailableError, match="gone"):
        await ours.rotate(ACME)
    assert not path.exists()


async def test_a_write_that_fails_leaves_the_keys_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    data_key, wrapped = await ring(path).new_data_key(ACME)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnavailableError, match="No space left"):
        await ring(path).rotate(ACME)
    monkeypatch.undo()
    assert await ring(path).unwrap(ACME, wrapped) == data_key
    assert len(await ring(path).list()) == 1
    assert (await ring(path).rotate(ACME)).key_id == "local:acme:2"


async def test_versions_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "VERSIONS_MAX", 2)
    path = tmp_path / "keys.json"
    await ring(path).rotate(ACME)
    await ring(path).rotate(ACME)
    with pytest.raises(KeyRefusedError, match="2 versions"):
        await ring(path).rotate(ACME)


async def test_what_cannot_be_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnavailableError):
        await ring(tmp_path / "file" / "keys.json").new_data_key(ACME)
    (tmp_path / "folder").mkdir(mode=0o700)
    with pytest.raises((UnavailableError, KeyRefusedError)):
        await ring(tmp_path / "folder").new_data_key(ACME)


KEY = "A" * 43 + "="
GOOD = {"format": 1, "tenants": {"acme": [{"version": 1, "key": KEY, "madeAtMs": 1}]}}


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"format": 2, "tenants": {}},
        {"format": 1, "tenants": {"acme": []}},
        {"format": 1, "tenants": {"acme": [{"version": 1, "key": "AAAA", "madeAtMs": 1}]}},
        {"format": 1, "tenants": {"acme": [{"version": 0, "key": KEY, "madeAtMs": 1}]}},
        {"format": 1, "tenants": {"acme": GOOD["tenants"]["acme"] * 2}},  # type: ignore[index]
        {"format": 1, "tenants": {"No Tenant": GOOD["tenants"]["acme"]}},  # type: ignore[index]
        {**GOOD, "more": 1},
    ],
)
async def test_a_file_that_is_none_of_ours_is_refused_and_kept(tmp_path: Path, content: object) -> None:
    path = tmp_path / "keys.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(content))
    before = path.read_bytes()
    with pytest.raises(KeyRefusedError, match="not a key file"):
        await ring(path).rotate(ACME)
    assert path.read_bytes() == before


@given(st.binary(max_size=300), st.integers(0, 130))
def test_any_bytes_are_a_key_file_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes, cut: int) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed-keys.json"
    path.touch(mode=0o600)
    for body in (raw, json.dumps(GOOD).encode()[:cut] + raw):
        path.write_bytes(body)
        try:
            found = asyncio.run(ring(path).list())
        except KeyRefusedError as error:
            assert KEY not in str(error)  # noqa: PT017
        else:
            assert all(each.key_id.startswith("local:") for each in found)
