"""Random edits, decisions, undo and redo against a list of characters.

The list knows, of each character, the leaf it stands in, the marks around it and whether it is
hidden; it does everything the slow and obvious way. ``EDIT_STEPS=10000 pytest`` on this file
goes that many steps.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import redline
from redline import edit
from redline.diagnostics import EditError, FormatError, RevisionError
from redline.edit.places import leaves
from redline.model import Cert, Document, Hand, Stage
from redline.spans import ADDITION, DELETION, HIDDEN

PAPERS = (
    "The ~~old~~ ^{new} pier is long.\n\nIt ~~was ^{well} built~~ stands.\n",
    ("SECRET\n\n# Of the ~~pier~~ quay\n\nOne ~~two ^{three} four~~ five ^{six ~~seven~~ eight}.\n"
    "\n- item ~~a~~ one\n- ^{item} two\n\nSECRET\n"),
    ("It is so.^{1} Some ~~words run\n[Page 2]\nover a~~ page [margin: see b] and end.\n\n"
    "^{1} A note ~~of~~ on it.\n"),
    "| a ~~b~~ | c |\n|---|---|\n| ^{d} e | f g |\n\nAfter `code` it, $x^{2}$ [illegible] ends.\n",
    "Crossing ~~a ^{b~~ c} d and ~~all~~ of it.\n",
)
#: Kinds that nothing comes into, and those that stay when words around them go.
WHOLE = (HIDDEN - {"note"}) | {"gap", "math", "code", "superscript"}
LASTING = {"furniture", "pagemark", "note"}
STEPS = int(os.environ.get("EDIT_STEPS", "1500"))
LENGTH = 50
taken: Counter[str] = Counter()


@dataclass(frozen=True)
class Cell:
    char: str
    leaf: int | None
    noted: bool
    hidden: bool
    lasting: frozenset[int]
    whole: frozenset[int]
    notes: frozenset[int]
    marks: frozenset[int]


@dataclass
class Naive:
    """The list, what each mark is (act and kind), and what is decided."""

    cells: list[Cell]
    marks: dict[int, tuple[str, str]]
    decided: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Naive:
        return Naive(list(self.cells), dict(self.marks), dict(self.decided))

    def reading(self, stage: str) -> str:
        texts: dict[int, str] = {}
        for cell in self.cells:
            if cell.leaf is None or cell.hidden or cell.noted:
                continue
            shown = True
            for m in cell.marks:
                act, kind = self.marks[m]
                done = self.decided.get(act)
                on = stage == "final" if done is None else done == "accepted"
                shown = shown and on == (kind == ADDITION)
            if shown:
                texts[cell.leaf] = texts.get(cell.leaf, "") + cell.char
        kept = [texts[k].strip(" \t\n\r\f") for k in sorted(texts)]
        return "\n\n".join(text for text in kept if text)

    def acts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for cell in self.cells:
            for m in cell.marks:
                act, kind = self.marks[m]
                found.setdefault(act, set()).add(kind)
        return found


def naive(document: Document) -> Naive:
    cells = []
    rows = list(leaves(document))
    for k, char in enumerate(document.text):
        over = {n: s for n, s in enumerate(document.spans) if s.start <= k < s.end}
        mine = [n for n, leaf in enumerate(rows) if leaf.start <= k < leaf.end]
        kinds = {n: s.kind for n, s in over.items()}
        leaf = max(mine, key=lambda n: rows[n].start, default=None)
        noted = leaf is not None and document.blocks[rows[leaf].block].kind == "note"
        cells.append(
            Cell(
                char,
                leaf,
                noted,
                any(kind in HIDDEN for kind in kinds.values()),
                frozenset(n for n, kind in kinds.items() if kind in LASTING),
                frozenset(n for n, kind in kinds.items() if kind in WHOLE),
                frozenset(n for n, kind in kinds.items() if kind == "note"),
                frozenset(n for n, kind in kinds.items() if kind in (DELETION, ADDITION)),
            )
        )
    marks = {
        n: (s.id, s.kind) for n, s in enumerate(document.spans) if s.kind in (DELETION, ADDITION)
    }
    return Naive(cells, marks)


class Editor(RuleBasedStateMachine):
    """What an editor does, in any order."""

    @initialize(paper=st.sampled_from(PAPERS))
    def open(self, paper: str) -> None:
        self.document = redline.parse(paper)
        self.naive = naive(self.document)
        self.done: list[tuple[Document, Naive]] = []
        self.undone: list[tuple[Document, Naive]] = []
        self.fresh = count(10_000)
        self.ids = {act.id for act in self.document.acts}
        rows = enumerate(leaves(self.document))
        self.in_tables = {n for n, row in rows if self.document.blocks[row.block].cells}

    # -- steps ----------------------------------------------------------------------------

    def step(self, made: Document, model: Naive) -> None:
        self.done.append((self.document, self.naive))
        self.undone.clear()
        self.document, self.naive = made, model
        self.ids |= {act.id for act in made.acts}

    def place(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.naive.cells)))

    def span(self, data: st.DataObject) -> tuple[int, int]:
        size = len(self.naive.cells)
        start = data.draw(st.integers(0, max(0, size - 1)))
        return start, min(size, start + data.draw(st.integers(1, 25)))

    def splits(self, at: int) -> bool:
        cells = self.naive.cells
        return 0 < at < len(cells) and bool(cells[at - 1].whole & cells[at].whole)

    def home(self, at: int) -> Cell | None:
        """The neighbour whose leaf text at this place joins, if any."""
        cells = self.naive.cells
        left = cells[at - 1] if at else None
        right = cells[at] if at < len(cells) else None
        if left and right and left.lasting & right.lasting:
            return left if left.noted and left.leaf is not None else None
        for cell in (left, right):
            if cell and cell.leaf is not None and not cell.noted:
                return cell
        return right if right and right.noted and right.leaf is not None else None

    def put(self, model: Naive, at: int, text: str, home: Cell, mark: int | None) -> None:
        cells = model.cells
        marks: frozenset[int] = frozenset()
        lasting: frozenset[int] = frozenset()
        if 0 < at < len(cells):
            marks = cells[at - 1].marks & cells[at].marks
        notes = home.notes if home.noted else lasting
        if home.noted:
            lasting = home.lasting
        if mark is not None:
            marks |= {mark}
        model.cells[at:at] = [
            Cell(c, home.leaf, home.noted, bool(lasting), lasting, frozenset(), notes, marks)
            for c in text
        ]

    def empty_near(self, at: int) -> bool:
        return any(leaf.start == leaf.end == at for leaf in leaves(self.document))

    @rule(data=st.data(), text=st.text("xy ", min_size=1, max_size=5), tracked=st.booleans())
    def insert(self, data: st.DataObject, text: str, tracked: bool) -> None:
        at = self.place(data)
        if self.empty_near(at):
            return
        home = self.home(at)
        if home is None or self.splits(at):
            self.refused(lambda: edit.insert(self.document, at, text, tracked=tracked))
            return
        made, change = edit.insert(self.document, at, text, tracked=tracked)
        model = self.naive.copy()
        at, text = self.outside(model, at, text)
        mark = None
        if tracked:
            mark = next(self.fresh)
            model.marks[mark] = (self.newest(made), ADDITION)
        self.put(model, at, text, home, mark)
        assert change.apply(self.document.text) == made.text
        assert change.inverse.apply(made.text) == self.document.text
        self.step(made, model)

    def outside(self, model: Naive, at: int, text: str) -> tuple[int, str]:
        """Where words stand outside of the marks whose first or last word they touch."""
        if not text.strip():
            return at, text
        places: dict[int, list[int]] = {}
        for k, cell in enumerate(model.cells):
            for m in cell.marks:
                places.setdefault(m, []).append(k)
        narrowed: set[tuple[int, int]] = set()
        for m, where in sorted(places.items(), key=lambda row: row[1][0]):
            start, end = where[0], where[-1] + 1
            if not start < at < end:
                continue
            before, after = (
                "".join(cell.char for cell in model.cells[a:b]) for a, b in ((start, at), (at, end))
            )
            if before == " " and text[-1] == " ":
                return start, " " + text[:-1]
            if after == " " and text[0] == " ":
                return end, text[1:] + " "
            if model.marks[m][1] == DELETION and not before.strip():
                narrowed |= {(k, m) for k in range(start, at)}
            elif model.marks[m][1] == DELETION and not after.strip():
                narrowed |= {(k, m) for k in range(at, end)}
        for k, m in narrowed:
            cell = model.cells[k]
            model.cells[k] = replace(cell, marks=cell.marks - {m})
        return at, text

    def newest(self, made: Document) -> str:
        (id_,) = {act.id for act in made.acts} - {act.id for act in self.document.acts}
        assert id_ not in self.document.decisions
        return id_

    def refused(self, call: Callable[[], Any]) -> None:
        with pytest.raises(EditError):
            call()

    def takes(self, start: int, end: int) -> list[int]:
        """The characters of a range that are running text; none if it cuts what is whole."""
        if self.splits(start) or self.splits(end):
            return []
        cells = self.naive.cells[start:end]
        around = frozenset.intersection(*(c.notes for c in cells))
        for at in (start, end):
            if 0 < at < len(self.naive.cells):
                one, other = self.naive.cells[at - 1 : at + 1]
                if (one.notes & other.notes) - around:
                    return []
        if all(c.noted and c.leaf is not None for c in cells) and len({c.leaf for c in cells}) == 1:
            if len(around) > 1:  # a remark within a note
                return []
            return list(range(start, end))
        if around:
            return []
        wanted = {c.leaf for c in cells if c.leaf is not None and not c.noted}
        rows = list(leaves(self.document))
        # What hangs in a leaf without being its running text is struck with it.
        inside = [
            k
            for k in range(start, end)
            if any(
                row.start <= k < row.end and self.document.blocks[row.block].kind != "note"
                for row in rows
            )
        ]
        return inside if wanted or inside else []

    @rule(data=st.data(), tracked=st.booleans())
    @precondition(lambda self: len(self.naive.cells) > 1)
    def delete(self, data: st.DataObject, tracked: bool) -> None:
        start, end = self.span(data)
        places = self.takes(start, end)
        if not places:
            self.refused(lambda: edit.delete(self.document, start, end, tracked=tracked))
            return
        made, change = edit.delete(self.document, start, end, tracked=tracked)
        model = self.naive.copy()
        cells = self.naive.cells
        if tracked:
            self.strike(model, places, self.newest(made))
        else:
            around = cells[start].lasting & cells[end - 1].lasting if cells[start].noted else set()
            for k in reversed(places):
                if not (cells[k].lasting - around):
                    del model.cells[k]
        assert change.apply(self.document.text) == made.text
        self.step(made, model)

    @rule(data=st.data(), text=st.text("xy ", min_size=1, max_size=5))
    @precondition(lambda self: len(self.naive.cells) > 1)
    def replace(self, data: st.DataObject, text: str) -> None:
        start, end = self.span(data)
        places = self.takes(start, end)
        if not places:
            self.refused(lambda: edit.replace(self.document, start, end, text))
            return
        at = places[-1] + 1
        if self.splits(at) or self.empty_near(at):
            return
        home = self.naive.cells[at - 1]
        if home.leaf is None:
            return
        made, change = edit.replace(self.document, start, end, text)
        model = self.naive.copy()
        id_ = self.newest(made)
        self.strike(model, places, id_)
        mark = next(self.fresh)
        model.marks[mark] = (id_, ADDITION)
        self.put(model, at, text, home, mark)
        assert change.apply(self.document.text) == made.text
        assert change.inverse.apply(made.text) == self.document.text
        self.step(made, model)

    def strike(self, model: Naive, places: list[int], id_: str) -> None:
        mark = next(self.fresh)
        model.marks[mark] = (id_, DELETION)
        last = None
        for k in places:
            if last is not None and self.apart(last, k):
                mark = next(self.fresh)
                model.marks[mark] = (id_, DELETION)
            last = k
            model.cells[k] = replace(model.cells[k], marks=model.cells[k].marks | {mark})

    @rule(data=st.data(), text=st.text("xy", min_size=1, max_size=5))
    def annotate(self, data: st.DataObject, text: str) -> None:
        at = self.place(data)
        if self.empty_near(at):
            return
        home = self.home(at)
        if home is None or self.splits(at):
            self.refused(lambda: edit.annotate(self.document, at, text))
            return
        made, change = edit.annotate(self.document, at, text)
        model = self.naive.copy()
        self.put(model, at, text, home, None)
        note = frozenset({next(self.fresh)})
        for k in range(at, at + len(text)):
            cell = model.cells[k]
            model.cells[k] = replace(
                cell, hidden=True, lasting=cell.lasting | note, notes=cell.notes | note
            )
        assert change.apply(self.document.text) == made.text
        assert len(made.notes) == len(self.document.notes) + 1
        self.step(made, model)

    @rule(data=st.data())
    @precondition(lambda self: len(self.document.acts) > 1)
    def join(self, data: st.DataObject) -> None:
        ids = [act.id for act in self.document.acts]
        chosen = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
        moved = any(self.document.act_of[id_].kind == "transposition" for id_ in chosen)
        if moved or len({self.document.decisions.get(id_) for id_ in chosen}) > 1:
            with pytest.raises(RevisionError):
                edit.join(self.document, *chosen)
            return
        made, change = edit.join(self.document, *chosen)
        assert not change
        first = next(id_ for id_ in ids if id_ in chosen)
        model = self.naive.copy()
        model.marks = {
            m: (first if act in chosen else act, kind) for m, (act, kind) in model.marks.items()
        }
        for id_ in chosen:
            if id_ != first:
                model.decided.pop(id_, None)
        self.step(made, model)

    @rule(data=st.data(), cert=st.sampled_from(("high", "low")))
    @precondition(lambda self: self.document.acts)
    def doubt(self, data: st.DataObject, cert: Cert) -> None:
        id_ = data.draw(st.sampled_from([act.id for act in self.document.acts]))
        made = edit.set_certainty(self.document, cert, id_).document
        assert made.act_of[id_].cert == cert
        self.step(made, self.naive)

    def apart(self, one: int, other: int) -> bool:
        """Whether two characters of running text stand in different leaves, or not side by side."""
        rows = [
            row for row in leaves(self.document) if self.document.blocks[row.block].kind != "note"
        ]
        where = [
            [n for n, row in enumerate(rows) if row.start <= k < row.end] for k in (one, other)
        ]
        return other != one + 1 or where[0] != where[1]

    @rule(data=st.data(), accept=st.booleans())
    @precondition(lambda self: self.document.acts)
    def decide(self, data: st.DataObject, accept: bool) -> None:
        id_ = data.draw(st.sampled_from([act.id for act in self.document.acts]))
        model = self.naive.copy()
        model.decided[id_] = "accepted" if accept else "rejected"
        made = self.document.accept(id_) if accept else self.document.reject(id_)
        self.step(made, model)

    @rule()
    @precondition(lambda self: self.document.decisions)
    def settle(self) -> None:
        model = self.naive.copy()
        gone = {(DELETION, "accepted"), (ADDITION, "rejected")}
        left = [
            replace(
                cell,
                marks=frozenset(m for m in cell.marks if model.marks[m][0] not in model.decided),
            )
            for cell in model.cells
            if cell.lasting
            or not any(
                (model.marks[m][1], model.decided.get(model.marks[m][0])) in gone
                for m in cell.marks
            )
        ]
        # A block whose last word went is none any more; a cell stays in its table.
        before, after = (Counter(cell.leaf for cell in cells) for cells in (model.cells, left))
        words = {c.leaf for c in left if c.char.strip() and not c.lasting}
        lost = {leaf for leaf in before if after[leaf] < before[leaf]} - words - self.in_tables
        lost -= {cell.leaf for cell in left if cell.noted}
        model.cells = [replace(c, leaf=None) if c.leaf in lost else c for c in left]
        self.step(self.document.settle(), model)

    @rule()
    @precondition(lambda self: self.done)
    def undo(self) -> None:
        self.undone.append((self.document, self.naive))
        self.document, self.naive = self.done.pop()

    @rule()
    @precondition(lambda self: self.undone)
    def redo(self) -> None:
        self.done.append((self.document, self.naive))
        self.document, self.naive = self.undone.pop()

    # -- what changes no reading, or the final one alone ------------------------------------

    def told(self, made: Document, *stages: str) -> None:
        """A step after which these stages read as before."""
        for stage in stages:
            assert made.reading(stage).text == self.naive.reading(stage)
        model = naive(made)
        model.decided = {
            id_: how for id_, how in self.naive.decided.items() if id_ in made.act_of
        } | dict(made.decisions)
        self.step(made, model)

    @rule(data=st.data())
    @precondition(lambda self: self.document.acts)
    def set_something(self, data: st.DataObject) -> None:
        document = self.document
        id_ = data.draw(st.sampled_from([act.id for act in document.acts]))
        what = data.draw(st.sampled_from(("hand", "stage", "cert")))
        if what == "hand":
            if not document.hands:
                document = edit.add_hand(document, Hand("A", "a clerk"))
            made = edit.set_hand(document, "A", id_).document
            assert made.act_of[id_].hand == "A"
        elif what == "stage":
            if all(stage.id != "second" for stage in document.stages):
                document = edit.add_stage(document, Stage("second", "in May"))
            made = edit.set_stage(document, "second", id_).document
            assert made.act_of[id_].stage == "second"
        else:
            made = edit.set_certainty(document, "low", id_).document
            assert made.act_of[id_].cert == "low"
        self.told(made, "draft", "final")

    @rule(data=st.data())
    @precondition(lambda self: len(self.document.acts) > 1)
    def join_or_part(self, data: st.DataObject) -> None:
        ids = [act.id for act in self.document.acts]
        some = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
        try:
            if len(some) > 1:
                made = edit.join(self.document, *some).document
                assert len(made.acts) == len(self.document.acts) - len(some) + 1
            else:
                made = edit.part(self.document, some[0]).document
                assert len(made.acts) > len(self.document.acts)
        except RevisionError:
            return
        self.told(made, "draft", "final")

    @rule(data=st.data(), unclear=st.booleans())
    def note(self, data: st.DataObject, unclear: bool) -> None:
        start, end = self.span(data)
        try:
            if unclear:
                made, change = edit.mark_unclear(self.document, start, end)
            else:
                made, change = edit.annotate(self.document, start, "see there")
        except EditError:
            return
        assert change.apply(self.document.text) == made.text
        self.told(made, "draft", "final")

    @rule(data=st.data(), moved=st.booleans())
    @precondition(lambda self: not self.document.decisions)
    def replace_or_move(self, data: st.DataObject, moved: bool) -> None:
        start, end = self.span(data)
        try:
            if moved:
                to = self.place(data)
                made, change = edit.move(self.document, start, end, to)
            else:
                made, change = edit.replace(self.document, start, end, "other words")
        except EditError:
            return
        id_ = self.newest(made)
        assert made.act_of[id_].kind == ("transposition" if moved else "substitution")
        assert change.apply(self.document.text) == made.text
        # A strike leaves the blank at its edge to what comes in there, whatever becomes of it.
        back = made.reject(id_).reading("final").text
        assert back.replace(" ", "") == self.naive.reading("final").replace(" ", "")
        self.told(made, "draft")

    @rule(data=st.data(), side=st.sampled_from(("before", "after")))
    @precondition(lambda self: not self.document.decisions)
    def insert_at_a_side(self, data: st.DataObject, side: str) -> None:
        try:
            made, change = edit.insert(self.document, self.place(data), "words ", side=side)
        except EditError:
            return
        assert change.inverse.apply(made.text) == self.document.text
        self.told(made, "draft")

    @rule()
    def write(self) -> None:
        settled = self.document.settle()
        try:
            again = redline.loads(redline.dumps(self.document, "native"), "native")
        except FormatError:
            return
        for row in ("stage", "hand", "kind"):
            mine, theirs = (
                sorted(str(getattr(act, row)) for act in each.acts) for each in (settled, again)
            )
            assert theirs == mine
        assert redline.loads(redline.dumps(self.document, "json"), "json") == self.document

    # -- what must hold -------------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        taken["steps"] += 1
        document, model = self.document, self.naive
        assert document.text == "".join(cell.char for cell in model.cells)
        for stage in ("draft", "final"):
            assert document.reading(stage).text == model.reading(stage)
        assert {
            act.id: {document.spans[k].kind for k in act.parts} for act in document.acts
        } == model.acts()

    @invariant()
    def the_tables_hold(self) -> None:
        document = self.document
        size = len(document.text)
        starts = [span.start for span in document.spans]
        assert starts == sorted(starts)
        assert all(0 <= span.start <= span.end <= size for span in document.spans)
        assert len(document.extents) == 2 * len(document.spans)
        assert document.origin.length == size
        known = document.act_of
        for act in document.acts:
            assert list(act.parts) == sorted(set(act.parts)) != []
            assert {document.spans[k].id for k in act.parts} == {act.id}
            seen = {act.id}
            while act.within is not None:
                assert act.within not in seen
                seen.add(act.within)
                act = known[act.within]
        firsts = [act.parts[0] for act in document.acts]
        assert firsts == sorted(firsts)
        for k, char in enumerate(document.text):
            first, last = document.origin.source_span(k, k + 1)
            like = document.source.text[first:last]
            assert like in ("", char) or (char == " " and not like.strip("-*| \n"))
        for table in (document.blocks, document.pages, document.markings, document.furniture):
            assert all(0 <= row.start <= row.end <= size for row in table)


#: Some runs end before their last step, so there are more of them.
Editor.TestCase.settings = settings(
    max_examples=max(1, STEPS * 3 // (2 * LENGTH)), stateful_step_count=LENGTH, deadline=None
)
TestEditor = Editor.TestCase


def test_so_many_steps_were_gone() -> None:
    assert taken["steps"] >= STEPS
