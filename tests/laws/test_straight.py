"""The quick way through plain blocks gives what the thorough way gives."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from redline.notation import native
from redline.notation.straight import Straight

WORDS = [
    "a",
    "of",
    "ty",
    "The",
    "war",
    "talks",
    "Soviet-",
    "x",
    "U.S.",
    "(b",
    "c)",
    "seven,",
    "“q”",
]
MARKS = ["~~", "~~", "~~", "^{", "}", "^<", ">", " ", " ", "  ", "\n", ".", ",", "1", "-", "~~~~"]
BREAKS = ["\r\n", "\n   ", " \n", "\r", "\u00a0", "\n\t"]
PARTS = WORDS + MARKS + BREAKS + ["$"] + [" "] * 6
PAPERS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
SIMPLE = ["~~was~~", "^{is}", "~~were~~ ^{may}", "^{may} ~~were~~", "~~a ^{b} c~~", "^{b ~~c~~ d}"]
TIDY = st.builds(
    str.join,
    st.sampled_from([" ", "\n", "\r\n", "\n  ", " \n"]),
    st.lists(st.lists(st.sampled_from(SIMPLE + WORDS + ["."])).map(" ".join), max_size=8),
)


CELLS = st.lists(TIDY.map(lambda text: text.replace("\n", " ").replace("\r", "")), min_size=1)
TABLES = CELLS.map(lambda cells: f"| {' | '.join(cells)} |\n" * 2)


def thoroughly(text: str) -> redline.Document:
    with mock.patch.object(Straight, "read", return_value=None):
        return redline.parse(text)


@settings(max_examples=400)
@given(st.one_of(PAPERS, TIDY, TABLES))
def test_both_ways_agree(text: str) -> None:
    quick, thorough = redline.parse(text), thoroughly(text)
    assert quick.text == thorough.text
    assert quick.spans == thorough.spans
    assert quick.extents == thorough.extents
    assert quick.acts == thorough.acts
    assert quick.diagnostics == thorough.diagnostics


@pytest.mark.parametrize("text", ["It was ~~not~~ ^{now} the end.", "A ~~b ^{c} d~~ of\ne ^{f} g."])
def test_the_quick_way_is_taken(text: str) -> None:
    with mock.patch.object(native, "pair_block", side_effect=AssertionError("the thorough way")):
        assert redline.parse(text).revisions
