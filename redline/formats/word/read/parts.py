"""What is found in the text of a Word file, before it is a document's."""

from __future__ import annotations

from typing import NamedTuple

from redline.formats.word.read.tree import Node
from redline.spans import ADDITION, DELETION

__all__ = ["CHANGES", "Box", "Comment", "Format", "Region"]

#: Elements that are changes, and what each does.
CHANGES = {
    "w:ins": ADDITION, "w:del": DELETION, "w:moveTo": ADDITION, "w:moveFrom": DELETION,
    "w:cellIns": ADDITION, "w:cellDel": DELETION,
}


class Format(NamedTuple):
    """Characters of one look."""

    kind: str
    start: int
    end: int
    extent: tuple[int, int]


class Region:
    """Characters that one element says were inserted or deleted."""

    __slots__ = ("author", "date", "end", "extent", "kind", "move", "start")

    def __init__(self, kind: str, author: str, date: str, move: str, start: int, at: int) -> None:
        self.kind = kind
        self.author = author
        self.date = date
        self.move = move
        self.start = start
        self.end = start
        self.extent = (at, at)


class Box(NamedTuple):
    """A text box, and the changes it was drawn in."""

    node: Node
    around: tuple[Region, ...]


class Comment(NamedTuple):
    """A remark: who made it and what it says; or what redline told of in one: its `kind`."""

    author: str
    words: str
    kind: str = ""
