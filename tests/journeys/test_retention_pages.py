"""Retention on the screens: a pause on the agent's, days in the settings, a legal hold and a deletion on the call's.

The call is recorded by the product itself.
"""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.installation import TOKEN
from tests.journeys.axe import faults
from tests.journeys.theatre import Theatre, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(150),
]


async def sealed(theatre: Theatre, call: str) -> dict[str, Any]:
    """What is known of the call's recording once it is complete."""
    await theatre.ended(call)
    async with asyncio.timeout(60):
        while True:
            facts = dict((await theatre.http.get(f"/v1/calls/{call}/recording/facts")).json())
            if facts["state"] == "sealed":
                return facts
            await asyncio.sleep(0.1)


async def ask(page: Page, button: str, *, reason: str | None = None, act: str) -> None:
    """Presses a button, and what the question that comes then asks for."""
    await page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    if reason is not None:
        await expect(dialog.get_by_role("button", name=act, exact=True)).to_be_disabled()
        await dialog.get_by_label("Reason").fill(reason)
    await dialog.get_by_role("button", name=act, exact=True).click()
    await expect(dialog).to_have_count(0)


async def test_the_agent_pauses_the_recording_and_has_it_go_on(theatre: Theatre, browser: Browser) -> None:
    offered = await theatre.begin("lost-card", speed=5)
    async with opened(browser, f"{theatre.base_url}/agent/{offered.call_id}?token={TOKEN}") as watched:
        page, line = watched.page, watched.page.get_by_test_id("status-line")
        await expect(page.get_by_test_id("utterance").nth(2)).to_be_visible()
        await page.get_by_role("button", name="Pause recording").click()
        await expect(line).to_contain_text("recording paused")
        await expect(page.get_by_test_id("note").filter(has_text="Recording paused")).to_have_count(1)
        await watched.photograph("recording-paused")
        await asyncio.sleep(2)
        await page.get_by_role("button", name="Resume recording").click()
        await expect(line).not_to_contain_text("recording paused")
        await expect(page.get_by_role("button", name="Pause recording")).to_be_visible()
    facts = await sealed(theatre, offered.call_id)
    assert [gap["cause"] for gap in facts["gaps"]] == ["paused"]


async def test_days_are_published_and_what_goes_tonight_is_told_before(theatre: Theatre, browser: Browser) -> None:
    offered = await theatre.begin("lost-card", speed=60)
    await sealed(theatre, offered.call_id)
    async with opened(browser, f"{theatre.base_url}/settings/retention?token={TOKEN}") as watched:
        page, tonight = watched.page, watched.page.get_by_test_id("tonight")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Retention")
        await expect(tonight).to_have_text("Nothing is over its days.")
        audio, metrics = page.get_by_label("Audio, in days"), page.get_by_label("Metrics, in days")
        await metrics.fill("5")
        await expect(page.get_by_text("At least 365 days, as long as audio and text are kept.")).to_be_visible()
        await metrics.fill("1095")
        await audio.fill("0")
        await expect(tonight).to_contain_text("of default")
        await watched.photograph("retention-edited")
        assert await faults(page) == []
        await page.get_by_label("Note (why)").fill("storage is full")
        await page.get_by_role("button", name="Publish", exact=True).click()
        await expect(page.get_by_test_id("publish-bar")).to_contain_text("It takes effect in the coming night.")
        await expect(page.get_by_test_id("versions").get_by_role("listitem").first).to_contain_text("storage is full")
        await expect(page.get_by_test_id("in-force")).to_have_attribute("data-version", "1")
    in_force = (await theatre.http.get("/v1/retention/policies/default")).json()
    assert (in_force["policy"]["audioDays"], in_force["note"]) == (0, "storage is full")


async def test_a_call_is_held_released_and_its_recording_deleted(theatre: Theatre, browser: Browser) -> None:
    offered = await theatre.begin("lost-card", speed=60)
    await sealed(theatre, offered.call_id)
    async with opened(browser, f"{theatre.base_url}/calls/{offered.call_id}?token={TOKEN}") as watched:
        page = watched.page
        await ask(page, "Set a legal hold", reason="complaint 12", act="Hold the call")
        await expect(page.get_by_test_id("legal-hold")).to_be_visible()
        await expect(page.get_by_test_id("keeping")).to_contain_text("complaint 12")
        await expect(page.get_by_role("button", name="Delete the recording", exact=True)).to_be_disabled()
        await watched.photograph("legal-hold")
        refused = await theatre.http.delete(f"/v1/calls/{offered.call_id}/recording")
        assert refused.status_code == 409
        await ask(page, "Lift the legal hold", reason="settled", act="Lift it")
        await expect(page.get_by_test_id("legal-hold")).to_have_count(0)
        await ask(page, "Delete the recording", act="Delete it")
        await expect(page.get_by_test_id("player")).to_contain_text("The recording of this call was deleted on")
    async with opened(browser, f"{theatre.base_url}/settings/retention?token={TOKEN}") as watched:
        gone = watched.page.get_by_test_id("deletions").get_by_role("listitem").filter(has_text=offered.call_id)
        await expect(gone).to_contain_text("Proof valid")
