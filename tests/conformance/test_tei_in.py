"""TEI papers of every construct, read: what they say was written by hand, beside each.

`tests/tei_in/NAME.xml` is the paper, `NAME.toml` its readings, its revisions and the codes of
its diagnostics.
"""

from __future__ import annotations

import re
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


#: What an edition may have; each stands in a paper that has campaigns, and says what it reads
#: between them.
CONSTRUCTS = (
    *("<restore", "<undo", "<redo", "<retrace", "<mod", "<listTranspose", "<metamark", "<addSpan"),
    *("<delSpan", " seq=", ' instant="true"', "<choice", "<app", "<note", "<fw", "<substJoin"),
    *('<lb break="no"', '<pb n="2" break="no"', "<sourceDoc", " facs=", "<persName", "<TEI><"),
    *(r"<subst[^>]*>\s*<del>[^<]*</del><lb/>", "<subst[^>]*><add"),
    *(r"<subst[^>]*><(add|del)>[^<]*</\1></subst>", r"<subst[^>]*><del>[^<]*</del> \w"),
    *("<del[^>]*>[^<]*<add", "<add[^>]*>[^<]*<del", "<del[^>]*>[^<]*<del", "<add[^>]*>[^<]*<add"),
    '<(p|div|seg)[^>]* change="',
)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_every_construct_has_intermediate_readings(construct: str) -> None:
    found = []
    for name in NAMES:
        said = tomllib.loads((PAPERS / f"{name}.toml").read_text(encoding="utf-8"))
        tei = (PAPERS / f"{name}.xml").read_text(encoding="utf-8")
        if said.get("stages") and re.search(construct, tei):
            found.append(name)
    assert found


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
