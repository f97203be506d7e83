"""The REST interface to redaction policies, on a real server."""

import asyncio
import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

from cueline.kernel.errors import UnavailableError
from cueline.roles import policies as roles_policies
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation

pytestmark = pytest.mark.component("postgres")

BASE = "/v1/redaction/policies"
BUILT_IN = {
    "off": [], "minimumDigits": 3, "names": True, "benignWords": [], "languages": ["en"], "maskStyle": "type",
}  # fmt: skip
CHANGED = {
    "off": ["EMAIL", "PHONE"], "minimumDigits": 5, "names": False, "benignWords": ["basket"],
    "languages": ["de", "en"], "maskStyle": "last_four",
}  # fmt: skip
SECRET = "secret-that-nobody-may-see"


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def publish(cueline: Installation, profile: str = "default", *, on: int, **policy: Any) -> dict[str, Any]:
    answer = await cueline.http.put(f"{BASE}/{profile}", json={"policy": policy, "basedOn": on})
    assert answer.status_code == 200, answer.text
    published: dict[str, Any] = answer.json()
    return published


async def get(cueline: Installation, path: str = "") -> dict[str, Any]:
    answer = await cueline.http.get(BASE + path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_built_in_policy_is_version_0(cueline: Installation) -> None:
    built_in = {
        "profile": "default", "version": 0, "policy": BUILT_IN, "note": "", "changedBy": None, "changedAtMs": None,
    }  # fmt: skip
    assert await get(cueline) == {"policies": [built_in]}
    assert await get(cueline, "/default") == {**built_in, "inherited": False}
    assert await get(cueline, "/banking") == {**built_in, "profile": "banking", "inherited": True}
    assert await get(cueline, "/default/versions") == {"versions": []}


async def test_a_published_policy_is_in_force_and_read_back_as_it_was_sent(cueline: Installation) -> None:
    body = {"policy": CHANGED, "basedOn": 0, "note": "German shops"}
    answer = await cueline.http.put(f"{BASE}/default", json=body)
    published = answer.json()
    assert (answer.status_code, published["version"], published["inherited"]) == (200, 1, False)
    assert (published["note"], published["changedBy"]) == ("German shops", "access token")
    assert published["changedAtMs"] > 1_600_000_000_000
    # Types are given in one order, whatever order they were sent in.
    assert published["policy"] == {**CHANGED, "off": ["PHONE", "EMAIL"]}
    assert await get(cueline, "/default") == published
    assert await get(cueline, "/banking") == {**published, "profile": "banking", "inherited": True}
    del published["inherited"]
    assert await get(cueline) == {"policies": [published]}
    assert await get(cueline, "/default/versions") == {"versions": [published]}


async def test_a_profile_of_its_own_and_its_versions(cueline: Installation) -> None:
    await publish(cueline, on=0, names=False)
    for number in range(1, 4):
        await publish(cueline, "banking", on=number, minimumDigits=number + 2)
    assert [each["profile"] for each in (await get(cueline))["policies"]] == ["default", "banking"]
    own = (await get(cueline, "/banking/versions?limit=2"))["versions"]
    assert [(each["version"], each["policy"]["minimumDigits"]) for each in own] == [(4, 5), (3, 4)]
    assert (await get(cueline, "/banking"))["inherited"] is False
    # What is left out has its default; nothing is taken over from the version before.
    assert (await get(cueline, "/banking"))["policy"]["names"] is True


async def test_what_is_based_on_an_older_version_is_a_conflict(cueline: Installation) -> None:
    await publish(cueline, on=0, names=False)
    for profile in ("default", "banking"):
        answer = await cueline.http.put(f"{BASE}/{profile}", json={"policy": {}, "basedOn": 0})
        body = assert_problem(answer, 409, "policy_conflict")
        assert "version 1" in body["detail"]
    assert (await get(cueline, "/default"))["version"] == 1


BAD_POLICIES: list[tuple[dict[str, Any], str]] = [
    ({"off": ["CREDIT_CARD"]}, "off"),
    ({"off": ["PHONE", "CVV"]}, "off"),
    ({"off": ["NUMBER"]}, "off"),
    ({"off": [SECRET]}, "off"),
    ({"off": SECRET}, "off"),
    ({"minimumDigits": 1}, "minimumDigits"),
    ({"minimumDigits": 9}, "minimumDigits"),
    ({"minimumDigits": SECRET}, "minimumDigits"),
    ({"names": SECRET}, "names"),
    ({"benignWords": ["x"]}, "benignWords"),
    ({"benignWords": ["pin"]}, "benignWords"),
    ({"benignWords": [SECRET * 3]}, "benignWords"),
    ({"benignWords": ["basket"] * 51}, "benignWords"),
    ({"benignWords": ["two words"]}, "benignWords"),
    ({"languages": []}, "languages"),
    ({"languages": [SECRET]}, "languages"),
    ({"languages": ["en", "en"]}, "languages"),
    ({"maskStyle": SECRET}, "maskStyle"),
    ({"hideNothing": SECRET}, "policy"),
]


@pytest.mark.parametrize(("policy", "field"), BAD_POLICIES)
async def test_a_policy_that_is_not_allowed_is_refused_by_its_field(
    cueline: Installation, policy: dict[str, Any], field: str
) -> None:
    turns = [{"role": "agent", "text": "hello"}]
    for answer in (
        await cueline.http.put(f"{BASE}/default", json={"policy": policy, "basedOn": 0}),
        await cueline.http.post("/v1/redaction/try", json={"policy": policy, "turns": turns}),
    ):
        body = assert_problem(answer, 400, "bad_input")
        assert field in body["detail"]
        assert SECRET not in answer.text
    assert (await get(cueline, "/default"))["version"] == 0


TURN = {"role": "customer", "text": SECRET}
REFUSED: list[tuple[str, str, Any, int, str]] = [
    ("GET", f"{BASE}/-x", None, 400, "bad_input"),
    ("GET", f"{BASE}/{'x' * 65}", None, 400, "bad_input"),
    ("GET", f"{BASE}/a%20b", None, 400, "bad_input"),
    ("GET", f"{BASE}/a%0A", None, 400, "bad_input"),
    ("GET", f"{BASE}/%00/versions", None, 400, "bad_input"),
    ("PUT", f"{BASE}/a.b", {"policy": {}, "basedOn": 0}, 400, "bad_input"),
    ("GET", f"{BASE}/default/versions?limit=0", None, 400, "bad_input"),
    ("GET", f"{BASE}/default/versions?limit=201", None, 400, "bad_input"),
    ("PUT", f"{BASE}/default", {"policy": {}}, 400, "bad_input"),
    ("PUT", f"{BASE}/default", {"basedOn": 0}, 400, "bad_input"),
    ("PUT", f"{BASE}/default", {"policy": {}, "basedOn": -1}, 400, "bad_input"),
    ("PUT", f"{BASE}/default", {"policy": {}, "basedOn": 2**31}, 400, "bad_input"),
    ("PUT", f"{BASE}/default", {"policy": {}, "basedOn": 0, "note": "x" * 501}, 400, "bad_input"),
    ("PUT", f"{BASE}/default", {"policy": {}, "basedOn": 0, "note": "\0"}, 400, "value_not_storable"),
    ("PUT", f"{BASE}/default", {"policy": {}, "basedOn": 0, "version": 3}, 400, "bad_input"),
    ("POST", BASE, {}, 405, "http_405"),
    ("DELETE", f"{BASE}/default", None, 405, "http_405"),
    ("POST", "/v1/redaction/try", {"policy": {}}, 400, "bad_input"),
    ("POST", "/v1/redaction/try", {"policy": {}, "turns": []}, 400, "bad_input"),
    ("POST", "/v1/redaction/try", {"policy": {}, "turns": [TURN] * 21}, 400, "bad_input"),
    ("POST", "/v1/redaction/try", {"policy": {}, "turns": [{**TURN, "role": "system"}]}, 400, "bad_input"),
    ("POST", "/v1/redaction/try", {"policy": {}, "turns": [{**TURN, "text": SECRET * 90}]}, 400, "bad_input"),
    ("POST", "/v1/redaction/try", {"policy": {}, "turns": [{**TURN, "text": SECRET * 5}] * 20}, 400, "bad_input"),
]


async def test_what_is_refused_is_a_problem_document_that_quotes_nothing(cueline: Installation) -> None:
    for method, path, body, status, code in REFUSED:
        answer = await cueline.http.request(method, path, json=body)
        assert answer.status_code == status, f"{method} {path[:60]}: {answer.status_code} {answer.text[:200]}"
        assert_problem(answer, status, code)
        assert SECRET not in answer.text


async def attempt(cueline: Installation, policy: dict[str, Any], *turns: tuple[str, str]) -> list[dict[str, Any]]:
    said = [{"role": role, "text": text} for role, text in turns]
    answer = await cueline.http.post("/v1/redaction/try", json={"policy": policy, "turns": said})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["turns"]
    assert [turn["role"] for turn in found] == [role for role, _ in turns]
    for turn in found:
        assert all(turn["text"][mask["start"] : mask["end"]].startswith("[") for mask in turn["masks"])
    return found


async def test_a_trial_is_one_call_through_the_gate(cueline: Installation) -> None:
    turns = await attempt(
        cueline, {}, ("agent", "what's your card number"), ("customer", "four one one one"), ("agent", " "),
        ("agent", "uh huh"), ("customer", "one one one one one one one one one one one one thanks"),
    )  # fmt: skip
    assert [turn["text"] for turn in turns] == [
        "what's your card number", "[CREDIT_CARD]", "", "uh huh", "[CREDIT_CARD] thanks",
    ]  # fmt: skip
    assert turns[-1]["masks"] == [{"start": 0, "end": 13, "type": "CREDIT_CARD"}]


async def test_a_trial_masks_by_the_policy_that_is_sent_with_it(cueline: Installation) -> None:
    said = ("customer", "my name is ann lee and my card number is 4111111111111111")
    [strict] = await attempt(cueline, {}, said)
    [chosen] = await attempt(cueline, {"names": False, "maskStyle": "last_four"}, said)
    assert strict["text"] == "my name is [PERSON] and my card number is [CREDIT_CARD]"
    assert chosen["text"] == "my name is ann lee and my card number is [CREDIT_CARD:1111]"
    assert (await get(cueline, "/default"))["version"] == 0


async def test_what_was_typed_is_in_no_log_and_no_metric(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(policy: object, turns: object) -> None:
        raise ValueError(f"cannot do {turns}")

    with structlog.testing.capture_logs() as logs:
        await attempt(cueline, {}, ("customer", SECRET))
        await cueline.http.post("/v1/redaction/try", json={"policy": {"off": [SECRET]}, "turns": [TURN]})
        monkeypatch.setattr(roles_policies, "redact_turns", fails)
        failed = await cueline.http.post("/v1/redaction/try", json={"policy": {}, "turns": [TURN]})
    assert_problem(failed, 500, "internal")
    assert SECRET not in failed.text + str(logs) + (await cueline.http.get("/metrics")).text


async def test_a_trial_that_takes_too_long_is_given_up(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(policy: object, turns: object) -> None:
        asyncio.run_coroutine_threadsafe(done.wait(), loop).result(30)

    monkeypatch.setattr(roles_policies, "redact_turns", slow)
    monkeypatch.setattr(roles_policies, "TRIAL_TIMEOUT_S", 0.05)
    answer = await cueline.http.post("/v1/redaction/try", json={"policy": {}, "turns": [TURN]})
    done.set()
    assert_problem(answer, 503, "trial_timeout")


async def test_a_stored_policy_that_cannot_be_read_is_shown_as_what_is_in_force(cueline: Installation) -> None:
    await publish(cueline, on=0, **copy.deepcopy(CHANGED))
    database = cueline.served.process.database
    await database.statement("""UPDATE redaction_policies SET policy = '{"off": ["CREDIT_CARD"]}'""")
    found = await get(cueline, "/default")
    assert (found["version"], found["policy"]) == (1, BUILT_IN)
    assert (await publish(cueline, on=1, names=False))["version"] == 2


async def test_a_store_that_is_away_is_no_fault_of_ours(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise UnavailableError("PostgreSQL is away")

    monkeypatch.setattr(cueline.served.process.database, "rows", away)
    assert_problem(await cueline.http.get(BASE), 503, "unavailable")
