"""The agent's screen: cues that come calmly, a checklist, knowledge, words hidden for good, notes.

The call's words and what the guide would say of them are committed here, so that every moment is a test's own.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from cueline.events.catalogue import AgentConnected, CallEnded, EventPayload
from cueline.events.guidance import (
    ChecklistItem,
    ChecklistOpened,
    ChecklistTicked,
    CueKind,
    CueRaised,
    CueWithdrawn,
    DispositionSuggested,
    Evidence,
    WhisperSent,
)
from cueline.events.records import NewEvent
from cueline.kernel.ids import AgentId, Channel, UtteranceId, utterance_id
from tests.installation import TOKEN, Installation, Worker, installation, utterance
from tests.journeys.axe import faults
from tests.journeys.theatre import opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(110),
]

HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Scene:
    """A call in a running Cueline without a call role: its events are the test's."""

    product: Installation
    worker: Worker

    @property
    def address(self) -> str:
        return f"{self.product.base_url}/agent/{self.worker.call}?token={TOKEN}"

    async def connect(self) -> None:
        """The agent joins."""
        await self.worker.commit(NewEvent(at_ms=500, item=AgentConnected(agent_id=AgentId("maria"))))

    async def say(self, ordinal: int, text: str, channel: Channel = "customer") -> None:
        await self.worker.commit(utterance(self.worker.call, ordinal, text, channel))

    def id(self, ordinal: int, channel: Channel = "customer") -> UtteranceId:
        return utterance_id(self.worker.call, channel, ordinal)

    async def guide(self, payload: EventPayload, at_ms: int = 3_000) -> None:
        """What the guide would commit."""
        process = self.product.served.process
        assert await process.calls.record(process.tenant, self.worker.call, payload, at_ms=at_ms) is not None

    async def end(self) -> None:
        await self.worker.commit(NewEvent(at_ms=20_000, item=CallEnded(reason="disconnected")))

    async def events(self, kind: str) -> list[dict[str, Any]]:
        """The call's events of a kind, as the REST interface tells them."""
        answer = await self.product.http.get(f"/v1/calls/{self.worker.call}/events")
        return [event for event in answer.json()["events"] if event["kind"] == kind]

    async def put_notes(self, by: str, based_on: int, reason: str) -> None:
        fields = {"reason": reason, "summary": "A card was lost and blocked.", "outcome": "done"}
        body = {"fields": fields, "basedOn": based_on, "by": by}
        answer = await self.product.http.put(f"/v1/calls/{self.worker.call}/notes", json=body)
        assert answer.status_code == 200, answer.text


@asynccontextmanager
async def scene(database_url: str) -> AsyncIterator[Scene]:
    """A call that began now, with two turns."""
    async with installation(database_url) as product:
        start_ms = product.served.process.clock.epoch_ms()
        await product.offer("contact-1", startTimestampMs=start_ms)
        here = Scene(product, await product.worker("contact-1"))
        await here.say(1, "Hello, I lost my card in the tram")
        await here.say(2, "I am sorry, let me help you", "agent")
        yield here


def cue(cue_id: str, text: str, kind: CueKind = "hint", **more: Any) -> CueRaised:
    values: dict[str, Any] = {
        "audience": "agent", "why": "A card was lost", "rule_id": f"rule-{cue_id}", "priority": 50,
        "expires_ms": HOUR_MS, "evidence": (), **more,
    }  # fmt: skip
    return CueRaised(cue_id=cue_id, cue_kind=kind, text=text, **values)


def checklist() -> ChecklistOpened:
    items = [("greet", "Greet"), ("verify", "Verify who is calling"), ("block", "Block the card")]
    return ChecklistOpened(
        checklist_id="lost-card",
        title="Lost card",
        items=tuple(ChecklistItem(item_id=name, label=label) for name, label in items),
    )


def top(page: Page) -> Locator:
    return page.locator('[data-testid="cue"]:not([data-leaving])')


async def ready(page: Page) -> None:
    """The stored events are there and the connection stands."""
    await expect(page.get_by_test_id("status-line")).to_have_attribute("data-state", "live")


async def settle(page: Page) -> None:
    """Longer than a press takes to count for the cue that is shown."""
    await page.wait_for_timeout(700)


async def test_one_cue_at_a_time_answered_by_key(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await ready(page)
        await expect(page.get_by_test_id("cue-idle")).to_have_text("The call has not reached an agent yet.")
        await here.connect()
        lost = Evidence(utterance_id=here.id(1), start=9, end=21)
        await here.guide(cue("a", "Offer to block the card", evidence=(lost,)))
        await expect(top(page)).to_contain_text("Offer to block the card")
        await expect(top(page)).to_contain_text("lost my card")
        await here.guide(cue("b", "Ask when it was lost", priority=90))
        await expect(top(page)).to_contain_text("1 more after this")
        await expect(top(page)).to_have_attribute("data-cue-id", "a")  # a hint never pushes another away

        await top(page).get_by_role("button", name="Show where it was said").click()
        spotted = page.locator(f'[data-utterance-id="{here.id(1)}"] mark')
        await expect(spotted).to_have_text("lost my card")

        await settle(page)
        await page.keyboard.press("u")
        question = page.get_by_test_id("cue-question")  # a pause, in which it is asked whether it helped
        await expect(question).to_contain_text("Offer to block the card")
        await page.keyboard.press("y")
        await expect(page.get_by_test_id("cue-idle")).to_contain_text("Noted: it helped.")
        await expect(top(page)).to_have_attribute("data-cue-id", "b")  # then the next
        await here.guide(cue("w", "Verify the customer first", "warning"))
        await expect(top(page)).to_have_attribute("data-kind", "warning")
        await settle(page)
        await page.keyboard.press("d")
        await expect(top(page)).to_have_attribute("data-cue-id", "b")
        answers = [(event["cueId"], event["answer"], event["by"]) for event in await here.events("CueAnswered")]
        assert answers == [("a", "used", "maria"), ("a", "helpful", "maria"), ("w", "dismissed", "maria")]


async def test_what_is_of_no_use_any_more_goes_with_a_word(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await here.connect()
        await ready(page)
        await here.guide(cue("a", "Verify the customer", "warning"))
        await expect(top(page)).to_have_attribute("data-cue-id", "a")
        await here.guide(CueWithdrawn(cue_id="a", reason="settled"))
        gone = page.locator('[data-testid="cue"][data-leaving="settled"]')
        await expect(gone).to_contain_text("Done, no longer needed")
        await expect(page.get_by_test_id("cue-idle")).to_be_visible()


async def test_a_muted_kind_stays_away_over_a_reload_until_it_is_unmuted(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await here.connect()
        await ready(page)
        await here.guide(cue("p", "Well said", "praise"))
        await expect(top(page)).to_have_attribute("data-kind", "praise")
        await settle(page)
        await page.keyboard.press("m")
        await expect(page.get_by_test_id("muted")).to_contain_text("Praise muted")
        await here.guide(cue("q", "Well said again", "praise"))
        await page.reload()
        await ready(page)
        await expect(page.get_by_test_id("cue-idle")).to_be_visible()
        await page.get_by_role("button", name="Unmute Praise").click()
        await expect(top(page)).to_have_attribute("data-cue-id", "q")


async def test_keys_are_letters_where_somebody_writes(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await here.connect()
        await ready(page)
        await here.guide(cue("a", "Offer to block the card"))
        await expect(top(page)).to_be_visible()
        await settle(page)
        await page.keyboard.press("/")
        search = page.get_by_role("searchbox", name="Search the knowledge")
        await expect(search).to_be_focused()
        await page.keyboard.type("dumb")
        await expect(search).to_have_value("dumb")
        await expect(top(page)).to_have_attribute("data-cue-id", "a")
        assert await here.events("CueAnswered") == []


async def test_the_checklist_ticks_itself_and_by_hand(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await here.connect()
        await ready(page)
        await expect(page.get_by_test_id("no-checklist")).to_be_visible()
        await here.guide(checklist())
        line = page.get_by_test_id("check")
        await expect(line).to_have_count(3)
        greeted = Evidence(utterance_id=here.id(2, "agent"))
        await here.guide(ChecklistTicked(checklist_id="lost-card", item_id="greet", evidence=greeted))
        await expect(line.nth(0)).to_have_attribute("data-standing", "done")
        await expect(line.nth(1)).to_have_attribute("data-standing", "now")
        await line.nth(0).get_by_role("button", name="show where it was said").click()
        await expect(page.locator(".bubble.spotted")).to_contain_text("let me help you")
        await page.get_by_role("button", name="Tick: Verify who is calling").click()
        await expect(line.nth(1)).to_contain_text("Ticked by maria")
        await expect(page.get_by_test_id("checklist-title")).to_contain_text("2 of 3 done")
        [*_, ticked] = await here.events("ChecklistTicked")
        assert (ticked["itemId"], ticked["by"]) == ("verify", "maria")


async def test_the_hand_and_what_the_supervisor_writes(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await here.connect()
        await ready(page)
        await page.get_by_role("button", name="Raise hand").click()
        await expect(page.get_by_test_id("hand")).to_have_attribute("data-up", "true")
        await here.guide(WhisperSent(text="I am listening with you", by="sam"), 4_000)
        await expect(page.get_by_test_id("whisper")).to_contain_text("I am listening with you")
        await page.get_by_role("button", name="Got it").click()
        await expect(page.get_by_test_id("whisper")).to_have_count(0)
        await page.get_by_role("button", name="Hand is up: lower it").click()
        await expect(page.get_by_test_id("hand")).to_have_attribute("data-up", "false")
        assert [event["by"] for event in await here.events("HandRaised")] == ["maria"]


@pytest.mark.parametrize("means", ["mouse", "keyboard"])
async def test_words_are_hidden_for_good(
    database_url: str, browser: Browser, means: Literal["mouse", "keyboard"]
) -> None:
    async with scene(database_url) as here, opened(browser, here.address) as watched:
        page = watched.page
        await here.connect()
        await here.say(3, "Grüße, my word is Bluebird, you know")
        await ready(page)
        block = page.locator(f'[data-utterance-id="{here.id(3)}"]')
        await expect(block).to_contain_text("Bluebird")
        said = "Grüße, my word is Bluebird, you know"
        known = Evidence(utterance_id=here.id(3), start=said.index("you"), end=len(said))
        await here.guide(cue("k", "Ask what they know", evidence=(known,)))
        await expect(top(page).locator("q")).to_have_text("you know")
        if means == "mouse":
            await page.evaluate(SELECT, [here.id(3), "luebi"])
            await expect(page.get_by_test_id("mask-bar")).to_contain_text("Bluebird")  # whole words
            await page.get_by_role("button", name="Mask this now").click()
        else:
            await block.get_by_role("group").focus()
            for key in ("h", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"):
                await page.keyboard.press(key)
            await expect(page.get_by_test_id("mask-bar")).to_contain_text("Bluebird")
            await page.keyboard.press("Enter")
        await expect(block.get_by_test_id("mask")).to_be_visible()
        await expect(page.get_by_test_id("mask-bar")).to_have_count(0)
        assert "Bluebird" not in await page.content()
        stored = [event["text"] for event in await here.events("UtteranceCommitted")]
        assert not any("Bluebird" in text for text in stored)
        assert any(text.startswith("Grüße, my word is [") for text in stored)
        await expect(top(page).locator("q")).to_have_text("you know")  # its place moved with its words


SELECT = """([id, words]) => {
  const part = document.querySelector(`[data-utterance-id="${id}"] [data-from]`).firstChild;
  const range = document.createRange();
  range.setStart(part, part.data.indexOf(words));
  range.setEnd(part, part.data.indexOf(words) + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


async def test_knowledge_comes_by_itself_and_is_searched_beside_the_call(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here:
        process = here.product.served.process
        assert (await process.knowledge.load_samples(process.tenant)).ok
        [first, *_] = await process.knowledge.search(process.tenant, "lost card replacement", limit=3)
        async with opened(browser, here.address, permissions=["clipboard-read", "clipboard-write"]) as watched:
            page = watched.page
            await here.connect()
            await ready(page)
            await here.guide(cue("k", "Replacing a lost card", "knowledge", passage_id=first.passage_id))
            passage = page.get_by_test_id("passage")
            await expect(passage).to_have_attribute("data-passage-id", first.passage_id)
            await expect(passage).to_contain_text("Updated")
            await page.keyboard.press("c")
            await expect(passage.get_by_role("button", name="Copied")).to_be_visible()
            copied = await page.evaluate("navigator.clipboard.readText()")
            assert first.text.strip()[:40] in copied
            assert first.title in copied

            search = page.get_by_role("searchbox", name="Search the knowledge")
            await search.fill("zebra xylophone")
            await expect(page.get_by_test_id("not-found")).to_be_visible()
            await search.fill("opening hours of the branch")
            await expect(page.get_by_test_id("knowledge-results").get_by_role("listitem").first).to_be_visible()
            await expect(page.get_by_test_id("transcript")).to_contain_text("I lost my card")
            await search.press("Escape")
            await expect(passage).to_have_attribute("data-passage-id", first.passage_id)


async def test_notes_are_edited_kept_saved_and_copied(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here:
        await here.connect()
        await here.guide(DispositionSuggested(disposition="card_replaced", why="a new card was ordered"))
        options: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
        async with opened(browser, here.address, **options) as watched:
            page = watched.page
            await ready(page)
            await here.end()
            await here.put_notes("robot", 0, "Lost card")
            reason = page.get_by_role("textbox", name="Reason")
            await expect(reason).to_have_value("Lost card")
            await reason.fill("Karte in der Straßenbahn verloren, schöne Grüße")
            await expect(page.get_by_test_id("notes-state")).to_contain_text("Not saved")
            await page.get_by_role("button", name="Use it: Card replaced").click()
            await page.reload()
            await expect(reason).to_have_value("Karte in der Straßenbahn verloren, schöne Grüße")
            await expect(page.get_by_test_id("notes-from-before")).to_be_visible()
            await watched.photograph("agent-notes")

            await page.keyboard.press("Control+Shift+C")
            await expect(page.get_by_role("button", name="Copied")).to_be_visible()
            assert "Reason: Karte in der Straßenbahn" in await page.evaluate("navigator.clipboard.readText()")
            await reason.press("Control+s")
            await expect(page.get_by_test_id("notes-state")).to_contain_text("Saved by maria")
            newest = (await here.product.http.get(f"/v1/calls/{here.worker.call}/notes")).json()["newest"]
            assert newest["fields"]["reason"].endswith("schöne Grüße")
            assert newest["fields"]["disposition"] == "card_replaced"

            await reason.fill("mine")
            await here.put_notes("sam", newest["version"], "theirs")
            await reason.press("Control+s")
            await expect(page.get_by_text("These notes were changed meanwhile")).to_be_visible()
            await page.get_by_role("button", name="Keep my edits").click()
            await reason.press("Control+s")
            await expect(page.get_by_test_id("notes-state")).to_contain_text("Saved by maria")
            await expect(reason).to_have_value("mine")


async def test_the_next_call_opens_by_itself(database_url: str, browser: Browser) -> None:
    async with scene(database_url) as here:
        url = f"{here.product.base_url}/agent?token={TOKEN}"
        async with opened(browser, url) as watched:
            page = watched.page
            await expect(page.get_by_role("heading", name="Waiting for the next call")).to_be_visible()
            await watched.photograph("agent-waiting")
            await here.connect()
            await expect(page.get_by_test_id("transcript")).to_contain_text("I lost my card")

            await here.end()
            await here.put_notes("robot", 0, "Lost card")
            await page.get_by_role("textbox", name="Reason").fill("Lost card, in the tram")
            after = Scene(here.product, await here.product.worker("contact-2"))
            await after.connect()
            await after.say(1, "Hello, this is somebody else")
            await expect(page.get_by_test_id("next-call")).to_be_visible()  # what is not saved is not taken away
            await page.get_by_role("button", name="Save and send").click()
            await expect(page.get_by_test_id("transcript")).to_contain_text("this is somebody else")
            await expect(page.get_by_test_id("notes")).to_have_count(0)


async def full(here: Scene) -> None:
    """Everything that the screen can show at once."""
    await here.connect()
    await here.guide(checklist())
    greeted = Evidence(utterance_id=here.id(2, "agent"))
    await here.guide(ChecklistTicked(checklist_id="lost-card", item_id="greet", evidence=greeted))
    lost = Evidence(utterance_id=here.id(1), start=9, end=21)
    await here.guide(cue("w", "Verify the customer before you block the card", "warning", evidence=(lost,)))
    await here.guide(cue("h", "Ask when it was lost"))
    await here.guide(WhisperSent(text="I am listening with you", by="sam"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 900, 1440])
async def test_every_width_is_accessible(
    database_url: str, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    async with scene(database_url) as here, opened(browser, here.address, **options) as watched:
        page = watched.page
        await full(here)
        await ready(page)
        await expect(top(page)).to_have_attribute("data-kind", "warning")
        await settle(page)
        await watched.photograph(f"agent-{width}-{scheme}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await faults(page) == []
        await page.keyboard.press("?")
        await expect(page.get_by_text("Single keys work")).to_be_visible()
        assert await faults(page) == []
        await page.keyboard.press("Escape")
        await here.end()
        await here.put_notes("robot", 0, "Lost card")
        await expect(page.get_by_role("textbox", name="Reason")).to_have_value("Lost card")
        await watched.photograph(f"agent-after-{width}-{scheme}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await faults(page) == []
