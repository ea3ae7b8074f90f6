"""Revised drafts: what was struck, what was added, what the paper said before and after.

>>> import redline
>>> doc = redline.parse('''~~SECRET~~
... CONFIDENTIAL
...
... 1. No ship ~~will~~ ^{may} pass the light~~s~~ before April.
...
... ~~SECRET~~
... CONFIDENTIAL
... ''')
>>> doc.reading("draft").text
'1. No ship will pass the lights before April.'
>>> doc.reading("final").text
'1. No ship may pass the light before April.'
>>> [(r.kind, [part.text for part in r.deleted]) for r in doc.revisions]
[('substitution', ['will']), ('deletion', ['s'])]
>>> [(m.place, m.was, m.is_) for m in doc.markings]
[('top', 'SECRET', 'CONFIDENTIAL'), ('bottom', 'SECRET', 'CONFIDENTIAL')]
>>> doc.reject(doc.revisions[0].id).reading("final").text
'1. No ship will pass the light before April.'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import TYPE_CHECKING

from redline.diagnostics import Diagnostic, RedlineError
from redline.model import Document

if TYPE_CHECKING:
    from redline.collation.witnesses import Collation
    from redline.collation.witnesses import Text as Witness
    from redline.markings.register.loading import Given
    from redline.reading import Reading

__all__ = [
    "Collation",
    "Diagnostic",
    "Document",
    "Reading",
    "RedlineError",
    "collate",
    "dumps",
    "loads",
    "parse",
    "read",
    "write",
]
__version__ = "0.1.0"


def parse(text: str, *, name: str | None = None, register: Given | None = None) -> Document:
    """Read text in the native notation. Any text is a document: no string raises.

    `register` names files that add to the register of markings (a path, or several). Only
    these can be amiss: `RegisterError`.
    """
    from redline.formats import loads

    if register is None:
        return loads(text, "native", name=name)
    from redline.markings.register.loading import registered

    with registered(register):
        return loads(text, "native", name=name)


def read(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    register: Given | None = None,
) -> Document:
    """Read a file; its format is told by its suffix, unless `format` names it.

    `encoding` is only asked for where the bytes are neither UTF-8 nor begin with a byte
    order mark; `register` is as in `parse`. Raises `InputError` for a file that cannot be
    read, `DecodingError` for bytes that are not text, `FormatError` for a format redline
    does not read.
    """
    from redline.formats.files import read_file

    if register is None:
        return read_file(path, format=format, encoding=encoding)
    from redline.markings.register.loading import registered

    with registered(register):
        return read_file(path, format=format, encoding=encoding)


def write(
    document: Document | Collation, path: str | PathLike[str], *, format: str | None = None
) -> None:
    """Write a file; its format is told by its suffix, unless `format` names it.

    Raises `FormatError` for a format redline does not write, `OutputError` for a place that
    cannot be written to.
    """
    if not isinstance(document, Document):
        from redline.formats.collation import write_file as write_collation

        write_collation(document, path, format)
        return
    from redline.formats.files import write_file

    write_file(document, path, format=format)


def loads(text: str, format: str) -> Document:
    """Read text in a named format: ``native`` or ``json``. Raises `FormatError`."""
    from redline.formats import loads as loads_

    return loads_(text, format)


def dumps(document: Document | Collation, format: str) -> str:
    """As text in a named format: a document in ``native``, ``json`` or ``tei``.

    A collation is written as ``tei-app``, ``json`` or ``html``.
    """
    if not isinstance(document, Document):
        from redline.formats.collation import dumps as dumps_collation

        return dumps_collation(document, format)
    from redline.formats import dumps as dumps_

    return dumps_(document, format)


def collate(
    witnesses: Mapping[str, Witness] | Iterable[Witness],
    *,
    unit: str = "word",
    deadline: float | None = None,
) -> Collation:
    """Lay two texts or more beside each other.

    `witnesses` are strings (taken literally), readings, or documents by their final text: by
    siglum, or alone, and then called A, B, C … Their order is that of the columns and makes no
    other difference. `unit` is what is never cut: ``char``, ``word``, ``line``, ``sentence`` or
    ``block``. `deadline`, in seconds, bounds the search.
    """
    from redline.collation.witnesses import collate as collated

    return collated(witnesses, unit, deadline=deadline)


def __getattr__(name: str) -> object:
    if name == "Collation":
        from redline.collation.witnesses import Collation

        return Collation
    if name == "Reading":
        from redline.reading import Reading

        return Reading
    raise AttributeError(f"module 'redline' has no attribute {name!r}")
