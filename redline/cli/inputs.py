"""What the verbs take: files in any format, and the options that say how to read them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import Annotated

import typer

from redline.cli.running import DONE, FAILED, complain
from redline.diagnostics import RedlineError
from redline.model import Document

__all__ = [
    "Encoding",
    "File",
    "Files",
    "From",
    "Registers",
    "Width",
    "each",
    "open_document",
    "registered",
]

File = Annotated[str, typer.Argument(metavar="FILE", help="A transcription; - is standard input.")]
Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Transcriptions; - is standard input.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="Format of the input: native, json, tei (by its suffix, else native).",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Encoding of the input (by its byte order mark, else utf-8).",
    ),
]
Width = Annotated[
    int | None, typer.Option(min=20, metavar="CELLS", help="Width (the terminal's, else 80).")
]
Registers = Annotated[
    list[str] | None,
    typer.Option(
        "--register",
        metavar="TOML",
        help="A register of markings that adds to the built-in one; may be repeated.",
        show_default=False,
    ),
]


def open_document(name: str, format: str | None, encoding: str | None) -> Document:
    """The document in a file, or on standard input."""
    from redline.formats.files import read_file, read_stdin

    if name == "-":
        return read_stdin(format=format, encoding=encoding)
    return read_file(name, format=format, encoding=encoding)


def registered(paths: list[str] | None) -> contextlib.AbstractContextManager[object]:
    """Put the built-in register of markings in force, with what these files add to it."""
    if not paths:
        return contextlib.nullcontext()
    from redline.markings.register.loading import registered as in_force

    return in_force(paths)


def each(files: Iterable[str], action: Callable[[str], int]) -> int:
    """Do it with every file; one that cannot be read is reported, and the others go on."""
    worst = DONE
    for name in files:
        try:
            worst = max(worst, action(name))
        except RedlineError as fault:
            complain(fault)
            worst = FAILED
    return worst
