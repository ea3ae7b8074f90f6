"""Files in and out: bytes, encodings, and one clear line when something cannot be had."""

from __future__ import annotations

import codecs
import errno
import os
import sys
import tempfile
from collections.abc import Sequence
from difflib import get_close_matches
from os import PathLike

from redline.diagnostics import DecodingError, FormatError, InputError
from redline.formats import (
    AUTO,
    Ins,
    by_suffix,
    find,
    listed,
    load_bytes,
    load_source,
    meaning,
    writable,
    written,
)
from redline.formats.detect import by_root, suggest
from redline.formats.tei.read.encoding import declared
from redline.model import Document
from redline.source import LINE_END, EncodingFault, Source, decode

__all__ = [
    "PAGED",
    "STDIN",
    "BadBytes",
    "OutputError",
    "decode_bytes",
    "encode_document",
    "read_bytes",
    "read_data",
    "read_file",
    "read_pages",
    "read_stdin",
    "save",
    "stdin_bytes",
    "write_file",
]

#: Formats of which a file is one page.
PAGED = ("alto", "page")
#: What standard input is called in messages and records.
STDIN = "<stdin>"


class OutputError(FormatError):
    """A place that cannot be written to."""


class BadBytes(DecodingError):
    """Bytes that are not text: `line` and `column` (from 1) of the first bad one.

    The column counts characters, as everywhere; `reason` is the message without `name`.
    """

    def __init__(self, name: str, reason: str, line: int, column: int) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.line = line
        self.column = column


def read_file(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    ins: Ins = "addition",
) -> Document:
    """Read a document from a file: see `redline.read`."""
    name = os.fspath(path)
    return read_data(read_bytes(name), name, format, encoding, ins)


def read_stdin(*, format: str | None = None, encoding: str | None = None) -> Document:
    """Read a document from standard input, as the native notation unless `format` names one."""
    return read_data(stdin_bytes(), STDIN, format, encoding)


def stdin_bytes() -> bytes:
    """All of standard input. Raises `InputError` with what to do."""
    if sys.stdin is None:
        raise InputError("standard input is closed; give a file, or open it with < FILE")
    try:
        return sys.stdin.buffer.read()
    except OSError as fault:
        raise InputError(f"cannot read standard input: {fault.strerror}") from None


def read_data(
    data: bytes,
    name: str,
    format: str | None,
    encoding: str | None,
    ins: Ins = "addition",
) -> Document:
    """The document in these bytes: of a format that is named, or told by the suffix of `name`.

    Files that end in ``.xml`` are told apart by their root element.
    """
    if format == AUTO:
        format = suggest(data, name, encoding).format
    elif format is None:
        format = by_suffix(name) or "native"
        if find(format).xml:
            format = by_root(data) or format
    row = find(meaning(format, ins))
    if row.binary:
        return load_bytes(data, name, row.name)
    if not row.xml or encoding is not None:
        return load_source(decode_bytes(data, name, encoding), row.name)
    found = declared(data)
    document = load_source(decode_bytes(data, name, found.encoding), row.name)
    return found.told(document)


def read_pages(
    names: Sequence[str], *, format: str | None = None, encoding: str | None = None
) -> Document:
    """One document of the files of its pages, in this order: PAGE XML or ALTO."""
    texts = []
    kinds = set()
    for name in names:
        data = read_bytes(name)
        kind = find(format).name if format else by_root(data)
        if kind not in PAGED:
            raise FormatError(
                f"{name}: the pages of one paper are files of PAGE XML or ALTO, which this is not"
            )
        kinds.add(kind)
        texts.append(decode_bytes(data, name, encoding or declared(data).encoding).text)
    if len(kinds) > 1:
        raise FormatError(f"{names[0]} …: some of the pages are PAGE XML and some ALTO")
    source = Source("\f".join(texts), f"{names[0]} … {os.path.basename(names[-1])}")
    return load_source(source, kinds.pop())


def read_bytes(name: str) -> bytes:
    """All of a file. Raises `InputError` with what to do."""
    try:
        with open(name, "rb") as file:
            return file.read()
    except (OSError, ValueError) as fault:
        raise InputError(_why_not(name, fault)) from None


def _why_not(name: str, fault: OSError | ValueError) -> str:
    if isinstance(fault, FileNotFoundError):
        folder, base = os.path.split(name)
        try:
            near = get_close_matches(base, os.listdir(folder or "."), 1, 0.8)
        except OSError:
            return f"no file {name}: there is no folder {folder}"
        hint = f"; did you mean {os.path.join(folder, near[0])}?" if near else ""
        return f"no file {name}{hint}"
    if isinstance(fault, IsADirectoryError):
        return f"{name} is a folder; name the files in it, such as {os.path.join(name, '*.txt')}"
    if isinstance(fault, PermissionError):
        return f"not permitted to read {name}; ask its owner, or change its mode"
    reason = fault.strerror if isinstance(fault, OSError) else str(fault)
    return f"cannot read {name}: {reason}"


def decode_bytes(data: bytes, name: str, encoding: str | None = None) -> Source:
    """The bytes as a source.

    A byte order mark of UTF-8 is one even where UTF-8 was asked for by name. Raises
    `BadBytes` with the offset of the first byte that does not fit, `FormatError` for an
    encoding Python does not have.
    """
    if encoding is not None:
        try:
            codec = codecs.lookup(encoding).name
        except (LookupError, ValueError):
            raise FormatError(
                f"no encoding {encoding!r}; common ones are utf-8, latin-1, cp1252, utf-16"
            ) from None
        encoding = codec
        if codec == "utf-8" and data.startswith(codecs.BOM_UTF8):
            encoding = "utf-8-sig"
    try:
        return decode(data, name, encoding)
    except EncodingFault as fault:
        raise _bad_bytes(data, name, fault) from None
    except LookupError:
        raise FormatError(f"{encoding} is no encoding of text; common ones are latin-1, cp1252, "
                          "utf-16") from None
    except UnicodeError as fault:
        raise InputError(f"{name}: not {encoding}: {fault}; try another --encoding") from None


def _bad_bytes(data: bytes, name: str, fault: EncodingFault) -> BadBytes:
    at = fault.offset
    try:
        before = data[:at].decode(fault.encoding)
    except UnicodeError:  # a codec that does not count its bytes from the beginning
        before = data[:at].decode("latin-1")
    lines = [match.end() for match in LINE_END.finditer(before)]
    column = len(before) - (lines[-1] if lines else 0) + 1
    byte = f"0x{data[at]:02x}" if at < len(data) else "the end"
    hint = "name its encoding (--encoding latin-1, say)"
    if 0 in data[:1024] and fault.encoding.startswith("utf-8"):
        hint = "it has NUL bytes: no text, or UTF-16 (--encoding utf-16)"
    reason = f"not {fault.encoding} at byte offset {at} ({byte}); {hint}"
    return BadBytes(name, reason, len(lines) + 1, column)


def encode_document(document: Document, format: str) -> bytes:
    """What a file of that format holds. Raises `FormatError` where a character has no bytes."""
    row = find(format)
    text = written(document, row.name)
    if isinstance(text, bytes):
        return text
    if not row.keeps_bytes:
        return text.encode("utf-8")
    source = document.source
    if text == source.text:
        return source.data
    try:
        return source.bom + text.encode(source.encoding, "surrogatepass")
    except UnicodeEncodeError as fault:
        raise FormatError(
            f"{source.name}: {source.encoding}, the encoding it was read in, has no "
            f"U+{ord(text[fault.start]):04X}; write json or tei instead"
        ) from None


def write_file(
    document: Document,
    path: str | PathLike[str],
    *,
    format: str | None = None,
    verify: bool = False,
) -> None:
    """Write a document to a file: see `redline.write`."""
    name = os.fspath(path)
    format = format or by_suffix(name)
    if format is None:
        raise FormatError(
            f"no format goes with the name {name}; name one: {listed(writable())}"
        )
    data = encode_document(document, format)
    if verify:
        from redline.formats.verify import verified

        verified(document, data, name, find(format).name)
    save(data, name)


def save(data: bytes, name: str) -> None:
    """Write a file of these bytes. Raises `OutputError` with what to do."""
    try:
        if os.path.isfile(name):
            _put_in_place(data, os.path.realpath(name))
        else:  # new, or a pipe or a device
            with open(name, "wb") as file:
                file.write(data)
    except OSError as fault:
        if fault.errno == errno.EPIPE:
            raise
        raise OutputError(f"cannot write {name}: {fault.strerror}; choose another place") from None


def _put_in_place(data: bytes, name: str) -> None:
    """Write beside the file that is there, and put it in its place when all of it is written: a
    full disk leaves the old one whole."""
    if not os.access(name, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    mode = os.stat(name).st_mode
    folder, base = os.path.split(name)
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{base[:40]}.", dir=folder)
    except PermissionError:  # the file may be written, its folder may not
        with open(name, "wb") as file:
            file.write(data)
        return
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, mode & 0o7777)
        os.replace(beside, name)
    except BaseException:
        os.unlink(beside)
        raise
