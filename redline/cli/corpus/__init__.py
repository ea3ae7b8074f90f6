"""`redline corpus`: a whole collection, a verb a module."""

from __future__ import annotations

import typer

from redline.cli.corpus.asking import find, query, report, search, stats
from redline.cli.corpus.building import build, export
from redline.cli.help import Command, Group
from redline.cli.running import FAILED, complain, verb

__all__ = ["corpus"]

VERBS = (build, query, stats, find, search, report, export)

corpus = typer.Typer(
    name="corpus",
    help="Build a whole collection, and ask it.",
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
)
for run in VERBS:
    corpus.command(cls=Command)(verb(run))


@corpus.callback(invoke_without_command=True)
def _door(context: typer.Context) -> None:
    """Build a whole collection, and ask it."""
    if context.invoked_subcommand is None:
        names = [each.__name__ for each in VERBS]
        complain(
            f"{', '.join(names[:-1])} or {names[-1]}? redline corpus --help says what they do"
        )
        raise typer.Exit(FAILED)
