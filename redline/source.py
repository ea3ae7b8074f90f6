"""The transcription exactly as read, and where its characters stand.

Nothing in redline changes a `Source`. Offsets are code points into `Source.text`, half-open;
lines and columns are counted from 1, as editors count them.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

__all__ = ["EncodingFault", "Source", "decode"]

#: What ends a line: CR LF, LF or CR. A form feed ends one too, and a page with it.
LINE_END = re.compile(r"\r\n|[\n\r\f]")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class EncodingFault(ValueError):
    """Bytes that are not the encoding they were read as: `offset` is the first bad byte."""

    def __init__(self, encoding: str, offset: int, reason: str) -> None:
        super().__init__(f"not {encoding} at byte {offset}: {reason}")
        self.encoding = encoding
        self.offset = offset
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """A text with its name and the encoding its bytes had.

    `encoding` names the codec that gives the bytes back: a byte order mark is kept as
    ``utf-8-sig`` (or in `bom` for UTF-16 and UTF-32), never in `text`, so offsets do not
    depend on it.
    """

    text: str
    name: str = "<string>"
    encoding: str = "utf-8"
    bom: bytes = field(default=b"", repr=False)

    @cached_property
    def data(self) -> bytes:
        """The bytes it was read from (lone surrogates of a `str` pass as they are)."""
        return self.bom + self.text.encode(self.encoding, "surrogatepass")

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def line_starts(self) -> array[int]:
        """Offsets at which lines begin, ascending; the first is 0."""
        starts = array("q", [0])
        if "\r" not in self.text and "\f" not in self.text:
            lengths = map(len, self.text.split("\n"))
            starts.extend(accumulate(length + 1 for length in lengths))
            starts.pop()
            return starts
        starts.extend(m.end() for m in LINE_END.finditer(self.text))
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a code-point offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def excerpt(self, start: int, end: int, width: int = 72) -> str:
        """The line `start` stands in, with carets under the range: two lines of text."""
        line = self.position(start)[0]
        first = self.line_starts[line - 1]
        match = LINE_END.search(self.text, first)
        last = match.start() if match else len(self.text)
        left = max(first, min(start - width // 3, last - width))
        right = min(last, left + width)
        lead = "…" if left > first else ""
        shown = self.text[left:right].replace("\t", " ")
        carets = "^" * max(1, min(end, right) - start)
        tail = "…" if right < last else ""
        return f"{lead}{shown}{tail}\n{' ' * (len(lead) + start - left)}{carets}"


def decode(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Read bytes as text, keeping all that is needed to give the same bytes back.

    A byte order mark decides; else `encoding`, else UTF-8. Raises `EncodingFault` with the
    offset of the first byte that does not fit, and `LookupError` for an unknown encoding.
    """
    for bom, named in _BOMS:
        if data.startswith(bom) and encoding is None:
            encoding = named
            break
    encoding = encoding or "utf-8"
    bom = b""
    if encoding in ("utf-16", "utf-32"):
        bom, encoding, data = _split_bom(data, encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise EncodingFault(encoding, fault.start + len(bom), fault.reason) from None
    source = Source(text, name, encoding, bom)
    if source.data != bom + data:
        # Some codecs read several byte forms as one character; then the bytes are kept whole.
        source.__dict__["data"] = bom + data
    return source


def _split_bom(data: bytes, encoding: str) -> tuple[bytes, str, bytes]:
    for bom, named in _BOMS:
        if named == encoding and data.startswith(bom):
            order = "le" if bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else "be"
            return bom, f"{encoding}-{order}", data[len(bom) :]
    return b"", f"{encoding}-le", data
