"""``cueline up --demo`` as a newcomer runs it: one command, its address, a page on which a call plays by itself."""

import asyncio
import re
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.theatre import opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]

READY_S = 60


async def test_one_command_opens_a_page_on_which_a_call_plays(browser: Browser, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("cueline")), "up", "--demo", "--recogniser", "script", "--port", "0",
        "--no-browser", "--data-dir", str(tmp_path / "data"),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(READY_S):
            line = (await process.stdout.readline()).decode()
        address = re.fullmatch(r"Cueline ready: (http://127\.0\.0\.1:\d+/\?token=\S+)\n", line)
        assert address, line
        url = urlsplit(address[1])
        async with opened(browser, address[1]) as watched:
            page = watched.page
            await expect(page).to_have_url(re.compile(rf"^http://{re.escape(url.netloc)}/(calls/call_[0-9a-f]+)?$"))
            first = page.get_by_test_id("call-row").last.get_by_role("link")
            await expect(page.get_by_test_id("script-label").or_(first).first).to_be_visible()
            if await first.is_visible():  # a page that was there before the first call opens it by itself
                await expect(page.get_by_role("button", name="Open").first).to_be_visible()
                await watched.photograph("up-demo-list")
                await first.press("Enter")
            await expect(page.get_by_test_id("script-label")).to_be_visible()
            await expect(page.locator('[data-testid="utterance"][data-state="final"]').first).to_be_visible()
            await watched.photograph("up-demo")
            await expect(page.get_by_role("heading", level=1)).to_have_text("A lost bank card")
            await page.get_by_role("link", name="Cueline").first.click()
            await expect(page.get_by_test_id("call-row").last).to_have_attribute("data-phase", "connected")
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(30):
            assert await process.wait() == 130
        assert process.stderr is not None
        told = (await process.stderr.read()).decode()
        assert "Traceback" not in told
        assert await process.stdout.read() == b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
