"""`redline markings`: the history of a paper and its markings, page by page."""

from __future__ import annotations

from typing import Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, Files, From, Registers, Width
from redline.cli.running import DONE, FAILED, complain

__all__ = ["markings"]


def markings(
    files: Files,
    to: Annotated[str, typer.Option(metavar="FORM", help="table (the default) or json.")] = "table",
    width: Width = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour.")] = False,
    from_: From = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Show the security markings page by page, and the history they tell."""
    if to not in ("table", "json"):
        complain(f"no form {to!r}; say --to table or --to json")
        return FAILED
    made: list[str] = []
    shown = 0

    def action(name: str) -> int:
        nonlocal shown
        document = inputs.open_document(name, from_, encoding)
        if to == "json":
            from redline.formats.record import markings_json

            made.append(markings_json(document))
            return DONE
        from redline.formats import terminal

        if shown:
            print()
        terminal.show_markings(document, terminal.Screen(width, color=not no_color))
        shown += 1
        return DONE

    with inputs.registered(register):
        status = inputs.each(files, action)
    if to == "json" and len(files) > 1:
        print("[", ",\n".join(text.rstrip() for text in made), "]", sep="\n")
    else:
        print(*made, sep="", end="")
    return status
