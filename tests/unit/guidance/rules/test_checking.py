"""Documents of rule sets: what is wrong is told with its place, and nothing else than a typed error ever comes."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.guidance.picture import CallPicture
from cueline.guidance.rules import checking
from cueline.guidance.rules.checking import PROBLEMS_MAX, RuleSetError, parse_rule_set, problems_of
from cueline.guidance.rules.compile import compile_rules
from cueline.guidance.rules.engine import RuleEngine
from cueline.guidance.rules.readable import sentence
from cueline.guidance.rules.schema import RuleSet
from tests.unit.guidance.rules.talk import FACTS, document, heard, said

HELLO = said("hello")
NOT_HELLO = {"kind": "not", "what": HELLO}


def deep(depth: int) -> dict[str, Any]:
    one = HELLO
    for _ in range(depth):
        one = {"kind": "all", "of": [one]}
    return one


@pytest.mark.parametrize(
    ("rule", "place", "told"),
    [
        ({"when": {"kind": "sad"}}, "rules[0].when.kind", "there are: said, moment"),
        ({"when": {"phrases": ["x"]}}, "rules[0].when", "add `kind`"),
        ({"when": {"kind": "any", "of": [HELLO, said("{a")]}}, "rules[0].when.of[1].phrases[0]", "other half"),
        ({"when": {"kind": "any", "of": [HELLO, said()]}}, "rules[0].when.of[1].phrases", "add at least one"),
        ({"when": said("x", speaker="bob")}, "rules[0].when.speaker", "agent, customer, either"),
        ({"when": {"kind": "said", "phrases": [True]}}, "rules[0].when.phrases[0]", "in quotes"),
        ({"when": {"kind": "said", "phrases": [7]}}, "rules[0].when.phrases[0]", "in quotes"),
        ({"when": {**HELLO, "phrase": "x"}}, "rules[0].when", "take `phrase` out"),
        ({"when": {"kind": "moment", "moments": ["manager"]}}, "rules[0].when.moments[0]", "family:label"),
        ({"when": {"kind": "masked", "kinds": ["NAME"]}}, "rules[0].when.kinds[0]", "CREDIT_CARD"),
        ({"when": {"kind": "ticked", "items": ["other"]}}, "rules[0].when.items[0]", "no checklist"),
        ({"when": {"kind": "time"}}, "rules[0].when", "afterS"),
        ({"when": {"kind": "time", "afterS": 9, "beforeS": 9}}, "rules[0].when.beforeS", "later"),
        ({"when": {"kind": "all", "of": [HELLO, {"kind": "who"}]}}, "rules[0].when.of[1]", "teams"),
        ({"when": NOT_HELLO}, "rules[0].when", "nothing in it can set the rule off"),
        ({"when": {"kind": "any", "of": [HELLO, NOT_HELLO]}}, "rules[0].when", "each part"),
        ({"when": {"kind": "then", "steps": [HELLO, NOT_HELLO], "withinS": 5}}, "rules[0].when.steps[1]", "happens"),
        (
            {"when": {"kind": "missing", "what": HELLO, "withinS": 5, "after": NOT_HELLO}},
            "rules[0].when.after", "happens",
        ),
        ({"when": {"kind": "missing", "what": HELLO, "withinS": 5, "after": "x"}}, "rules[0].when.after", "call,"),
        ({"when": {"kind": "missing", "what": HELLO, "withinS": 0}}, "rules[0].when.withinS", ">= 1"),
        ({"when": deep(8)}, "rules[0].when", "nested too deeply"),
        ({"when": deep(5_000)}, "rules[0]", "nested too deeply"),
        ({"when": {"kind": "any", "of": [{"kind": "any", "of": [HELLO] * 20}] * 3}}, "rules[0].when", "at most 60"),
        ({"when": HELLO, "then": [{"kind": "shout"}]}, "rules[0].then[0].kind", "hint, warning"),
        ({"when": HELLO, "then": [{"kind": "hint", "text": "x" * 161}]}, "rules[0].then[0].text", "160"),
        ({"when": HELLO, "then": [{"kind": "tick", "item": "x"}]}, "rules[0].then[0].item", "no checklist"),
        ({"when": HELLO, "then": [{"kind": "disposition", "disposition": "x"}]}, "rules[0].then[0].disposition", "add"),
        ({"when": HELLO, "ruleId": "Has Spaces"}, "rules[0].ruleId", "small letters"),
        ({"when": HELLO, "times": 99}, "rules[0].times", "<= 20"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_what_to_do(rule: dict[str, Any], place: str, told: str) -> None:
    [problem] = problems_of(document(rule))
    assert (problem.place, told in problem.message) == (place, True), str(problem)


def test_all_faults_are_told_at_once_and_quote_no_value() -> None:
    bad = document(
        {"when": said("x", speaker="secret-value")}, {"when": HELLO}, {"when": NOT_HELLO},
        title=7, dispositions=[{"disposition": "a", "title": "A"}, {"disposition": "a", "title": "B"}], extra=1,
    )  # fmt: skip
    with pytest.raises(RuleSetError, match=r"\(and 3 more\)") as raised:
        parse_rule_set(bad)
    places = [each.place for each in raised.value.problems]
    assert places == ["title", "rules[0].when.speaker", "dispositions[1].disposition", "rules[2].when"]
    assert "secret-value" not in str([str(each) for each in raised.value.problems])


@pytest.mark.parametrize("nonsense", [None, 7, "rules", [], {}, {"name": 3}, {"rules": "all"}, {1: 2}])
def test_what_is_no_rule_set_is_refused(nonsense: object) -> None:
    assert problems_of(nonsense)


def test_ids_stand_once() -> None:
    twice = document({"when": HELLO, "ruleId": "a"}, {"when": HELLO, "ruleId": "a"})
    assert [str(each) for each in problems_of(twice)] == [
        "rules[1].ruleId: it stands twice: give one of them another name"
    ]


def test_there_are_bounds_of_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "WORDINGS_MAX", 1_000)
    many = said(*(f"{{b|c|d|e|f|g}} phrase number{n}" for n in range(167)))
    assert problems_of(document({"when": said(*many["phrases"][1:])})) == ()
    rules = [{"when": many}]
    assert [each.place for each in problems_of(document(*rules))] == ["rules"]
    assert [each.place for each in problems_of({**document(), "rules": [{}] * 2_001})] == ["rules"]
    assert len(problems_of({**document(), "rules": [{}] * 500})) == 100


def test_a_rule_set_reads_back_as_it_was_written() -> None:
    written = document({"when": {"kind": "missing", "what": HELLO, "withinS": 60}})
    rule_set = parse_rule_set(written)
    assert parse_rule_set(msgspec.to_builtins(rule_set)) == rule_set
    assert msgspec.json.decode(msgspec.json.encode(rule_set), type=RuleSet) == rule_set


READABLE = [
    (
        {"when": {"kind": "all", "of": [said("a", "b", "c", "d"), {"kind": "not", "what": HELLO}]}},
        'When either side says "a", "b", "c" or 1 more and nobody says "hello", then hint to the agent: "Do it".',
    ),
    (
        {"when": {"kind": "missing", "what": said("hi", speaker="agent"), "withinS": 20}, "times": 2},
        (
            'When the agent does not say "hi" within 0:20 of the agent\'s start, then hint to the agent: "Do it".'
            " At most 2 times in a call, 1:00 apart."
        ),
    ),
    (
        {"when": {"kind": "then", "steps": [HELLO, {"kind": "ticked", "items": ["verified"]}], "withinS": 90}},
        'When either side says "hello" and then, within 1:30, verified is done, then hint to the agent: "Do it".',
    ),
    (
        {
            "when": {"kind": "voice", "facts": ["dead_air"], "atLeastS": 10},
            "then": [{"kind": "lookup"}, {"kind": "tag", "label": "slow_call"}],
        },
        "When there is dead air for 0:10 or longer, then look up what was said and tag the call slow call.",
    ),
]


@pytest.mark.parametrize(("rule", "read"), READABLE)
def test_a_rule_reads_as_a_sentence(rule: dict[str, Any], read: str) -> None:
    assert sentence(parse_rule_set(document(rule)).rules[0]) == read


PHRASE = st.sampled_from(["hello", "my card", "{a|b} card", "", "*", "lost * card", "{", "um"])
LEAVES = st.one_of(
    st.builds(lambda p, s: {"kind": "said", "phrases": p, "speaker": s},
              st.lists(PHRASE, max_size=3), st.sampled_from(["agent", "customer", "either", "x"])),
    st.builds(lambda m: {"kind": "moment", "moments": [m]}, st.sampled_from(["reason:a", "act:b", "bad"])),
    st.builds(lambda a, b: {"kind": "time", "afterS": a, "beforeS": b}, st.none() | st.integers(-1, 99),
              st.none() | st.integers(0, 99)),
    st.sampled_from([
        {"kind": "reason", "reasons": ["*"]}, {"kind": "ticked", "items": ["verified"]}, {"kind": "who"},
        {"kind": "attribute", "name": "tier"}, {"kind": "masked", "kinds": ["PHONE"]}, {"kind": "nope"},
        {"kind": "sentiment", "turns": "negative"}, {"kind": "voice", "facts": ["loud"]}, {}, None, 7,
    ]),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda k, of: {"kind": k, "of": of}, st.sampled_from(["all", "any"]), st.lists(inner, max_size=3)),
        st.builds(lambda what: {"kind": "not", "what": what}, inner),
        st.builds(lambda steps, s: {"kind": "then", "steps": steps, "withinS": s}, st.lists(inner, max_size=3),
                  st.integers(0, 20)),
        st.builds(lambda what, after: {"kind": "missing", "what": what, "withinS": 5, "after": after}, inner,
                  inner | st.sampled_from(["call", "agent", "x"])),
    ),
    max_leaves=8,
)  # fmt: skip


@given(conditions=st.lists(CONDITIONS, min_size=1, max_size=3))
def test_any_document_is_a_rule_set_that_works_or_a_typed_error(conditions: list[Any]) -> None:
    written = document(*({"when": condition} for condition in conditions))
    problems = problems_of(written)
    assert all(each.message for each in problems)
    if problems:
        return
    rule_set = parse_rule_set(written)
    assert all(sentence(rule) for rule in rule_set.rules)
    engine, picture = RuleEngine(compile_rules(rule_set, FACTS)), CallPicture(FACTS)
    picture.agent_connected_ms = 1_000
    for at, text in enumerate(("hello", "lost my card", "my [PHONE] card"), start=3):
        engine.hear(heard(text, at), picture)
        engine.hear(heard(text, at, name="early", final=False), picture)
    while engine.next_ms is not None:
        engine.advance(engine.next_ms, picture)


KEYS = st.sampled_from(["rules", "name", "title", "when", "then", "kind", "checklists", "lines"])
NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@given(nonsense=NONSENSE)
def test_nonsense_is_told_apart(nonsense: object) -> None:
    problems = problems_of(nonsense)
    assert len(problems) <= PROBLEMS_MAX
    assert problems or isinstance(parse_rule_set(nonsense), RuleSet)
