"""The documents say what is so: links resolve, named constants exist, commands, settings and codes are all there.

``CUELINE_RENEW_DOCS=1`` rewrites what is generated into them.
"""

import importlib
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import pytest
from msgspec import structs
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from typer.main import get_command

from cueline.archive.stage import ArchiveCounters
from cueline.cli import app
from cueline.delivery import protocol
from cueline.delivery.adapters.guidance_routes import Guidance
from cueline.delivery.adapters.knowledge_routes import KnowledgeBase
from cueline.delivery.adapters.note_routes import CallNotesRoutes
from cueline.delivery.adapters.people_routes import People
from cueline.delivery.adapters.policy_routes import Policies
from cueline.delivery.adapters.recording_routes import CallRecordings
from cueline.delivery.adapters.retention_routes import CallKeeping, Retention
from cueline.delivery.adapters.routes import Calls
from cueline.delivery.adapters.rule_routes import Rules
from cueline.events.catalogue import MEASURED, TRANSIENT, EndReason, UnknownPayload, WarningCode
from cueline.events.codec import KNOWN_KINDS, decode
from cueline.events.redacted import EntityType
from cueline.ingest.counters import IngestCounters
from cueline.ops.metrics import Metrics
from cueline.ops.trace import STAGES
from cueline.redaction.lexer import lex
from cueline.redaction.locales import locale_of
from cueline.redaction.locales.locale import Kind
from cueline.redaction.numbers import scan
from cueline.redaction.textline import bounded_lines, redact_lines
from cueline.roles.retention_keeper import RetentionCounters
from cueline.roles.settings import Settings
from cueline.storage.counters import StorageCounters
from cueline.workflows.stepping import WorkflowCounters

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "web/README.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))
RENEW = bool(os.environ.get("CUELINE_RENEW_DOCS"))

_LINK = re.compile(r"\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^()\s]+)\)")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
_CONSTANT = re.compile(r"`(_?[A-Z][A-Z0-9_]{2,})` in \[`?[^\]]*`?\]\(([^()\s#]+)\)")
_FIELD = re.compile(r"`([a-z][a-z_0-9]+)` of `(\w+)` in \[[^\]]*\]\(([^()\s#]+)\)")
_OUR_WORDS = re.compile(r"\.\./shared|/work/|/tmp/|\bsession-\d|\bissues? \d", re.IGNORECASE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    made = set()
    for heading in _HEADING.findall(_CODE.sub("", path.read_text(encoding="utf-8"))):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        made.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
    return made


def links(path: Path) -> Iterator[str]:
    yield from _LINK.findall(_CODE.sub("", path.read_text(encoding="utf-8")))


def broken(path: Path, root: Path = ROOT) -> list[str]:
    faults = []
    for link in links(path):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (path.parent / name).resolve() if name else path
        inside = target.is_relative_to(root) and target.exists()
        if not inside or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            faults.append(link)
    return faults


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path: Path) -> None:
    assert broken(path) == []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "[a](page.md) [b](nowhere.md) [c](#no-heading) [d](../..)\n# A `b` heading, so\n[e](#a-b-heading-so)\n"
    )
    assert broken(page, tmp_path) == ["nowhere.md", "#no-heading", "../.."]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_stand_on_their_own(path: Path) -> None:
    assert _OUR_WORDS.findall(path.read_text(encoding="utf-8")) == []


def module_of(path: Path, link: str) -> object:
    target = (path.parent / link).resolve().relative_to(ROOT / "src").with_suffix("")
    return importlib.import_module(".".join(target.parts))


def named_constants() -> list[tuple[Path, str, str]]:
    return [(path, name, link) for path in DOCUMENTS for name, link in _CONSTANT.findall(path.read_text("utf-8"))]


def test_constants_that_are_named_exist() -> None:
    found = named_constants()
    missing = [f"{name} in {link}" for path, name, link in found if not hasattr(module_of(path, link), name)]
    assert missing == []
    assert len(found) >= 20, "constants are named as `NAME` in [file](link)"


def test_fields_that_are_named_exist() -> None:
    found = [(path, *hit) for path in DOCUMENTS for hit in _FIELD.findall(path.read_text("utf-8"))]
    missing = [
        f"{field} of {owner}"
        for path, field, owner, link in found
        if not hasattr(getattr(module_of(path, link), owner, None), field)
        and field not in getattr(getattr(module_of(path, link), owner, None), "model_fields", {})
    ]
    assert missing == []
    assert found


def settings_table() -> str:
    rows = ["| variable | default | what it says |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        value = field.get_default()
        shown = "" if value is None or isinstance(value, SecretStr) else f"`{value}`"
        choices = get_args(field.annotation) if field.description is None else ()
        says = field.description or "one of " + ", ".join(f"`{choice}`" for choice in choices)
        rows.append(f"| `CUELINE_{name.upper()}` | {shown} | {says} |")
    return "\n".join(rows)


def generated(name: str, mark: str, content: str) -> None:
    """Compares the part of a document between its marks with what it should be; renews it when asked."""
    text = read(name)
    found = re.search(rf"(<!-- {mark}: [^\n]*-->\n)(.*?)(<!-- /{mark} -->)", text, re.DOTALL)
    assert found, f"{name} has no part <!-- {mark}: ... --> to <!-- /{mark} -->"
    if RENEW:
        (ROOT / name).write_text(text[: found.end(1)] + content + "\n" + text[found.start(3) :], encoding="utf-8")
        return
    assert found[2].strip() == content, f"{name}: out of date; CUELINE_RENEW_DOCS=1 pytest tests/test_docs.py"


def test_every_setting_is_documented() -> None:
    generated("README.md", "settings", settings_table())


def commands() -> set[str]:
    names: set[str] = set()
    for name, command in getattr(get_command(app), "commands").items():  # noqa: B009 - a group of click
        within = getattr(command, "commands", None)
        names |= {f"{name} {inner}" for inner in within} if within else {name}
    return names


def test_the_table_of_commands_is_the_command_lines() -> None:
    table = read("README.md").partition("## Commands")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `cueline ([a-z -]+?)` \|", table, re.MULTILINE)
    assert set(named) == commands()
    assert len(named) == len(set(named))


def test_options_that_the_documents_show_exist() -> None:
    groups = getattr(get_command(app), "commands")  # noqa: B009
    found = 0
    for path in DOCUMENTS:
        for words in re.findall(r"cueline ((?:[a-z-]+ )+(?:[^`\n]*))", path.read_text("utf-8")):
            name, *rest = words.split()
            command = groups.get(name)
            if command is None:
                continue
            if rest and hasattr(command, "commands"):
                command = command.commands.get(rest[0], command)
            options = {option for parameter in command.params for option in parameter.opts}
            used = re.findall(r"(?<!\S)--[a-z][a-z-]*", " ".join(rest))
            unknown = [option for option in used if option not in options | {"--help"}]
            assert unknown == [], f"{path.name}: cueline {words}"
            found += len(used)
    assert found >= 10


def test_the_first_change_is_still_to_be_made() -> None:
    page = read("CONTRIBUTING.md")
    [line] = set(re.findall(r"echo '(\{.*?\})' \| \.venv/bin/cueline redact", page))
    before, after = re.findall(r"^ *(\{.*\"spans\".*\})$", page, re.MULTILINE)
    out: list[bytes] = []
    redact_lines(bounded_lines(io.BytesIO(line.encode() + b"\n")), out.append, omit_text=False)
    assert out[0].decode().strip() == before
    masked, [[start, end, kind]] = json.loads(after)["masked"], json.loads(after)["spans"]
    text = json.loads(after)["text"]
    assert text[:start] + f"[{kind}]" + text[end:] == masked
    assert text[start:end] == "four ought seven"


def test_the_first_change_does_what_the_page_says() -> None:
    english = locale_of(("en",))
    assert "ought" not in english.words
    changed = structs.replace(english, words=english.words | {"ought": (Kind.SOUNDALIKE, "0", 1)})
    lines = re.findall(r'^ *\("([^"]+)", "([^"]+)"\),$', read("CONTRIBUTING.md"), re.MULTILINE)
    assert len(lines) == 2
    for text, shown in lines:
        words = text.split()
        for stretch in scan(lex(words, changed), None, changed).stretches:
            if stretch.run.tokens >= 3:
                words[stretch.first : stretch.last + 1] = [w.upper() for w in words[stretch.first : stretch.last + 1]]
        assert " ".join(words) == shown


def examples(name: str) -> list[str]:
    """Lines of the blocks marked ``json event``."""
    blocks = re.findall(r"^```json event\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def test_the_wires_examples_are_real() -> None:
    golden = read("tests/golden/lost-card.jsonl").splitlines()
    if RENEW:
        now = {_moment(line): line for line in reversed(golden)}
        page = (
            now.get(_moment(line), line) if line.startswith('{"tenant"') else line
            for line in read("docs/wire.md").split("\n")
        )
        (ROOT / "docs/wire.md").write_text("\n".join(page), encoding="utf-8")
    lines = examples("docs/wire.md")
    assert [line for line in lines if line not in golden] == []
    seen = [decode(line.encode()) for line in lines]
    assert not [envelope for envelope in seen if isinstance(envelope.payload, UnknownPayload)]
    assert {"CallStarted", "UtteranceCommitted", "PartialRevised"} <= {each.kind for each in seen}


def _moment(line: str) -> tuple[object, ...]:
    """What an event is about, whatever its sequence is."""
    event = json.loads(line)
    return tuple(event.get(field) for field in ("kind", "utteranceId", "revision", "agentId"))


def first_column(text: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


def section(name: str, heading: str) -> str:
    """The text under a heading, up to the next one of its level or above."""
    _, hashes, after = re.split(rf"^(#+) {re.escape(heading)}\n", read(name), maxsplit=1, flags=re.MULTILINE)
    return re.split(rf"^#{{1,{len(hashes)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def test_every_event_kind_is_documented() -> None:
    committed = first_column(section("docs/wire.md", "Committed events"))
    transient = first_column(section("docs/wire.md", "Transient events"))
    assert committed == KNOWN_KINDS - TRANSIENT
    assert transient == TRANSIENT
    assert transient >= MEASURED


def test_every_close_code_is_documented() -> None:
    codes = {str(value) for name, value in vars(protocol).items() if name.startswith("CLOSE_")}
    assert first_column(section("docs/wire.md", "Close codes")) == codes


CONTROLLERS = (
    CallKeeping, CallNotesRoutes, CallRecordings, Calls, Guidance, KnowledgeBase, People, Policies, Retention, Rules,
)  # fmt: skip


def test_every_route_is_documented() -> None:
    routes = {
        (method, re.sub(":(?:str|int)", "", controller.path + path).rstrip("/"))
        for controller in CONTROLLERS
        for handler in vars(controller).values()
        for path in getattr(handler, "paths", ())
        for method in getattr(handler, "http_methods", ())
        if method != "HEAD"
    }
    assert routes
    named = {tuple(entry.split(" ", 1)) for entry in first_column(section("docs/wire.md", "REST"))}
    assert {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in routes} <= {
        (method, re.sub(r"\{\w+\}", "{}", path)) for method, path in named
    }


def test_every_warning_is_explained() -> None:
    assert first_column(section("docs/operations.md", "Warnings on calls")) == set(get_args(WarningCode))


def test_every_end_is_explained() -> None:
    assert first_column(section("docs/operations.md", "How calls end")) == set(get_args(EndReason))


def exported_metrics() -> set[str]:
    metrics = Metrics()
    metrics.export("storage", lambda: asdict(StorageCounters()))
    metrics.export("archive", lambda: asdict(ArchiveCounters()))
    metrics.export("workflows", lambda: asdict(WorkflowCounters()))
    metrics.export("retention", lambda: asdict(RetentionCounters()))
    counters = IngestCounters()
    counters.dropped("repeat")
    metrics.export("ingest", counters.totals)
    families = list(text_string_to_metric_families(metrics.render().decode()))
    return {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in families
        if not family.name.endswith("_created")
    }


def test_every_metric_is_listed() -> None:
    assert first_column(section("docs/operations.md", "Metrics")) == exported_metrics()


def test_every_stage_is_defined() -> None:
    assert first_column(section("docs/architecture.md", "The latency waterfall")) == set(STAGES)


def test_entity_types_are_listed() -> None:
    listed = set(re.findall(r"\b[A-Z][A-Z_0-9]+\b", section("docs/wire.md", "Masks")))
    assert set(get_args(EntityType)) <= listed
