"""Prose never holds a banner: made to order, and that of real papers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import redline
from redline.markings.banners.edges import read_banner_line
from tests.markings.prose import paper, register_words

COUNT = 14


@pytest.mark.parametrize("number", range(COUNT))
def test_prose_made_of_the_registers_words_holds_no_banner(number: int) -> None:
    text = paper(number)
    assert len(text.split()) * COUNT > 100_000
    found = [one for one in redline.parse(text).markings if one.kind == "banner"]
    assert [(one.text, text.count("\n", 0, one.span[0]) + 1) for one in found] == []


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
