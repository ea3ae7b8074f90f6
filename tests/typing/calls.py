"""A program that calls redline: mypy and pyright must see the types that it claims.

It is run, too: every claim is about something that is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, assert_type

import redline
from redline import edit
from redline.collation.statistics import Statistics
from redline.collation.variants import Variant
from redline.collation.witnesses import Row, Wording
from redline.explanation import Explanation
from redline.model import (
    Block,
    Classification,
    Furniture,
    Hand,
    Marking,
    Note,
    Page,
    Part,
    Revision,
    Stage,
    Step,
)

PAPER = "~~SECRET~~\nCONFIDENTIAL\n\nThe ~~old~~ ^{new} pier is long.\n\n~~SECRET~~\nCONFIDENTIAL\n"


def documents(folder: Path) -> None:
    doc = redline.parse(PAPER, name="pier.txt")
    assert_type(doc, redline.Document)
    assert_type(redline.loads(PAPER, "native"), redline.Document)
    assert_type(redline.dumps(doc, "json"), str)
    assert_type([loss.what for loss in redline.losses(doc, "wdiff")], list[str])
    assert_type(redline.write(doc, folder / "pier.xml", verify=True), None)
    assert_type(redline.read(folder / "pier.xml"), redline.Document)
    assert_type(redline.read(str(folder / "pier.xml"), format="tei"), redline.Document)

    assert_type(doc.text, str)
    assert_type(doc.revisions, tuple[Revision, ...])
    assert_type(doc.pages, tuple[Page, ...])
    assert_type(doc.blocks, tuple[Block, ...])
    assert_type(doc.notes, tuple[Note, ...])
    assert_type(doc.markings, tuple[Marking, ...])
    assert_type(doc.furniture, tuple[Furniture, ...])
    assert_type(doc.stages, tuple[Stage, ...])
    assert_type(doc.hands, tuple[Hand, ...])
    assert_type(doc.diagnostics, tuple[redline.Diagnostic, ...])
    assert_type(doc.classification, Classification)
    assert_type(doc.classification.history, tuple[Step, ...])
    assert_type(doc.decisions, Mapping[str, Literal["accepted", "rejected"]])

    revision = doc.revisions[0]
    assert_type(revision.deleted, tuple[Part, ...])
    assert_type(revision.hand, str | None)
    assert_type(revision.cert, Literal["high", "medium", "low"])
    assert_type(revision.decision, Literal["accepted", "rejected"] | None)
    marking = doc.markings[0]
    assert_type(marking.is_, str | None)
    assert_type(marking.fields, Mapping[str, Any])


def readings() -> None:
    doc = redline.parse(PAPER)
    reading = doc.reading("final")
    assert_type(reading, redline.Reading)
    assert_type(doc.reading(), redline.Reading)
    assert_type(reading.text, str)
    assert_type(reading.source_span(0, 3), tuple[int, int])
    assert_type(reading.offset_at(30), int)
    assert_type(doc.explain(30), Explanation)


def decisions() -> None:
    doc = redline.parse(PAPER)
    assert_type(doc.accept("r1"), redline.Document)
    assert_type(doc.reject(kind="substitution", where=lambda r: r.page == 1), redline.Document)
    assert_type(doc.accept("r1").undecide(), redline.Document)
    assert_type(doc.accept("r1").settle(), redline.Document)


def edits() -> None:
    doc = redline.parse(PAPER)
    made = edit.insert(doc, doc.text.index("pier"), "long ")
    assert_type(made, edit.Edited)
    assert_type(made.document, redline.Document)
    changed, change = made
    assert_type(changed, redline.Document)
    assert_type(change, edit.Edit)
    assert_type(change.map(4, "before"), int)
    assert_type(change.map_range(4, 8), tuple[int, int])
    assert_type(change.inverse, edit.Edit)
    assert_type(change.then(change.inverse), edit.Edit)
    assert_type(change.apply(doc.text), str)
    assert_type(change.changes, tuple[edit.Change, ...])
    assert_type(edit.add_hand(doc, Hand("A", "the clerk")), redline.Document)
    assert_type(edit.set_certainty(doc, "low", "r1"), edit.Edited)


def comparisons() -> None:
    found = redline.compare("grey ships", redline.parse("gray ships").reading("final"))
    assert_type(found, redline.Comparison)
    assert_type(found.variants, tuple[Variant, ...])
    assert_type(found.document, redline.Document)
    assert_type(found.statistics, Statistics)
    assert_type(redline.dumps(found, "json"), str)

    table = redline.collate({"A": "grey ships", "B": "gray ships"})
    assert_type(table, redline.Collation)
    assert_type(table.variants(), Iterator[Row])
    assert_type(table.readings(table.rows[0]), tuple[Wording, ...])
    assert_type(redline.dumps(table, "tei-app"), str)


def errors() -> str:
    try:
        redline.read("no such file")
    except redline.RedlineError as fault:
        return str(fault)
    return ""


def run(folder: Path) -> None:
    documents(folder)
    readings()
    decisions()
    edits()
    comparisons()
    assert errors()
