"""Lines that hold no marking: alone, at the head of a paper, and between its paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import redline
from redline.markings.banners.edges import read_banner_line


def sections() -> dict[str, list[str]]:
    """The lines of `nothing.txt` by what they are."""
    found: dict[str, list[str]] = {"text": [], "marking": [], "options": []}
    kind = "text"
    for line in (Path(__file__).parent / "nothing.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#: "):
            kind = next((name for name in found if line.endswith(f"[{name}]")), "text")
        elif line and not line.startswith("# "):
            found[kind].append(line)
    return found


SECTIONS = sections()
LINES = [line for lines in SECTIONS.values() for line in lines]
BEFORE = "The commission met again in the morning and went through the accounts of the harbour."
AFTER = "Nobody had anything to add, and the sitting was closed at noon."


def banners(text: str) -> list[str]:
    return [one.text for one in redline.parse(text).markings if one.kind == "banner"]


def around(line: str) -> list[str]:
    """A line in the places of a paper."""
    return [
        f"{line}\n\n{BEFORE}\n",
        f"{BEFORE}\n\n{line}\n\n{AFTER}\n",
        f"{BEFORE}\n\n{line}\n",
        f"{BEFORE}\n{line}\n{AFTER}\n",
    ]


def letters(text: str) -> str:
    """The words of a text, without its marks and white space."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("line", LINES)
def test_no_banner(line: str) -> None:
    shown = read_banner_line(line, 0)
    # Capitals after a level wait for another page edge to repeat them.
    assert shown is None or all(one.provisional for one in shown)
    for text in around(line):
        assert banners(text) == []


@pytest.mark.parametrize("line", SECTIONS["text"])
def test_no_marking_and_no_word_lost(line: str) -> None:
    for text in around(line):
        document = redline.parse(text)
        assert document.markings == ()
        assert document.classification == redline.parse("").classification
        for stage in ("draft", "final"):
            assert letters(document.reading(stage).text) == letters(text)


@pytest.mark.parametrize("line", SECTIONS["options"])
def test_options_are_reported(line: str) -> None:
    for text in around(line):
        document = redline.parse(text)
        assert document.markings == ()
        assert [one.code for one in document.diagnostics] == ["level-options"]
        assert letters(document.reading("final").text) == letters(text.replace(line, ""))


def test_there_are_lines_enough() -> None:
    assert len(LINES) >= 200
    assert len(set(LINES)) == len(LINES)


def test_capitals_after_a_level_are_reported() -> None:
    text = f"SECRET SOUNDINGS\n\n{BEFORE}\n"
    document = redline.parse(text)
    (found,) = [one for one in document.diagnostics if one.code == "codeword"]
    assert text[slice(*found.span)] == "SECRET SOUNDINGS"
    assert "SECRET SOUNDINGS" in document.reading("final").text


@pytest.mark.parametrize(
    ("text", "controls"),
    [
        # Head and foot of one page.
        (f"TOP SECRET DINAR\n\n{BEFORE}\n\nTOP SECRET DINAR\n", ("DINAR",)),
        # Two pages; the head of the second is struck.
        (
            f"TOP SECRET DINAR CHESS\n\n{BEFORE[:-1]}\n\n~~TOP SECRET DINAR CHESS~~\n\nof it.\n",
            ("DINAR", "CHESS"),
        ),
        (f"TOP SECRET UMBRA NOFORN\n\n{BEFORE}\n", ("UMBRA", "NOFORN")),
        (f"SECRET/RYBAT\n\n{BEFORE}\n", ("RYBAT",)),
        (f"SECRET//XYLOPHONE//NOFORN\n\n{BEFORE}\n", ("XYLOPHONE", "NOFORN")),
    ],
)
def test_codewords_that_are_certain(text: str, controls: tuple[str, ...]) -> None:
    found = [one for one in redline.parse(text).markings if one.kind == "banner"]
    assert found
    assert [one.controls for one in found] == [controls] * len(found)


def test_a_repeated_codeword_line_is_certain() -> None:
    text = f"TOP SECRET DINAR\n\n{BEFORE}\n\nTOP SECRET DINAR\n"
    document = redline.parse(text)
    assert [one.cert for one in document.markings] == ["high", "high"]
    assert document.classification.draft == document.classification.final == "TOP SECRET"
    assert not [one for one in document.diagnostics if one.code == "codeword"]


def test_a_heading_repeated_within_the_text_is_text() -> None:
    text = f"{BEFORE}\n\nSECRET SOUNDINGS\n\n{AFTER}\n\n{BEFORE}\n\nSECRET SOUNDINGS\n\n{AFTER}\n"
    document = redline.parse(text)
    assert document.markings == ()
    assert [one.code for one in document.diagnostics].count("codeword") == 2


def test_a_telegrams_class_line_is_no_codeword() -> None:
    text = f"SECRET MOSCOW 2134\n\n{BEFORE}\n"
    assert [one.kind for one in redline.parse(text).markings] == ["line"]
