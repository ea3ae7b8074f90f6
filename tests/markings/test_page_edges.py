"""Page edges in whole papers: what parts them, what stands above them, their dates."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import redline
from redline.model import Marking

TABLE = tomllib.loads((Path(__file__).parent / "page_edges.toml").read_text(encoding="utf-8"))


def said(marking: Marking) -> str:
    """A marking in the words of the table."""
    levels = [name or "nothing" for name in (marking.was, *marking.through, marking.is_)]
    if marking.was == marking.is_:
        levels = levels[:1]
    act = f"{marking.page} {marking.place}: {' > '.join(levels)}: {marking.action}"
    controls = f" ({'; '.join(marking.controls)})" if marking.controls else ""
    return f"{act}{controls}, {marking.cert}"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{section}: {name}")
        for section, rows in TABLE.items()
        for name, row in rows.items()
    ],
)
def test_a_paper(row: dict[str, Any]) -> None:
    document = redline.parse(row["text"])
    banners = [said(one) for one in document.markings if one.kind == "banner"]
    assert banners == row["banners"]
    levels = [document.classification.draft, document.classification.final]
    assert [level or "nothing" for level in levels] == row["levels"]
    reported = row.get("reported", [])
    assert sorted({one.code for one in document.diagnostics}) == reported
    assert len(document.pages) == row.get("pages", 1)
    if "markings" in row:
        assert len(document.markings) == row["markings"]
    if "words" in row:
        assert row["words"] in document.reading("final").text
    if "fields" in row:
        first = next(one for one in document.markings if one.kind == "banner")
        assert first.fields == row["fields"]
    if "reading" in row:
        assert document.reading("final").text == row["reading"]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("SECRET//X1,X5", {"rule": ["X1", "X5"]}),
        ("SECRET/20091231", {"date": "2009-12-31"}),
        ("SECRET//NOFORN//20091399", {}),
        ("CONFIDENTIAL GDS", {"rule": "GDS"}),
        ("SECRET//NOFORN//25X1-HUMAN", {"rule": "25X1-HUMAN"}),
        ("CONFIDENTIAL GROUP 4", {"rule": "GROUP 4"}),
        ("SECRET - ROUTINE", {"precedence": "ROUTINE"}),
        ("SECRET", {}),
    ],
)
def test_what_else_a_banner_says(line: str, fields: dict[str, Any]) -> None:
    (banner,) = redline.parse(f"{line}\n\nText.\n").markings
    assert banner.fields == fields


def test_a_chain_is_as_many_acts_as_it_has_steps() -> None:
    document = redline.parse("~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL\n\nText.\n")
    assert [(step.action, step.from_, step.to) for step in document.classification.history] == [
        ("classified", None, "TOP SECRET"),
        ("downgrade", "TOP SECRET", "SECRET"),
        ("downgrade", "SECRET", "CONFIDENTIAL"),
    ]
