"""A collation of several witnesses as text: JSON, an HTML table, a terminal table, TEI.

`white_space.py` says where the blanks go in a form that has the text of all witnesses once.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from os import PathLike
from typing import NamedTuple

from redline.collation.witnesses import Collation
from redline.diagnostics import FormatError
from redline.formats.files import save

__all__ = ["FORMS", "Form", "by_suffix", "dumps", "write_file"]


class Form(NamedTuple):
    """A row of the table: ``module:function``, the suffixes that tell it, and whether
    neighbouring rows are joined first."""

    writes: str
    suffixes: tuple[str, ...]
    joined: bool = True


#: What `--to` names but the table in a terminal, in alphabetical order.
FORMS = {
    "html": Form("redline.formats.collation.html:to_html", (".html", ".htm")),
    "json": Form("redline.formats.collation.record:to_json", (".json",)),
    # White space is settled word by word; what can be joined is joined after that.
    "tei-app": Form("redline.formats.collation.tei_app:to_tei_app", (".xml", ".tei"), joined=False),
}


def by_suffix(path: str) -> str | None:
    """The form that a file's suffix tells, None for a suffix of no form."""
    return next((name for name, row in FORMS.items() if path.lower().endswith(row.suffixes)), None)


def dumps(collation: Collation, form: str) -> str:
    """The collation in a form of `FORMS`. Raises `FormatError` for another."""
    row = FORMS.get(form.lower())
    if row is None:
        raise FormatError(f"a collation is written as {', '.join(FORMS)}, not as {form!r}")
    module, _, name = row.writes.partition(":")
    write: Callable[[Collation], str] = getattr(import_module(module), name)
    return write(collation.joined() if row.joined else collation)


def write_file(collation: Collation, path: str | PathLike[str], form: str | None = None) -> None:
    """Write a file; its form is told by its suffix, unless `form` names it.

    Raises `FormatError` where neither does, `OutputError` for a place that cannot be written to.
    """
    name = os.fspath(path)
    form = form or by_suffix(name)
    if form is None:
        raise FormatError(f"no form goes with the name {name}; name one: {', '.join(FORMS)}")
    save(dumps(collation, form).encode("utf-8"), name)
