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
    modem U.S. US rn m é e\u0301 \U0001f5ce \u0301 \ud800 \udc00 漢 字 , . ; “ ” " - – ( ) $ 1O 10 -5 &
    """.split()
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
