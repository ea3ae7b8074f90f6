"""Laws 1 to 3: tokens tile the source, any string comes back, the origin maps both ways."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.model import Document
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


@given(st.one_of(texts, texts, papers))
@example("a\r~~b~~\x00\ud83d\ude00")
def test_any_string_comes_back(text: str) -> None:
    document = redline.parse(text)
    assert document.source.text == text
    assert redline.dumps(document, "native") == text


def folded(source: str) -> bool:
    """Whether it may be one space in the text: a line break, with what belongs to it beside it
    (blanks, the backslash of a hard break, the bullet of the next line)."""
    return not source.strip().strip("\\-*•#>|").strip() and LINE_END.search(source) is not None


def check_origin(document: Document) -> None:
    """Every character of the text maps to its like in the source, and back."""
    source, origin = document.source.text, document.origin
    supplied = {k for start, end in origin.supplied() for k in range(start, end)}
    last = 0
    for k, char in enumerate(document.text):
        at = origin.to_source(k)
        start, end = origin.source_span(k, k + 1)
        assert last <= at == start <= end <= len(source), k
        last = at
        if k in supplied:
            assert start == end, k
        else:
            like = source[start:end]
            assert like == char or (char == " " and folded(like)), (k, char, like)
            assert origin.to_text(at) == k


@given(documents)
@example("a \n b~~c\r\nd~~\n\ne")
def test_origin_maps_both_ways(text: str) -> None:
    document = redline.parse(text)
    check_origin(document)
    origin = document.origin
    places = [origin.to_text(k) for k in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(document.text) for place in places)
    segments = list(origin.segments())
    assert [edge for row in segments for edge in row[2:]] == sorted(
        edge for row in segments for edge in row[2:]
    )
    sizes = [end - start for start, end, _, _ in segments]
    assert sum(sizes) == origin.length == len(document.text)
    assert 0 not in sizes


@given(documents, st.data())
def test_a_range_maps_to_the_ranges_of_its_characters(text: str, data: st.DataObject) -> None:
    document = redline.parse(text)
    end = data.draw(st.integers(0, len(document.text)))
    start = data.draw(st.integers(0, end))
    first, last = document.origin.source_span(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert first == document.origin.source_span(start, start + 1)[0]
        assert last == document.origin.source_span(end - 1, end)[1]


def check_ranges(document: Document) -> None:
    """Whatever has a range has one within the text, and one within the source."""
    size, length = len(document.text), len(document.source.text)
    tables = (document.blocks, document.pages, document.markings, document.furniture)
    for row in (row for table in tables for row in table):
        assert 0 <= row.start <= row.end <= size
        assert 0 <= row.span[0] <= row.span[1] <= length
    assert len(document.extents) == 2 * len(document.spans)
    for k, span in enumerate(document.spans):
        assert 0 <= span.start <= span.end <= size
        first, last = document.extent(k)
        assert 0 <= first <= last <= length
    for note in document.notes:
        assert 0 <= (note.at or 0) <= size
        assert (note.start is None) == (note.end is None)
        assert 0 <= (note.start or 0) <= (note.end or 0) <= size
    for block in document.blocks:
        for start, end in (cell for row in block.cells for cell in row):
            assert block.start <= start <= end <= block.end


@given(documents)
def test_everything_has_its_range(text: str) -> None:
    document = redline.parse(text)
    check_ranges(document)
    at = place = 0
    for number, page in enumerate(document.pages, 1):
        assert page.n == number
        assert page.span[0] == at
        assert page.start == place
        at, place = page.span[1], page.end
    assert (at, place) == (len(text), len(document.text))
    for finding in document.diagnostics:
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text)
        assert (finding.line, finding.column) == document.source.position(finding.span[0])
    ids = [row.id for row in (*document.blocks, *document.markings, *document.notes)]
    assert len(ids) == len(set(ids))
