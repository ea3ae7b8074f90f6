"""What is one word, one sentence; that units tile; texts aligned by them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redline.collation import units as module
from redline.collation.align import Alignment, Block
from redline.collation.units import UNITS, align_texts, numbered, units

each_unit = pytest.mark.parametrize("unit", UNITS)

_ODD = (
    "a", "b", "The", "U.S.", "e.g.", "1,000.50", "9", "-", "'", "’", ".", "!", "\"", "(", ")",
    " ", "  ", "\n", "\r\n", "\r", "\t", "\f", "\u2029", "\x1c", "\xa0", "\u3000", "\u0301",
    "\u00ad", "\u200d", "\u200c", "\ufeff", "日", "カ", "ー", "。", "ไ", "\U0001f468", "\U0001f1eb",
    "\U0001f3fd", "\U00020000", "\ud83d", "\udc00", "\0", "_", "\u0600", "#", "[", "]",
)  # fmt: skip
texts = st.lists(st.sampled_from(_ODD), max_size=30).map("".join) | st.text(max_size=30)


def parts(text: str, unit: str = "word") -> list[str]:
    return [text[i:j] for i, j in zip(*units(text, unit), strict=True)]


def solid(text: str, unit: str) -> list[str]:
    return [part for part in parts(text, unit) if not part.isspace()]


WORDS = {
    "The pilots were asked.": "The|pilots|were|asked|.",
    "don't, o'clock, don’t": "don't|,|o'clock|,|don’t",
    "the boys' 'tis": "the|boys|'|'|tis",
    "well-to-do re\u2011entry": "well-to-do|re\u2011entry",
    "as was -- it": "as|was|-|-|it",
    "U.S.S.R. and e.g. the U.S.-owned": "U.S.S.R.|and|e.g.|the|U.S.|-|owned",
    "1,000.50 at 14:30, 3.": "1,000.50|at|14:30|,|3|.",
    "15th F-84F ½ 3km": "15th|F-84F|½|3km",
    "$1,200 (S/NF) a_b": "$|1,200|(|S|/|NF|)|a|_|b",
    "co\u00adoperate": "co\u00adoperate",
    "e\u0301te\u0301 na\u00efve": "e\u0301te\u0301|na\u00efve",
    "нельзя ἄνθρωπος": "нельзя|ἄνθρωπος",
    "日本語カード": "日|本|語|カ|ー|ド",
    "abc日本": "abc|日|本",
    "한국어 문서": "한국어|문서",
    "ไทย": "ไ|ท|ย",
    "กำ\u0e49": "ก|ำ\u0e49",
    "नमस्ते": "नमस्ते",
    "می\u200cخواهم": "می\u200cخواهم",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fd!": "\U0001f44d\U0001f3fd|!",
    "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7": "\U0001f1e9\U0001f1ea|\U0001f1eb\U0001f1f7",
    "x\ud83dy": "x|\ud83d|y",
}


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert solid(text, "word") == WORDS[text].split("|")


SENTENCES = {
    "It came. It went.": "It came.|It went.",
    'He said "No." Then he left.': 'He said "No."|Then he left.',
    "Mr. Smith and J. R. Doe left. So did we.": "Mr. Smith and J. R. Doe left.|So did we.",
    "Of 3.5 tons, i.e. few... Really?! Yes": "Of 3.5 tons, i.e. few...|Really?!|Yes",
    "1. The talks. 2. The end.": "1. The talks.|2. The end.",
    "A heading\n\nText, that goes\non. End": "A heading|Text, that goes\non.|End",
    "日本。次。": "日本。|次。",
    "It cost 5. He paid.": "It cost 5.|He paid.",
}


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences(text: str) -> None:
    assert solid(text, "sentence") == SENTENCES[text].split("|")


def test_lines_and_blocks() -> None:
    text = "  one \ntwo\r\n\r\nthree\rfour\n \n\nfive\fsix\n"
    assert solid(text, "line") == ["one", "two", "three", "four", "five", "six"]
    assert solid(text, "block") == ["one \ntwo", "three\rfour", "five", "six"]


def test_characters_are_what_readers_count() -> None:
    assert parts("e\u0301\r\n\U0001f1e9\U0001f1eax", "char") == [
        "e\u0301", "\r\n", "\U0001f1e9\U0001f1ea", "x",
    ]  # fmt: skip
    assert parts("ab c", "char") == ["a", "b", " ", "c"]


def test_an_unknown_unit() -> None:
    with pytest.raises(ValueError, match="unknown unit 'words': one of char, word"):
        units("a", "words")
    with pytest.raises(ValueError, match="unknown unit"):
        align_texts("a", "a", "words")


@each_unit
@given(texts)
def test_units_tile(unit: str, text: str) -> None:
    starts, ends = units(text, unit)
    assert [0, *ends] == [*starts, len(text)]
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    for part in parts(text, unit):
        if unit == "word":
            assert part.isspace() or not any(map(str.isspace, part))
        elif unit != "char":
            assert part.isspace() or part == part.strip()
    if unit != "char":  # white space is not cut
        blank = [part.isspace() for part in parts(text, unit)]
        assert (True, True) not in pairwise(blank)


@given(texts)
@example("\u0600 a")
def test_the_table_finds_what_the_pattern_finds(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SHORT", 0)
        patch.setattr(module, "_PART", 5)
        by_table = units(text)
        patch.setattr(module, "_SHORT", 1 << 30)
        assert units(text) == by_table


@given(texts, texts)
def test_equal_units_have_equal_numbers(a: str, b: str) -> None:
    x, y = numbered(a, units(a), b, units(b))
    strings = dict(zip([*x, *y], parts(a) + parts(b), strict=True))
    assert [strings[n] for n in x] == parts(a)
    assert [strings[n] for n in y] == parts(b)
    assert len(set(strings.values())) == len(strings)
    folded, _ = numbered(a, units(a), b, units(b), key=str.casefold)
    assert len(set(folded)) == len({part.casefold() for part in parts(a)})


def check(a: str, b: str, found: Alignment) -> None:
    i = j = 0
    before: bool | None = None
    for block in found.blocks:
        assert (block.a_start, block.b_start) == (i, j)
        i, j = block.a_end, block.b_end
        assert i > block.a_start or j > block.b_start
        assert block.equal is not before
        before = block.equal
        if block.equal:
            assert a[block.a_start : i] == b[block.b_start : j]
    assert (i, j) == (len(a), len(b))


@each_unit
@given(texts, texts, st.sampled_from([None, 0.0]))
def test_texts_aligned(unit: str, a: str, b: str, deadline: float | None) -> None:
    found = align_texts(a, b, unit, deadline=deadline)
    check(a, b, found)
    again = align_texts(b, a, unit, deadline=deadline)
    assert again.exact == found.exact
    assert again.blocks == tuple(Block(k, m, i, j, e) for i, j, k, m, e in found.blocks)
    same = align_texts(a, a, unit, deadline=deadline)
    assert same.blocks == ((Block(0, len(a), 0, len(a), True),) if a else ())
    assert same.exact


@given(texts, texts)
def test_no_unit_is_cut(a: str, b: str) -> None:
    """Where a block ends, a word ends on both sides, or white space."""
    edges = [set(units(text).ends) | {0} for text in (a, b)]
    for block in align_texts(a, b).blocks:
        for text, at, ends in ((a, block.a_end, edges[0]), (b, block.b_end, edges[1])):
            assert at in ends or text[at - 1 : at + 1].isspace()


def differing(a: str, b: str, unit: str = "word") -> list[tuple[str, str]]:
    return [(a[i:j], b[k:m]) for i, j, k, m, equal in align_texts(a, b, unit).blocks if not equal]


def test_white_space_is_kept_and_not_sought() -> None:
    assert differing("the old  pilot came", "the pilot came") == [("old  ", "")]
    assert differing("a b\nc  d e", "a b c d e") == [("\n", " "), (" ", "")]
    long = "The harbour was closed all winter. " * 50
    wrapped = re.sub(r"( \w+ \w+) ", r"\1\n", long)
    assert {x + y for x, y in differing(long, wrapped)} == {" \n"}
    assert differing(long, wrapped, "sentence") != []


BAD = {
    "empty": ("", ""),
    "one empty": ("", "The harbour is closed."),
    "white space alone": (" \n" * 100, "\n" * 100),
    "nothing in common": ("the harbour " * 1_000, "quay piers " * 1_000),
    "equal lines": ("the harbour\n" * 20_000, "the harbour\n" * 19_990),
    "punctuation": ("." * 20_000 + "," + "." * 20_000, "." * 40_000),
    "one line": ("harbour" * 50_000, "harbour" * 50_000 + "s"),
    "astral": ("\U0001f468\U00020000" * 5_000, "\U00020000\U0001f468" * 5_000),
    "combining marks": ("e" + "\u0301" * 20_000, "\u0301" * 20_000),
    "surrogates": ("\ud83d\udc00\ud83d " * 5_000, "\udc00\ud83d " * 5_000),
    "line ends": ("a\r\nb\rc\n\n" * 3_000, "a\nb\nc\r\n\r\n" * 3_000),
    "binary": (
        "".join(chr(n * n % 251) for n in range(20_000)),
        "".join(chr(n * n * n % 251) for n in range(20_000)),
    ),
}


@each_unit
@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str, unit: str) -> None:
    a, b = BAD[name]
    found = align_texts(a, b, unit)
    check(a, b, found)
    if name == "equal lines" and unit in ("char", "word", "line"):
        assert differing(a, b, unit) == [("the harbour\n" * 10, "")]
