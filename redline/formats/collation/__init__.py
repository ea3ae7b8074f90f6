"""A collation of several witnesses as text: JSON, an HTML table, a terminal table, TEI.

`white_space.py` says where the blanks go in a form that has the text of all witnesses once.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from redline.collation.witnesses import Collation
from redline.diagnostics import FormatError

__all__ = ["FORMS", "Form", "dumps"]


class Form(NamedTuple):
    """A row of the table: ``module:function``, and whether neighbouring rows are joined first."""

    writes: str
    joined: bool = True


#: What `--to` names but the terminal, in alphabetical order.
FORMS = {
    "html": Form("redline.formats.collation.html:to_html"),
    "json": Form("redline.formats.collation.record:to_json"),
    # White space is settled word by word; what can be joined is joined after that.
    "tei-app": Form("redline.formats.collation.tei_app:to_tei_app", joined=False),
}


def dumps(table: Collation, form: str) -> str:
    """The table in a form of `FORMS`. Raises `FormatError` for another."""
    if form not in FORMS:
        raise FormatError(f"a collation is written as {', '.join(FORMS)}, not as {form!r}")
    row = FORMS[form]
    module, _, name = row.writes.partition(":")
    write: Callable[[Collation], str] = getattr(import_module(module), name)
    return write(table.joined() if row.joined else table)
