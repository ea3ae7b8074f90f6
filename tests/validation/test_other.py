"""Another schema, in its own process; and files that want more than they should get."""

from __future__ import annotations

from pathlib import Path

import pytest

from redline.diagnostics import InputError
from redline.validation import SchemaError, SchemaTimeout, another, files, validate
from redline.validation.jing import jing
from tests.judges import schemas

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
TINY = f'<element name="a" {RNG}><zeroOrMore><element name="b"><empty/></element></zeroOrMore>'
DEEP = b"<a>" * 100_000
BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    path = tmp_path / "tiny.rng"
    path.write_text(f"{TINY}</element>")
    return str(path)


def test_files_are_told_apart(tiny: str) -> None:
    good, bad, odd = another([b"<a><b/></a>", b"<a>\n<c/></a>", b"<b/>"], tiny)
    assert good == []
    assert [(each.rule, each.line) for each in bad] == [("grammar", 2)]
    assert len(odd) == 1


def test_our_own_grammar_as_another_says_the_same() -> None:
    path = Path(__file__).with_name("invalid") / "when-on-del.xml"
    (found,) = another([path.read_bytes()], files.own("redline.rng"))
    assert found == validate(path.read_bytes())


def test_a_schema_of_another_vocabulary_speaks_for_itself(tiny: str) -> None:
    ((found,),) = another([b"<b/>"], tiny)
    assert "TEI" not in found.message
    assert "tei-c" not in found.message + found.more


def test_without_its_namespace_a_file_is_told_no_more() -> None:
    paper = (Path(__file__).with_name("invalid") / "when-on-del.xml").read_bytes()
    (found,) = validate(paper.replace(b' xmlns="http://www.tei-c.org/ns/1.0"', b""))
    assert "expected TEI in the namespace http://www.tei-c.org/ns/1.0" in found.message


def test_time_is_limited() -> None:
    schema = str(schemas.schema_file(schemas.RNG_OLD))
    with pytest.raises(SchemaTimeout, match=r"did not compile in 0\.1 s"):
        another([b"<a/>"], schema, seconds=0.1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f'<grammar {RNG}><include href="http://a.example/b.rng"/></grammar>', "asks no network"),
        (f'<element name="a" {RNG}><ref name="none"/></element>', "no RELAX NG that compiles"),
        ("<a/>", "no RELAX NG: its root is a"),
        ("<a>", "line 1: not well-formed"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a/>', r"^\S+other\.rng: declares entities"),
    ],
)
def test_schemas_that_are_none(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "other.rng"
    path.write_text(text)
    with pytest.raises(SchemaError, match=told):
        another([b"<a/>"], str(path))


@pytest.mark.parametrize("data", [DEEP, BOMB, b'<a b="' + b"x" * 11_000_000 + b'"/>'])
def test_files_that_want_too_much(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^name: .*(nested deeper|longer than|declares entities)"):
        validate(data, "name")


def test_no_external_dtd_is_loaded(tmp_path: Path) -> None:
    dtd = tmp_path / "a.dtd"
    dtd.write_text('<!ATTLIST TEI n CDATA "loaded">')
    data = f'<!DOCTYPE TEI SYSTEM "{dtd.as_uri()}"><TEI/>'.encode()
    assert [each.rule for each in validate(data)] == ["element"]
    schemas.jing_program()
    with pytest.raises(SchemaError, match="DOCTYPE"):
        list(jing(data, "name", [files.own("redline.rng")]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "cp1252"])
def test_columns_are_characters_in_any_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<TEI>\n<p>é</p><p>é</p></TEI>'
    ns = text.replace("<TEI>", '<TEI xmlns="http://www.tei-c.org/ns/1.0">')
    found = validate(ns.encode(encoding))
    assert [(each.line, each.column) for each in found] == [(2, 1), (3, 1), (3, 9)]
