"""TEI of other editions, read and written: as TEI, as notation, as a record."""

from __future__ import annotations

import re

import pytest

import redline
from redline import edit
from redline.model import Document, Hand, Stage
from tests.conformance.test_tei_in import NAMES, PAPERS, told
from tests.judges import schemas, tei_walker

WORD = re.compile(r"\w+")
STAGES = ("draft", "final")
def these(*names: str) -> frozenset[str]:
    """Papers, and the papers of the same in stages."""
    return frozenset({*names, *(f"{name}-stages" for name in names)})


#: Papers that hold what the walker of the law knows nothing of, or that it does not find.
BEYOND_THE_LAW = these(
    *("app", "blocks", "choice", "no-namespace", "restore", "source-doc", "transposition"),
    *("undo", "wrong-namespace"),
)
#: Papers with a strike in a strike: the outer one is written in pieces beside the inner one.
IN_PIECES = these("del-in-del")
#: What was done and undone again is no revision, and the notation says revisions alone.
UNDONE = these("redo", "restore", "undo")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_record_is_the_document(name: str) -> None:
    document = redline.read(PAPERS / f"{name}.xml")
    assert redline.loads(redline.dumps(document, "json"), "json") == document


@pytest.mark.parametrize("name", NAMES)
def test_tei_comes_back(name: str) -> None:
    path = PAPERS / f"{name}.xml"
    document = redline.read(path)
    before, after = path.read_text(encoding="utf-8"), redline.dumps(document, "tei")
    added = re.sub(r"<(\w*:?)revisionDesc><\1change>[^<]*</\1change></\1revisionDesc>", "", after)
    assert added == before
    assert after.count("written by redline") == ("<teiHeader>" in before)
    again = redline.loads(after, "tei")
    assert told(again) == told(document)
    assert redline.dumps(again, "tei") == after


@pytest.mark.parametrize("name", NAMES)
def test_decisions_are_carried_out(name: str) -> None:
    document = redline.read(PAPERS / f"{name}.xml")
    ids = [act.id for act in document.acts]
    for decided in (document.accept(*ids), document.reject(*ids)):
        again = redline.loads(redline.dumps(decided, "tei"), "tei")
        for stage in STAGES:
            assert words(again.reading(stage).text) == words(decided.reading(stage).text)


@pytest.mark.parametrize("name", sorted(set(NAMES) - BEYOND_THE_LAW))
@pytest.mark.parametrize("stage", STAGES)
def test_the_walker_reads_the_same(name: str, stage: tei_walker.Stage) -> None:
    path = PAPERS / f"{name}.xml"
    read = tei_walker.reading(path.read_bytes(), stage)
    assert words(redline.read(path).reading(stage).text) == words(read)


@pytest.mark.parametrize("name", NAMES)
def test_through_the_notation(name: str) -> None:
    document = redline.read(PAPERS / f"{name}.xml")
    notation = redline.dumps(document, "native")
    again = redline.loads(redline.dumps(redline.parse(notation), "tei"), "tei")
    # A stage to which nothing belongs is not said: it reads as the one before it.
    stages = [] if name in UNDONE else sorted({row.stage for row in document.revisions})
    for stage in (*STAGES, *stages):
        ours, theirs = (each.reading(stage).text for each in (document, again))
        assert tokens(theirs) == tokens(ours), stage
    assert rows(again, name in IN_PIECES) == rows(document, name in IN_PIECES)


def tokens(text: str) -> list[str]:
    """Words, signs, line ends: how many blanks stand between them is not compared."""
    return re.findall(r"\w+|[^\w\s]|\n\n", text)


def rows(document: Document, in_pieces: bool) -> list[tuple[object, ...]]:
    return sorted(
        (
            # A transposition is one in the notation; in TEI it is a substitution so far.
            row.kind.replace("transposition", "substitution"),
            row.stage,
            row.hand or "",
            row.cert,
            *(
                () if in_pieces else tuple(WORD.findall(" ".join(part.text for part in parts)))
                for parts in (row.deleted, row.added)
            ),
        )
        for row in document.revisions
    )


@pytest.mark.parametrize("name", NAMES)
def test_decisions_through_the_notation(name: str) -> None:
    document = redline.read(PAPERS / f"{name}.xml")
    ids = [act.id for act in document.acts]
    for decided in (document.accept(*ids), document.reject(*ids)):
        notation = redline.parse(redline.dumps(decided, "native"))
        assert notation.acts == ()
        for stage in STAGES:
            ours, theirs = (each.reading(stage).text for each in (decided, notation))
            assert "".join(theirs.split()) == "".join(ours.split())


def test_what_is_not_known_is_kept() -> None:
    document = redline.read(PAPERS / "unknown-elements.xml")
    kinds = [(span.kind, span.id) for span in document.spans if span.kind.startswith("tei:")]
    assert [kind for kind, _ in kinds] == [
        "tei:persName", "tei:surname", "tei:x:mark", "tei:orgName",
    ]
    start = document.source.text.index("<persName")
    assert document.extent(0) == (start, document.source.text.index("</persName>") + 11)
    decided = redline.dumps(document.accept("r1"), "tei")
    assert '<p xml:id="p1" facs="#z1">To <persName ref="#joe" cert="low">Joe' in decided
    assert '<x:mark xmlns:x="urn:x" a="1"/> of <orgName key="1">the Board</orgName>' in decided
    assert "1 revision decided on" in decided


def edited(document: Document) -> Document:
    """A word more at the beginning, in a new campaign, by a new hand."""
    document = edit.add_hand(document, Hand("clerk", "the clerk of A & B"))
    document = edit.add_stage(document, Stage("late", "afterwards"), after=document.stages[0].id)
    start = next(start for start, end in document.leaves() if start < end)
    return edit.insert(document, start, "Now ", stage="late", hand="clerk").document


def pieces(header: str) -> list[str]:
    return re.findall(r"<[^>]*>|[^<]+", header)


@pytest.mark.parametrize("name", NAMES)
def test_an_edited_text_keeps_its_header(name: str) -> None:
    document = redline.read(PAPERS / f"{name}.xml")
    after = edited(document)
    before, written = document.source.text, redline.dumps(after, "tei")
    again = redline.loads(written, "tei")
    for stage in STAGES:
        assert words(again.reading(stage).text) == words(after.reading(stage).text)
    assert [stage[:2] for stage in again.stages] == [stage[:2] for stage in after.stages]
    assert Hand("clerk", "the clerk of A & B") in again.hands
    if "</teiHeader>" not in before:
        return
    body = "<sourceDoc" if "<sourceDoc" in before else "<body"
    cuts = ((before, body), (written, body if body in written else "<body"))
    old, new = (pieces(text[: text.index(cut)]) for text, cut in cuts)
    left = iter(new)
    assert all(piece in left for piece in old), "something of the header is gone"
    assert "read, edited and written by redline" in written


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("app", '<app><lem wit="#A">nine</lem><rdg wit="#B">ten</rdg></app>'),
        ("choice", "<choice><sic>harbor</sic><corr>harbour</corr></choice>"),
        ("fw", '<fw type="header" place="top">PAGE <del>ONE</del></fw>'),
        ("fw", "after <stamp>FILED</stamp>it."),
        ("metamark", '<metamark function="insertion" target="#n1">^</metamark>'),
        ("unknown-elements", '<p xml:id="p1" facs="#z1">'),
        ("unknown-elements", '<persName ref="#joe" cert="low">Joe <surname>Vashtok</surname>'),
    ],
)
def test_an_edited_text_keeps_what_was_not_edited(name: str, kept: str) -> None:
    assert kept in redline.dumps(edited(redline.read(PAPERS / f"{name}.xml")), "tei")


@pytest.mark.parametrize("schema", [schemas.RNG_NEW, schemas.RNG_OLD])
def test_what_was_valid_stays_valid_when_edited(schema: str) -> None:
    documents = {name: redline.read(PAPERS / f"{name}.xml") for name in NAMES}
    before = {name: d.source.text.encode() for name, d in documents.items()}
    faults = schemas.jing(before, schema)
    after = {
        name: redline.dumps(edited(d), "tei").encode()
        for name, d in documents.items()
        if name not in faults
    }
    assert len(after) > 25
    assert schemas.jing(after, schema) == {}
