"""What a validation finds, and what it raises."""

from __future__ import annotations

from typing import NamedTuple

from redline.diagnostics import RedlineError

__all__ = ["TEI_PAGES", "Finding", "SchemaError", "SchemaTimeout"]

#: The TEI Guidelines have a page on each element.
TEI_PAGES = "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-{}.html"


class SchemaError(RedlineError):
    """A schema that is not there, is no RELAX NG, or does not compile in time."""


class SchemaTimeout(SchemaError):
    """A schema that is not done with in time."""


class Finding(NamedTuple):
    """One thing that is wrong: `line` and `column` (from 1, in characters) of the start tag,
    or of the text that may not stand there.

    `rule` is what it breaks: ``xml``, ``element``, ``attribute``, ``value``, ``text``, ``missing``
    (the grammar), or the id of a row of `redline.validation.rules`. `more` is where to read on.
    """

    rule: str
    message: str
    line: int
    column: int
    more: str = ""
