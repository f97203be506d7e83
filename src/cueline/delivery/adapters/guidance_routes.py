"""The REST interface to what people do on the screens."""

from typing import Annotated, Final

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.adapters.routes import find_call
from cueline.delivery.guided_call import GuidedCall, Press
from cueline.delivery.rest_guidance import (
    NAME_PATTERN,
    AnswerCue,
    ByAgent,
    BySupervisor,
    CallGuidance,
    Masked,
    MaskText,
    Recorded,
    SendWhisper,
)
from cueline.events.amendments import MaskStretch, UnknownUtteranceError
from cueline.events.records import CallRecord
from cueline.kernel.errors import ConflictError
from cueline.kernel.ids import UtteranceId

PAGE: Final = 2_000
EVENTS_MAX: Final = 20_000
"""Events of guidance that are read of one call: a call of hours has a tenth of them."""

Web = NamedDependency[WebDependencies]


class CallOverError(ConflictError):
    """The call has ended: nobody would see it."""

    code = "call_over"


async def guided(web: WebDependencies, call: CallRecord) -> GuidedCall:
    """The call's guidance up to the record's sequence."""
    state, after = GuidedCall(), 0
    for _ in range(EVENTS_MAX // PAGE):
        page = await web.archive.guidance(web.tenant, call.call_id, after=after, limit=PAGE)
        for event in page:
            if event.sequence <= call.sequence:
                state.take(event)
        if len(page) < PAGE:
            break
        after = page[-1].sequence
    return state


async def present_ms(web: WebDependencies, call: CallRecord) -> int:
    """The call's media time now; that of its end when it has ended."""
    if call.ended_ms is not None:
        return call.ended_ms
    return await web.archive.media_ms(web.tenant, call.call_id, epoch_ms=web.clock.epoch_ms())


async def _record(web: WebDependencies, call: CallRecord, press: Press | None) -> Recorded:
    if press is None:
        return Recorded(sequence=None)
    at_ms = await present_ms(web, call)
    event = await web.archive.record(web.tenant, call.call_id, press.payload, at_ms=at_ms, once=press.once)
    return Recorded(sequence=None if event is None else event.sequence)


async def _going_on(web: WebDependencies, call: str) -> CallRecord:
    record = await find_call(web, call)
    if record.phase == "ended":
        raise CallOverError("the call has ended: nobody would see this any more")
    return record


class Guidance(Controller):
    """A call's guidance, and what people make of it."""

    path = "/v1/calls/{call:str}"

    @get("/guidance", responses=described(404))
    async def guidance(self, web: Web, call: FromPath[str]) -> CallGuidance:
        """All guidance of a call so far; read events above its ``sequence`` for what comes later."""
        record = await find_call(web, call)
        return (await guided(web, record)).shown(record.sequence)

    @post("/cues/{cue_id:str}/answer", status_code=200, responses=described(404, 413))
    async def answer(self, web: Web, call: FromPath[str], cue_id: FromPath[str], data: JSONBody[AnswerCue]) -> Recorded:
        """What a person makes of a cue; the last answer counts."""
        record = await find_call(web, call)
        return await _record(web, record, (await guided(web, record)).answer(cue_id, data.answer, data.by))

    @post("/checklist/{item_id:str}/tick", status_code=200, responses=described(404, 413))
    async def tick(self, web: Web, call: FromPath[str], item_id: FromPath[str], data: JSONBody[ByAgent]) -> Recorded:
        """A person ticks an item of the call's checklist."""
        record = await find_call(web, call)
        return await _record(web, record, (await guided(web, record)).tick(item_id, data.by))

    @post("/hand", status_code=200, responses=described(404, 409, 413))
    async def raise_hand(self, web: Web, call: FromPath[str], data: JSONBody[ByAgent]) -> Recorded:
        """The agent asks for help."""
        record = await _going_on(web, call)
        return await _record(web, record, (await guided(web, record)).hand(data.by, raised=True))

    @delete("/hand", status_code=200, responses=described(404))
    async def lower_hand(
        self,
        web: Web,
        call: FromPath[str],
        by: Annotated[str, QueryParameter(pattern=NAME_PATTERN)] = "agent",
    ) -> Recorded:
        """The agent needs help no longer, or somebody came."""
        record = await find_call(web, call)
        return await _record(web, record, (await guided(web, record)).hand(by, raised=False))

    @post("/whispers", status_code=200, responses=described(404, 409, 413))
    async def whisper(self, web: Web, call: FromPath[str], data: JSONBody[SendWhisper]) -> Recorded:
        """A supervisor writes to the agent."""
        record = await _going_on(web, call)
        now_ms = await present_ms(web, record)
        return await _record(web, record, (await guided(web, record)).whisper(data.text, data.by, data.key, now_ms))

    @post("/alerts/{cue_id:str}/acknowledge", status_code=200, responses=described(404, 413))
    async def acknowledge(
        self, web: Web, call: FromPath[str], cue_id: FromPath[str], data: JSONBody[BySupervisor]
    ) -> Recorded:
        """A supervisor has seen an alert."""
        record = await find_call(web, call)
        return await _record(web, record, (await guided(web, record)).acknowledge(cue_id, data.by))

    @post("/utterances/{utterance_id:str}/mask", status_code=200, responses=described(404, 409, 413))
    async def mask(
        self, web: Web, call: FromPath[str], utterance_id: FromPath[str], data: JSONBody[MaskText]
    ) -> Masked:
        """Masks words of an utterance for good, wherever its text is shown; the mask is widened to whole words."""
        record = await find_call(web, call)
        if "\0" in utterance_id:
            raise UnknownUtteranceError("this call has no such utterance")
        stretch = MaskStretch(
            utterance_id=UtteranceId(utterance_id), start=data.start, end=data.end, type=data.type, version=data.version
        )
        at_ms = await present_ms(web, record)
        outcome = await web.archive.amend(web.tenant, record.call_id, stretch, at_ms=at_ms)
        if outcome.sequence is not None:
            await web.verification.masked(web.tenant, record, by=data.by, utterance=utterance_id)
        return Masked(sequence=outcome.sequence, version=outcome.version)
