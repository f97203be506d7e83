"""Names."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: hi my name is ann lee i have a question"], "hi my name is [PERSON] i have a question"),
        (["a: thank you mister okafor"], "thank you mister [PERSON]"),
        (["a: may i have your name", "c: it's zbigniew k o w"], "it's [PERSON]"),
        (["a: this is harbor bank how can i help"], "this is harbor bank how can i help"),
        (["a: the company name please", "c: fossil gas"], "fossil gas"),
    ],
)
def test_person(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
