"""The body: one leaf block element for each leaf block of the document, in divisions and lists.

Between the blocks stand page breaks, furniture and notes. They wait until it is known what the
next block closes, so that a list ends before what follows it. Every block is a line of the
file; nothing inside a block is indented.
"""

from __future__ import annotations

from bisect import bisect_left

from redline.formats.tei.apparatus import Written
from redline.formats.tei.escape import attribute, word
from redline.formats.tei.items import Crossing
from redline.formats.tei.names import BLOCKS, COMPARISON, POINTS, REVISIONS, ROLES, Element
from redline.formats.tei.paper import Paper
from redline.markings.dates import typed_date
from redline.model import Block
from redline.spans import ADDITION, HIDDEN, visible

__all__ = ["write_body"]

#: Divisions and lists nest no deeper: deeper levels stay on this one.
_DEEPEST = 12
_INDENT = ["  " * depth for depth in range(4 * _DEEPEST)]
_KEEPS = ' xml:space="preserve"'
_OUTSIDE = 3  # depth of what stands directly in the body
#: What stands in a paragraph, or in `fw` where a paragraph may not stand.
_PHRASES = frozenset({"stamp", "ptr"})
#: The level of the division before the first heading: any heading closes it.
_BEFORE_HEADINGS = 99


def write_body(paper: Paper) -> list[str]:
    """The lines of the body, without the tags of `body` itself."""
    return _Body(paper).lines()


class _Body:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.spans = paper.spans
        self.k = 0  # the next span
        self.out: list[str] = []
        self.waiting: list[Written] = []
        self.divs: list[int] = []  # levels of the open divisions
        self.lists: list[int] = []  # levels of the open lists
        self.has_headings = any(block.kind == "heading" for block in paper.document.blocks)
        self.filled = self.has_headings  # a body is not valid without a block

    def lines(self) -> list[str]:
        """All of it."""
        self._first_page()
        for block in self.paper.document.blocks:
            if block.kind == "table":
                self._table(block, block.cells or (((block.start, block.end),),))
            elif block.kind != "note":
                self._block(block)
        self._between(len(self.paper.text) + 1)
        self._leave_lists(0)
        self._flush()
        if not self.filled:
            self._line("<p/>")
        self._leave_divs(0)
        return self.out

    def _first_page(self) -> None:
        """The first page has no page break in the text: it begins with the paper."""
        pages = self.paper.document.pages
        if not pages or self.paper.document.format == COMPARISON:
            return
        at = bisect_left(self.spans, (pages[0].start,))
        for start, _, kind, id_ in self.spans[at : at + 64]:
            if start > pages[0].start:
                break
            if kind[:2] == "pb" and id_ == f"p{pages[0].n}":
                return
        self._line(self.paper.page_break(pages[0]))

    # -- layout -----------------------------------------------------------------------------

    def _line(self, markup: str) -> None:
        depth = _OUTSIDE + len(self.divs)
        if self.lists:
            depth += 2 * len(self.lists) - 1
        self.out.append(f"{_INDENT[depth]}{markup}\n")

    def _flush(self) -> None:
        """Write what stands between two blocks."""
        for markup, element in self.waiting:
            if element in _PHRASES:
                if self.lists or (self.has_headings and not self.divs):
                    markup = f'<fw type="{element}">{markup}</fw>'
                else:
                    markup = f"<p>{markup}</p>"
                    self.filled = True
            self._line(markup)
        self.waiting.clear()

    def _leave_lists(self, level: int) -> None:
        """Close the lists deeper than `level`."""
        while self.lists and self.lists[-1] > level:
            self.lists.pop()
            if self.lists:
                self._line("  </list>")
                self._line("</item>")
            else:
                self._line("</list>")

    def _enter_list(self, level: int) -> None:
        if self.lists and (self.lists[-1] >= level or len(self.lists) == _DEEPEST):
            return
        if self.lists:  # no list beside the text of an item: it has an item of its own
            self._line("<item>")
            self._line(f"  {_list(level, len(self.lists))}")
        else:
            self._line(_list(level, 0))
        self.lists.append(level)

    def _leave_divs(self, level: int) -> None:
        """Close the divisions of `level` and deeper."""
        while self.divs and self.divs[-1] >= level:
            self.divs.pop()
            self._line("</div>")

    def _enter_div(self, level: int) -> None:
        # A level that is skipped is said: else that of a heading is how deep its division lies.
        said = level not in (len(self.divs) + 1, _BEFORE_HEADINGS)
        self._line(f'<div n="{level}">' if said else "<div>")
        self.divs.append(level)

    # -- blocks -----------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        content = self._leaf(block.start, block.end)
        if block.kind == "list-item":
            level = max(1, block.level or 1)
            self._leave_lists(level)
            self._flush()
            self._stand()
            self._enter_list(level)
        else:
            self._leave_lists(0)
            self._flush()
            if block.kind == "heading":
                level = min(max(1, block.level or 1), _DEEPEST)
                self._leave_divs(level)
                self._enter_div(level)
            else:
                self._stand()
        element = BLOCKS.get(block.kind) or Element("ab", f' type="{word(block.kind)}"')
        attributes = element.attributes
        if block.n:
            attributes += f' n="{attribute(block.n)}"'
        if block.role:
            name = ROLES.get(element.name)
            if name:
                attributes += f' {name}="{word(block.role)}"'
            if block.role == "date" and "<" not in content:
                content = _date(content)
        if "\n" in content and _KEEPS not in attributes and self._has_lines(block.start, block.end):
            attributes += _KEEPS
        attributes += self.paper.attributes(block)
        self._line(f"<{element.name}{attributes}>{content}</{element.name}>")

    def _has_lines(self, start: int, end: int) -> bool:
        """Whether line ends are text of a block: a break in a paragraph of Word, an empty line
        that was struck. Those that a note or a stamp in it has are not."""
        text = self.paper.document.text
        if text.find("\n", start, end) < 0:
            return False
        spans = self.spans[bisect_left(self.spans, (start,)) : bisect_left(self.spans, (end,))]
        shown = visible([span for span in spans if span[2] in HIDDEN], start, end)
        return any(text.find("\n", a, b) >= 0 for a, b in shown)

    def _stand(self) -> None:
        """Text before the first heading has a division of its own, where there are headings."""
        self.filled = True
        if self.has_headings and not self.divs:
            self._enter_div(_BEFORE_HEADINGS)

    def _leaf(self, start: int, end: int) -> str:
        """The content of the next leaf block; what stands before it is then waiting."""
        spans = self.spans
        self._between(start)
        # A page that begins where the block does, begins before it.
        k = self.k
        while k < len(spans) and spans[k][0] == start == spans[k][1] and spans[k][2][:2] == "pb":
            self.waiting.append(self.paper.hidden(k))
            k += 1
        last = bisect_left(spans, (end,), k)
        while last < len(spans) and spans[last][0] == end and spans[last][2] in POINTS:
            last += 1
        self.k = last
        content = self.paper.content(start, end, k, last)
        return self.paper.facsimile.marked(content, start, end)

    def _table(self, block: Block, rows: tuple[tuple[tuple[int, int], ...], ...]) -> None:
        lines: list[str] = []
        before: list[Written] = []
        for row in rows:
            cells: list[str] = []
            for start, end in row:
                content = self._leaf(start, end)
                if not (lines or cells):
                    before, self.waiting = self.waiting, []
                # What stands between cells may not stand in a row: it goes with the next cell.
                between = "".join(written.markup for written in self.waiting)
                self.waiting = []
                keeps = _KEEPS if self._has_lines(start, end) else ""
                cells.append(f"<cell{keeps}>{between}{content}</cell>")
            if cells:
                lines += ["  <row>", *(f"    {cell}" for cell in cells), "  </row>"]
        self.waiting = [*before, *self.waiting]
        self._leave_lists(0)
        self._flush()
        if lines:
            self._stand()
            for line in ("<table>", *lines, "</table>"):
                self._line(line)

    # -- between blocks ---------------------------------------------------------------------

    def _between(self, upto: int) -> None:
        """Gather what stands before `upto` and in no block."""
        spans, paper = self.spans, self.paper
        while self.k < len(spans) and spans[self.k][0] < upto:
            k = self.k
            self.k += 1
            start, end, kind, _ = spans[k]
            self._anchors(start)
            if kind in HIDDEN or kind[:2] == "pb":
                written = paper.hidden(k)
                if written.markup:
                    self.waiting.append(written)
                if end > start:
                    self._pass(end, emptied=kind == "note" and not written.markup)
                    kind = "hide"
            if end > upto:
                self._carry(k, kind, end)
        self._anchors(upto)

    def _pass(self, end: int, *, emptied: bool) -> None:
        """Leave out what stands in hidden text; the page edges in a note stay where they are."""
        last = bisect_left(self.spans, (end,), self.k)
        for k in range(self.k, last):
            kind = self.spans[k][2]
            if emptied and (kind == "furniture" or kind[:2] == "pb"):
                self.waiting.append(self.paper.hidden(k))
            if self.spans[k][1] > end:
                self._carry(k, "hide" if kind in HIDDEN else kind, self.spans[k][1])
        self.k = last

    def _carry(self, k: int, kind: str, end: int) -> None:
        """A span goes on into the next block."""
        careful, acts = self.paper.careful, self.paper.acts
        if kind in REVISIONS:
            decision = acts.decided.get(acts.owner[k])
            if decision is None:
                careful.carried.append(careful.cross(k))
                self.waiting.append(Written(careful.span_start(k), "delSpan"))
                return
            if decision == (kind == ADDITION):
                return
            kind = "omit"
        careful.carried.append(Crossing(end, kind, k))

    def _anchors(self, upto: int) -> None:
        if self.paper.careful.carried:
            for anchor in self.paper.careful.anchors(upto):
                self.waiting.append(Written(anchor, "anchor"))


def _list(level: int, depth: int) -> str:
    """The start of a list; its level, where that is not how deep it lies."""
    return "<list>" if level == depth + 1 else f'<list n="{level}">'


def _date(content: str) -> str:
    found = typed_date(content)
    if found is None:
        return content
    return content.replace(found.words, f'<date when="{found.when}">{found.words}</date>', 1)
