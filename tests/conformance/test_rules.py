"""The REST interface to rule sets, on a real server."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from cueline.guidance.packs import PACKS, pack_document
from cueline.guidance.rules.stored import rule_set_of
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import TenantId
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation

pytestmark = pytest.mark.component("postgres")

BASE = "/v1/rules"
TENANT = TenantId("default")
RULE = {
    "ruleId": "hello", "title": "Hello", "when": {"kind": "said", "phrases": ["hello there"]},
    "then": [{"kind": "hint", "text": "Say hello"}],
}  # fmt: skip
SHOP = {"name": "shop", "title": "Our shop", "rules": [RULE]}


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


def answered(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def get(cueline: Installation, path: str = "") -> dict[str, Any]:
    return answered(await cueline.http.get(BASE + path))


async def save(cueline: Installation, document: dict[str, Any], *, on: int, name: str = "shop") -> dict[str, Any]:
    return answered(await cueline.http.put(f"{BASE}/{name}/draft", json={"document": document, "basedOn": on}))


async def publish(cueline: Installation, document: dict[str, Any], *, on: int, note: str = "") -> dict[str, Any]:
    await save(cueline, document, on=on)
    return answered(await cueline.http.post(f"{BASE}/shop/publish", json={"basedOn": on, "note": note}))


async def test_the_packs_are_there_as_version_0(cueline: Installation) -> None:
    sets = (await get(cueline))["sets"]
    assert [each["name"] for each in sets] == sorted(PACKS)
    assert {(each["version"], each["changedBy"], each["draft"]) for each in sets} == {(0, None, False)}
    assert all(each["rules"] > 30 and each["checklists"] > 3 and each["title"] for each in sets)
    banking = await get(cueline, "/banking/versions/0")
    assert banking["document"] == pack_document("banking")
    assert len(banking["sentences"]) == len(banking["document"]["rules"])
    assert [each["version"] for each in (await get(cueline, "/banking/versions"))["versions"]] == [0]


async def test_a_draft_is_published_and_is_in_force(cueline: Installation) -> None:
    draft = await save(cueline, SHOP, on=0)
    assert (draft["saved"], draft["basedOn"], draft["problems"], draft["document"]) == (True, 0, [], SHOP)
    assert draft["sentences"] == [
        {
            "number": 0, "ruleId": "hello", "title": "Hello", "enabled": True,
            "sentence": 'When either side says "hello there", then hint to the agent: "Say hello".',
        }
    ]  # fmt: skip
    listed = next(each for each in (await get(cueline))["sets"] if each["name"] == "shop")
    assert (listed["version"], listed["draft"], listed["rules"]) == (0, True, 0)
    published = answered(await cueline.http.post(f"{BASE}/shop/publish", json={"basedOn": 0, "note": "First"}))
    assert (published["version"], published["note"], published["changedBy"]) == (1, "First", "access token")
    assert published["document"] == SHOP
    again = await get(cueline, "/shop/draft")
    assert (again["saved"], again["basedOn"], again["document"]) == (False, 1, SHOP)
    listed = next(each for each in (await get(cueline))["sets"] if each["name"] == "shop")
    assert (listed["version"], listed["draft"], listed["rules"], listed["title"]) == (1, False, 1, "Our shop")


async def test_calls_are_guided_by_the_set_of_their_profile(cueline: Installation) -> None:
    book = cueline.served.process.rules
    for profile, name in (("default", "starter"), ("banking", "banking"), ("shop", "starter")):
        found = await book.in_force(TENANT, profile)
        assert (found.name, found.version, rule_set_of(found).name) == (name, 0, name)
    await publish(cueline, SHOP, on=0)
    shop = await book.in_force(TENANT, "shop")
    assert (shop.name, shop.version) == ("shop", 1)
    assert rule_set_of(shop) is rule_set_of(await book.in_force(TENANT, "shop"))
    assert await book.version(TENANT, "shop", 1) == shop
    assert await book.version(TENANT, "shop", 0) is None
    starter = {**SHOP, "name": "starter"}
    await save(cueline, starter, on=0, name="starter")
    answered(await cueline.http.post(f"{BASE}/starter/publish", json={"basedOn": 0}))
    assert (await book.in_force(TENANT, "default")).version == 1
    assert (await book.in_force(TENANT, "banking")).name == "banking"
    assert [each["version"] for each in (await get(cueline, "/starter/versions"))["versions"]] == [1, 0]


async def test_an_unfinished_draft_is_kept_and_not_published(cueline: Installation) -> None:
    bad = {**SHOP, "name": "other", "rules": [RULE, {**RULE, "ruleId": "b", "when": {"kind": "any", "of": []}}]}
    draft = await save(cueline, bad, on=0)
    assert [each["place"] for each in draft["problems"]] == ["name", "rules[1].when.of"]
    assert [each["ruleId"] for each in draft["sentences"]] == ["hello"]
    refused = await cueline.http.post(f"{BASE}/shop/publish", json={"basedOn": 0})
    body = assert_problem(refused, 400, "rules_invalid")
    assert body["detail"].startswith("name: it has to be the name")
    assert "(and 1 more)" in body["detail"]
    assert (await get(cueline, "/shop/draft"))["document"] == bad
    assert (await cueline.http.delete(f"{BASE}/shop/draft")).status_code == 204
    assert_problem(await cueline.http.get(f"{BASE}/shop/draft"), 404, "not_found")
    assert_problem(await cueline.http.delete(f"{BASE}/shop/draft"), 404, "not_found")


async def test_conflicts_are_told(cueline: Installation) -> None:
    await publish(cueline, SHOP, on=0)
    stale = {"document": SHOP, "basedOn": 0}
    body = assert_problem(await cueline.http.put(f"{BASE}/shop/draft", json=stale), 409, "rules_conflict")
    assert "version 1 is in force" in body["detail"]
    await save(cueline, SHOP, on=1)
    assert_problem(await cueline.http.post(f"{BASE}/shop/publish", json={"basedOn": 0}), 409, "rules_conflict")


async def test_going_back_is_one_more_version(cueline: Installation) -> None:
    await publish(cueline, SHOP, on=0, note="First")
    await publish(cueline, {**SHOP, "title": "Changed"}, on=1, note="Second")
    back = await cueline.http.post(f"{BASE}/shop/rollback", json={"version": 1, "note": "Back to the first"})
    assert (answered(back)["version"], back.json()["document"]) == (3, SHOP)
    versions = (await get(cueline, "/shop/versions"))["versions"]
    assert [(each["version"], each["title"], each["note"]) for each in versions] == [
        (3, "Our shop", "Back to the first"), (2, "Changed", "Second"), (1, "Our shop", "First"),
    ]  # fmt: skip
    pack = answered(await cueline.http.post(f"{BASE}/retail/rollback", json={"version": 0}))
    assert (pack["version"], pack["document"]["name"]) == (1, "retail")
    assert_problem(await cueline.http.post(f"{BASE}/shop/rollback", json={"version": 9}), 404, "not_found")


async def test_a_document_is_checked_and_nothing_is_kept(cueline: Installation) -> None:
    body = {"document": {**SHOP, "rules": [RULE, {**RULE, "ruleId": "Not An Id"}]}}
    checked = answered(await cueline.http.post(f"{BASE}/check", json=body))
    assert [each["place"] for each in checked["problems"]] == ["rules[1].ruleId"]
    assert len(checked["sentences"]) == 1
    assert "shop" not in {each["name"] for each in (await get(cueline))["sets"]}


REFUSED: list[tuple[str, str, Any, int]] = [
    ("GET", f"{BASE}/Shop/draft", None, 400),
    ("GET", f"{BASE}/a%0A/versions", None, 400),
    ("GET", f"{BASE}/shop/versions", None, 404),
    ("GET", f"{BASE}/shop/versions/1", None, 404),
    ("GET", f"{BASE}/banking/versions/-1", None, 400),
    ("GET", f"{BASE}/banking/versions?limit=0", None, 400),
    ("PUT", f"{BASE}/shop/draft", {"document": SHOP}, 400),
    ("PUT", f"{BASE}/shop/draft", {"document": [], "basedOn": 0}, 400),
    ("PUT", f"{BASE}/shop/draft", {"document": {"title": "\0"}, "basedOn": 0}, 400),
    ("PUT", f"{BASE}/shop/draft", {"document": SHOP, "basedOn": -1}, 400),
    ("PUT", f"{BASE}/shop/draft", {"document": {"a": "x" * 300_000}, "basedOn": 0}, 413),
    ("POST", f"{BASE}/shop/publish", {"basedOn": 0}, 404),
    ("POST", f"{BASE}/shop/publish", {"basedOn": 0, "note": "x" * 501}, 400),
    ("POST", f"{BASE}/shop/rollback", {"version": 0}, 404),
    ("POST", f"{BASE}/check", {}, 400),
]


async def test_what_is_refused_is_a_problem_document(cueline: Installation) -> None:
    for method, path, body, status in REFUSED:
        answer = await cueline.http.request(method, path, json=body)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("depth", [600, 3_000, 40_000])
async def test_a_document_that_lies_deep_in_itself_is_no_fault_of_ours(cueline: Installation, depth: int) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    for path, more in (("/check", ""), ("/shop/draft", ',"basedOn":0')):
        sent = f'{{"document":{deep}{more}}}'
        answer = await cueline.http.request(
            "POST" if path == "/check" else "PUT",
            BASE + path,
            content=sent,
            headers={"content-type": "application/json"},
        )
        assert answer.status_code in {200, 400, 413}, answer.text[:200]


async def test_a_store_that_is_away_is_no_fault_of_ours(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise UnavailableError("PostgreSQL is away")

    monkeypatch.setattr(cueline.served.process.database, "rows", away)
    assert_problem(await cueline.http.get(BASE), 503, "unavailable")
