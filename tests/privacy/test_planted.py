"""The looking finds what it looks for, in every shape in which the product gives text out."""

import json

import pytest

from tests.privacy.planted import Planted, lost_card_numbers

PLANTED = Planted(("four", "five", "three"), ("4539", "1488"), ("six", "eighty"), unique=frozenset({"eighty"}))


@pytest.mark.parametrize(
    "text",
    [
        "the number is four five",
        "Five, three.",
        json.dumps({"words": [{"text": "four", "startMs": 1, "endMs": 2}, {"text": "five", "startMs": 3}]}),
        '(c1,"[{""text"": ""four"", ""endMs"": 1}, {""text"": ""five"", ""endMs"": 2}]")',
        r'{"event": "{\"text\": \"four\", \"endMs\": 1, \"text\": \"five\"}"}',
        "4539 1488",
        "number=4539-1488;",
        '{"text": "1488"}',
        "eighty",
    ],
)
def test_what_leaks_is_seen(text: str) -> None:
    assert PLANTED.leaks(text)


@pytest.mark.parametrize(
    "text",
    ["four dollars and five cents", "three four", '{"startMs": 4539, "endMs": 1488}', "[NUMBER] five", "...", "six"],
)
def test_what_does_not_leak_is_not(text: str) -> None:
    assert PLANTED.leaks(text) == []


def test_files_are_searched_as_bytes() -> None:
    assert PLANTED.leaks_in_bytes(b"\x00\x01four five\xff") == ["four five"]
    assert PLANTED.leaks_in_bytes(b"\x00\x01four\x00five\xff") == []


def test_the_sample_has_the_numbers_that_are_looked_for() -> None:
    card, code, year = lost_card_numbers().numbers
    assert (len(card), len(code), len(year)) == (16, 3, 3)
