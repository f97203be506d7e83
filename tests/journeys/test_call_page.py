"""A call on the screen, from the list to its end: what people see, and what nobody ever may."""

import asyncio
import json
import re
from itertools import pairwise

import pytest
from playwright.async_api import Browser, expect

from cueline.roles.demo import OfferedSample
from cueline.samples.catalogue import sample_calls
from tests.installation import TOKEN
from tests.journeys.theatre import Theatre, Watched, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(150),
]

NUMBERS = re.compile(
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)


def planted_pairs() -> set[tuple[str, str]]:
    """Every two neighbouring number words of what is to be masked in the sample calls."""
    pairs: set[tuple[str, str]] = set()
    for sample in sample_calls():
        words = json.loads(sample.words_json())
        for span in json.loads(sample.gold_json()):
            spoken = [word["word"] for word in words if word["channel"] == span["channel"]]
            run = spoken[span["firstWord"] : span["lastWord"] + 1]
            pairs |= {(one, two) for one, two in pairwise(run) if NUMBERS.fullmatch(one) and NUMBERS.fullmatch(two)}
    return pairs


def shown_words(html: str) -> list[str]:
    """Words that a person, a screen reader or whoever reads the document finds in an utterance."""
    return re.findall(r"[a-z]+", re.sub(r"<[^>]*>", " ", html).lower()) + re.findall(r"[a-z]+", html.lower())


def assert_nothing_planted_was_ever_shown(watched: Watched) -> None:
    planted = planted_pairs()
    assert len(planted) >= 15
    for _, _, _, _, html in watched.frames:
        words = shown_words(html)
        assert not planted & set(pairwise(words)), "a planted number was on the screen"


async def test_a_call_from_the_list_to_its_end(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, f"{theatre.base_url}/?token={TOKEN}") as watched:
        page = watched.page
        await expect(page).to_have_url(f"{theatre.base_url}/")  # the token leaves the address
        offered = await theatre.begin("lost-card", speed=8)
        row = page.locator(f'[data-call-id="{offered.call_id}"]')
        await expect(row).to_have_attribute("data-phase", "connected")
        await watched.photograph("calls-live")
        await row.get_by_role("link").click()
        await expect(page).to_have_url(re.compile(f"/calls/{offered.call_id}$"))
        await expect(page.get_by_test_id("script-label")).to_be_visible()  # recorded words are labelled as such
        await expect(page.locator('[data-testid="utterance"][data-state="partial"]').first).to_be_visible()
        await watched.photograph("call-live")
        await expect(page.get_by_test_id("mask").first).to_be_visible()
        await theatre.ended(offered.call_id)
        spoken = await theatre.spoken(offered.call_id)
        await expect(page.locator('[data-testid="utterance"][data-state="final"]')).to_have_count(len(spoken))
        await expect(page.locator('[data-testid="utterance"][data-state="partial"]')).to_have_count(0)
        assert await watched.utterances() == spoken
        await watched.photograph("call-ended")
    assert_partials_settled_in_place(watched)
    assert_nothing_planted_was_ever_shown(watched)


def assert_partials_settled_in_place(watched: Watched) -> None:
    """The same utterance is first a partial and then, for good, a final; holds come only in partials."""
    states: dict[str, list[str]] = {}
    for name, state, holds, _, _ in watched.frames:
        states.setdefault(name, []).append(state)
        assert state == "partial" or holds == 0
    settled = [name for name, seen in states.items() if seen[0] == "partial" and seen[-1] == "final"]
    assert len(settled) >= len(states) // 2
    for seen in states.values():
        assert seen == sorted(seen, key=["partial", "final"].index)
    assert any(holds for _, _, holds, _, _ in watched.frames)
    assert any(masks for _, state, _, masks, _ in watched.frames if state == "final")


async def test_the_page_picks_up_after_the_connection_was_cut(theatre: Theatre, browser: Browser) -> None:
    offered = await theatre.begin("lost-card", speed=6)
    async with opened(browser, f"{theatre.base_url}/calls/{offered.call_id}?token={TOKEN}") as watched:
        page = watched.page
        status = page.get_by_test_id("status-line")
        await expect(status).to_have_attribute("data-state", "live")
        await seen_finals(watched, 4)
        await theatre.proxy.cut()
        try:
            await expect(status).to_have_attribute("data-state", "waiting")
            await watched.photograph("call-cut")
            missed = len(await theatre.spoken(offered.call_id)) + 3
            async with asyncio.timeout(60):
                while len(await theatre.spoken(offered.call_id)) < missed:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            assert len(await watched.utterances()) < missed
        finally:
            await theatre.proxy.restore()
        await expect(status).to_have_attribute("data-state", "live")
        await shows_the_whole_call(theatre, watched, offered)
    assert_nothing_planted_was_ever_shown(watched)


async def test_a_reload_in_mid_call_resumes(theatre: Theatre, browser: Browser) -> None:
    offered = await theatre.begin("angry-billing", speed=8)
    async with opened(browser, f"{theatre.base_url}/calls/{offered.call_id}?token={TOKEN}") as watched:
        await seen_finals(watched, 4)
        before = await watched.utterances()
        await watched.page.reload()
        await seen_finals(watched, 4)
        assert (await watched.utterances())[:3] == before[:3]
        await shows_the_whole_call(theatre, watched, offered)
    assert_nothing_planted_was_ever_shown(watched)


async def seen_finals(watched: Watched, count: int) -> None:
    final = watched.page.locator('[data-testid="utterance"][data-state="final"]')
    await expect(final.nth(count - 1)).to_be_attached()


async def shows_the_whole_call(theatre: Theatre, watched: Watched, offered: OfferedSample) -> None:
    """At the end every committed utterance is on the screen, once, in order."""
    await theatre.ended(offered.call_id)
    spoken = await theatre.spoken(offered.call_id)
    assert len(spoken) == len(set(spoken)) > 15
    await expect(watched.page.locator('[data-testid="utterance"][data-state="final"]')).to_have_count(len(spoken))
    assert await watched.utterances() == spoken


@pytest.fixture(scope="module")
def calls() -> dict[str, str]:
    return {}


async def past_call(theatre: Theatre, calls: dict[str, str]) -> str:
    """A call that is over; played once for the module."""
    if "past" not in calls:
        offered = await theatre.begin("lost-card", speed=60)
        await theatre.ended(offered.call_id)
        calls["past"] = offered.call_id
    return calls["past"]


async def test_an_utterance_unfolds_its_waterfall(theatre: Theatre, browser: Browser, calls: dict[str, str]) -> None:
    call = await past_call(theatre, calls)
    answer = await theatre.http.get(f"/v1/calls/{call}/timings")
    stages = {each["utteranceId"]: each["stages"] for each in answer.json()["timings"]}
    async with opened(browser, f"{theatre.base_url}/calls/{call}?token={TOKEN}") as watched:
        await seen_finals(watched, 10)
        name = (await watched.utterances())[2]
        block = watched.page.locator(f'[data-utterance-id="{name}"]')
        await block.get_by_role("button", name=re.compile("where the time went")).click()
        waterfall = block.get_by_test_id("waterfall")
        await expect(waterfall).to_be_visible()
        measured = {
            row[0]: row[1]
            for row in await waterfall.locator("tr[data-stage]").evaluate_all(
                "rows => rows.map(row => [row.dataset.stage, row.dataset.measured])"
            )
        }
        for stage in ("recogniserFinal", "redacted", "committed", "published"):
            assert stage in stages[name]
            assert measured[stage] == "true"
        # An utterance that led to no cue has none there: the stage is blank.
        led = "cueReady" in stages[name]
        cue = waterfall.locator('tr[data-stage="cueReady"]')
        assert (measured["cueReady"], await cue.locator(".bar").count()) == (str(led).lower(), int(led))
        assert bool(await cue.locator(".at").inner_text()) == led
        await watched.photograph("waterfall")
        await block.get_by_role("button", name=re.compile("where the time went")).click()
        await expect(waterfall).to_have_count(0)


async def test_everything_is_reached_by_keyboard(theatre: Theatre, browser: Browser, calls: dict[str, str]) -> None:
    call = await past_call(theatre, calls)
    async with opened(browser, f"{theatre.base_url}/?token={TOKEN}") as watched:
        page = watched.page
        await expect(page.locator(f'[data-call-id="{call}"]')).to_be_visible()
        await tab_until(watched, "document.activeElement.closest('table')")
        for _ in range(40):  # within the table arrow keys go from cell to cell
            if await page.evaluate(
                f"""!!document.activeElement.closest('tr')?.querySelector('[data-call-id="{call}"]')"""
            ):
                break
            await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(f"/calls/{call}$"))
        await seen_finals(watched, 10)
        await tab_until(watched, "document.activeElement.matches('[data-stop]')")
        last = await page.evaluate("document.activeElement.closest('li').dataset.utteranceId")
        assert last == (await watched.utterances())[-1]
        await page.keyboard.press("ArrowUp")
        focused = await page.evaluate("document.activeElement.closest('li').dataset.utteranceId")
        assert focused == (await watched.utterances())[-2]
        await page.keyboard.press("Enter")
        await expect(page.locator(f'[data-utterance-id="{focused}"]').get_by_test_id("waterfall")).to_be_visible()
        outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"  # the focus is seen


async def tab_until(watched: Watched, reached: str) -> None:
    for _ in range(30):
        await watched.page.keyboard.press("Tab")
        if await watched.page.evaluate(f"!!({reached})"):
            return
    pytest.fail(f"Tab never came to {reached}")


@pytest.mark.parametrize("place", ["list", "call"])
async def test_dark_mode(theatre: Theatre, browser: Browser, calls: dict[str, str], place: str) -> None:
    call = await past_call(theatre, calls)
    path = "/" if place == "list" else f"/calls/{call}"
    shown = f'[data-call-id="{call}"]' if place == "list" else '[data-testid="utterance"]'
    light: dict[str, float] = {}
    for scheme in ("light", "dark"):
        async with opened(browser, f"{theatre.base_url}{path}?token={TOKEN}", color_scheme=scheme) as watched:
            await expect(watched.page.locator(shown).first).to_be_visible()
            light[scheme] = await watched.page.evaluate(BRIGHTNESS)
            await watched.photograph(f"{place}-{scheme}")
    assert light["dark"] < 0.25
    assert light["light"] > 0.75


BRIGHTNESS = """() => {
  for (let node = document.querySelector('main') ?? document.body; node; node = node.parentElement) {
    const [r, g, b, a = 1] = getComputedStyle(node).backgroundColor.match(/[\\d.]+/g).map(Number);
    if (a > 0) return (r + g + b) / 765;
  }
  return 1;
}"""


@pytest.mark.parametrize("place", ["list", "call"])
async def test_nothing_scrolls_sideways_at_400_pixels(
    theatre: Theatre, browser: Browser, calls: dict[str, str], place: str
) -> None:
    call = await past_call(theatre, calls)
    path = "/" if place == "list" else f"/calls/{call}"
    shown = f'[data-call-id="{call}"]' if place == "list" else '[data-testid="utterance"]'
    narrow = {"width": 400, "height": 800}
    async with opened(browser, f"{theatre.base_url}{path}?token={TOKEN}", viewport=narrow) as watched:
        await expect(watched.page.locator(shown).first).to_be_visible()
        assert await watched.page.evaluate("document.documentElement.scrollWidth") <= 400
        await watched.photograph(f"{place}-400")


async def test_without_the_token_the_page_says_what_it_needs(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, f"{theatre.base_url}/calls/x") as watched:
        await expect(watched.page.get_by_role("heading")).to_have_text("This page needs its key")
        await watched.photograph("needs-key")
        await watched.page.goto(f"{theatre.base_url}/?token={TOKEN}")
        # By its level: where no call was played yet, "No calls yet" is a heading as well.
        await expect(watched.page.get_by_role("heading", name="Calls", level=1)).to_be_visible()


async def test_a_call_that_nobody_knows_says_so(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, f"{theatre.base_url}/calls/call_unknown?token={TOKEN}") as watched:
        await expect(watched.page.get_by_text("not known").first).to_be_visible()
        await watched.photograph("unknown-call")
