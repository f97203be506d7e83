"""The commands of retention. Thin, as ``cli``."""

from typing import Annotated

import typer

from cueline.terminal import Json, prepared, put, put_json, run_async

retention_app = typer.Typer(help="How long data are kept, and what was deleted.", no_args_is_help=True)


@retention_app.command("show")
def retention_show(
    limit: Annotated[int, typer.Option(min=1, max=200, help="Deletions that are shown, newest first.")] = 20,
    json: Json = False,
) -> None:
    """The policies in force, what goes in the coming night, and what went, each with its proof checked.

    Exit code 1 where a proof is not what was signed.

    Example: cueline retention show
    """
    from cueline.roles import retention_command as command  # noqa: PLC0415

    report = run_async(command.show(prepared(log_level="warning"), limit=limit))
    put_json(report) if json else put(command.show_text(report))
    if not report.ok:
        raise typer.Exit(1)


@retention_app.command("run")
def retention_run(json: Json = False) -> None:
    """Deletes what is over its days now, without waiting for the night. What is under legal hold stays.

    It may be broken off and repeated. Exit code 1 where something could not be deleted.

    Example: cueline retention run
    """
    from cueline.roles import retention_command as command  # noqa: PLC0415

    report = run_async(command.run(prepared(log_level="warning")))
    put_json(report) if json else put(command.run_text(report))
    if not report.ok:
        raise typer.Exit(1)
