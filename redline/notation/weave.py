"""One block of the native notation: its marks read in order, its white space settled.

`Weaver.weave` turns the pieces of a block into *operations* (see `Op`) that the builder
carries out in order, and notes the revisions it met. Marks may cross: the inner one is then
two atoms of one mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from redline.layout.plan import Piece
from redline.model import Cert
from redline.notation.carets import Caret, Numbering, decide, raise_digits
from redline.notation.pairing import CLOSE, OPEN, SKIP, Finding, Pairs
from redline.notation.seams import Side, seams
from redline.notation.settle import DROP, Atom, place
from redline.spans import ADDITION, DELETION
from redline.tokens import Token

__all__ = ["NEWLINE", "SHORT_WORDS", "Op", "RawAct", "Weaver", "Woven"]

#: An operation of the builder: its name, a source range, and what it needs besides:
#: copy, space, fold: nothing · gap: a slot · open, close, begin, end: a pair · hide: kind,
#: label and range of the mark · embed: a piece and the kind of page break · supply: the
#: characters · spanned: a kind · soft, point: a kind of point
Op = tuple[str, int, int, Any]

_SPACES = " \t"
_LETTERED = re.compile(r"(?<=[\w.,;:!?)”’\"'])\^[{<]([a-z])[}>](?!\w)")
_WORDS = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
_BLANK_CLOSERS = " .,;:!?)]”’\"'"
#: English words of one or two letters; any other beside a strike is a piece of a word (R6).
SHORT_WORDS = frozenset(
    "a i o am an as at be by do go ha he hi if in is it me my no of oh ok on or so to up us we"
    " mr dr st no vs pp al et de la le el en".split()
)


#: Where a slot goes: to the start or to the end of its atom.
_START, _END = 0, 1
_STRUCK = Caret("del", "R3")
_INSERTED = Caret("add", "R7f")
_WITHIN = Caret("add", "R10")
_REPLACING = Caret("add", "R7")
# A longer body is no number, ordinal, abbreviation or note.
_LONGEST_SPECIAL = 12
#: A line end with the spaces before it.
NEWLINE = re.compile(r"[ \t]*(\r\n|[\n\r\f])")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class RawAct(NamedTuple):
    """A revision before it has an id: its marks in order, and the rule that made it one."""

    marks: list[int]
    rule: str
    cert: Cert


class Woven(NamedTuple):
    """A block as operations. Slots: the white space range and what `place` decided."""

    ops: list[Op]
    slots: list[tuple[int, int, bool, int, int]]
    acts: list[RawAct]
    parents: dict[int, int]
    supplied_before: set[int]
    supplied_after: set[int]


class _Frame:
    """What is known of the mark (or block) being read: its last text, the atoms since."""

    __slots__ = ("atoms", "edges0", "edges1", "left", "mark", "slots")

    def __init__(self, mark: int, left: str) -> None:
        self.mark = mark
        self.left = left
        self.atoms: list[Atom] = []
        self.slots: list[int] = []
        self.edges0 = ("", "")
        self.edges1 = ("", "")

    def saw(self, first: str, last: str) -> None:
        self.edges0 = (self.edges0[0] or first, last)
        self.edges1 = (self.edges1[0] or first, last)


class Weaver:
    """Reads the blocks of one document, in order: note numbers run on from block to block."""

    def __init__(
        self, text: str, tokens: Sequence[Token], pairs: Pairs, labels: frozenset[str]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.pairs = pairs
        self.numbering = Numbering(labels)
        self.page = 1
        self.findings: list[Finding] = []
        self._lettered: bool | None = None
        self._hyphenated: frozenset[str] | None = None
        self.mark_rule: dict[int, Caret] = {}
        self.crossed: set[int] = set()

    # -- one block ----------------------------------------------------------------------

    def weave(self, pieces: Sequence[tuple[Piece, range]]) -> Woven:
        """The block whose pieces these are, each with the range of its tokens.

        Pieces that are no text are embedded: furniture, notes, page edges.
        """
        self.ops: list[Op] = []
        self.slots: list[tuple[int, int, bool, int, int]] = []
        self.acts: list[RawAct] = []
        self.parents: dict[int, int] = {}
        self.supplied_before: set[int] = set()
        self.supplied_after: set[int] = set()
        self.frames = [_Frame(-1, "")]
        self.pend: tuple[int, int, bool] | None = None
        self.slot = pieces[0][0].ref
        self.last_end = -1  # where the text before ended, -1 after anything but text
        at = -1
        for piece, which in pieces:
            if 0 <= at < piece.start and self.pend is None and not self._ends_with_space():
                # A label or bullet may stand before the piece: only the space folds.
                gap = self.text[at : piece.start]
                size = len(gap) - len(gap.lstrip()) or len(gap)
                self.pend = (at, at + size, True)
            if piece.kind == "text" and piece.ref == self.slot:
                self._text_piece(piece, which)
            else:
                self._embed(piece)
            at = piece.end
            if piece.kind == "furniture" or (piece.kind == "text" and piece.ref != self.slot):
                # The builder keeps the line end after what it lifts out.
                match = NEWLINE.match(self.text, at)
                at = match.start(1) + 1 if match else at
        self.pend = None
        while len(self.frames) > 1:  # a mark whose closer was lost with the nesting limit
            self._close_frame("")
        self._flush("")
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
            if kind == "break":
                if at < start:
                    self._segment(at, start)
                self._space(start, stop, True)
                at = stop
            elif role == OPEN:
                if at < start:
                    self._segment(at, start)
                at = self._open(t, stop)
            elif role == CLOSE:
                if at < start:
                    self._segment(at, start)
                at = self._close(t, stop)
            elif kind in _INLINE:
                stop = _INLINE[kind](self, t, at, start, stop, end)
                if stop > start:
                    at = stop
        if at < end:
            self._segment(at, end)

    def _segment(self, start: int, end: int) -> None:
        """Source[start:end] without marks: white space at its edges, text between."""
        text = self.text
        first = start
        while first < end and text[first] in _SPACES:
            first += 1
        if first > start:
            self._space(start, first, False)
        if first == end:
            return
        last = end
        while text[last - 1] in _SPACES:
            last -= 1
        self._words(first, last, "copy", None)
        if last < end:
            self.pend = (last, end, False)

    def _space(self, start: int, end: int, is_break: bool) -> None:
        if self.pend is None:
            self.pend = (start, end, is_break)
        elif self.pend[1] == start or not self.pend[2]:
            self.pend = (
                (self.pend[0] if self.pend[1] == start else start, end, True)
                if (is_break or self.pend[2])
                else self.pend
            )

    def _words(self, first: int, last: int, op: str, data: object) -> None:
        """Text that both readings of this place show."""
        frame = self.frames[-1]
        text = self.text
        if frame.atoms:
            if all(atom.kind == "embed" for atom in frame.atoms):
                self._join_over(frame, self._joins(first))
            self._flush(self._facing(first))
        elif self.pend:
            start, end, is_break = self.pend
            self.pend = None
            if is_break:
                if not (self.last_end >= 0 and self._join_line(first, start)):
                    self.ops.append(("fold", start, end, "lb"))
            else:
                self.ops.append(("space", start, end, None))
        self.ops.append((op, first, last, data))
        char = text[last - 1]
        if char in "\"'":
            char = "“" if last < 2 or text[last - 2] in " \t\r\n([“‘" else "”"
        frame.left = char
        frame.saw(self._facing(first), char)
        self.last_end = last

    def _facing(self, first: int) -> str:
        """The first character of text at `first`; a straight quote by what follows it."""
        char = self.text[first]
        if char in "\"'":
            after = self.text[first + 1 : first + 2]
            return "”" if not after or after in _BLANK_CLOSERS or after.isspace() else "“"
        return char

    # -- hyphens at line and page ends (R25) ---------------------------------------------

    def _joins(self, first: int) -> str:
        """How the text that ends at `last_end` joins the text at `first`: "", soft, hard."""
        text, last = self.text, self.last_end
        if last < 2 or text[last - 1] != "-" or not text[first].isalnum():
            return ""
        before = text[last - 2]
        if not before.isalnum():
            return ""
        after = text[first]
        if not (before.islower() and after.islower()):
            # Capitals joined to capitals in an all-capitals text are one hyphenated word too,
            # but nothing tells whether the hyphen is the word's own: it stays.
            return "hard"
        left = _WORD_BEFORE.search(text, max(0, last - 40), last - 1)
        right = _WORD.match(text, first)
        word = f"{left[0] if left else ''}-{right[0] if right else ''}".lower()
        return "hard" if word in self._words_with_hyphens() else "soft"

    def _words_with_hyphens(self) -> frozenset[str]:
        if self._hyphenated is None:
            self._hyphenated = frozenset(
                w.lower() for w in re.findall(r"[^\W\d_]+-[^\W\d_]+", self.text)
            )
        return self._hyphenated

    def _join_line(self, first: int, start: int) -> bool:
        """Join over a line break; True if a hyphen did, and no space is to be kept."""
        how = self._joins(first)
        if not how:
            return False
        if how == "soft":
            self._soften()
            self.ops.append(("point", start, start, "lb-no"))
        else:
            self.ops.append(("point", start, start, "lb-maybe"))
        return True

    def _soften(self) -> None:
        """The hyphen that ends the last text belongs to the break (R25)."""
        for k in range(len(self.ops) - 1, -1, -1):
            op, a, b, data = self.ops[k]
            if op == "copy" and b == self.last_end:
                self.ops[k : k + 1] = [(op, a, b - 1, data), ("soft", b - 1, b, None)]
                return

    def _join_over(self, frame: _Frame, how: str) -> None:
        """Join over embedded furniture: no white space, and the page break says so."""
        if not how:
            return
        if how == "soft":
            self._soften()
        self.pend = None
        frame.slots = [-1] * len(frame.slots)
        for k in range(len(self.ops) - 1, -1, -1):
            op, a, b, data = self.ops[k]
            if op == "gap":
                self.ops[k] = ("point", a, a, "")
            elif op == "embed":
                assert isinstance(data, tuple)
                if data[0].kind == "page":
                    self.ops[k] = (op, a, b, (data[0], "pb-no" if how == "soft" else "pb-maybe"))
            else:
                break

    # -- atoms ----------------------------------------------------------------------------

    def _slot(self, frame: _Frame) -> None:
        """Close the white space gathered so far into the slot before the next atom."""
        if self.pend is None:
            frame.slots.append(-1)
            return
        start, end, is_break = self.pend
        self.pend = None
        frame.slots.append(len(self.slots))
        self.ops.append(("gap", start, end, len(self.slots)))
        self.slots.append((start, end, is_break, DROP, -1))

    def _hide(self, op: Op, kind: str, *, solid: bool) -> None:
        """Hidden text at this place: it shows in no reading."""
        frame = self.frames[-1]
        self._slot(frame)
        self.ops.append(op)
        frame.atoms.append(Atom(False, False, ("", ""), ("", ""), -1, kind, solid))

    def _embed(self, piece: Piece) -> None:
        self._hide(("embed", piece.start, piece.end, (piece, "pb")), "embed", solid=False)
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
        while text[at] in _SPACES:
            at += 1
        if at > stop:
            self._space(stop, at, False)
        frame = self.frames[-1]
        glued = self.pend is None and not frame.atoms
        self._slot(frame)
        self.ops.append(("open", self.tokens[t][0], at, m))
        if frame.mark >= 0:
            self.parents[m] = frame.mark
        self.frames.append(_Frame(m, frame.left if glued else ""))
        return at

    def _close(self, t: int, stop: int) -> int:
        m = self.pairs.mark[t]
        kind = self.pairs.kind[m]
        if kind not in (DELETION, ADDITION):
            if kind != "code":
                self.ops.append(("end", stop, stop, m))
            elif self.tokens[self.pairs.first[m]][0] < self.piece_start:
                return self.tokens[t][0]
            return stop
        after = self.text[stop : stop + 1]
        right = "" if after.isspace() or after in "~^" else after
        torn: list[int] = []
        while self.frames[-1].mark != m:
            # Marks cross: the inner one ends here and goes on after this one (R18).
            torn.append(self.frames[-1].mark)
            self._close_frame("", whole=False)
        self._close_frame(right)
        if torn:
            at = stop
            while self.text[at] in _SPACES:
                at += 1
            if at > stop:
                self._space(stop, at, False)
            stop = at
        for inner in reversed(torn):
            self._slot(self.frames[-1])
            self.frames.append(_Frame(inner, ""))
        return stop

    def _close_frame(self, right: str, *, whole: bool = True) -> None:
        pend, self.pend = self.pend, None
        self._flush(right)
        self.pend = pend
        frame = self.frames.pop()
        m = frame.mark
        if whole:
            self.ops.append(("close", 0, 0, m))
        kind = self.pairs.kind[m]
        outer = self.frames[-1]
        if kind == DELETION:
            atom = Atom(bool(frame.edges0[0]), False, frame.edges0, ("", ""), m, kind)
        else:
            atom = Atom(False, bool(frame.edges1[0]), ("", ""), frame.edges1, m, kind)
        outer.atoms.append(atom)

    # -- a place with marks ---------------------------------------------------------------

    def _flush(self, right: str) -> None:
        """Settle the atoms since the last text, and note the revisions they make."""
        frame = self.frames[-1]
        atoms = frame.atoms
        if not atoms:
            return
        self._slot(frame)
        slots = frame.slots
        chosen = place(atoms, [k >= 0 for k in slots], frame.left, right)
        for i, (k, choice) in enumerate(zip(slots, chosen, strict=True)):
            if k >= 0:
                start, end, is_break, _, _ = self.slots[k]
                m = atoms[choice].mark if choice >= 0 else -1
                # At which edge of the atom: at its start if the slot stands before it.
                side = choice if choice < 0 else (_START if i <= choice else _END)
                self.slots[k] = (start, end, is_break, side, m)
        if any(atom.mark >= 0 for atom in atoms):
            self._note_acts(atoms, [k >= 0 for k in slots], frame.left, right)
        for atom in atoms:
            if atom.shows0:
                frame.edges0 = (frame.edges0[0] or atom.edges0[0], atom.edges0[1])
            if atom.shows1:
                frame.edges1 = (frame.edges1[0] or atom.edges1[0], atom.edges1[1])
        frame.atoms = []
        frame.slots = []

    def _note_acts(self, atoms: list[Atom], filled: list[bool], left: str, right: str) -> None:
        run: list[Atom] = []
        for i, atom in enumerate(atoms):
            if atom.mark in self.pairs.crossing:
                self._group(run)
                run = []
                if atom.mark not in self.crossed:
                    self.crossed.add(atom.mark)
                    self.acts.append(RawAct([atom.mark], "R18", "medium"))
            elif atom.mark >= 0:
                run.append(atom)
                if atom.kind == ADDITION:
                    self._glue(atoms, i, filled, left, right)
            elif atom.solid:
                self._group(run)
                run = []
        self._group(run)
        if len(self.frames) == 1:
            sides = [self._side(atom) for atom in atoms if atom.mark >= 0]
            self.findings += seams(sides, left, right)
        last = atoms[-1]
        if last.kind == DELETION and right.isalpha() and not filled[-1]:
            before = left if len(atoms) == 1 and not filled[0] else ""
            if not before.isalpha():
                opener = self.tokens[self.pairs.first[last.mark]][0]
                closer = self.tokens[self.pairs.last[last.mark]][1]
                self.findings.append(("possible-substitution", opener, closer, ""))
        if last.kind == DELETION or atoms[0].kind == DELETION:
            self._suspect(atoms, filled)

    def _side(self, atom: Atom) -> Side:
        start = self.tokens[self.pairs.first[atom.mark]][0]
        end = self.tokens[self.pairs.last[atom.mark]][1]
        if atom.kind == DELETION:
            return Side(True, start, end, atom.edges0[0], "")
        return Side(False, start, end, *atom.edges1)

    def _group(self, run: list[Atom]) -> None:
        """R12, R13: adjacent deletions and additions are one substitution, or pairs."""
        marks = [atom.mark for atom in run]
        if not marks:
            return
        kinds = [atom.kind for atom in run]
        if len(set(kinds)) == 1:
            for m in marks:
                caret = self.mark_rule.get(m, _STRUCK)
                self.acts.append(RawAct([m], caret.rule, caret.cert))
            return
        alternating = all(a != b for a, b in pairwise(kinds))
        if alternating and len(kinds) > 2 and len(kinds) % 2 == 0:
            for i in range(0, len(marks), 2):
                self.acts.append(RawAct(marks[i : i + 2], "R13", "high"))
        else:
            self.acts.append(RawAct(marks, "R12", "high"))

    def _glue(self, atoms: list[Atom], i: int, filled: list[bool], left: str, right: str) -> None:
        """R10: an addition that touches a word on one side only."""
        before = left.isalnum() and i == 0 and not filled[0]
        after = right.isalnum() and i == len(atoms) - 1 and not filled[-1]
        atom = atoms[i]
        m = atom.mark
        if before == after:
            if before and self.mark_rule[m].rule == "R7f":
                self.mark_rule[m] = _WITHIN
            return
        caret = self.mark_rule.get(m)
        if m in self.pairs.crossing or (caret and caret.code):
            return
        first = self.tokens[self.pairs.first[m]]
        last = self.tokens[self.pairs.last[m]]
        edge = atom.edges1[0] if before else atom.edges1[1]
        if not edge.isalnum():
            return
        body = self.text[first[1] : last[0]]
        if body != body.strip() and (body[0].isspace() if before else body[-1].isspace()):
            return
        if len(_WORDS.findall(body)) < 2:
            self.mark_rule[m] = Caret("add", "R10", "medium", "glued-addition")
            self.findings.append(("glued-addition", first[0], last[1], body.strip()))
            return
        self.mark_rule[m] = Caret("add", "R10", "medium", "supplied-space")
        (self.supplied_before if before else self.supplied_after).add(m)
        self.findings.append(("supplied-space", first[0], last[1], ""))

    def _suspect(self, atoms: list[Atom], filled: list[bool]) -> None:
        """R6: a strike whose neighbour is a piece of a word is what recognition leaves."""
        if len(atoms) != 1 or not (filled[0] and filled[-1]):
            return
        m = atoms[0].mark
        start = self.tokens[self.pairs.first[m]][0]
        end = self.tokens[self.pairs.last[m]][1]
        text = self.text
        at = end
        while at < len(text) and text[at] in _SPACES:
            at += 1
        word = _WORD.match(text, at)
        if word is None or len(word[0]) != 2 or not word[0].islower() or word[0] in SHORT_WORDS:
            return
        before = text[max(0, start - 2) : start].strip()
        if before.isalpha() and text[word.end() : word.end() + 1] not in ("'", "’", "."):
            self.findings.append(("spaced-strike", start, end, ""))

    # -- marks that are no revisions --------------------------------------------------------

    def _opaque(self, m: int, stop: int) -> int:
        """A code span: its text as it stands, without the backticks (R5)."""
        last = self.pairs.last[m]
        first, end = stop, self.tokens[last][0]
        if end >= self.piece_end:
            return self.tokens[self.pairs.first[m]][0]  # it would swallow what is lifted out
        if not self.text[first:end].strip():
            return stop
        while self.text[first] in _SPACES:
            first += 1
        while self.text[end - 1] in _SPACES:
            end -= 1
        self._words(first, end, "spanned", "code")
        return end

    def _escape(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        label = self.text[stop - 1]
        if label == "*" and self._is_reference(label, start, stop, end):
            self.numbering.take(label, self.page)
            self._hide(
                ("hide", start + 1, stop, ("noteref", label, start, stop)), "ref", solid=True
            )
        else:
            self._words(start + 1, stop, "copy", None)
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
                self._segment(at, start)
            self.numbering.take(label, self.page)
            self._hide(("hide", start, stop, ("noteref", label, start, stop)), "ref", solid=True)
            return stop
        return start

    def _hard(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        return stop

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
        if at < start:
            self._segment(at, start)
        self.numbering.take(label, self.page)
        self._hide(("hide", start, stop, ("noteref", label, start, stop)), "ref", solid=True)
        return stop

    def _bracket_note(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        label = self.text[start + 2 : stop - 1]
        self.numbering.take(label, self.page)
        self._hide(("hide", start, stop, ("noteref", label, start, stop)), "ref", solid=True)
        return stop

    def _sup(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        first = self.text.index(">", start) + 1
        last = self.text.rindex("<", start, stop)
        body = self.text[first:last].strip()
        first = self.text.index(body, first)
        self._raise(self._decide(start, body, stop), start, first, first + len(body), stop)
        return stop

    def _mathsup(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        caret = self._decide(start, self.text[start + 3 : stop - 2], stop)
        if caret.meaning == "add":
            self._words(start, stop, "spanned", "math")
        else:
            self._raise(caret, start, start + 3, stop - 2, stop)
        return stop

    def _lone_caret(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        """`17^th` is an ordinal (R7b); any other caret alone is text (R11)."""
        text = self.text
        word = _WORD.match(text, stop)
        if word and text[start - 1 : start].isdecimal() and start > at:
            caret = self._decide(start, word[0], word.end())
            if caret.meaning == "superscript":
                self._segment(at, start)
                self._words(stop, word.end(), "spanned", "superscript")
                return word.end()
        self.findings.append(("lone-caret", start, stop, ""))
        return start

    def _gap_words(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        self._words(start, stop, "spanned", "gap")
        return stop

    def _unclear(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        self._words(start + 1, stop - 2, "spanned", "unclear")
        return stop

    def _math(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        self._words(start, stop, "spanned", "math")
        return stop

    def _blank(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        if at < start:
            self._segment(at, start)
        self._hide(("hide", start, stop, ("space", "", start, stop)), "blank", solid=False)
        return stop

    def _aside(self, t: int, at: int, start: int, stop: int, end: int) -> int:
        """`[margin: …]` and `[stamp: …]`: on the page, in no reading (R28)."""
        if at < start:
            self._segment(at, start)
        kind = self.tokens[t][2]
        first = self.text.index(":", start) + 1
        last = stop - 1
        while first < last and self.text[first].isspace():
            first += 1
        while last > first and self.text[last - 1].isspace():
            last -= 1
        self._hide(("hide", first, last, (kind, "", start, stop)), "aside", solid=True)
        return stop

    # -- carets that are no insertions -----------------------------------------------------

    def _caret(self, m: int, first: int) -> Caret:
        """What pair m, a caret mark whose body begins at `first`, means here (R7)."""
        text, t = self.text, self.pairs.first[m]
        start = self.tokens[t][0]
        before = text[start - 1 : start]
        if before == " " and not text[first].isdecimal():
            if text[start - 3 : start - 1] != "~~":
                return _INSERTED
            return _REPLACING if self._closes_before(t) else _INSERTED
        end, stop, _ = self.tokens[self.pairs.last[m]]
        at = start
        while at and text[at - 1].isspace():
            at -= 1
        if text[at - 2 : at] == "~~" and self._closes_before(t):
            return _REPLACING
        if end - first > _LONGEST_SPECIAL:
            return _INSERTED
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
            self._hide(("hide", first, last, ("noteref", body, start, stop)), "ref", solid=True)
        elif caret.meaning == "raised":
            self._words(first, last, "supply", raise_digits(body))
        elif caret.meaning == "superscript":
            self._words(first, last, "spanned", "superscript")
        else:
            self._words(start, stop, "copy", None)

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
    "hard": Weaver._hard,
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
