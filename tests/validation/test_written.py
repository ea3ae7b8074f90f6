"""Every TEI file that redline writes is valid by redline's schema and rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import redline
from redline.collation.witnesses import collate
from redline.formats.collation import dumps as collation_as
from redline.formats.comparison import dumps as comparison_as
from redline.validation import Finding, validate
from tests import strategies
from tests.collation.test_tei_app import HARD
from tests.conformance.edges import GOLDEN
from tests.conformance.papers import document, each_paper
from tests.judges.schemas import ROOT

SAMPLES = sorted((ROOT / "samples").glob("*/*.xml"))
UNITS = ("word", "char", "line", "sentence", "block")


def findings(tei: str) -> list[Finding]:
    return validate(tei.encode("utf-8"))


@each_paper
def test_papers(name: str) -> None:
    assert findings(redline.dumps(document(name), "tei")) == []


@pytest.mark.parametrize("notation", GOLDEN, ids=repr)
def test_golden(notation: str) -> None:
    assert findings(redline.dumps(redline.parse(notation), "tei")) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_as_they_lie_there(path: Path) -> None:
    assert validate(path.read_bytes()) == []


@each_paper
def test_what_was_decided(name: str) -> None:
    paper = document(name)
    for number, revision in enumerate(paper.revisions[:12]):
        paper = paper.accept(revision.id) if number % 2 else paper.reject(revision.id)
    assert findings(redline.dumps(paper, "tei")) == []


@given(strategies.papers)
def test_any_paper(notation: str) -> None:
    assert findings(redline.dumps(redline.parse(notation), "tei")) == []


@given(strategies.texts)
def test_any_text(text: str) -> None:
    assert findings(redline.dumps(redline.parse(text), "tei")) == []


@each_paper
def test_a_comparison(name: str) -> None:
    paper = document(name)
    found = redline.compare(paper.reading("draft"), paper.reading("final"))
    assert findings(comparison_as(found, "tei")) == []


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", HARD)
def test_a_collation(name: str, unit: str) -> None:
    assert findings(collation_as(collate(HARD[name], unit), "tei-app")) == []
