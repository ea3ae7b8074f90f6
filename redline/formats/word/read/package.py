"""The parts of a Word file that is to be read, and its refusal where it is none.

Nothing is unpacked to a disk, nothing outside of the file is opened, and no more is unpacked than
`MOST` bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from redline.diagnostics import FormatError
from redline.formats.word.package import opc

__all__ = ["MOST", "Package", "Relation", "open_package"]

#: More text than this is in no document; a zip file of 300 KB can hold a thousand times as much.
MOST = 256 * 1024 * 1024
#: A member that is large and packed better than this holds the same bytes over and over.
_RATIO = 400
_LARGE = 16 * 1024 * 1024
_MEMBERS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class Relation(NamedTuple):
    """What a part refers to: the last word of the kind of relation, and the target's name."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The file: its parts by name, and what they refer to."""

    def __init__(self, name: str, reader: zipfile.ZipFile, types: dict[str, str]) -> None:
        self.name = name
        self._zip = reader
        self._members = {member.lower(): member for member in reader.namelist()}
        self._types = types

    def part(self, uri: str) -> bytes | None:
        """The bytes of a part, None where the file has none of that name or it is damaged."""
        member = self._members.get(uri.lstrip("/").lower())
        if member is None:
            return None
        try:
            return self._zip.read(member)
        except _DAMAGE:
            return None

    def type_of(self, uri: str) -> str:
        """The content type of a part."""
        return self._types.get(uri.lower()) or self._types.get(
            "." + uri.rpartition(".")[2].lower(), ""
        )

    def relations(self, uri: str) -> dict[str, Relation]:
        """What a part refers to, by the ids it uses. "/" is the file itself."""
        from docx.opc.packuri import PackURI

        source = PackURI(uri)
        blob = self.part(str(source.rels_uri))
        out: dict[str, Relation] = {}
        for attributes in _rows(blob):
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode") == "External"
            if not external:
                try:
                    target = str(PackURI.from_rel_ref(source.baseURI, target))
                except (ValueError, IndexError):
                    continue
            id_ = attributes.get("Id", "")
            out[id_] = Relation(id_, kind, target, external)
        return out


def open_package(data: bytes, name: str) -> Package:
    """The package in these bytes. Raises `FormatError`, which says what it is instead."""
    opc()
    if data.startswith(_OLE):
        raise FormatError(f"{name}: an old Word file (.doc), or one with a password; open it in a "
                          "word processor and save it as .docx")
    try:
        reader = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGE, ValueError):
        raise FormatError(f"{name}: no Word file: it is no zip archive, or a damaged one; is it "
                          "a .docx?") from None
    _check(reader, name)
    try:
        listed = reader.read("[Content_Types].xml")
    except KeyError:
        raise FormatError(f"{name}: no Word file: a zip archive without [Content_Types].xml; "
                          "is it a .docx?") from None
    except _DAMAGE as fault:
        raise FormatError(f"{name}: the archive is damaged ({fault}); get the file again") from None
    types = {}
    for attributes in _rows(listed):
        key = attributes.get("PartName") or "." + attributes.get("Extension", "")
        types[key.lower()] = attributes.get("ContentType", "")
    return Package(name, reader, types)


def _rows(blob: bytes | None) -> Iterator[dict[str, str]]:
    """The attributes of the elements right under the root; none where it is no XML."""
    if not blob:
        return
    from docx.opc.oxml import parse_xml
    from lxml import etree

    try:
        root = parse_xml(blob)  # type: ignore[arg-type]  # it takes both
    except etree.XMLSyntaxError:
        return
    for element in root:
        yield {str(key): str(value) for key, value in element.attrib.items()}


def _check(reader: zipfile.ZipFile, name: str) -> None:
    """Refuse what no word processor makes."""
    members = reader.infolist()
    if len(members) > _MEMBERS:
        raise FormatError(f"{name}: {len(members):,} files in it; a Word file has some dozens")
    total = 0
    for member in members:
        path = member.filename
        if ".." in path.replace("\\", "/").split("/") or path.startswith(("/", "\\")):
            raise FormatError(f"{name}: a file in it is called {path!r}, which points out of the "
                              "archive; no word processor does that")
        if member.flag_bits & 1:
            raise FormatError(f"{name}: it has a password; save it without one")
        total += member.file_size
        if total > MOST:
            raise FormatError(f"{name}: more than {MOST // 2**20} MB when unpacked; redline reads "
                              "no larger Word file")
        if member.file_size > max(_LARGE, _RATIO * max(1, member.compress_size)):
            raise FormatError(f"{name}: {path} unpacks to {member.file_size // 2**20} MB, "
                              f"{member.file_size // max(1, member.compress_size)} times its size: "
                              "a zip bomb, not a text")
