"""The commands of recordings' keys. Thin, as ``cli``."""

from typing import Annotated

import typer

from cueline.terminal import Json, prepared, put, put_json, run_async, say

keys_app = typer.Typer(help="Keys that recordings are encrypted under.", no_args_is_help=True)


@keys_app.command("list")
def keys_list(json: Json = False) -> None:
    """Which keys there are, and how many recordings rest on each; never a key itself.

    Exit code 1 where recordings rest on a key that is not there.

    Example: cueline keys list
    """
    from cueline.roles import keys_command as command  # noqa: PLC0415

    report = run_async(command.list_keys(prepared(log_level="warning")))
    put_json(report) if json else put(command.keys_text(report))
    if not report.ok:
        raise typer.Exit(1)


@keys_app.command("rotate")
def keys_rotate(json: Json = False) -> None:
    """Makes a new version of the key in the key file: calls that begin from now on take it.

    Keep a copy of the key file: without it no recording can be opened. Recordings so far stay under the older
    version until `cueline keys rewrap`.

    Example: cueline keys rotate
    """
    from cueline.roles import keys_command as command  # noqa: PLC0415

    made = run_async(command.rotate_key(prepared(log_level="warning")))
    put_json(made) if json else put(f"{made.key_id} is the newest key. Copy the key file to where its copy is kept.")


@keys_app.command("rewrap")
def keys_rewrap(
    left: Annotated[
        str | None, typer.Option("--from", help="Take data keys over from this ring: a key file, or kms:KEY.")
    ] = None,
    json: Json = False,
) -> None:
    """Puts the data keys of all recordings under the newest key; audio stays as it is. May be broken off and repeated.

    Exit code 1 where the ring refuses a recording's data key.

    Example: cueline keys rewrap
    """
    from cueline.roles import keys_command as command  # noqa: PLC0415

    report = run_async(command.rewrap_keys(prepared(log_level="warning"), left=left, say=say))
    put_json(report) if json else put(command.rewrap_text(report))
    if not report.ok:
        raise typer.Exit(1)
