"""``cueline rules``: rule sets between files and the tenant's drafts and versions, through the store of the API."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from cueline.guidance.rules.checking import Problem, RuleSetError, problems_of
from cueline.guidance.rules.reading import TEXT_MAX, read_yaml
from cueline.guidance.rules.writing import PlacedProblem, placed, write_yaml
from cueline.kernel.errors import ConflictError, InputError, NotFoundError
from cueline.roles.assemble import Process, open_process
from cueline.roles.rules import PACK_VERSION
from cueline.roles.settings import Settings

SUFFIXES: Final = frozenset({".yaml", ".yml", ".json"})
FILES_MAX: Final = 200
BYTES_MAX: Final = 4 * TEXT_MAX
NOTE_MAX: Final = 500
BY: Final = "command line"
"""Who changed it, as the versions tell."""


class DraftThereError(ConflictError):
    """Somebody has a draft that is not published, which loading would write over."""

    code = "rules_draft_there"


class CheckedFile(msgspec.Struct, frozen=True, rename="camel"):
    """A file that was looked at. name: of its rule set, where it can be told."""

    file: str
    name: str | None
    rules: int
    problems: list[PlacedProblem]


class CheckReport(msgspec.Struct, frozen=True, rename="camel"):
    """What ``cueline rules check`` found. ok: there is no problem in any file."""

    ok: bool
    files: list[CheckedFile]


class LoadedSet(msgspec.Struct, frozen=True, rename="camel"):
    """What became of a file's rule set.

    state: ``unchanged`` where it is what is in force already. version: in force now; of a draft, the one that it
    changes.
    """

    file: str
    name: str
    state: Literal["unchanged", "draft", "published"]
    version: int


class RulesLoadReport(msgspec.Struct, frozen=True, rename="camel"):
    """What ``cueline rules load`` did. Where a file has problems, nothing was loaded."""

    ok: bool
    files: list[CheckedFile]
    loaded: list[LoadedSet]


class _Read(msgspec.Struct, frozen=True):
    path: Path
    shown: str
    document: dict[str, object]
    checked: CheckedFile


def check_files(path: Path) -> CheckReport:
    """Looks at a file, or at all of a folder, and keeps nothing. Raises InputError where there is nothing to read."""
    files = [each.checked for each in _read_all(path)]
    return CheckReport(ok=not any(each.problems for each in files), files=files)


async def load_files(
    settings: Settings, path: Path, *, publish: bool, note: str, replace_drafts: bool
) -> RulesLoadReport:
    """Makes each file's rule set the draft of its name, or publishes it; one that is in force already is left alone.

    All files are checked first, and drafts looked for: where something is in the way, nothing is changed. Raises
    InputError as ``check_files``, DraftThereError, and UnavailableError.
    """
    if len(note) > NOTE_MAX:
        raise InputError(f"--note has {len(note)} characters: at most {NOTE_MAX}")
    read = _read_all(path)
    files = [each.checked for each in read]
    if any(each.problems for each in files):
        return RulesLoadReport(ok=False, files=files, loaded=[])
    async with open_process(settings, migrations=True) as process:
        if not replace_drafts:
            await _no_drafts(process, read)
        loaded = [await _load(process, each, publish=publish, note=note) for each in read]
    return RulesLoadReport(ok=True, files=files, loaded=loaded)


async def export_rules(
    settings: Settings, name: str, *, version: int | None, draft: bool
) -> tuple[dict[str, object], str]:
    """A rule set's document, and where it is from in words. Unless a version or the draft is asked for, what is in
    force. Raises NotFoundError and UnavailableError."""
    async with open_process(settings, migrations=True) as process:
        rules, tenant = process.rules, process.tenant
        if draft:
            found = await rules.draft(tenant, name)
            if not found.saved:
                raise NotFoundError(f"there is no draft of {name}: without --draft you get what is in force")
            return found.document, f"the draft of {name}, based on version {found.based_on}"
        if version is None:
            version = (await rules.versions(tenant, name, limit=1))[0].version
        shown = await rules.shown(tenant, name, version)
        return shown.document, f"{name}, version {version}" + (" (as it comes with Cueline)" if version == 0 else "")


def export_text(document: dict[str, object], where_from: str) -> str:
    """A document as YAML, with a line that says where it is from."""
    return f"# {where_from}\n{write_yaml(document)}".rstrip("\n")


def check_text(report: CheckReport) -> str:
    """Problems as ``file:line: place: message``, as editors and CI services read them."""
    lines = [line for each in report.files for line in _problem_lines(each)]
    total = sum(len(each.problems) for each in report.files)
    rules = sum(each.rules for each in report.files)
    found = f"{total} problems" if total != 1 else "1 problem"
    lines.append(f"{len(report.files)} rule sets, {rules} rules: {found if total else 'no problems'}.")
    return "\n".join(lines)


def load_text(report: RulesLoadReport) -> str:
    """A load's report for a person."""
    if not report.ok:
        return f"{check_text(CheckReport(ok=False, files=report.files))}\nNothing was loaded."
    return "\n".join(_loaded_line(each) for each in report.loaded)


def _loaded_line(one: LoadedSet) -> str:
    match one.state:
        case "unchanged":
            return f"{one.file}: {one.name} is in force already, as version {one.version}."
        case "draft":
            return f"{one.file}: draft of {one.name}, to be published over version {one.version}."
    return f"{one.file}: {one.name} is published as version {one.version}; calls that begin from now on have it."


def _problem_lines(checked: CheckedFile) -> list[str]:
    lines = []
    for each in checked.problems:
        where = checked.file if each.line is None else f"{checked.file}:{each.line}"
        lines.append(f"{where}: {each.place}: {each.message}" if each.place else f"{where}: {each.message}")
    return lines


def _read_all(path: Path) -> list[_Read]:
    read = [_read(file, path) for file in _files(path)]
    first: dict[str, str] = {}
    told = []
    for each in read:
        name = each.checked.name
        if name is not None and name in first:
            twice = PlacedProblem(
                "name", f"{first[name]} has this name too: give each rule set a name of its own", line=None
            )
            checked = msgspec.structs.replace(each.checked, problems=[*each.checked.problems, twice])
            told.append(msgspec.structs.replace(each, checked=checked))
            continue
        if name is not None:
            first[name] = each.shown
        told.append(each)
    return told


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError(f"{path}: there is no such file or folder")
    try:
        found = sorted(
            each for each in path.iterdir()
            if each.suffix.lower() in SUFFIXES and not each.name.startswith(".") and each.is_file()
        )  # fmt: skip
    except OSError as error:
        raise InputError(f"{path}: the folder cannot be opened ({error.strerror})") from None
    if not found:
        raise InputError(f"{path}: no rule set in it: put .yaml or .json files there, one for each set")
    if len(found) > FILES_MAX:
        raise InputError(f"{path}: {len(found)} files in it: at most {FILES_MAX}")
    return found


def _read(file: Path, root: Path) -> _Read:
    shown = str(file) if file == root else str(root / file.relative_to(root))
    document: dict[str, object] = {}
    text = ""
    try:
        text = _text_of(file)
        document = read_yaml(text)
        problems = list(problems_of(document))
    except RuleSetError as error:
        problems = list(error.problems)
    except InputError as error:
        problems = [Problem("", str(error))]
    name, rules = document.get("name"), document.get("rules")
    checked = CheckedFile(
        file=shown,
        name=name if isinstance(name, str) else None,
        rules=len(rules) if isinstance(rules, list) else 0,
        problems=placed(text, problems),
    )
    return _Read(file, shown, document, checked)


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > BYTES_MAX:
            raise InputError(f"it has more than {BYTES_MAX} bytes: split it up")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"it cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError("it is not UTF-8: save it as that") from None


async def _no_drafts(process: Process, read: Sequence[_Read]) -> None:
    drafts = {head.name for head in await process.rules.sets(process.tenant) if head.draft}
    for each in read:
        name = str(each.checked.name)
        if name in drafts and (await process.rules.draft(process.tenant, name)).document != each.document:
            raise DraftThereError(
                f"{each.shown}: {name} has a draft that is not published: publish or discard it on the page, or write"
                " over it with --replace-drafts. Nothing was loaded."
            )


async def _load(process: Process, read: _Read, *, publish: bool, note: str) -> LoadedSet:
    rules, tenant, name = process.rules, process.tenant, str(read.checked.name)
    try:
        version = (await rules.versions(tenant, name, limit=1))[0].version
        in_force = (await rules.shown(tenant, name, version)).document
    except (NotFoundError, IndexError):  # a set of that name is new, or only a draft
        version, in_force = PACK_VERSION, {}
    if in_force == read.document:
        return LoadedSet(read.shown, name, "unchanged", version)
    await rules.save_draft(tenant, name, read.document, based_on=version, by=BY)
    if not publish:
        return LoadedSet(read.shown, name, "draft", version)
    published = await rules.publish(tenant, name, based_on=version, note=note, by=BY)
    return LoadedSet(read.shown, name, "published", published.version)
