"""A Word file as a document."""

from __future__ import annotations

import re
from dataclasses import replace

from redline.collector import paused
from redline.diagnostics import FormatError
from redline.formats.word.names import ASIDE_COMMENT, AUTHOR, EDGES, STAGES_PROPERTY
from redline.formats.word.read.acts import gather
from redline.formats.word.read.apart import Apart
from redline.formats.word.read.edges import Edges, Line, Placed, lines_in, lines_of, read_edges
from redline.formats.word.read.package import Package, Relation, open_package
from redline.formats.word.read.parts import Comment, Format
from redline.formats.word.read.sheets import Lists, Styles, tree_of
from redline.formats.word.read.story import Story
from redline.formats.word.read.tree import Node, decoded, endless_fields, parse
from redline.model import Document, Page
from redline.source import Source
from redline.spans import Span

__all__ = ["from_docx"]

_STAGE = re.compile(r"(\S+) (\S+) (\S+) ?(.*)", re.S)
#: Relations that every file has outside of itself, and that nobody needs to be told of.
_COMMON = frozenset({"hyperlink"})


def from_docx(data: bytes, name: str = "<docx>") -> Document:
    """The document in the bytes of a .docx (.docm, .dotx) file; `name` is for messages.

    The source of the document is the text of its main part (``word/document.xml``): offsets
    lead into that. Raises `FormatError` for what is no Word file, or an attack.
    """
    with paused():
        package = open_package(data, name)
        main = _main(package)
        blob = package.part(main.target)
        if blob is None:
            raise FormatError(f"{name}: the main part, {main.target.lstrip('/')}, is missing or "
                              "damaged; get the file again")
        source = Source(decoded(blob, name), name)
        source.__dict__["data"] = data
        root = parse(source.text, f"{name}: {main.target.lstrip('/')}")
        body = root.child("w:body")
        if root.name != "w:document" or body is None:
            raise FormatError(f"{name}: <{root.name.rpartition(':')[2]}> is no Word document; is "
                              "it a .docx?")
        return _Reader(package, main.target, source).document(body)


def _main(package: Package) -> Relation:
    """The relation to the main part."""
    found = [r for r in package.relations("/").values() if r.kind == "officeDocument"]
    if not found or found[0].external:
        raise FormatError(f"{package.name}: no Word file: nothing in it says which part is the "
                          "document; is it a .docx?")
    kind = package.type_of(found[0].target)
    if kind and "wordprocessingml" not in kind and "ms-word" not in kind:
        what = {"spreadsheetml": "a spreadsheet", "presentationml": "a presentation"}
        said = next((words for key, words in what.items() if key in kind), kind)
        raise FormatError(f"{package.name}: no Word file, but {said}; save its text as .docx")
    return found[0]


class _Reader(Story):
    """The main text of one file, with what the parts beside it say."""

    def __init__(self, package: Package, uri: str, source: Source) -> None:
        self.relations = package.relations(uri)
        self.package = package
        super().__init__(source, Styles(self._part("styles")), Lists(self._part("numbering")))
        self.uri = uri
        self._edge_trees: dict[str, Node | None] = {}
        self.edges: list[tuple[tuple[Line, ...], tuple[Line, ...]]] = []
        self.placed: list[Placed] = []
        self.apart: list[Apart] = []
        self._edges_said: dict[int, dict[str, tuple[Line, ...]]] = {}
        self._told_apart: set[int] = set()
        self._begun = 0  # the pages whose tops were written
        self.even = False
        self.inherited: list[dict[tuple[str, str], str]] = []

    def _part(self, kind: str) -> Node | None:
        """The part that the document has of a kind, None where it has none or it is damaged."""
        relation = next(
            (r for r in self.relations.values() if r.kind == kind and not r.external), None
        )
        return None if relation is None else tree_of(self.package, relation.target)

    def document(self, body: Node) -> Document:
        self._beside()
        self.sections = _sections(body)
        self.inherited = _inherited(self.sections)
        self.endless = endless_fields(body)
        self.story(body.children)
        self.page_ends(body)
        self._external()
        return self._assembled()

    # -- the parts beside the text ------------------------------------------------------------

    def _beside(self) -> None:
        settings = self._part("settings")
        self.even = settings is not None and settings.on("w:evenAndOddHeaders")
        for kind, part in (("w:footnote", "footnotes"), ("w:endnote", "endnotes")):
            root = self._part(part)
            for node in root.children if root is not None else ():
                if node.name == kind and "separator" not in node.attributes.get(
                    "w:type", ""
                ).lower():
                    self.bodies[kind][node.attributes.get("w:id", "")] = node
        comments = self._part("comments")
        for node in comments.children if comments is not None else ():
            if node.name == "w:comment":
                author = node.attributes.get("w:author", "")
                lines = ("".join(words for words, state in line if state != "del")
                         for line in lines_of(node, 0))
                words = "\n".join(lines)
                aside = ASIDE_COMMENT.match(words) if author == AUTHOR else None
                made = Comment("" if author == AUTHOR else author, words)
                if aside is not None and aside[1] == "banner":  # of a page without a section
                    made = Comment("", f"banner: {aside[2]}")
                elif aside is not None:
                    made = Comment("", aside[2], aside[1])
                self.asides |= bool(made.kind)
                self.comments[node.attributes.get("w:id", "")] = made

    def _external(self) -> None:
        """What the file names and redline does not open."""
        kinds = {r.kind: r for r in self.relations.values()
                 if r.external and r.kind not in _COMMON}
        for kind, relation in kinds.items():
            self.tell("word-external", 0, 0, f"{kind}: {relation.target[:80]}")
        if "macroEnabled" in self.package.type_of(self.uri) or any(
            r.kind == "vbaProject" for r in self.relations.values()
        ):
            self.tell("word-macro", 0, 0, "vbaProject")

    def _said(self) -> list[tuple[str, ...]]:
        """The stages that the properties of the file name."""
        found = (r for r in self.package.relations("/").values()
                 if r.kind == "custom-properties" and not r.external)
        relation = next(found, None)
        root = tree_of(self.package, relation.target) if relation is not None else None
        out: list[tuple[str, ...]] = []
        for node in root.children if root is not None else ():
            if node.attributes.get("name", "").startswith(STAGES_PROPERTY):
                words = "".join(data for each in node.walk() for _, _, data in each.text)
                if match := _STAGE.fullmatch(words):
                    day = "" if match[3] == "-" else match[3]
                    out.append((match[1], match[2], day, match[4]))
        return out

    # -- pages --------------------------------------------------------------------------------

    def page_begins(self, node: Node) -> None:
        if self._begun < len(self.pages):
            self._begun = len(self.pages)
            first, second = self._lines("header"), self._lines("footer")
            self.edges.append((first, second))
            self._place(first, "top", node.start)

    def page_ends(self, node: Node) -> None:
        self.page_begins(node)
        self._place(self.edges[-1][1], "bottom", node.start)

    def _place(self, lines: tuple[Line, ...], place: str, at: int) -> None:
        text = "\n".join(" ".join("".join(words for words, _ in line).split()) for line in lines)
        if not text:
            return
        start = self.length
        self.supply(text, at)
        if not self._in_text:
            self.supply("\n", at)
        self.hide("furniture", f"{len(self.pages)}-{place}", start, (at, at))
        self.placed.append(Placed(len(self.pages), place, text, start, at))

    def stands_apart(self, node: Node, comment: Comment) -> None:
        if self.hidden or node.start in self._told_apart:
            return
        self._told_apart.add(node.start)
        start = self.length
        self.supply(comment.words, node.start)
        if not self._in_text:
            self.supply("\n", node.start)
        self.hide("furniture", f"aside-{node.start}", start, (node.start, node.end))
        self.apart.append(
            Apart(len(self.pages), comment.kind, comment.words, start, node.start)
        )

    def edge_said(self, comment: Comment) -> None:
        """What stands at an edge of the page that begins next, as a comment has it."""
        said = self._edges_said.setdefault(len(self.pages) + 1, {})
        said[EDGES[comment.kind]] = lines_in(comment.words)

    def _lines(self, kind: str) -> tuple[Line, ...]:
        """The lines of the header or the footer of the page that is the last one now."""
        number = len(self.pages)
        if number in self._edges_said:
            return self._edges_said[number].get(kind, ())
        section = self.pages[-1].section
        first = number == 1 or self.pages[-2].section != section
        wanted = "default"
        here = self.sections[section] if section < len(self.sections) else None
        if first and here is not None and here.on("w:titlePg"):
            wanted = "first"
        elif self.even and number % 2 == 0:
            wanted = "even"
        if section >= len(self.inherited):
            return ()
        id_ = self.inherited[section].get((kind, wanted))
        return lines_of(self._edge(id_), number) if id_ is not None else ()

    def _edge(self, id_: str) -> Node | None:
        if id_ not in self._edge_trees:
            relation = self.relations.get(id_)
            found = None
            if relation is not None and not relation.external:
                found = tree_of(self.package, relation.target)
            if found is None:
                self.tell("word-part", 0, 0, "a header or footer")
            self._edge_trees[id_] = found
        return self._edge_trees[id_]

    # -- the tables ---------------------------------------------------------------------------

    def _assembled(self) -> Document:
        self.leaves.sort()
        edges = {f.start: f.end for f in self.spots if f.kind == "furniture" and f.start < f.end}
        acts = gather(self.regions, self.leaves, self._said(), edges)
        moves = {region.move for region in self.regions if region.move}
        for move in sorted(moves):
            if len({region.kind for region in self.regions if region.move == move}) < 2:
                self.tell("word-move", 0, 0, move)
        rows: list[tuple[Span, tuple[int, int], int]] = [
            (Span(m.start, m.end, m.kind, acts.rows[m.act].id), m.extent, m.act)
            for m in acts.marks
        ]
        rows += [
            (Span(f.start, f.end, f.kind, self.ids_of.get(k, "")), f.extent, -1)
            for k, f in enumerate(self.spots)
        ]
        rows += [(Span(f.start, f.end, f.kind, ""), f.extent, -1) for f in _joined(self.formats)]
        pages = self._page_table()
        rows += [(Span(p.start, p.start, "pb", f"p{p.n}"), (p.span[0], p.span[0]), -1)
                 for p in pages[1:]]
        rows.sort(key=lambda row: (row[0].start, row[0].end > row[0].start, -row[0].end))
        parts: dict[int, list[int]] = {}
        for span, extent, act in rows:
            k = self.span(span.kind, span.id, (span.start, span.end), extent)
            if act >= 0:
                parts.setdefault(act, []).append(k)
        made = [act._replace(parts=tuple(parts[k])) for k, act in enumerate(acts.rows)]
        read = read_edges([Edges(*each) for each in self.edges], self.placed, self.apart)
        known = {stage.id for stage in acts.stages}
        return replace(
            self.closed(made, [*self.blocks, *self.note_blocks], pages, "docx"),
            notes=tuple(self.notes),
            markings=read.markings,
            furniture=read.furniture,
            stages=(*acts.stages, *(stage for stage in read.stages if stage.id not in known)),
            hands=acts.hands,
            classification=read.classification,
        )

    def _page_table(self) -> tuple[Page, ...]:
        out = []
        for k, turn in enumerate(self.pages):
            after = self.pages[k + 1] if k + 1 < len(self.pages) else None
            if after is None and k and self.last_word <= turn.start:
                break  # a break after the last words
            span = (turn.source, after.source if after else len(self.raw))
            end = after.start if after else self.length
            out.append(Page(k + 1, None, span, "high" if turn.sure else "medium",
                            ("page-mark",) if k else ("start",), turn.start, end))
        return (*out[:-1], out[-1]._replace(end=self.length))


def _sections(body: Node) -> list[Node | None]:
    """What the sections are, in order; the last one is the body's own."""
    out: list[Node | None] = []
    for node in body.walk():
        if node.name == "w:pPr":
            found = node.child("w:sectPr")
            if found is not None:
                out.append(found)
    out.append(body.child("w:sectPr"))
    return out


def _inherited(sections: list[Node | None]) -> list[dict[tuple[str, str], str]]:
    """The headers and footers of every section, by kind and by the pages they are for; a section
    has those of the one before it, but for its own."""
    out: list[dict[tuple[str, str], str]] = []
    now: dict[tuple[str, str], str] = {}
    for section in sections:
        own = {}
        for node in section.children if section is not None else ():
            if node.name in ("w:headerReference", "w:footerReference"):
                kind = node.name.removeprefix("w:").removesuffix("Reference")
                which = node.attributes.get("w:type", "default")
                own[kind, which] = node.attributes.get("r:id", "")
        now = {**now, **own} if own else now
        out.append(now)
    return out


def _joined(formats: list[Format]) -> list[Format]:
    """Formats of runs that touch are one."""
    out: list[Format] = []
    last: dict[str, int] = {}
    for each in formats:
        k = last.get(each.kind, -1)
        if k >= 0 and out[k].end == each.start:
            out[k] = out[k]._replace(end=each.end, extent=(out[k].extent[0], each.extent[1]))
        else:
            last[each.kind] = len(out)
            out.append(each)
    return out
