"""The history on the screen: filters are kept under a name, shared by their address, and taken away as a file."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.installation import TOKEN, installation, utterance
from tests.journeys.axe import faults
from tests.journeys.theatre import opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]


async def test_filters_are_saved_opened_again_and_removed(database_url: str, browser: Browser) -> None:
    async with installation(database_url) as product:
        worker = await product.worker("contact-1")
        await worker.commit(utterance(worker.call, 0, "why is there a late fee"))
        await product.worker("contact-2")
        async with opened(browser, f"{product.base_url}/calls?q=late&token={TOKEN}") as watched:
            page = watched.page
            await expect(page.get_by_test_id("call-row")).to_have_count(1)
            await page.get_by_role("button", name="Views").click()
            await page.get_by_role("menuitem", name="Save these filters").click()
            await page.get_by_role("button", name="Save", exact=True).click()
            await expect(page.get_by_text("Give the view a name.")).to_be_visible()
            await page.get_by_role("textbox", name="Name").fill("Late fees")
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("button", name="Late fees")).to_be_visible()

            await page.goto(f"{product.base_url}/calls")
            await expect(page.get_by_test_id("call-row")).to_have_count(2)
            await page.get_by_role("button", name="Views").click()
            await page.get_by_role("menuitemcheckbox", name="Late fees").click()
            await expect(page.get_by_test_id("call-row")).to_have_count(1)
            assert "q=late" in page.url
            assert not await faults(page)
            await watched.photograph("history")

            await page.get_by_role("button", name="Late fees").click()
            await page.get_by_role("menuitem", name="Share or remove views").click()
            await expect(page.get_by_role("button", name="Copy a link to Late fees")).to_be_visible()
            await page.get_by_role("button", name="Remove Late fees").click()
            await expect(page.get_by_text("None are left.")).to_be_visible()
            await page.get_by_role("button", name="Close").last.click()
            await expect(page.get_by_role("button", name="Views")).to_be_visible()


async def test_what_the_filters_find_is_taken_away_as_a_file(
    database_url: str, browser: Browser, tmp_path: Path
) -> None:
    async with installation(database_url) as product:
        worker = await product.worker("contact-1")
        await worker.commit(utterance(worker.call, 0, "why is there a late fee of [NUMBER]"))
        await product.worker("contact-2")
        async with opened(browser, f"{product.base_url}/calls?q=late&token={TOKEN}") as watched:
            page = watched.page
            await page.get_by_role("button", name="Export").click()
            async with page.expect_download() as waiting:
                await page.get_by_role("menuitem", name="JSON Lines").click()
            taken = await waiting.value
            assert taken.suggested_filename == "calls.jsonl"
            await taken.save_as(tmp_path / "calls.jsonl")
            [call] = map(json.loads, (tmp_path / "calls.jsonl").read_text().splitlines())
            assert (call["callId"], call["masks"]) == (worker.call, 1)
            assert call["matches"][0]["text"] == "why is there a late fee of [NUMBER]"

            await page.goto(f"{product.base_url}/calls?q=-late")
            await expect(page.get_by_text("at least one word to look for").first).to_be_visible()
            await page.get_by_role("button", name="Export").click()
            await page.get_by_role("menuitem", name="CSV").click()
            await expect(page.get_by_text("No file was written")).to_be_visible()


async def test_nothing_scrolls_sideways_at_400_pixels(database_url: str, browser: Browser) -> None:
    async with installation(database_url) as product:
        worker = await product.worker("contact-1")
        await worker.commit(utterance(worker.call, 0, "why is there a late fee and what is it for"))
        address = f"{product.base_url}/calls?q=late&token={TOKEN}"
        async with opened(browser, address, viewport={"width": 400, "height": 800}) as watched:
            await expect(watched.page.get_by_test_id("match")).to_be_visible()
            wide = await watched.page.evaluate(
                "() => [...document.querySelectorAll('main, .calls-table, table')].map(e => e.scrollWidth)"
            )
            assert max(wide) <= 400
            await watched.photograph("history-400")
