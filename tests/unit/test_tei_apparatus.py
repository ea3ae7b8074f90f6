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
        f'<fw type="banner" place="top" ana="#us.S"><subst change="#regrade"><del {STRUCK}'
        ' ana="#us.TS">TOP SECRET</del><add ana="#us.S"><lb/>SECRET</add></subst></fw>'
    ) in tei
    assert re.findall(r'<category xml:id="([\w.]+)" n="(\d+)"', tei) == [
        ("us.TS", "50"),
        ("us.S", "40"),
    ]
    assert '<catRef scheme="#security" target="#us.S" change="#regrade"/>' in tei
    assert '<classCode scheme="#security" change="#draft">TOP SECRET</classCode>' in tei


STAMP = (
    "DOCUMENT NO. 4\nNO CHANGE IN CLASS. ☐\n☐ DECLASSIFIED\nCLASS. CHANGED TO: TS S C\n"
    "NEXT REVIEW DATE:\nAUTH: HR 70-2\nDATE: 3/4/81 REVIEWER: 012345"
)


def test_a_stamp_keeps_its_lines() -> None:
    lines = "<lb/>".join(STAMP.split("\n"))
    tei = to_tei(redline.parse(f"Text of a memorandum.\n\n{STAMP}\n\nMore text of it.\n"))
    assert f'<p><stamp type="review" change="#review">{lines}</stamp></p>\n' in tei
    assert '<change xml:id="review">' in tei


def test_a_stamp_beside_divisions_stands_in_fw() -> None:
    tei = to_tei(redline.parse(f"{STAMP}\n\n# Heading\n\nText.\n"))
    assert '<fw type="stamp"><stamp type="review"' in tei


def test_a_box_in_a_sentence_is_a_note_with_a_table() -> None:
    box = "| () EXCISE () DENY | DECLASSIFY |\n|---|---|\n| () CLASSIFY as S | Date: 1 & 2 |"
    prose = "the ministry has looked into the matter of the harbour dues and finds that the sums"
    tei = to_tei(redline.parse(f"{prose} and\n\n{box}\n\nwere wrong.\n"))
    assert re.search(
        r'<note type="form"[^>]*><table><row><cell>\(\) EXCISE \(\) DENY</cell><cell>DECLASSIFY'
        r"</cell></row><row><cell>\(\) CLASSIFY as S</cell><cell>Date: 1 &amp; 2</cell></row>"
        r"</table></note>",
        tei,
    )


def test_a_release_line_says_its_date_and_number() -> None:
    line = "Approved For Release 2005/09/28 : CIA-RDP79R00904A000800030019-3"
    tei = to_tei(redline.parse(f"{line}\n\nText.\n"))
    assert (
        'change="#release"><stamp type="release">Approved For Release <date when="2005-09-28">'
        '2005/09/28</date> : <idno type="CIA-RDP">CIA-RDP79R00904A000800030019-3</idno></stamp>'
    ) in tei
    assert '<idno type="archive">CIA-RDP79R00904A000800030019-3</idno>' in tei


def test_a_code_in_the_margin() -> None:
    tei = to_tei(redline.parse("Text of a memorandum.\n\n25X1\n\nMore text of it.\n"))
    assert '<note type="exemption" place="margin" change="#release">25X1</note>' in tei
