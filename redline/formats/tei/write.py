"""A document as a TEI file."""

from __future__ import annotations

from redline.collector import paused
from redline.facts import facts_of
from redline.formats.tei.body import write_body
from redline.formats.tei.header import write_header
from redline.formats.tei.keep import kept
from redline.formats.tei.paper import Paper
from redline.model import Document

__all__ = ["to_tei"]

_RNG = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
#: What oXygen and others look at to find the schemas; the RNG file carries the Schematron too.
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="{_RNG}" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
<?xml-model href="{_RNG}" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
"""


def to_tei(document: Document) -> str:
    """The document as TEI P5, valid by tei_all 4.3.0 and later.

    Each leaf block of the document is one leaf block element. Dropping every `del` (or every
    `add`), and `fw note stamp` with them, leaves exactly its final reading (or its draft).
    Never raises: what XML cannot hold is written as U+FFFD.
    """
    with paused():
        if document.format == "tei":
            text = kept(document)
            if text is not None:
                return text
        facts = facts_of(document)
        paper = Paper(document, facts)
        body = write_body(paper)
        header = write_header(document, facts, paper.pointers, body)
        return "".join(
            [
                _HEAD,
                *header,
                *paper.facsimile.lines(),
                "  <text>\n    <body>\n",
                *body,
                "    </body>\n  </text>\n</TEI>\n",
            ]
        )
