"""The native notation: `~~was~~`, `^{is}`, `^<is>`. Reader; the writer is `write.py`.

Source → marks (`tokens`) → blocks and pages (`layout`) → pairs inside blocks (`pairing`) →
operations (`weave`) → one text with spans (`build`) → `Document`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from redline.collector import paused
from redline.diagnostics import Diagnostic, diagnose
from redline.facts import impossible_dates, paper_date
from redline.layout import lay_out
from redline.layout.plan import Piece, Plan
from redline.markings.survey import survey
from redline.model import Act, Block, Cert, Document, Hand, Note, Stage
from redline.notation.build import Builder
from redline.notation.joining import propose
from redline.notation.pairing import Finding, Pairs, pair_block, split_runs
from redline.notation.places import RawAct
from redline.notation.straight import Straight
from redline.notation.suffix import in_order, masked, reserved, united
from redline.notation.tables import Places, marking_table, page_table
from redline.notation.weave import Weaver, Woven
from redline.source import Source
from redline.spans import ADDITION, DELETION
from redline.tokens import Token, has_notes, scan

__all__ = ["parse_source"]

_UNMATCHED = ("unclosed-deletion", "unopened-deletion")
_NOISE_LEAST = 5
_NOISE_RATIO = 2
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes((*range(9), 11, *range(14, 32)))
_STAGES = (Stage("draft", "as first written"), Stage("revision", "editorial revision"))
_KNOWN = {stage.id: stage for stage in _STAGES}
_ACT_KINDS = {DELETION: "deletion", ADDITION: "addition"}

_CERTS: Mapping[str, Cert] = {"high": "high", "medium": "medium", "low": "low"}
_NO = range(0)
_NOTHING: Mapping[str, str] = {}
#: A block to read: its slot, its pieces (text and what is embedded).
_Group = tuple[int, list[Piece]]


def parse_source(source: Source) -> Document:
    """Read a transcription. Any text is a document; what is amiss is in its diagnostics."""
    with paused():
        document = _Reader(source).document()
        date = paper_date(document)
        odd = impossible_dates(document) if date is None else []
        document = survey(document, date)
        if odd:
            told = sorted((*document.diagnostics, *odd), key=lambda one: (one.span, one.code))
            document = replace(document, diagnostics=tuple(told))
        return document


def _as_said(act: Act, said: Mapping[str, str]) -> Act:
    """The act with what its marks say of it."""
    cert = said.get("cert")
    return act._replace(
        kind=said.get("kind", act.kind),
        stage=said.get("stage", act.stage),
        hand=said.get("hand"),
        cert=act.cert if cert is None else _CERTS[cert],
    )


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.notes = has_notes(self.text)
        self.runs = "~~~~" in self.text
        self.reserved = reserved(self.text)
        #: the tokens of the blocks that take thought, as they come
        self.tokens: list[Token] = []
        self.plan: Plan = lay_out(masked(self.text))

    # -- grouping ---------------------------------------------------------------------------

    def groups(self) -> Iterator[_Group | Piece]:
        """Blocks of running text with all that is embedded in them; other pieces alone."""
        pieces = self.plan.pieces
        last: dict[int, int] = {}
        for i, piece in enumerate(pieces):
            if piece.kind == "text":
                last[piece.ref] = i
        i = 0
        while i < len(pieces):
            piece = pieces[i]
            if piece.kind != "text":
                yield piece
                i += 1
                continue
            stop = last[piece.ref] + 1
            yield piece.ref, pieces[i:stop]
            i = stop

    def _scan(self, piece: Piece) -> range:
        """The tokens of a piece, which join those of the document."""
        found = scan(self.text, piece.start, piece.end, notes=self.notes)
        if self.runs:
            found = split_runs(found)
        first = len(self.tokens)
        self.tokens += found
        self.pairs.grow(len(found))
        return range(first, len(self.tokens))

    # -- reading ----------------------------------------------------------------------------

    def document(self) -> Document:
        self._read(strikes=True)
        struck_banners = sum(
            self.text.count("~~", p.start, p.end) for p in self.plan.pieces if p.kind == "furniture"
        )
        pairs = self.pairs
        matched = pairs.matched + struck_banners + 2 * self.straight
        if pairs.unmatched >= _NOISE_LEAST and pairs.unmatched >= _NOISE_RATIO * matched:
            noise = next(f for f in self.findings if f[0] in _UNMATCHED)
            self._read(strikes=False)
            self.findings.append(("tilde-noise", noise[1], noise[2], ""))
        self.findings += self.plan.findings
        self.findings += self.weaver.findings
        self.tokens.clear()  # the largest table, and no longer needed
        return self._assemble()

    def _read(self, *, strikes: bool) -> None:
        """Read every block; `strikes=False` takes every `~~` for text."""
        self.strikes = strikes
        self.findings: list[Finding] = []
        self.acts: list[Act] = []
        self.blocks: list[Block] = []
        self.furniture_places: dict[int, tuple[int, int]] = {}
        self.numbered = 0
        self.straight = 0  # strikes read without `pairing`
        self.slot_of: list[int] = []
        self.tokens.clear()
        self.bodies: list[tuple[str | None, int, int, tuple[int, int]]] = []
        self.pairs = Pairs()
        self.weaver = Weaver(self.text, self.tokens, self.pairs, self.plan.note_labels)
        self.builder = Builder(self.text, self.tokens, self.pairs)
        self.quickly = Straight(self.builder, notes=self.notes)
        # It numbers revisions one by one, and knows of no ids that are taken.
        self.quickly.possible = self.quickly.possible and not self.reserved
        end = 0
        for group in self.groups():
            start = group.start if isinstance(group, Piece) else group[1][0].start
            if end:
                self.builder.newline(end, start)
            if isinstance(group, Piece):
                self._embed(group, "pb")
                end = 0
            else:
                self._block(group)
                note = self.plan.slots[group[0]].kind == "note"
                end = 0 if note else group[1][-1].end

    # -- one block --------------------------------------------------------------------------

    def _embed(self, piece: Piece, page_kind: str) -> None:
        """Furniture, a page edge, or a note that stands between blocks or inside one."""
        if piece.kind == "page":
            self.builder.page(piece, page_kind)
            self.weaver.page = piece.ref + 1
        elif piece.kind == "furniture":
            lifted = self.plan.lifted[piece.ref]
            self.furniture_places[piece.ref] = self.builder.furniture(
                piece, lifted.kind, f"f{piece.ref + 1}"
            )
        else:
            self._block((piece.ref, [piece]))

    def _block(self, group: _Group) -> None:
        number, mine = group
        slot = self.plan.slots[number]
        id_ = f"b{len(self.blocks) + 1}"
        place = len(self.blocks)
        first, last = mine[0].start, mine[-1].end
        page = self.builder.page_number
        self.slot_of.append(number)
        self.blocks.append(Block(id_, slot.kind, slot.n, slot.level, page, (first, last), 0, 0))
        hidden = -1
        if slot.kind == "note":
            hidden = self.builder.span(self.builder.length, "note", id_, (first, last))
        if slot.kind == "code":
            begin = self.builder.length
            self.builder.copy(first, last)
            end = self.builder.length
        else:
            begin, end = self._marked(mine)
        note = slot.kind == "note"
        if note:
            self.builder.newline(last, len(self.text))
            self.builder.finish(hidden)
            self.bodies.append((slot.n, begin, end, (first, last)))
        self.blocks[place] = self.blocks[place]._replace(start=begin, end=end, role=slot.role)

    def _marked(self, mine: list[Piece]) -> tuple[int, int]:
        """A block of text: straight through if it is simple, else pair, weave, build."""
        begin = self.builder.length
        bounds = (mine[0].start, mine[-1].end)
        if len(mine) == 1 and self.strikes:
            read = self.quickly.read(*bounds, self.numbered)
            if read is not None:
                acts, findings = read
                self.findings += findings
                self.numbered += len(acts)
                self.straight += sum(act.kind != "addition" for act in acts)
                self._keep(acts)
                return begin, self.builder.length
        which = [
            (piece, self._scan(piece) if piece.kind == "text" and piece.ref == mine[0].ref else _NO)
            for piece in mine
        ]
        tokens = [t for _, found in which for t in found]
        self.findings += pair_block(
            self.text, self.tokens, tokens, bounds, self.pairs, strikes=self.strikes
        )
        woven = self.weaver.weave(which)
        ids = self._number(woven)
        places = self.builder.block(woven, ids, self._embed)
        self._note_acts(woven, ids)
        return places

    def _number(self, woven: Woven) -> dict[int, str]:
        """Ids for a block's revisions, in the order in which they begin on the page."""
        first_of, suffix = self.pairs.first, self.pairs.suffix
        if suffix:
            woven.acts[:] = [each for act in woven.acts for each in self._told_apart(act)]
        woven.acts.sort(key=lambda act: first_of[act.marks[0]])
        ids: dict[int, str] = {}
        for act in woven.acts:
            id_ = self._said(act.marks).get("id") if suffix else None
            if id_ is None:
                self.numbered += 1
                while f"r{self.numbered}" in self.reserved:
                    self.numbered += 1
                id_ = f"r{self.numbered}"
            for m in act.marks:
                ids[m] = id_
        return ids

    def _said(self, marks: Sequence[int]) -> Mapping[str, str]:
        """What the marks of an act say of themselves."""
        suffix = self.pairs.suffix
        return next((suffix[m][1] for m in marks if m in suffix), _NOTHING)

    def _told_apart(self, act: RawAct) -> Iterator[RawAct]:
        """An act, or one for each of its marks where they say different things."""
        suffix = self.pairs.suffix
        said = [
            {key: name for key, name in suffix[m][1].items() if key != "after"}
            for m in act.marks
            if m in suffix
        ]
        ids = {suffix[m][1].get("id") if m in suffix else None for m in act.marks}
        if len(ids) == 1 and all(each == said[0] for each in said):
            yield act
        else:
            for m in act.marks:
                yield act._replace(marks=type(act.marks)((m,)))

    def _note_acts(self, woven: Woven, ids: dict[int, str]) -> None:
        spans, kinds = self.builder.span_of, self.pairs.kind
        made = []
        for marks, rule, cert in woven.acts:
            kind = _ACT_KINDS[kinds[marks[0]]]
            for m in marks:
                if kinds[m] != kinds[marks[0]]:
                    kind = "substitution"
            parent = woven.parents.get(marks[0], -1)
            parts = tuple(spans[m] for m in marks)
            act = Act(ids[marks[0]], kind, parts, rule, cert, within=ids.get(parent))
            if self.pairs.suffix:
                said = self._said(marks)
                act = _as_said(act, said)
            made.append(act)
        self._keep(made)

    def _keep(self, made: list[Act]) -> None:
        if len(made) > 1:
            made, findings = propose(made, self.builder)
            self.findings += findings
        self.acts += made

    # -- the tables -------------------------------------------------------------------------

    def _assemble(self) -> Document:
        builder, plan = self.builder, self.plan
        text = builder.text()
        origin = builder.origin()
        builder.parts.clear()
        pages = page_table(plan, builder.page_starts, len(text), len(self.text))
        places = Places(self.furniture_places, builder.stamps, origin)
        tables = marking_table(self.text, plan, places, pages)
        if self.reserved:
            self.acts, odd = united(self.acts, builder.spans)
            self.findings += [
                ("suffix-conflict", builder.extents[2 * k], builder.extents[2 * k + 1], act.id)
                for act in odd
                for k in act.parts[:1]
            ]
        self.acts.sort(key=lambda act: act.parts[0])
        stages, hands = self._campaigns()
        return Document(
            source=self.source,
            text=text,
            origin=origin,
            spans=tuple(builder.spans),
            extents=builder.extents,
            acts=tuple(self.acts),
            blocks=tuple(self._blocks()),
            pages=pages,
            notes=self._notes(),
            markings=tables.markings,
            furniture=tables.furniture,
            stages=stages,
            hands=hands,
            classification=tables.classification,
            diagnostics=self._diagnostics(),
        )

    def _campaigns(self) -> tuple[tuple[Stage, ...], tuple[Hand, ...]]:
        """The stages and hands that suffixes name, after those every paper has."""
        if not self.pairs.suffix:
            return _STAGES, ()
        after: dict[str, str] = {}
        for _, said in self.pairs.suffix.values():
            if "after" in said:
                after.setdefault(said["stage"], said["after"])
        mentioned = (act.stage for act in self.acts)
        names = in_order((*_KNOWN, *mentioned), after)
        stages = tuple(_KNOWN.get(name) or Stage(name, name) for name in names)
        hands = dict.fromkeys(act.hand for act in self.acts if act.hand is not None)
        return stages, tuple(Hand(name, name) for name in hands)

    def _blocks(self) -> Iterator[Block]:
        """Cells of one table become one block; ids follow the order of the page."""
        slots, used = self.plan.slots, self.slot_of
        number = 0
        k, blocks = 0, self.blocks
        while k < len(blocks):
            block = blocks[k]
            number += 1
            table = slots[used[k]].table
            if table < 0:
                yield block._replace(id=f"b{number}")
                k += 1
                continue
            rows: dict[int, list[tuple[int, int]]] = {}
            while k < len(blocks) and slots[used[k]].table == table:
                rows.setdefault(slots[used[k]].row, []).append((blocks[k].start, blocks[k].end))
                k += 1
            last = blocks[k - 1]
            yield block._replace(
                id=f"b{number}",
                span=(block.span[0], last.span[1]),
                end=last.end,
                cells=tuple(tuple(row) for row in rows.values()),
            )

    def _notes(self) -> tuple[Note, ...]:
        """References and bodies brought together: a body belongs to the latest reference
        before it that has its label and no body yet, else to the first after it."""
        notes = self.builder.notes
        waiting: dict[str | None, list[int]] = {}
        for k, note in enumerate(notes):
            if note.kind == "footnote":
                waiting.setdefault(note.n, []).append(k)
        for label, begin, end, span in self.bodies:
            free = waiting.get(label, [])
            at = bisect_right(free, begin, key=lambda k: notes[k].at or 0)
            k = free.pop(at - 1 if at else 0) if free else -1
            if k < 0:
                id_ = f"n{len(notes) + 1}"
                notes.append(Note(id_, label, "footnote", None, span, begin, begin, end))
            else:
                notes[k] = notes[k]._replace(body=span, start=begin, end=end)
        return tuple(sorted(notes, key=lambda note: note.at or 0))

    def _has_controls(self) -> bool:
        """A quick look; most texts hold none."""
        if not self.text.isascii():
            return True
        data = self.text.encode("ascii")
        return len(data.translate(None, _CONTROLS)) < len(data)

    def _diagnostics(self) -> tuple[Diagnostic, ...]:
        for match in _UNWRITABLE.finditer(self.text) if self._has_controls() else ():
            point = ord(match[0])
            code = "no-xml-character"
            if 0xD800 <= point <= 0xDFFF:
                code = "lone-surrogate"
            elif not point:
                code = "null-character"
            self.findings.append((code, match.start(), match.end(), f"U+{point:04X}"))
        self.findings.sort(key=lambda f: (f[1], f[2]))
        return tuple(diagnose(self.source, *finding) for finding in self.findings)
