"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re

__all__ = ["Ids", "attribute", "escape", "is_plain", "masked", "storable", "unmasked", "word",
           "xml_name"]

# U+FFFD stands in for these, one for one: offsets stay what they are.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What has to be looked at, in UTF-8: markup, control characters but tab and line feed.
_NOTABLE = bytes(set(range(32)) - {9, 10}) + b"&<>"
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE, U+FFFF
# Names are kept to ASCII, where XML and everybody's URLs agree.
_NAMES = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_.\-]*\n)*")
_NO_NAME = re.compile(r"[^A-Za-z0-9_.\-]+")
#: Markup in the text of a paper, one character for one: `masked`, `unmasked`.
_MASKS = {"&": "\x00", "<": "\x01", ">": "\x02"}
_NO_WORD = re.compile(r"[\W_]+")


def is_plain(text: str) -> bool:
    """Whether `text` needs no escaping and holds no character that XML cannot."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return len(data.translate(None, _NOTABLE)) == len(data) and not any(
        each in data for each in _NONCHARACTERS
    )


def storable(text: str) -> str:
    """`text` with U+FFFD for each character that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def masked(text: str) -> str:
    """`text` as XML can hold it, with stand-ins for what has to be escaped.

    The stand-ins are characters that XML cannot hold, so nothing else in it is one of them.
    Offsets stay what they are, and tags can be put in between.
    """
    text = storable(text)
    for char, mask in _MASKS.items():
        text = text.replace(char, mask)
    return text


def unmasked(markup: str) -> str:
    """Markup around masked text: the text escaped."""
    for char, mask in _MASKS.items():
        if mask in markup:
            markup = markup.replace(mask, escape(char))
    return markup.replace("\r", "&#13;") if "\r" in markup else markup


def escape(text: str) -> str:
    """Character data. A carriage return is written as a reference: parsers drop a bare one."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r", "&#13;")
    return text


def attribute(text: str) -> str:
    """The value of an attribute, to stand in double quotes: one line, any characters."""
    return escape(" ".join(storable(text).split())).replace('"', "&quot;")


def xml_name(text: str) -> str:
    """`text` as an `xml:id` can hold it."""
    name = _NO_NAME.sub("-", text)
    return name if name[:1].isalpha() or name[:1] == "_" else f"x{name}"


def word(text: str) -> str:
    """`text` as a value that TEI enumerates (``type``, ``place`` …): one word, never empty."""
    return _NO_WORD.sub("-", storable(text)).strip("-") or "other"


class Ids:
    """The `xml:id`s of one file: names as XML has them, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """`wanted`, or a name like it that is still free."""
        name = free = _NO_NAME.sub("-", wanted)
        if not name[:1].isalpha():
            name = free = f"x{name}"
        while free in self._taken:
            self._counts[name] = count = self._counts.get(name, 1) + 1
            free = f"{name}-{count}"
        self._taken.add(free)
        return free

    def take_all(self, wanted: list[str]) -> list[str]:
        """`take` for many names: at once where all are good names and free."""
        names = set(wanted)
        if (
            len(names) == len(wanted)
            and names.isdisjoint(self._taken)
            and _NAMES.fullmatch("\n".join(wanted) + "\n")
        ):
            self._taken |= names
            return wanted
        return [self.take(each) for each in wanted]
