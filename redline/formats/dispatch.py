"""What can be written beside documents: comparisons and collations, each by its room."""

from __future__ import annotations

import os
from os import PathLike
from typing import TypeAlias

from redline.collation.comparison import Comparison
from redline.collation.witnesses import Collation
from redline.model import Document

__all__ = ["Result", "Writable", "dumps", "write_file"]

#: What `redline.dumps` and `redline.write` take.
Writable: TypeAlias = Document | Comparison | Collation
#: What is written here.
Result: TypeAlias = Comparison | Collation


def dumps(what: Result, format: str) -> str | bytes:
    """As text, or bytes, in a named format: see `redline.dumps`."""
    if isinstance(what, Comparison):
        from redline.formats.comparison import dumps as dumps_comparison

        return dumps_comparison(what, format)
    from redline.formats.collation import dumps as dumps_collation

    return dumps_collation(what, format)


def write_file(what: Result, path: str | PathLike[str], format: str | None) -> None:
    """Write a file: see `redline.write`."""
    if isinstance(what, Comparison):
        from redline.formats.comparison import write_file as write_comparison

        write_comparison(what, os.fspath(path), format)
    else:
        from redline.formats.collation import write_file as write_collation

        write_collation(what, path, format)
