"""CriticMarkup: `{++added++}`, `{--deleted--}`, `{~~old~>new~~}`, `{==marked==}`, `{>>said<<}`."""

from __future__ import annotations

import re

from redline.formats.notations.marks import Dialect, Mark, read_events
from redline.formats.notations.signs import Signs
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["CRITIC", "from_critic", "to_critic"]

CRITIC = Dialect(
    "criticmarkup",
    (
        Mark("add", "{++", "++}"),
        Mark("del", "{--", "--}"),
        Mark("sub", "{~~", "~~}", middle="~>"),
        Mark("hi", "{==", "==}", "bold"),
        Mark("note", "{>>", "<<}", "editorial"),
    ),
    markdown=True,
    remark=r"(?P<sign>\+\+|--)[ \t]*\[(?P<words>[^\[\]{}\r\n]*)\][ \t]*\}",
)


def from_critic(source: Source) -> Document:
    """Read Markdown with CriticMarkup. Any text is a document; faults are diagnostics."""
    events, findings = read_events(source.text, CRITIC)
    return translate(source, lambda: events, CRITIC.name, markdown=True, findings=findings)


_LOOKALIKE = re.compile(r"\{(?=\+\+|--|~~|==|>>)")


def _escaped(words: str) -> str:
    return _LOOKALIKE.sub(r"\\{", words)


_SIGNS = Signs(
    {
        DELETION: ("{--", "--}"),
        ADDITION: ("{++", "++}"),
        "italic": ("*", "*"),
        "bold": ("**", "**"),
        "bold-italic": ("***", "***"),
        "hand": ("[hw: ", "]"),
    },
    sub=("{~~", "~>", "~~}"),
    note="{{>>margin: {}<<}}",
    escape=_escaped,
    markdown=True,
    paragraphs=True,
)


def to_critic(document: Document) -> str:
    """The document as Markdown with CriticMarkup: accepted it is `final`, rejected `draft`.

    A document that was read from CriticMarkup, and not edited, is its source.
    """
    if document.format == CRITIC.name and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)
