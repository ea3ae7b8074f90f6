"""What is wrong, line by line: both checkers must say so where `wrong` stands, nowhere else."""

from __future__ import annotations

import redline
from redline import edit

doc = redline.parse("The ~~old~~ ^{new} pier.")


def misuse() -> None:
    redline.parse(b"The pier.")  # wrong: bytes
    redline.read(3)  # wrong: no path
    redline.dumps("The pier.", "tei")  # wrong: text, no document
    redline.collate(["a", 3])  # wrong: no witness
    doc.reading(1)  # wrong: no stage
    doc.accept(1)  # wrong: an id is text
    doc.accept(page="1")  # wrong: a page is a number
    doc.text = "The pier."  # wrong: documents do not change
    doc.revisions[0].kind = "addition"  # wrong: nor do revisions
    doc.markings[0].fields["date"] = "1951"  # wrong: nor what they say
    edit.insert(doc, "pier", "x")  # wrong: no offset
    edit.insert(doc, 4, "x", side="left")  # wrong: no side
    edit.set_certainty(doc, "certain", "r1")  # wrong: no certainty
    edit.insert(doc, 4, "x").reading("final")  # wrong: it is a pair
    redline.compare("a", None)  # wrong: nothing
    redline.prase("a")  # wrong: no such name
