"""The commands about models of local recognition. Thin, as ``cli``."""

from typing import Annotated

import typer

from cueline.terminal import Json, prepared, put, put_json, run_async, say

models_app = typer.Typer(help="Models of local recognition, fetched and checked.", no_args_is_help=True)


@models_app.command("list")
def models_list(json: Json = False) -> None:
    """The models that can be fetched, and whether they are there.

    Example: cueline models list
    """
    from cueline.roles import models  # noqa: PLC0415

    found = models.listed(models.models_folder(prepared(log_level="warning")))
    put_json(found) if json else put(models.listed_text(found))


@models_app.command("pull")
def models_pull(
    name: Annotated[str | None, typer.Argument(help="Which model; the first of the list unless given.")] = None,
    json: Json = False,
) -> None:
    """Fetches a model, goes on where it broke off, and checks it. It needs a network.

    Example: cueline models pull
    """
    from cueline.roles import models  # noqa: PLC0415

    folder = models.models_folder(prepared(log_level="warning"))
    report = run_async(models.pull(folder, name or models.MODELS[0].name, say))
    put_json(report) if json else put(models.pulled_text(report))
