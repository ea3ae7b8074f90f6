"""A document written as Word and read again: what comes back, what is told to be lost."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings

import redline
from redline.formats.word import from_docx, losses, to_docx
from redline.model import Document
from tests.conformance.papers import PAPERS, document
from tests.judges.office import needs_office, needs_pandoc
from tests.strategies import papers
from tests.word.generated import tight, wanted
from tests.word.hand_built import _BOX
from tests.word.raw import (
    body,
    by,
    cell,
    dels,
    docx,
    ins,
    moved,
    moved_to,
    note,
    p,
    row,
    t,
    table,
)

STAGES = ("draft", "final")
SEEDS = sorted(Path(__file__).resolve().parents[2].parent.glob("shared/seeds/*.txt"))
REAL = [name for name in PAPERS if not name.startswith("edge/")]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def revisions(document: Document) -> list[object]:
    return [(r.kind, r.stage, r.hand, [each.text for each in r.deleted],
             [each.text for each in r.added]) for r in document.revisions]


@pytest.mark.parametrize("name", PAPERS)
def test_readings_come_back(name: str) -> None:
    paper = document(name)
    again = from_docx(to_docx(paper), name)
    for stage in STAGES:
        assert tight(wanted(again, stage)) == tight(wanted(paper, stage))


@pytest.mark.parametrize("name", REAL)
def test_what_is_not_told_to_be_lost_comes_back(name: str) -> None:
    paper = document(name)
    again = from_docx(to_docx(paper), name)
    lost = {loss.what for loss in losses(paper)}
    if not lost & {"changes that touch others", "changes within changes of the same kind",
                   "changes undone again", "transpositions"}:
        ours = sorted(map(repr, revisions(paper)))
        theirs = sorted(map(repr, revisions(again)))
        kept = sum(each in theirs for each in ours)
        assert kept >= len(ours) - paper.source.text.count("^{") // 10
    if "page beginnings inside a paragraph" not in lost:
        assert len(again.pages) == len(paper.pages)
        edges = [(m.page, m.place, m.was, m.is_) for m in paper.markings if m.kind == "banner"
                 and m.place in ("top", "bottom")]
        found = [(m.page, m.place, m.was, m.is_) for m in again.markings if m.kind == "banner"]
        assert [each for each in edges if each not in found] == []
    kinds = [b.kind for b in paper.blocks if b.kind != "note" and b.end > b.start]
    assert [b.kind for b in again.blocks if b.kind != "note"] == kinds or "\n" in paper.text


@given(papers)
@settings(max_examples=150, deadline=None)
def test_readings_of_papers_come_back(notation: str) -> None:
    paper = redline.parse(notation)
    data = to_docx(paper)
    assert data == to_docx(paper)
    again = from_docx(data, "x.docx")
    for stage in STAGES:
        assert tight(wanted(again, stage)) == tight(wanted(paper, stage))
    assert losses(paper) == losses(paper)


def test_decisions_are_carried_out() -> None:
    paper = redline.parse("It ~~was~~ ^{is} so, ~~perhaps~~.")
    decided = paper.accept("r1").reject("r2")
    again = from_docx(to_docx(decided), "x")
    for stage in STAGES:
        assert again.reading(stage).text == decided.reading(stage).text == "It is so, perhaps."
    assert again.revisions == ()


def test_stages_and_hands() -> None:
    notation = "a ~~b~~{stage=second hand=Ann} c ^{d}{hand=Bob} e"
    paper = redline.parse(notation)
    data = to_docx(paper)
    main = part(data, "word/document.xml")
    assert 'w:author="Ann"' in main
    assert 'w:author="Bob"' in main
    again = from_docx(data, "x")
    assert revisions(again) == revisions(paper)
    assert [stage.id for stage in again.stages] == [stage.id for stage in paper.stages]
    assert again.reading("second").text == paper.reading("second").text


def test_authors_and_days_of_others() -> None:
    file = docx(body(p("a ", ins("b ", who="Ann Bell", day=2), dels("c ", who="Bob", day=1),
                       ins("d ", who="Ann Bell", day=1), "e")))
    read = from_docx(file, "x.docx")
    assert [(hand.id, hand.label) for hand in read.hands] == [("Ann-Bell", "Ann Bell"),
                                                               ("Bob", "Bob")]
    days = [(stage.id, stage.when) for stage in read.stages]
    assert days == [("draft", None), ("revision-1", "2020-03-01"), ("revision-2", "2020-03-02")]
    assert read.reading("revision-1").text == "a d e"
    assert read.reading_of_hand("Bob").text == "a e"


@pytest.mark.parametrize("notation", [
    "Kept.\n\n~~First to go.~~\n\n~~Second to go.~~\n\nKept.\n",
    "One ~~two~~{id=a}~~three~~{id=b} four.",
    "One ^{two}{id=a}^{three}{id=b} four.",
    "One ~~two~~{id=a}^{three}{id=b}~~four~~{id=b} five.",
    "- ~~a~~\n- ^{b}\n- c",
])
def test_acts_that_touch_stay_apart(notation: str) -> None:
    paper = redline.parse(notation)
    assert "changes that touch others" not in {loss.what for loss in losses(paper)}
    assert revisions(from_docx(to_docx(paper), "x")) == revisions(paper)


@pytest.mark.parametrize(("notation", "what"), [
    ("[Page 7]\n\nOne.\n\n[Page 8]\n\nTwo.", "labels of pages"),
    ("~~one~~{id=a} two ~~three~~{id=a}", "acts in several parts"),
    ("a ~~b ^{c ~~d~~ e} f~~ g", "changes within changes of the same kind"),
])
def test_what_is_lost_is_told(notation: str, what: str) -> None:
    assert what in {loss.what for loss in losses(redline.parse(notation))}


def test_coordinates_are_told_to_be_lost() -> None:
    text = (Path(__file__).parents[1] / "recognition" / "0001.page.xml").read_text("utf-8")
    found = {loss.what: loss.count for loss in losses(redline.loads(text, "page"))}
    assert found["coordinates of regions and lines"] > 4


def test_offsets_lead_into_the_main_part() -> None:
    read = from_docx(docx(body(p("One &amp; ", ins("zwölf "), "three."))), "x.docx")
    reading = read.reading("final")
    at = reading.text.index("zwölf")
    start, end = reading.source_span(at, at + 5)
    assert read.source.text[start:end] == "zwölf"
    first, last = read.revisions[0].added[0].span
    assert read.source.text[first:last].startswith("<w:ins ")
    assert read.source.text[first:last].endswith("</w:ins>")


def test_a_replacement_and_a_move_are_one_act() -> None:
    read = from_docx(docx(body(
        p("It ", dels("was"), ins("is"), " ", moved("m", "so "), "then ", moved_to("m", "so "))
    )), "x")
    assert [r.kind for r in read.revisions] == ["substitution", "transposition"]
    again = part(to_docx(read), "word/document.xml")
    assert again.count("<w:moveFrom ") == again.count("<w:moveTo ") == 1


def test_comments_notes_and_formats_are_annotations() -> None:
    change = "<w:b/><w:rPrChange w:id='9' w:author='Ann'><w:rPr><w:i/></w:rPr></w:rPrChange>"
    look = f"<w:pStyle w:val='Heading1'/><w:pPrChange {by()}><w:pPr/></w:pPrChange>"
    read = from_docx(docx(
        body(p("One", t(" two", change), '<w:r><w:commentReference w:id="0"/></w:r>', note(2))
             + p("Three", more=look)),
        comments=f'<w:comment w:id="0" w:author="Bob">{p("Who says so?")}</w:comment>',
        footnotes=f'<w:footnote w:id="2">{p("See ", ins("the "), "map.")}</w:footnote>',
    ), "x")
    said = [(each.kind, each.n, read.text[each.start or 0 : each.end or 0]) for each in read.notes]
    assert said == [
        ("editorial", None, "Ann changed the format from i to b"),
        ("editorial", None, "Bob: Who says so?"),
        ("footnote", "1", "See the map."),
        ("editorial", None, "Ann changed the paragraph from plain to pStyle Heading1"),
    ]
    assert read.reading("draft").text == read.reading("final").text == "One two\n\nThree"
    assert [r.added[0].text for r in read.revisions] == ["the"]


def test_banners_are_headers_and_footers() -> None:
    paper = redline.parse(
        "~~TOP SECRET~~\nCONFIDENTIAL\n\nThe first page has words.\n\n~~TOP SECRET~~\nCONFIDENTIAL"
        "\n\f\nSECRET\n\nThe second page has others.\n\nSECRET\n"
    )
    data = to_docx(paper)
    assert part(data, "word/document.xml").count("<w:sectPr>") == 2
    header = part(data, "word/header1.xml")
    assert "<w:delText xml:space=\"preserve\">TOP SECRET</w:delText>" in header
    again = from_docx(data, "x")
    assert [(m.page, m.place, m.was, m.is_, m.action) for m in again.markings] == [
        (1, "top", "TOP SECRET", "CONFIDENTIAL", "downgrade"),
        (1, "bottom", "TOP SECRET", "CONFIDENTIAL", "downgrade"),
        (2, "top", "SECRET", "SECRET", "unchanged"),
        (2, "bottom", "SECRET", "SECRET", "unchanged"),
    ]
    assert again.classification.draft == paper.classification.draft
    native = redline.parse(redline.dumps(again, "native"))
    assert [m.action for m in native.markings] == [m.action for m in again.markings]


def test_words_of_a_text_box_in_a_header_come_once() -> None:
    box = p(_BOX.format(p("SECRET")))
    read = from_docx(docx(body(p("Text."), '<w:headerReference w:type="default" r:id="header1"/>'),
                          header1=box), "x")
    assert [(m.kind, m.place, m.is_) for m in read.markings] == [("banner", "top", "SECRET")]
    assert read.furniture == ()


def test_losses_are_told_with_their_places() -> None:
    paper = redline.parse("One [Page 2] and\ntwo \x07 (S).\n\n~~a~~ ~~b~~\n")
    told = {loss.what: loss for loss in losses(paper)}
    assert told["characters"].count == 1
    assert told["characters"].where == 2
    assert "line ends" in told
    assert losses(redline.parse("Nothing but ~~some~~ words.")) == []


def test_the_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    redline.write(redline.parse("It ~~was~~ ^{is}."), file)
    with zipfile.ZipFile(file) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert redline.read(file).reading("final").text == "It is."


@needs_office
def test_libreoffice_opens_it_with_comments(tmp_path: Path) -> None:
    """`office` reads files without their comments; that they open with them is seen here."""
    file = tmp_path / "a.docx"
    paper = redline.parse("SECRET\n\nIt ~~was~~ ^{is}. [stamp: IN 5]\n\nMore of it.\n\nSECRET\n")
    file.write_bytes(to_docx(paper))
    assert "w:commentReference" in part(file.read_bytes(), "word/document.xml")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'u').as_uri()}", "--headless",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=120, stdin=subprocess.DEVNULL,
    )
    assert "More of it." in (tmp_path / "a.txt").read_text(encoding="utf-8")


@needs_pandoc
def test_files_that_pandoc_writes(tmp_path: Path) -> None:
    made = 'author="Ann Bell" date="2020-05-06T07:08:00Z"'
    (tmp_path / "a.md").write_text(
        f"# The [old]{{.deletion {made}}} [new]{{.insertion {made}}} pier\n\n"
        f"One [or x]{{.insertion {made}}}, **two** and *three*.[^1]\n\n"
        f"- an [it]{{.deletion {made}}}"
        " item\n- a second\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: A note.\n",
        encoding="utf-8",
    )
    program = shutil.which("pandoc")
    assert program is not None
    subprocess.run([program, str(tmp_path / "a.md"), "-o", str(tmp_path / "a.docx")], check=True)
    read = redline.read(tmp_path / "a.docx")
    rest = "a second\n\none\n\ntwo\n\na\n\nb\n\nc\n\nd"
    assert read.reading("draft").text == (
        f"The old  pier\n\nOne , two and three.\n\nan it item\n\n{rest}")
    assert read.reading("final").text == (
        f"The  new pier\n\nOne or x, two and three.\n\nan  item\n\n{rest}")
    assert [(b.kind, b.n) for b in read.blocks] == [
        ("heading", None), ("paragraph", None), ("note", "1"), ("list-item", None),
        ("list-item", None), ("list-item", "1"), ("list-item", "2"), ("table", None)]
    assert [hand.label for hand in read.hands] == ["Ann Bell"]
    assert {span.kind for span in read.spans} >= {"bold", "italic", "note", "noteref"}


def apart(document: Document) -> list[tuple[str, int, str]]:
    return [(m.kind, m.page, " ".join(document.text[m.start : m.end].split()))
            for m in document.markings if m.kind != "banner"]


def test_stamps_codes_and_release_lines_come_back() -> None:
    paper = redline.parse(
        "CONFIDENTIAL\n\nThe first page says ~~something~~.\n\n[stamp: DECLASSIFIED by 018557]\n\n"
        "25X1\n\nThe rest of it says nothing.\n\nCONFIDENTIAL\n"
        "Approved For Release 2005/09/28 : CIA-RDP79R00904A000800030019-3\n"
    )
    assert [kind for kind, _, _ in apart(paper)] == ["stamp", "exemption", "release"]
    data = to_docx(paper)
    assert "Approved For Release 2005/09/28" in part(data, "word/footer2.xml")
    again = from_docx(data, "x")
    assert apart(again) == apart(paper)
    assert [m.fields for m in again.markings] == [m.fields for m in paper.markings]
    assert [note.kind for note in again.notes] == []
    assert again.classification == paper.classification
    assert again.reading("draft").text == paper.reading("draft").text


def test_banners_of_a_page_that_begins_within_a_paragraph() -> None:
    paper = redline.parse(
        "SECRET\n\nThe second page begins in the middle of this\n\nSECRET\n\n~~SECRET~~\n"
        "CONFIDENTIAL\n\nsentence, and its level is another.\n\n~~SECRET~~\nCONFIDENTIAL\n"
    )
    again = from_docx(to_docx(paper), "x")
    levels = [(m.page, m.place, m.was, m.is_) for m in again.markings]
    assert levels == [(m.page, m.place, m.was, m.is_) for m in paper.markings]
    assert (again.notes, again.furniture) == ((), ())
    for stage in STAGES:
        assert again.reading(stage).text == paper.reading(stage).text


def test_a_deletion_goes_on_over_a_page() -> None:
    paper = redline.parse(
        "SECRET\n\nThe second page ~~begins in the middle of this\n\nSECRET\n\nCONFIDENTIAL\n\n"
        "very~~ sentence, and its level is another.\n\nCONFIDENTIAL\n"
    )
    assert len(paper.revisions) == 1
    again = from_docx(to_docx(paper), "x")
    assert revisions(again) == revisions(paper)
    assert [m.is_ for m in again.markings] == [m.is_ for m in paper.markings]


def test_a_banner_that_no_page_has_is_a_remark() -> None:
    comment = f'<w:comment w:id="0" w:author="redline">{p("[banner] CONFIDENTIAL")}</w:comment>'
    sign = '<w:r><w:commentReference w:id="0"/></w:r>'
    read = from_docx(docx(body(p(sign, "One.")), comments=comment), "x")
    assert [read.text[n.start : n.end] for n in read.notes] == ["banner: CONFIDENTIAL"]
    assert (read.markings, read.furniture) == ((), ())


def test_a_page_number_below_a_stamp_is_one() -> None:
    paper = redline.parse("SECRET\n\nOne ~~two~~.\n\n[stamp: SEEN 5]\n\n-3-\nSECRET\n")
    again = from_docx(to_docx(paper), "x")
    assert [(f.kind, f.n) for f in again.furniture] == [("page-number", "3")]
    assert [(f.kind, f.n) for f in paper.furniture] == [("page-number", "3")]


def test_a_stamp_with_no_text_beside_it_comes_back() -> None:
    paper = redline.parse("[stamp: SEEN 5]\n")
    assert apart(from_docx(to_docx(paper), "x")) == apart(paper) == [("stamp", 1, "SEEN 5")]


def test_a_stamp_beside_a_table_comes_back() -> None:
    paper = redline.parse("One.\n\n[stamp: SEEN 5]\n\n| a | b |\n|---|---|\n| c | ~~d~~ |\n\nTwo.")
    again = from_docx(to_docx(paper), "x")
    assert apart(again) == apart(paper) == [("stamp", 1, "SEEN 5")]
    for stage in STAGES:
        assert again.reading(stage).text == paper.reading(stage).text


def test_a_cell_over_two_columns_covers_two() -> None:
    wide = cell("a").replace("<w:tcW", '<w:gridSpan w:val="2"/><w:tcW')
    read = from_docx(docx(body(table(row(wide), row("b", ins("c"))) + p("d"))), "x")
    (block,) = [each for each in read.blocks if each.kind == "table"]
    assert [[read.text[a:b] for a, b in each] for each in block.cells] == [["a", ""], ["b", "c"]]
    assert read.reading("final").text == "a\n\nb\n\nc\n\nd"


def test_levels_of_the_styles_of_lists() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        "</w:style>" for name in ("List Bullet", "List Bullet 2", "List Number 3")
    )
    made = "".join(p("x", style=style) for style in ("ListBullet", "ListBullet2", "ListNumber3"))
    read = from_docx(docx(body(made), styles=styles), "x")
    assert [(b.kind, b.level) for b in read.blocks] == [("list-item", n) for n in (1, 2, 3)]


def test_notes_in_the_margin_come_back() -> None:
    paper = redline.parse("One ~~a~~[margin: seen (5)] more.\n\nTwo.\n")
    again = from_docx(to_docx(paper), "x")
    assert [(n.kind, again.text[n.start : n.end]) for n in again.notes] == [("margin", "seen (5)")]
    assert again.reading("final").text == paper.reading("final").text
    native = redline.parse(redline.dumps(again, "native"))
    assert [n.kind for n in native.notes] == ["margin"]


def test_a_remark_that_looks_like_a_stamp_is_a_remark() -> None:
    file = docx(body(p("One", '<w:r><w:commentReference w:id="0"/></w:r>', ".")),
                comments=f'<w:comment w:id="0" w:author="Bob">{p("[stamp] Why?")}</w:comment>')
    read = from_docx(file, "x")
    assert read.markings == ()
    assert [read.text[n.start : n.end] for n in read.notes] == ["Bob: [stamp] Why?"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_come_back_through_word(seed: Path) -> None:
    paper = redline.read(seed)
    again = from_docx(to_docx(paper), seed.name)
    for stage in STAGES:
        assert again.reading(stage).text == paper.reading(stage).text
    assert sorted(set(apart(again))) == sorted(set(apart(paper))) or losses(paper)
    assert again.classification[:2] == paper.classification[:2]


@pytest.mark.skipif(not SEEDS, reason="needs ../shared/seeds")
def test_the_first_seed_goes_through_word_and_back_to_the_notation() -> None:
    paper = redline.read(SEEDS[0])
    again = redline.parse(redline.dumps(from_docx(to_docx(paper), "x"), "native"))
    for stage in STAGES:
        assert again.reading(stage).text == paper.reading(stage).text
    kinds = sorted((m.kind, m.was or "", m.is_ or "") for m in paper.markings)
    assert sorted((m.kind, m.was or "", m.is_ or "") for m in again.markings) == kinds
