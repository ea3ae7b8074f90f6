"""Laws 1 to 3: tokens tile the source, any string comes back, the origin maps both ways."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.source import LINE_END
from redline.tokens import KINDS, tokens
from tests.strategies import documents, papers, texts

_KNOWN = {*KINDS, "text", "url", "digits"}


@given(documents)
@example("")
@example("http://a.b/~~c~~ ^{d} so,1 it.2")
def test_tokens_tile_the_source(text: str) -> None:
    at = 0
    for start, end, kind in tokens(text):
        assert start == at < end
        assert kind in _KNOWN
        at = end
    assert at == len(text)


@given(texts)
@example("a\r~~b~~\x00\ud83d\ude00")
def test_any_string_comes_back(text: str) -> None:
    document = redline.parse(text)
    assert document.source.text == text
    assert redline.dumps(document, "native") == text


@given(papers)
def test_any_paper_comes_back(text: str) -> None:
    assert redline.dumps(redline.parse(text), "native") == text


def folded(source: str) -> bool:
    """Whether it may be one space in the text: a line break and white space around it."""
    return not source.strip().strip("-*•#>|").strip() and LINE_END.search(source) is not None


@given(documents)
@example("a \n b~~c\r\nd~~\n\ne")
def test_origin_maps_every_character_to_its_like(text: str) -> None:
    document = redline.parse(text)
    origin = document.origin
    supplied = {k for start, end in origin.supplied() for k in range(start, end)}
    last = 0
    for k, char in enumerate(document.text):
        at = origin.to_source(k)
        start, end = origin.source_span(k, k + 1)
        assert last <= at == start <= end <= len(text)
        last = at
        if k in supplied:
            assert start == end
        elif end - start == 1 and text[start] == char:
            assert origin.to_text(at) == k
        else:
            assert char == " "
            assert folded(text[start:end])
            assert origin.to_text(at) == k


@given(documents)
def test_origin_maps_the_source_in_order(text: str) -> None:
    document = redline.parse(text)
    origin = document.origin
    places = [origin.to_text(k) for k in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(document.text) for place in places)
    edges = [edge for row in origin.segments() for edge in row[2:]]
    assert edges == sorted(edges)
    sizes = [end - start for start, end, _, _ in origin.segments()]
    assert sum(sizes) == origin.length == len(document.text)
    assert 0 not in sizes


@given(documents, st.data())
def test_a_source_range_holds_the_ranges_of_its_characters(text: str, data: st.DataObject) -> None:
    document = redline.parse(text)
    end = data.draw(st.integers(0, len(document.text)))
    start = data.draw(st.integers(0, end))
    first, last = document.origin.source_span(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert first == document.origin.source_span(start, start + 1)[0]
        assert last == document.origin.source_span(end - 1, end)[1]


@given(documents)
def test_every_range_lies_in_its_text(text: str) -> None:
    document = redline.parse(text)
    size = len(document.text)
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= size
        assert 0 <= block.span[0] <= block.span[1] <= len(text)
    for k, span in enumerate(document.spans):
        assert 0 <= span.start <= span.end <= size
        first, last = document.extent(k)
        assert 0 <= first <= last <= len(text)
    for marking in (*document.markings, *document.furniture):
        assert 0 <= marking.start <= marking.end <= size
        assert 0 <= marking.span[0] <= marking.span[1] <= len(text)
    for note in document.notes:
        assert 0 <= (note.at or 0) <= size
        assert 0 <= (note.start or 0) <= (note.end or 0) <= size
    for finding in document.diagnostics:
        assert (finding.line, finding.column) == document.source.position(finding.span[0])
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text)


@given(papers)
def test_pages_tile_the_document(text: str) -> None:
    document = redline.parse(text)
    at = place = 0
    for number, page in enumerate(document.pages, 1):
        assert page.n == number
        assert page.span[0] == at <= page.span[1]
        assert page.start == place <= page.end
        at, place = page.span[1], page.end
    assert (at, place) == (len(text), len(document.text))
