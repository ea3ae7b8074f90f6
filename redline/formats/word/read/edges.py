"""Headers and footers: what stands at the edges of pages, and the markings in it.

The banners are read by the rules of the notation: a transcription is made of the edges of all
pages, with what was deleted struck, and its markings are those of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from redline.formats.word.read.apart import Apart, apart_rows, notation
from redline.formats.word.read.parts import CHANGES
from redline.formats.word.read.tree import Node, chosen, paragraphs_of
from redline.model import Classification, Furniture, Marking, Stage
from redline.notation.native import parse_source
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["Edges", "Line", "Placed", "lines_in", "lines_of", "read_edges"]

#: A line of an edge: words by what became of them.
Line = tuple[tuple[str, str], ...]
_BODY = "The words of this page stand here, and nothing else does, so that it has a middle."
_MARK = re.compile(r"~~(.+?)~~|\^\{(.+?)\}")
_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\~^{}<>`*_$|#"})


class Edges(NamedTuple):
    """The lines at the top and at the bottom of a page."""

    top: tuple[Line, ...]
    bottom: tuple[Line, ...]


class Placed(NamedTuple):
    """An edge as it stands in the document: page, place, its text and where that begins, and the
    place in the source that it hangs on."""

    page: int
    place: str
    text: str
    start: int
    source: int


def lines_of(root: Node | None, page: int) -> tuple[Line, ...]:
    """The lines of a header or footer that have words, on a page of this number."""
    out = []
    for node in paragraphs_of(root) if root is not None else ():
        pieces: list[tuple[str, str]] = []
        _gather(node.children, "", pieces, [], page)
        if "".join(words for words, _ in pieces).strip():
            out.append(tuple(pieces))
    return tuple(out)


def lines_in(words: str) -> tuple[Line, ...]:
    """Lines as a comment of redline's has them, with the marks of the notation."""
    out = []
    for line in words.split("\n"):
        pieces, at = [], 0
        for match in _MARK.finditer(line):
            pieces += [(line[at : match.start()], ""), (match[1] or match[2],
                                                        DELETION if match[1] else ADDITION)]
            at = match.end()
        pieces.append((line[at:], ""))
        out.append(tuple(piece for piece in pieces if piece[0]))
    return tuple(out)


def _gather(
    nodes: Sequence[Node], state: str, pieces: list[tuple[str, str]], fields: list[list[str]],
    page: int,
) -> None:
    for each in nodes:
        name = each.name
        if name in ("w:pPr", "w:rPr", "w:txbxContent", "w:p"):
            continue
        if name == "w:fldChar":
            kind = each.attributes.get("w:fldCharType")
            if kind == "begin":
                fields.append(["code", ""])
            elif kind == "separate" and fields:
                fields[-1][0] = "result"
                if fields[-1][1].split()[:1] == ["PAGE"]:
                    pieces.append((str(page), state))
                    fields[-1][0] = "done"
            elif kind == "end" and fields:
                if fields[-1][0] == "code" and fields[-1][1].split()[:1] == ["PAGE"]:
                    pieces.append((str(page), state))
                fields.pop()
        elif name == "w:instrText" and fields:
            fields[-1][1] += "".join(data for _, _, data in each.text)
        elif name in ("w:t", "w:delText"):
            if not fields or fields[-1][0] == "result":
                pieces.append(("".join(data for _, _, data in each.text), state))
        elif name in ("w:tab", "w:br", "w:ptab"):
            pieces.append((" ", state))
        elif name == "w:fldSimple" and each.attributes.get("w:instr", "").split()[:1] == ["PAGE"]:
            pieces.append((str(page), state))
        else:
            inner = chosen(each) if name == "mc:AlternateContent" else each.children
            _gather(inner, CHANGES.get(name, state), pieces, fields, page)


class Read(NamedTuple):
    """What the edges of all pages say."""

    markings: tuple[Marking, ...]
    furniture: tuple[Furniture, ...]
    classification: Classification
    stages: tuple[Stage, ...]


def read_edges(
    pages: Sequence[Edges], placed: Sequence[Placed], asides: Sequence[Apart] = ()
) -> Read:
    """The markings and the other furniture in the edges of pages, and beside their text.

    `placed` are the edges as the document has them.
    """
    beside: dict[int, list[str]] = {}
    for aside in asides:
        beside.setdefault(aside.page, []).append(notation(aside))
    text = "\f".join(_page(edges, beside.get(n, ())) for n, edges in enumerate(pages, 1))
    read = parse_source(Source(text, "edges"))
    where = {(each.page, each.place): each for each in placed}
    used: dict[tuple[int, str], list[tuple[int, int]]] = {}
    markings: list[Marking] = []
    furniture: list[Furniture] = []
    whole = len(read.pages) == len(pages)
    found: list[Marking | Furniture] = [*read.markings, *read.furniture] if whole else []
    for item in sorted(found, key=lambda each: (each.start, each.end)):
        words = read.text[item.start : item.end]
        spot = where.get((item.page, item.place))
        if spot is None and isinstance(item, Furniture):  # below a stamp, it is near an edge
            near = (where.get((item.page, place)) for place in ("bottom", "top"))
            spot = next((each for each in near if each and words in each.text.split("\n")), None)
            item = item._replace(place=spot.place if spot else item.place)
        if spot is None:
            continue
        taken = used.setdefault((item.page, item.place), [])
        at = spot.text.find(words, max((end for _, end in taken), default=0))
        if at < 0 or not words:
            continue
        taken.append((at, at + len(words)))
        start = spot.start + at
        moved = item._replace(span=(spot.source, spot.source), start=start,
                              end=start + len(words))
        if isinstance(moved, Marking):
            markings.append(moved)
        else:
            furniture.append(moved)
    for spot in placed:
        taken = sorted(used.get((spot.page, spot.place), ()))
        at = 0
        for begin, end in [*taken, (len(spot.text), len(spot.text))]:
            words = spot.text[at:begin].strip("\n")
            if words.strip():
                first = spot.start + spot.text.index(words, at)
                kind = "header" if spot.place == "top" else "footer"
                furniture.append(Furniture("", kind, spot.page, spot.place, None,
                                           (spot.source, spot.source), first, first + len(words)))
            at = end
    rest = [m for m in read.markings if whole and (m.page, m.place) not in where]
    said = [read.text[m.start : m.end] for m in rest]
    stand, others = apart_rows(asides, rest, said, {each.id for each in markings})
    markings = sorted([*markings, *stand], key=lambda each: each.start)
    furniture = sorted([*furniture, *others], key=lambda each: each.start)
    named = {each.id for each in markings}
    history = read.classification.history if whole else ()
    kept = tuple(step for step in history if named.issuperset(step.evidence))
    classification = read.classification._replace(history=kept) if whole else Classification()
    return Read(
        tuple(each._replace(fields=MappingProxyType(dict(each.fields))) for each in markings),
        tuple(each._replace(id=f"f{n}") for n, each in enumerate(furniture, 1)),
        classification,
        tuple(stage for stage in read.stages if stage.id not in ("draft", "revision")),
    )


def _page(edges: Edges, beside: Sequence[str]) -> str:
    blocks = [_native(edges.top), _BODY, *beside, _native(edges.bottom)]
    return "\n\n".join(block for block in blocks if block)


def _native(lines: tuple[Line, ...]) -> str:
    """Lines in the notation. Where something was struck what is there instead needs no mark."""
    struck = any(state == DELETION for line in lines for _, state in line)
    out = []
    for line in lines:
        words = []
        for text, state in line:
            plain = text.strip().translate(_ESCAPED)
            if not plain:
                words.append(text)
            elif state == DELETION:
                words.append(f"~~{plain}~~ ")
            elif state == ADDITION and not struck:
                words.append(f"^{{{plain}}} ")
            else:
                words.append(text.translate(_ESCAPED))
        out.append(" ".join("".join(words).split()))
    return "\n".join(out)
