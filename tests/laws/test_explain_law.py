"""`explain` and the readings agree: every stage, every character of running text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import redline
from redline.model import Document
from tests.strategies import papers

TEI = sorted((Path(__file__).parents[1] / "tei_in").glob("*.xml"))


def check(document: Document) -> None:
    names = ["draft", *(stage.id for stage in document.stages), "final"]
    seen: dict[str, set[int]] = {}
    for name in names:
        reading = document.reading(name)
        seen[name] = {
            reading.text_offset(k)
            for start, end in reading.blocks
            for k in range(start, end)
        }
    for offset, char in enumerate(document.text):
        if char.isspace():
            continue  # at the edge of a block no reading shows it, whatever acts say
        told = {row.stage: row.seen for row in document.explain(offset).stages}
        assert told == {name: offset in seen[name] for name in told}, (offset, char)


@pytest.mark.parametrize("path", TEI, ids=lambda path: path.stem)
def test_of_other_editions(path: Path) -> None:
    document = redline.read(path)
    check(document)
    ids = [act.id for act in document.acts]
    check(document.accept(*ids[::2]).reject(*ids[1::2]))


@given(papers)
def test_of_papers(text: str) -> None:
    check(redline.parse(text))
