"""Random documents by redline's grammar, before redline's schema and the TEI Consortium's.

A few here; `python -m tests.validation.generator 1000` has a thousand judged.
"""

from __future__ import annotations

import random
from functools import cache

import pytest
from lxml import etree

from redline.validation import files, validate
from redline.validation.explain import explain
from redline.validation.grammar import own_grammar
from tests.judges import schemas
from tests.validation.generator import runnable

COUNT = 60
#: Headings are rare by chance: one that has some.
HEADED = 197


@cache
def documents() -> dict[str, bytes]:
    return dict([*runnable(COUNT), *runnable(1, HEADED)])


def test_they_are_valid_by_redline() -> None:
    assert {name: found for name, d in documents().items() if (found := validate(d, name))} == {}


@pytest.mark.parametrize("schema", [schemas.RNG_NEW, schemas.RNG_OLD])
def test_they_are_valid_by_the_tei(schema: str) -> None:
    assert schemas.jing(documents(), schema) == {}


def test_they_have_every_element() -> None:
    """Else they would show less than they seem to."""
    found = {
        etree.QName(element).localname
        for data in documents().values()
        for element in etree.fromstring(data).iter("*")
    }
    assert set(own_grammar().elements) - found == set()


def broken(data: bytes, chance: random.Random) -> etree._Element:
    """A document in which one thing was changed: it may still be valid."""
    root = etree.fromstring(data)
    elements = [*root.iter("*")][1:]
    one, other = chance.sample(elements, 2)
    what = chance.randrange(6)
    if what == 0:
        one.tag = other.tag
    elif what == 1:
        one.tail = "so " + (one.tail or "")
    elif what == 2:
        one.set(chance.choice(("n", "when", "cert", "wit", "change")), chance.choice(("a b", "5")))
    elif what == 3 and other not in one.iterancestors():
        one.append(other)
    elif what == 4:
        one.attrib.clear()
    elif (parent := one.getparent()) is not None:
        parent.remove(one)
    return etree.fromstring(etree.tostring(root))


def test_what_is_explained_is_what_lxml_finds() -> None:
    """Whatever the grammar refuses has an explanation, and nothing else has one."""
    schema = etree.RelaxNG(etree.parse(files.own("redline.rng")))
    chance = random.Random(5)
    counts = {True: 0, False: 0}
    for name, data in documents().items():
        for _ in range(8):
            root = broken(data, chance)
            is_valid = schema.validate(root.getroottree())
            told = list(explain(root, own_grammar()))
            assert is_valid == (not told), (name, told, schema.error_log)
            counts[is_valid] += 1
    assert min(counts.values()) > 40, counts
