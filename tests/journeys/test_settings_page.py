"""The redaction policy on the screen: changed, tried out, published, overtaken by another's, restored.

Each test has a profile of its own, so that none sees what another published.
"""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.installation import TOKEN
from tests.journeys.theatre import Theatre, Watched, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]

PHONE = "oh two oh seven nine four six oh nine five eight"


def address(theatre: Theatre, profile: str) -> str:
    return f"{theatre.base_url}/settings/redaction/{profile}?token={TOKEN}"


def switch(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def publish(page: Page) -> Locator:
    return page.get_by_role("button", name="Publish", exact=True)


def shown(page: Page, turn: int) -> Locator:
    return page.get_by_role("group", name=f"What is shown of turn {turn}", exact=True)


async def tried(page: Page) -> None:
    """Waits until the try-out shows what the form and the turns say now."""
    await expect(page.get_by_test_id("trial")).to_have_attribute("data-stale", "false")


async def in_force(theatre: Theatre, profile: str) -> dict[str, Any]:
    found: dict[str, Any] = (await theatre.http.get(f"/v1/redaction/policies/{profile}")).json()
    return found


async def publish_by_rest(theatre: Theatre, profile: str, note: str, **policy: object) -> int:
    """What somebody else publishes meanwhile; its version."""
    based_on = (await in_force(theatre, profile))["version"]
    body = {"policy": policy, "basedOn": based_on, "note": note}
    answer = await theatre.http.put(f"/v1/redaction/policies/{profile}", json=body)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["version"])


async def test_a_switch_is_tried_out_kept_published_and_restored(theatre: Theatre, browser: Browser) -> None:
    first = await publish_by_rest(theatre, "shops", "as it was")
    async with opened(browser, address(theatre, "shops")) as watched:
        page = watched.page
        await expect(page.get_by_role("heading", level=1)).to_have_text("Redaction")
        await expect(shown(page, 6)).to_have_text("it's phone number hidden")
        await expect(page.get_by_test_id("always").get_by_role("listitem")).to_have_count(7)
        await expect(publish(page)).to_be_disabled()

        await switch(page, "Phone numbers").uncheck()
        await expect(shown(page, 6)).to_have_text(f"it's {PHONE}")
        await expect(shown(page, 2).get_by_test_id("mask")).to_have_attribute("data-type", "CREDIT_CARD")
        await watched.photograph("redaction-edited")

        await page.reload()
        bar = page.get_by_test_id("publish-bar")
        await expect(bar).to_contain_text("1 edit, not published")
        await expect(bar).to_contain_text("kept from before")
        await expect(bar).to_contain_text("Phone numbers: readable")
        await expect(switch(page, "Phone numbers")).not_to_be_checked()
        assert (await in_force(theatre, "shops"))["version"] == first

        await page.get_by_label("Note (why)").fill("shops ask for them all day")
        await publish(page).click()
        await expect(page.get_by_test_id("in-force")).to_have_attribute("data-version", str(first + 1))
        await expect(bar).to_contain_text(f"Version {first + 1} is published. It takes effect on the next call.")
        newest = page.get_by_test_id("versions").get_by_role("listitem").first
        await expect(newest).to_contain_text("shops ask for them all day")
        await expect(newest).to_contain_text("Phone numbers: readable")
        await watched.photograph("redaction-published")
        now = await in_force(theatre, "shops")
        assert (now["policy"]["off"], now["note"]) == (["PHONE"], "shops ask for them all day")

        await page.get_by_role("button", name=f"Restore version {first}").click()
        await expect(switch(page, "Phone numbers")).to_be_checked()
        await publish(page).click()
        await expect(page.get_by_test_id("in-force")).to_have_attribute("data-version", str(first + 2))
        now = await in_force(theatre, "shops")
        assert (now["policy"]["off"], now["note"]) == ([], f"Restores version {first}")


async def test_the_try_out_follows_what_is_typed(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, address(theatre, "typed")) as watched:
        page = watched.page
        await tried(page)
        turn = page.get_by_label("What is said in turn 8", exact=True)
        await turn.fill("my basket number is four four one two")
        await expect(shown(page, 8)).to_have_text("my basket number is number hidden")
        words = page.get_by_label("Your own words for harmless numbers")
        await words.fill("basket")
        await words.press("Enter")
        await expect(shown(page, 8)).to_have_text("my basket number is four four one two")

        await page.get_by_role("radio", name="card number ending").check()
        await expect(shown(page, 2)).to_have_text("sure it's card number ending 1111")

        await page.get_by_role("button", name="Add a turn").click()
        await expect(page.get_by_label("What is said in turn 9", exact=True)).to_be_focused()
        await page.keyboard.type("my pin is one two three four")
        await expect(shown(page, 9)).to_have_text("my pin is PIN hidden")
        await page.get_by_role("button", name="Remove turn 8", exact=True).click()
        await expect(shown(page, 9)).to_have_count(0)
        await expect(shown(page, 8)).to_have_text("my pin is PIN hidden")


async def test_faults_are_shown_where_they_are(theatre: Theatre, browser: Browser) -> None:
    sent: list[str] = []
    async with opened(browser, address(theatre, "faults")) as watched:
        page = watched.page
        await tried(page)
        words = page.get_by_label("Your own words for harmless numbers")
        await words.fill("gate7")
        await words.press("Enter")
        await expect(page.get_by_text("Single words, of letters only.")).to_be_visible()
        await words.fill("pin")
        await words.press("Enter")
        fault = page.get_by_text(re.compile("is not harmless"))
        await expect(fault).to_be_in_viewport()
        await watched.photograph("redaction-fault")
        await page.get_by_role("button", name="Remove pin").click()
        await expect(fault).to_have_count(0)
        await tried(page)

        page.on("request", lambda request: sent.append(request.url))
        await page.get_by_label("What is said in turn 1", exact=True).fill("word " * 400)
        await expect(page.get_by_text(re.compile("Too long by"))).to_be_visible()
        await page.wait_for_timeout(600)  # twice the pause after which it would be sent
        assert not [url for url in sent if url.endswith("/try")]
        await page.get_by_label("What is said in turn 1", exact=True).fill("hello")
        await expect(shown(page, 1)).to_have_text("hello")


async def test_anothers_version_is_told_and_the_edits_are_kept(theatre: Theatre, browser: Browser) -> None:
    first = await publish_by_rest(theatre, "clash", "as it was")
    async with opened(browser, address(theatre, "clash")) as watched:
        page = watched.page
        await switch(page, "Names of people").uncheck()
        await publish_by_rest(theatre, "clash", "couriers need them", off=["ADDRESS"])
        await publish(page).click()
        notice = page.get_by_test_id("overtaken")
        await expect(notice).to_contain_text(f"Version {first + 1} was published while you were editing")
        await expect(notice).to_contain_text("Postal addresses: readable")
        await expect(notice).to_contain_text("couriers need them")
        await expect(switch(page, "Names of people")).not_to_be_checked()
        await expect(publish(page)).to_be_disabled()
        await watched.photograph("redaction-overtaken")

        await page.get_by_role("button", name="Load it, keep my edits").click()
        await expect(notice).to_have_count(0)
        await expect(switch(page, "Postal addresses")).not_to_be_checked()
        await expect(switch(page, "Names of people")).not_to_be_checked()
        await publish(page).click()
        await expect(page.get_by_test_id("in-force")).to_have_attribute("data-version", str(first + 2))
        now = (await in_force(theatre, "clash"))["policy"]
        assert (now["off"], now["names"]) == (["ADDRESS"], False)


async def test_a_profile_is_given_its_own(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, f"{theatre.base_url}/settings/redaction?token={TOKEN}") as watched:
        page = watched.page
        await page.get_by_role("button", name="Add a profile").click()
        name = page.get_by_label("Name of the profile")
        await expect(name).to_be_focused()
        await name.fill("no name")
        await name.press("Enter")
        await expect(page.get_by_text("Letters, digits")).to_be_visible()
        await name.fill("banking")
        await name.press("Enter")
        await expect(page).to_have_url(re.compile("/settings/redaction/banking$"))
        await expect(page.get_by_text("banking has no policy of its own")).to_be_visible()
        assert (await in_force(theatre, "banking"))["inherited"] is True
        await publish(page).click()
        await expect(page.get_by_test_id("in-force")).to_be_visible()
        assert (await in_force(theatre, "banking"))["inherited"] is False
        await page.get_by_role("button", name=re.compile("^Profile")).click()
        await page.get_by_role("option", name="default").click()
        await expect(page).to_have_url(re.compile("/settings/redaction$"))
        await expect(page.get_by_role("button", name=re.compile("^Profile"))).to_be_focused()


async def test_all_of_it_by_keyboard(theatre: Theatre, browser: Browser) -> None:
    before = (await in_force(theatre, "default"))["version"]
    async with opened(browser, f"{theatre.base_url}/?token={TOKEN}") as watched:
        page = watched.page
        await tab_to(watched, page.get_by_role("button", name="Settings"))
        await page.keyboard.press("Enter")
        redaction = page.get_by_role("menuitem", name="Redaction")
        await expect(page.get_by_role("menuitem").first).to_be_focused()
        while not await redaction.evaluate("item => item === document.activeElement"):
            await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/settings/redaction$"))
        await tried(page)
        await tab_to(watched, switch(page, "Phone numbers"))
        await page.keyboard.press("Space")
        await expect(shown(page, 6)).to_have_text(f"it's {PHONE}")
        await tab_to(watched, page.get_by_role("slider"))
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_text("hidden from 4 digits on")).to_be_visible()
        # Near a payment a number of three digits may be a code: only once that matter is closed the slider decides.
        for turn, said in ((7, "is there anything else i can do for you"), (8, "gate five five five")):
            await tab_to(watched, page.get_by_label(f"What is said in turn {turn}", exact=True))
            await page.keyboard.press("Control+A")
            await page.keyboard.type(said)
        await expect(shown(page, 8)).to_have_text("gate five five five")
        await tab_to(watched, page.get_by_label("Note (why)"))
        await page.keyboard.type("by keyboard")
        await tab_to(watched, publish(page))
        outline = await page.evaluate(FOCUS_SEEN)
        assert outline  # the focus is seen
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("in-force")).to_have_attribute("data-version", str(before + 1))
        await expect(publish(page)).to_be_focused()
    now = await in_force(theatre, "default")
    assert (now["policy"]["off"], now["policy"]["minimumDigits"], now["note"]) == (["PHONE"], 4, "by keyboard")


FOCUS_SEEN = """() => {
  const ring = getComputedStyle(document.activeElement, '::before');
  const own = getComputedStyle(document.activeElement);
  return ring.boxShadow !== 'none' || own.outlineStyle !== 'none';
}"""


async def tab_to(watched: Watched, wanted: Locator) -> None:
    for _ in range(90):
        await watched.page.keyboard.press("Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never came to {wanted}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_scrolls_sideways_at_400_pixels(theatre: Theatre, browser: Browser, scheme: str) -> None:
    narrow = {"width": 400, "height": 800}
    async with opened(browser, address(theatre, "narrow"), viewport=narrow, color_scheme=scheme) as watched:
        page = watched.page
        await tried(page)
        await switch(page, "Social security numbers").uncheck()
        await watched.photograph(f"redaction-400-{scheme}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 400
        wider = await page.evaluate(
            """[...document.querySelectorAll('.settings-body, .settings-column, .publish-bar')]
                 .filter(box => box.scrollWidth > box.clientWidth).map(box => box.className)"""
        )
        assert wider == []
        await page.get_by_test_id("trial").scroll_into_view_if_needed()
        await watched.photograph(f"redaction-400-{scheme}-trial")


async def test_every_control_has_a_name_and_every_id_is_one(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, address(theatre, "named")) as watched:
        page = watched.page
        await switch(page, "Phone numbers").uncheck()
        await tried(page)
        assert await page.evaluate(NAMELESS) == []
        ids = await page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
        assert len(ids) == len(set(ids))
        assert await page.get_by_role("heading", level=1).count() == 1


NAMELESS = """() => {
  const text = id => document.getElementById(id)?.textContent ?? '';
  const named = each =>
    each.getAttribute('aria-label') || each.textContent.trim()
    || [...(each.labels ?? [])].some(label => label.textContent.trim())
    || (each.getAttribute('aria-labelledby') ?? '').split(' ').map(text).join('').trim();
  return [...document.querySelectorAll('main button, main input, main textarea, main [role=button]')]
    .filter(each => !each.closest('[aria-hidden=true]') && !named(each))
    .map(each => each.outerHTML.slice(0, 160));
}"""
