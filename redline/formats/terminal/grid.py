"""Rows of cells below one another without lines; one column takes the room that is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from redline.formats.terminal.inline import Line, Piece, fill
from redline.formats.terminal.rules import size_of_line
from redline.formats.terminal.screen import Row, Screen

__all__ = ["Column", "grid"]

_TOKEN = re.compile(r"\s+|\S+")
_GAP = 2
#: With less room than this the wide column goes below the others.
_LEAST = 22


class Column(NamedTuple):
    """A column: its head, whether it takes the room that is left, or stands to the right."""

    head: str = ""
    wide: bool = False
    right: bool = False


def grid(
    columns: Sequence[Column], rows: Sequence[Sequence[Line]], screen: Screen
) -> Iterator[Row]:
    """The rows of cells as lines of the screen, with a head where the columns have one.

    One of the columns must be `wide`.
    """
    wide = next(k for k, column in enumerate(columns) if column.wide)
    heads: list[Line] = [[(column.head, ("grid-head",))] for column in columns]
    headed = any(column.head for column in columns)
    table = [heads, *rows] if headed else list(rows)
    widths = [max(map(size_of_line, cells), default=0) for cells in zip(*table, strict=True)]
    shown = [k for k, width in enumerate(widths) if width or k == wide]
    others = [k for k in shown if k != wide]
    taken = sum(widths[k] + _GAP for k in others)
    room = screen.measure - taken
    if room >= min(_LEAST, widths[wide]):
        widths[wide] = min(room, widths[wide])
        for cells in table:
            yield from _beside(columns, cells, shown, widths, screen)
        return
    inset = widths[others[0]] + _GAP if others else 0
    if screen.measure - inset < _LEAST:
        inset = _GAP
    for number, cells in enumerate(table):
        yield from _beside(columns, cells, others, widths, screen)
        if number or not headed:
            for line in _wrapped(cells[wide], screen.measure - inset):
                yield screen.row(line, screen.indent + inset)


def _beside(
    columns: Sequence[Column],
    cells: Sequence[Line],
    shown: Sequence[int],
    widths: Sequence[int],
    screen: Screen,
) -> Iterator[Row]:
    parts = [_wrapped(cells[k], widths[k]) if columns[k].wide else [cells[k]] for k in shown]
    empty: Line = []
    for texts in zip_longest(*parts, fillvalue=empty):
        line: Line = []
        for k, text in zip(shown, texts, strict=True):
            blank = " " * (widths[k] - size_of_line(text))
            lead = " " * _GAP if k != shown[0] else ""
            line += [(lead + blank if columns[k].right else lead, ()), *text]
            if not columns[k].right and k != shown[-1]:
                line.append((blank, ()))
        yield screen.row(line, screen.indent)


def _wrapped(line: Line, width: int) -> list[Line]:
    if size_of_line(line) <= width:
        return [line]
    words = (
        Piece(" " if token.isspace() else token, roles)
        for text, roles in line
        for token in _TOKEN.findall(text)
    )
    return fill(words, max(1, width)).lines
