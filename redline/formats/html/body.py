"""The blocks of a document one after the other, with what stands between them.

They stand in sheets: a browser lays out a sheet when it comes near the screen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from redline.formats import FORMATS
from redline.formats.html.banners import Banners, words
from redline.formats.html.inline import Words
from redline.formats.tei.escape import attribute
from redline.model import Block, Document, Note
from redline.reading import VERBATIM

__all__ = ["Body", "has_lines"]

_DEEPEST = 6
#: Blocks of a sheet, and items of a list in one sheet.
_SHEET = 24


class Body:
    """Makes the body of one document, once."""

    def __init__(self, document: Document, *, kept: bool = False) -> None:
        self.document = document
        self.kept = kept
        self.banners = Banners(document, kept=kept)
        self.words = Words(document, self.banners, kept=kept)
        self.turns = [page.start for page in document.pages]
        self.turned = 0
        self.put = 0
        self.level = 1  # of the heading above
        self.lines = document.source.line_starts if not kept and has_lines(document) else None
        self.readings = {stage: list(document.reading(stage).stretches())
                         for stage in (() if kept else ("draft", "final"))}

    def blocks(self) -> Iterator[str]:
        """All but the notes, a piece at a time."""
        listed = False
        count = 0
        yield '<div class="sheet">\n'
        for block in self.document.blocks:
            if block.kind == "note":
                continue
            between = list(self._before(block.start))
            if listed and (block.kind != "list-item" or between or count >= _SHEET):
                yield "</ul>\n"
                listed = False
            if count >= _SHEET:
                yield '</div>\n<div class="sheet">\n'
                count = 0
            yield from between
            if block.kind == "list-item" and not listed:
                yield "<ul>\n"
                listed = True
            yield self._block(block)
            self.turned = max(self.turned, bisect_left(self.turns, block.end))
            count += 1
        if listed:
            yield "</ul>\n"
        yield from self._before(len(self.document.text) + 1)
        yield self.banners.last()
        yield "</div>\n"

    def notes(self) -> Iterator[str]:
        """The notes that have words."""
        return (self._note(note) for note in self.document.notes if note.start is not None)

    def _before(self, offset: int) -> Iterator[str]:
        """Page rules and what stands apart, up to a place in the text."""
        pages, aside = self.document.pages, self.banners.aside
        while True:
            turn = self.turns[self.turned] if self.turned < len(pages) else None
            at = aside[self.put][0] if self.put < len(aside) else None
            if at is not None and at < offset and (turn is None or at < turn):
                yield self.banners.apart(aside[self.put][1])
                self.put += 1
            elif turn is not None and turn <= offset:
                yield self.banners.rule(pages[self.turned])
                self.turned += 1
            else:
                return

    def _block(self, block: Block) -> str:
        if block.cells:
            return self._table(block)
        content = self.words.of(block.start, block.end)
        if not content:
            return ""
        more = self._more(block, verbatim="\n" in content)
        if block.kind == "code":
            first = "\n" if content.startswith("\n") else ""  # the one that browsers leave out
            return f"<pre{more}>{first}{content}</pre>\n"
        names = [block.kind] if block.kind not in ("paragraph", "heading", "list-item") else []
        if block.role:
            names.append(block.role)
        elif "\n\n" in content:  # a paragraph that was split, or two that were joined
            names.append(VERBATIM)
        if block.kind == "list-item" and block.n:
            names.append("numbered")
        named = f' class="{attribute(" ".join(names))}"' if names else ""
        if block.kind == "heading":
            # No level is left out on the way down, whatever the paper's are.
            level = self.level = min(_DEEPEST, 1 + max(1, block.level or 1), self.level + 1)
            return f"<h{level}{named}{more}>{content}</h{level}>\n"
        if block.kind == "list-item":
            return f'<li{named} data-level="{block.level or 1}"{more}>{content}</li>\n'
        return f"<p{named}{more}>{content}</p>\n"

    def _more(self, block: Block, *, verbatim: bool = False) -> str:
        """Where a block stands in the source; what a reader needs to have the block again."""
        if not self.kept:
            return self._places(block) + self._in(block.start, block.end)
        said = [f' data-kind="{attribute(block.kind)}"']
        if block.role:
            said.append(f' data-role="{attribute(block.role)}"')
        if block.n:
            said.append(f' data-n="{attribute(block.n)}"')
        if block.level is not None and block.kind != "list-item":
            said.append(f' data-level="{block.level}"')
        if verbatim:
            said.append(' data-verbatim=""')
        return "".join(said)

    def _places(self, block: Block) -> str:
        """The source line on which a block begins; where in its text the next ones begin."""
        lines = self.lines
        if lines is None:
            return f' data-line="0" data-on="{block.page}"'
        first = bisect_right(lines, block.span[0])
        said = f' data-line="{first}"'
        last = bisect_left(lines, block.span[1])
        if last <= first or block.cells:
            return said
        place = self.document.origin.to_text
        breaks = " ".join(str(self.words.said_at(place(lines[k]))) for k in range(first, last))
        return f'{said} data-breaks="{breaks}"'

    def _in(self, start: int, end: int) -> str:
        """Which of the two texts has words of text[start:end], where only one has."""
        found = [stage for stage, ranges in self.readings.items() if _shows(ranges, start, end)]
        return f' data-in="{found[0]}"' if len(found) == 1 else ""

    def _table(self, block: Block) -> str:
        rows = []
        for k, row in enumerate(block.cells):
            tag, more = ("td", "") if k else ("th", ' scope="col"')
            cells = (
                self._cell(tag, more, self.words.of(*cell, goes_on=bool(k or n)))
                for n, cell in enumerate(row)
            )
            said = self._in(row[0][0], row[-1][1]) if row else ""
            rows.append(f"<tr{said}>{''.join(cells)}</tr>\n")
        more = self._more(block)
        return f'<div class="wide"><table{more}>\n{"".join(rows)}</table></div>\n'

    def _cell(self, tag: str, more: str, content: str) -> str:
        if "\n" in content:  # its line ends are text
            more += ' data-verbatim=""' if self.kept else f' class="{VERBATIM}"'
        return f"<{tag}{more}>{content}</{tag}>"

    def _note(self, note: Note) -> str:
        assert note.start is not None
        assert note.end is not None
        name = attribute(note.id)
        sign = self.words.signs.get(note.id)
        label = sign or words(note.n or note.kind)
        back = f'<a class="label" href="#ref-{name}" role="doc-backlink">{label}</a>'
        # In a fragment what stands in the margin has no sign in the text to go back to.
        linked = sign or note.reference is not None
        label = back if linked else f'<span class="label">{label}</span>'
        more = ""
        if self.kept:
            more = f' data-note="{name}" data-kind="{attribute(note.kind)}"'
            more += f' data-n="{attribute(note.n)}"' if note.n is not None else ""
        content = self.words.of(note.start, note.end, note=True)
        return f'<p class="note" id="note-{name}"{more}>{label} <span>{content}</span></p>\n'


def has_lines(document: Document) -> bool:
    """Whether the source of a document is lines that somebody wrote: that of a Word file is not."""
    row = FORMATS.get(document.format)
    return row is None or not row.binary


def _shows(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of these sorted ranges has something between two places."""
    k = bisect_right(ranges, start, key=_end)
    return k < len(ranges) and ranges[k][0] < end


def _end(piece: tuple[int, int]) -> int:
    return piece[1]
