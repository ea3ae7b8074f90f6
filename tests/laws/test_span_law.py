"""Laws 4, 5 and 8: runs tile the text; runs, readings and a naive model of both agree."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.model import Document
from redline.reading import SEPARATOR, Reading
from redline.spans import ADDITION, DELETION, HIDDEN, MAX_DEPTH, nest, runs
from tests.laws.test_source_law import folded
from tests.strategies import Words, documents, papers, trees

STAGES = ("draft", "final")
SPACE = " \t\n\r\f"
#: The kinds whose text a stage does not show.
DROPPED = {"draft": HIDDEN | {ADDITION}, "final": HIDDEN | {DELETION}}


@given(documents)
@example("~~a ^{b~~ c} d")
def test_runs_tile_the_text(text: str) -> None:
    document = redline.parse(text)
    starts = [span.start for span in document.spans]
    assert starts == sorted(starts)
    at = held = 0
    for run in runs(document.spans, 0, len(document.text)):
        assert run.start == at <= run.end
        assert len(run.spans) <= MAX_DEPTH + 8
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
    places = {id(span): k for k, span in enumerate(document.spans)}
    pieces: dict[int, list[tuple[int, int, int, bool]]] = {}
    stack: list[int] = []
    last = 0
    for start, end, span, part, is_last in nest(document.spans):
        assert last <= start <= end
        last = start
        while stack and stack[-1] <= start:
            stack.pop()
        if start < end:
            assert not stack or end <= stack[-1]
            stack.append(end)
        pieces.setdefault(places[id(span)], []).append((start, end, part, is_last))
    assert sorted(pieces) == list(range(len(document.spans)))
    for k, rows in pieces.items():
        span = document.spans[k]
        assert (rows[0][0], rows[-1][1]) == (span.start, span.end)
        assert [row[2] for row in rows] == list(range(len(rows)))
        assert [row[3] for row in rows] == [False] * (len(rows) - 1) + [True]
        assert all(one[1] == other[0] for one, other in pairwise(rows))


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


@given(documents)
@example("~~a ^{b~~ c} d")
@example("one\n\n~~two~~\n\nthree [Page 2] four\n\n[Page 3]\n\nfive")
def test_readings_are_what_runs_and_a_naive_model_say(text: str) -> None:
    document = redline.parse(text)
    for stage in STAGES:
        reading = document.reading(stage).text
        assert read_by_runs(document, stage) == reading
        assert read_naively(document, stage) == reading


@given(trees)
def test_words_read_as_the_marks_around_them_say(tree: Words) -> None:
    document = redline.parse(tree.notation())
    assert document.reading("draft").text == " ".join(tree.reading("add"))
    assert document.reading("final").text == " ".join(tree.reading("del"))


def check_map(reading: Reading, source: str) -> None:
    """Every character of a reading maps to its like in the source, and back."""
    between = {k for (_, a), (b, _) in pairwise(reading.blocks) for k in range(a, b)}
    at = 0
    for k, char in enumerate(reading.text):
        start, end = reading.source_span(k, k + 1)
        assert at <= start <= end <= len(source), k
        at = start
        if k not in between and start < end:
            like = source[start:end]
            assert like == char or (char == " " and folded(like)), (k, char, like)
            assert reading.offset_at(start) == k


@given(documents)
@example("a ~~b~~\nc ^{d e}f\n\ng")
def test_a_reading_maps_to_its_source_and_back(text: str) -> None:
    document = redline.parse(text)
    for stage in STAGES:
        check_map(document.reading(stage), text)


@given(documents, st.sampled_from(STAGES), st.data())
def test_a_range_of_a_reading_maps_to_a_range(text: str, stage: str, data: st.DataObject) -> None:
    reading = redline.parse(text).reading(stage)
    end = data.draw(st.integers(0, len(reading.text)))
    start = data.draw(st.integers(0, end))
    first, last = reading.source_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert 0 <= reading.offset_at(data.draw(st.integers(0, len(text)))) <= len(reading.text)


@given(papers)
@example("a ~~b~~ ~~c~~ d")
def test_a_reading_is_trimmed_and_doubles_no_space(text: str) -> None:
    document = redline.parse(text)
    for stage in STAGES:
        reading = document.reading(stage)
        leaves = [reading.text[start:end] for start, end in reading.blocks]
        assert reading.text == SEPARATOR.join(leaves)
        assert all(leaf and leaf == leaf.strip(SPACE) for leaf in leaves)
        # Where marks cross, a space may belong to both and to neither (R18 leaves it open).
        crossing = any(d.code == "crossing-marks" for d in document.diagnostics)
        at = -1 if crossing else reading.text.find("  ")
        while at >= 0:
            start, end = reading.source_span(at, at + 2)
            assert text[start:end].isspace(), (at, text[start:end])
            at = reading.text.find("  ", at + 1)


@given(papers)
def test_revisions_are_made_of_the_marks(text: str) -> None:
    document = redline.parse(text)
    ids = [act.id for act in document.acts]
    assert len(set(ids)) == len(ids)
    marks = [k for k, span in enumerate(document.spans) if span.kind in (DELETION, ADDITION)]
    assert sorted(k for act in document.acts for k in act.parts) == marks
    for revision in document.revisions:
        for part in revision.deleted:
            written = text[slice(*part.span)]
            assert (written[:2], written[-2:]) == ("~~", "~~")
        for part in revision.added:
            written = text[slice(*part.span)]
            assert (written[:2], written[-1]) in (("^{", "}"), ("^<", ">"))
        assert revision.within is None or revision.within in set(ids) - {revision.id}
        assert set(revision.joined) <= set(ids) - {revision.id}
        assert (revision.deleted != ()) == (revision.kind != "addition")
        assert (revision.added != ()) == (revision.kind != "deletion")
