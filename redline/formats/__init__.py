"""The formats: which there are, which suffixes tell them, and what reads and writes each.

A format is a row of `FORMATS`. Its reader and its writer are named, and imported when they
are first used: nobody who reads a transcription pays for an XML library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Literal, NamedTuple

from redline.diagnostics import FormatError
from redline.model import Document
from redline.source import Source

__all__ = [
    "AUTO",
    "FORMATS",
    "Format",
    "Ins",
    "by_suffix",
    "dumps",
    "find",
    "function",
    "listed",
    "load_bytes",
    "load_source",
    "loads",
    "meaning",
    "readable",
    "writable",
    "written",
]


class Format(NamedTuple):
    """A row of the table: the suffixes that tell it, and ``module:function`` for each way.

    `reads` takes a `Source`, `writes` gives a text. What `keeps_bytes` is written in the
    encoding its source had; everything else is UTF-8. A `binary` format is no text: it is read
    from bytes and the name they go by, and written as bytes. `losses` takes a document and gives
    a list of `redline.formats.losses.Loss`: what would not be in the file. `xml` declares its own
    encoding. `underlined` names the format that it is where insertions are told by underlines
    (`Ins`); that one is not listed, and `of` is the format it is a kind of.
    """

    name: str
    suffixes: tuple[str, ...]
    reads: str | None
    writes: str | None
    keeps_bytes: bool = False
    binary: bool = False
    losses: str | None = None
    xml: bool = False
    underlined: str | None = None
    of: str | None = None


#: What `<ins>` and `\uline` are: an insertion, or words with a line below.
Ins = Literal["addition", "underline"]
#: Stands for a format where its marks shall tell it.
AUTO = "auto"

#: Every format by name, in alphabetical order.
FORMATS = {
    row.name: row
    for row in (
        Format("alto", (), "redline.formats.recognition:from_alto", None, xml=True),
        Format(
            "bentham",
            (),
            "redline.formats.notations.elements:from_bentham",
            "redline.formats.notations.elements:to_bentham",
        ),
        Format(
            "criticmarkup",
            (".critic",),
            "redline.formats.notations.critic:from_critic",
            "redline.formats.notations.critic:to_critic",
        ),
        Format(
            "docx",
            (".docx", ".docm", ".dotx"),
            "redline.formats.word:from_docx",
            "redline.formats.word:to_docx",
            binary=True,
            losses="redline.formats.word:losses",
        ),
        Format(
            "fromthepage",
            (),
            "redline.formats.notations.elements:from_fromthepage",
            "redline.formats.notations.elements:to_fromthepage",
        ),
        Format(
            "gfm",
            (),
            "redline.formats.notations.gfm:from_gfm",
            "redline.formats.notations.gfm:to_gfm",
            underlined="gfm-underlined",
        ),
        Format(
            "gfm-underlined",
            (),
            "redline.formats.notations.gfm:from_gfm_underlined",
            "redline.formats.notations.gfm:to_gfm_underlined",
            of="gfm",
        ),
        Format(
            "git-porcelain",
            (),
            "redline.formats.notations.diffs:from_git_porcelain",
            "redline.formats.notations.diffs:to_git_porcelain",
        ),
        Format(
            "git-word-diff",
            (),
            "redline.formats.notations.diffs:from_git_word_diff",
            "redline.formats.notations.diffs:to_git_word_diff",
        ),
        Format("html", (".html", ".htm"), None, "redline.formats.html:to_html"),
        Format(
            "html-fragment",
            (),
            "redline.formats.html.read:from_fragment",
            "redline.formats.html.fragment:to_fragment",
        ),
        Format(
            "json",
            (".json",),
            "redline.formats:_from_record",
            "redline.formats.record:to_json",
            losses="redline.formats.losses:none_in_json",
        ),
        Format(
            "jsp",
            (),
            "redline.formats.notations.jsp:from_jsp",
            "redline.formats.notations.jsp:to_jsp",
        ),
        Format(
            "latex",
            (".tex",),
            "redline.formats.notations.latex:from_latex",
            "redline.formats.notations.latex:to_latex",
            underlined="latex-underlined",
        ),
        Format(
            "latex-underlined",
            (),
            "redline.formats.notations.latex:from_latex_underlined",
            "redline.formats.notations.latex:to_latex_underlined",
            of="latex",
        ),
        Format(
            "leiden",
            (),
            "redline.formats.notations.leiden:from_leiden",
            "redline.formats.notations.leiden:to_leiden",
        ),
        Format(
            "loc",
            (),
            "redline.formats.notations.brackets:from_loc",
            "redline.formats.notations.brackets:to_loc",
        ),
        Format(
            "mediawiki",
            (".wiki", ".mediawiki"),
            "redline.formats.notations.mediawiki:from_mediawiki",
            "redline.formats.notations.mediawiki:to_mediawiki",
            underlined="mediawiki-underlined",
        ),
        Format(
            "mediawiki-underlined",
            (),
            "redline.formats.notations.mediawiki:from_mediawiki_underlined",
            "redline.formats.notations.mediawiki:to_mediawiki_underlined",
            of="mediawiki",
        ),
        Format(
            "native",
            (".txt", ".md"),
            "redline.notation.native:parse_source",
            "redline.formats.notations.write:in_native",
            keeps_bytes=True,
        ),
        Format("page", (), "redline.formats.recognition:from_page", None, xml=True),
        Format(
            "pandoc",
            (),
            "redline.formats.notations.pandoc:from_pandoc",
            "redline.formats.notations.pandoc:to_pandoc",
        ),
        Format(
            "shakespeares-world",
            (),
            "redline.formats.notations.elements:from_shakespeares_world",
            "redline.formats.notations.elements:to_shakespeares_world",
        ),
        Format(
            "smithsonian",
            (),
            "redline.formats.notations.brackets:from_smithsonian",
            "redline.formats.notations.brackets:to_smithsonian",
        ),
        Format(
            "tei",
            (".xml", ".tei"),
            "redline.formats.tei:from_tei",
            "redline.formats.tei:to_tei",
            losses="redline.formats.losses:none_in_xml",
            xml=True,
        ),
        Format(
            "wdiff",
            (".wdiff",),
            "redline.formats.notations.diffs:from_wdiff",
            "redline.formats.notations.diffs:to_wdiff",
        ),
        Format(
            "zooniverse",
            (),
            "redline.formats.notations.brackets:from_zooniverse",
            "redline.formats.notations.brackets:to_zooniverse",
        ),
    )
}
#: How much of a name stands for it.
_LEAST = 4
_BY_SUFFIX = {suffix: row.name for row in FORMATS.values() for suffix in row.suffixes}


def readable() -> list[str]:
    """The names of the formats that are read."""
    return [row.name for row in FORMATS.values() if row.reads and row.of is None]


def writable() -> list[str]:
    """The names of the formats that are written."""
    return [row.name for row in FORMATS.values() if row.writes and row.of is None]


def listed(names: Sequence[str], last: str = "or") -> str:
    """Names as a sentence has them: ``json, native or tei``."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def find(name: str) -> Format:
    """The row of a format: by its name, or by the beginning that no other has (``critic``).

    Raises `FormatError` with the names that there are.
    """
    row = FORMATS.get(name.lower())
    if row is None and len(name) >= _LEAST:
        begun = [each for each, row in FORMATS.items() if each.startswith(name.lower())]
        begun = [each for each in begun if FORMATS[each].of not in begun]
        row = FORMATS[begun[0]] if len(begun) == 1 else None
    if row is None:
        from difflib import get_close_matches

        close = get_close_matches(name.lower(), FORMATS, 1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        known = ", ".join(each for each, row in FORMATS.items() if row.of is None)
        raise FormatError(f"no format {name!r}; {hint}redline has {known}")
    return row


def meaning(name: str, ins: Ins) -> str:
    """The name of the format in which `<ins>` means this.

    Raises `FormatError` for a format that it cannot mean anything else in.
    """
    row = find(name)
    if ins == "addition" or row.of is not None:
        return row.name
    if row.underlined is None:
        others = [each.name for each in FORMATS.values() if each.underlined]
        raise FormatError(f"{row.name} does not underline with <ins>; {listed(others, 'and')} may")
    return row.underlined


def by_suffix(path: str) -> str | None:
    """The name of the format that a file's suffix tells, None for a suffix of no format."""
    dot = path.rfind(".")
    return _BY_SUFFIX.get(path[dot:].lower()) if dot >= 0 else None


def loads(
    data: str | bytes, format: str, *, name: str | None = None, ins: Ins = "addition"
) -> Document:
    """Read text, or the bytes of a binary format; `name` is what it is called in messages."""
    row = find(meaning(format, ins))
    if isinstance(data, bytes):
        return load_bytes(data, name or "<bytes>", row.name)
    if row.binary:
        raise FormatError(f"{row.name} is bytes, not text; open the file with redline.read")
    source = Source(data) if name is None else Source(data, name)
    return load_source(source, row.name)


def load_source(source: Source, format: str) -> Document:
    """Read a source in a named format. Raises `FormatError` for one that cannot be read."""
    document: Document = _reader(find(format), source.name)(source)
    return document


def load_bytes(data: bytes, name: str, format: str) -> Document:
    """Read bytes: those of a binary format, or of a text in UTF-8 or with a byte order mark."""
    row = find(format)
    if not row.binary:
        from redline.formats.files import decode_bytes

        return load_source(decode_bytes(data, name), row.name)
    document: Document = _reader(row, name)(data, name)
    return document


def _reader(row: Format, name: str) -> Callable[..., Document]:
    if row.reads is None:
        raise FormatError(
            f"{name}: redline writes {row.name} and does not read it; "
            f"it reads {', '.join(readable())}"
        )
    return function(row.reads)


def dumps(document: Document, format: str) -> str:
    """The document as text. Raises `FormatError` for a format that cannot be written, or is no
    text."""
    text = written(document, format)
    if isinstance(text, bytes):
        raise FormatError(f"{format} is bytes, not text; write it to a file")
    return text


def written(document: Document, format: str) -> str | bytes:
    """What a file of the format holds: text, or the bytes of a binary format.

    Raises `FormatError` for a format that cannot be written.
    """
    row = find(format)
    if row.writes is None:
        raise FormatError(f"redline does not write {row.name}; it writes {', '.join(writable())}")
    made: str | bytes
    if document.register is None:
        made = function(row.writes)(document)
        return made
    from redline.markings.register import using

    # What its markings mean is in the register they were read with.
    with using(document.register):
        made = function(row.writes)(document)
    return made


def function(place: str) -> Callable[..., Any]:
    """What ``module:function`` names, imported now."""
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _from_record(source: Source) -> Document:
    from redline.formats.record import from_json

    return from_json(source.text, source.name)
