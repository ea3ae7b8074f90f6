"""A table drawn with lines, as wide as it needs and no wider than it may."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from redline.formats.terminal.inline import Line, Piece, fill
from redline.formats.terminal.styles import Frame
from redline.spans import Span

__all__ = ["draw", "fits"]

_LEAST = 4  # cells of a column, if there is any room at all
_AROUND = 3  # cells for a column's line and the blanks beside its text


def fits(rows: Sequence[Sequence[object]], measure: int) -> bool:
    """Whether there is room for a column of every cell."""
    return max(map(len, rows)) * (_LEAST + _AROUND) < measure


def draw(
    rows: Sequence[Sequence[list[Piece]]], measure: int, frame: Frame
) -> tuple[list[Line], list[tuple[int, Span]]]:
    """The lines of a table, and the anchors in it with the line each stands in.

    The first row is the head, set apart by a line where others follow.
    """
    count = max((len(row) for row in rows), default=0)
    wanted, least = zip(*(_sizes(rows, column) for column in range(count)), strict=True)
    widths = _widths(wanted, least, measure)
    role = ("rule",)
    bar = (frame.bar, role)
    lines: list[Line] = [[(_rule(widths, frame.top), role)]]
    anchors: list[tuple[int, Span]] = []
    for number, row in enumerate(rows):
        cells = [fill(cell, width) for cell, width in zip(row, widths, strict=False)]
        for cell in cells:
            anchors += [(len(lines) + at, span) for at, span in cell.anchors]
        empty: list[Line] = [[]]
        parts = [cell.lines or empty for cell in cells] + [empty] * (count - len(row))
        for texts in zip_longest(*parts, fillvalue=empty[0]):
            line: Line = [bar]
            for text, width in zip(texts, widths, strict=True):
                blank = width - sum(cell_len(part) for part, _ in text)
                line += [(" ", ()), *text, (" " * (blank + 1), ()), bar]
            lines.append(line)
        if number == 0 and len(rows) > 1:
            lines.append([(_rule(widths, frame.middle), role)])
    lines.append([(_rule(widths, frame.bottom), role)])
    return lines, anchors


def _sizes(rows: Sequence[Sequence[list[Piece]]], column: int) -> tuple[int, int]:
    """Cells of the longest cell of a column on one line, and of its longest word."""
    longest = word = 1
    for row in rows:
        if column < len(row):
            size = run = 0
            for text, _, _ in row[column]:
                cells = cell_len(text)
                size += cells
                run = 0 if text.isspace() else run + cells
                word = max(word, run)
            longest = max(longest, size)
    return longest, word


def _widths(wanted: Sequence[int], least: Sequence[int], measure: int) -> list[int]:
    """Widths that fit: every column has its longest word, if there is room for all of them;
    narrow columns have what they want, the others share what is left."""
    count = len(wanted)
    room = measure - _AROUND * count - 1
    if sum(least) > room:
        least = [1] * count
    widths = list(least)
    room -= sum(least)
    for done, k in enumerate(sorted(range(count), key=lambda k: wanted[k] - least[k])):
        more = min(wanted[k] - least[k], room // (count - done))
        widths[k] += more
        room -= more
    return widths


def _rule(widths: list[int], signs: str) -> str:
    """`signs`: the left end, the line, where a column's line meets it, the right end."""
    return signs[0] + signs[2].join(signs[1] * (width + 2) for width in widths) + signs[3]
