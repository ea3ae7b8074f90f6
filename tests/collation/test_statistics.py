"""Figures of comparisons, counted by hand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.collation.statistics import Statistics, _counted, _solid, statistics
from redline.collation.units import align_texts
from redline.collation.variants import variants
from tests.strategies import texts


def of(a: str, b: str) -> Statistics:
    return statistics(a, b, variants(a, b, align_texts(a, b)))


def test_one_word_for_two() -> None:
    # The pilots were asked.  4 words, 20 letters and signs; were → may be: 1 word → 2
    found = of("The pilots were asked.", "The pilots may be asked.")
    assert found.words == (4, 5)
    assert found.characters == (19, 20)
    assert (found.word_edits, found.character_edits) == (2, 5)
    assert found.word_rate == pytest.approx(2 / 4)
    assert found.character_rate == pytest.approx(5 / 19)
    assert found.similarity == pytest.approx((9 - 3) / 9)
    assert (found.substantive, found.accidental) == (1, 0)
    assert {kind: n for kind, n in found.kinds.items() if n} == {"substitution": 1}


def test_accidentals_by_class() -> None:
    found = of("To-day, the labour party has 25 men", "Today the labor party has twenty-five men")
    assert {name: n for name, n in found.accidentals.items() if n} == {
        "hyphenation": 1,
        "punctuation": 1,
        "spelling": 1,
        "numeral": 1,
    }
    assert (found.substantive, found.accidental) == (0, 4)
    # a comma is no word: 3 of 7 words on either side
    assert (found.words, found.word_edits) == ((7, 7), 3)
    # To-day 6, the comma 1, labour 6, twenty-five 11
    assert found.character_edits == 6 + 1 + 6 + 11
    assert found.similarity == pytest.approx((14 - 6) / 14)


def test_an_omission_and_an_addition() -> None:
    found = of("one two three four five", "one three four new five")
    assert {kind: n for kind, n in found.kinds.items() if n} == {"addition": 1, "omission": 1}
    assert (found.word_edits, found.word_rate) == (2, 2 / 5)
    assert found.similarity == pytest.approx(8 / 10)


def test_what_was_moved_is_the_same_and_counts_once() -> None:
    passage = "the harbour board has examined the dredging of the outer channel "
    rest = "When the ice came, every captain asked for news of his own boats and went home."
    found = of(passage + rest, rest + " " + passage)
    assert found.kinds["transposition"] == 1
    assert found.similarity == 1.0
    assert found.word_edits == 11
    assert found.word_rate == pytest.approx(11 / 27)


def test_white_space_alone_is_not_counted() -> None:
    found = of("two  words\n", "two words")
    assert found.similarity == 1.0
    assert found.word_edits == found.character_edits == found.accidental == 0
    assert set(found.accidentals.values()) == {0}


@pytest.mark.parametrize(
    ("a", "b", "similarity", "rate"),
    [
        ("", "", 1.0, 0.0),
        ("same", "same", 1.0, 0.0),
        ("", "two words", 0.0, 1.0),
        ("two words", "", 0.0, 1.0),
        ("alpha beta", "gamma delta", 0.0, 1.0),
        ("…", "…", 1.0, 0.0),
        ("…", "!!", 0.0, 0.0),
    ],
)
def test_edges(a: str, b: str, similarity: float, rate: float) -> None:
    found = of(a, b)
    assert found.similarity == similarity
    assert found.word_rate == rate


def test_every_name_is_there() -> None:
    found = of("a", "b")
    assert list(found.kinds) == [
        *("addition", "omission", "substitution", "transposition", "split", "join")
    ]
    assert len(found.accidentals) == 8


#: Thai, Lao, Burmese, Khmer, kana and Han: no spaces, so each character is a word.
ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
ALONE += "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[^\W{ALONE}]+(?:['’‐‑-][^\W{ALONE}]+)*|[{ALONE}]")


@given(
    text=st.one_of(
        texts,
        st.text("ab _'-1 .\n", max_size=400).map(lambda text: text * 3),
        st.text("a’‐é漢 -'\u2028", max_size=60),
    )
)
def test_words_and_characters_are_counted_as_stated(text: str) -> None:
    assert _counted(text) == len(WORD.findall(text))
    assert _solid(text) == sum(not character.isspace() for character in text)
