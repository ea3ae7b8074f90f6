"""The three files of the schema: made from one another, compiled quickly, a subset of the TEI."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from lxml import etree

from redline.validation import files
from redline.validation.grammar import Attribute, Grammar, own_grammar, read_grammar
from redline.validation.patterns import TEXT, choice, first, more, sequence, symbol
from redline.validation.rules import RULES
from redline.validation.values import Value
from schemas import build
from tests.judges import schemas
from tests.validation.inclusion import excess

TEI = "{http://www.tei-c.org/ns/1.0}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
SECONDS = 20  # lxml takes milliseconds for it, and no end of time for some others

each_tei = pytest.mark.parametrize("version", [schemas.RNG_NEW, schemas.RNG_OLD])


def odd() -> etree._Element:
    return etree.parse(build.ODD).getroot()


def test_the_files_are_what_the_odd_makes() -> None:
    for path, data in build.made().items():
        assert path.read_bytes() == data, f"{path.name}: run python schemas/build.py"


def test_the_odd_is_valid_tei() -> None:
    assert schemas.jing({"redline.odd": build.ODD.read_bytes()}, schemas.RNG_NEW) == {}


def test_lxml_compiles_the_grammar_quickly() -> None:
    """In a process of its own: lxml hangs on some trimmed schemas, and the tests with it."""
    code = "import sys; from lxml import etree; etree.RelaxNG(etree.parse(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, files.own("redline.rng")], timeout=SECONDS, check=False
    )
    assert done.returncode == 0


def test_odd_and_grammar_say_the_same() -> None:
    """Read from the two files by two ways: the elements, their attributes, which are required."""
    spec = next(odd().iter(f"{TEI}schemaSpec"))
    shared = {
        str(each.get("ident")): [*each.iter(f"{TEI}attDef")]
        for each in spec.iterchildren(f"{TEI}classSpec")
    }
    said = {}
    for each in spec.iterchildren(f"{TEI}elementSpec"):
        attributes = [*each.iter(f"{TEI}attDef")]
        for member in each.iter(f"{TEI}memberOf"):
            attributes += shared[str(member.get("key"))]
        said[each.get("ident")] = {(a.get("ident"), a.get("usage") == "req") for a in attributes}
    made = {
        name: {(key, attribute.required) for key, attribute in each.attributes.items()}
        for name, each in own_grammar().elements.items()
    }
    assert made == said


def test_every_declaration_is_documented() -> None:
    declared = [*odd().iter(*(TEI + n for n in ("elementSpec", "classSpec", "attDef", "dataSpec")))]
    assert len(declared) > 150
    assert [each.get("ident") for each in declared if not each.findtext(f"{TEI}desc")] == []


def test_the_modules_name_the_elements_that_are_declared() -> None:
    root = odd()
    listed = {
        (each.get("key"), name)
        for each in root.iter(f"{TEI}moduleRef")
        for name in (each.get("include") or "").split()
    }
    specs = [*root.iter(f"{TEI}elementSpec")]
    assert listed == {(each.get("module"), each.get("ident")) for each in specs}


def test_schematron_and_python_have_the_same_rules() -> None:
    patterns = etree.parse(files.own("redline.sch")).iter(f"{SCH}pattern")
    assert sorted(str(each.get("id")) for each in patterns) == sorted(rule.id for rule in RULES)


# -- a subset of the TEI ---------------------------------------------------------------------


def tei(version: str) -> Grammar:
    return read_grammar(etree.parse(schemas.schema_file(version)).getroot())


@each_tei
def test_the_grammar_is_a_subset_of_tei_all(version: str) -> None:
    """Not by examples: whatever the one allows, element by element, the other allows."""
    assert list(excess(own_grammar(), tei(version))) == []


@each_tei
def test_elements_have_one_definition_each(version: str) -> None:
    """What the proof rests on."""
    for file in (schemas.schema_file(version), files.own("redline.rng")):
        defined = Counter(each.get("name") for each in etree.parse(file).iter(f"{RNG}element"))
        assert {name for name in own_grammar().elements if defined[name] != 1} == set()


TEXT_ATTRIBUTE = Attribute(False, Value("data", "string"), "")
TWO_WORDS = Attribute(False, Value("value", "so so"), "")


@pytest.mark.parametrize(
    ("element", "change", "told"),
    [
        ("subst", {"content": more(symbol(TEXT))}, "subst holding nothing"),
        ("list", {"content": choice(())}, ""),  # what allows nothing is a subset of anything
        ("div", {"content": sequence((symbol("p"), symbol("head")))}, "div holding p head"),
        ("del", {"attributes": {"when": TEXT_ATTRIBUTE}}, "del with when"),
        ("lb", {"attributes": {"break": TWO_WORDS}}, "lb with break='so so'"),
        ("formula", {"content": symbol("p")}, "formula holding p"),
        ("application", {"attributes": {}}, "application without ident"),
    ],
)
def test_the_proof_can_fail(element: str, change: dict[str, object], told: str) -> None:
    small, large = own_grammar(), tei(schemas.RNG_NEW)
    declaration = small.elements[element]._replace(**change)
    found = list(excess(small._replace(elements={**small.elements, element: declaration}), large))
    assert found[:1] == ([told] if told else [])


def test_models() -> None:
    a, b = symbol("a"), symbol("b")
    assert first(sequence((choice((a, sequence(()))), b))) == {"a", "b"}
    assert first(choice(())) == set()
