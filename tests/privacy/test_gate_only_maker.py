"""Redacted text is made from raw words in one place: nothing else in the source constructs it."""

import ast
from pathlib import Path

import cueline

SOURCE = Path(cueline.__file__).parent
MAKER = SOURCE / "redaction" / "redactor.py"
GUARDED = {"RedactedText", "RedactedPartial", "RedactedUtterance"}


def constructions(source: str) -> set[str]:
    """Names of the guarded types that the source calls, by whatever path it reaches them."""
    made = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            made |= {name} & GUARDED
        if isinstance(node, ast.ImportFrom):  # another name would hide the call
            made |= {alias.name for alias in node.names if alias.asname} & GUARDED
    return made


def test_only_the_redactor_makes_redacted_text() -> None:
    makers = {path for path in SOURCE.rglob("*.py") if constructions(path.read_text("utf-8"))}
    assert makers == {MAKER}


def test_the_search_sees_calls_attributes_and_other_names() -> None:
    assert constructions("RedactedText(text='')") == {"RedactedText"}
    assert constructions("events.redacted.RedactedPartial()") == {"RedactedPartial"}
    assert constructions("from cueline.events.redacted import RedactedUtterance as U") == {"RedactedUtterance"}
    assert constructions("from cueline.events.redacted import RedactedText\nx: RedactedText") == set()
