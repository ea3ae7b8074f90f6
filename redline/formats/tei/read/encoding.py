"""The encoding of an XML file: what it declares, and what its bytes are."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import NamedTuple

from redline.diagnostics import diagnose
from redline.model import Document

__all__ = ["Declared", "declared"]

_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
}
#: Codecs of Python that no XML is in: some of them carry out what the text says.
_NO_XML = frozenset({"unicode-escape", "raw-unicode-escape", "utf-7", "punycode", "idna"})


class Declared(NamedTuple):
    """The encoding to read with (None: a byte order mark says, or UTF-8), and where the
    declaration is wrong, what it says."""

    encoding: str | None
    wrong: str = ""

    def told(self, document: Document) -> Document:
        """The document with the finding that its declaration is wrong."""
        if not self.wrong:
            return document
        at = document.source.text.find(self.wrong)
        found = diagnose(document.source, "tei-encoding", at, at + len(self.wrong), self.wrong)
        return replace(document, diagnostics=(found, *document.diagnostics))


def declared(data: bytes) -> Declared:
    """What encoding these bytes of an XML file are in."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), None)
    if mark is not None:
        head = data[len(mark) : 1026].decode(_MARKS[mark], "replace")
        match = _DECLARATION.match(head.encode("ascii", "replace"))
        name = match[1].decode("ascii") if match else ""
        agrees = not name or (_codec(name) or "").startswith(_MARKS[mark][:6])
        return Declared(None, "" if agrees else name)
    if data.startswith(b"<\0"):
        return Declared("utf-16-le")
    if data.startswith(b"\0<"):
        return Declared("utf-16-be")
    match = _DECLARATION.match(data[:1024])
    if match is None:
        return Declared(None)
    name = match[1].decode("ascii")
    codec = _codec(name)
    if codec is None:
        return Declared(None, name)
    if codec == "utf-8" or data.isascii():
        # The declaration itself was read as ASCII: it is not in two bytes a character.
        return Declared(None, name if codec.startswith(("utf-16", "utf-32")) else "")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return Declared(codec)
    return Declared(None, name)


def _codec(name: str) -> str | None:
    """What Python calls an encoding; None for one that XML does not have."""
    try:
        codec = codecs.lookup(name)
        "".encode(name)  # a codec that makes bytes of bytes says so
    except LookupError:
        return None
    return None if codec.name in _NO_XML else codec.name
