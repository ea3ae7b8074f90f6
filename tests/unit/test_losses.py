"""What a format leaves out: found before it is written, told in a sentence."""

from __future__ import annotations

import pytest

import redline
from redline.diagnostics import FormatError
from redline.formats import FORMATS, Format, function
from redline.formats.losses import Loss, refused, sentences

PAPER = """~~SECRET~~
CONFIDENTIAL

A ~~line~~ ^{row} of ships^{1} lay there.

^{1} A note.
"""


@pytest.mark.parametrize("format", ["native", "json", "tei"])
def test_what_can_say_all_loses_nothing(format: str) -> None:
    assert redline.losses(redline.parse(PAPER), format) == []
    assert redline.losses(redline.parse(PAPER).accept("r1"), format) == []


def test_what_does_not_come_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format without a list of its own is asked by reading it back."""
    plain = Format("plain", (), FORMATS["native"].reads, f"{__name__}:to_plain")
    monkeypatch.setitem(FORMATS, "plain", plain)
    monkeypatch.setattr("redline.formats.losses.function", lambda place: to_plain)
    monkeypatch.setattr("redline.formats.losses.written", lambda each, _: to_plain(each))
    found = redline.losses(redline.parse("One.\n\nA ~~line~~ ^{row} of ships."), "plain")
    assert [(loss.what, loss.count, loss.where) for loss in found] == [
        ("words of the draft", 1, None),
        ("revisions", 1, 3),
    ]


def test_ends_of_paragraphs_and_emphasis_are_told() -> None:
    document = redline.loads("One *end*.{--\n\n--} Two.", "criticmarkup")
    found = {loss.what for loss in redline.losses(document, "smithsonian")}
    assert {"ends of paragraphs of the final", "emphasis", "revisions"} <= found


def to_plain(document: redline.Document) -> str:
    return document.reading("final").text


def test_sentences() -> None:
    rows = [Loss("hands", 2, 7, "it has none"), Loss("pages", 1, 3, "it has none"),
            Loss("notes", 1, None, "it has none")]
    assert list(sentences(rows, "critic")) == [
        "critic leaves out hands (2, the first at line 7): it has none",
        "critic leaves out pages (1, at line 3): it has none",
        "critic leaves out notes (1): it has none",
    ]
    assert "and 2 more kinds of loss" in str(refused(rows, "critic", "memo.txt"))
    assert "and 1 more kind of loss" in str(refused(rows[:2], "critic", "memo.txt"))


def test_a_format_that_is_not_written_is_named() -> None:
    with pytest.raises(FormatError, match="no format 'tie'; did you mean 'tei'"):
        redline.losses(redline.parse("a"), "tie")


def test_bytes_and_text(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Format("box", (".box",), f"{__name__}:from_box", f"{__name__}:to_box", binary=True)
    monkeypatch.setitem(FORMATS, "box", row)
    document = redline.parse("a ~~b~~ c")
    ours = {row.reads: from_box, row.writes: to_box}
    monkeypatch.setattr("redline.formats.function", lambda at: ours.get(at) or function(at))
    assert redline.dumps(document, "box") == b"BOX a c"  # type: ignore[comparison-overlap]
    assert redline.loads(b"BOX a c", "box").text == "<bytes> a c"
    assert redline.loads(b"a ~~b~~ c", "native").text == "a b c"
    with pytest.raises(FormatError, match="box is bytes, not text"):
        redline.loads("BOX", "box")


def from_box(data: bytes, name: str) -> redline.Document:
    return redline.parse(name + data.decode().removeprefix("BOX"))


def to_box(document: redline.Document) -> bytes:
    return b"BOX " + document.reading("final").text.encode()
