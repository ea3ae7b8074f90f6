"""One reading alone, or draft and final side by side, block beside block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from rich.segment import Segment

from redline.formats.terminal.blocks import Layout
from redline.formats.terminal.inline import Line, View, clean
from redline.formats.terminal.rules import size_of_line
from redline.formats.terminal.screen import MEASURE, Row, Screen, size_of
from redline.formats.terminal.strip import short, strip
from redline.formats.terminal.styles import style_of
from redline.model import Block, Document

__all__ = ["show_columns", "show_reading"]

_SIDES = ("draft", "final")


def show_reading(document: Document, screen: Screen, stage: str) -> None:
    """Print one reading, wrapped; headings, lists and tables as what they are.

    Raises `StageError` for a stage the document does not have.
    """
    layout = Layout(document, screen, View(document, stage, marked=False))
    last: Block | None = None
    out: list[Row] = []
    for block in document.blocks:
        if block.kind == "note":
            continue
        rows = _rows(layout, block, screen.measure)
        if not rows:
            continue
        if last is not None and not layout.tight(last, block):
            out.append([])
        out += rows
        last = block
    screen.print(out)


def show_columns(document: Document, screen: Screen) -> None:
    """Print the draft on the left and the final text on the right, what differs marked."""
    screen.indent = 0
    width = min(MEASURE, (screen.width - 3) // 2)
    sides = [Layout(document, screen, View(document, side)) for side in _SIDES]
    name: Line = [(clean(document.source.name), ("page",))]
    screen.print(_heads(document, screen, name, width))
    last: Block | None = None
    for block in document.blocks:
        if block.kind == "note":
            continue
        left, right = (_rows(side, block, width, plain=True) for side in sides)
        if not left and not right:
            continue
        rows: list[Row] = []
        if last is not None and not sides[0].tight(last, block):
            rows.append(_beside(screen, [], [], width))
        empty: Row = []
        rows += [
            _beside(screen, a, b, width) for a, b in zip_longest(left, right, fillvalue=empty)
        ]
        screen.print(rows)
        last = block


def _rows(layout: Layout, block: Block, width: int, *, plain: bool = False) -> list[Row]:
    """A block's rows; with `plain` those of a table have no frame."""
    if not block.cells:
        return layout.part(block, block.start, block.end, width)[0]
    return layout.table(block, width, framed=not plain)[0]


def _heads(document: Document, screen: Screen, name: Line, width: int) -> Iterator[Row]:
    yield screen.row(name, screen.indent)
    yield from strip(document, screen, screen.width)
    draft, final, _ = document.classification
    left, right = (
        _head(screen, side, level, width)
        for side, level in zip(_SIDES, (draft, final), strict=True)
    )
    if draft is not None and final is None:
        right = _head(screen, "final", "cancelled", width, "level-word")
    yield _beside(screen, left, right, width)


def _head(
    screen: Screen, side: str, level: str | None, width: int, role: str = "level"
) -> Row:
    """The head of a column: which reading it is, and its level, at the end if there is room."""
    sign = screen.glyphs.rule
    line: Line = [(f"{sign * 2} {side} ", ("rule",))]
    room = width - size_of_line(line)
    words = (level, short(level)) if level else ()
    said = next((word for word in words if len(word) + 4 <= room), "")
    if said:
        line += [(sign * (room - len(said) - 2), ("rule",)), ("  " + said, (role,))]
    else:
        line.append((sign * room, ("rule",)))
    return screen.row(line)


def _beside(screen: Screen, left: Row, right: Row, width: int) -> Row:
    bar = Segment(screen.glyphs.bar, style_of(("rule",)))
    blank = Segment(" ")
    return [*left, Segment(" " * (width - size_of(left) + 1)), bar, blank, *right]
