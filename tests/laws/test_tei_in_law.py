"""Law 9 for TEI: what is written is read again as the same paper.

The source of a document that was read from TEI is the TEI, so `==` cannot hold between it and
the document it was written from. What must be the same is `view`: readings, revisions with ids,
kinds, stages and words, pages, blocks, notes, stages and hands.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import redline
from redline.markings.found import GRADE
from redline.model import Block, Document, Note
from redline.spans import HIDDEN, visible
from tests.judges.tei_walker import as_xml
from tests.laws.test_tei_law import papers, texts

ROOT = Path(__file__).resolve().parents[2]
PAPERS = (ROOT / "samples").glob("*/*.txt")
SAMPLES = sorted(path for path in PAPERS if path.stem == path.parent.name)
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
STAGES = ("draft", "final")


def words(text: str | None) -> str:
    """Words, whatever white space is between them."""
    return re.sub(r"\s+", " ", as_xml(text or "")).strip()


def within(document: Document, id_: str) -> str | None:
    """The act around an act; where marks that cross each other are around it, none.

    Of crossing marks one may be left with what stands before the other: then it is not around
    the words any more, and the act around it is.
    """
    act = document.act_of[id_]
    first = document.spans[act.parts[0]]
    revised = (s for s in document.spans if s.kind in {"add", "del"})
    marks = [s for s in revised if s.start <= first.start < s.end]
    if any(a.start < b.start < a.end < b.end for a in marks for b in marks):
        return None
    around = {s.id for s in marks}
    near = act.within
    while near is not None and near not in around:
        near = document.act_of[near].within
    return near


def astray(document: Document, note: Note) -> bool:
    """Whether a note's reference stands in a note, and nothing says to which note it belongs."""
    bodies = ((n.start, n.end) for n in document.notes)
    inside = note.at is not None and any(a <= note.at < b for a, b in bodies if a is not None)
    alike = [n for n in document.notes if words(n.n) == words(note.n)]
    return inside and (note.start is None or len(alike) > 1)


def has_words(document: Document, block: Block) -> bool:
    """Whether some reading may show the block: one that holds a stamp alone is none in TEI."""
    hidden = [span for span in document.spans if span.kind in HIDDEN]
    shown = visible(hidden, block.start, block.end)
    return any(document.text[a:b].strip() for a, b in shown)


def marked(document: Document) -> dict[str, Any]:
    """What the page carries beside its text, and what that amounts to.

    A note stands at its reference in TEI: so does a marking in it, on another page perhaps. White
    space in what a field says on the paper is that of the file.
    """
    rows = []
    for row in document.markings:
        fields = {**row.fields}
        if fields.get("notice") == "system-record":
            # The asterisks between a name and its value are signs, which TEI has not.
            fields = {"notice": "system-record"}
        fields["raw"] = sorted((k, "".join(v.split())) for k, v in fields.pop("raw", {}).items())
        noted = row.rule == GRADE
        rows.append((
            *(row.kind, None if noted else row.page, row.was, row.through, row.is_, row.action),
            *(row.controls, row.cert, sorted(fields.items(), key=str)),
        ))
    history = [(*step[:3], step.cert, step.when) for step in document.classification.history]
    return {
        "markings": sorted(rows, key=str),
        "places": [row.place for row in document.markings if row.kind == "banner"],
        "classification": (*document.classification[:2], history),
    }


def view(document: Document) -> dict[str, Any]:
    """What TEI must keep of a document.

    Not the rule by which a mark was understood: the rules are those of the notation. Not the day
    of a stage: the header may say one that the document found elsewhere.
    """
    return {
        **{stage: as_xml(document.reading(stage).text) for stage in STAGES},
        "revisions": [
            (
                *(r.id, r.kind, r.stage, r.hand, r.cert, sorted(r.joined)),
                within(document, r.id),
                [words(part.text) for part in r.deleted],
                [words(part.text) for part in r.added],
            )
            for r in document.revisions
        ],
        "pages": [(page.n, page.label and words(page.label), page.cert) for page in document.pages],
        "blocks": [
            (b.kind, words(b.n), b.level, b.role, b.page, [len(row) for row in b.cells])
            for b in document.blocks
            if b.kind != "note" and has_words(document, b)
        ],
        "notes": sorted((words(n.n), n.kind, n.start is not None) for n in document.notes),
        # Of two bodies with one reference one has it: an element stands at one place. One in a
        # note is a pointer, which does not say to which of several notes of its number.
        "references": len(
            {n.at for n in document.notes if n.reference and not astray(document, n)}
        ),
        "stages": [stage[:2] for stage in document.stages],
        "hands": document.hands,
    }


def holds(document: Document) -> Document:
    again = redline.loads(redline.dumps(document, "tei"), "tei")
    assert view(again) == view(document)
    assert again.diagnostics == ()
    return again


@pytest.mark.parametrize("path", SAMPLES + SEEDS, ids=lambda path: path.stem)
def test_samples_come_back(path: Path) -> None:
    document = redline.read(path)
    assert marked(holds(document)) == marked(document)


@given(papers)
@settings(max_examples=200)
def test_banners_come_back(notation: str) -> None:
    document = redline.parse(notation)
    again = redline.loads(redline.dumps(document, "tei"), "tei")
    assert marked(again) == marked(document)


@given(papers)
@example("It is so.\n\n[^1]: so.^{1}\n")
@example("harbour dues of the year before and of the year  and\n\n[^1]: no dues\n\nof the town\n")
@settings(max_examples=300)
def test_papers_come_back(notation: str) -> None:
    holds(redline.parse(notation))


@given(texts)
@settings(max_examples=200)
def test_any_text_comes_back(notation: str) -> None:
    holds(redline.parse(notation))


@given(st.one_of(papers, texts))
@settings(max_examples=100)
def test_tei_comes_back_as_it_is(notation: str) -> None:
    tei = redline.dumps(redline.parse(notation), "tei")
    assert redline.dumps(redline.loads(tei, "tei"), "tei") == tei


@given(papers, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_decisions_are_carried_out_in_the_file(notation: str, random: Random) -> None:
    tei = redline.loads(redline.dumps(redline.parse(notation), "tei"), "tei")
    ids = [act.id for act in tei.acts]
    chosen = [id_ for id_ in ids if random.random() < 0.5]
    accepted = [id_ for id_ in chosen if random.random() < 0.5]
    decided = tei.accept(*accepted).reject(*(set(chosen) - set(accepted)))
    for document in (decided, decided.settle()):
        again = redline.loads(redline.dumps(document, "tei"), "tei")
        for stage in STAGES:
            assert words(again.reading(stage).text) == words(document.reading(stage).text)
        assert not {act.id for act in again.acts} & set(chosen)
