"""Where the lines go: how wide they are, whether there is colour, and the printing itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments

from redline.formats.terminal.inline import Line
from redline.formats.terminal.styles import ASCII, UNICODE, style_of

__all__ = ["Row", "Screen", "size_of"]

#: A printable line.
Row = list[Segment]

#: Longer lines of running text are hard to read.
MEASURE = 84
#: From this width on there is a margin beside the text.
_WIDE = 100
_MARGIN = (26, 34)
_GAP = 2
_NARROWEST = 20


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command: rich would end the program itself."""
        raise BrokenPipeError


class Screen:
    """A terminal, a pipe or a file, with the widths of its columns in cells.

    `measure` is the text column, `margin` the one beside it (0 on narrow screens). Without
    colour `brackets` stand around revisions.
    """

    def __init__(
        self,
        width: int | None = None,
        *,
        color: bool = True,
        file: IO[str] | None = None,
        **console: Any,
    ) -> None:
        self.console = _Console(
            file=file or sys.stdout,
            width=width,
            no_color=None if color else True,
            highlight=False,
            markup=False,
            emoji=False,
            **console,
        )
        self.width = max(_NARROWEST, self.console.width)
        self.console.width = self.width
        self.indent = 2 if self.width >= 2 * _NARROWEST else 0
        room = self.width - 2 * self.indent
        self.margin = 0
        if self.width >= _WIDE:
            self.margin = min(_MARGIN[1], max(_MARGIN[0], room - MEASURE - _GAP))
            room -= self.margin + _GAP
        self.measure = min(MEASURE, room)
        self.brackets = self.console.color_system is None or self.console.no_color
        self.glyphs = UNICODE if self.console.encoding.startswith("utf") else ASCII

    @property
    def margin_at(self) -> int:
        """The cell in which the margin begins."""
        return self.indent + self.measure + _GAP

    def row(self, line: Line, indent: int = 0) -> Row:
        """A line of text as it is printed."""
        row = [Segment(" " * indent)] if indent else []
        row += [Segment(text, style_of(roles, brackets=self.brackets)) for text, roles in line]
        return row

    def print(self, rows: Iterable[Row]) -> None:
        """Print lines."""
        end = Segment("\n")
        out: list[Segment] = []
        for row in rows:
            out += row
            while out and out[-1].text.isspace() and out[-1] is not end:
                out.pop()  # no blanks at a line's end
            out.append(end)
        self.console.print(Segments(out), end="", crop=False, soft_wrap=True)


def size_of(row: Row) -> int:
    """Cells a line takes."""
    return sum(cell_len(segment.text) for segment in row)
