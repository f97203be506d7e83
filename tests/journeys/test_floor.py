"""The supervisor's floor on the screen: a call asks for help, is opened, watched, whispered to, and found later."""

import pytest
from playwright.async_api import Browser, expect

from tests.installation import TOKEN
from tests.journeys.theatre import Theatre, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]


async def test_a_raised_hand_is_seen_and_answered_and_the_call_found_later(theatre: Theatre, browser: Browser) -> None:
    await theatre.begin("lost-card", speed=2)
    async with opened(browser, f"{theatre.base_url}/floor?token={TOKEN}") as watched:
        page = watched.page
        row = page.get_by_test_id("floor-row").first
        await expect(row).to_be_visible()
        call = await row.get_attribute("data-row-id")
        assert call is not None
        raised = await theatre.http.post(f"/v1/calls/{call}/hand", json={"by": "maria"})
        assert raised.status_code == 200, raised.text
        await expect(row).to_contain_text("Hand raised")

        await row.click()
        side = page.get_by_test_id("floor-side")
        await expect(side.get_by_test_id("utterance").first).to_be_visible()
        assert page.url.endswith(f"/floor?call={call}")
        box = side.get_by_role("textbox", name="Whisper to the agent")
        await box.fill("Offer a new card")
        await box.press("Enter")
        await expect(side.get_by_role("list", name="Sent to the agent")).to_contain_text("Offer a new card")
        await side.get_by_role("button", name="I have it").click()
        await expect(side.get_by_test_id("raised-hand")).to_have_count(0)
        await expect(row).not_to_contain_text("Hand raised")
        await watched.photograph("floor")

        await theatre.ended(call)
        await expect(page.get_by_text("Nobody is on a call")).to_be_visible()


async def test_words_lead_to_their_utterance(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, f"{theatre.base_url}/calls?state=past&q=card&token={TOKEN}") as watched:
        page = watched.page
        match = page.get_by_test_id("match").first
        await expect(match.locator("mark").first).to_have_text("card", ignore_case=True)
        address = await match.get_attribute("href")
        assert address is not None
        utterance = address.partition("at=")[2]
        await match.click()
        block = page.locator(f'[data-utterance-id="{utterance}"] [data-stop]')
        await expect(block).to_be_focused()
