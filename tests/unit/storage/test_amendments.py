"""Masking a stretch of what was said, for good."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.amendments import (
    MaskOutcome,
    MaskStretch,
    OffsetsOutsideError,
    TextChangedError,
    UnknownUtteranceError,
    moved,
)
from cueline.events.catalogue import UtteranceAmended, UtteranceCommitted
from cueline.events.guidance import ChecklistTicked, CueRaised, Evidence, MomentFound
from cueline.events.redacted import Mask, RedactedWord
from cueline.kernel.ids import TenantId, utterance_id
from cueline.storage.amendments import rewritten
from cueline.storage.calls import UnknownCallError

TEXT = "my number is four five six and that is it"


def words_of(text):
    return tuple(
        RedactedWord(text=word, start_ms=100 * at, end_ms=100 * at + 90) for at, word in enumerate(text.split())
    )


@pytest.fixture
async def said(world, make):
    """A call with one utterance of the customer's."""
    claimed = await world.claimed()
    call = claimed.record.call_id
    await world.writer(claimed).commit(make.commit(1, make.utterance(call, 0, text=TEXT)))
    world.log.published.clear()
    return call, utterance_id(call, "customer", 0)


async def now(world, make, call):
    events = await world.calls.events(make.tenant, call, after=0, limit=100)
    [shown] = [event.payload for event in events if isinstance(event.payload, UtteranceCommitted)]
    return shown


async def test_the_stored_text_its_words_and_masks_change_and_everybody_is_told(world, make, said):
    call, utterance = said
    start, end = TEXT.index("our"), TEXT.index("six") + 1
    outcome = await world.calls.amend(make.tenant, call, MaskStretch(utterance, start, end, "PIN"), at_ms=5_000)
    assert outcome == MaskOutcome(version=2, sequence=3)
    shown = await now(world, make, call)
    assert shown.text == "my number is [PIN] and that is it"
    assert shown.masks == (Mask(start=13, end=18, type="PIN"),)
    assert [word.text for word in shown.words] == shown.text.split()
    assert (shown.words[3].start_ms, shown.words[3].end_ms) == (300, 590)
    [event] = world.log.published
    assert (event.sequence, event.at_ms, event.payload) == (3, 5_000, UtteranceAmended(utterance, 2))
    assert (await world.calls.events(make.tenant, call, after=2, limit=5)) == [event]
    record = await world.calls.find(make.tenant, call)
    assert (record.sequence, record.masks) == (3, 1)
    assert await world.value("SELECT count(*) FROM outbox") == 0
    everywhere = await world.database.statement("SELECT text || words::text AS said FROM utterances")
    assert "five" not in everywhere[0]["said"]


async def test_the_worker_goes_on_committing_above_it(world, make):
    claimed = await world.claimed()
    call, writer = claimed.record.call_id, world.writer(claimed)
    await writer.commit(make.commit(1, make.utterance(call, 0, text=TEXT)))
    await world.calls.amend(make.tenant, call, MaskStretch(utterance_id(call, "customer", 0), 0, 2, "NUMBER"), at_ms=1)
    [warned] = await writer.commit(make.commit(2, make.warning()))
    assert warned.sequence == 4
    events = await world.calls.events(make.tenant, call, after=0, limit=10)
    assert [event.sequence for event in events] == [1, 2, 3, 4]


async def test_the_same_stretch_is_masked_once_however_often_it_is_asked_for(world, make, said):
    call, utterance = said
    for stretch in (MaskStretch(utterance, 13, 26, "NUMBER", version=1), MaskStretch(utterance, 30, 35, "NUMBER")):
        outcomes = await asyncio.gather(
            *(world.calls.amend(make.tenant, call, stretch, at_ms=at) for at in range(6)),
        )
        assert sorted(outcome.sequence is None for outcome in outcomes) == [False] + [True] * 5
        assert len({outcome.version for outcome in outcomes}) == 1
    assert (await now(world, make, call)).text.count("[NUMBER]") == 2
    assert len(world.log.published) == 2


async def test_what_is_masked_already_is_left_as_it_is(world, make, said):
    call, utterance = said
    await world.calls.amend(make.tenant, call, MaskStretch(utterance, 13, 26, "PIN"), at_ms=1)
    inside = MaskStretch(utterance, 14, 16, "NUMBER", version=2)
    assert await world.calls.amend(make.tenant, call, inside, at_ms=2) == MaskOutcome(version=2, sequence=None)
    around = MaskStretch(utterance, 0, 22, "NUMBER", version=2)
    assert (await world.calls.amend(make.tenant, call, around, at_ms=3)).version == 3
    assert (await now(world, make, call)).text == "[NUMBER] [PIN] [NUMBER] that is it"


async def test_faults_are_typed_and_change_nothing(world, make, said):
    call, utterance = said
    before = await now(world, make, call)
    amend = world.calls.amend
    for start, end in ((5, 5), (6, 5), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1), (-1, 3)):
        with pytest.raises(OffsetsOutsideError):
            await amend(make.tenant, call, MaskStretch(utterance, start, end, "NUMBER"), at_ms=1)
    with pytest.raises(UnknownUtteranceError):
        await amend(make.tenant, call, MaskStretch(utterance_id(call, "agent", 0), 0, 2, "NUMBER"), at_ms=1)
    with pytest.raises(TextChangedError):
        await amend(make.tenant, call, MaskStretch(utterance, 0, 2, "NUMBER", version=2), at_ms=1)
    with pytest.raises(UnknownCallError):
        await amend(TenantId("other"), call, MaskStretch(utterance, 0, 2, "NUMBER"), at_ms=1)
    await world.calls.offer(make.call("another"))
    another = await world.calls.find(make.tenant, "another")
    with pytest.raises(UnknownUtteranceError):
        await amend(make.tenant, another.call_id, MaskStretch(utterance, 0, 2, "NUMBER"), at_ms=1)
    assert await now(world, make, call) == before
    assert [event.kind for event in world.log.published] == ["CallStarted"]


async def test_where_the_words_are_not_the_text_all_of_it_is_masked(world, make, said):
    call, utterance = said
    await world.database.statement("UPDATE utterances SET words = '[]'")
    await world.calls.amend(make.tenant, call, MaskStretch(utterance, 13, 15, "NUMBER"), at_ms=1)
    shown = await now(world, make, call)
    assert (shown.text, shown.masks) == ("[NUMBER]", (Mask(start=0, end=8, type="NUMBER"),))


async def test_a_bus_that_is_away_hears_of_it_from_the_sweeper(world, make, said):
    call, utterance = said
    world.log.broken = True
    await world.calls.amend(make.tenant, call, MaskStretch(utterance, 0, 2, "NUMBER"), at_ms=1)
    world.log.broken = False
    assert await world.outbox.sweep(older_than_s=0) == 1
    assert [event.payload for event in world.log.published] == [UtteranceAmended(utterance, 2)]


@given(st.lists(st.sampled_from(["a", "four", "[PIN]", "[NUMBER]", "okay"]), min_size=1, max_size=8), st.data())
def test_no_mask_is_lifted_and_no_touched_word_stays(spoken, data):
    text = " ".join(spoken)
    words, masks, at = words_of(text), [], 0
    for word in spoken:
        if word.startswith("["):
            masks.append(Mask(start=at, end=at + len(word), type=word[1:-1]))
        at += len(word) + 1
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    content = rewritten(words, masks, start, end, "OTP")
    touched, at = [], 0
    for word in spoken:
        if not word.startswith("[") and start < at + len(word) and at < end:
            touched.append(word)
        at += len(word) + 1
    if content is None:
        assert touched == []
        return
    assert touched
    assert content.text == " ".join(word.text for word in content.words)
    assert [content.text[mask.start : mask.end] for mask in content.masks] == [
        f"[{mask.type}]" for mask in content.masks
    ]
    types = [mask.type for mask in content.masks]
    assert [kind for kind in types if kind != "OTP"] == [word[1:-1] for word in spoken if word.startswith("[")]
    assert types.count("OTP") == content.added
    left = [word.text for word in content.words if not word.text.startswith("[")]
    assert sorted(left + touched) == sorted(word for word in spoken if not word.startswith("["))
    assert (content.words[0].start_ms, content.words[-1].end_ms) == (words[0].start_ms, words[-1].end_ms)
    assert rewritten(content.words, content.masks, 0, len(content.text), "OTP") is None or left


def cue(*evidence):
    return CueRaised(
        cue_id="cue-1", cue_kind="hint", audience="agent", text="Say so", why="", rule_id="r", priority=50,
        expires_ms=60_000, evidence=evidence,
    )  # fmt: skip


async def test_evidence_still_names_its_words_after_an_amendment(world, make, said):
    call, utterance = said
    after = Evidence(utterance, TEXT.index("that"), len(TEXT))
    before = Evidence(utterance, 0, TEXT.index(" is"))
    within = Evidence(utterance, TEXT.index("five"), TEXT.index(" six"))
    across = Evidence(utterance, TEXT.index("is"), TEXT.index(" six"))
    elsewhere = Evidence(utterance_id(call, "agent", 0), 20, 30)
    whole = Evidence(utterance)
    moment = MomentFound("m", "intent", "asks_price", 0.9, "customer", 0, 900, after)
    for payload in (cue(after, before, within, across, elsewhere, whole), moment, ChecklistTicked("c", "i", after)):
        await world.calls.record(make.tenant, call, payload, at_ms=1_000)
    await world.calls.record(make.tenant, call, ChecklistTicked("c", "by hand", None, "jo"), at_ms=1_000)
    start, end = TEXT.index("four"), TEXT.index(" and")
    await world.calls.amend(make.tenant, call, MaskStretch(utterance, start, end, "PIN"), at_ms=5_000)
    await world.calls.amend(make.tenant, call, MaskStretch(utterance, 0, 2, "NUMBER", version=2), at_ms=6_000)
    text = (await now(world, make, call)).text
    assert text == "[NUMBER] number is [PIN] and that is it"
    raised, found, ticked, by_hand = [
        event.payload for event in await world.calls.guidance(make.tenant, call, after=0, limit=10)
    ]
    shown = [text[each.start : each.end] for each in raised.evidence]
    assert shown == ["that is it", "[NUMBER] number", "[PIN]", "is [PIN]", text[20:30], ""]
    assert raised.evidence[4:] == (elsewhere, whole)
    assert text[found.evidence.start : found.evidence.end] == "that is it"
    assert ticked.evidence == found.evidence
    assert by_hand.evidence is None


@given(
    st.lists(st.sampled_from(["a", "four", "[PIN]", "[NUMBER]", "okay"]), min_size=1, max_size=8).map(" ".join),
    st.data(),
)
def test_what_lies_outside_of_an_amendment_is_cited_as_before(said, data):
    """Words are cited whole: what was not touched says the same, what was touched holds the mask."""
    words = words_of(said)
    begins = [sum(len(word.text) + 1 for word in words[:place]) for place in range(len(words))]
    masks = tuple(
        Mask(start=at, end=at + len(word.text), type=word.text[1:-1])
        for at, word in zip(begins, words, strict=True)
        if word.text.startswith("[")
    )
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    new = rewritten(words, masks, start, end, "NAME")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    place = Evidence(utterance_id("call", "agent", 0), begins[first], begins[last] + len(words[last].text))
    if new is None:
        return
    there = moved(place, new.cuts)
    old, cited = said[place.start : place.end], new.text[there.start : there.end]
    touched = any(cut.start < place.end and place.start < cut.end for cut in new.cuts)
    assert (cited == old) is not touched
    assert ("[NAME]" in cited) is touched
    assert (" " + new.text + " ").find(" " + cited + " ") >= 0
