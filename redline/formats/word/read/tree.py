"""A part as a tree of elements that know where they stand in it.

By expat, which says for everything at what byte it stands. Names are short: ``w:p`` for both
namespaces that Word has had for it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from xml.parsers import expat

from redline.diagnostics import FormatError

__all__ = [
    "MOST_ELEMENTS", "Node", "chosen", "decoded", "endless_fields", "paragraphs_of", "parse",
]

_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
#: Deeper than any word processor goes, tables within tables included; and no deeper than Python
#: can follow, a call for each.
_DEPTH = 500
#: An element takes 200 bytes of memory and more, in a file that may have a thousandth of that.
#: A draft of 10 MB with 100,000 revisions has about a million.
MOST_ELEMENTS = 2_000_000
#: What most elements have none of.
_NONE: tuple[()] = ()
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Node:
    """An element: its name, its attributes, what is in it, its range in the text.

    `text` holds its characters in pieces: where each stands, and what it is.
    """

    __slots__ = ("attributes", "children", "end", "name", "start", "text")

    def __init__(self, name: str, attributes: Mapping[str, str], start: int) -> None:
        self.name = name
        self.attributes = attributes
        self.start = start
        self.end = start
        self.children: Sequence[Node] = _NONE
        self.text: Sequence[tuple[int, int, str]] = _NONE

    def child(self, name: str) -> Node | None:
        """The first child of a name."""
        return next((each for each in self.children if each.name == name), None)

    def value(self, name: str) -> str | None:
        """The ``w:val`` of the first child of a name."""
        found = self.child(name)
        return None if found is None else found.attributes.get("w:val", "")

    def on(self, name: str) -> bool:
        """Whether a switch is on: there, and not said to be off."""
        return self.value(name) not in (None, "0", "false", "off", "none")

    def walk(self) -> Iterator[Node]:
        """All elements in it, in document order."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def decoded(data: bytes, name: str) -> str:
    """A part as text. Raises `FormatError`."""
    match = _ENCODING.match(data)
    encoding = match[1].decode("ascii") if match else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        raise FormatError(f"{name}: not {encoding}: the file is damaged; save it again") from None


class _Grower:
    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.data = text.encode("utf-8", "surrogatepass")
        self.text = text
        self.plain = text.isascii()
        self.byte = self.char = self.count = 0
        self.root = Node("", {}, 0)
        self.stack = [self.root]
        self.names: dict[str, str] = {}
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def grow(self) -> Node:
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as fault:
            raise FormatError(
                f"{self.name}: no well-formed XML: {expat.ErrorString(fault.code)}, line "
                f"{fault.lineno}, column {fault.offset + 1}; save the file again"
            ) from None
        return self.root.children[0]

    def _at(self, byte: int) -> int:
        """The place in the text of a byte; they are asked for in order."""
        if self.plain:
            return byte
        if byte > self.byte:
            self.char += len(self.data[self.byte : byte].decode("utf-8", "surrogatepass"))
            self.byte = byte
        return self.char

    def _name(self, full: str) -> str:
        short = self.names.get(full)
        if short is None:
            space, _, local = full.rpartition(" ")
            short = self.names[full] = _SPACES.get(space, "") + local
        return short

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        if len(self.stack) > _DEPTH:
            raise FormatError(f"{self.name}: elements nested deeper than {_DEPTH}; no word "
                              "processor does that")
        named = _NO_ATTRIBUTES
        if attributes:
            named = {self._name(key): value for key, value in attributes.items()}
        node = Node(self._name(full), named, self._at(self.parser.CurrentByteIndex))
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise FormatError(f"{self.name}: more than {MOST_ELEMENTS:,} elements; redline reads "
                              "no larger Word file")
        around = self.stack[-1]
        if isinstance(around.children, list):
            around.children.append(node)
        else:
            around.children = [node]
        self.stack.append(node)

    def _end(self, full: str) -> None:
        close = self.data.find(b">", self.parser.CurrentByteIndex) + 1
        self.stack.pop().end = self._at(close)

    def _characters(self, data: str) -> None:
        node = self.stack[-1]
        if node.name not in _WORDS:
            return
        start = self._at(self.parser.CurrentByteIndex)
        end = start + len(data)
        if self.text[start:end] != data:  # a reference, or the end of a line
            end = start + 1
            if self.text.startswith("&", start):
                end = self.text.find(";", start) + 1
        if isinstance(node.text, list):
            node.text.append((start, end, data))
        else:
            node.text = [(start, end, data)]

    def _doctype(self, *_: object) -> None:
        raise FormatError(f"{self.name}: it declares a document type, which no Word file does")


_WORDS = frozenset({"w:t", "w:delText", "w:instrText", "m:t", "lpwstr"})


def parse(text: str, name: str) -> Node:
    """The root element. Raises `FormatError`."""
    return _Grower(text, name).grow()


# -- ways through a story -------------------------------------------------------------------------


def endless_fields(story: Node) -> set[Node]:
    """Where fields begin that never end: no words are the code of such a one."""
    begun: list[Node] = []
    for node in story.walk():
        if node.name == "w:fldChar":
            kind = node.attributes.get("w:fldCharType")
            if kind == "begin":
                begun.append(node)
            elif kind == "end" and begun:
                begun.pop()
    return set(begun)


def paragraphs_of(story: Node) -> Iterator[Node]:
    """The paragraphs of a note, a comment or a header, those of its tables and text boxes too;
    of alternatives, those of one."""
    waiting = [*reversed(story.children)]
    while waiting:
        node = waiting.pop()
        if node.name == "w:p":
            yield node
        waiting += reversed(chosen(node) if node.name == "mc:AlternateContent" else node.children)


def chosen(node: Node) -> Sequence[Node]:
    """What stands in one of the alternatives: the first, which is the newest."""
    for name in ("mc:Choice", "mc:Fallback"):
        found = node.child(name)
        if found is not None and found.children:
            return found.children
    return []
