"""The places of a block: its text, the marks between, the white space beside them, its acts.

`Places` keeps what is known while a block is read: a frame for the block and for each mark
that is open, the atoms since the last text, the white space not yet placed. `Weaver` reads
the marks and tells it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from redline.model import Cert
from redline.notation.carets import Caret, Numbering
from redline.notation.hyphens import Hyphens
from redline.notation.pairing import Finding, Pairs
from redline.notation.seams import Side, seams
from redline.notation.settle import DROP, Atom, place
from redline.spans import ADDITION, DELETION
from redline.tokens import Token

__all__ = ["INSERTED", "SHORT_WORDS", "SPACES", "WORD", "Frame", "Op", "Places", "RawAct"]

#: An operation of the builder: its name, a source range, and what it needs besides:
#: copy, space, fold: nothing · gap: a slot · open, close, begin, end: a pair · hide: kind,
#: label and range of the mark · embed: a piece and the kind of page break · supply: the
#: characters · spanned: a kind · soft, point: a kind of point
Op = tuple[str, int, int, Any]

SPACES = " \t\u00a0"
_WORDS = re.compile(r"\S+")
WORD = re.compile(r"[^\W\d_]+")
_BLANK_CLOSERS = " .,;:!?)]”’\"'"
#: English words of one or two letters; any other beside a strike is a piece of a word (R6).
SHORT_WORDS = frozenset(
    "a i o am an as at be by do go ha he hi if in is it me my no of oh ok on or so to up us we"
    " mr dr st no vs pp al et de la le el en".split()
)

#: Where a slot goes: to the start or to the end of its atom.
_START, _END = 0, 1
_STRUCK = Caret("del", "R3")
INSERTED = Caret("add", "R7f")
_WITHIN = Caret("add", "R10")


def _soft(op: str, start: int, end: int, data: Any) -> list[Op]:
    """An operation whose last character is a hyphen that belongs to the break."""
    soft: Op = ("soft", end - 1, end, None)
    return [(op, start, end - 1, data), soft] if end - 1 > start else [soft]


class RawAct(NamedTuple):
    """A revision before it has an id: its marks in order, and the rule that made it one."""

    marks: list[int]
    rule: str
    cert: Cert


class Frame:
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
        """Text stood here, that both readings show: its first and last characters."""
        self.edges0 = (self.edges0[0] or first, last)
        self.edges1 = (self.edges1[0] or first, last)


class Places:
    """What the blocks of one document share, and the block that is being read."""

    def __init__(
        self, text: str, tokens: Sequence[Token], pairs: Pairs, labels: frozenset[str]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.pairs = pairs
        self.numbering = Numbering(labels)
        self.page = 1
        self.findings: list[Finding] = []
        self.hyphens = Hyphens(text)
        self.mark_rule: dict[int, Caret] = {}
        self.crossed: set[int] = set()
        self.begin_block()

    def begin_block(self) -> None:
        """Forget the block before."""
        self.ops: list[Op] = []
        self.slots: list[tuple[int, int, bool, int, int]] = []
        self.acts: list[RawAct] = []
        self.parents: dict[int, int] = {}
        self.supplied_before: set[int] = set()
        self.supplied_after: set[int] = set()
        self.begin = 0  # of the block, in the source
        self.begun: set[int] = set()  # emphases that opened in the text
        self.frames = [Frame(-1, "")]
        self.pend: tuple[int, int, bool] | None = None
        self.last_end = -1  # where the text before ended, -1 after anything but text

    def segment(self, start: int, end: int) -> None:
        """Source[start:end] without marks: white space at its edges, text between."""
        text = self.text
        first = start
        while first < end and text[first] in SPACES:
            first += 1
        if first > start:
            self.space(start, first, False)
        if first == end:
            return
        last = end
        while text[last - 1] in SPACES:
            last -= 1
        self.words(first, last, "copy", None)
        if last < end:
            self.pend = (last, end, False)

    def space(self, start: int, end: int, is_break: bool) -> None:
        """White space that is not placed yet; a line break in it outweighs the rest."""
        if self.pend is None:
            self.pend = (start, end, is_break)
        elif self.pend[1] == start or not self.pend[2]:
            self.pend = (
                (self.pend[0] if self.pend[1] == start else start, end, True)
                if (is_break or self.pend[2])
                else self.pend
            )

    def words(self, first: int, last: int, op: str, data: object) -> None:
        """Text that both readings of this place show."""
        frame = self.frames[-1]
        text = self.text
        if frame.atoms:
            if all(atom.kind == "embed" for atom in frame.atoms):
                self._join_over(frame, self.hyphens.how(self.last_end, first))
            self.flush(self._facing(first))
        elif self.pend:
            start, end, is_break = self.pend
            self.pend = None
            if not self.ops or (frame.mark >= 0 and not frame.left and frame.edges0 == ("", "")):
                pass  # neither a block nor, behind emphasis, a mark begins with white space
            elif is_break:
                if not (self.last_end >= 0 and self._join_line(first, start)):
                    self.ops.append(("fold", start, end, "lb"))
            else:
                self.ops.append(("space", start, end, None))
        self.ops.append((op, first, last, data))
        char = text[last - 1]
        if char in "\"'":
            char = "“" if last < 2 or text[last - 2] in " \t\r\n([“‘" else "”"
        frame.left = char
        ellipsis = text.startswith(("..", ". ."), first)
        frame.saw("…" if ellipsis else self._facing(first), char)
        self.last_end = last

    def _facing(self, first: int) -> str:
        """The first character of text at `first`; a straight quote by what follows it."""
        char = self.text[first]
        if char in "\"'":
            after = self.text[first + 1 : first + 2]
            return "”" if not after or after in _BLANK_CLOSERS or after.isspace() else "“"
        return char

    # -- hyphens at line and page ends (R25) -------------------------------------------

    def _join_line(self, first: int, start: int) -> bool:
        """Join over a line break; True if a hyphen did, and no space is to be kept."""
        how = self.hyphens.how(self.last_end, first)
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
                self.ops[k : k + 1] = _soft(op, a, b, data)
                return

    def _joined_slots(self, slots: list[int]) -> dict[int, tuple[int, str]]:
        """The line breaks among these slots over which a hyphen joins: where the text before
        ends, and how."""
        found = {}
        for k in slots:
            if k >= 0 and self.slots[k][2]:
                last, how = self.hyphens.over_break(*self.slots[k][:2], self.begin)
                if how:
                    found[k] = last, how
        return found

    def _join_slots(self, hyphens: dict[int, tuple[int, str]]) -> None:
        """Join over these slots: the break says so, and a soft hyphen belongs to it."""
        soft = {last for last, how in hyphens.values() if how == "soft"}
        waiting = len(hyphens) + len(soft)
        tail: list[Op] = []
        k = len(self.ops)
        while waiting and k:
            k -= 1
            op, a, b, data = self.ops[k]
            if op == "gap" and data in hyphens:
                kind = "lb-no" if hyphens[data][1] == "soft" else "lb-maybe"
                tail.append(("point", a, a, kind))
                waiting -= 1
            elif op == "copy" and b in soft:
                tail += reversed(_soft(op, a, b, data))
                soft.discard(b)
                waiting -= 1
            else:
                tail.append(self.ops[k])
        self.ops[k:] = reversed(tail)

    def _join_over(self, frame: Frame, how: str) -> None:
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

    # -- atoms ---------------------------------------------------------------------------

    def slot(self, frame: Frame) -> None:
        """Close the white space gathered so far into the slot before the next atom."""
        if self.pend is None:
            frame.slots.append(-1)
            return
        start, end, is_break = self.pend
        self.pend = None
        frame.slots.append(len(self.slots))
        self.ops.append(("gap", start, end, len(self.slots)))
        self.slots.append((start, end, is_break, DROP, -1))

    def hide(self, op: Op, kind: str, *, solid: bool) -> None:
        """Hidden text at this place: it shows in no reading."""
        frame = self.frames[-1]
        self.slot(frame)
        self.ops.append(op)
        frame.atoms.append(Atom(False, False, ("", ""), ("", ""), -1, kind, solid))

    def close_frame(self, right: str, *, whole: bool = True) -> None:
        """The innermost mark ends (or is interrupted by a crossing, if not `whole`)."""
        pend, self.pend = self.pend, None
        self.flush(right)
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

    def flush(self, right: str) -> None:
        """Settle the atoms since the last text, and note the revisions they make."""
        frame = self.frames[-1]
        atoms = frame.atoms
        if not atoms:
            return
        self.slot(frame)
        slots = frame.slots
        hyphens = self._joined_slots(slots)
        filled = [k >= 0 and k not in hyphens for k in slots]
        joined = {i for i, k in enumerate(slots) if k in hyphens}
        apart = len(atoms) > 1 and self._apart(atoms)
        chosen = place(atoms, filled, frame.left, right, joined, apart=apart)
        if hyphens:
            self._join_slots(hyphens)
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

    def _apart(self, atoms: list[Atom]) -> bool:
        """Whether marks side by side are a revision each: all of one kind, or by what they say."""
        if any(atom.mark < 0 or atom.mark in self.pairs.crossing for atom in atoms):
            return False
        if len({atom.kind for atom in atoms}) == 1:
            return True
        suffix = self.pairs.suffix
        if len(atoms) == 2 and not suffix:
            return False
        said = [suffix[atom.mark][1] for atom in atoms if atom.mark in suffix]
        ids = [each.get("id") for each in said]
        if any(ids):
            return len(ids) == len(set(ids)) >= len(atoms) - 1
        keys = {(each.get("hand"), each.get("stage")) for each in said}
        return len(keys) > 1 and len(said) == len(atoms)

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
        if m in self.pairs.suffix and self.pairs.suffix[m][1].get("cert") == "high":
            return  # it says that it stands as it should
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
        while at < len(text) and text[at] in SPACES:
            at += 1
        word = WORD.match(text, at)
        if word is None or len(word[0]) != 2 or not word[0].islower() or word[0] in SHORT_WORDS:
            return
        before = text[max(0, start - 2) : start].strip()
        if before.isalpha() and text[word.end() : word.end() + 1] not in ("'", "’", "."):
            self.findings.append(("spaced-strike", start, end, ""))
