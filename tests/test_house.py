"""Rules of the house that no other tool checks: sizes, names, unfinished work, what the product does not mention."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULE_LINES = 500
FUNCTION_LINES = 60
ROOMS = {
    "roles", "ingest", "speech", "redaction", "conversation", "guidance", "archive", "insight", "delivery", "storage",
    "workflows", "bus", "tenancy", "security", "ops", "connect", "emulators", "samples", "media", "unredacted",
    "events", "kernel",
}  # fmt: skip
NO_NAMES = {"util", "utils", "common", "helper", "helpers", "manager", "base", "misc", "shared", "lib", "core"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
FOREIGN = re.compile(r"\.\./shared\b|/work/|session limit|\bhelper session|\bissues?\s+#?\d", re.IGNORECASE)


def python(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def texts() -> list[Path]:
    """What a reader of the product reads: sources, pages, scripts; not what was built or downloaded."""
    roots = ["src", "docs", "web/src", "web/dev", "scripts", "deploy", "evals", "benchmarks"]
    suffixes = {
        ".py",
        ".ts",
        ".tsx",
        ".mjs",
        ".md",
        ".css",
        ".html",
        ".json",
        ".toml",
        ".yaml",
        ".yml",
        ".sh",
        ".txt",
        "",
    }
    built = ROOT / "src" / "cueline" / "delivery" / "web"
    found = [
        path
        for root in roots
        for path in (ROOT / root).rglob("*")
        if path.is_file() and path.suffix in suffixes and built not in path.parents and "__pycache__" not in path.parts
    ]
    found += [*ROOT.glob("*.md"), *(ROOT / name for name in ("Makefile", "pyproject.toml", "web/README.md"))]
    return sorted(path for path in found if path.is_file())


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_modules_are_short_enough_to_read() -> None:
    long = {
        named(path): count
        for path in python("src", "scripts")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }
    assert long == {}


def test_functions_are_short_enough_to_read() -> None:
    long = {
        f"{named(path)}:{node.lineno} {node.name}": lines
        for path in python("src", "scripts")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{named(path)}:{number}"
        for path in [*texts(), *python("tests")]
        if path != Path(__file__).resolve() and path.suffix != ".md"
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_rooms_are_those_of_the_design() -> None:
    package = ROOT / "src" / "cueline"
    rooms = {path.name for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= ROOMS
    assert "kernel" in rooms


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        named(path)
        for path in (ROOT / "src").rglob("*")
        if "__pycache__" not in path.parts and set(re.split(r"[_.]", path.stem.lower())) & NO_NAMES
    ]
    assert found == []


def test_the_product_stands_on_its_own() -> None:
    """Nothing in it points to where it was made."""
    found = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if FOREIGN.search(line)
    ]
    assert found == []


def decisions() -> Iterator[Path]:
    yield from sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def test_decisions_are_numbered_without_a_gap() -> None:
    records = list(decisions())
    if not records:
        pytest.fail("docs/adr holds no decision")
    for number, path in enumerate(records, start=1):
        assert re.fullmatch(rf"{number:04d}-[a-z0-9]+(-[a-z0-9]+)*\.md", path.name), path.name
        title = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# (ADR )?0*{number}\b", title), f"{path.name}: {title}"


def test_links_within_the_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    broken = [
        f"{named(path)}: {target}"
        for path in texts()
        if path.suffix == ".md"
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []
