"""Where the recogniser ``script`` finds a call's words."""

import json
from pathlib import Path

import pytest

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import ContactId
from cueline.roles.scripts import ScriptLibrary
from cueline.speech.adapters import script as adapter
from cueline.speech.adapters.script import ScriptError


def words(*texts: str) -> bytes:
    entries = [
        {"channel": "customer", "word": text, "startMs": at * 500, "endMs": at * 500 + 400}
        for at, text in enumerate(texts)
    ]
    return json.dumps(entries).encode()


def heard(library: ScriptLibrary, contact: str) -> list[str] | None:
    found = library.find(ContactId(contact))
    return None if found is None else [word.text for word in found.words("customer")]


def test_registered_words_are_found_under_the_contact_and_under_its_suffixes() -> None:
    library = ScriptLibrary()
    library.register(ContactId("demo-lost-card"), words("hello"))
    assert heard(library, "demo-lost-card") == ["hello"]
    assert heard(library, "demo-lost-card-197a") == ["hello"]
    assert heard(library, "demo-lost") is None
    assert heard(library, "other") is None


def test_a_folder_is_looked_into_for_what_is_not_registered(tmp_path: Path) -> None:
    (tmp_path / "c-1.json").write_bytes(words("from", "file"))
    (tmp_path / "demo.json").write_bytes(words("not", "this"))
    library = ScriptLibrary(tmp_path)
    library.register(ContactId("demo"), words("registered"))
    assert heard(library, "c-1") == ["from", "file"]
    assert heard(library, "demo") == ["registered"]
    assert heard(library, "c-2") is None


def test_a_call_that_is_registered_anew_has_the_new_words() -> None:
    library = ScriptLibrary()
    library.register(ContactId("a"), words("old"))
    library.register(ContactId("a"), words("new"))
    assert heard(library, "a") == ["new"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{}",
        b'[{"channel": "supervisor", "word": "secret", "startMs": 0, "endMs": 1}]',
        b'[{"channel": "agent", "word": "secret", "startMs": 5, "endMs": 1}]',
        b'[{"channel": "agent", "word": "secret", "startMs": -5, "endMs": 1}]',
        b'[{"channel": "agent", "word": " ", "startMs": 0, "endMs": 1}]',
        b'[{"channel": "agent", "word": "secret", "startMs": "now", "endMs": 1}]',
    ],
)
def test_a_file_that_is_no_words_file_is_refused_without_quoting_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(ScriptError) as refusal:
        ScriptLibrary(tmp_path).find(ContactId("a"))
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MAX_SCRIPT_BYTES", 10)
    monkeypatch.setattr("cueline.roles.scripts.MAX_SCRIPT_BYTES", 10)
    (tmp_path / "a.json").write_bytes(words("hello"))
    with pytest.raises(ScriptError, match="at most 10"):
        ScriptLibrary(tmp_path).find(ContactId("a"))
    with pytest.raises(ScriptError, match="at most 10"):
        ScriptLibrary().register(ContactId("a"), words("hello"))


def test_a_folder_that_is_not_there_is_told_before_any_call_misses_its_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="CUELINE_SCRIPT_DIR: there is no folder"):
        ScriptLibrary(tmp_path / "nowhere")
