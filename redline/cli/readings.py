"""`FILE@STAGE`: one reading of a file, for the verbs that compare.

`FILE` alone is its final text; `FILE@source` the characters of the file as they are, no notation
read. A file that is really called so is taken first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from redline.cli.inputs import open_document
from redline.diagnostics import StageError
from redline.reading import Reading

__all__ = ["SOURCE", "FirstText", "SecondText", "reading_of"]

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
    spec: str, format: str | None = None, encoding: str | None = None
) -> tuple[str, Reading | str]:
    """What a `FILE@STAGE` is called, and its reading; a text for ``@source``."""
    name, stage = _parted(spec)
    document = open_document(name, format, encoding)
    if stage == SOURCE:
        return document.source.name, document.source.text
    try:
        return document.source.name, document.reading(stage or "final")
    except StageError as fault:
        raise StageError(f"{name}: {fault}") from None


def _parted(spec: str) -> tuple[str, str | None]:
    name, at, stage = spec.rpartition("@")
    if not at or not name or not stage or "/" in stage or _exists(spec):
        return spec, None
    return name, stage


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False
