"""What the tags of a fragment are, in tables; what a reader keeps of an open one."""

from __future__ import annotations

import re

from redline.spans import ADDITION, DELETION

__all__ = [
    "APART",
    "ATTRIBUTE",
    "BLOCKS",
    "CELLS",
    "CLASSES",
    "DUMB",
    "INLINE",
    "REFERENCE",
    "REVISED",
    "ROLES",
    "TAG",
    "VOID",
    "Attributes",
    "Leaf",
    "Open",
    "Parts",
]

Attributes = dict[str, str]

#: A tag (groups: 1 "/" of one that closes, 2 its name, 3 its attributes), an attribute, a
#: character by name or number.
TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>\"']*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
ATTRIBUTE = re.compile(
    r"([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=]+)))?"
)
REFERENCE = re.compile(r"&(?:#(?:\d{1,7}|[xX][\da-fA-F]{1,6})|[A-Za-z][A-Za-z\d]{1,31});?")

#: Elements that are a block, with the kind of those that say none.
BLOCKS = {
    "p": "paragraph",
    "li": "list-item",
    "pre": "code",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
CELLS = frozenset({"td", "th"})
REVISED = {"del": DELETION, "ins": ADDITION}
#: Elements that are a span, and classes that make one of a `span`.
INLINE = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "sup": "superscript",
           "code": "code"}
CLASSES = {name: name for name in ("math", "unclear", "gap", "hand")}
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
#: Elements whose text is no words.
DUMB = frozenset({"script", "style", "template", "title", "textarea", "select", "noscript"})
#: Classes of what is not of the text: page rules, stamps, the labels of notes.
APART = frozenset({"page", "furniture", "label"})
#: What an open element does that is a block.
ROLES = frozenset({"block", "cell", "note"})


class Open:
    """An open element: what it does, what it says, where it began in the source and the text."""

    __slots__ = ("attributes", "key", "length", "role", "source", "span", "tag")

    def __init__(
        self, tag: str, role: str, attributes: Attributes, span: int, source: int, length: int
    ) -> None:
        self.tag = tag
        self.role = role
        self.attributes = attributes
        self.span = span
        self.source = source
        self.length = length
        self.key = ("", "", "")


class Leaf:
    """The open block; without a tag where words stand in none."""

    __slots__ = ("attributes", "kind", "source", "start", "tag", "verbatim")

    def __init__(
        self, tag: str, kind: str, attributes: Attributes, source: int, start: int
    ) -> None:
        self.tag = tag
        self.kind = kind
        self.attributes = attributes
        self.source = source
        self.start = start
        self.verbatim = tag == "pre" or "data-verbatim" in attributes


class Parts:
    """An act: what its first element says, the act around it, its spans with their kinds."""

    __slots__ = ("attributes", "near", "spans")

    def __init__(self, attributes: Attributes, near: str | None) -> None:
        self.attributes = attributes
        self.near = near
        self.spans: list[tuple[int, str]] = []
