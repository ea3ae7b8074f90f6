"""What the verbs take: files in any format, and the options that say how to read them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import Annotated, Literal

import typer

from redline.cli.running import DONE, FAILED, complain
from redline.diagnostics import RedlineError
from redline.formats import AUTO, Ins
from redline.model import Document

__all__ = [
    "Encoding",
    "File",
    "Files",
    "From",
    "Means",
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
        help=f"Format of the input, as for redline convert; {AUTO}: by its marks, and says why "
        "(by its suffix, else native).",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Encoding of the input (by its byte order mark, else utf-8).",
    ),
]
Means = Annotated[
    Literal["addition", "underline"],
    typer.Option(
        "--ins",
        metavar="MEANING",
        help="What <ins> and \\uline mean in the input (gfm, mediawiki, latex): addition, or "
        "underline.",
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


def open_document(
    name: str, format: str | None, encoding: str | None, ins: Ins = "addition"
) -> Document:
    """The document in a file, or on standard input.

    With the format `AUTO` it is said on standard error which one was taken, and why.
    """
    from redline.formats.files import STDIN, read_bytes, read_data, stdin_bytes

    data = stdin_bytes() if name == "-" else read_bytes(name)
    name = STDIN if name == "-" else name
    if format == AUTO:
        from redline.formats.detect import suggest

        found = suggest(data, name, encoding)
        complain(f"{name}: read as {found.format}: {found.reasons}")
        format = found.format
    return read_data(data, name, format, encoding, ins)


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
