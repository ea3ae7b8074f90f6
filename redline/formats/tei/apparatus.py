"""Furniture and markings as TEI: `fw`, `stamp`, and `note` for what `fw` cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redline.formats.tei.banner import banner
from redline.formats.tei.escape import attribute, escape, storable, word
from redline.formats.tei.names import APPARATUS, SEGMENTS, Apparatus
from redline.formats.tei.parts import Parts, iso
from redline.formats.tei.pointers import Pointers
from redline.markings.dates import iso_slashed
from redline.markings.fields import NOTICE, Context, Fields, read_fields
from redline.markings.found import WITHHELD
from redline.model import Document, Furniture, Marking

__all__ = ["ApparatusWriter", "Written"]

_LINE = re.compile(r"[^\r\n\f]+")
_RULE_ROW = re.compile(r"[\s|:=-]+$")
_NAMED = re.compile(
    r"(?<!\d)(?P<date>(?:19|20)\d\d/\d\d?/\d\d?)(?!\d)"
    r"|(?P<idno>(?P<series>[A-Z]{2,6}-RDP)[\w-]{6,}|(?<!\w)C0\d{7}(?!\w))"
)


#: Acts that a stamp is part of a review for, and the forms that are for nothing else.
_REVIEWS = frozenset({"reviewed", "declassified"})
_REVIEW_FORMS = {"review-stamp": "cia", "review-box": "state"}
_REGULATION = re.compile(r"HR \d\d-\d+")
_STAMP = Apparatus("stamp", "")
_NOTHING_RELEASED = "none"
#: Running text before and after, on the same line and in the same cell.
_BEFORE = re.compile(r"\w[^\w\r\n\f|]*\Z")
_AFTER = re.compile(r"[^\w\r\n\f|]*\w")
_LINE_LENGTH = 40


class Written(NamedTuple):
    """Markup, and the name of its outermost element."""

    markup: str
    element: str


class ApparatusWriter:
    """Writes what stands at a place in the text, found by the span that hides it."""

    def __init__(self, document: Document, pointers: Pointers, context: Context) -> None:
        self._document = document
        self._text = document.text
        self._pointers = pointers
        self._context = context
        self._rows: dict[int, Marking | Furniture] = {}
        self._rows.update((row.start, row) for row in document.furniture)
        self._rows.update(
            (row.start, row)
            for row in document.markings
            if not (row.place == "inline" and (row.kind in SEGMENTS or row.rule == WITHHELD))
        )
        self._reviews = {
            id_
            for step in document.classification.history
            if step.action in _REVIEWS
            for id_ in step.evidence
        }
        self._read: dict[tuple[str, str], Fields] = {}
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

    # -- markings ---------------------------------------------------------------------------

    def _marking(self, row: Marking) -> Written:
        pointers = self._pointers
        level = pointers.level(row.is_ or row.was)
        kind = APPARATUS.get(row.kind) or Apparatus("fw", word(row.kind))
        if row.kind == "banner":
            attributes = _meaning(row, level)
            return self._element(kind, banner(row, pointers), attributes, row.place, row.id)
        if row.rule == NOTICE:
            number = f' n="{attribute(row.fields["notice"])}"' + _meaning(row)
            content, _ = self._content(row, self._fields(row))
            return self._element(Apparatus("fw", NOTICE), content, number, row.place, row.id)
        fields = self._fields(row)
        content, has_table = self._content(row, fields)
        if row.kind == "exemption":
            return self._exemption(row, kind, content)
        attributes = ""
        act = None
        if row.kind == "release":
            if row.fields.get("extent") != _NOTHING_RELEASED:
                act = pointers.act("released")
            when = iso(row.fields.get("date"))
            if when:
                kind = kind._replace(inside=f' when="{when}"')
        elif kind.element == "stamp":
            if fields.form in _REVIEW_FORMS or row.id in self._reviews:
                attributes = _subtype(fields)
            else:
                kind = _STAMP
        attributes += _meaning(row, act, level)
        if has_table:
            # A table may stand in a note, and in nothing else of these.
            kind = APPARATUS["form"]._replace(stage=kind.stage)
        return self._element(kind, content, attributes, row.place, row.id)

    def _fields(self, row: Marking) -> Fields:
        """What a marking says; read once, however many pages repeat it."""
        key = NOTICE if row.rule == NOTICE else row.kind, row.text
        if key not in self._read:
            self._read[key] = read_fields(*key, self._context)
        return self._read[key]

    def _exemption(self, row: Marking, kind: Apparatus, content: str) -> Written:
        """A code in the margin; where it stands in a line of text, a gap before it.

        With words of the text on both sides, on its own line, a code stands in the place of what
        was withheld. A code that has a line for itself, or stands at the edge of one, stood in
        the margin: nothing says that text is missing just there.
        """
        ana = self._pointers.exemptions(row.fields.get("code"))
        note = self._element(kind, content, _meaning(row, ana), row.place, row.id)
        if not self._in_a_line(row):
            return note
        why = f' ana="{ana}"' if ana else ""
        gap = f'<gap reason="redacted"{why} extent="unknown"/>'
        return Written(gap + note.markup, note.element)

    def _in_a_line(self, row: Marking) -> bool:
        source = self._document.source.text
        start, end = row.span
        if source[start:end] != row.text:
            return False
        before = _BEFORE.search(source, max(0, start - _LINE_LENGTH), start)
        after = _AFTER.match(source, end, end + _LINE_LENGTH)
        return before is not None and after is not None

    def _content(self, row: Marking, fields: Fields) -> tuple[str, bool]:
        """The lines of a marking, and whether some of them are a table."""
        parts = Parts(self._document, row, fields, self._pointers)
        out: list[str] = []
        rows: list[str] = []
        is_line = has_table = False
        for match in _LINE.finditer(self._text, row.start, row.end):
            start, end = _trimmed(self._text, *match.span())
            if start == end:
                continue
            if self._text[start] != "|":
                if rows:
                    out.append(_table(rows))
                    rows = []
                if is_line:
                    out.append("<lb/>")
                out.append(parts.words(start, end))
                is_line = True
                continue
            is_line, has_table = False, True
            if not _RULE_ROW.match(self._text, start, end):
                cells = _cells(self._text, start, end)
                rows.append("".join(f"<cell>{parts.words(*cell)}</cell>" for cell in cells))
        if rows:
            out.append(_table(rows))
        return "".join(out), has_table

    def _element(
        self,
        kind: Apparatus,
        content: str,
        attributes: str,
        place: str | None,
        marking: str | None = None,
    ) -> Written:
        head = self._pointers.name(marking) if marking else ""
        if kind.type:
            head += f' type="{kind.type}"'
        if (kind.place or place) and kind.element != "stamp":  # the schema gives it none
            head += f' place="{kind.place or word(place or "")}"'
        if kind.stage:
            head += f' change="{self._pointers.stage(kind.stage)}"'
        if kind.inner:
            content = f'<stamp type="{kind.inner}"{kind.inside}>{content}</stamp>'
        markup = f"<{kind.element}{head}{attributes}>{content}</{kind.element}>"
        return Written(markup, kind.element)

    def _lines(self, start: int, end: int) -> str:
        """The lines of a piece of apparatus; dates and numbers of the archive as what they are."""
        lines = (m[0].strip() for m in _LINE.finditer(self._text, start, end))
        return "<lb/>".join(_named(line) for line in lines if line)


def _meaning(row: Marking, *pointers: str | None) -> str:
    """What a marking means, and how sure that is."""
    ana = " ".join(filter(None, pointers))
    cert = f' cert="{row.cert}"' if row.cert != "high" else ""
    return f' ana="{ana}"{cert}' if ana else cert


def _subtype(fields: Fields) -> str:
    """Whose stamp it is, and by which regulation where it names one."""
    of = _REVIEW_FORMS.get(fields.form)
    if of is None:
        return ""
    authority = fields.get("authority")
    named = str(authority.value) if authority is not None else ""
    if _REGULATION.fullmatch(named):
        of += "-" + named.replace(" ", "").lower()
    return f' subtype="{of}"'


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    kept = words.lstrip()
    start = end - len(kept)
    return start, start + len(kept.rstrip())


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a row with bars around it, or only before it."""
    while start < end and text[start] == "|":
        start += 1
    while start < end and text[end - 1] == "|":
        end -= 1
    while True:
        bar = text.find("|", start, end)
        yield _trimmed(text, start, end if bar < 0 else bar)
        if bar < 0:
            return
        start = bar + 1


def _table(rows: list[str]) -> str:
    return "<table>" + "".join(f"<row>{row}</row>" for row in rows) + "</table>"


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
