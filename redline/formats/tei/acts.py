"""The tags of every revision, made once: what opens and closes each of its spans.

Most acts are one span, or a deletion and an addition that touch; their tags are ready here
and `quick` only puts them between pieces of text. All else (acts in pieces, joined acts, an
editor's decisions) has no ready tag and is left to `careful`.
"""

from __future__ import annotations

from array import array

from redline.formats.tei.escape import Ids
from redline.formats.tei.joins import Joins, joined_acts
from redline.formats.tei.names import INLINE, LEAVES, REVISIONS
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


class Acts:
    """The acts of a document as TEI writes them.

    `opening[k]` opens the element of span k, None where that takes a closer look; `closing`
    has the closing tags that are not simply those of the span's kind. `follows[k]` is the
    part of the same substitution that must have closed just before. `owner[k]` is the number
    of the act that span k is a part of, or -1. `ids` and `attributes` are by act number;
    `decided` holds the acts that an editor accepted (True) or rejected (False); `joins` keeps
    count of the acts that take several elements.
    """

    def __init__(self, document: Document, pointers: Pointers, ids: Ids) -> None:
        acts, spans = document.acts, document.spans
        self.acts = acts
        self.ids = ids.take_all([act[0] for act in acts])
        self.decided: dict[int, bool] = {}
        if document.decisions:
            made = document.decisions
            self.decided = {
                n: made[act.id] == "accepted" for n, act in enumerate(acts) if act.id in made
            }
        groups = joined_acts(acts)
        self.joins = Joins(acts, self.ids, groups, ids)
        self.attributes: list[str] = []
        self.opening: list[str | None] = [_READY.get(span[2]) for span in spans]
        self.closing: dict[int, str] = {}
        self.follows: dict[int, int] = {}
        self.owner = array("l", [-1]) * len(spans)
        apart = {n for group in groups for n in group} | self.decided.keys()
        self._tag(spans, pointers, apart)

    def _tag(self, spans: tuple[Span, ...], pointers: Pointers, apart: set[int]) -> None:
        opening, closing, owner = self.opening, self.closing, self.owner
        attributes = self.attributes
        alike: dict[tuple[str, str, str | None], str] = {}
        starts = {kind: f"<{element.name}" for kind, element in REVISIONS.items()}
        rends = {kind: element.attributes for kind, element in REVISIONS.items()}
        inner = {kind: element.start for kind, element in REVISIONS.items()}
        ends = {kind: element.end for kind, element in REVISIONS.items()}
        for n, (id_, act) in enumerate(zip(self.ids, self.acts, strict=True)):
            _, _, parts, _, cert, stage, hand, _, _ = act
            likeness = (cert, stage, hand)
            shared = alike.get(likeness)
            if shared is None:
                shared = alike[likeness] = _attributes(act, pointers)
            attributes.append(shared)
            for p in parts:
                owner[p] = n
            if n in apart:
                continue
            if len(parts) == 1:
                p = parts[0]
                kind = spans[p][2]
                if kind in starts:
                    opening[p] = f'{starts[kind]} xml:id="{id_}"{shared}{rends[kind]}>'
            elif _touch(spans, parts):
                first = parts[0]
                opening[first] = f'<subst xml:id="{id_}"{shared}>{inner[spans[first][2]]}'
                before = first
                for p in parts[1:]:
                    opening[p] = inner[spans[p][2]]
                    self.follows[p] = before
                    before = p
                closing[before] = f"{ends[spans[before][2]]}</subst>"


def _touch(spans: tuple[Span, ...], parts: tuple[int, ...]) -> bool:
    """Whether the parts lie side by side, at least one struck and one added."""
    kinds = set()
    end = spans[parts[0]][0] if parts else -1
    for p in parts:
        if spans[p][0] != end:
            return False
        end = spans[p][1]
        kinds.add(spans[p][2])
    return kinds == {DELETION, ADDITION}


def _attributes(act: Act, pointers: Pointers) -> str:
    """Whose act it was, of which campaign, and how sure that is."""
    found = f' change="{pointers.stage(act.stage)}"'
    if act.hand is not None:
        found += f' hand="{pointers.hand(act.hand)}"'
    if act.cert != "high":
        found += f' cert="{act.cert}"'
    return found
