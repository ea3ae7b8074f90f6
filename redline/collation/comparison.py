"""Two texts compared: what differs, of what kind it is, and where it stands in either.

>>> from redline.collation.comparison import compare
>>> found = compare("The pilots were asked.", "The pilots may be asked.")
>>> [(v.kind, found.a[slice(*v.a)], found.b[slice(*v.b)]) for v in found.variants]
[('substitution', 'were', 'may be')]
>>> found.reading("draft").text, found.reading("final").text
('The pilots were asked.', 'The pilots may be asked.')
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from redline.collation.documents import MarkingVariant, compare_markings, reading_with
from redline.collation.union import act_ids, union_document
from redline.collation.units import align_texts
from redline.collation.variants import Variant, variants
from redline.model import Block, Document, Revision
from redline.reading import Reading
from redline.source import Source

if TYPE_CHECKING:
    from redline.collation.stages import StageReport
    from redline.collation.statistics import Statistics

__all__ = ["Comparison", "Place", "Side", "Text", "compare"]

#: What can be compared: a text or a source, taken literally; a reading; a document, by its final
#: reading.
Text: TypeAlias = "str | Source | Reading | Document"


class Place(NamedTuple):
    """Where one side of a variant stands: its range in the source, page and line of its start.

    `page` is None for a text that is no paper. A side that lacks the words has an empty range
    where they would stand.
    """

    span: tuple[int, int]
    page: int | None
    line: int


@dataclass(frozen=True)
class Side:
    """One of the two texts: what it is called, and what it was read from.

    `reading` and `document` are None for a text that was given as a string; `stage` names the
    reading otherwise.
    """

    text: str
    source: Source = field(repr=False)
    reading: Reading | None = field(default=None, repr=False)

    @property
    def document(self) -> Document | None:
        """The document it is a reading of."""
        return None if self.reading is None else self.reading.document

    @property
    def stage(self) -> str | None:
        """The stage of the reading."""
        return None if self.reading is None else self.reading.stage

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.source.name

    def place(self, start: int, end: int) -> Place:
        """Where a range of the text stands in the source."""
        if self.reading is None:
            return Place((start, end), None, self.source.position(start)[0])
        span = self.reading.source_span(start, end)
        page = self.reading.document.page_at(self.reading.text_offset(start))
        return Place(span, page, self.source.position(span[0])[0])


@dataclass(frozen=True)
class Comparison:
    """What two texts have in common, and what not.

    `variants` are sorted by their place; what stands between them is the same in both texts.
    Those in white space alone are among them (class ``accidental``, of which ``spacing``).
    `alignment_exact` is False where the deadline passed: then some variants are coarser than
    they need be. `document` has a as its draft and b as its final reading, to the character.
    """

    sides: tuple[Side, Side]
    unit: str
    alignment_exact: bool
    variants: tuple[Variant, ...] = field(repr=False)

    @property
    def a(self) -> str:
        """The first text."""
        return self.sides[0].text

    @property
    def b(self) -> str:
        """The second text."""
        return self.sides[1].text

    @cached_property
    def statistics(self) -> Statistics:
        """Similarity, edit rates, counts by kind and class."""
        from redline.collation.statistics import statistics

        changed = [variant for found in self.changes.values() for variant in found]
        return statistics(self.a, self.b, self.variants, changed)

    @cached_property
    def changes(self) -> Mapping[int, tuple[Variant, ...]]:
        """What was changed in passages that were moved as well: by the index of the half that
        stands in a. Ranges are those of a and b."""
        found = {}
        for n, variant in enumerate(self.variants):
            if variant.partner is None or variant.a[0] == variant.a[1]:
                continue
            (i, i_end), (j, j_end) = variant.a, self.variants[variant.partner].b
            x, y = self.a[i:i_end], self.b[j:j_end]
            if x.split() == y.split():
                continue
            inner = tuple(
                each._replace(a=(i + each.a[0], i + each.a[1]), b=(j + each.b[0], j + each.b[1]))
                for each in variants(x, y, align_texts(x, y))
                if each.counts and each.partner is None
            )
            if inner:
                found[n] = inner
        return found

    @cached_property
    def places(self) -> tuple[tuple[Place, Place], ...]:
        """Where each variant stands on both sides."""
        one, other = self.sides
        return tuple((one.place(*v.a), other.place(*v.b)) for v in self.variants)

    @cached_property
    def markings(self) -> tuple[MarkingVariant, ...]:
        """What differs in the markings of two papers that have some both."""
        one, other = (side.document for side in self.sides)
        return compare_markings(one, other) if one and other else ()

    # -- the document -----------------------------------------------------------------------

    @cached_property
    def document(self) -> Document:
        """The document whose draft is a and whose final reading is b."""
        other = self.sides[1].reading
        kinds = {}
        if other is not None and self.sides[1].text is other.text:
            kinds = _kinds(other)
        names = [_short(side.name) for side in self.sides]
        if names[0] == names[1] and self.sides[0].name != self.sides[1].name:
            names = [side.name for side in self.sides]
        elif names[0] == names[1]:
            names = [
                f"{name}@{side.stage}" if side.stage else name
                for name, side in zip(names, self.sides, strict=True)
            ]
        return union_document(self.a, self.b, self.variants, (names[0], names[1]), kinds)

    @cached_property
    def act_ids(self) -> tuple[str, ...]:
        """The id of the revision of `document` that each variant is, or is half of."""
        return tuple(act_ids(self.variants))

    def reading(self, stage: str) -> Reading:
        """A reading of `document`: ``draft`` is a, ``final`` is b."""
        return self.document.reading(stage)

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The variants as revisions of `document`."""
        return self.document.revisions

    # -- choosing -----------------------------------------------------------------------------

    def differences(self, ignore: Iterable[str] = (), *, spacing: bool = False) -> tuple[int, ...]:
        """Which variants count, as indices into `variants`.

        `ignore` names kinds (``transposition`` …), classes (``accidental``) or accidental
        classes (``spelling`` …). White space alone does not count unless `spacing` says so. A
        passage that was moved and changed counts for either.
        """
        left_out = set(ignore) - {"spacing"}
        if not spacing or "spacing" in ignore:
            left_out.add("spacing")

        def counts(variant: Variant) -> bool:
            return left_out.isdisjoint((variant.kind, variant.class_, variant.accidental))

        return tuple(
            n
            for n, variant in enumerate(self.variants)
            if counts(variant) or any(map(counts, self._changed(n)))
        )

    def _changed(self, n: int) -> tuple[Variant, ...]:
        """What was changed in the moved passage of which a variant is either half."""
        partner = self.variants[n].partner
        return () if partner is None else self.changes.get(n) or self.changes.get(partner, ())

    # -- stages -------------------------------------------------------------------------------

    @cached_property
    def stages(self) -> StageReport:
        """Which words of a's revisions b has. Raises `StageError` where a has none."""
        from redline.collation.stages import against_stages

        return against_stages(self)


def compare(
    a: Text,
    b: Text,
    *,
    unit: str = "word",
    deadline: float | None = None,
    include: Iterable[str] = (),
) -> Comparison:
    """Compare two texts: strings (taken literally), readings, or documents by their final text.

    `unit` is what is never cut: ``char`` (as readers count them), ``word``, ``line``,
    ``sentence`` or ``block``. `deadline`, in seconds, bounds the search for the best
    alignment; where it passes the result is as valid, and says so (`Comparison.alignment_exact`).
    `include` names what a reading leaves out of a document and is to be compared too:
    ``notes``, ``furniture``.

    Raises `ValueError` for a unit that does not exist, `TypeError` for anything that is no
    text.
    """
    wanted = tuple(include)
    sides = _side(a, "a", wanted), _side(b, "b", wanted)
    one, other = sides[0].text, sides[1].text
    found = align_texts(one, other, unit, deadline=deadline)
    return Comparison(sides, unit, found.exact, variants(one, other, found, unit=unit))


def _side(text: Text, name: str, include: tuple[str, ...]) -> Side:
    if isinstance(text, Document):
        text = text.reading("final")
    if isinstance(text, Reading):
        if include:
            text = reading_with(text, include)
        return Side(text.text, text.document.source, text)
    if isinstance(text, Source):
        return Side(text.text, text)
    if isinstance(text, str):
        return Side(text, Source(text, name))
    raise TypeError(f"cannot compare {type(text).__name__}: give a str, a Reading or a Document")


#: Blocks that stay what they are in a comparison; the others become paragraphs.
_KEPT = frozenset({"heading", "list-item", "letterhead", "header"})


def _kinds(reading: Reading) -> dict[int, Block]:
    """Blocks by where they begin in a reading."""
    blocks = {b.start: b for b in reading.document.blocks if b.kind in _KEPT}
    starts = sorted(blocks)
    found = {}
    for begin, _ in reading.blocks:
        k = bisect_right(starts, reading.text_offset(begin)) - 1
        if k >= 0 and reading.text_offset(begin) < blocks[starts[k]].end:
            found[begin] = blocks[starts[k]]
    return found


def _short(name: str) -> str:
    """A file without where it lies."""
    return name.replace("\\", "/").rsplit("/", 1)[-1] or name
