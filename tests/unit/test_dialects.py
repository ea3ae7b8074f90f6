"""What marks of other notations say of themselves: hands, certainty, comments."""

from __future__ import annotations

import pytest

import redline
from redline.diagnostics import FormatError
from redline.formats import FORMATS, find


def test_a_hand_in_elements_and_back() -> None:
    document = redline.loads('The <add place="above" hand="#AV">new</add> pier.', "bentham")
    assert [r.hand for r in document.revisions] == ["AV"]
    native = redline.parse(redline.dumps(document, "native"))
    for format in ("bentham", "fromthepage"):
        assert redline.dumps(native, format) == 'The<add hand="#AV"> new</add> pier.'


def test_authors_and_comments_in_latex() -> None:
    text = (
        "\\definechangesauthor[name={Ada Vashtok}, color=red]{AV}\n\n"
        "The \\replaced[id=AV, comment={so in the [second] draft}]{new}{old} pier."
    )
    document = redline.loads(text, "latex")
    assert [(hand.id, hand.label) for hand in document.hands] == [("AV", "Ada Vashtok")]
    assert [(r.kind, r.hand) for r in document.revisions] == [("substitution", "AV")]
    (note,) = document.notes
    assert note.kind == "editorial"
    native = redline.parse(redline.dumps(document, "native"))
    assert "\\added[id=AV]{new}" in redline.dumps(native, "latex")
    assert redline.losses(document, "json") == []


def test_certainty_and_hands_in_leiden() -> None:
    text = "τὸν 〚παλαιὸν(?)〛 λιμένα $m2 \\νέον/ ὁρῶ $m1 〚νῦν〛 καλόν"
    document = redline.loads(text, "leiden")
    assert [(r.kind, r.cert, r.hand) for r in document.revisions] == [
        ("deletion", "low", None),
        ("addition", "high", "m2"),
        ("deletion", "high", None),
    ]
    assert document.source.text[slice(*document.revisions[0].deleted[0].span)] == "〚παλαιὸν(?)〛"


def test_what_a_notation_cannot_say_is_told() -> None:
    document = redline.parse("The ~~old~~{hand=AV} pier.^{1}\n\n^{1} A note.")
    found = {loss.what: loss for loss in redline.losses(document, "shakespeares-world")}
    assert "hands" in found
    assert found["hands"].where == 1
    assert [loss.what for loss in redline.losses(document, "fromthepage")] == []


@pytest.mark.parametrize(
    ("begun", "name"),
    [
        ("critic", "criticmarkup"),
        ("smith", "smithsonian"),
        ("TEI", "tei"),
        ("media", "mediawiki"),
    ],
)
def test_a_format_by_the_beginning_of_its_name(begun: str, name: str) -> None:
    assert find(begun).name == name


@pytest.mark.parametrize("begun", ["git-", "pan", "x"])
def test_a_beginning_that_several_have_is_none(begun: str) -> None:
    with pytest.raises(FormatError, match="no format"):
        find(begun)


def test_every_format_has_a_reader_or_a_writer_that_is_there() -> None:
    from redline.formats import function

    for row in FORMATS.values():
        places = [place for place in (row.reads, row.writes, row.losses) if place]
        assert places
        assert all(callable(function(place)) for place in places)
