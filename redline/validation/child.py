"""The other side of `other`: `python -m redline.validation.child SCHEMA`, documents on standard
input (each after its length and a line end), findings as JSON on standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from lxml import etree

from redline.diagnostics import RedlineError
from redline.validation.explain import Fault, explain
from redline.validation.findings import Finding
from redline.validation.grammar import read_grammar
from redline.validation.judge import told
from redline.validation.parsing import parse

__all__ = ["main"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_TEI = "http://www.tei-c.org/ns/1.0"
_FARAWAY = ("include", "externalRef")


def main(path: str) -> str | None:
    """Do it; gives what is wrong with the schema, if it is."""
    try:
        with open(path, "rb") as file:
            written = parse(file.read(), path)
    except (OSError, RedlineError) as fault:
        return str(fault).removeprefix(f"{path}: ")
    if isinstance(written, Finding):
        return f"line {written.line}: {written.message}"
    if written.tag not in (f"{_RNG}grammar", f"{_RNG}element"):
        return f"no RELAX NG: its root is {written.tag}"
    for each in written.iter(*(_RNG + name for name in _FARAWAY)):
        if "//" in str(each.get("href")):
            return f"line {each.sourceline}: takes in {each.get('href')}; redline asks no network"
    try:
        schema = etree.RelaxNG(etree.parse(path))
    except etree.RelaxNGError as fault:
        return f"no RELAX NG that compiles: {fault}"
    print("compiled", flush=True)
    found = [_found(data, schema, written) for data in _documents()]
    print(json.dumps(found))
    return None


def _documents() -> Iterator[bytes]:
    given = sys.stdin.buffer
    while line := given.readline():
        yield given.read(int(line))


def _found(data: bytes, schema: etree.RelaxNG, written: etree._Element) -> list[Finding]:
    root = parse(data, "<file>")
    if isinstance(root, Finding):
        return [root]
    if schema.validate(root.getroottree()):
        return []
    return told(_explained(root, written), root, data) or [
        Finding("grammar", entry.message, max(entry.line, 1), 1) for entry in schema.error_log
    ]


def _explained(root: etree._Element, written: etree._Element) -> list[Fault]:
    """In words, where the schema is one of the TEI; else none."""
    if all(each.get("ns") != _TEI for each in written.iter("*")):
        return []
    try:
        grammar = read_grammar(written)
        return list(explain(root, grammar))
    except (LookupError, AssertionError, ValueError):
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
