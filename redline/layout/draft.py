"""A block being formed, and the widths by which typed lines are judged."""

from __future__ import annotations

from redline.layout.lines import Line

__all__ = ["LONG", "NARROW", "WIDE", "Draft"]

NARROW = 45  # a line this wide or wider is prose by its width
WIDE = (45, 90)  # a full line of typescript, about
LONG = 100  # a line this long was not wrapped by the transcriber


class Draft:
    """A block being formed: source ranges and what is known of its shape."""

    __slots__ = (
        "blank",
        "first",
        "indent",
        "kind",
        "last",
        "level",
        "marked",
        "n",
        "one_line",
        "opens",
        "parts",
        "role",
        "rows",
        "torn",
        "width",
    )

    def __init__(self, kind: str, first: int, line: Line, start: int | None = None) -> None:
        self.kind = kind
        self.n: str | None = None
        self.level: int | None = None
        self.role: str | None = None
        self.parts: list[tuple[int, int]] = [(line.start if start is None else start, line.end)]
        self.rows: list[list[tuple[int, int]]] = []
        self.first = first
        self.last = first
        self.blank = line.blank
        self.indent = line.indent
        self.torn = False  # apparatus stands between it and the text before
        self.marked = False  # a heading that the notation marks as one (`#`)
        self.opens = False  # a number or a portion mark begins it
        self.one_line = line.rows == 1
        self.width = 0

    @property
    def is_title(self) -> bool:
        """A heading by its looks alone: title case, so it may be a name or a line of prose."""
        return self.kind == "heading" and self.level == 3 and not self.role and not self.marked

    def add(self, k: int, line: Line) -> None:
        """Go on with this line; two lines with nothing lifted between are one range."""
        if k == self.last + 1 and not line.same and not line.feed:
            self.parts[-1] = (self.parts[-1][0], line.end)
        else:
            self.parts.append((line.start, line.end))
        self.last = k
        self.marked = False  # a heading that the notation marks as one (`#`)
        self.one_line = False

    def take(self, other: Draft) -> None:
        """Go on with another block."""
        self.parts += other.parts
        self.last = other.last
        self.marked = False  # a heading that the notation marks as one (`#`)
        self.one_line = False
        self.width = other.width
