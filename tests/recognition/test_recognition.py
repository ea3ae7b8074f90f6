"""PAGE XML and ALTO: what is read, by examples written by hand; what is refused; the TEI."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import redline
from redline.diagnostics import FormatError
from tests.judges.schemas import RNG_NEW, RNG_OLD, relax_ng
from tests.judges.tei_walker import reading
from tests.scale.clock import grows_linearly

HERE = Path(__file__).parent
PAGE = (HERE / "0001.page.xml").read_text(encoding="utf-8")
ALTO = (HERE / "two.alto.xml").read_text(encoding="utf-8")


def page(*regions: str, order: str = "") -> str:
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f'<Page imageFilename="a.jpg" imageWidth="10" imageHeight="20">{order}'
        f"{''.join(regions)}</Page></PcGts>"
    )


def region(*lines: str, type: str = "paragraph", id: str = "r1", custom: str = "") -> str:
    said = f' custom="{custom}"' if custom else ""
    coords = '<Coords points="0,0 9,0 9,9 0,9"/>'
    return f'<TextRegion id="{id}" type="{type}"{said}>{coords}{"".join(lines)}</TextRegion>'


def line(words: str, custom: str = "", id: str = "l", more: str = "") -> str:
    return (
        f'<TextLine id="{id}" custom="{custom}"><Coords points="0,0 9,0 9,9"/>{more}'
        f"<TextEquiv><Unicode>{words}</Unicode></TextEquiv></TextLine>"
    )


def strike(start: int, length: int, more: str = "") -> str:
    return f"textStyle {{offset:{start}; length:{length}; strikethrough:true;{more}}}"


_NEXT = 'IDNEXT="b1"'
_GONE = 'STYLEREFS="gone left"'
_STRUCK = 'STYLE="strikethrough~bold"'
_PLAIN = 'STYLEREFS="plain"'

#: Regions of a page, and its draft and final reading.
CASES = {
    "no mark": ((region(line("The pier.")),), "The pier.", "The pier."),
    "a strike": ((region(line("The old pier.", strike(4, 3))),), "The old pier.", "The pier."),
    "a strike inside a word": ((region(line("Gods he", strike(3, 1))),), "Gods he", "God he"),
    "a strike to the end": ((region(line("so it was", strike(5, 4))),), "so it was", "so it"),
    "a strike beyond the end": ((region(line("so it was", strike(5, 400))),), "so it was", "so it"),
    "not struck": (
        (region(line("The old pier.", "textStyle {offset:4; length:3; strikethrough:false;}")),),
        "The old pier.",
        "The old pier.",
    ),
    "bold alone": (
        (region(line("The old pier.", "textStyle {offset:4; length:3; bold:true;}")),),
        "The old pier.",
        "The old pier.",
    ),
    "two strikes": (
        (region(line("a b c d", strike(0, 1) + " " + strike(4, 1))),), "a b c d", "b d",
    ),
    "strikes that overlap": (
        (region(line("one two three", strike(0, 5) + strike(4, 3))),), "one two three", "three",
    ),
    "an addition": (
        (region(line("The new pier.", "add {offset:4; length:3;}")),), "The pier.", "The new pier.",
    ),
    "a substitution": (
        (region(line("will may sail", strike(0, 4) + "add {offset:5; length:3;}")),),
        "will sail",
        "may sail",
    ),
    "an addition in a strike": (
        (region(line("a b c d e", strike(2, 5) + "add {offset:4; length:1;}")),),
        "a b d e",
        "a e",
    ),
    "del as a tag": ((region(line("a b c", "del {offset:2; length:1;}")),), "a b c", "a c"),
    "entities count as one": (
        (region(line("A &amp; B &#8211; C", strike(4, 3))),), "A & B – C", "A & C",
    ),
    "character data": (
        (region(line("<![CDATA[a <b> c]]>", strike(2, 3))),), "a <b> c", "a c",
    ),
    "a strike that goes on": (
        (region(line("we sail in", strike(8, 2, " continued:true;")),
                line("haste now", strike(0, 5, " continued:true;"))),),
        "we sail in haste now",
        "we sail now",
    ),
    "a word over a line's end": (
        (region(line("the instruc-"), line("tions came")),),
        "the instructions came",
        "the instructions came",
    ),
    "signs of the native notation": (
        (region(line("a ~~b~~ ^{c} [d] *e* #f", strike(0, 1))),),
        "a ~~b~~ ^{c} [d] *e* #f",
        "~~b~~ ^{c} [d] *e* #f",
    ),
    "unclear": ((region(line("the pier", "unclear {offset:4; length:4;}")),),
                "the pier", "the pier"),
    "a gap": ((region(line("the  pier", "gap {offset:4; length:0;}")),),
              "the [illegible] pier", "the [illegible] pier"),
    "a heading": ((region(line("ON PIERS"), type="heading"), region(line("They stand.", id="m"))),
                  "ON PIERS\n\nThey stand.", "ON PIERS\n\nThey stand."),
    "a marginal note": (
        (region(line("The pier stands.")), region(line("seen"), type="marginalia", id="r2")),
        "The pier stands.",
        "The pier stands.",
    ),
    "a page number": (
        (region(line("The pier stands.")), region(line("12"), type="page-number", id="r2")),
        "The pier stands.",
        "The pier stands.",
    ),
    "a running title, named by Transkribus": (
        (region(line("On piers"), custom="structure {type:header;}"),
         region(line("The pier stands."), id="r2")),
        "The pier stands.",
        "The pier stands.",
    ),
    "a banner": (
        (region(line("SECRET", strike(0, 6)), type="header"),
         region(line("The pier stands."), id="r2")),
        "The pier stands.",
        "The pier stands.",
    ),
    "reading order of lines": (
        (region(line("stands.", "readingOrder {index:1;}"),
                line("The pier", "readingOrder {index:0;}")),),
        "The pier stands.",
        "The pier stands.",
    ),
    "TextStyle of a line": (
        (region(line("It stood.", more='<TextStyle strikethrough="true"/>'), line("It fell.")),),
        "It stood. It fell.",
        "It fell.",
    ),
    "words alone": (
        (
            ('<TextRegion id="r"><TextLine id="l"><Word id="a"><TextEquiv><Unicode>No</Unicode>'
         '</TextEquiv></Word><Word id="b"><TextEquiv><Unicode>ship</Unicode></TextEquiv>'
         '<TextStyle strikethrough="true"/></Word></TextLine></TextRegion>'),),
        "No ship",
        "No",
    ),
    "a region without lines": (
        (('<TextRegion id="r"><TextEquiv><Unicode>The pier\nstands.</Unicode></TextEquiv>'
         "</TextRegion>"),),
        "The pier stands.",
        "The pier stands.",
    ),
    "the best of several versions": (
        (('<TextRegion id="r"><TextLine id="l"><TextEquiv index="1"><Unicode>Teh</Unicode>'
         '</TextEquiv><TextEquiv index="0"><Unicode>The</Unicode></TextEquiv></TextLine>'
         "</TextRegion>"),),
        "The",
        "The",
    ),
    "white space before the words counts": (
        (region(line("  The old pier.", strike(6, 3))),), "The old pier.", "The pier.",
    ),
    "characters count as they do in Java": (
        (region(line("\U0001F6A2 The old pier.", strike(7, 3))),),
        "\U0001F6A2 The old pier.",
        "\U0001F6A2 The pier.",
    ),
    "other signs of a divided word": (
        (region(line("the instruc¬"), line("tions came to the har\u00ad"), line("bour")),),
        "the instructions came to the harbour",
        "the instructions came to the harbour",
    ),
    "a divided word that is struck": (
        (region(line("the instruc¬", strike(4, 8)), line("tions orders came", strike(0, 5))),),
        "the instructions orders came",
        "the orders came",
    ),
    "text in another region": (
        (('<ImageRegion id="i"><Coords points="0,0 9,0 9,9"/>'
          + region(line("A pier.", strike(0, 1)), type="caption") + "</ImageRegion>"),),
        "A pier.",
        "pier.",
    ),
    "a footer that the file has first": (
        (region(line("SECRET", strike(0, 6)), type="footer"),
         region(line("The pier stands."), id="r2")),
        "The pier stands.",
        "The pier stands.",
    ),
    "custom of a word": (
        (
            ('<TextRegion id="r"><TextLine id="l"><Word id="a"><TextEquiv><Unicode>No</Unicode>'
             '</TextEquiv></Word><Word id="b" custom="' + strike(0, 5) + '"><TextEquiv><Unicode>'
             "ships</Unicode></TextEquiv></Word><TextEquiv><Unicode>No ships</Unicode></TextEquiv>"
             "</TextLine></TextRegion>"),
        ),
        "No ships",
        "No",
    ),
    "a word that is not struck in a line that is": (
        (
            ('<TextRegion id="r"><TextLine id="l"><TextStyle strikethrough="true"/><Word id="a">'
             "<TextEquiv><Unicode>No</Unicode></TextEquiv></Word><Word><TextEquiv><Unicode>"
             'ships</Unicode></TextEquiv><TextStyle strikethrough="false"/></Word><TextEquiv>'
             "<Unicode>No ships</Unicode></TextEquiv></TextLine></TextRegion>"),
        ),
        "No ships",
        "ships",
    ),
    "a table of regions with roles": (
        (
            '<TableRegion id="t">'
            + "".join(
                f'<TextRegion id="c{n}">{line(words)}<Roles><TableCellRole rowIndex="{n}" '
                f'columnIndex="0"/></Roles></TextRegion>'
                for n, words in enumerate(("pier", "north"))
            )
            + "</TableRegion>",
        ),
        "pier\n\nnorth",
        "pier\n\nnorth",
    ),
    "an empty page": ((), "", ""),
    "a table": (
        ('<TableRegion id="t">'
         + "".join(
             f'<TableCell id="c{r}{c}" row="{r}" col="{c}">{line(words, custom)}</TableCell>'
             for r, c, words, custom in ((0, 0, "pier", ""), (0, 1, "feet", ""),
                                         (1, 0, "north", ""), (1, 1, "80 90", strike(0, 2)))
         )
         + "</TableRegion>",),
        "pier\n\nfeet\n\nnorth\n\n80 90",
        "pier\n\nfeet\n\nnorth\n\n90",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_page(name: str) -> None:
    regions, draft, final = CASES[name]
    document = redline.loads(page(*regions), "page")
    assert [document.reading(stage).text for stage in ("draft", "final")] == [draft, final]
    assert document.format == "page"


def test_a_whole_page() -> None:
    document = redline.loads(PAGE, "page")
    assert document.reading("draft").text == (
        "The harbour will not be deep enough for ships & their instructions were sent out in "
        "haste by night to the far pier [illegible].\n\nNo ship now vessel sails."
    )
    assert document.reading("final").text == (
        "The harbour may not be deep enough for ships & their instructions were sent out to the "
        "far pier [illegible].\n\nNo vessel sails."
    )
    found = [(r.kind, [part.text for part in (*r.deleted, *r.added)]) for r in document.revisions]
    assert found == [
        ("substitution", ["will", "may"]),
        ("deletion", ["in haste by night"]),
        ("deletion", ["ship now"]),
    ]
    assert [(m.kind, m.place, m.was, m.is_) for m in document.markings] == [
        ("banner", "top", "SECRET", "CONFIDENTIAL")
    ]
    assert [(f.kind, f.n) for f in document.furniture] == [("page-number", "1")]
    assert [(note.kind, note.n) for note in document.notes] == [("margin", None)]
    assert [d.code for d in document.diagnostics] == ["page-tag"]


def test_alto_over_two_pages() -> None:
    document = redline.loads(ALTO, "alto")
    draft, final = (document.reading(stage).text for stage in ("draft", "final"))
    assert draft == "The old grey pier's construction is underway now and will be long."
    assert final == "The pier's construction is underway and will be long."
    assert len(document.pages) == 2
    assert [m.kind for m in document.markings] == ["banner", "banner"]
    assert [(f.kind, f.n) for f in document.furniture] == [("page-number", "7")]
    assert [surface.image for surface in document.surfaces] == [None, None]


def alto(*parts: str, head: str = "") -> str:
    return (f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{head}<Layout><Page ID="p">'
            f"{''.join(parts)}</Page></Layout></alto>")


def words(*lines: str, id: str = "b", more: str = "") -> str:
    """A block of ALTO: its lines, their words apart by spaces; what stands after a bar are more
    attributes of the word."""
    out = []
    for n, each in enumerate(lines):
        strings = (word.partition("|") for word in each.split())
        inner = "<SP/>".join(f'<String CONTENT="{word}" {said.replace("~", " ")}/>'
                             for word, _, said in strings)
        out.append(f'<TextLine ID="{id}l{n}">{inner}</TextLine>')
    return f'<TextBlock ID="{id}" {more}>{"".join(out)}</TextBlock>'


_STYLES = ('<Styles><TextStyle ID="gone" FONTSTYLE="strikethrough"/><TextStyle ID="plain"/>'
           '<ParagraphStyle ID="left" ALIGN="Left"/></Styles>')
_ORDER = ('<ReadingOrder><OrderedGroup ID="g"><ElementRef ID="e" REF="b2"/><ElementRef ID="f" '
          'REF="b1"/></OrderedGroup></ReadingOrder>')
_TWO = words("It fell.", id="b1"), words("It stood.", id="b2")
ALTOS = {
    "struck words": ((f"<PrintSpace>{words(f'The old|{_STRUCK} pier')}</PrintSpace>",), "",
                     "The old pier", "The pier"),
    "the bottom margin stands before the text": (
        ((f'<TopMargin>{words("SECRET", id="t")}</TopMargin><LeftMargin/><RightMargin>'
         f'{words("seen", id="r")}</RightMargin><BottomMargin>{words("SECRET", id="f")}'
         f'</BottomMargin><PrintSpace>{words("It stood.")}</PrintSpace>'),), "",
        "It stood.", "It stood."),
    "a reading order": ((f"<PrintSpace>{''.join(_TWO)}</PrintSpace>",), _ORDER,
                        "It stood.\n\nIt fell.", "It stood.\n\nIt fell."),
    "the next one is named": (
        ((f'<PrintSpace>{words("It fell.", id="b1")}{words("It stood.", id="b2", more=_NEXT)}'
         "</PrintSpace>"),), "", "It stood.\n\nIt fell.", "It stood.\n\nIt fell."),
    "each names the other": (
        ((f'<PrintSpace>{words("It fell.", id="b1", more=_NEXT.replace("b1", "b2"))}'
         f'{words("It stood.", id="b2", more=_NEXT)}</PrintSpace>'),), "",
        "It fell.\n\nIt stood.", "It fell.\n\nIt stood."),
    "the style of a block": (
        (f'<PrintSpace>{words("It stood", more=_GONE)}</PrintSpace>',), _STYLES,
        "It stood", ""),
    "the style of a page, and of a word": (
        (f'<PrintSpace {_GONE}>{words(f"It did|{_PLAIN} stand")}</PrintSpace>',), _STYLES,
        "It did stand", "did"),
}


@pytest.mark.parametrize("name", ALTOS)
def test_alto(name: str) -> None:
    parts, head, draft, final = ALTOS[name]
    document = redline.loads(alto(*parts, head=head), "alto")
    assert [document.reading(stage).text for stage in ("draft", "final")] == [draft, final]


def test_margins_of_alto_are_edges_of_the_page() -> None:
    parts, *_ = ALTOS["the bottom margin stands before the text"]
    document = redline.loads(alto(*parts), "alto")
    assert [(m.place, m.is_, m.cert) for m in document.markings] == [
        ("top", "SECRET", "high"), ("bottom", "SECRET", "high")
    ]
    assert [note.kind for note in document.notes] == ["margin"]
    assert [d.code for d in document.diagnostics] == ["page-order"]


def test_cells_of_a_table_have_their_places_and_zones() -> None:
    document = redline.loads(page(*CASES["a table"][0]), "page")
    reading = document.reading("final")
    for word in ("pier", "feet", "north", "90"):
        at = reading.text.index(word)
        assert document.source.text[slice(*reading.source_span(at, at + len(word)))] == word
    assert redline.dumps(document, "tei").count("<lb facs=") == 4


def test_as_many_places_as_can_be_are_kept() -> None:
    """A running title that the file has last takes the places of no other words."""
    text = page(region(line("The old pier stood.", strike(4, 3)), id="r1"),
                region(line("On piers"), type="header", id="r2"))
    document = redline.loads(text, "page")
    reading = document.reading("final")
    at = reading.text.index("stood")
    assert text[slice(*reading.source_span(at, at + 5))] == "stood"
    assert [f.place for f in document.furniture] == ["top"]


def test_places_lead_to_the_words_of_the_file() -> None:
    for text, format in ((PAGE, "page"), (ALTO, "alto")):
        document = redline.loads(text, format)
        for k, span in enumerate(document.spans):
            if span.kind == "del":
                start, end = document.extent(k)
                words = document.text[span.start : span.end].split()
                assert text[start:end].startswith(words[0]), text[start:end]
                assert text[start:end].endswith(words[-1])
        reading = document.reading("final")
        at = reading.text.index("pier")
        assert text[slice(*reading.source_span(at, at + 4))] == "pier"


def test_pages_in_files_of_their_own() -> None:
    one = page(region(line("The pier is long and")))
    two = page(region(line("old stands there.", strike(0, 3))))
    document = redline.loads(f"{one}\f{two}", "page")
    assert document.reading("draft").text == "The pier is long and old stands there."
    assert document.reading("final").text == "The pier is long and stands there."
    assert [p.evidence for p in document.pages] == [("start",), ("form-feed",)]
    assert [surface.page for surface in document.surfaces] == [1, 2]


def test_another_reading_order() -> None:
    order = (
        '<ReadingOrder><UnorderedGroup id="g"><OrderedGroup id="o">'
        '<RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="b"/>'
        "</OrderedGroup></UnorderedGroup></ReadingOrder>"
    )
    text = page(
        region(line("It fell down at last.", strike(3, 4)), id="a"),
        region(line("The old pier stood.", strike(4, 3)), id="b"), order=order,
    )
    document = redline.loads(text, "page")
    assert document.reading("final").text == "The pier stood.\n\nIt down at last."
    assert [d.code for d in document.diagnostics] == ["page-order"]
    starts = [start for _, _, start, _ in document.origin.segments()]
    assert starts == sorted(starts)
    assert redline.loads(redline.dumps(document, "json"), "json").text == document.text


@pytest.mark.parametrize(
    ("label", "kind"),
    [("marginalia", "margin"), ("MarginTextZone", "margin"), ("margintextzone:note", "margin")],
)
def test_names_of_regions(label: str, kind: str) -> None:
    text = page(region(line("Stood.")), region(line("seen"), id="r2", type=label))
    assert [note.kind for note in redline.loads(text, "page").notes] == [kind]


def test_a_footnote() -> None:
    text = page(
        region(line("The pier stood.")),
        region(line("1 So the old log.", strike(9, 3)), id="r2", type="footnote"),
    )
    document = redline.loads(text, "page")
    assert document.reading("final").text == "The pier stood."
    assert [(note.kind, note.n) for note in document.notes] == [("footnote", "1")]
    assert [part.text for r in document.revisions for part in r.deleted] == ["old"]


def test_a_strike_of_which_only_the_words_are_kept_is_told() -> None:
    text = page(region(line("Stood.")),
                region(line("seen by me", strike(5, 2)), id="r2", type="marginalia"))
    found = redline.loads(text, "page").diagnostics
    assert [(d.code, d.message.rpartition(": ")[2]) for d in found] == [("page-strike", "by")]


# -- TEI --------------------------------------------------------------------------------------


def tei_of(text: str) -> bytes:
    return redline.dumps(redline.loads(text, "alto" if "<alto" in text else "page"), "tei").encode()


@pytest.mark.parametrize("schema", [RNG_NEW, RNG_OLD])
def test_the_tei_is_valid(schema: str) -> None:
    files = {
        "page": tei_of(PAGE),
        "alto": tei_of(ALTO),
        "pages": tei_of(f"{PAGE}\f{PAGE}"),
        **{
            name.replace(" ", "-"): tei_of(page(*case[0]))
            for name, case in CASES.items()
        },
    }
    found = relax_ng(files, schema)
    assert not any(found.values()), found


@pytest.mark.parametrize("text", [PAGE, ALTO, f"{PAGE}\f{PAGE}"], ids=["page", "alto", "pages"])
def test_the_law_of_the_tei_holds(text: str) -> None:
    document = redline.loads(text, "alto" if "<alto" in text else "page")
    tei = redline.dumps(document, "tei")
    for stage in ("draft", "final"):
        assert reading(tei.encode(), stage) == document.reading(stage).text
        assert redline.loads(tei, "tei").reading(stage).text == document.reading(stage).text


def test_every_line_of_the_text_points_to_its_zone() -> None:
    tei = redline.dumps(redline.loads(f"{PAGE}\f{PAGE}", "page"), "tei")
    zones = set(re.findall(r'<(?:zone|surface) xml:id="([^"]+)"', tei))
    pointers = re.findall(r'facs="#([^"]+)"', tei)
    assert set(pointers) <= zones
    assert pointers == [
        f"facs_{n}{name}" for n in (1, 2) for name in ("", "_l_1", "_l_2", "_l_3", "_l_f1")
    ]
    assert 'points="200,400 2200,400 2200,480 200,480"' in tei


def test_a_line_that_begins_a_page_within_a_sentence_points_to_its_zone() -> None:
    first = page(region(line("The pier was let to Mr. Smith, who was to keep it in")))
    second = page(region(line("good repair.")))
    tei = redline.dumps(redline.loads(f"{first}\f{second}", "page"), "tei")
    assert re.findall(r'facs="#([^"]+)"', tei) == ["facs_1", "facs_1_l", "facs_2_l", "facs_2"]


# -- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("<PcGts", "the file ends"),
        ("<PcGts><Page></PcGts>", "no well-formed XML"),
        ("<TEI/>", "<TEI> is not <PcGts>"),
        ('<!DOCTYPE x [<!ENTITY a "aa">]><PcGts>&a;</PcGts>', "redline expands no entities"),
        ("<PcGts>" + "<a>" * 2000 + "</a>" * 2000 + "</PcGts>", "nested deeper than 100"),

        (f"{page()}\f<alto/>", "file 2 of 2"),
    ],
)
def test_bad_files(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=re.escape(said)) as fault:
        redline.loads(text, "page")
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("name", ["TextRegion", "OrderedGroup"])
def test_what_is_nested_deep_is_read(name: str) -> None:
    inner = "<TextEquiv><Unicode>Deep.</Unicode></TextEquiv>"
    nested = f"<{name}>" * 90 + inner + f"</{name}>" * 90
    order = f"<ReadingOrder>{nested}</ReadingOrder>"
    text = page(nested) if name == "TextRegion" else page(order=order)
    words = "Deep." if name == "TextRegion" else ""
    assert redline.loads(text, "page").reading("final").text == words


@pytest.mark.parametrize(
    "custom",
    ["textStyle {offset:-1; length:x; strikethrough:true;}", "textStyle {", "} { ; : {}",
     "textStyle {offset:99999999999999999999; length:1; strikethrough:true;}",
     "add {offset:3; length:0;}", "gap {offset:90; length:0;}", "unclear {offset:0;}"],
)
def test_odd_tags_are_no_faults(custom: str) -> None:
    document = redline.loads(page(region(line("The pier.", custom))), "page")
    assert "The pier." in document.reading("final").text


def test_growth() -> None:
    def of(count: int) -> str:
        lines = (line(f"The old pier {k} stood there.", strike(4, 3)) for k in range(count))
        return page(region(*lines))

    small, large = of(1500), of(3000)
    good, told = grows_linearly(
        lambda: redline.loads(small, "page"), lambda: redline.loads(large, "page")
    )
    assert good, told
