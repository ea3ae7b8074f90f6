"""A comparison: the paragraphs in which two texts differ, one over the other in each.

A paragraph that is the same in both is counted and passed over, and so are lines of a long one.
What is accidental, and what was moved, looks different from the rest, and is named beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from redline.collation.comparison import Comparison, Place, Side
from redline.collation.documents import MarkingVariant
from redline.collation.variants import Variant
from redline.formats.terminal.blocks import Layout
from redline.formats.terminal.inline import Line, View, clean, fill, wrapped
from redline.formats.terminal.rules import marking_line, rule
from redline.formats.terminal.screen import Row, Screen
from redline.formats.terminal.styles import BRACKETS
from redline.model import Block
from redline.spans import ADDITION, DELETION

__all__ = ["closing", "differences", "heading", "said", "show_comparison", "summary"]

#: Lines without a change that are kept beside one with.
_AROUND = 1
#: What variants are called where they are counted; those that are not here add an s.
_COUNTED = {"transposition": "moved passage"}


def show_comparison(comparison: Comparison, screen: Screen, shown: Sequence[int]) -> None:
    """Print the variants `shown` (indices) in their paragraphs, and a line of figures."""
    screen.print([heading(comparison, screen), []])
    differences(comparison, screen, shown)
    screen.print(closing(summary(comparison, shown), screen))


def closing(words: str, screen: Screen) -> Iterator[Row]:
    """The last rule, and what there is to sum up."""
    yield rule(screen, [], [])
    for line in wrapped(words, screen.measure):
        yield screen.row([(line, ("summary",))], screen.indent)


def heading(comparison: Comparison, screen: Screen) -> Row:
    """The names of the two texts."""
    names = [clean(_name(comparison, k)) for k in (0, 1)]
    return rule(
        screen, [(names[0], ("page",)), (" against ", ("rule",)), (names[1], ("page",))], []
    )


def differences(comparison: Comparison, screen: Screen, shown: Sequence[int]) -> None:
    """Print the variants `shown` in their paragraphs, and the markings that are others."""
    _Face(comparison, screen, shown).show()


def summary(comparison: Comparison, shown: Sequence[int]) -> str:
    """How many variants of which kind and class, and how alike the texts are."""
    found = [comparison.variants[n] for n in shown]
    # The halves of a moved passage are one.
    whole = [v for n, v in zip(shown, found, strict=True) if v.partner is None or v.partner > n]
    changed = [v for n in shown for v in comparison.changes.get(n, ())]
    told = []
    for class_, of in (("substantive", "kind"), ("accidental", "accidental")):
        mine = [v for v in [*whole, *changed] if v.class_ == class_]
        counts = Counter(getattr(v, of) or v.kind for v in mine)
        each = [
            f"{count} {_counted(name, count) if class_ == 'substantive' else name}"
            for name, count in counts.most_common()
        ]
        if each:
            told.append(f"{len(mine)} {class_} ({', '.join(each)})")
    if comparison.markings:
        told.append(f"{len(comparison.markings)} of markings")
    words = ", ".join(told) or "no difference"
    alike = f"{comparison.statistics.similarity:.1%} alike"
    cut = "" if comparison.alignment_exact else ", roughly aligned in places"
    return f"{words}; {alike}{cut}"


def _counted(name: str, count: int) -> str:
    return _COUNTED.get(name, name) + "s" * (count != 1)


class _Differences(View):
    """Variants as marks, by class; those that are not shown as the second text has them."""

    def __init__(self, comparison: Comparison, shown: Container[int]) -> None:
        super().__init__(comparison.document)
        for n, (id_, variant) in enumerate(
            zip(comparison.act_ids, comparison.variants, strict=True)
        ):
            if n not in shown:
                self.set(id_, "hide", "")
            elif variant.kind == "transposition":
                self.set(id_, "del-moved", "add-moved")
            elif variant.class_ == "accidental":
                self.set(id_, "del-accidental", "add-accidental")

    def set(self, id_: str, deleted: str, added: str) -> None:
        """The roles of the words of one act."""
        self._decided[DELETION, id_] = deleted
        self._decided[ADDITION, id_] = added


class _Face:
    def __init__(self, comparison: Comparison, screen: Screen, shown: Sequence[int]) -> None:
        self.comparison = comparison
        self.screen = screen
        self.layout = Layout(comparison.document, screen, _Differences(comparison, set(shown)))
        self.of_block: dict[int, list[int]] = {}
        blocks = comparison.document.blocks
        starts = [block.start for block in blocks]
        places = _text_places(comparison)
        for n in shown:
            at = max(0, bisect_right(starts, places[n]) - 1)
            self.of_block.setdefault(at, []).append(n)

    def show(self) -> None:
        """Print it all but the figures."""
        screen, comparison = self.screen, self.comparison
        alike = 0
        for k, block in enumerate(comparison.document.blocks):
            found = self.of_block.get(k)
            if not found:
                alike += 1
                continue
            if alike:
                screen.print([self._elided(alike, "paragraph"), []])
                alike = 0
            screen.print([*self._block(block, found), []])
        if alike and self.of_block:
            screen.print([self._elided(alike, "paragraph"), []])
        if comparison.markings:
            screen.print([*self._markings(comparison.markings), []])

    def _block(self, block: Block, found: Sequence[int]) -> Iterator[Row]:
        screen = self.screen
        one, other = self.comparison.places[found[0]]
        where = f"{self._said(0, one)} {screen.glyphs.bar} {self._said(1, other)}"
        yield screen.row([(where, ("place",))], screen.indent)
        roles = ("heading",) if block.kind == "heading" else ()
        lines = fill(self.layout.pieces(block.start, block.end, roles), screen.measure).lines
        kept = sorted(
            {
                near
                for k, line in enumerate(lines)
                if any(role in BRACKETS for _, of in line for role in of)
                for near in range(max(0, k - _AROUND), min(len(lines), k + _AROUND + 1))
            }
        ) or list(range(min(len(lines), 2)))
        last = -1
        for k in kept:
            if k - last == 2:
                yield screen.row(lines[last + 1], screen.indent)
            elif k - last > 2:
                yield self._elided(k - last - 1, "line")
            yield screen.row(lines[k], screen.indent)
            last = k
        if len(lines) - last == 2:
            yield screen.row(lines[-1], screen.indent)
        elif len(lines) - last > 2:
            yield self._elided(len(lines) - last - 1, "line")
        told = Counter(words for n in found if (words := self._told(n)))
        if told:
            joined = f" {screen.glyphs.dot} ".join(
                words if count == 1 else f"{words} ({count})" for words, count in told.items()
            )
            for part in wrapped(joined, screen.measure - 2):
                yield screen.row([(part, ("apparatus",))], screen.indent + 2)

    def _told(self, n: int) -> str:
        """What is to be said of a variant that its marks do not say."""
        comparison = self.comparison
        variant = comparison.variants[n]
        if variant.kind in ("split", "join"):
            return "paragraph split" if variant.kind == "split" else "paragraphs joined"
        words = comparison.a[slice(*variant.a)] or comparison.b[slice(*variant.b)]
        whole = clean(" ".join(words.split()))
        head = whole.lstrip(".,;:!?)]}”’ ") or whole
        head = head if len(head) <= 24 else f"{head[:20].rstrip()}{self.screen.glyphs.cut}"
        if variant.partner is not None:
            there = comparison.places[variant.partner]
            gone = variant.a[0] < variant.a[1]
            where = f"{head}: moved {'to' if gone else 'from'} {self._said(gone, there[gone])}"
            return where + "".join(map(self._changed, comparison.changes.get(n, ())))
        return f"{head}: {variant.accidental}" if variant.accidental else ""

    def _changed(self, variant: Variant) -> str:
        """What was changed in a passage that was moved."""
        x, y = (
            clean(" ".join(text[slice(*span)].split())) or self.screen.glyphs.dash
            for text, span in ((self.comparison.a, variant.a), (self.comparison.b, variant.b))
        )
        return f", {x} {self.screen.glyphs.arrow} {y}"

    def _said(self, side: int, place: Place) -> str:
        return said(place, self.comparison.sides[side])

    def _elided(self, count: int, what: str) -> Row:
        words = f"{self.screen.glyphs.cut} {count} {what}{'s' * (count != 1)} alike"
        return self.screen.row([(words, ("elided",))], self.screen.indent)

    def _markings(self, found: Sequence[MarkingVariant]) -> Iterator[Row]:
        """Markings that are others: where, and what either copy has."""
        screen = self.screen
        yield screen.row([("markings", ("place",))], screen.indent)
        for row in found:
            one = row.a or row.b
            assert one is not None
            line: Line = [(f"page {one.page}, {one.place}, {one.kind}  ", ("grid-more",))]
            for k, (marking, sign) in enumerate(((row.a, "del"), (row.b, "add"))):
                if marking is None:
                    continue
                words = "".join(text for text, _ in marking_line([marking], screen))
                if marking.kind != "banner" or not words.strip():
                    words = clean(" ".join(marking.text.split()))
                if screen.brackets:
                    words = words.join(BRACKETS[sign])
                line += [(" " * bool(k and row.a), ()), (words, (sign,))]
            yield screen.row(line, screen.indent)


def _text_places(comparison: Comparison) -> list[int]:
    """Where each variant begins in the union text; one that is an empty line between two blocks
    has no span there, and stands where the one before it does."""
    first: dict[tuple[str, str], int] = {}
    for span in comparison.document.spans:
        first.setdefault((span.kind, span.id), span.start)
    places = []
    at = 0
    for id_, variant in zip(comparison.act_ids, comparison.variants, strict=True):
        at = first.get((DELETION if variant.a[0] < variant.a[1] else ADDITION, id_), at)
        places.append(at)
    return places


def _name(comparison: Comparison, k: int) -> str:
    side = comparison.sides[k]
    return side.name if side.stage in (None, "final") else f"{side.name}@{side.stage}"


def said(place: Place, side: Side) -> str:
    """A place in words; the page only where there are several."""
    line = f"line {place.line}"
    if place.page is None or side.document is None or len(side.document.pages) < 2:
        return line
    return f"page {place.page}, {line}"
