"""The TEI of documents that no notation can say: built by hand, at random, of every kind of span.

What other readers (and editors) may hand over is more than the native notation has: marks that
cross blocks and notes, notes in notes, breaks without their space, decisions. The law and the
schemas hold for them as well.
"""

from __future__ import annotations

import functools
from array import array
from itertools import pairwise
from random import Random
from types import MappingProxyType

import pytest

from redline.formats.tei import paper as tei_paper
from redline.formats.tei import to_tei
from redline.model import (
    Act,
    Block,
    Classification,
    Document,
    Furniture,
    Hand,
    Marking,
    Note,
    Page,
    Stage,
    Step,
)
from redline.origin import Origin
from redline.source import Source
from redline.spans import HIDDEN, Span
from tests.judges import schemas, tei_rules, tei_walker

COUNT = 250
REVISED = ("del", "add")
COVERING = (
    *("del", "add") * 6,
    *sorted(HIDDEN),
    *("bold", "italic", "superscript", "code", "math", "gap", "unclear", "hand", "supplied"),
    "a kind\nof others",
)
POINTS = ("pb", "pb-no", "pb-maybe", "lb", "lb", "lb", "lb-no", "lb-maybe")
BLOCKS = (
    *("paragraph", "paragraph", "heading", "list-item", "list-item", "table", "letterhead"),
    *("header", "code", "note", "other"),
)
STAMP = (
    "NO CHANGE IN CLASS. 1\n☒ DECLASSIFIED\nCLASS. CHANGED TO: TS ~~S~~ © 1991\n"
    "AUTH: HR 70-2\nDATE: 11/31/81 REVIEWER: O1~~8~~5 & <7>\n"
)
BOX = "| ( ) EXCISE (X) DE | NY |\n|--|--|\n| ( ) DECLASSIFY IN PA |\n| RT | ( ) DOWN & | GRADE |\n"
STAMPS = (
    *(STAMP, STAMP, BOX, BOX),
    *("DOCUMENT NO. 7\n", "NO CHANGE IN CLASS. 1\n", "☒ DECLASSIFIED\n", "CHANGED TO: TS ~~S~~ © "),
    *("1991\n", "NEXT REVIEW DATE:\n", "AUTH: HR 7O-2\n", "DATE: 11/31/22 REVIEWER: 0~~18~~5\n"),
    *("Approved For Release 2005/09/28 : ", "CIA-RDP79R00904A00O800030019-3", " 25X1, (b)(1) "),
    *("| (X) DECL", " | ASSIFY ( ) EXCISE ( ) DENY |\n", "|--|--|\n", "^{& <x>} ", "a "),
    *("(S) ", " "),
)
ALPHABETS = ("ab  ", "ab ", "a \n\t", 'a&<>"]  ', "a\u00e9\x07\ud800\ufffe\r ", STAMPS, STAMPS)
ACTIONS = ("classified", "downgrade", "cancelled", "reviewed", "released", "another")
LEVELS = (None, "SECRET", "CONFIDENTIAL", "NO SUCH LEVEL")
BANNERS = (
    *("~~SECRET~~\nCONFIDENTIAL", "SECRET CONFIDENTIAL", "~~S~~ x ~~T~~", "^{SECRET}", "a & <b>"),
    *("", "~~TOP~~ SECRET", "~~~~", "| a | b |\n|--|--|\n| c |"),
)


class Maker:
    """One random document."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.choice = self.random.choice
        alphabet = self.choice(ALPHABETS)
        self.stamped = alphabet is STAMPS
        most = 12 if self.stamped else 60
        self.text = "".join(self.choice(alphabet) for _ in range(self.random.randint(0, most)))
        self.rows: list[tuple[int, int, str, str]] = []

    def document(self) -> Document:
        acts = self.acts(self.spans())
        spans = tuple(Span(*row) for row in self.rows)
        blocks = self.blocks()
        markings, furniture = self.apparatus(spans)
        decided = [act.id for act in acts if self.random.random() < 0.15]
        size = len(self.text)
        return Document(
            Source(self.text),
            self.text,
            Origin.identity(size),
            spans,
            array("q"),
            tuple(acts),
            tuple(blocks),
            tuple(Page(n + 1, None, (0, 0), "low", (), 0, size) for n in range(self.pick(0, 2))),
            tuple(self.notes(spans)),
            tuple(markings),
            tuple(furniture),
            (Stage("draft", "as written"), Stage("revision", "then", "1951-08")),
            (Hand("h1", "a clerk"),) if self.random.random() < 0.5 else (),
            Classification(self.choice(LEVELS), self.choice(LEVELS), self.history(markings)),
            (),
            MappingProxyType({id_: self.choice(("accepted", "rejected")) for id_ in decided}),
        )

    def pick(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def blocks(self) -> list[Block]:
        size, found = len(self.text), []
        cuts = sorted(self.pick(0, size) for _ in range(2 * self.pick(0, 5)))
        touching = self.random.random() < 0.3
        at = cuts[0] if cuts else 0
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            if touching:
                start, at = at, end
            kind = self.choice(BLOCKS)
            cells: tuple[tuple[tuple[int, int], ...], ...] = ()
            if kind == "table" and self.random.random() < 0.8:
                inside = sorted(self.pick(start, end) for _ in range(2 * self.pick(0, 4)))
                pairs = list(zip(inside[::2], inside[1::2], strict=True))
                cells = tuple(tuple(pairs[n : n + 2]) for n in range(0, len(pairs), 2))
            n = self.choice((None, "1", '(a) "x"<'))
            level = self.choice((None, 1, 2, 3, 50))
            role = self.choice((None, "date", "subject", "a b"))
            found.append(
                Block(f"b{len(found)}", kind, n, level, 1, (0, 0), start, end, role, cells)
            )
        return found

    def spans(self) -> list[int]:
        """Fills `rows`; the places of the revised ones."""
        size = len(self.text)
        for _ in range(self.pick(0, 14)):
            start = self.pick(0, size)
            if self.random.random() < 0.4:
                self.rows.append((start, start, self.choice(POINTS), self.choice(("p1", "p2"))))
            else:
                end = min(size, start + self.choice((0, 1, 1, 2, 3, 5, 10, 40)))
                self.rows.append(
                    (start, end, self.choice(COVERING), self.choice(("n1", "n2", "")))
                )
        if self.stamped:
            for _ in range(3):
                start = self.pick(0, size)
                self.rows.append((start, self.pick(start, size), "furniture", ""))
        for at in range(1, size + 1):
            if self.text[at - 1] == " " and self.random.random() < 0.3:
                self.rows.append((at, at, "lb", ""))
        self.rows.sort(key=lambda row: row[0])
        return [k for k, row in enumerate(self.rows) if row[2] in REVISED]

    def acts(self, revised: list[int]) -> list[Act]:
        found: list[Act] = []
        while revised:
            size = self.choice((1, 1, 2, 2, 3))
            parts, revised = revised[:size], revised[size:]
            id_ = self.choice((f"r{len(found)}", f"r{len(found)}", "draft", "1 x", "r0"))
            while any(act.id == id_ for act in found):
                id_ += "x"
            if self.random.random() < 0.7:  # parts that touch are what a reader writes
                for before, after in pairwise(parts):
                    start, _, kind, _ = self.rows[before]
                    self.rows[before] = (start, self.rows[after][0], kind, id_)
            for k in parts:
                self.rows[k] = (*self.rows[k][:3], id_)
            cert = self.choice(("high", "low"))
            stage, hand = self.choice(("revision", "other")), self.choice((None, "h1"))
            found.append(Act(id_, "substitution", tuple(parts), "R1", cert, stage, hand))
        if found and self.random.random() < 0.4:
            found = [act._replace(joined=(self.choice(found).id,)) for act in found]
        return found

    def notes(self, spans: tuple[Span, ...]) -> list[Note]:
        bodies = [span for span in spans if span.kind == "note"]
        found = []
        for id_ in ("n1", "n2"):
            body = bodies.pop(self.pick(0, len(bodies) - 1)) if bodies else None
            at = next((s.start for s in spans if s.kind == "noteref" and s.id == id_), None)
            kind = self.choice(("footnote", "margin", "stamp", "editorial", "other"))
            start, end = (body.start, body.end) if body else (None, None)
            found.append(Note(id_, self.choice((None, "1", "*")), kind, None, None, at, start, end))
        return found

    def history(self, markings: list[Marking]) -> tuple[Step, ...]:
        rows = [row.id for row in markings] + ["no such marking"]
        return tuple(
            Step(
                *(self.choice(ACTIONS), self.choice(LEVELS), self.choice(LEVELS)),
                tuple(self.choice(rows) for _ in range(self.pick(0, 3))),
                self.choice(("high", "low")),
                self.choice((None, "1951", "1951-08-23", "0000", "1951-02-99", "then")),
            )
            for _ in range(self.pick(0, 3))
        )

    def inline(self, n: int) -> Marking:
        """A marking in the text; whatever it crosses."""
        size = len(self.text)
        start = self.pick(0, size)
        end = min(size, start + self.choice((0, 1, 3, 3, 6, 30)))
        kind = self.choice(("portion", "portion", "line", "schedule"))
        was, is_, cert = self.choice(LEVELS), self.choice(LEVELS), self.choice(("high", "low"))
        words = self.text[start:end]
        return Marking(
            *(f"m{n}", kind, 1, "inline", was, (), is_, "unchanged", (), {}, words),
            *((start, end), cert, start, end),
        )

    def apparatus(self, spans: tuple[Span, ...]) -> tuple[list[Marking], list[Furniture]]:
        markings: list[Marking] = []
        furniture: list[Furniture] = []
        for start, end, kind, _ in spans:
            die = self.random.random()
            place = self.choice(("top", "bottom", "margin"))
            if kind != "furniture" or die < 0.2:
                continue
            if die < 0.5:
                sort = self.choice(("page-number", "notice", "cable-page"))
                furniture.append(Furniture("f1", sort, 1, place, "2", (0, 0), start, end))
                continue
            sort = self.choice(("banner", "banner", "release", "stamp", "exemption", "control"))
            action = self.choice((None, "unchanged", "downgrade", "cancelled", "added"))
            was, is_ = self.choice(LEVELS), self.choice(LEVELS)
            words, cert = self.choice(BANNERS), self.choice(("high", "low"))
            if die < 0.9:
                words = self.text[start:end]
            fields = self.choice(({}, {"code": "25X1"}, {"code": ["(b)(1)", "B6"]}, {"code": 7}))
            markings.append(
                Marking(
                    *(f"m{len(markings)}", sort, 1, place, was, (), is_, action, (), fields, words),
                    *((start, end), cert, start, end),
                )
            )
        size = len(markings)
        return markings + [self.inline(size + n) for n in range(self.pick(0, 4))], furniture


@functools.cache
def made(seed: int) -> Document:
    return Maker(seed).document()


@functools.cache
def written(seed: int) -> bytes:
    return to_tei(made(seed)).encode("utf-8")


@pytest.mark.parametrize("stage", ["draft", "final"])
def test_the_law(stage: tei_walker.Stage) -> None:
    for seed in range(COUNT):
        found = tei_walker.walk(written(seed), stage)
        expected = tei_walker.as_xml(made(seed).reading(stage).text)
        assert (found.reading, found.stray, found.faults) == (expected, (), ()), seed


def test_ids_and_pointers() -> None:
    for seed in range(COUNT):
        root = tei_walker.parse(written(seed))
        assert tei_rules.repeated_ids(root) == [], seed
        assert tei_rules.dangling_pointers(root) == [], seed
        assert tei_rules.bare_pointers(root) == [], seed


@pytest.mark.parametrize("schema", [schemas.RNG_NEW, schemas.RNG_OLD, schemas.SCHEMATRON])
def test_valid(schema: str) -> None:
    found = schemas.jing({str(seed): written(seed) for seed in range(COUNT)}, schema)
    assert not found, [(name, lines[0]) for name, lines in found.items()]


def test_the_quick_way_writes_what_the_careful_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, used = tei_paper.quick, 0

    def refuse(*arguments: object) -> None:
        nonlocal used
        used += quick(*arguments) is not None  # type: ignore[arg-type]

    monkeypatch.setattr(tei_paper, "quick", refuse)
    for seed in range(COUNT):
        assert to_tei(made(seed)).encode("utf-8") == written(seed), seed
    assert used > 20
