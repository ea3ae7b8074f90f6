"""`redline show`: revisions in place, one reading, or draft and final side by side."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, Files, From, Means, Registers, Width
from redline.cli.running import DONE, FAILED, complain

__all__ = ["show"]


def show(
    files: Files,
    reading: Annotated[
        str | None,
        typer.Option(
            metavar="STAGE",
            help="draft, final, or another stage; marked (the default): all in place.",
        ),
    ] = None,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Draft and final beside each other.")
    ] = False,
    width: Width = None,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="[-was-] {+is+} instead of colour.")
    ] = False,
    from_: From = None,
    ins: Means = "addition",
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Show the revisions in place, one reading, or draft and final side by side."""
    if side_by_side and reading:
        complain("--side-by-side shows draft and final; leave out --reading")
        return FAILED
    reading = reading or "marked"
    wrapped = width is not None or sys.stdout.isatty()
    shown = 0

    def action(name: str) -> int:
        nonlocal shown
        document = inputs.open_document(name, from_, encoding, ins)
        plain = reading != "marked" and not side_by_side and not wrapped
        text = document.reading(reading).text if plain else ""
        if plain and not text:
            return DONE
        if shown:
            print()
        if plain:
            # As it is, one block a line: for other programs to work with.
            print(text)
        else:
            from redline.formats import terminal

            screen = terminal.Screen(width, color=not no_color)
            terminal.show(document, screen, reading, side_by_side=side_by_side)
        shown += 1
        return DONE

    with inputs.registered(register):
        return inputs.each(files, action)
