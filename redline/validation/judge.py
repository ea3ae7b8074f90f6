"""A file by redline's own schema: the grammar, and the rules beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from lxml import etree

from redline.validation import files
from redline.validation.explain import Fault, explain, local_name
from redline.validation.findings import Finding
from redline.validation.grammar import own_grammar
from redline.validation.parsing import Spot, parse, positions
from redline.validation.rules import broken

__all__ = ["told", "validate"]


@cache
def _own() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(files.own("redline.rng")))


def validate(data: bytes, name: str = "<file>") -> list[Finding]:
    """What is wrong with a TEI file by redline's own schema, in the order of the file.

    Raises `InputError` for a file that declares entities or goes beyond the parser's limits.
    """
    root = parse(data, name)
    if isinstance(root, Finding):
        return [root]
    faults: list[Fault] = []
    schema = _own()
    is_valid = schema.validate(root.getroottree())
    if not is_valid:
        faults += explain(root, own_grammar())
    if local_name(root) in own_grammar().start:  # else no rule is about these elements
        faults += broken(root)  # an id given twice is told here, though the grammar sees it too
    if not is_valid and not faults:  # never met; but what is not valid is never called valid
        return [Finding("grammar", e.message, e.line, 1) for e in schema.error_log]
    return told(faults, root, data)


def told(faults: Iterable[Fault], root: etree._Element, data: bytes) -> list[Finding]:
    """The faults with their places, each once, in the order of the file."""
    faults = list(dict.fromkeys(faults))
    if not faults:
        return []
    spots = [Spot(fault.number, fault.place) for fault in faults]
    places = positions(data, set(spots))
    if not places.keys() >= set(spots):  # in an encoding that only the other parser knows
        lines = {number: _line(element) for number, element in enumerate(root.iter("*"))}
        for spot in spots:
            places.setdefault(spot, (lines[spot.element], 1))
    rows = sorted(zip(spots, faults, strict=True), key=lambda row: (places[row[0]], row[0]))
    return [
        Finding(fault.rule, fault.message, *places[spot], fault.more) for spot, fault in rows
    ]


def _line(element: etree._Element) -> int:
    line: object = element.sourceline  # in the stubs of lxml it has no type
    return line if isinstance(line, int) else 1
