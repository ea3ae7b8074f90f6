"""Revisions in and around addresses, in which native notation sees no marks (R5)."""

from __future__ import annotations

import pytest

from redline.formats import dumps, loads

#: Source, draft, final.
CASES = {
    "gfm": (
        "~~See http://example.org/a~~ the pier.",
        "See http://example.org/a the pier.",
        "the pier.",
    ),
    "mediawiki": (
        "== Title ==\nAt <ins>http://example.org/a</ins>",
        "Title\n\nAt",
        "Title\n\nAt http://example.org/a",
    ),
    "criticmarkup": (
        "# Title\n\n- at http://example.org/{--old/--}{++new/++}a",
        "Title\n\nat http://example.org/old/a",
        "Title\n\nat http://example.org/new/a",
    ),
}


@pytest.mark.parametrize("format", CASES)
def test_they_are_read(format: str) -> None:
    source, draft, final = CASES[format]
    document = loads(source, format)
    assert document.reading("draft").text == draft
    assert document.reading("final").text == final


@pytest.mark.parametrize("format", CASES)
@pytest.mark.parametrize("other", ["criticmarkup", "gfm", "mediawiki", "pandoc", "smithsonian"])
def test_they_are_written(format: str, other: str) -> None:
    source, draft, final = CASES[format]
    again = loads(dumps(loads(source, format), other), other)
    signs = str.maketrans("", "", "#-")  # of headings and lists, which some have none of
    for stage, text in (("draft", draft), ("final", final)):
        assert again.reading(stage).text.translate(signs).split() == text.split()
