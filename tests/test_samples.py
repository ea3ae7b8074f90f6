"""The samples: their projections are what the commands print today, and their facts hold.

On a difference: look at it, and if the new form is right, `python samples/regenerate.py`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import redline
from samples import regenerate

SAMPLES = list(regenerate.samples())
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def facts(sample: Path) -> dict[str, Any]:
    return tomllib.loads(sample.with_name("facts.toml").read_text(encoding="utf-8"))


def difference(path: Path, expected: bytes, got: bytes) -> str:
    lines = difflib.unified_diff(
        expected.decode().splitlines(), got.decode().splitlines(), "committed", "now", lineterm=""
    )
    return "\n".join(
        [f"{path.relative_to(regenerate.ROOT)}: if the new form is right,",
         "python samples/regenerate.py", *list(lines)[:40]]
    )


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 8


@each_sample
def test_projections_are_those_of_today(sample: Path) -> None:
    for path, data in regenerate.projections(sample):
        committed = path.read_bytes() if path.exists() else b""
        if committed != data:
            pytest.fail(difference(path, committed, data), pytrace=False)


@each_sample
def test_nothing_else_lies_about(sample: Path) -> None:
    known = {sample.name, "facts.toml"}
    known |= {sample.stem + ending for ending in regenerate.PROJECTIONS}
    assert {path.name for path in sample.parent.iterdir()} == known


@each_sample
def test_readings_have_what_the_paper_says(sample: Path) -> None:
    document, said = redline.read(sample), facts(sample)
    for stage in ("draft", "final"):
        text = document.reading(stage).text
        assert said[f"{stage}_has"]
        missing = [words for words in said[f"{stage}_has"] if words not in text]
        assert not missing, f"{stage}: {missing}\n{text}"
        assert [words for words in said["absent"] if words in text] == []


@each_sample
def test_pages(sample: Path) -> None:
    assert len(redline.read(sample).pages) == facts(sample)["pages"]


@each_sample
def test_banners(sample: Path) -> None:
    banners = [
        {"page": m.page, "place": m.place, "was": m.was, "is": m.is_, "action": m.action}
        for m in redline.read(sample).markings
        if m.kind == "banner"
    ]
    assert banners == [{"is": None, **banner} for banner in facts(sample).get("banner", [])]


@each_sample
def test_revisions(sample: Path) -> None:
    counted = Counter(revision.kind for revision in redline.read(sample).revisions)
    said: dict[str, int] = facts(sample).get("revisions", {})
    assert {kind: counted[kind] for kind in said} == said


def test_the_picture_shows_what_show_prints() -> None:
    """Words, not bytes: how rich draws an SVG may differ from one release to the next."""
    _, now = regenerate.picture()
    root = ElementTree.fromstring(regenerate.PICTURE.read_bytes())
    drawn = "".join(
        "".join(node.itertext())
        for node in root.iter("{http://www.w3.org/2000/svg}text")
        if not (node.get("class") or "").endswith("title")
    )
    assert re.sub(r"\s+", "", drawn) == re.sub(r"\s+", "", now), "python samples/regenerate.py"
    assert "http" not in regenerate.PICTURE.read_text().replace("http://www.w3.org/2000/svg", "")
