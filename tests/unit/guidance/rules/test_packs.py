"""The packs that Cueline comes with, and YAML as it is read."""

import re

import pytest

from cueline.guidance.checklist import LINES_MAX
from cueline.guidance.packs import PACKS, STARTER, pack, pack_document
from cueline.guidance.picture import CallPicture
from cueline.guidance.rules import schema as rules
from cueline.guidance.rules.checking import RuleSetError, problems_of
from cueline.guidance.rules.compile import compile_rules
from cueline.guidance.rules.engine import RuleEngine
from cueline.guidance.rules.readable import sentence
from cueline.guidance.rules.reading import TEXT_MAX, read_yaml
from tests.unit.guidance.rules.talk import FACTS, heard, ids

REASONS = {
    "banking": (
        "replace_card lost_card schedule_appointment branch_hours reset_password transfer_money order_checks pay_bill "
        "check_balance dispute_charge open_account close_account loan_enquiry"
    ),
    "telecom": (
        "billing_question technical_problem change_plan roaming new_contract cancel_contract upgrade_device outage"
    ),
    "retail": "order_status return_item refund product_question delivery_problem complaint",
}
KNOWN = {*" ".join(REASONS.values()).split(), "*"}


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_is_valid_and_can_be_read_by_people(name: str) -> None:
    assert [str(each) for each in problems_of(pack_document(name))] == []
    found = pack(name)
    assert (found.name, bool(found.title)) == (name, True)
    assert all(sentence(rule).startswith("When ") for rule in found.rules)
    assert all(len(each.lines) <= LINES_MAX for each in found.checklists)


@pytest.mark.parametrize("name", REASONS)
def test_every_reason_of_its_line_of_business_has_a_checklist(name: str) -> None:
    covered = {reason for each in pack(name).checklists for reason in each.reasons}
    assert set(REASONS[name].split()) <= covered
    assert "*" in covered


def test_the_starter_pack_is_all_of_them() -> None:
    every = {rule.rule_id for name in REASONS for rule in pack(name).rules}
    assert {rule.rule_id for rule in pack(STARTER).rules} == every
    assert len(pack(STARTER).rules) > 60


def test_packs_name_only_reasons_that_there_are() -> None:
    text = str(pack_document(STARTER))
    named = {word for found in re.findall(r"'reasons': \[([^]]*)\]", text) for word in re.findall(r"[a-z_*]+", found)}
    assert named <= KNOWN


def test_an_item_of_several_checklists_has_one_label() -> None:
    labels: dict[str, set[str]] = {}
    for name in REASONS:
        for each in pack(name).checklists:
            for line in each.lines:
                labels.setdefault(f"{name} {line.item_id}", set()).add(line.label)
    assert {item: found for item, found in labels.items() if len(found) > 1} == {}


def test_a_card_that_is_gone() -> None:
    engine, picture = RuleEngine(compile_rules(pack("banking"), FACTS)), CallPicture(FACTS)
    picture.agent_connected_ms = 0
    fired = engine.hear(heard("oh no i think someone stole my purse", 10), picture)
    assert set(ids(fired)) == {"bank-block-first"}
    kinds = {type(each.action) for each in fired}
    assert kinds == {rules.Hint, rules.LookUp, rules.Tag}
    assert "any-greeting-missing" in ids(engine.advance(30_000, picture))


def fired_by(*turns: tuple[str, str]) -> set[str]:
    """Rules of the starter pack that these turns fire, each as (speaker, text)."""
    engine, picture = RuleEngine(compile_rules(pack(STARTER), FACTS)), CallPicture(FACTS)
    picture.agent_connected_ms = 0
    found: set[str] = set()
    for number, (speaker, text) in enumerate(turns, start=1):
        found |= set(ids(engine.hear(heard(text, number * 5, speaker), picture)))
    return found


@pytest.mark.parametrize(
    ("turns", "warned"),
    [
        ((("agent", "what is the passcode on the account"), ("customer", "it is [PASSWORD]")), set()),
        ((("agent", "can you confirm your security word"), ("customer", "[PASSWORD]")), set()),
        ((("agent", "how can i help"), ("customer", "my pin is [PIN] and it does not work")), {"any-secret-told"}),
        ((("agent", "what is your pin"), ("customer", "[PIN]")), {"any-code-asked"}),
        ((("agent", "read me the code we just sent you"), ("customer", "[OTP]")), {"any-code-asked"}),
        ((("agent", "i need your online password for that"),), {"any-code-asked"}),
        ((("agent", "your pin stays the same and the password is changed"),), set()),
    ],
)
def test_only_what_may_not_be_asked_or_was_not_asked_is_warned_of(
    turns: tuple[tuple[str, str], ...], warned: set[str]
) -> None:
    assert fired_by(*turns) & {"any-secret-told", "any-code-asked"} == warned


def test_yaml_says_the_line_at_fault() -> None:
    for text, told in (
        ("name: [\n", "line 2"), ("name: a\nname: b", "line 2: .* twice"), ("a: &x 1\nb: *x", "line 1: .* anchors"),
        ("- a", "an object"), ("", "an object"), ("a: !!python/object:os.system {}", "line 1"), ("a: \0", "no YAML"),
        ("a: " + "[" * 3_000, "no YAML"), ("x" * (TEXT_MAX + 1), "at most"), ("a: 2020-99-99", "no YAML"),
    ):  # fmt: skip
        with pytest.raises(RuleSetError, match=told):
            read_yaml(text)


def test_yaml_and_json_have_one_schema() -> None:
    text = "name: x\ntitle: X\nrules: [{ruleId: a, title: A, when: {kind: said, phrases: [no]}, then: []}]"
    assert [str(each) for each in problems_of(read_yaml(text))] == [
        "rules[0].when.phrases[0]: put the text in quotes: as it stands it is read as yes or no"
    ]
