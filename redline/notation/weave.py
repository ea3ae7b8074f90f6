"""One block of the native notation: its marks read in order, its white space settled.

`Weaver.weave` turns the pieces of a block into *operations* (see `places.Op`) that the
builder carries out in order, and notes the revisions it met. Marks may cross: the inner one
is then two atoms of one mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from redline.layout.plan import Piece
from redline.notation.carets import Caret, decide, raise_digits
from redline.notation.pairing import CLOSE, OPEN, SKIP, TEXT, beyond
from redline.notation.places import INSERTED, SPACES, WORD, Frame, Op, Places, RawAct
from redline.notation.suffix import LOOKS_LIKE, read_suffix
from redline.spans import ADDITION, DELETION

__all__ = ["NEWLINE", "Weaver", "Woven"]

_LETTERED = re.compile(r"(?<=[\w.,;:!?)”’\"'])\^[{<]([a-z])[}>](?!\w)")
_BREAKS = ("break", "hard")
_REPLACING = Caret("add", "R7")
# A longer body is no number, ordinal, abbreviation or note.
_LONGEST_SPECIAL = 12
#: A line end with the spaces before it.
NEWLINE = re.compile(r"[ \t]*(\r\n|[\n\r\f])")
_LINE_END = re.compile(r"[\n\r\f]")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Woven(NamedTuple):
    """A block as operations. Slots: the white space range and what `place` decided."""

    ops: list[Op]
    slots: list[tuple[int, int, bool, int, int]]
    acts: list[RawAct]
    parents: dict[int, int]
    supplied_before: set[int]
    supplied_after: set[int]


class Weaver(Places):
    """Reads the blocks of one document, in order: note numbers run on from block to block."""

    _lettered: bool | None = None

    def weave(self, pieces: Sequence[tuple[Piece, range]]) -> Woven:
        """The block whose pieces these are, each with the range of its tokens.

        Pieces that are no text are embedded: furniture, notes, page edges.
        """
        self.begin_block()
        self.block = pieces[0][0].ref
        self.begin = pieces[0][0].start
        at = -1
        for piece, which in pieces:
            if 0 <= at < piece.start and self.pend is None and not self._ends_with_space():
                # A label or bullet may stand before the piece: only the space folds.
                gap = self.text[at : piece.start]
                size = len(gap) - len(gap.lstrip()) or len(gap)
                self.pend = (at, at + size, _LINE_END.search(gap, 0, size) is not None)
            if piece.kind == "text" and piece.ref == self.block:
                self._text_piece(piece, which)
            else:
                self._embed(piece)
            at = piece.end
            if piece.kind == "furniture" or (piece.kind == "text" and piece.ref != self.block):
                # The builder keeps the line end after what it lifts out.
                match = NEWLINE.match(self.text, at)
                at = match.start(1) + 1 if match else at
        self.pend = None
        while len(self.frames) > 1:  # a mark whose closer was lost with the nesting limit
            self.close_frame("")
        self.flush("")
        return Woven(
            self.ops,
            self.slots,
            self.acts,
            self.parents,
            self.supplied_before,
            self.supplied_after,
        )

    def _ends_with_space(self) -> bool:
        """Whether white space already stands before the hidden text just embedded."""
        frame = self.frames[-1]
        atoms = frame.atoms
        k = len(atoms)
        while k and atoms[k - 1].kind == "embed":
            k -= 1
            if frame.slots[k] >= 0:
                return True
        return False

    def _text_piece(self, piece: Piece, which: range) -> None:
        tokens, roles = self.tokens, self.pairs.role
        at, end = self.piece_start, self.piece_end = piece.start, piece.end
        for t in which:
            start, stop, kind = tokens[t]
            role = roles[t]
            if start < at or stop > end or role == SKIP:
                continue  # done already, or it would reach into what is lifted out
            if kind in _BREAKS:
                if at < start:
                    self.segment(at, start)
                self.space(start if kind == "break" else start + 1, stop, True)
                at = stop
            elif role == OPEN:
                if at < start:
                    self.segment(at, start)
                at = self._open(t, stop)
            elif role == CLOSE:
                if at < start:
                    self.segment(at, start)
                at = self._close(t, stop)
            elif kind in _INLINE:
                stop = _INLINE[kind](self, t, at, start, stop, end)
                if stop > start:
                    at = stop
        if at < end:
            self.segment(at, end)

    def _embed(self, piece: Piece) -> None:
        self.hide(("embed", piece.start, piece.end, (piece, "pb")), "embed", solid=False)
        if piece.kind == "page":
            self.page = piece.ref + 1

    def _open(self, t: int, stop: int) -> int:
        """A mark opens; white space at its inner edge counts as standing outside (R23)."""
        text, m = self.text, self.pairs.mark[t]
        kind = self.pairs.kind[m]
        if kind not in (DELETION, ADDITION):
            if kind == "code":
                return self._opaque(m, stop)
            self.ops.append(("begin", stop, stop, m))
            self.begun.add(m)
            return stop
        if kind == ADDITION:
            caret = self._caret(m, stop)
            self.mark_rule[m] = caret
            if caret.meaning != "add":
                last = self.tokens[self.pairs.last[m]]
                self._raise(caret, self.tokens[t][0], stop, last[0], last[1])
                return last[1]
            if caret.code:
                self.findings.append((caret.code, self.tokens[t][0], stop, ""))
        at = stop
        while text[at] in SPACES:
            at += 1
        if at > stop:
            self.space(stop, at, False)
        if t + 1 < len(self.tokens) and self.tokens[t + 1][2] in _BREAKS:
            first, after, _ = self.tokens[t + 1]
            if first == at:
                self.space(after - 1 if text[first] == "\\" else first, after, True)
                at = after
        frame = self.frames[-1]
        if frame.atoms and all(atom.kind == "embed" for atom in frame.atoms):
            self._join_over(frame, self.hyphens.how(self.last_end, at))
        glued = self.pend is None and not frame.atoms
        self.slot(frame)
        self.ops.append(("open", self.tokens[t][0], at, m))
        if frame.mark >= 0:
            self.parents[m] = frame.mark
        self.frames.append(Frame(m, frame.left if glued else ""))
        return at

    def _close(self, t: int, stop: int) -> int:
        m = self.pairs.mark[t]
        kind = self.pairs.kind[m]
        if kind not in (DELETION, ADDITION):
            if kind != "code":
                if m not in self.begun:
                    return self.tokens[t][0]  # it began in what was no text
                self.ops.append(("end", stop, stop, m))
            elif self.tokens[self.pairs.first[m]][0] < self.piece_start:
                return self.tokens[t][0]
            return stop
        said = read_suffix(self.text, stop, self.piece_end)
        if said is not None:
            self.pairs.suffix[m] = said
            stop = said[0]
        elif self.text.startswith("{", stop):
            odd = LOOKS_LIKE.match(self.text, stop, self.piece_end)
            if odd is not None:
                self.findings.append(("no-suffix", *odd.span(), odd[0]))
        right = ""  # a space at the edge is outside
        if not self.pend:
            right = beyond(self.text, self.tokens, self.pairs.role, t, stop)
        torn: list[int] = []
        while self.frames[-1].mark != m:
            # Marks cross: the inner one ends here and goes on after this one (R18).
            torn.append(self.frames[-1].mark)
            self.close_frame("", whole=False)
        self.close_frame(right)
        if torn:
            at = stop
            while self.text[at] in SPACES:
                at += 1
            if at > stop:
                self.space(stop, at, False)
            stop = at
        for inner in reversed(torn):
            self.slot(self.frames[-1])
            self.frames.append(Frame(inner, ""))
        return stop

    # -- marks that are no revisions ------------------------------------------------------

    def _opaque(self, m: int, stop: int) -> int:
        """A code span: its text as it stands, without the backticks (R5)."""
        last = self.pairs.last[m]
        first, end = stop, self.tokens[last][0]
        if end >= self.piece_end:  # it would swallow what is lifted out
            for t in range(self.pairs.first[m] + 1, self.pairs.last[m]):
                if self.tokens[t][2] in _BREAKS:
                    self.pairs.role[t] = TEXT
            return self.tokens[self.pairs.first[m]][0]
        if not self.text[first:end].strip():
            self.space(first, end, _LINE_END.search(self.text, first, end) is not None)
            return end
        while self.text[first] in SPACES:
            first += 1
        while self.text[end - 1] in SPACES:
            end -= 1
        self.words(first, end, "spanned", "code")
        return end

    def _escape(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        label = self.text[stop - 1]
        if label == "*" and self._is_reference(label, start, stop, end):
            self.numbering.take(label, self.page)
            self.hide(("hide", start + 1, stop, ("noteref", label, start, stop)), "ref", solid=True)
        else:
            self.words(start + 1, stop, "copy", None)
        return stop

    def _is_reference(self, label: str, start: int, stop: int, end: int) -> bool:
        """`\\*` glued to a word or its punctuation, at a word's end (R8)."""
        before, after = self.text[start - 1 : start], self.text[stop : stop + 1]
        if self.pend or not before.strip() or not (stop >= end or not after.isalnum()):
            return False
        if label in self.numbering.labels:
            return before.isalnum() or before in ".,;:!?)]”’\"'"
        return before in ".,;:!?)]”’" and (stop >= end or after.isspace())

    def _star(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        label = self.text[start:stop]
        if label in self.numbering.labels and self._is_reference(label, start, stop, end):
            if at < start:
                self.segment(at, start)
            self.numbering.take(label, self.page)
            self.hide(("hide", start, stop, ("noteref", label, start, stop)), "ref", solid=True)
            return stop
        return start

    def _figure(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        """Figures glued to a word, raised or bare: a note if its number is due (R8)."""
        text, kind = self.text, self.tokens[t][2]
        label = text[start:stop]
        if kind == "raised":
            label = label.translate(_LOWERED)
            before = text[start - 1 : start]
            if not (before.isalpha() or before in ".,;:!?)]”’\"'") or not label.isdecimal():
                return start
        if not self.numbering.due(int(label), self.page):
            return start
        if kind == "digits" and label not in self.numbering.labels:
            if text[start - 1].isalpha() and not self.numbering.seen:
                return start  # `Form1`: nothing else says that the paper has notes
            self.findings.append(("bare-note", start, stop, label))
        if at < start:
            self.segment(at, start)
        self.numbering.take(label, self.page)
        self.hide(("hide", start, stop, ("noteref", label, start, stop)), "ref", solid=True)
        return stop

    def _bracket_note(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        label = self.text[start + 2 : stop - 1]
        self.numbering.take(label, self.page)
        self.hide(("hide", start, stop, ("noteref", label, start, stop)), "ref", solid=True)
        return stop

    def _sup(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        first = self.text.index(">", start) + 1
        last = self.text.rindex("<", start, stop)
        body = self.text[first:last].strip()
        first = self.text.index(body, first)
        self._raise(self._decide(start, body, stop), start, first, first + len(body), stop)
        return stop

    def _mathsup(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        caret = self._decide(start, self.text[start + 3 : stop - 2], stop)
        if caret.meaning == "add":
            self.words(start, stop, "spanned", "math")
        else:
            self._raise(caret, start, start + 3, stop - 2, stop)
        return stop

    def _lone_caret(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        """`17^th` is an ordinal (R7b); any other caret alone is text (R11)."""
        text = self.text
        word = WORD.match(text, stop)
        if word and text[start - 1 : start].isdecimal() and start > at:
            caret = self._decide(start, word[0], word.end())
            if caret.meaning == "superscript":
                self.segment(at, start)
                self.words(stop, word.end(), "spanned", "superscript")
                return word.end()
        self.findings.append(("lone-caret", start, stop, ""))
        return start

    def _gap_words(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        self.words(start, stop, "spanned", "gap")
        return stop

    def _unclear(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        self.words(start + 1, stop - 2, "spanned", "unclear")
        return stop

    def _math(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        if "~~" in self.text[start:stop]:
            self.findings.append(("marks-in-mathematics", start, stop, ""))
        self.words(start, stop, "spanned", "math")
        return stop

    def _blank(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self.segment(at, start)
        self.hide(("hide", start, stop, ("space", "", start, stop)), "blank", solid=False)
        return stop

    def _aside(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        """`[margin: …]` and `[stamp: …]`: on the page, in no reading (R28)."""
        if at < start:
            self.segment(at, start)
        kind = self.tokens[t][2]
        first = self.text.index(":", start) + 1
        last = stop - 1
        while first < last and self.text[first].isspace():
            first += 1
        while last > first and self.text[last - 1].isspace():
            last -= 1
        self.hide(("hide", first, last, (kind, "", start, stop)), "aside", solid=True)
        return stop

    # -- carets that are no insertions ----------------------------------------------------

    def _caret(self, m: int, first: int) -> Caret:
        """What pair m, a caret mark whose body begins at `first`, means here (R7)."""
        text, t = self.text, self.pairs.first[m]
        start = self.tokens[t][0]
        before = text[start - 1 : start]
        if before == " " and not text[first].isdecimal():
            if text[start - 3 : start - 1] != "~~":
                return INSERTED
            return _REPLACING if self._closes_before(t) else INSERTED
        end, stop, _ = self.tokens[self.pairs.last[m]]
        if read_suffix(text, stop, self.piece_end) is not None:
            return INSERTED  # it says so itself
        at = start
        while at > self.begin and text[at - 1].isspace():
            at -= 1
        if text[max(self.begin, at - 2) : at] == "~~" and self._closes_before(t):
            return _REPLACING
        if end - first > _LONGEST_SPECIAL:
            return INSERTED
        return self._decide(start, text[first:end], stop)

    def _decide(self, start: int, body: str, stop: int) -> Caret:
        """What a short raised `body` in source[start:stop] means (R7a-f)."""
        text = self.text
        left = text[max(0, start - 12) : start]
        cut = max(left.rfind("\n"), left.rfind("\r"))
        return decide(
            left[cut + 1 :],
            body,
            text[stop : stop + 1],
            numbering=self.numbering,
            letters=self._letters() if len(body) == 1 and body.isalpha() else False,
            page=self.page,
        )

    def _raise(self, caret: Caret, start: int, first: int, last: int, stop: int) -> None:
        """Carry out a caret that is no insertion: source[first:last] is its body."""
        body = self.text[first:last]
        if caret.code:
            self.findings.append((caret.code, start, stop, self.text[start:stop]))
        if caret.meaning == "noteref":
            self.numbering.take(body, self.page)
            self.hide(("hide", first, last, ("noteref", body, start, stop)), "ref", solid=True)
        elif caret.meaning == "raised":
            self.words(first, last, "supply", raise_digits(body))
        elif caret.meaning == "superscript":
            self.words(first, last, "spanned", "superscript")
        else:
            self.words(start, stop, "copy", None)

    def _closes_before(self, t: int) -> bool:
        k = t - 1
        while k >= 0 and self.tokens[k][2] == "break":
            k -= 1
        return k >= 0 and self.pairs.role[k] == CLOSE and self.tokens[k][2] in ("tilde", "shut")

    def _letters(self) -> bool:
        """Whether lettered notes run through the document: a, b, … (R7e)."""
        if self._lettered is None:
            found = list(dict.fromkeys(_LETTERED.findall(self.text)))
            self._lettered = len(found) > 1 and found == [
                chr(ord("a") + k) for k in range(len(found))
            ]
        return self._lettered


#: What reads each mark that makes no pair. Each gets the weaver, the token, where the text
#: before it begins, its range and the end of the piece; it returns where to go on, or the
#: mark's own start to leave it as text.
_INLINE: dict[str, Callable[[Weaver, int, int, int, int, int], int]] = {
    "escape": Weaver._escape,
    "star": Weaver._star,
    "digits": Weaver._figure,
    "raised": Weaver._figure,
    "noteref": Weaver._bracket_note,
    "sup": Weaver._sup,
    "mathsup": Weaver._mathsup,
    "math": Weaver._math,
    "caret": Weaver._lone_caret,
    "gap": Weaver._gap_words,
    "unclear": Weaver._unclear,
    "blank": Weaver._blank,
    "margin": Weaver._aside,
    "stamp": Weaver._aside,
}
