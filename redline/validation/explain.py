"""Where a file is not what the grammar says, and what the grammar expects there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from redline.validation.findings import TEI_PAGES
from redline.validation.grammar import Declaration, Grammar
from redline.validation.patterns import NOTHING, TEXT, Model, after, first, is_complete
from redline.validation.values import matches

__all__ = ["Fault", "explain", "local_name"]

_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NAMED_AT_MOST = 12
_SHOWN = 40
#: What is often done, and what to do instead: by rule, element and name; "" is any element.
_ADVICE = {
    ("attribute", "del", "when"): "days and people stand on a change, to which change points",
    ("attribute", "add", "when"): "days and people stand on a change, to which change points",
    ("attribute", "del", "place"): "place is for add; a deletion stands where its words do",
    ("attribute", "subst", "place"): "place is for the add in it",
    ("text", "subst", ""): "with text between them, write del and add apart and a substJoin",
    ("element", "body", "del"): "across blocks write delSpan, and an anchor at its end",
    ("element", "body", "add"): "across blocks write addSpan, and an anchor at its end",
    ("element", "div", "del"): "across blocks write delSpan, and an anchor at its end",
    ("element", "div", "add"): "across blocks write addSpan, and an anchor at its end",
    ("element", "body", "stamp"): "put it into a p or a fw",
    ("element", "subst", "lb"): "put it into the del or the add",
    ("element", "subst", "pb"): "put it into the del or the add",
    ("element", "div", "head"): "a heading stands first in its div: open another div",
    ("element", "body", "p"): "after a div, text needs a div too",
}


class Fault(NamedTuple):
    """One fault: the rule, the number of the element in the file, what, where to read on; and
    where it stands: in the tag, or in the text ``inside`` of the element or ``after`` it."""

    rule: str
    number: int
    message: str
    more: str
    place: str = "tag"


def explain(root: etree._Element, grammar: Grammar) -> Iterator[Fault]:
    """Every fault, in the order of the file; an element that may not stand where it does is one,
    and what it holds is looked at all the same."""
    numbers = {element: number for number, element in enumerate(root.iter("*"))}
    name = local_name(root)
    if name not in grammar.start:
        wanted = f"{_listed(grammar.start)} in the namespace {_TEI[1:-1]}"
        message = f"{_shown(name)} is no root here; expected {wanted}"
        yield Fault("element", 0, message, TEI_PAGES.format("TEI"))
        if name not in grammar.elements:
            return
    for element, number in numbers.items():
        name = local_name(element)
        declaration = grammar.elements.get(name)
        if declaration is not None:
            yield from _attributes(element, number, name, declaration)
            yield from _content(element, number, name, declaration, grammar, numbers)


def local_name(element: etree._Element) -> str:
    """The name of an element of TEI; any other one with its namespace."""
    tag = str(element.tag)
    return tag[len(_TEI) :] if tag.startswith(_TEI) else tag if tag[0] == "{" else f"{{}}{tag}"


# -- attributes ----------------------------------------------------------------------------


def _attributes(
    element: etree._Element, number: int, name: str, declaration: Declaration
) -> Iterator[Fault]:
    page = TEI_PAGES.format(name)
    known = declaration.attributes
    there = set()
    for key, value in element.items():
        key = str(key).replace(_XML, "xml:")
        there.add(key)
        wanted = known.get(key)
        if wanted is None:
            may = f"it may have {_listed(known)}" if known else "it has no attributes"
            message = f"{name} has no attribute {_shown(key)} here; {may}"
            yield Fault("attribute", number, _advised(message, "attribute", name, key), page)
        elif not matches(wanted.value, str(value)):
            message = f"{key} of {name} is {_quoted(str(value))}; expected {wanted.words}"
            yield Fault("value", number, message, page)
    for key, wanted in known.items():
        if wanted.required and key not in there:
            message = f"{name} has no attribute {key}; expected one with {wanted.words}"
            yield Fault("missing", number, message, page)


# -- content --------------------------------------------------------------------------------


def _content(
    element: etree._Element,
    number: int,
    name: str,
    declaration: Declaration,
    grammar: Grammar,
    numbers: dict[etree._Element, int],
) -> Iterator[Fault]:
    page = TEI_PAGES.format(name)
    state = declaration.content
    has_text = bool((element.text or "").strip())
    told = False  # text that may not stand here is told once an element
    last: etree._Element | None = None
    for child in (None, *element):
        if child is None:
            text = element.text
        else:
            if isinstance(child.tag, str):
                last = child
                inner = local_name(child)
                next_ = after(state, inner)
                if next_ != NOTHING:
                    state = next_
                elif (later := _skipped(state, inner)) != NOTHING:
                    message = f"{inner} in {name} comes too early; expected {_next(state)}"
                    yield Fault("missing", numbers[child], message, page)
                    state = later
                else:
                    yield _misplaced(inner, name, state, numbers[child], grammar)
            elif child.tag is etree.Entity:
                has_text = True
            text = child.tail
        if text and not text.isspace():
            has_text = True
            next_ = after(state, TEXT)
            if next_ != NOTHING:
                state = next_
            elif not told:
                told = True
                message = f"text in {name}: {_quoted(text)}; expected {_next(state)}"
                where = (number, "inside") if last is None else (numbers[last], "after")
                message = _advised(message, "text", name, "")
                yield Fault("text", where[0], message, page, where[1])
    if not is_complete(state) and not (has_text and first(state) == {TEXT}):
        message = f"{name} ends too early; expected {_next(state)}"
        yield Fault("missing", number, message, page)


def _skipped(state: Model, inner: str) -> Model:
    """What follows `inner` if it was right but for one element that should come before it."""
    if is_complete(state):
        return NOTHING
    found = (after(after(state, symbol), inner) for symbol in sorted(first(state) - {TEXT}))
    return next((model for model in found if model != NOTHING), NOTHING)


def _misplaced(
    inner: str, name: str, state: Model, number: int, grammar: Grammar
) -> Fault:
    if inner not in grammar.elements:
        what = f"{_shown(inner)} is no element of this schema"
        if inner.startswith("{}"):
            what = f"{inner[2:]} is in no namespace"
        return Fault("element", number, f"{what}; in {name} expected {_next(state)}",
                     TEI_PAGES.format(name))
    message = f"{inner} may not stand here in {name}; expected {_next(state)}"
    return Fault("element", number, _advised(message, "element", name, inner),
                 TEI_PAGES.format(name))


def _next(state: Model) -> str:
    """What may come next, in words."""
    names = first(state)
    words = _listed(names - {TEXT})
    if TEXT in names:
        words = f"text, {words}" if words else "text"
    end = "its end"
    if not names:
        return end
    return f"{words}, or {end}" if is_complete(state) else words


def _listed(names: Iterable[str]) -> str:
    found = sorted(names)
    more = len(found) - _NAMED_AT_MOST
    if more > 1:
        return f"{', '.join(found[:_NAMED_AT_MOST])} and {more} others"
    return " or ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def _advised(message: str, rule: str, element: str, name: str) -> str:
    advice = _ADVICE.get((rule, element, name))
    return f"{message} ({advice})" if advice else message


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…")


def _shown(name: str) -> str:
    return name.removeprefix("{}")
