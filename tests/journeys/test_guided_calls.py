"""Sample calls with nothing made up: recorded words through the gate, the real guide, and every screen that shows them.

What the screens show is what the guide found. The calls stand still while a page is looked at, so no test races them.
"""

import re
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.installation import TOKEN
from tests.journeys.axe import faults
from tests.journeys.theatre import PacedTheatre, Watched, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(150),
]

CLIPBOARD: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
Past = dict[str, list[str]]
LOST_CARD, ANGRY = "lost-card", "angry-billing"


def top(page: Page) -> Locator:
    return page.locator('[data-testid="cue"]:not([data-leaving])')


def check(page: Page, item_id: str) -> Locator:
    return page.locator(f'[data-testid="check"][data-item-id="{item_id}"]')


async def press_for_cue(page: Page, key: str) -> None:
    """A key for the cue on top; sooner after it came it would count as meant for the one before."""
    await page.wait_for_timeout(700)
    await page.keyboard.press(key)


async def events(theatre: PacedTheatre, call: str, kind: str) -> list[dict[str, Any]]:
    found = (await theatre.http.get(f"/v1/calls/{call}/events")).json()["events"]
    return [event for event in found if event["kind"] == kind]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def past(paced_theatre: PacedTheatre) -> Past:
    """Calls that are over, by the sample's name."""
    return {LOST_CARD: [], ANGRY: []}


async def over(theatre: PacedTheatre, past: Past, name: str) -> str:
    """A call that a test before this one has seen to its end, or that is played now."""
    if not past[name]:
        offered = await theatre.begin(name)
        await theatre.finish(offered)
        past[name].append(offered.call_id)
    return past[name][0]


async def test_the_agent_is_guided_through_a_call(paced_theatre: PacedTheatre, browser: Browser, past: Past) -> None:
    async with opened(browser, f"{paced_theatre.base_url}/agent?token={TOKEN}", **CLIPBOARD) as watched:
        page = watched.page
        await expect(page.get_by_test_id("agent-waiting")).to_be_visible()
        assert await faults(page) == []
        offered = await paced_theatre.begin(LOST_CARD)
        call = offered.call_id
        await paced_theatre.hear(offered, 10)
        await expect(page.get_by_test_id("transcript")).to_contain_text("harbor bank card services")
        await expect(page.get_by_test_id("status-line")).to_have_attribute("data-state", "live")
        await expect(top(page)).to_have_attribute("data-kind", "praise")
        await expect(top(page)).to_contain_text("A good start.")
        await expect(check(page, "greeting")).to_have_attribute("data-standing", "done")
        await press_for_cue(page, "d")
        await expect(top(page)).to_have_count(0)

        await paced_theatre.hear(offered, 17)
        await the_hint_is_used_and_rated(page)
        await the_passage_has_its_source(page)
        await expect(page.get_by_test_id("checklist-title")).to_contain_text("Lost or stolen card")
        await expect(check(page, "verification")).to_have_attribute("data-standing", "now")

        await paced_theatre.hear(offered, 24)
        await expect(check(page, "verification")).to_have_attribute("data-standing", "done")
        await check(page, "verification").get_by_role("button", name="show where it was said").click()
        await expect(page.locator(".bubble.spotted")).to_contain_text("may i have your full name")
        await watched.photograph("guided-agent")
        await every_look_is_accessible(watched, "guided-agent")
        await words_are_hidden(paced_theatre, page, call)

        await paced_theatre.finish(offered)
        past[LOST_CARD].append(call)
        await the_notes_are_edited_copied_and_saved(paced_theatre, page, call)
        await watched.photograph("guided-agent-after")
        await every_look_is_accessible(watched, "guided-agent-after")
    answers = [(event["answer"], event["by"]) for event in await events(paced_theatre, call, "CueAnswered")]
    # Each is sent as its key is pressed; which of two is stored first is the network's affair.
    assert sorted(answers) == [("dismissed", "demo.agent"), ("helpful", "demo.agent"), ("used", "demo.agent")]


async def the_hint_is_used_and_rated(page: Page) -> None:
    await expect(top(page)).to_have_attribute("data-kind", "hint")
    await expect(top(page)).to_contain_text("Verify, then block the card before anything else.")
    await expect(top(page).locator("q")).to_contain_text("lost my bank card")
    await press_for_cue(page, "u")
    await expect(page.get_by_test_id("cue-question")).to_contain_text("Verify, then block the card")
    await page.keyboard.press("y")
    await expect(page.get_by_test_id("cue-idle")).to_contain_text("Noted: it helped.")


async def the_passage_has_its_source(page: Page) -> None:
    passage = page.get_by_test_id("passage")
    await expect(passage).to_contain_text("Lost or stolen card: Block the card first")
    await expect(passage.locator(".passage-source")).to_contain_text("lost-card.md")
    await expect(passage.locator(".passage-source")).to_contain_text("Updated")
    await expect(top(page)).to_have_attribute("data-kind", "knowledge")  # the next cue, after a pause
    await page.keyboard.press("c")
    await expect(passage.get_by_role("button", name="Copied")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert (await passage.locator(".passage-text").inner_text()).strip()[:60] in copied


async def words_are_hidden(theatre: PacedTheatre, page: Page, call: str) -> None:
    """The gate let a place through that the agent does not want kept."""
    block = page.get_by_test_id("utterance").filter(has_text="train station")
    name = await block.get_attribute("data-utterance-id")
    await block.get_by_role("group").focus()
    await page.keyboard.press("h")
    words = (await block.get_by_test_id("utterance-text").inner_text()).split()
    for _ in range(words.index("train")):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Shift+ArrowRight")
    await expect(page.get_by_test_id("mask-bar")).to_contain_text("train station")
    await page.keyboard.press("Enter")
    hidden = page.locator(f'[data-utterance-id="{name}"]')
    await expect(hidden.get_by_test_id("mask")).to_be_visible()
    await expect(hidden).not_to_contain_text("train")
    assert not any("train station" in event["text"] for event in await events(theatre, call, "UtteranceCommitted"))


async def the_notes_are_edited_copied_and_saved(theatre: PacedTheatre, page: Page, call: str) -> None:
    reason = page.get_by_role("textbox", name="Reason")
    await expect(reason).to_have_value(re.compile("card", re.IGNORECASE))
    written = await reason.input_value()
    await reason.fill(f"{written}; she travels on Friday")
    await page.keyboard.press("Control+Shift+C")
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert f"Reason: {written}; she travels on Friday" in await page.evaluate("navigator.clipboard.readText()")
    await reason.press("Control+s")
    await expect(page.get_by_test_id("notes-state")).to_contain_text("Saved by demo.agent")
    newest = (await theatre.http.get(f"/v1/calls/{call}/notes")).json()["newest"]
    assert newest["fields"]["reason"].endswith("she travels on Friday")


async def every_look_is_accessible(watched: Watched, name: str) -> None:
    """Light and dark, beside a CRM and with room: axe finds nothing serious, nothing scrolls sideways."""
    page = watched.page
    size = page.viewport_size
    assert size is not None
    for scheme in ("light", "dark"):
        for width in (size["width"], 400):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.set_viewport_size({"width": width, "height": size["height"]})
            assert await faults(page) == [], (scheme, width)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            await watched.photograph(f"{name}-{width}-{scheme}")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(size)


async def test_the_supervisor_is_led_to_the_angry_call(
    paced_theatre: PacedTheatre, browser: Browser, past: Past
) -> None:
    calm = await paced_theatre.begin(LOST_CARD)
    angry = await paced_theatre.begin(ANGRY)
    async with (
        opened(browser, f"{paced_theatre.base_url}/floor?token={TOKEN}") as watched,
        opened(browser, f"{paced_theatre.base_url}/agent/{angry.call_id}?token={TOKEN}") as at_work,
    ):
        page, agent = watched.page, at_work.page
        rows = page.get_by_test_id("floor-row")
        row = page.locator(f'[data-row-id="{angry.call_id}"]')
        await paced_theatre.hear(angry, 8)
        await expect(rows).to_have_count(2)
        await expect(row).to_contain_text("Nothing unusual")
        await expect(row).to_have_attribute("aria-rowindex", "3")  # the older call stands first

        await paced_theatre.hear(angry, 59)
        await expect(row).to_have_attribute("aria-rowindex", "2")
        await expect(row).to_contain_text("1 alert")
        await expect(row).not_to_contain_text("Nothing unusual")
        await expect(page.locator(f'[data-row-id="{calm.call_id}"]')).not_to_contain_text("alert")
        assert await faults(page) == []

        await row.focus()
        await page.keyboard.press("Enter")
        side = page.get_by_test_id("floor-side")
        await expect(side.get_by_test_id("utterance").first).to_be_visible()
        alert = side.get_by_test_id("open-alert")
        await expect(alert).to_contain_text("A customer who calls again is upset.")
        await expect(alert.get_by_title("Show where it was said")).to_be_visible()
        await watched.photograph("guided-floor")
        assert await faults(page) == []
        await alert.get_by_role("button", name="Acknowledge").click()
        await expect(alert).to_have_count(0)
        await expect(row).not_to_contain_text("alert")

        await a_hand_is_raised_and_a_whisper_comes(page, agent)
        assert await faults(agent) == []
        await paced_theatre.hear(angry, 72)  # the customer asks for a manager
        await expect(side.get_by_test_id("open-alert")).to_contain_text("The customer asks for a manager.")
        await expect(side.get_by_test_id("transcript")).to_contain_text("speak to your manager")
        await expect(agent.get_by_test_id("transcript")).to_contain_text("speak to your manager")
        await watched.photograph("guided-floor-later")

        await paced_theatre.finish(angry)
        await expect(agent.get_by_test_id("notes")).to_be_visible()
        await paced_theatre.finish(calm)
        await expect(page.get_by_text("Nobody is on a call")).to_be_visible()
    past[ANGRY].append(angry.call_id)
    past[LOST_CARD].append(calm.call_id)


async def a_hand_is_raised_and_a_whisper_comes(supervisor: Page, agent: Page) -> None:
    hand = agent.get_by_role("button", name="Raise hand")
    await hand.focus()
    await agent.keyboard.press("Enter")
    await expect(agent.get_by_test_id("hand")).to_have_attribute("data-up", "true")
    side = supervisor.get_by_test_id("floor-side")
    await expect(side.get_by_test_id("raised-hand")).to_be_visible()
    await expect(supervisor.get_by_test_id("floor-row").first).to_contain_text("Hand")
    box = side.get_by_role("textbox", name="Whisper to the agent")
    await box.fill("Take the whole charge off, I approve it")
    await box.press("Enter")
    await expect(agent.get_by_test_id("whisper")).to_contain_text("Take the whole charge off, I approve it")
    await side.get_by_role("button", name="I have it").click()
    await expect(agent.get_by_test_id("hand")).to_have_attribute("data-up", "false")
    await agent.get_by_role("button", name="Got it").click()
    await expect(agent.get_by_test_id("whisper")).to_have_count(0)


async def test_the_call_page_tells_it_all_afterwards(paced_theatre: PacedTheatre, browser: Browser, past: Past) -> None:
    call = await over(paced_theatre, past, ANGRY)
    async with opened(browser, f"{paced_theatre.base_url}/calls/{call}?token={TOKEN}", **CLIPBOARD) as watched:
        page = watched.page
        await expect(page.get_by_test_id("transcript")).to_contain_text("nobody ever called me back")
        await expect(page.locator(".call-facts")).to_contain_text("Billing question")
        lanes = page.locator('[data-testid="lanes"] [data-lane]')
        assert {"Moments", "Cues", "Checklist"} <= set(
            await lanes.evaluate_all("all => all.map(one => one.dataset.lane)")
        )
        verified = page.get_by_test_id("checklist").locator('li[data-state="done"]').filter(has_text="Verify")
        await expect(verified.get_by_title("Show where it was said")).to_contain_text("phone number")
        await expect(page.get_by_test_id("checklist").locator('li[data-state="missed"]').first).to_be_visible()
        await expect(page.get_by_test_id("notes")).to_contain_text("Billing question")
        await a_cue_leads_to_its_words_and_its_times(page)
        await page.get_by_role("button", name="Moments").click()
        moment = page.get_by_test_id("moments").locator("li").filter(has_text="manager").first
        await moment.get_by_title("Show where it was said").click()
        block = page.get_by_test_id("utterance").filter(has_text="speak to your manager").first
        await expect(block.locator("[data-stop]")).to_be_focused()
        await watched.photograph("guided-call")
        assert await faults(page) == []

        await page.get_by_role("button", name="Copy link at 1:03 of this call").click()
        link = await page.evaluate("navigator.clipboard.readText()")
        name = await block.get_attribute("data-utterance-id")
        await page.goto("about:blank")
        await page.goto(link)
        await expect(page.locator(f'[data-utterance-id="{name}"] [data-stop]')).to_be_focused()


async def a_cue_leads_to_its_words_and_its_times(page: Page) -> None:
    cue = page.get_by_test_id("cues").locator("li").filter(has_text="The customer asks for a manager.")
    await expect(cue).to_have_attribute("data-cue", "alert")
    await cue.get_by_role("button", name="Ready").click()
    stages = await cue.get_by_test_id("waterfall").locator("tr[data-measured=true]").evaluate_all(
        "rows => rows.map(row => row.dataset.stage)"
    )  # fmt: skip
    assert {"recogniserFinal", "redacted", "committed", "published", "cueReady"} <= set(stages)
    await cue.get_by_title("Show where it was said").click()
    block = page.get_by_test_id("utterance").filter(has_text="speak to your manager")
    await expect(block.locator("[data-stop]")).to_be_focused()


async def test_a_draft_is_tried_on_these_calls_and_published(
    paced_theatre: PacedTheatre, browser: Browser, past: Past
) -> None:
    call = await over(paced_theatre, past, ANGRY)
    await over(paced_theatre, past, LOST_CARD)
    async with opened(browser, f"{paced_theatre.base_url}/rules?token={TOKEN}") as watched:
        page = watched.page
        await page.get_by_role("link", name="Starter pack").click()
        listed = page.get_by_test_id("rule-list")
        await listed.get_by_role("button", name="A credit was promised").click()
        phrases = page.get_by_label("Add to Phrases").first
        await phrases.fill("offer you a credit")
        await phrases.press("Enter")
        # The rule's sentence follows a moment later; the list below it moves then.
        await expect(listed.get_by_role("button", name="A credit was promised")).to_contain_text("or 2 more")
        thanks = listed.get_by_role("button", name="The customer says thanks")
        await thanks.click()
        await expect(thanks).to_have_attribute("aria-expanded", "true")
        await page.get_by_role("switch", name="Switched on").or_(page.get_by_label("Switched on")).first.click()
        await page.get_by_role("button", name="Run", exact=True).click()

        report = page.get_by_test_id("shadow-report")
        await expect(report).to_be_visible(timeout=60_000)  # a run takes a core for itself
        new = report.locator("tr").filter(has_text="A credit was promised")
        await expect(new).to_contain_text(f"+{len(past[ANGRY])}")
        gone = report.locator("tr").filter(has_text="The customer says thanks")
        await expect(gone).to_contain_text(f"\N{MINUS SIGN}{len(past[LOST_CARD])}")
        same = report.locator("tr").filter(has_text="Card gone, block it first")
        await expect(same).not_to_contain_text("+")
        await watched.photograph("guided-shadow")
        assert await faults(page) == []

        await page.get_by_role("region", name="Publish").get_by_label("Note (why)").fill("an offered credit counts")
        await page.get_by_role("button", name="Publish", exact=True).click()
        await expect(page.get_by_test_id("rule-bar")).to_contain_text("Version 1 is published")
        await new.get_by_role("link").first.click()
        await expect(page).to_have_url(re.compile(rf"/calls/{call}\?at="))
        block = page.get_by_test_id("utterance").filter(has_text="offer you a credit")
        await expect(block.locator("[data-stop]")).to_be_focused()
    newest = (await paced_theatre.http.get("/v1/rules/starter/versions")).json()["versions"][0]
    assert (newest["version"], newest["note"]) == (1, "an offered credit counts")
