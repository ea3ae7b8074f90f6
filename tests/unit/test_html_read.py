"""Fragments that somebody else has touched, or made: what is read of them, what is refused."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest

import redline
from redline.diagnostics import FormatError
from redline.formats.word import from_docx
from tests.word.raw import body, cell, docx, ins, note, p, row, table

OPEN = '<article data-redline="1">'

#: A fragment after `OPEN`; its draft; its final text.
READ = [
    ("<p>One <del>old</del> <ins>new</ins> word.</p>", "One old  word.", "One  new word."),
    ("<P CLASS=x>One <DEL>old </DEL>word.</P>", "One old word.", "One word."),
    ("One <ins>two</ins>", "One", "One two"),
    ("<p>One<p>Two", "One\n\nTwo", "One\n\nTwo"),
    ("<ul><li>One<li>Two</ul>", "One\n\nTwo", "One\n\nTwo"),
    ("<p>One\n   two</p>", "One two", "One two"),
    ("<pre>\nOne\n  two</pre>", "One\n  two", "One\n  two"),
    ("<p>One<br>two<br/>three</p>", "One two three", "One two three"),
    ("<p>a &amp; b &lt;c&gt; &eacute;&#233;&#xe9; &nosuch; & &#x41</p>",
     "a & b <c> ééé &nosuch; & A", "a & b <c> ééé &nosuch; & A"),
    ("<p>a < b</p>", "a < b", "a < b"),
    ("<p>One<script>alert(1)</script><style>p{}</style><!-- <p> --></p>", "One", "One"),
    ("<p>One <b>two <del>three</b> four</del> five</p>",
     "One two three four five", "One two  four five"),
    ("<p>One</b></i></p></div> two", "One\n\ntwo", "One\n\ntwo"),
    ("<div><section><p>One</p></section></div>", "One", "One"),
    ("<del><p>One</p><p>Two</p></del><p>Three</p>", "One\n\nTwo\n\nThree", "Three"),
    ("<table><tr><th>a<th>b<tr><td><p>c</p><td><del>d</del></table>", "a\n\nb\n\nc\n\nd",
     "a\n\nb\n\nc"),
    ("<p>One</p><p hidden>Two</p></article><p>Three", "One\n\nTwo", "One\n\nTwo"),
    ("<p>One <span title='a > b \" c'>two</span></p>", "One two", "One two"),
    ("<p>One <del data-revision=r1>a</del>b<del data-revision=r1>c</del></p>", "One abc", "One b"),
    ('<p>One<sup class="noteref">1</sup> two</p><p data-note="n1">A</p>', "One two", "One two"),
    ("", "", ""),
    ("<p></p><p> </p>", "", ""),
]


@pytest.mark.parametrize(("markup", "draft", "final"), READ)
def test_what_is_read(markup: str, draft: str, final: str) -> None:
    document = redline.loads(OPEN + markup, "html-fragment")
    assert document.reading("draft").text == draft
    assert document.reading("final").text == final
    assert document.diagnostics == ()


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<p>One", "no fragment of redline's"),
        (OPEN + "<p>One <del", "line 1, column 34: a tag that does not end"),
        (OPEN + '\n<p title="One>', "line 2, column 1: a tag that does not end"),
        (OPEN + "<!-- One", "no --> after it"),
        (OPEN + "<![bad[ One", "no > after it"),
        (OPEN + "<script> One", "no </script after it"),
        (OPEN + "<b>" * 2000, "nested deeper than 1000"),
    ],
)
def test_what_is_refused(markup: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        redline.loads(markup, "html-fragment")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", "1", "[[1, 2, 3, 4, 5]]", '[["a"]]', '{"was": 5}', "[" * 100_000,
     '[null, null, [[1, 2, 3, 4, 5, 6, 7]]]', '{"fields": [], "text": 3, "page": "x"}'],
)
def test_attributes_that_say_nothing(value: str) -> None:
    said = value.replace('"', "&quot;")
    names = ("data-stages", "data-hands", "data-classification")
    head = " ".join(f'{name}="{said}"' for name in names)
    document = redline.loads(
        f'<article data-redline="1" {head}><p data-level="x" data-kind="zoo">One <span'
        f' class="mark" data-marking="m" data-said="{said}">(S)</span> <del data-stage="s"'
        f' data-cert="so" data-within="r9" data-joined="r8 r9">two</del></p></article>',
        "html-fragment",
    )
    assert document.reading("final").text.startswith("One (S)")
    assert [stage.id for stage in document.stages] == ["draft", "revision", "s"]
    assert json.loads(redline.dumps(document, "json"))["readings"]["draft"] == "One (S) two"
    assert document.acts[0].cert == "high"
    assert document.acts[0].joined == ()


@pytest.mark.parametrize(
    "part",
    ["<!--", "<a ",
     '<p a="', "<p>x", "</x>", "&amp;", "&", "<", "<p><del data-revision=r>a</del>",
     "<tr>", "<li>a<p>b", "<br>", '<sup class="noteref">1</sup>', '<p data-note="n">a</p>'],
)
def test_the_time_grows_with_the_text(part: str) -> None:
    def seconds(size: int) -> float:
        text = OPEN + part * (size // len(part))
        best = 1e9
        for _ in range(2):
            start = time.process_time()
            with suppress(FormatError):  # refused, and at once
                redline.loads(text, "html-fragment")
            best = min(best, time.process_time() - start)
        return best

    seconds(1000)
    small, large = seconds(20_000), seconds(160_000)
    assert large < 24 * small + 0.1  # 8 times, where it is linear; 64, where it is not


def test_notes_of_a_word_file_come_back() -> None:
    """A comment, an inserted reference, changes in a note, a cell of two paragraphs."""
    note_ = f'<w:footnote w:id="2">{p("A ", ins("new "), "note.")}</w:footnote>'
    comment = f'<w:comment w:id="0" w:author="Bob">{p("Why?")}</w:comment>'
    sign = '<w:r><w:commentReference w:id="0"/></w:r>'
    document = from_docx(docx(
        body(p("One", note(2), sign, ".") + p("Two", ins(note(2)), ".")
             + table(row(cell(p("a", mark="del"), p("b")), "c")) + p("End.")),
        footnotes=note_, comments=comment,
    ), "x")
    again = redline.loads(redline.dumps(document, "html-fragment"), "html-fragment")

    def view(each: redline.Document) -> list[object]:
        return [
            [each.reading(stage).text for stage in ("draft", "final")],
            sorted((r.kind, [q.text for q in r.deleted], [q.text for q in r.added])
                   for r in each.revisions),  # a fragment has its notes at the end
            sorted((b.kind, b.n or "") for b in each.blocks),
            sorted((n.kind, n.n or "", each.text[n.start or 0 : n.end or 0]) for n in each.notes),
        ]

    assert view(again) == view(document)
