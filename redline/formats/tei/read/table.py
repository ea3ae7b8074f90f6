"""What each TEI element is to a reader: tables, one row an element.

An element that is in none of them is kept as a span of the kind ``tei:`` and its name; what
stands in it is read.
"""

from __future__ import annotations

from typing import NamedTuple

from redline.spans import ADDITION, DELETION

__all__ = [
    "ALTERNATIVES",
    "BLOCKS",
    "BREAKS",
    "CONTAINERS",
    "CROSSING",
    "HIDDEN",
    "INLINE",
    "KEPT",
    "LEAF_KINDS",
    "NOISY",
    "REVISIONS",
    "BlockRow",
]


class BlockRow(NamedTuple):
    """A block: its kind and role, for an element without further attributes."""

    kind: str
    role: str | None = None


#: Blocks of the law, and after them the parts of letters and of verse that hold words, too.
BLOCKS = {
    "p": BlockRow("paragraph"),
    "head": BlockRow("heading"),
    "item": BlockRow("list-item"),
    "label": BlockRow("paragraph", "label"),
    "cell": BlockRow("table"),
    "l": BlockRow("paragraph", "l"),
    "ab": BlockRow("paragraph"),
    "salute": BlockRow("header", "salute"),
    "signed": BlockRow("header", "signature"),
    "dateline": BlockRow("header", "date"),
    "byline": BlockRow("header", "byline"),
    "trailer": BlockRow("paragraph", "trailer"),
    "closer": BlockRow("paragraph", "closer"),
    "opener": BlockRow("paragraph", "opener"),
    "postscript": BlockRow("paragraph", "postscript"),
    "argument": BlockRow("paragraph", "argument"),
    "epigraph": BlockRow("paragraph", "epigraph"),
    "zone": BlockRow("paragraph"),
    "surface": BlockRow("paragraph"),
}
#: The kinds that `ab` names in its type.
LEAF_KINDS = frozenset({"letterhead", "header", "code"})

#: What is struck, and what is written in.
REVISIONS = {"del": DELETION, "add": ADDITION}
#: The same from one point to another.
CROSSING = {"delSpan": DELETION, "addSpan": ADDITION}

#: Elements whose text no reading has.
HIDDEN = {
    "fw": "furniture",
    "stamp": "furniture",
    "note": "note",
    "metamark": "layout",
    "figDesc": "layout",
    "listTranspose": "layout",
    "certainty": "layout",
    "respons": "layout",
    "teiHeader": "layout",
}
#: Of alternatives one is read: the first of these that is there, else the first of all.
ALTERNATIVES = {
    "choice": ("sic", "orig", "abbr"),
    "app": ("lem",),
    "rdgGrp": ("lem",),
}

#: White space directly in these is no text.
NOISY = frozenset({
    *("subst", "list", "choice", "app", "table", "row", "div", "body", "text", "TEI", "lg"),
    *("group", "sourceDoc", "surface", "surfaceGrp", "zone", "rdgGrp", "substJoin", "closer"),
    *("opener", "postscript", "div1", "div2", "div3", "div4", "div5", "div6", "div7"),
    *("teiCorpus", "listTranspose", "transpose", "epigraph", "argument", "figure"),
})
#: Elements that hold blocks; where words stand in one directly, they are a block of their own.
CONTAINERS = frozenset({"div", "list", "table", "row", "lg", "body", "quote", "figure", "sp"})

#: Milestones that give no text; page and line breaks are points.
BREAKS = frozenset({"pb", "lb", "cb", "gb"})

#: Spans with a kind of their own, by element and `rend`.
INLINE = {
    ("hi", "bold"): "bold",
    ("hi", "italic"): "italic",
    ("hi", "bold italic"): "bold-italic",
    ("hi", "superscript"): "superscript",
    ("unclear", ""): "unclear",
    ("supplied", ""): "supplied",
    ("code", ""): "code",
    ("formula", ""): "math",
    ("gap", ""): "gap",
    ("space", ""): "blank",
}

#: Elements that leave no span: what they say is in the acts, the blocks or the notes.
KEPT = frozenset({
    *("subst", "TEI", "text", "body", "div", "list", "table", "row", "substJoin", "anchor", "mod"),
    *("div1", "div2", "div3", "div4", "div5", "div6", "div7", "desc", "restore", "undo", "redo"),
    *("teiCorpus", "sourceDoc", "surfaceGrp", "lg"),
})
