"""The running text of a story: runs, changes, fields, notes, as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redline.formats.scribe import Scribe
from redline.formats.word.names import EDGES, MARGIN
from redline.formats.word.read.looks import restyling, symbol
from redline.formats.word.read.parts import CHANGES, Box, Comment, Format, Region
from redline.formats.word.read.sheets import Styles, roman
from redline.formats.word.read.tree import Node, chosen, endless_fields, paragraphs_of
from redline.model import Block, Note
from redline.source import Source
from redline.spans import ADDITION, DELETION, MAX_DEPTH

__all__ = ["Words"]

_SPACE = " \t\r\n"
#: Elements that say the same as what stands in them.
_AROUND = frozenset({
    *("w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:fldSimple"),
    *("w:bdo", "w:dir", "w:ruby", "w:rubyBase", "m:oMathPara"),
})
#: Elements of a run that are characters.
_CHARACTERS = {
    "w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
#: Formats that a run may have on its own.
_SWITCHES = (("w:b", "bold"), ("w:i", "italic"))
_UNREAD = frozenset({"w:altChunk", "w:subDoc", "w:object"})


class Words(Scribe):
    """Writes down the text, and keeps what is open around it."""

    def __init__(self, source: Source, styles: Styles) -> None:
        super().__init__(source)
        self.styles = styles
        self.regions: list[Region] = []
        self.formats: list[Format] = []
        self.spots: list[Format] = []  # spans that hide their text, by kind; see `ids_of`
        self.ids_of: dict[int, str] = {}
        self.live = {ADDITION: 0, DELETION: 0}
        self.around: list[Region] = []  # the changes that are open, the outer ones first
        self.hidden = 0  # the notes and pages' edges that are open
        self.said = {"draft": False, "final": False}  # whether the paragraph has words in it
        self.foreign: int | None = None  # where the text of another part stands in the document
        self.moves: dict[str, str] = {}
        self.fields: list[list[Any]] = []  # for each open field: whether its result has begun
        self.endless: set[Node] = set()  # where fields begin that have no end
        self.notes: list[Note] = []
        self.note_blocks: list[Block] = []
        self.bodies: dict[str, dict[str, Node]] = {"w:footnote": {}, "w:endnote": {}}
        self.comments: dict[str, Comment] = {}
        self.asides = False  # whether some of them are no remarks, but stand on the page
        self.boxes: list[Box] = []
        self.numbers = {"w:footnote": 0, "w:endnote": 0}
        self.trimming = False  # white space at the beginning of a note is not its text
        self.last_word = 0  # where the words of the text that were seen last end
        self._annotated: tuple[str, int] = ("", -1)
        self.told: set[tuple[str, str]] = set()

    # -- text ---------------------------------------------------------------------------------

    def say(self, text: str, start: int, end: int) -> None:
        """Characters that stand for source[start:end]."""
        if self.trimming:
            text = text.lstrip(_SPACE)
        if not text:
            return
        if self.foreign is not None:
            self.supply(text, self.foreign)
        elif self.raw[start:end] == text:
            self.copy(start, end)
        else:
            self.fold(text, start, end)
        self.trimming = False
        if not self.hidden and text.strip(_SPACE):
            self.last_word = self.length
            self.said["draft"] |= not self.live[ADDITION]
            self.said["final"] |= not self.live[DELETION]

    def _text(self, node: Node) -> None:
        """The characters of an element; white space at its edges counts where it says so."""
        pieces = [(a, b, data.replace("\n", " ")) for a, b, data in node.text]
        if node.attributes.get("xml:space") != "preserve":
            while pieces and not pieces[0][2].strip(_SPACE):
                del pieces[0]
            while pieces and not pieces[-1][2].strip(_SPACE):
                del pieces[-1]
            if pieces:
                a, b, data = pieces[0]
                cut = len(data) - len(data.lstrip(_SPACE))
                pieces[0] = (a + cut if b - a == len(data) else a, b, data[cut:])
                a, b, data = pieces[-1]
                cut = len(data) - len(data.rstrip(_SPACE))
                pieces[-1] = (a, b - cut if b - a == len(data) else b, data[: len(data) - cut])
        for a, b, data in pieces:
            self.say(data, a, b)

    def supply(self, text: str, at: int) -> None:
        """Characters that the source does not have there. Its places go one way."""
        at = at if self.foreign is None else self.foreign
        super().supply(text, max(at, self.ranges[-1]) if self.ranges else at)

    # -- changes ------------------------------------------------------------------------------

    def changed(self, node: Node, at: int, *, move: str = "") -> Region:
        """A change begins."""
        get = node.attributes.get
        return self._opened(CHANGES[node.name], get("w:author", ""), get("w:date", ""), move, at)

    def changed_again(self, region: Region, at: int) -> Region:
        """A change that has ended begins anew, for what is written down later than it stands."""
        return self._opened(region.kind, region.author, region.date, region.move, at)

    def _opened(self, kind: str, author: str, date: str, move: str, at: int) -> Region:
        region = Region(kind, author, date, move, self.length, at)
        self.live[kind] += 1
        self.around.append(region)
        self.regions.append(region)
        return region

    def unchanged(self, region: Region, at: int) -> None:
        """A change ends."""
        self.live[region.kind] -= 1
        self.around.remove(region)
        region.end = self.length
        region.extent = (region.extent[0], at)

    def _move(self, name: str) -> str:
        """The move that is open, for an element that takes words away or puts them in."""
        return self.moves.get(name, "") if name.startswith("w:move") else ""

    # -- elements -----------------------------------------------------------------------------

    def inline(self, nodes: Sequence[Node], depth: int = 0) -> None:
        """What stands in a paragraph."""
        for node in nodes:
            name = node.name
            if name == "w:r":
                self._run(node)
            elif name in ("w:ins", "w:del", "w:moveTo", "w:moveFrom"):
                if depth >= MAX_DEPTH:
                    self.inline(node.children, depth)
                    continue
                region = self.changed(node, node.start, move=self._move(name))
                self.inline(node.children, depth + 1)
                self.unchanged(region, node.end)
            elif name in ("w:moveFromRangeStart", "w:moveToRangeStart"):
                self.moves[name.removesuffix("RangeStart")] = node.attributes.get("w:name", "")
            elif name in ("w:moveFromRangeEnd", "w:moveToRangeEnd"):
                self.moves.pop(name.removesuffix("RangeEnd"), None)
            elif name in _AROUND:
                self.inline(node.children, depth)
            elif name == "m:oMath":
                self._formula(node)
            elif name == "mc:AlternateContent":
                self.inline(chosen(node), depth)
            elif name in _UNREAD:
                self.told_once("word-unread", node, name.partition(":")[2])

    def _formula(self, node: Node) -> None:
        start = self.length
        self._terms(node)
        self.formats.append(Format("math", start, self.length, (node.start, node.end)))

    def _terms(self, node: Node) -> None:
        """The words of a formula. A change stands around its runs, or says at the head of one
        that all of it is changed."""
        said = [self.changed(each, node.start) for each in node.children
                if node.name == "m:r" and each.name in CHANGES]
        for each in node.children:
            if each.name in ("m:t", "w:t", "w:delText"):
                self._text(each)
            elif each.name in CHANGES and node.name != "m:r":
                region = self.changed(each, each.start, move=self._move(each.name))
                self._terms(each)
                self.unchanged(region, each.end)
            elif each.name not in ("w:rPr", "m:ctrlPr"):
                self._terms(each)
        for region in reversed(said):
            self.unchanged(region, node.end)

    def _run(self, run: Node) -> None:
        start = self.length
        properties = run.child("w:rPr")
        marked = False  # the words of the run are the mark of its note, which has them
        for node in run.children:
            if not (marked and node.name in ("w:t", "w:delText")):
                self._piece(node, run)
            marked = marked or node.attributes.get("w:customMarkFollows") in ("1", "true", "on")
        if properties is None or self.length == start:
            return
        for kind in self._looks(properties):
            self.formats.append(Format(kind, start, self.length, (run.start, run.end)))
        change = properties.child("w:rPrChange")
        if change is not None and not self.hidden:
            self._restyled(properties, change, run.end)

    def _piece(self, node: Node, run: Node) -> None:
        name = node.name
        if name == "w:fldChar":
            self._field(node)
        elif self.fields and not self.fields[-1][0]:
            if name == "w:instrText":
                self.fields[-1][1] += "".join(data for _, _, data in node.text)
        elif name in ("w:t", "w:delText"):
            self._text(node)
        elif name in _CHARACTERS:
            self.say(_CHARACTERS[name], node.start, node.end)
        elif name == "w:br":
            if node.attributes.get("w:type") == "page":
                if self.within_words(node):
                    self.say("\n", node.start, node.end)
                self.turn(node, sure=True)
            else:
                self.say("\n", node.start, node.end)
        elif name == "w:lastRenderedPageBreak":
            self.turn(node, sure=False)
        elif name == "w:sym":
            self.say(symbol(node), node.start, node.end)
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self._reference(node, run)
        elif name == "w:commentReference":
            comment = self.comments.get(node.attributes.get("w:id", ""))
            if comment is not None and comment.kind == MARGIN:
                self.annotate(comment.words, node.start, node.end, MARGIN)
            elif comment is not None and comment.kind in EDGES:
                self.edge_said(comment)
            elif comment is not None and comment.kind:
                self.stands_apart(node, comment)
            elif comment is not None:
                who = f"{comment.author}: " if comment.author else ""
                self.annotate(f"{who}{comment.words}", node.start, node.end)
            elif not self.hidden:
                self.told_once("word-part", node, "a comment")
        elif name == "mc:AlternateContent":
            for each in chosen(node):
                self._piece(each, run)
        elif name == "w:ruby":
            self.inline(node.children)
        elif name in ("w:drawing", "w:pict", "w:object"):
            self._drawn(node)

    def _drawn(self, node: Node) -> None:
        """Text boxes are read after the paragraph they hang on."""
        stack = [node]
        while stack:
            each = stack.pop()
            if each.name == "w:txbxContent":
                self.boxes.append(Box(each, tuple(self.around)))
            elif each.name == "mc:AlternateContent":
                stack.extend(reversed(chosen(each)))
            else:
                stack.extend(reversed(each.children))
        if node.name == "w:object":
            self.told_once("word-unread", node, "an embedded file")

    def _looks(self, properties: Node) -> list[str]:
        out = []
        style = self.styles.span(properties.value("w:rStyle"))
        if style is not None:
            out.append(style)
        found = [kind for name, kind in _SWITCHES if properties.on(name)]
        out += ["bold-italic"] if len(found) == 2 else found
        if properties.value("w:vertAlign") == "superscript":
            out.append("superscript")
        return out

    def _field(self, node: Node) -> None:
        kind = node.attributes.get("w:fldCharType")
        if kind == "begin" and node not in self.endless:
            self.fields.append([False, ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][0] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    # -- notes --------------------------------------------------------------------------------

    def _reference(self, node: Node, run: Node) -> None:
        kind = node.name.removesuffix("Reference")
        if self.hidden:
            return
        body = self.bodies[kind].get(node.attributes.get("w:id", ""))
        if node.attributes.get("w:customMarkFollows") in ("1", "true", "on"):
            label = "".join(data for each in run.children if each.name in ("w:t", "w:delText")
                            for _, _, data in each.text)
        else:
            self.numbers[kind] += 1
            label = str(self.numbers[kind])
            if kind == "w:endnote":
                label = roman(self.numbers[kind])
        id_ = f"n{len(self.notes) + 1}"
        at = self.length
        self.hidden += 1
        self.supply(label, node.start)
        self.hide("noteref", id_, at, (node.start, node.end))
        start = self.length
        outer, self.foreign = self.foreign, node.start
        if body is None:
            self.told_once("word-part", node, "a note")
        else:
            self._note_body(body)
        self.foreign = outer
        self.hidden -= 1
        extent = (node.start, node.end)
        if body is None or start == self.length:
            self.notes.append(Note(id_, label, "footnote", extent, None, at, None, None))
            return
        self.hide("note", id_, start, extent)
        self.notes.append(Note(id_, label, "footnote", extent, extent, at, start, self.length))
        self.note_blocks.append(
            Block("", "note", label, None, 1, extent, start, self.length)
        )

    def _note_body(self, body: Node) -> None:
        """The paragraphs of a note. The changes around its reference are not changes of it."""
        live, self.live = self.live, {ADDITION: 0, DELETION: 0}
        fields, self.fields = self.fields, []
        self.endless |= endless_fields(body)
        self.trimming = True
        begin = self.length
        boxes = self.boxes
        for node in paragraphs_of(body):
            if self.length > begin:
                self.say("\n", 0, 0)
            self.boxes = []  # their paragraphs are among these
            self.inline(node.children)
        self.boxes = boxes
        self.trimming = False
        self.live, self.fields = live, fields

    def annotate(self, words: str, start: int, end: int, kind: str = "editorial") -> None:
        """A remark on the text at this place, which is no text itself."""
        words = words.strip()
        if self.hidden or not words:
            return
        id_ = f"n{len(self.notes) + 1}"
        at = self.length
        self.supply(words, start)
        self.hide("note", id_, at, (start, end))
        self.notes.append(
            Note(id_, None, kind, None, (start, end), at, at, self.length)
        )

    def hide(self, kind: str, id_: str, start: int, extent: tuple[int, int]) -> None:
        """What was written since `start` is in no reading."""
        self.ids_of[len(self.spots)] = id_
        self.spots.append(Format(kind, start, self.length, extent))

    def _restyled(self, properties: Node, change: Node, at: int) -> None:
        """A change of format, as an annotation; once for runs in a row."""
        before = change.child("w:rPr")
        words = restyling(change, before, properties)
        last, end = self._annotated
        if words != last or end != len(self.notes):
            self.annotate(words, at, at)
            self._annotated = words, len(self.notes)

    def told_once(self, code: str, node: Node, what: str) -> None:
        """A finding, once for everything of its kind."""
        if (code, what) not in self.told:
            self.told.add((code, what))
            self.tell(code, node.start, node.end, what)

    def turn(self, node: Node, *, sure: bool) -> None:
        """A page begins here."""
        raise NotImplementedError

    def within_words(self, node: Node) -> bool:
        """Whether its paragraph has words before it and after it."""
        raise NotImplementedError

    def edge_said(self, comment: Comment) -> None:
        """What stands at an edge of the page that begins next."""
        raise NotImplementedError

    def stands_apart(self, node: Node, comment: Comment) -> None:
        """A stamp, a code: on the page, and not of the text."""
        raise NotImplementedError
