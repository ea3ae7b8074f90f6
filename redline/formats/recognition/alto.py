"""ALTO, versions 2 to 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redline.formats.notations.events import NOTHING, Finding
from redline.formats.recognition.paper import paper
from redline.formats.recognition.sheets import Line, Points, Range, Region, Sheet, role_of
from redline.formats.recognition.tree import Element, Letters, documents
from redline.model import Document
from redline.source import Source

__all__ = ["from_alto"]

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d+)?")
#: Styles, in STYLE of a word or in FONTSTYLE of a named style.
_STYLES = {
    "strikethrough": "del",
    "bold": "bold",
    "italics": "italic",
    "superscript": "superscript",
}
#: Parts of a page in the order in which they are read (the schema has the text last), and what
#: their blocks are if they are not named.
_PARTS = {
    "TopMargin": "header",
    "LeftMargin": "marginalia",
    "PrintSpace": None,
    "RightMargin": "marginalia",
    "BottomMargin": "footer",
}
_Styles = frozenset[str]


def from_alto(source: Source) -> Document:
    """Read ALTO: the pages of one file, or of several with form feeds between them.

    Raises `FormatError` for what is no ALTO, not well formed, or an attack.
    """
    findings: list[Finding] = []
    sheets = [
        sheet for root in documents(source, "alto") for sheet in _Alto(source.text, root).sheets()
    ]
    return paper(source, sheets, "alto", findings)


class _Block(NamedTuple):
    """A block of text, what it is called, and the looks of what is around it."""

    element: Element
    label: str | None
    styles: _Styles


def _looks(styles: str | None) -> _Styles:
    """Styles as the kinds of ranges they are."""
    return frozenset(_STYLES[word] for word in (styles or "").split() if word in _STYLES)


def _ids(block: Element) -> Iterator[str]:
    """What a reading order may call a block by: its name, those of its lines and words."""
    yield block.get("ID") or ""
    for line in block.all("TextLine"):
        yield line.get("ID") or ""
        yield from (word.get("ID") or "" for word in line.all("String"))


def _whole(value: str | None) -> int | None:
    found = _NUMBER.fullmatch(value or "")
    return round(float(found[0])) if found else None


class _Alto:
    def __init__(self, raw: str, root: Element) -> None:
        self.raw = raw
        self.root = root
        self.styles = {
            each.get("ID"): _looks(each.get("FONTSTYLE")) for each in root.below("TextStyle")
        }
        order = root.first("ReadingOrder")
        named = (each for one in (order.below("ElementRef") if order is not None else ())
                 for each in (one.get("REF") or "").split())
        self.rank = {id_: k for k, id_ in enumerate(dict.fromkeys(named))}
        tags = root.first("Tags")
        self.tags = {each.get("ID"): each.get("LABEL") for each in tags.children} if tags else {}

    def sheets(self) -> Iterator[Sheet]:
        """The pages of the file."""
        name = next(self.root.below("fileName"), None)
        image = Letters.of(self.raw, name).text or None
        layout = self.root.first("Layout")
        pages = list(layout.all("Page")) if layout is not None else []
        outer = self._styles(layout, frozenset()) if layout is not None else frozenset()
        for page in pages:
            regions = [
                self._region(*block)
                for name, label in _PARTS.items()
                for part in page.all(name)
                for block in self._ordered(
                    list(self._blocks(part, label, self._styles(page, outer)))
                )
            ]
            size = _whole(page.get("WIDTH")), _whole(page.get("HEIGHT"))
            last = max((each.start for each in page.below("String")), default=page.start)
            yield Sheet(regions, image if len(pages) == 1 else None, *size, last)

    def _blocks(self, part: Element, label: str | None, outer: _Styles) -> Iterator[_Block]:
        styles = self._styles(part, outer)
        for child in part.children:
            if child.name == "TextBlock":
                yield _Block(child, self._named(child) or label, styles)
            elif child.name == "ComposedBlock":
                yield from self._blocks(child, self._named(child) or label, styles)

    def _ordered(self, blocks: list[_Block]) -> list[_Block]:
        """Blocks in the order that the file says: by ReadingOrder (4.3), by IDNEXT, as they are."""
        ranks = [min((self.rank[id_] for id_ in _ids(each.element) if id_ in self.rank),
                     default=len(self.rank)) for each in blocks]
        if any(rank < len(self.rank) for rank in ranks):
            return [blocks[k] for k in sorted(range(len(blocks)), key=ranks.__getitem__)]
        known = {each.element.get("ID"): each for each in blocks}
        after = {each.element.get("IDNEXT") for each in blocks}
        firsts = [each for each in blocks if each.element.get("ID") not in after]
        out: dict[int, _Block] = {}
        for first in (*firsts, *blocks):
            block: _Block | None = first
            while block is not None and id(block) not in out:
                out[id(block)] = block
                block = known.get(block.element.get("IDNEXT"))
        return list(out.values())

    def _named(self, element: Element) -> str | None:
        """What a block is called: its tag, or its type."""
        tags = [self.tags.get(each) for each in (element.get("TAGREFS") or "").split()]
        return next(filter(None, tags), None) or element.get("TYPE")

    def _region(self, block: Element, label: str | None, outer: _Styles) -> Region:
        styles = self._styles(block, outer)
        found = list(block.all("TextLine"))
        found.sort(key=lambda each: self.rank.get(each.get("ID") or "", len(self.rank)))
        lines = [self._line(each, styles) for each in found]
        return Region(block.get("ID") or "", role_of(label), label, lines, _points(block))

    def _styles(self, element: Element, outer: _Styles) -> _Styles:
        """How the words of an element look: as it says, or else as those of the one around it."""
        named = [self.styles[name] for name in (element.get("STYLEREFS") or "").split()
                 if name in self.styles]  # others are of paragraphs
        look = frozenset().union(*named) if named else outer
        return look | _looks(element.get("STYLE"))

    def _line(self, element: Element, outer: _Styles) -> Line:
        letters = Letters()
        ranges: list[Range] = []
        outer = self._styles(element, outer)
        open_: dict[str, tuple[int, int]] = {}
        divided = False
        for child in element.children:
            if child.name == "HYP":
                letters.join(Letters.value(self.raw, child, "CONTENT"))
                divided = False
            if child.name != "String":
                continue
            words = Letters.value(self.raw, child, "CONTENT")
            if not words.text:
                continue
            if letters.text:  # words without SP between them are words all the same
                at = letters.stop[-1]
                letters.add(" ", at, at)
            start = len(letters.text)
            letters.join(words)
            styles = self._styles(child, outer)
            ended = [each for each in open_ if each not in styles]
            ranges += [Range(*open_.pop(what), what, NOTHING) for what in ended]
            for what in styles:
                open_[what] = (open_.get(what, (start, 0))[0], len(letters.text))
            divided = child.get("SUBS_TYPE") == "HypPart1" and words.text[-1] not in "-¬\u00ad"
        if divided:  # the hyphen that the file leaves to its reader
            letters.add("-", letters.stop[-1], letters.stop[-1])
        ranges += [Range(start, end, what, NOTHING) for what, (start, end) in open_.items()]
        return Line(element.get("ID") or "", letters, ranges, _points(element), element.start)


def _points(element: Element) -> Points:
    shape = element.first("Shape")
    outline = shape.first("Polygon") if shape is not None else None
    if outline is not None:
        numbers = [round(float(each)) for each in _NUMBER.findall(outline.get("POINTS") or "")]
        return tuple(zip(numbers[::2], numbers[1::2], strict=False))
    left, top, width, height = (
        _whole(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    )
    if left is None or top is None:
        return ()
    return (left, top), (left + (width or 0), top + (height or 0))
