"""The parts beside the document: styles, lists, settings, notes, comments, properties."""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.diagnostics import FormatError
from redline.formats.word.names import CHARACTER_STYLES, HEADINGS, PARAGRAPH_STYLES
from redline.formats.word.read.package import Package
from redline.formats.word.read.tree import Node, decoded, parse

__all__ = ["Lists", "Shape", "Styles", "numbered", "roman", "tree_of"]

_HEADING = re.compile(r"heading (\d)")
_TITLES = {"title": (1, "title"), "subtitle": (2, None)}
_BY_NAME = {row.name.lower(): row.kind for row in PARAGRAPH_STYLES.values()}
_SPAN_BY_NAME = {row.name.lower(): row.kind for row in CHARACTER_STYLES.values() if row.name}
_SPAN_BY_NAME |= {"strong": "bold", "emphasis": "italic", "verbatim char": "code",
                  "html code": "code"}
_BY_NAME |= {"source code": "code", "html preformatted": "code", "compact": "paragraph"}
_LIST = re.compile(r"list (?:bullet|number|continue)(?: ([2-5]))?")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACEHOLDER = re.compile(r"%([1-9])")


def tree_of(package: Package, uri: str) -> Node | None:
    """A part as a tree, None where it is missing or damaged."""
    data = package.part(uri)
    if data is None:
        return None
    try:
        return parse(decoded(data, package.name), package.name)
    except FormatError:
        return None


class Shape(NamedTuple):
    """What a style or a paragraph says it is."""

    kind: str
    level: int | None = None
    role: str | None = None
    number: tuple[str, int] | None = None


class Styles:
    """The style sheet: what paragraphs and characters of a style are."""

    def __init__(self, root: Node | None) -> None:
        found = root.children if root is not None else []
        self._nodes = {
            node.attributes.get("w:styleId", ""): node for node in found if node.name == "w:style"
        }
        self._shapes: dict[str, Shape] = {}

    def shape(self, style: str | None) -> Shape:
        """What paragraphs of a style are."""
        if not style:
            return Shape("paragraph")
        known = self._shapes.get(style)
        if known is None:
            known = self._shapes[style] = self._found(style)
        return known

    def _found(self, style: str) -> Shape:
        number = None
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            node = self._nodes.get(style)
            if node is None:
                break
            name = (node.value("w:name") or "").lower()
            properties = node.child("w:pPr")
            if properties is not None and number is None:
                number = numbered(properties)
            if match := _HEADING.fullmatch(name):
                return Shape("heading", int(match[1]), None, number)
            if name in _TITLES:
                return Shape("heading", *_TITLES[name], number)
            if match := _LIST.fullmatch(name):
                return Shape("list-item", int(match[1] or 1), None, number)
            if name in _BY_NAME:
                kind = _BY_NAME[name]
                return Shape(kind, 1 if kind == "list-item" else None, None, number)
            level = properties.value("w:outlineLvl") if properties is not None else None
            if level is not None and level.isdecimal() and int(level) < HEADINGS:
                return Shape("heading", int(level) + 1, None, number)
            style = node.value("w:basedOn") or ""
        return Shape("paragraph", None, None, number)

    def span(self, style: str | None) -> str | None:
        """The kind of span that characters of a style are."""
        node = self._nodes.get(style or "")
        return None if node is None else _SPAN_BY_NAME.get((node.value("w:name") or "").lower())


def numbered(properties: Node) -> tuple[str, int] | None:
    """The list and the level that properties of a paragraph name."""
    found = properties.child("w:numPr")
    if found is None:
        return None
    level = found.value("w:ilvl") or "0"
    return found.value("w:numId") or "0", int(level) if level.isdecimal() else 0


class _Level(NamedTuple):
    form: str
    text: str
    start: int


class Lists:
    """Counts the items of numbered lists, as Word does."""

    def __init__(self, root: Node | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for node in root.children if root is not None else ():
            if node.name == "w:abstractNum":
                key = node.attributes.get("w:abstractNumId", "")
                self._abstract[key] = {_whole(n, "w:ilvl"): _level(n) for n in node.children
                                       if n.name == "w:lvl"}
            elif node.name == "w:num":
                starts = {
                    _whole(each, "w:ilvl"): int(value)
                    for each in node.children if each.name == "w:lvlOverride"
                    and (value := each.value("w:startOverride") or "").isdecimal()
                }
                key = node.attributes.get("w:numId", "")
                self._lists[key] = node.value("w:abstractNumId") or "", starts

    def label(self, number: tuple[str, int]) -> str | None:
        """The number of the next item of a list, None for a bullet."""
        list_, at = number
        if list_ not in self._lists:
            return None
        abstract, starts = self._lists[list_]
        levels = self._abstract.get(abstract, {})
        level = levels.get(at)
        if level is None:
            return None
        counts = self._counts.setdefault(abstract, {})
        if list_ not in self._begun:
            self._begun.add(list_)
            for each, start in starts.items():
                counts[each] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        if level.form in ("bullet", "none", ""):
            return None

        def shown(match: re.Match[str]) -> str:
            k = int(match[1]) - 1
            row = levels.get(k, level)
            return _counted(counts.get(k, row.start), row.form)

        return _PLACEHOLDER.sub(shown, level.text).rstrip(".):").lstrip("(") or None


def _whole(node: Node, name: str) -> int:
    value = node.attributes.get(name, "0")
    return int(value) if value.isdecimal() else 0


def _level(node: Node) -> _Level:
    start = node.value("w:start") or "1"
    return _Level(node.value("w:numFmt") or "decimal", node.value("w:lvlText") or "",
                  int(start) if start.isdecimal() else 1)


def _counted(n: int, form: str) -> str:
    """A number as a list of this format shows it."""
    if form.endswith("Letter") and n > 0:
        letter = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman") and 0 < n < 4000:
        return roman(n).upper() if form.startswith("upper") else roman(n)
    return str(n)


def roman(n: int) -> str:
    """A number from 1 in small Roman figures."""
    out = ""
    for value, sign in _ROMAN:
        out += sign * (n // value)
        n %= value
    return out
