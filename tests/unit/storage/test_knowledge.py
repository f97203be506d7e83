"""The knowledge base on a real PostgreSQL: what is found, what is not, whose it is, and how it is kept up to date."""

import asyncio

import pytest

from cueline.events.knowledge import KnowledgeQuery, NewDocument, NewPassage
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from cueline.storage import knowledge as module
from cueline.storage.engine import Database
from cueline.storage.knowledge import KnowledgeFullError, PostgresKnowledge

TENANT, OTHER = TenantId("default"), TenantId("other")


@pytest.fixture
def knowledge(world):
    return PostgresKnowledge(world.database, clock=world.clock)


def document(source, *texts, title="Help", fingerprint="f1", heading="", modified_at_ms=1_000):
    passages = tuple(
        NewPassage(passage_id=f"kp_{source}_{number}", heading=heading, text=text) for number, text in enumerate(texts)
    )
    return NewDocument(f"kd_{source}", title, source, fingerprint, modified_at_ms, passages)


def asking(*terms):
    return KnowledgeQuery(terms=tuple((term,) if isinstance(term, str) else term for term in terms))


async def found(knowledge, *terms, tenant=TENANT, limit=5, **more):
    return [each.passage_id for each in await knowledge.search(tenant, asking(*terms), limit=limit, **more)]


async def test_a_passage_is_found_by_its_words_whatever_their_form(knowledge):
    await knowledge.store(TENANT, document("a", "Replacement cards are delivered within five days."))
    await knowledge.store(TENANT, document("b", "Branches open at nine."))
    [passage] = await knowledge.search(TENANT, asking("deliver", "card"), limit=5)
    assert (passage.passage_id, passage.title, passage.heading) == ("kp_a_0", "Help", "")
    assert (passage.text, passage.source) == ("Replacement cards are delivered within five days.", "a")
    assert passage.modified_at_ms == 1_000
    assert 0.5 < passage.score <= 1
    assert await knowledge.passage(TENANT, "kp_a_0") == type(passage)(
        **{field: getattr(passage, field) for field in passage.__struct_fields__ if field != "score"}, score=1.0
    )
    assert await knowledge.passage(TENANT, "kp_nobody") is None


async def test_any_word_of_a_term_counts_for_it_and_words_of_a_phrase_stand_together(knowledge):
    await knowledge.store(TENANT, document("a", "Roaming is charged by the day."))
    await knowledge.store(TENANT, document("b", "Money that you send, and what you get back."))
    assert await found(knowledge, ("abroad", "roaming")) == ["kp_a_0"]
    assert await found(knowledge, "money back") == []
    assert await found(knowledge, ("money back", "charge")) == ["kp_a_0"]


async def test_what_covers_too_little_of_the_question_is_no_answer(knowledge):
    await knowledge.store(TENANT, document("a", "Interest on a savings account is paid yearly."))
    for number in range(4):
        await knowledge.store(TENANT, document(f"b{number}", "An account has an owner."))
    assert await found(knowledge, "savings", "interest", "account") == ["kp_a_0"]
    assert await found(knowledge, "mortgage", "penalty", "account") == []
    assert await found(knowledge, "elephant") == []
    # Everybody has "account": it weighs little beside a word that one document has.
    assert await found(knowledge, "account", "interest") == ["kp_a_0"]
    assert len(await found(knowledge, "mortgage", "penalty", "account", coverage=0.0)) == 5


async def test_titles_and_headings_rank_before_text_and_far_worse_ones_are_left_out(knowledge):
    await knowledge.store(TENANT, document("text", "Refunds take a week, whatever the returns were."))
    await knowledge.store(TENANT, document("heading", "They take a week.", heading="Refunds and returns"))
    await knowledge.store(TENANT, document("title", "They take a week.", title="Refunds and returns"))
    await knowledge.store(TENANT, document("weak", "A week has returns."))
    await knowledge.store(TENANT, document("none", "Nothing of it."))
    assert await found(knowledge, "refund", "return") == ["kp_title_0", "kp_heading_0", "kp_text_0"]
    assert await found(knowledge, "refund", "return", limit=1) == ["kp_title_0"]


async def test_a_query_that_asks_nothing_finds_nothing(knowledge):
    await knowledge.store(TENANT, document("a", "The of and."))
    assert await found(knowledge) == []
    assert await found(knowledge, "the", "of") == []
    assert await found(knowledge, "") == []


@pytest.mark.parametrize("word", ["'", "a & b | !c", "card:*", "\\", "x" * 5_000, "<->", "é", "\N{GRINNING FACE}"])
async def test_no_word_is_an_operator(knowledge, word):
    await knowledge.store(TENANT, document("a", "A card."))
    assert await found(knowledge, word) in ([], ["kp_a_0"])
    assert await found(knowledge, *[word] * 100) in ([], ["kp_a_0"])


async def test_a_tenant_sees_its_own_documents_alone(knowledge):
    await knowledge.store(TENANT, document("a", "A card is blocked."))
    await knowledge.store(OTHER, document("a", "A card is green.", fingerprint="f2"))
    assert [each.text for each in await knowledge.search(OTHER, asking("card"), limit=5)] == ["A card is green."]
    assert (await knowledge.passage(TENANT, "kp_a_0")).text == "A card is blocked."
    assert await knowledge.fingerprints(OTHER, under="") == {"a": "f2"}
    assert await knowledge.remove(OTHER, ["a"]) == 1
    assert await knowledge.passage(OTHER, "kp_a_0") is None
    assert [each.source for each in await knowledge.list_documents(TENANT)] == ["a"]
    # What others wrote does not make a word common here either.
    query = asking("card", "elephant")
    before = await knowledge.search(TENANT, query, limit=5, coverage=0)
    for number in range(20):
        await knowledge.store(OTHER, document(f"b{number}", "A card."))
    assert await knowledge.search(TENANT, query, limit=5, coverage=0) == before != []


async def test_storing_again_takes_the_place_of_what_was_there(knowledge, world):
    await knowledge.store(TENANT, document("a", "Old card.", "Second."))
    world.clock.advance_to(5_000)
    await knowledge.store(TENANT, document("a", "New bill.", fingerprint="f2", title="Bills", modified_at_ms=2_000))
    assert await found(knowledge, "card") == []
    assert await found(knowledge, "bill") == ["kp_a_0"]
    [stored] = await knowledge.list_documents(TENANT)
    assert (stored.title, stored.fingerprint, stored.passages) == ("Bills", "f2", 1)
    assert (stored.modified_at_ms, stored.loaded_at_ms) == (2_000, world.clock.epoch_ms())


async def test_fingerprints_are_of_one_folder(knowledge):
    for source in ("one/a.md", "one/b.md", "one_/c.md", "two/a.md"):
        await knowledge.store(TENANT, document(source, "Text.", fingerprint=source.upper()))
    assert await knowledge.fingerprints(TENANT, under="one/") == {"one/a.md": "ONE/A.MD", "one/b.md": "ONE/B.MD"}
    assert await knowledge.fingerprints(TENANT, under="one_/") == {"one_/c.md": "ONE_/C.MD"}
    assert await knowledge.remove(TENANT, ["one/a.md", "nobody"]) == 1
    assert [each.source for each in await knowledge.list_documents(TENANT)] == ["one/b.md", "one_/c.md", "two/a.md"]


async def test_a_long_document_is_stored_whole_and_in_order(knowledge, monkeypatch):
    monkeypatch.setattr(module, "_AT_ONCE", 3)
    await knowledge.store(TENANT, document("a", *(f"card number{number}" for number in range(8))))
    assert (await knowledge.list_documents(TENANT))[0].passages == 8
    assert await found(knowledge, "card", limit=20) == [f"kp_a_{number}" for number in range(8)]


async def test_a_full_knowledge_base_keeps_what_it_has(knowledge, monkeypatch):
    monkeypatch.setattr(module, "DOCUMENTS_MAX", 2)
    monkeypatch.setattr(module, "PASSAGES_MAX", 3)
    await knowledge.store(TENANT, document("a", "card one", "card two"))
    with pytest.raises(KnowledgeFullError, match="3 passages"):
        await knowledge.store(TENANT, document("b", "card", "card"))
    await knowledge.store(TENANT, document("b", "card"))
    with pytest.raises(KnowledgeFullError, match="2 documents"):
        await knowledge.store(TENANT, document("c", "card"))
    with pytest.raises(KnowledgeFullError, match="passages"):
        await knowledge.store(TENANT, document("b", "card", "card", fingerprint="f2"))
    assert await knowledge.fingerprints(TENANT, under="") == {"a": "f1", "b": "f1"}
    # Who is full may still change what is there.
    await knowledge.store(TENANT, document("b", "bill", fingerprint="f2"))
    await knowledge.store(OTHER, document("c", "card"))


async def test_loads_at_the_same_time_do_not_get_in_each_others_way(knowledge):
    await asyncio.gather(*(knowledge.store(TENANT, document("a", f"card {number}")) for number in range(8)))
    assert len(await knowledge.list_documents(TENANT)) == 1
    assert len(await found(knowledge, "card")) == 1


async def test_a_store_that_is_away(world):
    nowhere = Database("postgresql://nobody@127.0.0.1:9/nothing")
    away = PostgresKnowledge(nowhere, clock=world.clock)
    with pytest.raises(UnavailableError):
        await away.search(TENANT, asking("card"), limit=1)
    with pytest.raises(UnavailableError):
        await away.store(TENANT, document("a", "card"))
    await nowhere.close()
