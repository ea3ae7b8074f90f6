"""The TEI of every seed, every sample and every edge case, before judges from outside."""

from __future__ import annotations

import functools

import pytest
from lxml import etree

import redline
from tests.conformance.edges import GOLDEN
from tests.conformance.papers import PAPERS, document, each_paper
from tests.judges import schemas, tei_rules, tei_walker

STAGES: tuple[tei_walker.Stage, ...] = ("draft", "final")

each_stage = pytest.mark.parametrize("stage", STAGES)


@functools.cache
def _tei(name: str) -> bytes:
    return redline.dumps(document(name), "tei").encode("utf-8")


@functools.cache
def _root(name: str) -> etree._Element:
    return tei_walker.parse(_tei(name))


def _all_tei() -> dict[str, bytes]:
    return {name: _tei(name) for name in PAPERS}


def _told(found: schemas.Findings) -> str:
    """The first findings of each document: enough to mend it, not a flood."""
    return "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines[:3])


@each_paper
def test_well_formed(name: str) -> None:
    root = etree.fromstring(_tei(name))
    assert root.tag == f"{{{tei_walker.TEI}}}TEI"


@pytest.mark.parametrize("schema", [schemas.RNG_NEW, schemas.RNG_OLD, schemas.SCHEMATRON])
def test_valid(schema: str) -> None:
    found = schemas.jing(_all_tei(), schema)
    assert not found, _told(found)


def test_valid_under_lxml_too() -> None:
    found = schemas.relax_ng(_all_tei())
    assert not found, _told(found)


@each_stage
@each_paper
def test_the_law(name: str, stage: tei_walker.Stage) -> None:
    found = tei_walker.walk(_tei(name), stage)
    assert found.reading == tei_walker.as_xml(document(name).reading(stage).text)
    assert found.stray == ()
    assert found.faults == ()
    assert tei_rules.unjoined_lines(found.leaves) == []


@each_paper
def test_every_block_has_its_element(name: str) -> None:
    """No reading of the whole can hide that two blocks ran together or one fell apart."""
    for stage in STAGES:
        leaves = [leaf for leaf in tei_walker.walk(_tei(name), stage).leaves if leaf.text]
        in_code = any(leaf.tag == "ab" and "\n\n" in leaf.text for leaf in leaves)
        if not in_code:
            reading = tei_walker.as_xml(document(name).reading(stage).text)
            assert [leaf.text for leaf in leaves] == (reading.split("\n\n") if reading else [])


@pytest.mark.parametrize(("notation", "readings"), GOLDEN.items(), ids=repr)
def test_golden_readings(notation: str, readings: tuple[str, str]) -> None:
    tei = redline.dumps(redline.parse(notation), "tei").encode("utf-8")
    assert tuple(tei_walker.reading(tei, stage) for stage in STAGES) == readings


def _leaves(notation: str) -> list[tuple[str, str]]:
    tei = redline.dumps(redline.parse(notation), "tei").encode("utf-8")
    return [(leaf.tag, leaf.text) for leaf in tei_walker.walk(tei, "draft").leaves]


def test_an_empty_cell_keeps_its_place() -> None:
    """Without it the cells after it would stand in the wrong column."""
    cells = [text for tag, text in _leaves("| | a |\n|---|---|\n| b | |\n") if tag == "cell"]
    assert cells == ["", "a", "b", ""]


@pytest.mark.parametrize("after", ["", "x", "x\n\n## D\n", "Yours,\n\nA. Venn\n"])
def test_a_markdown_heading_is_a_head_wherever_it_stands(after: str) -> None:
    heads = [text for tag, text in _leaves(f"# A\n\n### C\n\n{after}") if tag == "head"]
    assert heads[:2] == ["A", "C"]


def test_closing_fences_far_away_are_found() -> None:
    """A fence that nothing closes is text; it takes none of the fences after it along."""
    notation = "````\n\n" + "```\na\n```\n\n" * 40
    assert [tag for tag, text in _leaves(notation) if text == "a"] == ["ab"] * 40


@each_paper
def test_mixed_content_is_never_indented(name: str) -> None:
    assert tei_rules.indented_text(_root(name)) == []


@each_paper
def test_blocks_stand_on_lines_of_their_own(name: str) -> None:
    lines = [leaf.line for leaf in tei_walker.walk(_tei(name), "draft").leaves if leaf.tag == "p"]
    assert len(lines) == len(set(lines))


@each_paper
def test_ids_and_pointers(name: str) -> None:
    assert tei_rules.repeated_ids(_root(name)) == []
    assert tei_rules.dangling_pointers(_root(name)) == []
    assert tei_rules.bare_pointers(_root(name)) == []
    assert tei_rules.idle_categories(_root(name)) == []


@each_paper
def test_no_word_of_the_apparatus_is_lost(name: str) -> None:
    """However much of a stamp or a banner is marked up, its words are those of the paper."""
    paper = document(name)
    inline = {"portion", "line", "schedule", "exemption"}  # a code is never inline, a gap is
    rows = [
        (row.start, row.end)
        for row in (*paper.markings, *paper.furniture)
        if row.kind != "page-mark" and not (row.place == "inline" and row.kind in inline)
    ]
    expected = "".join(paper.text[start:end] for start, end in sorted(rows))
    assert tei_rules.apparatus_letters(_root(name)) == "".join(filter(str.isalnum, expected))


@each_paper
def test_the_first_lines_name_the_schemas(name: str) -> None:
    models = tei_rules.models(_root(name))
    assert {tei_rules.RNG_NS, tei_rules.SCHEMATRON_NS} <= set(models)
    assert all(models.values())
