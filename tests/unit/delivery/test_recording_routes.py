"""The recording's routes over HTTP, on recordings of the test's own: ranges, forms, refusals, and the audit log."""

import dataclasses
import io
import wave
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile
from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import ValidationException

from cueline.archive.manifest import Manifest
from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import on_cueline_error, on_validation_error
from cueline.delivery.adapters.recording_routes import PIECE_SAMPLES, CallRecordings
from cueline.delivery.ports_recording import ListeningTo, NoRecordingError, RecordingQuarantinedError
from cueline.delivery.wav_file import HEADER_BYTES, wav_header
from cueline.events.audit import AuditEntry
from cueline.kernel.clock import VirtualClock
from cueline.kernel.errors import CuelineError, UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.roles.recordings import Heard, KeptFiles

TENANT, CALL = TenantId("default"), CallId("call_1")
SAMPLES = 2 * PIECE_SAMPLES + 1_234
PCM = (
    np.random.default_rng(7).integers(-3_000, 3_000, size=(SAMPLES, 2), dtype=np.int16).astype("<i2").tobytes()
)  # fmt: skip
WHOLE = wav_header(SAMPLES) + PCM
PATH = f"/v1/calls/{CALL}/recording"


class Opened:
    """An opened recording that remembers what was read of it. fails_from: samples that cannot be read."""

    def __init__(self, revision: int = 3) -> None:
        self.manifest = Manifest(tenant=TENANT, call_id=CALL, revision=revision, codec="flac", samples=SAMPLES)
        self.samples = SAMPLES
        self.read: list[tuple[int, int]] = []
        self.fails_from = SAMPLES + 1

    async def pcm(self, start: int, end: int) -> bytes:
        self.read.append((start, end))
        if end > self.fails_from:
            raise UnavailableError("the object store is away")
        return PCM[4 * start : 4 * end]


class Book:
    """Recordings and audit log in one."""

    def __init__(self) -> None:
        self.opened = Opened()
        self.files = KeptFiles()
        self.refusal: CuelineError | None = None
        self.who: ListeningTo | None = None
        self.lines: list[tuple[str, str, tuple[int, int], bool]] = []
        self.played_spans: list[tuple[str, tuple[int, int]]] = []
        self.audit_away = False

    async def open(self, _: TenantId, __: Any, who: ListeningTo) -> Heard:
        self.who = who
        if self.refusal is not None:
            raise self.refusal
        return Heard(self.opened, TENANT, CALL, self.files)  # type: ignore[arg-type]

    async def listened(
        self, _: TenantId, __: CallId, *, actor: str, format_: str, span: tuple[int, int], at_ms: int, review: bool
    ) -> None:
        if self.audit_away:
            raise UnavailableError("PostgreSQL is away")
        self.lines.append((actor, format_, span, review))

    async def played(self, _: TenantId, __: CallId, *, actor: str, span: tuple[int, int], at_ms: int) -> bool:
        self.played_spans.append((actor, span))
        return True

    async def of_call(self, _: TenantId, __: CallId, limit: int) -> list[AuditEntry]:
        return [AuditEntry(1, "ann", "tried", CALL, {"limit": limit})]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
async def http(book: Book) -> AsyncIterator[httpx.AsyncClient]:
    async def find(_: TenantId, call: str) -> Any:
        return SimpleNamespace(call_id=call) if call == CALL else None

    parts: dict[str, Any] = dict.fromkeys(field.name for field in dataclasses.fields(WebDependencies))
    archive = SimpleNamespace(find=find)
    web = WebDependencies(
        **parts | {"tenant": TENANT, "archive": archive, "recordings": book, "audit": book, "clock": VirtualClock()}
    )
    app = Litestar(
        [CallRecordings],
        dependencies={"web": Provide(lambda: web, sync_to_thread=False)},
        exception_handlers={CuelineError: on_cueline_error, ValidationException: on_validation_error},
        openapi_config=None,
    )
    asgi: Any = app
    transport = httpx.ASGITransport(app=asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_the_whole_is_a_wav_file(http: httpx.AsyncClient, book: Book) -> None:
    answer = await http.get(PATH, params={"by": "ann"})
    assert answer.status_code == 200
    assert answer.content == WHOLE
    headers = answer.headers
    assert (headers["content-type"], headers["accept-ranges"], headers["vary"]) == ("audio/wav", "bytes", "Accept")
    assert (headers["cache-control"], headers["etag"]) == ("no-store, private", '"3-wav"')
    assert int(headers["content-length"]) == len(WHOLE)
    with wave.open(io.BytesIO(answer.content)) as file:
        assert file.readframes(SAMPLES) == PCM
    assert [line[:2] for line in book.lines] == [("ann", "wav")] * 3
    assert book.lines[0][2] == (0, 5_000)
    assert book.lines[-1][2][1] == SAMPLES // 8


@pytest.mark.parametrize(
    ("range_", "start", "end"),
    [
        ("bytes=0-", 0, len(WHOLE)), ("bytes=0-43", 0, 44), ("bytes=40-47", 40, 48), ("bytes=-7", -7, len(WHOLE)),
        ("bytes=100001-100007", 100_001, 100_008), (f"bytes={len(WHOLE) - 1}-", len(WHOLE) - 1, len(WHOLE)),
    ],
)  # fmt: skip
async def test_a_range_holds_those_very_bytes(
    http: httpx.AsyncClient, book: Book, range_: str, start: int, end: int
) -> None:
    answer = await http.get(PATH, headers={"Range": range_})
    start %= len(WHOLE)
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(WHOLE)}"
    assert int(answer.headers["content-length"]) == end - start
    assert answer.content == WHOLE[start:end]


async def test_only_what_a_range_needs_is_read_and_told(http: httpx.AsyncClient, book: Book) -> None:
    first = HEADER_BYTES + 4 * 8_000
    await http.get(PATH, headers={"Range": f"bytes={first}-{first + 4 * 4_000 - 1}"})
    assert book.opened.read == [(8_000, 12_000)]
    assert [line[2] for line in book.lines] == [(1_000, 1_500)]
    # The header alone holds no audio: nobody has heard anything.
    await http.get(PATH, headers={"Range": "bytes=0-43"})
    assert len(book.lines) == 1


async def test_several_ranges_at_once_are_answered_with_the_whole(http: httpx.AsyncClient) -> None:
    answer = await http.get(PATH, headers={"Range": "bytes=0-1,5-6"})
    assert (answer.status_code, answer.content) == (200, WHOLE)


async def test_a_range_past_the_end_is_refused(http: httpx.AsyncClient, book: Book) -> None:
    answer = await http.get(PATH, headers={"Range": f"bytes={len(WHOLE)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(WHOLE)}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert not book.lines


async def test_a_range_of_an_older_recording_is_answered_with_the_whole_new_one(http: httpx.AsyncClient) -> None:
    same = await http.get(PATH, headers={"Range": "bytes=0-3", "If-Range": '"3-wav"'})
    other = await http.get(PATH, headers={"Range": "bytes=0-3", "If-Range": '"2-wav"'})
    assert (same.status_code, other.status_code) == (206, 200)


async def test_head_tells_all_but_the_audio(http: httpx.AsyncClient, book: Book) -> None:
    for format_ in ("wav", "flac", "opus"):
        head = await http.head(PATH, params={"format": format_}, headers={"Range": "bytes=0-3"})
        get = await http.get(PATH, params={"format": format_})
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "accept-ranges", "etag", "cache-control", "content-disposition"):
            assert head.headers[name] == get.headers[name], name
        if format_ != "opus":
            assert head.headers["content-length"] == get.headers["content-length"]
    book.lines.clear()
    await http.head(PATH)
    assert not book.lines
    book.refusal = NoRecordingError("none")
    assert (await http.head(PATH)).status_code == 404


async def test_what_is_known_already_is_not_sent_again(http: httpx.AsyncClient, book: Book) -> None:
    answer = await http.get(PATH, headers={"If-None-Match": '"3-wav"'})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"3-wav"')
    assert not book.lines


async def test_flac_gives_every_sample_and_is_made_once(http: httpx.AsyncClient, book: Book) -> None:
    answer = await http.get(PATH, headers={"Accept": "audio/flac"})
    assert answer.headers["content-type"] == "audio/flac"
    frames, rate = soundfile.read(io.BytesIO(answer.content), dtype="int16")
    assert (rate, frames.astype("<i2").tobytes()) == (8_000, PCM)
    read = len(book.opened.read)
    part = await http.get(PATH, params={"format": "flac"}, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, answer.content[100:200])
    assert len(book.opened.read) == read
    assert [line[2] for line in book.lines] == [(0, SAMPLES // 8)] * 2
    book.opened = Opened(revision=4)
    await http.get(PATH, params={"format": "flac"})
    assert book.opened.read


async def test_opus_is_made_while_it_is_sent(http: httpx.AsyncClient, book: Book) -> None:
    answer = await http.get(PATH, params={"format": "opus"}, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.headers["accept-ranges"]) == (200, "none")
    assert answer.headers["content-type"] == "audio/ogg"
    frames, rate = soundfile.read(io.BytesIO(answer.content), dtype="int16")
    assert (rate, frames.shape) == (8_000, (SAMPLES, 2))
    assert book.lines[0][2][0] == 0
    assert book.lines[-1][2][1] == SAMPLES // 8


@pytest.mark.parametrize(
    ("headers", "params", "status"),
    [
        ({"Accept": "text/html"}, {}, 406), ({}, {"format": "mp3"}, 400), ({}, {"by": ""}, 400),
        ({}, {"review": "perhaps"}, 400),
    ],
)  # fmt: skip
async def test_what_cannot_be_had(
    http: httpx.AsyncClient, headers: dict[str, str], params: dict[str, str], status: int
) -> None:
    answer = await http.get(PATH, headers=headers, params=params)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_who_may_not_hear_it_is_sent_nothing(http: httpx.AsyncClient, book: Book) -> None:
    book.refusal = RecordingQuarantinedError("quarantined: ask a supervisor")
    answer = await http.get(PATH, params={"by": "bob"})
    assert (answer.status_code, answer.json()["detail"]) == (403, "quarantined: ask a supervisor")
    assert (book.who, book.lines) == (ListeningTo("bob", review=False), [])
    book.refusal = None
    await http.get(PATH, params={"review": "true"})
    assert book.lines[0][3] is True


async def test_without_its_line_in_the_log_no_audio_is_sent(http: httpx.AsyncClient, book: Book) -> None:
    book.audit_away = True
    for params in ({}, {"format": "flac"}, {"format": "opus"}):
        answer = await http.get(PATH, params=params)
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")


async def test_a_store_that_goes_away_is_told_before_anything_is_sent(http: httpx.AsyncClient, book: Book) -> None:
    book.opened.fails_from = 0
    answer = await http.get(PATH, headers={"Range": "bytes=50-"})
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:cueline:problem:unavailable")


async def test_a_player_tells_what_was_heard(http: httpx.AsyncClient, book: Book) -> None:
    path = f"{PATH}/played"
    answer = await http.post(path, json={"startedMs": 5, "endedMs": 900, "by": "ann"})
    assert (answer.status_code, answer.json()) == (200, {"noted": True})
    assert book.played_spans == [("ann", (5, 900))]
    for wrong in ({"startedMs": 5, "endedMs": 4}, {"startedMs": -1, "endedMs": 4}, {"endedMs": 4}):
        assert (await http.post(path, json=wrong)).status_code == 400
    assert len(book.played_spans) == 1


async def test_the_log_of_a_call(http: httpx.AsyncClient) -> None:
    answer = await http.get(f"/v1/calls/{CALL}/audit", params={"limit": 7})
    assert answer.json() == {
        "lines": [{"atMs": 1, "actor": "ann", "action": "tried", "details": {"limit": 7}, "sent": [], "played": []}]
    }
    assert (await http.get("/v1/calls/other/audit")).status_code == 404
