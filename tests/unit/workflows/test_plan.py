"""Plans: what may be put into them, and what they see."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.workflows.plan import (
    FACTS_BYTES_MAX,
    Did,
    Done,
    FactsRefusedError,
    Failed,
    PlanError,
    Results,
    Step,
    UnknownStepError,
    Waited,
    WorkflowPlan,
    checked_facts,
    checked_run_id,
)


def test_results_tell_what_happened_latest():
    results = Results(
        {"callId": "call_1"},
        (Did("scan", {}, Failed("unavailable", 6)), Waited(50), Did("scan", {}, {"found": 2, "worst": "digits"})),
    )
    assert results.value("scan") == {"found": 2, "worst": "digits"}
    assert results.failed("scan") is None
    assert (results.count("scan"), results.waits()) == (2, 1)
    assert (results.number("scan", "found"), results.number("scan", "lost")) == (2, 0)
    assert (results.text("scan", "worst"), results.text("beep", "worst")) == ("digits", "")
    assert results.last("beep") is None


def test_a_failure_is_no_value():
    results = Results({}, (Did("scan", {}, Failed("unavailable", 6)),))
    assert results.value("scan") is None
    assert results.failed("scan") == Failed("unavailable", 6)


@pytest.mark.parametrize(
    "facts",
    [
        {"said": "my number is four"},
        {"said": "x" * 201},
        {"key with space": 1},
        {"nested": {"more": 1}},
        {"lists": [[1]]},
        {"ids": ["fine", "not fine"]},
        {"bytes": object()},
        ["no", "object"],
        "text",
        {"many": list(range(FACTS_BYTES_MAX))},
    ],
)
def test_what_is_no_id_code_or_count_is_refused_without_a_word_of_it(facts: object):
    with pytest.raises(FactsRefusedError) as refused:
        checked_facts(facts)
    assert "four" not in str(refused.value)
    assert "not fine" not in str(refused.value)


def test_facts_come_back_as_json_gives_them():
    assert checked_facts({"ids": ("a", "b"), "n": 1, "ratio": 0.5, "sure": True, "none": None}) == {
        "ids": ["a", "b"],
        "n": 1,
        "ratio": 0.5,
        "sure": True,
        "none": None,
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    )
)
def test_anything_is_either_refused_or_kept_as_it_is(value: object):
    try:
        kept = checked_facts(value)
    except FactsRefusedError:
        return
    assert checked_facts(kept) == kept
    assert len(msgspec.json.encode(kept)) <= FACTS_BYTES_MAX
    assert " " not in msgspec.json.encode(kept).decode()


@pytest.mark.parametrize("run_id", ["", " ", "a b", "x" * 129, "-a", "a/b"])
def test_ids_of_runs_are_checked(run_id: str):
    with pytest.raises(FactsRefusedError):
        checked_run_id(run_id)


@given(st.integers(1, 50), st.integers(0, 10_000), st.integers(0, 100_000), st.floats(1, 10))
def test_pauses_grow_up_to_their_limit(tries: int, first_ms: int, more_ms: int, factor: float):
    step = Step("scan", tries=tries, first_ms=first_ms, limit_ms=first_ms + more_ms, factor=factor)
    pauses = [step.pause_ms(tried) for tried in range(1, tries + 1)]
    assert pauses == sorted(pauses)
    assert pauses[0] == first_ms
    assert pauses[-1] <= step.limit_ms


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Scan"},
        {"name": "scan", "tries": 0},
        {"name": "scan", "first_ms": 5, "limit_ms": 4},
        {"name": "scan", "factor": 0.5},
        {"name": "scan", "timeout_ms": 0},
    ],
)
def test_steps_are_checked(wrong: dict[str, object]):
    with pytest.raises(PlanError):
        Step(**wrong)  # type: ignore[arg-type]


def _plan(**changed: object) -> WorkflowPlan:
    given_: dict[str, object] = {"name": "verify", "version": 1, "steps": (Step("scan"),), "next": lambda _: Done()}
    return WorkflowPlan(**{**given_, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [{"name": "a b"}, {"version": 0}, {"steps": (Step("scan"), Step("scan"))}, {"lifetime_ms": 1}]
)
def test_plans_are_checked(wrong: dict[str, object]):
    with pytest.raises(PlanError):
        _plan(**wrong)


def test_a_plan_knows_its_steps_and_its_kind():
    assert _plan().kind == "verify.1"
    assert _plan().step("scan") == Step("scan")
    with pytest.raises(UnknownStepError, match="no step 'beep'"):
        _plan().step("beep")
