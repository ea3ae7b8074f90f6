"""The formats: which there are, which suffixes tell them, and what reads and writes each.

A format is a row of `FORMATS`. Its reader and its writer are named, and imported when they
are first used: nobody who reads a transcription pays for an XML library.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NamedTuple

from redline.diagnostics import FormatError
from redline.model import Document
from redline.source import Source

__all__ = ["FORMATS", "Format", "by_suffix", "dumps", "find", "load_source", "loads"]


class Format(NamedTuple):
    """A row of the table: the suffixes that tell it, and ``module:function`` for each way.

    `reads` takes a `Source`, `writes` gives a text. What `keeps_bytes` is written in the
    encoding its source had; everything else is UTF-8.
    """

    name: str
    suffixes: tuple[str, ...]
    reads: str | None
    writes: str | None
    keeps_bytes: bool = False


#: Every format by name, in alphabetical order.
FORMATS = {
    row.name: row
    for row in (
        Format("html", (".html", ".htm"), None, "redline.formats.html:to_html"),
        Format(
            "html-fragment",
            (),
            "redline.formats.html.read:from_fragment",
            "redline.formats.html.fragment:to_fragment",
        ),
        Format(
            "json", (".json",), "redline.formats:_from_record", "redline.formats.record:to_json"
        ),
        Format(
            "native",
            (".txt", ".md"),
            "redline.notation.native:parse_source",
            "redline.notation.write:to_native",
            keeps_bytes=True,
        ),
        Format(
            "tei", (".xml", ".tei"), "redline.formats.tei:from_tei", "redline.formats.tei:to_tei"
        ),
    )
}
_BY_SUFFIX = {suffix: row.name for row in FORMATS.values() for suffix in row.suffixes}


def find(name: str) -> Format:
    """The row of a format. Raises `FormatError` with the names that there are."""
    row = FORMATS.get(name.lower())
    if row is None:
        close = get_close_matches(name.lower(), FORMATS, 1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise FormatError(f"no format {name!r}; {hint}redline has {', '.join(FORMATS)}")
    return row


def by_suffix(path: str) -> str | None:
    """The name of the format that a file's suffix tells, None for a suffix of no format."""
    dot = path.rfind(".")
    return _BY_SUFFIX.get(path[dot:].lower()) if dot >= 0 else None


def loads(text: str, format: str, *, name: str | None = None) -> Document:
    """Read text in a named format; `name` is what the source is called in messages."""
    source = Source(text) if name is None else Source(text, name)
    return load_source(source, format)


def load_source(source: Source, format: str) -> Document:
    """Read a source in a named format. Raises `FormatError` for one that cannot be read."""
    row = find(format)
    if row.reads is None:
        readable = ", ".join(each.name for each in FORMATS.values() if each.reads)
        raise FormatError(
            f"{source.name}: redline writes {row.name} and does not read it; it reads {readable}"
        )
    document: Document = _function(row.reads)(source)
    return document


def dumps(document: Document, format: str) -> str:
    """The document as text. Raises `FormatError` for a format that cannot be written."""
    row = find(format)
    if row.writes is None:
        writable = ", ".join(each.name for each in FORMATS.values() if each.writes)
        raise FormatError(f"redline does not write {row.name}; it writes {writable}")
    if document.register is None:
        text: str = _function(row.writes)(document)
        return text
    from redline.markings.register import using

    # What its markings mean is in the register they were read with.
    with using(document.register):
        text = _function(row.writes)(document)
    return text


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def _from_record(source: Source) -> Document:
    from redline.formats.record import from_json

    return from_json(source.text, source.name)
