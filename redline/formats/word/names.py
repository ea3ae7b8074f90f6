"""Names that the reader and the writer of Word files share: one table for each kind of thing."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = [
    "ASIDE",
    "ASIDE_COMMENT",
    "AUTHOR",
    "CHARACTER_STYLES",
    "EDGES",
    "HEADINGS",
    "MARGIN",
    "NAMESPACE",
    "PARAGRAPH_STYLES",
    "STAGES_PROPERTY",
    "WITHIN",
    "CharacterStyle",
    "ParagraphStyle",
]

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: The author of what no hand is named for.
AUTHOR = "redline"
#: A comment of `AUTHOR` that begins so is a stamp, a code or other furniture that stands on the
#: page beside its text: what it is, then its words.
ASIDE = "[{}] "
#: So do the banners of a page that begins within a paragraph: Word's headers cannot have them.
EDGES = {"page-top": "header", "page-bottom": "footer"}
MARGIN = "margin"  # and one that begins so is a note of the paper, in its margin
ASIDE_COMMENT = re.compile(r"\[([a-z]{3,}(?:-[a-z]+)*)\] (.+)", re.DOTALL)
#: What is added to the author of a change that stands in a change of the opposite kind by the
#: same author: LibreOffice forgets both where an author deletes what he inserted.
WITHIN = " (within)"
#: The custom property that says which date is which stage.
STAGES_PROPERTY = "redline stages"
#: Word has nine levels of headings.
HEADINGS = 9


class ParagraphStyle(NamedTuple):
    """A style of paragraphs: the kind of block it is, its id and name, its properties."""

    kind: str
    id: str
    name: str
    paragraph: str
    run: str = ""


class CharacterStyle(NamedTuple):
    """A kind of span: the id and name of its style (none for what Word has a switch for), and
    the properties of its runs."""

    kind: str
    id: str
    name: str
    run: str


PARAGRAPH_STYLES = {
    row.kind: row
    for row in (
        ParagraphStyle("list-item", "ListParagraph", "List Paragraph",
                       '<w:spacing w:after="60"/><w:ind w:left="720"/><w:contextualSpacing/>'),
        ParagraphStyle("letterhead", "Letterhead", "Letterhead",
                       '<w:spacing w:after="60"/><w:jc w:val="center"/>', "<w:b/>"),
        ParagraphStyle("header", "PaperLine", "Paper Line", '<w:spacing w:after="60"/>'),
        ParagraphStyle("code", "CodeBlock", "Code Block", '<w:spacing w:after="120"/>',
                       '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
                       '<w:sz w:val="20"/>'),
    )
}
CHARACTER_STYLES = {
    row.kind: row
    for row in (
        CharacterStyle("bold", "", "", "<w:b/>"),
        CharacterStyle("italic", "", "", "<w:i/>"),
        CharacterStyle("bold-italic", "", "", "<w:b/><w:i/>"),
        CharacterStyle("superscript", "", "", '<w:vertAlign w:val="superscript"/>'),
        CharacterStyle("code", "CodeCharacters", "Code Characters",
                       '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" '
                       'w:cs="Courier New"/>'),
        CharacterStyle("math", "Formula", "Formula", "<w:i/>"),
        CharacterStyle("unclear", "Unclear", "Unclear", '<w:color w:val="7F7F7F"/>'),
        CharacterStyle("gap", "Gap", "Gap", '<w:color w:val="7F7F7F"/>'),
        CharacterStyle("hand", "ByHand", "By Hand",
                       '<w:rFonts w:ascii="Segoe Script" w:hAnsi="Segoe Script"/>'),
    )
}
