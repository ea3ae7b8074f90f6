"""What must hold of the variants of any two texts; and what single variants are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.collation.accidentals import ACCIDENTALS
from redline.collation.align import Alignment, Block
from redline.collation.units import UNITS, align_texts
from redline.collation.variants import KINDS, Variant, letters, variants
from tests.strategies import texts

each_unit = pytest.mark.parametrize("unit", UNITS)

#: Few words, many spaces and signs: so that two texts have much in common, and much moved.
_BITS = st.sampled_from(
    """the pilots were asked Asked to-day today 25 twenty-five cannot can not labor labour modern
    modem U.S. US rn m é e\u0301 \U0001f5ce \u0301 \ud800 \udc00 漢 字 , . ;
    “ ” " - – ( ) $ 1O 10 -5 &""".split()
)
_GLUE = st.sampled_from(
    ["", " ", " ", " ", " ", "  ", "\n", "\r\n", "\n\n", "\r", "\n \n", "\u2029"]
)
_worded = st.lists(st.tuples(_BITS, _GLUE), max_size=40).map(
    lambda row: "".join(word + glue for word, glue in row)
)


@st.composite
def _moved(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same with pieces moved, doubled, dropped."""
    parts = draw(st.lists(_worded, min_size=1, max_size=6))
    order = draw(st.lists(st.integers(0, len(parts) - 1), max_size=8))
    return "".join(parts), "".join(parts[k] for k in order)


pairs = st.one_of(
    st.tuples(_worded, _worded),
    _moved(),
    st.tuples(texts, texts),
    st.tuples(st.text("ab \n.", max_size=30), st.text("ab \n.", max_size=30)),
)


def found_in(a: str, b: str, unit: str = "word") -> tuple[Variant, ...]:
    return variants(a, b, align_texts(a, b, unit), unit=unit)


def check(a: str, b: str, found: tuple[Variant, ...]) -> None:
    """All that must hold of the variants of a and b."""
    made, undone, i, j = [], [], 0, 0
    for k, v in enumerate(found):
        assert 0 <= i <= v.a[0] <= v.a[1] <= len(a)
        assert 0 <= j <= v.b[0] <= v.b[1] <= len(b)
        x, y = a[slice(*v.a)], b[slice(*v.b)]
        assert x != y
        same = a[i : v.a[0]]
        assert same == b[j : v.b[0]]
        made += [same, y]
        undone += [same, x]
        i, j = v.a[1], v.b[1]
        assert v.kind in KINDS
        assert v.class_ in ("substantive", "accidental")
        assert v.accidental is None or v.accidental in ACCIDENTALS
        assert (v.class_ == "accidental") == (
            v.accidental is not None or v.kind in ("split", "join")
        )
        assert 0.0 <= v.similarity <= 1.0
        assert (v.kind == "addition") <= (not x.strip())
        assert (v.kind == "omission") <= (not y.strip())
        assert (v.partner is not None) == (v.kind == "transposition")
        if v.partner is not None:
            other = found[v.partner]
            assert (other.partner, other.kind) == (k, "transposition")
            assert (v.a[0] == v.a[1]) != (v.b[0] == v.b[1])
            assert (v.a[0] == v.a[1]) == (other.b[0] == other.b[1])
            assert v.similarity == other.similarity > 0
    assert a[i:] == b[j:]
    assert "".join([*made, b[j:]]) == b
    assert "".join([*undone, a[i:]]) == a
    assert list(found) == sorted(found, key=lambda v: (v.a, v.b))


@each_unit
@given(pair=pairs)
def test_variants_are_all_that_differs(unit: str, pair: tuple[str, str]) -> None:
    check(*pair, found_in(*pair, unit))


@given(pair=pairs)
def test_any_alignment_will_do(pair: tuple[str, str]) -> None:
    """A deadline that passed leaves all unequal."""
    a, b = pair
    blocks = (Block(0, len(a), 0, len(b), False),) if a or b else ()
    check(a, b, variants(a, b, Alignment(blocks, False)) if a != b else ())


@given(pair=pairs)
def test_letters_part_two_wordings(pair: tuple[str, str]) -> None:
    x, y = pair
    i = j = 0
    for part in letters(x, y):
        assert x[i : part.a] == y[j : part.b]
        assert part.a_end > part.a or part.b_end > part.b
        i, j = part.a_end, part.b_end
    assert x[i:] == y[j:]


@each_unit
def test_equal_texts_have_no_variants(unit: str) -> None:
    text = "One. Two.\r\n\r\nThree \ud800"
    assert found_in(text, text, unit) == ()


def told(a: str, b: str, unit: str = "word") -> list[tuple[str, str, str, str]]:
    """Kind, class, and the wording of either text."""
    return [
        (v.kind, v.accidental or v.class_, a[slice(*v.a)], b[slice(*v.b)])
        for v in found_in(a, b, unit)
    ]


@pytest.mark.parametrize(
    ("x", "y", "parts"),
    [
        ("labour", "labor", [("u", "")]),
        ("modern", "modem", [("rn", "m")]),
        ("national", "international", [("", "inter")]),
        ("cafe\u0301", "cafe", [("e\u0301", "e")]),
        # a stray letter in common is nothing to show
        ("were", "may have been", [("were", "may have been")]),
        ("improved capabilities", "preparations", [("improved capabilities", "preparations")]),
        ("\ud800x", "\ud801x", [("\ud800", "\ud801")]),
        ("", "so", [("", "so")]),
        ("same", "same", []),
        ("a" * 300 + "b", "a" * 300 + "c", [("a" * 300 + "b", "a" * 300 + "c")]),
    ],
)
def test_letters(x: str, y: str, parts: list[tuple[str, str]]) -> None:
    assert [(x[g.a : g.a_end], y[g.b : g.b_end]) for g in letters(x, y)] == parts


def test_other_words_side_by_side_are_one_variant() -> None:
    assert told("The pilots were asked then.", "The pilots may be asked then.") == [
        ("substitution", "substantive", "were", "may be")
    ]


def test_no_word_is_cut_in_two() -> None:
    assert told("a report of the board", "a reporter of the board") == [
        ("substitution", "substantive", "report", "reporter")
    ]


def test_an_accidental_beside_other_words_is_a_variant_of_its_own() -> None:
    assert told("the old labour party met", "the new labor party met") == [
        ("substitution", "substantive", "old", "new"),
        ("substitution", "spelling", "labour", "labor"),
    ]


def test_a_paragraph_split_and_joined() -> None:
    one, two = "It rained. The boats stayed.", "It rained.\n\nThe boats stayed."
    assert told(one, two) == [("split", "accidental", " ", "\n\n")]
    assert told(two, one) == [("join", "accidental", "\n\n", " ")]
    # line ends of another kind part no paragraphs
    (only,) = found_in("It rained.\nSo.", "It rained.\r\nSo.")
    assert only.accidental == "spacing"


def test_an_omission_across_a_paragraphs_end_joins() -> None:
    a = "The boats went out early.\n\nThe rain began at noon and stayed."
    b = "The boats went out at noon and stayed."
    kinds = [v.kind for v in found_in(a, b)]
    assert kinds == ["omission", "join", "omission"]


def test_white_space_alone_is_kept_and_not_counted() -> None:
    (only,) = found_in("two  words", "two words")
    assert only.accidental == "spacing"
    assert not only.counts


def test_an_omission_begins_where_a_sentence_does() -> None:
    a = "The rain began. The boats stayed. The rain ended."
    assert told(a, "The rain began. The rain ended.") == [
        ("omission", "substantive", "The boats stayed. ", "")
    ]


class TestMoves:
    PASSAGE = "the harbour board has examined the dredging of the outer channel "
    BEFORE = "Nothing was said of it in spring. "
    AFTER = "When the ice came, every captain asked for news of his own boats and went home."

    def halves(self, a: str, b: str) -> tuple[str, str, float]:
        first, other = (v for v in found_in(a, b) if v.kind == "transposition")
        if first.a[0] == first.a[1]:
            first, other = other, first
        return a[slice(*first.a)], b[slice(*other.b)], first.similarity

    def test_exact(self) -> None:
        a = self.PASSAGE + self.BEFORE + self.AFTER
        b = self.BEFORE + self.AFTER + " " + self.PASSAGE
        # which of the two went is told by their length: the shorter did
        was, now, alike = self.halves(a, b)
        assert was.strip() == now.strip() == self.PASSAGE.strip()
        assert alike == 1.0

    def test_lightly_changed(self) -> None:
        changed = self.PASSAGE.replace("examined", "approved")
        a = self.PASSAGE + self.BEFORE + self.AFTER
        b = self.BEFORE + self.AFTER + " " + changed
        was, now, alike = self.halves(a, b)
        assert (was.strip(), now.strip()) == (self.PASSAGE.strip(), changed.strip())
        assert 0.7 < alike < 1.0

    def test_words_that_changed_places(self) -> None:
        a, b = "We had bread and butter there.", "We had butter and bread there."
        assert [v.kind for v in found_in(a, b)] == ["transposition"] * 2

    def test_the_first_word_goes_with_its_passage(self) -> None:
        a = "They wanted the tariff on dried fish the roads and the bridges repaired, and more."
        b = "They wanted the roads and the bridges repaired, and the tariff on dried fish more."
        assert [v.kind for v in found_in(a, b)] == ["transposition"] * 2
        was, now, alike = self.halves(a, b)
        assert was.split() == now.split() == ["the", "tariff", "on", "dried", "fish"]
        assert alike == 1.0

    def test_words_of_grammar_do_not_move(self) -> None:
        a = "The board of the town met, and it was in the hall that they sat down."
        b = "The board town met, and it was in the hall of the elders that they sat down."
        assert "transposition" not in {v.kind for v in found_in(a, b)}

    @pytest.mark.parametrize("unit", ["line", "sentence"])
    def test_whole_units(self, unit: str) -> None:
        end = "\n" if unit == "line" else " "
        parts = [f"Line number {n} is about the matter of {n * 37}.{end}" for n in range(8)]
        a = "".join(parts)
        b = "".join([*parts[1:6], parts[0], *parts[6:]])
        found = found_in(a, b, unit)
        assert [v.kind for v in found] == ["transposition", "transposition"]


def test_units() -> None:
    a, b = "One old house. It stood.", "One new house. It stood."
    assert told(a, b, "sentence") == [
        ("substitution", "substantive", "One old house.", "One new house.")
    ]
    assert told("the labour party", "the labor party", "char") == [
        ("omission", "spelling", "u", "")
    ]
    assert told("To-day, the labour party", "Today, the labor party", "block")[0][1] in (
        "hyphenation",
        "spelling",
    )
