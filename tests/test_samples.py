"""The samples: their projections are what the commands print today, and their facts hold.

On a difference: look at it, and if the new form is right, `python samples/regenerate.py`.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import redline
from redline.formats import terminal
from samples import regenerate

SAMPLES = list(regenerate.samples())
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def facts(sample: Path) -> dict[str, Any]:
    return tomllib.loads(sample.with_name("facts.toml").read_text(encoding="utf-8"))


def telling(name: str) -> pytest.MarkDecorator:
    """The samples whose facts have `name`."""
    found = [sample for sample in SAMPLES if name in facts(sample)]
    return pytest.mark.parametrize("sample", found, ids=[path.stem for path in found])


def record(sample: Path) -> dict[str, Any]:
    """The JSON record of a sample."""
    found: dict[str, Any] = json.loads(redline.dumps(redline.read(sample), "json"))
    return found


def as_said(has: Any, said: Any) -> Any:
    """Of what a record `has`, the part that the facts speak of; None where it is not there."""
    if isinstance(has, dict) and isinstance(said, dict):
        return {name: as_said(has.get(name), value) for name, value in said.items()}
    return has


def difference(path: Path, expected: bytes, got: bytes) -> str:
    lines = difflib.unified_diff(
        expected.decode().splitlines(), got.decode().splitlines(), "committed", "now", lineterm=""
    )
    return "\n".join(
        [f"{path.relative_to(regenerate.ROOT)}: if the new form is right,",
         "python samples/regenerate.py", *(line[:160] for line in list(lines)[:40])]
    )


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 17


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
    if sample.with_name(sample.stem + regenerate.PRINT).exists():
        known.add(sample.stem + regenerate.PRINT)
        known |= {sample.stem + ending for ending in regenerate.COMPARISONS}
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


@telling("print")
def test_a_print_follows_the_stages_it_is_said_to(sample: Path) -> None:
    printed = redline.read(sample.with_name(sample.stem + regenerate.PRINT))
    found, said = redline.compare(redline.read(sample), printed), facts(sample)["print"]
    report = found.stages
    assert {row.revision for row in report.reverted} == set(said["reverted"])
    assert sum(row.has == "final" for row in report.verdicts) == said["followed"]
    assert report.nearest == said["nearest"]
    kinds = {(v.kind, v.accidental) for v in report.unmarked.variants if v.counts}
    assert {tuple(pair) if len(pair) > 1 else (*pair, None) for pair in said["unmarked"]} <= kinds


@each_sample
def test_pages(sample: Path) -> None:
    assert len(redline.read(sample).pages) == facts(sample)["pages"]


@each_sample
def test_banners(sample: Path) -> None:
    banners = [row for row in record(sample)["markings"] if row["kind"] == "banner"]
    said = [{"is": None, **row} for row in facts(sample).get("banner", [])]
    assert len(banners) == len(said), [row["text"] for row in banners]
    assert [as_said(*pair) for pair in zip(banners, said, strict=True)] == said


@telling("marking")
def test_other_markings(sample: Path) -> None:
    """The markings of every kind that the facts speak of are those, in the order of the paper."""
    markings, said = record(sample)["markings"], facts(sample)["marking"]
    for kind in sorted({row["kind"] for row in said}):
        here = [row for row in markings if row["kind"] == kind]
        rows = [row for row in said if row["kind"] == kind]
        assert len(here) == len(rows), [row["text"] for row in here]
        for has, row in zip(here, rows, strict=True):
            nothing = row.pop("none", ())
            assert as_said(has, row) == row, has["text"]
            filled = {**has["fields"], "is": has["is"]}
            assert [name for name in nothing if filled.get(name) is not None] == [], has["text"]


@telling("reported")
def test_what_is_reported(sample: Path) -> None:
    counted = Counter(row["code"] for row in record(sample)["diagnostics"])
    said: dict[str, int] = facts(sample)["reported"]
    assert {code: counted[code] for code in said} == said


@telling("classification")
def test_classification(sample: Path) -> None:
    said = facts(sample)["classification"]
    assert as_said(record(sample)["classification"], said) == said


@telling("step")
def test_history(sample: Path) -> None:
    """The acts that the facts name happened, in this order; others may lie between."""
    acts = record(sample)["classification"]["history"]
    rest = iter(acts)
    for step in facts(sample)["step"]:
        assert any(as_said(act, step) == step for act in rest), (step, acts)


@telling("never")
def test_what_never_happened(sample: Path) -> None:
    happened = {act["action"] for act in record(sample)["classification"]["history"]}
    assert happened.isdisjoint(facts(sample)["never"])


@each_sample
def test_revisions(sample: Path) -> None:
    counted = Counter(revision.kind for revision in redline.read(sample).revisions)
    said: dict[str, int] = facts(sample).get("revisions", {})
    assert {kind: counted[kind] for kind in said} == said


def bare(text: str) -> str:
    """Text without white space, the lines of tables and bullets."""
    return re.sub(r"[\s─│╭╮╰╯├┤┬┴┼•]+", "", text)


@each_sample
@pytest.mark.parametrize("width", [24, 80, 130])
def test_a_reading_that_is_shown_is_the_reading(sample: Path, width: int) -> None:
    document = redline.read(sample)
    for stage in ("draft", "final"):
        shown = terminal.to_text(document, width, stage)
        here, there = bare(shown), bare(document.reading(stage).text)
        if any(block.cells for block in document.blocks):  # a cell of two lines beside another
            here, there = "".join(sorted(here)), "".join(sorted(there))
        assert here == there
        assert max(map(len, shown.splitlines())) <= width


@each_sample
def test_side_by_side_shows_both_readings(sample: Path) -> None:
    document = redline.read(sample)
    shown = terminal.to_text(document, 90, side_by_side=True).splitlines()
    head = next(k for k, line in enumerate(shown) if line.startswith("── draft"))
    column = shown[head].index("│")
    del shown[: head + 1]
    for stage, side in (("draft", slice(0, column)), ("final", slice(column + 1, None))):
        text = "\n".join(line[side] for line in shown)
        unmarked = re.sub(r"\[-|-\]|\{\+|\+\}", "", text)
        assert bare(unmarked) == bare(document.reading(stage).text)


@each_sample
def test_revisions_in_place_hold_both_readings(sample: Path) -> None:
    """Without what stands in brackets of one kind, the words are those of a reading."""
    document = redline.read(sample)
    shown = terminal.to_text(document, 80)
    # A word that goes on over a page edge.
    shown = re.sub(r"-\n(?:\n|──.*\n| *(?:│|─|\S .*|foot).*\n)*? *(?=[a-z])", "", shown)
    dropped = {"draft": r"\{\+.*?\+\}", "final": r"\[-.*?-\]"}
    for stage, mark in dropped.items():
        # Innermost first: a mark inside a mark of the other kind goes with it or stays.
        text = re.sub(mark, "", shown, flags=re.S)
        words = set(re.findall(r"[^\W\d_]{4,}", re.sub(r"\[-|-\]|\{\+|\+\}", "", text)))
        wanted = set(re.findall(r"[^\W\d_]{4,}", document.reading(stage).text))
        assert wanted - words == set()


def test_what_was_decided_is_shown_as_decided() -> None:
    document = redline.parse("The ship ~~sank~~ ^{sailed} at ~~dawn~~ noon.")
    first, second = (revision.id for revision in document.revisions)
    assert "ship [-sank-] {+sailed+} at [-dawn-] noon." in terminal.to_text(document)
    assert "ship sailed at [-dawn-] noon." in terminal.to_text(document.accept(first))
    assert "ship sank at noon." in terminal.to_text(document.reject(first).accept(second))


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
