"""PAGE XML, as Transkribus, eScriptorium and others write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from redline.formats.notations.events import NOTHING, Finding
from redline.formats.recognition.paper import paper
from redline.formats.recognition.sheets import Line, Points, Range, Region, Sheet, role_of
from redline.formats.recognition.tree import Element, Letters, documents
from redline.model import Document
from redline.source import Source

__all__ = ["from_page"]

_TAG = re.compile(r"(?<![\w.-])([\w.-]+)\s*\{([^{}]*)\}")
_VALUE = re.compile(r"(?<![\w.-])([\w.-]+)\s*:\s*([^;]*)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_HAND = re.compile(r"[\w.-]+")
_POINT = re.compile(r"(?<![\d.-])(-?\d{1,9})(?:\.\d+)?[,\s]\s*(-?\d{1,9})(?:\.\d+)?")
#: Tags of a line, and what they say of its words.
_TAGS = {
    **dict.fromkeys(("del", "deletion", "deleted", "strikethrough"), "del"),
    **dict.fromkeys(("add", "addition", "added", "insertion"), "add"),
    "unclear": "unclear",
    "gap": "gap",
}
#: Properties of `textStyle`, and of the element TextStyle.
_STYLES = {
    "strikethrough": "del",
    "bold": "bold",
    "italic": "italic",
    "superscript": "superscript",
}
#: Tags about the layout, which say nothing of words.
_LAYOUT = frozenset({"readingOrder", "structure", "textStyle"})
#: Any region may have others in it: a picture its caption.
_REGION = "Region"
_FALSE = frozenset({"false", "0", ""})


def from_page(source: Source) -> Document:
    """Read PAGE XML: one page, or the files of several with form feeds between them.

    Raises `FormatError` for what is no PAGE XML, not well formed, or an attack.
    """
    findings: list[Finding] = []
    sheets = [
        _Page(source.text, page, findings).sheet()
        for root in documents(source, "PcGts")
        for page in root.all("Page")
    ]
    return paper(source, sheets, "page", findings)


def _custom(element: Element) -> Iterator[tuple[str, dict[str, str]]]:
    """The tags in the attribute `custom`."""
    for name, body in _TAG.findall(element.get("custom") or ""):
        yield name, {key: _unescaped(value) for key, value in _VALUE.findall(body)}


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value.strip())


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else None


def _points(element: Element) -> Points:
    coords = element.first("Coords")
    if coords is None:
        return ()
    written = coords.get("points")
    if written is None:  # as before 2013
        written = " ".join(f"{p.get('x')},{p.get('y')}" for p in coords.all("Point"))
    return tuple((int(x), int(y)) for x, y in _POINT.findall(written))


class _Page:
    def __init__(self, raw: str, page: Element, findings: list[Finding]) -> None:
        self.raw = raw
        self.page = page
        self.findings = findings
        self.unknown: set[str] = set()

    def sheet(self) -> Sheet:
        """The page with its regions in reading order."""
        regions = [found for each in self._ordered() for found in self._regions(each)]
        page = self.page
        last = max((end for each in page.below("Unicode") for _, end, _ in each.texts), default=0)
        size = _number(page.get("imageWidth")), _number(page.get("imageHeight"))
        return Sheet(regions, page.get("imageFilename"), *size, max(last, page.start))

    # -- reading order ------------------------------------------------------------------------

    def _ordered(self) -> list[Element]:
        """Regions as the file orders them: by its ReadingOrder, by `custom`, as they stand."""
        regions = [each for each in self.page.children if each.name.endswith(_REGION)]
        order = self.page.first("ReadingOrder")
        wanted = list(_references(order)) if order is not None else []
        if not wanted:
            return _by_custom(regions)
        rank = {name: k for k, name in enumerate(wanted)}
        return sorted(regions, key=lambda each: rank.get(each.get("id") or "", len(rank)))

    # -- regions and lines --------------------------------------------------------------------

    def _regions(self, element: Element) -> Iterator[Region]:
        """A region, then those in it; the cells of a table."""
        if element.name == "TableRegion":
            for cell in element.all("TableCell", "TextRegion"):
                yield self._region(cell, _cell(cell), element.get("id") or "")
            return
        if element.name == "TextRegion":
            yield self._region(element)
        inside = [each for each in element.children if each.name.endswith(_REGION)]
        for inner in _by_custom(inside):
            yield from self._regions(inner)

    def _region(
        self, element: Element, cell: tuple[int, int] | None = None, table: str = ""
    ) -> Region:
        label = next((said.get("type") for name, said in _custom(element) if name == "structure"),
                     None) or element.get("type")
        elements = _by_custom(list(element.all("TextLine")))
        outer = _styled(element)
        lines = [self._line(each, outer) for each in elements]
        if not any(line.letters.text for line in lines):
            lines = list(self._unlined(element, outer)) or lines
        return Region(element.get("id") or "", role_of(label), label, lines, _points(element),
                      cell, table)

    def _unlined(self, element: Element, outer: Mapping[str, str]) -> Iterator[Line]:
        """The lines of a region that has its text as a whole."""
        letters = self._text(element)
        at = 0
        for words in letters.text.splitlines(keepends=True):
            cut = slice(at, at + len(words))
            at += len(words)
            line = Letters(words, letters.at[cut], letters.stop[cut]).trimmed()
            ranges = [Range(0, len(line.text), what, NOTHING) for what in outer]
            yield Line("", line, ranges)

    def _text(self, element: Element) -> Letters:
        """The text of an element: of several versions, that of the lowest index."""
        versions = list(element.all("TextEquiv"))
        best = min(versions, key=lambda each: _number(each.get("index")) or 0, default=None)
        return Letters.of(self.raw, best.first("Unicode") if best is not None else None)

    def _line(self, element: Element, outer: Mapping[str, str]) -> Line:
        letters = self._text(element)
        whole = _styled(element, outer)
        words = [self._word(word, whole) for word in element.all("Word")]
        words = [word for word in words if word.letters.text]
        if not letters.text:
            letters = _joined(word.letters for word in words)
        if not any(word.styles != whole for word in words):
            ranges = [Range(0, len(letters.text), what, NOTHING) for what in whole]
        else:
            ranges = []
        ranges += _of_words(letters.text, words)
        ranges += self._tagged(element, letters)
        return Line(element.get("id") or "", letters, ranges, _points(element), element.start)

    def _word(self, element: Element, outer: Mapping[str, str]) -> _Word:
        letters = self._text(element)
        return _Word(letters, _styled(element, outer), list(self._tagged(element, letters)))

    def _tagged(self, element: Element, letters: Letters) -> Iterator[Range]:
        """What `custom` says of the characters of a line or a word.

        It counts them from the beginning of the text, white space and all, and in the units of
        Java.
        """
        written = letters.lead + letters.text
        for name, said in _custom(element):
            start, length = _number(said.get("offset")), _number(said.get("length"))
            on = said.get("continued", "").lower() == "true"
            if start is None or length is None:
                continue
            end = _characters(written, start + length) - len(letters.lead)
            start = _characters(written, start) - len(letters.lead)
            length = end - start
            if name == "textStyle":
                for style, what in _STYLES.items():
                    if said.get(style, "").lower() not in _FALSE:
                        yield Range(start, start + length, what, NOTHING, on)
            elif name in _TAGS:
                hand = said.get("hand", "")
                by = MappingProxyType({"hand": hand} if _HAND.fullmatch(hand) else {})
                yield Range(start, start + length, _TAGS[name], by, on)
            elif name not in _LAYOUT and name not in self.unknown:
                self.unknown.add(name)
                at = letters.at[min(start, len(letters.at) - 1)] if letters.at else element.start
                self.findings.append(("page-tag", at, at, name))


def _references(element: Element) -> Iterator[str]:
    """The regions that a reading order names, group by group."""
    ordered = element.name.startswith("OrderedGroup")
    children = element.children
    if ordered:
        children = sorted(children, key=lambda each: _number(each.get("index")) or 0)
    for child in children:
        reference = child.get("regionRef")
        if reference:
            yield reference
        yield from _references(child)


def _by_custom(elements: list[Element]) -> list[Element]:
    """In the order that `custom` says, where it says one of all."""
    ranks = []
    for element in elements:
        found = [said.get("index") for name, said in _custom(element) if name == "readingOrder"]
        rank = _number(found[0]) if found else None
        if rank is None:
            return elements
        ranks.append(rank)
    return [elements[k] for k in sorted(range(len(elements)), key=ranks.__getitem__)]


class _Word(NamedTuple):
    """A word: its characters, what is said of all of them, and of some."""

    letters: Letters
    styles: Mapping[str, str]
    ranges: list[Range]


def _cell(element: Element) -> tuple[int, int] | None:
    """Its row and column: on the element, or in its role (since 2017)."""
    roles = element.first("Roles")
    role = roles.first("TableCellRole") if roles is not None else None
    for holder, names in ((element, ("row", "col")), (role, ("rowIndex", "columnIndex"))):
        if holder is not None:
            row, column = (_number(holder.get(name)) for name in names)
            if row is not None and column is not None:
                return row, column
    return None


def _characters(text: str, units: int) -> int:
    """So many UTF-16 units of a text as characters."""
    if not any(letter > "\uffff" for letter in text):
        return units
    at = 0
    for k, letter in enumerate(text):
        if at >= units:
            return k
        at += 1 + (letter > "\uffff")
    return len(text) + max(0, units - at)


def _styled(element: Element, outer: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """What the TextStyle of an element says of all its words, or else that of the one around."""
    style = element.first("TextStyle")
    said = dict(outer)
    for name, what in _STYLES.items() if style is not None else ():
        value = style.get(name) if style is not None else None
        if (value or "").lower() not in _FALSE:
            said[what] = name
        elif value is not None:
            said.pop(what, None)
    return said


def _joined(words: Iterable[Letters]) -> Letters:
    """Words with a space between them."""
    line = Letters()
    for word in words:
        if line.at:
            line.add(" ", line.stop[-1], line.stop[-1])
        line.join(word)
    return line


def _of_words(text: str, words: Sequence[_Word]) -> Iterator[Range]:
    """What words say of themselves; neighbours of one style are one stretch."""
    at = 0
    open_: dict[str, tuple[int, int]] = {}
    for letters, styles, ranges in words:
        start = text.find(letters.text, at)
        if start < 0:
            continue
        at = start + len(letters.text)
        for one in ranges:
            yield one._replace(start=start + max(0, one.start), end=min(start + one.end, at))
        for what in [each for each in open_ if each not in styles]:
            yield Range(*open_.pop(what), what, NOTHING)
        for what in styles:
            open_[what] = (open_.get(what, (start, 0))[0], at)
    for what, (start, end) in open_.items():
        yield Range(start, end, what, NOTHING)
