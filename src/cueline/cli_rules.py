"""The commands of rule sets on disk. Thin, as ``cli``."""

from pathlib import Path
from typing import Annotated

import typer

from cueline.terminal import Json, prepared, put, put_json, run_async, say

rules_app = typer.Typer(help="Rule sets of guidance, between files and what is in force.", no_args_is_help=True)


@rules_app.command("check")
def rules_check(
    path: Annotated[Path, typer.Argument(help="A rule set (YAML or JSON), or a folder of them.")],
    json: Json = False,
) -> None:
    """What is wrong with rule sets on disk, with file, line and place; needs no database and changes nothing.

    Exit code 1 where there is a problem.

    Example: cueline rules check rules/
    """
    from cueline.roles import rules_command as command  # noqa: PLC0415

    report = command.check_files(path)
    put_json(report) if json else put(command.check_text(report))
    if not report.ok:
        raise typer.Exit(1)


@rules_app.command("load")
def rules_load(
    folder: Annotated[Path, typer.Argument(help="A folder of rule sets (YAML or JSON), or one of them.")],
    publish: Annotated[bool, typer.Option("--publish", help="Put them in force, instead of into drafts.")] = False,
    note: Annotated[str, typer.Option(help="Why, for the list of versions.")] = "",
    replace_drafts: Annotated[
        bool, typer.Option("--replace-drafts", help="Write over drafts that somebody has not published.")
    ] = False,
    json: Json = False,
) -> None:
    """Makes rule sets on disk the drafts of their names, or publishes them; what is in force already stays.

    Everything is checked first: where a file has a problem, nothing is loaded, and the exit code is 1.

    Example: cueline rules load rules/ --publish --note "fees of spring"
    """
    from cueline.roles import rules_command as command  # noqa: PLC0415

    settings = prepared(log_level="warning")
    report = run_async(command.load_files(settings, folder, publish=publish, note=note, replace_drafts=replace_drafts))
    put_json(report) if json else put(command.load_text(report))
    if not report.ok:
        raise typer.Exit(1)


@rules_app.command("export")
def rules_export(
    name: Annotated[str, typer.Argument(help="Of the rule set, such as starter.")],
    version: Annotated[int | None, typer.Option(min=0, help="This version; 0 came with Cueline.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="The draft, instead of what is in force.")] = False,
    json: Json = False,
) -> None:
    """A rule set as YAML on standard output, to be kept, changed and loaded again.

    Example: cueline rules export banking > rules/banking.yaml
    """
    from cueline.roles import rules_command as command  # noqa: PLC0415

    settings = prepared(log_level="warning")
    document, where_from = run_async(command.export_rules(settings, name, version=version, draft=draft))
    if json:
        put_json(document)
        return
    say(where_from)
    put(command.export_text(document, where_from))
