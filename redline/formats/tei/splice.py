"""A document that was read from TEI and edited since: a new body in the file it came from.

All around the body stays character for character: the header, front and back matter, namespaces,
comments. What the new body points to and the file does not define yet (a campaign, a hand, a level)
is added to the header where such things stand there, or in an element of its own at its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from redline.edit.words import RULE
from redline.formats.tei.custody import custody, text_class
from redline.formats.tei.escape import escape, storable
from redline.formats.tei.headed import campaign, header_of, told
from redline.formats.tei.keep import declared
from redline.formats.tei.pointers import Pointers
from redline.formats.tei.read.scan import ATTRIBUTE, TOKEN
from redline.model import Document

__all__ = ["Frame", "frame_of"]

_OPEN = re.compile(r"<((?:[^\s<>/:]+:)?)(body|sourceDoc)(?=[\s>/])")
_ID = re.compile(r"\sxml:id\s*=\s*[\"']([^\"']+)[\"']")
_REVISED = re.compile(
    r"<(?:\w+:)?(del|add|subst|delSpan|addSpan|anchor|substJoin)\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*?"
    r"xml:id\s*=\s*[\"']([^\"']+)[\"']"
)
_MOVES = "listTranspose"
#: An element that redline named because the history of the paper points to it.
_MARKED = re.compile(r"<(?:fw|note|seg|stamp) xml:id=\"(m\d+)\"")
_BREAK = re.compile(r"<(?:\w+:)?pb[\s/>]")
#: Attributes of a block that stay with it.
_GLOBAL = frozenset({
    *("xml:id", "xml:lang", "facs", "rend", "rendition", "style", "ana", "corresp", "resp", "cert"),
    *("sameAs", "source"),
})
_DEFAULT = re.compile(r"\sxmlns\s*=")
_TEI = "http://www.tei-c.org/ns/1.0"
#: Stages that the reader supplies: they are defined where something points to one.
_SUPPLIED = frozenset({"draft", "revision"})
_WORDS = "read, edited and written by redline"


class _Element(NamedTuple):
    """An element of the header: where its tags stand, and the names of those around it."""

    name: str
    id: str
    start: int
    inner: int  # where its end tag begins; that of an empty element: its end
    end: int
    around: tuple[str, ...]


class Frame(NamedTuple):
    """A file without its body: raw[:start] and raw[end:] stay."""

    raw: str
    prefix: str
    name: str
    start: int
    end: int
    header: tuple[_Element, ...]

    def taken(self) -> set[str]:
        """The ids in the file, but for those of campaigns, hands, categories, revisions and
        markings: these are the names of the things they name."""
        ids = {*_ID.findall(self.raw)} - {id_ for _, id_ in _REVISED.findall(self.raw)}
        ids -= {*_MARKED.findall(self.raw)}
        return ids - self._defined("change", "handNote", "hand", "category")

    def whole(self, start: int, end: int) -> tuple[str, str] | None:
        """The element at a place of the source as it stands there, and its name; None for what
        must be written anew: page breaks, and transpositions, which are revisions now."""
        tag = TOKEN.match(self.raw, start)
        if tag is None or not tag[2] or tag[1]:
            return None
        local = tag[2].rpartition(":")[2]
        raw = self.raw[start:end]
        if local == _MOVES or _BREAK.search(raw) or not raw.endswith(">"):
            return None
        return raw, local

    def attributes(self, start: int) -> str:
        """What an element of the source says of itself that any element may say."""
        tag = TOKEN.match(self.raw, start)
        if tag is None or not tag[2] or tag[1]:
            return ""
        return "".join(
            f' {match[1]}="{(match[2] or match[3] or "").replace(chr(34), "&quot;")}"'
            for match in ATTRIBUTE.finditer(tag[3])
            if match[1] in _GLOBAL
        )

    def filled(self, document: Document, pointers: Pointers, body: Iterable[str]) -> str:
        """The file with this body."""
        tag = TOKEN.match(self.raw, self.start)
        prefix = self.prefix
        open_, close = f"<{prefix}body>", f"</{prefix}body>"
        if tag is not None and self.name == "body":
            written = tag[3].rstrip()
            if prefix and not _DEFAULT.search(written):
                written += f' xmlns="{_TEI}"'
            open_ = f"<{prefix}body{written}>"
        elif self.name == "sourceDoc":
            xmlns = f' xmlns="{_TEI}"' if prefix else ""
            open_, close = f"<{prefix}text>\n    <{prefix}body{xmlns}>", f"{close}</{prefix}text>"
        pieces = [open_, "\n", "    ", close, self.raw[self.end :]]
        at = self.start
        lines = list(body)
        pieces[2:-3] = lines
        added = [*self._history(document, pointers, lines)]
        added += ((place, place, words) for place, words in self._added(document, pointers))
        for place, end, words in sorted(added, reverse=True):
            pieces.insert(0, words + self.raw[end:at])
            at = place
        pieces.insert(0, self.raw[:at])
        return told(declared("".join(pieces)), _WORDS)

    def _history(
        self, document: Document, pointers: Pointers, body: Sequence[str]
    ) -> Iterable[tuple[int, int, str]]:
        """The history of the paper told anew, where an editor changed a banner."""
        if not any(row.rule == RULE for row in document.markings):
            return
        rows = {
            "custodialHist": "".join(line.strip() for line in custody(document, pointers, body)),
            "textClass": "".join(text_class(document, pointers)),
        }
        for each in self.header:
            if each.name == "custodialHist":
                yield each.start, each.end, rows[each.name]
            elif each.name == "textClass" and rows[each.name]:
                yield each.start, each.end, f"<textClass>{rows[each.name]}</textClass>"

    # -- what the header lacks ------------------------------------------------------------------

    def _defined(self, *names: str) -> set[str]:
        return {each.id for each in self.header if each.id and each.name in names}

    def _added(self, document: Document, pointers: Pointers) -> list[tuple[int, str]]:
        """What comes into the header, and where: in the order in which it is to stand there."""
        prefix = self.prefix
        out = self._stages(pointers)
        hands = [
            f'<{prefix}handNote xml:id="{id_}">{_text(hand.label)}</{prefix}handNote>'
            for id_, hand in pointers.hands()
            if id_ not in self._defined("handNote", "hand")
        ]
        out += self._in(
            hands, lambda each: each.name == "handNotes", "<profileDesc><handNotes>"
        )
        levels = []
        for id_, rank, words in pointers.categories():
            if id_ not in self._defined("category"):
                number = "" if rank is None else f' n="{rank}"'
                levels.append(
                    f'<{prefix}category xml:id="{id_}"{number}><{prefix}catDesc>{_text(words)}'
                    f"</{prefix}catDesc></{prefix}category>"
                )
        new = "" if "security" in self.taken() else ' xml:id="security"'
        out += self._in(
            levels,
            lambda each: each.name == "taxonomy" and each.id == "security",
            f"<encodingDesc><classDecl><taxonomy{new}>",
        )
        return out

    def _stages(self, pointers: Pointers) -> list[tuple[int, str]]:
        """A campaign stands after the one it follows."""
        listed = {
            each.id: each
            for each in self.header
            if each.name == "change" and each.id and "creation" in each.around
        }
        defined = self._defined("change")
        missing = [(id_, stage) for id_, stage in pointers.stages() if id_ not in defined]
        if all(row.id in _SUPPLIED and not pointers.points(row.id) for _, row in missing):
            return []
        out: list[tuple[int, str]] = []
        loose: list[str] = []
        before: _Element | None = None
        for id_, stage in pointers.stages():
            if id_ in defined:
                before = listed.get(id_, before)
                continue
            who = pointers.hand(stage.hand) if stage.hand else ""
            change = campaign(id_, stage, stage.when or "", who, self.prefix)
            if before is None:
                loose.append(change)
            elif out and out[-1][0] == before.end:
                out[-1] = before.end, out[-1][1] + change
            else:
                out.append((before.end, change))
        return out + self._in(
            loose,
            lambda each: each.name == "listChange" and "creation" in each.around,
            '<profileDesc><creation><listChange ordered="true">',
            first=True,
        )

    def _in(
        self,
        rows: Sequence[str],
        where: Callable[[_Element], bool],
        else_: str,
        *,
        first: bool = False,
    ) -> list[tuple[int, str]]:
        """The rows at the end (or the `first` place) of an element of the header; where it has
        none, in new ones at its own end."""
        if not rows:
            return []
        found = next((e for e in self.header if where(e) and e.inner < e.end), None)
        if found is not None:
            place = found.inner
            if first:
                begun = TOKEN.match(self.raw, found.start)
                place = begun.end() if begun else place
            return [(place, "".join(rows))]
        names = re.findall(r"<(\w+)", else_)
        opened = re.sub("<", f"<{self.prefix}", else_)
        closed = "".join(f"</{self.prefix}{name}>" for name in reversed(names))
        last = next((e for e in self.header if e.name == "revisionDesc"), None)
        end = next(e.inner for e in self.header if e.name == "teiHeader")
        return [(last.start if last else end, opened + "".join(rows) + closed)]


def frame_of(document: Document) -> Frame | None:
    """The file around the body of a document; None where it has no header, or several bodies."""
    raw = document.source.text
    start, end = header_of(raw)
    if not end:
        return None
    found = _ranges(raw, end)
    if len(found) != 1:
        return None
    prefix, name, first, last = found[0]
    return Frame(raw, prefix, name, first, last, tuple(_elements(raw, start, end)))


def _ranges(raw: str, at: int) -> list[tuple[str, str, int, int]]:
    """The bodies of a file; its facsimile, where it has no body."""
    for wanted in ("body", "sourceDoc"):
        out = []
        for match in _OPEN.finditer(raw, at):
            if match[2] != wanted:
                continue
            tag = TOKEN.match(raw, match.start())
            if tag is None:
                continue
            if tag[4]:
                out.append((match[1], wanted, match.start(), tag.end()))
                continue
            close = re.compile(rf"</{re.escape(match[1])}{wanted}\s*>").search(raw, tag.end())
            if close is not None:
                out.append((match[1], wanted, match.start(), close.end()))
        if out:
            return out
    return []


def _elements(raw: str, start: int, end: int) -> Iterable[_Element]:
    stack: list[tuple[str, str, int]] = []
    out: list[_Element] = []
    for match in TOKEN.finditer(raw, start, end):
        if match[2] is None:
            continue
        if match[1]:
            name, id_, begun = stack.pop()
            around = tuple(each[0] for each in stack)
            out.append(_Element(name, id_, begun, match.start(), match.end(), around))
            continue
        name = match[2].rpartition(":")[2]
        id_ = next((a or b for key, a, b in ATTRIBUTE.findall(match[3]) if key == "xml:id"), "")
        if match[4]:
            around = tuple(each[0] for each in stack)
            out.append(_Element(name, id_, match.start(), match.end(), match.end(), around))
        else:
            stack.append((name, id_, match.start()))
    return out


def _text(words: str) -> str:
    return escape(storable(words))
