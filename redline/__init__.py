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
from typing import TYPE_CHECKING, Literal, overload

from redline.diagnostics import Diagnostic, RedlineError
from redline.model import Document

if TYPE_CHECKING:
    from redline.collation.comparison import Comparison, Text
    from redline.collation.witnesses import Collation
    from redline.collation.witnesses import Text as Witness
    from redline.formats import Ins
    from redline.formats.dispatch import Writable
    from redline.formats.losses import Loss
    from redline.markings.register.loading import Given
    from redline.reading import Reading

__all__ = [
    "Collation",
    "Comparison",
    "Diagnostic",
    "Document",
    "Reading",
    "RedlineError",
    "collate",
    "compare",
    "dumps",
    "loads",
    "losses",
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
    ins: Ins = "addition",
) -> Document:
    """Read a file; its format is told by its suffix, unless `format` names it.

    `encoding` is only asked for where the bytes are neither UTF-8 nor begin with a byte
    order mark; `register` is as in `parse`. `ins` says what `<ins>`, or LaTeX's uline, means in
    the formats ``gfm``, ``mediawiki`` and ``latex``: an insertion, or ``underline``. Raises
    `InputError` for a file that cannot be read, `DecodingError` for bytes that are not text,
    `FormatError` for a format redline does not read.
    """
    from redline.formats.files import read_file

    if register is None:
        return read_file(path, format=format, encoding=encoding, ins=ins)
    from redline.markings.register.loading import registered

    with registered(register):
        return read_file(path, format=format, encoding=encoding, ins=ins)


def write(
    document: Writable,
    path: str | PathLike[str],
    *,
    format: str | None = None,
    verify: bool = False,
) -> None:
    """Write a file; its format is told by its suffix, unless `format` names it.

    A comparison is written as its document is; in JSON it has the variants, too. A collation
    is written as ``tei-app``, ``json`` or ``html``. With `verify`, a document is read again
    from what would be written: where readings or revisions differ nothing is written, and
    `VerifyError` says what.

    Raises `FormatError` for a format redline does not write, `OutputError` for a place that
    cannot be written to.
    """
    if isinstance(document, Document):
        from redline.formats.files import write_file

        write_file(document, path, format=format, verify=verify)
        return
    from redline.formats.dispatch import write_file as write_any

    write_any(document, path, format)


def loads(data: str | bytes, format: str, *, ins: Ins = "addition") -> Document:
    """Read text, or the bytes of a binary format such as ``docx``, in a named format.

    `ins` is as in `read`.

    Raises `FormatError` for a format redline does not read, and for what is none of its files.
    """
    from redline.formats import loads as loads_

    return loads_(data, format, ins=ins)


@overload
def dumps(  # type: ignore[overload-overlap]
    document: Writable, format: Literal["docx"]
) -> bytes: ...
@overload
def dumps(document: Writable, format: str) -> str: ...
def dumps(document: Writable, format: str) -> str | bytes:
    """As text in a named format, as bytes in a binary one (``docx``).

    A comparison is written as its document is; in JSON it has the variants, too. A collation
    is written as ``tei-app``, ``json`` or ``html``. What a format cannot say, `losses` tells.
    """
    if isinstance(document, Document):
        from redline.formats import written

        return written(document, format)
    from redline.formats.dispatch import dumps as dumps_any

    return dumps_any(document, format)


def losses(document: Document, format: str) -> list[Loss]:
    """What of a document a format cannot say: rows of what, how many, the line of the first
    (None: it has no place), and why. Empty where the format says all of it.

    Raises `FormatError` for a format redline does not write.
    """
    from redline.formats.losses import losses as losses_

    return losses_(document, format)


def compare(
    a: Text,
    b: Text,
    *,
    unit: str = "word",
    deadline: float | None = None,
    include: Iterable[str] = (),
) -> Comparison:
    """What differs between two texts: strings (taken literally), readings, or documents (by
    their final text).

    `unit` is what is compared as one: ``char``, ``word``, ``line``, ``sentence`` or ``block``.
    `deadline`, in seconds, bounds the search for the best alignment; where it passes the result
    holds all the same, and says so. `include` names what a reading leaves out of a document and
    is to be compared too: ``notes``, ``furniture``. Raises `ValueError` for a unit that does
    not exist, `TypeError` for anything that is no text.
    """
    from redline.collation.comparison import compare as compare_

    return compare_(a, b, unit=unit, deadline=deadline, include=include)


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
    """Classes that are imported when they are first asked for."""
    if name == "Collation":
        from redline.collation.witnesses import Collation

        return Collation
    if name == "Comparison":
        from redline.collation.comparison import Comparison

        return Comparison
    if name == "Reading":
        from redline.reading import Reading

        return Reading
    raise AttributeError(f"module 'redline' has no attribute {name!r}")
