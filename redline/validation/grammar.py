"""A RELAX NG grammar as tables: for each element its content model and its attributes.

For grammars in which an element has one definition wherever it stands and content is no data:
redline's own, and those of the TEI. What such a grammar says, `explain` can put into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from lxml import etree

from redline.validation import files
from redline.validation.patterns import EMPTY, NOTHING, TEXT, Model, choice, more, sequence, symbol
from redline.validation.values import Value

__all__ = ["Attribute", "Declaration", "Grammar", "own_grammar", "read_grammar"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_WORDS = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
#: Patterns that hold others, one after the other.
_ROWS = frozenset({"group", "div", "define", "element"})


class Attribute(NamedTuple):
    """What an attribute may hold; `words` say what that is."""

    required: bool
    value: Value
    words: str


class Declaration(NamedTuple):
    """An element: what it may hold, its attributes by name (``xml:id``), what it is for."""

    content: Model
    attributes: dict[str, Attribute]
    words: str


class Grammar(NamedTuple):
    """The declarations by the name of the element, and the names that a file may begin with."""

    elements: dict[str, Declaration]
    start: frozenset[str]


@cache
def own_grammar() -> Grammar:
    """redline's own."""
    return read_grammar(etree.parse(files.own("redline.rng")).getroot())


def read_grammar(root: etree._Element) -> Grammar:
    """The tables of a grammar."""
    return _Reader(root).grammar()


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self._defines = {str(each.get("name")): each for each in root.iter(f"{_RNG}define")}
        self._start = root.find(f"{_RNG}start")
        self._models: dict[str, Model] = {}
        self._found: dict[str, dict[str, Attribute]] = {}

    def grammar(self) -> Grammar:
        """All of it."""
        elements = {}
        for define in self._defines.values():
            for each in define.iterchildren(f"{_RNG}element"):
                name = each.get("name")
                if name is not None:
                    attributes = dict(self._attributes(each, required=True))
                    elements[name] = Declaration(self._row(each), attributes, _words(each))
        assert self._start is not None, "a grammar has a start"
        return Grammar(elements, frozenset(self._names(self._row(self._start))))

    def _names(self, model: Model) -> Iterator[str]:
        if model.kind == "symbol":
            yield model.name
        for part in model.parts:
            yield from self._names(part)

    # -- content ----------------------------------------------------------------------------

    def _row(self, element: etree._Element) -> Model:
        return sequence(self._parts(element))

    def _parts(self, element: etree._Element) -> Iterator[Model]:
        for child in element.iterchildren("*"):
            if str(child.tag).startswith(_RNG):
                yield self._model(child)

    def _model(self, element: etree._Element) -> Model:
        """The content model of a pattern; an attribute is no content."""
        name = etree.QName(element).localname
        if name == "ref":
            return self._named(str(element.get("name")))
        if name == "element":
            return symbol(str(element.get("name")))
        if name == "choice":
            return choice(self._parts(element))
        make: Callable[[Model], Model] | None = _REPEATED.get(name)
        if make is not None:
            return make(self._row(element))
        if name in ("text", "data", "value", "list"):
            return symbol(TEXT)
        if name == "mixed":
            return more(choice((symbol(TEXT), self._row(element))))
        if name == "notAllowed":
            return NOTHING
        return self._row(element) if name in (*_ROWS, "start") else EMPTY

    def _named(self, name: str) -> Model:
        if name not in self._models:
            self._models[name] = EMPTY  # a definition may come back to itself through elements
            self._models[name] = self._row(self._defines[name])
        return self._models[name]

    # -- attributes -------------------------------------------------------------------------

    def _attributes(
        self, element: etree._Element, *, required: bool
    ) -> Iterator[tuple[str, Attribute]]:
        for child in element.iterchildren("*"):
            name = etree.QName(child).localname
            if name == "attribute" and child.get("name"):
                value, words = self._value(child)
                yield str(child.get("name")), Attribute(required, value, words)
            elif name == "ref":
                define = self._defines[str(child.get("name"))]
                if define.find(f"{_RNG}element") is None:
                    yield from self._shared(define, required)
            elif name in ("optional", "choice", "zeroOrMore"):
                yield from self._attributes(child, required=False)
            elif name in ("group", "oneOrMore", "interleave"):
                yield from self._attributes(child, required=required)

    def _shared(self, define: etree._Element, required: bool) -> Iterable[tuple[str, Attribute]]:
        key = str(define.get("name"))
        if key not in self._found:
            self._found[key] = {}
            self._found[key] = dict(self._attributes(define, required=True))
        for name, found in self._found[key].items():
            yield name, found._replace(required=found.required and required)

    def _value(self, element: etree._Element) -> tuple[Value, str]:
        """What an attribute must be, and the words of the type that says so."""
        parts = [c for c in element.iterchildren("*") if str(c.tag).startswith(_RNG)]
        if not parts:
            return Value("data", "string"), "any text"
        ref = next(element.iter(f"{_RNG}ref"), None)
        words = _words(self._defines[str(ref.get("name"))]) if ref is not None else ""
        value = self._one(parts)
        return value, words or " or ".join(_literals(value))

    def _one(self, parts: list[etree._Element]) -> Value:
        """Patterns of values; several in a row are a list of them in TEI alone, not here."""
        element = parts[0]
        name = etree.QName(element).localname
        inner = [c for c in element.iterchildren("*") if str(c.tag).startswith(_RNG)]
        if name == "ref":
            define = self._defines[str(element.get("name"))]
            return self._one([c for c in define if str(c.tag).startswith(_RNG)])
        if name == "choice":
            return Value("choice", parts=tuple(self._one([each]) for each in inner))
        if name == "list":
            return Value("list", parts=(self._one(inner),))
        if name == "value":
            return Value("value", element.text or "")
        if name == "data":
            pattern = element.find(f"{_RNG}param[@name='pattern']")
            text = pattern.text if pattern is not None else None
            return Value("data", str(element.get("type")), text or "")
        if name == "text":
            return Value("data", "string")
        return self._one(inner)


def _words(element: etree._Element) -> str:
    return element.findtext(_WORDS) or ""


def _literals(value: Value) -> Iterator[str]:
    if value.kind == "value":
        yield value.text
    for part in value.parts:
        yield from _literals(part)


_REPEATED: dict[str, Callable[[Model], Model]] = {
    "oneOrMore": more,
    "zeroOrMore": lambda model: choice((more(model), EMPTY)),
    "optional": lambda model: choice((model, EMPTY)),
}
