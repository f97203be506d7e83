import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cueline.guidance.packs import PACKS, pack_document
from cueline.guidance.rules.checking import Problem, parse_rule_set
from cueline.guidance.rules.reading import read_yaml
from cueline.guidance.rules.writing import placed, write_yaml

# YAML keeps no control characters and line separators apart.
texts = some.text(some.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"))
fields = some.from_regex(r"[A-Za-z]{1,8}", fullmatch=True)
plain = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | texts
values = some.recursive(
    plain, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(fields, inner, max_size=4), max_leaves=12
)


@given(some.dictionaries(fields, values, max_size=5))
def test_what_is_written_reads_back_the_same(document: dict[str, object]) -> None:
    assert read_yaml(write_yaml(document)) == document


@pytest.mark.parametrize("name", PACKS)
def test_packs_are_written_as_people_write(name: str) -> None:
    text = write_yaml(pack_document(name))
    assert parse_rule_set(read_yaml(text)) == parse_rule_set(pack_document(name))
    assert max(map(len, text.splitlines())) <= 220
    assert "\nrules:\n  - ruleId: " in text
    assert "&" not in re.sub(r"'[^']*'", "", text)


def test_the_same_object_twice_is_written_out() -> None:
    shared = {"kind": "said", "phrases": ["hello"]}
    text = write_yaml({"rules": [{"when": shared}, {"when": shared}]})
    assert text.count("phrases: [hello]") == 2


TEXT = """\
name: shop
rules:
  - ruleId: a
    when: {kind: any, of: [
      {kind: said, phrases: ["one",
        "two"]}]}
  - ruleId: b
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("name", 1), ("rules[0]", 3), ("rules[0].when.of[0]", 5), ("rules[0].when.of[0].phrases[1]", 6),
        ("rules[1].title", 7), ("rules[7]", 2), ("title", None), ("", None),
    ],
)  # fmt: skip
def test_places_have_lines(place: str, line: int | None) -> None:
    [found] = placed(TEXT, [Problem(place, "it is wrong")])
    assert (found.place, found.line) == (place, line)


def test_what_reading_says_of_a_line_is_that_line() -> None:
    [found] = placed("name: [", [Problem("line 7", "it is no YAML")])
    assert (found.place, found.line, found.message) == ("", 7, "it is no YAML")


def test_json_has_lines_too_and_problems_stand_in_their_order() -> None:
    text = '{\n "name": "x",\n "rules": [\n  {"ruleId": "a"}\n ]\n}'
    found = placed(text, [Problem("rules[0].ruleId", "b"), Problem("name", "a")])
    assert [each.line for each in found] == [2, 4]
