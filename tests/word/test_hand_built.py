"""Files built by hand: redline reads them as they are meant, and what it writes of them is read
the same by LibreOffice and by pandoc."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import redline
from redline.formats.word import from_docx, to_docx
from tests.judges import schemas, tei_walker
from tests.judges.office import (
    needs_office,
    needs_pandoc,
    office,
    pandoc_paragraphs,
    readable,
    same,
)
from tests.laws import test_html_law as html_law
from tests.word.hand_built import CASES, JOINS, Case

each_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
STAGES = (("draft", "reject"), ("final", "accept"))


def trimmed(paragraphs: list[str]) -> str:
    """Paragraphs without white space at their edges, which readings do not keep."""
    return readable(each.strip(" \t\n") for each in paragraphs)


def shown(case: Case, stage: str) -> str:
    return trimmed(from_docx(case.data, case.name).reading(stage).text.split("\n\n"))


def test_there_are_sixty_with_names_of_their_own() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@each_case
def test_it_is_read_as_it_is_meant(case: Case) -> None:
    assert shown(case, "draft") == trimmed(case.draft)
    assert shown(case, "final") == trimmed(case.final)


@each_case
def test_what_is_written_is_read_again(case: Case) -> None:
    read = from_docx(case.data, case.name)
    again = from_docx(to_docx(read), case.name)
    for stage, _ in STAGES:
        assert readable(again.reading(stage).text.split("\n\n")) == readable(
            read.reading(stage).text.split("\n\n")
        )


@needs_pandoc
@each_case
def test_pandoc(case: Case, tmp_path: Path) -> None:
    file, ours = tmp_path / "file.docx", tmp_path / "ours.docx"
    file.write_bytes(case.data)
    ours.write_bytes(to_docx(from_docx(case.data, case.name)))
    found = []
    for stage, decision in STAGES:
        wanted = same(" ".join(getattr(case, stage)))
        written = same(" ".join(pandoc_paragraphs(ours, decision)))
        if case.pandoc == JOINS:
            assert written.replace(" ", "") == wanted.replace(" ", "")
        else:
            assert written == wanted
        found.append(same(" ".join(pandoc_paragraphs(file, decision))) == wanted)
    assert all(found) != bool(case.pandoc), case.pandoc or "pandoc reads the file otherwise"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What LibreOffice makes of each file, and of what redline writes of it."""
    folder = tmp_path_factory.mktemp("office")
    jobs = []
    for k, case in enumerate(CASES):
        file, ours = folder / f"{k}.docx", folder / f"{k}-ours.docx"
        file.write_bytes(case.data)
        ours.write_bytes(to_docx(from_docx(case.data, case.name)))
        jobs += [{"file": str(path), "action": decision}
                 for path in (file, ours) for _, decision in STAGES]
    answers = office(jobs)
    return {case.name: answers[4 * k : 4 * k + 4] for k, case in enumerate(CASES)}


@needs_office
@each_case
def test_office(case: Case, judged: dict[str, list[dict[str, Any]]]) -> None:
    file, ours = judged[case.name][:2], judged[case.name][2:]
    found = []
    for k, (stage, _) in enumerate(STAGES):
        wanted = trimmed(getattr(case, stage))
        assert trimmed(ours[k].get("paragraphs", [str(ours[k])])) == wanted
        found.append(trimmed(file[k].get("paragraphs", [str(file[k])])) == wanted)
    assert all(found) != bool(case.office), case.office or f"LibreOffice: {file}"


@each_case
def test_every_format_that_can_hold_it_says_the_same(case: Case) -> None:
    document = from_docx(case.data, case.name)
    tei = redline.dumps(document, "tei")
    html_law.holds(document)
    for stage, _ in STAGES:
        wanted = document.reading(stage).text
        assert redline.loads(tei, "tei").reading(stage).text == wanted
        walked = tei_walker.reading(tei.encode("utf-8"), stage)
        assert walked.split() == tei_walker.as_xml(wanted).split()
    assert schemas.relax_ng({case.name: tei.encode("utf-8")}) == {}
    record = redline.dumps(document, "json")
    assert redline.loads(record, "json") == document
    assert schemas.record(record) == []
