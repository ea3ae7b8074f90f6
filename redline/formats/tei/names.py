"""What each thing of a document is called in TEI: tables, one row a thing.

Attributes are written as they stand in the file, with the space before them.
"""

from __future__ import annotations

from typing import NamedTuple

from redline.markings.omissions import read_omission
from redline.spans import ADDITION, DELETION

__all__ = [
    "ACTS",
    "APPARATUS",
    "BLOCKS",
    "BOXES",
    "COMPARED",
    "COMPARISON",
    "GAP_REASONS",
    "INLINE",
    "LEAVES",
    "MARKING",
    "MARKING_STAGES",
    "MOVED",
    "NOTES",
    "NO_WORDS",
    "OTHER_HAND",
    "POINTS",
    "REVISIONS",
    "ROLES",
    "SEGMENTS",
    "UNMARKED",
    "VARIANT",
    "Apparatus",
    "Element",
    "camel",
    "gap_attributes",
]


class Element(NamedTuple):
    """An element: its name and its attributes."""

    name: str
    attributes: str = ""

    @property
    def start(self) -> str:
        """The start tag."""
        return f"<{self.name}{self.attributes}>"

    @property
    def end(self) -> str:
        """The end tag."""
        return f"</{self.name}>"


#: The deleted and added parts of a revision. Where the notation strikes, so does the element.
REVISIONS = {
    DELETION: Element("del", ' rend="strikethrough"'),
    ADDITION: Element("add"),
}

#: The same in a comparison of two texts: nothing was struck there.
COMPARED = {DELETION: Element("del"), ADDITION: Element("add")}
#: What the `format` of such a document is, and the `xml:id`s of the kinds of its variants.
COMPARISON = "comparison"
VARIANT = "variant-{}"

#: The kind of act, and the `cause`, of words that are struck in one place and added in another.
MOVED = "transposition"

#: The `xml:id` of the hand of `[hw: …]`: nobody knows whose.
OTHER_HAND = "hand-other"

#: A marking in the running text (`SEGMENTS`): a span that only the writer of TEI knows.
MARKING = "marking"

#: Spans whose text is read. In `code`, `gap` and `formula` only text may stand (`LEAVES`): with a
#: break or a mark in it, the span becomes a `seg` of that type.
INLINE = {
    "bold": Element("hi", ' rend="bold"'),
    "italic": Element("hi", ' rend="italic"'),
    "bold-italic": Element("hi", ' rend="bold italic"'),
    "superscript": Element("hi", ' rend="superscript"'),
    "unclear": Element("unclear"),
    "hand": Element("seg", f' hand="#{OTHER_HAND}"'),
    "supplied": Element("supplied"),
    "code": Element("code"),
    "math": Element("formula", ' notation="TeX"'),
    "gap": Element("gap"),
    MARKING: Element("seg"),
}
LEAVES = {
    "code": Element("seg", ' type="code"'),
    "math": Element("seg", ' type="formula"'),
    "gap": Element("seg", ' type="gap"'),
}

#: Line breaks. One that gives no space says so, and says which hyphen went with it.
POINTS = {
    "lb": "<lb/>",
    "lb-no": '<lb break="no"/>',
    "lb-maybe": '<lb break="maybe"/>',
}

#: Blocks, by kind: each is one leaf block of the file.
BLOCKS = {
    "paragraph": Element("p"),
    "heading": Element("head"),
    "list-item": Element("item"),
    "table": Element("cell"),
    "letterhead": Element("ab", ' type="letterhead"'),
    "header": Element("ab", ' type="header"'),
    "code": Element("ab", ' type="code" xml:space="preserve"'),
}
#: The attribute that says what a block is for, where its element has one.
ROLES = {"head": "type", "ab": "subtype"}


#: Elements that hold others, and no words beside them.
NO_WORDS = frozenset({
    *("text", "body", "front", "back", "div", "list", "table", "row", "lg", "sp", "figure"),
    *("choice", "app", "rdgGrp", "subst", "listTranspose", "sourceDoc", "surface", "surfaceGrp"),
})


class Apparatus(NamedTuple):
    """Furniture or a marking: the element, its type, what stands in it, the stage it is of."""

    element: str
    type: str
    inner: str | None = None  # the type of a `stamp` within, or in its place (`element` "stamp")
    stage: str | None = None
    place: str | None = None  # when the document knows none
    inside: str = ""  # attributes of `inner`


#: Furniture and markings by kind; any other kind is a `fw` of that type.
APPARATUS = {
    "banner": Apparatus("fw", "banner"),
    "release": Apparatus("fw", "release", "release", "release"),
    "stamp": Apparatus("stamp", "review", None, "review"),
    "form": Apparatus("note", "form", None, "review"),
    "exemption": Apparatus("note", "exemption", None, "release", "margin"),
    "page-number": Apparatus("fw", "pageNum"),
}

#: The stage that an act on a banner belongs to.
MARKING_STAGES = {
    "downgrade": "regrade",
    "upgrade": "regrade",
    "cancelled": "regrade",
    "added": "regrade",
}

#: Acts on the classification of a paper: what they are called, and what that means.
ACTS = {
    "classified": ("classification", "the paper was given its level"),
    "added": ("addition", "a level was put on the paper later"),
    "upgrade": ("upgrade", "the level was raised"),
    "downgrade": ("downgrade", "the level was lowered"),
    "cancelled": ("cancellation", "the level was struck and none put in its place"),
    "reviewed": ("review", "the paper was reviewed"),
    "declassified": ("declassification", "the paper was declassified"),
    "released": ("release", "the paper was released"),
}

#: Check boxes, by whether they are ticked.
BOXES = {True: ("checked", "a check box that is ticked"), False: ("open", "an empty check box")}

#: Markings that stand in the running text and are read with it: attributes of their `seg`.
SEGMENTS = {
    "portion": ' type="portion"',
    "line": ' type="marking" subtype="line"',
    "schedule": ' type="marking" subtype="schedule"',
    "control": ' type="marking" subtype="control"',
}

#: Fields of a marking that are its plain words, or a conclusion from several of them.
UNMARKED = frozenset({"wording", "extent", "decision", "code"})
_CAMEL = {"document_no": "docNo"}


def camel(name: str) -> str:
    """The name of a field as TEI writes such values.

    >>> camel("next_review"), camel("document_no")
    ('nextReview', 'docNo')
    """
    first, *others = name.split("_")
    return _CAMEL.get(name) or first + "".join(each.title() for each in others)


#: Notes by kind; any other kind is a note of that type.
NOTES = {
    "footnote": Element("note"),
    "margin": Element("note", ' place="margin"'),
    "editorial": Element("note", ' type="editorial"'),
    "stamp": Element("stamp"),
}

#: Why text is missing, by the kind of omission that the brackets tell of.
GAP_REASONS = {
    "withheld": "redacted",
    "illegible": "illegible",
    "damage": "damage",
    "missing": "missing",
}


def gap_attributes(words: str) -> str:
    """The attributes of the gap that `words`, with their brackets, tell of.

    >>> gap_attributes("[less than 1 line not declassified]")
    ' reason="redacted" unit="line" atMost="1"'
    """
    told = read_omission(words)
    reason = GAP_REASONS.get(told.kind, "omitted") if told is not None else "omitted"
    if told is None or told.quantity is None:
        return f' reason="{reason}"'
    measure = "atMost" if told.at_most else "quantity"
    return f' reason="{reason}" unit="{told.unit}" {measure}="{told.quantity:g}"'
