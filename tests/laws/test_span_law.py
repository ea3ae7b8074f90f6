"""Laws 4, 5 and 8: runs tile the text; runs, readings and a naive model of both agree."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.model import Document
from redline.reading import SEPARATOR, Reading
from redline.spans import ADDITION, DELETION, HIDDEN, MAX_DEPTH, nest, runs
from tests.laws.test_source_law import folded
from tests.strategies import Words, documents, papers, trees

STAGES = st.sampled_from(("draft", "final"))
SPACE = " \t\n\r\f"
#: The kinds whose text a stage does not show.
DROPPED = {"draft": HIDDEN | {ADDITION}, "final": HIDDEN | {DELETION}}


@given(documents)
def test_spans_are_sorted(text: str) -> None:
    starts = [span.start for span in redline.parse(text).spans]
    assert starts == sorted(starts)


@given(documents)
@example("~~a ^{b~~ c} d")
def test_runs_tile_the_text(text: str) -> None:
    document = redline.parse(text)
    at = 0
    held = 0
    for run in runs(document.spans, 0, len(document.text)):
        assert run.start == at <= run.end
        for span in run.spans:
            assert span.start <= run.start <= run.end <= span.end
        if run.start == run.end:
            assert run.spans[-1].start == run.spans[-1].end
        held += len(run.spans) * (run.end - run.start)
        at = run.end
    assert at == len(document.text)
    assert held == sum(span.end - span.start for span in document.spans)


@given(documents)
@example("~~a ^{b ^<c~~ d} e> f ^{g ~~h} i ^{j~~ k} l")
def test_fragments_nest_and_make_up_their_spans(text: str) -> None:
    document = redline.parse(text)
    stack: list[int] = []
    pieces: dict[int, list[tuple[int, int, int, bool]]] = {}
    last = 0
    names = {id(span): k for k, span in enumerate(document.spans)}
    for piece in nest(document.spans):
        assert last <= piece.start <= piece.end
        last = piece.start
        while stack and stack[-1] <= piece.start:
            stack.pop()
        if piece.start < piece.end:
            assert not stack or piece.end <= stack[-1]
            stack.append(piece.end)
        row = (piece.start, piece.end, piece.part, piece.last)
        pieces.setdefault(names[id(piece.span)], []).append(row)
    assert sorted(pieces) == list(range(len(document.spans)))
    for k, rows in pieces.items():
        span = document.spans[k]
        assert rows[0][0] == span.start
        assert rows[-1][1] == span.end
        assert [row[2] for row in rows] == list(range(len(rows)))
        assert [row[3] for row in rows] == [False] * (len(rows) - 1) + [True]
        assert all(one[1] == other[0] for one, other in zip(rows, rows[1:], strict=False))


@given(documents)
def test_nesting_is_bounded(text: str) -> None:
    document = redline.parse(text)
    depth = max((len(run.spans) for run in runs(document.spans, 0, len(document.text))), default=0)
    assert depth <= MAX_DEPTH + 8


def joined(leaves: list[str]) -> str:
    """Block texts as a reading has them."""
    return SEPARATOR.join(words for leaf in leaves if (words := leaf.strip(SPACE)))


def read_by_runs(document: Document, stage: str) -> str:
    """A reading put together from runs."""
    leaves = []
    for start, end in document.leaves():
        shown = []
        for run in runs(document.spans, start, end):
            if not any(span.kind in DROPPED[stage] for span in run.spans):
                first, last = max(run.start, start), min(run.end, end)
                shown.append(document.text[first:last] if first < last else "")
        leaves.append("".join(shown))
    return joined(leaves)


def read_naively(document: Document, stage: str) -> str:
    """A reading character by character: a list of flags, and nothing that is clever."""
    shows = [True] * len(document.text)
    for start, end, kind, _ in document.spans:
        if kind in DROPPED[stage]:
            shows[start:end] = [False] * (end - start)
    return joined(
        [
            "".join(document.text[k] for k in range(start, end) if shows[k])
            for start, end in document.leaves()
        ]
    )


@given(documents, STAGES)
@example("~~a ^{b~~ c} d", "final")
@example("one\n\n~~two~~\n\nthree [Page 2] four\n\n[Page 3]\n\nfive", "draft")
def test_runs_and_readings_agree(text: str, stage: str) -> None:
    document = redline.parse(text)
    assert read_by_runs(document, stage) == document.reading(stage).text


@given(documents, STAGES)
def test_readings_are_what_a_naive_model_says(text: str, stage: str) -> None:
    document = redline.parse(text)
    assert read_naively(document, stage) == document.reading(stage).text


@given(trees)
def test_words_read_as_the_marks_around_them_say(tree: Words) -> None:
    document = redline.parse(tree.notation())
    assert document.reading("draft").text == " ".join(tree.reading("add"))
    assert document.reading("final").text == " ".join(tree.reading("del"))


def check_map(reading: Reading, source: str) -> None:
    """Every character of a reading maps to its like in the source, and back."""
    at = 0
    separators = {
        k for (_, end), (start, _) in zip(reading.blocks, reading.blocks[1:], strict=False)
        for k in range(end, start)
    }
    for k, char in enumerate(reading.text):
        start, end = reading.source_span(k, k + 1)
        assert at <= start <= end <= len(source), k
        at = start
        if k in separators or start == end:
            continue
        assert source[start:end] == char or (char == " " and folded(source[start:end])), k
        assert reading.offset_at(start) == k


@given(documents, STAGES)
@example("a ~~b~~\nc ^{d e}f\n\ng", "final")
def test_a_reading_maps_to_its_source(text: str, stage: str) -> None:
    check_map(redline.parse(text).reading(stage), text)


@given(documents, STAGES, st.data())
def test_a_range_of_a_reading_maps_to_a_range(text: str, stage: str, data: st.DataObject) -> None:
    reading = redline.parse(text).reading(stage)
    end = data.draw(st.integers(0, len(reading.text)))
    start = data.draw(st.integers(0, end))
    first, last = reading.source_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert 0 <= reading.offset_at(data.draw(st.integers(0, len(text)))) <= len(reading.text)


@given(papers, STAGES)
@example("a ~~b~~ ~~c~~ d", "final")
def test_no_reading_doubles_a_space(text: str, stage: str) -> None:
    reading = redline.parse(text).reading(stage)
    at = reading.text.find("  ")
    while at >= 0:
        start, end = reading.source_span(at, at + 2)
        assert text[start:end].isspace(), (at, text[start:end])
        at = reading.text.find("  ", at + 1)


@given(documents, STAGES)
def test_blocks_of_a_reading_are_trimmed_and_not_empty(text: str, stage: str) -> None:
    reading = redline.parse(text).reading(stage)
    leaves = [reading.text[start:end] for start, end in reading.blocks]
    assert reading.text == SEPARATOR.join(leaves)
    assert all(leaf and leaf == leaf.strip(SPACE) for leaf in leaves)


@given(documents)
def test_parts_lie_in_what_they_are_parts_of(text: str) -> None:
    document = redline.parse(text)
    ids = [revision.id for revision in document.revisions]
    assert len(set(ids)) == len(ids)
    owned = [k for act in document.acts for k in act.parts]
    marks = [k for k, span in enumerate(document.spans) if span.kind in (DELETION, ADDITION)]
    assert sorted(owned) == marks
    for revision in document.revisions:
        for part, ends in [
            *((part, ("~~", "~~")) for part in revision.deleted),
            *((part, ("^", None)) for part in revision.added),
        ]:
            written = text[slice(*part.span)]
            assert written.startswith(ends[0])
            assert written.endswith(ends[1] or ("}" if written[1] == "{" else ">"))
        if revision.within is not None:
            assert revision.within in ids
            assert revision.within != revision.id
        assert (revision.deleted != ()) == (revision.kind != "addition")
        assert (revision.added != ()) == (revision.kind != "deletion")
