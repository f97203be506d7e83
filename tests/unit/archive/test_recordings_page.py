"""The page about recordings says how one is opened without Cueline: its code does it."""

import io
import re
from pathlib import Path
from typing import Any

import soundfile

from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import CallId, TenantId
from cueline.security.keys import LocalKeyRing
from tests.fakes.objects import MemoryObjects
from tests.fakes.recordings import MemoryBook, stored_recording

PAGE = Path(__file__).resolve().parents[3] / "docs" / "recordings.md"


async def test_the_pages_code_opens_a_recording(tmp_path: Path) -> None:
    [code] = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    page: dict[str, Any] = {}
    exec(code, page)  # our own page
    tenant, call = TenantId("acme"), CallId("call_1")
    ring, store, book = LocalKeyRing(tmp_path / "keys.json", VirtualClock()), MemoryObjects(), MemoryBook()
    await ring.new_data_key(tenant)
    await ring.rotate(tenant)
    stored = await stored_recording(store, ring, book, tenant=tenant, call_id=call)
    wrapped = book.recordings[tenant, call].key
    assert wrapped is not None
    key_file = (tmp_path / "keys.json").read_bytes()
    key = page["data_key"](key_file, tenant, wrapped.key_id, wrapped.wrapped)
    assert key == stored.data_key
    manifest = page["manifest"](store.bodies[stored.manifest_key], tenant, call, key)
    assert [chunk["sha256"] for chunk in manifest["chunks"]] == [chunk.sha256 for chunk in stored.manifest.chunks]
    heard = b""
    for number in range(len(manifest["chunks"])):
        audio = page["audio"](store.bodies[stored.key_of(number)], tenant, call, key)
        heard += soundfile.read(io.BytesIO(audio), dtype="int16")[0].astype("<i2").tobytes()
    assert heard == stored.pcm
