"""Rules and knowledge on the screen: a rule by its parts and as text, tried, undone, compared, published; documents."""

from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, ViewportSize, expect

from tests.installation import TOKEN
from tests.journeys.axe import faults
from tests.journeys.theatre import Theatre, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]

HELLO = {
    "ruleId": "hello", "title": "Greets back",
    "when": {"kind": "said", "phrases": ["hello there"], "speaker": "customer"},
    "then": [{"kind": "hint", "text": "Say hello."}],
}  # fmt: skip
SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 800, "height": 900}]


def document(name: str) -> dict[str, Any]:
    return {"name": name, "title": "Ours", "rules": [HELLO]}


async def published(theatre: Theatre, name: str) -> str:
    body = {"document": document(name), "basedOn": 0}
    assert (await theatre.http.put(f"/v1/rules/{name}/draft", json=body)).status_code == 200
    answer = await theatre.http.post(f"/v1/rules/{name}/publish", json={"basedOn": 0, "note": "as it was"})
    assert answer.status_code == 200, answer.text
    return f"{theatre.base_url}/rules/{name}?token={TOKEN}"


async def in_force(theatre: Theatre, name: str) -> dict[str, Any]:
    newest = (await theatre.http.get(f"/v1/rules/{name}/versions")).json()["versions"][0]
    found: dict[str, Any] = (await theatre.http.get(f"/v1/rules/{name}/versions/{newest['version']}")).json()
    return found


def rule(page: Page, title: str) -> Locator:
    return page.get_by_test_id("rule-list").get_by_role("button", name=title)


def view(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def test_a_rule_is_changed_by_its_parts_tried_compared_and_published(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, await published(theatre, "parts")) as watched:
        page = watched.page
        await rule(page, "Greets back").click()
        phrases = page.get_by_label("Add to Phrases").first
        await phrases.fill("good {morning|evening}")
        await phrases.press("Enter")
        await expect(page.get_by_role("button", name="Remove good {morning|evening}")).to_be_visible()
        await page.get_by_label("What is said in turn 2", exact=True).fill("good evening to you")
        trial = page.get_by_test_id("rule-trial")
        await expect(trial).to_contain_text("This rule fires")
        await expect(trial.locator("mark")).to_have_text("good evening")
        await watched.photograph("rules-by-parts")

        await page.get_by_role("button", name="Changes", exact=True).click()
        await expect(page.get_by_test_id("difference")).to_contain_text("1 rule changed")
        await expect(page.get_by_test_id("difference")).to_contain_text("good {morning|evening}")
        await watched.photograph("rules-difference")
        await page.keyboard.press("Escape")

        await page.get_by_role("region", name="Publish").get_by_label("Note (why)").fill("evenings too")
        await page.get_by_role("button", name="Publish", exact=True).click()
        await expect(page.get_by_test_id("rule-bar")).to_contain_text("Version 2 is published")
    now = await in_force(theatre, "parts")
    assert (now["note"], now["document"]["rules"][0]["when"]["phrases"]) == (
        "evenings too", ["hello there", "good {morning|evening}"],
    )  # fmt: skip


async def test_both_views_are_one_document_and_undo_goes_through_both(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, await published(theatre, "views")) as watched:
        page = watched.page
        await view(page, "As text").click()
        text = page.get_by_label("Rules of views")
        before = await text.input_value()
        await text.fill(f"# Read this first.\n{before}")
        await view(page, "By parts").click()
        await rule(page, "Greets back").click()
        await page.get_by_role("button", name="and ...", exact=True).click()
        await expect(page.get_by_test_id("rule-list")).to_contain_text("1 problem")
        await page.get_by_label("Title", exact=True).fill("Greets anybody")
        await view(page, "As text").click()
        written = await text.input_value()
        assert written.startswith("# Read this first.\n")
        assert "title: Greets anybody" in written
        assert "kind: all" in written
        for _ in range(3):
            await page.keyboard.press("Control+z")
        await expect(text).to_have_value(before)
        await page.keyboard.press("Control+Shift+z")
        await expect(text).to_have_value(f"# Read this first.\n{before}")


async def test_a_problem_stands_at_its_field_and_the_text_leads_to_its_line(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, await published(theatre, "faulty")) as watched:
        page = watched.page
        await rule(page, "Greets back").click()
        await page.get_by_label("What it says").fill("")
        await expect(page.get_by_text("It is empty: write something.")).to_be_visible()
        await expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
        phrases = page.get_by_label("Add to Phrases").first
        await phrases.fill("{close my account")
        await phrases.press("Enter")
        await page.get_by_label("What it says").fill("Say hello.")
        await expect(page.locator(".chip.faulty")).to_have_text("{close my account")
        await view(page, "As text").click()
        await page.get_by_test_id("rule-problems").get_by_role("button").first.click()
        await expect(page.get_by_label("Rules of faulty")).to_be_focused()


async def test_a_new_rule_by_keyboard_alone(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, await published(theatre, "keys")) as watched:
        page = watched.page
        await page.get_by_role("button", name="New rule").focus()
        await page.keyboard.press("Enter")
        await expect(rule(page, "New rule")).to_have_attribute("aria-expanded", "true")
        await page.get_by_label("Add to Phrases").first.focus()
        await page.keyboard.type("where is my parcel")
        await page.keyboard.press("Enter")
        await page.get_by_label("What it says").focus()
        await page.keyboard.type("Look at the order.")
        await expect(page.get_by_test_id("rule-list")).to_contain_text('When the customer says "where is my parcel"')
        await expect(page.get_by_text("No problems")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=["1280", "800"])
async def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    theatre: Theatre, browser: Browser, size: ViewportSize
) -> None:
    async with opened(browser, f"{theatre.base_url}/rules/banking?token={TOKEN}", viewport=size) as watched:
        page = watched.page
        await rule(page, "Lost card and not verified").click()
        assert await faults(page) == []
        await watched.photograph(f"rules-{size['width']}")
        await view(page, "As text").click()
        assert await faults(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        await page.goto(f"{theatre.base_url}/knowledge")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Knowledge")
        assert await faults(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]


async def test_documents_are_added_asked_and_removed(theatre: Theatre, browser: Browser) -> None:
    async with opened(browser, f"{theatre.base_url}/knowledge?token={TOKEN}") as watched:
        page = watched.page
        text = b"# Parking\n\nVisitors park behind the north gate."
        files: list[FilePayload] = [
            {"name": "parking.md", "mimeType": "text/markdown", "buffer": text},
            {"name": "plan.docx", "mimeType": "application/octet-stream", "buffer": b"PK"},
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"},
        ]
        await page.get_by_label("Files to add").set_input_files(files)
        uploads = page.get_by_test_id("uploads")
        await expect(uploads).to_contain_text("1 file loaded, 2 files not.")
        await page.get_by_label("Question", exact=True).fill("where do visitors park")
        await page.get_by_label("Question", exact=True).press("Enter")
        await expect(page.get_by_test_id("answers")).to_contain_text("Visitors park behind the north gate.")
        await watched.photograph("knowledge")
        await page.get_by_role("button", name="Remove Parking").click()
        await page.get_by_role("button", name="Remove", exact=True).click()
        await expect(page.get_by_role("button", name="Remove Parking")).to_have_count(0)
        await page.get_by_label("Question", exact=True).press("Enter")
        await expect(page.get_by_test_id("answers")).to_contain_text("Not found")
