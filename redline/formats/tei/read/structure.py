"""Blocks, pages, tables and notes of a file, as the walk comes upon them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from redline.formats.tei.read import table
from redline.formats.tei.read.build import Builder
from redline.model import Block, Furniture, Note, Page
from redline.source import Source

__all__ = ["Apparatus", "Open", "Structure"]

Attributes = dict[str, str]
_NOTE_KINDS = {"margin": "margin", "editorial": "editorial"}
_FALSE = frozenset({"false", "0"})
#: Notes that are apparatus of the page.
_FORMS = frozenset({"form", "exemption"})
_EVIDENCE = {True: (), False: ("page-mark",)}


class Apparatus(NamedTuple):
    """An element that may be a marking: its range in the source and in the text; on which page.

    `row` is the index of the furniture it is, where it is no marking; -1 in running text.
    """

    local: str
    attributes: Attributes
    start: int
    end: int
    first: int
    last: int
    page: int
    row: int


class Open:
    """A block that is open."""

    __slots__ = ("attributes", "breaks", "local", "said", "source", "start", "unsettled")

    def __init__(self, local: str, attributes: Attributes, start: int, source: int) -> None:
        self.local = local
        self.attributes = attributes
        self.start = start
        self.source = source
        self.breaks: list[int] = []  # the spaces that line breaks are
        self.said = False  # whether it has words that some reading sees
        self.unsettled = False  # a break stands beside white space in one of the readings


class Structure(Builder):
    """Keeps what is open; `unread` counts the open elements whose text no reading has."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.block: Open | None = None
        self.blocks: list[Block] = []
        self.unsettled: list[tuple[Open, int]] = []
        self.unread = 0
        self.in_note = 0
        self.draft = [False, False]  # whether the text seen last was white space, or a break
        self.final = [False, False]
        self.broken: tuple[int, int] | None = None
        self.pages: list[dict[str, Any]] = []
        self.notes: list[Note] = []
        self.inner: list[tuple[int, str | None, tuple[int, int], int]] = []  # references in notes
        self.furniture: list[Furniture] = []
        self.apparatus: list[Apparatus] = []  # what may be a marking
        self.tables: list[list[list[tuple[int, int]]]] = []
        self.depth = 0
        self.lists = 0
        self.wanted: frozenset[str] = frozenset()
        self.moved_to: dict[str, tuple[int, str]] = {}  # the transposition and its stage
        self.ours = False  # whether redline wrote the file
        self.verbatim = 0
        self._outer: list[tuple[str, Attributes]] = []

    # -- blocks -------------------------------------------------------------------------------

    def _block(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if self.unread:
            if self.length > self.edge and not self.ends_in_space():
                self.supply("\n", start)
            return None, None
        if local != "cell" and any(name == "cell" for name, _ in self._outer):
            if self.block is not None and self.length > self.block.start:
                self.supply(" ", start)  # paragraphs of one cell
            return None, None
        self.finish_block(start)
        self._outer.append((local, attributes))
        self.block = Open(local, attributes, self.length, start)
        keeps = attributes.get("xml:space") == "preserve"
        self.verbatim += keeps
        self._fresh()
        return self._end_block, keeps

    def _fresh(self) -> None:
        self.draft, self.final, self.broken = [False, False], [False, False], None

    def stray_block(self, start: int, around: Iterable[str]) -> None:
        """Words that stand in no leaf block are a block of their own."""
        for local in around:
            if local in table.BLOCKS and self._outer:
                name, attributes = self._outer[-1]
                self.block = Open(name, attributes, self.length, start)
                break
            if local in table.CONTAINERS:
                self.block = Open("ab", {}, self.length, start)
                break
        else:
            self.block = Open("ab", {}, self.length, start)
        self._fresh()

    def _end_block(self, keeps: bool, at: int) -> None:
        self.finish_block(at)
        self._outer.pop()
        self.verbatim -= keeps

    def finish_block(self, at: int) -> None:
        """The block that is open ends here."""
        block, self.block = self.block, None
        if block is None:
            return
        start, end = block.start, self.length
        is_cell = bool(self.tables and self.tables[-1])
        if not block.said and not (is_cell and block.local == "cell"):
            if start < end:
                self.supply("\n", at)
            return
        if block.unsettled:
            self.unsettled.append((block, end))
        if is_cell:
            self.tables[-1][-1].append((start, end))
        else:
            self._add(block, start, end, at)
        self.supply("\n", at)

    def _add(self, block: Open, start: int, end: int, at: int) -> None:
        row = table.BLOCKS[block.local]
        attributes = block.attributes
        kind, role, level = row.kind, row.role, None
        if block.local == "ab" and attributes.get("type") in table.LEAF_KINDS:
            kind, role = attributes["type"], attributes.get("subtype")
        elif block.local == "ab" and "type" in attributes:
            role = attributes["type"]
        elif block.local == "head":
            role = attributes.get("type")
        if kind == "heading":
            level = max(1, self.depth)
        elif kind == "list-item":
            level = max(1, self.lists)
        elif kind == "table":
            kind = "paragraph"
        number = attributes.get("n")
        self.blocks.append(
            Block("", kind, number, level, len(self.pages), (block.source, at), start, end, role)
        )

    # -- containers ---------------------------------------------------------------------------

    def _division(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if self.unread:
            return None, None
        self.finish_block(start)
        outer, number = self.depth, attributes.get("n", "")
        self.depth = int(number) if self.ours and number.isdecimal() else outer + 1
        return self._end_division, outer

    def _end_division(self, outer: int, at: int) -> None:
        self.finish_block(at)
        self.depth = outer

    def _list(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if self.unread:
            return None, None
        self.finish_block(start)
        outer, number = self.lists, attributes.get("n", "")
        self.lists = int(number) if self.ours and number.isdecimal() else outer + 1
        return self._end_list, outer

    def _end_list(self, outer: int, at: int) -> None:
        self.finish_block(at)
        self.lists = outer

    def _table(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if self.unread:
            return None, None
        self.finish_block(start)
        self.tables.append([])
        return self._end_table, start

    def _row(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if self.tables and not self.unread:
            self.tables[-1].append([])
        return None, None

    def _end_table(self, start: int, at: int) -> None:
        self.finish_block(at)
        rows = tuple(tuple(row) for row in self.tables.pop() if row)
        if rows:
            first, last = rows[0][0][0], rows[-1][-1][1]
            self.blocks.append(
                Block("", "table", None, None, len(self.pages), (start, at), first, last,
                      cells=rows)
            )

    # -- what no reading has --------------------------------------------------------------------

    def _hidden(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        kind = table.HIDDEN[local]
        k = self.open(kind, "", start, end)
        self.unread += 1
        return self._end_hidden, (k, local, attributes, start)

    def _end_hidden(self, data: tuple[int, str, Attributes, int], at: int) -> None:
        k, local, attributes, start = data
        self.unread -= 1
        self.close(k, at)
        if self.block is None and self.kinds[k] == "furniture":
            self.supply("\n", at)
        if self.kinds[k] == "furniture" and not self.unread:
            name = f"f{len(self.furniture) + 1}"
            self.ids[k] = name
            self.apparatus.append(
                Apparatus(local, attributes, start, at, self.starts[k], self.ends[k],
                          max(1, len(self.pages)), len(self.furniture))
            )
            kind = attributes.get("type") or local
            place = attributes.get("place", "inline")
            kind = {"pageNum": "page-number"}.get(kind, kind)
            self.furniture.append(
                Furniture(name, kind, max(1, len(self.pages)), place, attributes.get("n"),
                          (start, at), self.starts[k], self.ends[k])
            )

    def _note(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if attributes.get("type") in _FORMS or self.unread:
            k = self.open("furniture", "", start, end)
            self.unread += 1
            return self._end_hidden, (k, local, attributes, start)
        name = f"n{len(self.notes) + 1}"
        kind = _NOTE_KINDS.get(attributes.get("type") or attributes.get("place", ""), "footnote")
        number = attributes.get("n")
        at = None
        anchored = attributes.get("anchored", "true") not in _FALSE
        if self.block is not None and kind == "footnote" and anchored:
            at = self.length
            k = self.open("noteref", name, start, end)
            self.supply(number or "", start)
            self.close(k, end)
        k = self.open("note", name, start, end)
        self.unread += 1
        self.in_note += 1
        self.notes.append(Note(name, number, kind, None, None, at, self.length, self.length))
        return self._end_note, (k, len(self.notes) - 1, start, end)

    def _end_note(self, data: tuple[int, int, int, int], at: int) -> None:
        k, number, start, end = data
        self.unread -= 1
        self.in_note -= 1
        self.close(k, at)
        note = self.notes[number]
        first = self.starts[k]
        reference = (start, end) if note.at is not None else None
        place = first if note.at is None and note.kind != "footnote" else note.at
        self.notes[number] = note._replace(
            reference=reference, body=(start, at), at=place, start=first, end=self.length
        )
        if note.kind == "footnote":
            self.blocks.append(
                Block("", "note", note.n, None, max(1, len(self.pages)), (start, at), first,
                      self.length)
            )
        if self.block is None:
            self.supply("\n", at)

    def _pointer(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        if attributes.get("type") != "note":
            return self._element(local, attributes, start, end)
        name = f"n{len(self.notes) + 1}"
        k = self.open("noteref", name, start, end)
        at = self.length
        self.supply(attributes.get("n", ""), start)
        self.close(k, end)
        if not self.unread:
            self.notes.append(
                Note(name, attributes.get("n"), "footnote", (start, end), None, at, None, None)
            )
        elif self.in_note:
            self.inner.append((k, attributes.get("n"), (start, end), at))
        return None, None

    def join_references(self) -> None:
        """A reference in a note belongs to the note of its number, where there is just one."""
        for k, number, place, at in self.inner:
            found = [n for n, note in enumerate(self.notes) if note.n == number is not None]
            note = self.notes[found[0]] if len(found) == 1 else None
            if note is not None and note.reference is None and note.kind == "footnote":
                self.notes[found[0]] = note._replace(reference=place, at=at)
                self.ids[k] = note.id

    def _element(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        raise NotImplementedError

    # -- pages --------------------------------------------------------------------------------

    def _page_break(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        blank = not self.pages and not any(part.strip() for part in self.parts)
        if not self.pages and not blank:
            self.pages.append(
                {"start": 0, "source": 0, "n": None, "cert": "high", "why": ("start",)}
            )
        number = len(self.pages) + 1
        inferred = attributes.get("ed") == "inferred"
        cert = attributes.get("cert", "high")
        self.pages.append({
            "start": 0 if blank else self.length,
            "source": start,
            "n": attributes.get("n"),
            "cert": cert if cert in ("high", "medium", "low") else "high",
            "why": ("start",) if blank else _EVIDENCE[inferred],
        })
        if not blank:
            kept = attributes.get("break")
            if kept == "no" and len(attributes.get("rend", "")) == 1:
                k = self.open("softhyphen", "", start, end)
                self.supply(attributes["rend"], start)
                self.close(k, end)
            self.open(f"pb-{kept}" if kept in ("no", "maybe") else "pb", f"p{number}", start, end)
        return None, None

    def page_table(self) -> tuple[Page, ...]:
        """The pages; one for a paper without page breaks."""
        rows = self.pages or [
            {"start": 0, "source": 0, "n": None, "cert": "high", "why": ("start",)}
        ]
        counted = all(row["n"] == str(k) for k, row in enumerate(rows, 1))
        out = []
        for k, row in enumerate(rows):
            after = rows[k + 1] if k + 1 < len(rows) else {}
            source = (row["source"], after.get("source", len(self.raw)))
            out.append(
                Page(k + 1, None if counted else row["n"], source, row["cert"], row["why"],
                     row["start"], after.get("start", self.length))
            )
        return tuple(out)
