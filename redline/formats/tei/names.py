"""What each thing of a document is called in TEI: tables, one row a thing.

Attributes are written as they stand in the file, with the space before them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.spans import ADDITION, DELETION

__all__ = [
    "APPARATUS",
    "BLOCKS",
    "GAP_REASONS",
    "INLINE",
    "LEAVES",
    "MARKING_STAGES",
    "NOTES",
    "OTHER_HAND",
    "POINTS",
    "REVISIONS",
    "ROLES",
    "Apparatus",
    "Element",
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

#: The `xml:id` of the hand of `[hw: …]`: nobody knows whose.
OTHER_HAND = "hand-other"

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


class Apparatus(NamedTuple):
    """Furniture or a marking: the element, its type, what stands in it, the stage it is of."""

    element: str
    type: str
    inner: str | None = None  # the type of a `stamp` within, or in its place (`element` "stamp")
    stage: str | None = None
    place: str | None = None  # when the document knows none


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

#: Notes by kind; any other kind is a note of that type.
NOTES = {
    "footnote": Element("note"),
    "margin": Element("note", ' place="margin"'),
    "editorial": Element("note", ' type="editorial"'),
    "stamp": Element("stamp"),
}

#: What is missing, by the words in the brackets, and why.
GAP_REASONS = (
    ("illegible", "illegible"),
    ("redacted", "redacted"),
    ("declassified", "redacted"),
    ("excised", "redacted"),
    ("torn", "damage"),
    ("missing", "missing"),
)
_NUMBERS = {
    word: str(n) for n, word in enumerate("zero one two three four five six".split())
}
_AMOUNT = re.compile(
    r"\[(?P<less>less than )?(?P<n>\d+|one|two|three|four|five|six) (?P<unit>[a-z]+?)s? ",
    re.IGNORECASE,
)


def gap_attributes(words: str) -> str:
    """The attributes of the gap that `words`, with their brackets, tell of.

    >>> gap_attributes("[less than 1 line not declassified]")
    ' reason="redacted" unit="line" atMost="1"'
    """
    low = words.lower()
    reason = next((reason for stem, reason in GAP_REASONS if stem in low), "omitted")
    amount = _AMOUNT.match(low)
    if amount is None:
        return f' reason="{reason}"'
    number = _NUMBERS.get(amount["n"], amount["n"])
    measure = "atMost" if amount["less"] else "quantity"
    return f' reason="{reason}" unit="{amount["unit"]}" {measure}="{number}"'
