"""What the paper's spacing tore apart is joined; what only looks like a heading is none.

Double-spaced typescript (R30); sentences that go on over an empty line, a page edge or
lifted furniture (R32); letterheads before the text and signatures after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from redline.layout.draft import NARROW, WIDE, Draft
from redline.layout.lines import bare
from redline.layout.shapes import closes, is_capitals, opens_low, plain_words
from redline.markings.grades import is_grade_line

__all__ = ["join_drafts"]

_LETTER_HYPHEN = re.compile(r"[^\W\d_]-(?:~~|[}>])*$")
_ALNUM_START = re.compile(r"(?:~~|\^[{<]|[*_])*[^\W_]")

_MONTH = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATED = re.compile(
    rf"\b(?:{_MONTH} \d{{1,2}},?|\d{{1,2}} {_MONTH},?) (?:1[89]|20)\d\d"
)
_HEAD = 12  # blocks: where an edition prints the grade of a paper
#: The suffix of a mark, as the layout is given it (`redline.notation.suffix.masked`).
_SUFFIX = re.compile(r">{6,}")
_SPREAD = 26  # full lines of one typescript differ by less
_GOES_ON = 40  # a block this long can go on after an empty line (R32)


def join_drafts(text: str, drafts: list[Draft], *, capitals: bool, cable: bool) -> list[Draft]:
    """The blocks of a document from its drafts. `capitals`: the text is in capitals
    throughout; `cable`: it is a telegram."""
    return _Joiner(text, drafts, capitals, cable).join()


class _Joiner:
    def __init__(self, text: str, drafts: list[Draft], capitals: bool, cable: bool) -> None:
        self.text = text
        self.out = drafts
        self.capitals = capitals
        self.cable = cable

    def join(self) -> list[Draft]:
        self._letterheads()
        self._signatures()
        return self._join(self._double_spaced(self.out))

    def _letterheads(self) -> None:
        """Short lines before the first running text, and names after the last, are no headings.

        Before a date or a subject stand the names of offices and places; below the last text
        stand signatures.
        """
        opening: list[Draft] = []
        if len(self.out) == 1:
            return  # nothing it could be the head of
        for draft in self.out:
            if draft.kind == "note" or self._is_drawn(draft):
                continue
            if draft.kind in ("header", "letterhead") or draft.role == "subject":
                for before in opening:
                    before.kind, before.level = "header", None
                opening = []
            elif draft.kind == "heading" and draft.role is None and not draft.marked:
                opening.append(draft)
            if draft.kind in ("list-item", "table", "code") or draft.opens:
                break
            if draft.kind == "paragraph":
                start, end = draft.parts[0]
                short = draft.one_line and end - start < NARROW and self._is_label(draft)
                if not short and not (self.cable and end - start <= 2 * NARROW):
                    break
                draft.kind = "header"
            elif draft.kind == "heading" and draft.role is None and self.cable and not draft.marked:
                draft.kind, draft.level = "header", None

    def _signatures(self) -> None:
        """Title-case lines after the last running text are names, not headings; so is any line
        below an empty header field (`DISTRIBUTION:`) there."""
        closing: list[Draft] = []
        for draft in reversed(self.out):
            looks = draft.kind == "heading" and not draft.role and not draft.marked
            if not looks and draft.kind not in ("note", "header", "letterhead"):
                break
            closing.append(draft)
        names: list[Draft] = []
        listing = False
        for draft in reversed(closing):
            if draft.kind == "header":
                listing = draft.role == "field" and self._is_empty(draft)
            elif listing and draft.kind != "note":
                draft.kind, draft.level, draft.role = "header", None, None
            elif draft.is_title:
                names.append(draft)
            elif draft.kind == "heading":
                names = []  # a heading of its own: what stands above it may be one, too
        for draft in names:
            draft.kind, draft.level, draft.role = "header", None, "signature"

    def _is_drawn(self, draft: Draft) -> bool:
        """Whether it is a line drawn below a title, and no words."""
        start, end = draft.parts[-1]
        return draft.kind == "paragraph" and self.text[start] == "=" and draft.width == end - start

    def _is_empty(self, draft: Draft) -> bool:
        start, end = draft.parts[-1]
        return bare(self.text[start:end]).endswith(":")

    def _is_label(self, draft: Draft) -> bool:
        """Whether a short line names something: no stop at its end, few words in lower case."""
        start, end = draft.parts[0]
        words = bare(self.text[start:end])
        return not closes(words) and plain_words(words) < 2

    def _double_spaced(self, drafts: list[Draft]) -> list[Draft]:
        """R30: full lines with an empty line after each, running on as sentences."""
        out: list[Draft] = []
        k = 0
        while k < len(drafts):
            run = [drafts[k]]
            if self._is_full(drafts[k]):
                j = k + 1
                while j < len(drafts) and self._follows(drafts[j], run):
                    run.append(drafts[j])
                    j += 1
            k += len(run)
            first = self._sentences_from(run)
            out += run[:first]
            if first < len(run):
                out += self._gather(run[first:])
        return out

    def _is_full(self, draft: Draft) -> bool:
        return (
            draft.one_line
            and (draft.kind == "paragraph" or draft.is_title)
            and WIDE[0] <= draft.width <= WIDE[1]
        )

    def _follows(self, draft: Draft, run: list[Draft]) -> bool:
        before = run[-1]
        if draft.torn or draft.blank != 1 or not draft.one_line or draft.width > WIDE[1]:
            return False
        if not self._is_full(before) or draft.kind not in ("paragraph", "heading"):
            return self._is_short_end(before) and self._is_full(draft) and draft.blank == 1
        if draft.kind == "heading" and not draft.is_title:
            return False
        return abs(draft.width - before.width) < _SPREAD or draft.width < before.width

    def _is_short_end(self, draft: Draft) -> bool:
        start, end = draft.parts[-1]
        return draft.kind == "paragraph" and draft.one_line and closes(self.text[start:end])

    def _sentences_from(self, run: list[Draft]) -> int:
        """The first of these lines from which at least every other one goes on in the next."""
        found = len(run)
        balance = 0  # lines that go on less those that do not, from here to the end
        for k in range(len(run) - 2, -1, -1):
            start, end = run[k].parts[-1]
            balance += -1 if closes(self.text[start:end]) else 1
            if len(run) - k >= 3 and balance >= 0 and self._is_full(run[k]):
                found = k
        return found

    def _gather(self, run: list[Draft]) -> list[Draft]:
        full = max(draft.width for draft in run)
        out = [run[0]]
        out[0].kind, out[0].level = "paragraph", None
        for before, draft in pairwise(run):
            start, end = before.parts[-1]
            ended = closes(self.text[start:end])
            short = before.width < 0.8 * full
            if draft.opens or (draft.indent >= before.indent + 3 and ended) or (short and ended):
                draft.kind, draft.level = "paragraph", None
                out.append(draft)
            else:
                out[-1].take(draft)
        return out

    def _join(self, drafts: Iterable[Draft]) -> list[Draft]:
        """R32: what is not closed goes on in the next block that begins like a middle."""
        out: list[Draft] = []
        open_: Draft | None = None
        drafts = list(drafts)
        for k, draft in enumerate(drafts):
            following = drafts[k + 1] if k + 1 < len(drafts) else None
            if draft.kind == "note":
                out.append(draft)
                continue
            if (
                open_ is not None
                and self._goes_on(open_, draft)
                and not (len(out) < _HEAD and self._is_grade(draft, following))
            ):
                open_.take(draft)
                continue
            out.append(draft)
            open_ = draft if draft.kind in ("paragraph", "list-item") else None
        return out

    def _is_grade(self, draft: Draft, following: Draft | None) -> bool:
        """Whether it is the grade that an edition prints over the date: `secret priority`."""
        start, end = draft.parts[0]
        if following is None or not draft.one_line or end - start > NARROW:
            return False
        first, last = following.parts[0]
        return is_grade_line(self.text[start:end]) and bool(
            _DATED.search(self.text, first, min(last, first + 90))
        )

    def _size(self, start: int, end: int) -> int:
        """How long a line is without what its marks say of themselves."""
        size = end - start
        return len(_SUFFIX.sub("", self.text[start:end])) if size < 9 * _GOES_ON else size

    def _goes_on(self, before: Draft, draft: Draft) -> bool:
        text = self.text
        if draft.opens or draft.kind not in ("paragraph", "heading"):
            return False
        start, end = before.parts[-1]
        tail = text[max(start, end - 24) : end]
        first, last = draft.parts[0]
        head = text[first : min(last, first + 40)]
        if draft.kind == "heading" and not (draft.is_title and draft.torn):
            return False
        if _LETTER_HYPHEN.search(tail) and _ALNUM_START.match(head) and draft.kind == "paragraph":
            return True
        if closes(tail) or draft.kind == "heading":
            return False
        if len(before.parts) == 1 and self._size(start, end) < _GOES_ON:
            return False
        if opens_low(head):
            return True
        whole = text[max(start, end - 200) : end]
        return (
            is_capitals(whole)
            and is_capitals(text[first : min(last, first + 200)])
            and (self.capitals or draft.torn)
        )
