"""A table drawn with lines, as wide as it needs and no wider than it may."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from redline.formats.terminal.inline import Line, Piece, fill
from redline.formats.terminal.styles import Frame
from redline.spans import Span

__all__ = ["draw"]

_LEAST = 4  # cells of a column, if there is any room at all
_AROUND = 3  # cells for a column's line and the blanks beside its text


def draw(
    rows: Sequence[Sequence[list[Piece]]], measure: int, frame: Frame
) -> tuple[list[Line], list[tuple[int, Span]]]:
    """The lines of a table, and the anchors in it with the line each stands in.

    The first row is the head, set apart by a line where others follow.
    """
    count = max((len(row) for row in rows), default=0)
    widths = _widths([_natural(rows, column) for column in range(count)], measure)
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


def _natural(rows: Sequence[Sequence[list[Piece]]], column: int) -> int:
    """Cells of the longest cell of a column, on one line."""
    sizes = [
        sum(cell_len(piece.text) for piece in row[column]) for row in rows if column < len(row)
    ]
    return max(sizes, default=0)


def _widths(wanted: list[int], measure: int) -> list[int]:
    """Widths that fit: narrow columns have what they want, the others share what is left."""
    room = max(measure - _AROUND * len(wanted) - 1, _LEAST * len(wanted))
    widths = [0] * len(wanted)
    left = len(wanted)
    for column in sorted(range(len(wanted)), key=lambda k: wanted[k]):
        widths[column] = max(1, min(wanted[column], room // left))
        room -= widths[column]
        left -= 1
    return widths


def _rule(widths: list[int], signs: str) -> str:
    """`signs`: the left end, the line, where a column's line meets it, the right end."""
    left, line, cross, right = signs
    return left + cross.join(line * (width + 2) for width in widths) + right
