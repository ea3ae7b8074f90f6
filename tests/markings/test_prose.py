"""Prose never holds a banner: made to order, and that of real papers."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

import redline
from redline.markings.banners.edges import read_banner_line
from tests.markings.prose import capitals, columns, paper, register_words

COUNT = 14
CAPITALS = 7


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("number", range(COUNT))
def test_prose_made_of_the_registers_words_holds_no_marking(number: int) -> None:
    text = paper(number)
    assert len(text.split()) * COUNT > 100_000
    document = redline.parse(text)
    # Exemption codes are no words, and leave the text wherever they stand (M12).
    found = [one for one in document.markings if one.kind != "exemption"]
    assert [(one.text, text.count("\n", 0, one.span[0]) + 1) for one in found] == []
    codes = [one.span for one in document.markings]
    for start, end in reversed(codes):
        text = text[:start] + text[end:]
    assert letters(document.reading("final").text) == letters(text)


@pytest.mark.parametrize("number", range(CAPITALS))
def test_prose_in_capitals_holds_no_marking(number: int) -> None:
    """Words of the register alone on a line of a paragraph, and in narrow columns."""
    text = capitals(number)
    assert len(text.split()) * CAPITALS > 100_000
    document = redline.parse(text)
    assert [one.text for one in document.markings] == []
    assert letters(document.reading("final").text) == letters(text)
    assert len(document.pages) == 1


@pytest.mark.parametrize("width", [14, 17, 20, 24, 28, 34, 40, 52, 65, 72])
def test_columns_of_prose_hold_no_marking(width: int) -> None:
    text = columns(0, width)
    assert len(text.split()) > 6_000
    document = redline.parse(text)
    assert [one.text for one in document.markings] == []
    assert letters(document.reading("final").text) == letters(text)
    assert len(document.pages) == 1


@pytest.mark.parametrize("width", [12, 14, 17, 20, 69])
@pytest.mark.parametrize("word", ["SECRET", "CONFIDENTIAL", "NODIS", "DECLASSIFIED"])
def test_a_column_in_capitals_is_text(width: int, word: str) -> None:
    column = textwrap.wrap(f"THE MEN KEPT IT {word} UNTIL THE WAR WAS OVER. {word} TALKS WENT "
                           f"ON, AND A VERY {word} LETTER CAME.", width)  # fmt: skip
    text = "The pier is old.\n\n" + "\n".join(column) + "\n\nThe quay is new.\n"
    document = redline.parse(text)
    assert document.markings == ()
    assert letters(document.reading("final").text) == letters(text)


@pytest.mark.parametrize(
    ("page", "level"),
    [
        # What shows a page edge within text in capitals.
        ("THE MINISTER WENT TO THE\nSECRET\nSECRET\nHARBOUR IN MAY.\n", "SECRET"),
        ("THE MINISTER WENT TO THE\n\nSECRET\n\nHARBOUR AND SAW THE MEN OF THE TOWN.\n", "SECRET"),
        ("THE MINISTER WENT TO THE\nSECRET\n-2-\nHARBOUR IN MAY.\n", "SECRET"),
        ("THE MINISTER WENT TO THE\n\fSECRET\nHARBOUR IN MAY.\n", "SECRET"),
        ("SECRET\nTHE MINISTER WENT TO THE HARBOUR IN MAY.\n", "SECRET"),
        # In lower case nobody writes so.
        ("The minister went to the\nSECRET\nharbour in May.\n", "SECRET"),
    ],
)
def test_a_level_beside_text_that_is_a_banner(page: str, level: str) -> None:
    document = redline.parse(page)
    assert {one.is_ for one in document.markings if one.kind == "banner"} == {level}
    assert level not in document.reading("final").text


def test_the_prose_holds_every_word_of_the_register() -> None:
    text = paper(0).lower()
    assert len(register_words()) > 200
    assert [phrase for phrase in register_words() if phrase.lower() not in text] == []


def test_the_text_of_real_papers_holds_no_banner(seeds: list[Path]) -> None:
    """Every stretch of three words and more of a reading, as a line of its own."""
    for path in seeds:
        document = redline.read(path)
        words = document.reading("final").text.split()
        lines = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
        read = [line for line in lines if read_banner_line(line, 0)]
        # A cable says its level in its classification line, which stays in the text.
        stated = {one.text for one in document.markings if one.kind == "line"}
        assert [line for line in read if not any(line in text for text in stated)] == [], path.name


def test_the_banners_of_real_papers_hold_a_level_each(seeds: list[Path]) -> None:
    level = re.compile(r"TOP SECRET|SECRET|CONFIDENTIAL")
    for path in seeds:
        for marking in redline.read(path).markings:
            if marking.kind == "banner":
                rest = level.sub("", marking.text)
                assert not re.search(r"\w", rest), (path.name, marking.text)
