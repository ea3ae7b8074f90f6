"""The walker itself, on TEI written by hand from the words of the law."""

from __future__ import annotations

import gc
import time

import pytest
from lxml import etree

from tests.judges.tei_walker import Walk, as_xml, reading, walk


def tei(body: str) -> bytes:
    ns = "http://www.tei-c.org/ns/1.0"
    return f'<TEI xmlns="{ns}"><teiHeader/><text><body>{body}</body></text></TEI>'.encode()


LAW = {
    # name: (body, draft, final)
    "plain": ("<p>A plan.</p>", "A plan.", "A plan."),
    "deletion": ("<p>A<del> bad</del> plan.</p>", "A bad plan.", "A plan."),
    "addition": ("<p>A<add> good</add> plan.</p>", "A plan.", "A good plan."),
    "substitution": (
        "<p>A <subst><del>bad</del><add>good</add></subst> plan.</p>",
        "A bad plan.",
        "A good plan.",
    ),
    "order in a substitution is nothing": (
        "<p>A <subst><add>good</add><del>bad</del></subst> plan.</p>",
        "A bad plan.",
        "A good plan.",
    ),
    "space in a substitution": (
        "<p>A <subst>\n  <del>bad</del>\n  <add>good</add>\n</subst> plan.</p>",
        "A bad plan.",
        "A good plan.",
    ),
    "space in an addition in a substitution is text": (
        "<p>A<subst><del> bad</del><add> very good</add></subst> plan.</p>",
        "A bad plan.",
        "A very good plan.",
    ),
    "addition in deletion": ("<p>a <del>b <add>c </add>d </del>e</p>", "a b d e", "a e"),
    "deletion in addition": ("<p>a <add>b <del>c </del>d </add>e</p>", "a e", "a b d e"),
    "deletion in deletion": ("<p>a <del>b <del>c</del> d </del>e</p>", "a b c d e", "a e"),
    "joined parts": (
        (
            '<p>In all<del xml:id="d"> parts</del> of<add xml:id="a"> it</add>.'
            '<substJoin target="#d #a"/></p>'
        ),
        "In all parts of.",
        "In all of it.",
    ),
    "furniture": (
        (
            '<p>A <fw type="banner">SECRET</fw>plan<note n="1"><p>See <hi>B</hi>.</p></note>'
            "<metamark>^</metamark> for<stamp>SEEN <date>1950</date></stamp> us.</p>"
        ),
        "A plan for us.",
        "A plan for us.",
    ),
    "furniture between blocks": (
        "<fw>SECRET</fw><p>A.</p><fw><stamp>SEEN</stamp></fw><note><p>N.</p></note><p>B.</p>",
        "A.\n\nB.",
        "A.\n\nB.",
    ),
    "a furniture deletion": ("<fw><del>SECRET</del></fw><p>A.</p>", "A.", "A."),
    "line break": ("<p>A plan<lb/>for us.</p>", "A plan for us.", "A plan for us."),
    "line break swallows": ("<p>A plan \n <lb/>\n for us.</p>", "A plan for us.", "A plan for us."),
    "line break swallows in elements": (
        "<p>A <hi>plan </hi><lb/><add> not</add> for us.</p>",
        "A plan for us.",
        "A plan not for us.",
    ),
    "line breaks give one space": ("<p>A<lb/><fw>1</fw> <lb/>b</p>", "A b", "A b"),
    "line break at an edge": ("<p><lb/>A<lb/></p>", "A", "A"),
    "line break in a deletion": ("<p>A<del><lb/>b</del>c</p>", "A bc", "Ac"),
    "line break in an addition": ("<p>A<add><lb/>b</add>c</p>", "Ac", "A bc"),
    "line break in a substitution": (
        "<p>A <subst><del>b</del><lb/><add>c</add></subst> d</p>",
        "A b d",
        "A c d",
    ),
    "break yes": ('<p>in<lb break="yes"/>to</p>', "in to", "in to"),
    "break no": ('<p>in<lb break="no" rend="-"/>to</p>', "into", "into"),
    "break maybe": ('<p>A-<lb break="maybe"/>B</p>', "A-B", "A-B"),
    "break no swallows nothing": ('<p>in <lb break="no"/>to</p>', "in to", "in to"),
    "page break": ('<p>in <pb n="2"/>to, in<pb break="no"/>to</p>', "in to, into", "in to, into"),
    "page break and line break": ("<p>in <pb/><lb/> to</p>", "in to", "in to"),
    "page break without break": ("<p>in<pb/>to<cb/>day</p>", "intoday", "intoday"),
    "other space is text": ("<p>A  b\nc</p>", "A  b\nc", "A  b\nc"),
    "trimmed": ("<p>\n  A b\t</p>", "A b", "A b"),
    "a no-break space is text": ("<p>\u00a0A\u2003</p>", "\u00a0A\u2003", "\u00a0A\u2003"),
    "gap, supplied, unclear, hi": (
        (
            "<p>A<supplied> </supplied><gap><desc>[two words]</desc></gap> <unclear>b</unclear>"
            '<hi rend="superscript">th</hi><ptr type="note"/></p>'
        ),
        "A [two words] bth",
        "A [two words] bth",
    ),
    "list": (
        (
            "<list>\n <head>H</head> <label>a</label> <item>A</item>\n <fw>x</fw> "
            "<item><list> <item>B</item> <item>C</item> </list></item>\n</list>"
        ),
        "H\n\na\n\nA\n\nB\n\nC",
        "H\n\na\n\nA\n\nB\n\nC",
    ),
    "table": (
        (
            "<table>\n<head>H</head>\n<row> <cell>1</cell> <cell/> <cell><del>3</del></cell> </row>"
            "</table>"
        ),
        "H\n\n1\n\n3",
        "H\n\n1",
    ),
    "verse and anonymous blocks": (
        "<lg><l>A</l><l>B</l></lg><ab>C</ab>",
        "A\n\nB\n\nC",
        "A\n\nB\n\nC",
    ),
    "empty blocks are left out": ("<p/><p>A</p><p> </p><p><add>B</add></p>", "A", "A\n\nB"),
    "head and divisions": (
        "<div><head>H</head>\n <p>A</p><div><p>B</p></div>\n</div>",
        "H\n\nA\n\nB",
        "H\n\nA\n\nB",
    ),
    "a list in a deletion": ("<p><del><list><item>A</item></list></del></p>", "A", ""),
    "a deletion span": (
        '<p>Kept. <delSpan spanTo="#e"/>Gone.</p><p>Gone <lb/>too.<anchor xml:id="e"/> Kept.</p>',
        "Kept. Gone.\n\nGone too. Kept.",
        "Kept.\n\nKept.",
    ),
    "an addition span": (
        '<p>A<addSpan spanTo="#e"/> b</p><p>C</p><anchor xml:id="e"/><p>D</p>',
        "A\n\nD",
        "A b\n\nC\n\nD",
    ),
    "crossing spans": (
        (
            '<p>a<delSpan spanTo="#x"/>b<addSpan spanTo="#y"/>c<anchor xml:id="x"/>d'
            '<anchor xml:id="y"/>e</p>'
        ),
        "abe",
        "ade",
    ),
    "a span inside a deletion": (
        '<p>a<del>b<delSpan spanTo="#x"/>c</del>d<anchor xml:id="x"/>e</p>',
        "abcde",
        "ae",
    ),
    "a comment and an instruction": ("<p>A<!-- b --> c<?d e?> f</p>", "A c f", "A c f"),
    "astral": (
        "<p>A \U0001f5ce\U0010fffd b</p>",
        "A \U0001f5ce\U0010fffd b",
        "A \U0001f5ce\U0010fffd b",
    ),
    "entities": ("<p>&lt;del&gt; &amp; ]]&gt;</p>", "<del> & ]]>", "<del> & ]]>"),
    "empty body": ("", "", ""),
}


@pytest.mark.parametrize(("body", "draft", "final"), LAW.values(), ids=LAW.keys())
def test_the_law(body: str, draft: str, final: str) -> None:
    for stage, expected in (("draft", draft), ("final", final)):
        found = walk(tei(body), stage)  # type: ignore[arg-type]
        assert found.reading == expected
        assert found.stray == ()
        assert found.faults == ()


def leaves(body: str) -> list[tuple[str, str]]:
    return [(leaf.tag, leaf.text) for leaf in walk(tei(body), "final").leaves]


def test_an_empty_block_is_a_leaf_all_the_same() -> None:
    assert leaves("<p/><table><row><cell>A</cell><cell/></row></table>") == [
        ("p", ""),
        ("cell", "A"),
        ("cell", ""),
    ]


def test_a_note_with_blocks_makes_no_container() -> None:
    assert leaves("<p>A<note><p>N</p><list><item>M</item></list></note> b</p>") == [("p", "A b")]


def test_the_line_of_a_leaf() -> None:
    lines = [leaf.line for leaf in walk(tei("\n<p>A</p>\n\n<p>B</p>"), "final").leaves]
    assert lines == [2, 4]


@pytest.mark.parametrize(
    ("body", "stray"),
    [
        ("Loose.<p>A</p>", ("Loose.",)),
        ("<p>A</p>Loose.<p>B</p>", ("Loose.",)),
        ("<div><dateline>Here</dateline><p>A</p></div>", ("Here",)),
        ("<p>Before <list><item>A</item></list> after</p>", ("Before  after",)),
        ("<list>Loose<item>A</item></list>", ("Loose",)),
    ],
)
def test_text_outside_every_leaf_is_found(body: str, stray: tuple[str, ...]) -> None:
    assert walk(tei(body), "final").stray == stray


@pytest.mark.parametrize(
    "body",
    [
        '<p>A<delSpan spanTo="#none"/> b</p>',
        '<p>A<anchor xml:id="e"/> <delSpan spanTo="#e"/>b</p>',
        "<p>A <delSpan/>b</p>",
    ],
)
def test_a_span_that_ends_nowhere_drops_nothing_and_is_a_fault(body: str) -> None:
    found: Walk = walk(tei(body), "final")
    assert found.reading == "A b"
    assert len(found.faults) == 1


def test_ill_formed_files_and_files_without_a_body_are_refused() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        reading(b"<TEI><p>", "final")
    with pytest.raises(ValueError, match="no text/body"):
        reading(b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "final")


def test_what_xml_cannot_hold() -> None:
    text = "a\x00\x0b\x1f\ud800\udfff\ufffe\uffffb \t\r\n\x7f\x85\ufffd\U00010000\U0010ffff"
    assert as_xml(text) == "a" + "\ufffd" * 7 + "b \t\r\n\x7f\x85\ufffd\U00010000\U0010ffff"


def test_the_walker_is_linear() -> None:
    def seconds(n: int) -> float:
        nested = "<hi>" * 200 + "x" + "</hi>" * 200
        spans = "".join(f'<delSpan spanTo="#e{i}"/>x<anchor xml:id="e{i}"/>' for i in range(n // 5))
        paper = tei("<p>" + "a <del>b</del><lb/>" * n + nested + spans + "</p>" + "<p>a</p>" * n)
        best = float("inf")
        gc.disable()  # its time grows with all that other tests keep in memory
        try:
            for _ in range(3):
                start = time.process_time()
                reading(paper, "final")
                best = min(best, time.process_time() - start)
        finally:
            gc.enable()
        return best

    assert seconds(10_000) < 2.5 * seconds(5_000) + 0.02
