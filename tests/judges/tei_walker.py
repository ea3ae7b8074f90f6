"""The law of the TEI export, as a walker that knows nothing of `redline`.

For each leaf block of `text/body` the walker gives the text that is left when every `del` is
dropped (`final`) or every `add` is dropped (`draft`):

- A leaf block is a `head p item label cell l ab` that holds no other of these. What stands in
  `fw note stamp metamark` is dropped whole, blocks and all, and makes no block a container.
- White space that stands directly in `subst` or `list` is no text.
- A `lb` gives one space and swallows the white space beside it, wherever in the tree that stands,
  so that several `lb` in a row give one space together. With `break` "no" or "maybe" it gives
  nothing and swallows nothing.
- A `pb` or `cb` gives nothing, whatever its `break`: only `lb` is said to give a space. So a page
  edge between two words has a space as text beside it.
- From a `delSpan` (or `addSpan`) to the later element its `spanTo` names, all text is dropped. A
  pointer that dangles or points backward is a fault and drops nothing.
- The text of a block is trimmed; a block without text is kept here, and left out of `reading`.

White space is the white space of XML (space, tab, line feed, carriage return), never more: a
no-break space is text.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from lxml import etree

Stage = Literal["draft", "final"]

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
SPACE = " \t\r\n"
BLOCKS = frozenset({"head", "p", "item", "label", "cell", "l", "ab"})
NO_TEXT = frozenset({"fw", "note", "stamp", "metamark"})
NOISY = frozenset({"subst", "list"})
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GONE = {"final": ("del", "delSpan"), "draft": ("add", "addSpan")}


class Leaf(NamedTuple):
    """One leaf block: its element, its line in the file (1-based) and its text, trimmed."""

    tag: str
    line: int
    text: str


class Walk(NamedTuple):
    """What a walk found: the leaf blocks in order, and what no law-abiding file has."""

    leaves: tuple[Leaf, ...]
    stray: tuple[str, ...]
    """Text in the body that no leaf block holds, so that no reading of blocks would show it."""
    faults: tuple[str, ...]
    """Spans whose `spanTo` names nothing, or nothing that follows."""

    @property
    def reading(self) -> str:
        """The blocks that have text, one blank line between them."""
        return "\n\n".join(leaf.text for leaf in self.leaves if leaf.text)


def parse(tei: bytes) -> etree._Element:
    """The root of a TEI file; long texts, deep trees, repeated ids are no reason to refuse it."""
    parser = etree.XMLParser(no_network=True, huge_tree=True, collect_ids=False)
    return etree.fromstring(tei, parser)


def walk(tei: bytes, stage: Stage) -> Walk:
    """The leaf blocks of a TEI file as they read in one stage."""
    root = parse(tei)
    body = root.find(f"{{{TEI}}}text/{{{TEI}}}body")
    if body is None:
        raise ValueError("no text/body in this file")
    return _Walker(root, stage).walk(body)


def reading(tei: bytes, stage: Stage) -> str:
    """The whole reading of a stage, as the law gives it."""
    return walk(tei, stage).reading


class _Block:
    """A block that is open: its words so far, `None` for each line break that gives a space."""

    def __init__(self, tag: str, line: int) -> None:
        self.tag = tag
        self.line = line
        self.is_leaf = True
        self.chunks: list[str | None] = []

    def text(self) -> str:
        parts: list[list[str]] = [[]]
        for chunk in self.chunks:
            if chunk is None:
                parts.append([])
            else:
                parts[-1].append(chunk)
        lines = ("".join(part).strip(SPACE) for part in parts)
        return " ".join(line for line in lines if line)


class _Walker:
    def __init__(self, root: etree._Element, stage: Stage) -> None:
        gone, self.span = GONE[stage]
        self.dropped = NO_TEXT | {gone}
        self.depth = 0  # of dropped elements that are open
        self.hidden = 0  # of those, the ones whose blocks are no blocks
        self.targets = _later_targets(root)
        self.spans: set[str] = set()  # ids that open spans wait for
        self.blocks: list[_Block] = []
        self.leaves: list[Leaf] = []
        self.stray: list[str] = []
        self.faults: list[str] = []

    def walk(self, body: etree._Element) -> Walk:
        for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._open(element)
            elif event == "end":
                self._close(element)
            if event != "start" and element is not body:
                self._text(element.tail, element.getparent())
        return Walk(tuple(self.leaves), tuple(self.stray), tuple(self.faults))

    def _open(self, element: etree._Element) -> None:
        tag = name_of(element)
        self.spans.discard(element.get(XML_ID, ""))
        if tag in self.dropped:
            self.depth += 1
            self.hidden += tag in NO_TEXT
        elif tag == self.span:
            self._open_span(element)
        elif tag == "lb" and element.get("break") not in ("no", "maybe"):
            if self.blocks and not self.depth and not self.spans:
                self.blocks[-1].chunks.append(None)
        elif tag in BLOCKS and not self.hidden:
            if self.blocks:
                self.blocks[-1].is_leaf = False
            self.blocks.append(_Block(tag, line_of(element)))
        self._text(element.text, element)

    def _close(self, element: etree._Element) -> None:
        tag = name_of(element)
        if tag in self.dropped:
            self.depth -= 1
            self.hidden -= tag in NO_TEXT
        elif tag in BLOCKS and not self.hidden:
            block = self.blocks.pop()
            text = block.text()
            if block.is_leaf:
                self.leaves.append(Leaf(block.tag, block.line, text))
            elif text:
                self.stray.append(text)

    def _open_span(self, element: etree._Element) -> None:
        pointer = element.get("spanTo", "")
        target = self.targets.get(element)
        if target is None:
            self.faults.append(f"line {line_of(element)}: {self.span} spanTo={pointer!r}")
        else:
            self.spans.add(target)

    def _text(self, text: str | None, parent: etree._Element) -> None:
        if not text or self.depth or self.spans:
            return
        if not text.strip(SPACE) and (not self.blocks or name_of(parent) in NOISY):
            return
        if self.blocks:
            self.blocks[-1].chunks.append(text)
        else:
            self.stray.append(text.strip(SPACE))


def _later_targets(root: etree._Element) -> dict[etree._Element, str]:
    """Each span element whose `spanTo` names an element after it, with the id it names."""
    spans = list(root.iter(f"{{{TEI}}}delSpan", f"{{{TEI}}}addSpan"))
    if not spans:
        return {}
    order = {element: i for i, element in enumerate(root.iter("*"))}
    places = {element.get(XML_ID): i for element, i in order.items() if element.get(XML_ID)}
    found = {}
    for element in spans:
        name = element.get("spanTo", "").removeprefix("#")
        if places.get(name, -1) > order[element]:
            found[element] = name
    return found


def as_xml(text: str) -> str:
    """A text as XML 1.0 can hold it: U+FFFD for every character that it cannot."""
    return _NOT_XML.sub("\ufffd", text)


def name_of(element: etree._Element) -> str:
    """The name of a TEI element; another namespace's name keeps its braces."""
    return str(element.tag).removeprefix(f"{{{TEI}}}")


def line_of(element: etree._Element) -> int:
    """The line an element begins on, 1-based."""
    return int(str(element.sourceline))  # the stubs have no usable type for it
