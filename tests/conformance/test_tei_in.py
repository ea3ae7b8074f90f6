"""TEI papers of every construct, read: what they say was written by hand, beside each.

`tests/tei_in/NAME.xml` is the paper, `NAME.toml` its readings, its revisions and the codes of
its diagnostics.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import redline
from redline.model import Document

PAPERS = Path(__file__).resolve().parents[1] / "tei_in"
NAMES = sorted(path.stem for path in PAPERS.glob("*.xml"))


def told(document: Document) -> list[str]:
    """Every revision on one line: its kind, its parts in their order, its stage."""
    lines = []
    for revision in document.revisions:
        parts = [(part.span, "-", part.text) for part in revision.deleted]
        parts += [(part.span, "+", part.text) for part in revision.added]
        words = " ".join(f"{sign} {text}" for _, sign, text in sorted(parts))
        lines.append(f"{revision.kind} {words} ({revision.stage})")
    return lines


def test_every_paper_has_its_readings() -> None:
    assert len(NAMES) > 30
    assert sorted(path.stem for path in PAPERS.glob("*.toml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_paper(name: str) -> None:
    said = tomllib.loads((PAPERS / f"{name}.toml").read_text(encoding="utf-8"))
    document = redline.read(PAPERS / f"{name}.xml")
    assert document.reading("draft").text == said["draft"]
    assert document.reading("final").text == said["final"]
    for stage, text in said.get("stages", {}).items():
        assert document.reading(stage).text == text, stage
    assert told(document) == said["revisions"]
    assert [found.code for found in document.diagnostics] == said["diagnostics"]
