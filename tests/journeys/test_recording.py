"""A call's recording on its page: heard, followed, gone to by a word, a key and a link; and told in the call's log.

The call is recorded by the product itself, and played by a real browser from the product's own store.
"""

import asyncio
import io
import re
import wave
from typing import Any

import numpy as np
import pytest
from playwright.async_api import Browser, Page, expect

from tests.installation import TOKEN
from tests.journeys.axe import faults
from tests.journeys.theatre import Theatre, Watched, opened

pytestmark = [
    pytest.mark.component("chromium", "web", "postgres"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(150),
]

CHECKED = {"verified", "widened"}
FASTER = re.compile(r"^1\.5")
AUDIO = "document.querySelector('audio')"


@pytest.fixture(scope="module")
def calls() -> dict[str, Any]:
    return {}


async def recorded(theatre: Theatre, calls: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A call that is over and recorded, and what is known of its recording; played once for the module."""
    if not calls:
        offered = await theatre.begin("lost-card", speed=60)
        await theatre.ended(offered.call_id)
        calls["call"] = offered.call_id
        async with asyncio.timeout(60):
            # Checked as well: what the checks come to must not change under the tests.
            while (facts := await facts_of(theatre, offered.call_id))["verification"] not in CHECKED:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        calls["facts"] = facts
    return calls["call"], calls["facts"]


async def facts_of(theatre: Theatre, call: str, **query: str) -> dict[str, Any]:
    answer = await theatre.http.get(f"/v1/calls/{call}/recording/facts", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def words_of(theatre: Theatre, call: str) -> list[dict[str, Any]]:
    """Every committed word with its utterance and place in it."""
    events = (await theatre.http.get(f"/v1/calls/{call}/events")).json()["events"]
    return [
        {"utterance": event["utteranceId"], "place": place, **word}
        for event in events
        if event["kind"] == "UtteranceCommitted" and event["speaker"] != "system"
        for place, word in enumerate(event["words"])
    ]


def word_on(page: Page, word: dict[str, Any]) -> Any:
    return page.locator(f'[data-utterance-id="{word["utterance"]}"] [data-word="{word["place"]}"]')


async def at_s(watched: Watched) -> float:
    return float(await watched.page.evaluate(f"{AUDIO}.currentTime"))


async def state(watched: Watched, wanted: str) -> None:
    await expect(watched.page.get_by_test_id("player")).to_have_attribute("data-state", wanted)


async def test_opening_the_page_is_not_listening(theatre: Theatre, browser: Browser, calls: dict[str, Any]) -> None:
    call, _ = await recorded(theatre, calls)
    async with opened(browser, f"{theatre.base_url}/calls/{call}?token={TOKEN}") as watched:
        await expect(watched.page.get_by_role("button", name="Play the recording")).to_be_visible()
        assert await watched.page.evaluate(f"{AUDIO}.networkState") in {0, 1}  # nothing was asked for
        assert (await theatre.http.get(f"/v1/calls/{call}/audit")).json() == {"lines": []}


async def test_a_recording_is_played_followed_and_noted(
    theatre: Theatre, browser: Browser, calls: dict[str, Any]
) -> None:
    call, facts = await recorded(theatre, calls)
    async with opened(browser, f"{theatre.base_url}/calls/{call}?token={TOKEN}") as watched:
        page = watched.page
        # As many beeps on the waveforms as the recording has, on the side that spoke.
        await expect(page.get_by_test_id("beep")).to_have_count(len(facts["beeps"]))
        sides = await page.get_by_test_id("beep").evaluate_all("marks => marks.map(mark => mark.dataset.side)")
        assert sorted(sides) == sorted(beep["channel"] for beep in facts["beeps"])
        assert len(facts["beeps"]) >= 3
        await expect(page.get_by_text(f"Beeped: {len(facts['beeps'])}")).to_be_visible()
        await page.get_by_role("button", name="Play the recording").click()
        await state(watched, "playing")
        saying = page.locator(".word[data-saying]").first
        await expect(saying).to_be_visible()  # the transcript follows
        await expect(page.get_by_test_id("player-time")).to_have_text("0:01")
        assert await page.evaluate(f"{AUDIO}.duration") == pytest.approx(facts["durationMs"] / 1_000, abs=0.01)
        await watched.photograph("recording-playing")
        assert await faults(page) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Pause the recording").click()
        await state(watched, "paused")
        # One playing, one line, which the page shows as well.
        lines = (await theatre.http.get(f"/v1/calls/{call}/audit")).json()["lines"]
        assert [(line["actor"], line["action"]) for line in lines] == [("supervisor", "recording.listened")]
        assert lines[0]["sent"][0]["startedMs"] == 0
        # What was played of it is noted as well, by what the player tells.
        await expect(page.get_by_test_id("audit")).to_contain_text("supervisor listened to 0:00")
        [line] = (await theatre.http.get(f"/v1/calls/{call}/audit")).json()["lines"]
        heard_ms = 1_000 * await at_s(watched)
        assert [(span["startedMs"], span["endedMs"]) for span in line["played"]] == [
            (0, pytest.approx(heard_ms, abs=50))
        ]


async def test_a_word_is_clicked_and_heard(theatre: Theatre, browser: Browser, calls: dict[str, Any]) -> None:
    call, facts = await recorded(theatre, calls)
    words = await words_of(theatre, call)
    chosen = next(word for word in words if word["startMs"] > 0.6 * facts["durationMs"] and word["text"].isalpha())
    async with opened(browser, f"{theatre.base_url}/calls/{call}?token={TOKEN}") as watched:
        page = watched.page
        await word_on(page, chosen).click()
        await state(watched, "playing")
        heard_s = await at_s(watched)
        assert chosen["startMs"] / 1_000 - 0.05 <= heard_s < chosen["startMs"] / 1_000 + 5
        await page.keyboard.press("Space")  # the focus is in the transcript: the space bar pauses all the same
        await state(watched, "paused")
        assert await page.get_by_test_id("waterfall").count() == 0
        # A mask leads to its beep.
        beep = facts["beeps"][0]
        await page.locator("[data-testid=mask][data-at]").first.click()
        await state(watched, "playing")
        await page.keyboard.press("Space")
        await state(watched, "paused")
        assert await at_s(watched) == pytest.approx(beep["startedMs"] / 1_000, abs=5)
        # P plays from the turn that has the focus.
        first = words[0]["utterance"]
        await page.locator(f'[data-utterance-id="{first}"] [data-stop]').focus()
        await page.keyboard.press("p")
        await state(watched, "playing")
        assert await at_s(watched) < words[0]["startMs"] / 1_000 + 5


async def test_keys_slider_and_speed(theatre: Theatre, browser: Browser, calls: dict[str, Any]) -> None:
    call, facts = await recorded(theatre, calls)
    async with opened(browser, f"{theatre.base_url}/calls/{call}?token={TOKEN}") as watched:
        page = watched.page
        slider = page.get_by_role("slider", name="Position in the recording")
        box = await slider.bounding_box()
        assert box is not None
        await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
        middle_s = facts["durationMs"] / 2_000
        assert await at_s(watched) == pytest.approx(middle_s, abs=1.5)
        await expect(slider).to_be_focused()
        await page.keyboard.press("ArrowRight")
        assert await at_s(watched) == pytest.approx(middle_s + 5, abs=1.5)
        await page.keyboard.press("Home")
        assert await at_s(watched) == 0
        inside = (facts["beeps"][1]["startedMs"] + facts["beeps"][1]["endedMs"]) / 2
        await page.mouse.click(box["x"] + box["width"] * inside / facts["durationMs"], box["y"] + 10)
        spoken = await slider.get_attribute("aria-valuetext")
        assert f"{facts['beeps'][1]['channel']} beeped" in str(spoken)
        await page.get_by_role("button", name=FASTER).click()
        assert await page.evaluate(f"{AUDIO}.playbackRate") == 1.5
        await page.reload()  # the speed is kept
        await expect(page.get_by_role("button", name=FASTER)).to_have_attribute("aria-pressed", "true")
        # Lanes and waveforms have one axis: a mark stands where its time lies on the waveform.
        lane, wave_box = page.locator(".lanes .lane-track").last, await slider.bounding_box()
        lane_box = await lane.bounding_box()
        assert lane_box is not None
        assert wave_box is not None
        assert (lane_box["x"], lane_box["width"]) == (wave_box["x"], wave_box["width"])


async def test_a_link_to_a_moment_opens_there(theatre: Theatre, browser: Browser, calls: dict[str, Any]) -> None:
    call, _ = await recorded(theatre, calls)
    words = await words_of(theatre, call)
    async with opened(
        browser, f"{theatre.base_url}/calls/{call}?t=30.5&token={TOKEN}", viewport={"width": 400, "height": 800}
    ) as watched:
        page = watched.page
        await expect(page.get_by_test_id("player-time")).to_have_text("0:30")
        await expect(page.get_by_role("button", name="Copy link at 0:30 of this call")).to_be_visible()
        spoken = max((word for word in words if word["startMs"] <= 30_500), key=lambda word: word["startMs"])
        await expect(page.locator(f'[data-utterance-id="{spoken["utterance"]}"]')).to_be_in_viewport()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 400
        assert await page.evaluate(f"{AUDIO}.paused") is True
        await watched.photograph("recording-400")


async def test_what_is_heard_is_the_redacted_call(theatre: Theatre, calls: dict[str, Any]) -> None:
    """Within a beep that side is a steady tone: as loud at its beginning as at its end."""
    call, facts = await recorded(theatre, calls)
    answer = await theatre.http.get(f"/v1/calls/{call}/recording")
    with wave.open(io.BytesIO(answer.content)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2).astype(float)
    for beep in facts["beeps"]:
        side = 0 if beep["channel"] == "customer" else 1
        inside = frames[8 * (beep["startedMs"] + 50) : 8 * (beep["endedMs"] - 50), side]
        loudness = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(inside, 8)]
        assert min(loudness) > 100
        assert max(loudness) / min(loudness) < 1.1
        spectrum = np.abs(np.fft.rfft(inside * np.hanning(len(inside)))) ** 2
        top = int(np.argmax(spectrum))
        assert spectrum[max(0, top - 6) : top + 7].sum() / spectrum.sum() > 0.98


@pytest.mark.parametrize("verdict", ["quarantined", "deleted", "none"])
async def test_what_cannot_be_heard_says_why(
    theatre: Theatre, browser: Browser, calls: dict[str, Any], verdict: str
) -> None:
    call, _ = await recorded(theatre, calls)
    database = theatre.database
    undo = {
        "quarantined": "UPDATE calls SET verification = 'verified' WHERE call_id = $1",
        "deleted": "UPDATE recordings SET state = 'sealed' WHERE call_id = $1",
        "none": "UPDATE recordings SET tenant = 'default' WHERE call_id = $1",
    }
    do = {
        "quarantined": "UPDATE calls SET verification = 'quarantined' WHERE call_id = $1",
        "deleted": "UPDATE recordings SET state = 'deleted' WHERE call_id = $1",
        "none": "UPDATE recordings SET tenant = 'elsewhere' WHERE call_id = $1",
    }
    await database.statement(do[verdict], call)
    try:
        async with opened(browser, f"{theatre.base_url}/calls/{call}?token={TOKEN}") as watched:
            told = watched.page.get_by_test_id("player")
            path = f"/v1/calls/{call}/recording"
            if verdict == "quarantined":
                await expect(told).to_contain_text("Quarantined")
                await expect(watched.page.get_by_test_id("verification")).to_have_text("Quarantined")
                refused = await theatre.http.get(path, params={"by": "somebody", "review": "true"})
                assert (refused.status_code, refused.json()["type"]) == (
                    403,
                    "urn:cueline:problem:recording_quarantined",
                )
                assert (await theatre.http.get(path)).status_code == 403
                await watched.photograph("recording-quarantined")
                await told.get_by_role("button", name="Listen to decide").click()
                await watched.page.get_by_role("button", name="Play the recording").click()
                await state(watched, "playing")
                lines = (await theatre.http.get(f"/v1/calls/{call}/audit")).json()["lines"]
                assert lines[0]["details"]["review"] is True
            elif verdict == "deleted":
                await expect(told).to_contain_text("was deleted")
                assert (await theatre.http.get(path)).status_code == 410
            else:
                assert (await theatre.http.get(path)).status_code == 404
                await expect(told).to_contain_text(re.compile("is being stored|has no recording"))
            assert await faults(watched.page) == []
    finally:
        await database.statement(undo[verdict], call)
