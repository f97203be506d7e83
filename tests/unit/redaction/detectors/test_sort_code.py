"""Sort codes."""

import pytest

from tests.unit.redaction.detectors.talk import masked


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["c: my sort code is 20-00-00"], "my sort code is [SORT_CODE]"),
        (["a: and the sort code", "c: twenty zero zero fifty three"], "[SORT_CODE]"),
    ],
)
def test_sort_code(turns: list[str], expected: str) -> None:
    assert masked(*turns) == expected
