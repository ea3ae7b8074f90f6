"""`nest` against what it promises, and against every small table of spans there is."""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.spans import Fragment, Span, nest


def table(*edges: tuple[int, int]) -> list[Span]:
    return [Span(start, end, "del", str(n)) for n, (start, end) in enumerate(edges)]


def shape(fragments: list[Fragment[Span]]) -> str:
    """The fragments as brackets with the number of their span, apart by the offsets between."""
    out, stack, at = "", [], 0
    for piece in [*fragments, None]:
        while stack and (piece is None or stack[-1].end <= piece.start):
            last = stack.pop()
            out += "." * (last.end - at) + ")"
            at = last.end
        if piece is None:
            break
        out += "." * (piece.start - at) + piece.span.id
        at = piece.start
        if piece.start < piece.end:
            out += "("
            stack.append(piece)
    return out


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([], ""),
        ([(0, 2), (2, 4)], "0(..)1(..)"),
        ([(0, 4), (1, 2)], "0(.1(.)..)"),
        ([(0, 4), (0, 4)], "0(1(....))"),
        ([(0, 4), (0, 2)], "0(1(..)..)"),
        # Two that cross: the earlier is cut where the other begins, and goes on inside it.
        ([(0, 3), (2, 5)], "0(..)1(0(.)..)"),
        ([(0, 2), (0, 4)], "1(0(..)..)"),
        ([(0, 3), (1, 4), (2, 5)], "0(.)1(0(.))2(1(0(.).).)"),
        # A point stands before the character at its offset, outside what ends there.
        ([(0, 2), (2, 2), (2, 4)], "0(..)12(..)"),
        ([(0, 4), (2, 2)], "0(..1..)"),
        ([(2, 2), (2, 4)], "..01(..)"),
        ([(2, 4), (2, 2)], "..0(1..)"),
    ],
)
def test_examples(edges: list[tuple[int, int]], expected: str) -> None:
    assert shape(nest(table(*edges))) == expected


def holds(spans: list[Span]) -> None:
    fragments = nest(spans)
    # In the order in which they open, and no two cross.
    assert [piece.start for piece in fragments] == sorted(piece.start for piece in fragments)
    stack: list[int] = []
    for piece in fragments:
        while stack and stack[-1] <= piece.start:
            stack.pop()
        assert not stack or piece.end <= stack[-1]
        if piece.start < piece.end:
            stack.append(piece.end)
    # The pieces of a span tile it, are counted from 0, and the last one says so.
    for span in spans:
        pieces = [piece for piece in fragments if piece.span is span]
        assert pieces[0].start == span.start
        assert pieces[-1].end == span.end
        assert [piece.part for piece in pieces] == list(range(len(pieces)))
        assert [piece.last for piece in pieces] == [False] * (len(pieces) - 1) + [True]
        for before, after in pairwise(pieces):
            assert before.end == after.start
        assert len(pieces) == 1 or all(piece.start < piece.end for piece in pieces)


def test_every_table_of_three_spans() -> None:
    edges = [(a, b) for a, b in product(range(5), repeat=2) if a <= b]
    for some in combinations_with_replacement(edges, 3):
        for order in (some, some[::-1]):
            holds(sorted(table(*order), key=lambda span: span.start))


def test_what_nests_is_not_cut() -> None:
    spans = table((0, 9), (0, 9), (1, 4), (1, 3), (4, 8), (4, 4), (5, 8))
    assert [(piece.start, piece.end, piece.span) for piece in nest(spans)] == [
        (span.start, span.end, span) for span in spans
    ]


edge = st.tuples(st.integers(0, 20), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(edge, max_size=12))
def test_any_table(edges: list[tuple[int, int]]) -> None:
    holds(sorted(table(*edges), key=lambda span: span.start))


def test_anything_with_edges_can_be_nested() -> None:
    class Mark:
        def __init__(self, start: int, end: int) -> None:
            self.start, self.end = start, end

    outer, inner = Mark(0, 4), Mark(1, 2)
    assert [piece.span for piece in nest([outer, inner])] == [outer, inner]
