"""More than two texts in a table: every text comes back, in any order, and what was planted too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.collation.progressive import guide_tree
from redline.collation.units import UNITS
from redline.collation.witnesses import Collation, WitnessError, collate, sigla_for
from tests.collation import witnesses_table as figures
from tests.collation.planted_witnesses import Copying, planted
from tests.scale.clock import grows_linearly

PIECES = (
    *("the", "a", "red", "house", "House", ",", ".", "of", "in", "well-known", "é", "e\u0301"),
    *("\n\n", "\r\n", "\n", " ", "  ", "\t", "\r", "\u2028", "\u00a0", "\x1f"),
    *("\ud800", "\U0001f5ce", "港", "湾", "\x00", "&", "<b>", '"'),
)


def texts(most: int = 10) -> st.SearchStrategy[str]:
    """Words and white space, or any characters at all."""
    words = st.lists(st.sampled_from(PIECES), max_size=most)
    return st.one_of(
        st.builds(lambda parts, glue: glue.join(parts), words, st.sampled_from(("", " ", " \n"))),
        st.text(max_size=12),
    )


def shown(table: Collation) -> list[list[str]]:
    """Each row as its wordings, ``A B: words``."""
    return [
        [f"{' '.join(each.sigla)}: {each.text}".strip() for each in table.readings(row)]
        for row in table.rows
    ]


# -- laws -----------------------------------------------------------------------------------


@given(st.lists(texts(), min_size=2, max_size=5), st.sampled_from(UNITS))
@example(["", ""], "word")
@example(["", " ", "\n"], "word")
@example(["a", "  a", "a "], "char")
def test_every_witness_comes_back(given: list[str], unit: str) -> None:
    table = collate(given, unit)
    for each in (table, table.joined()):
        for siglum, text in zip(each.sigla, given, strict=True):
            assert each.text(siglum) == text
        for row in each.rows:
            assert len(row.cells) == len(row.readings) == len(given)
            # Same number: same words; and nothing is nothing.
            words = [
                text[slice(*cell)].split() for text, cell in zip(given, row.cells, strict=True)
            ]
            for number, mine in zip(row.readings, words, strict=True):
                assert bool(mine) == (number >= 0)
                if unit != "char" and each is table:
                    assert mine == words[row.readings.index(number)]


def test_in_joined_rows_the_same_number_is_the_same_words() -> None:
    for seed in range(6):
        table = collate(planted(seed, 4, 120).texts).joined()
        for row in table.rows:
            words = [
                " ".join(text[slice(*cell)].split())
                for text, cell in zip(table.texts, row.cells, strict=True)
            ]
            pairs = set(zip(row.readings, words, strict=True))
            assert len(pairs) == len(set(row.readings)) == len(set(words))


@given(st.lists(texts(), min_size=3, max_size=4), st.sampled_from(UNITS))
def test_the_order_of_witnesses_makes_no_difference(given: list[str], unit: str) -> None:
    check_orders(given, unit)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_planted_witnesses_makes_no_difference(seed: int) -> None:
    copying = Copying(spelling=15, other=15, omission=15, addition=15, phrase=60, move=60)
    check_orders(list(planted(seed, 3 + seed % 2, 120, copying).texts.values()), "word")


def check_orders(given: Sequence[str], unit: str) -> None:
    names = sigla_for(len(given))
    table = collate(dict(zip(names, given, strict=True)), unit)
    for order in permutations(range(len(given))):
        other = collate({names[k]: given[k] for k in order}, unit)
        back = [order.index(k) for k in range(len(given))]
        assert [tuple(row.cells[k] for k in back) for row in other.rows] == [
            row.cells for row in table.rows
        ]
        assert [parted(row.readings, back) for row in other.rows] == [
            parted(row.readings, range(len(given))) for row in table.rows
        ]
        assert [
            (m.text, m.here, set(m.here_sigla), m.there, set(m.there_sigla))
            for m in other.transpositions
        ] == [
            (m.text, m.here, set(m.here_sigla), m.there, set(m.there_sigla))
            for m in table.transpositions
        ]


def parted(readings: Sequence[int], order: Sequence[int]) -> set[tuple[int, ...]]:
    """Which witnesses have the same, and which have nothing (the empty group marks them)."""
    numbers = [readings[k] for k in order]
    groups = {tuple(k for k, n in enumerate(numbers) if n == each) for each in numbers}
    return groups | {tuple(-1 - k for k, n in enumerate(numbers) if n < 0)}


def test_a_large_text_in_another_order_has_the_same_rows() -> None:
    """Where the search samples its n-grams, by hash."""
    a, b, c = planted(5, 3, 6000).texts.values()
    one, other = collate([a, b, c]), collate([c, a, b])
    assert [row.cells for row in one.rows] == [
        (row.cells[1], row.cells[2], row.cells[0]) for row in other.rows
    ]


# -- what was planted -----------------------------------------------------------------------


@pytest.mark.parametrize("count", figures.COUNTS)
def test_planted_alignments_are_recovered(count: int) -> None:
    """Floors, and the figures collatex had for the same witnesses when they were taken."""
    floor, peer = figures.FLOORS[count]
    found = figures.mean(figures.recovered(figures.by_redline, count))
    assert found.recall >= floor.recall, found
    assert found.precision >= floor.precision, found
    assert found.f1 >= peer, f"{found.f1:.4f}; collatex {peer}"


def test_collatex_recovers_no_more() -> None:
    """On the same witnesses, now; collatex in its better mode (near matches)."""
    pytest.importorskip("collatex", reason="collatex is not installed (pip install collatex)")
    ours = [figures.mean(figures.recovered(figures.by_redline, n, 2)).f1 for n in (3, 4)]
    theirs = [figures.mean(figures.recovered(figures.by_collatex, n, 2)).f1 for n in (3, 4)]
    assert sum(theirs) > 0
    assert sum(ours) >= sum(theirs), (ours, theirs)


def test_a_judge_that_shuffles_is_found_out() -> None:
    """The measure can say no."""

    def by_place(truth: Any) -> dict[str, list[int]]:
        return {siglum: list(range(len(words))) for siglum, words in truth.words.items()}

    assert figures.mean(figures.recovered(by_place, 3, 2)).f1 < 0.5


@pytest.mark.parametrize("capital", [False, True])
@pytest.mark.parametrize("changed", [False, True])
def test_moved_passages_are_found(changed: bool, capital: bool) -> None:
    """A sentence of eight words that one witness of three has elsewhere: 19 of 20, at least."""
    found = 0
    for seed in range(40):
        words = planted(seed, 3, 200, Copying(move=0)).words["A"]
        plain = [word.text for word in words]
        at, to = 20 + seed, 120 + seed
        moved = plain[at : at + 9]
        other = list(moved)
        if changed:
            other[4] = "quite"
        if capital:
            other[0] = other[0].capitalize()
        elsewhere = [*plain[:at], *plain[at + 9 : to], *other, *plain[to:]]
        table = collate([" ".join(plain), " ".join(elsewhere), " ".join(plain)])
        wanted = {word.casefold() for word in moved if word.isalpha() and len(word) > 3}
        found += any(
            {each.here_sigla, each.there_sigla} == {("A", "C"), ("B",)}
            and len(wanted - set(each.text.casefold().split())) <= 1 + changed
            for each in table.transpositions
        )
    assert found >= 38


def test_a_word_that_two_places_share_by_chance_is_no_move() -> None:
    far = " ".join(f"w{k}" for k in range(60))
    table = collate([f"harbourmaster {far} b", f"a {far} harbourmaster", f"a {far} b"])
    assert table.transpositions == ()


# -- what may be given ------------------------------------------------------------------------


def test_identical_witnesses_are_one_row() -> None:
    table = collate(["No ship may pass. "] * 4).joined()
    assert shown(table) == [["A B C D: No ship may pass."]]
    assert table.transpositions == ()


def test_an_empty_witness_has_nothing_anywhere() -> None:
    table = collate(["No ship", "", "No ship"])
    assert shown(table.joined()) == [["A C: No ship", "B:"]]


def test_all_empty_is_no_row() -> None:
    table = collate(["", "", ""])
    assert table.rows == ()
    assert list(table.joined().variants()) == []


def test_white_space_alone_is_no_words() -> None:
    table = collate([" \n", "", "\t"])
    assert [row.agrees for row in table.rows] == [True]
    assert collate([" \n", "a"]).joined().rows[0].readings == (-1, 0)


def test_nothing_in_common() -> None:
    table = collate(["one two three", "vier fünf", "第一 第二"])
    assert all(not row.agrees for row in table.rows)
    assert [table.text(siglum) for siglum in table.sigla] == list(table.texts)


def test_a_word_never_stands_for_a_stop() -> None:
    table = collate(["ships , boats", "ships and boats", "ships boats"])
    for row in table.rows:
        cells = [
            text[slice(*cell)].strip() for text, cell in zip(table.texts, row.cells, strict=True)
        ]
        assert not ("," in cells and "and" in cells)


def test_chinese_is_aligned_by_character() -> None:
    table = collate(["船不得通過海峽。", "船可通過海峽。", "船不得通過此海峽。"])
    assert shown(table.joined()) == [
        ["A B C: 船"],
        ["A C: 不得", "B: 可"],
        ["A B C: 通過"],
        ["A B:", "C: 此"],
        ["A B C: 海峽。"],
    ]


def test_combining_marks_stay_with_their_letters() -> None:
    table = collate(["cafe\u0301 noir", "café noir", "cafe noir"])
    assert shown(table.joined())[0] == ["A: cafe\u0301", "B: café", "C: cafe"]


@pytest.mark.parametrize(
    ("count", "some"),
    [(2, ("A", "B")), (26, ("A", "Z")), (27, ("AA", "BA")), (677, ("AAA", "BAA"))],
)
def test_sigla_are_of_one_length(count: int, some: tuple[str, str]) -> None:
    made = sigla_for(count)
    assert (made[0], made[-1]) == some
    assert len(set(made)) == count
    assert len({len(each) for each in made}) == 1


def test_many_witnesses() -> None:
    table = collate([f"the pilots of strait {k} were asked" for k in range(40)])
    assert len(table.rows) == 7
    assert sum(row.agrees for row in table.rows) == 6


def test_what_cannot_be_collated() -> None:
    for few in ([], ["one"], {"A": "one"}, "one text"):
        with pytest.raises(WitnessError, match="takes two witnesses or more"):
            redline.collate(few)
    with pytest.raises(ValueError, match="unknown unit 'verse'"):
        redline.collate(["a", "b"], unit="verse")
    with pytest.raises(TypeError, match="cannot collate bytes"):
        redline.collate(["a", b"b"])  # type: ignore[list-item]
    with pytest.raises(WitnessError, match="2 witnesses, and 1 names"):
        collate(["a", "b"], names=["a"])
    assert issubclass(WitnessError, redline.RedlineError)


def test_readings_and_documents_are_witnesses() -> None:
    paper = redline.parse("The pilots ~~were~~ ^{may be} asked.", name="memo.txt")
    table = redline.collate([paper.reading("draft"), paper, "The pilots are asked."])
    assert isinstance(table, redline.Collation)
    assert shown(table.joined())[1] == ["A: were", "B: may", "C: are"]
    assert table.names == ("memo.txt@draft", "memo.txt", "C")


def test_the_guide_tree_joins_the_nearest_first() -> None:
    distances = {(0, 1): 0.5, (0, 2): 0.1, (0, 3): 0.6, (1, 2): 0.5, (1, 3): 0.2, (2, 3): 0.6}
    assert guide_tree(4, distances) == [(0, 2), (1, 3), (4, 5)]


# -- how long it takes --------------------------------------------------------------------------


def test_a_deadline_that_has_passed_leaves_a_true_table() -> None:
    witnesses = list(planted(1, 3, 5000).texts.values())
    table = collate(witnesses, deadline=0)
    assert not table.exact
    assert [table.text(siglum) for siglum in table.sigla] == witnesses
    assert collate(witnesses).exact


def calls(work: Callable[[], object]) -> int:
    """Function calls, of Python and of C: the same number on any machine."""
    made = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("count", [3, 6])
def test_twice_the_text_is_twice_the_work(count: int) -> None:
    small, large = (list(planted(2, count, n).texts.values()) for n in (3000, 6000))
    ratio = calls(lambda: collate(large)) / calls(lambda: collate(small))
    assert ratio < 2.4


HOSTILE: dict[str, Callable[[int], list[str]]] = {
    "planted": lambda n: list(planted(3, 3, n).texts.values()),
    "one word": lambda n: ["a " * n, "a " * (n - 7), "b " + "a " * n],
    "two words": lambda n: ["a b " * n, "b a " * n, "a a b " * n],
    "nothing in common": lambda n: [" ".join(f"{x}{k}" for k in range(n)) for x in ("x", "y", "z")],
    "one against many": lambda n: ["word", "word " * n, ""],
    "stops": lambda n: [". , " * n, ", . " * n, ". . , " * n],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_growth(name: str) -> None:
    small, large = HOSTILE[name](4000), HOSTILE[name](8000)
    good, told = grows_linearly(lambda: collate(small), lambda: collate(large))
    assert good, told
