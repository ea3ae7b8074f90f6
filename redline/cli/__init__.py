"""The command line. Thin: every verb is a few lines that call the library.

Results go to standard output, everything else to standard error. Exit status 0: done; 1:
done, and something was found; 2: could not be done, and one line says why and what to do.
A verb is a module and a row of `VERBS`. `running.py` has what becomes of faults, `inputs.py`
the options that several verbs take.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from redline.cli.check import check
from redline.cli.collate import collate
from redline.cli.compare import compare
from redline.cli.convert import convert
from redline.cli.corpus import corpus
from redline.cli.help import Command, Group
from redline.cli.markings import markings
from redline.cli.running import DONE, FAILED, INTERRUPTED, complain, guarded, verb
from redline.cli.show import show
from redline.cli.validate import validate

__all__ = ["main"]

#: The verbs, in the order of the help page.
VERBS = (show, convert, compare, collate, markings, check, validate)

app = typer.Typer(
    help="Revised drafts: what was struck, what was added, what the paper said before and after.",
    cls=Group,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for run in VERBS:
    app.command(cls=Command)(verb(run))
app.add_typer(corpus)


def _version(wanted: bool) -> None:
    if wanted:
        package: Any = sys.modules["redline"]
        print(f"redline {package.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _door(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        names = [*(each.__name__ for each in VERBS), "corpus"]
        complain(f"{', '.join(names[:-1])} or {names[-1]}? redline --help says what they do")
        raise typer.Exit(FAILED)


#: typer has click inside it, but of click's errors only this kind's child is public.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    return guarded(lambda: _main(arguments))


def _main(arguments: list[str] | None) -> int:
    command: Any = typer.main.get_command(app)
    try:
        status = command.main(arguments, prog_name="redline", standalone_mode=False)
    except _UsageError as fault:
        complain(_misuse(fault))
        return FAILED
    except typer.Abort:
        return INTERRUPTED
    except SystemExit:  # typer's end when the pipe closes under a help page
        raise BrokenPipeError from None
    return status if isinstance(status, int) else DONE


def _misuse(fault: Any) -> str:
    """What was wrong with the arguments, and where to look."""
    path = fault.ctx.command_path if fault.ctx is not None else "redline"
    return f"{fault.format_message().rstrip('.')} ({path} --help)"
