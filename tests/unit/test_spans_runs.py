"""`runs` and `visible` against a list of characters, on small tables of spans."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.spans import Run, Span, runs, visible

SIZE = 5


def table(*edges: tuple[int, int]) -> list[Span]:
    return [Span(start, end, "del", str(n)) for n, (start, end) in enumerate(sorted(edges))]


def shape(found: list[Run]) -> str:
    """The runs as `start-end:ids`, apart by spaces."""
    return " ".join(f"{r.start}-{r.end}:{''.join(s.id for s in r.spans)}" for r in found)


@pytest.mark.parametrize(
    ("edges", "start", "end", "expected"),
    [
        ([], 0, 5, "0-5:"),
        ([], 2, 2, ""),
        ([(1, 3)], 0, 5, "0-1: 1-3:0 3-5:"),
        ([(0, 5), (1, 3)], 0, 5, "0-1:0 1-3:01 3-5:0"),
        ([(0, 3), (1, 5)], 0, 5, "0-1:0 1-3:01 3-5:1"),
        ([(1, 3), (1, 3)], 0, 5, "0-1: 1-3:01 3-5:"),
        ([(1, 2), (2, 3)], 0, 5, "0-1: 1-2:0 2-3:1 3-5:"),
        ([(2, 2)], 0, 5, "0-2: 2-2:0 2-5:"),
        ([(0, 4), (2, 2)], 0, 5, "0-2:0 2-2:01 2-4:0 4-5:"),
        ([(0, 0)], 0, 5, "0-0:0 0-5:"),
        ([(5, 5)], 0, 5, "0-5: 5-5:0"),
        # Only a part of the text is asked for.
        ([(0, 5)], 1, 3, "1-3:0"),
        ([(0, 2)], 1, 3, "1-2:0 2-3:"),
        ([(2, 5)], 1, 3, "1-2: 2-3:0"),
        ([(0, 1)], 1, 3, "1-3:"),
        ([(3, 5)], 1, 3, "1-3:"),
    ],
)
def test_runs(edges: list[tuple[int, int]], start: int, end: int, expected: str) -> None:
    assert shape(list(runs(table(*edges), start, end))) == expected


def covering(spans: list[Span], offset: int) -> set[str]:
    return {span.id for span in spans if span.start <= offset < span.end}


def check(spans: list[Span], start: int, end: int) -> None:
    at = start
    for run in runs(spans, start, end):
        assert run.start == at <= run.end <= end
        at = run.end
        for offset in range(run.start, run.end):
            assert {span.id for span in run.spans} == covering(spans, offset)
        ranks = [spans.index(span) for span in run.spans]
        assert ranks == sorted(ranks)
    assert at == end
    shown = visible(spans, start, end)
    assert all(a < b for a, b in shown)
    offsets = [offset for a, b in shown for offset in range(a, b)]
    assert offsets == [k for k in range(start, end) if not covering(spans, k)]


RANGES = [(a, b) for a, b in product(range(SIZE + 1), repeat=2) if a <= b]


def test_every_small_table() -> None:
    for edges in combinations_with_replacement(RANGES, 3):
        check(table(*edges), 0, SIZE)


@given(st.lists(st.sampled_from(RANGES), max_size=8), st.sampled_from(RANGES))
def test_a_part_of_any_table(edges: list[tuple[int, int]], part: tuple[int, int]) -> None:
    check(table(*edges), *part)
