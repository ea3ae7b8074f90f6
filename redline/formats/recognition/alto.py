"""ALTO, versions 2 to 4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redline.formats.notations.events import NOTHING, Finding
from redline.formats.recognition.paper import Line, Points, Range, Region, Sheet, paper, role_of
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
#: Parts of a page, and what their blocks are if they are not named.
_MARGINS = {
    "TopMargin": "header",
    "LeftMargin": "marginalia",
    "RightMargin": "marginalia",
    "BottomMargin": "footer",
    "PrintSpace": None,
}


def from_alto(source: Source) -> Document:
    """Read ALTO: the pages of one file, or of several with form feeds between them.

    Raises `FormatError` for what is no ALTO, not well formed, or an attack.
    """
    findings: list[Finding] = []
    sheets = [
        sheet for root in documents(source, "alto") for sheet in _Alto(source.text, root).sheets()
    ]
    return paper(source, sheets, "alto", findings)


def _whole(value: str | None) -> int | None:
    found = _NUMBER.fullmatch(value or "")
    return round(float(found[0])) if found else None


class _Alto:
    def __init__(self, raw: str, root: Element) -> None:
        self.raw = raw
        self.root = root
        self.styles = {
            each.get("ID"): (each.get("FONTSTYLE") or "").split()
            for each in root.below("TextStyle")
        }
        tags = root.first("Tags")
        self.tags = {each.get("ID"): each.get("LABEL") for each in tags.children} if tags else {}

    def sheets(self) -> Iterator[Sheet]:
        """The pages of the file."""
        name = next(self.root.below("fileName"), None)
        image = Letters.of(self.raw, name).text or None
        layout = self.root.first("Layout")
        pages = list(layout.all("Page")) if layout is not None else []
        for page in pages:
            regions = [
                self._region(block, label)
                for part in page.children
                if part.name in _MARGINS
                for block, label in self._blocks(part, _MARGINS[part.name])
            ]
            size = _whole(page.get("WIDTH")), _whole(page.get("HEIGHT"))
            last = max((each.start for each in page.below("String")), default=page.start)
            yield Sheet(regions, image if len(pages) == 1 else None, *size, last)

    def _blocks(self, part: Element, label: str | None) -> Iterator[tuple[Element, str | None]]:
        for child in part.children:
            if child.name == "TextBlock":
                yield child, self._named(child) or label
            elif child.name == "ComposedBlock":
                yield from self._blocks(child, self._named(child) or label)

    def _named(self, element: Element) -> str | None:
        """What a block is called: its tag, or its type."""
        tags = [self.tags.get(each) for each in (element.get("TAGREFS") or "").split()]
        return next(filter(None, tags), None) or element.get("TYPE")

    def _region(self, block: Element, label: str | None) -> Region:
        styles = self._styles(block)
        lines = [self._line(each, styles) for each in block.all("TextLine")]
        return Region(block.get("ID") or "", role_of(label), label, lines, _points(block))

    def _styles(self, element: Element) -> set[str]:
        words = (element.get("STYLE") or "").split()
        for name in (element.get("STYLEREFS") or "").split():
            words += self.styles.get(name, [])
        return {_STYLES[word] for word in words if word in _STYLES}

    def _line(self, element: Element, outer: set[str]) -> Line:
        letters = Letters()
        ranges: list[Range] = []
        outer = outer | self._styles(element)
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
            styles = outer | self._styles(child)
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
