"""Banners, stamps, release lines and forms in TEI."""

from __future__ import annotations

import re

import pytest

import redline
from redline.formats.tei import to_tei
from redline.formats.tei.banner import banner
from redline.formats.tei.escape import Ids
from redline.formats.tei.pointers import Pointers
from redline.model import Marking

STRUCK = 'rend="strikethrough"'
PAIR = (
    f'<subst change="#regrade"><del {STRUCK} ana="#us.S">{{}}</del><add ana="#us.C">{{}}</add>'
    "</subst>"
)

TURNED = (
    f'<subst change="#regrade"><add ana="#us.C">CONFIDENTIAL</add><del {STRUCK}'
    ' ana="#us.S"> SECRET</del></subst>'
)


def written(
    text: str,
    was: str | None,
    is_: str | None,
    action: str,
    through: tuple[str, ...] = (),
    cert: str = "high",
) -> str:
    row = Marking(
        *("m1", "banner", 1, "top", was, through, is_, action, (), {}, text, (0, 0)),
        cert,  # type: ignore[arg-type]
        *(0, 0),
    )
    return banner(row, Pointers(redline.parse(""), Ids()))


S, C, TS = "SECRET", "CONFIDENTIAL", "TOP SECRET"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~SECRET~~\nCONFIDENTIAL", PAIR.format(S, "<lb/>CONFIDENTIAL")),
        ("~~SECRET~~  \r\n\r\n**CONFIDENTIAL**", PAIR.format(S, "<lb/>CONFIDENTIAL")),
        ("~~SECRET~~ CONFIDENTIAL", PAIR.format(S, " CONFIDENTIAL")),
        ("~~SECRET~~ ^{CONFIDENTIAL}", PAIR.format(S, " CONFIDENTIAL")),
        ("~~S~~~~E~~~~C~~~~R~~~~E~~~~T~~\nCONFIDENTIAL", PAIR.format(S, "<lb/>CONFIDENTIAL")),
        ("~~S~~ ~~E C~~ ~~R E T~~ C", PAIR.format("S E C R E T", " C")),
        ("~~SECRET '~~ & CONFIDENTIAL .", PAIR.format("SECRET '", " &amp; CONFIDENTIAL .")),
        ("^{CONFIDENTIAL} ~~SECRET~~", TURNED),
    ],
)
def test_a_struck_level_and_its_replacement(text: str, expected: str) -> None:
    assert written(text, S, C, "downgrade") == expected


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("SECRET\n\nCONFIDENTIAL", "SECRET", "<lb/>CONFIDENTIAL"),
        ("SECRET CONFIDENTIAL", "SECRET", " CONFIDENTIAL"),
        ("S-E-C-R-E-T\nC-O-N-F-I-D-E-N-T-I-A-L", "S-E-C-R-E-T",
         "<lb/>C-O-N-F-I-D-E-N-T-I-A-L"),
        ("SECRET\nCONFIDENTAL", "SECRET", "<lb/>CONFIDENTAL"),  # damaged: by its line
    ],
)
def test_a_pair_without_a_strike_is_inferred(text: str, old: str, new: str) -> None:
    assert written(text, S, C, "downgrade", cert="medium") == (
        f'<subst change="#regrade"><del rend="unmarked" cert="medium" ana="#us.S">{old}</del>'
        f'<add ana="#us.C">{new}</add></subst>'
    )


def test_a_chain() -> None:
    assert written("~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL", TS, C, "downgrade", (S,)) == (
        f'<subst change="#regrade"><del {STRUCK} ana="#us.TS">TOP SECRET</del>'
        f'<del {STRUCK} ana="#us.S"><lb/>SECRET</del><add ana="#us.C"><lb/>CONFIDENTIAL</add>'
        "</subst>"
    )


def test_what_is_left_of_a_level_was_not_added() -> None:
    assert written("~~TOP~~ SECRET", TS, S, "downgrade") == (
        f'<del change="#regrade" {STRUCK} ana="#us.TS">TOP</del> SECRET'
    )


@pytest.mark.parametrize(
    ("text", "was", "is_", "action", "expected"),
    [
        ("**SECRET**", S, S, "unchanged", "SECRET"),
        ("SECRET '", S, S, "unchanged", "SECRET '"),
        ("~~SECRET~~", S, None, "cancelled",
         f'<del change="#regrade" {STRUCK} ana="#us.S">SECRET</del>'),
        ("^{SECRET}", None, S, "added", '<add change="#regrade" ana="#us.S">SECRET</add>'),
        ("", S, C, "downgrade", ""),
        ("~~~~", S, C, "downgrade", ""),
        ("something else", S, C, "downgrade", "something else"),
        ("SECRET", "NO SUCH LEVEL", "ANOTHER", "unchanged", "SECRET"),
    ],
)
def test_other_banners(text: str, was: str | None, is_: str | None, action: str,
                       expected: str) -> None:
    assert written(text, was, is_, action) == expected


def test_a_banner_in_its_element() -> None:
    tei = to_tei(redline.parse("~~TOP SECRET~~\nSECRET\n\nText.\n"))
    assert (
        '<fw xml:id="m1" type="banner" place="top" ana="#us.S"><subst change="#regrade">'
        f'<del {STRUCK} ana="#us.TS">TOP SECRET</del><add ana="#us.S"><lb/>SECRET</add></subst>'
        "</fw>"
    ) in tei
    assert re.findall(r'<category xml:id="([\w.]+)" n="(\d+)"', tei) == [
        ("us.TS", "50"),
        ("us.S", "40"),
    ]
    assert '<catRef scheme="#security" target="#us.S" change="#regrade"/>' in tei
    assert '<classCode scheme="#security" change="#draft">TOP SECRET</classCode>' in tei


STAMP = (
    "DOCUMENT NO. 4\nNO CHANGE IN CLASS. ☐\n☒ DECLASSIFIED\nCLASS. CHANGED TO: TS ~~S~~ ©\n"
    "NEXT REVIEW DATE: 1989\nAUTH: HR 70-2\nDATE: 13/14/81 REVIEWER: O12345"
)


def in_text(notation: str) -> str:
    """The body of a paper in which this stands between two paragraphs."""
    tei = to_tei(redline.parse(f"Text of a memorandum.\n\n{notation}\n\nMore text of it.\n"))
    return tei[tei.index("<body>") : tei.index("</body>")]


def label(of: str, words: str) -> str:
    return f'<seg type="label" subtype="{of}">{words}</seg>'


def test_a_stamp_part_by_part() -> None:
    lines = [
        label("docNo", "DOCUMENT NO.") + ' <seg type="field" subtype="docNo" cert="low">4</seg>',
        label("noChange", "NO CHANGE IN CLASS.")
        + ' <seg type="checkbox" subtype="noChange" ana="#box.open">☐</seg>',
        # It was declassified, and changed to a level: one of the two is wrong.
        '<seg type="checkbox" subtype="declassified" ana="#box.checked" cert="low">☒</seg> '
        + label("declassified", "DECLASSIFIED"),
        label("changedTo", "CLASS. CHANGED TO:")
        + ' <seg type="option" ana="#us.TS">TS</seg>'
        + f' <seg type="option" ana="#us.S"><del {STRUCK}>S</del></seg>'
        + ' <choice><orig>©</orig><reg><seg type="option" subtype="circled"'
        + ' ana="#us.C #box.checked" cert="low">C</seg></reg></choice>',
        label("nextReview", "NEXT REVIEW DATE:")
        + ' <date type="nextReview" when="1989">1989</date>',
        label("authority", "AUTH:") + ' <idno type="authority">HR 70-2</idno>',
        label("date", "DATE:")
        + ' <date cert="low" rend="suspect">13/14/81</date> '
        + label("reviewer", "REVIEWER:")
        + ' <choice><orig>O12345</orig><reg><idno type="reviewer" cert="medium">012345</idno>'
        + "</reg></choice>",
    ]
    stamp = '<stamp xml:id="m1" type="review" change="#review" subtype="cia-hr70-2">'
    assert f"<p>{stamp}{'<lb/>'.join(lines)}</stamp></p>" in in_text(STAMP)


def test_a_misread_box_keeps_its_sign() -> None:
    body = in_text(STAMP.replace("☐", "1"))
    assert (
        '<choice><orig>1</orig><reg><seg type="checkbox" subtype="noChange" ana="#box.open"'
        ' cert="medium">☐</seg></reg></choice>'
    ) in body


def test_a_number_of_which_a_part_is_struck_is_no_idno() -> None:
    """An `idno` holds nothing but text."""
    body = in_text(STAMP.replace("O12345", "01~~2~~345"))
    assert f">01<del {STRUCK}>2</del>345</seg>" in body
    assert 'idno type="reviewer"' not in body


def test_the_marks_of_a_stamp_in_brackets() -> None:
    body = to_tei(redline.parse("It came [stamp: RECEIVED ~~3~~ ^{4} MAY] in time.\n"))
    assert f"<stamp>RECEIVED <del {STRUCK}>3</del> <add>4</add> MAY</stamp>in time." in body


def test_a_stamp_of_an_office_is_no_review() -> None:
    assert 'type="review"' not in in_text("It came [stamp: RECEIVED IN THE REGISTRY].")


def test_a_stamp_beside_divisions_stands_in_fw() -> None:
    tei = to_tei(redline.parse(f"{STAMP}\n\n# Heading\n\nText.\n"))
    assert '<fw type="stamp"><stamp xml:id="m1" type="review"' in tei


def test_a_box_in_a_sentence_is_a_note_with_a_table() -> None:
    box = "| () EXCISE (X) DE | NY DECLASSIFY |\n|---|---|\n| () CLASSIFY as S | Date: 1 & 2 |"
    prose = "the ministry has looked into the matter of the harbour dues and finds that the sums"
    tei = to_tei(redline.parse(f"{prose} and\n\n{box}\n\nwere wrong.\n"))
    found = re.search(r'<note [^>]*type="form"[^>]*>(<table>.*</table>)</note>', tei)
    assert found is not None
    assert found[1].startswith(
        '<table><row><cell><seg type="checkbox" subtype="excise" ana="#box.open">() EXCISE</seg> '
        '<seg type="checkbox" subtype="deny" ana="#box.checked" part="I">(X) DE</seg></cell>'
        '<cell><seg type="checkbox" subtype="deny" part="F">NY</seg> '
    )
    assert found[1].count("<row>") == 2
    assert "1 &amp; 2" in found[1]


RELEASE = "Approved For Release 2005/09/28 : CIA-RDP79R00904A000800030019-3"


def test_a_release_line_says_its_date_and_number() -> None:
    tei = to_tei(redline.parse(f"{RELEASE}\n\nText.\n"))
    assert (
        'change="#release" ana="#act.release"><stamp type="release" when="2005-09-28">'
        'Approved For Release <date when="2005-09-28">2005/09/28</date> : '
        '<idno type="CIA-RDP">CIA-RDP79R00904A000800030019-3</idno></stamp>'
    ) in tei
    assert '<idno type="archive">CIA-RDP79R00904A000800030019-3</idno>' in tei


def test_an_impossible_date_of_release_keeps_its_words() -> None:
    body = in_text(RELEASE.replace("09/28", "19/38"))
    assert '<stamp type="release">' in body
    assert '<date cert="low" rend="suspect">2005/19/38</date>' in body


def test_a_header_of_state() -> None:
    line = "UNCLASSIFIED U.S. Department of State Case No. F-2011-04417 Doc No. C05093817 "
    body = in_text(f"{line}Date: 06/12/2013\n\nRELEASED IN PART B1, 1.4(D)")
    for part in (
        '<idno type="case">F-2011-04417</idno>',
        '<idno type="FOIA">C05093817</idno>',
        '<date when="2013-06-12">06/12/2013</date>',
        'RELEASED IN PART <seg type="field" subtype="codes" ana="#ex.b1 #ex.1.4d">B1, 1.4(D)</seg>',
    ):
        assert part in body


# -- what is not there ----------------------------------------------------------------------

CODE = '<note type="exemption" place="margin" change="#release" ana="#ex.25X1">25X1</note>'
GAP = '<gap reason="redacted" ana="#ex.25X1" extent="unknown"/>'


@pytest.mark.parametrize(
    ("notation", "gaps"),
    [
        ("The clerk's 25X1 and two others were told.", 1),
        ("The clerk's (25X1) and two 25X1 others were told.", 2),
        ("25X1", 0),  # a line of its own
        ("The clerk and\n25X1\ntwo others were told of what the other had done with it.", 0),
        ("The clerk and two others were told 25X1\nof what the other had done.", 0),  # an edge
    ],
)
def test_a_code_in_a_line_stands_for_what_was_withheld(notation: str, gaps: int) -> None:
    body = in_text(notation)
    assert body.count(GAP) == body.count("<gap") == gaps
    assert body.count(f"{GAP}{CODE}") == gaps
    assert CODE in body


def test_one_code_is_one_category() -> None:
    tei = to_tei(redline.parse("Text.\n\n(b)(1) B1 25X1\n\n(b)(1)\n\nText.\n"))
    assert 'ana="#ex.b1 #ex.25X1">(b)(1) B1 25X1</note>' in tei
    assert 'ana="#ex.b1">(b)(1)</note>' in tei
    assert tei.count('<category xml:id="ex.b1">') == 1


def test_brackets_that_tell_of_an_omission_keep_their_words() -> None:
    body = in_text("He met [less than 1 line not declassified] there.")
    assert (
        '<gap reason="redacted" unit="line" atMost="1">'
        "<desc>[less than 1 line not declassified]</desc></gap>"
    ) in body


# -- in the running text --------------------------------------------------------------------

PORTIONS = "12 May 1984\n\n(U) One.\n\n{}\n\n(U) Three.\n"


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("2. (S) Two.", '2. <seg{} ana="#us.S">(S)</seg> Two.'),
        (
            "2. ~~(S/NF)~~ ^{(C)} Two.",
            (
                '2. <seg{} ana="#us.C"><subst xml:id="r1" change="#revision"><del '
                'rend="strikethrough" ana="#us.S">(S/NF)</del><add ana="#us.C">(C)</add></subst>'
                "</seg> Two."
            ),
        ),
        (
            "~~(S) Two~~ ^{(C) Three} are.",
            (
                '<subst xml:id="r1" change="#revision"><del rend="strikethrough"><seg{} '
                'ana="#us.S">(S) Two</seg></del><add><seg type="portion" ana="#us.C">(C)</seg>'
                " Three</add></subst> are."
            ),
        ),
    ],
)
def test_portion_marks_are_read_with_the_text(notation: str, expected: str) -> None:
    tei = to_tei(redline.parse(PORTIONS.format(notation)))
    tei = re.sub(r'<seg xml:id="m\d"', "<seg", tei)
    words = expected.format(' type="portion"')
    assert f">{words}</p>" in tei


def test_a_mark_whose_change_was_rejected_says_what_it_said() -> None:
    paper = redline.parse(PORTIONS.format("2. ~~(S)~~ ^{(C)} Two."))
    id_ = paper.revisions[0].id
    assert 'ana="#us.S">(S)</seg> Two.' in to_tei(paper.reject(id_))
    assert 'ana="#us.C">(C)</seg> Two.' in to_tei(paper.accept(id_))


def test_the_line_of_a_cable() -> None:
    tei = to_tei(redline.parse("SECRET STATE 378008\n\nE.O. 12356: DECL: OADR\n\n1. TEXT.\n"))
    assert '<seg xml:id="m1" type="marking" subtype="line" ana="#us.S">SECRET</seg> STATE' in tei
    assert '<seg type="marking" subtype="schedule">E.O. 12356: DECL: OADR</seg>' in tei
