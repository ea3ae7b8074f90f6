"""An XML file as tags and text with their places, and nothing that could harm.

Expat checks that the file is well formed, in one pass without callbacks; no entity, no document
type and no address is ever looked up. What is well formed and has no internal subset can then be
cut into tags and text by one pattern, which knows the place of each in the source.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from redline.diagnostics import FormatError
from redline.source import Source

__all__ = [
    "ATTRIBUTE",
    "MAX_ATTRIBUTES",
    "MAX_DEPTH",
    "REFERENCE",
    "TOKEN",
    "Doctype",
    "check",
    "decoded",
    "refuse",
]

#: Elements nested deeper are refused: no edition comes near, an attack does.
MAX_DEPTH = 1_000
#: The attributes of one element, in characters, all together.
MAX_ATTRIBUTES = 200_000

#: A tag (groups: 1 "/" of an end tag, 2 name, 3 attributes, 4 "/" of an empty element), or a
#: CDATA section (group 5), or what says nothing: comments, instructions, a document type.
TOKEN = re.compile(
    r"<(?:(/)?([^\s/>!?]+)([^>\"'/]*(?:\"[^\"]*\"[^>\"'/]*|'[^']*'[^>\"'/]*)*)(/)?>"
    r"|!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|\?[\s\S]*?\?>|![^>\[]*>)"
)
ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([^;&\s]+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CHUNK = 1 << 20
_ENDS = frozenset({
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
})


class Doctype(NamedTuple):
    """What stood in the place of a document type declaration; it is not looked up."""

    name: str
    external: bool


class _Refused(Exception):
    """What is refused, and what to do."""


def refuse(source: Source, offset: int, what: str, remedy: str) -> FormatError:
    """The error that says what is refused, where, and what to do."""
    line, column = source.position(min(offset, len(source.text)))
    return FormatError(f"{source.name}: line {line}, column {column}: {what}; {remedy}")


def check(source: Source) -> Doctype | None:
    """Raise `FormatError` unless the source is well-formed XML without an internal subset."""
    found: list[Doctype] = []
    parser = expat.ParserCreate("utf-8", " ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def doctype(name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise _Refused(
                "a document type with declarations of its own: redline expands no entities "
                "and reads no DTD",
                "take the [ … ] out of the DOCTYPE and write entities as characters",
            )
        found.append(Doctype(name, bool(system or public)))

    parser.StartDoctypeDeclHandler = doctype
    text = source.text
    try:
        for at in range(0, len(text), _CHUNK):
            parser.Parse(text[at : at + _CHUNK].encode("utf-8"), False)
        parser.Parse(b"", True)
    except UnicodeEncodeError as fault:
        place = text.index(fault.object[fault.start])
        raise refuse(source, place, "half of a surrogate pair", "no XML holds it") from None
    except _Refused as fault:
        raise refuse(source, _offset(text, parser.CurrentByteIndex), *fault.args) from None
    except expat.ExpatError as fault:
        raise _fault(source, fault, _offset(text, parser.ErrorByteIndex)) from None
    return found[0] if found else None


def _offset(text: str, index: int) -> int:
    """The offset in `text` of a byte of its UTF-8."""
    if text.isascii():
        return max(0, index)
    return len(text.encode("utf-8")[: max(0, index)].decode("utf-8", "ignore"))


def _fault(source: Source, fault: expat.ExpatError, offset: int) -> FormatError:
    if not source.text.strip():
        return refuse(source, 0, "the file is empty", "get the whole of it")
    if fault.code in _ENDS:
        open_ = _still_open(source.text)
        where = f" inside {open_}" if open_ else ""
        return refuse(source, len(source.text), f"the file ends{where}", "get the whole of it")
    what = expat.ErrorString(fault.code) or "a fault"
    return refuse(source, offset, f"no well-formed XML: {what}", "mend it there, or ask its maker")


def _still_open(text: str) -> str:
    """The innermost elements that are open where a file breaks off, innermost last."""
    stack: list[str] = []
    for match in TOKEN.finditer(text):
        name = match[2]
        if name is None or match[4]:
            continue
        if match[1]:
            if stack:
                stack.pop()
        else:
            stack.append(name)
    shown = stack[-3:]
    return ("…" if len(stack) > len(shown) else "") + "".join(f"<{name}>" for name in shown)


def decoded(text: str) -> str:
    """The value of an attribute: references resolved, white space as XML has it."""
    if "&" in text:
        text = REFERENCE.sub(character, text)
    return text


def character(match: re.Match[str]) -> str:
    """What a reference stands for; an entity that XML does not know stays as it is written."""
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2]))
    return _NAMED.get(match[3], match[0])
