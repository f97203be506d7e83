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
        (["c: i am june young"], "i am [PERSON]"),
        (["a: sorry to hear that victor"], "sorry to hear that [PERSON]"),
        (["a: cheers um winston"], "cheers um [PERSON]"),
        (["c: it's anneke van dyke again"], "it's [PERSON] again"),
        (["a: under what name", "c: it's k", "c: o as in ocean w a l"], "[PERSON]"),
        (["c: my surname is spelled mike o r a for apple n"], "my surname is spelled [PERSON]"),
        (["a: your name please", "c: i love that colour"], "i love that colour"),
        (["a: your name please", "c: hang on a tick"], "hang on a tick"),
    ],
)
def test_person(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
