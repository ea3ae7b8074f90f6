"""The rules beside the schemas can say yes and can say no."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.judges import tei_rules, tei_walker
from tests.judges.tei_walker import Leaf


def root(body: str, before: str = "") -> etree._Element:
    ns = "http://www.tei-c.org/ns/1.0"
    file = f'{before}<TEI xmlns="{ns}"><text><body>{body}</body></text></TEI>'
    return tei_walker.parse(file.encode())


def test_repeated_ids() -> None:
    body = root('<p xml:id="a"/><p xml:id="b"/><p xml:id="a"/><p/>')
    assert tei_rules.repeated_ids(body) == ["a"]


def test_pointers() -> None:
    body = root('<p xml:id="a" n="#53602" corresp="#a"/><p ana="#a #b" change="a"/>')
    assert tei_rules.dangling_pointers(body) == ["line 1: p ana='#b'"]
    assert tei_rules.bare_pointers(body) == ["line 1: p change='a'"]


def test_idle_categories() -> None:
    body = root('<category xml:id="a"/><category xml:id="b"/><p ana="#c #b"/>')
    assert tei_rules.idle_categories(body) == ["a"]


def test_letters_of_the_apparatus() -> None:
    body = root(
        "<p>a<fw>b <stamp>c<note>d</note></stamp> e</fw>f<note>g</note></p>"
        '<note type="form"><table><row><cell>h<choice><orig>i</orig><reg>j</reg></choice>k'
        '</cell></row></table></note><fw type="page-mark">l</fw>m'
    )
    assert tei_rules.apparatus_letters(body) == "bcdehik"


@pytest.mark.parametrize(
    "body",
    [
        "\n <div>\n  <p>A <hi>b</hi> c</p>\n  <list>\n   <item>A</item>\n  </list>\n </div>\n",
        "<table>\n <row>\n  <cell>A</cell>\n </row>\n</table>",
        "<p>A\nb</p><ab>\n  one\n  two\n</ab>",
        "<note>\n <p>A</p>\n</note>",
        "<list>\n <item>\n  <list>\n   <item>A</item>\n  </list>\n </item>\n</list>",
    ],
)
def test_block_layout_is_no_indented_text(body: str) -> None:
    assert tei_rules.indented_text(root(body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>\n A</p>",
        "<p>A\n</p>",
        "<p>A <del>b</del>\n <add>c</add></p>",
        "<p>A <subst> <del>b</del><add>c</add></subst></p>",
        "<p>A <note>\n b</note></p>",
        "<fw>\n  <stamp>A</stamp>\n</fw>",
        "<p><del>A<hi>\n b</hi></del></p>",
    ],
)
def test_indented_text_is_found(body: str) -> None:
    assert len(tei_rules.indented_text(root(body))) >= 1


def test_unjoined_lines() -> None:
    prose, code = Leaf("p", 1, "a\nb"), Leaf("ab", 2, "a\nb")
    assert tei_rules.unjoined_lines([Leaf("p", 1, "a b"), prose, code]) == [prose]


def test_models() -> None:
    head = (
        f'<?xml-model href="a.rng" schematypens="{tei_rules.RNG_NS}"?>'
        f"<?xml-model href='a.sch' schematypens='{tei_rules.SCHEMATRON_NS}'?>"
    )
    assert tei_rules.models(root("<p/>", head)) == {
        tei_rules.RNG_NS: "a.rng",
        tei_rules.SCHEMATRON_NS: "a.sch",
    }
    assert tei_rules.models(root("<p/>")) == {}
