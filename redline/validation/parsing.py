"""XML in, safely: no entity is resolved, no DTD loaded, no network asked, no depth without end."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from redline.diagnostics import InputError
from redline.validation.findings import Finding

__all__ = ["Spot", "has_doctype", "parse", "positions"]

_CHUNK = 1 << 14
#: What the parser says where a file asks for more than any honest one does.
_LIMITS = re.compile(
    r"excessive depth|depth limit|maximum depth|parser_huge|parse_huge|huge input|too long|too big"
    r"|amplification|entity.*loop|resource limit",
    re.I,
)
_NESTED = re.compile("depth", re.I)


class Spot(NamedTuple):
    """A place of a file: the tag of an element (by its number), or the text that comes first
    ``inside`` of it, or ``after`` it."""

    element: int
    what: str = "tag"


class _Enough(Exception):
    """The prolog is over."""


def parse(data: bytes, name: str) -> etree._Element | Finding:
    """The root of the file; or where it stops being XML.

    Raises `InputError` for a file that declares entities, or goes beyond what the parser bears:
    elements deeper than 256, an attribute or a piece of text of 10 MB.
    """
    if _prolog(data)[1]:
        raise InputError(
            f"{name}: declares entities, and redline resolves none; write the characters themselves"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )  # an id given twice is for a rule to tell, and no reason to stop
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        told = " ".join((fault.msg or "no XML").split())
        for entry in parser.error_log:  # the first says why; the last is often a consequence
            if _LIMITS.search(entry.message):
                told = entry.message
                break
        line, column = fault.position
        if _LIMITS.search(told):
            what = (
                "elements nested deeper than 256"
                if _NESTED.search(told)
                else "an attribute or a text longer than the parser bears"
            )
            raise InputError(f"{name}: {what} at line {line}; not read") from None
        told = re.sub(r", line \d+, column \d+.*", "", told)
        return Finding("xml", f"not well-formed: {told}", max(line, 1), max(column, 1))


def has_doctype(data: bytes) -> bool:
    """Whether the file has a DOCTYPE, which other programs might load from anywhere."""
    return _prolog(data)[0]


def _prolog(data: bytes) -> tuple[bool, bool]:
    """Whether there is a DOCTYPE before the first element, and whether it declares entities."""
    found = [False, False]
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        found[0] = True

    def entity(*_: object) -> None:
        found[1] = True
        raise _Enough

    def start(*_: object) -> None:
        raise _Enough

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start
    # What is wrong with the file is told by the parser proper.
    with suppress(_Enough, expat.ExpatError, LookupError, ValueError):
        at, size = 0, _CHUNK
        while at < len(data):
            parser.Parse(data[at : at + size], False)
            # Expat begins a tag anew that the piece before broke off: pieces that double keep
            # the time linear when one tag is as long as the file.
            at, size = at + size, 2 * size
    return found[0], found[1]


def positions(data: bytes, wanted: Collection[Spot]) -> dict[Spot, tuple[int, int]]:
    """Line and column (from 1) of some spots of a file."""
    found: dict[Spot, tuple[int, int]] = {}
    parser = expat.ParserCreate()
    number = -1
    open_: list[int] = []
    at = Spot(-1, "inside")

    def start(*_: object) -> None:
        nonlocal number, at
        number += 1
        open_.append(number)
        if (tag := Spot(number)) in wanted:
            found[tag] = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        at = Spot(number, "inside")

    def end(*_: object) -> None:
        nonlocal at
        at = Spot(open_.pop(), "after")

    def text(words: str) -> None:
        if at not in wanted or at in found or words.isspace():
            return
        blank = words[: len(words) - len(words.lstrip())]
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber
        ends = blank.count("\n")
        indent = len(blank) - blank.rfind("\n") - 1
        found[at] = line + ends, (indent if ends else column + indent) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if any(spot.what != "tag" for spot in wanted):
        parser.CharacterDataHandler = text
    # An encoding it has not, an entity it does not know: the lines are known otherwise.
    with suppress(expat.ExpatError, LookupError, ValueError):
        parser.Parse(data, True)
    return found
