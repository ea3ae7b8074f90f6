"""Characters that stand for those that native notation would take for marks."""

from __future__ import annotations

import re

from redline.tokens import ADDRESS, address_length

__all__ = ["Standins"]

#: Planes of private use: one is sure to be free in any text that has fewer characters than they.
_PLANES = range(0xF0000, 0x10FF00, 0x200)
_NOTE = 0x100  # stand-ins of brackets in an aside lie this far above the others
#: What native would read as a mark: in plain text, in Markdown, and where all else failed.
_PLAIN = frozenset("~^{}\\*_`#")
_MARKDOWN = frozenset("~^{}")
_ALL = _PLAIN | frozenset("$:<[]")
_NOTE_LABEL = r"\[\^[0-9A-Za-z*†‡]{1,8}\]"
#: Asterisks that stand alone are no emphasis; lines of the apparatus have them.
_KEPT = re.compile(rf"{_NOTE_LABEL}|(?P<address>{ADDRESS})|(?<!\S)\*{{2,}}(?!\S)")
_ESCAPED = re.compile(rf"\\[~^{{}}<>\\*\[\]_`#|$]|(?P<address>{ADDRESS})|{_NOTE_LABEL}")
_BRACKETS = {"[": "(", "]": ")"}


class Standins:
    """Characters that stand for those that are marks in native notation."""

    def __init__(
        self, text: str, *, markdown: bool, every: bool, addresses: bool = False
    ) -> None:
        highest = max(text, default="")
        base = _PLANES[0]
        if highest >= chr(base):
            used = {ord(each) // 0x200 for each in set(text)}
            base = next(plane for plane in _PLANES if plane // 0x200 not in used)
        chosen = _ALL if every else _MARKDOWN if markdown else _PLAIN
        self.keeps = markdown and not every
        #: what makes an address of words, in which native notation sees no marks
        self.address = ("://", f"{chr(base + ord(':'))}//") if addresses else None
        self.table = {ord(each): chr(base + ord(each)) for each in chosen}
        #: in an aside all is text, but it ends at its bracket
        self.aside = {ord(each): chr(base + _NOTE + ord(each)) for each in _ALL}
        self._find = re.compile(f"[{re.escape(''.join(sorted(chosen)))}]")
        #: what each stands for, and how native notation writes it
        self.back = {ord(found): chr(code) for code, found in self.table.items()}
        self.native = {
            ord(found): chr(code) if chr(code) in ":<" else f"\\{chr(code)}"
            for code, found in self.table.items()
        }
        if self.address is not None:
            self.back[ord(self.address[1][0])] = ":"
            self.native[ord(self.address[1][0])] = ":"
        for code, found in self.aside.items():
            self.back[ord(found)] = chr(code)
            self.native[ord(found)] = _BRACKETS.get(chr(code), chr(code))
        self._backslash = chr(base + _NOTE)
        self.back[ord(self._backslash)] = "\\"
        self.native[ord(self._backslash)] = "\\\\"

    def hide(self, words: str) -> str:
        """The words, as many characters, with nothing in them that is a mark."""
        if self.address is not None:
            words = words.replace(*self.address)
        if self._find.search(words) is None and "\\" not in words:
            return words
        out: list[str] = []
        at = 0
        for match in (_ESCAPED if self.keeps else _KEPT).finditer(words):
            address = match["address"]
            kept = match[0] if address is None else address[: address_length(address)]
            out += (words[at : match.start()].translate(self.table), kept)
            at = match.start() + len(kept)
        rest = words[at:].translate(self.table)
        if rest.endswith("\\"):  # it must not take the mark that follows for its own
            rest = rest[:-1] + self._backslash
        return "".join(out) + rest
