"""The HTML page, with only `del` or only `ins` dropped, has the words of the document's readings.

The walker knows nothing of redline: it reads `main`, without what stands apart from the text
(page rules, stamps, the signs of notes), and asks that every element be closed where it should.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from lxml import etree

import redline
from samples import regenerate
from tests.judges import tei_walker
from tests.laws.test_tei_law import papers, texts

APART = {"page", "furniture", "noteref"}


class Walker(HTMLParser):
    def __init__(self, without: str) -> None:
        super().__init__()
        self.without = without
        self.stack: list[tuple[str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack.append((tag, dict(attrs).get("class") or ""))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        assert tag in ("meta", "input")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.stack}
        names = {name for _, class_ in self.stack for name in class_.split()}
        if "main" in tags and self.without not in tags and not APART & names:
            self.text.append(data)


def words(text: str) -> str:
    return "".join(text.split())


def holds(document: redline.Document) -> None:
    page = redline.dumps(document, "html")
    etree.fromstring(page.removeprefix("<!DOCTYPE html>\n").encode("utf-8"))
    for stage, without in (("draft", "ins"), ("final", "del")):
        walker = Walker(without)
        walker.feed(page)
        walker.close()
        assert walker.stack == []
        assert words("".join(walker.text)) == words(
            tei_walker.as_xml(document.reading(stage).text)
        )


@pytest.mark.parametrize("path", list(regenerate.samples()), ids=lambda path: path.stem)
def test_samples(path: str) -> None:
    holds(redline.read(path))


@given(papers)
@settings(max_examples=300)
def test_papers(notation: str) -> None:
    holds(redline.parse(notation))


@given(texts)
@settings(max_examples=200)
def test_any_text(notation: str) -> None:
    holds(redline.parse(notation))


@given(papers)
@settings(max_examples=60)
def test_decisions(notation: str) -> None:
    document = redline.parse(notation)
    ids = [act.id for act in document.acts]
    holds(document.accept(*ids[::2]).reject(*ids[1::2]))
