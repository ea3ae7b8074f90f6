"""The walk over the tags of a file: what each element does to the text, the spans, the blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from redline.formats.tei.names import OTHER_HAND
from redline.formats.tei.read import table
from redline.formats.tei.read.build import TRANSPOSED, Part
from redline.formats.tei.read.header import read_header
from redline.formats.tei.read.revise import Attributes, Begun, Reviser, pointer
from redline.formats.tei.read.scan import (
    ATTRIBUTE,
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    TOKEN,
    decoded,
    refuse,
)
from redline.formats.tei.read.structure import Apparatus
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["TEI", "Walker"]

TEI = "http://www.tei-c.org/ns/1.0"
_SPACE = " \t\r\n"
_ROOTS = frozenset({"TEI", "teiCorpus", "TEI.2"})
#: What `seg` of a type is, where redline wrote it.
_SEGMENTS = {"code": "code", "formula": "math", "gap": "gap"}
#: And those that are markings in the running text.
_MARKINGS = frozenset({"portion", "marking"})
_BLANK = "[blank]"


class Walker(Reviser):
    """Walks a file once. `moved` are the ids of transposed elements with the words that come in
    their place; the first walk only finds them."""

    def __init__(self, source: Source, *, facsimile: bool, moved: dict[str, str] | None) -> None:
        super().__init__(source)
        self.body = "sourceDoc" if facsimile else "body"
        self.moved = moved
        self.live = 0
        self.header = (0, 0)
        self.root = ""
        self.namespace: str | None = None
        self.prefixes: dict[str | None, str] = {"xml": "xml", None: ""}
        self.scopes: list[tuple[int, dict[str | None, str]]] = []
        self.transposed: list[list[str]] = []
        self.moved_at: list[str] = []  # the stage of each transposition
        self.targets: dict[str, tuple[int, int]] = {}  # what may be transposed: its text
        #: Of each open `choice` and the like: what is preferred, what was there, where it begins.
        self.alternatives: list[tuple[tuple[str, ...], list[tuple[str, int]], int]] = []
        self.with_preferred: set[int] | None = None
        self.verbatim = 0
        self.openers: dict[str, Callable[[str, Attributes, int, int], Begun]]
        self.openers = {
            **dict.fromkeys(table.BLOCKS, self._block),
            **dict.fromkeys(table.REVISIONS, self._revision),
            **dict.fromkeys(table.CROSSING, self._crossing),
            **dict.fromkeys(table.HIDDEN, self._hidden),
            **dict.fromkeys(table.ALTERNATIVES, self._choice),
            **dict.fromkeys(table.KEPT, self._nothing),
            "lb": self._line_break,
            "pb": self._page_break,
            "subst": self._subst,
            "restore": self._restore,
            "undo": self._cancel,
            "redo": self._cancel,
            "substJoin": self._join,
            "note": self._note,
            "ptr": self._pointer,
            "space": self._blank,
            "table": self._table,
            "row": self._row,
            "div": self._division,
            **{f"div{n}": self._division for n in range(1, 8)},
            "list": self._list,
            "line": self._line,
            "transpose": self._transpose,
        }

    # -- the loop -----------------------------------------------------------------------------

    def walk(self) -> None:
        """Read all of it. Raises `FormatError` for what no edition holds."""
        raw = self.raw
        at = 0
        for match in TOKEN.finditer(raw):
            start = match.start()
            if start > at and self.live:
                self._text(at, start)
            at = match.end()
            name = match[2]
            if name is None:
                if match[5] and self.live:
                    self._text(match.start(5), match.end(5), literal=True)
            elif match[1]:
                self._end(at)
            else:
                self._start(name, match[3], start, at)
                if match[4]:
                    self._end(at)
        self._dangling()
        self._pointing_nowhere()

    def _start(self, name: str, written: str, start: int, end: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise refuse(self.source, start, f"elements nested deeper than {MAX_DEPTH}",
                         "no text needs that; look at what made the file")
        if len(written) > MAX_ATTRIBUTES:
            raise refuse(self.source, start, f"attributes of {len(written):,} characters",
                         f"redline reads {MAX_ATTRIBUTES:,} for one element")
        attributes: Attributes = {}
        if "=" in written:
            attributes = {a: decoded(b or c) for a, b, c in ATTRIBUTE.findall(written)}
            if "xmlns" in written:
                self._declare(attributes)
        prefix, _, local = name.rpartition(":")
        if self.namespace is None:
            self._begin(local, prefix or None, start, end)
        elif self.prefixes.get(prefix or None, "") != self.namespace and (
            prefix or self.prefixes[None]
        ):
            local = name if prefix else f":{name}"  # of another vocabulary
        change = self.change
        if not self.live:
            self.stack.append((local, None, None, change))
            if local == self.body and "standOff" not in (each[0] for each in self.stack):
                self.live += 1
                self.stack[-1] = (local, self._leave_body, None, change)
            elif local == "teiHeader":
                self.stack[-1] = (local, self._leave_header, start, change)
            elif local in ("front", "back"):
                self.tell("tei-unread", start, end, f"the text of <{local}> is in no reading")
            elif local in ("listTranspose", "transpose"):
                self.change = pointer(attributes.get("change", "")) or self.change
                if local == "transpose":
                    self._transpose(local, attributes, start, end)
            elif local == "ptr" and self.stack[-2][0] == "transpose":
                self._target(attributes)
            return
        id_ = attributes.get("xml:id")
        if id_ is not None:
            self._named(id_, start, end)
        if "change" in attributes and local != "restore":
            self.change = pointer(attributes["change"]) or self.change
            said = attributes["change"]
            if said[:1] != "#" or " " in said:
                what = f"change={said!r}: redline reads one pointer into the file, as #A"
                self.tell("tei-pointer", start, end, what)
        before = self._alternative(local, start, end) if self.alternatives else -1
        opener = self.openers.get(local, self._element)
        closer, data = opener(local, attributes, start, end)
        if before >= 0 or (self.moved is not None and id_ in self.moved) or (
            id_ in self.wanted and self.moved is None
        ):
            slot = self._slot(id_, start, end)
            self.stack.append((local, self._wrapped, (closer, data, before, id_, slot), change))
        else:
            self.stack.append((local, closer, data, change))

    def _end(self, at: int) -> None:
        _, closer, data, self.change = self.stack.pop()
        if self.scopes and self.scopes[-1][0] == len(self.stack):
            self.prefixes = self.scopes.pop()[1]
        if closer is not None:
            closer(data, at)

    def _wrapped(self, data: Any, at: int) -> None:
        closer, inner, before, id_, slot = data
        if id_ in self.wanted and self.moved is None:
            self.targets[id_] = (slot, self.length)
        # The words that come in the place of a block's stand in the block.
        block = closer == self._end_block
        if closer is not None and not block:
            closer(inner, at)
        if before >= 0:
            self.unread -= 1
            self.close(before, at)
        if self.moved is not None and id_ in self.moved:
            self.close(slot, at)
            self._part_closed(slot)
            k = self._part(ADDITION, "", {}, at, at)
            self._is_moved(self.acts[-1], id_)
            self._seen(self.moved[id_][:1], self.moved[id_][-1:])
            self.supply(self.moved[id_], at)
            self._end_part(k, at)
            if self.block is not None and self.moved[id_]:
                self.block.said = True
        if closer is not None and block:
            closer(inner, at)

    def _slot(self, id_: str | None, start: int, end: int) -> int:
        """The struck span of a transposed element; in the first walk: where its text begins."""
        if id_ is None or self.moved is None or id_ not in self.moved:
            return self.length
        k = self._part(DELETION, "", {}, start, end)
        self._is_moved(self.acts[-1], id_)
        return k

    def _is_moved(self, part: Part, id_: str) -> None:
        number, stage = self.moved_to[id_]
        part.part_of = f"{TRANSPOSED}{number}"
        part.stage = stage or part.stage

    # -- the file -----------------------------------------------------------------------------

    def _declare(self, attributes: Attributes) -> None:
        """Namespaces hold to the end of the element that declares them."""
        self.scopes.append((len(self.stack), self.prefixes))
        self.prefixes = dict(self.prefixes)
        for key in [key for key in attributes if key == "xmlns" or key.startswith("xmlns:")]:
            self.prefixes[key[6:] or None] = attributes.pop(key)

    def _begin(self, local: str, prefix: str | None, start: int, end: int) -> None:
        self.root = local
        if local not in _ROOTS:
            raise refuse(self.source, start, f"<{local}> is no TEI", "the root of TEI is <TEI>")
        self.namespace = self.prefixes.get(prefix, "")
        if self.namespace not in ("", TEI):
            self.tell("tei-namespace", start, end, f"{self.namespace}, not {TEI}")

    def _leave_body(self, _: object, at: int) -> None:
        self.finish_block(at)
        self.live -= 1

    def _leave_header(self, start: int, at: int) -> None:
        if not self.header[1]:
            self.header = start, at
            header = read_header(self.raw, start, at)
            self.ours = header.ours
            self.order = {stage.id: n for n, stage in enumerate(header.stages)}

    def _named(self, id_: str, start: int, end: int) -> None:
        if id_ in self.names:
            self.tell("tei-id", start, end, id_)
            return
        self.names[id_] = self.length
        if id_ in self.waiting:
            for k, _, _ in self.waiting.pop(id_):
                self.counts[self.kinds[k]] -= 1
                self.close(k, end)
                if k in self.revised:
                    self.revised.remove(k)

    # -- text ---------------------------------------------------------------------------------

    def _text(self, start: int, end: int, *, literal: bool = False) -> None:
        raw = self.raw
        local = self.stack[-1][0]
        blank = not raw[start:end].strip(_SPACE)
        if local in table.NOISY:
            if blank:
                return
            if local == "subst":
                said = raw[start:end].strip()[:40]
                self.tell("tei-subst", start, end, f"the text {said!r} in it")
        if self.unread:
            self.words(start, end, verbatim=bool(self.verbatim), literal=literal)
            return
        if self.block is None:
            if blank:
                return
            self.stray_block(start, (each[0] for each in reversed(self.stack)))
            start += len(raw[start:end]) - len(raw[start:end].lstrip(_SPACE))
        if self.broken is not None and raw[start] in _SPACE and not self.verbatim:
            depth, top = self.broken
            if len(self.revised) >= depth and (not depth or self.revised[depth - 1] == top):
                while start < end and raw[start] in _SPACE:
                    start += 1
                if start == end:
                    return
        self.broken = None
        self._seen(raw[start], raw[end - 1])
        if self.block is not None:
            self.block.said = True
        self.words(start, end, verbatim=bool(self.verbatim), literal=literal)

    def _seen(self, first: str, last: str) -> None:
        """Which readings see text here, and whether a break and a space meet in one of them."""
        for kind, state in ((ADDITION, self.draft), (DELETION, self.final)):
            if not self.counts[kind]:
                if state[1] and first in _SPACE and self.block is not None:
                    self.block.unsettled = True
                state[0], state[1] = last in _SPACE, False

    def _line_break(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        if self.unread:
            if self.length > self.edge and not self.ends_in_space():
                self.fold(" ", start, end)
            return None, None
        kept = attributes.get("break")
        if kept in ("no", "maybe"):
            self._hyphen(attributes, start, end)
            self.open(f"lb-{kept}", "", start, end)
            return None, None
        self._break(start, end)
        return None, None

    def _hyphen(self, attributes: Attributes, start: int, end: int) -> None:
        """A hyphen that went with a break: on the page, in no reading."""
        hyphen = attributes.get("rend", "")
        if hyphen and len(hyphen) == 1 and not hyphen.isalnum():
            k = self.open("softhyphen", "", start, end)
            self.supply(hyphen, start)
            self.close(k, end)

    def _break(self, start: int, end: int) -> None:
        """A line break is one space, in every reading that sees it."""
        if self.block is None:
            return
        if self.length == self.block.start:
            self.open("lb", "", start, end)
            self.broken = self._here()
            return
        states = [
            state
            for kind, state in ((ADDITION, self.draft), (DELETION, self.final))
            if not self.counts[kind]
        ]
        spaced = [state[0] or state[1] for state in states]
        if spaced and all(spaced) and self.ends_in_space():
            self.trim_end()
            self.block.breaks.append(self.length - 1)
            last = "".join(self.parts[-2:])[-2:]
            if len(last) > 1 and not last.strip(_SPACE):
                self.block.unsettled = True  # the blanks before it stand in several elements
        else:
            if any(spaced):
                self.block.unsettled = True
            self.block.breaks.append(self.length)
            self.fold(" ", start, end)
        for state in states:
            state[0], state[1] = False, True
        self.open("lb", "", start, end)
        self.broken = self._here()

    def _here(self) -> tuple[int, int]:
        return len(self.revised), self.revised[-1] if self.revised else -1

    def _line(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        """A line of a document's facsimile: lines of a zone are joined as those of a block."""
        if self.block is None and not self.unread:
            self.stray_block(start, (each[0] for each in reversed(self.stack)))
        elif self.block is not None and self.length > self.block.start and not self.unread:
            self._break(start, end)
        return self._element(local, attributes, start, end)

    def _blank(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        k = self.open("space", "", start, end)
        if not self.unread:
            self.supply(_BLANK, start)
        self.close(k, end)
        return None, None

    # -- elements -----------------------------------------------------------------------------

    def _nothing(self, local: str, attributes: Attributes, start: int, end: int) -> Any:
        return None, None

    def _element(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        """An element that is a span: of a kind of its own, or of the name it has."""
        if local == "ptr" and self.stack[-1][0] == "transpose":
            self._target(attributes)
            return self._close_span, (self.open("tei:ptr", "", start, end), local)
        kind = table.INLINE.get((local, attributes.get("rend", "")))
        if local == "seg":
            if attributes.get("hand") == f"#{OTHER_HAND}":
                kind = "hand"
            else:
                kind = _SEGMENTS.get(attributes.get("type", ""))
        k = self.open(kind or f"tei:{local}", attributes.get("xml:id", ""), start, end)
        if local == "seg" and attributes.get("type") in _MARKINGS and (
            self.in_note or not self.unread
        ):
            return self._close_marking, (k, attributes, start)
        return self._close_span, (k, local)

    def _close_marking(self, data: tuple[int, Attributes, int], at: int) -> None:
        k, attributes, start = data
        self._close_span((k, "seg"), at)
        page = max(1, len(self.pages))
        self.apparatus.append(
            Apparatus("seg", attributes, start, at, self.starts[k], self.ends[k], page, -1)
        )

    def _close_span(self, data: tuple[int, str], at: int) -> None:
        k, local = data
        self.close(k, at)
        if self.starts[k] == self.ends[k]:
            self.kinds[k] = f"tei:{local}"

    def _choice(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        k = self.open(f"tei:{local}", attributes.get("xml:id", ""), start, end)
        self.alternatives.append((table.ALTERNATIVES[local], [], start))
        return self._end_choice, (k, len(self.stack))

    def _alternative(self, local: str, start: int, end: int) -> int:
        """A child of `choice` or `app`: it hides its text if another is read instead, or may be."""
        parent = self.stack[-1][0]
        if parent not in table.ALTERNATIVES:
            return -1
        preferred, seen, _ = self.alternatives[-1]
        has_one = any(name in preferred or k < 0 for name, k in seen)
        k = -1
        if has_one or (local not in preferred and self._better()):
            k = self.open("layout", "", start, end)
            self.unread += 1
        seen.append((local, k))
        return k

    def _better(self) -> bool:
        """Whether a preferred alternative is in the element around."""
        if self.with_preferred is None:
            self.with_preferred = _preferring(self.raw)
        return self.alternatives[-1][2] in self.with_preferred

    def _end_choice(self, data: tuple[int, int], at: int) -> None:
        self.close(data[0], at)
        self.alternatives.pop()

    # -- transposition ------------------------------------------------------------------------

    def _transpose(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        self.transposed.append([])
        self.moved_at.append(self.change)
        return None, None

    def _target(self, attributes: Attributes) -> None:
        target = pointer(attributes.get("target", ""))
        if target and self.transposed:
            self.transposed[-1].append(target)


def _preferring(raw: str) -> set[int]:
    """Where the elements with alternatives begin that hold a preferred one."""
    found: set[int] = set()
    stack: list[tuple[str, int]] = [("", 0)]
    for match in TOKEN.finditer(raw):
        if match[2] is None:
            continue
        if match[1]:
            stack.pop()
            continue
        local = match[2].rpartition(":")[2]
        around, start = stack[-1]
        if local in table.ALTERNATIVES.get(around, ()):
            found.add(start)
        if not match[4]:
            stack.append((local, match.start()))
    return found
