"""The REST interface to recordings: the audio itself in ranges, what is known of it, and who listened."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, delete, get, head, post
from litestar.di import NamedDependency, Provide
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Response, Stream

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described, problem
from cueline.delivery.adapters.routes import find_call
from cueline.delivery.byte_ranges import Part, names_etag, preferred, wanted_part
from cueline.delivery.ports_recording import EncodedAudio, HeardRecording, ListeningTo
from cueline.delivery.rest_guidance import NAME_PATTERN
from cueline.delivery.rest_recording import (
    MEDIA_TYPES,
    AudioFormat,
    AuditLines,
    PlayedNoted,
    RecordingFacts,
    TellPlayed,
    audit_shown,
    to_ms,
)
from cueline.delivery.rest_retention import RecordingDeletedNow
from cueline.delivery.wav_file import FRAME_BYTES, HEADER_BYTES, samples_of, wav_header, wav_length
from cueline.events.recording import SAMPLE_RATE_HZ
from cueline.events.records import CallRecord
from cueline.kernel.errors import InputError

PIECE_SAMPLES: Final = 5 * SAMPLE_RATE_HZ
"""Audio that is read, told of in the audit log and sent at a time."""

_FILE_PIECE_BYTES: Final = 256 * 1_024

LINES: Final = 100

Web = NamedDependency[WebDependencies]
AnyRequest = Request[Any, Any, Any]

_OFFERED: Final = tuple(MEDIA_TYPES.items())
_SUFFIXES: Final[dict[AudioFormat, str]] = {"wav": "wav", "flac": "flac", "opus": "ogg"}
_NO_STORE: Final = "no-store, private"


def _audio(description: str) -> ResponseSpec:
    return ResponseSpec(bytes, generate_examples=False, description=description, media_type=MEDIA_TYPES["wav"][0])


class Asked(msgspec.Struct, frozen=True):
    """Who asks, and for which form of the audio, where the address names one."""

    who: ListeningTo
    format: AudioFormat | None


async def provide_asked(
    *,
    format_: Annotated[AudioFormat | None, QueryParameter(name="format")] = None,
    by: Annotated[str, QueryParameter(pattern=NAME_PATTERN)] = "supervisor",
    review: FromQuery[bool] = False,
) -> Asked:
    """The query of ``GET /v1/calls/{call}/recording``."""
    return Asked(ListeningTo(by=by, review=review), format_)


async def provide_who(
    *, by: Annotated[str, QueryParameter(pattern=NAME_PATTERN)] = "supervisor", review: FromQuery[bool] = False
) -> ListeningTo:
    """The query of ``GET /v1/calls/{call}/recording/facts``."""
    return ListeningTo(by=by, review=review)


class CallRecordings(Controller):
    """Recordings of calls, as redacted as their transcripts. Whoever is sent audio stands in the call's audit log."""

    path = "/v1/calls/{call:str}"

    @get(
        "/recording",
        media_type=MEDIA_TYPES["wav"][0],
        responses={200: _audio("The whole"), 206: _audio("The range that was asked for")}
        | described(403, 404, 406, 409, 410, 416),
        dependencies={"asked": Provide(provide_asked)},
    )
    async def recording(
        self, web: Web, request: AnyRequest, call: FromPath[str], asked: NamedDependency[Asked]
    ) -> Response[Any]:
        """The audio: stereo, customer left, agent right, 8000 Hz.

        ``format``: else the ``Accept`` header decides, else it is WAV. One range may be asked for (``Range: bytes=``);
        the entity tag changes when more was beeped. ``by``: who listens, for the audit log. ``review``: a supervisor
        hears a quarantined recording in order to decide about it.
        """
        return await _answer(web, request, call, asked)

    @head("/recording", include_in_schema=False, dependencies={"asked": Provide(provide_asked)})
    async def recording_head(
        self, web: Web, request: AnyRequest, call: FromPath[str], asked: NamedDependency[Asked]
    ) -> Response[None]:
        """What ``GET`` would answer, without the audio."""
        answer = await _answer(web, request, call, asked)
        return Response(None, headers=dict(answer.headers), status_code=answer.status_code)

    @delete("/recording", status_code=200, responses=described(403, 404, 409))
    async def remove(
        self,
        web: Web,
        call: FromPath[str],
        by: Annotated[str, QueryParameter(pattern=NAME_PATTERN)] = "supervisor",
    ) -> RecordingDeletedNow:
        """Deletes the recording for good; 409 while the call goes on or is under legal hold."""
        record = await find_call(web, call)
        return RecordingDeletedNow(deleted=await web.retention.delete_recording(web.tenant, record, by=by))

    @get("/recording/facts", responses=described(404, 409), dependencies={"who": Provide(provide_who)})
    async def facts(self, web: Web, call: FromPath[str], who: NamedDependency[ListeningTo]) -> Response[RecordingFacts]:
        """What is known of the recording: whether it can be heard, how long it is, where it is beeped, how loud."""
        record = await find_call(web, call)
        found = await web.recordings.facts(web.tenant, record, who)
        return Response(found, headers={"Cache-Control": _NO_STORE})

    @post("/recording/played", status_code=200, responses=described(404, 413))
    async def played(self, web: Web, call: FromPath[str], data: JSONBody[TellPlayed]) -> PlayedNoted:
        """A player tells what was heard of what was sent to it; it stands in the same line of the audit log."""
        if data.ended_ms < data.started_ms:
            raise InputError("endedMs: not before startedMs")
        record = await find_call(web, call)
        span = data.started_ms, data.ended_ms
        now_ms = web.clock.epoch_ms()
        noted = await web.audit.played(web.tenant, record.call_id, actor=data.by, span=span, at_ms=now_ms)
        return PlayedNoted(noted=noted)

    @get("/audit", responses=described(404))
    async def audit(
        self, web: Web, call: FromPath[str], limit: Annotated[int, QueryParameter(ge=1, le=500)] = LINES
    ) -> AuditLines:
        """Who listened to the call, and what else was done with it, newest first."""
        record = await find_call(web, call)
        return audit_shown(await web.audit.of_call(web.tenant, record.call_id, limit))


async def _answer(web: WebDependencies, request: AnyRequest, call: str, asked: Asked) -> Response[Any]:
    format_ = asked.format or _by_accept(request.headers.get("accept"))
    if format_ is None:
        return problem(406, "a recording is had as audio/wav, audio/flac or audio/ogg", code="no_such_form")
    record = await find_call(web, call)
    heard = await web.recordings.open(web.tenant, record, asked.who)
    sending = _Sending(web, record, heard, asked.who, format_)
    headers = {
        "Content-Type": MEDIA_TYPES[format_][0],  # here: the framework would send the route's first one
        "Cache-Control": _NO_STORE,
        "Content-Disposition": f'inline; filename="{record.call_id}.{_SUFFIXES[format_]}"',
        "Vary": "Accept",
    }
    if format_ == "opus":
        # Made while it is sent: nobody knows its length or where a range of it begins.
        headers |= {"Accept-Ranges": "none", "ETag": f'W/"{heard.revision}-opus"'}
        return await _sent(request, sending.opus(), headers)
    if format_ == "flac":
        encoded = await heard.flac()
        length, etag = len(encoded.body), f'"{heard.revision}-{encoded.digest}"'
    else:
        encoded = EncodedAudio(b"", "")
        length, etag = wav_length(heard.samples), f'"{heard.revision}-wav"'
    headers |= {"Accept-Ranges": "bytes", "ETag": etag}
    if names_etag(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=304, headers=headers)
    range_ = request.headers.get("range") if request.method == "GET" else None
    part = wanted_part(length, range_=range_, if_range=request.headers.get("if-range"), etag=etag)
    if part is None:
        refused = problem(416, f"the recording has {length} bytes as {format_}", code="not_that_far")
        refused.headers.update({"Content-Range": f"bytes */{length}", "Cache-Control": _NO_STORE})
        return refused
    headers["Content-Length"] = str(part.length)
    if not part.whole:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{length}"
    pieces = sending.wav(part) if format_ == "wav" else sending.file(encoded.body, part)
    return await _sent(request, pieces, headers, status=200 if part.whole else 206)


async def _sent(
    request: AnyRequest, pieces: AsyncGenerator[bytes], headers: dict[str, str], *, status: int = 200
) -> Response[Any]:
    """The pieces as an answer. The first is read before anything is sent: what is wrong is told as a problem."""
    if request.method != "GET":
        return Response(b"", headers=headers, status_code=status)
    first = await anext(pieces, b"")
    return Stream(_all(first, pieces), headers=headers, status_code=status)


def _by_accept(accept: str | None) -> AudioFormat | None:
    found = preferred(accept, _OFFERED)
    return next((name for name in MEDIA_TYPES if name == found), None)


async def _all(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


class _Sending:
    """The bytes of one answer. Every stretch stands in the audit log before it is sent."""

    def __init__(
        self,
        web: WebDependencies,
        call: CallRecord,
        heard: HeardRecording,
        who: ListeningTo,
        format_: AudioFormat,
    ) -> None:
        self._web = web
        self._call = call
        self._heard = heard
        self._who = who
        self._format = format_

    async def wav(self, part: Part) -> AsyncGenerator[bytes]:
        """Bytes of the WAV file, a piece at a time; audio is read only where they lie."""
        head = wav_header(self._heard.samples)[part.start : part.end]
        first, last = samples_of(part.start, part.end)
        if first == last:
            yield head
        for start in range(first, last, PIECE_SAMPLES):
            end = min(start + PIECE_SAMPLES, last)
            pcm = await self._heard.pcm(start, end)
            at = HEADER_BYTES + start * FRAME_BYTES
            await self._told(start, end)
            yield head + pcm[max(0, part.start - at) : part.end - at]
            head = b""

    async def file(self, whole: bytes, part: Part) -> AsyncGenerator[bytes]:
        """Bytes of an encoded file. Which samples they hold is not told by their place: all of it counts as heard."""
        await self._told(0, self._heard.samples)
        for start in range(part.start, part.end, _FILE_PIECE_BYTES):
            yield whole[start : min(start + _FILE_PIECE_BYTES, part.end)]

    async def opus(self) -> AsyncGenerator[bytes]:
        """An Ogg Opus file while it is made."""
        async for start, end, ready in self._heard.opus():
            await self._told(start, end)
            yield ready

    async def _told(self, start: int, end: int) -> None:
        web, who = self._web, self._who
        span = to_ms(start), to_ms(end)
        await web.audit.listened(
            web.tenant, self._call.call_id, actor=who.by, format_=self._format, span=span,
            at_ms=web.clock.epoch_ms(), review=who.review,
        )  # fmt: skip
