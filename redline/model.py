"""What a document is: one text, spans over it, and tables of what the spans belong to.

Two systems of offsets, both half-open code points: `span` is always a range of the
*source*; `start` and `end` are places in `Document.text`, the union text, which holds every
character that ever stood on the page, in page order, without marks. `Document.origin` maps
between them.

All values are frozen. Accepting, rejecting, settling return a new document; the old one is
the undo.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from redline.diagnostics import Diagnostic
from redline.frozen import frozen, thawed
from redline.origin import Origin
from redline.source import Source
from redline.spans import DELETION, Span
from redline.surfaces import Surface

if TYPE_CHECKING:
    from redline.explanation import Explanation
    from redline.reading import Reading

__all__ = [
    "Act",
    "Block",
    "Cert",
    "Classification",
    "Decision",
    "Document",
    "Furniture",
    "Hand",
    "Level",
    "Marking",
    "Note",
    "Page",
    "Part",
    "Revision",
    "Stage",
    "Step",
]

Cert = Literal["high", "medium", "low"]
Decision = Literal["accepted", "rejected"]


class Act(NamedTuple):
    """One editorial act as the reader of a notation leaves it: a row beside its spans.

    `parts` are indices into `Document.spans`, in text order.
    """

    id: str
    kind: str
    parts: tuple[int, ...]
    rule: str
    cert: Cert = "high"
    stage: str = "revision"
    hand: str | None = None
    within: str | None = None
    joined: tuple[str, ...] = ()


class Part(NamedTuple):
    """A deleted or added part of a revision: its words and its source range, marks included."""

    text: str
    span: tuple[int, int]


class Revision(NamedTuple):
    """An act with its words: what `Document.revisions` gives (fields as in the JSON record)."""

    id: str
    kind: str
    deleted: tuple[Part, ...]
    added: tuple[Part, ...]
    stage: str
    hand: str | None
    page: int
    line: int
    cert: Cert
    rule: str
    within: str | None
    joined: tuple[str, ...]
    decision: Decision | None = None


class Stage(NamedTuple):
    """A revision campaign (TEI `change`): its order is its place in `Document.stages`.

    `when` is an ISO date, `hand` the id of who did it, `medium` what with (``pencil``), each
    None where the paper does not say.
    """

    id: str
    label: str
    when: str | None = None
    hand: str | None = None
    medium: str | None = None


class Hand(NamedTuple):
    """Somebody who wrote on the paper, where the notation says so."""

    id: str
    label: str


class Page(NamedTuple):
    """A page: its place in the document from 1, the paper's own label, why it begins here."""

    n: int
    label: str | None
    span: tuple[int, int]
    cert: Cert
    evidence: tuple[str, ...]
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph, heading, list item, table, note, letterhead line, header line or code.

    `n` is the number typed before it. `level`: of headings from 1, of list items from 1.
    `role` says more where the layout knows more (``subject``, ``date``, ``title`` …).
    `cells` holds, for a table, the text ranges of its cells, row by row; other blocks are
    leaves themselves.
    """

    id: str
    kind: str
    n: str | None
    level: int | None
    page: int
    span: tuple[int, int]
    start: int
    end: int
    role: str | None = None
    cells: tuple[tuple[tuple[int, int], ...], ...] = ()


class Note(NamedTuple):
    """A note: `reference` and `body` are source ranges, None where the paper lacks them.

    `at` is the text offset of the reference; `start` and `end` are the body's text range
    (both None without a body).
    """

    id: str
    n: str | None
    kind: str
    reference: tuple[int, int] | None
    body: tuple[int, int] | None
    at: int | None
    start: int | None
    end: int | None


class Level(NamedTuple):
    """A level of the register: `name` as printed, `id` as in TEI (``us.TS``), its rank."""

    id: str
    name: str
    rank: int


class Marking(NamedTuple):
    """One security marking or review mark; `was`, `through` and `is_` are level names."""

    id: str
    kind: str
    page: int
    place: str
    was: str | None
    through: tuple[str, ...]
    is_: str | None
    action: str | None
    controls: tuple[str, ...]
    fields: Mapping[str, Any]
    text: str
    span: tuple[int, int]
    cert: Cert
    start: int
    end: int
    rule: str = ""


class Furniture(NamedTuple):
    """What a page carries beside its text and its markings: page numbers, cable headers …"""

    id: str
    kind: str
    page: int
    place: str
    n: str | None
    span: tuple[int, int]
    start: int
    end: int


class Step(NamedTuple):
    """One act in the security history of the document, with the markings that show it.

    `from_` and `to` are level names; both are None where the act names no level. `evidence`
    are ids of markings, `pages` the pages they stand on. `when` is an ISO date (a year, a
    month or a day) or None.
    """

    action: str
    from_: str | None
    to: str | None
    evidence: tuple[str, ...]
    cert: Cert
    when: str | None = None
    pages: tuple[int, ...] = ()


class Classification(NamedTuple):
    """The document's level when drafted and now, and what happened between."""

    draft: str | None = None
    final: str | None = None
    history: tuple[Step, ...] = ()


_NO_DECISIONS: Mapping[str, Decision] = MappingProxyType({})


@dataclass(frozen=True)
class Document:
    """A revised text.

    `spans` are sorted by start; `extents` holds, two numbers a span, the source range of
    each, marks included (zero-width spans: where they stand). `decisions` are an editor's:
    an accepted revision is in force in every reading, a rejected one in none.
    """

    source: Source
    text: str
    origin: Origin = field(repr=False)
    spans: tuple[Span, ...] = field(default=(), repr=False)
    extents: array[int] = field(default_factory=lambda: array("q"), repr=False)
    acts: tuple[Act, ...] = field(default=(), repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    pages: tuple[Page, ...] = field(default=(), repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)
    markings: tuple[Marking, ...] = field(default=(), repr=False)
    furniture: tuple[Furniture, ...] = field(default=(), repr=False)
    stages: tuple[Stage, ...] = ()
    hands: tuple[Hand, ...] = ()
    classification: Classification = field(default=Classification(), repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), repr=False)
    decisions: Mapping[str, Decision] = field(default_factory=lambda: _NO_DECISIONS, repr=False)
    format: str = "native"
    #: The register of markings it was read with, where that is not the one that comes along.
    register: Any = field(default=None, repr=False, compare=False)
    #: The greatest number of an id that was ever given: ids are never used again.
    made: int = field(default=0, repr=False, compare=False)
    #: Whether it may say something else than its source does, decisions apart.
    edited: bool = field(default=False, repr=False, compare=False)
    #: The pictures of the pages with what stands where on them, where recognition found that.
    surfaces: tuple[Surface, ...] = field(default=(), repr=False)
    #: The source in native notation, where the reader of another one made that.
    native: str | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """What is copied and pickled: without what was looked up, and read-only tables as plain
        ones."""
        state = {name: self.__dict__[name] for name in self.__dataclass_fields__}
        state["decisions"] = dict(self.decisions)
        state["markings"] = tuple(r._replace(fields=thawed(r.fields)) for r in self.markings)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The document again."""
        self.__dict__.update(state)
        self.__dict__["decisions"] = MappingProxyType(state["decisions"])
        rows = tuple(row._replace(fields=frozen(row.fields)) for row in state["markings"])
        self.__dict__["markings"] = rows

    # -- looking ----------------------------------------------------------------------

    def reading(self, stage: str = "final") -> Reading:
        """The running text of one stage: ``draft``, ``final`` or a stage of `stages`.

        Raises `StageError` for any other name.
        """
        from redline.reading import read_stage

        return read_stage(self, stage)

    def reading_of_hand(self, *hands: str) -> Reading:
        """The running text with the revisions of these hands in force, and no others.

        Decisions hold, as in every reading. Raises `RevisionError` for a hand that neither is
        listed nor did anything.
        """
        from redline.reading import read_hands

        return read_hands(self, hands)

    def explain(self, offset: int) -> Explanation:
        """Which acts and decisions make the character at a text offset seen or unseen.

        Raises `EditError` for an offset outside the text.
        """
        from redline.explanation import explain

        return explain(self, offset)

    def extent(self, index: int) -> tuple[int, int]:
        """The source range of `spans[index]`, its marks included."""
        return self.extents[2 * index], self.extents[2 * index + 1]

    @cached_property
    def act_of(self) -> Mapping[str, Act]:
        """Acts by id."""
        return {act.id: act for act in self.acts}

    @cached_property
    def revisions(self) -> tuple[Revision, ...]:
        """Every revision with its words, in text order."""
        from redline.reading import part_text

        words = part_text(self)
        out = []
        for act in self.acts:
            deleted: list[Part] = []
            added: list[Part] = []
            for k in act.parts:
                part = Part(words[k], self.extent(k))
                (deleted if self.spans[k].kind == DELETION else added).append(part)
            first = self.extent(act.parts[0])[0]
            out.append(
                Revision(
                    act.id,
                    act.kind,
                    tuple(deleted),
                    tuple(added),
                    act.stage,
                    act.hand,
                    self.page_at(self.spans[act.parts[0]].start),
                    self.source.position(first)[0],
                    act.cert,
                    act.rule,
                    act.within,
                    act.joined,
                    self.decisions.get(act.id),
                )
            )
        return tuple(out)

    def page_at(self, offset: int) -> int:
        """The number of the page a text offset stands on (1 where there are no pages)."""
        from bisect import bisect_right

        return max(1, bisect_right(self._page_starts, offset))

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    def leaves(self) -> Iterator[tuple[int, int]]:
        """Text ranges of the blocks that hold running text, in order: cells for tables."""
        for block in self.blocks:
            if block.kind == "note":
                continue
            if block.cells:
                for row in block.cells:
                    yield from row
            else:
                yield block.start, block.end

    # -- deciding ---------------------------------------------------------------------

    def accept(
        self,
        *ids: str,
        kind: str | None = None,
        stage: str | None = None,
        hand: str | None = None,
        page: int | None = None,
        where: Callable[[Revision], bool] | None = None,
    ) -> Document:
        """A document in which these revisions are in force in every reading.

        Named by id, or all of a kind, stage, hand or page, or of which `where` is true. What
        the document does not have raises `RevisionError` or `StageError`. Where nothing is named
        nothing is decided, so that an empty selection is one.
        """
        return self._decide("accepted", ids, kind, stage, hand, page, where)

    def reject(
        self,
        *ids: str,
        kind: str | None = None,
        stage: str | None = None,
        hand: str | None = None,
        page: int | None = None,
        where: Callable[[Revision], bool] | None = None,
    ) -> Document:
        """A document in which these revisions, named as in `accept`, are in force in no reading."""
        return self._decide("rejected", ids, kind, stage, hand, page, where)

    def undecide(self, *ids: str) -> Document:
        """A document in which nothing is decided about these revisions (without ids: about any)."""
        from redline.edit.select import check_ids

        check_ids(self, ids)
        gone = set(ids) if ids else self.act_of.keys()
        left = {id_: made for id_, made in self.decisions.items() if id_ not in gone}
        return self._with(left)

    def settle(self, *ids: str) -> Document:
        """Make decisions part of the text: see `redline.edit.settle`."""
        from redline.edit.settle import settle

        return settle(self, ids)

    def _decide(
        self,
        decision: Decision,
        ids: tuple[str, ...],
        kind: str | None,
        stage: str | None,
        hand: str | None,
        page: int | None,
        where: Callable[[Revision], bool] | None,
    ) -> Document:
        from redline.edit.select import check_ids, select

        if all(each is None for each in (kind, stage, hand, page, where)):
            check_ids(self, ids)
        else:
            ids = select(self, ids, kind=kind, stage=stage, hand=hand, page=page, where=where)
        made = dict(self.decisions)
        made.update(dict.fromkeys(ids, decision))
        return self._with(made)

    def _with(self, decisions: dict[str, Decision]) -> Document:
        made = replace(self, decisions=MappingProxyType(decisions))
        # What only follows from the acts and pages is the same: not looked up again.
        for name in ("act_of", "_page_starts"):
            if name in self.__dict__:
                made.__dict__[name] = self.__dict__[name]
        return made
