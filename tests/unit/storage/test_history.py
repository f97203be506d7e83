"""Finding calls again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.events.catalogue import AgentConnected, CallEnded
from cueline.events.guidance import CallTagged, Evidence, MomentFound
from cueline.events.history import CallQuery
from cueline.events.people import PersonRecord
from cueline.events.records import NewEvent
from cueline.kernel.errors import InputError
from cueline.kernel.ids import AgentId, TenantId, utterance_id
from cueline.storage import history
from cueline.storage.history import TERMS_MAX, spans, terms
from cueline.storage.people import PostgresPeople

SAID = {
    "card": ["I lost my debit card yesterday", "please don't send a new card yet", "card card card", "the card"],
    "refund": ["where is my refunded money", "I want a refund for order [NUMBER] now"],
    "empty": [],
}


@pytest.fixture
async def past(world, make):
    """Calls in which these things were said, a second between them."""
    for place, (contact, texts) in enumerate(SAID.items()):
        world.clock.advance_to(1_000 * (place + 1))
        claimed = await world.claimed(contact)
        call = claimed.record.call_id
        writer = world.writer(claimed)
        agent = NewEvent(at_ms=0, item=AgentConnected(agent_id=AgentId("jo" if contact == "card" else "al")))
        said = [make.utterance(call, number, text=text) for number, text in enumerate(texts)]
        await writer.commit(make.commit(1, agent, *said))
    return {contact: (await world.calls.find(make.tenant, contact)).call_id for contact in SAID}


@pytest.fixture
def found(world, make):
    async def look(**query):
        answer = await world.calls.search(make.tenant, CallQuery(**{"limit": 50, **query}))
        return [record.contact_id for record in answer.calls]

    return look


async def test_without_words_it_is_the_list_newest_first(past, found, world, make):
    assert await found() == ["empty", "refund", "card"]
    assert await found(limit=1) == ["empty"]
    assert await found(before_ms=world.clock.epoch_ms()) == ["refund", "card"]
    assert (await world.calls.search(TenantId("other"), CallQuery(limit=5))).calls == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("card", ["card"]), ("CARD lost", ["card"]), ("refu", ["refund"]), ("lost refund", []),
        # Words may have been said in different utterances of the call, a phrase in one.
        ("yesterday new", ["card"]), ('"debit card"', ["card"]), ('"card debit"', []), ('"debit car"', []),
        ("don't", ["card"]), ("card -refund", ["card"]), ("my -card", ["refund"]), ("number", ["refund"]),
        ("q' \\ & | ! ( ) :* '", []), ("'; DROP TABLE calls; --", []), ('"unfinished', []),
    ],
)  # fmt: skip
async def test_words_that_were_said_find_the_call(past, found, words, expected):
    assert await found(words=words) == expected


@pytest.mark.parametrize("rare_max", [0, 1, 2])
async def test_common_words_find_the_same_calls_as_rare_ones(past, found, monkeypatch, rare_max):
    monkeypatch.setattr(history, "RARE_MAX", rare_max)
    assert await found(words="card") == ["card"]
    assert await found(words="card lost") == ["card"]
    assert await found(words="my") == ["refund", "card"]
    assert await found(words="my -card") == ["refund"]
    assert await found(words="my -lawyer") == ["refund", "card"]
    assert await found(words='my "lost my"', agent="jo") == ["card"]
    assert await found(words="lawyer") == []


async def test_the_best_utterances_show_where_the_words_are(past, world, make):
    answer = await world.calls.search(make.tenant, CallQuery(limit=5, words="card lost"))
    call = past["card"]
    ids = [each.utterance_id for each in answer.utterances]
    assert len(ids) == 3
    assert utterance_id(call, "customer", 0) in ids
    assert {each.call_id for each in answer.utterances} == {call}
    [first] = [each for each in answer.utterances if each.utterance_id == utterance_id(call, "customer", 0)]
    assert [first.text[start:end] for start, end in first.found] == ["lost", "card"]
    refund = await world.calls.search(make.tenant, CallQuery(limit=5, words='"refund for"'))
    assert [(each.text, each.speaker) for each in refund.utterances] == [(SAID["refund"][1], "customer")]


async def test_what_was_masked_is_found_no_more(past, found, world, make):
    from cueline.events.amendments import MaskStretch  # noqa: PLC0415

    utterance = utterance_id(past["refund"], "customer", 0)
    await world.calls.amend(make.tenant, past["refund"], MaskStretch(utterance, 12, 13, "PERSON"), at_ms=0)
    assert await found(words="refunded") == []
    assert await found(words="person") == ["refund"]


async def test_calls_are_found_by_what_they_came_to(past, found, world, make):
    reason = MomentFound(
        "m1", "reason", "lost_card", 0.9, "customer", 0, 10, Evidence(utterance_id(past["card"], "customer", 0))
    )
    await world.calls.record(make.tenant, past["card"], reason, at_ms=10)
    await world.calls.record(make.tenant, past["refund"], CallTagged(label="escalated", rule_id="r"), at_ms=10)
    await world.calls.record(make.tenant, past["empty"], CallEnded(reason="disconnected"), at_ms=10)
    await PostgresPeople(world.database).put(make.tenant, PersonRecord("jo", "Jo", "agent", "cards"))
    assert await found(reason="lost_card") == ["card"]
    assert await found(label="escalated") == ["refund"]
    assert await found(agent="al") == ["empty", "refund"]
    assert await found(team="cards") == ["card"]
    assert await found(team="loans") == []
    assert (await found(live=False), await found(live=True)) == (["empty"], ["refund", "card"])
    start = make.call().start_timestamp_ms
    assert await found(from_ms=start, to_ms=start + 1) == ["empty", "refund", "card"]
    assert await found(from_ms=start + 1) == await found(to_ms=start) == []
    assert await found(words="card", reason="lost_card", team="cards", agent="jo", live=True) == ["card"]
    assert await found(words="card", agent="al") == []


@pytest.mark.parametrize("words", ["", "  ", "-card", "!!!", '""', "- -", " ".join(["word"] * (TERMS_MAX + 1))])
def test_what_cannot_be_searched_for_is_refused(words):
    with pytest.raises(InputError, match="q:"):
        terms(words)


def test_words_phrases_and_what_is_not_wanted_are_told_apart():
    read = [(term.text, term.whole, term.unwanted) for term in terms('lost "debit card" -refund -"my money"')]
    assert read == [
        ("lost", False, False), ("debit card", True, False), ("refund", False, True), ("my money", True, True),
    ]  # fmt: skip


@given(st.text(max_size=40), st.data())
def test_marks_become_offsets_of_the_text(text, data):
    text = text.replace("\x02", "").replace("\x03", "")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    marked = text
    for start, end in reversed(pairs):
        marked = f"{marked[:start]}\x02{marked[start:end]}\x03{marked[end:]}"
    assert spans(marked, text) == tuple(pairs)
    assert spans(marked, text + "x") == ()


async def test_the_index_is_used(past, world):
    plan = await world.database.statement(
        "EXPLAIN SELECT 1 FROM utterances WHERE to_tsvector('simple'::regconfig, utterances.text)"
        " @@ (nullif(phraseto_tsquery('simple'::regconfig, 'refu')::text, '') || ':*')::tsquery"
    )
    assert any("utterances_search_idx" in row[0] for row in plan)
