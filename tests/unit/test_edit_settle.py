"""What `settle` leaves of a document, table by table."""

from __future__ import annotations

from dataclasses import replace

import pytest

import redline
from redline import edit
from redline.diagnostics import RevisionError
from redline.edit import Cuts
from redline.model import Act, Document

NESTED = "One ~~two ^{three} four~~ five ^{six ~~seven~~ eight} nine."


def readings(document: Document) -> tuple[str, str]:
    return document.reading("draft").text, document.reading("final").text


def test_an_accepted_deletion_leaves_the_text() -> None:
    document = redline.parse(NESTED).accept("r1").settle()
    assert document.text == "One five six seven eight nine."
    assert [act.id for act in document.acts] == ["r3", "r4"]
    assert readings(document) == ("One five nine.", "One five six eight nine.")


def test_a_rejected_deletion_is_plain_text() -> None:
    document = redline.parse(NESTED).reject("r1").settle()
    draft, final = readings(document)
    assert draft == "One two four five nine."
    assert final == "One two three four five six eight nine."
    assert document.act_of["r2"].within is None


def test_an_accepted_addition_is_plain_text() -> None:
    document = redline.parse(NESTED).accept("r3").settle("r3")
    assert readings(document)[0] == "One two four five six seven eight nine."
    assert document.act_of["r4"].within is None
    (revision,) = [r for r in document.revisions if r.id == "r4"]
    assert revision.deleted[0].text == "seven"
    assert document.source.text[slice(*revision.deleted[0].span)] == "~~seven~~"


def test_a_rejected_addition_takes_what_stands_in_it() -> None:
    document = redline.parse(NESTED).reject("r3").settle()
    assert [act.id for act in document.acts] == ["r1", "r2"]
    assert "six" not in document.text


def test_only_what_is_named_is_settled() -> None:
    document = redline.parse(NESTED).accept("r1").reject("r3")
    settled = document.settle("r3")
    assert [act.id for act in settled.acts] == ["r1", "r2"]
    assert readings(settled) == readings(document)
    assert settled.decisions["r1"] == "accepted"


def test_nothing_decided_is_nothing_settled() -> None:
    document = redline.parse(NESTED)
    assert document.settle() is document


def test_the_old_document_is_the_undo() -> None:
    document = redline.parse(NESTED)
    before = readings(document)
    document.accept("r1", "r3").settle()
    assert readings(document) == before
    assert len(document.acts) == 4


@pytest.mark.parametrize(
    ("ids", "says"),
    [(("r9",), "no revision 'r9'"), (("r2",), "'r2' of .* is not decided; accept or reject")],
)
def test_what_cannot_be_settled(ids: tuple[str, ...], says: str) -> None:
    document = redline.parse(NESTED).accept("r1")
    with pytest.raises(RevisionError, match=says):
        document.settle(*ids)


def test_a_settled_id_is_gone_for_good() -> None:
    document = redline.parse(NESTED).accept("r1").settle()
    for again in (document.accept, document.reject, document.settle):
        with pytest.raises(RevisionError, match="no revision 'r1'"):
            again("r1")


def test_half_a_substitution() -> None:
    """Its deletion stands in another one that goes: what is left of it is an addition."""
    document = redline.parse("A ~~b~~ ^{c} d.")
    (first, second), (act,) = document.spans, document.acts
    outer = Act("r2", "deletion", (0,), "R1")
    document = replace(
        document,
        spans=(first._replace(id="r2"), first, second),
        extents=document.extents[:2] + document.extents,
        acts=(outer, act._replace(parts=(1, 2))),
    )
    settled = document.accept("r2").settle()
    assert [(act.id, act.kind) for act in settled.acts] == [("r1", "addition")]
    assert settled.reading("final").text == "A c d."
    assert "b" not in settled.text


def test_a_struck_paragraph_goes_as_a_block() -> None:
    document = redline.parse("One.\n\n~~Two.~~\n\nThree.").accept("r1").settle()
    assert [document.text[b.start : b.end] for b in document.blocks] == ["One.", "Three."]
    assert [b.id for b in document.blocks] == ["b1", "b3"]


def test_a_struck_cell_stays_as_a_cell() -> None:
    document = redline.parse("| a | ~~b~~ |\n|---|---|\n| c | d |\n").accept("r1").settle()
    (table,) = document.blocks
    words = [[document.text[a:b] for a, b in row] for row in table.cells]
    assert words == [["a", ""], ["c", "d"]]


def test_apparatus_in_struck_words_stays() -> None:
    """A banner, a page edge and a page number were not struck with the sentence."""
    source = (
        "SECRET\n\nThe pier was open, and ~~the keeper of it had been seen on the road by all\n\n"
        "SECRET\n\n-2-\n\nSECRET\n\nwho lived there, and~~ the lamp was lit.\n\nSECRET\n"
    )
    document = redline.parse(source)
    settled = document.accept("r1").settle()
    assert len(settled.markings) == len(document.markings) == 4
    for before, after in zip(document.markings, settled.markings, strict=True):
        assert settled.text[after.start : after.end] == document.text[before.start : before.end]
    assert [page.span for page in settled.pages] == [page.span for page in document.pages]
    assert settled.reading("final").text == "The pier was open, and the lamp was lit."


def test_a_note_whose_reference_was_struck() -> None:
    document = redline.parse("One ~~two.^{1}~~ three.^{2}\n\n^{1} First.\n\n^{2} Second.\n")
    assert [bool(note.reference) for note in document.notes] == [True, True]
    settled = document.accept("r1").settle()
    found = {note.n: (bool(note.reference), bool(note.body)) for note in settled.notes}
    assert found == {"1": (False, True), "2": (True, True)}
    alone = redline.parse("One ~~two.^{1}~~ three.").accept("r1").settle()
    assert alone.notes == ()


def test_cuts() -> None:
    cuts = Cuts([(2, 4), (6, 9)])
    assert [cuts.moved(k) for k in range(11)] == [0, 1, 2, 2, 2, 3, 4, 4, 4, 4, 5]
    assert [k for k in range(11) if cuts.inside(k)] == [3, 7, 8]
    assert list(cuts.kept(0, 10)) == [(0, 2), (4, 6), (9, 10)]
    assert list(cuts.kept(3, 7)) == [(4, 6)]
    assert list(cuts.kept(7, 8)) == []
    nothing = Cuts([])
    assert nothing.moved(3) == 3
    assert list(nothing.kept(1, 2)) == [(1, 2)]


def test_settled_says_what_moved() -> None:
    document = redline.parse("The ~~old~~ ^{new} pier ~~is~~ was.").accept("r1").reject("r2")
    for ids in ((), ("r1",)):
        made, change = edit.settled(document, *ids)
        assert made == document.settle(*ids)
        assert change.apply(document.text) == made.text
        assert change.inverse.apply(made.text) == document.text
