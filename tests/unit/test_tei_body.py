"""What revisions, breaks, notes and blocks become, each by a small example."""

from __future__ import annotations

import re
from array import array
from types import MappingProxyType

import pytest

import redline
from redline import edit
from redline.formats.tei import to_tei
from redline.model import Act, Block, Document, Note, Page
from redline.origin import Origin
from redline.source import Source
from redline.spans import Span

D = 'change="#revision" rend="strikethrough"'
A = 'change="#revision"'


def body(document: Document | str) -> str:
    """The body without its layout and without the page break it begins with."""
    if isinstance(document, str):
        document = redline.parse(document)
    tei = to_tei(document)
    lines = tei.partition("<body>\n")[2].partition("    </body>")[0].splitlines()
    return re.sub(r'^<pb n="1"/>', "", "".join(line.strip() for line in lines))


def by_hand(
    text: str, *spans: tuple[int, int, str, str], blocks: str = "", **rest: object
) -> Document:
    """A document of paragraphs (split at "/"), an act for each id of its revised spans."""
    table = tuple(Span(*span) for span in spans)
    parts: dict[str, list[int]] = {}
    for k, span in enumerate(table):
        if span.kind in ("del", "add"):
            parts.setdefault(span.id, []).append(k)
    kinds = blocks.split() or ["paragraph"] * (text.count("/") + 1)
    found, at = [], 0
    for kind, words in zip(kinds, text.split("/"), strict=True):
        found.append(
            Block(f"b{at}", kind, None, None, 1, (0, 0), at, at + len(words))
        )
        at += len(words) + 1
    return Document(
        Source(text),
        text,
        Origin.identity(len(text)),
        table,
        array("q"),
        tuple(Act(id_, "substitution", tuple(some), "R1") for id_, some in parts.items()),
        tuple(found),
        **rest,  # type: ignore[arg-type]
    )


def test_the_commonest_revisions() -> None:
    assert body("The ~~old~~ ^{new} plan ~~of it~~ was ^{not} kept.") == (
        f'<p>The <subst xml:id="r1" {A}><del rend="strikethrough">old</del><add>new</add></subst>'
        f' plan<del xml:id="r2" {D}> of it</del> was<add xml:id="r3" {A}> not</add> kept.</p>'
    )


def test_the_order_on_the_paper_is_kept() -> None:
    assert body("The ^{new} ~~old~~ plan.") == (
        f'<p>The <subst xml:id="r1" {A}><add>new</add><del rend="strikethrough">old</del></subst>'
        " plan.</p>"
    )


def test_marks_in_marks() -> None:
    assert body("a ~~b ^{c} d~~ e") == (
        f'<p>a<del xml:id="r1" {D}> b<add xml:id="r2" {A}> c</add> d</del> e</p>'
    )


def test_marks_that_cross_are_cut_and_point_to_each_other() -> None:
    assert body(by_hand("abcdef", (0, 4, "del", "r1"), (2, 6, "add", "r2"))) == (
        f'<p><del xml:id="r1" change="#revision" next="#r1-2" rend="strikethrough">ab</del>'
        f'<add xml:id="r2" {A}>'
        '<del xml:id="r1-2" change="#revision" prev="#r1" rend="strikethrough">cd</del>ef</add>'
        "</p>"
    )


def test_text_between_the_parts_of_an_act() -> None:
    assert body(by_hand("ab cd", (0, 2, "del", "r1"), (3, 5, "add", "r1"))) == (
        f'<p><del xml:id="r1.1" {D}>ab</del> <add xml:id="r1.2" {A}>cd</add>'
        '<substJoin target="#r1.1 #r1.2"/></p>'
    )


def test_acts_that_are_one_intervention() -> None:
    assert body("The talks ^{may} ~~were~~ from the outset ^{have been} meant to fail.") == (
        f'<p>The talks <subst xml:id="r1" {A}><add>may</add><del rend="strikethrough">were</del>'
        f'</subst> from the outset<add xml:id="r2" {A} cert="medium"> have been</add>'
        '<substJoin target="#r1 #r2"/> meant to fail.</p>'
    )


def test_what_stands_between_two_parts_goes_into_the_second() -> None:
    document = by_hand(
        "abXcd",
        (0, 2, "del", "r1"),
        (2, 3, "furniture", "f1"),
        (3, 3, "pb", "p2"),
        (3, 5, "add", "r1"),
        pages=(Page(1, None, (0, 0), "high", ("start",), 0, 3),
               Page(2, None, (0, 0), "medium", ("banner-pair",), 3, 5)),
    )
    assert body(document) == (
        f'<p><subst xml:id="r1" {A}><del rend="strikethrough">ab</del><add>'
        '<fw type="furniture">X</fw><pb n="2" ed="inferred" cert="medium"/>cd</add></subst></p>'
    )


def test_a_revision_over_blocks() -> None:
    assert body(by_hand("ab/cd/ef", (1, 7, "del", "r1"))) == (
        '<p>a<delSpan xml:id="r1" change="#revision" spanTo="#end-r1" rend="strikethrough"/>b</p>'
        '<p>cd</p><p>e<anchor xml:id="end-r1"/>f</p>'
    )


def test_a_revision_of_whole_blocks() -> None:
    assert body(by_hand("ab/cd/ef", (0, 3, "add", "r1"), (3, 5, "add", "r2"))) == (
        '<p><addSpan xml:id="r1" change="#revision" spanTo="#end-r1"/>ab</p>'
        '<anchor xml:id="end-r1"/>'
        f'<p><add xml:id="r2" {A}>cd</add></p><p>ef</p>'
    )


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("accepted", "<p>a d</p>"),
        ("rejected", "<p>a b d</p>"),
    ],
)
def test_a_decided_deletion(decision: str, expected: str) -> None:
    document = by_hand(
        "a b d", (1, 3, "del", "r1"), decisions=MappingProxyType({"r1": decision})
    )
    assert body(document) == expected


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("accepted", "<p>a b d</p>"),
        ("rejected", '<p>a<pb n="2"/> d</p>'),
    ],
)
def test_a_decided_addition_keeps_its_page_break(decision: str, expected: str) -> None:
    document = by_hand(
        "a b d",
        (1, 3, "add", "r1"),
        (2, 2, "pb", "p2"),
        (2, 3, "bold", ""),
        decisions=MappingProxyType({"r1": decision}),
        pages=(Page(1, None, (0, 0), "high", ("start",), 0, 2),
               Page(2, None, (0, 0), "high", ("form-feed",), 2, 5)),
    )
    kept = expected.replace(" b", ' <pb n="2"/><hi rend="bold">b</hi>')
    assert body(document) == kept


def test_lines() -> None:
    assert body("One of the lines\nand ~~another\nline~~ ^{more} here.") == (
        f'<p>One of the lines <lb/>and <subst xml:id="r1" {A}><del rend="strikethrough">another'
        " <lb/>line</del><add>more</add></subst> here.</p>"
    )


def test_a_break_belongs_to_the_space_before_it() -> None:
    document = by_hand("a b", (0, 2, "del", "r1"), (2, 2, "lb", ""))
    assert body(document) == f'<p><del xml:id="r1" {D}>a <lb/></del>b</p>'


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a  b", [(3, 3, "lb", "")]),  # another space before it
        ("a  b", [(2, 2, "lb", "")]),  # after it
        ("ab", [(1, 1, "lb", "")]),  # none
        ("a b", [(2, 2, "lb", ""), (2, 2, "lb", "")]),  # one space, two breaks
        ("a xx b", [(2, 4, "del", "r1"), (5, 5, "lb", "")]),  # another before it in one reading
    ],
)
def test_a_break_that_would_swallow_a_space_takes_and_gives_none(
    text: str, spans: list[tuple[int, int, str, str]]
) -> None:
    assert '<lb break="maybe"/>' in body(by_hand(text, *spans))


def test_hyphens() -> None:
    assert body("The instruc-\ntions of the Soviet-\nCuban talks.") == (
        '<p>The instruc<lb break="no" rend="-"/>tions of the Soviet-<lb break="maybe"/>Cuban'
        " talks.</p>"
    )


def test_a_note_stands_at_its_reference() -> None:
    assert body("Text.^{1} More,^{2} he said.\n\n^{1} The ~~first~~ ^{only} note.\n") == (
        f'<p>Text.<note n="1">The <subst xml:id="r1" {A}><del rend="strikethrough">first</del>'
        '<add>only</add></subst> note.</note> More,<ptr type="note" n="2"/> he said.</p>'
    )


def test_the_pages_of_a_note_stay_where_its_body_stands() -> None:
    document = by_hand(
        "ax/b/cd/e",
        (1, 2, "noteref", "n1"),
        (5, 7, "note", "b3"),
        (6, 6, "pb", "p2"),
        blocks="paragraph paragraph note paragraph",
        notes=(Note("n1", "*", "footnote", (0, 0), (0, 0), 1, 5, 7),),
        pages=(Page(1, None, (0, 0), "high", ("start",), 0, 6),
               Page(2, None, (0, 0), "high", ("page-mark",), 6, 9)),
    )
    assert body(document) == '<p>a<note n="*">cd</note></p><p>b</p><pb n="2"/><p>e</p>'


def test_two_notes_that_refer_to_each_other_both_stand_where_they_are() -> None:
    document = by_hand(
        "a/bx/cy",
        (2, 4, "note", ""),
        (3, 4, "noteref", "n2"),
        (5, 7, "note", ""),
        (6, 7, "noteref", "n1"),
        blocks="paragraph note note",
        notes=(
            Note("n1", "1", "footnote", (0, 0), (0, 0), 6, 2, 4),
            Note("n2", "2", "footnote", (0, 0), (0, 0), 3, 5, 7),
        ),
    )
    assert body(document) == (
        '<p>a</p><note n="1" anchored="false">b<ptr type="note" n="2"/></note>'
        '<note n="2" anchored="false">c<ptr type="note" n="1"/></note>'
    )


def test_brackets() -> None:
    assert body("A [3 words illegible] b [x?] c [blank] d [hw: e ~~f~~] g [1 line not declassified]"
                " h.") == (
        '<p>A <gap reason="illegible" unit="word" quantity="3"><desc>[3 words illegible]</desc>'
        '</gap> b <unclear>x</unclear> c <space/>d <seg hand="#hand-other">e'
        f'<del xml:id="r1" {D}> f</del></seg> g <gap reason="redacted" unit="line" quantity="1">'
        "<desc>[1 line not declassified]</desc></gap> h.</p>"
    )


def test_what_holds_only_text_becomes_a_seg_when_it_holds_more() -> None:
    document = by_hand("[a b]", (0, 5, "gap", ""), (3, 3, "lb", ""))
    assert body(document) == '<p><seg type="gap">[a <lb/>b]</seg></p>'


def test_markup_and_characters() -> None:
    assert body("~~a < b~~ ^{c & d} \x07 ]]> \ud800.") == (
        f'<p><subst xml:id="r1" {A}><del rend="strikethrough">a &lt; b</del><add>c &amp; d</add>'
        "</subst> \ufffd ]]&gt; \ufffd.</p>"
    )


def test_carriage_returns_in_code() -> None:
    document = by_hand("a\r\n  b", blocks="code")
    assert body(document) == '<ab type="code" xml:space="preserve">a&#13;b</ab>'
    assert 'preserve">a&#13;\n  b</ab>' in to_tei(document)


def test_headings_open_divisions() -> None:
    assert body("Before.\n\n# One\n\na\n\n## Two\n\n# Three\n") == (
        "<div><p>Before.</p></div><div><head>One</head><p>a</p><div><head>Two</head></div></div>"
        "<div><head>Three</head></div>"
    )


def test_lists() -> None:
    assert body("- one\n- two\n  - three\n- four\n\nText.\n") == (
        "<list><item>one</item><item>two</item><item><list><item>three</item></list></item>"
        "<item>four</item></list><p>Text.</p>"
    )


def test_a_page_break_stands_in_the_list_that_goes_on_and_after_one_that_does_not() -> None:
    spans = [(2, 2, "pb", ""), (4, 4, "pb", "")]
    document = by_hand("a/b/c", *spans, blocks="list-item list-item paragraph")
    assert body(document) == (
        "<list><item>a</item><pb/><item>b</item></list><pb/><p>c</p>"
    )


def test_tables() -> None:
    assert body("| A | ~~B~~ |\n|---|---|\n| c | d |\n") == (
        f'<table><row><cell>A</cell><cell><del xml:id="r1" {D}>B</del></cell></row>'
        "<row><cell>c</cell><cell>d</cell></row></table>"
    )


def test_nothing_is_a_paragraph_all_the_same() -> None:
    assert body("") == "<p/>"
    assert body("~~SECRET~~\n").endswith("<p/>")


def test_depth_has_a_bound() -> None:
    document = by_hand("/".join("abc" * 40), blocks="list-item " * 120)
    deep = [block._replace(level=n + 1) for n, block in enumerate(document.blocks)]
    headings = [block._replace(kind="heading", level=n + 1) for n, block in enumerate(deep)]
    for blocks in (deep, headings):
        tei = to_tei(Document(document.source, document.text, document.origin,
                              blocks=tuple(blocks)))
        assert max(len(line) - len(line.lstrip()) for line in tei.splitlines()) < 100


def test_ids_are_names_and_are_given_once() -> None:
    document = by_hand("abcd", (0, 1, "del", "1 x"), (1, 2, "add", "draft"), (3, 4, "del", "r.1"))
    assert re.findall(r'xml:id="([^"]*)"', body(document)) == ["x1-x", "draft-2", "r.1"]


def test_a_joined_act_of_which_a_part_went_is_still_one_in_tei() -> None:
    document = redline.parse("^{may} ~~were~~ from then ^{x ~~y~~ z} on.\n")
    inner = next(act.id for act in document.acts if act.within is not None)
    around = document.act_of[inner].within
    document = edit.join(document.reject(str(around)), document.acts[0].id, inner).document
    again = redline.loads(redline.dumps(document, "tei"), "tei")
    (found,) = again.revisions
    assert (found.deleted[0].text, found.added[0].text) == ("were", "may")
