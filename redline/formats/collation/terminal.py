"""A collation in a terminal: a column a witness, or where these are too many, a line a reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from redline.collation.witnesses import Collation
from redline.collation.witnesses import Row as Place
from redline.formats.terminal.inline import clean, wrapped
from redline.formats.terminal.screen import Row, Screen

__all__ = ["show_table", "to_text"]

#: Styles of the readings of a place, in turn; those of what stands around them.
_READINGS = tuple(map(Style.parse, ("", "cyan", "yellow", "magenta", "green", "blue")))
_HEAD = Style.parse("bold")
_QUIET = Style.parse("dim")
_GAP = "  "
#: Cells of a column at least; with less room for each there are no columns.
_LEAST = 10
_NOTHING = "–"


def show_table(table: Collation, screen: Screen) -> None:
    """Print a table, its rows as given. What all witnesses have is cut to a line."""
    screen.print(_Face(table, screen).lines())


def to_text(table: Collation, width: int = 80) -> str:
    """What `show_table` prints into a pipe that is `width` cells wide; without colour."""
    file = StringIO()
    show_table(table, Screen(width, color=False, file=file, force_terminal=False))
    return file.getvalue()


class _Face:
    def __init__(self, table: Collation, screen: Screen) -> None:
        self.table = table
        self.sigla = [_line(siglum) for siglum in table.sigla]
        self.glyphs = screen.glyphs
        self.indent = " " * screen.indent
        self.nothing = _NOTHING if screen.glyphs.dash == _NOTHING else screen.glyphs.dash
        self.margin = len(str(len(table.rows)))
        self.room = screen.width - 2 * screen.indent - self.margin - len(_GAP)
        fair = (self.room + len(_GAP)) // len(self.sigla) - len(_GAP)
        self.widths = self._widths() if fair >= _LEAST else []

    def lines(self) -> Iterator[Row]:
        yield from self._said()
        yield []
        if self.table.names != self.table.sigla:
            yield from self._names()
            yield []
        if self.widths:
            yield from self._beside("", self.sigla, [_HEAD] * len(self.sigla))
        for number, place in enumerate(self.table.rows, 1):
            if place.agrees:
                yield self._row(str(number), [Segment(self._cut(self._texts(place)[0]), _QUIET)])
            elif self.widths:
                styles = [_READINGS[reading % len(_READINGS)] for reading in place.readings]
                yield from self._beside(str(number), self._texts(place), styles)
            else:
                yield from self._below(str(number), place)
        for each in self.table.transpositions:
            ends = (
                f"{', '.join(map(_line, sigla))} at {rows[0] + 1}"
                for rows, sigla in ((each.here, each.here_sigla), (each.there, each.there_sigla))
            )
            yield []
            yield from self._wrapped("", f"moved: {_line(each.text)} ({'; '.join(ends)})", _QUIET)

    def _said(self) -> Iterator[Row]:
        rows = self.table.rows
        differ = sum(not row.agrees for row in rows)
        said = f"{len(self.sigla)} witnesses by {self.table.unit}: they differ at {differ} of "
        said += f"{len(rows)} place{'s' * (len(rows) != 1)}"
        for line in wrapped(said, self.room):
            yield [Segment(self.indent), Segment(line)]

    def _names(self) -> Iterator[Row]:
        """What each siglum stands for."""
        size = max(map(cell_len, self.sigla))
        for siglum, name in zip(self.sigla, self.table.names, strict=True):
            label = siglum + " " * (size - cell_len(siglum)) + _GAP
            for line in wrapped(_line(name), max(1, self.room - cell_len(label))):
                yield [Segment(self.indent), Segment(label, _HEAD), Segment(line)]
                label = " " * cell_len(label)

    def _texts(self, place: Place) -> list[str]:
        texts = zip(self.table.texts, place.cells, strict=True)
        return [_line(text[start:end]) or self.nothing for text, (start, end) in texts]

    def _row(self, number: str, line: Row) -> Row:
        return [Segment(self.indent + number.rjust(self.margin) + _GAP, _QUIET), *line]

    def _wrapped(self, number: str, text: str, style: Style) -> Iterator[Row]:
        for k, line in enumerate(wrapped(text, self.room)):
            yield self._row("" if k else number, [Segment(line, style)])

    def _beside(self, number: str, texts: Sequence[str], styles: Sequence[Style]) -> Iterator[Row]:
        parts = [wrapped(text, width) for text, width in zip(texts, self.widths, strict=True)]
        for lines in zip_longest(*parts, fillvalue=""):
            line: Row = []
            for text, width, style in zip(lines, self.widths, styles, strict=True):
                line += [Segment(text, style), Segment(" " * (width - cell_len(text)) + _GAP)]
            yield self._row(number, line)
            number = ""

    def _below(self, number: str, place: Place) -> Iterator[Row]:
        numbers = dict.fromkeys(place.readings)
        for reading, style in zip(self.table.readings(place), numbers, strict=True):
            text = _line(reading.text) or self.nothing
            text += f" [{', '.join(map(_line, reading.sigla))}]"
            yield from self._wrapped(number, text, _READINGS[style % len(_READINGS)])
            number = ""

    def _cut(self, text: str) -> str:
        """The beginning and the end of what is too long for a line."""
        if cell_len(text) <= self.room:
            return text
        half = (self.room - cell_len(self.glyphs.cut) - 2) // 2
        end = set_cell_size(text[: -half - 1 : -1], half)[::-1]
        return f"{set_cell_size(text[:half], half).rstrip()} {self.glyphs.cut} {end.lstrip()}"

    def _widths(self) -> list[int]:
        """A column has what its longest cell wants; the wide ones share what is left."""
        wanted = [cell_len(siglum) for siglum in self.sigla]
        for place in self.table.variants():
            wanted = [max(a, cell_len(b)) for a, b in zip(wanted, self._texts(place), strict=True)]
        widths = [0] * len(wanted)
        room = self.room + len(_GAP)
        for done, k in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
            widths[k] = min(wanted[k], room // (len(wanted) - done) - len(_GAP))
            room -= widths[k] + len(_GAP)
        return widths


def _line(text: str) -> str:
    """Text on one line, safe to print."""
    return clean(" ".join(text.split()))
