"""Names for outputs that every file system takes, whatever a paper is called.

The rule, for each part of a paper's id between slashes (RFC 3986's percent-encoding, so that the
name can be read back):

- ``< > : " | ? * \\`` and ``%``, control characters, and what is no character are written as
  ``%XX``, the bytes of their UTF-8;
- so are the dots of ``.`` and ``..``, a dot or space at the end, the first letter of a name that
  Windows keeps for devices (``CON``, ``LPT1.txt``), and an empty part (``%``);
- so is the dot before a suffix that outputs have (``a.xml/b``), where the part is a folder;
- a part longer than 120 bytes is cut, and ends in ``~`` and eight figures of its SHA-256.

Two names that a file system may hold for one (``Memo``, ``memo``; two forms of one accent) both
get ``~`` and eight figures of the SHA-256 of their ids: `told_apart`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["SUFFIXES", "alike", "identifier", "safe", "told_apart"]

#: The folder and the suffix of each output format.
SUFFIXES = {"tei": ".xml", "html": ".html", "json": ".json", "native": ".txt"}

_LONGEST = 120
_ILLEGAL = re.compile(r'[<>:"|?*\\%\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_ENDS = re.compile(r"[. ]+$")
_DEVICE = re.compile(r"(?i:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(?= *(?:\.|$))")
_FOLDER = re.compile(r"(?i)\.(?=(?:xml|html|json|txt)$)")


def identifier(path: str) -> str:
    """The id of a paper with this path: with ``/``, and ``%XX`` for bytes that are no text."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogateescape")
        path = data.decode("utf-8", "backslashreplace").replace("\\x", "%")
    return path


def safe(id_: str) -> str:
    """The name for the outputs of a paper, without suffix."""
    *folders, name = id_.split("/")
    return "/".join([*(_part(each, folder=True) for each in folders), _part(name)])


def _part(part: str, folder: bool = False) -> str:
    if not part:
        return "%"
    made = _ILLEGAL.sub(_encoded, part)
    if part in (".", ".."):
        made = "%2E" * len(part)
    made = _ENDS.sub(_encoded, made)
    device = _DEVICE.match(made)
    if device:
        made = f"%{ord(made[0]):02X}{made[1:]}"
    if folder:
        made = _FOLDER.sub("%2E", made)
    if len(made.encode("utf-8")) > _LONGEST:
        kept = made.encode("utf-8")[: _LONGEST - 9].decode("utf-8", "ignore")
        made = f"{kept.rstrip('. ')}~{_figures(part)}"
    return made


def _encoded(match: re.Match[str]) -> str:
    data = match[0].encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in data)


def _figures(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def alike(name: str) -> str:
    """What two names have in common that a file system may hold for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def told_apart(name: str, id_: str) -> str:
    """The name of a paper whose name another one has, too."""
    return f"{name}~{_figures(id_)}"
