"""The file around the parts: a package as OPC (ECMA-376 part 2) has it, by python-docx.

Its bytes depend on nothing but the parts: no clock, no order of a dictionary.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple

from redline.diagnostics import FormatError

__all__ = ["OFFICE", "Part", "build", "opc"]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXTENDED = "application/vnd.openxmlformats-officedocument."
#: What each part is, by what it is called: its type, and how the main part is related to it.
_TYPES = {
    "document": (f"{_WORD}document.main+xml", f"{OFFICE}/officeDocument"),
    "styles": (f"{_WORD}styles+xml", f"{OFFICE}/styles"),
    "settings": (f"{_WORD}settings+xml", f"{OFFICE}/settings"),
    "numbering": (f"{_WORD}numbering+xml", f"{OFFICE}/numbering"),
    "footnotes": (f"{_WORD}footnotes+xml", f"{OFFICE}/footnotes"),
    "comments": (f"{_WORD}comments+xml", f"{OFFICE}/comments"),
    "header": (f"{_WORD}header+xml", f"{OFFICE}/header"),
    "footer": (f"{_WORD}footer+xml", f"{OFFICE}/footer"),
    "core": ("application/vnd.openxmlformats-package.core-properties+xml", _CORE),
    "custom": (f"{_EXTENDED}custom-properties+xml", f"{OFFICE}/custom-properties"),
}
#: The earliest date that a zip file can say.
_DATE = (1980, 1, 1, 0, 0, 0)


class Part(NamedTuple):
    """A part: its kind (see `_TYPES`), the end of its name, its text."""

    kind: str
    name: str
    xml: str


def opc() -> object:
    """python-docx, which a plain installation of redline does not have. Raises `FormatError`."""
    try:
        import docx
    except ImportError:
        raise FormatError(
            "Word files need python-docx, which is not installed: pip install 'redline[word]'"
        ) from None
    return docx


def build(parts: Sequence[Part]) -> bytes:
    """The file of these parts; the first is the document. Relations are `rId1` and so on, in
    the order of the parts after it."""
    opc()
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as OpcPart

    package = OpcPackage()
    main = None
    for part in parts:
        folder = "docProps" if part.kind in ("core", "custom") else "word"
        uri = PackURI(f"/{folder}/{part.name}.xml")
        content_type, relation = _TYPES[part.kind]
        made = OpcPart(uri, content_type, part.xml.encode("utf-8"))
        if main is None or folder == "docProps":
            package.relate_to(made, relation)
            main = main or made
        else:
            main.relate_to(made, relation)
    out = io.BytesIO()
    package.save(out)
    return _timeless(out)


def _timeless(made: io.BytesIO) -> bytes:
    """The same zip file with the same date, and its members in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            new.writestr(info, old.read(name))
    return out.getvalue()
