"""Two texts written with marks: who takes the marks out has one text or the other."""

from __future__ import annotations

import re

import pytest

import redline
from redline.formats import dumps, loads

#: Notations whose marks hold anything: what is struck, what is added, by their signs alone.
WHOLE = {
    "criticmarkup": (
        (r"\{~~(.*?)~>(.*?)~~\}|\{--(.*?)--\}()", r"\1\3"),
        (r"\{~~(.*?)~>(.*?)~~\}|\{\+\+()(.*?)\+\+\}", r"\2\4"),
    ),
}
#: The others, of which the ends of paragraphs stand in both texts.
OTHERS = (
    "bentham", "fromthepage", "gfm", "git-porcelain", "git-word-diff", "jsp", "latex", "leiden",
    "mediawiki", "native", "pandoc", "shakespeares-world", "smithsonian", "wdiff", "zooniverse",
)  # fmt: skip
PAIRS = {
    "a word": ("The old pier is out.\n", "The new pier is out.\n"),
    "a paragraph gone": (
        "The old boat.\n\nThe pier stays.\n\nIt is gone.\n",
        "The new boat.\n\nThe pier stays here.\n",
    ),
    "a paragraph come": ("One boat.\n\nThree boats.\n", "One boat.\n\nTwo boats.\n\nThree.\n"),
    "paragraphs joined": ("The pier is out\n\nand a boat is in.\n", "The pier is out and in.\n"),
    "paragraphs parted": ("He saw it. She did not.\n", "He saw it.\n\nShe did not.\n"),
    "all of it": ("One.\n\nTwo.\n", "Three four.\n\nFive.\n\nSix.\n"),
    "nothing left": ("One.\n\nTwo.\n", ""),
    "out of nothing": ("", "One.\n\nTwo.\n"),
    "lines": ("He saw\nthe old pier\nthere.\n", "He saw\nthe pier\nover there.\n"),
    "inside a word": ("Gods are lambs.\n", "God are lamps, all.\n"),
    "a space": ("to gether\n", "together\n"),
}


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("name", PAIRS)
def test_accepted_and_rejected_it_is_the_two_texts(name: str) -> None:
    draft, final = PAIRS[name]
    document = redline.compare(draft, final).document
    for format, (rejected, accepted) in WHOLE.items():
        text = dumps(document, format)
        for keep, drop, expected in (
            (0, r"\{\+\+.*?\+\+\}", draft),
            (1, r"\{--.*?--\}", final),
        ):
            pattern, kept = (rejected, accepted)[keep]
            found = re.sub(pattern, kept, re.sub(drop, "", text, flags=re.S), flags=re.S)
            assert found.rstrip("\n") == expected.rstrip("\n")


@pytest.mark.parametrize("format", OTHERS)
@pytest.mark.parametrize("name", PAIRS)
def test_it_reads_back_as_the_two_texts(name: str, format: str) -> None:
    if name == "a space" and format in ("git-porcelain", "native", "pandoc"):
        pytest.skip(f"{format} has no mark around a space alone")
    if name == "all of it" and format == "native":
        pytest.skip("in native notation a stop stands after the end of a paragraph that was added")
    draft, final = PAIRS[name]
    again = loads(dumps(redline.compare(draft, final).document, format), format)
    assert words(again.reading("draft").text) == words(draft)
    assert words(again.reading("final").text) == words(final)


@pytest.mark.parametrize("format", [*OTHERS, *WHOLE])
def test_a_word_file_with_joined_paragraphs_is_written(format: str) -> None:
    draft, final = PAIRS["a paragraph gone"]
    word = redline.loads(redline.dumps(redline.compare(draft, final).document, "docx"), "docx")
    again = loads(dumps(word, format), format)
    assert words(again.reading("draft").text) == words(draft)
    assert words(again.reading("final").text) == words(final)
