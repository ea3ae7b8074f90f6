"""Paragraphs, tables and pages of the main text.

Two paragraphs whose end between them was inserted or deleted are one block, with an empty line
in it that was inserted or deleted, wherever some reading has words on both sides of it. Where it
has not, they are two blocks: what no reading joins stays apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redline.formats.word.names import EDGES, MARGIN
from redline.formats.word.read.ends import groups_of, seen_ends
from redline.formats.word.read.looks import named
from redline.formats.word.read.parts import CHANGES, Region
from redline.formats.word.read.sheets import Lists, Shape, Styles, numbered
from redline.formats.word.read.tree import Node, chosen
from redline.formats.word.read.words import Words
from redline.layout.numbering import label_of
from redline.model import Block
from redline.reading import SEPARATOR, VERBATIM
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["Paragraph", "Story", "Turn"]

_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag"})
_CELLS = _AROUND | {"w:ins", "w:del", "w:moveTo", "w:moveFrom"}
#: What one sees, besides words.
_SEEN = frozenset({"w:br", "w:drawing", "w:pict", "w:footnoteReference", "w:endnoteReference"})
_INDENT = 720  # a level of a list, in twentieths of a point


class Paragraph(NamedTuple):
    """A paragraph as written down: its range, and the changes of its end.

    `draft` and `final`: whether that reading has words of it.
    """

    start: int
    end: int
    extent: tuple[int, int]
    shape: Shape
    n: str | None
    draft: bool
    final: bool
    inserted: bool
    deleted: bool
    blank: bool  # it has no text but what a page or a note has


class Turn(NamedTuple):
    """Where a page begins: in the text, in the source, and in which section."""

    start: int
    source: int
    section: int
    sure: bool


class Story(Words):
    """Writes down blocks. `edges` are called where a page ends and begins."""

    def __init__(self, source: Source, styles: Styles, lists: Lists) -> None:
        super().__init__(source, styles)
        self.lists = lists
        self.blocks: list[Block] = []
        self.leaves: list[tuple[int, int]] = []
        self.pages: list[Turn] = [Turn(0, 0, 0, True)]
        self.section = 0
        self.sections: list[Node | None] = []
        self._row: list[Paragraph] = []
        self._cells: list[list[Paragraph]] = []  # paragraphs of the cells that are open
        self._in_text = False
        self._here = Node("", {}, 0)  # the paragraph that is read, and where its text begins
        self._from = 0

    # -- blocks -------------------------------------------------------------------------------

    def story(self, nodes: Sequence[Node]) -> None:
        """Blocks in a row; the last paragraph before a table, or at the end, keeps its end."""
        self._level(nodes)
        self._finish()

    def _level(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            if node.name == "w:p":
                self._paragraph(node)
            elif node.name == "w:tbl":
                self._table(node)
            elif node.name in _AROUND:
                self._level(node.children)
            elif node.name == "mc:AlternateContent":
                self._level(chosen(node))
            elif node.name in ("w:altChunk", "w:subDoc"):
                self.told_once("word-unread", node, node.name.partition(":")[2])
            else:
                self.inline([node])

    def _finish(self) -> None:
        """The paragraphs since the last table become blocks."""
        row, self._row = self._row, []
        for group in groups_of(row):
            self._block([row[k] for k in group])

    def _paragraph(self, node: Node) -> None:
        properties = node.child("w:pPr")
        shape, n = self._shape(properties)
        if (properties is not None and properties.on("w:pageBreakBefore")) or _turns(node):
            self.turn(node, sure=properties is not None and properties.on("w:pageBreakBefore"))
        self.page_begins(node)
        self._asides_before(node)
        outer_said, self.said = self.said, {"draft": False, "final": False}
        start, self._in_text = self.length, True
        self._here, self._from = node, start
        known = len(self.spots)
        self.inline([each for each in node.children if each.name != "w:pPr"])
        self._in_text = False
        mark = properties.child("w:rPr") if properties is not None else None
        changes = {
            CHANGES[each.name]: each
            for each in (mark.children if mark is not None else ()) if each.name in CHANGES
        }
        if properties is not None:
            for name in ("w:pPrChange", "w:sectPrChange"):
                self._reshaped(properties, name, node.end)
        end = self.length
        hidden = sum(spot.end - spot.start for spot in self.spots[known:])
        number = n
        if n is None and shape.kind in ("paragraph", "list-item"):
            number = label_of(self._head(start))
        made = Paragraph(start, end, (node.start, node.end), shape, number,
                         self.said["draft"], self.said["final"],
                         ADDITION in changes or bool(self.live[ADDITION]),
                         DELETION in changes or bool(self.live[DELETION]),
                         end - start <= hidden)
        self.said = outer_said
        regions = [self.changed(each, each.start, move=self.moves.get(each.name, ""))
                   for each in changes.values()]
        self.supply(SEPARATOR, node.end)
        for region in regions:
            self.unchanged(region, region.extent[0])
        (self._cells[-1] if self._cells else self._row).append(made)
        self._text_boxes()
        if properties is not None and properties.child("w:sectPr") is not None:
            self._section_ends(node)

    def _asides_before(self, block: Node) -> None:
        """What stands apart at the head of a block stands before it."""
        if self._cells or not self.asides:
            return
        for node in block.walk():
            if node.name == "w:commentReference":
                comment = self.comments.get(node.attributes.get("w:id", ""))
                if comment is not None and comment.kind not in ("", MARGIN, *EDGES):
                    self.stands_apart(node, comment)
            elif node.text or node.name in _SEEN:
                return

    def _head(self, start: int) -> str:
        """The first words of a paragraph that was just written."""
        size, k = self.length, len(self.parts)
        while k and size > start:
            k -= 1
            size -= len(self.parts[k])
        out = ""
        while k < len(self.parts) and len(out) < 16:
            out += self.parts[k]
            k += 1
        return out

    def _text_boxes(self) -> None:
        """What stands in text boxes comes after the paragraph they hang on."""
        boxes, self.boxes = self.boxes, []
        outer = self.foreign
        for box in boxes:
            self.foreign = self.ranges[-1] if outer is None else outer
            regions = [self.changed_again(each, box.node.start) for each in box.around]
            self._level(box.node.children)
            for region in reversed(regions):
                self.unchanged(region, box.node.end)
        self.foreign = outer

    def _shape(self, properties: Node | None) -> tuple[Shape, str | None]:
        """What a paragraph is, and its number where Word gives it one."""
        shape = self.styles.shape(properties.value("w:pStyle") if properties is not None else None)
        if properties is None:
            return shape, None
        level = properties.value("w:outlineLvl")
        if level is not None and level.isdecimal() and int(level) < 9 and shape.kind != "heading":
            shape = shape._replace(kind="heading", level=int(level) + 1)
        number = numbered(properties) or shape.number
        if number is not None and number[0] != "0":
            label = self.lists.label(number)
            if shape.kind == "heading":
                return shape, label
            depth = max(number[1] + 1, (shape.level or 1) if shape.kind == "list-item" else 1)
            return shape._replace(kind="list-item", level=depth), label
        if shape.kind == "list-item":
            indent = properties.child("w:ind")
            left = (indent.attributes.get("w:left") or "") if indent is not None else ""
            if left.isdecimal():
                shape = shape._replace(level=max(1, min(9, int(left) // _INDENT)))
        return shape, None

    def _reshaped(self, properties: Node, name: str, at: int) -> None:
        """A change of the look of a paragraph or a section, as an annotation."""
        holder: Node | None = properties
        inner = name.removesuffix("Change")
        if name == "w:sectPrChange":
            holder = properties.child("w:sectPr")
        change = holder.child(name) if holder is not None else None
        if change is None or holder is None:
            return
        who = change.attributes.get("w:author", "")
        what = "the paragraph" if inner == "w:pPr" else "the section"
        words = f"{who + ' ' if who else ''}changed {what} from {named(change.child(inner))}"
        self.annotate(f"{words} to {named(holder)}", at, at)

    def _block(self, group: list[Paragraph], *, cell: bool = False) -> None:
        """Paragraphs that are one block, with the ends that its readings have inside."""
        while group and not (group[0].draft or group[0].final) and group[0].blank:
            group = group[1:]
        while group and not (group[-1].draft or group[-1].final) and group[-1].blank:
            group = group[:-1]
        if not group:
            return
        ends = seen_ends(group)
        for k, (draft, final) in enumerate(ends[:-1]):
            at = group[k].end, group[k].end + len(SEPARATOR)
            extent = group[k].extent[1], group[k].extent[1]
            kind = DELETION if draft and not final else ADDITION if final and not draft else ""
            if not draft and not final:
                self.hide("layout", "", at[0], extent)
                self.spots[-1] = self.spots[-1]._replace(end=at[1])
            elif kind and not (group[k].inserted if kind == ADDITION else group[k].deleted):
                self._supplied_end(kind, at, extent)
        self.leaves.append((group[0].start, group[-1].end))
        if cell:
            return
        first = next((each for each in group if each.final), group[0])
        role = VERBATIM if len(group) > 1 else first.shape.role
        self.blocks.append(
            Block("", first.shape.kind, first.n, first.shape.level, 1,
                  (group[0].extent[0], group[-1].extent[1]), group[0].start, group[-1].end, role)
        )

    def _supplied_end(self, kind: str, at: tuple[int, int], extent: tuple[int, int]) -> None:
        """An end that one reading has and the other does not, though nobody changed the end:
        what stands beside it is there in one of them alone. Whoever did that did this."""
        near = [each for each in self.regions[-200:] if each.kind == kind and each.start <= at[1]]
        by = max(near, key=lambda each: each.end, default=None)
        region = Region(kind, by.author if by else "", by.date if by else "", "", at[0], extent[0])
        region.end = at[1]
        self.regions.append(region)

    # -- tables -------------------------------------------------------------------------------

    def _table(self, table: Node) -> None:
        if self._cells:  # a table in a cell is text of the cell
            for row in _inside(table, "w:tr"):
                for cell in _inside(row, "w:tc"):
                    self._level(cell.children)
            return
        self._finish()
        self.page_begins(table)
        self._asides_before(table)
        start = self.length
        rows: list[tuple[tuple[int, int], ...]] = []
        for row in _inside(table, "w:tr"):
            regions = self._table_changes(row.child("w:trPr"))
            cells: list[tuple[int, int]] = []
            for cell in _inside(row, "w:tc"):
                mine = self._table_changes(cell.child("w:tcPr"))
                cells.append(self._cell(cell))
                cells += self._covered(cell)
                for region in mine:
                    self.unchanged(region, cell.end)
            if cells:
                rows.append(tuple(cells))
            for region in regions:
                self.unchanged(region, row.end)
        if not rows:
            return
        self.blocks.append(
            Block("", "table", None, None, 1, (table.start, table.end), start, rows[-1][-1][1],
                  cells=tuple(rows))
        )

    def _table_changes(self, properties: Node | None) -> list[Region]:
        """The changes that properties of a row or a cell say it is."""
        found = properties.children if properties is not None else []
        return [self.changed(each, each.start) for each in found if each.name in CHANGES]

    def _covered(self, cell: Node) -> Iterator[tuple[int, int]]:
        """The places in its row that a cell covers besides its own: cells without words."""
        properties = cell.child("w:tcPr")
        span = properties.value("w:gridSpan") if properties is not None else None
        for _ in range(int(span) - 1 if span and span.isdecimal() and len(span) < 3 else 0):
            yield self.length, self.length
            self.supply("\n", cell.end)

    def _cell(self, cell: Node) -> tuple[int, int]:
        self._cells.append([])
        begin = self.length
        self._level(cell.children)
        group = self._cells.pop()
        known = len(self.leaves)
        self._block(group, cell=True)
        if len(self.leaves) > known:
            return self.leaves[-1]
        if self.length == begin:
            self.supply("\n", cell.end)
        return begin, begin

    # -- pages --------------------------------------------------------------------------------

    def turn(self, node: Node, *, sure: bool) -> None:
        """A page begins here, unless the one before has nothing on it yet."""
        if self.hidden or self._cells or self._fresh():
            return
        self.page_ends(node)
        self.pages.append(Turn(self.length, node.start, self.section, sure))
        if self._in_text:
            self.page_begins(node)

    def within_words(self, node: Node) -> bool:
        """Whether its paragraph has words before it and after it."""
        if self.hidden or not self._in_text or self.last_word <= self._from:
            return False
        return any(each.start > node.start and each.name in ("w:t", "w:delText") and each.text
                   for each in self._here.walk())

    def _fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.last_word <= self.pages[-1].start

    def _section_ends(self, node: Node) -> None:
        if self.section + 1 >= len(self.sections):
            return
        after = self.sections[self.section + 1]
        kind = after.value("w:type") if after is not None else None
        if kind != "continuous":
            if not self._fresh():
                self.page_ends(node)
                self.section += 1
                self.pages.append(Turn(self.length, node.end, self.section, True))
                return
            self.pages[-1] = self.pages[-1]._replace(section=self.section + 1)
        self.section += 1

    def page_begins(self, node: Node) -> None:
        """Called before the first words of a page."""
        raise NotImplementedError

    def page_ends(self, node: Node) -> None:
        """Called after the last words of a page."""
        raise NotImplementedError


def _inside(node: Node, name: str) -> list[Node]:
    """The rows of a table, or the cells of a row, whatever stands around them."""
    out = []
    for each in node.children:
        if each.name == name:
            out.append(each)
        elif each.name in _CELLS:
            out += _inside(each, name)
    return out


def _turns(paragraph: Node) -> bool:
    """Whether a page begins before the first words of a paragraph."""
    for node in paragraph.walk():
        if node.name in ("w:t", "w:delText") and node.text:
            return False
        if node.name == "w:lastRenderedPageBreak":
            return True
        if node.name == "w:br" and node.attributes.get("w:type") == "page":
            return True
    return False
