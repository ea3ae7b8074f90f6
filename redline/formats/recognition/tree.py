"""An XML file as a tree of elements that know their places in the source.

What could harm is refused before (`redline.formats.tei.read.scan`): no entity is expanded, no
document type read, nothing fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from redline.formats.tei.read.scan import (
    ATTRIBUTE,
    MAX_ATTRIBUTES,
    REFERENCE,
    TOKEN,
    character,
    check,
    decoded,
    refuse,
)
from redline.source import Source

__all__ = ["Element", "Letters", "documents"]

_SEPARATOR = "\f"
#: What else parts a word at the end of a line: Transkribus's sign, the soft one, the double one.
_HYPHENS = "¬\u00ad⸗"
#: Pages nest elements some ten deep.
_DEEPEST = 100


@dataclass(eq=False)
class Element:
    """An element: its name without a prefix, its attributes likewise, its place, what is in it."""

    name: str
    attributes: dict[str, str]
    start: int
    children: list[Element] = field(default_factory=list)
    texts: list[tuple[int, int, bool]] = field(default_factory=list)  # the last: CDATA

    def get(self, name: str) -> str | None:
        """The value of an attribute."""
        return self.attributes.get(name)

    def all(self, *names: str) -> Iterator[Element]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Element | None:
        """The first child of one of these names."""
        return next(self.all(*names), None)

    def below(self, name: str) -> Iterator[Element]:
        """Every element of a name in this one, at any depth, in the order of the file."""
        waiting = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if child.name == name:
                yield child
            waiting += reversed(child.children)


@dataclass
class Letters:
    """Words with the place of each character: `at[i]` to `stop[i]` in the source.

    `lead` is the white space that stood before them and is not among them.
    """

    text: str = ""
    at: list[int] = field(default_factory=list)
    stop: list[int] = field(default_factory=list)
    lead: str = ""

    def add(self, words: str, start: int, end: int) -> None:
        """Characters that stand for source[start:end]: one for one, or all for all of it."""
        self.text += words
        if len(words) == end - start:
            self.at += range(start, end)
            self.stop += range(start + 1, end + 1)
        else:
            self.at += [start] * len(words)
            self.stop += [end] * len(words)

    def join(self, other: Letters) -> None:
        """The other's characters too."""
        self.text += other.text
        self.at += other.at
        self.stop += other.stop

    @classmethod
    def of(cls, raw: str, element: Element | None) -> Letters:
        """The text right in an element, without white space at its ends."""
        found = cls()
        for start, end, literal in element.texts if element is not None else ():
            at = start
            for match in () if literal else REFERENCE.finditer(raw, start, end):
                found.add(raw[at : match.start()], at, match.start())
                found.add(character(match), *match.span())
                at = match.end()
            found.add(raw[at:end], at, end)
        return found.trimmed()

    @classmethod
    def value(cls, raw: str, element: Element, name: str) -> Letters:
        """The value of an attribute; its characters stand where the value does."""
        words = element.get(name) or ""
        match = re.compile(rf"\b{name}\s*=\s*([\"'])").search(raw, element.start)
        found = cls()
        if match is not None:
            end = raw.index(match[1], match.end())
            at = match.end()
            if end - at == len(words):
                found.add(words, at, end)
            else:
                for reference in REFERENCE.finditer(raw, at, end):
                    found.add(raw[at : reference.start()], at, reference.start())
                    found.add(character(reference), *reference.span())
                    at = reference.end()
                found.add(raw[at:end], at, end)
        return found.trimmed()

    def trimmed(self) -> Letters:
        """The same without white space at its ends."""
        words = self.text.strip()
        lead = len(self.text) - len(self.text.lstrip())
        last = lead + len(words)
        return Letters(words, self.at[lead:last], self.stop[lead:last], self.text[:lead])

    def hyphened(self) -> Letters:
        """The same; a sign that parts a word at the end of a line is a hyphen."""
        if len(self.text) < 2 or self.text[-1] not in _HYPHENS or not self.text[-2].isalpha():
            return self
        end = self.stop[-1]  # not where the sign stands, which is another one
        at, stop = [*self.at[:-1], end], [*self.stop[:-1], end]
        return Letters(f"{self.text[:-1]}-", at, stop, self.lead)


def documents(source: Source, root: str) -> Iterator[Element]:
    """The roots of the XML files in a source: one, or several with form feeds between them.

    No XML holds a form feed, so that what stands between two is a file. Raises `FormatError`
    for what is not well formed, not of the format (`root` names its root), or an attack.
    """
    at = 0
    parts = source.text.rstrip("\f\n\r ").split(_SEPARATOR)
    for number, part in enumerate(parts, 1):
        start = at
        at += len(part) + 1
        skipped = len(part) - len(part.lstrip()) if len(parts) > 1 else 0
        name = source.name if len(parts) == 1 else f"{source.name} (file {number} of {len(parts)})"
        alone = replace(source, text=part[skipped:], name=name)
        check(alone)
        found = _tree(alone, start + skipped)
        if found.name != root:
            raise refuse(alone, 0, f"<{found.name}> is not <{root}>", "name its format with --from")
        yield found


def _tree(source: Source, base: int) -> Element:
    raw = source.text
    top = Element("", {}, base)
    stack = [top]
    at = 0
    for match in TOKEN.finditer(raw):
        start = match.start()
        if start > at and len(stack) > 1:
            stack[-1].texts.append((base + at, base + start, False))
        at = match.end()
        if match[2] is None:
            if match[5] and len(stack) > 1:
                stack[-1].texts.append((base + match.start(5), base + match.end(5), True))
        elif match[1]:
            stack.pop()
        else:
            element = _element(source, match, base)
            stack[-1].children.append(element)
            if not match[4]:
                if len(stack) > _DEEPEST:
                    raise refuse(source, start, f"elements nested deeper than {_DEEPEST}",
                                 "no page needs that; look at what made the file")
                stack.append(element)
    return top.children[0]


def _element(source: Source, match: re.Match[str], base: int) -> Element:
    written = match[3]
    if len(written) > MAX_ATTRIBUTES:
        raise refuse(source, match.start(), f"attributes of {len(written):,} characters",
                     f"redline reads {MAX_ATTRIBUTES:,} for one element")
    attributes = {
        name.rpartition(":")[2]: decoded(one or other)
        for name, one, other in ATTRIBUTE.findall(written)
    }
    return Element(match[2].rpartition(":")[2], attributes, base + match.start())
