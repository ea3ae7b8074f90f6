"""Hyphens at the ends of lines and pages: what they join, and whether they stay (R25)."""

from __future__ import annotations

import re

__all__ = ["Hyphens"]

_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LONGEST = 40
# Closing and opening marks beside a hyphen or the line after it.
_MARKS_BEFORE = re.compile(r"(?:~~|[}>])*\Z")
_MARKS_AFTER = re.compile(r"(?:~~|\^[{<])*")
_NEAR = 8


class Hyphens:
    """The hyphens of one source."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words: frozenset[str] | None = None

    def how(self, last: int, first: int) -> str:
        """How text that ends at `last` joins the text at `first`: "" (no hyphen), ``soft`` (it
        belongs to the break) or ``hard`` (it may be the word's own, and stays)."""
        text = self.text
        if last < 2 or text[last - 1] != "-" or not text[first].isalnum():
            return ""
        end = self._before_marks(last - 1, 0)
        before, after = text[end - 1 : end], text[first]
        if not before.isalnum():
            return ""
        if not (before.islower() and after.islower()):
            # Capitals joined to capitals in an all-capitals text are one hyphenated word too,
            # but nothing tells whether the hyphen is the word's own: it stays.
            return "hard"
        left = _WORD_BEFORE.search(text, max(0, end - _LONGEST), end)
        right = _WORD.match(text, first)
        word = f"{left[0] if left else ''}-{right[0] if right else ''}".lower()
        return "hard" if word in self._with_hyphens() else "soft"

    def over_break(self, start: int, end: int, begin: int) -> tuple[int, str]:
        """Where the text before the break source[start:end] ends, marks left out, and how it
        joins the text after it. Looks back to `begin` at most."""
        last = self._before_marks(start, begin)
        after = _MARKS_AFTER.match(self.text, end)
        first = after.end() if after else end
        return last, self.how(last, first) if first < len(self.text) else ""

    def _before_marks(self, at: int, begin: int) -> int:
        found = _MARKS_BEFORE.search(self.text, max(begin, at - _NEAR), at)
        return found.start() if found else at

    def _with_hyphens(self) -> frozenset[str]:
        """The words of the text that have a hyphen wherever they stand."""
        if self._words is None:
            self._words = frozenset(
                word.lower() for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", self.text)
            )
        return self._words
