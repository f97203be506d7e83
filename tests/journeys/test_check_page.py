"""The connection check on the screen."""

import pytest
from playwright.async_api import Browser, expect

from tests.installation import TOKEN, installation
from tests.journeys.axe import faults
from tests.journeys.theatre import opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]


@pytest.mark.parametrize("width", [400, 1280])
async def test_what_is_there_and_what_is_missing_is_said(database_url: str, browser: Browser, width: int) -> None:
    async with installation(database_url) as product:
        address = f"{product.base_url}/settings/check?token={TOKEN}"
        async with opened(browser, address, viewport={"width": width, "height": 800}) as watched:
            page = watched.page
            await expect(page.get_by_test_id("check-sum")).to_have_attribute("data-ok", "true")
            await expect(page.get_by_test_id("findings")).to_contain_text("reachable, at revision")
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            assert await faults(page) == []
            await page.route("**/v1/system/check", lambda route: route.abort())
            await page.get_by_role("button", name="Check again").click()
            await expect(page.get_by_text("The check could not be made")).to_be_visible()
            await page.unroute("**/v1/system/check")
            await page.get_by_role("button", name="Check again").click()
            await expect(page.get_by_text("The check could not be made")).to_have_count(0)
