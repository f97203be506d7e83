"""Pauses and consent on their way into a recording: gaps that say why, however late they are heard of."""

import asyncio
from collections.abc import Awaitable, Callable

import numpy as np
import pytest

from cueline.archive.stage import ArchiveStage
from cueline.events.catalogue import Envelope, EventPayload, HoldStarted
from cueline.events.recording_switch import RecordingRules
from cueline.events.retention import ConsentGiven, ConsentWithdrawn, RecordingPaused, RecordingResumed
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.roles.archiving import RecordingControl, allowed
from tests.unit.archive.test_stage import Call, running

PAUSE, RESUME = RecordingPaused(by="jo"), RecordingResumed(by="jo")


def event(sequence: int, at_ms: int, payload: EventPayload) -> Envelope:
    return Envelope(TenantId("default"), CallId("call_1"), sequence, at_ms, payload)


def recorded(
    call: Call, control: RecordingControl, catch_up: Callable[[], Awaitable[None]] | None = None
) -> ArchiveStage:
    stage = call.stage()
    stage._catch_up = catch_up  # type: ignore[misc]
    control.steer(stage)
    return stage


async def gaps(call: Call) -> list[tuple[int, int, str]]:
    """In milliseconds; and what is stored there is silence."""
    manifest, stored = await call.manifest(), await call.stored()
    for gap in manifest.gaps:
        assert not stored[gap.start : gap.end].any()
    outside = np.ones(len(stored), dtype=bool)
    for gap in manifest.gaps:
        outside[gap.start : gap.end] = False
    np.testing.assert_array_equal(stored[outside, 1], call.agent[: len(stored)][outside])
    return [(gap.start // 8, gap.end // 8, gap.cause) for gap in manifest.gaps]


async def test_a_pause_is_a_gap_until_recording_goes_on() -> None:
    call, control = Call(), RecordingControl(RecordingRules())
    stage = recorded(call, control)
    async with running(stage):
        await call.play(stage, 0, 160_000)
        control.hear(event(5, 19_000, PAUSE))
        control.hear(event(6, 19_500, HoldStarted()))
        await call.play(stage, 160_000, 240_000)
        control.hear(event(7, 30_000, RESUME))
        control.hear(event(5, 19_000, PAUSE))  # it came once more
        await call.play(stage, 240_000, call.samples)
        await stage.finish()
    assert await gaps(call) == [(19_000, 30_000, "paused")]


async def test_before_consent_and_after_it_was_withdrawn_nothing_is_recorded() -> None:
    call, control = Call(), RecordingControl(RecordingRules(consented=False))
    stage = recorded(call, control)
    async with running(stage):
        await call.play(stage, 0, 120_000)
        control.hear(event(5, 15_000, ConsentGiven(by="flow")))
        await call.play(stage, 120_000, 240_000)
        control.hear(event(6, 30_000, ConsentWithdrawn(by="jo")))
        await call.play(stage, 240_000, call.samples)
        await stage.finish()
    assert await gaps(call) == [(0, 15_000, "no_consent"), (30_000, call.samples // 8, "no_consent")]


async def test_a_pause_that_another_process_committed_is_heard_before_anything_of_it_is_stored() -> None:
    """Nobody tells of it: it is found when audio is about to be stored."""
    call, control = Call(), RecordingControl(RecordingRules())
    pressed: list[Envelope] = []
    asked = 0

    async def catch_up() -> None:
        nonlocal asked
        asked += 1
        for each in pressed:
            control.hear(each)

    stage = recorded(call, control, catch_up)
    async with running(stage):
        await call.play(stage, 0, 70_000)
        pressed.append(event(5, 3_000, PAUSE))
        await call.play(stage, 70_000, call.samples)
        await stage.finish()
    assert await gaps(call) == [(3_000, call.samples // 8, "paused")]
    assert 1 <= asked <= 6


async def test_while_nobody_can_tell_what_was_pressed_nothing_is_stored() -> None:
    call, control = Call(), RecordingControl(RecordingRules())
    reachable = asyncio.Event()

    async def catch_up() -> None:
        if not reachable.is_set():
            raise UnavailableError("PostgreSQL is away")

    stage = recorded(call, control, catch_up)
    async with running(stage):
        await call.play(stage, 0, call.samples)
        await asyncio.sleep(0.02)
        assert call.objects.bodies == {}
        reachable.set()
        await stage.finish()
    assert await gaps(call) == []


@pytest.mark.parametrize("may_be", [True, False])
async def test_a_call_that_must_not_be_recorded_has_no_archive(may_be: bool) -> None:
    archive = Call().stage()._archive
    assert (allowed(archive, RecordingRules(allowed=may_be)) is archive) is may_be


async def test_without_a_recording_nothing_is_steered() -> None:
    RecordingControl(RecordingRules()).hear(event(5, 1_000, PAUSE))
