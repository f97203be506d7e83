"""``cueline rules``: rule sets on disk, loaded into the same store that the API has, on a real PostgreSQL."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from cueline import cli
from cueline.guidance.packs import pack_document
from cueline.guidance.rules.reading import read_yaml
from tests.installation import installation

pytestmark = pytest.mark.component("postgres")

SHOP = """\
# What our shop says.
name: shop
title: Our shop
rules:
  - ruleId: hello
    title: Hello
    when: {kind: said, phrases: ["hello there"]}
    then: [{kind: hint, text: "Say hello"}]
"""


@pytest.fixture
def rules(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CUELINE_DATABASE_URL", database_url)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "shop.yaml").write_text(SHOP)
    return folder


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["rules", *arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_problems_have_file_line_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SHOP.replace("kind: hint", "kind: hnt"))
    (tmp_path / "good.yml").write_text(SHOP)
    (tmp_path / "notes.txt").write_text("not looked at")
    code, out, _ = command(capsys, "check", str(tmp_path))
    assert code == 1
    first, second, last = out.splitlines()
    assert first.startswith(f"{bad}:8: rules[0].then[0].kind: there is no such kind; there are: hint, ")
    assert second.startswith(f"{tmp_path / 'good.yml'}: name: ")
    assert last == "2 rule sets, 2 rules: 2 problems."
    code, out, _ = command(capsys, "check", str(bad), "--json")
    [found] = msgspec.json.decode(out)["files"]
    assert (code, found["problems"][0]["line"], found["name"]) == (1, 8, "shop")


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"name: [a", 1, "it is no YAML that is understood"),
        (b"name: a\nname: b\n", 2, "a field stands twice"),
        (b"\xff\xfe", None, "it is not UTF-8"),
        (b"- 1\n", None, "a rule set is an object"),
        (b"name: a\nrules: {}\n", 2, "it has to be a list"),
    ],
)
def test_what_is_no_rule_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, line: int | None, says: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    code, out, _ = command(capsys, "check", str(path), "--json")
    problems = msgspec.json.decode(out)["files"][0]["problems"]
    assert code == 1
    assert any(each["line"] == line and says in each["message"] for each in problems), problems


def test_what_is_not_there_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = command(capsys, "check", str(tmp_path / "nowhere"))
    assert (code, out, "there is no such file or folder" in err) == (2, "", True)
    code, _, err = command(capsys, "check", str(tmp_path))
    assert (code, "no rule set in it" in err) == (2, True)


def test_a_folder_becomes_drafts_then_versions_and_comes_back(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = command(capsys, "load", str(rules))
    assert (code, "draft of shop, to be published over version 0" in out) == (0, True)
    code, _, err = command(capsys, "export", "shop", "--version", "1")
    assert (code, "there is no such version" in err) == (2, True)
    code, out, _ = command(capsys, "export", "shop", "--draft")
    assert (code, yaml.safe_load(out)["title"]) == (0, "Our shop")

    code, out, _ = command(capsys, "load", str(rules), "--publish", "--note", "first", "--json")
    assert code == 0
    assert msgspec.json.decode(out)["loaded"] == [
        {"file": str(rules / "shop.yaml"), "name": "shop", "state": "published", "version": 1}
    ]
    code, out, err = command(capsys, "export", "shop")
    assert (code, err.strip()) == (0, "shop, version 1")
    assert read_yaml(out) == read_yaml(SHOP)
    (rules / "shop.yaml").write_text(out)
    code, out, _ = command(capsys, "load", str(rules), "--publish")
    assert (code, "is in force already, as version 1" in out) == (0, True)


async def _draft_of_another(url: str) -> None:
    async with installation(url) as running:
        body = {"document": {"name": "shop", "title": "Half done"}, "basedOn": 0}
        assert (await running.http.put("/v1/rules/shop/draft", json=body)).status_code == 200


async def _versions(url: str) -> list[dict[str, Any]]:
    async with installation(url) as running:
        answer = await running.http.get("/v1/rules/shop/versions")
        found: list[dict[str, Any]] = answer.json()["versions"]
        return found


def test_anothers_draft_is_not_written_over(rules: Path, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_draft_of_another(database_url))
    code, _, err = command(capsys, "load", str(rules), "--publish")
    assert (code, "shop has a draft that is not published" in err) == (1, True)
    code, out, _ = command(capsys, "load", str(rules), "--publish", "--note", "mine", "--replace-drafts")
    assert (code, "is published as version 1" in out) == (0, True)
    [version] = asyncio.run(_versions(database_url))
    assert (version["note"], version["changedBy"], version["draft"]) == ("mine", "command line", False)


def test_one_bad_file_and_nothing_is_loaded(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "z.json").write_text('{"name": "z", "title": ""}')
    code, out, _ = command(capsys, "load", str(rules), "--publish")
    assert (code, out.splitlines()[-1]) == (1, "Nothing was loaded.")
    assert "z.json:1: title: " in out
    code, _, err = command(capsys, "export", "shop")
    assert (code, "there is no rule set of that name" in err) == (2, True)


def test_what_comes_with_cueline_can_be_exported(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = command(capsys, "export", "banking")
    assert (code, read_yaml(out)) == (0, pack_document("banking"))
    assert "as it comes with Cueline" in err
    code, out, _ = command(capsys, "export", "banking", "--json")
    assert msgspec.json.decode(out) == pack_document("banking")
    code, _, err = command(capsys, "export", "banking", "--draft")
    assert (code, "there is no draft of banking" in err) == (2, True)
