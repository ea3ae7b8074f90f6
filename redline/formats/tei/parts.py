"""What a stamp, a release line or a box says, part by part, as elements around its words.

`redline.markings.fields` reads a marking in the source, where its strikes and rings stand; the
words that are written are those of the document's text. `Document.origin` leads from one to the
other, and a part is marked up only where both show the same words. So nothing that is read can
change what the paper says: where a sign was misread, what it is stands beside it (`choice`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from redline.formats.tei.escape import escape, storable, word
from redline.formats.tei.names import REVISIONS, UNMARKED, camel
from redline.formats.tei.pointers import Pointers
from redline.markings.fields import Field, Fields
from redline.markings.fields.boxes import BOX
from redline.markings.numbers import canonical
from redline.markings.register import level_short
from redline.model import Document, Marking
from redline.spans import ADDITION, DELETION

__all__ = ["Parts", "iso"]

_ISO = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_STRUCK = re.compile(r"(?<!\\)~~(?P<words>(?:(?!~~)[\s\S])+)~~(?P<others>)")
_ADDED = re.compile(r"(?<!\\)\^(?:\{(?P<words>[^{}]*)\}|<(?P<others>[^<>]*)>)")
#: What two ways to write the same words do not share: white space and the marks of a notation.
_NO_WORDS = re.compile(r"[\s~*^{}<>\\#|_]+")
_MARK = re.compile(r"[~^{}<>*]")
_BOX = re.compile(BOX)
_LONGEST_BOX = 3
_SIGNS = {True: "☒", False: "☐"}
#: Parts of one place: the one that says most is marked up.
_FIRST = ("option", "checkbox", "date", "idno", "label", "")
_SERIES = {"C": "FOIA"}


def iso(value: object) -> str:
    """`value` if it is a date as `@when` has it; else ""."""
    return value if isinstance(value, str) and _ISO.fullmatch(value) else ""


class _Part(NamedTuple):
    """text[start:end] is one part. `name` with `attributes` is its element; where `regular` is
    not empty the words are a misreading of it. `type` is what is left when it is cut in two."""

    start: int
    end: int
    name: str
    attributes: str
    type: str
    regular: str = ""


class _Piece(NamedTuple):
    """text[start:end] is struck (``del``), written in (``add``), a mark that is left out
    (``mark``), or none of these ("")."""

    start: int
    end: int
    state: str


class Parts:
    """The parts of one marking. Lines and cells are asked for in the order of the text."""

    def __init__(
        self, document: Document, row: Marking, fields: Fields, pointers: Pointers
    ) -> None:
        self._text = document.text
        self._place = _Places(document, row)
        self._row = row
        self._pointers = pointers
        self._pieces = _pieces(row, self._place)
        self._parts = self._chosen(fields)
        self._next = 0

    def words(self, start: int, end: int) -> str:
        """The markup of text[start:end]: a line, or a cell of one."""
        out: list[str] = []
        at = start
        while self._next < len(self._parts):
            part = self._parts[self._next]
            if part.start >= end:
                break
            first, last = max(part.start, at), min(part.end, end)
            if first < last:
                out += self._plain(at, first)
                out.append(self._element(part, first, last))
                at = last
            if part.end > end:
                break
            self._next += 1
        out += self._plain(at, end)
        return "".join(out)

    def _element(self, part: _Part, start: int, end: int) -> str:
        content = "".join(self._plain(start, end))
        if start > part.start or end < part.end:
            # Cut by the end of a line or cell: the first piece says what the whole is.
            which = "I" if start == part.start else "F" if end == part.end else "M"
            first = which == "I" and part.name == "seg"
            return f'<seg{part.attributes if first else part.type} part="{which}">{content}</seg>'
        if part.regular:
            regular = f"<{part.name}{part.attributes}>{escape(part.regular)}</{part.name}>"
            return f"<choice><orig>{content}</orig><reg>{regular}</reg></choice>"
        return f"<{part.name}{part.attributes}>{content}</{part.name}>"

    def _plain(self, start: int, end: int) -> Iterator[str]:
        """The words of text[start:end], what is struck or written in marked."""
        k = bisect_right(self._pieces, start, key=attrgetter("end"))
        at = start
        while at < end:
            piece = self._pieces[k] if k < len(self._pieces) else _Piece(end, end, "")
            if piece.start > at:
                yield _markup(self._text[at : min(piece.start, end)])
            first, last = max(piece.start, at), min(piece.end, end)
            if first < last and piece.state != "mark":
                element = REVISIONS[piece.state]
                yield f"{element.start}{_markup(self._text[first:last])}{element.end}"
            at = max(at, min(max(piece.start, piece.end), end))
            k += 1

    # -- what becomes of a field --------------------------------------------------------------

    def _chosen(self, fields: Fields) -> list[_Part]:
        """The parts to mark up: none of them overlaps another."""
        options = {field.name for field in fields.found if field.role == "option"}
        candidates = [
            (_FIRST.index(field.role) if field.role in _FIRST else len(_FIRST), field)
            for field in fields.found
            if field.name not in UNMARKED and not (field.name == "changed_to" and options)
        ]
        candidates.sort(key=lambda each: each[0])
        chosen = fields.get("changed_to")
        taken: list[_Part] = []
        for _, field in candidates:
            place = self._place(field.start, field.end, field.raw)
            if place is None:
                continue
            start, end = place
            k = bisect_right(taken, start, key=attrgetter("start"))
            if (k and taken[k - 1].end > start) or (k < len(taken) and taken[k].start < end):
                continue
            taken.insert(k, self._part(field, start, end, chosen))
        return taken

    def _part(self, field: Field, start: int, end: int, chosen: Field | None) -> _Part:
        cert = _cert(field)
        words = self._text[start:end].strip()
        if field.role == "option":
            return self._option(field, start, end, words, chosen)
        if field.role == "label":
            type_ = f' type="label" subtype="{word(camel(str(field.value)))}"'
            return _Part(start, end, "seg", type_, type_)
        if field.role == "checkbox":
            return self._box(field, start, end, words)
        name = word(camel(field.name))
        type_ = f' type="field" subtype="{name}"'
        if field.role == "date":
            kind = "" if field.name == "date" else f' type="{name}"'
            when = iso(field.value)
            attributes = f' when="{when}"{cert}' if when else ' cert="low" rend="suspect"'
            return _Part(start, end, "date", kind + attributes, type_)
        if field.role == "idno" and field.name != "document_no":
            value = self._value(field)
            if field.name == "number":
                series = canonical(value).series
                name = word(_SERIES.get(series, series)) if series else name
            regular = _repaired(words, value)
            if not self._is_revised(start, end):  # an `idno` holds text alone
                return _Part(start, end, "idno", f' type="{name}"{cert}', type_, regular)
        ana = self._pointers.exemptions(field.value) if field.name == "codes" else ""
        attributes = type_ + (f' ana="{ana}"' if ana else "") + cert
        return _Part(start, end, "seg", attributes, type_)

    def _is_revised(self, start: int, end: int) -> bool:
        k = bisect_right(self._pieces, start, key=attrgetter("end"))
        return k < len(self._pieces) and self._pieces[k].start < end

    def _value(self, field: Field) -> str:
        """What the record says the field is: numbers may have been repaired by all the pages."""
        said = self._row.fields.get("raw", {})
        same = isinstance(said, dict) and said.get(field.name) == field.raw
        value = self._row.fields.get(field.name) if same else field.value
        return value if isinstance(value, str) else ""

    def _option(
        self, field: Field, start: int, end: int, words: str, chosen: Field | None
    ) -> _Part:
        """One of several printed choices (`TS S C`), and whether it is the one taken."""
        name, taken = str(field.value[0]), bool(field.value[1])
        level = level_short(name)
        ana = [self._pointers.level(level.name if level is not None else None)]
        cert = ""
        if taken:
            ana.append(self._pointers.box(True))
            cert = _cert(chosen) if chosen is not None else ""
        subtype = regular = ""
        if words != name:
            regular = name
            subtype = ' subtype="misread"' if words.isalnum() else ' subtype="circled"'
        pointers = " ".join(filter(None, ana))
        type_ = f' type="option"{subtype}'
        attributes = type_ + (f' ana="{pointers}"' if pointers else "") + cert
        return _Part(start, end, "seg", attributes, type_, regular)

    def _box(self, field: Field, start: int, end: int, words: str) -> _Part:
        """A check box; its sign, where scanning left something else in its place."""
        type_ = f' type="checkbox" subtype="{word(camel(field.name))}"'
        ana = [] if field.value is None else [self._pointers.box(field.value is not False)]
        if isinstance(field.value, str):
            ana.append(self._pointers.level(field.value) or "")
        pointers = " ".join(filter(None, ana))
        attributes = type_ + (f' ana="{pointers}"' if pointers else "") + _cert(field)
        misread = len(words) <= _LONGEST_BOX and not _BOX.match(words) and field.value is not None
        regular = _SIGNS[field.value is not False] if misread else ""
        return _Part(start, end, "seg", attributes, type_, regular)


def _cert(field: Field) -> str:
    return "" if field.cert == "high" else f' cert="{field.cert}"'


def _markup(words: str) -> str:
    return escape(storable(words))


def _repaired(words: str, value: str) -> str:
    """`value`, where it says something else than `words`."""
    if not value or _MARK.search(value) or "".join(words.split()) == "".join(value.split()):
        return ""
    return storable(value)


# -- from the source to the text ----------------------------------------------------------------


class _Places:
    """Finds words of a marking's source in the text."""

    def __init__(self, document: Document, row: Marking) -> None:
        self._document = document
        self._row = row

    def at(self, offset: int) -> int:
        """The place in the text of an offset in the marking's source."""
        row = self._row
        found = self._document.origin.to_text(row.span[0] + offset)
        return min(max(found, row.start), row.end)

    def __call__(self, start: int, end: int, words: str) -> tuple[int, int] | None:
        """Where `words` stand in the text; None unless the same ones stand there."""
        first, last = self.at(start), self.at(end)
        if first >= last:
            return None
        shown = self._document.text[first:last]
        return (first, last) if _bare(shown) == _bare(words) else None


def _bare(words: str) -> str:
    return _NO_WORDS.sub("", words)


def _pieces(row: Marking, place: _Places) -> list[_Piece]:
    """What is struck and written in, in the text of a marking, in its order; where one stands in
    the other, it counts. Marks of the notation that the text still has are left out."""
    if "~~" not in row.text and "^" not in row.text:
        return []
    struck = _marked(_STRUCK, DELETION, row, place)
    added = _marked(_ADDED, ADDITION, row, place)
    edges = sorted({edge for piece in (*struck, *added) for edge in piece[:2]})
    out: list[_Piece] = []
    i = j = 0
    for start, end in pairwise(edges):
        while i < len(struck) and struck[i].end <= start:
            i += 1
        while j < len(added) and added[j].end <= start:
            j += 1
        over = [p for p in (*struck[i : i + 1], *added[j : j + 1]) if p.start <= start]
        if over:
            inner = max(over, key=lambda piece: (piece.state == "mark", piece.start))
            out.append(_Piece(start, end, inner.state))
    return out


def _marked(
    pattern: re.Pattern[str], state: str, row: Marking, place: _Places
) -> list[_Piece]:
    found: list[_Piece] = []
    for match in pattern.finditer(row.text):
        inner = match.span("words") if match["words"] is not None else match.span("others")
        start, first, last, end = map(place.at, (match.start(), *inner, match.end()))
        found += (
            _Piece(start, first, "mark"),
            _Piece(first, last, state),
            _Piece(last, end, "mark"),
        )
    return [piece for piece in found if piece.start < piece.end]
