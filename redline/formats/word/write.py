"""A document as a Word file: its revisions are tracked changes.

Accepting them all gives the final text, rejecting them all the draft, paragraph for paragraph
(see `redline.formats.word.flow`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from redline.facts import file_name
from redline.formats.tei.escape import attribute
from redline.formats.word.body import Body, plain_run
from redline.formats.word.changes import Changes
from redline.formats.word.flow import Flow, Paragraph, Piece
from redline.formats.word.names import ASIDE, HEADINGS, MARGIN, NAMESPACE, PARAGRAPH_STYLES
from redline.formats.word.package import OFFICE, Part, build, opc
from redline.formats.word.paper import Edge, Paper
from redline.formats.word.styles import XML, core, custom, numbering, settings, styles
from redline.model import Block, Document, Note
from redline.spans import ADDITION, DELETION

__all__ = ["to_docx"]

_SPACES = f'xmlns:w="{NAMESPACE}" xmlns:r="{OFFICE}"'
_PAPER = ('<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
          'w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>')
#: Which header or footer is meant, until it is known what it is called.
_REFERENCE = re.compile("\x00(\\d+)\x00")
_LETTER = re.compile(r"[A-Za-z]")


def to_docx(document: Document) -> bytes:
    """The bytes of a .docx file. The same document gives the same bytes.

    Raises `FormatError` where python-docx is not installed.
    """
    opc()
    return _Writer(document).package()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.flow = Flow(document)
        self.changes = Changes(document)
        self.body = Body(document, self.changes, self._point)
        self.blocks = sorted(
            (b for b in document.blocks if b.kind != "note" and self._has_text(b)),
            key=lambda block: block.start,
        )
        self.paper = Paper(document, self.flow, self.blocks)
        self.notes: list[Note] = []
        self.comments: list[tuple[str, str, int | None, int | None]] = []
        self.lists: list[tuple[str, int, int]] = []
        self._running: dict[int, tuple[str, str, int]] = {}
        self._by_id = {note.id: note for note in document.notes}
        self._written: set[str] = set()
        self._in_note = False
        self.edges: dict[tuple[str, Edge], int] = {}
        self.beyond: dict[int, list[int]] = {}
        self.after = self._asides()

    def _has_text(self, block: Block) -> bool:
        return bool(block.cells) or block.end > block.start

    # -- the parts ----------------------------------------------------------------------------

    def package(self) -> bytes:
        content = "".join(self._content())
        title = file_name(self.document)
        footnotes = self._footnotes()
        comments = self._comments()
        parts = [
            Part("styles", "styles", styles()),
            Part("settings", "settings", settings(notes=bool(self.notes))),
            *([Part("numbering", "numbering", numbering(self.lists))] if self.lists else []),
            *([Part("footnotes", "footnotes", footnotes)] if self.notes else []),
            *([Part("comments", "comments", comments)] if self.comments else []),
        ]
        first = len(parts) + 1
        parts += [Part(key[0], f"{key[0]}{k + 1}", self._edge(*key))
                  for key, k in self.edges.items()]
        content = _REFERENCE.sub(lambda m: f"rId{first + int(m[1])}", content)
        parts += [
            Part("core", "core", core(title, self.changes.date)),
            Part("custom", "custom", custom(self.changes.stages())),
        ]
        main = f"{XML}<w:document {_SPACES}><w:body>{content}</w:body></w:document>"
        return build([Part("document", "document", main), *parts])

    def _content(self) -> Iterator[str]:
        """The blocks, with a section at each page whose edges are not those of the page before."""
        sheets = [sheet for sheet in self.paper.sheets if sheet.block is not None]
        breaks = {sheet.block: sheet for sheet in sheets}
        edges: tuple[Edge, Edge] = ((), ())
        if self.paper.sheets:
            edges = self.paper.sheets[0].header, self.paper.sheets[0].footer
        row: list[int] = []
        turned: set[int] = set()
        for k in range(len(self.blocks)):
            sheet = breaks.get(k)
            if sheet is not None and k:
                if (sheet.header, sheet.footer) != edges:
                    yield from self._section(row, turned, self._sect(*edges))
                    row, edges = [], (sheet.header, sheet.footer)
                else:
                    turned.add(k)
            row.append(k)
        yield from self._section(row, turned, "")
        if self.after:  # there is no text that they stand beside
            yield f"<w:p>{''.join(map(self._comment, self.after.pop('', ())))}</w:p>"
        yield self._sect(*edges)

    def _sect(self, header: Edge, footer: Edge) -> str:
        out = ""
        for kind, edge in (("header", header), ("footer", footer)):
            key = (kind, edge)
            number = self.edges.setdefault(key, len(self.edges))
            out += f'<w:{kind}Reference w:type="default" r:id="\x00{number}\x00"/>'
        return f'<w:sectPr>{out}<w:type w:val="nextPage"/>{_PAPER}</w:sectPr>'

    def _section(self, row: Sequence[int], turned: set[int], sect: str) -> Iterator[str]:
        """Blocks up to the end of a section, whose last paragraph holds what the section is."""
        at = 0
        after_table = False
        while at < len(row):
            block = self.blocks[row[at]]
            if block.cells:
                if after_table:
                    yield "<w:p/>"
                yield self._table(block)
                after_table, at = True, at + 1
                continue
            stop = at
            while stop < len(row) and not self.blocks[row[stop]].cells:
                stop += 1
            last = sect if stop == len(row) else ""
            made = list(self._paragraphs(row[at:stop], turned, last))
            if made:
                yield from made
                after_table = False
                sect = "" if last else sect
            at = stop
        if sect:
            yield f"<w:p><w:pPr>{sect}</w:pPr></w:p>"
        elif after_table or not row:
            yield "<w:p/>"

    def _paragraphs(self, row: Sequence[int], turned: set[int], sect: str) -> Iterator[str]:
        blocks = [self.blocks[k] for k in row]
        starts = {self.blocks[k].id for k in row if k in turned}
        found = self.flow.paragraphs([(b, b.start, b.end) for b in blocks])
        shaped = ""
        for n, paragraph in enumerate(found):
            block = paragraph.block
            begins = block.id != shaped
            shaped = block.id
            shape = self._shape(block, turned=begins and block.id in starts, begins=begins)
            tail = sect if n + 1 == len(found) else ""
            head = "".join(map(self._comment, self.after.pop(block.id, ())))
            yield self.body.paragraph(paragraph, shape, tail, head)

    # -- blocks -------------------------------------------------------------------------------

    def _shape(self, block: Block, *, turned: bool = False, begins: bool = True) -> str:
        """The properties of a block's paragraphs, in the order that the schema wants."""
        style = indent = number = ""
        if block.kind == "heading":
            style = f"Heading{min(block.level or 1, HEADINGS)}"
        elif block.kind in PARAGRAPH_STYLES:
            style = PARAGRAPH_STYLES[block.kind].id
        if block.kind in ("list-item", "paragraph", "heading") and begins:
            number = self._number(block)
        if block.kind == "list-item" and not number:
            indent = f'<w:ind w:left="{720 * min(block.level or 1, 9)}"/>'
        return "".join((
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "<w:pageBreakBefore/>" if turned else "",
            number,
            indent,
        ))

    def _number(self, block: Block) -> str:
        """The number of a list item that has none in its text."""
        words = self.document.text[block.start : block.end].lstrip()
        n = block.n
        if (n is None and block.kind != "list-item") or (n and words.startswith(n)):
            return ""
        level = min((block.level or 1) - 1, 8) if block.kind == "list-item" else 0
        form, value = _counted(n)
        before = self._running.get(level)
        key = len(self.lists)
        if before is not None and before[0] == form and (
            form == "bullet" or before[2] + 1 == value
        ):
            key = int(before[1])
        else:
            self.lists.append((form, level, value))
            key = len(self.lists)
        self._running[level] = form, str(key), value
        for deeper in [each for each in self._running if each > level]:
            del self._running[deeper]
        return (f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')

    def _table(self, block: Block) -> str:
        width = max(map(len, block.cells))
        grid = "".join(f'<w:gridCol w:w="{9360 // width}"/>' for _ in range(width))
        rows = []
        for row in block.cells:
            cells = []
            states = [self.flow.states(*cell) for cell in row]
            for n, (start, end) in enumerate(row):
                found = self.flow.paragraphs([(block, start, end)])
                head = "".join(map(self._comment, self.after.pop(block.id, ())))
                inner = "".join(
                    self.body.paragraph(p, "", head=head if k == 0 else "")
                    for k, p in enumerate(found)
                ) or f"<w:p>{head}</w:p>"
                span = width - len(row) + 1 if n + 1 == len(row) else 1
                merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
                cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{9360 // width * span}" w:type="dxa"/>'
                             f"{merged}</w:tcPr>{inner}</w:tc>")
            rows.append(f"<w:tr>{self._row_mark(row, states)}{''.join(cells)}</w:tr>")
        return ('<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
                f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")

    def _row_mark(
        self, row: Sequence[tuple[int, int]], states: Sequence[tuple[bool, bool]]
    ) -> str:
        """A row is inserted or deleted where all that is in it is."""
        draft = any(state[0] for state in states)
        final = any(state[1] for state in states)
        if draft == final:
            return ""
        kind, tag = (ADDITION, "ins") if final else (DELETION, "del")
        start, end = row[0][0], row[-1][1]
        by = self.flow.act_in(kind, start, end)
        return f"<w:trPr><w:{tag} {self.changes.of(by)}/></w:trPr>"

    # -- headers, notes, comments -------------------------------------------------------------

    def _edge(self, kind: str, lines: Edge) -> str:
        style = "Header" if kind == "header" else "Footer"
        tag = "hdr" if kind == "header" else "ftr"
        out = []
        for line in lines:
            runs = []
            for words, state in line:
                run = plain_run(words, deleted=state == DELETION)
                if state:
                    mark = "w:ins" if state == ADDITION else "w:del"
                    run = f"<{mark} {self.changes.said('regrade')}>{run}</{mark}>"
                runs.append(run)
            out.append(_styled(style, "".join(runs)))
        return f"{XML}<w:{tag} {_SPACES}>{''.join(out) or _styled(style, '')}</w:{tag}>"

    def _point(self, piece: Piece) -> str:
        """What a point is: a reference to a note, or the place where a page turned."""
        span = piece.spans[0]
        if span.kind.startswith("pb") and piece.start in self.paper.turns:
            said = "".join(map(self._comment, self.beyond.pop(piece.start, ())))
            return f"{said}<w:r><w:lastRenderedPageBreak/></w:r>"
        note = self._by_id.get(span.id) if span.kind == "noteref" else None
        if note is None or note.id in self._written or self._in_note:
            return ""
        self._written.add(note.id)
        self.notes.append(note)
        return ('<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>')

    def _asides(self) -> dict[str, list[int]]:
        """Comments, by the block that they stand beside: stamps, codes, notes in the margin."""
        for at, asides in self.paper.beyond.items():
            first = len(self.comments)
            self.comments += [(str(first + k), ASIDE.format(each.kind) + each.words, None, None)
                              for k, each in enumerate(asides)]
            self.beyond[at] = list(range(first, len(self.comments)))
        referred = {s.id for s in self.document.spans if s.kind == "noteref"}
        found: list[tuple[int, str, int | None, int | None]] = [
            (aside.start, ASIDE.format(aside.kind) + aside.words, None, None)
            for aside in self.paper.asides
        ]
        for note in self.document.notes:
            if note.id not in referred and note.start is not None and note.end is not None:
                label = f"[{note.n}] " if note.n else ""
                label = ASIDE.format(note.kind) if note.kind == MARGIN else label
                at = note.at if note.at is not None else note.start
                found.append((at, label, note.start, note.end))
        blocks = [b for b in self.blocks if b.cells or self.flow.shown(b.start, b.end)]
        starts = [block.start for block in blocks]
        turns = [page.start for page in self.document.pages]
        out: dict[str, list[int]] = {}
        for at, words, start, end in sorted(found, key=lambda each: each[0]):
            self.comments.append((str(len(self.comments)), words, start, end))
            k = max(0, bisect_right(starts, at) - 1)
            if blocks and blocks[k].end <= at and k + 1 < len(starts) and (
                bisect_right(turns, at) == bisect_right(turns, starts[k + 1])
            ):
                k += 1  # it stands before that one, on the same page
            name = blocks[k].id if blocks else ""
            out.setdefault(name, []).append(len(self.comments) - 1)
        return out

    def _comment(self, number: int) -> str:
        return ('<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
                f'<w:commentReference w:id="{number}"/></w:r>')

    def _comments(self) -> str:
        rows = []
        for number, label, start, end in self.comments:
            inner = "".join(
                _styled("CommentText", plain_run(line)) for line in label.split("\n") if line
            )
            if start is not None and end is not None:
                inner = self._words_of_note(start, end, "CommentText",
                                            plain_run(label) if label else "")
            inner = inner or _styled("CommentText", "")
            rows.append(f'<w:comment w:id="{number}" w:author="redline" '
                        f'w:date="{self.changes.date}" w:initials="r">{inner}</w:comment>')
        return f"{XML}<w:comments {_SPACES}>{''.join(rows)}</w:comments>"

    def _footnotes(self) -> str:
        rows = [
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p>'
            "</w:footnote>"
            for kind, number, tag in (("separator", -1, "separator"),
                                      ("continuationSeparator", 0, "continuationSeparator"))
        ]
        label = ('<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
                 + plain_run(" "))
        for number, note in enumerate(self.notes, 1):
            inner = ""
            if note.start is not None and note.end is not None:
                inner = self._words_of_note(note.start, note.end, "FootnoteText", label)
            inner = inner or _styled("FootnoteText", label)
            rows.append(f'<w:footnote w:id="{number}">{inner}</w:footnote>')
        return f"{XML}<w:footnotes {_SPACES}>{''.join(rows)}</w:footnotes>"

    def _words_of_note(self, start: int, end: int, style: str, head: str) -> str:
        self._in_note = True
        block = Block("", "note", None, None, 1, (0, 0), start, end)
        found: list[Paragraph] = self.flow.note(block, start, end)
        shape = f'<w:pStyle w:val="{style}"/>'
        out = "".join(
            self.body.paragraph(p, shape, head=head if k == 0 else "")
            for k, p in enumerate(found)
        )
        self._in_note = False
        return out


def _styled(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{attribute(style)}"/></w:pPr>{runs}</w:p>'


def _counted(n: str | None) -> tuple[str, int]:
    """The format of a list number, and its value."""
    label = (n or "").strip("().: ")
    if label.isascii() and label.isdecimal() and int(label) < 32768:
        return "decimal", int(label)
    if len(label) == 1 and _LETTER.match(label):
        form = "lowerLetter" if label.islower() else "upperLetter"
        return form, ord(label.lower()) - ord("a") + 1
    return "bullet", 1
