"""`FILE@STAGE`: one reading of a file, for the verbs that compare.

`FILE` alone is its final text; `FILE@source` the characters of the file as they are, no notation
read. A file that is really called so is taken first.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Annotated

import typer

from redline.cli import inputs
from redline.reading import Reading
from redline.source import Source

__all__ = ["SOURCE", "FirstText", "SecondText", "names_one_of", "read_once", "reading_of"]

#: What stands for a stage where the text is not to be read as notation.
SOURCE = "source"

FirstText = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help="A transcription: its final text, or FILE@STAGE; FILE@source is the file as it is.",
    ),
]
SecondText = Annotated[str, typer.Argument(metavar="B", help="Another, likewise.")]


def reading_of(
    spec: str, from_: str | None = None, encoding: str | None = None
) -> tuple[str, Reading | Source]:
    """What it is called, and the reading: the final one where no stage is named; the
    source itself for ``@source``.

    ``-@draft`` is the draft on standard input. A stage holds no dot and no slash. Raises
    `InputError` for a file that cannot be read, and `StageError` for a stage the paper does not
    have.
    """
    file, at, stage = spec.rpartition("@")
    if not file or not stage or set(stage) & {".", "/", os.sep} or os.path.exists(spec):
        file, at, stage = spec, "", "final"
    document = inputs.open_document(file, from_, encoding)
    name = document.source.name + at + (stage if at else "")
    if stage == SOURCE:
        return name, document.source
    return name, document.reading(stage)


def read_once(specs: Iterable[str]) -> bool:
    """Whether standard input is named once at most, as it can be read once."""
    return sum(spec.partition("@")[0] == "-" for spec in specs) < 2


def names_one_of(output: str, specs: Iterable[str]) -> bool:
    """Whether a file to be written is one that is read."""
    if not os.path.exists(output):
        return False
    files = {name for spec in specs for name in (spec, spec.rpartition("@")[0])}
    return any(os.path.exists(name) and os.path.samefile(name, output) for name in files)
