"""Numbers and letters typed before paragraphs and items, and portion marks that look like them.

`1.`, `(a)` and `IV.` number a paragraph (R33); `(S)` is a mark of its level and numbers none
(R34); `A. Quell` is a person, and a figure that nothing counts on from is a word of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from redline.layout.lines import Line

__all__ = ["Numbering", "counts_up", "label_of", "marked_label", "may_be_labelled"]

#: A number typed before a paragraph or item (R33): `1.`, `2)`, `(a)`, `IV.`, `a.`
_LABEL = re.compile(
    r"(?:\*{0,3}|_{0,2}|~~)(?:\((?P<a>\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)|(?P<b>\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.)])"
    r"(?:\*{0,3}|~~)(?=\s|$)"
)
#: How a line with a number or a portion mark at its head begins; most lines begin otherwise.
may_be_labelled = re.compile(r"(?:~~|\^[{<])?[*_]{0,3}(?:~~|\^[{<])?(?:\(|\w{1,5}[.)])").match
#: A portion mark at the head of a line, with its strikes, and what replaces it.
_PORTION = re.compile(r"(?:(?:~~|\^[{<]|[*_])*\([^()]{1,60}\)(?:~~|[}>*_])*\s*){1,2}")
_INITIALS = re.compile(r"[*_~]*[A-Z]\. ?[A-Z]\. ")
_CAPITAL_LABEL = re.compile(r"^[ \t*_~>#-]*([A-Z]|II)[.)][ \t~*_]", re.MULTILINE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
#: The first labels of lists, and how many lines below a second one is looked for.
_FIRST = frozenset(["1", "a", "A", "i", "I"])
_ITEM_LINES = 12
_LABEL_WIDTH = 12
#: Lists nested deeper are not told apart.
_DEPTH = 4


def label_of(words: str) -> str | None:
    """The number typed at the beginning of a line, without its stops."""
    if words[:1] not in "(*_~" and not words[1:4].strip(" "):
        return None
    match = _LABEL.match(words)
    return (match["a"] or match["b"]) if match else None


def marked_label(words: str) -> tuple[str | None] | None:
    """The number after the portion mark that a line begins with, in a tuple; None without a mark.

    >>> marked_label("(S) 3. The pier"), marked_label("(S) The pier"), marked_label("(see it)")
    (('3',), (None,), None)
    """
    match = _PORTION.match(words) if words[:1] in "(~^*_" else None
    if match is None:
        return None
    from redline.markings.portions.document import opens_portion

    return (label_of(words[match.end() :]),) if opens_portion(words) else None


def counts_up(before: str, label: str) -> bool:
    """Whether two typed numbers or letters follow one another.

    >>> counts_up("9", "10"), counts_up("a", "b"), counts_up("iii", "iv"), counts_up("a", "c")
    (True, True, True, False)
    """
    if before.isdecimal() and label.isdecimal():
        return int(label) == int(before) + 1
    if before.islower() != label.islower():
        return False
    if len(before) == len(label) == 1 and ord(label) == ord(before) + 1:
        return True
    one, two = before.lower(), label.lower()
    return one in _ROMAN[:-1] and two == _ROMAN[_ROMAN.index(one) + 1]


class Numbering:
    """The numbers of a paper as they come: which of them begin a paragraph."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        self.open: list[str] = []  # the last label of each list open in the chunk
        self.last_letter: dict[bool, str] = {}  # in brackets or not: the last letter of a list
        self.capitals: dict[str, int] | None = None  # where each capital last labels a line

    def new_chunk(self) -> None:
        """An empty line ends the lists that were open."""
        self.open = []

    def opening(self, k: int, words: str, *, ended: bool, after_mark: bool) -> str | None:
        """The number of the paragraph that line `k` begins; "" where a portion mark without a
        number begins one; None when nothing does.

        `ended`: the text before it is closed; `after_mark`: a portion mark began the block that
        it would go on with.
        """
        label = label_of(words)
        marked = marked_label(words) if label is None or label.isupper() else None
        if marked is not None and (label is None or not self._is_due(label)):
            return (marked[0] or "") if ended or after_mark else None
        if label is None:
            return None
        at = self._counted(label) if self.open else -1
        if at < 0 and not ended and not self._begins_list(k, label):
            return None
        if label.isupper() and len(label) == 1:
            bracketed = words.startswith("(")
            if at < 0 and not bracketed and not self._is_section(k, label):
                return None
            self.last_letter[bracketed] = label
        if at < 0:
            at = _DEPTH
        self.open[at:] = [label]
        return label

    def _counted(self, label: str) -> int:
        """Which of the open lists the label goes on with, or -1."""
        return next((n for n, one in enumerate(self.open) if counts_up(one, label)), -1)

    def _is_due(self, label: str) -> bool:
        """Whether a letter in brackets is the next one of a list."""
        last = self.last_letter.get(True)
        return last is not None and counts_up(last, label)

    def _is_section(self, k: int, label: str) -> bool:
        """Whether a capital is a section's: the next one, or a first one that a second follows
        somewhere below. Any other is an initial."""
        last = self.last_letter.get(False)
        if _INITIALS.match(self.text, self.lines[k].start):
            return False
        if last is not None and ord(label) == ord(last) + 1:
            return True
        if label not in ("A", "I"):
            return False
        if self.capitals is None:
            found = _CAPITAL_LABEL.finditer(self.text)
            self.capitals = {match[1]: match.start() for match in found}
        second = "B" if label == "A" else "II"
        return self.capitals.get(second, -1) > self.lines[k].start

    def _begins_list(self, k: int, label: str) -> bool:
        """Whether a first label has its second at the head of a line below, no empty line
        between."""
        if label not in _FIRST:
            return False
        for line in self.lines[k + 1 : k + 1 + _ITEM_LINES]:
            if line.blank or line.kind:
                return False
            other = label_of(self.text[line.start : line.start + _LABEL_WIDTH])
            if other is not None and counts_up(label, other):
                return True
        return False
