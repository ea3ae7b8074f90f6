"""Furniture and markings as TEI: `fw`, `stamp`, and `note` for what `fw` cannot hold."""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.formats.tei.banner import banner
from redline.formats.tei.dates import iso_slashed
from redline.formats.tei.escape import attribute, escape, storable, word
from redline.formats.tei.names import APPARATUS, Apparatus
from redline.formats.tei.pointers import Pointers
from redline.model import Document, Furniture, Marking

__all__ = ["ApparatusWriter", "Written"]

_LINE = re.compile(r"[^\r\n\f]+")
_RULE_ROW = re.compile(r"[\s|:=-]+$")
_NAMED = re.compile(
    r"(?<!\d)(?P<date>(?:19|20)\d\d/\d\d?/\d\d?)(?!\d)"
    r"|(?P<idno>(?P<series>[A-Z]{2,6}-RDP)[\w-]{6,}|(?<!\w)C0\d{7}(?!\w))"
)


class Written(NamedTuple):
    """Markup, and the name of its outermost element."""

    markup: str
    element: str


class ApparatusWriter:
    """Writes what stands at a place in the text, found by the span that hides it."""

    def __init__(self, document: Document, pointers: Pointers) -> None:
        self._text = document.text
        self._pointers = pointers
        self._rows: dict[int, Marking | Furniture] = {}
        self._rows.update((row.start, row) for row in document.furniture)
        self._rows.update((row.start, row) for row in document.markings)
        self._until = 0  # before this the text is that of a row already written

    def write(self, start: int, end: int) -> Written:
        """The apparatus whose hidden text is text[start:end]. A second line of one: nothing."""
        row = self._rows.get(start)
        if row is None:
            if end <= self._until:
                return Written("", "")
            return self._element(Apparatus("fw", "furniture"), self._lines(start, end), "", None)
        self._until = row.end
        if isinstance(row, Marking):
            return self._marking(row)
        kind = APPARATUS.get(row.kind) or Apparatus("fw", word(row.kind))
        number = f' n="{attribute(row.n)}"' if row.n else ""
        return self._element(kind, self._lines(row.start, row.end), number, row.place)

    def _marking(self, row: Marking) -> Written:
        pointers = self._pointers
        attributes = ""
        ana = pointers.level(row.is_ or row.was)
        if ana:
            attributes = f' ana="{ana}"'
        if row.cert != "high":
            attributes += f' cert="{row.cert}"'
        if row.kind == "banner":
            return self._element(APPARATUS["banner"], banner(row, pointers), attributes, row.place)
        kind = APPARATUS.get(row.kind) or Apparatus("fw", word(row.kind))
        lines = [match[0].strip() for match in _LINE.finditer(self._text, row.start, row.end)]
        if kind.element == "stamp" and lines and all(line.startswith("|") for line in lines):
            return self._element(APPARATUS["form"], _table(lines), attributes, row.place)
        return self._element(kind, self._lines(row.start, row.end), attributes, row.place)

    def _element(
        self, kind: Apparatus, content: str, attributes: str, place: str | None
    ) -> Written:
        head = f' type="{kind.type}"'
        if (kind.place or place) and kind.element != "stamp":  # the schema gives it none
            head += f' place="{kind.place or word(place or "")}"'
        if kind.stage:
            head += f' change="{self._pointers.stage(kind.stage)}"'
        if kind.inner:
            content = f'<stamp type="{kind.inner}">{content}</stamp>'
        markup = f"<{kind.element}{head}{attributes}>{content}</{kind.element}>"
        return Written(markup, kind.element)

    def _lines(self, start: int, end: int) -> str:
        """The lines of a piece of apparatus; dates and numbers of the archive as what they are."""
        lines = (m[0].strip() for m in _LINE.finditer(self._text, start, end))
        return "<lb/>".join(_named(line) for line in lines if line)


def _named(line: str) -> str:
    out, at = [], 0
    for match in _NAMED.finditer(line):
        out.append(escape(storable(line[at : match.start()])))
        at = match.end()
        if match["date"]:
            when = iso_slashed(match["date"])
            known = f' when="{when}"' if when else ""
            out.append(f"<date{known}>{match[0]}</date>")
        else:
            series = f' type="{match["series"]}"' if match["series"] else ""
            out.append(f"<idno{series}>{escape(match[0])}</idno>")
    out.append(escape(storable(line[at:])))
    return "".join(out)


def _table(lines: list[str]) -> str:
    """The rows of a box: a table may stand in a note."""
    rows = []
    for line in lines:
        if _RULE_ROW.match(line):
            continue
        cells = line.strip("|").split("|")
        rows.append("".join(f"<cell>{escape(storable(cell.strip()))}</cell>" for cell in cells))
    if not rows:
        return ""
    return "<table>" + "".join(f"<row>{row}</row>" for row in rows) + "</table>"
