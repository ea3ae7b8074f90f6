"""A file by redline's own schema: the grammar, and the rules beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from lxml import etree

from redline.validation import files
from redline.validation.explain import Fault, explain
from redline.validation.findings import Finding
from redline.validation.grammar import own_grammar
from redline.validation.parsing import parse, positions
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
    faults += broken(root)  # an id given twice is told here, though the grammar sees it too
    if not is_valid and not faults:  # never met; but what is not valid is never called valid
        return [Finding("grammar", e.message, e.line, 1) for e in schema.error_log]
    return told(faults, root, data)


def told(faults: Iterable[Fault], root: etree._Element, data: bytes) -> list[Finding]:
    """The faults with their places, each once, in the order of the file."""
    faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.number)
    if not faults:
        return []
    wanted = {fault.number for fault in faults}
    places = positions(data, wanted)
    if len(places) < len(wanted):  # in an encoding that only the other parser knows
        for number, element in enumerate(root.iter("*")):
            if number in wanted:
                places.setdefault(number, (_line(element), 1))
    return [
        Finding(rule, message, *places[number], more) for rule, number, message, more in faults
    ]


def _line(element: etree._Element) -> int:
    line: object = element.sourceline  # in the stubs of lxml it has no type
    return line if isinstance(line, int) else 1
