"""What ``cueline doctor`` says of the model that finds names."""

from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from cueline.roles import doctor
from cueline.roles.settings import Settings

HERE = {"presidio_analyzer", "gliner", "en_core_web_sm"}


def look(monkeypatch: pytest.MonkeyPatch, *, installed: set[str] = HERE, **chosen: Any) -> doctor.Finding:
    monkeypatch.setattr(
        doctor.importlib.util, "find_spec", lambda name: ModuleSpec(name, None) if name in installed else None
    )
    return doctor._name_detector(Settings(**{"name_detector": "presidio", **chosen}))


def test_without_one_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(monkeypatch, installed=set(), name_detector="none")
    assert (found.ok, found.needed, found.mend) == (True, False, None)


def test_presidio_without_a_model_is_said_to_find_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(monkeypatch)
    assert found.ok
    assert "no names" in found.detail


@pytest.mark.parametrize("optional", [False, True])
def test_a_package_that_is_missing_is_needed_unless_optional(monkeypatch: pytest.MonkeyPatch, optional: bool) -> None:
    found = look(monkeypatch, installed=set(), name_optional=optional)
    assert (found.ok, found.needed) == (False, not optional)
    assert found.mend == "pip install 'cueline[presidio]'"


def test_models_are_looked_for_where_they_would_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = ("en_core_web_sm", str(tmp_path), f"gliner:{tmp_path}")
    missing = (
        "en_core_web_lg",
        str(tmp_path / "no"),
        f"gliner:{tmp_path}/no",
        "not a package",
        "gliner:en_core_web_sm",
    )
    assert [look(monkeypatch, name_model=model).ok for model in there] == [True] * 3
    assert [look(monkeypatch, name_model=model).ok for model in missing] == [False] * 5


def test_gliner_needs_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = look(monkeypatch, installed={"presidio_analyzer"}, name_model=f"gliner:{tmp_path}")
    assert (found.ok, found.mend) == (False, "pip install gliner")
