"""The tags of every revision, made once: what opens and closes each of its spans.

Most acts are one span, or a deletion and an addition that touch; their tags are ready here
and `quick` only puts them between pieces of text. All else (acts in pieces, joined acts, an
editor's decisions) has no ready tag and is left to `careful`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property
from operator import itemgetter

from redline.edit.settle import dropped
from redline.formats.tei.escape import Ids
from redline.formats.tei.joins import Joins, joined_acts
from redline.formats.tei.names import (
    COMPARED,
    COMPARISON,
    INLINE,
    LEAVES,
    MOVED,
    REVISIONS,
    VARIANT,
)
from redline.formats.tei.pointers import Pointers
from redline.model import Act, Document
from redline.spans import ADDITION, DELETION, Span

__all__ = ["Acts"]

#: Spans that `quick` opens as they are. The rest of `INLINE` depends on what the span holds.
_READY = {
    kind: element.start
    for kind, element in INLINE.items()
    if kind not in LEAVES and kind not in ("superscript", "hand")
}

_KIND = itemgetter(2)
_BOTH = {DELETION, ADDITION}


def _elements(document: Document) -> list[int]:
    """How many elements each act takes: those of its parts that decisions leave."""
    counts = [len(act.parts) for act in document.acts]
    if not document.decisions:
        return counts
    gone = dropped(document, set(document.decisions))
    for n, act in enumerate(document.acts):
        if counts[n] > 1:
            counts[n] = sum(not _covered(gone, document.spans[k]) for k in act.parts)
    return counts


def _covered(ranges: list[tuple[int, int]], span: Span) -> bool:
    k = bisect_right(ranges, (span.start, span.end)) - 1
    around = ranges[max(0, k) : k + 2]
    return any(start <= span.start < span.end <= end for start, end in around)


class Acts:
    """The acts of a document as TEI writes them.

    `opening[k]` opens the element of span k, None where that takes a closer look; `closing`
    has the closing tags that are not simply those of the span's kind. `follows[k]` is the
    part of the same substitution that must have closed just before. `marks` has the `xml:id` and
    the other attributes of markings in the text, `levels` what the parts of a regraded one have
    beside their own. `ids` are by act number;
    `decided` holds the acts that an editor accepted (True) or rejected (False); `joins` keeps
    count of the acts that take several elements; `elements` are those of revisions.
    """

    def __init__(self, document: Document, pointers: Pointers, ids: Ids) -> None:
        acts, spans = document.acts, document.spans
        self.acts = acts
        self.compared = document.format == COMPARISON
        self.elements = COMPARED if self.compared else REVISIONS
        self.ids = ids.take_all([act[0] for act in acts])
        self.decided: dict[int, bool] = {}
        if document.decisions:
            made = document.decisions
            self.decided = {
                n: made[act.id] == "accepted" for n, act in enumerate(acts) if act.id in made
            }
        groups = joined_acts(acts)
        self.joins = Joins(_elements(document), self.ids, groups, ids)
        self.opening: list[str | None] = list(map(_READY.get, map(_KIND, spans)))
        self.closing: dict[int, str] = {}
        self.follows: dict[int, int] = {}
        self.marks: dict[int, tuple[str, str]] = {}
        self.levels: dict[int, str] = {}
        self._count = len(spans)
        self._pointers = pointers
        self._shared: dict[tuple[str, str, str | None], str] = {}
        apart = {n for group in groups for n in group} | self.decided.keys()
        self._tag(spans, apart)

    @cached_property
    def owner(self) -> array[int]:
        """The number of the act that a span is a part of, or -1."""
        owner = array("l", [-1]) * self._count
        for n, act in enumerate(self.acts):
            for p in act.parts:
                owner[p] = n
        return owner

    def mark(self, k: int, name: str, attributes: str, levels: dict[int, str]) -> None:
        """Span k is a marking; of the revisions in it, `levels` says what level each was."""
        self.marks[k] = name, attributes
        self.opening[k] = f"<seg{name}{attributes}>"
        for part, level in levels.items():
            self.levels[part] = level
            tag = self.opening[part]
            if tag is not None:
                self.opening[part] = f"{tag[:-1]}{level}>"

    def attributes(self, n: int) -> str:
        """Whose act n was, of which campaign, and how sure that is."""
        return self._whose(self.acts[n])

    def _whose(self, act: Act) -> str:
        if self.compared:
            return f' change="#{act.stage}" ana="#{VARIANT.format(act.rule)}"'
        moved = act.kind == MOVED
        found = None if moved else self._shared.get((act.cert, act.stage, act.hand))
        if found is None:
            found = f' change="{self._pointers.stage(act.stage)}"'
            if act.hand is not None:
                found += f' hand="{self._pointers.hand(act.hand)}"'
            if act.cert != "high":
                found += f' cert="{act.cert}"'
            if moved:
                return f'{found} cause="{MOVED}"'
            self._shared[act.cert, act.stage, act.hand] = found
        return found

    def _tag(self, spans: tuple[Span, ...], apart: set[int]) -> None:
        """The tags of all acts but those that stand `apart`."""
        opening, closing = self.opening, self.closing
        likeness: tuple[str, str, str | None] | None = None
        whose = ""
        heads = {kind: f'<{element.name} xml:id="' for kind, element in self.elements.items()}
        inner = {kind: element.start for kind, element in self.elements.items()}
        ends = {kind: f"{element.end}</subst>" for kind, element in self.elements.items()}
        tails: dict[str, str] = {}
        for n, (id_, act) in enumerate(zip(self.ids, self.acts, strict=True)):
            _, kind, parts, _, cert, stage, hand, _, _ = act
            if self.compared or (cert, stage, hand) != likeness or kind == MOVED:
                likeness = (cert, stage, hand) if kind != MOVED else None
                whose = self._whose(act)
                tails = {kind: f'"{whose}{of.attributes}>' for kind, of in self.elements.items()}
            if n in apart or not parts:
                continue
            p = parts[0]
            kind = spans[p][2]
            if len(parts) == 1:
                if kind in tails:
                    opening[p] = f"{heads[kind]}{id_}{tails[kind]}"
            elif len(parts) == 2:
                q = parts[1]
                other = spans[q][2]
                if spans[p][1] == spans[q][0] and {kind, other} == _BOTH:
                    opening[p] = f'<subst xml:id="{id_}"{whose}>{inner[kind]}'
                    opening[q] = inner[other]
                    self.follows[q] = p
                    closing[q] = ends[other]
            elif _touch(spans, parts):
                opening[p] = f'<subst xml:id="{id_}"{whose}>{inner[kind]}'
                for q in parts[1:]:
                    opening[q] = inner[spans[q][2]]
                    self.follows[q] = p
                    p = q
                closing[p] = ends[spans[p][2]]


def _touch(spans: tuple[Span, ...], parts: tuple[int, ...]) -> bool:
    """Whether the parts lie side by side, at least one struck and one added."""
    kinds = set()
    end = spans[parts[0]][0] if parts else -1
    for p in parts:
        if spans[p][0] != end:
            return False
        end = spans[p][1]
        kinds.add(spans[p][2])
    return kinds == _BOTH
