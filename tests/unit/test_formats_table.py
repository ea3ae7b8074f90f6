"""The table of formats says what each loses: held against a paper that has everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import redline
from redline.formats import readable, writable

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "formats.md"
PAPER = """# A title ~~here~~ ^{there}

First ~~was~~{hand=Ann stage=s1} *italic* **bold** words, `code` and [illegible] or [boat?].[^1]

- an item
- another ~~one~~

| a | ~~b~~ |
|---|---|
| c | d |

The pier [margin: a note] is the 27^{th} one; [hw: written] by hand.

~~One part~~{id=j1} and ~~another part~~{id=j1} of it.

[Page 2]

The end.

[^1]: A footnote.
"""
#: How the page calls what `losses` calls otherwise.
CALLED = {
    "revisions in several parts": "revisions",
    "stages without a day": "stages",
    "what was added is brought into line": "words of the draft",
    "page furniture": "page furniture",
}
#: Said of other papers than this one, or on a page of their own.
BESIDES = re.compile(r"see \[|not read back|coordinates|become the word|nothing of its own|ends of")


def table() -> dict[str, tuple[str, str, str]]:
    """Each format of the page with its cells: read, written, lost."""
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `([\w-]+)` \|[^|]*\| (\w+) \| (\w+) \| ?(.*?) ?\|$", page)
    return {name: (read, written, lost) for name, read, written, lost in rows}


def test_every_format_has_a_row() -> None:
    rows = table()
    assert sorted(name for name, row in rows.items() if row[0] == "yes") == sorted(readable())
    assert sorted(name for name, row in rows.items() if row[1] == "yes") == sorted(writable())


@pytest.mark.parametrize("name", sorted(set(writable()) & set(readable()) - {"docx"}))
def test_it_loses_what_its_row_says(name: str) -> None:
    said = [each for each in re.split(r"[;,] ", table()[name][2]) if not BESIDES.search(each)]
    said = [each for each in said if not each.startswith("marks around")]
    lost = {loss.what for loss in redline.losses(redline.parse(PAPER), name)}
    assert {CALLED.get(each, each) for each in said} == lost
