"""Edited notation: what nobody touched stays, and what cannot be said is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import redline
from redline import edit
from redline.diagnostics import FormatError, VerifyError
from redline.model import Document, Hand, Stage

Change = Callable[[Document], Document]


def struck(first: str, last: str) -> Change:
    return lambda d: edit.delete(d, d.text.index(first), d.text.index(last) + len(last)).document


@pytest.mark.parametrize(
    ("text", "change", "written"),
    [
        (
            "^{is}{hand=B} grain instruc-\ntions.\n",
            lambda d: edit.mark_unclear(d, 10, 16).document,
            "^{is}{hand=B} grain i[nstruc?]tions.\n",
        ),
        (
            "One.\r\n~~all gone~~{hand=A}\r\n\r\n~~all gone~~{hand=A}\r\n\r\n",
            lambda d: d.reject("r1"),
            "One.\r\nall gone\r\n\r\n~~all gone~~{hand=A}\r\n\r\n",
        ),
        (
            "grain The ^{new} end.\n",
            lambda d: edit.replace(d, 6, 9, "W").document,
            "grain ~~The~~{id=r2}^{W}{id=r2} ^{new}{id=r1} end.\n",
        ),
        (
            "in~~ner~~text word.\n",
            lambda d: edit.replace(d, 5, 9, "two").document,
            "in~~ner~~{id=r1}~~text~~{id=r2}^{two}{id=r2} word.\n",
        ),
        (
            "One two three four.\n",
            lambda d: edit.move(d, 4, 8, 14).document,
            "One ~~two~~{id=r1 kind=transposition} three ^{two}{id=r1 kind=transposition} four.\n",
        ),
        (
            "The grain leave~~, we hear,~~ in April.\n",
            struck("The", "April."),
            "~~The grain leave~~{id=r2}~~, we hear,~~ ~~in April.~~{id=r2}\n",
        ),
        (
            "The ~~old~~ pier.\n",
            lambda d: edit.set_certainty(d, "low", "r1").document,
            "The ~~old~~{cert=low} pier.\n",
        ),
        (
            "The ~~old~~ pier.\n",
            lambda d: edit.set_hand(
                edit.add_hand(d, Hand("hand_1", "a clerk")), "hand_1", "r1"
            ).document,
            "The ~~old~~{hand=hand_1} pier.\n",
        ),
    ],
)
def test_what_is_written(text: str, change: Change, written: str) -> None:
    document = change(redline.parse(text))
    assert redline.dumps(document, "native") == written


@pytest.mark.parametrize(
    ("text", "change", "told"),
    [
        ("The grain\n", lambda d: edit.delete(d, 3, 4).document, "'The grain' for 'Thegrain'"),
        ("grain\n", lambda d: edit.insert(d, 3, "early ").document, "the draft would have"),
        (
            "The ~~old~~ pier.\n",
            lambda d: edit.set_stage(edit.add_stage(d, Stage("S 2", "second")), "S 2", "r1")[0],
            "cannot say 'S 2', the stage of r1",
        ),
    ],
)
def test_what_cannot_be_said(text: str, change: Change, told: str) -> None:
    with pytest.raises(FormatError, match="the native notation cannot say"):
        redline.dumps(change(redline.parse(text)), "native")
    with pytest.raises(FormatError, match=told):
        redline.dumps(change(redline.parse(text)), "native")


def test_verify_sees_stages_that_are_not_said(tmp_path: Path) -> None:
    undone = redline.read("tests/tei_in/restore.xml")
    target = tmp_path / "x.txt"
    redline.write(undone, target)
    with pytest.raises(VerifyError, match="it has no stage"):
        redline.write(undone, target, verify=True)
    said = redline.read("tests/tei_in/add-in-del.xml")
    redline.write(said, target, verify=True)
    assert redline.read(target).reading("ink").text == said.reading("ink").text


def test_a_mark_of_the_byte_order_is_no_text(tmp_path: Path) -> None:
    paper, target = tmp_path / "p.txt", tmp_path / "o.txt"
    paper.write_bytes("The ~~old~~ pier.\n".encode("utf-16"))
    redline.write(redline.read(paper).accept("r1"), target, verify=True)
    assert target.read_bytes() == "The pier.\n".encode("utf-16")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "o.txt"
    target.write_text("old")
    target.chmod(0o640)
    redline.write(redline.parse("new\n"), target, format="native")
    assert target.read_text() == "new\n"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]
