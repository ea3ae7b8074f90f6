"""Law 9 for fragments of HTML: what is written is read again as the same paper.

The source of what was read is the fragment, so `==` cannot hold. What must be the same is
`view`: all that the attributes of a fragment say. Law 8 holds of it, too: a walker that knows
nothing but `del` and `ins` finds the readings.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

import redline
from redline.model import Document, Marking
from tests.judges.tei_walker import as_xml
from tests.laws.test_tei_in_law import has_words, words
from tests.laws.test_tei_law import papers, texts

ROOT = Path(__file__).resolve().parents[2]
PAPERS = (ROOT / "samples").glob("*/*.txt")
SAMPLES = sorted(path for path in PAPERS if path.stem == path.parent.name)
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
APART = {"page", "furniture", "noteref", "notes"}


def marking(row: Marking) -> tuple[Any, ...]:
    """All of a marking but where it stands in a text that the fragment does not have."""
    fields = (row.action, row.through, row.controls, dict(row.fields), row.text, row.cert, row.rule)
    return (row.id, row.kind, row.page, row.place, row.was, row.is_, *fields)


def view(document: Document, kept: set[str]) -> dict[str, Any]:
    """What a fragment must keep; of markings those that have an element in it."""
    return {
        "draft": as_xml(document.reading("draft").text),
        "final": as_xml(document.reading("final").text),
        "revisions": [
            (
                *(r.id, r.kind, r.stage, r.hand, r.cert, r.rule, r.within, r.joined),
                [words(part.text) for part in r.deleted],
                [words(part.text) for part in r.added],
            )
            for r in document.revisions
        ],
        "pages": [
            (page.n, page.label and words(page.label), page.cert, page.evidence)
            for page in document.pages
        ],
        "blocks": [
            (b.kind, words(b.n), b.level, b.role, b.page, [len(row) for row in b.cells])
            for b in document.blocks
            if b.kind != "note" and has_words(document, b)
        ],
        "notes": sorted((words(n.n), n.kind, n.start is not None) for n in document.notes),
        "stages": document.stages,
        "hands": document.hands,
        "markings": sorted(marking(row) for row in document.markings if row.id in kept),
        "classification": document.classification,
    }


def holds(document: Document) -> Document:
    again = redline.loads(redline.dumps(document, "html-fragment"), "html-fragment")
    kept = {row.id for row in again.markings}
    assert view(again, kept) == view(document, kept)
    assert again.diagnostics == ()
    # What is read is written as what was read, but for what a page carries.
    once = redline.dumps(again, "html-fragment")
    assert view(redline.loads(once, "html-fragment"), kept) == view(again, kept)
    return again


@pytest.mark.parametrize("path", SAMPLES + SEEDS, ids=lambda path: path.stem)
def test_samples_come_back(path: Path) -> None:
    document = redline.read(path)
    again = holds(document)
    shown = {row.id for row in document.markings if row.kind in ("banner", "release", "stamp")}
    inside = {row.id for row in document.markings if row.place == "inline"}
    assert shown - inside <= {row.id for row in again.markings}


@given(papers)
@settings(max_examples=300)
def test_papers_come_back(notation: str) -> None:
    holds(redline.parse(notation))


@given(texts)
@settings(max_examples=200)
def test_any_text_comes_back(notation: str) -> None:
    holds(redline.parse(notation))


@given(papers)
@settings(max_examples=100)
def test_the_source_is_found_again(notation: str) -> None:
    again = redline.loads(redline.dumps(redline.parse(notation), "html-fragment"), "html-fragment")
    source, text, origin = again.source.text, again.text, again.origin
    for at, end, start, stop in origin.segments():
        if end - at == stop - start and not text[at:end].isspace():
            assert source[start:stop] == text[at:end] or "&" in source[start:stop]


class Naive(HTMLParser):
    def __init__(self, without: str) -> None:
        super().__init__()
        self.without = without
        self.stack: list[tuple[str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = {name for _, class_ in self.stack for name in class_.split()}
        if self.without not in {tag for tag, _ in self.stack} and not APART & names:
            self.text.append(data)


@given(papers)
@settings(max_examples=200)
def test_a_naive_walker_finds_the_readings(notation: str) -> None:
    document = redline.parse(notation)
    fragment = redline.dumps(document, "html-fragment")
    etree.fromstring(fragment)
    for stage, without in (("draft", "ins"), ("final", "del")):
        walker = Naive(without)
        walker.feed(fragment)
        walker.close()
        found = "".join("".join(walker.text).split())
        assert found == "".join(as_xml(document.reading(stage).text).split())
