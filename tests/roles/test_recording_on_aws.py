"""A real worker that records to S3 under keys of KMS (moto's server): what lies there, and that it is read back."""

from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest

from cueline.archive.reading import RecordingReader
from cueline.roles.recording_parts import make_keys, make_objects
from cueline.roles.settings import Settings
from cueline.storage.engine import Database
from cueline.storage.recordings import PostgresRecordings
from tests.fakes.aws_server import REGION, aws_server
from tests.roles.harness import TENANT, hang_up, ledger, offer, products, stage, until
from tests.roles.recorded import Stored, assert_sample_identical_outside_beeps, spoken_audio
from tests.roles.replaying import recording, sample

pytestmark = [pytest.mark.component("postgres", "moto"), pytest.mark.timeout(240)]
LOST_CARD = sample("lost-card")


async def test_a_call_is_recorded_to_s3_and_read_back(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    said = spoken_audio(recording(LOST_CARD))
    with aws_server() as aws:
        aws.new_bucket("recordings")
        kms_key = aws.new_kms_key()
        place = {
            "objects": "s3://recordings/of/ours", "objects_kms_key": kms_key, "s3_endpoint_url": aws.url,
            "keys": f"kms:{kms_key}", "kms_endpoint_url": aws.url, "aws_region": REGION,
        }  # fmt: skip
        async with stage(tmp_path / "scripts") as set_up, ledger(database_url) as book:
            settings = {
                "database_url": database_url, "kinesis_endpoint_url": set_up.url, "script_dir": str(set_up.scripts),
            }  # fmt: skip
            with products(tmp_path / "worker", **settings, **place) as workers:
                workers.start("run", "--roles", "call")
                played = set_up.play("lost-card", recording(LOST_CARD), LOST_CARD.words_json())
                await offer(book.calls, played)
                set_up.release_to(180_000)
                await hang_up(book.calls, played)
                await until(book.all_ended)
        s3 = aws.client("s3")
        listed = [each["Key"] for each in s3.list_objects_v2(Bucket="recordings")["Contents"]]
        heads = [s3.head_object(Bucket="recordings", Key=key) for key in listed]
        bodies = [s3.get_object(Bucket="recordings", Key=key)["Body"].read() for key in listed]
        chosen = Settings(**place)  # type: ignore[arg-type]
        objects, keys, database = make_objects(chosen), make_keys(chosen), Database(database_url, pool_size=1)
        try:
            opened = await RecordingReader(objects, keys, PostgresRecordings(database)).open(TENANT, played.call)
            pcm = np.frombuffer(await opened.pcm(0, opened.samples), dtype="<i2").reshape(-1, 2)
            data_key = opened._data_key
        finally:
            await objects.aclose()
            await keys.aclose()
            await database.close()
    assert all(key.startswith(f"of/ours/{TENANT}/recordings/{played.call}/") for key in listed)
    assert len(listed) == len(opened.manifest.chunks) + 1 > 5
    assert {(head["ServerSideEncryption"], head["SSEKMSKeyId"]) for head in heads} == {("aws:kms", kms_key)}
    assert {body[:4] for body in bodies} == {b"CLRC", b"CLRM"}
    assert not [body for body in bodies if b"fLaC" in body or b"OggS" in body]
    assert opened.manifest.beeps
    stored = Stored(opened.manifest, {"customer": pcm[:, 0], "agent": pcm[:, 1]}, [], set(listed))
    assert_sample_identical_outside_beeps(stored, said)
    # The worker logs all there is to log, and never what KMS answered.
    logs = b"".join(path.read_bytes() for path in (tmp_path / "worker").rglob("*") if path.is_file())
    assert b"call_" in logs
    assert not [shape for shape in (data_key, data_key.hex().encode(), b64encode(data_key)) if shape in logs]
    # Nothing beside S3: neither objects nor keys came to the worker's own disk.
    here = {path.name for path in (tmp_path / "worker").rglob("*")}
    assert not {"objects", "keys.json"} & here
    assert not [name for name in here if name.endswith((".chunk", ".enc", ".flac", ".wav", ".ogg"))]
