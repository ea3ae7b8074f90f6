"""Constructs that are easily misread; the readings were worked out by hand."""

from __future__ import annotations

import pytest

import redline
from redline import edit
from redline.model import Hand, Stage
from redline.validation import validate

HEAD = (
    '<teiHeader><fileDesc><titleStmt><title>t</title></titleStmt><publicationStmt><p>p</p>'
    "</publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc><profileDesc><creation>"
    '<listChange ordered="true"><change xml:id="A">a</change><change xml:id="B">b</change>'
    '<change xml:id="B..2">then</change><change xml:id="C">c</change></listChange></creation>'
    "</profileDesc></teiHeader>"
)
MATHML = "http://www.w3.org/1998/Math/MathML"
EXAMPLES = "http://www.tei-c.org/ns/Examples"


def paper(content: str) -> str:
    if "sourceDoc" not in content:
        content = f"<text><body>{content}</body></text>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}{content}</TEI>'


@pytest.mark.parametrize(
    ("content", "readings"),
    [
        (
            ('<lg><l xml:id="l1">one</l><l xml:id="l2">two</l><l xml:id="l3">three</l></lg>'
            '<listTranspose><transpose><ptr target="#l2"/><ptr target="#l1"/></transpose>'
            "</listTranspose>"),
            {"draft": "one / two / three", "final": "two / one / three"},
        ),
        (
            (f'<p>a <formula><math xmlns="{MATHML}"><del>x</del></math></formula>'
            " <del>y </del>b</p>"),
            {"draft": "a x y b", "final": "a x b"},
        ),
        (
            f'<egXML xmlns="{EXAMPLES}"><p>see <del>x</del></p></egXML><p>y <del>z</del></p>',
            {"draft": "see x / y z", "final": "see x / y"},
        ),
        (
            ("<!-- <body> is not here --><sourceDoc><surface><zone><line>a</line></zone></surface>"
            "</sourceDoc>"),
            {"final": "a"},
        ),
        (
            "<p>a <app><rdgGrp><rdg>b</rdg><rdg>c</rdg></rdgGrp><rdg>d</rdg></app> z</p>",
            {"final": "a b z"},
        ),
        ("<p>a <app><rdg>d</rdg><lem>b</lem></app> z</p>", {"final": "a b z"}),
        (
            ('<p>a <app><lem>b</lem><rdg><delSpan spanTo="#e"/>e</rdg></app> z<anchor xml:id="e"/>'
            " k</p>"),
            {"draft": "a b z k", "final": "a b z k"},
        ),
        (
            '<p>a <del xml:id="d" change="#A">b </del>c<redo target="#d" change="#B"/></p>',
            {"draft": "a b c", "A": "a c", "B": "a c", "final": "a c"},
        ),
        (
            ('<p>a <del xml:id="d" change="#A">b </del>c<redo target="#d" change="#C"/>'
            '<undo target="#d" change="#B"/></p>'),
            {"A": "a c", "B": "a b c", "final": "a c"},
        ),
        (
            "<p>a <del>b <restore>c</restore> d</del> e</p>",
            {"draft": "a b c d e", "final": "a c e"},
        ),
        ("<p>a <subst><del><lb/>q</del><add>r <lb/></add></subst> b</p>", {"final": "a r b"}),
        ("<p><add>b. </add><lb/>c</p>", {"draft": "c", "final": "b. c"}),
        ("<p>a <hi>b  </hi> <lb/>c</p>", {"draft": "a b c", "final": "a b c"}),
        (
            '<p>a <restore change="#B..2"><del change="#A">x </del></restore>y</p>',
            {"A": "a y", "B..2": "a x y", "final": "a x y"},
        ),
        (
            "<p><restore><del>a <del>b </del>c </del></restore>x</p>",
            {"draft": "a b c x", "final": "a c x"},
        ),
        (
            "<table><row><cell><p>a</p><p>b</p></cell><cell>c</cell></row></table>",
            {"final": "a b / c"},
        ),
    ],
)
def test_readings(content: str, readings: dict[str, str]) -> None:
    document = redline.loads(paper(content), "tei")
    found = {stage: document.reading(stage).text for stage in readings}
    assert {stage: text.replace("\n\n", " / ") for stage, text in found.items()} == readings


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ('<p>a <delSpan spanTo="other.xml#e"/>b <anchor xml:id="e"/>c</p>', ["tei-span"]),
        ('<p>a <undo spanTo="#e"/><del>b </del><anchor xml:id="e"/>c</p>', ["tei-span"]),
        ('<p>a <undo target="#nix"/><del>b </del>c</p>', ["tei-pointer"]),
        ('<p>a <del change="A">b</del> c</p>', ["tei-pointer"]),
        ('<p>a <del change="#A #B">b</del> c</p>', ["tei-pointer"]),
        ("<p><restore><subst><del>a</del><add>b</add></subst></restore> x</p>", []),
    ],
)
def test_what_is_told(content: str, codes: list[str]) -> None:
    document = redline.loads(paper(content), "tei")
    assert [each.code for each in document.diagnostics] == codes


def test_alternatives_in_alternatives_are_read_in_one_pass() -> None:
    depth, size = 400, 4000
    inner = "<hi>a</hi>" * size
    file = paper(f"<p>{'<app><rdg>' * depth}{inner}{'</rdg></app>' * depth}</p>")
    assert redline.loads(file, "tei").reading("final").text == "a" * size


def test_a_hand_may_be_called_as_a_stage_is() -> None:
    tei = redline.dumps(redline.parse("a ~~b~~{hand=A stage=A} c.\n"), "tei")
    assert 'change xml:id="A"' in tei
    assert 'handNote xml:id="A-2"' in tei
    assert 'change="#A" hand="#A-2"' in tei


def test_campaigns_say_who_and_with_what() -> None:
    note = redline.parse("a ~~b~~ c.\n")
    note = edit.add_hand(note, Hand("A", "a clerk"))
    note = edit.add_stage(note, Stage("s2", "second", "1951-08", "A", "blue pencil"))
    tei = redline.dumps(note, "tei")
    assert '<change xml:id="s2" when="1951-08" who="#A" rend="blue pencil">second</change>' in tei
    assert validate(tei.encode()) == []
    again = redline.loads(tei, "tei")
    assert again.stages[-1] == note.stages[-1]
    assert again.hands == note.hands
    again = edit.add_hand(again, Hand("B", "another"))
    third = Stage("s3", "x", hand="B", medium="ink")
    edited = redline.loads(redline.dumps(edit.add_stage(again, third), "tei"), "tei")
    assert edited.stages[-1] == third
    assert edited.hands == again.hands


def test_who_is_responsible_for_a_file_is_no_hand() -> None:
    file = paper("<p>a</p>").replace('<change xml:id="C">', '<change xml:id="C" who="#ed">')
    assert redline.loads(file, "tei").stages[-1].hand is None
