"""One reading of a paper, as the command line names it: FILE, or FILE@STAGE."""

from __future__ import annotations

import os

from redline.cli import inputs
from redline.reading import Reading

__all__ = ["reading_of"]


def reading_of(
    spec: str, from_: str | None = None, encoding: str | None = None
) -> tuple[str, Reading]:
    """What it is called, and the reading: the final one where no stage is named.

    ``-@draft`` is the draft on standard input. A file that really is called so is that file;
    a stage holds no dot and no slash. Raises `InputError` for a file that cannot be read, and
    `StageError` for a stage the paper does not have.
    """
    file, at, stage = spec.rpartition("@")
    if not file or set(stage) & {".", "/", os.sep} or os.path.exists(spec):
        file, at, stage = spec, "", "final"
    document = inputs.open_document(file, from_, encoding)
    return document.source.name + at + (stage if at else ""), document.reading(stage)
